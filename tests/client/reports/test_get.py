"""direct.reports.get: what is sent, what is refused before, and the rows that come."""

import tracemalloc
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from tests.client.reports.service import DEFINITION, FIELDS, ROWS, definition, report, reports_over, text
from tests.client.servers import TOKEN, answer, compressed
from yadirect_soap import (
    ConfigurationError,
    DecodeError,
    Direct,
    HttpError,
    InvalidParamsError,
    ReportTooLargeError,
    ResponseLostError,
)
from yadirect_soap.protocol.reports.delivery import CONTENT_TYPE
from yadirect_soap.types.reports import ReportFilter, ReportSelectionCriteria

SCHEMA = etree.XMLSchema(file=Path(__file__).parents[3] / "wsdl" / "reports.xsd")
WIRES = pytest.mark.parametrize("wire", ["soap", "json"])


@WIRES
def test_rows_are_typed(wire):
    """Rows come as dicts of date, str, int, Decimal and None, with money in micros."""
    with reports_over(report(), transport=wire) as (_, direct, _):
        requested_report = direct.reports.get(DEFINITION)
        assert list(requested_report) == [dict(zip(FIELDS, row, strict=True)) for row in ROWS]
    assert requested_report.rows == 2
    assert [type(value) for value in ROWS[0]] == [date, str, int, int, Decimal]


def test_money_in_units_is_asked_for_and_read():
    """With money="decimal" the service is asked for units, and they are read as Decimal."""
    rows = [(*row[:3], Decimal("3.50"), row[4]) for row in ROWS]
    with reports_over(report(rows), money="decimal") as (server, direct, _):
        assert list(direct.reports.get(DEFINITION).tuples()) == rows
    assert server.received[0].headers["returnMoneyInMicros"] == "false"


def test_columns_come_in_batches():
    """Batches are columns by name."""
    with reports_over(report(packed=True)) as (_, direct, _):
        [batch] = direct.reports.get(DEFINITION).batches()
    assert batch == dict(zip(FIELDS, map(list, zip(*ROWS, strict=True)), strict=True))


def test_an_empty_report_has_no_rows():
    """A report without rows is no error."""
    with reports_over(report([])) as (_, direct, _):
        requested_report = direct.reports.get(DEFINITION)
        assert list(requested_report) == []
    assert requested_report.rows == 0


@WIRES
def test_the_request_is_the_one_of_the_documentation(wire):
    """Address, headers and body are the service's own, for a client of an agency too."""
    with reports_over(report(), transport=wire, client_login="client-7", version="v501") as (server, direct, _):
        list(direct.reports.get(DEFINITION, mode="offline", IncludeVAT="YES", ReportName="May"))
    [received] = server.received
    assert received.path == {"soap": "/v501/reports", "json": "/json/v501/reports"}[wire]
    assert received.headers["Authorization"] == f"Bearer {TOKEN}"
    assert received.headers["Client-Login"] == "client-7"
    assert received.headers["processingMode"] == "offline"
    assert "SOAPAction" not in received.headers
    expected = {"DateRangeType": "CUSTOM_DATE", "Format": "TSV", "IncludeVAT": "YES", "ReportName": "May"}
    assert definition(received) == DEFINITION | expected


def test_the_xml_that_is_sent_is_valid():
    """A definition made whole is valid by reports.xsd."""
    chosen: ReportFilter = {"Field": "Clicks", "Operator": "GREATER_THAN", "Values": [0]}
    with reports_over(report()) as (server, direct, _):
        list(
            direct.reports.get(
                ReportType="CAMPAIGN_PERFORMANCE_REPORT",
                FieldNames=FIELDS,
                DateRangeType="YESTERDAY",
                SelectionCriteria={"Filter": [chosen]},
                OrderBy=[{"Field": "Date"}],
                Page={"Limit": 10},
            )
        )
    SCHEMA.assertValid(etree.fromstring(server.received[0].body))


