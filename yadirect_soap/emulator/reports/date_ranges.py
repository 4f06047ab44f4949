"""The days of a report on the emulator's clock, and how far back statistics go.

https://yandex.ru/dev/direct/doc/ru/period, https://yandex.ru/dev/direct/doc/ru/actual for AUTO, and
https://yandex.ru/dev/direct/doc/ru/restrictions
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from yadirect_soap.protocol.dates import MOSCOW
from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.days import DateRange

from ..domain import error_codes
from ..domain.statistics_corrections import Correction

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


def period(definition: Mapping[str, Any], now: float, corrections: Iterable[Correction], language: str) -> DateRange:
    """The days of a definition; of those that are no longer kept, CUSTOM_DATE is refused, and others are cut short."""
    today = moscow(now).date()
    first = oldest(today)
    if "Query" in facts.bundled().report_types[definition["ReportType"]].groups:
        first = max(first, oldest_query(today))
    if definition["DateRangeType"] != facts.bundled().own_dates:
        return since(named(definition["DateRangeType"], today, _restated_since(today, corrections)), first)
    criteria = definition["SelectionCriteria"]
    wanted = DateRange(date.fromisoformat(criteria["DateFrom"]), date.fromisoformat(criteria["DateTo"]))
    if wanted.first < first:
        english = f"DateFrom: there are no statistics before {first}"
        raise error_codes.bilingual_fault(4000, english, f"DateFrom: статистика доступна начиная с {first}", language)
    return wanted


def _restated_since(today: date, corrections: Iterable[Correction]) -> date | None:
    """The first day that was corrected yesterday."""
    made_yesterday = (made for made in corrections if (today - moscow(made.at).date()).days == 1)
    return min((date.fromisoformat(made.from_day) for made in made_yesterday), default=None)
