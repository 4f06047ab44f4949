"""The days of a report on the emulator's clock: what DateRangeType means, and how far back statistics go.

https://yandex.ru/dev/direct/doc/ru/reports/period and https://yandex.ru/dev/direct/doc/ru/restrictions
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType

YEARS = 3
"""Statistics are kept for so many years before the first day of the current month."""

QUERY_DAYS = 180
"""Search queries are kept for so many days."""

_MOSCOW = timezone(timedelta(hours=3))
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both of them in."""

    first: date
    last: date

    def since(self, day: date) -> "Period":
        """The part of the period that does not lie before a day; the day itself where all of it does."""
        return Period(max(self.first, day), max(self.last, day))


def moscow(seconds: float) -> datetime:
    """A moment on Direct's own clock: its days are Moscow's."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(_MOSCOW)


def oldest(today: date) -> date:
    """The first day of which there are statistics."""
    return date(today.year - YEARS, today.month, 1)


def oldest_query(today: date) -> date:
    """The first day of which there are search queries."""
    return today - QUERY_DAYS * _DAY


def named(name: str, today: date, restated_since: date | None = None) -> Period:
    """The period of a DateRangeType other than CUSTOM_DATE.

    AUTO, the days whose statistics may have changed, begins at `restated_since`, the first day that was corrected
    on the day before; where nothing was, it is that day alone.
    """
    yesterday = today - _DAY
    if name == "AUTO":
        return Period(min(restated_since or yesterday, yesterday), yesterday)
    if name.startswith("LAST_") and name.endswith("_DAYS"):
        days = int(name.removeprefix("LAST_").removesuffix("_DAYS"))
        return Period(today - days * _DAY, yesterday)
    return _CALENDAR[name](today)


def _week(today: date, *, back: int, first: int, days: int) -> Period:
    """Days of a week that begins `first` days after a Monday, `back` weeks before the one of today."""
    begins = today - ((today.weekday() - first) % 7 + 7 * back) * _DAY
    return Period(begins, begins + (days - 1) * _DAY)


def _last_month(today: date) -> Period:
    last = today.replace(day=1) - _DAY
    return Period(last.replace(day=1), last)


_CALENDAR: Mapping[str, Callable[[date], Period]] = MappingProxyType(
    {
        "TODAY": lambda today: Period(today, today),
        "YESTERDAY": lambda today: Period(today - _DAY, today - _DAY),
        "THIS_WEEK_MON_TODAY": lambda today: Period(today - today.weekday() * _DAY, today),
        "THIS_WEEK_SUN_TODAY": lambda today: Period(today - (today.weekday() + 1) % 7 * _DAY, today),
        "LAST_WEEK": lambda today: _week(today, back=1, first=0, days=7),
        "LAST_BUSINESS_WEEK": lambda today: _week(today, back=1, first=0, days=5),
        "LAST_WEEK_SUN_SAT": lambda today: _week(today, back=1, first=6, days=7),
        "THIS_MONTH": lambda today: Period(today.replace(day=1), today),
        "LAST_MONTH": _last_month,
        "ALL_TIME": lambda today: Period(oldest(today), today),
    }
)
