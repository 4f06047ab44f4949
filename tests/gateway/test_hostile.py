"""A gateway on a socket before hostile callers: they are refused, they fill no memory, and others are answered."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import pytest
import requests

from tests.client.servers import answer
from tests.client.servers import served as served_steps
from tests.gateway.callers import GET_ALL, envelope
from tests.gateway.test_large_answers import PAGE
from tests.gateway.test_server import CALL, connected, served
from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.gateway import application, connections, serving

START = b"POST /v501/campaigns HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(CALL)
SMUGGLED = b"0\r\n\r\n" + START + LENGTH + b"\r\n" + CALL


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator with the demo accounts."""
    with Emulator() as emulator:
        yield emulator


@contextmanager
def is_alive_after(address: str) -> Iterator[None]:
    """Demands that an honest caller is answered after the `with`."""
    yield
    assert b"GetResponse" in requests.post(f"{address}/v501/campaigns", CALL, timeout=60).content


def exchanged(address: str, request: bytes) -> bytes:
    """Everything that a gateway answers on a connection, until it closes it or waits for more."""
    with connected(address) as connection:
        connection.settimeout(2)
        connection.sendall(request)
        received = b""
        try:
            while piece := connection.recv(65536):
                received += piece
        except TimeoutError:
            pass
    return received


