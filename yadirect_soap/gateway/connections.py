"""Connections of the gateway's server, with limits that protect its memory, disk and sockets from hostile callers.

waitress closes a connection on which nothing happens.  Here a request must also arrive at some speed, a new connection
takes the place of the oldest one when there are too many, and what two servers could read in two ways is refused.  A
request that is refused by its head is answered at once, and its body is thrown away unread.
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
"""The part of the maximum from which on the idlest connection is closed for each new one."""
_MAX_ACCEPTED = 32
"""Connections that are accepted at once, before those that make room for them are closed."""
_OTHER_SOCKETS = 5
"""What waitress counts as connections beside them: the sockets that listen, and those that wake it."""
_FILES = 3
"""Open files that a connection may take: its socket, a body, an answer."""
MAX_BODIES = 10
"""How many bodies of the largest size all requests that are not answered yet may have together."""
_MIN_BYTES_A_SECOND = 10_000
"""A request that comes more slowly counts as idle."""
_BODY_STEP = 1 << 16
"""Bytes of a body, from which on it is looked at from time to time whether there is room for the rest."""
_MAX_CHUNK_LINE, _MAX_TRAILER, _MAX_FRAMING = 1 << 10, 1 << 14, 1 << 20
"""Bytes of a chunked body beside its content: in the line of a chunk, after the last one, altogether."""

_FRAMING = re.compile(rb"^(host|content-length|transfer-encoding)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_VERSIONS = frozenset({"1.0", "1.1"})
_WAITRESS_SPELLING = b"\r\n%s: " % headers.REQUEST_ID.capitalize().encode()
_SPELLING = b"\r\n%s: " % headers.REQUEST_ID.encode()

ReadsBody = Callable[[str, str, str, Mapping[str, str]], bool]
"""Whether a request needs its body, by its method, path, query and headers; otherwise its head decides the answer."""


def max_connections() -> int:
    """How many connections a server may have at a time, which the open files of a process bound, too."""
    if sys.platform == "win32":
        return MAX_CONNECTIONS
    import resource  # noqa: PLC0415  Windows has none

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MAX_CONNECTIONS if soft == resource.RLIM_INFINITY else min(MAX_CONNECTIONS, soft // _FILES)


def accept_waiting(server: Any, accept: Callable[[], None]) -> None:
    """Accepts the connections that wait, where waitress accepts one each time that it has looked at all others.

    Args:
        server: the server of waitress.
        accept: accepts one, if there is one.
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
    """A request whose length and host can be read in one way only: RFC 9112, sections 3.2, 5.2 and 6.1.

    Args:
        adj: the settings of waitress.
        reads_body: whether the body is needed.
        has_room: whether more of a large body may be kept.
    """

    # What the types of waitress do not have, or have otherwise.
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
        self._next_look = _BODY_STEP
        self.ignores_body = False
        """Whether the body is not read, since the head decides the answer."""

    def parse_header(self, header_plus: bytes) -> None:
        """Reads the head of a request; ParsingError, which is answered with 400, if it is ambiguous."""
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
            # waitress would send 100, and wait for a body that does not come.
            self.expect_continue = False

    def received(self, data: bytes) -> int:
        """Takes bytes of the request; returns how many of them belong to it."""
        before = len(self.header_plus)
        consumed: int = super().received(data)
        if self.error is None:
            self.error = self._head_error(before)
        if self.error is None and self.body_rcv is not None:
            self.error = self._body_error()
        if self.error is None and not self.ignores_body:
            return consumed
        # waitress would ask for the body with 100, and take what follows for the next request.
        self.expect_continue, self.completed = False, True
        return len(data)

    def _head_error(self, looked_at: int) -> Error | None:
        """What is wrong with a head, or with as much of it as has come beyond the bytes that were looked at."""
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
        if not self.completed and self.body_bytes_received >= self._next_look:
            self._next_look = self.body_bytes_received + _BODY_STEP
            if not self._has_room():
                return _NoRoom("Too many large requests at a time; send it again later")
        return None


class Task(WSGITask):
    """Answers a request, and spells the headers as the API does."""

    # What the types of waitress do not have.
    channel: Any

    def get_environment(self) -> dict[str, Any]:
        """The request as WSGI has it; the server is named by the address at which the caller reached it."""
        environ: dict[str, Any] = super().get_environment()
        with suppress(OSError):
            environ["SERVER_NAME"] = self.channel.socket.getsockname()[0]
        return environ

    def build_response_header(self) -> bytes:
        """The head of the response; waitress writes Requestid."""
        return bytes(super().build_response_header()).replace(_WAITRESS_SPELLING, _SPELLING)


class Connection(HTTPChannel):
    """A connection that makes room for others and counts as idle while a request comes too slowly.

    Args:
        server: the server of waitress.
        arguments: the socket, the address of the caller, the settings.
        reads_body: whether a request needs its body.
        options: the map of sockets.
    """

    # What the types of waitress do not have, or have otherwise.
    parser_class: Any
    task_class = Task
    requests: Any
    server: Any
    socket: Any

    def __init__(self, server: Any, *arguments: Any, reads_body: ReadsBody, **options: Any) -> None:
        super().__init__(server, *arguments, **options)
        self.parser_class = partial(Request, reads_body=reads_body, has_room=self._has_room)
        self._request_began = 0.0
        self._has_unread_bytes = False
        self._is_draining = False
        self._close_idlest()

    @property
    def body_bytes(self) -> int:
        """Bytes of bodies that are kept for requests that are not answered yet."""
        return sum(request.body_bytes_received for request in (*self.requests, self.request) if request is not None)

    def readable(self) -> bool:
        """Whether bytes may be read."""
        return (self._is_draining and not self.will_close) or bool(super().readable())

    def handle_read(self) -> None:
        """Reads what has come; of a request that is not whole the idle time counts from when its bytes were due."""
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
        """Answers a request."""
        request = self.requests[0]
        self._has_unread_bytes = request.error is not None or request.ignores_body
        super().service()

    def handle_close(self) -> None:
        """Closes the connection; what still comes of a refused request is read first, until the caller or IDLE ends it.

        Otherwise its bytes would reset the connection, and the caller could lose the answer.
        """
        if self._has_unread_bytes and not self._is_draining:
            self._is_draining = True
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)
                self.will_close, self.last_activity = False, time.time()
                return
        super().handle_close()

    def del_channel(self, map: Any = None) -> None:
        """Forgets the connection, and removes the files of a body that did not end and of unread answers."""
        super().del_channel(map)
        for kept in (self.request, *self.outbufs):
            if kept is not None:
                kept.close()

    def _has_room(self) -> bool:
        connections = list(self.server.active_channels.values())
        allowed = MAX_BODIES * self.adj.max_request_body_size
        return bool(sum(connection.body_bytes for connection in connections) <= allowed)

    def _close_idlest(self) -> None:
        """Closes the connection that was idle the longest, if there are too many; those with a call stay."""
        connections = self.server.active_channels.values()
        if len(connections) <= self.adj.connection_limit * _FULL:
            return
        idle = [connection for connection in connections if not connection.requests and not connection.will_close]
        if idle:
            min(idle, key=lambda connection: connection.last_activity).will_close = True
