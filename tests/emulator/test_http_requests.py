"""HTTP as foreign programs speak it: what is no proper request, how connections end, whose hosts are answered."""

import gzip
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from threading import Event

import pytest

from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.http.content_coding import accepted_codings
from yadirect_soap.emulator.http.delivery import Delivery
from yadirect_soap.emulator.http.request import ConnectionLimits
from yadirect_soap.emulator.http.server import Server
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.protocol.hosts import OwnHosts, host_of
from yadirect_soap.protocol.messages import Headers, Request, Response

CALL = b"POST /json/v5/campaigns HTTP/1.1\r\nHost: localhost\r\n"
NODE = shutil.which("node")
SMALL = ConnectionLimits(body=1000, framing=200, target=200, head=1000, fields=10, head_seconds=0.2, body_seconds=0.2)


def echo(request: Request) -> Delivery:
    """Tells the method, the address and the body of a request."""
    text = f"{request.method} {request.address} {request.body.decode()}".encode()
    return Delivery(Response(200, Headers({"Content-Type": "text/plain"}), text))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server that says what it was asked, within small bounds."""
    with closing(Server(echo, "127.0.0.1", 0, bounds=SMALL)) as server:
        yield server


def connect(server: Server) -> socket.socket:
    """A connection to a server."""
    return socket.create_connection(("127.0.0.1", server.port), timeout=10)


def ask(server: Server, sent: bytes) -> bytes:
    """All that a server sends until it ends the connection."""
    with connect(server) as connection:
        connection.sendall(sent)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (CALL + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400),
        (CALL + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400),
        (CALL + b"Content-Length: 5, 5\r\n\r\nhello", 400),
        (CALL + b"Content-Length: +5\r\n\r\nhello", 400),
        (CALL + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (CALL + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
        (CALL + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501),
        (b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (CALL + b"Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n", 400),
        (CALL + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
        (CALL + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n0\r\n\r\n", 400),
        (CALL + b"Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n", 400),
        (CALL + b"Transfer-Encoding: chunked\r\n\r\n" + b"1;" + b"x" * 300 + b"\r\na\r\n", 413),
        (CALL + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 100, 413),
        (CALL + b"Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + b"x" * 2000 + b"\r\n0\r\n\r\n", 413),
        (CALL + b"Content-Length: 1001\r\n\r\n", 413),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost:\r\n\r\n", 400),
        (b"GET / HTTP/1.1\nHost: localhost\n\n", 400),
        (CALL + b"X: 1\n\r\n", 400),
        (CALL + b"X: 1\rY: 2\r\n\r\n", 400),
        (CALL + b"X: 1\r\n folded\r\n\r\n", 400),
        (CALL + b"X : 1\r\n\r\n", 400),
        (CALL + b": 1\r\n\r\n", 400),
        (CALL + b"no colon\r\n\r\n", 400),
        (CALL + b"X: a\x00b\r\n\r\n", 400),
        (b"GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET /\xd0\xb0 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET /\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 505),
        (b"GET /" + b"a" * 300 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
        (b"G" * 300, 414),
        (CALL + b"X: 1\r\n" * 11 + b"\r\n", 431),
        (CALL + b"X: " + b"1" * 1100 + b"\r\n\r\n", 431),
        (CALL + b"Accept-Encoding: identity;q=0\r\n\r\n", 406),
        (CALL + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", 415),
        (CALL, 408),
        (CALL + b"Content-Length: 5\r\n\r\nhell", 408),
        (CALL + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel", 408),
    ],
)
def test_what_is_no_proper_request_is_refused_and_ends_the_connection(server: Server, sent: bytes, status: int) -> None:
    """It has its status, says that the connection ends, and nothing after it is taken for another request."""
    response = ask(server, sent if status in (408, 413) else sent + CALL + b"\r\n")
    assert response.startswith(b"HTTP/1.1 %d " % status)
    assert b"\r\nconnection: close\r\n" in response.lower()
    assert response.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("a!b.evil", 400),
        ("user@localhost", 400),
        ("local host", 400),
        ("[::1%25eth0]", 400),
        ("[::1", 400),
        ("localhost:80:80", 400),
        ("localhost:65536", 400),
        ("localhost:99999", 400),
        ("localhost/x", 400),
        ("localhost#", 400),
        ("127.0.0.1.5", 400),
        ("127.1", 400),
        ("x" * 300, 431),
        ("evil.example", 403),
        ("evil.localhost.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("192.0.2.1", 403),
        ("0.0.0.0", 403),  # noqa: S104  nothing listens there
        ("[2001:db8::1]", 403),
        ("localhost", 200),
        ("localhost:65535", 200),
        ("LOCALHOST.:1", 200),
        ("demo.localhost", 200),
        ("127.0.0.1:", 200),
        ("127.9.9.9:80", 200),
        ("[::1]:80", 200),
    ],
)
def test_a_server_on_loopback_answers_for_its_own_hosts(server: Server, host: str, status: int) -> None:
    """Names that could be anybody's are refused, so that no page of the web reaches it by a name bent to loopback."""
    length = b"X: " + b"1" * 900 + b"\r\n" if status == 431 else b""
    response = ask(
        server, b"GET / HTTP/1.1\r\nConnection: close\r\nHost: " + host.encode() + b"\r\n" + length + b"\r\n"
    )
    assert response.startswith(b"HTTP/1.1 %d " % status)