@pytest.mark.parametrize(
    ("sandbox", "root"),
    [(False, "https://api.direct.yandex.com"), (True, "https://api-sandbox.direct.yandex.com")],
    ids=["production", "sandbox"],
)
def test_the_sandbox_is_another_host(sandbox, root):
    """An order goes to the host that Direct is set to."""
    with Direct(TOKEN, sandbox=sandbox) as direct:
        assert direct.reports.get(DEFINITION).request().address == f"{root}/v501/reports"


def test_numbers_and_days_become_texts():
    """Ints, Decimals and dates may stand where the API has texts."""
    criteria = {
        "DateFrom": date(2026, 5, 1),
        "DateTo": date(2026, 5, 2),
        "Filter": [
            {"Field": "CampaignId", "Operator": "IN", "Values": [7, "8"]},
            {"Field": "Ctr", "Operator": "LESS_THAN", "Values": [Decimal("1.5")]},
        ],
    }
    with Direct(TOKEN) as direct:
        sent = direct.reports.get(DEFINITION | {"SelectionCriteria": criteria}, Goals=[5]).definition
    assert sent["SelectionCriteria"]["DateFrom"] == "2026-05-01"
    assert [chosen["Values"] for chosen in sent["SelectionCriteria"]["Filter"]] == [["7", "8"], ["1.5"]]
    assert sent["Goals"] == ["5"]


MOMENT = datetime(2026, 5, 1, 22, 30, tzinfo=UTC)


def test_a_moment_is_the_day_in_moscow(caplog):
    """The day of a datetime with a zone is the one in Moscow, and the log tells which."""
    caplog.set_level("INFO", logger="yadirect_soap")
    criteria: ReportSelectionCriteria = {"DateFrom": MOMENT, "DateTo": MOMENT + timedelta(days=1)}
    with Direct(TOKEN) as direct:
        sent = direct.reports.get(DEFINITION, SelectionCriteria=criteria).definition["SelectionCriteria"]
    assert sent == {"DateFrom": "2026-05-02", "DateTo": "2026-05-03"}
    assert "reports.get: DateFrom 2026-05-01 22:30:00+00:00 is the day 2026-05-02 in Moscow" in caplog.text


def test_days_that_change_places_in_moscow_are_reported_as_moscow_s():
    """A DateTo that is a day before DateFrom in Moscow is refused as such."""
    criteria: ReportSelectionCriteria = {"DateFrom": MOMENT, "DateTo": "2026-05-01"}
    with Direct(TOKEN) as direct, pytest.raises(InvalidParamsError, match=r"DateFrom, 2026-05-02 .*days in Moscow"):
        direct.reports.get(DEFINITION, SelectionCriteria=criteria)


def test_a_datetime_without_a_zone_is_a_day_at_midnight_only():
    """Nobody knows the day in Moscow of a datetime without a zone, but for one that is just a day."""
    midnight, later = (MOMENT.replace(hour=hour, minute=0, tzinfo=None) for hour in (0, 1))
    with Direct(TOKEN) as direct:
        sent = direct.reports.get(DEFINITION, SelectionCriteria={"DateFrom": midnight, "DateTo": midnight}).definition
        assert sent["SelectionCriteria"] == {"DateFrom": "2026-05-01", "DateTo": "2026-05-01"}
        with pytest.raises(InvalidParamsError, match=r"\$\.SelectionCriteria\.DateTo: found .*a datetime needs a zone"):
            direct.reports.get(DEFINITION, SelectionCriteria={"DateFrom": midnight, "DateTo": later})


@dataclass
class Filter:
    Field: str
    Operator: str
    Values: list[int]


def test_objects_may_stand_for_objects():
    """A dataclass is the object that it says, as in all other services."""
    criteria = {**DEFINITION["SelectionCriteria"], "Filter": [Filter("Clicks", "GREATER_THAN", [0])]}
    with Direct(TOKEN) as direct:
        sent = direct.reports.get(DEFINITION | {"SelectionCriteria": criteria}).definition["SelectionCriteria"]
    assert sent["Filter"] == [{"Field": "Clicks", "Operator": "GREATER_THAN", "Values": ["0"]}]


