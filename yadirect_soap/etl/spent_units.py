"""SpentUnits: counts the units that the calls of a run cost."""

import threading
from collections.abc import Callable

from yadirect_soap.protocol.headers import Units


class SpentUnits:
    """A thread-safe counter of the units in responses.

    Args:
        on_change: A function that is called with the sum after each response.
    """

    def __init__(self, on_change: Callable[[int], None] = lambda _spent: None) -> None:
        self._lock = threading.Lock()
        self._on_change = on_change
        self.spent = 0
        self.daily_limit: int | None = None
        """The daily limit of the login; None before the first response with units."""

    def add(self, units: Units | None) -> None:
        """Adds the units of a response; None if it has none."""
        if units is None:
            return
        with self._lock:
            self.spent += units.spent
            self.daily_limit = units.limit
        self._on_change(self.spent)
