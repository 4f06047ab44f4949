"""Connections that record how far an exchange has come and enforce its limits, under any HTTPAdapter of a session.

A connection reads no response that is not its own: interim responses (1xx) are skipped, and a connection with unread
bytes after a response is not used again.
"""

import http.client
import io
import re
import socket
import ssl
import threading
from collections.abc import Iterable
from functools import cache
from typing import Any, NoReturn

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.util.wait import wait_for_read

from yadirect_soap.language import _

from .exchange import CURRENT, Exchange, Stage

_PIECE = 1 << 16
"""The number of bytes of a request that are sent at once."""
_LOOK = 1.0
"""Seconds without progress in sending, after which the connection is checked for an early response."""
_MOST_INTERIM = 1000
_FIRST_FINAL = 200
_SWITCHING_PROTOCOLS = 101
_FINAL = re.compile(rb"HTTP/1\.\d [2-5]|(?!HTTP/1)|\Z")
"""What begins a response after which the rest of the request is not sent: a final status, no HTTP, or the end."""


class ResendRefused(HTTPError):
    """The adapter of a session tried to send a request again whose response was lost."""


class GuardedConnection(HTTPConnection):
    """A connection of urllib3 that reports to the current exchange; without an exchange it behaves like any other."""

    _response: "GuardedResponse | None" = None
    _is_cut = False

    def connect(self) -> None:
        """Connects and reports it to the exchange."""
        exchange = CURRENT.get()
        self._response, self._is_cut = None, False
        if exchange is None:
            super().connect()
            return
        _refuse_to_repeat(exchange)
        with exchange.connecting():
            super().connect()

    @property
    def is_connected(self) -> bool:
        """Whether it can be used again: open, with no unread bytes."""
        if not super().is_connected or self._is_cut:
            return False
        pending = getattr(self.sock, "pending", None)
        return not (pending and pending()) and not (self._response and self._response.has_unread_bytes)

    def request(self, *args: Any, **options: Any) -> None:
        """Sends a request."""
        if (exchange := CURRENT.get()) is not None:
            _refuse_to_repeat(exchange)
            exchange.reach(Stage.READY)
        super().request(*args, **options)

    def endheaders(self, *args: Any, **options: Any) -> None:
        """Sends the head of the request: from here on the request may act."""
        if (exchange := CURRENT.get()) is not None:
            if self.sock is None:
                self.connect()
            exchange.reach(Stage.SENT)
        super().endheaders(*args, **options)

    def send(self, data: Any) -> None:
        """Sends bytes within the limits of the exchange."""
        exchange = CURRENT.get()
        # What is sent before the request is the CONNECT of a proxy, within the limits of connecting.
        if exchange is None or exchange.stage < Stage.SENT or self.sock is None:
            super().send(data)
            return
        try:
            if isinstance(data, bytes) and len(data) > _PIECE:
                _send_in_pieces(self.sock, data, exchange)
            else:
                self.sock.settimeout(exchange.seconds_to_write())
                super().send(data)
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError) as error:
            self._is_cut = True
            # Like urllib3 without TLS, it then reads what the server sent before it closed the connection.
            raise BrokenPipeError(str(error)) from error
        except BaseException:
            self._is_cut = True
            raise

    def response_class(  # type: ignore[override]  # http.client does nothing with it but call it
        self, sock: Any, *args: Any, **options: Any
    ) -> "GuardedResponse":
        """Creates the reader of the response."""
        self._response = GuardedResponse(sock, *args, is_last=self._is_cut, **options)
        return self._response


def _refuse_to_repeat(exchange: Exchange) -> None:
    """Raises an error if urllib3 sends a request again by itself; only Direct's `retry` decides about repeats.

    Behind a proxy urllib3 repeats a lost POST whatever its Retry says; if the session's Retry allows POST, it also
    repeats one that has a response.  A hook of the session may send a request again.
    """
    if exchange.stage == Stage.SENT:
        raise ResendRefused(_("its response was lost, and the session's adapter tried to send it again"))
    if exchange.stage == Stage.RESPONDING and not exchange.in_hooks:
        again = _("the session's adapter tried to send it again, which only Direct's retry may do")
        raise ResendRefused(_("its response was HTTP {status}, and {again}", status=exchange.status, again=again))


