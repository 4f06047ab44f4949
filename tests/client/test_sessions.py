"""A session of the user's own: its hooks see what requests gives them, and cannot have a write sent twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
from requests_toolbelt.utils import dump  # type: ignore[import-untyped]  # it has no types

from tests.client.servers import HTML, QUERY, TOKEN, ScriptedServer, Step, answer, compressed, fault, result
from yadirect_soap import ApiError, Direct, DirectError, HttpError, ResponseLostError, Retry
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.wires import WIRES

SUSPENDED = result("campaigns.suspend", {"SuspendResults": [{"Id": 1}]})
BODY = WIRES["soap"].encode_result(bundled().operation("campaigns", "suspend"), {"SuspendResults": [{"Id": 1}]})
PAGE = answer(b"<h1>Bad Gateway</h1>", status=502, content_type=HTML)
WRITE: dict[str, Any] = {"SelectionCriteria": {"Ids": [1]}}

Hook = Callable[..., Any]


@contextmanager
def _hooked(hook: Hook, *steps: Step, **settings: Any) -> Iterator[tuple[ScriptedServer, Direct]]:
    with ScriptedServer(*steps) as server, requests.Session() as session:
        session.hooks["response"].append(hook)
        usual: dict[str, Any] = {"retry": Retry(attempts=3, wait_initial=0)}
        with Direct(TOKEN, endpoint=server.url, session=session, **usual | settings) as direct:
            yield server, direct


def _write(direct: Direct) -> DirectError:
    with pytest.raises(DirectError) as raised:
        direct.campaigns.suspend(**WRITE)
    return raised.value


# --- hooks ----------------------------------------------------------------------------------------------------

READERS: dict[str, Callable[[requests.Response], object]] = {
    "text": lambda response: response.text,
    "content": lambda response: response.content,
    "dump": dump.dump_all,
    "lines": lambda response: (response.content, list(response.iter_lines())),
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS.keys())
@pytest.mark.parametrize("step", [SUSPENDED, compressed(BODY)], ids=["plain", "gzip"])
def test_a_hook_may_read_the_answer(read: Callable[[requests.Response], object], step: Step) -> None:
    """A hook of the session that reads the answer gets it whole, and so does the call."""
    bodies: list[bytes] = []

    def audit(response: requests.Response, *_args: Any, **_options: Any) -> None:
        read(response)
        bodies.append(response.content)

    with _hooked(audit, step) as (server, direct):
        assert [direct.campaigns.suspend(**WRITE).ids for _ in range(2)] == [[1], [1]]
        assert len({received.connection for received in server.received}) == 1
    assert bodies == [BODY, BODY]


def test_a_hook_may_read_answers_of_the_emulator() -> None:
    """A hook reads the answers of an emulator in this process too."""
    with Emulator() as emulator, emulator.session() as session:
        session.hooks["response"].append(lambda response, **_options: response.text and None)
        with Direct("demo-token", endpoint=emulator.endpoint, session=session) as direct:
            assert direct.campaigns.get(**QUERY).request_id


def test_hooks_get_the_answer_as_it_is() -> None:
    """A hook sees a redirect as requests shows it: with its status, its Location and its history."""
    responses: list[Any] = []

    def look(response: requests.Response, **_options: Any) -> None:
        responses.append((type(response), response.is_redirect, response.headers["Location"], response.history))

    with _hooked(look, answer(status=307, content_type="", Location="/elsewhere")) as (server, direct):
        assert isinstance(_write(direct), HttpError)
        assert len(server.received) == 1
    assert responses == [(requests.Response, True, "/elsewhere", [])]


@pytest.mark.parametrize(
    ("step", "kind"), [(PAGE, HttpError), (fault(1000, status=500), ApiError)], ids=["page", "fault"]
)
def test_a_hook_that_raises_for_a_status_leaves_the_error_of_the_call(step: Step, kind: type[DirectError]) -> None:
    """With raise_for_status in a hook, an answer is reported as without it, and a write is sent once."""
    with _hooked(lambda response, **_options: response.raise_for_status(), step) as (server, direct):
        error = _write(direct)
        assert len(server.received) == 1
    assert isinstance(error, kind)
    assert error.sent


def _close(response: requests.Response) -> None:
    response.close()


def _consume(response: requests.Response) -> None:
    response.raw.read()


def _iterate(response: requests.Response) -> None:
    list(response.iter_content(10))


@pytest.mark.parametrize("take", [_close, _consume, _iterate])
def test_an_answer_that_a_hook_has_used_up_is_lost(take: Callable[[requests.Response], None]) -> None:
    """Where a hook leaves nothing of the answer, the error says who did it, and that the write may have acted."""
    with _hooked(lambda response, **_options: take(response), SUSPENDED) as (server, direct):
        error = _write(direct)
        assert len(server.received) == 1
    assert isinstance(error, ResponseLostError)
    assert "hook of the session" in str(error)
    assert "may have acted" in str(error)


RAISED = [RuntimeError("odd"), ValueError("odd"), KeyError("odd"), requests.ConnectTimeout("odd"), OSError("odd")]


@pytest.mark.parametrize("raised", RAISED, ids=lambda error: type(error).__name__)
def test_a_hook_that_raises_loses_the_answer(raised: Exception) -> None:
    """Whatever a hook raises after the answer, the write was sent, and is not sent again."""

    def fail(_response: requests.Response, **_options: Any) -> None:
        raise raised

    with _hooked(fail, SUSPENDED) as (server, direct):
        error = _write(direct)
        assert len(server.received) == 1
    assert isinstance(error, ResponseLostError)
    assert not error.repeatable


def test_the_error_of_a_hook_is_the_cause() -> None:
    """The exception of a hook stands behind ours, with the frames of the hook and none of requests."""

    def fail(_response: requests.Response, **_options: Any) -> None:
        raise RuntimeError("audit log is full")

    with _hooked(fail, SUSPENDED) as (_, direct):
        cause = _write(direct).__cause__
    assert isinstance(cause, RuntimeError)
    trace = cause.__traceback__
    assert trace is not None
    assert (trace.tb_frame.f_code.co_name, trace.tb_next) == ("fail", None)


def test_a_hook_may_put_another_response_in_its_place() -> None:
    """What a hook returns is what the call reads."""

    def replace(response: requests.Response, **_options: Any) -> requests.Response:
        replacement = requests.Response()
        replacement.status_code, replacement.headers, replacement.request = 200, response.headers, response.request
        replacement._content = BODY
        return replacement

    with _hooked(replace, answer(b"masked")) as (_, direct):
        assert direct.campaigns.suspend(**WRITE).ids == [1]


def test_a_hook_that_asks_by_itself_changes_nothing() -> None:
    """A call that a hook makes over a port that nobody listens on does not make the outer one unsent."""

    def call(_response: requests.Response, **_options: Any) -> None:
        with Direct(TOKEN, endpoint="http://127.0.0.1:9", retry=None) as second_direct:
            second_direct.campaigns.get(**QUERY)

    with _hooked(call, SUSPENDED) as (server, direct):
        error = _write(direct)
        assert len(server.received) == 1
    assert isinstance(error, ResponseLostError)
    assert not error.repeatable


# --- redirects ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_body_of_a_redirect_keeps_to_the_limits(status: int) -> None:
    """A redirect with a small compressed body of enormous size is given up at the limit."""
    step = compressed(b" " * 50_000_000)

    def redirect(handler: Any) -> None:
        send = handler.send_response
        handler.send_response = lambda _status: (send(status), handler.send_header("Location", "/elsewhere"))
        step(handler)

    with ScriptedServer(redirect) as server:
        with Direct(TOKEN, endpoint=server.url, max_response_bytes=1_000_000, retry=None) as direct:
            assert "larger than 1000000 bytes" in str(_write(direct))
        assert len(server.received) == 1
