"""A range of days with more rows than a report can have is asked for in pieces, and joined without a loss."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from tests.client.reports.service import DEFINITION, FIRST, LAST, definition, for_days, report, reports_over, text
from tests.client.servers import Handler, answer
from yadirect_soap import ConfigurationError, DecodeError, Direct, ReportTooLargeError, Retry, TransportError
from yadirect_soap.protocol.reports.delivery import CONTENT_TYPE

DAYS = 31
ROWS = [(date(2026, 5, 1) + timedelta(days=day), number) for day in range(DAYS) for number in range(10)]
DATED = DEFINITION | {"FieldNames": ["Date", "Clicks"]}


MOST = 100
"""Rows that a report has at most, here."""


def _reports(direct):
    return replace(direct.reports, max_rows=MOST)


def _requested_days(server):
    return [tuple(definition(received)["SelectionCriteria"].values()) for received in server.received]


@pytest.mark.parametrize("order", ["ASCENDING", "DESCENDING"])
def test_all_rows_come_once_and_in_order(order):
    """310 rows through reports of 100 at most are the same 310 rows, by days in the order asked for."""
    backwards = order == "DESCENDING"
    rows = sorted(ROWS, key=lambda row: row[0], reverse=backwards)
    by_date = [{"Field": "Date", "SortOrder": order}]
    with reports_over(for_days(rows, MOST), transport="json") as (server, direct, _):
        requested_report = _reports(direct).get(DATED, split=True, OrderBy=by_date)
        assert list(requested_report.tuples()) == rows
    assert requested_report.rows == 310
    assert all(definition(received)["OrderBy"] == by_date for received in server.received)


def test_pieces_are_halves():
    """A piece that is too large is halved, and a half that is not is asked for once."""
    with reports_over(for_days(ROWS, MOST), transport="json") as (server, direct, _):
        list(_reports(direct).get(DATED, split=True))
    days = _requested_days(server)
    assert days[:3] == [("2026-05-01", "2026-05-31"), ("2026-05-01", "2026-05-15"), ("2026-05-01", "2026-05-07")]
    assert len(days) == len(set(days)) == 7


def test_pieces_have_names_of_their_own():
    """Each piece is found again by its own name, which tells its days and is not too long."""
    name = "n" * 255
    with reports_over(for_days(ROWS, MOST), transport="json") as (server, direct, _):
        list(_reports(direct).get(DATED, split=True, ReportName=name))
    names = [definition(received)["ReportName"] for received in server.received]
    assert len(set(names)) == len(names)
    assert {len(received) for received in names} == {255}
    assert names[1].endswith(" 2026-05-01 - 2026-05-15")


def test_a_range_that_fits_is_one_report():
    """Where the days fit into one report, there is one."""
    with reports_over(for_days(ROWS[:90], MOST), transport="json") as (server, direct, _):
        assert list(_reports(direct).get(DATED, split=True).tuples()) == ROWS[:90]
    assert len(server.received) == 1


def test_a_file_is_written_from_pieces(tmp_path):
    """A file of pieces has one line of columns and all rows."""
    path = tmp_path / "report.tsv"
    with reports_over(for_days(ROWS, MOST), transport="json") as (_, direct, _):
        assert _reports(direct).get(DATED, split=True).to_file(path) == 310
    lines = path.read_text(encoding="utf-8").splitlines()
    assert (lines[0], len(lines)) == ("Date\tClicks", 311)


def test_a_day_that_is_too_large_is_an_error():
    """A single day with more rows than a report can have is reported, not cut, and nobody is told to split it again."""
    rows = [(date(2026, 5, 3), number) for number in range(101)]
    alone = pytest.raises(ReportTooLargeError, match=r"reports\.get: 2026-05-03 alone has more rows .* fewer fields$")
    with reports_over(for_days(rows, MOST), transport="json") as (_, direct, _), alone:
        list(_reports(direct).get(DATED, split=True))


def test_without_split_it_is_an_error():
    """Without split, as many rows as can be are an error behind them."""
    with reports_over(for_days(ROWS, MOST), transport="json") as (_, direct, _), pytest.raises(ReportTooLargeError):
        list(_reports(direct).get(DATED))


def test_money_in_filters_is_converted_once():
    """The filters of the pieces are those of the whole."""
    chosen = {"Field": "Cost", "Operator": "GREATER_THAN", "Values": ["1.50"]}
    criteria = {**DATED["SelectionCriteria"], "Filter": [chosen]}
    with reports_over(for_days(ROWS, MOST), transport="json", money="decimal") as (server, direct, _):
        list(_reports(direct).get(DATED, split=True, SelectionCriteria=criteria))
    sent = {definition(received)["SelectionCriteria"]["Filter"][0]["Values"][0] for received in server.received}
    assert sent == {"1500000"}


REFUSED = {
    "sums over all days": ({"FieldNames": ["CampaignId", "Clicks"]}, "needs Date"),
    "a page": ({"Page": {"Limit": 10}}, "Page exclude"),
    "another order": ({"OrderBy": [{"Field": "Clicks"}]}, "begins with Date"),
    "no days": ({"SelectionCriteria": {}, "DateRangeType": "FOREVER"}, "no range of days"),
    "no end": ({"SelectionCriteria": {"DateFrom": "2026-05-01"}}, "DateTo"),
    "days that only the service knows": ({"SelectionCriteria": {}, "DateRangeType": "ALL_TIME"}, "instead of ALL_TIME"),
}


@pytest.mark.parametrize(("changes", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_cut_is_refused(changes, why):
    """Where pieces would not add up to the whole, split is refused before anything is sent."""
    with Direct("made-up", check="off") as direct, pytest.raises(ConfigurationError, match=why):
        _reports(direct).get(DATED | changes, split=True)


def test_a_relative_range_is_cut_too():
    """A range that is given by its name is cut into the days that it means today."""
    relative = DATED | {"SelectionCriteria": {}, "DateRangeType": "LAST_30_DAYS"}
    everything = report([(date(2026, 5, 1), 1)] * MOST, ["Date", "Clicks"])
    with reports_over(everything, for_days([], MOST), transport="json") as (server, direct, _):
        reports = replace(_reports(direct), today=lambda: date(2026, 5, 31))
        assert list(reports.get(relative, split=True)) == []
    halves = [("2026-05-01", "2026-05-15"), ("2026-05-16", "2026-05-30")]
    assert _requested_days(server) == [(), *halves]


def _cut_once(step, *, at):
    """Answers as `step` does, but the request of this number, and no other, gets half a report."""
    requests = iter(range(99))

    def once(handler: Handler) -> None:
        if next(requests) == at:
            complete = text(ROWS[:50], ["Date", "Clicks"])
            answer(complete[:60], content_type=CONTENT_TYPE, length=len(complete))(handler)
        else:
            step(handler)

    return once


@pytest.mark.parametrize("at", [0, 1, 3, 6], ids=["the whole", "the first half", "a piece", "the last piece"])
def test_a_piece_that_is_cut_off_is_asked_for_again(at):
    """A piece that is cut off while somebody iterates is asked for again, alone; every row comes once and in order."""
    steps = _cut_once(for_days(ROWS, MOST), at=at)
    with reports_over(steps, transport="json", retry=Retry()) as (server, direct, _):
        assert list(_reports(direct).get(DATED, split=True).tuples()) == ROWS
    assert (len(server.received), len(set(_requested_days(server)))) == (8, 7)


@pytest.mark.parametrize("way", ["rows", "file"])
def test_attempts_at_a_piece_come_to_an_end(tmp_path, way):
    """A piece that is always cut off is asked for as often as the policy allows, however the rows are read."""
    complete = text(ROWS[:50], ["Date", "Clicks"])
    cut = answer(complete[:60], content_type=CONTENT_TYPE, length=len(complete))
    with reports_over(cut, transport="json", retry=Retry(attempts=3)) as (server, direct, _):
        requested_report = _reports(direct).get(DATED, split=True)
        read = (
            partial(list, requested_report)
            if way == "rows"
            else partial(requested_report.to_file, tmp_path / "report.tsv")
        )
        with pytest.raises(TransportError):
            read()
    assert len(server.received) == 3


OTHER_DAYS = {
    "one less": (FIRST, LAST - timedelta(days=1)),
    "one more": (FIRST - timedelta(days=1), LAST),
    "another year": (FIRST.replace(year=2025), LAST.replace(year=2025)),
    "the day before": (FIRST - timedelta(days=1), FIRST - timedelta(days=1)),
}


@pytest.mark.parametrize("days", OTHER_DAYS.values(), ids=OTHER_DAYS)
@pytest.mark.parametrize("split", [False, True], ids=["whole", "split"])
def test_a_report_of_other_days_is_refused(days, split):
    """A report whose title tells other days than those asked for gives no row, and the error tells both ranges."""
    mismatch = rf"found a report of {days[0]} - {days[1]}, as its title says, expected 2026-05-01 - 2026-05-31"
    shifted, rows = report(ROWS[:5], ["Date", "Clicks"], days=days), []
    with reports_over(shifted, transport="json") as (_, direct, _), pytest.raises(DecodeError, match=mismatch):
        rows += _reports(direct).get(DATED, split=split).tuples()
    assert rows == []


@pytest.mark.parametrize("title", ['"May"', "", '"May (2026-05 - 2026-06)"'], ids=["a name", "nothing", "months"])
def test_a_title_without_days_is_no_mistake(title):
    """A report whose first line tells no days is taken as the one that was asked for."""
    body = text(ROWS[:5], ["Date", "Clicks"]).partition(b"\n")[2]
    titled = answer(title.encode() + b"\n" + body, content_type=CONTENT_TYPE)
    with reports_over(titled, transport="json") as (_, direct, _):
        assert list(_reports(direct).get(DATED).tuples()) == ROWS[:5]
