"""Callers that keep a gateway's connections, or fill its memory and disk: they are bounded, and others are answered."""

import select
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from tests.client.servers import answer
from tests.client.servers import served as served_steps
from tests.gateway.callers import GET_ALL, envelope
from tests.gateway.test_hostile import CHUNKED, LAST, LENGTH, START, exchanged, is_alive_after
from tests.gateway.test_large_answers import PAGE
from tests.gateway.test_server import CALL, connected, served
from yadirect_soap.emulator import Emulator
from yadirect_soap.gateway import application, connections, serving

SECRET = "a-secret-of-callers"
OWN = START.replace(b"/v501", f"/key/{SECRET}/v501".encode())
HUGE = b"Content-Length: 40000000\r\n"
HALF_OPEN = START + b"Content-Length: 500\r\n\r\n<"


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator with the demo accounts."""
    with Emulator() as emulator:
        yield emulator


def test_too_many_connections_take_the_place_of_the_oldest(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half-open connections beyond the maximum are closed, the oldest first, and an honest caller is answered."""
    monkeypatch.setattr(connections, "MAX_CONNECTIONS", 100)
    with served(emulator) as address, ExitStack() as opened:
        half_open = []
        for _ in range(300):
            half_open.append(opened.enter_context(connected(address)))
            half_open[-1].sendall(HALF_OPEN)
        with is_alive_after(address):
            pass
        assert half_open[0].recv(1) == b""
        half_open[-1].settimeout(0.1)
        with pytest.raises(TimeoutError):
            half_open[-1].recv(1)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="open files are counted in /proc")
def test_open_files_bound_the_connections(emulator: Emulator) -> None:
    """Where a process may have few open files, a gateway has fewer connections, and never none left for a call."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = len(list(Path("/proc/self/fd").iterdir())) + 330
    resource.setrlimit(resource.RLIMIT_NOFILE, (few, hard))
    try:
        with served(emulator) as address, ExitStack() as opened, is_alive_after(address):
            for _ in range(160):
                opened.enter_context(connected(address)).sendall(HALF_OPEN)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (START + HUGE, b"401"),
        (START + CHUNKED, b"401"),
        (START + HUGE + b"Expect: 100-continue\r\n", b"401"),
        (START + HUGE + b"Authorization: Basic YTpi\r\n", b"401"),
        (START.replace(b"/v501", b"/key/another/v501") + HUGE, b"401"),
        (START.replace(b"/campaigns", b"/reports") + HUGE, b"401"),
        (START.replace(b"localhost", b"evil.example") + HUGE, b"421"),
        (START + b"Origin: https://evil.example\r\n" + HUGE, b"403"),
        (OWN + HUGE + b"Expect: foo\r\n", b"417"),
        (OWN.replace(b"campaigns", b"none") + HUGE, b"404"),
        (START.replace(b"POST /v501/campaigns", b"PUT /health") + HUGE, b"405"),
        (START.replace(b"POST /v501/campaigns", b"GET /health") + HUGE, b"200"),
        (OWN + b"Content-Length: 60000000\r\nExpect: 100-continue\r\n", b"413"),
    ],
    ids=[
        "secret", "chunked", "expect", "wrong", "wrong-path", "reports", "host", "origin", "expectation", "unknown",
        "method", "health", "length",
    ],
)  # fmt: skip
def test_a_refused_body_is_not_read(emulator: Emulator, head: bytes, status: bytes) -> None:
    """A head that is refused is answered before any byte of its body has come, and ends the connection."""
    with served(emulator, secret=SECRET) as address, connected(address) as connection:
        connection.sendall(head + b"\r\n")
        received = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert received.split()[1] == status
    assert b"\r\nConnection: close\r\n" in received
    assert received.count(b"HTTP/1.1") == 1


def test_a_refusal_reaches_a_caller_that_still_sends(emulator: Emulator) -> None:
    """The rest of a refused request is read and thrown away: otherwise it would reset the connection."""
    with served(emulator, secret=SECRET, largest_request=3_000_000) as address:
        for start, length, status in ((START, 2_000_000, b"401"), (OWN, 8_000_000, b"413")):
            received = exchanged(address, start + b"Content-Length: %d\r\n\r\n" % length + bytes(length))
            assert (received.split()[1], received.count(b"HTTP/1.1")) == (status, 1)


def test_who_knows_the_secret_is_asked_for_the_body(emulator: Emulator) -> None:
    """A caller that waits with its body for 100 gets it."""
    with served(emulator, secret=SECRET) as address, connected(address) as connection:
        connection.sendall(OWN + LENGTH + b"Expect: 100-continue\r\n\r\n")
        assert connection.recv(65_536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(CALL + LAST)
        assert b"GetResponse" in b"".join(iter(lambda: connection.recv(65_536), b""))


def test_all_bodies_together_are_bounded(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half-sent bodies fill the disk up to a maximum; then large ones are 503, and small ones are answered."""
    monkeypatch.setattr(connections, "MAX_BODIES", 1)
    with served(emulator, largest_request=200_000) as address, ExitStack() as opened, is_alive_after(address):
        half_sent = [opened.enter_context(connected(address)) for _ in range(2)]
        for connection in half_sent:
            connection.sendall(START + b"Content-Length: 190000\r\n\r\n" + bytes(150_000))
        refused, _, _ = select.select(half_sent, [], [], 60)
        assert {connection.recv(12) for connection in refused} == {b"HTTP/1.1 503"}


def test_chunks_without_content_are_bounded(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body in tiny chunks is refused when its chunks take much more than its content."""
    monkeypatch.setattr(connections, "_MAX_FRAMING", 10_000)
    with served(emulator) as address, is_alive_after(address):
        assert exchanged(address, START + CHUNKED + b"\r\n" + b"1\r\na\r\n" * 5_000).startswith(b"HTTP/1.1 400 ")


def test_requests_that_drip_are_cut_off(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Callers that send a byte now and then do not keep their connections: bytes must come at some speed."""
    monkeypatch.setattr("yadirect_soap.gateway.server.IDLE", 1)
    with served(emulator) as address, is_alive_after(address), ExitStack() as opened:
        dripping = [opened.enter_context(connected(address)) for _ in range(2)]
        for connection, beginning in zip(dripping, (START, START + LENGTH + b"\r\n"), strict=True):
            connection.sendall(beginning)
            connection.settimeout(0.1)
        for _ in range(200):
            dripping = [connection for connection in dripping if is_open_after_a_byte(connection)]
            if not dripping:
                break
        assert not dripping


def is_open_after_a_byte(connection: socket.socket) -> bool:
    """Sends a byte to a gateway that may have closed the connection."""
    try:
        connection.sendall(b"a")
        return connection.recv(1) != b""
    except TimeoutError:
        return True
    except ConnectionError:
        return False


def test_a_caller_that_does_not_read_holds_no_thread() -> None:
    """With more callers that do not read their large answers than threads, another one is answered."""
    body = envelope(GET_ALL).encode()
    request = START + b"Content-Length: %d\r\n\r\n" % len(body) + body
    with (
        served_steps(*[answer(PAGE)] * 5) as (_, direct),
        serving(application(direct), threads=2) as address,
        ExitStack() as opened,
    ):
        for _ in range(5):
            connection = opened.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect((urlsplit(address).hostname, urlsplit(address).port))
            connection.sendall(request)
            assert connection.recv(4) == b"HTTP"
        assert requests.get(f"{address}/health", timeout=20).text == "ok\n"
