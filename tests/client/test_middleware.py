"""Middleware sees every request of a Direct with its response, whoever sends it; an HTTP client may be another."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from tests.client.servers import QUERY, TOKEN, fault, result, served
from tests.client.whole_responses import WholeResponses
from yadirect_soap import (
    CallContext,
    ConfigurationError,
    Direct,
    InvalidRequestError,
    Request,
    Response,
    Retry,
    StreamedResponse,
)
from yadirect_soap.emulator import Emulator

Next = Callable[[Request], AbstractContextManager[StreamedResponse]]
FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1}]})


class Recorded:
    """A middleware that keeps what it saw."""

    def __init__(self) -> None:
        self.contexts: list[tuple[str, bool, int]] = []
        self.errors: list[BaseException] = []

    @contextmanager
    def __call__(self, context: CallContext, request: Request, send: Next, /) -> Iterator[StreamedResponse]:
        with send(request) as response:
            try:
                yield response
            except Exception as error:
                self.errors.append(error)
                raise
        self.contexts.append((context.operation, context.writes, response.status))


def _report(direct: Any) -> None:
    list(direct.reports.get(ReportType="ACCOUNT_PERFORMANCE_REPORT", FieldNames=["Clicks"], DateRangeType="YESTERDAY"))


def _suspend(direct: Any) -> None:
    direct.campaigns.suspend(SelectionCriteria={"Ids": [1]})


def _wsdl(direct: Any) -> None:
    next(iter(direct.fetch_wsdl()))


def _zeep(direct: Any) -> None:
    direct.zeep("campaigns").service.get(SelectionCriteria={}, FieldNames=["Id"])


WAYS: dict[str, tuple[Callable[[Any], Any], str, bool]] = {
    "a call": (lambda direct: direct.campaigns.get(FieldNames=["Id"]), "campaigns.get", False),
    "a write": (_suspend, "campaigns.suspend", True),
    "items": (lambda direct: list(direct.campaigns.items(FieldNames=["Id"])), "campaigns.get", False),
    "a report": (_report, "reports.get", False),
    "a WSDL": (_wsdl, "adextensions.wsdl", False),
    "raw zeep": (_zeep, "campaigns.get", False),
}


@pytest.mark.parametrize(("call", "operation", "writes"), WAYS.values(), ids=WAYS)
def test_every_request_goes_through_the_middleware(
    call: Callable[[Any], Any], operation: str, writes: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """Calls, pages, reports, WSDLs and raw zeep are seen by a middleware, and each leaves its line in the log."""
    caplog.set_level("INFO", "yadirect_soap")
    recorded = Recorded()
    with Emulator() as emulator, emulator.session() as session:
        call(Direct("demo-token", endpoint=emulator.endpoint, session=session, middleware=[recorded]))
    assert recorded.contexts[0] == (operation, writes, 200)
    lines = [record.getMessage() for record in caplog.records if record.name == "yadirect_soap"]
    assert any(line.startswith(f"{operation} client=- status=200 error=- ") for line in lines)


def test_a_middleware_may_change_the_request() -> None:
    """A header that a middleware adds is sent."""

    def traced(_context: CallContext, request: Request, send: Next, /) -> AbstractContextManager[StreamedResponse]:
        return send(request._replace(headers=request.headers | {"traceparent": "00-1-2-01"}))

    with served(FOUND, middleware=[traced]) as (server, direct):
        direct.campaigns.get(**QUERY)
    assert server.received[0].headers["traceparent"] == "00-1-2-01"


def test_the_first_middleware_is_the_outermost() -> None:
    """Requests pass the list from its beginning, responses from its end."""
    order: list[str] = []

    def named(name: str) -> Any:
        @contextmanager
        def middleware(_context: CallContext, request: Request, send: Next, /) -> Iterator[StreamedResponse]:
            order.append(f"{name} in")
            with send(request) as response:
                yield response
            order.append(f"{name} out")

        return middleware

    with served(FOUND, middleware=[named("a"), named("b")]) as (_, direct):
        direct.campaigns.get(**QUERY)
    assert order == ["a in", "b in", "b out", "a out"]


def test_a_middleware_sees_each_attempt_and_what_it_came_to() -> None:
    """An attempt that is repeated is seen as well, with the error that its response told."""
    recorded = Recorded()
    with served(fault(1000), FOUND, middleware=[recorded], retry=Retry(wait_initial=0)) as (_, direct):
        direct.campaigns.get(**QUERY)
    assert [getattr(error, "code", None) for error in recorded.errors] == [1000]
    assert len(recorded.contexts) == 1


def test_a_client_of_an_agency_keeps_the_middleware() -> None:
    """with_client_login keeps the middleware, which is told the login."""
    logins: list[str | None] = []

    def noted(context: CallContext, request: Request, send: Next, /) -> AbstractContextManager[StreamedResponse]:
        logins.append(context.client_login)
        return send(request)

    with served(FOUND, FOUND, middleware=[noted]) as (_, direct):
        direct.campaigns.get(**QUERY)
        direct.with_client_login("client-1").campaigns.get(**QUERY)
    assert logins == [None, "client-1"]


def test_a_middleware_is_shown_no_token_of_a_response() -> None:
    """A page that echoes the token comes to a middleware without it."""
    bodies: list[bytes] = []

    @contextmanager
    def reading(_context: CallContext, request: Request, send: Next, /) -> Iterator[StreamedResponse]:
        with send(request) as response:
            body = b"".join(response.pieces)
            bodies.append(body)
            yield response._replace(pieces=iter((body,)))

    class Echo(WholeResponses):
        def exchange(self, request: Request, /) -> Response:
            return Response(403, request.headers, request.headers["Authorization"].encode())

    direct = Direct(TOKEN, http_client=Echo(), middleware=[reading], retry=None)
    with pytest.raises(Exception, match="403") as raised:
        direct.campaigns.get(**QUERY)
    assert TOKEN.encode() not in bodies[0]
    assert TOKEN not in str(raised.value)


@pytest.mark.parametrize(
    ("middleware", "message"),
    [
        (["x"], "functions .*, not 'x'"),
        ("x", "functions .*, not 'x'"),
        (lambda *_: None, "is a list"),
        ([None], "not None"),
    ],
    ids=["a text in the list", "a text", "no list", "None in the list"],
)
def test_what_is_no_middleware_is_refused(middleware: Any, message: str) -> None:
    """A setting that is no list of functions is reported before anything is sent."""
    with pytest.raises(ConfigurationError, match=message):
        Direct(TOKEN, middleware=middleware)


def test_an_error_of_a_middleware_is_its_own() -> None:
    """What a middleware raises by itself comes out as it is, and nothing was sent."""

    def closed(_context: CallContext, _request: Request, _send: Next, /) -> AbstractContextManager[StreamedResponse]:
        raise RuntimeError("out of hours")

    with served(middleware=[closed]) as (server, direct):
        with pytest.raises(RuntimeError, match="out of hours"):
            direct.campaigns.get(**QUERY)
        assert server.received == []


def test_another_http_client_streams() -> None:
    """items() takes objects from another client's pieces before the last has come."""
    sizes: list[int] = []

    class Slow(WholeResponses):
        def send(self, request: Request, /, **_: Any) -> AbstractContextManager[StreamedResponse]:
            with Emulator() as emulator:
                response = emulator.handle_request(request._replace(address=request.address))
            half = len(response.body) // 2

            @contextmanager
            def opened() -> Iterator[StreamedResponse]:
                def pieces() -> Iterator[bytes]:
                    yield response.body[:half]
                    sizes.append(len(campaigns))
                    yield response.body[half:]

                yield StreamedResponse(response.status, response.headers, pieces())

            return opened()

    campaigns: list[Any] = []
    direct = Direct("demo-token", endpoint="http://127.0.0.1:1", http_client=Slow(), check="off")
    for campaign in direct.campaigns.items(FieldNames=["Id", "Name", "StartDate", "Funds", "Notification"]):
        campaigns.append(campaign)
    assert sizes[0] > 0
    assert len(campaigns) > sizes[0]


def test_an_error_of_the_api_is_reported_through_middleware() -> None:
    """The class of an error is the same with middleware as without."""
    with served(fault(8000), middleware=[Recorded()]) as (_, direct), pytest.raises(InvalidRequestError):
        direct.campaigns.get(**QUERY)
