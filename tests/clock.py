"""The clock of tests: it stands still until a test, or a program that sleeps by it, moves it."""

from collections.abc import Callable
from datetime import date

NOON = 1_780_056_000.0
"""2026-05-29 12:00:00 UTC, a Friday."""


WITH_TEXT_ADS = date(2026, 7, 13)
"""The last day of the API on which text ads of unified campaigns are no responsive ads."""
WITH_VCARDS = date(2026, 8, 31)
"""The last day of the API on which vCards can be added."""


class Clock:
    """Seconds since the epoch; `slept` holds every sleep, `meanwhile` is called in each."""

    def __init__(self, now: float = NOON) -> None:
        self.now = now
        self.slept: list[float] = []
        self.meanwhile: Callable[[], None] = lambda: None

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Moves the clock forward at once."""
        self.slept.append(seconds)
        self.now += seconds
        self.meanwhile()
