"""The response to one HTTP request, written by h11, in the manner that its Delivery wants."""

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
"""Bytes below which compressing a response gains nothing."""
_BLOCK = 262_144
"""Bytes that the other end has the socket's time limit to take."""


class ResponseWriter:
    """Writes one response.

    Args:
        connection: The socket, open, with a time limit for each block of bytes.
        protocol: The exchange's state, in which the request has been read or refused.
        codings: Those of gzip and identity that the client accepts.
        sleep: Waits for so many seconds where the delivery wants a pause.
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
        """Whether bytes of the response may have left."""

    def write(self, delivery: Delivery, response: Response, *, method: str = "POST") -> None:
        """Writes a response, to its end or to where it is cut.

        Raises:
            h11.LocalProtocolError: A header field would break the response's head: a line end in it, say.
            OSError: The other end has left, or takes nothing any more.
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
        """Says why a request is not answered; the connection is to be closed then."""
        body = f"{status} {http.client.responses.get(status, '')}: {message}\n".encode("utf-8", "replace")
        fields = Headers({"Content-Type": "text/plain; charset=utf-8", "Connection": "close"})
        self._protocol = h11.Connection(h11.SERVER)
        self._codings = frozenset({IDENTITY})
        self.write(Delivery(Response(status, fields, body)), Response(status, fields, body))

    def reset(self) -> None:
        """Lets the connection end without a goodbye, once what was written has left."""
        self._flush()
        self._protocol.send_failed()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER.pack(1, 0))

    def _stream(self, response: Response, stream: Iterator[bytes]) -> None:
        """A body in chunks, or up to the end of the connection for a client of HTTP/1.0: h11 decides."""
        wants_gzip = GZIP in self._codings
        self._head(response, {"Content-Encoding": GZIP} if wants_gzip else {})
        for piece in filter(None, compressed(stream) if wants_gzip else stream):
            self._add(h11.Data(data=piece))
            self._flush()
        self._add(h11.EndOfMessage())
        self._flush()

    def _head(self, response: Response, more: dict[str, str]) -> None:
        """Writes the status and the fields; h11 adds what the connection needs, and refuses CR and LF in a field."""
        fields = {"Server": SERVER, "Date": formatdate(usegmt=True), **response.headers, **more}
        encoded = [(name.encode("ascii"), value.encode("latin-1")) for name, value in fields.items()]
        reason = http.client.responses.get(response.status, "").encode("ascii")
        self._add(h11.Response(status_code=response.status, headers=encoded, reason=reason))

    def _add(self, event: h11.Event) -> None:
        self._unsent += self._protocol.send(event) or b""

    def _pause(self, seconds: float) -> None:
        """Sleeps between two pieces, once the one before has left."""
        self._flush()
        self._sleep(seconds)

    def _flush(self) -> None:
        self.begun = self.begun or bool(self._unsent)
        content, self._unsent = memoryview(self._unsent), bytearray()
        for start in range(0, len(content), _BLOCK):
            self._socket.sendall(content[start : start + _BLOCK])


def is_reset(connection: socket.socket) -> bool:
    """Whether a connection ends by a reset, as reset() wants it."""
    return bool(_LINGER.unpack(connection.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER.size))[0])
