"""Refuses writes of a login that has few units left, so that its reads and other programs still work.

The remaining units are those of the last response; they count until the next full hour, when the API adds units.
"""

import threading
from collections.abc import Callable
from typing import NamedTuple

from yadirect_soap import Units
from yadirect_soap.protocol.headers import canonical_login

_HOUR = 3600.0


class _Left(NamedTuple):
    units: int
    hour: float


class UnitsFloor:
    """Records the remaining units of each login.

    Args:
        floor: writes are refused while fewer units are left; None refuses none.
        now: a function that returns seconds since the epoch.
    """

    def __init__(self, floor: int | None, now: Callable[[], float]) -> None:
        self.floor = floor
        self._now = now
        self._last_seen: dict[str, _Left] = {}
        self._lock = threading.Lock()

    def record(self, login: str, units: Units | None) -> None:
        """Records the units of a response to a call of a login."""
        if units is not None:
            with self._lock:
                self._last_seen[canonical_login(login)] = _Left(units.left, self._now() // _HOUR)

    def record_of_error(self, login: str, units: Units | None) -> None:
        """Records the units of an error, if the login had a response before, since callers may invent logins."""
        if canonical_login(login) in self._last_seen:
            self.record(login, units)

    def shortage(self, login: str) -> int | None:
        """Returns the remaining units of a login if its writes are refused; None if they are allowed."""
        last_seen = self._last_seen.get(canonical_login(login))
        if (
            self.floor is None
            or last_seen is None
            or last_seen.hour != self._now() // _HOUR
            or last_seen.units >= self.floor
        ):
            return None
        return last_seen.units

    def by_login(self) -> dict[str, int]:
        """Returns the remaining units of all logins, as last seen."""
        with self._lock:
            return {login: last_seen.units for login, last_seen in self._last_seen.items()}
