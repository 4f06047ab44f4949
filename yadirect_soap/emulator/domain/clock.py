"""The emulator's clock, which tests move; units, moderation and times of changes depend on it alone."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from yadirect_soap.language import _


class Clock:
    """Returns seconds since the epoch when it is called: those of its source, plus all moves.

        emulator.clock.advance(hours=1)
        emulator.clock.set(datetime(2026, 1, 31, 12, tzinfo=UTC))

    It runs with its source unless it is frozen.  Safe to share among threads.

    Args:
        source: returns seconds since the epoch.
    """

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self._shift = 0.0
        self._frozen: float | None = None
        self._lock = threading.Lock()

    @classmethod
    def frozen(cls, moment: datetime) -> "Clock":
        """Creates a clock that is frozen.

        Args:
            moment: the time that it shows, with a time zone.

        Returns:
            The clock.

        Raises:
            ValueError: the moment has no time zone.
        """
        clock = cls()
        clock.freeze()
        clock.set(moment)
        return clock

    def __call__(self) -> float:
        """Seconds since the epoch."""
        with self._lock:
            return self._read()

    @property
    def moment(self) -> datetime:
        """The time it shows, in UTC."""
        return datetime.fromtimestamp(self(), UTC)

    @property
    def is_frozen(self) -> bool:
        """Whether the clock is frozen."""
        with self._lock:
            return self._frozen is not None

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Moves the clock forward, or back by negative numbers.

        Args:
            days: how many days.
            hours: how many hours more.
            minutes: how many minutes more.
            seconds: how many seconds more.
        """
        span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds).total_seconds()
        with self._lock:
            self._move(span)

    def set(self, moment: datetime) -> None:
        """Moves the clock to a time.

        Args:
            moment: the moment, with a time zone.

        Raises:
            ValueError: it has no time zone.
        """
        if moment.tzinfo is None:
            raise ValueError(_("the moment has no time zone: {moment}", moment=moment))
        with self._lock:
            self._move(moment.timestamp() - self._read())

    def freeze(self) -> None:
        """Stops the clock; advance() and set() still move it."""
        with self._lock:
            self._frozen = self._read()

    def resume(self) -> None:
        """Lets a frozen clock run again from the time that it shows."""
        with self._lock:
            if self._frozen is not None:
                self._shift = self._frozen - self._source()
                self._frozen = None

    def _read(self) -> float:
        return self._source() + self._shift if self._frozen is None else self._frozen

    def _move(self, span: float) -> None:
        if self._frozen is None:
            self._shift += span
        else:
            self._frozen += span
