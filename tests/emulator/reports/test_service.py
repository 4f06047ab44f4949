"""Reports online, offline and by the service's own choice; the queue; and every way to be refused."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.emulator.emulator_client import EmulatorClient, days
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.domain.account import Account
from yadirect_soap.emulator.http.delivery import Delivery
from yadirect_soap.emulator.pipeline.stations import Pipeline
from yadirect_soap.emulator.reports import BuildLimits, Reports, build_limits
from yadirect_soap.errors import api_error
from yadirect_soap.protocol.contract import bundled_directory
from yadirect_soap.protocol.messages import Headers, Request, Response
from yadirect_soap.protocol.reports.formats import FORMATS

SCHEMA = etree.XMLSchema(etree.parse(bundled_directory() / "reports.xsd"))
SEARCH = "SEARCH_QUERY_PERFORMANCE_REPORT"
HOUR = 3600


def _statuses(client: EmulatorClient, definition: dict[str, Any], *pauses: float, **headers: str) -> list[int]:
    """The statuses of the same request again and again, with pauses between them."""
    statuses = [client.send_report(definition, **headers).status]
    for pause in pauses:
        client.clock.now += pause
        statuses.append(client.send_report(definition, **headers).status)
    return statuses


@pytest.fixture
def limit(client: EmulatorClient) -> Iterator[Callable[..., None]]:
    """Puts a service with other limits over the same store in the place of the emulator."""
    with ExitStack() as stack:

        def limit(**limits: int) -> None:
            changed = replace(build_limits.bundled(), **limits)
            reports = Reports(client.emulator.store, lambda: client.clock.now, limits=changed)
            stack.callback(reports.close)
            pipeline = Pipeline(client.emulator.backend, reports)
            client.handle = lambda request: _response(pipeline.handle(request))

        yield limit


def _response(delivery: Delivery) -> Response:
    response = delivery.whole().response
    assert response is not None
    return response


# --- modes --------------------------------------------------------------------------------------------------------


def test_a_report_comes_online_at_once(client: EmulatorClient) -> None:
    """Its text is in the body, its headers tell of the request and the empty queue, and nothing of units."""
    response = client.send_report(client.definition("CampaignId Clicks"), processingMode="online")
    assert (response.status, response.body.count(b"\n")) == (200, 9)
    assert dict(response.headers) == {
        "Content-Type": "text/tab-separated-values; charset=utf-8",
        "RequestId": "1000000000000000001",
        "reportsInQueue": "0",
        "X-Accel-Info": "reqid:1000000000000000001,cmd:direct.json-api/reports.create,appcode:0",
    }


def test_an_offline_report_is_waited_for(client: EmulatorClient) -> None:
    """201 when it enters the queue, 202 while it is there, 200 when it is ready, with the text that online has."""
    definition = client.definition("CampaignId Clicks")
    first = client.send_report(definition, processingMode="offline")
    assert (first.status, first.headers["retryIn"], first.headers["reportsInQueue"], first.body) == (201, "2", "1", b"")
    client.clock.now += 2
    second = client.send_report(definition, processingMode="offline")
    assert (second.status, second.headers["retryIn"], second.headers["reportsInQueue"]) == (202, "1", "1")
    client.clock.now += 1
    third = client.send_report(definition, processingMode="offline")
    assert (third.status, third.headers["reportsInQueue"], "retryIn" in third.headers) == (200, "0", False)
    assert third.body == client.send_report(definition, processingMode="online").body


def test_auto_is_online_for_what_is_small(client: EmulatorClient) -> None:
    """Without a header the service decides: a small report comes at once."""
    assert client.send_report(client.definition("Clicks")).status == 200


def test_auto_is_offline_for_what_is_large(client: EmulatorClient, limit: Callable[..., None]) -> None:
    """A large report enters the queue, whether auto is said or nothing."""
    limit(max_online_size=100)
    assert _statuses(client, client.definition("Clicks"), 5) == [201, 200]
    assert client.send_report(client.definition("Clicks"), processingMode="auto").status == 201


def test_what_is_too_large_for_online_is_8312(client: EmulatorClient, limit: Callable[..., None]) -> None:
    """Online refuses what it cannot build while the caller waits; filters may make it small enough."""
    limit(max_online_size=100)
    assert client.refused_report(client.definition("Clicks"), processingMode="online")[1].code == 8312
    smart = ("CampaignId", "EQUALS", "700000008")
    assert (
        client.send_report(client.definition("Clicks", "CUSTOM_REPORT", smart), processingMode="online").status == 200
    )


def test_search_queries_are_never_online(client: EmulatorClient) -> None:
    """Their report is offline only: 8312 online, the queue in auto."""
    definition = client.definition("Query Clicks", SEARCH)
    assert client.refused_report(definition, processingMode="online")[1].code == 8312
    assert _statuses(client, definition, 5) == [201, 200]


def test_auto_finds_what_was_ordered_offline(client: EmulatorClient) -> None:
    """A report that is in the queue is not built a second time because the mode is another."""
    definition = client.definition("Clicks")
    client.send_report(definition, processingMode="offline")
    assert client.send_report(definition).status == 202


def test_the_threshold_is_an_argument() -> None:
    """Emulator(report_limits=...) says what enters the queue, by the numbers of build_limits.toml."""
    limits: BuildLimits = replace(build_limits.bundled(), max_online_size=100)
    with Emulator(report_limits=limits) as emulator, EmulatorClient.demo() as client:
        client.handle = emulator.handle_request
        assert client.send_report(client.definition("Clicks")).status == 201


def test_a_report_that_is_long_in_the_making_is_waited_for_in_the_queue(
    client: EmulatorClient, limit: Callable[..., None]
) -> None:
    """Nobody waits for the first byte: a report that is ready by the clock and not yet written is 202 until it is."""
    limit(max_online_size=100, answer_seconds=0)
    definition = client.definition("Date AdId Clicks")
    assert client.send_report(definition).status == 201
    client.clock.now += 5
    statuses: list[int] = []
    while not statuses or statuses[-1] != 200:
        response = client.send_report(definition)
        statuses.append(response.status)
        client.clock.now += 1
        time.sleep(0.01)
    assert set(statuses) <= {202, 200}
    limit()
    assert response.body == client.send_report(definition, processingMode="online").body


# --- the queue ----------------------------------------------------------------------------------------------------


def test_a_finished_report_stays_as_it_is(client: EmulatorClient) -> None:
    """The same request gives the stored text for five hours, whatever changes; after that it is a new order."""
    definition = client.definition("Clicks", DateRangeType="TODAY")
    assert _statuses(client, definition, 3, processingMode="offline") == [201, 200]
    stored = client.send_report(definition, processingMode="offline").body
    client.clock.now += 5 * HOUR - 1
    assert client.send_report(definition, processingMode="online").body != stored
    assert client.send_report(definition, processingMode="offline").body == stored
    client.clock.now += 1
    assert client.send_report(definition, processingMode="offline").status == 201


def test_a_report_is_of_the_day_on_which_it_was_ordered(client: EmulatorClient) -> None:
    """Midnight passes in the queue, and YESTERDAY stays the day that it was."""
    definition = client.definition("Date Clicks", DateRangeType="YESTERDAY")
    client.clock.now += 9 * HOUR - 2
    assert _statuses(client, definition, 4, processingMode="offline") == [201, 200]
    assert b"2026-05-28" in client.send_report(definition, processingMode="offline").body
    assert b"2026-05-29" in client.send_report(definition, processingMode="online").body


def test_the_same_text_is_written_as_each_request_asks(client: EmulatorClient) -> None:
    """Headers about money and lines are no part of a report's identity."""
    definition = client.definition("Cost", "ACCOUNT_PERFORMANCE_REPORT")
    _statuses(client, definition, 3, processingMode="offline")
    micros = client.send_report(definition, processingMode="offline").body.splitlines()
    units = client.send_report(
        definition, processingMode="offline", returnMoneyInMicros="false", skipReportHeader="true"
    ).body
    assert int(micros[2]) == float(units.splitlines()[1]) * 1_000_000


