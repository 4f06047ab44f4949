"""The limits of an exchange: the whole of it, and the sending of its request."""

import socket
import time
from collections.abc import Mapping
from typing import Any

import pytest
import requests

from tests.client.servers import (
    CERTIFICATE,
    HTML,
    QUERY,
    TOKEN,
    XML,
    Handler,
    ScriptedServer,
    Step,
    answer,
    result,
    served,
    trusted,
    tunnel,
)
from yadirect_soap import ConfigurationError, Direct, DirectError, HttpError, ResponseLostError, Timeouts

FAR = "https://127.0.0.1:9"
UPLOADED = result("adimages.add", {"AddResults": [{"AdImageHash": "hash"}]})
IMAGE = "A" * 6_000_000
TLS: Mapping[str, Any] = {"tls": trusted(), "verify": CERTIFICATE}


def _upload(direct: Direct, data: str = IMAGE) -> Any:
    return direct.adimages.add(AdImages=[{"Name": "image", "ImageData": data}])


def _error(direct: Direct) -> DirectError:
    with pytest.raises(DirectError) as raised:
        direct.campaigns.get(**QUERY)
    return raised.value


# --- the whole exchange ---------------------------------------------------------------------------------------

CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n"


def _drip(start: bytes, piece: bytes) -> Step:
    """Sends something, and then a piece again and again."""

    def step(handler: Handler) -> None:
        handler.close_connection = True
        try:
            handler.wfile.write(start)
            while not handler.script.closing.wait(0.01):
                handler.wfile.write(piece)
        except OSError:
            pass

    return step


DRIPS = {
    "status line": _drip(b"HTTP/1.1 ", b"2"),
    "header": _drip(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    "100 Continue": _drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "headers of 103": _drip(b"HTTP/1.1 103 Early Hints\r\nX: ", b"x"),
    "chunk size": _drip(CHUNKED, b"0"),
    "chunk extension": _drip(CHUNKED + b"1;x=", b"x"),
    "chunk": _drip(CHUNKED + b"ffff\r\n", b"x"),
    "small chunks": _drip(CHUNKED, b"1\r\nx\r\n"),
    "trailers": _drip(CHUNKED + b"0\r\n", b"X: 1\r\n"),
    "body": _drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"x"),
    "redirect": _drip(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 1000000\r\n\r\n", b"x"),
}


@pytest.mark.parametrize("step", DRIPS.values(), ids=DRIPS.keys())
def test_the_total_limit_holds_for_every_part_of_an_answer(step: Step) -> None:
    """An answer that drips is given up after the total limit, whatever part of it drips."""
    with served(step, timeout=Timeouts(total=0.3)) as (_, direct):
        error = _error(direct)
    assert isinstance(error, ResponseLostError)
    assert "after 0.3 seconds" in str(error)


@pytest.mark.parametrize("part", ["header", "trailers"])
def test_the_total_limit_holds_under_tls(part: str) -> None:
    """Under TLS the total limit holds as it does without."""
    with served(DRIPS[part], timeout=Timeouts(total=0.5), **TLS) as (_, direct):
        assert "after 0.5 seconds" in str(_error(direct))


def test_the_total_limit_holds_in_a_tunnel() -> None:
    """Through a CONNECT the total limit holds as it does without."""
    with ScriptedServer(tunnel, DRIPS["header"]) as proxy:
        settings: dict[str, Any] = {"proxies": {"https": proxy.url}, "verify": CERTIFICATE, "retry": None}
        with Direct(TOKEN, endpoint=FAR, timeout=Timeouts(total=0.5), **settings) as direct:
            assert "after 0.5 seconds" in str(_error(direct))


def test_the_total_limit_holds_for_a_session_of_the_users() -> None:
    """A user's own session is held to the total limit from the first byte on."""
    with ScriptedServer(DRIPS["100 Continue"]) as server, requests.Session() as session:
        settings: dict[str, Any] = {"session": session, "timeout": Timeouts(total=0.3), "retry": None}
        with Direct(TOKEN, endpoint=server.url, **settings) as direct:
            assert "after 0.3 seconds" in str(_error(direct))


@pytest.mark.slow
def test_only_waiting_counts() -> None:
    """What is done with the objects while they come does not count towards the total limit."""
    step = result("campaigns.get", {"Campaigns": [{"Id": number} for number in range(5000)]})
    with served(step, timeout=Timeouts(total=2.0)) as (_, direct):
        objects = direct.items("campaigns", "get", QUERY)
        next(objects)
        time.sleep(2.1)
        assert sum(1 for _ in objects) == 4999


# --- sending --------------------------------------------------------------------------------------------------


class SlowServer(ScriptedServer):
    """A server with a small window: what a client sends waits until it is read."""

    def __init__(self, *steps: Step, **settings: Any) -> None:
        super().__init__(*steps, **settings)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)


def _unread(step: Step) -> type[Handler]:
    """A handler that does a step when the head of a request is there, and its body is not read."""

    class Unread(Handler):
        def do_POST(self) -> None:
            step(self)

    return Unread


