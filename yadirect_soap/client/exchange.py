"""How far one exchange has come, and how long it may still wait: the record that its connection writes.

Whether a request may have acted is told from this record alone, never from the class of an exception: a proxy that
closes before the response, a timeout and a malformed header look alike before and after the request was sent.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import IntEnum

from .timeouts import Timeouts


class Stage(IntEnum):
    """How far a request has come."""

    PREPARING = 0
    """It is in nobody's hands yet."""
    HANDED_OVER = 1
    """The session has it; no connection of ours has reported."""
    CONNECTING = 2
    """A connection is being made: name, TCP, CONNECT of a proxy, TLS handshake.  It stays so where that failed."""
    READY = 3
    """A connection has the request, and has sent nothing of it."""
    SENT = 4
    """The first byte of the request was sent.  It stays so, even where the request is sent anew over another one."""
    RESPONDING = 5
    """The head of the response is there."""


class Exchange:
    """One exchange: its stage, and how long its next step may take; `clock` is in seconds."""

    def __init__(self, timeouts: Timeouts, clock: Callable[[], float]) -> None:
        self.timeouts = timeouts
        self.clock = clock
        self.stage = Stage.PREPARING
        self.status = 0
        """Of the last response whose head was read."""
        self.in_hooks = False
        """Whether the session has begun to run its response hooks."""
        self.stopped_sending = ""
        self._remaining = timeouts.total
        self._end: float | None = None
        self._connect_end: float | None = None

    def reach(self, stage: Stage) -> None:
        """Notes how far the request has come; what was sent stays sent."""
        if self.stage < Stage.SENT or stage > self.stage:
            self.stage = stage

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Inside the with, time counts towards `total`."""
        began = self.clock()
        self._end = began + self._remaining
        try:
            yield
        finally:
            self._remaining -= self.clock() - began
            self._end = None

    @contextmanager
    def connecting(self) -> Iterator[None]:
        """Inside the with, a connection is being made."""
        self.reach(Stage.CONNECTING)
        self._connect_end = self.clock() + self.timeouts.connect
        try:
            yield
        finally:
            self._connect_end = None
        self.reach(Stage.READY)

    @property
    def is_over(self) -> bool:
        """Whether the time of the whole exchange is up."""
        return self._remaining <= 0 if self._end is None else self.clock() >= self._end

    def give_up_sending(self, why: str) -> None:
        """Notes that the rest of the request is not sent: a response is waited for no longer than sending was."""
        self.stopped_sending = why
        self.timeouts = self.timeouts._replace(read=min(self.timeouts.read, self.timeouts.write))

    def seconds_to_read(self) -> float:
        """How long the next bytes may be waited for; raises TimeoutError when no time is left."""
        end, limit = self._end, self.timeouts.read
        if self._connect_end is not None:
            end, limit = min(self._connect_end, self._connect_end if end is None else end), self.timeouts.connect
        return limit if end is None else min(limit, self._within(end))

    def seconds_to_write(self) -> float:
        """How long the next bytes of the request may take; raises TimeoutError when no time is left."""
        return self.timeouts.write if self._end is None else min(self.timeouts.write, self._within(self._end))

    def _within(self, end: float) -> float:
        remaining = end - self.clock()
        if remaining <= 0:
            raise TimeoutError("timed out")
        return remaining


CURRENT: ContextVar[Exchange | None] = ContextVar("exchange", default=None)
"""The exchange that this thread is in, for the connections that serve it."""


@contextmanager
def current(exchange: Exchange) -> Iterator[None]:
    """Inside the with, connections report to this exchange."""
    token = CURRENT.set(exchange)
    try:
        yield
    finally:
        CURRENT.reset(token)
