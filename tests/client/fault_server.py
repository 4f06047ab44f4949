"""A server, or a proxy, of plain sockets before an emulator: it does to each request what a test picks.

One FaultServer plays every part: the API itself, plain and over TLS; an HTTP proxy, whose requests name whole
addresses; and a CONNECT proxy with the API at the end of its tunnels.
"""

import contextlib
import socket
import threading
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urlsplit

from tests.client.faults import CONNECTIONS, REQUESTS, TUNNELS, Exchange, Line
from tests.client.servers import trusted
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.messages import Headers, Request

Occasion = Literal["connection", "tunnel", "request"]
Pick = Callable[[Occasion, bytes], str]
"""Names what happens on an occasion; of a request it is told the body."""


class FaultServer:
    """Serves an emulator on loopback; `requests` holds the bodies that arrived, `met` counts what happened.

    Args:
        emulator: what carries requests out.
        pick: names what happens to each connection, tunnel and request.
        tls: whether connections begin with a handshake; tunnels always do.
    """

    def __init__(self, emulator: Emulator, pick: Pick, *, tls: bool = False) -> None:
        self.requests: list[bytes] = []
        self.connects: list[str] = []
        self.met: Counter[str] = Counter()
        self._emulator = emulator
        self._pick = pick
        self._tls = tls
        self._context = trusted()
        self._lock = threading.Lock()
        self._lines: set[Line] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._listener.getsockname()[1])
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    def pick(self, occasion: Occasion, body: bytes = b"") -> str:
        """Names what happens, and counts it."""
        with self._lock:
            name = self._pick(occasion, body)
            self.met[name] += 1
        return name

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Not close(): a thread that is inside accept() would not hear of it.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._threads[0].join()
        self._listener.close()
        with self._lock:
            for line in self._lines:
                with contextlib.suppress(OSError):
                    line.sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads[1:]:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            line = Line(sock)
            with self._lock:
                self._lines.add(line)
            thread = threading.Thread(target=self._serve, args=(line,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: Line) -> None:
        # A client may hang up wherever it likes.
        with contextlib.suppress(OSError):
            CONNECTIONS[self.pick("connection")](line)
            if line.is_open and self._tls:
                line.start_tls(self._context)
            while line.is_open and (received := line.read_request()) is not None:
                self._respond(line, *received)
        with self._lock:
            self._lines.discard(line)
        line.sock.close()

    def _respond(self, line: Line, method: str, target: str, fields: Headers, body: bytes) -> None:
        if method == "CONNECT":
            self.connects.append(target)
            TUNNELS[self.pick("tunnel")](line)
            if line.is_open:
                line.start_tls(self._context)
            return
        address = f"http://127.0.0.1{urlsplit(target).path}"
        request = Request(address, fields, body, method)
        self.requests.append(body)
        exchange = Exchange(line, request, lambda: self._emulator.handle_request(request))
        REQUESTS[self.pick("request", body)](exchange)
