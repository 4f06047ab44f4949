"""One exchange over a requests.Session; maps the errors of requests to ours, and knows nothing of the API."""

import ssl
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import NamedTuple, Protocol, Self

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase

from yadirect_soap.errors import AnswerLostError, ConfigurationError, DecodeError, DirectError, NotSentError
from yadirect_soap.protocol.headers import AUTHORIZATION
from yadirect_soap.protocol.messages import Headers, Request, Response, Streamed

from .connection_settings import checked_verify

_CHUNK = 1 << 16
_POOL = 32
_FOREVER = threading.TIMEOUT_MAX


class Limits(NamedTuple):
    """How long and how large an exchange may be: seconds to connect, between two bytes, in all; bytes decompressed.

    The rows of a report may be more bytes: they are not held.
    """

    connect: float = 10.0
    read: float = 180.0
    total: float = 900.0
    answer_bytes: int = 512 * 1024 * 1024

    def checked(self) -> Self:
        """Returns itself; ConfigurationError where a time is no time."""
        # Not `> 0` of the smallest: no comparison with NaN holds.
        if not all(0 < seconds < _FOREVER for seconds in (self.connect, self.read, self.total)):
            raise ConfigurationError("a timeout is a number of seconds, more than 0")
        return self


class Transport(Protocol):
    """What carries requests; the one seam that a test or a gateway replaces."""

    def exchange(self, request: Request, /) -> Response:
        """Sends a request and reads its answer; raises TransportError."""

    def close(self) -> None:
        """Lets go of connections."""


class SessionTransport:
    """Exchanges over requests: its pool, proxies, CA bundles, client certificates and gzip."""

    def __init__(
        self,
        session: requests.Session,
        *,
        limits: Limits,
        owned: bool,
        proxies: Mapping[str, str] | None = None,
        verify: bool | str | None = None,
        cert: str | tuple[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.session = session
        self.limits = limits
        self._owned = owned
        self._proxies = proxies or {}
        self._verify = verify
        self._cert = cert
        self._clock = clock

    def exchange(self, request: Request) -> Response:
        """Sends a request and reads its answer, decompressed and no larger than the limits allow."""
        with self.stream(request) as answer:
            return Response(answer.status, answer.headers, b"".join(answer.pieces))

    @contextmanager
    def stream(self, request: Request, *, endless: bool = False, within: float | None = None) -> Iterator[Streamed]:
        """Sends a request; its answer is read inside the with, within the limits, and let go after it.

        An `endless` one may have any size: whoever reads it holds none of it.  `within` so many seconds, where the
        limits allow more, a connection is made, and the next bytes come.
        """
        began = self._clock()
        with _border():
            answer = self.send(request, stream=True, within=within)
        with answer:
            most = None if endless else self.limits.answer_bytes
            pieces = self._within_limits(answer, self._clock() - began, most)
            yield Streamed(answer.status_code, Headers(answer.headers), pieces)

    def send(self, request: Request, *, stream: bool = False, within: float | None = None) -> requests.Response:
        """Sends a request and gives the answer of requests, or raises its errors."""
        most = _FOREVER if within is None else within
        return self.session.request(
            request.method,
            request.address,
            data=request.body,
            headers={name: value for name, value in request.headers.items() if name != AUTHORIZATION},
            auth=Signed(request.headers.get(AUTHORIZATION)),
            timeout=(min(self.limits.connect, most), min(self.limits.read, most)),
            allow_redirects=False,
            stream=stream,
            # Here and not on the session, where requests would let the environment take their place.
            proxies=dict(self._proxies),
            verify=self._verify,
            cert=self._cert,
        )

    def close(self) -> None:
        """Closes the session, where it is ours."""
        if self._owned:
            self.session.close()

    def _within_limits(self, answer: requests.Response, waited: float, most: int | None) -> Iterator[bytes]:
        """The body's pieces; only the time spent on waiting for them counts, not what is done with them."""
        pieces = _pieces(answer)
        size = 0
        while True:
            began = self._clock()
            with _border():
                piece = next(pieces, b"")
            size += len(piece)
            waited += self._clock() - began
            if most is not None and size > most:
                raise DecodeError(f"the answer is larger than {most} bytes")
            if waited > self.limits.total:
                raise AnswerLostError(f"the answer was not complete after {self.limits.total:g} seconds")
            if not piece:
                return
            yield piece


class Signed(AuthBase):
    """Puts Authorization on a request last, so that no .netrc file can take its place; masked in its repr."""

    def __init__(self, authorization: str | None) -> None:
        self._authorization = authorization

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Signs a prepared request, as requests asks of its AuthBase."""
        if self._authorization is not None:
            request.headers[AUTHORIZATION] = self._authorization
        return request

    def __repr__(self) -> str:
        return "Signed(***)"


def streamed(
    transport: Transport, request: Request, *, endless: bool = False, within: float | None = None
) -> AbstractContextManager[Streamed]:
    """Sends a request, and gives its answer to be read inside the with: as it comes, where that can be."""
    if isinstance(transport, SessionTransport):
        return transport.stream(request, endless=endless, within=within)
    answer = transport.exchange(request)
    return nullcontext(Streamed(answer.status, answer.headers, iter((answer.body,))))


def over_requests(
    session: requests.Session | None,
    limits: Limits,
    *,
    proxies: Mapping[str, str] | None = None,
    verify: bool | str | None = None,
    cert: str | tuple[str, str] | None = None,
) -> SessionTransport:
    """A transport over the caller's session, or over one of our own with a pool that many threads may share."""
    if session is not None:
        if proxies or verify is not None or cert is not None:
            raise ConfigurationError("set proxies, verify and cert on your session")
        checked_verify(session.verify)
        return SessionTransport(session, limits=limits, owned=False)
    session = requests.Session()
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(pool_connections=_POOL, pool_maxsize=_POOL))
    return SessionTransport(session, limits=limits, owned=True, proxies=proxies, verify=verify, cert=cert)


def _pieces(answer: requests.Response) -> Iterator[bytes]:
    """The body as it arrives: iter_content waits for a whole chunk, however slowly its bytes drip."""
    if not isinstance(answer.raw, urllib3.HTTPResponse):
        return answer.iter_content(_CHUNK)
    return iter(lambda: answer.raw.read1(_CHUNK, decode_content=True), b"")


@contextmanager
def _border() -> Iterator[None]:
    """Where the errors of requests and of what it stands on become ours."""
    try:
        yield
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, UnicodeError) as error:
        raise _translated(error) from error


