"""What can happen to a connection, to a tunnel and to a request, by name: CONNECTIONS, TUNNELS, REQUESTS.

Each fault is a function of the Line, or of the Exchange on it, that a FaultServer calls.
"""

import contextlib
import gzip
import os
import socket
import ssl
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tests.client.servers import HTML
from yadirect_soap.errors import api_error
from yadirect_soap.protocol.messages import Headers, Request, Response
from yadirect_soap.protocol.wires import WIRES

FINE = "fine"
"""The name of what is no fault."""
_GIVE_UP_AFTER = 10
"""Seconds after which a peer is given up that neither sends nor closes: never reached where all is well."""
_RESET = struct.pack("ii", 1, 0)


class Line:
    """One connection as the server has it, with every way to end it."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.sock.settimeout(_GIVE_UP_AFTER)
        self.is_open = True
        self._read = b""

    def start_tls(self, context: ssl.SSLContext) -> None:
        """Shakes hands."""
        self.sock = context.wrap_socket(self.sock, server_side=True)

    def read_request(self) -> tuple[str, str, Headers, bytes] | None:
        """The method, target, headers and body of the next request; None where the client has gone."""
        while b"\r\n\r\n" not in self._read:
            if not (piece := self.sock.recv(1 << 16)):
                return None
            self._read += piece
        head, _, body = self._read.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        fields = Headers({name: value.strip() for name, _, value in (line.partition(":") for line in lines)})
        length = int(fields.get("Content-Length", "0"))
        while len(body) < length:
            if not (piece := self.sock.recv(1 << 16)):
                return None
            body += piece
        self._read = body[length:]
        method, target, _ = first.split(" ")
        return method, target, fields, body[:length]

    def send(self, data: bytes) -> None:
        """Sends bytes."""
        self.sock.sendall(data)

    def end(self) -> None:
        """Ends it with a FIN; over TLS without a close_notify, as a process that dies does."""
        self.is_open = False
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()

    def say_goodbye(self) -> None:
        """Ends it with close_notify and FIN over TLS, with a FIN else."""
        if isinstance(self.sock, ssl.SSLSocket):
            self.sock.settimeout(0.2)
            with contextlib.suppress(OSError, ValueError):
                self.sock.unwrap()
        self.end()

    def reset(self) -> None:
        """Ends it with an RST."""
        self.is_open = False
        with contextlib.suppress(OSError):
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.sock.close()

    def babble(self) -> None:
        """Sends bytes that are neither HTTP nor, past TLS, a record of it, and ends."""
        with contextlib.suppress(OSError):
            os.write(self.sock.fileno(), b"\x00 babble \r\n\r\n")
        self.end()

    def fall_silent(self) -> None:
        """Says nothing more until the client has gone."""
        with contextlib.suppress(OSError):
            while self.sock.recv(1 << 16):
                pass
        self.end()


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request, and the line to answer it on; each call of `act` has the emulator carry it out."""

    line: Line
    request: Request
    act: Callable[[], Response]

    @property
    def wire(self) -> str:
        """The wire of the request, by its path."""
        return "json" if "/json/" in self.request.address else "soap"


# --- what may happen to a connection and to a tunnel ------------------------------------------------------------


def _after_a_byte(end: Callable[[Line], None]) -> Callable[[Line], None]:
    """Reads a byte, of a request or a handshake, and ends the line."""

    def happen(line: Line) -> None:
        line.sock.recv(1)
        end(line)

    return happen


def _replying(data: bytes, end: Callable[[Line], None] | None = None) -> Callable[[Line], None]:
    def happen(line: Line) -> None:
        line.send(data)
        if end is not None:
            end(line)

    return happen


_TUNNEL = b"HTTP/1.1 200 Connection established\r\n\r\n"