@pytest.mark.parametrize(
    ("money", "value", "sent"),
    [("micros", 1_500_000, "1500000"), ("decimal", "1.50", "1500000"), ("decimal", Decimal("0.000001"), "1")],
    ids=["micros", "units", "the smallest"],
)
def test_filters_by_money_are_in_micros(money, value, sent):
    """A filter compares with micros, whatever the amounts of the client are."""
    chosen = {"Field": "Cost", "Operator": "GREATER_THAN", "Values": [value]}
    with Direct(TOKEN, money=money) as direct:
        criteria = {**DEFINITION["SelectionCriteria"], "Filter": [chosen]}
        requested_report = direct.reports.get(DEFINITION | {"SelectionCriteria": criteria})
    assert requested_report.definition["SelectionCriteria"]["Filter"][0]["Values"] == [sent]


def test_every_mistake_is_reported_before_anything_is_sent():
    """One error holds all violations, those about money too."""
    chosen: ReportFilter = {"Field": "Cost", "Operator": "EQUALS", "Values": ["much"]}
    with reports_over(report(), money="decimal") as (server, direct, _), pytest.raises(InvalidParamsError) as caught:
        direct.reports.get(
            ReportType="CAMPAIGN_PERFORMANCE_REPORT", FieldNames=["AdId"], SelectionCriteria={"Filter": [chosen]}
        )
    assert sorted(violation.path for violation in caught.value.violations) == [
        "$.DateRangeType",
        "$.FieldNames[0]",
        "$.SelectionCriteria.Filter[0].Operator",
        "$.SelectionCriteria.Filter[0].Values[0]",
    ]
    assert caught.value.operation == "reports.get"
    assert server.received == []


def test_what_is_only_built_offline_is_refused_online():
    """A report of search queries is never ordered in mode online."""
    with Direct(TOKEN) as direct, pytest.raises(InvalidParamsError, match=r"\$.ReportType: found SEARCH_QUERY"):
        direct.reports.get(
            DEFINITION, ReportType="SEARCH_QUERY_PERFORMANCE_REPORT", FieldNames=["Query", "Clicks"], mode="online"
        )


def test_an_unknown_mode_is_refused():
    """A mode that does not exist is a ConfigurationError."""
    with Direct(TOKEN) as direct, pytest.raises(ConfigurationError, match="mode is one of"):
        direct.reports.get(DEFINITION, mode="fast")  # type: ignore[arg-type]  # what is refused


def test_check_can_be_off():
    """With check="off" a definition that does not fit goes as it is."""
    with Direct(TOKEN, check="off") as direct:
        assert direct.reports.get(DEFINITION | {"FieldNames": ["Novelty"]}).definition["FieldNames"] == ["Novelty"]


@pytest.mark.parametrize("check", ["error", "warn", "off"])
def test_without_fields_there_is_nothing_to_read(check):
    """A definition without FieldNames is refused whatever is checked: no answer to it could be read."""
    with Direct(TOKEN, check=check) as direct, pytest.raises(InvalidParamsError, match=r"\$\.FieldNames"):
        direct.reports.get(ReportType="CUSTOM_REPORT", DateRangeType="TODAY")


def test_goals_are_columns_of_their_kind():
    """The columns of goals are read by their field, even where the service names another model."""
    names = ["Conversions_5_AUTO", "Revenue_5_AUTO"]
    with reports_over(report([(3, 1_000_000), (None, None)], names)) as (_, direct, _):
        rows = list(direct.reports.get(DEFINITION, FieldNames=["Conversions", "Revenue"], Goals=["5"]).tuples())
    assert rows == [(3, 1_000_000), (None, None)]


