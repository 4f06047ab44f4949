"""When to repeat a call: a frozen policy, operation and failure in, delay or None out; it never sleeps itself.

https://yandex.ru/dev/direct/doc/ru/best-practice/modify: an operation that failed must not be repeated blindly.
"""

from typing import NamedTuple, Self

from yadirect_soap.errors import (
    ConfigurationError,
    DirectError,
    HttpError,
    ResponseLostError,
    TemporaryError,
)

_MOST_DOUBLINGS = 60
"""More than any wait needs, and less than a float can hold."""
_GATEWAY_STATUSES = frozenset({429, 502, 503, 504})


class Retry(NamedTuple):
    """Up to `attempts` in all, waiting `wait_initial` seconds, then twice as long each time but at most `wait_max`.

    Each wait is drawn between half and the whole of that (jitter), and none is begun that would end later than
    `timeout` seconds after the first attempt began.  Where the server names the seconds (Retry-After), the wait is
    not shorter, even if they are more than `wait_max`.  A read is repeated after a lost connection, a gateway's 429,
    502, 503 or 504 and the codes 52, 56, 506, 1000, 1001, 1002 and 9000; a write only where it certainly did not act:
    the request was never sent, or was turned away unread (52, 56, 506, 9000: `error.repeatable`).
    """

    attempts: int = 5
    wait_initial: float = 1.0
    wait_max: float = 60.0
    timeout: float = 300.0

    def checked(self) -> Self:
        """Returns itself; ConfigurationError where its numbers make no sense."""
        if isinstance(self.attempts, bool) or not isinstance(self.attempts, int):
            raise ConfigurationError(f"Retry takes a whole number of attempts, not {self.attempts!r:.40}")
        times = {"wait_initial": self.wait_initial, "wait_max": self.wait_max, "timeout": self.timeout}
        for name, seconds in times.items():
            if isinstance(seconds, bool) or not isinstance(seconds, int | float):
                raise ConfigurationError(f"{name} of Retry is a number of seconds, not {seconds!r:.40}")
        # Not `< 0` of the smallest: no comparison with NaN holds.
        if self.attempts < 1 or not all(seconds >= 0 for seconds in times.values()):
            raise ConfigurationError("Retry takes at least one attempt, and no negative times")
        return self

    def delay(self, error: DirectError, *, reads: bool, attempt: int, elapsed: float, random: float) -> float | None:
        """Seconds to wait before the next attempt, or None to give up.

        `attempt` counts from 1, `elapsed` is seconds since the first began, `random` a random number from 0 to 1.
        """
        if attempt >= self.attempts or not self.allows(error, reads=reads):
            return None
        doublings = min(attempt - 1, _MOST_DOUBLINGS)
        wait = min(self.wait_max, self.wait_initial * 2**doublings) * (0.5 + random / 2)
        wait = max(wait, error.retry_after or 0.0)
        return wait if elapsed + wait <= self.timeout else None

    def allows(self, error: DirectError, *, reads: bool) -> bool:
        """Whether repeating after this failure is safe and of use."""
        return error.repeatable or (reads and _passes(error))


def _passes(error: DirectError) -> bool:
    if isinstance(error, HttpError):
        return error.status in _GATEWAY_STATUSES
    return isinstance(error, ResponseLostError | TemporaryError)


def policy_of(retry: object) -> Retry | None:
    """A policy, or None for a single attempt; ConfigurationError for anything else."""
    if retry is None:
        return None
    if isinstance(retry, Retry):
        return retry.checked()
    raise ConfigurationError(f"retry is a Retry or None, not {retry!r:.40}")