def test_both_formats_ask_for_the_same_report(client: EmulatorClient) -> None:
    """A definition in XML finds what the same one in JSON ordered, and reads the same text."""
    definition = client.definition("Date Clicks", Page={"Limit": 3}, **days("2026-05-01", "2026-05-10"))
    assert client.send_report(definition, processingMode="offline").status == 201
    assert client.send_report(definition, form="soap", processingMode="offline").status == 202
    online = [client.send_report(definition, form=form, version=v, processingMode="online").body for form, v in BOTH]
    assert len(set(online)) == 1


BOTH = (("json", "v5"), ("json", "v501"), ("soap", "v5"), ("soap", "v501"))


def test_five_reports_may_wait(client: EmulatorClient) -> None:
    """The sixth is error 9000, until one of them is ready; each login has a queue of its own."""
    for number in range(1, 6):
        response = client.send_report(client.definition("Clicks"), processingMode="offline")
        assert (response.status, response.headers["reportsInQueue"]) == (201, str(number))
    status, error = client.refused_report(client.definition("Clicks"), processingMode="offline")
    assert (status, error.code) == (400, 9000)
    client.token, client.fields = "demo-agency-token", {"Client-Login": "demo-client-rub"}
    assert client.send_report(client.definition("Clicks"), processingMode="offline").headers["reportsInQueue"] == "1"
    client.token, client.fields, client.clock.now = "demo-token", {}, client.clock.now + 3
    assert client.send_report(client.definition("Clicks"), processingMode="offline").headers["reportsInQueue"] == "1"


