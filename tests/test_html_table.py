"""What a notebook shows of results, errors and reports."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from yadirect_soap import Direct, ItemsError, etl, html_table
from yadirect_soap.emulator import Emulator

SCRIPT = "<script>alert(1)</script>"


def _cells(text: str) -> list[list[str]]:
    """The rows of a table, the head first."""
    return [[_text(cell) for cell in row] for row in etree.fromstring(text).iter("tr")]


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _caption(text: str) -> str:
    return str(etree.fromstring(text).findtext("caption"))


def _direct(emulator: Emulator, **settings: Any) -> Direct:
    return Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session(), **settings)


def test_id_and_name_come_first() -> None:
    """Whatever the order of the members in the contract, one sees first which object a row is."""
    head, *_ = _cells(html_table.of_objects("", [{"Notification": {}, "Id": 5, "State": "ON", "Name": "x"}]))
    assert head == ["Id", "Name", "Notification", "State"]


def test_a_page_is_a_table_of_its_first_objects() -> None:
    """A column for each member that was requested; the caption tells where the next page begins."""
    with Emulator() as emulator:
        direct = _direct(emulator)
        page = direct.campaigns.get(FieldNames=["Id", "Name", "DailyBudget"], Page={"Limit": 2})
    text = page._repr_html_()
    assert _caption(text) == "campaigns.get: 2 objects; more pages from Offset 2"
    head, *rows = _cells(text)
    assert sorted(head) == ["DailyBudget", "Id", "Name"]
    shown = [[str(campaign[name]) for name in head] for campaign in page]  # type: ignore[literal-required]
    assert rows == shown


def test_failed_items_come_first_with_advice() -> None:
    """A failed item has its index, the API's error and what to do; one that succeeded its id."""
    with Emulator() as emulator:
        direct = _direct(emulator)
        known = direct.campaigns.get(FieldNames=["Id"])[0]["Id"]
        results = direct.campaigns.update(Campaigns=[{"Id": known, "Name": "Весна"}, {"Id": 1, "Name": "x"}])
    text = results._repr_html_()
    assert _caption(text) == "campaigns.update: 1 of 2 items failed; 2 results"
    failed, ok = _cells(text)[1:]
    [error] = results.errors[1]
    assert failed[:4] == ["1", "", str(error), error.advice]
    assert ok == ["0", str(known), "", "", ""]
    with pytest.raises(ItemsError) as raised:
        results.raise_for_errors()
    assert _cells(raised.value._repr_html_())[1:] == [failed]


def test_a_report_shows_its_definition_and_requests_nothing() -> None:
    """A report in a notebook is its definition; the token is not in it."""
    with Emulator() as emulator:
        direct = _direct(emulator)
        report = direct.reports.get(ReportType="CUSTOM_REPORT", FieldNames=["Clicks"], DateRangeType="YESTERDAY")
        text = report._repr_html_()
        assert emulator.calls.of("reports.get") == []
        list(report)
    assert ["ReportType", "CUSTOM_REPORT"] in _cells(text)
    assert "requested when they are read" in _caption(text)
    assert f"{report.rows:,} rows were read" in _caption(report._repr_html_())
    assert "demo-token" not in text


def test_texts_stand_to_the_left() -> None:
    """Columns of numbers stand to the right, as a notebook puts all, and others to the left, their heads too."""
    root = etree.fromstring(html_table.of_objects("", [{"Id": 5, "Name": "x", "Bid": None}, {"Id": 7, "Name": "y"}]))
    left = [[cell.get("style") == "text-align: left" for cell in row] for row in root.iter("tr")]
    assert left == [[False, True, True]] * 3


def test_an_iterator_names_its_operation() -> None:
    """An iterator that is the last line of a cell tells what it reads and how far it is, and requests nothing."""
    with Emulator() as emulator:
        objects = _direct(emulator).campaigns.items(FieldNames=["Id"])
        assert repr(objects) == "<iterator of campaigns.get: 0 pages requested>"
        next(objects)
        assert repr(objects) == "<iterator of campaigns.get: 1 pages requested>"
        objects.close()


def test_a_batch_is_its_first_rows() -> None:
    """A batch of an extraction names its table and the number of rows, and is a table in a notebook."""
    with Emulator() as emulator:
        (batch,) = etl.snapshot(_direct(emulator), ["campaigns"], columns=["Id", "Name"])
    assert repr(batch) == f"<batch of campaigns: {len(batch.rows)} rows>"
    head, *rows = _cells(batch._repr_html_())
    assert head == list(batch.table.names)
    assert [row[1] for row in rows] == [str(row[1]) for row in batch.rows]


BUILT: dict[str, Callable[[], str]] = {
    "a caption": lambda: html_table.table(SCRIPT, [], []),
    "a head": lambda: html_table.of_objects("", [{SCRIPT: 1}]),
    "a value": lambda: html_table.of_objects("", [{"Name": SCRIPT}]),
    "a nested value": lambda: html_table.of_objects("", [{"TextAd": {"Title": SCRIPT}}]),
}


@pytest.mark.parametrize("build", BUILT.values(), ids=BUILT)
def test_what_came_from_elsewhere_is_escaped(build: Callable[[], str]) -> None:
    """No text becomes an element, wherever it stands."""
    text = build()
    names = {element.tag for element in etree.fromstring(text).iter()}
    assert names <= {"table", "caption", "tr", "th", "td"}
    assert SCRIPT in _text(etree.fromstring(text))


def test_a_table_is_bounded() -> None:
    """Of many objects with many long members, the first ones are shown, and the table says that there are more."""
    objects = [{f"Member{number}": "x" * 10_000 for number in range(1000)}] * 1000
    text = html_table.of_objects(html_table.counted(len(objects), "object"), objects)
    assert _caption(text) == "1,000 objects, the first 20 are shown"
    head, *rows = _cells(text)
    assert (len(rows), head[-1]) == (html_table.ROWS, "and 970 more")
    assert len(text) < 250_000


def test_none_is_told_from_absent() -> None:
    """A nil member is None, an absent one an empty cell."""
    text = html_table.of_objects("", [{"Id": 1, "Budget": None}, {"Id": 2}])
    assert _cells(text)[1:] == [["1", "None"], ["2", ""]]


def test_only_a_notebook_loads_it() -> None:
    """An import of the package does not load the tables."""
    code = "import sys; from yadirect_soap import Direct, Page; sys.exit('yadirect_soap.html_table' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