def test_the_target_of_a_proxy_counts_and_not_the_host(server: Server) -> None:
    """An absolute target overrules the Host, and is held to the same rule."""
    close = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert b"GET http://127.0.0.1:1/x " in ask(server, b"GET http://127.0.0.1:1/x" + close)
    assert ask(server, b"GET http://evil.example/x" + close).startswith(b"HTTP/1.1 403 ")


def test_a_host_may_be_allowed() -> None:
    """A name that was given is answered on loopback, and one that is no host is a mistake of configuration."""
    request = b"GET / HTTP/1.1\r\nHost: direct.test:8443\r\nConnection: close\r\n\r\n"
    with closing(Server(echo, "127.0.0.1", 0, allowed_hosts=["Direct.test"])) as server:
        assert b"GET http://direct.test:8443/ " in ask(server, request)
    with pytest.raises(ConfigurationError, match="allowed_hosts: found 'a b'"):
        Server(echo, "127.0.0.1", 0, allowed_hosts=["a b"])


def test_a_server_of_a_network_answers_under_every_name() -> None:
    """Where others are to reach it, nobody knows what they call it."""
    assert OwnHosts("0.0.0.0").admit("evil.example")  # noqa: S104  nothing listens there
    assert not OwnHosts("::1").admit("evil.example")


def test_an_address_is_one_whatever_its_form() -> None:
    """IPv6 addresses are compared by what they mean."""
    assert host_of("[0:0:0:0:0:0:0:1]:80") == host_of("[::1]") == "::1"


@pytest.mark.parametrize(
    ("field", "codings"),
    [
        (None, {"identity"}),
        ("", {"identity"}),
        ("gzip", {"gzip", "identity"}),
        ("x-gzip", {"gzip", "identity"}),
        ("GZIP;Q=0.5", {"gzip", "identity"}),
        ("gzip;q=0", {"identity"}),
        ("gzip; q=0.000", {"identity"}),
        ("br, deflate", {"identity"}),
        ("notgzip", {"identity"}),
        ("*", {"gzip", "identity"}),
        ("*;q=0, gzip", {"gzip"}),
        ("*;q=0", set()),
        ("gzip;q=0, *", {"identity"}),
        ("identity;q=0, gzip", {"gzip"}),
        ("gzip;q=two", {"identity"}),
    ],
)
def test_codings_are_accepted_by_their_weights(field: str | None, codings: set[str]) -> None:
    """A weight of 0 refuses, the star means what is not named, and identity needs no word."""
    assert accepted_codings(field) == codings


def test_a_small_response_is_compressed_where_it_must_be(server: Server) -> None:
    """Who refuses identity gets gzip, whatever it gains."""
    response = ask(server, CALL + b"Connection: close\r\nAccept-Encoding: gzip, *;q=0\r\n\r\n")
    head, _, body = response.partition(b"\r\n\r\n")
    assert b"Content-Encoding: gzip" in head
    assert gzip.decompress(body) == b"POST http://localhost/json/v5/campaigns "


