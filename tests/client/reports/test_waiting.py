"""A report is asked for at the pace that the service asks, until it is there or patience ends."""

import math
import threading
from typing import Any

import pytest
import requests
from requests.adapters import BaseAdapter

from tests.client.reports.service import DEFINITION, ROWS, queued, refused, report, reports_over, text
from tests.client.servers import HTML, answer, drop
from tests.clock import Clock
from yadirect_soap import (
    ApiError,
    AuthError,
    ConfigurationError,
    Direct,
    HttpError,
    InvalidRequestError,
    Progress,
    RateError,
    ReportFailedError,
    ReportNotReadyError,
    ResponseLostError,
    Retry,
)
from yadirect_soap.errors import api_error
from yadirect_soap.protocol.reports.delivery import CONTENT_TYPE
from yadirect_soap.protocol.reports.formats import FORMATS


def test_the_same_request_is_sent_until_the_report_is_there():
    """Over 201 and 202 the same body and headers go out again, after the seconds that the service named."""
    with reports_over(queued(201, retry_in=7), queued(202, retry_in=3), report()) as (server, direct, clock):
        assert len(list(direct.reports.get(DEFINITION, mode="offline"))) == len(ROWS)
    assert sum(clock.slept) == 10
    assert len({(received.body, repr(dict(received.headers))) for received in server.received}) == 1
    assert len(server.received) == 3


def test_without_advice_ten_seconds_pass():
    """Where the service names no seconds, it is asked again after ten."""
    with reports_over(queued(retry_in=None), report()) as (_, direct, clock):
        list(direct.reports.get(DEFINITION))
    assert sum(clock.slept) == 10


def test_progress_is_reported():
    """Who wants to know hears when it is asked for, queued, read and done."""
    events: list[Progress] = []
    with reports_over(queued(in_queue=3), report()) as (_, direct, _):
        requested_report = direct.reports.get(DEFINITION, progress=events.append)
        list(requested_report)
    assert [progress.stage for progress in events] == ["submitted", "queued", "downloading", "complete"]
    assert events[1].reports_in_queue == 3
    assert (events[-1].rows, events[-1].elapsed, events[-1].report) == (2, 5.0, requested_report.name)


def test_the_deadline_ends_the_waiting():
    """A report that is not there in time raises ReportNotReadyError, before a wait that would be longer."""
    with reports_over(queued(retry_in=40)) as (_, direct, clock):
        requested_report = direct.reports.get(DEFINITION, deadline=100)
        with pytest.raises(ReportNotReadyError, match="not ready within 100 seconds") as caught:
            list(requested_report)
    assert caught.value.report == requested_report.name
    assert caught.value.repeatable
    assert sum(clock.slept) == 80


DEADLINES = {
    "error 56": (refused(56), RateError, "error 56"),
    "a lost connection": (drop, ResponseLostError, "the connection broke"),
    "a gateway": (answer(b"<html>504</html>", status=504, content_type=HTML), HttpError, "504"),
    "a full queue": (refused(9000), RateError, "error 9000"),
    "a report that failed": (answer(b"", status=500, content_type=HTML), ReportFailedError, "failed to build it"),
}


@pytest.mark.parametrize(("step", "kind", "failure"), DEADLINES.values(), ids=DEADLINES)
def test_the_deadline_ends_the_attempts_too(step, kind, failure):
    """No wait after a failure outlasts the deadline; the error is the deadline's, and tells what failed last."""
    with reports_over(step, retry=Retry(attempts=100, wait_initial=8, timeout=1000)) as (server, direct, clock):
        requested_report = direct.reports.get(DEFINITION, deadline=9)
        with pytest.raises(ReportNotReadyError, match=rf"not ready within 9 seconds .*{failure}") as caught:
            list(requested_report)
    assert isinstance(caught.value.__cause__, kind)
    assert sum(clock.slept) <= 9
    assert len(server.received) <= 2


@pytest.mark.parametrize("deadline", [-1, math.nan], ids=str)
def test_a_deadline_is_a_time(deadline):
    """A deadline before the beginning, or one that never comes, is refused before anything is sent."""
    with (
        reports_over() as (server, direct, _),
        pytest.raises(ConfigurationError, match="deadline is a number of seconds"),
    ):
        direct.reports.get(DEFINITION, deadline=deadline)
    assert not server.received


