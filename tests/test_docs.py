"""The documentation runs: every Python block of a page, in order, each page in a namespace of its own.

A block headed `text` that follows a Python block is what it prints.  Code that is only shown, such as another
client's, is headed `py`.
"""

import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.ru.md")
GUIDES = tuple(sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "guides").glob("*.md")))
BLOCK = re.compile(r"^```python\n(.*?)^```(?:\n\n```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> list[tuple[str, str]]:
    """The Python blocks of a page, each with what it is told to print, or ""."""
    return BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", READMES + GUIDES)
def test_the_blocks_run(
    page: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader who pastes the blocks one after the other gets the output that the page shows, and no error."""
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, Any] = {}
    for block, told in blocks(page):
        exec(compile(block, page, "exec"), namespace)  # noqa: S102  the project's own documentation
        printed = capsys.readouterr().out
        assert printed == told or not told
    if emulator := namespace.get("emulator"):
        emulator.close()  # a reader's ends with the interpreter


@pytest.mark.parametrize("page", READMES)
def test_a_readme_shows_campaigns(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The first thing that a reader runs prints something of an account."""
    block, _ = blocks(page)[0]
    exec(compile(block, page, "exec"), {})  # noqa: S102  the project's own documentation
    assert "CAMPAIGN" in capsys.readouterr().out


def test_the_two_readmes_hold_the_same_code() -> None:
    """The Russian README shows the calls of the English one, texts and comments apart."""

    def calls(page: str) -> list[str]:
        return [re.sub(r'#.*|"[^"]*"', "", block) for block, _ in blocks(page)]

    assert calls("README.md") == calls("README.ru.md")
