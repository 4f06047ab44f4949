"""The page of changes is what api_changes.toml says."""

from pathlib import Path

from tools.api_changes_page import page
from yadirect_soap.protocol import api_changes

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api-changes.md"


def test_the_page_is_what_the_table_says() -> None:
    """docs/api-changes.md is what `make generate` writes."""
    assert PAGE.read_text("utf-8") == page()


def test_the_page_has_every_change() -> None:
    """Each change stands under its day, the newest day first, with its source and what is in no WSDL."""
    days = [line.removeprefix("## ") for line in page().splitlines() if line.startswith("## ")]
    changes = api_changes.bundled()
    assert days == sorted({str(change.day) for change in changes}, reverse=True)
    for change in changes:
        (line,) = (line for line in page().splitlines() if change.text in line)
        assert change.source in line
        assert all(f"`{name}`" in page() for _, name in change.additions())
