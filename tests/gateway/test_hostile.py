"""Requests to a gateway that could be read in two ways, or lead where they should not."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
import requests

from tests.gateway.callers import envelope
from tests.gateway.test_server import CALL, connected, served
from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.gateway import application, serving

START = b"POST /v501/campaigns HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(CALL)
CHUNKED = b"Transfer-Encoding: chunked\r\n"
LAST = b"GET /the-end HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
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
    """All that a gateway answers to a request, and to a last one, which ends the connection."""
    with connected(address) as connection:
        connection.sendall(request + LAST)
        return b"".join(iter(lambda: connection.recv(65536), b""))


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
        (CHUNKED, b"zz\r\n" + CALL, b"400"),
        (CHUNKED, b"-1\r\n" + CALL, b"400"),
        (CHUNKED, b"0x5\r\nhello\r\n0\r\n\r\n", b"400"),
        (CHUNKED, b"5\r\nhello!\r\n0\r\n\r\n", b"400"),
        (CHUNKED, b"1" * 2000, b"400"),
        (CHUNKED, b"1;" + b"x" * 2000, b"400"),
        (CHUNKED, b"0\r\nX: " + b"x" * 20_000, b"400"),
        (b"X: a\x00b\r\n" + LENGTH, CALL, b"400"),
        (b"Expect: the-unexpected\r\n" + LENGTH, CALL, b"417"),
    ],
    ids=[
        "length-chunked", "chunked-length", "chunked-twice", "chunked-not-last", "unknown-coding", "space", "tab",
        "obs-fold", "length-twice", "sign", "hex", "list", "huge-length", "host-twice", "two-hosts", "no-colon",
        "bare-lf", "no-chunk", "negative-chunk", "hex-chunk", "long-chunk", "endless-size", "endless-extension",
        "endless-trailer", "nul", "expect",
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
    [b"X: " + b"a" * 10_000_000, b"".join(b"X-%d: a\r\n" % number for number in range(10_000))],
    ids=["long", "many"],
)
def test_large_headers_are_refused(emulator: Emulator, fields: bytes) -> None:
    """Headers of more than 32 KB are refused while they come."""
    with served(emulator) as address, is_alive_after(address):
        assert exchanged(address, START + fields).split()[1] == b"431"


def test_an_ambiguous_request_of_http_1_0_is_refused(emulator: Emulator) -> None:
    """HTTP/1.0 has no chunks: what an older server reads as a body is not read as another request."""
    with served(emulator) as address:
        start = START.replace(b"HTTP/1.1", b"HTTP/1.0")
        assert b" 400 " in exchanged(address, start + b"Transfer-Encoding: chunked\r\n\r\n" + SMUGGLED)[:20]
    assert not list(emulator.calls)


@pytest.mark.parametrize(
    "beginning",
    [
        (START + LENGTH + b"\r\n" + CALL).replace(b"\r\n", b"\n"),
        (START + LENGTH).replace(b"\r\n", b"\r") + b"\r",
        START + LENGTH + b"\n" + CALL,
        b"\r\n" + START.replace(b"\r\n", b"\n", 1),
        START + b"X: a\r\n b",
        START + CHUNKED + b"\r\n1\na\n0\n\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
    ids=["LF", "CR", "LF at the end", "one LF", "obs-fold", "chunks", "TLS"],
)
@pytest.mark.parametrize("piece", [1, 65_536])
def test_what_would_never_end_is_refused_at_once(emulator: Emulator, beginning: bytes, piece: int) -> None:
    """A request whose head or chunks end in a way that is not HTTP's is refused as soon as this is seen."""
    with served(emulator) as address, is_alive_after(address), connected(address) as connection:
        with suppress(ConnectionError):  # it is answered before its end
            for start in range(0, len(beginning), piece):
                connection.sendall(beginning[start : start + piece])
        assert connection.recv(65_536).startswith(b"HTTP/1.1 400 ")
    assert not [call for call in emulator.calls if b"Content-Length" in call.request.body]


@pytest.mark.parametrize(
    ("line", "host", "status"),
    [
        (b"GET /health HTTP/1.0", b"", b"200"),
        (b"GET /health HTTP/1.1", b"", b"400"),
        (b"GET /health HTTP/1.1", b"Host:\r\n", b"400"),
        (b"GET /health", b"Host: localhost\r\n", b"400"),
        (b"GET /health HTTP/2.0", b"Host: localhost\r\n", b"505"),
        (b"GET http://LOCALHOST/health HTTP/1.1", b"Host: localhost\r\n", b"200"),
    ],
    ids=["1.0", "1.1", "empty host", "0.9", "2.0", "case"],
)
def test_versions_of_http(emulator: Emulator, line: bytes, host: bytes, status: bytes) -> None:
    """HTTP/1.0 needs no Host, HTTP/1.1 does, and no other version is spoken."""
    with served(emulator) as address:
        assert exchanged(address, line + b"\r\n" + host + b"\r\n").split()[1] == status


