"""A real HTTP server on loopback that does what a test scripts, one step a request; only result() knows the API."""

import gzip
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from yadirect_soap import ApiError, Direct
from yadirect_soap.errors import api_error
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.messages import Headers
from yadirect_soap.protocol.wires import WIRES

CERTIFICATE = str(Path(__file__).with_name("loopback.pem"))
"""Both a certificate for 127.0.0.1 with its key and the CA bundle that trusts it."""

TOKEN = "AQAA-made-up-for-tests"
QUERY: Mapping[str, Any] = {"SelectionCriteria": {}, "FieldNames": ["Id"]}
"""Params for campaigns.get."""
XML = "text/xml; charset=utf-8"
HTML = "text/html; charset=utf-8"

Step = Callable[["Handler"], None]
"""What the server does with one request, once it is read and noted."""


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it arrived; `connection` tells which connection brought it."""

    method: str
    path: str
    headers: Headers
    body: bytes
    connection: int


class Handler(BaseHTTPRequestHandler):
    """One connection to a ScriptedServer, and what a step may do with it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    script: "ScriptedServer"
    received: Received

    def do_POST(self) -> None:
        """Notes a request and does what the script says."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        fields = Headers(dict(self.headers))
        self.received = Received(self.command, self.path, fields, body, self.client_address[1])
        self.script.step(self.received)(self)

    do_GET = do_CONNECT = do_POST

    def head(self, status: int, fields: Mapping[str, str]) -> None:
        """Sends a status line and headers."""
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()

    def finish(self) -> None:
        """Closes what a tunnel has put in the place of the connection."""
        super().finish()
        if self.connection is not self.request:
            self.connection.close()

    def cut(self) -> None:
        """Ends the connection."""
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class ScriptedServer(ThreadingHTTPServer):
    """Answers the first request by the first step, and so on; the last step stays.  `received` holds the requests."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, *steps: Step, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), type("Handler", (Handler,), {"script": self}))
        if tls is not None:
            # The handshake comes with the first read, in the connection's own thread.
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{self.server_port}"
        self.received: list[Received] = []
        self.open_connections = 0
        self.closing = threading.Event()
        self._steps = steps
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)

    def step(self, received: Received) -> Step:
        """Notes a request and tells what to do with it."""
        with self._lock:
            self.received.append(received)
            return self._steps[min(len(self.received), len(self._steps)) - 1]

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serves a connection, and counts it while it is open."""
        with self._lock:
            self.open_connections += 1
        super().process_request_thread(request, client_address)
        with self._lock:
            self.open_connections -= 1

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing: that clients hang up is part of the tests."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self.shutdown()
        self._thread.join()
        self.server_close()


@contextmanager
def served(*steps: Step, tls: ssl.SSLContext | None = None, **settings: Any) -> Iterator[tuple[ScriptedServer, Direct]]:
    """A server and a Direct that asks it, without retries unless the settings say more."""
    usual: dict[str, Any] = {"token": TOKEN, "retry": None}
    with ScriptedServer(*steps, tls=tls) as server, Direct(**usual | {"endpoint": server.url} | settings) as direct:
        yield server, direct


def trusted() -> ssl.SSLContext:
    """What a ScriptedServer needs to speak TLS, and to ask for a client certificate without insisting."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.load_verify_locations(CERTIFICATE)
    context.verify_mode = ssl.CERT_OPTIONAL
    return context


def closed_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


# --- steps ----------------------------------------------------------------------------------------------------


def answer(
    body: bytes = b"",
    *,
    status: int = 200,
    content_type: str = XML,
    length: int | None = None,
    **fields: str,
) -> Step:
    """Answers with a body; `length` is a Content-Length that need not be true, `fields` more headers (Retry_After)."""
    head = {"Content-Type": content_type, "Content-Length": str(len(body) if length is None else length)}
    head |= {name.replace("_", "-"): value for name, value in fields.items()}

    def step(handler: Handler) -> None:
        handler.head(status, {name: value for name, value in head.items() if value})
        handler.wfile.write(body)
        if length is not None:
            handler.cut()

    return step


def result(key: str, value: Mapping[str, Any], *, wire: str = "soap", **fields: Any) -> Step:
    """Answers with an operation's result, as the API does."""
    service, name = key.split(".")
    body = WIRES[wire].encode_result(bundled().operation(service, name), value)
    return answer(body, content_type=WIRES[wire].content_type, **fields)


def fault(error: int | ApiError, *, wire: str = "soap", status: int = 200, **fields: Any) -> Step:
    """Answers with a request-level error, by its code or whole."""
    api_fault = api_error(error, "Refused", request_id="7") if isinstance(error, int) else error
    return answer(WIRES[wire].encode_fault(api_fault), status=status, content_type=WIRES[wire].content_type, **fields)


def compressed(body: bytes, *, length: int | None = None, content_type: str = XML) -> Step:
    """Answers with a gzipped body, of which only the first `length` bytes are given."""
    return answer(gzip.compress(body)[:length], content_type=content_type, Content_Encoding="gzip")


def chunked(*pieces: bytes, complete: bool = True) -> Step:
    """Answers in chunks; one that is not complete ends without the last, empty one."""

    def step(handler: Handler) -> None:
        handler.head(200, {"Content-Type": XML, "Transfer-Encoding": "chunked"})
        for piece in pieces:
            handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        if complete:
            handler.wfile.write(b"0\r\n\r\n")
        else:
            handler.cut()

    return step


def drip(body: bytes, *, every: float) -> Step:
    """Answers a byte at a time."""

    def step(handler: Handler) -> None:
        handler.head(200, {"Content-Type": XML, "Content-Length": str(len(body))})
        for byte in body:
            handler.wfile.write(bytes([byte]))
            time.sleep(every)

    return step


def raw(data: bytes) -> Step:
    """Sends bytes that need not be HTTP, past TLS too, and ends the connection."""

    def step(handler: Handler) -> None:
        os.write(handler.connection.fileno(), data)
        handler.cut()

    return step


def tunnel(handler: Handler) -> None:
    """Answers a CONNECT, and is from then on the server at the tunnel's other end, with TLS."""
    handler.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    handler.connection = trusted().wrap_socket(handler.connection, server_side=True)
    handler.rfile = handler.connection.makefile("rb")
    handler.wfile = handler.connection.makefile("wb", 0)
    handler.close_connection = False


def drop(handler: Handler) -> None:
    """Ends the connection without an answer."""
    handler.cut()


def hang(handler: Handler) -> None:
    """Never answers."""
    handler.script.closing.wait(30)
    handler.close_connection = True
