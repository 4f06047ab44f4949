"""The documentation runs: the Python blocks of a page, in order, each page in a namespace of its own."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "README.ru.md", "docs/guides/reports.md")
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_the_blocks_run(
    page: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader who pastes the blocks one after the other gets output and no error."""
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {}
    for block in BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        exec(compile(block, page, "exec"), namespace)  # noqa: S102  the project's own documentation
    assert "campaign" in capsys.readouterr().out.lower()


def test_the_two_readmes_hold_the_same_code() -> None:
    """The Russian README shows the calls of the English one, texts and comments apart."""

    def calls(page: str) -> list[str]:
        blocks = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
        return [re.sub(r'#.*|"[^"]*"', "", block) for block in blocks]

    assert calls("README.md") == calls("README.ru.md")
