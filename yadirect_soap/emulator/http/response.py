"""Writes the response to one HTTP request with h11, in the way of its Delivery."""

import http.client
import socket
import struct
from collections.abc import Callable, Iterator
from email.utils import formatdate

import h11

from yadirect_soap.protocol.messages import Headers, Response

from .content_coding import GZIP, IDENTITY, compress, compressed
from .delivery import Delivery, pieces

SERVER = "yadirect-soap-emulator"

_LINGER = struct.Struct("ii")
_NO_BODY = frozenset({204, 304})
_SMALLEST_GZIP = 512
"""Bytes of a response below which compression gains nothing."""
_BLOCK = 262_144
"""Bytes that the client must receive within the socket's time limit."""


class ResponseWriter:
    """Writes one response.

    Args:
        connection: The socket, open, with a time limit for each block of bytes.
        protocol: The exchange's state, in which the request has been read or refused.
        codings: The codings that the client accepts, of gzip and identity.
        sleep: Waits a number of seconds in the pauses of a delivery.
    """

    def __init__(
        self,
        connection: socket.socket,
        protocol: h11.Connection,
        *,
        codings: frozenset[str],
        sleep: Callable[[float], None],
    ) -> None:
        self._socket = connection
        self._protocol = protocol
        self._codings = codings
        self._sleep = sleep
        self._unsent = bytearray()
        self.begun = False
        """Whether bytes of the response may have been sent."""

    def write(self, delivery: Delivery, response: Response, *, method: str = "POST") -> None:
        """Writes a response, to its end or its cut.

        Raises:
            h11.LocalProtocolError: A header field would break the head of the response, for example with a line end.
            OSError: The client has left, or receives nothing any more.
        """
        if delivery.stream is not None:
            self._stream(response, delivery.stream)
            return
        content = response.body
        fields: dict[str, str] = {}
        if GZIP in self._codings and (len(content) >= _SMALLEST_GZIP or IDENTITY not in self._codings):
            content, fields["Content-Encoding"] = compress(content), GZIP
        if response.status not in _NO_BODY:
            fields["Content-Length"] = str(len(content))
        self._head(response, fields)
        if method == "HEAD" or response.status in _NO_BODY:
            content = b""
        for piece in pieces(content, delivery, self._pause):
            self._add(h11.Data(data=piece))
        if delivery.cut is not None:
            self.reset()
        else:
            self._add(h11.EndOfMessage())
            self._flush()

    def refuse(self, status: int, message: str) -> None:
        """Writes a refusal with its reason; the connection must be closed afterwards."""
        body = f"{status} {http.client.responses.get(status, '')}: {message}\n".encode("utf-8", "replace")
        fields = Headers({"Content-Type": "text/plain; charset=utf-8", "Connection": "close"})
        self._protocol = h11.Connection(h11.SERVER)
        self._codings = frozenset({IDENTITY})
        self.write(Delivery(Response(status, fields, body)), Response(status, fields, body))

    def reset(self) -> None:
        """Resets the connection after sending what was written."""
        self._flush()
        self._protocol.send_failed()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER.pack(1, 0))

    def _stream(self, response: Response, stream: Iterator[bytes]) -> None:
        """Writes a body in chunks, or until the end of the connection for HTTP/1.0; h11 decides."""
        wants_gzip = GZIP in self._codings
        self._head(response, {"Content-Encoding": GZIP} if wants_gzip else {})
        for piece in filter(None, compressed(stream) if wants_gzip else stream):
            self._add(h11.Data(data=piece))
            self._flush()
        self._add(h11.EndOfMessage())
        self._flush()

    def _head(self, response: Response, more: dict[str, str]) -> None:
        """Writes the status and the fields; h11 adds those of the connection and refuses CR and LF in a field."""
        fields = {"Server": SERVER, "Date": formatdate(usegmt=True), **response.headers, **more}
        encoded = [(name.encode("ascii"), value.encode("latin-1")) for name, value in fields.items()]
        reason = http.client.responses.get(response.status, "").encode("ascii")
        self._add(h11.Response(status_code=response.status, headers=encoded, reason=reason))

    def _add(self, event: h11.Event) -> None:
        self._unsent += self._protocol.send(event) or b""

    def _pause(self, seconds: float) -> None:
        """Sleeps between two pieces, after sending the first of them."""
        self._flush()
        self._sleep(seconds)

    def _flush(self) -> None:
        self.begun = self.begun or bool(self._unsent)
        content, self._unsent = memoryview(self._unsent), bytearray()
        for start in range(0, len(content), _BLOCK):
            self._socket.sendall(content[start : start + _BLOCK])


def is_reset(connection: socket.socket) -> bool:
    """Whether a connection will be reset, after reset()."""
    return bool(_LINGER.unpack(connection.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER.size))[0])
