"""Connections of the gateway's server that hostile callers can neither keep open nor fill its memory with.

waitress closes a connection on which nothing happens.  Here a request must also arrive at some speed, a new connection
takes the place of the oldest one when there are too many, and what two servers could read in two ways is refused.
"""

import re
import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError

MAX_CONNECTIONS = 1000
_SPARE = 50
"""Connections below the maximum from which on the idlest one is closed for each new one."""
_MIN_BYTES_A_SECOND = 10_000
"""A request that comes more slowly counts as idle."""

_FRAMING = re.compile(rb"^(host|content-length|transfer-encoding)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_FOLDED = re.compile(rb"\n[ \t]")


class Request(HTTPRequestParser):
    """A request whose length and host can be read in one way only: RFC 9112, sections 3.2, 5.2 and 6.1."""

    def parse_header(self, header_plus: bytes) -> None:
        """Reads the head of a request; ParsingError, which is answered with 400, if it is ambiguous."""
        super().parse_header(header_plus)
        names = [name.lower() for name in _FRAMING.findall(header_plus)]
        if len(set(names)) < len(names):
            raise ParsingError("Host, Content-Length or Transfer-Encoding was sent twice")
        if _FOLDED.search(header_plus):
            raise ParsingError("A header field on two lines")
        if b"transfer-encoding" in names and (b"content-length" in names or self.version == "1.0"):
            raise ParsingError("Transfer-Encoding with Content-Length, or in HTTP/1.0")


class Connection(HTTPChannel):
    """A connection that makes room for others and counts as idle while a request comes too slowly."""

    parser_class = Request

    def __init__(self, server: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(server, *arguments, **options)
        self._request_began = 0.0
        self._close_idlest(server.active_channels.values())

    def handle_read(self) -> None:
        """Reads what has come; of a request that is not whole the idle time counts from when its bytes were due."""
        is_new = self.request is None
        super().handle_read()
        request: Any = self.request
        if request is None:
            return
        if is_new:
            self._request_began = time.time()
        received = request.header_bytes_received + request.body_bytes_received
        self.last_activity = min(time.time(), self._request_began + received / _MIN_BYTES_A_SECOND)

    @staticmethod
    def _close_idlest(connections: Any) -> None:
        """Closes the connection that was idle the longest, if there are too many; those with a call stay."""
        if len(connections) <= MAX_CONNECTIONS - _SPARE:
            return
        idle = [connection for connection in connections if not connection.requests and not connection.will_close]
        if idle:
            min(idle, key=lambda connection: connection.last_activity).will_close = True
