"""Reads the requests of one HTTP/1.1 connection with h11, within limits of form, size and time.

A wrong request is refused with its HTTP status, and the connection ends: otherwise two programs that parse the same
bytes differently could see different requests (request smuggling).
"""

import re
import socket
import time
from dataclasses import dataclass

import h11

from yadirect_soap.protocol import request_heads
from yadirect_soap.protocol.hosts import OwnHosts, host_of
from yadirect_soap.protocol.messages import Headers, Request

from .content_coding import IDENTITY, accepted_codings

LARGEST_BODY = 64 * 2**20
"""The most bytes of a request's body; a longer one is not read."""

_LENGTH_FIELD = re.compile(rb"\r\ncontent-length[ \t]*:([^\r]*)", re.IGNORECASE)
_END_OF_HEAD = b"\r\n\r\n"
_BLOCK = 65_536


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """The limits of one connection: bytes, and seconds of waiting for the client.

    - `body`: bytes of a request's body.
    - `framing`: bytes of a chunked body besides its content: lengths, extensions, trailers.
    - `target`, `head`, `fields`: bytes of the request line, bytes of the whole head, number of header fields.
    - `idle`: seconds between two requests, and for the client to receive each block of a response.
    - `head_seconds`: from the first byte of a request to the end of its head.
    - `body_seconds`: for a body, plus one for each `slowest` bytes of it that have come.
    """

    body: int = LARGEST_BODY
    framing: int = 2**20
    target: int = 16_384
    head: int = 65_536
    fields: int = 100
    idle: float = 60
    head_seconds: float = 30
    body_seconds: float = 60
    slowest: int = 10_000


