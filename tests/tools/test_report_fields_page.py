"""The page of the fields of reports is what the facts say."""

from pathlib import Path

from tools.report_fields_page import page
from yadirect_soap.protocol.reports import facts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "report-fields.md"


def test_the_page_is_what_the_facts_say() -> None:
    """docs/report-fields.md is what `make generate` writes."""
    assert PAGE.read_text("utf-8") == page()


def test_a_row_has_the_roles_of_its_field() -> None:
    """A field tells its kind of value, its role in each type of report, and its filter."""
    rows = {line.split(" | ")[0].strip("| `"): line for line in page().splitlines() if line.startswith("| `")}
    assert rows["Query"].split(" | ")[1:-2] == ["`str`", "", "", "", "", "", "", "", "A"]
    assert rows["Query"].endswith("| text | filters ignore case |")
    assert rows.keys() >= facts.bundled().fields.keys()


def test_conflicts_are_listed() -> None:
    """Fields that exclude one another are named together."""
    assert "- FieldNames takes one of `Date`, `Week`, `Month`, `Quarter`, `Year`." in page()
    assert "- FieldNames takes no field of `ClickType` together with one of" in page()