class GuardedResponse(http.client.HTTPResponse):
    """Reads a response within the limits of the current exchange, and skips interim responses (1xx)."""

    def __init__(self, sock: Any, *args: Any, is_last: bool = False, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self._exchange = CURRENT.get()
        self._is_last = is_last
        # `fp` is what http.client reads from: documented nowhere, and the same in every version.
        self._buffer = _Buffer(_Arriving(self.fp.detach(), sock, self._exchange))
        self.fp = self._buffer

    @property
    def has_unread_bytes(self) -> bool:
        """Whether bytes came after the end of the response."""
        return self._buffer.has_unread_bytes

    def begin(self) -> None:
        """Reads the head of the response."""
        super().begin()
        # 101 is no response of the API, and after it the connection speaks another protocol.
        if self._is_last or self.status == _SWITCHING_PROTOCOLS:
            self.will_close = True
        if self._exchange is not None:
            self._exchange.status = self.status
            self._exchange.reach(Stage.RESPONDING)

    def _read_status(self) -> tuple[str, int, str]:
        """Returns the status line of the final response; http.client itself skips only 100."""
        for _interim in range(_MOST_INTERIM):
            line: tuple[str, int, str] = super()._read_status()  # type: ignore[misc]  # not in its stubs; urllib3 calls it too
            if line[1] >= _FIRST_FINAL or line[1] == _SWITCHING_PROTOCOLS:
                return line
            http.client.parse_headers(self.fp)
        raise http.client.HTTPException(_("more than {most} interim responses", most=_MOST_INTERIM))


class _Buffer(io.BufferedReader):
    """Remembers, when it is closed, whether it has unread bytes."""

    has_unread_bytes = False

    def __init__(self, arriving: "_Arriving") -> None:
        super().__init__(arriving)
        self._arriving = arriving

    def close(self) -> None:
        """Closes it without reading from the network."""
        if not self.closed:
            self._arriving.ended = True
            self.has_unread_bytes = bool(self.peek(1))
        super().close()


class _Arriving(io.RawIOBase):
    """Reads the bytes of a socket; each wait is limited by the exchange."""

    ended = False

    def __init__(self, raw: io.RawIOBase, sock: Any, exchange: Exchange | None) -> None:
        super().__init__()
        self._raw = raw
        self._sock = sock
        self._exchange = exchange

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Waits for bytes, as long as the exchange allows."""
        if self.ended:
            return 0
        if self._exchange is not None:
            self._sock.settimeout(self._exchange.seconds_to_read())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        """Releases the socket."""
        self._raw.close()
        super().close()


def guard(session: requests.Session, prepared: requests.PreparedRequest, settings: dict[str, Any]) -> Any:
    """Makes the connections for a request report to the exchange, those of a user's adapter too.

    Adapters other than HTTPAdapter, and those with connections of another library, are not changed.

    Returns:
        The pool of these connections, or None.

    Raises:
        requests.RequestException, OSError, ValueError: requests refuses an address or a file of the settings.
    """
    adapter = session.get_adapter(prepared.url or "")
    if not isinstance(adapter, HTTPAdapter):
        return None
    try:
        pool: Any = adapter.get_connection_with_tls_context(
            prepared, settings["verify"], proxies=settings["proxies"], cert=settings["cert"]
        )
        adapter.cert_verify(  # type: ignore[no-untyped-call]  # its stub has no types
            pool, prepared.url, settings["verify"], settings["cert"]
        )
    except Exception:
        # An adapter with its own send() may replace these settings.
        if type(adapter).send is HTTPAdapter.send:
            raise
        return None
    if issubclass(pool.ConnectionCls, HTTPConnection):
        pool.ConnectionCls = _guarded(pool.ConnectionCls)
    # Connections that the session has from before; a copy, so that no lock is needed.
    idle: list[Any] = list(pool.pool.queue) if pool.pool is not None else []
    for connection in idle:
        if isinstance(connection, HTTPConnection) and not isinstance(connection, GuardedConnection):
            kind: Any = type(connection)
            connection.__class__ = _guarded(kind)
    return pool


def free_queues(pools: Iterable[Any]) -> None:
    """Creates new locks for the queues of pools, because a thread of the parent process may hold the old ones.

    urllib3 takes these locks when a process ends, even if it has sent nothing.
    """
    for queue in [pool.pool for pool in pools if pool.pool is not None]:
        connections = queue.queue
        type(queue).__init__(queue, queue.maxsize)
        queue.queue = connections


def leave_to_parent(session: requests.Session, pools: Iterable[Any]) -> None:
    """Creates new pools for a session in a child process; the parent keeps its connections.

    No lock of the session is used, because a thread of the parent may have held it.  Closing a connection here closes
    only the child's end of it and sends nothing: neither FIN nor close_notify.
    """
    for pool in pools:
        if (queue := pool.pool) is not None:
            idle = [connection for connection in queue.queue if connection is not None]
            # Emptied, since urllib3 empties it by itself when the pool is collected.
            queue.queue.clear()
            for connection in idle:
                connection.close()
    adapters: list[Any] = [adapter for adapter in session.adapters.values() if isinstance(adapter, HTTPAdapter)]
    for adapter in adapters:
        adapter.__setstate__(adapter.__getstate__())  # how requests itself makes new pools
    if "_cookies_lock" in vars(session.cookies):
        vars(session.cookies)["_cookies_lock"] = threading.RLock()


@cache
def _guarded(kind: Any) -> Any:
    """Returns the guarded subclass of a class of connections: plain, TLS or SOCKS."""
    if issubclass(kind, GuardedConnection):
        return kind
    return type(f"Guarded{kind.__name__}", (GuardedConnection, kind), {})


def _send_in_pieces(sock: Any, data: bytes, exchange: Exchange) -> None:
    """Sends a long body piece by piece, while the server takes it.

    Raises TimeoutError if the server accepts no more, and BrokenPipeError if it has already responded: after that
    error urllib3 reads the response.
    """
    timeouts, began = exchange.timeouts, exchange.clock()
    unsent, moved = memoryview(data), began
    while unsent:
        if _has_response(sock):
            raise BrokenPipeError(_("the server responded before it had the whole request"))
        sock.settimeout(min(_LOOK, exchange.seconds_to_write()))
        try:
            unsent = unsent[sock.send(unsent[:_PIECE]) :]
            moved = exchange.clock()
        except TimeoutError:
            if exchange.clock() - moved >= timeouts.write:
                _stop(sock, exchange)
        spent = exchange.clock() - began
        if spent >= timeouts.write_total:
            raise TimeoutError(_("sending took longer than {write_total:g} seconds", write_total=timeouts.write_total))
        if spent >= timeouts.write and len(data) - len(unsent) < timeouts.write_rate * spent:
            raise TimeoutError(
                _("sending was slower than {write_rate:g} bytes a second", write_rate=timeouts.write_rate)
            )


def _stop(sock: Any, exchange: Exchange) -> NoReturn:
    """Stops sending because the server accepts no bytes; reads the bytes it has sent, for a short time."""
    why = _("no byte was sent for {seconds:g} seconds", seconds=exchange.timeouts.write)
    if wait_for_read(sock, 0):
        exchange.give_up_sending(why)
        raise BrokenPipeError(why)
    raise TimeoutError(why)


def _has_response(sock: Any) -> bool:
    """Whether a final response, or the end of the connection, can be read; under TLS that cannot be known."""
    if not isinstance(sock, socket.socket) or isinstance(sock, ssl.SSLSocket) or not wait_for_read(sock, 0):
        return False
    return _FINAL.match(sock.recv(16, socket.MSG_PEEK)) is not None
