"""The days of a report on the emulator's clock, and how far back statistics go.

https://yandex.ru/dev/direct/doc/ru/period, https://yandex.ru/dev/direct/doc/ru/actual for AUTO, and
https://yandex.ru/dev/direct/doc/ru/restrictions
"""

from datetime import UTC, date, datetime, timedelta

from yadirect_soap.protocol.dates import MOSCOW
from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.days import DateRange

_DAY = timedelta(days=1)
_SETTLING = 3
"""Days that statistics take to settle, so that AUTO has them in any case."""


def moscow(seconds: float) -> datetime:
    """A moment on Direct's own clock: its days are Moscow's."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(MOSCOW)


def oldest(today: date) -> date:
    """The first day that there are statistics of."""
    return date(today.year - facts.bundled().limits.years, today.month, 1)


def oldest_query(today: date) -> date:
    """The first day that there are search queries of."""
    return today - facts.bundled().limits.query_days * _DAY


def named(name: str, today: date, restated_since: date | None = None) -> DateRange:
    """The days of a DateRangeType other than CUSTOM_DATE.

    AUTO, the days whose statistics may have changed, begins at `restated_since`, the first day that was corrected
    on the day before; where nothing was, it is the three days before today.
    """
    if name == "AUTO":
        settling = DateRange.before(today, days=_SETTLING)
        return DateRange(min(restated_since, settling.last), settling.last) if restated_since else settling
    return DateRange.of(name, today) or DateRange(oldest(today), today)


def since(days: DateRange, first: date) -> DateRange:
    """The days that do not lie before a first one; that day itself where all of them do."""
    return DateRange(max(days.first, first), max(days.last, first))
