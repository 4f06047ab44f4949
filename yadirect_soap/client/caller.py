"""The way of every request of a Direct: through the middleware to the HTTP client, and its response back."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial

from yadirect_soap.protocol.messages import Request, Response, StreamedResponse

from . import call_logging
from .echoes import blank_response
from .http_client import HttpClient
from .middleware import CallContext, Logging, Middleware, WithoutToken, chain
from .settings import Settings


class Caller:
    """Calls, streamed pages, reports, WSDLs and raw zeep all send here.

    Args:
        http_client: what carries requests.
        middleware: the user's own, the first outermost; logging stands inside them, next to the HTTP client.
        settings: for whom the requests are, with the token that no response may show.
        clock: seconds, of the log's milliseconds.
    """

    def __init__(
        self, http_client: HttpClient, middleware: Sequence[Middleware], settings: Settings, clock: Callable[[], float]
    ) -> None:
        self.http_client = http_client
        self._middleware = middleware
        self._settings = settings
        self._clock = clock
        self._stations = (*middleware, Logging(settings, clock), WithoutToken(settings))

    def with_settings(self, settings: Settings) -> "Caller":
        """The same way for another client of the agency."""
        return Caller(self.http_client, self._middleware, settings, self._clock)

    def send(
        self, operation: str, request: Request, *, writes: bool, unbounded: bool = False, timeout: float | None = None
    ) -> AbstractContextManager[StreamedResponse]:
        """Sends a request; its response is read inside the with.

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

    def whole(self, operation: str, response: StreamedResponse) -> Response:
        """A response read to its end: a page of somebody in between shows no token in any form."""
        read = Response(response.status, response.headers, b"".join(response.pieces))
        blanked = blank_response(read, self._settings.token.secrets)
        call_logging.log_body(operation, blanked, self._settings.token.secrets)
        return blanked
