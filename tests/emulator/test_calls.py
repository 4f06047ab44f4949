"""The calls that an emulator remembers, those of services and those for reports: what they asked, how they ended."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap import Direct
from yadirect_soap.client.settings import WireName
from yadirect_soap.emulator.call_log.call_log import MAX_REPORT_BYTES, RecordedCall
from yadirect_soap.emulator.fault_injection import Captcha, Effect, Fault, LostAnswer, Reset, Status, WrongContentType
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.protocol.reports.formats import FORMATS
from yadirect_soap.protocol.wires import WIRES

NAME = "reports.get"
FIELDS = "Date CampaignId Clicks"
MANY_FIELDS = "Date AdId CriterionId Device Age Gender Clicks Cost"


@pytest.fixture
def client() -> Iterator[EmulatorClient]:
    """An emulator of the test's own."""
    with EmulatorClient.demo() as client:
        yield client


def _last(client: EmulatorClient) -> RecordedCall:
    return client.emulator.calls.of(NAME)[-1]


@pytest.mark.parametrize("wire", WIRES)
def test_a_call_of_a_service_is_remembered(client: EmulatorClient, wire: WireName) -> None:
    """Its params and its result are the same over both wires."""
    with client.emulator.session() as session:
        direct = Direct("demo-token", endpoint=client.emulator.endpoint, session=session, transport=wire)
        campaigns = direct.campaigns.get(FieldNames=["Id"], Page={"Limit": 2})
    (called,) = client.emulator.calls
    assert (called.operation, called.wire, called.outcome) == ("campaigns.get", wire, "ok")
    assert called.params == {"FieldNames": ["Id"], "Page": {"Limit": 2}}
    assert called.result == {"Campaigns": list(campaigns), "LimitedBy": 2}


@pytest.mark.parametrize("wire", WIRES)
def test_a_call_that_cannot_be_read_is_remembered(client: EmulatorClient, wire: str) -> None:
    """Its service is known by its address, and no more."""
    client.send(WIRES[wire].path("v5", "ads"), b"nonsense")
    (called,) = client.emulator.calls
    assert (called.operation, called.params) == ("ads.?", {})


@pytest.mark.parametrize("form", FORMATS)
def test_the_definition_is_the_params(client: EmulatorClient, form: str) -> None:
    """From XML and from JSON it is the same dict, with the API's names and numbers as numbers."""
    definition = client.definition(
        FIELDS,
        "CUSTOM_REPORT",
        ("Clicks", "GREATER_THAN", "0"),
        Page={"Limit": 10},
        OrderBy=[{"Field": "Clicks", "SortOrder": "DESCENDING"}],
        Goals=["12345"],
    )
    client.send_report(definition, form=form)
    called = _last(client)
    assert called.params == definition
    assert (called.wire, called.at, called.outcome) == (form, client.clock.now, "ok")


def test_the_clients_reports_are_asserted(client: EmulatorClient) -> None:
    """How often a report was asked for, and with what, is asserted as of any operation."""
    with client.emulator.session() as session:
        direct = Direct("demo-token", endpoint=client.emulator.endpoint, session=session)
        asserted = {"ReportType": "CAMPAIGN_PERFORMANCE_REPORT", "FieldNames": ["Clicks"]}
        list(direct.reports.get(asserted, DateRangeType="YESTERDAY"))
    client.emulator.calls.assert_called(NAME, times=1, params=asserted)
    with pytest.raises(AssertionError, match=r"called 0 times with .*'CUSTOM_REPORT'.*expected at least once"):
        client.emulator.calls.assert_called(NAME, params={"ReportType": "CUSTOM_REPORT"})


def test_the_queue_is_told_by_status(client: EmulatorClient) -> None:
    """An order, a look at the queue and the report itself are three calls with an outcome each."""
    definition = client.definition(FIELDS)
    for seconds in (1, 600, 1):
        client.send_report(definition, processingMode="offline")
        client.clock.now += seconds
    assert [called.outcome for called in client.emulator.calls] == ["HTTP 201", "HTTP 202", "ok"]
    assert [called.error for called in client.emulator.calls] == [None, None, None]


