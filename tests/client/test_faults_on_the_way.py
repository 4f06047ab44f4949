"""One fault a test, on each way to the server: its class, whether it was sent, how often it arrived, its words."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from tests.client.fault_server import FaultServer, Occasion
from tests.client.faults import ACTED, FINE, RIGHT, TUNNELS
from tests.client.servers import CERTIFICATE
from yadirect_soap import (
    ApiError,
    DecodeError,
    Direct,
    DirectError,
    HttpError,
    NotSentError,
    ResponseLostError,
    Timeouts,
)
from yadirect_soap.emulator import Emulator

MAY_HAVE_ACTED = "may have acted"
UNDONE = "nothing was sent"
FAR = "https://127.0.0.1:1"
"""An address that is reached through a tunnel only; the certificate of the tests is for it."""
LIMITS = Timeouts(connect=1, read=1, total=10)
"""Short, since a silence costs all of it, and long enough for a machine that is busy with other tests."""
PATIENT = Timeouts(connect=30, read=30, total=60)
SET: Any = {"Name": "Shared", "NegativeKeywords": ["free"]}


class Scripted:
    """Picks what a script says for an occasion, in its order; afterwards all is fine."""

    def __init__(self, script: Mapping[str, list[str]]) -> None:
        self._script = {occasion: iter(names) for occasion, names in script.items()}

    def __call__(self, occasion: Occasion, _body: bytes) -> str:
        return next(self._script.get(occasion, iter(())), FINE)


class Way:
    """A server that is reached in one way, and a Direct that takes it; `server` and `emulator` tell what arrived."""

    def __init__(self, emulator: Emulator, server: FaultServer, direct: Direct, session: requests.Session) -> None:
        self.emulator = emulator
        self.server = server
        self.direct = direct
        self.session = session

    def add(self) -> Any:
        """Adds a shared set; gives its id."""
        return self.direct.negativekeywordsharedsets.add(NegativeKeywordSharedSets=[SET]).raise_for_errors().ids[0]

    def failure(self) -> DirectError:
        """What adding a shared set raises."""
        with pytest.raises(DirectError) as raised:
            self.add()
        return raised.value

    def sets(self) -> int:
        """How many shared sets there are."""
        with Direct("demo-token", endpoint=self.emulator.endpoint, session=self.emulator.session()) as direct:
            sets = direct.negativekeywordsharedsets.get(FieldNames=["Name"])
        return sum(stored["Name"] == SET["Name"] for stored in sets)


ROUTES: Mapping[str, Callable[[str], tuple[str, dict[str, str]]]] = {
    "straight": lambda url: (url, {}),
    "TLS": lambda url: (url, {}),
    "HTTP proxy": lambda url: ("http://api.invalid", {"http": url}),
    "CONNECT": lambda url: (FAR, {"https": url}),
    "HTTP_PROXY": lambda _url: ("http://api.invalid", {}),
    "HTTPS_PROXY": lambda _url: (FAR, {}),
}
"""The endpoint and the proxies that lead to a server, by its address."""

Open = Callable[..., Any]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a way to a FaultServer that does what the arguments say, by occasion."""
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)

    @contextmanager
    def way(
        route: str, *, session: bool = False, settings: Mapping[str, Any] | None = None, **script: Any
    ) -> Iterator[Way]:
        with Emulator() as emulator, FaultServer(emulator, Scripted(script), tls=route == "TLS") as server:
            if route.endswith("_PROXY"):
                monkeypatch.setenv(route, server.url)
            endpoint, proxies = ROUTES[route](server.url)
            chosen: dict[str, Any] = {"proxies": proxies, "verify": CERTIFICATE}
            with requests.Session() as own:
                own.proxies, own.verify = proxies, CERTIFICATE
                chosen = {"session": own} if session else chosen
                chosen |= {"timeout": LIMITS, "sleep": lambda _seconds: None, "endpoint": endpoint, **(settings or {})}
                with Direct("demo-token", **chosen) as direct:
                    yield Way(emulator, server, direct, own)

    return way


# --- after the first byte -------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["FIN", "goodbye", "RST", "babble", "silence"])
@pytest.mark.parametrize("route", ROUTES)
def test_a_write_whose_answer_is_lost_is_sent_once(opened: Open, route: str, end: str) -> None:
    """A proxy or server that passes a write on and closes instead of answering makes no second one."""
    with opened(route, request=[f"acted, then {end}"]) as way:
        error = way.failure()
        assert (len(way.server.requests), way.sets()) == (1, 1)
    assert isinstance(error, ResponseLostError)
    assert (error.sent, error.may_have_acted, MAY_HAVE_ACTED in str(error)) == (True, True, True)


@pytest.mark.parametrize("end", ["FIN", "goodbye", "RST", "babble"])
@pytest.mark.parametrize("route", ROUTES)
def test_an_adapter_that_repeats_doubles_no_write(opened: Open, route: str, end: str) -> None:
    """A user's adapter that repeats what failed sends a write no second time once it has left."""
    with opened(route, session=True, request=[f"acted, then {end}"]) as way:
        for scheme in ("http://", "https://"):
            way.session.mount(scheme, HTTPAdapter(max_retries=3))
        error = way.failure()
        assert (len(way.server.requests), way.sets()) == (1, 1)
    assert (error.sent, error.may_have_acted, MAY_HAVE_ACTED in str(error)) == (True, True, True)


