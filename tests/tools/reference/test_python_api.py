"""The pages of the Python API: every public name stands on them, with its signature and its docstring."""

import pytest

import yadirect_soap
from tools.reference import python_api

PAGES = dict(python_api.pages())


@pytest.mark.parametrize("name", yadirect_soap.__all__)
def test_a_public_name_has_its_place(name: str) -> None:
    """Whatever the package exports is a heading of one of the pages."""
    assert any(f"\n## {name}\n" in text for text in PAGES.values())


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("direct", "### from_env\n"),
        ("money", "to_micros(\n"),
        ("emulator", "Emulator(\n"),
        ("testing", "## yadirect_url\n"),
        ("errors", "Bases: `DirectError`"),
    ],
    ids=lambda value: value.strip("# \n(") if isinstance(value, str) else "",
)
def test_a_page_shows(page: str, text: str) -> None:
    """Methods, signatures, fixtures and bases are shown."""
    assert text in PAGES[f"python/{page}.md"]


def test_a_result_is_described_once() -> None:
    """A result whose description has several lines is one entry."""
    returns = (
        PAGES["python/direct.md"].partition("### call\n")[2].partition("**Returns**")[2].partition("**Raises**")[0]
    )
    assert returns.count("\n- ") == 1


def test_an_example_is_a_block_of_code() -> None:
    """The example of the pytest plugin is indented, so that Markdown shows it as code."""
    assert "\n    def test_ads_are_stopped(" in PAGES["python/testing.md"]


def test_nothing_private_is_shown() -> None:
    """No name of a module's own stands in a heading."""
    assert not [line for text in PAGES.values() for line in text.splitlines() if line.startswith(("## _", "### _"))]