@pytest.mark.parametrize(
    "sent",
    [
        CALL + b"Connection: close\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    ],
    ids=["wished", "HTTP/1.0", "HTTP/1.0 that would keep it"],
)
def test_a_connection_that_ends_says_so(server: Server, sent: bytes) -> None:
    """The last response has Connection: close."""
    assert b"\r\nconnection: close\r\n" in ask(server, sent).lower()


def test_pipelined_requests_are_answered_in_their_order(server: Server) -> None:
    """Three requests in one packet, with empty lines between them, have three responses."""
    sent = b"\r\n\r\n".join(
        (
            CALL + b"Content-Length: 3\r\n\r\none",
            CALL + b"Transfer-Encoding: chunked\r\n\r\n2\r\ntw\r\n1;x=y\r\no\r\n0\r\nTrailer: x\r\n\r\n",
            CALL + b"Connection: close\r\nContent-Length: 5\r\n\r\nthree",
        )
    )
    response = ask(server, sent)
    places = [response.find(word) for word in (b" one", b" two", b" three")]
    assert -1 not in places
    assert places == sorted(places)


def test_a_head_may_come_byte_by_byte() -> None:
    """Where the end of a line falls between two packets, it is one all the same."""
    with closing(Server(echo, "127.0.0.1", 0)) as server, connect(server) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in CALL + b"Connection: close\r\nContent-Length: 2\r\n\r\nhi":
            connection.sendall(bytes([byte]))
        assert b"campaigns hi" in b"".join(iter(lambda: connection.recv(65_536), b""))


def test_a_client_that_waits_for_100_gets_it_at_once(server: Server) -> None:
    """The interim response comes before the body, and none where the body would be refused."""
    with connect(server) as connection:
        connection.sendall(CALL + b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"hi")
        assert b"campaigns hi" in b"".join(iter(lambda: connection.recv(65_536), b""))
    refused = ask(server, CALL + b"Expect: 100-continue\r\nContent-Length: 2000\r\n\r\n")
    assert refused.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("expected", [b"200-ok", b"100-continue, 200-ok", b""], ids=["other", "both", "empty"])
def test_another_expectation_is_refused(server: Server, expected: bytes) -> None:
    """An expectation that nobody can meet is 417, RFC 9110, section 10.1.1."""
    response = ask(server, CALL + b"Expect: " + expected + b"\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi")
    assert response.startswith(b"HTTP/1.1 417 ")


def test_an_early_refusal_reaches_who_is_still_sending(server: Server) -> None:
    """A body of megabytes that is refused by its length is read to its end, so that the status is not lost."""
    with connect(server) as connection:
        connection.sendall(CALL + b"Content-Length: 20000000\r\n\r\n")
        for _ in range(20):
            connection.sendall(bytes(1_000_000))
        connection.shutdown(socket.SHUT_WR)
        assert b"".join(iter(lambda: connection.recv(65_536), b"")).startswith(b"HTTP/1.1 413 ")


def test_fields_of_one_name_are_a_list() -> None:
    """Two tokens are none, and never the one that another program on the way did not look at."""
    requests_received: list[Request] = []

    def note(request: Request) -> Delivery:
        requests_received.append(request)
        return echo(request)

    with closing(Server(note, "127.0.0.1", 0)) as server:
        ask(server, CALL + b"Connection: close\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n")
    assert requests_received[0].headers["Authorization"] == "Bearer a, Bearer b"


@pytest.mark.parametrize("value", ["a\r\nSet-Cookie: x=y", "a\nb", "a\x00b", "\u0430"])
def test_a_response_is_never_split(value: str) -> None:
    """A field that would end its line, or that no head can hold, makes a 500 of the response."""

    def split(request: Request) -> Delivery:
        return Delivery(Response(200, Headers({"X": value}), b"body"))

    with closing(Server(split, "127.0.0.1", 0)) as server:
        response = ask(server, CALL + b"Connection: close\r\n\r\n")
    assert response.startswith(b"HTTP/1.1 500 ")
    assert b"Set-Cookie" not in response


def test_a_mistake_of_who_answers_is_a_500() -> None:
    """The caller gets a response, and the connection ends."""

    def fail(request: Request) -> Delivery:
        raise LookupError("no such thing")

    with closing(Server(fail, "127.0.0.1", 0)) as server:
        assert ask(server, CALL + b"\r\n").startswith(b"HTTP/1.1 500 ")


def test_a_connection_that_waits_makes_room_for_another() -> None:
    """With as many connections as there may be, the one that waits the longest for a request is ended."""
    with closing(Server(echo, "127.0.0.1", 0, connections=2)) as server, connect(server) as first:
        with connect(server) as second:
            for connection in (first, second, first):
                connection.sendall(CALL + b"\r\n")
                assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")
                time.sleep(0.2)  # until the server's thread waits for the next request
            assert ask(server, CALL + b"Connection: close\r\n\r\n").startswith(b"HTTP/1.1 200 ")
            assert second.recv(1000) == b""
        first.sendall(CALL + b"\r\n")
        assert first.recv(1000).startswith(b"HTTP/1.1 200 ")


def test_half_open_connections_make_room() -> None:
    """Many requests that do not end keep nobody out."""
    with closing(Server(echo, "127.0.0.1", 0, connections=5)) as server, ExitStack() as opened:
        for _ in range(30):
            opened.enter_context(connect(server)).sendall(CALL)
        assert ask(server, CALL + b"Connection: close\r\n\r\n").startswith(b"HTTP/1.1 200 ")


def test_connections_that_are_answered_have_an_end() -> None:
    """While all connections are being answered, one more is told to come later; then there is room again."""
    came, may_answer = Event(), Event()

    def answer_late(request: Request) -> Delivery:
        came.set()
        assert may_answer.wait(60)
        return echo(request)

    with closing(Server(answer_late, "127.0.0.1", 0, connections=1)) as server, connect(server) as first:
        first.sendall(CALL + b"\r\n")
        assert came.wait(60)
        assert ask(server, b"").startswith(b"HTTP/1.1 503 ")
        may_answer.set()
        assert first.recv(1000).startswith(b"HTTP/1.1 200 ")
        while not (response := ask(server, CALL + b"Connection: close\r\n\r\n")).startswith(b"HTTP/1.1 200 "):
            assert response.startswith(b"HTTP/1.1 503 ")


@pytest.mark.parametrize(
    "beginning",
    [
        b"GET / HTTP/1.1\nHost: localhost\n\n",
        b"GET / HTTP/1.1\rHost: localhost\r\r.",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\n\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
    ids=["LF", "CR", "LF at the end", "TLS"],
)
def test_a_head_that_does_not_end_is_refused_at_once(beginning: bytes) -> None:
    """Where the end of a head would never come, its beginning is refused."""
    with closing(Server(echo, "127.0.0.1", 0)) as server:
        assert ask(server, beginning).startswith(b"HTTP/1.1 400 ")


def test_a_request_without_a_host_is_for_where_it_came() -> None:
    """HTTP/1.0 knows no Host: a WSDL then has the address of the connection."""
    with Emulator() as emulator, closing(emulator.serve(host="0.0.0.0")) as server:  # noqa: S104  all addresses
        received = ask(server, b"GET /v5/ads?wsdl HTTP/1.0\r\n\r\n")
    assert b'<soap:address location="http://127.0.0.1:%d/v5/ads"' % server.port in received


def test_a_closed_server_ends_its_idle_connections() -> None:
    """A connection that stays open brings no request to a server that was closed."""
    server = Server(echo, "127.0.0.1", 0)
    with connect(server) as connection:
        connection.sendall(CALL + b"\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")
        server.close()
        assert connection.recv(1000) == b""


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/json/v5/campaigns", 405, "POST, OPTIONS"),
        ("BREW", "/v5/campaigns", 405, "POST, OPTIONS"),
        ("GET", "/v5/campaigns", 405, "POST, OPTIONS"),
        ("BREW", "/v5/campaigns?wsdl", 405, "GET, HEAD, OPTIONS"),
        ("DELETE", "/json/v5/reports", 405, "POST, OPTIONS"),
        ("POST", "/v5/general.xsd", 405, "GET, HEAD, OPTIONS"),
        ("OPTIONS", "/v5/campaigns", 200, "POST, OPTIONS"),
        ("OPTIONS", "/v5/campaigns?wsdl", 200, "GET, HEAD, OPTIONS"),
        ("OPTIONS", "/v5/reports", 200, "POST, OPTIONS"),
        ("GET", "/json/v5/nosuch", 404, None),
        ("OPTIONS", "*", 404, None),
        ("GET", f"/v5/{'a' * 300}.xsd", 404, None),
        ("GET", "/v5/..%2Fgeneral.xsd", 404, None),
    ],
)
def test_a_method_that_an_address_has_not_is_told(
    emulator: Emulator, method: str, path: str, status: int, allow: str | None
) -> None:
    """405 and the answer to OPTIONS come with Allow, an address that is none is 404 for every method."""
    request = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    with closing(emulator.serve()) as server:
        head = ask(server, request).partition(b"\r\n\r\n")[0].decode().split("\r\n")
    fields = dict(line.split(": ", 1) for line in head[1:])
    assert (head[0].split()[1], fields.get("Allow")) == (str(status), allow)


SCRIPT = """
const http = require("http");
const agent = new http.Agent({keepAlive: true, maxSockets: 1});
const call = (path, method) => new Promise((done, failed) => {
  const request = http.request({port: PORT, host: "127.0.0.1", path, method, agent}, (response) => {
    response.resume().on("end", () => done(response.statusCode));
  });
  request.on("error", failed);
  request.end(method === "POST" ? "x".repeat(2000) : undefined);
});
(async () => {
  const statuses = [];
  for (let each = 0; each < 3; each++) {
    for (const method of ["GET", "POST"]) statuses.push(await call("/", method));
  }
  agent.destroy();
  console.log(JSON.stringify(statuses));
})();
"""


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_an_agent_of_node_that_keeps_its_connections_loses_no_call(server: Server) -> None:
    """Refused calls end a connection and say so, so that the next one takes a new one."""
    script = SCRIPT.replace("PORT", str(server.port))
    run = subprocess.run([str(NODE), "-e", script], capture_output=True, text=True, timeout=60, check=False)
    assert (json.loads(run.stdout or "null"), run.stderr) == ([200, 413] * 3, "")
