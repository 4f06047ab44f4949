"""Connections of the gateway's server, with limits that protect its memory, disk and sockets from hostile callers.

waitress closes an idle connection.  Here a request must also arrive at a minimum speed, a new connection replaces the
oldest idle one when there are too many, and a request that two servers could parse differently is refused.  A request
that is refused by its head gets its response at once, and its body is discarded.
"""

import re
import socket
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import WSGITask
from waitress.utilities import BadRequest, Error

from yadirect_soap.protocol import headers, request_heads
from yadirect_soap.protocol.messages import Headers

MAX_CONNECTIONS = 1000
_FULL = 0.95
"""The share of the maximum from which each new connection closes the one that was idle the longest."""
_MAX_ACCEPTED = 32
"""The number of connections that are accepted together, before idle ones are closed for them."""
_OTHER_SOCKETS = 5
"""The number of other sockets that waitress counts as connections: those that listen, and those that wake it."""
_FILES = 3
"""The number of open files that a connection may need: its socket, a body, a response."""
MAX_BODIES = 10
"""The total size of the bodies of all running requests, as a number of bodies with the maximum size."""
_MIN_BYTES_A_SECOND = 10_000
"""The slowest speed of a request that does not count as idle, in bytes per second."""
_BODY_STEP = 1 << 16
"""The number of bytes of a body after which the total size of bodies is checked."""
_MAX_CHUNK_LINE, _MAX_TRAILER, _MAX_FRAMING = 1 << 10, 1 << 14, 1 << 20
"""The bytes of a chunked body besides its content: in the line of a chunk, in the trailer, in total."""