def test_a_name_stands_for_one_report(client: EmulatorClient) -> None:
    """While a report is kept, its name with other parameters is an error; online has no names."""
    definition = client.definition("Clicks")
    client.send_report(definition, processingMode="offline")
    other = definition | {"FieldNames": ["Cost"]}
    assert client.refused_report(other, processingMode="offline")[1].code == 4000
    assert client.send_report(other, processingMode="online").status == 200
    client.clock.now += 5 * HOUR + 3
    assert client.send_report(other, processingMode="offline").status == 201


def test_a_queue_outlives_the_process(client: EmulatorClient, tmp_path: Path) -> None:
    """With a store in a file, an emulator that is started anew goes on with the queue and builds the same text."""
    definition, texts = client.definition("CampaignId Clicks"), []
    for _ in range(2):
        with Emulator(tmp_path / "store.db", clock=lambda: client.clock.now) as emulator:
            client.handle = emulator.handle_request
            texts.append(client.send_report(definition, processingMode="offline"))
        client.clock.now += 3
    assert [text.status for text in texts] == [201, 200]


# --- being refused ------------------------------------------------------------------------------------------------


def _changed(**members: Any) -> Callable[[EmulatorClient], dict[str, Any]]:
    return lambda client: client.definition("CampaignId Clicks", "CAMPAIGN_PERFORMANCE_REPORT", **members)


def _criteria(**criteria: Any) -> Callable[[EmulatorClient], dict[str, Any]]:
    return _changed(SelectionCriteria=criteria, DateRangeType="CUSTOM_DATE")


