"""The documentation runs: every Python block of a page, in order, each page in a namespace and a folder of its own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import environment

ROOT = Path(__file__).resolve().parents[1]
TESTING = "docs/guides/testing-with-the-emulator.md"
PAGES = ("README.md", "README.ru.md", "docs/guides/reports.md", TESTING)
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^```\w+ (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
"""A block that is a file, with its name."""


@pytest.mark.parametrize("page", PAGES)
def test_the_blocks_run(
    page: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader who pastes the blocks one after the other gets output and no error."""
    _write_files(page, tmp_path)
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {}
    for block in BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        exec(compile(block, page, "exec"), namespace)  # noqa: S102  the project's own documentation
    assert "campaign" in capsys.readouterr().out.lower()


def test_the_suite_of_the_guide_passes(tmp_path: Path) -> None:
    """The test file that the guide shows runs with the files that it shows."""
    _write_files(TESTING, tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_shop.py"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "4 passed" in done.stdout, done.stdout


def _write_files(page: str, folder: Path) -> None:
    for name, text in FILE.findall((ROOT / page).read_text(encoding="utf-8")):
        (folder / name).write_text(text, "utf-8")


def test_the_two_readmes_hold_the_same_code() -> None:
    """The Russian README shows the calls of the English one, texts and comments apart."""

    def calls(page: str) -> list[str]:
        blocks = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
        return [re.sub(r'#.*|"[^"]*"', "", block) for block in blocks]

    assert calls("README.md") == calls("README.ru.md")
