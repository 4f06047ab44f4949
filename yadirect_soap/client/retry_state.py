"""The attempts at one call: waits if the policy allows another one, and raises the error if not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from yadirect_soap.errors import ApiError, AuthError, DirectError
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.model import Operation

from . import call_logging, results
from .settings import Settings
from .units import UnitsWaits

_Result = TypeVar("_Result")


@contextmanager
def describing_errors(operation: Operation, settings: Settings) -> Iterator[None]:
    """Adds operation, client and what became of the request to errors that leave the `with`."""
    try:
        yield
    except DirectError as error:
        error.set_call(operation.key, writes=not results.reads(operation))
        explain(error, settings)
        raise


def explain(error: DirectError, settings: Settings) -> None:
    """Adds the client to an error, and advice to an error of the API."""
    error.client_login = settings.client_login or ""
    if isinstance(error, ApiError):
        from yadirect_soap.protocol.advice import advice  # noqa: PLC0415  only an error needs it

        error.advice = error.advice or advice(error.code, headers.language(settings.language))


class RetryState:
    """Counts the attempts at one call.

    Args:
        key: the operation, for errors and the log.
        settings: the policy, the clock, and whose call it is.
        reads: a function that returns whether the call only reads; called only after a failure.
        sleep: a function that waits for a number of seconds; None for that of the settings.
    """

    def __init__(
        self, key: str, settings: Settings, *, reads: Callable[[], bool], sleep: Callable[[float], None] | None = None
    ) -> None:
        self._key = key
        self._settings = settings
        self._reads = reads
        self._sleep = sleep or settings.sleep
        self._began = settings.clock()
        self._attempts = 1
        self._units_waits = UnitsWaits(settings)
        self._token_refreshed = False

    def run(self, attempt: Callable[[], _Result]) -> _Result:
        """Attempts the call until it succeeds, or raises the error with which the policy gives up."""
        while True:
            try:
                return attempt()
            except DirectError as error:
                self.wait_after(error)

    def wait_after(self, error: DirectError) -> None:
        """Waits until the next attempt, or raises the error with its operation added."""
        self._sleep(self.next_after(error))

    def next_after(self, error: DirectError) -> float:
        """Seconds until the next attempt, which is then counted; raises the error as wait_after does."""
        error.set_call(self._key, writes=not self._reads())
        explain(error, self._settings)
        if self._units_waits.wait_after(error):
            return 0.0
        if self._has_new_token(error):
            return 0.0
        delay = self._delay(error)
        if delay is None:
            raise error
        call_logging.log_retry(error, delay)
        self._attempts += 1
        return delay

    def _has_new_token(self, error: DirectError) -> bool:
        """Whether the token was refreshed after this error, for the first time in this call; no policy forbids that."""
        if not isinstance(error, AuthError) or not error.repeatable or self._token_refreshed:
            return False
        self._token_refreshed = True
        return True

    def _delay(self, error: DirectError) -> float | None:
        settings = self._settings
        if settings.retry is None:
            return None
        elapsed, random = settings.clock() - self._began, settings.random()
        return settings.retry.delay(error, reads=self._reads(), attempt=self._attempts, elapsed=elapsed, random=random)
