"""SpentUnits: counts the units that the calls of a run cost."""

import threading
from collections.abc import Callable

from yadirect_soap.protocol.headers import Units


class SpentUnits:
    """Adds up the units of answers.  Safe to share among threads.

    Args:
        on_change: Called with the sum after each answer.
    """

    def __init__(self, on_change: Callable[[int], None] = lambda _spent: None) -> None:
        self._lock = threading.Lock()
        self._on_change = on_change
        self.spent = 0
        self.daily_limit: int | None = None
        """How many units the login has a day; None before the first answer that tells."""

    def add(self, units: Units | None) -> None:
        """Takes the units of an answer, None where it told none."""
        if units is None:
            return
        with self._lock:
            self.spent += units.spent
            self.daily_limit = units.limit
        self._on_change(self.spent)
