"""Units: the price of a call, and an account's quota of 24 hourly portions.

The rules: https://yandex.ru/dev/direct/doc/ru/concepts/units
"""

import time
from collections.abc import Callable, Iterable
from typing import Any, Self

from yadirect_soap.protocol.facts import Cost
from yadirect_soap.protocol.headers import Units

from ..domain.error_codes import fault

FREE_FAULTS = frozenset({52, 152, 506, 1000, 1001, 1002})
"""Errors that cost nothing: those of the server, too few units, too many calls."""
UNREAD_FAULTS = frozenset({55, 8000, 8800})
"""Errors of requests that are refused before their params are read."""

_HOUR = 3600
_HOURS = 24


def price(cost: Cost, objects: int, errors: int) -> int:
    """Returns the price of a call with `objects` items that succeeded and `errors` that failed."""
    return cost.call + cost.object * (objects // cost.per) + cost.failed_object * errors


def price_of_fault(code: int, cost: Cost | None = None) -> int:
    """Returns the price of a refused request, by its code; `cost` is that of its operation, if it is known."""
    if code in FREE_FAULTS:
        return 0
    if cost is None or code in UNREAD_FAULTS:
        return (cost or Cost(call=0, object=0)).failed_request
    return cost.call + cost.failed_call


class Quota:
    """An account's units.  Each hour credits 1/24 of the daily limit, which expires after 24 hours.

    `clock` returns seconds since the epoch; `portions` are remaining units by hour.  Not safe to share among threads
    without a lock.
    """

    def __init__(
        self,
        daily_limit: int,
        clock: Callable[[], float],
        *,
        portions: Iterable[tuple[int, int]] = (),
    ) -> None:
        if daily_limit < 0:
            raise ValueError(f"a daily limit cannot be negative: {daily_limit}")
        self.daily_limit = daily_limit
        self._clock = clock
        self._portions = dict(portions)
        self._hour: int | None = None
        self._slide()

    def available(self) -> int:
        """Returns the units that may be spent now."""
        self._slide()
        return sum(self._portions.values())

    def charge(self, points: int, *, language: str = "en") -> Units:
        """Spends units; raises error 152 and spends nothing if there are too few."""
        if points > (available := self.available()):
            raise fault(152, _shortage(points, available, language), language=language)
        return self._spend(points)

    def charge_up_to(self, points: int) -> Units:
        """Spends units, or all that remain if they are too few: for a call that was carried out."""
        return self._spend(min(points, self.available()))

    def to_dict(self) -> dict[str, Any]:
        """Returns the state as plain JSON data."""
        self._slide()
        return {"daily_limit": self.daily_limit, "portions": [list(pair) for pair in self._portions.items()]}

    @classmethod
    def from_dict(cls, state: dict[str, Any], clock: Callable[[], float] = time.time) -> Self:
        """Returns the quota from the `state` that to_dict() gave; the hours since then are credited."""
        return cls(state["daily_limit"], clock, portions=state["portions"])

    def _slide(self) -> None:
        """Credits new hours and removes those that are a day old; a clock that moved back changes nothing."""
        hour = int(self._clock()) // _HOUR
        if hour == self._hour:
            return
        self._hour = hour
        oldest = hour - _HOURS + 1
        newest = max(self._portions, default=oldest - 1)
        for portion_hour in range(max(newest + 1, oldest), hour + 1):
            self._portions[portion_hour] = self._portion(portion_hour)
        self._portions = {
            portion_hour: units for portion_hour, units in self._portions.items() if portion_hour >= oldest
        }

    def _portion(self, hour: int) -> int:
        """Returns the units of an hour, whole numbers that sum up to the daily limit over any 24 hours."""
        index = hour % _HOURS
        return self.daily_limit * (index + 1) // _HOURS - self.daily_limit * index // _HOURS

    def _spend(self, points: int) -> Units:
        if points < 0:
            raise ValueError(f"points cannot be negative: {points}")
        due = points
        # The oldest first, since they expire first.
        for hour in sorted(self._portions):
            taken = min(due, self._portions[hour])
            self._portions[hour] -= taken
            due -= taken
        return Units(points, sum(self._portions.values()), self.daily_limit)


def _shortage(points: int, available: int, language: str) -> str:
    if language == "ru":
        return f"Нужно баллов: {points}, доступно: {available}"
    return f"{points} units are needed, {available} are available"
