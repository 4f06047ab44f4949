"""The path of every request of a Direct: through the middleware to the HTTP client, and the response back."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from yadirect_soap.errors import DirectError
from yadirect_soap.protocol.messages import Request, Response, StreamedResponse

from . import call_logging
from .concurrency import ConcurrencyLimit
from .echoes import blank_response, masked_stream
from .http_client import HttpClient, http_client_of
from .middleware import CallContext, Middleware, Next, chain, checked
from .settings import Settings
from .timeouts import timeouts_of
from .token_refresh import TokenRefresh
from .units import UnitsBudget, UnitsLedger


class Caller:
    """Sends all requests of a Direct: calls, streamed pages, reports, WSDLs and raw zeep.

    Args:
        http_client: sends requests.
        settings: whose requests they are, and the middleware: the user's own, the first outermost; logging is inside
            them, next to the HTTP client.
        ledger: what is known of the units of each login; None for a new one.
    """

    def __init__(self, http_client: HttpClient, settings: Settings, ledger: UnitsLedger | None = None) -> None:
        self.http_client = http_client
        self._settings = settings
        self._ledger = ledger or UnitsLedger()
        self._stations = (
            *checked(settings.middleware),
            TokenRefresh(settings),
            *_limits(settings, self._ledger),
            *checked([settings.archive] if settings.archive else []),
            Logging(settings),
            WithoutToken(settings),
        )

    def with_settings(self, settings: Settings) -> "Caller":
        """Returns a copy with other settings, such as for another client of the agency."""
        return Caller(self.http_client, settings, self._ledger)

    def send(
        self, operation: str, request: Request, *, writes: bool, unbounded: bool = False, timeout: float | None = None
    ) -> AbstractContextManager[StreamedResponse]:
        """Sends a request; its response is read inside the `with`.

        Args:
            operation: what it is for: `ads.update`.
            request: address, headers and body.
            writes: whether that changes data.
            unbounded: the response may have any size, since its reader holds none of it.
            timeout: seconds for the connection and between two bytes, where the client's own are more.
        """
        context = CallContext(operation, writes, self._settings.client_login)
        last = partial(self.http_client.send, unbounded=unbounded, timeout=timeout)
        return chain(self._stations, context, last)(request)

    def read_response(self, operation: str, response: StreamedResponse) -> Response:
        """Reads a response to its end and masks the token wherever the response repeats it."""
        read = Response(response.status, response.headers, b"".join(response.pieces))
        blanked = blank_response(read, self._settings.credentials.secrets)
        call_logging.log_body(operation, blanked, self._settings.credentials.secrets)
        return blanked


def _limits(settings: Settings, ledger: UnitsLedger) -> Iterator[Middleware]:
    """Returns the enabled limits; a call that waits for units does not occupy a slot of concurrency."""
    if settings.units_policy != "off" or settings.units_budget is not None:
        yield UnitsBudget(settings, ledger)
    if settings.concurrency is not None:
        yield ConcurrencyLimit(settings)


class WithoutToken:
    """Masks the token wherever a response or an error repeats it; the innermost middleware."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(
        self, _context: CallContext, request: Request, send: Next, /
    ) -> AbstractContextManager[StreamedResponse]:
        """Sends the request; the response and its errors do not show the token."""
        return masked_stream(self._settings.credentials, send(request))


class Logging:
    """Logs each request and each response."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._clock = settings.clock

    @contextmanager
    def __call__(self, context: CallContext, request: Request, send: Next, /) -> Iterator[StreamedResponse]:
        """Sends the request; logs its line when the response has been read, or when an error took its place."""
        call_logging.log_request(context.operation, request)
        waited, began = 0.0, self._clock()

        def timed(pieces: Iterator[bytes]) -> Iterator[bytes]:
            nonlocal waited
            while True:
                started = self._clock()
                piece = next(pieces, b"")
                waited += self._clock() - started
                if not piece:
                    return
                yield piece

        with send(request) as response:
            waited, error = self._clock() - began, None
            try:
                yield response._replace(pieces=timed(response.pieces))
            except DirectError as failure:
                error = failure
                raise
            finally:
                head = Response(response.status, response.headers)
                call_logging.log_response(context.operation, head, waited, self._settings, error=error)


def open_http_client(settings: Settings) -> HttpClient:
    """Opens the HTTP client of the settings, or one over requests; ConfigurationError if the settings contradict it."""
    return http_client_of(
        settings.http_client,
        settings.session,
        timeouts_of(settings.timeout),
        settings.max_response_bytes,
        proxies=settings.proxies,
        verify=settings.verify,
        cert=settings.cert,
    )