def test_a_request_without_a_host_is_for_where_it_came(emulator: Emulator) -> None:
    """The WSDL for a caller of HTTP/1.0 that sends no Host has the address of its connection."""
    with served(emulator, hosts=frozenset({"direct.test"})) as address:
        received = exchanged(address, b"GET /v501/ads?wsdl HTTP/1.0\r\n\r\n")
    assert f'<soap:address location="{address}/v501/ads"'.encode() in received


def test_an_empty_body_that_is_announced_is_answered(emulator: Emulator) -> None:
    """Who waits for 100 with no body to send gets the answer, and the next request is one of its own."""
    with served(emulator) as address:
        received = exchanged(address, START + b"Content-Length: 0\r\nExpect: 100-continue\r\n\r\n")
    assert received.count(b"HTTP/1.1 200 OK") == 1
    assert b"<errorCode>8000</errorCode>" in received
    assert b"HTTP/1.1 404 Not Found" in received


def test_headers_are_spelled_as_the_api_does(emulator: Emulator) -> None:
    """RequestId keeps its capitals on the wire, which programs that compare names as they are look for."""
    with served(emulator) as address:
        head = exchanged(address, START + LENGTH + b"\r\n" + CALL).partition(b"\r\n\r\n")[0]
    assert b"\r\nRequestId: " in head


def test_options_has_the_methods(emulator: Emulator) -> None:
    """OPTIONS gets the methods of an address, and calls nothing."""
    with served(emulator) as address:
        for path, methods in ((b"/v501/ads", b"POST, OPTIONS"), (b"/v501/ads?wsdl", b"GET, HEAD, OPTIONS")):
            received = exchanged(address, b"OPTIONS " + path + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert received.startswith(b"HTTP/1.1 200 ")
            assert b"\r\nAllow: " + methods + b"\r\n" in received
    assert not list(emulator.calls)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "CONNECT", "PATCH", "PROPFIND"])
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


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("user@localhost", 421),
        ('localhost"><x', 421),
        ("localhost/x?", 421),
        ("localhost:99999", 421),
        ("127.1", 421),
        ("x" * 300, 421),
        ("LOCALHOST.:81", 200),
    ],
)
def test_a_host_that_is_not_ours_is_in_no_wsdl(emulator: Emulator, host: str, status: int) -> None:
    """A WSDL has no address but of a host that the gateway answers for; X-Forwarded-Host changes nothing."""
    fields = f"Host: {host}\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example"
    with served(emulator) as address:
        received = exchanged(address, f"GET /v501/campaigns?wsdl HTTP/1.1\r\n{fields}\r\n\r\n".encode())
    assert received.startswith(b"HTTP/1.1 %d " % status)
    assert b"evil.example/" not in received
    assert (f'location="http://{host}/v501/campaigns'.encode() in received) == (status == 200)


def test_an_address_with_another_host_is_refused(emulator: Emulator) -> None:
    """A request target with a host must have that of Host, since others decide by the one or the other."""
    with served(emulator) as address:
        for target, status in ((b"http://localhost/health", b"200"), (b"http://evil.example/health", b"400")):
            request = b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
            assert exchanged(address, request).split()[1] == status


def test_requests_in_one_piece_are_answered_in_order(emulator: Emulator) -> None:
    """Requests that follow one another without waiting get their answers in their order."""
    wrong = envelope("GetRequest: <FieldNames>Wrong</FieldNames>").encode()
    both = [START + b"Content-Length: %d\r\n\r\n" % len(body) + body for body in (CALL, wrong)]
    with served(emulator) as address:
        received = exchanged(address, b"".join(both * 3))
    places = [received.find(mark) for mark in (b"GetResponse>", b"errorCode>8000")]
    assert 0 < places[0] < places[1]
    assert received.count(b"HTTP/1.1 200 OK") == 6


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_name_may_have_two_addresses(emulator: Emulator, host: str) -> None:
    """A gateway that listens on localhost answers at the address that it gives."""
    with (
        Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session()) as direct,
        serving(application(direct), host) as address,
    ):
        assert requests.get(f"{address}/health", timeout=20).text == "ok\n"