CONNECTIONS: Mapping[str, Callable[[Line], None]] = MappingProxyType(
    {
        FINE: lambda _line: None,
        "connection closed at once": Line.end,
        "connection reset at once": Line.reset,
        "connection closed after a byte": _after_a_byte(Line.end),
        "connection reset after a byte": _after_a_byte(Line.reset),
        "connection babbling": Line.babble,
        "connection silent": Line.fall_silent,
    }
)
TUNNELS: Mapping[str, Callable[[Line], None]] = MappingProxyType(
    {
        FINE: _replying(_TUNNEL),
        "tunnel refused with 403": _replying(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", Line.end),
        "tunnel refused with 407": _replying(
            b'HTTP/1.1 407 Authenticate\r\nProxy-Authenticate: Basic realm="p"\r\nContent-Length: 2\r\n\r\nno', Line.end
        ),
        "tunnel refused with 502": _replying(b"HTTP/1.1 502 Bad Gateway\r\n\r\n<h1>Bad Gateway</h1>", Line.end),
        "tunnel closed": Line.end,
        "tunnel reset": Line.reset,
        "tunnel silent": Line.fall_silent,
        "tunnel with a reply that is no HTTP": _replying(b"\x15\x03\x01\x00\x02\x02\x28", Line.end),
        "handshake closed": _replying(_TUNNEL, _after_a_byte(Line.end)),
        "handshake reset": _replying(_TUNNEL, _after_a_byte(Line.reset)),
        "handshake silent": _replying(_TUNNEL, Line.fall_silent),
        "handshake that is none": _replying(_TUNNEL + b"HTTP/1.1 400 Bad Request\r\n\r\n", Line.end),
    }
)


# --- what may happen to a request -------------------------------------------------------------------------------

Happening = Callable[[Exchange], None]
End = Callable[[Line], None]


def message(first: str, fields: Mapping[str, str], body: bytes) -> bytes:
    """An HTTP response."""
    lines = [first, *(f"{name}: {value}" for name, value in fields.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def _complete(response: Response, body: bytes | None = None, fields: Mapping[str, str] | None = None) -> bytes:
    body = response.body if body is None else body
    fields = {**response.headers, **(fields or {})}
    return message(f"HTTP/1.1 {response.status} OK", {**fields, "Content-Length": str(len(body))}, body)


def _lost(end: End, *, acted: bool) -> Happening:
    """Ends the line in place of a response."""

    def happen(exchange: Exchange) -> None:
        if acted:
            exchange.act()
        end(exchange.line)

    return happen


def _respond(make: Callable[[Response], bytes], end: End | None = None) -> Happening:
    """Acts, and sends what is made of the response."""

    def happen(exchange: Exchange) -> None:
        exchange.line.send(make(exchange.act()))
        if end is not None:
            end(exchange.line)

    return happen


def _page(first: str, body: bytes = b"", *, acted: bool, **fields: str) -> Happening:
    """Sends a page that the API did not write."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    data = message(f"HTTP/1.1 {first}", {"Content-Length": str(len(body)), **named}, body)

    def happen(exchange: Exchange) -> None:
        if acted:
            exchange.act()
        exchange.line.send(data)

    return happen


def _code(code: int, *, acted: bool = False) -> Happening:
    """Sends an error of the API in place of a result."""

    def happen(exchange: Exchange) -> None:
        if acted:
            exchange.act()
        wire = WIRES[exchange.wire]
        body = wire.encode_fault(api_error(code, "Refused", request_id="7"))
        exchange.line.send(_complete(Response(200, Headers({"Content-Type": wire.content_type})), body))

    return happen


def _chunked(response: Response, *, complete: bool) -> bytes:
    fields = {name: value for name, value in response.headers.items() if name.lower() != "content-length"}
    half = len(response.body) // 2
    pieces = [response.body[:half], response.body[half:]] if complete else [response.body[:half]]
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces if piece)
    return message(
        f"HTTP/1.1 {response.status} OK", {**fields, "Transfer-Encoding": "chunked"}, chunks + b"0\r\n\r\n" * complete
    )


def _spoiled(response: Response) -> bytes:
    half = len(response.body) // 2
    return _complete(response, response.body[:half] + b"\0" + response.body[half:])


def _compressed(response: Response, length: int | None) -> bytes:
    return _complete(response, gzip.compress(response.body)[:length], {"Content-Encoding": "gzip"})


def _with_two_lengths(response: Response) -> bytes:
    return _complete(response).replace(b"Content-Length:", b"Content-Length: 7\r\nContent-Length:", 1)


_ENDS: Mapping[str, End] = MappingProxyType(
    {
        "FIN": Line.end,
        "goodbye": Line.say_goodbye,
        "RST": Line.reset,
        "babble": Line.babble,
        "silence": Line.fall_silent,
    }
)
_BAD_GATEWAY = b"<html><h1>502 Bad Gateway</h1></html>"
_ROBOT = b"<html><title>Are you not a robot?</title></html>"
_LOCATIONS: Mapping[str, str] = MappingProxyType(
    {
        "301": "/v5/ads",
        "302": "http://127.0.0.1/\xff\xfe",
        "303": "http://[x",
        "307": "\xff",
        "308": "https://other.invalid:99999999/",
    }
)
_INTERIM = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"

RIGHT: Mapping[str, Happening] = MappingProxyType(
    {
        FINE: _respond(_complete),
        "gzip": _respond(lambda response: _compressed(response, None)),
        "chunks": _respond(lambda response: _chunked(response, complete=True)),
        "100 before it": _respond(lambda response: b"HTTP/1.1 100 Continue\r\n\r\n" + _complete(response)),
        "102 before it": _respond(lambda response: b"HTTP/1.1 102 Processing\r\n\r\n" + _complete(response)),
        "103 and 100 before it": _respond(lambda response: _INTERIM + _complete(response)),
        "then FIN": _respond(_complete, Line.end),
        "then goodbye": _respond(_complete, Line.say_goodbye),
        "then RST": _respond(_complete, Line.reset),
        "and the last": _respond(lambda response: _complete(response, fields={"Connection": "close"}), Line.end),
        "without a length": _respond(
            lambda response: _complete(response).replace(b"Content-Length: ", b"Content-Length: x", 1), Line.end
        ),
        "with another response behind it": _respond(lambda response: _complete(response) + _complete(response)),
        "with a 408 behind it": _respond(
            lambda response: _complete(response) + b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n"
        ),
    }
)
"""Responses that are what they should be."""
ACTED: Mapping[str, Happening] = MappingProxyType(
    {
        **{f"acted, then {how}": _lost(end, acted=True) for how, end in _ENDS.items()},
        **{f"acted, FIN in {part}": _respond(lambda response, n=n: _complete(response)[:n], Line.end)  # type: ignore[misc]
           for part, n in (("status line", 9), ("head", 25), ("body", -9))},
        **{f"acted, {how} in body": _respond(lambda response: _complete(response)[:-9], end)
           for how, end in _ENDS.items() if how != "FIN"},
        **{f"acted, {status} to {location!a}": _page(f"{status} Moved", b"<a>", acted=True, Location=location)
           for status, location in _LOCATIONS.items()},
        "acted, two Content-Lengths": _respond(_with_two_lengths),
        "acted, status line broken": _respond(lambda response: b"HTTP/1.1 abc\r\n\r\n" + response.body, Line.end),
        "acted, status line of another protocol": _respond(lambda _response: b"220 ESMTP\r\n", Line.end),
        "acted, header without end": _respond(lambda _response: b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000, Line.end),
        "acted, 300 headers": _respond(lambda response: _complete(response, fields={f"X-{n}": "" for n in range(300)})),
        "acted, 101": _page("101 Switching Protocols", acted=True, Upgrade="h2c"),
        "acted, 102 and FIN": _respond(lambda _response: b"HTTP/1.1 102 Processing\r\n\r\n", Line.end),
        "acted, 204": _page("204 No Content", acted=True),
        "acted, 502 page": _page("502 Bad Gateway", _BAD_GATEWAY, acted=True, Content_Type=HTML),
        "acted, 504 without body": _page("504 Gateway Timeout", acted=True),
        "acted, 429": _page("429 Too Many Requests", acted=True, Retry_After="1"),
        "acted, 407": _page("407 Authenticate", acted=True),
        "acted, captcha": _page("200 OK", _ROBOT, acted=True, Content_Type=HTML),
        "acted, empty 200": _respond(lambda response: _complete(response, b"")),
        "acted, another type": _respond(lambda response: _complete(response).replace(b"text/xml", b"text/html")
                                     .replace(b"application/json", b"text/html")),
        "acted, half a body": _respond(lambda response: _complete(response, response.body[: len(response.body) // 2])),
        "acted, spoiled body": _respond(_spoiled),
        "acted, half the chunks": _respond(lambda response: _chunked(response, complete=False), Line.end),
        "acted, half a gzip": _respond(lambda response: _compressed(response, 60)),
        "acted, gzip that is none": _respond(lambda response: _complete(response, fields={"Content-Encoding": "gzip"})),
        **{f"acted, code {code}": _code(code, acted=True) for code in (1000, 1001, 1002, 12345)},
    }
)  # fmt: skip
"""What may come in place of the result of a request that was carried out."""
UNDONE: Mapping[str, Happening] = MappingProxyType(
    {
        **{f"undone, {how}": _lost(end, acted=False) for how, end in _ENDS.items()},
        "undone, 502 page": _page("502 Bad Gateway", _BAD_GATEWAY, acted=False, Content_Type=HTML),
        "undone, 503 without body": _page("503 Service Unavailable", acted=False),
        "undone, captcha": _page("200 OK", _ROBOT, acted=False, Content_Type=HTML),
        **{f"undone, code {code}": _code(code) for code in (52, 53, 56, 152, 506, 1000, 1001, 1002, 8000, 9000)},
    }
)
"""What may come of a request that was not carried out."""
REQUESTS: Mapping[str, Happening] = MappingProxyType({**RIGHT, **ACTED, **UNDONE})