def _translated(error: Exception) -> DirectError:
    """Never sent, answer lost or unreadable, or a setting that requests refuses; the text holds no header."""
    if isinstance(error, urllib3.exceptions.DecodeError | requests.exceptions.ContentDecodingError):
        return DecodeError(f"the answer cannot be decompressed: {_name(error)}")
    if isinstance(error, urllib3.exceptions.HTTPError):
        return AnswerLostError(f"the answer broke off: {_name(error)}")
    # requests raises a bare OSError where a CA bundle or a certificate is not there.
    if isinstance(error, ValueError) or type(error) is OSError:
        return ConfigurationError(f"requests refuses the address or a setting: {error}")
    if _never_connected(error):
        return NotSentError(f"no connection: {_name(error)}")
    if isinstance(error, requests.Timeout):
        return AnswerLostError("no answer in time; the request may have acted")
    return AnswerLostError(f"the connection broke: {_name(error)}; the request may have acted")


def _never_connected(error: Exception) -> bool:
    if isinstance(error, requests.exceptions.SSLError):
        return _failed_in_handshake(error)
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", cause), urllib3.exceptions.NewConnectionError)


def _failed_in_handshake(error: BaseException) -> bool:
    """Whether TLS failed inside connect(); it fails later too, when the request has left and may have acted."""
    cause: object = error
    while isinstance(cause, Exception) and not isinstance(cause, ssl.SSLError):
        cause = getattr(cause, "reason", None) or next(iter(cause.args), None)
    frames = traceback.walk_tb(cause.__traceback__) if isinstance(cause, ssl.SSLError) else ()
    return any(frame.f_code.co_name == "connect" for frame, _ in frames)


def _name(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
