"""The emulator on a socket: HTTP/1.1 with connections that stay open, gzip, and nothing of the API in it."""

import gzip
import logging
import re
import socket
import struct
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from yadirect_soap.protocol.messages import Headers, Request, Response

from .delivery import Deliver, Delivery, pieces

LARGEST_BODY = 64 * 2**20
"""Bytes of a request; a longer one is not looked at."""

_LOG = logging.getLogger("yadirect_soap.emulator.server")
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_LENGTH = re.compile(r"[0-9]{1,18}")
_IDLE_SECONDS = 60
_GZIP = 31
"""What zlib calls the format of gzip."""
_SMALLEST_GZIP = 512
"""Bytes below which compressing an answer gains nothing."""
_LINGER = struct.Struct("ii")


class Server:
    """Listens from the moment it is made; `url` is its root address.  Close it, or use it in a `with`."""

    def __init__(
        self,
        deliver: Deliver,
        host: str,
        port: int,
        *,
        largest_body: int = LARGEST_BODY,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        given = {"deliver": staticmethod(deliver), "largest_body": largest_body, "sleep": staticmethod(sleep)}
        handler: type[_Handler] = type("Handler", (_Handler,), given)
        self._http = _Listener((host, port), handler)
        self.port: int = self._http.server_port
        handler.own_host = f"{host}:{self.port}"
        self.url = f"http://{handler.own_host}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), name=self.url, daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Returns when the server is closed; KeyboardInterrupt passes through."""
        while self._thread.is_alive():
            self._thread.join(1)

    def close(self) -> None:
        """Stops listening."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def __enter__(self) -> str:
        return self.url

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def shutdown_request(self, request: Any) -> None:
        """Ends a connection with a goodbye, unless it is to be reset, as closing it does without one."""
        resets, _ = _LINGER.unpack(request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER.size))
        (self.close_request if resets else super().shutdown_request)(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller who hangs up is no mistake of ours; what is one goes to logging, as all else."""
        level = logging.DEBUG if isinstance(sys.exception(), ConnectionError) else logging.ERROR
        _LOG.log(level, "the connection from %s broke", client_address, exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    """One connection.  The attributes are given by Server."""

    deliver: Deliver
    sleep: Callable[[float], None]
    largest_body: int
    own_host: str
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True
    # One write for the head and the body together.
    wbufsize = -1

    def do_POST(self) -> None:
        """Answers a call."""
        if (body := self._read_body()) is not None:
            self._respond(body)

    def do_GET(self) -> None:
        """Answers with a description."""
        self.do_POST()

    do_HEAD = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_GET

    def version_string(self) -> str:
        """What the Server header says."""
        return "yadirect-soap-emulator"

    def log_message(self, format: str, *args: object) -> None:
        """Sends http.server's lines to logging; they hold no header and no body."""
        _LOG.debug(format, *args)

    def _respond(self, body: bytes) -> None:
        request = Request(self._address(), Headers(dict(self.headers)), body, self.command, peer=self.client_address[0])
        delivery = type(self).deliver(request)
        delivery.wait(type(self).sleep)
        if delivery.response is None:
            self._reset()
        else:
            self._send(delivery, delivery.response)

    def _send(self, delivery: Delivery, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if delivery.stream is not None:
            self._stream(delivery.stream)
            return
        content, compressed = self._compressed(response.body)
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        for piece in pieces(b"" if self.command == "HEAD" else content, delivery, self._wait):
            self.wfile.write(piece)
        if delivery.cut is not None:
            self._reset()

    def _wait(self, seconds: float) -> None:
        """Sleeps between two pieces, once the one before has left."""
        self.wfile.flush()
        type(self).sleep(seconds)

    def _reset(self) -> None:
        """Lets the connection end without a goodbye, once what was written has left."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER.pack(1, 0))
        self.close_connection = True

    def _stream(self, pieces: Iterable[bytes]) -> None:
        """A body in chunks, or up to the end of the connection for who does not know them (RFC 9112, section 6)."""
        if self._wants_gzip():
            self.send_header("Content-Encoding", "gzip")
            pieces = _gzipped(pieces)
        chunked = self.request_version != "HTTP/1.0"
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        for piece in filter(None, pieces):
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
        if chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _address(self) -> str:
        """The address that the caller used: descriptions are to show it, whatever name it has for this machine."""
        host = self.headers.get("Host", "")
        if not _HOST.fullmatch(host):
            host = self.own_host
        path = self.path if self.path.startswith("/") else "/" + self.path.partition("://")[2].partition("/")[2]
        return f"http://{host}{path}"

    def _compressed(self, body: bytes) -> tuple[bytes, bool]:
        if not self._wants_gzip() or len(body) < _SMALLEST_GZIP:
            return body, False
        return gzip.compress(body, compresslevel=1, mtime=0), True

    def _wants_gzip(self) -> bool:
        return "gzip" in self.headers.get("Accept-Encoding", "").lower()

    def _read_body(self) -> bytes | None:
        """The request's body, or None where it was refused; what is refused is not read, so the connection ends."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._read_chunks()
        length = self.headers.get("Content-Length", "0")
        if not _LENGTH.fullmatch(length):
            self._refuse(HTTPStatus.BAD_REQUEST)
            return None
        if int(length) > self.largest_body:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        return body

    def _read_chunks(self) -> bytes | None:
        """A body of chunks (RFC 9112, section 7.1); extensions and trailers are skipped."""
        body = bytearray()
        while True:
            try:
                size = int(self.rfile.readline(1024).partition(b";")[0], 16)
            except ValueError:
                self._refuse(HTTPStatus.BAD_REQUEST)
                return None
            if size < 0 or len(body) + size > self.largest_body:
                self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                return None
            body += self.rfile.read(size)
            if size == 0:
                break
            self.rfile.readline(1024)
        while self.rfile.readline(65_536).strip():
            pass
        return bytes(body)

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True
        self.send_error(status)


def _gzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(level=1, wbits=_GZIP)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()
