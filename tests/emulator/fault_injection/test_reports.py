"""Faults of reports: the same as those of calls, in the Reports service's own words, long bodies too."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
import requests

from yadirect_soap import DecodeError, Direct, Retry
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fault_injection import (
    Captcha,
    Duplicate,
    Effect,
    Fault,
    Latency,
    LostAnswer,
    Malformed,
    Reset,
    SlowBody,
    Status,
    Truncated,
    WrongContentType,
)
from yadirect_soap.emulator.fault_injection.scenario_files import scenario
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.protocol.reports.formats import FORMATS

DEFINITION = {
    "SelectionCriteria": {},
    "FieldNames": ["Date", "CampaignId", "Clicks"],
    "ReportName": "Faults",
    "ReportType": "CAMPAIGN_PERFORMANCE_REPORT",
    "DateRangeType": "LAST_30_DAYS",
    "Format": "TSV",
    "IncludeVAT": "YES",
}
NAME = "reports.get"


class Counter(NamedTuple):
    """An emulator, where reports are asked for."""

    emulator: Emulator
    session: requests.Session
    root: str

    def post(self, form: str = "json", **headers: str) -> requests.Response:
        """One request for the report in a format."""
        chosen = FORMATS[form]
        fields = {"Authorization": "Bearer demo-token", "Accept-Encoding": "identity"} | headers
        body = chosen.encode_definition(DEFINITION)
        return self.session.post(self.root + chosen.path("v5"), body, headers=fields, timeout=5)

    def ready(self) -> str:
        """The text of the report, once it has been through the queue."""
        assert self.post(processingMode="offline").status_code == 201
        self.emulator.clock.advance(minutes=10)
        return self.post(processingMode="offline").text


@pytest.fixture(params=["in process", "on a socket"])
def counter(request: pytest.FixtureRequest) -> Iterator[Counter]:
    """An emulator with the demo accounts, in this process and over a socket; nobody waits in process."""
    with Emulator(clock=lambda: 1_780_056_000.0, sleep=lambda _: None) as emulator:
        if request.param == "in process":
            with emulator.session() as session:
                yield Counter(emulator, session, emulator.endpoint)
        else:
            with emulator.serve() as url, requests.Session() as session:
                yield Counter(emulator, session, url)


@pytest.mark.parametrize(("code", "status"), [(1000, 500), (1002, 502), (56, 400), (9000, 400)])
def test_a_fault_refuses_in_the_format_of_the_request(counter: Counter, code: int, status: int) -> None:
    """A planned fault has the status and the form that the Reports service gives to a refusal, and a request id."""
    for form in FORMATS:
        counter.emulator.faults.inject(Fault(code, "in the middle of it"), NAME)
        answer = counter.post(form)
        error = FORMATS[form].decode_error(answer.content)
        assert (answer.status_code, error.code, error.detail) == (status, code, "in the middle of it")
        assert error.request_id == answer.headers["RequestId"]
    assert counter.post().status_code == 200


@pytest.mark.parametrize("effect", [Status(503), Captcha(503), Reset()], ids=["status", "captcha", "reset"])
def test_what_answers_instead_orders_nothing(counter: Counter, effect: Effect) -> None:
    """A page or a reset in place of the service leaves the queue as it was."""
    counter.emulator.faults.inject(effect, NAME)
    if isinstance(effect, Reset):
        with pytest.raises(requests.ConnectionError):
            counter.post(processingMode="offline")
    else:
        answer = counter.post(processingMode="offline")
        assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert counter.post(processingMode="offline").status_code == 201


def test_a_lost_answer_has_ordered_the_report(counter: Counter) -> None:
    """The connection is reset in place of the answer, and the report is in the queue."""
    counter.emulator.faults.inject(LostAnswer(), NAME)
    with pytest.raises(requests.ConnectionError):
        counter.post(processingMode="offline")
    assert counter.post(processingMode="offline").status_code == 202


def test_a_lost_report_can_be_asked_for_again(counter: Counter) -> None:
    """A ready report whose answer was lost is there on the next request."""
    text = counter.ready()
    counter.emulator.faults.inject(LostAnswer(), NAME)
    with pytest.raises(requests.ConnectionError):
        counter.post(processingMode="offline")
    assert counter.post(processingMode="offline").text == text


def test_a_doubled_order_finds_the_first(counter: Counter) -> None:
    """Of a request that arrives twice the second answer is given: the report is in the queue already."""
    counter.emulator.faults.inject(Duplicate(), NAME)
    assert counter.post(processingMode="offline").status_code == 202


@pytest.mark.parametrize("mode", ["online", "offline"])
@pytest.mark.parametrize(
    "effect", [Latency(0.01), SlowBody(500, 0.001), WrongContentType()], ids=["late", "slow_body", "content type"]
)
def test_a_report_comes_whole_all_the_same(counter: Counter, mode: str, effect: Effect) -> None:
    """What befalls the manner of an answer leaves every byte of a report, be it built at once or from the queue."""
    text = counter.ready()
    counter.emulator.faults.inject(effect, NAME)
    answer = counter.post(processingMode=mode)
    assert answer.text == text
    assert answer.headers["Content-Type"].startswith("text/html") is isinstance(effect, WrongContentType)


@pytest.mark.parametrize("mode", ["online", "offline"])
def test_a_part_of_a_report_comes_as_the_whole(counter: Counter, mode: str) -> None:
    """A truncated report is a right answer of HTTP with fewer lines."""
    text = counter.ready()
    counter.emulator.faults.inject(Truncated(0.3), NAME)
    assert counter.post(processingMode=mode).text == text[: int(len(text.encode()) * 0.3)]


@pytest.mark.parametrize("mode", ["online", "offline"])
def test_a_report_may_have_a_byte_that_does_not_belong(counter: Counter, mode: str) -> None:
    """A malformed report has a NUL byte, which none has."""
    text = counter.ready()
    counter.emulator.faults.inject(Malformed(), NAME)
    spoiled = counter.post(processingMode=mode).text
    assert spoiled.count("\0") == 1
    assert spoiled.replace("\0", "") == text


@pytest.mark.parametrize("mode", ["online", "offline"])
def test_a_report_breaks_off(counter: Counter, mode: str) -> None:
    """A reset during the answer is an error to who reads it, and one after it is none."""
    text = counter.ready()
    counter.emulator.faults.inject(Reset("during"), NAME)
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.ConnectionError)):
        counter.post(processingMode=mode)
    counter.emulator.faults.inject(Reset("after"), NAME)
    assert counter.post(processingMode=mode).text == text


@pytest.mark.parametrize(
    ("pattern", "meets"),
    [("reports.get", True), ("reports.*", True), ("*.get", True), ("*", True), ("ads.*", False), ("*.add", False)],
)
def test_patterns_find_reports(counter: Counter, pattern: str, meets: bool) -> None:
    """A request for a report is a get of the service reports."""
    counter.emulator.faults.inject(Status(503), pattern)
    assert (counter.post().status_code == 503) is meets


def test_reports_know_get_only(counter: Counter) -> None:
    """A fault for what nobody can ask of reports is refused when it is planned."""
    with pytest.raises(ConfigurationError, match=r"'reports.add'.*did you mean 'reports.get'"):
        counter.emulator.faults.inject(Status(503), "reports.add")


def test_a_scenario_plans_it(counter: Counter) -> None:
    """Rows of scenario files and of the control endpoint name reports as Python does."""
    row: dict[str, Any] = {"kind": "fault", "code": 1000, "operation": NAME, "times": 2}
    counter.emulator.faults.play(scenario({"faults": [row]}))
    assert [counter.post().status_code for _ in range(3)] == [500, 500, 200]


def test_the_client_gets_over_it(counter: Counter) -> None:
    """Faults and lost answers do not keep a report from the client, and a part of one is not taken for the whole."""
    params: dict[str, Any] = {name: DEFINITION[name] for name in ("FieldNames", "ReportType", "DateRangeType")}
    with Direct("demo-token", endpoint=counter.root, session=counter.session, retry=Retry(wait_initial=0.01)) as direct:
        rows = list(direct.reports.get(**params))
        for effect in (Fault(1000), LostAnswer(), Reset("before")):
            counter.emulator.faults.inject(effect, NAME)
        assert list(direct.reports.get(**params)) == rows
        counter.emulator.faults.inject(Truncated(0.5), NAME)
        with pytest.raises(DecodeError):
            list(direct.reports.get(**params))


def test_each_request_for_a_report_is_logged(counter: Counter, caplog: pytest.LogCaptureFixture) -> None:
    """It leaves a line as every call does: ordered, waiting, and there."""
    with caplog.at_level("INFO", "yadirect_soap.emulator"):
        assert counter.post(processingMode="offline").status_code == 201
        assert counter.post(processingMode="offline").status_code == 202
        counter.emulator.clock.advance(minutes=10)
        assert counter.post(processingMode="offline").status_code == 200
    lines = [record.getMessage().partition(" request ")[0] for record in caplog.records]
    assert lines == ["reports.get ordered", "reports.get waits", "reports.get ok"]
