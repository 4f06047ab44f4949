"""One HTTP exchange over a requests.Session, within the timeouts; independent of the API."""

import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, Protocol, TypeVar

import requests
import urllib3
from requests.adapters import HTTPAdapter

from yadirect_soap.errors import ConfigurationError, DecodeError, DirectError, ResponseLostError
from yadirect_soap.forks import ForkLock, call_after_fork
from yadirect_soap.language import _, in_words
from yadirect_soap.protocol.messages import Headers, Request, StreamedResponse

from .connection_settings import checked_verify
from .connections import free_queues, guard, leave_to_parent
from .exchange import Exchange, Stage, current
from .prepared_requests import PreparedRequests
from .session_settings import SessionSettings
from .timeouts import Timeouts, checked_size
from .transport_errors import translate

T = TypeVar("T")

_CHUNK = 1 << 16
_POOL = 32
_REFUSED = 400


class HttpClient(Protocol):
    """The interface for sending HTTP requests; implement it for another library than requests, a gateway or a test."""

    def send(
        self, request: Request, /, *, unbounded: bool = False, timeout: float | None = None
    ) -> AbstractContextManager[StreamedResponse]:
        """Sends one request, once; its response is read inside the `with`.

        Args:
            request: absolute address, headers with the token, the bytes of the body.
            unbounded: the response may have any size, because its rows are not kept in memory (a report).
            timeout: an upper limit in seconds for connecting and between two bytes; None sets none.

        Returns:
            A context manager of the status, the headers, and the pieces of the decompressed body as they arrive.

        Raises:
            NotSentError: no byte of the request can have left.
            TransportError: any other failure; a write may have acted.
        """

    def close(self) -> None:
        """Closes the connections."""


