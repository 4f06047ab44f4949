"""An adapter for requests.Session: the emulator answers in this process, without a socket.

A fault of the connection raises the same errors of requests as on a socket.
"""

import errno
import io
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers
from urllib3 import HTTPHeaderDict, HTTPResponse
from urllib3.exceptions import ProtocolError

from yadirect_soap.protocol.messages import Headers, Request, Response

from .delivery import Delivery, RequestHandler, pieces

Sleep = Callable[[float], None]


def session(handle: RequestHandler, endpoint: str, *, sleep: Sleep = time.sleep) -> requests.Session:
    """Returns a session whose requests to `endpoint` go to `handle`; it ignores proxies and .netrc."""
    new_session = requests.Session()
    new_session.trust_env = False
    new_session.mount(endpoint, EmulatorAdapter(handle, sleep=sleep))
    return new_session


class EmulatorAdapter(BaseAdapter):
    """Sends requests to a function; mount it on a session of your own."""

    def __init__(self, handle: RequestHandler, *, sleep: Sleep = time.sleep) -> None:
        super().__init__()
        self._handle = handle
        self._sleep = sleep

    def send(  # noqa: PLR0917  the signature is that of requests
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Returns the function's response as a requests.Response, or an error of requests."""
        fields = Headers({str(name): _text(value) for name, value in request.headers.items()})
        delivery = self._handle(Request(request.url or "", fields, _body(request.body), request.method or "GET"))
        read_timeout = timeout[1] if isinstance(timeout, tuple) else timeout
        if read_timeout is not None and delivery.delay > read_timeout:
            replace(delivery, delay=read_timeout).wait(self._sleep)
            raise requests.exceptions.ReadTimeout(f"Read timed out. (read timeout={read_timeout})", request=request)
        delivery.wait(self._sleep)
        if delivery.response is None:
            raise requests.exceptions.ConnectionError(ProtocolError("Connection aborted.", _reset()), request=request)
        return _response(delivery.response, request, self._body(delivery, delivery.response, read_timeout))

    def close(self) -> None:
        """Does nothing: no connection is open."""

    def _body(self, delivery: Delivery, response: Response, read_timeout: float | None) -> io.BufferedIOBase:
        if delivery.stream is not None:
            return io.BufferedReader(_Arriving(delivery.stream, broken=False))
        if delivery.is_plain:
            return io.BytesIO(response.body)

        def wait(seconds: float) -> None:
            self._sleep(seconds if read_timeout is None else min(seconds, read_timeout))
            if read_timeout is not None and seconds > read_timeout:
                raise TimeoutError("timed out")

        return io.BufferedReader(_Arriving(pieces(response.body, delivery, wait), broken=delivery.is_broken))


class _Arriving(io.RawIOBase):
    """A body that comes in pieces; afterwards the connection may be broken."""

    def __init__(self, coming: Iterator[bytes], *, broken: bool) -> None:
        super().__init__()
        self._coming = coming
        self._unread = b""
        self._broken = broken

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Reads a piece, or the part of it that fits the buffer."""
        self._unread = self._unread or next(self._coming, b"")
        if not self._unread and self._broken:
            raise _reset()
        count = min(len(buffer), len(self._unread))
        buffer[:count], self._unread = self._unread[:count], self._unread[count:]
        return count


def _reset() -> ConnectionResetError:
    return ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))


def _response(answer: Response, request: requests.PreparedRequest, body: io.BufferedIOBase) -> requests.Response:
    response = requests.Response()
    response.status_code = answer.status
    response.headers = CaseInsensitiveDict(answer.headers)
    response.encoding = get_encoding_from_headers(response.headers)
    response.raw = HTTPResponse(
        body=body,
        headers=HTTPHeaderDict(answer.headers),
        status=answer.status,
        preload_content=False,
    )
    response.url = request.url or ""
    response.request = request
    return response


def _body(body: Any) -> bytes:
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes | bytearray):
        return bytes(body)
    if hasattr(body, "read"):
        return _body(body.read())
    return b"".join(_body(piece) for piece in body) if isinstance(body, Iterable) else bytes(body)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