REFUSED: dict[str, tuple[int, Callable[[EmulatorClient], dict[str, Any]]]] = {
    "an unknown field": (8000, _changed(FieldNames=["Nothing"])),
    "no fields": (8000, _changed(FieldNames=[])),
    "an unknown type": (8000, _changed(ReportType="NOTHING")),
    "an unknown member": (8000, _changed(Colour="red")),
    "a field of another type": (4000, _changed(FieldNames=["Query"])),
    "a field for filters": (4000, _changed(FieldNames=["Keyword"])),
    "a field twice": (4000, _changed(FieldNames=["Clicks", "Clicks"])),
    "days and weeks": (4000, _changed(FieldNames=["Date", "Week"])),
    "no campaign in a report of reach": (
        4000,
        _changed(ReportType="REACH_AND_FREQUENCY_PERFORMANCE_REPORT", FieldNames=["Clicks"]),
    ),
    "an operator of another field": (
        4001,
        _changed(SelectionCriteria={"Filter": [{"Field": "Cost", "Operator": "EQUALS", "Values": ["1"]}]}),
    ),
    "a page of nothing": (4002, _changed(Page={"Limit": 0})),
    "an order by what has none": (4000, _changed(OrderBy=[{"Field": "CriterionId"}])),
    "own days without CUSTOM_DATE": (4000, _changed(SelectionCriteria={"DateFrom": "2026-05-01"})),
    "CUSTOM_DATE without days": (4000, _criteria()),
    "days in the wrong order": (4000, _criteria(DateFrom="2026-05-02", DateTo="2026-05-01")),
    "no day": (4000, _criteria(DateFrom="2026-02-30", DateTo="2026-05-01")),
    "more than three years ago": (4000, _criteria(DateFrom="2023-04-30", DateTo="2026-05-01")),
    "queries of half a year ago": (
        4000,
        lambda client: client.definition("Query", SEARCH, **days("2025-11-29", "2026-05-01")),
    ),
    "eleven goals": (4000, _changed(Goals=[str(goal) for goal in range(11)])),
    "a goal that is no number": (4000, _changed(Goals=["buy"])),
    "a long name": (4000, _changed(ReportName="n" * 256)),
}


JSON_ALONE = frozenset({"no fields", "an unknown member"})
"""What the writer of XML cannot say."""
CASES = [(name, form) for name in REFUSED for form in ("json", "soap") if form == "json" or name not in JSON_ALONE]


@pytest.mark.parametrize(("name", "form"), CASES, ids=[f"{name}-{form}" for name, form in CASES])
def test_a_bad_definition_is_refused(client: EmulatorClient, name: str, form: str) -> None:
    """With HTTP 400, and the code and the words of the error in the request's format."""
    code, make = REFUSED[name]
    status, error = client.refused_report(make(client), form=form)
    assert (status, error.code, bool(error.detail)) == (400, code, True)


def test_the_oldest_days_are_three_years_old(client: EmulatorClient) -> None:
    """Three years before the first of this month; search queries are kept for 180 days."""
    assert client.send_report(client.definition("Clicks", **days("2023-05-01", "2023-05-02"))).status == 200
    queries = client.definition("Query", SEARCH, **days("2025-11-30", "2025-12-01"))
    assert client.send_report(queries).status == 201