def test_the_deadline_ends_the_wait_for_a_turn():
    """A login that may not ask before the deadline is reported at once, and nothing is sent."""
    with reports_over(report()) as (server, direct, clock):
        for _ in range(20):
            list(direct.reports.get(DEFINITION))
        with pytest.raises(ReportNotReadyError, match="not ready within 5 seconds"):
            list(direct.reports.get(DEFINITION, deadline=5))
    assert (len(server.received), clock.slept) == (20, [])


def test_the_deadline_ends_reading_anew(tmp_path):
    """A report that breaks off is not asked for again where the wait for that would pass the deadline."""
    broken = answer(text()[:-20], content_type=CONTENT_TYPE, length=len(text()))
    with reports_over(broken, report(), retry=Retry(wait_initial=8)) as (server, direct, clock):
        requested_report = direct.reports.get(DEFINITION, deadline=2)
        with pytest.raises(ReportNotReadyError, match=r"not ready within 2 seconds .*broke off"):
            requested_report.to_file(tmp_path / "r.tsv")
    assert (len(server.received), clock.slept, list(tmp_path.iterdir())) == (1, [], [])


class _Deaf(BaseAdapter):
    """What never answers; it notes how long it is given."""

    def __init__(self, clock):
        super().__init__()
        self.timeouts = []
        self._clock = clock

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        self.timeouts.append(timeout)
        self._clock.sleep(timeout[1])
        raise requests.ReadTimeout(request=request)

    def close(self):
        pass


def test_an_answer_is_not_waited_for_beyond_the_deadline():
    """A service that never answers is given what is left until the deadline, or ten seconds where that is less."""
    clock = Clock()
    deaf, session = _Deaf(clock), requests.Session()
    session.mount("https://", deaf)
    usual: dict[str, Any] = {"session": session, "clock": clock, "sleep": clock.sleep, "random": lambda: 1.0}
    with pytest.raises(ReportNotReadyError, match=r"not ready within 200 seconds .*no response in time"):
        list(Direct("secret", retry=Retry(wait_initial=2), **usual).reports.get(DEFINITION, deadline=200))
    assert deaf.timeouts == [(10, 180), (10, 18)]
    with pytest.raises(ReportNotReadyError, match=r"not ready within 3 seconds .*no response in time"):
        list(Direct("secret", retry=None, **usual).reports.get(DEFINITION, deadline=3))
    assert deaf.timeouts[2:] == [(10, 10)]


def test_waiting_can_be_called_off():
    """Once the event is set, waiting ends, at the latest half a second later."""
    cancel = threading.Event()
    with reports_over(queued(retry_in=100)) as (_, direct, clock):
        clock.meanwhile = cancel.set
        requested_report = direct.reports.get(DEFINITION, cancel=cancel)
        with pytest.raises(ReportNotReadyError, match="cancelled"):
            list(requested_report)
    assert clock.slept == [0.5]


def test_reading_can_be_called_off():
    """The event is heard between rows too, and nothing is asked again."""
    cancel = threading.Event()
    with reports_over(report()) as (server, direct, _):
        requested_report = direct.reports.get(DEFINITION, cancel=cancel)
        cancel.set()
        with pytest.raises(ReportNotReadyError):
            list(requested_report)
    assert server.received == []


def test_another_process_finds_the_report():
    """The same definition has the same name all day, for another Direct and over the other wire too."""
    with reports_over(queued(), report(), transport="soap") as (server, direct, _):
        first = direct.reports.get(DEFINITION)
        assert not first.submit().ready
        with reports_over(report(), transport="json") as (_, second_direct, _):
            assert second_direct.reports.get(dict(reversed(DEFINITION.items()))).name == first.name
        assert direct.reports.get(DEFINITION).submit().ready
    assert len({received.body for received in server.received}) == 1


def test_order_tells_how_it_stands():
    """Ordering sends one request, waits for nothing, and tells seconds and queue."""
    with reports_over(queued(retry_in=9, in_queue=4)) as (server, direct, clock):
        standing = direct.reports.get(DEFINITION).submit()
    assert (standing.ready, standing.retry_in, standing.reports_in_queue) == (False, 9.0, 4)
    assert (len(server.received), clock.slept) == (1, [])