@pytest.mark.parametrize(
    ("head", "body", "status"),
    [
        (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", SMUGGLED, b"400"),
        (b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", SMUGGLED, b"400"),
        (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", SMUGGLED, b"400"),
        (b"Transfer-Encoding: chunked, identity\r\n", SMUGGLED, b"501"),
        (b"Transfer-Encoding: xchunked\r\n", SMUGGLED, b"501"),
        (b"Transfer-Encoding : chunked\r\n", SMUGGLED, b"400"),
        (b"Transfer-Encoding:\x0bchunked\r\n", SMUGGLED, b"400"),
        (b"X: a\r\n Transfer-Encoding: chunked\r\n" + LENGTH, CALL, b"400"),
        (LENGTH + LENGTH, CALL, b"400"),
        (b"Content-Length: +5\r\n", CALL, b"400"),
        (b"Content-Length: 0x5\r\n", CALL, b"400"),
        (b"Content-Length: 5, 5\r\n", CALL, b"400"),
        (b"Content-Length: 9999999999999999999999\r\n", CALL, b"413"),
        (b"Host: localhost\r\n" + LENGTH, CALL, b"400"),
        (b"Host: evil.example\r\n" + LENGTH, CALL, b"400"),
        (b"Broken\r\n" + LENGTH, CALL, b"400"),
        (b"X: a\nY: b\r\n" + LENGTH, CALL, b"400"),
        (b"Transfer-Encoding: chunked\r\n", b"zz\r\n" + CALL, b"400"),
        (b"Expect: the-unexpected\r\n" + LENGTH, CALL, b"417"),
    ],
    ids=[
        "length-chunked", "chunked-length", "chunked-twice", "chunked-not-last", "unknown-coding", "space", "tab",
        "obs-fold", "length-twice", "sign", "hex", "list", "huge-length", "host-twice", "two-hosts", "no-colon",
        "bare-lf", "no-chunk", "expect",
    ],
)  # fmt: skip
def test_an_ambiguous_request_is_refused(emulator: Emulator, head: bytes, body: bytes, status: bytes) -> None:
    """A request that two servers could read in two ways is refused, and nothing behind it is carried out."""
    with served(emulator, largest_request=1_000_000) as address, is_alive_after(address):
        received = exchanged(address, START + head + b"\r\n" + body)
        assert received.split()[1] == status, received
        assert not list(emulator.calls)
        assert b"GetResponse" not in received


@pytest.mark.parametrize(
    "fields",
    [b"X: " + b"a" * 40_000, b"".join(b"X-%d: a\r\n" % number for number in range(4_000))],
    ids=["long", "many"],
)
def test_large_headers_are_refused(emulator: Emulator, fields: bytes) -> None:
    """Headers of more than 32 KB are refused while they come."""
    with served(emulator) as address, is_alive_after(address):
        assert exchanged(address, (START + fields)[: 1 << 15]).split()[1] == b"431"


def test_an_ambiguous_request_of_http_1_0_is_refused(emulator: Emulator) -> None:
    """HTTP/1.0 has no chunks: what an older server reads as a body is not read as another request."""
    with served(emulator) as address:
        start = START.replace(b"HTTP/1.1", b"HTTP/1.0")
        assert b" 400 " in exchanged(address, start + b"Transfer-Encoding: chunked\r\n\r\n" + SMUGGLED)[:20]
    assert not list(emulator.calls)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "CONNECT", "OPTIONS", "PATCH", "PROPFIND"])
def test_other_methods_do_nothing(emulator: Emulator, method: str) -> None:
    """Only POST calls an operation; TRACE gives no header back."""
    with served(emulator) as address:
        request = START.replace(b"POST", method.encode()) + b"X-Secret: abc\r\n" + LENGTH + b"\r\n" + CALL
        received = exchanged(address, request)
    assert received.startswith(b"HTTP/1.1 405")
    assert b"abc" not in received
    assert not list(emulator.calls)


@pytest.mark.parametrize(
    "path",
    [
        "/v501/../../etc/passwd",
        "/v501/%2e%2e/%2e%2e/etc/passwd",
        "/v501/..%2f..%2fetc%2fpasswd?wsdl",
        "/v501/campaigns.wsdl/../../../../etc/passwd",
        "/v501/campaigns%00.xsd",
        "/client/..%2f..%2f/v501/general.xsd/..",
        "//etc/passwd",
        "/v501/facts.toml",
        "/v501/%ff%fe?wsdl",
    ],
)
def test_a_path_leads_to_no_other_file(emulator: Emulator, path: str) -> None:
    """Only the names of services and schemas are answered."""
    with served(emulator) as address:
        received = exchanged(address, f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    assert received.startswith(b"HTTP/1.1 404"), received


def test_requests_in_one_piece_are_answered_in_order(emulator: Emulator) -> None:
    """Requests that follow one another without waiting get their answers in their order."""
    wrong = envelope("GetRequest: <FieldNames>Wrong</FieldNames>").encode()
    both = [START + b"Content-Length: %d\r\n\r\n" % len(body) + body for body in (CALL, wrong)]
    with served(emulator) as address:
        received = exchanged(address, b"".join(both * 3))
    places = [received.find(mark) for mark in (b"GetResponse>", b"errorCode>8000")]
    assert 0 < places[0] < places[1]
    assert received.count(b"HTTP/1.1 200 OK") == 6


def test_too_many_connections_take_the_place_of_the_oldest(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half-open connections beyond the maximum are closed, the oldest first, and an honest caller is answered."""
    monkeypatch.setattr(connections, "MAX_CONNECTIONS", 100)
    with served(emulator) as address, ExitStack() as opened:
        half_open = []
        for _ in range(300):
            half_open.append(opened.enter_context(connected(address)))
            half_open[-1].sendall(START + b"Content-Length: 500\r\n\r\n<")
        with is_alive_after(address):
            pass
        assert half_open[0].recv(1) == b""
        half_open[-1].settimeout(0.1)
        with pytest.raises(TimeoutError):
            half_open[-1].recv(1)


@pytest.mark.parametrize("beginning", [START, START + LENGTH + b"\r\n"], ids=["header", "body"])
def test_a_request_that_drips_is_cut_off(emulator: Emulator, monkeypatch: pytest.MonkeyPatch, beginning: bytes) -> None:
    """A caller that sends a byte now and then does not keep its connection: bytes must come at some speed."""
    monkeypatch.setattr("yadirect_soap.gateway.server.IDLE", 1)
    with served(emulator) as address, connected(address) as connection, is_alive_after(address):
        connection.sendall(beginning)
        connection.settimeout(0.2)
        began = time.monotonic()
        while time.monotonic() - began < 30:
            try:
                connection.sendall(b"a")
                if connection.recv(1) == b"":
                    break
            except TimeoutError:
                continue
            except ConnectionError:
                break
        assert 1 <= time.monotonic() - began < 30


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


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_name_may_have_two_addresses(emulator: Emulator, host: str) -> None:
    """A gateway that listens on localhost answers at the address that it gives."""
    with (
        Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session()) as direct,
        serving(application(direct), host) as address,
    ):
        assert requests.get(f"{address}/health", timeout=20).text == "ok\n"
