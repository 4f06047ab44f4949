"""Records how far an exchange has come and how long it may still wait; its connection writes the record.

The record alone decides whether a request may have acted, never the class of an exception: a closed proxy connection,
a timeout and a malformed header look alike before and after the request was sent. For example:

    exchange = Exchange(timeouts, time.monotonic)
    with current(exchange), exchange.waiting():
        session.send(...)                 # PREPARING, HANDED_OVER, CONNECTING, READY, SENT
    exchange.stage                        # SENT: the first byte left, the request may have acted
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import IntEnum

from yadirect_soap.language import _

from .timeouts import Timeouts


class Stage(IntEnum):
    """The stage of an exchange."""

    PREPARING = 0
    """The request is being prepared."""
    HANDED_OVER = 1
    """The session has the request; no connection has reported yet."""
    CONNECTING = 2
    """A connection is being made: name, TCP, CONNECT of a proxy, TLS.  The stage stays so if that failed."""
    READY = 3
    """A connection has the request and has sent nothing of it."""
    SENT = 4
    """The first byte of the request was sent.  It stays so, even if the request is sent again on another connection."""
    RESPONDING = 5
    """The head of the response has come."""


class Exchange:
    """One exchange: its stage, and the time limit of its next step.

    Args:
        timeouts: the limits.
        clock: a function that returns seconds.
    """

    def __init__(self, timeouts: Timeouts, clock: Callable[[], float]) -> None:
        self.timeouts = timeouts
        self.clock = clock
        self.stage = Stage.PREPARING
        self.status = 0
        """The status of the last response whose head was read."""
        self.in_hooks = False
        """Whether the session has begun to run its response hooks."""
        self.stopped_sending = ""
        self._remaining = timeouts.total
        self._end: float | None = None
        self._connect_end: float | None = None

    def reach(self, stage: Stage) -> None:
        """Records how far the request has come; once sent, it stays sent."""
        if self.stage < Stage.SENT or stage > self.stage:
            self.stage = stage

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Inside the `with`, time counts towards `total`."""
        began = self.clock()
        self._end = began + self._remaining
        try:
            yield
        finally:
            self._remaining -= self.clock() - began
            self._end = None

    @contextmanager
    def connecting(self) -> Iterator[None]:
        """Inside the `with`, a connection is being made."""
        self.reach(Stage.CONNECTING)
        self._connect_end = self.clock() + self.timeouts.connect
        try:
            yield
        finally:
            self._connect_end = None
        self.reach(Stage.READY)

    @property
    def is_over(self) -> bool:
        """Whether the time of the whole exchange is over."""
        return self._remaining <= 0 if self._end is None else self.clock() >= self._end

    def give_up_sending(self, why: str) -> None:
        """Records that the rest of the request is not sent; the wait for a response is then limited by `write`."""
        self.stopped_sending = why
        self.timeouts = self.timeouts._replace(read=min(self.timeouts.read, self.timeouts.write))

    def seconds_to_read(self) -> float:
        """Returns the time limit for the next bytes; TimeoutError if no time is left."""
        end, limit = self._end, self.timeouts.read
        if self._connect_end is not None:
            end, limit = min(self._connect_end, self._connect_end if end is None else end), self.timeouts.connect
        return limit if end is None else min(limit, self._within(end))

    def seconds_to_write(self) -> float:
        """Returns the time limit for the next bytes of the request; TimeoutError if no time is left."""
        return self.timeouts.write if self._end is None else min(self.timeouts.write, self._within(self._end))

    def _within(self, end: float) -> float:
        remaining = end - self.clock()
        if remaining <= 0:
            raise TimeoutError(_("timed out"))
        return remaining


CURRENT: ContextVar[Exchange | None] = ContextVar("exchange", default=None)
"""The exchange of this thread, to which its connections report."""


@contextmanager
def current(exchange: Exchange) -> Iterator[None]:
    """Inside the `with`, connections report to this exchange."""
    token = CURRENT.set(exchange)
    try:
        yield
    finally:
        CURRENT.reset(token)