BROKEN = {
    "no total": text()[: -len("Total rows: 2\n")],
    "a total that is not theirs": text(total=3),
    "other columns": text(names=[*FIELDS[:4], "Clicks"]),
    "a value of another kind": text([(*ROWS[0][:2], "many", *ROWS[0][3:])]),
    "a ragged row": text([ROWS[0][:4]]),
    "no UTF-8": text().replace("Сети".encode(), b"\xff\xff"),
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_report_that_is_not_whole_is_an_error(body):
    """What cannot be read in full raises DecodeError with the report's name and RequestId, and is never shorter."""
    with reports_over(answer(body, content_type=CONTENT_TYPE, RequestId="77")) as (_, direct, _):
        requested_report = direct.reports.get(DEFINITION, ReportName="May")
        with pytest.raises(DecodeError, match="report 'May' is incomplete"):
            list(requested_report)
    assert requested_report.rows is None


def test_a_value_of_another_kind_is_reported_with_its_column():
    """The error names the column and how many rows came before its block."""
    body = answer(BROKEN["a value of another kind"], content_type=CONTENT_TYPE)
    with (
        reports_over(body) as (_, direct, _),
        pytest.raises(DecodeError, match="Clicks after row 0: found 'many', expected"),
    ):
        list(direct.reports.get(DEFINITION))


def test_a_broken_connection_is_an_error():
    """A report whose connection breaks raises ResponseLostError, which names the operation and the RequestId."""
    cut = answer(text()[:-20], content_type=CONTENT_TYPE, length=len(text()), RequestId="77")
    with reports_over(cut) as (_, direct, _), pytest.raises(ResponseLostError) as caught:
        list(direct.reports.get(DEFINITION))
    assert (caught.value.operation, caught.value.request_id) == ("reports.get", "77")


def test_bytes_that_cannot_be_unpacked_are_an_error():
    """A report that is no gzip although it says so raises DecodeError, which names the operation."""
    uncompressed = answer(text(), content_type=CONTENT_TYPE, Content_Encoding="gzip")
    with reports_over(uncompressed) as (_, direct, _), pytest.raises(DecodeError) as caught:
        list(direct.reports.get(DEFINITION))
    assert caught.value.operation == "reports.get"


def test_a_report_may_be_larger_than_an_answer_that_is_held():
    """The limit of bytes is for what is held; rows of a report may be more."""
    with reports_over(report(), max_response_bytes=10) as (_, direct, _):
        assert len(list(direct.reports.get(DEFINITION))) == len(ROWS)


@pytest.mark.slow
def test_a_page_without_end_is_read_in_part():
    """Of an answer that is no report some beginning is read, however large it is."""
    page = compressed(b"<html>" + b" " * 100_000_000, content_type="text/html")
    with reports_over(page) as (_, direct, _):
        tracemalloc.start()
        with pytest.raises(HttpError):
            list(direct.reports.get(DEFINITION))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 20_000_000


def test_a_page_that_is_no_report_is_an_error():
    """HTML with status 200 is not read as rows."""
    page = answer(b"<html>captcha</html>", content_type="text/html")
    with reports_over(page) as (_, direct, _), pytest.raises(HttpError, match="captcha"):
        list(direct.reports.get(DEFINITION))


def test_as_many_rows_as_can_be_may_not_be_all():
    """A report of a million rows without a page is an error when they have come, one with a page is not."""
    million = text([("1",)], ["Clicks"]).replace(b"1\nTotal rows: 1", b"1\n" * 1_000_000 + b"Total rows: 1000000")
    with reports_over(answer(million, content_type=CONTENT_TYPE)) as (_, direct, _):
        requested_report = direct.reports.get(DEFINITION, FieldNames=["Clicks"])
        with pytest.raises(ReportTooLargeError, match="split=True"):
            sum(len(batch["Clicks"]) for batch in requested_report.batches())
        paged = direct.reports.get(DEFINITION, FieldNames=["Clicks"], Page={"Limit": 1_000_000})
        assert sum(len(batch["Clicks"]) for batch in paged.batches()) == 1_000_000
