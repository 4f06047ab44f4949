"""Limits how often a login sends report requests, and how many of its reports are queued; shared by all threads.

https://yandex.ru/dev/direct/doc/ru/mode
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from yadirect_soap.forks import ForkLock, call_after_fork

if TYPE_CHECKING:
    from yadirect_soap.protocol.reports.facts import Limits

_LOOK_AGAIN = 0.5
"""Seconds between two checks for a free slot, or for a request that has ended."""

Sleep = Callable[[float], object]
"""Waits for a number of seconds, or raises an error if there is no time for it."""


class RateLimiter:
    """The limits of one login: requests in a span of time, reports in the queue.

    A request counts from when it is sent until the span has passed since its response or failure. It reached the
    service at some moment in between, and from then on the service counts the span.
    """

    def __init__(self, limits: "Limits", *, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = ForkLock()
        self._asking = 0
        self._counted_until: deque[float] = deque()
        self._queued = 0
        call_after_fork(self)

    def after_fork(self) -> None:
        """Forgets the requests of the parent's threads: no thread of this process will end them."""
        self._asking = self._queued = 0

    @contextmanager
    def acquire(self, wait: Sleep) -> Iterator[None]:
        """Waits until another request is within the limit; the request is sent inside the `with`."""
        while (seconds := self._until_next()) > 0:
            wait(seconds)
        try:
            yield
        finally:
            with self._lock:
                self._asking = max(self._asking - 1, 0)
                self._counted_until.append(self._clock() + self._limits.seconds)

    @contextmanager
    def slot(self, wait: Sleep) -> Iterator[None]:
        """Waits for a free slot in the queue and holds it inside the `with`."""
        while not self._enter():
            wait(_LOOK_AGAIN)
        try:
            yield
        finally:
            with self._lock:
                self._queued = max(self._queued - 1, 0)

    def _until_next(self) -> float:
        """Seconds until a request may be sent; 0 if it may be sent now, and then it is counted."""
        with self._lock:
            now = self._clock()
            while self._counted_until and self._counted_until[0] <= now:
                self._counted_until.popleft()
            if self._asking + len(self._counted_until) < self._limits.requests:
                self._asking += 1
                return 0.0
            return self._counted_until[0] - now if self._counted_until else _LOOK_AGAIN

    def _enter(self) -> bool:
        with self._lock:
            if self._queued >= self._limits.queued:
                return False
            self._queued += 1
            return True


class RateLimiters:
    """A RateLimiter for each login, created on first use.

    Args:
        limits: the limits; None takes the documented ones.
        clock: a function that returns seconds.
    """

    def __init__(self, limits: "Limits | None" = None, *, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = ForkLock()
        self._of: dict[str, RateLimiter] = {}

    def of(self, login: str) -> RateLimiter:
        """Returns the RateLimiter of a login; "" is the login of the token."""
        from yadirect_soap.protocol.reports import facts  # noqa: PLC0415  every Direct has Governors, few ask them

        with self._lock:
            if login not in self._of:
                self._of[login] = RateLimiter(self._limits or facts.bundled().limits, clock=self._clock)
            return self._of[login]