class RequestsClient:
    """Sends requests over a requests.Session: its pool, proxies, CA bundles, client certificates and gzip."""

    def __init__(
        self,
        session: requests.Session,
        *,
        timeouts: Timeouts,
        max_response_bytes: int,
        owned: bool,
        proxies: Mapping[str, str] | None = None,
        verify: bool | str | None = None,
        cert: str | tuple[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.session = session
        self.timeouts = timeouts
        self.max_response_bytes = checked_size(max_response_bytes)
        self._owned = owned
        self._settings = SessionSettings(session, proxies, verify, cert)
        self._prepared_requests = PreparedRequests(session)
        self._clock = clock
        self._pools: weakref.WeakSet[Any] = weakref.WeakSet()
        self._is_inherited = False
        self._renewing = ForkLock()
        call_after_fork(self)

    def after_fork(self) -> None:
        """Notes that the connections belong to the parent process."""
        self._is_inherited = True
        free_queues(self._pools)

    @contextmanager
    def send(
        self, request: Request, /, *, unbounded: bool = False, timeout: float | None = None
    ) -> Iterator[StreamedResponse]:
        """Sends a request; the response is read inside the `with`, within the limits, and released after it."""
        sending = _Sending(self, Exchange(self.timeouts.capped(timeout), self._clock))
        with sending.open_response(request) as response:
            pieces = sending.pieces(response, None if unbounded else self.max_response_bytes)
            yield StreamedResponse(response.status_code, Headers(response.headers), pieces)

    def prepared(self, request: Request) -> requests.PreparedRequest:
        """Returns a request as the session prepares it."""
        return self._prepared_requests.of(request)

    def settings(self, address: str) -> dict[str, Any]:
        """Proxies and certificates for an address: the given ones, or those of the session and the environment."""
        return self._settings.of(address)

    def guard(self, prepared: requests.PreparedRequest, settings: dict[str, Any]) -> None:
        """Makes the connections for a request report how far it has come."""
        if (pool := guard(self.session, prepared, settings)) is not None:
            self._pools.add(pool)

    def renew(self) -> None:
        """Opens new connections in a child process, before the first exchange there."""
        if not self._is_inherited:
            return
        with self._renewing:
            if self._is_inherited:
                leave_to_parent(self.session, list(self._pools))
                self._pools.clear()
                self._is_inherited = False

    def close(self) -> None:
        """Closes the session, unless it was passed in."""
        self.renew()
        if self._owned:
            self.session.close()


class _Sending:
    """The sending of one request."""

    def __init__(self, transport: RequestsClient, exchange: Exchange) -> None:
        self._transport = transport
        self._exchange = exchange
        self._settings: dict[str, Any] = {}

    @contextmanager
    def open_response(self, request: Request) -> Iterator[requests.Response]:
        """Sends the request; inside the `with` the head of the response has come, and its body can be read."""
        with ExitStack() as stack:
            yield self._run_step(lambda: self._send(request, stack))

    def pieces(self, response: requests.Response, max_bytes: int | None) -> Iterator[bytes]:
        """Yields the body; only the time spent on waiting for its bytes counts."""
        pieces = self._run_step(lambda: _pieces(response))
        size = 0
        while piece := self._run_step(lambda: next(pieces, b"")):
            size += len(piece)
            if max_bytes is not None and size > max_bytes:
                raise DecodeError(_("the response is larger than {bytes} bytes", bytes=max_bytes))
            if self._exchange.is_over:
                seconds = self._exchange.timeouts.total
                raise ResponseLostError(_("the response was not complete after {seconds:g} seconds", seconds=seconds))
            yield piece

    def _run_step(self, step: Callable[[], T]) -> T:
        """Runs a step of the exchange and translates its errors."""
        try:
            with self._exchange.waiting():
                return step()
        except _HookError as error:
            failed: DirectError = ResponseLostError(in_words(error))
        except Exception as error:  # noqa: BLE001  a session and its hooks may raise anything
            failed = translate(error, self._exchange, self._settings)
        # Outside the except, so that the error carries no frame of requests and urllib3: those hold the headers.
        raise failed

    def _send(self, request: Request, stack: ExitStack) -> requests.Response:
        self._transport.renew()
        session, exchange = self._transport.session, self._exchange
        prepared = self._transport.prepared(request)
        settings = self._settings = self._transport.settings(prepared.url or "")
        self._transport.guard(prepared, settings)
        # The response is released, whatever a hook of the session does with it.
        prepared.hooks["response"].insert(0, _closing_hook(stack, exchange))
        prepared.hooks["response"].append(_no_redirect_hook)
        exchange.reach(Stage.HANDED_OVER)
        timeout = (exchange.timeouts.connect, exchange.timeouts.read)
        with current(exchange):
            try:
                response = session.send(prepared, timeout=timeout, allow_redirects=False, **settings)
            except requests.HTTPError as error:
                # A hook has called raise_for_status; the status is handled where the response is read.
                if error.response is None:
                    raise
                response = error.response
                if response.status_code < _REFUSED:
                    raise
        exchange.reach(Stage.RESPONDING)
        stack.callback(_close_response, response)
        return response


def _close_response(response: Any) -> None:
    """Closes a response: its connection is used again if the response was read to its end."""
    if response.raw is not None:
        response.close()


def _closing_hook(stack: ExitStack, exchange: Exchange) -> Callable[..., None]:
    """The first hook of a request: registers its response to be closed."""

    def hook(response: Any, *_args: Any, **_options: Any) -> None:
        exchange.in_hooks = True
        stack.callback(_close_response, response)

    return hook


class _HookError(Exception):
    """A hook of the session has consumed the response."""


class _NoRedirect(requests.Response):
    """A response that requests does not follow as a redirect, since it would read the body without our limits."""

    is_redirect = False


def _no_redirect_hook(response: Any, *_args: Any, **_options: Any) -> Any:
    """The last hook of a request: keeps requests from treating the response as a redirect."""
    if not isinstance(response, requests.Response) or not response.is_redirect:
        return response
    unfollowed = _NoRedirect()
    unfollowed.__dict__ = response.__dict__
    return unfollowed


def http_client_of(
    http_client: HttpClient | None,
    session: requests.Session | None,
    timeouts: Timeouts,
    max_response_bytes: int,
    *,
    proxies: Mapping[str, str] | None = None,
    verify: bool | str | None = None,
    cert: str | tuple[str, str] | None = None,
) -> HttpClient:
    """Returns the given client, or creates one over requests; ConfigurationError if settings contradict each other."""
    if http_client is None:
        return over_requests(session, timeouts, max_response_bytes, proxies=proxies, verify=verify, cert=cert)
    if not callable(getattr(http_client, "send", None)):
        raise ConfigurationError(
            _("http_client is an HttpClient, with a method send, not {http_client!r:.40}", http_client=http_client)
        )
    if session or proxies or verify is not None or cert is not None:
        raise ConfigurationError(_("http_client brings its own session, proxies and certificates"))
    return http_client


def over_requests(
    session: requests.Session | None,
    timeouts: Timeouts,
    max_response_bytes: int,
    *,
    proxies: Mapping[str, str] | None = None,
    verify: bool | str | None = None,
    cert: str | tuple[str, str] | None = None,
) -> RequestsClient:
    """Creates a client over the given session, or over a new one with a pool that many threads may share."""
    if session is not None:
        if isinstance(session, type) or not callable(getattr(session, "request", None)):
            raise ConfigurationError(_("session is a requests.Session, not {session!r:.40}", session=session))
        if proxies or verify is not None or cert is not None:
            raise ConfigurationError(_("set proxies, verify and cert on your session"))
        checked_verify(session.verify)
        return RequestsClient(session, timeouts=timeouts, max_response_bytes=max_response_bytes, owned=False)
    session = requests.Session()
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(pool_connections=_POOL, pool_maxsize=_POOL))
    return RequestsClient(
        session,
        timeouts=timeouts,
        max_response_bytes=max_response_bytes,
        owned=True,
        proxies=proxies,
        verify=verify,
        cert=cert,
    )


def _pieces(response: requests.Response) -> Iterator[bytes]:
    """Yields the body as it arrives, or as a hook of the session has read it; iter_content waits for whole chunks."""
    raw = response.raw
    # That a hook has read it, requests has no public word for.
    if getattr(response, "_content", False) is not False:
        return iter((response.content or b"",))
    if not isinstance(raw, urllib3.HTTPResponse):
        return response.iter_content(_CHUNK)
    if getattr(response, "_content_consumed", False) or raw.closed or raw.tell():
        raise _HookError(
            _(
                "a response hook of the session has read or closed the response, and nothing is left "
                "of it; a hook may use response.content"
            )
        )
    return iter(lambda: raw.read1(_CHUNK, decode_content=True), b"")