class Refusal(Exception):
    """A request that is refused with an HTTP status; the connection ends."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class ConnectionEnded(Exception):
    """The client closed the connection, or sent nothing for too long, before a complete request."""


class RequestReader:
    """Reads the requests of a connection, one after the other.

    Args:
        connection: The socket, open.
        peer: The address of the other end.
        hosts: The hosts for which the server answers.
        own: Host and port for a request without a Host.
        bounds: The limits of the connection.
    """

    def __init__(
        self, connection: socket.socket, peer: str, hosts: OwnHosts, *, own: str, bounds: ConnectionLimits
    ) -> None:
        self._socket = connection
        self._peer = peer
        self._hosts = hosts
        self._own = own
        self._bounds = bounds
        self._pipelined = b""
        self.protocol = h11.Connection(h11.SERVER)
        """The state of the last exchange, for the writer of the response."""

    def read(self) -> Request:
        """Reads the next complete request.

        Raises:
            Refusal: The bytes are no request, exceed `bounds`, or are for another host.
            ConnectionEnded: No further request came.
        """
        self.protocol = h11.Connection(h11.SERVER, max_incomplete_event_size=self._bounds.head)
        try:
            self.protocol.receive_data(self._read_head())
            event = self.protocol.next_event()
            if not isinstance(event, h11.Request):
                raise Refusal(400, "no request line")
            fields = self._fields(event)
            address = self._address(event, fields)
            self._demand_known(fields)
            body = self._read_body(int(fields.get("Content-Length", "0")))
        except h11.RemoteProtocolError as error:
            raise Refusal(error.error_status_hint, str(error)) from None
        return Request(address, fields, body, event.method.decode("ascii"), peer=self._peer)

    def _read_head(self) -> bytes:
        """Bytes that begin with a whole head; refuses bytes that cannot become one."""
        head = bytearray(self._pipelined.lstrip(b"\r\n"))
        deadline = time.monotonic() + (self._bounds.head_seconds if head else self._bounds.idle)
        while (end := head.find(_END_OF_HEAD)) < 0:
            self._demand_head(head)
            begun = bool(head)
            head += self._receive(deadline, "the head of a request" if begun else "").lstrip(b"" if begun else b"\r\n")
            if head and not begun:
                deadline = time.monotonic() + self._bounds.head_seconds
        self._demand_head(head[: end + len(_END_OF_HEAD)])
        return bytes(head)

    def _demand_head(self, head: bytearray) -> None:
        """Refuses a head that h11 accepts and other programs may parse differently, and one that is too long."""
        if (defect := request_heads.defect(head)) is not None:
            raise Refusal(400, defect)
        lengths = _LENGTH_FIELD.findall(head)
        if len(lengths) > 1 or (lengths and b"," in lengths[0]):
            raise Refusal(400, "Content-Length comes twice")
        line = head.find(b"\r\n")
        if (line if line >= 0 else len(head)) > self._bounds.target:
            raise Refusal(414, f"the request line is longer than {self._bounds.target} bytes")
        # The request line and the empty one are no fields.
        if len(head) > self._bounds.head or head.count(b"\r\n") > self._bounds.fields + 2:
            raise Refusal(431, f"more than {self._bounds.fields} header fields, or than {self._bounds.head} bytes")

    def _fields(self, event: h11.Request) -> Headers:
        """Returns the header fields; repeated ones are joined to a list, by RFC 9110, section 5.3."""
        if event.http_version not in (b"1.1", b"1.0"):
            raise Refusal(505, f"found HTTP/{event.http_version.decode()}, expected HTTP/1.1")
        fields: dict[str, tuple[str, str]] = {}
        for name, value in event.headers.raw_items():
            key, text = name.decode("ascii"), value.decode("latin-1")
            first, before = fields.get(key.lower(), (key, None))
            fields[key.lower()] = (first, text if before is None else f"{before}, {text}")
        if "transfer-encoding" in fields and ("content-length" in fields or event.http_version == b"1.0"):
            raise Refusal(400, "Transfer-Encoding comes with a Content-Length, or in HTTP/1.0")
        return Headers(dict(fields.values()))

    def _address(self, event: h11.Request, fields: Headers) -> str:
        """Returns the address that the client used, which WSDL files repeat."""
        target, named = event.target.decode("ascii"), fields.get("Host", self._own)
        scheme, is_absolute, authority_and_path = target.partition("://")
        if is_absolute and scheme.lower() in ("http", "https"):
            # RFC 9112, section 3.2.2: the target counts, not the Host.
            named, _, path = authority_and_path.partition("/")
            target = f"/{path}"
        host = host_of(named)
        if host is None:
            raise Refusal(400, f"found the host {named!r:.80}, expected a name or an address, and perhaps a port")
        if not self._hosts.admit(host):
            raise Refusal(403, f"the host {host} is not served here: use localhost, or add it to allowed_hosts")
        return f"http://{named}{target if target.startswith('/') else f'/{target}'}"

    def _demand_known(self, fields: Headers) -> None:
        if not accepted_codings(fields.get("Accept-Encoding")):
            raise Refusal(406, "Accept-Encoding takes neither gzip nor identity")
        if (expected := fields.get("Expect", "100-continue")).strip().lower() != "100-continue":
            raise Refusal(417, f"found Expect: {expected:.80}, expected 100-continue or none")
        if fields.get("Content-Encoding", IDENTITY).strip().lower() not in ("", IDENTITY):
            raise Refusal(415, "the body has a Content-Encoding, expected none")

    def _read_body(self, length: int) -> bytes:
        if length > self._bounds.body:
            raise Refusal(413, f"the body is longer than {self._bounds.body} bytes")
        if self.protocol.they_are_waiting_for_100_continue and not self.protocol.trailing_data[0]:
            self._socket.sendall(self.protocol.send(h11.InformationalResponse(status_code=100, headers=[])) or b"")
        body: list[bytes] = []
        size, came, began = 0, len(self.protocol.trailing_data[0]), time.monotonic()
        while not isinstance(event := self.protocol.next_event(), h11.EndOfMessage):
            if isinstance(event, h11.Data):
                body.append(bytes(event.data))
                size += len(event.data)
            elif came - size > self._bounds.framing:
                raise Refusal(413, f"the chunks of the body take more than {self._bounds.framing} bytes besides it")
            else:
                seconds = self._bounds.body_seconds + size / self._bounds.slowest
                block = self._receive(began + seconds, "the body of a request")
                came += len(block)
                self.protocol.receive_data(block)
            if size > self._bounds.body:
                raise Refusal(413, f"the body is longer than {self._bounds.body} bytes")
        self._pipelined = self.protocol.trailing_data[0]
        return b"".join(body)

    def _receive(self, deadline: float, part: str) -> bytes:
        """Returns the next bytes; raises ConnectionEnded if there are none, Refusal if the rest of `part` is late."""
        self._socket.settimeout(max(deadline - time.monotonic(), 0.001))
        try:
            block = self._socket.recv(_BLOCK)
        except TimeoutError:
            if not part:
                raise ConnectionEnded from None
            raise Refusal(408, f"{part} did not come in time") from None
        if not block:
            raise ConnectionEnded
        return block