OTHERS = {
    "other fields": {"FieldNames": ["Clicks"]},
    "other days": {"SelectionCriteria": {"DateFrom": "2026-05-02", "DateTo": "2026-05-31"}},
    "with VAT": {"IncludeVAT": "YES"},
}


@pytest.mark.parametrize("changes", OTHERS.values(), ids=OTHERS)
def test_another_definition_has_another_name(changes):
    """What differs in content never meets under one name."""
    with reports_over(report()) as (_, direct, _):
        assert direct.reports.get(DEFINITION).name != direct.reports.get(DEFINITION, **changes).name


def test_another_client_and_other_money_have_another_name():
    """Reports of two clients, and of two ways to write money, never meet under one name."""
    with reports_over(report()) as (_, direct, _), reports_over(report(), money="decimal") as (_, in_decimal, _):
        names = {
            variant.reports.get(DEFINITION).name
            for variant in (direct, in_decimal, direct.with_client_login("client-7"))
        }
    assert len(names) == 3


def test_a_fresh_report_has_a_name_of_its_own():
    """A fresh report is never one that was built before."""
    with reports_over(report()) as (_, direct, _):
        fresh = {direct.reports.get(DEFINITION, unique_name=True).name for _ in range(2)}
    assert len(fresh) == 2


def test_a_name_that_is_given_is_kept():
    """A ReportName of the caller's own is sent as it is."""
    with reports_over(report()) as (_, direct, _):
        assert direct.reports.get(DEFINITION, ReportName="May").name == "May"


def test_a_failed_report_is_started_again_once():
    """After status 500 the report is asked for once more; after a second one it is an error."""
    broken = answer(b"<html>500</html>", status=500, content_type=HTML, RequestId="86")
    with reports_over(broken, report()) as (_, direct, _):
        assert len(list(direct.reports.get(DEFINITION))) == len(ROWS)
    with reports_over(broken) as (server, direct, _), pytest.raises(ReportFailedError, match="RequestId 86") as caught:
        list(direct.reports.get(DEFINITION))
    assert (caught.value.status, len(server.received)) == (500, 2)


@pytest.mark.parametrize("wire", ["soap", "json"])
def test_a_report_that_takes_too_long_is_not_repeated(wire):
    """Status 502 with the API's own error means that the report will not be built: it is an error at once."""
    with (
        reports_over(refused(1002, status=502, wire=wire), transport=wire, retry=Retry()) as (server, direct, _),
        pytest.raises(ReportFailedError, match=r"fewer days .*error 1002.* \[RequestId ") as caught,
    ):
        list(direct.reports.get(DEFINITION))
    assert (caught.value.status, caught.value.request_id, len(server.received)) == (502, "86", 1)


GATEWAYS = {
    "a page": answer(b"<html><h1>502 Bad Gateway</h1></html>", status=502, content_type=HTML),
    "nothing": answer(b"", status=502, content_type=""),
    "JSON of its own": answer(b'{"error": "bad gateway"}', status=502, content_type="application/json"),
    "503": answer(b"<html>503</html>", status=503, content_type=HTML),
    "504": answer(b"<html>504</html>", status=504, content_type=HTML),
    "429": answer(b"slow down", status=429, content_type="text/plain"),
}


@pytest.mark.parametrize("step", GATEWAYS.values(), ids=GATEWAYS)
def test_a_page_of_a_gateway_is_repeated(step):
    """What is no error of the API, whatever its status says, tells nothing of the report: it is asked for again."""
    with reports_over(step, step, report(), retry=Retry()) as (server, direct, _):
        assert len(list(direct.reports.get(DEFINITION))) == len(ROWS)
    assert len(server.received) == 3
    with reports_over(step) as (server, direct, _), pytest.raises(HttpError, match="which is not from the API"):
        list(direct.reports.get(DEFINITION))
    assert len(server.received) == 1