REFUSED: dict[str, tuple[int, Callable[[EmulatorClient], dict[str, Any]]]] = {
    "shape": (8000, lambda client: client.definition(FIELDS, "NO_SUCH_REPORT")),
    "conflict": (4000, lambda client: client.definition(FIELDS, DateRangeType="CUSTOM_DATE")),
    "filter": (4001, lambda client: client.definition(FIELDS, "CUSTOM_REPORT", ("Clicks", "NOT_IN", "1"))),
    "page": (4002, lambda client: client.definition(FIELDS, Page={"Limit": 0})),
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("code", "definition_of"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_told_by_its_code(
    client: EmulatorClient, code: int, definition_of: Callable[[EmulatorClient], dict[str, Any]], form: str
) -> None:
    """The code says more than the HTTP status that a refusal comes with, and what was asked is remembered."""
    definition = definition_of(client)
    client.send_report(definition, form=form)
    called = _last(client)
    assert (called.outcome, called.params) == (f"error {code}", definition)
    assert called.error is not None
    assert called.error.code == code


@pytest.mark.parametrize(
    ("effect", "outcome"),
    [
        (Fault(1002), "error 1002"),
        (LostAnswer(), "lost"),
        (Reset("during"), "broken off"),
        (Status(503), "HTTP 503"),
        (Captcha(), "unreadable"),
        (WrongContentType(), "unreadable"),
    ],
    ids=["fault", "lost", "broken", "status", "captcha", "content type"],
)
@pytest.mark.parametrize("mode", ["online", "offline"])
def test_faults_are_told(client: EmulatorClient, effect: Effect, outcome: str, mode: str) -> None:
    """What befell the answer is the outcome, be the report built at once or read from where it is stored."""
    definition = client.definition(FIELDS)
    client.report_text(definition, processingMode="offline")
    client.emulator.faults.inject(effect, NAME)
    body = FORMATS["json"].encode_definition(definition)
    headers = {"Authorization": "Bearer demo-token", "processingMode": mode}
    with client.emulator.session() as session:
        try:
            session.post(f"{client.emulator.endpoint}/json/v5/reports", body, headers=headers, timeout=5)
        except requests.RequestException:
            assert outcome in ("lost", "broken off")
    called = _last(client)
    assert (called.outcome, called.params) == (outcome, definition)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("body", [b"", b"[" * 100_000, b"<a>" * 100_000, b"{}"], ids=["empty", "[", "<", "{}"])
def test_a_body_that_is_no_definition_is_remembered(client: EmulatorClient, form: str, body: bytes) -> None:
    """It has no params, and its refusal is told."""
    client.send(FORMATS[form].path("v5"), body)
    called = _last(client)
    assert (called.params, called.outcome, called.request.body) == ({}, "error 8000", body)


@pytest.mark.parametrize("mode", ["online", "offline"])
def test_of_a_long_report_the_beginning_is_remembered(client: EmulatorClient, mode: str) -> None:
    """It comes whole all the same, built at once or from where it is stored, and the call says that it is not."""
    text = client.report_text(client.definition(MANY_FIELDS), processingMode=mode).encode()
    called = _last(client)
    assert len(text) > MAX_REPORT_BYTES
    assert called.delivery.response is not None
    assert called.delivery.response.body == text[:MAX_REPORT_BYTES]
    assert called.delivery.stream is None
    assert called.is_shortened


def test_a_short_report_is_remembered_whole(client: EmulatorClient) -> None:
    """Then nothing says that there is more."""
    text = client.report_text(client.definition("Clicks", "ACCOUNT_PERFORMANCE_REPORT"), processingMode="offline")
    called = _last(client)
    assert called.delivery.response is not None
    assert called.delivery.response.body == text.encode()
    assert not called.is_shortened


@pytest.mark.parametrize("operation", ["ads.delet", "add.delete", "ads", "nothing.?"])
def test_nothing_is_asserted_of_an_operation_that_is_not_there(client: EmulatorClient, operation: str) -> None:
    """A misspelt name is an error, or `times=0` would always hold."""
    client.emulator.calls.assert_called("ads.?", times=0)
    with pytest.raises(ConfigurationError, match=r"found the operation .*, which the API does not have"):
        client.emulator.calls.assert_called(operation, times=0)