_FRAMING = re.compile(rb"^(host|content-length|transfer-encoding)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_VERSIONS = frozenset({"1.0", "1.1"})
_WAITRESS_SPELLING = b"\r\n%s: " % headers.REQUEST_ID.capitalize().encode()
_SPELLING = b"\r\n%s: " % headers.REQUEST_ID.encode()

_MAX_SENT = 1 << 18
"""Bytes of a response that are read for one send."""

ReadsBody = Callable[[str, str, str, Mapping[str, str]], bool]
"""A function of method, path, query and headers that returns whether the body of a request is needed."""


def max_connections() -> int:
    """Returns the maximum number of connections; the limit of open files of the process may lower it."""
    if sys.platform == "win32":
        return MAX_CONNECTIONS
    import resource  # noqa: PLC0415  Windows has none

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MAX_CONNECTIONS if soft == resource.RLIM_INFINITY else min(MAX_CONNECTIONS, soft // _FILES)


def accept_waiting(server: Any, accept: Callable[[], None]) -> None:
    """Accepts several waiting connections; waitress itself accepts one in each iteration of its loop.

    Args:
        server: the server of waitress.
        accept: a function that accepts a connection if one is waiting.
    """
    connections, room = server.active_channels, server.adj.connection_limit - _OTHER_SOCKETS
    for _ in range(_MAX_ACCEPTED):
        before = len(connections)
        accept()
        if len(connections) <= before or len(connections) >= room:
            return


class _NoRoom(Error):
    code = 503
    reason = "Service Unavailable"


class _WrongVersion(Error):
    code = 505
    reason = "HTTP Version Not Supported"


class Request(HTTPRequestParser):
    """The parser of a request, which refuses an ambiguous length or host: RFC 9112, sections 3.2, 5.2 and 6.1.

    Args:
        adj: the settings of waitress.
        reads_body: a function that returns whether the body is needed.
        has_room: a function that returns whether more of a large body may be stored.
    """

    # The types of waitress lack these attributes, or have other types for them.
    body_rcv: Any
    command: Any
    headers: Any
    header_plus: bytes
    version = "1.1"
    path: Any
    proxy_netloc: Any
    query: Any

    def __init__(self, adj: Any, *, reads_body: ReadsBody, has_room: Callable[[], bool]) -> None:
        super().__init__(adj)
        self._reads_body = reads_body
        self._has_room = has_room
        self._next_check = _BODY_STEP
        self.ignores_body = False
        """Whether the body is not read, since the head decides the response."""

    def parse_header(self, header_plus: bytes) -> None:
        """Parses the head of a request; raises ParsingError, which becomes HTTP 400, if it is ambiguous."""
        if (defect := request_heads.defect(header_plus)) is not None:
            raise ParsingError(defect)
        super().parse_header(header_plus)
        if not self.version:
            raise ParsingError("No version of HTTP in the request line")
        names = [name.lower() for name in _FRAMING.findall(header_plus)]
        if len(set(names)) < len(names):
            raise ParsingError("Host, Content-Length or Transfer-Encoding was sent twice")
        if self.version == "1.1" and not self.headers.get("HOST"):
            raise ParsingError("No Host, or an empty one")
        if b"transfer-encoding" in names and (b"content-length" in names or self.version == "1.0"):
            raise ParsingError("Transfer-Encoding with Content-Length, or in HTTP/1.0")
        if self.proxy_netloc and self.proxy_netloc.lower() != self.headers.get("HOST", "").lower():
            raise ParsingError("The address names another host than Host")
        if self.body_rcv is not None and not self._needs_body():
            self._ignore_body()
        if self.body_rcv is None:
            # waitress would send 100 Continue and wait for a body that never comes.
            self.expect_continue = False

    def received(self, data: bytes) -> int:
        """Parses bytes of the request; returns how many of them belong to it."""
        before = len(self.header_plus)
        consumed: int = super().received(data)
        if self.error is None:
            self.error = self._head_error(before)
        if self.error is None and self.body_rcv is not None:
            self.error = self._body_error()
        if self.error is None and not self.ignores_body:
            return consumed
        # waitress would request the body with 100 Continue, and parse the following bytes as the next request.
        self.expect_continue, self.completed = False, True
        return len(data)

    def _head_error(self, looked_at: int) -> Error | None:
        """Returns the error in a head, or in a partial head after the bytes that were checked before."""
        if not self.headers_finished:
            begun = self.header_plus.lstrip(b"\r\n")
            skipped = len(self.header_plus) - len(begun)
            defect = request_heads.defect(begun, looked_at - skipped)
            return BadRequest(defect) if defect else None
        if self.version in _VERSIONS or self.empty:
            return None
        return _WrongVersion(f"found HTTP/{self.version}, expected HTTP/1.1")

    def _needs_body(self) -> bool:
        fields = Headers({name.replace("_", "-"): value for name, value in self.headers.items()})
        return self._reads_body(self.command.upper(), f"/{self.path.lstrip('/')}", self.query, fields)

    def _ignore_body(self) -> None:
        self.ignores_body = True
        self.body_rcv, self.content_length, self.chunked = None, 0, False
        self.headers.pop("CONTENT_LENGTH", None)
        self.headers["CONNECTION"] = "close"

    def _body_error(self) -> Error | None:
        if self.chunked:
            if b"\n" in self.body_rcv.control_line.replace(b"\r\n", b""):
                return BadRequest("A line of a chunk ends with LF alone, expected CR LF")
            framing = self.body_bytes_received - len(self.body_rcv)
            lines = len(self.body_rcv.control_line), len(self.body_rcv.trailer)
            if framing > _MAX_FRAMING or lines[0] > _MAX_CHUNK_LINE or lines[1] > _MAX_TRAILER:
                return BadRequest("The chunks have too much beside their content")
        if not self.completed and self.body_bytes_received >= self._next_check:
            self._next_check = self.body_bytes_received + _BODY_STEP
            if not self._has_room():
                return _NoRoom("Too many large requests at a time; send it again later")
        return None


class Task(WSGITask):
    """The task of a request; it writes the names of headers as the API does."""

    # The types of waitress lack this attribute.
    channel: Any

    def get_environment(self) -> dict[str, Any]:
        """Returns the environ of WSGI, with the address at which the caller reached the server."""
        environ: dict[str, Any] = super().get_environment()
        with suppress(OSError):
            environ["SERVER_NAME"] = self.channel.socket.getsockname()[0]
        return environ

    def build_response_header(self) -> bytes:
        """Returns the head of the response, with RequestId where waitress writes Requestid."""
        return bytes(super().build_response_header()).replace(_WAITRESS_SPELLING, _SPELLING)


class Connection(HTTPChannel):
    """A connection that closes idle ones if there are too many, and counts as idle while a request is too slow.

    Args:
        server: the server of waitress.
        arguments: the socket, the address of the caller, the settings.
        reads_body: a function that returns whether a request needs its body.
        options: the map of sockets.
    """

    # The types of waitress lack these attributes, or have other types for them.
    parser_class: Any
    task_class = Task
    requests: Any
    server: Any
    socket: Any

    def __init__(self, server: Any, *arguments: Any, reads_body: ReadsBody, **options: Any) -> None:
        super().__init__(server, *arguments, **options)
        # waitress reads as much of a response at a time as the socket could take, which is megabytes on loopback.
        self.sendbuf_len = min(self.sendbuf_len, _MAX_SENT)
        self.parser_class = partial(Request, reads_body=reads_body, has_room=self._has_room)
        self._request_began = 0.0
        self._has_unread_bytes = False
        self._is_draining = False
        self._close_idlest()

    @property
    def body_bytes(self) -> int:
        """The size of the stored bodies of its running requests."""
        return sum(request.body_bytes_received for request in (*self.requests, self.request) if request is not None)

    def readable(self) -> bool:
        """Whether waitress should read from the socket."""
        return (self._is_draining and not self.will_close) or bool(super().readable())

    def handle_read(self) -> None:
        """Reads bytes; an incomplete request counts as idle since the time at which its bytes were due."""
        if self._is_draining:
            with suppress(OSError):
                self.recv(self.adj.recv_bytes)
            return
        is_new = self.request is None
        super().handle_read()
        request: Any = self.request
        if request is None:
            return
        if is_new:
            self._request_began = time.time()
        received = request.header_bytes_received + request.body_bytes_received
        self.last_activity = min(time.time(), self._request_began + received / _MIN_BYTES_A_SECOND)

    def service(self) -> None:
        """Handles a request."""
        request = self.requests[0]
        self._has_unread_bytes = request.error is not None or request.ignores_body
        super().service()

    def handle_close(self) -> None:
        """Closes the connection, after the rest of a refused request was read, or the connection was idle.

        Otherwise unread bytes would reset the connection, and the caller could lose the response.
        """
        if self._has_unread_bytes and not self._is_draining:
            self._is_draining = True
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)
                self.will_close, self.last_activity = False, time.time()
                return
        super().handle_close()

    def del_channel(self, map: Any = None) -> None:
        """Removes the connection, and closes the files of an incomplete body and of unsent responses."""
        super().del_channel(map)
        for buffered in (self.request, *self.outbufs):
            if buffered is not None:
                buffered.close()

    def _has_room(self) -> bool:
        connections = list(self.server.active_channels.values())
        allowed = MAX_BODIES * self.adj.max_request_body_size
        return bool(sum(connection.body_bytes for connection in connections) <= allowed)

    def _close_idlest(self) -> None:
        """Closes the connection that was idle the longest, if there are too many; connections with a call stay."""
        connections = self.server.active_channels.values()
        if len(connections) <= self.adj.connection_limit * _FULL:
            return
        idle = [connection for connection in connections if not connection.requests and not connection.will_close]
        if idle:
            min(idle, key=lambda connection: connection.last_activity).will_close = True