RETRY_AFTER = {
    "a page": answer(b"429", status=429, content_type=HTML, Retry_After="33"),
    "a refusal": answer(
        FORMATS["soap"].encode_error(api_error(56, "Limit")), status=400, content_type="text/xml", Retry_After="33"
    ),
    "a full queue": answer(
        FORMATS["soap"].encode_error(api_error(9000, "Queue")), status=400, content_type="text/xml", Retry_After="33"
    ),
    "a queued report": answer(b"", status=202, content_type="", Retry_After="33"),
}


@pytest.mark.parametrize("step", RETRY_AFTER.values(), ids=RETRY_AFTER)
def test_the_seconds_of_retry_after_pass(step):
    """Where a response names the seconds in Retry-After, so many pass before the report is asked for again."""
    with reports_over(step, report(), retry=Retry()) as (server, direct, clock):
        assert len(list(direct.reports.get(DEFINITION))) == len(ROWS)
    assert (sum(clock.slept), len(server.received)) == (33, 2)


def test_retry_after_does_not_outlast_the_deadline():
    """A Retry-After beyond the report's deadline ends the waiting at once."""
    day = answer(b"429", status=429, content_type=HTML, Retry_After="86400")
    with reports_over(day, retry=Retry(timeout=100_000)) as (server, direct, clock), pytest.raises(ReportNotReadyError):
        list(direct.reports.get(DEFINITION))
    assert (len(server.received), clock.slept) == (1, [])


@pytest.mark.parametrize("wire", ["soap", "json"])
@pytest.mark.parametrize(
    ("code", "kind"),
    [(53, AuthError), (8312, InvalidRequestError), (4000, InvalidRequestError), (999, ApiError)],
    ids=str,
)
def test_a_refusal_is_the_error_of_its_code(wire, code, kind):
    """The error in a body of either format is raised by its code, with its RequestId, and nothing is repeated."""
    with (
        reports_over(refused(code, wire=wire), transport=wire, retry=Retry()) as (server, direct, _),
        pytest.raises(kind) as caught,
    ):
        list(direct.reports.get(DEFINITION))
    assert (caught.value.code, caught.value.request_id, caught.value.operation) == (code, "86", "reports.get")
    assert len(server.received) == 1


def test_another_error_page_is_reported():
    """A status that the service does not have, with a page, is an HttpError."""
    step = answer(b"<html>gone</html>", status=404, content_type=HTML)
    with reports_over(step) as (_, direct, _), pytest.raises(HttpError) as caught:
        list(direct.reports.get(DEFINITION))
    assert caught.value.status == 404


def test_too_many_requests_are_repeated_by_the_policy():
    """Error 56 and a lost connection are waited out as the retry policy says."""
    with reports_over(refused(56), drop, report(), retry=Retry(wait_initial=2)) as (server, direct, clock):
        assert len(list(direct.reports.get(DEFINITION))) == len(ROWS)
    assert len(server.received) == 3
    assert sum(clock.slept) > 2


def test_without_a_policy_nothing_is_repeated():
    """With retry=None a refusal is raised at once."""
    with reports_over(refused(56)) as (_, direct, _), pytest.raises(RateError):
        list(direct.reports.get(DEFINITION))


def test_a_full_queue_is_waited_for():
    """Error 9000 means that others have filled the queue: it is asked again until the deadline."""
    with reports_over(*[refused(9000)] * 8, report()) as (server, direct, clock):
        assert len(list(direct.reports.get(DEFINITION))) == len(ROWS)
    assert len(server.received) == 9
    assert sum(clock.slept) == 80
    with reports_over(refused(9000)) as (_, direct, _), pytest.raises(ReportNotReadyError):
        list(direct.reports.get(DEFINITION, deadline=60))


def test_a_temporary_error_of_a_failed_report_is_the_policy_s():
    """Status 500 with an error of the API is raised by its code."""
    with reports_over(refused(1002, status=500), report(), retry=Retry()) as (server, direct, _):
        assert len(list(direct.reports.get(DEFINITION))) == len(ROWS)
    assert len(server.received) == 2


def test_the_token_is_in_no_log(caplog):
    """Neither orders nor rows show the token, however much is logged."""
    with caplog.at_level("DEBUG", logger="yadirect_soap"), reports_over(queued(), report()) as (_, direct, _):
        list(direct.reports.get(DEFINITION))
    assert "reports.get client=- status=201 error=-" in caplog.text
    assert "AQAA" not in caplog.text