def _slow(step: Step, *, tls: bool) -> SlowServer:
    server = SlowServer(tls=trusted() if tls else None)
    handler: Any = type("Handler", (_unread(step),), {"script": server})
    server.RequestHandlerClass = handler
    return server


def _asking(server: ScriptedServer, limits: Timeouts) -> Direct:
    return Direct(TOKEN, endpoint=server.url, timeout=limits, retry=None, verify=CERTIFICATE)


@pytest.fixture(params=[False, True], ids=["plain", "TLS"])
def tls(request: pytest.FixtureRequest) -> bool:
    """Without and with TLS."""
    return bool(request.param)


def test_an_upload_may_last_longer_than_a_connection(tls: bool) -> None:
    """The limit for connecting is none for sending: a body whose bytes move may take longer."""

    def step(handler: Handler) -> None:
        remaining = int(handler.headers["Content-Length"])
        while remaining > 0:
            time.sleep(0.01)
            remaining -= len(handler.rfile.read(min(remaining, 1 << 17)))
        UPLOADED(handler)

    with _slow(step, tls=tls) as server, _asking(server, Timeouts(connect=0.3, read=30)) as direct:
        began = time.monotonic()
        assert _upload(direct)[0].id == "hash"
        assert time.monotonic() - began > 0.3


SENDING: Mapping[str, tuple[Timeouts, float, str]] = {
    "stands still": (Timeouts(write=0.3), 60.0, "no byte was sent for 0.3 seconds"),
    "too slow": (Timeouts(write=0.3, write_rate=1e9), 0.02, "slower than 1e+09 bytes a second"),
    "too long": (Timeouts(write_total=0.4), 0.02, "longer than 0.4 seconds"),
    "the exchange is over": (Timeouts(total=0.4), 0.02, "after 0.4 seconds"),
}


@pytest.mark.parametrize(("limits", "every", "words"), SENDING.values(), ids=SENDING.keys())
def test_sending_has_limits(tls: bool, limits: Timeouts, every: float, words: str) -> None:
    """A request that does not move, too slowly or too long is given up; the write may have acted."""

    def step(handler: Handler) -> None:
        handler.close_connection = True
        while not handler.script.closing.wait(every) and handler.rfile.read1(1 << 14):
            pass

    with _slow(step, tls=tls) as server, _asking(server, limits) as direct, pytest.raises(ResponseLostError) as raised:
        _upload(direct)
    assert words in str(raised.value)
    assert "may have acted" in str(raised.value)


def test_an_answer_before_the_whole_request_is_read(tls: bool) -> None:
    """A server that answers 413 and reads no more is heard, and its connection is not used again."""
    refusal = answer(b"<h1>Too large</h1>", status=413, content_type=HTML)

    def step(handler: Handler) -> None:
        refusal(handler)
        handler.script.closing.wait(30)
        handler.close_connection = True

    limits = Timeouts(write=0.5)
    with _slow(step, tls=tls) as server, _asking(server, limits) as direct, pytest.raises(HttpError) as raised:
        _upload(direct)
    assert raised.value.status == 413


def test_an_interim_response_does_not_end_a_request() -> None:
    """A 1xx that comes while a request is sent is no answer: the request is sent to its end."""

    def step(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 102 Processing\r\n\r\n")
        handler.rfile.read(int(handler.headers["Content-Length"]))
        UPLOADED(handler)

    with _slow(step, tls=False) as server, _asking(server, Timeouts()) as direct:
        assert _upload(direct)[0].id == "hash"


@pytest.mark.parametrize(
    "limits",
    [Timeouts(write=0), Timeouts(write_total=-1), Timeouts(write_rate=-1), Timeouts(write_rate=float("nan"))],
    ids=["write", "write_total", "write_rate", "NaN"],
)
def test_a_limit_that_is_none_is_refused(limits: Timeouts) -> None:
    """A time of 0 or less, and a negative rate, raise ConfigurationError."""
    with pytest.raises(ConfigurationError):
        Direct(TOKEN, timeout=limits)


def test_a_body_with_a_page_too_early_is_not_taken_for_the_next_answer() -> None:
    """After an early answer the next call goes over another connection."""
    page = f"HTTP/1.1 413 Too Large\r\nContent-Type: {XML}\r\nContent-Length: 0\r\n\r\n".encode()
    lengths: list[int] = []

    def step(handler: Handler) -> None:
        lengths.append(handler.client_address[1])
        if len(lengths) == 1:
            handler.wfile.write(page)
            handler.script.closing.wait(1)
            handler.close_connection = True
        else:
            handler.rfile.read(int(handler.headers["Content-Length"]))
            UPLOADED(handler)

    with _slow(step, tls=False) as server, _asking(server, Timeouts()) as direct:
        with pytest.raises(DirectError):
            _upload(direct)
        assert _upload(direct, "AAAA")[0].id == "hash"
    assert len(set(lengths)) == 2