BODIES = {
    "no JSON": ("/json/v5/reports", b"{"),
    "no params": ("/json/v5/reports", b'{"method": "get"}'),
    "nested without end": ("/json/v5/reports", b'{"params":' + b"[" * 100_000),
    "no XML": ("/v5/reports", b"<ReportDefinition"),
    "another document": ("/v5/reports", b"<Other/>"),
    "an envelope": ("/v5/reports", b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"/>'),
}


@pytest.mark.parametrize("name", BODIES)
def test_what_is_no_definition_is_8000(client: EmulatorClient, name: str) -> None:
    """A body that cannot be read is an invalid request."""
    path, body = BODIES[name]
    response = client.send(path, body)
    error = FORMATS["json" if "json" in path else "soap"].decode_error(response.body)
    assert (response.status, error.code) == (400, 8000)


@pytest.mark.parametrize("form", ["json", "soap"])
@pytest.mark.parametrize(
    ("token", "fields", "code"),
    [
        ("", {}, 53),
        ("wrong", {}, 53),
        ("demo-token", {"Client-Login": "somebody"}, 8800),
        ("demo-agency-token", {}, 8000),
        ("demo-agency-token", {"Client-Login": "demo-advertiser"}, 8800),
        ("demo-token", {"processingMode": "sometimes"}, 8000),
    ],
    ids=["no token", "wrong token", "unknown client", "agency without client", "foreign client", "unknown mode"],
)
def test_callers_are_refused(client: EmulatorClient, token: str, fields: dict[str, str], code: int, form: str) -> None:
    """Unlike the other services, this one answers 53 where there is no token at all; each refusal has its RequestId."""
    client.token = token
    response = client.send_report(client.definition("Clicks"), form=form, **fields)
    error = FORMATS[form].decode_error(response.body)
    assert (response.status, error.code) == (400, code)
    assert error.request_id == response.headers["RequestId"]
    assert response.headers["Content-Type"] == FORMATS[form].content_type


def test_errors_in_xml_fit_the_schema(client: EmulatorClient) -> None:
    """So do our requests: both are what reports.xsd says."""
    definition = client.definition("Clicks", Goals=["1"], AttributionModels=["LC"], Page={"Limit": 1})
    assert SCHEMA.validate(etree.fromstring(FORMATS["soap"].encode_definition(definition))), SCHEMA.error_log
    response = client.send_report(_changed(FieldNames=["Query"])(client), form="soap", Accept_Language="ru")
    assert SCHEMA.validate(etree.fromstring(response.body)), SCHEMA.error_log


def test_the_21st_request_in_10_seconds_is_refused(client: EmulatorClient) -> None:
    """Error 56, whatever the requests are; it passes when the first of them is 10 seconds old."""
    definition = client.definition("Clicks")
    for _ in range(10):
        assert client.send_report(definition).status == 200
        client.refused_report(definition | {"ReportType": "NOTHING"})
        client.clock.now += 0.5
    status, error = client.refused_report(definition)
    assert (status, error.code, type(error)) == (400, 56, type(api_error(56, "")))
    client.clock.now += 5
    assert client.send_report(definition).status == 200


def test_who_may_only_read_may_read_reports(client: EmulatorClient) -> None:
    """A user without the right to write gets reports."""
    client.emulator.accounts.add(Account("reader", 77, readonly=True), token="reader-token")
    client.token = "reader-token"
    response = client.send_report(client.definition("Clicks"))
    assert (response.status, response.body.count(b"\n")) == (200, 3)


def test_an_agency_reads_its_clients_reports(client: EmulatorClient) -> None:
    """In the client's name, with the client's currency and objects."""
    client.token, client.fields = "demo-agency-token", {"Client-Login": "demo-client-kzt"}
    rows = client.report("ClientLogin CampaignName Clicks", "CAMPAIGN_PERFORMANCE_REPORT")
    assert {row["ClientLogin"] for row in rows} == {"demo-client-kzt"}


def test_what_takes_too_long_is_502(client: EmulatorClient, limit: Callable[..., None]) -> None:
    """A report beyond the server's time fails when it is due, with HTTP 502."""
    limit(max_size=10)
    definition = client.definition("Clicks")
    assert _statuses(client, definition, 3, processingMode="offline") == [201, 502]


def test_an_account_of_too_many_ads_is_502(client: EmulatorClient, limit: Callable[..., None]) -> None:
    """Its objects are not even read: no report of it is built, online or offline."""
    limit(max_ads=16)
    for mode in ("online", "offline"):
        status, error = client.refused_report(client.definition("Clicks"), processingMode=mode)
        assert (status, error.code) == (502, 1002)
    limit(max_ads=17)
    assert client.send_report(client.definition("Clicks"), processingMode="online").status == 200


def test_a_mistake_inside_is_500(client: EmulatorClient, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever goes wrong in the emulator itself is logged, and told as error 1000."""
    row = next(client.emulator.store.rows("campaigns", "demo-advertiser"))
    broken = {name: value for name, value in row.document.items() if name != "StartDate"}
    client.emulator.store.put("campaigns", row.id, row.login, broken, changed=row.changed)
    status, error = client.refused_report(client.definition("Clicks"))
    assert (status, error.code) == (500, 1000)
    assert "failed inside the emulator" in caplog.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v5/reports", 405),
        ("GET", "/json/v5/reports", 405),
        ("GET", "/v5/reports.xsd", 200),
        ("POST", "/v6/reports", 404),
        ("POST", "/json/v501/reports/", 400),
    ],
)
def test_addresses(client: EmulatorClient, method: str, path: str, status: int) -> None:
    """Reports answer POST at both versions and formats, with and without a slash; the schema is there to be read."""
    answer = client.emulator.handle_request(Request(f"http://emulator.test{path}", Headers({}), b"", method))
    assert answer.status == status
