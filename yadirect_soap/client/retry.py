"""The retry policy: decides after which failure a call is repeated, and after how many seconds.

https://yandex.ru/dev/direct/doc/ru/best-practice/modify: an operation that failed must not be repeated blindly.
"""

import re
from typing import NamedTuple, Self

from yadirect_soap.errors import (
    ConfigurationError,
    DirectError,
    HttpError,
    ResponseLostError,
    TemporaryError,
)
from yadirect_soap.language import _

_MOST_DOUBLINGS = 60
"""More than any wait needs, and less than a float can hold."""
_GATEWAY_STATUSES = frozenset({429, 502, 503, 504})


class Retry(NamedTuple):
    """When a call is repeated, and how long to wait before it.

    The wait is `wait_initial` seconds, then twice as long after each attempt, up to `wait_max`. Each wait is drawn at
    random between half of that and all of it (jitter). If the server sends Retry-After, the wait is not shorter than
    that, even if it exceeds `wait_max`.

    A read is repeated after a lost connection, after a gateway's 429, 502, 503 or 504 and after the codes 52, 56, 506,
    1000, 1001, 1002 and 9000. A write is repeated only if it certainly did not act: the request was never sent, or was
    turned away unread (52, 56, 506, 9000: `error.repeatable`).

    Attributes:
        attempts: calls in all, the first one included.
        wait_initial: seconds before the second attempt.
        wait_max: the longest wait, in seconds.
        timeout: seconds since the first attempt began; no wait ends later than that.
    """

    attempts: int = 5
    wait_initial: float = 1.0
    wait_max: float = 60.0
    timeout: float = 300.0

    def checked(self) -> Self:
        """Checks the numbers of the policy.

        Returns:
            The policy itself.

        Raises:
            ConfigurationError: a number is negative, is not a number, or allows no attempt.
        """
        if isinstance(self.attempts, bool) or not isinstance(self.attempts, int):
            raise ConfigurationError(
                _("Retry takes a whole number of attempts, not {attempts!r:.40}", attempts=self.attempts)
            )
        times = {"wait_initial": self.wait_initial, "wait_max": self.wait_max, "timeout": self.timeout}
        for name, seconds in times.items():
            if isinstance(seconds, bool) or not isinstance(seconds, int | float):
                raise ConfigurationError(
                    _("{name} of Retry is a number of seconds, not {seconds!r:.40}", name=name, seconds=seconds)
                )
        # Not `< 0` of the smallest: no comparison with NaN holds.
        if self.attempts < 1 or not all(seconds >= 0 for seconds in times.values()):
            raise ConfigurationError(_("Retry takes at least one attempt, and no negative times"))
        return self

    def delay(self, error: DirectError, *, reads: bool, attempt: int, elapsed: float, random: float) -> float | None:
        """Decides whether a failed call is repeated.

        Args:
            error: the failure.
            reads: whether the operation changes no data.
            attempt: the number of the failed attempt, from 1.
            elapsed: seconds since the first attempt began.
            random: a random number from 0 to 1.

        Returns:
            Seconds to wait before the next attempt; None to give up.
        """
        if attempt >= self.attempts or not self.allows(error, reads=reads):
            return None
        doublings = min(attempt - 1, _MOST_DOUBLINGS)
        wait = min(self.wait_max, self.wait_initial * 2**doublings) * (0.5 + random / 2)
        wait = max(wait, error.retry_after or 0.0)
        return wait if elapsed + wait <= self.timeout else None

    def allows(self, error: DirectError, *, reads: bool) -> bool:
        """Decides whether it is safe and useful to repeat a call after this failure.

        Args:
            error: the failure.
            reads: whether the operation changes no data.

        Returns:
            True if the call may be repeated.
        """
        return error.repeatable or (reads and _passes(error))


def _passes(error: DirectError) -> bool:
    if isinstance(error, HttpError):
        return error.status in _GATEWAY_STATUSES
    return isinstance(error, ResponseLostError | TemporaryError)


def policy_of(retry: object) -> Retry | None:
    """Checks the setting `retry`: a Retry, or None for a single attempt; ConfigurationError for anything else."""
    if retry is None:
        return None
    if isinstance(retry, Retry):
        return retry.checked()
    raise ConfigurationError(_("retry is a Retry or None, not {retry!r:.40}", retry=retry))


def read_retries(name: str, text: str) -> Retry:
    """Reads the number of repeats of a call; ConfigurationError for anything but a whole number of 0 or more."""
    if not re.fullmatch("[0-9]{1,4}", text):
        raise ConfigurationError(_("{name} is a whole number of 0 or more, not {text!r:.40}", name=name, text=text))
    return Retry(attempts=int(text) + 1)
