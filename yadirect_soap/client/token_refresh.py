"""The middleware that refreshes a token which the API refuses early, for example because it was revoked.

Error 53 comes from the check of the token, before the API reads the operation, so that nothing was carried out: after
the token is refreshed, RetryState sends the same call once more, a write too.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from yadirect_soap.errors import AuthError, ConfigurationError, NotSentError
from yadirect_soap.language import in_words
from yadirect_soap.protocol.headers import AUTHORIZATION
from yadirect_soap.protocol.messages import Request, StreamedResponse

from . import call_logging
from .middleware import CallContext, Next
from .settings import Settings

_INVALID_TOKEN = 53


class TokenRefresh:
    """Refreshes the token after error 53, and marks the error as repeatable if there is a new one."""

    def __init__(self, settings: Settings) -> None:
        self._credentials = settings.credentials

    @contextmanager
    def __call__(self, context: CallContext, request: Request, send: Next, /) -> Iterator[StreamedResponse]:
        """Sends the request, and handles errors, also those raised while its response is read."""
        with send(request) as response:
            try:
                yield response
            except AuthError as error:
                if error.code == _INVALID_TOKEN:
                    self._refresh(error, context, request.headers.get(AUTHORIZATION, ""))
                raise

    def _refresh(self, error: AuthError, context: CallContext, authorization: str) -> None:
        """Refreshes the token of a request; if that fails, the error says what to do instead."""
        try:
            error.repeatable = self._credentials.refresh(authorization)
        except (ConfigurationError, NotSentError) as failure:
            error.advice = in_words(failure)
        else:
            if error.repeatable:
                call_logging.log_refreshed_token(context.operation)