KINDS: Mapping[str, tuple[type[DirectError], ...]] = {
    "FIN in status line": (ResponseLostError, DecodeError),
    "FIN in head": (ResponseLostError, DecodeError),
    "FIN in body": (ResponseLostError,),
    "goodbye in body": (ResponseLostError,),
    "babble in body": (ResponseLostError, DecodeError),
    "RST in body": (ResponseLostError,),
    "silence in body": (ResponseLostError,),
    "two Content-Lengths": (DecodeError, ResponseLostError),
    "status line broken": (DecodeError, ResponseLostError),
    "status line of another protocol": (DecodeError, ResponseLostError),
    "header without end": (DecodeError, ResponseLostError),
    "300 headers": (DecodeError, ResponseLostError),
    "102 and FIN": (ResponseLostError,),
    "half the chunks": (ResponseLostError,),
    "half a gzip": (DecodeError, ResponseLostError),
    "gzip that is none": (DecodeError,),
    "half a body": (DecodeError,),
    "spoiled body": (DecodeError,),
    "empty 200": (DecodeError,),
    "204": (DecodeError, HttpError),
    "code 1000": (ApiError,),
    "code 1001": (ApiError,),
    "code 1002": (ApiError,),
    "code 12345": (ApiError,),
}
"""The classes that tell a fault rightly, where it is none of HttpError."""


@pytest.mark.slow
@pytest.mark.parametrize("route", ["HTTP proxy", "CONNECT"])
@pytest.mark.parametrize("fault", ACTED)
def test_a_write_that_acted_is_never_doubled_nor_denied(opened: Open, fault: str, route: str) -> None:
    """Whatever comes in place of the result of a write, there is one of it, and the error says that it may be there."""
    with opened(route, request=[fault]) as way:
        error = way.failure()
        assert (len(way.server.requests), way.sets()) == (1, 1)
    errors = (ResponseLostError,) if fault.startswith("acted, then") else (HttpError,)
    assert isinstance(error, KINDS.get(fault.removeprefix("acted, "), errors))
    assert (error.sent, error.may_have_acted, MAY_HAVE_ACTED in str(error)) == (True, True, True)


@pytest.mark.parametrize("fault", ["undone, FIN", "undone, RST", "undone, silence"])
def test_a_lost_read_is_repeated(opened: Open, fault: str) -> None:
    """A read that was lost on the way is asked for again, and comes."""
    with opened("CONNECT", request=[fault, fault]) as way:
        way.direct.negativekeywordsharedsets.get(FieldNames=["Id"])
        assert len(way.server.requests) == 3


# --- before the first byte ------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", ["CONNECT", "HTTPS_PROXY"])
@pytest.mark.parametrize("fault", [name for name in TUNNELS if name != FINE])
def test_a_tunnel_that_fails_is_not_sent(opened: Open, fault: str, route: str) -> None:
    """A proxy that does not give a tunnel, or a handshake in it that fails, leaves a write unsent."""
    with opened(route, settings={"retry": None}, tunnel=[fault]) as way:
        error = way.failure()
        assert (len(way.server.connects), way.server.requests) == (1, [])
    assert isinstance(error, NotSentError)
    assert (error.sent, error.may_have_acted, error.repeatable) == (False, False, True)
    assert UNDONE in str(error)
    assert MAY_HAVE_ACTED not in str(error)


@pytest.mark.parametrize("fault", ["tunnel refused with 502", "tunnel silent", "handshake reset", "handshake silent"])
def test_a_tunnel_that_failed_is_made_again(opened: Open, fault: str) -> None:
    """A write that could not be sent for want of a tunnel is sent when there is one, once."""
    with opened("CONNECT", tunnel=[fault, fault]) as way:
        way.add()
        assert (len(way.server.connects), len(way.server.requests), way.sets()) == (3, 1, 1)


@pytest.mark.parametrize("session", [False, True], ids=["our session", "user's session"])
@pytest.mark.parametrize(
    "fault", ["connection closed after a byte", "connection reset after a byte", "connection silent"]
)
def test_a_handshake_that_fails_is_not_sent(opened: Open, fault: str, session: bool) -> None:
    """A TLS handshake that is closed, reset or left without an answer leaves a write unsent, and it is sent again."""
    with opened("TLS", session=session, connection=[fault, fault]) as way:
        way.add()
        assert (way.server.met[fault], len(way.server.requests), way.sets()) == (2, 1, 1)


# --- whose answer it is ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("route", "wire"), [("straight", "soap"), ("CONNECT", "json")])
@pytest.mark.parametrize("form", [form for form in RIGHT if not form.startswith("then ")])
def test_each_write_gets_its_own_answer(opened: Open, form: str, route: str, wire: str) -> None:
    """Interim responses before an answer, and bytes behind it, give no other write's id to anybody."""
    with opened(route, settings={"transport": wire, "timeout": PATIENT}, request=[form, form, form]) as way:
        ids = [way.add() for _ in range(4)]
        assert (len(set(ids)), ids, way.sets()) == (4, sorted(ids), 4)
