"""The emulator behind requests.Session: requests to its address are answered in this process, without a socket."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers
from urllib3 import HTTPHeaderDict, HTTPResponse

from yadirect_soap.protocol.messages import Headers, Request, Response, Streamed

Answer = Callable[[Request], Response | Streamed]


def session(answer: Answer, endpoint: str) -> requests.Session:
    """A session whose requests under `endpoint` go to `answer`, and which asks neither proxies nor .netrc about it."""
    made = requests.Session()
    made.trust_env = False
    made.mount(endpoint, EmulatorAdapter(answer))
    return made


class EmulatorAdapter(BaseAdapter):
    """Carries requests to a function; mount it on a session of your own."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._answer = answer

    def send(  # noqa: PLR0917  the signature is that of requests
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Gives the function's response in the form in which requests gives one off the network."""
        fields = Headers({str(name): _text(value) for name, value in request.headers.items()})
        address = Request(request.url or "", fields, _body(request.body), request.method or "GET")
        return _response(self._answer(address), request)

    def close(self) -> None:
        """Nothing is held open."""


def _response(answer: Response | Streamed, request: requests.PreparedRequest) -> requests.Response:
    response = requests.Response()
    response.status_code = answer.status
    response.headers = CaseInsensitiveDict(answer.headers)
    response.encoding = get_encoding_from_headers(response.headers)
    response.raw = HTTPResponse(
        body=io.BytesIO(answer.body) if isinstance(answer, Response) else io.BufferedReader(_Pieces(answer.pieces)),
        headers=HTTPHeaderDict(answer.headers),
        status=answer.status,
        preload_content=False,
    )
    response.url = request.url or ""
    response.request = request
    return response


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a file to read from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        """A file to read from."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills in what one piece has, or a part of it; 0 at the end."""
        self._rest = self._rest or next(self._pieces, b"")
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


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
