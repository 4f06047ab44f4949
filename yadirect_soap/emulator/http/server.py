"""An HTTP/1.1 server with persistent connections and gzip; it knows nothing of the API."""

import logging
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

import h11

from yadirect_soap.protocol.hosts import OwnHosts, own_host
from yadirect_soap.protocol.messages import Request

from .content_coding import IDENTITY, accepted_codings
from .delivery import RequestHandler
from .open_connections import OpenConnections
from .request import ConnectionEnded, ConnectionLimits, Refusal, RequestReader
from .response import ResponseWriter, is_reset

MAX_CONNECTIONS = 500
"""The most connections at a time, each with a thread."""

_LOG = logging.getLogger("yadirect_soap.emulator.http.server")
_DRAIN = 256 * 2**20
"""The most bytes that are read and ignored after a response: closing earlier could lose the response."""
_DRAIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class _ServerSettings:
    """The settings that all connections of a server share."""

    handle: RequestHandler
    hosts: OwnHosts
    bounds: ConnectionLimits
    sleep: Callable[[float], None]


class Server:
    """Listens from its creation on; close it, or use it in a `with`.

    `url` is its root address.

    Args:
        handle: Answers a request.
        host: The name or address to listen on.
        port: The port; 0 is any free one.
        allowed_hosts: More hosts for which a server on loopback answers; see OwnHosts.
        bounds: The limits of each connection.
        connections: The most connections at a time.  A further one ends the one that waits the longest for a request;
            if all answer requests, it is refused with 503.
        sleep: Waits a number of seconds for a late response.

    Raises:
        ConfigurationError: One of `allowed_hosts` is no host.
        OSError: The port is taken, or the host is not of this machine.
    """

    def __init__(
        self,
        handle: RequestHandler,
        host: str,
        port: int,
        *,
        allowed_hosts: Iterable[str] = (),
        bounds: ConnectionLimits = ConnectionLimits(),  # noqa: B008  frozen
        connections: int = MAX_CONNECTIONS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        hosts = OwnHosts(host, allowed_hosts)
        self._listener = _Listener((host, port), connections)
        self.port: int = self._listener.server_address[1]
        self.url = f"http://{own_host(host, self.port)}"
        self._listener.site = _ServerSettings(handle, hosts, bounds, sleep)
        serve = self._listener.serve_forever
        self._thread = threading.Thread(target=serve, args=(0.05,), name=self.url, daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Returns when the server is closed; raises KeyboardInterrupt."""
        while self._thread.is_alive():
            self._thread.join(1)

    def close(self) -> None:
        """Stops listening; running requests are still answered, then their connections end."""
        self._listener.shutdown()
        self._thread.join()
        self._listener.server_close()
        self._listener.connections.end_all()

    def __enter__(self) -> str:
        return self.url

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 128
    site: _ServerSettings

    def __init__(self, address: tuple[str, int], connections: int) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.connections = OpenConnections(connections)
        super().__init__(address, _Connection)

    def process_request(self, request: object, client_address: object) -> None:
        """Starts a thread for a connection, or refuses it if there are too many."""
        assert isinstance(request, socket.socket)  # noqa: S101  it was accepted from one
        if self.connections.add(request):
            super().process_request(request, client_address)
            return
        request.settimeout(1)
        codings = frozenset({IDENTITY})
        writer = ResponseWriter(request, h11.Connection(h11.SERVER), codings=codings, sleep=self.site.sleep)
        with suppress(OSError):
            writer.refuse(503, f"{self.connections.most} connections are open already")
            request.shutdown(socket.SHUT_WR)
            request.settimeout(0.05)
            request.recv(65_536)  # unread bytes at closing would reset the connection, and the response with it
        self.close_request(request)

    def shutdown_request(self, request: object) -> None:
        """Ends a connection in order, unless it is to be reset."""
        assert isinstance(request, socket.socket)  # noqa: S101  it was accepted from one
        if not is_reset(request):
            with suppress(OSError):
                request.shutdown(socket.SHUT_WR)
                _drain(request)
        self.connections.discard(request)
        self.close_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Logs the error of a connection; a client that leaves is logged at DEBUG."""
        level = logging.DEBUG if isinstance(sys.exception(), OSError) else logging.ERROR
        _LOG.log(level, "the connection from %s broke", client_address, exc_info=True)


class _Connection(socketserver.BaseRequestHandler):
    """Answers the requests of one connection, one after the other."""

    server: _Listener
    request: socket.socket

    def handle(self) -> None:
        """Returns when the connection is to end."""
        site = self.server.site
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # A request of HTTP/1.0 may have no Host: then it is for the address at which it came.
        own = own_host(*self.request.getsockname()[:2])
        reader = RequestReader(self.request, self.client_address[0], site.hosts, own=own, bounds=site.bounds)
        with suppress(ConnectionEnded):
            while self._exchange(reader, site):
                self.server.connections.waits(self.request)

    def _exchange(self, reader: RequestReader, site: _ServerSettings) -> bool:
        """Reads a request and writes its response; returns whether another one may follow."""
        try:
            request = reader.read()
        except Refusal as refusal:
            self._writer(reader, site).refuse(refusal.status, str(refusal))
            return False
        self.server.connections.answers(self.request)
        writer = self._writer(reader, site, request)
        try:
            delivery = site.handle(request)
            delivery.wait(site.sleep)
            if delivery.response is None:
                writer.reset()
            else:
                writer.write(delivery, delivery.response, method=request.method)
        except (ConnectionError, TimeoutError):
            raise  # the caller has left
        except Exception:  # noqa: BLE001  the client gets a response if none has begun
            _LOG.exception("the response to %s %s failed", request.method, request.address.partition("?")[0])
            if not writer.begun:
                writer.refuse(500, "a mistake of the server; its log has the details")
            return False
        states = reader.protocol.states
        return states[h11.CLIENT] is h11.DONE and states[h11.SERVER] is h11.DONE

    def _writer(self, reader: RequestReader, site: _ServerSettings, request: Request | None = None) -> ResponseWriter:
        self.request.settimeout(site.bounds.idle)
        codings = accepted_codings(request.headers.get("Accept-Encoding")) if request else frozenset({IDENTITY})
        return ResponseWriter(self.request, reader.protocol, codings=codings, sleep=site.sleep)


def _drain(connection: socket.socket) -> None:
    """Reads and ignores what still comes, until the end of the connection or a limit of bytes and time."""
    deadline, remaining = time.monotonic() + _DRAIN_SECONDS, _DRAIN
    while remaining > 0 and (seconds := deadline - time.monotonic()) > 0:
        connection.settimeout(seconds)
        block = connection.recv(65_536)
        if not block:
            return
        remaining -= len(block)
