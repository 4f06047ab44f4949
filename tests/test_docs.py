"""The documentation runs: every Python block of a page, in order, each page in a namespace and a folder of its own.

A block with a title is a file of that name.  A block headed `text` that follows a Python block is what it prints.
Code that is only shown, such as another client's, is headed `py`.
"""

import logging
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.terminal import environment

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.ru.md")
START_PAGES = ("docs/index.md", "docs/ru/index.md")
"""The first pages of the site; the Russian one is among the Russian pages too."""
GUIDES, RUSSIAN = (
    tuple(sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / folder).glob("*.md")))
    for folder in ("docs/guides", "docs/ru")
)
BLOCK = re.compile(r"^```python\n(.*?)^```(?:\n\n```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)
LOGGERS = ("yadirect_soap", "yadirect_soap.emulator")
TESTING = "docs/guides/testing-with-the-emulator.md"
FILE = re.compile(r'^```\w+ title="(\S+)"\n(.*?)^```', re.MULTILINE | re.DOTALL)
"""A block that is a file, with its name."""


def blocks(page: str) -> list[tuple[str, str]]:
    """The Python blocks of a page, each with what it is told to print, or ""."""
    return BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


@pytest.fixture
def _loggers() -> Iterator[None]:
    """Puts our loggers back as they were: a page sets them for the rest of the reader's program."""
    before = [
        (logger, logger.level, logger.propagate, [*logger.handlers]) for logger in map(logging.getLogger, LOGGERS)
    ]
    yield
    for logger, level, propagate, handlers in before:
        logger.setLevel(level)
        logger.propagate, logger.handlers = propagate, handlers


@pytest.mark.usefixtures("_loggers")
@pytest.mark.parametrize("page", READMES + START_PAGES[:1] + GUIDES + RUSSIAN)
def test_the_blocks_run(
    page: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader who pastes the blocks one after the other gets the output that the page shows, and no error."""
    _write_files(page, tmp_path)
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, Any] = {}
    for block, expected in blocks(page):
        exec(compile(block, page, "exec"), namespace)  # noqa: S102  the project's own documentation
        printed = capsys.readouterr().out
        assert printed == expected or not expected
    if emulator := namespace.get("emulator"):
        emulator.close()  # a reader's ends with the interpreter


@pytest.mark.parametrize("page", READMES)
def test_a_readme_shows_campaigns(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The first thing that a reader runs prints something of an account."""
    block, _ = blocks(page)[0]
    exec(compile(block, page, "exec"), {})  # noqa: S102  the project's own documentation
    assert "CAMPAIGN" in capsys.readouterr().out


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
    assert _calls("README.md") == _calls("README.ru.md")


def test_the_two_start_pages_show_the_same() -> None:
    """The Russian first page has the code, the pictures and the cards of the English one."""
    english, russian = START_PAGES
    assert _calls(english) == _calls(russian)
    pictures = [re.findall(r"assets/([\w.#-]+)\)", (ROOT / page).read_text(encoding="utf-8")) for page in START_PAGES]
    assert pictures[0] == pictures[1]
    assert [part for part in _parts(english) if part == "## "] == [part for part in _parts(russian) if part == "## "]


@pytest.mark.parametrize("page", [page for page in RUSSIAN if not page.endswith("/index.md")])
def test_a_russian_guide_holds_the_code_of_the_english_one(page: str) -> None:
    """A Russian page shows the calls of the English guide of the same name, texts and comments apart."""
    assert _calls(page) == _calls(page.replace("docs/ru/", "docs/guides/"))


@pytest.mark.parametrize("page", [page for page in RUSSIAN if not page.endswith("/index.md")])
def test_a_russian_guide_has_the_parts_of_the_english_one(page: str) -> None:
    """A Russian page has the headings, the rows of tables and the list items of the English guide, as many of each."""
    assert _parts(page) == _parts(page.replace("docs/ru/", "docs/guides/"))


@pytest.mark.parametrize("page", ["README.ru.md", *RUSSIAN])
def test_a_russian_page_leads_to_russian_guides(page: str) -> None:
    """A link to an English guide stands only where there is no Russian one."""
    linked = re.findall(r"\]\((?:docs|\.\.)/guides/([\w-]+\.md)", (ROOT / page).read_text(encoding="utf-8"))
    assert {name for name in linked if f"docs/ru/{name}" in RUSSIAN} == set()


def _parts(page: str) -> list[str]:
    """The beginnings of the lines that make the form of a page, outside of its code."""
    text = re.sub(r"^```.*?^```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^(?:#+ |\| |- )", text, re.MULTILINE)


def _calls(page: str) -> list[str]:
    return [re.sub(r'#.*|"[^"]*"', "", block) for block, _ in blocks(page)]


@pytest.mark.parametrize("page", ["docs/guides/installation.md", "docs/ru/installation.md"])
def test_the_page_of_the_installation_has_every_extra(page: str) -> None:
    """Its table names each extra for users, with the libraries that it installs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {
        extra: {re.split(r"[^\w-]", library)[0] for library in libraries}
        for extra, libraries in project["optional-dependencies"].items()
        if extra not in {"dev", "docs", "lint", "release"} and not extra.startswith("test")
    }
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([\w, -]+) \|$", (ROOT / page).read_text("utf-8"), re.MULTILINE)
    assert {extra: set(libraries.split(", ")) for extra, libraries in rows} == extras
