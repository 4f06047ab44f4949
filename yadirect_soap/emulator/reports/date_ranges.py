"""The days of a report by the emulator's clock, and the first day with statistics.

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
"""Days in which statistics still change, so that AUTO always has them."""


def moscow(seconds: float) -> datetime:
    """Returns a moment in Moscow time, by which Direct counts days."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(MOSCOW)


def oldest(today: date) -> date:
    """Returns the first day with statistics."""
    return date(today.year - facts.bundled().limits.years, today.month, 1)


def oldest_query(today: date) -> date:
    """Returns the first day with search queries."""
    return today - facts.bundled().limits.query_days * _DAY


def named(name: str, today: date, restated_since: date | None = None) -> DateRange:
    """Returns the days of a DateRangeType other than CUSTOM_DATE.

    AUTO, the days whose statistics may have changed, begins at `restated_since`, the first day that was corrected
    on the day before; where nothing was, it is the three days before today.
    """
    if name == "AUTO":
        settling = DateRange.before(today, days=_SETTLING)
        return DateRange(min(restated_since, settling.last), settling.last) if restated_since else settling
    return DateRange.of(name, today) or DateRange(oldest(today), today)


def since(days: DateRange, first: date) -> DateRange:
    """Returns the days from a first one on; only that day if all of them lie before it."""
    return DateRange(max(days.first, first), max(days.last, first))


def period(definition: Mapping[str, Any], now: float, corrections: Iterable[Correction], language: str) -> DateRange:
    """Returns the days of a definition.  Days without statistics are an error in CUSTOM_DATE, else left out."""
    today = moscow(now).date()
    first = oldest(today)
    if "Query" in facts.bundled().report_types[definition["ReportType"]].groups:
        first = max(first, oldest_query(today))
    if definition["DateRangeType"] != facts.bundled().own_dates:
        return since(named(definition["DateRangeType"], today, _restated_since(today, corrections)), first)
    criteria = definition["SelectionCriteria"]
    days = DateRange(date.fromisoformat(criteria["DateFrom"]), date.fromisoformat(criteria["DateTo"]))
    if days.first < first:
        english = f"DateFrom: there are no statistics before {first}"
        raise error_codes.bilingual_fault(4000, english, f"DateFrom: статистика доступна начиная с {first}", language)
    return days


def _restated_since(today: date, corrections: Iterable[Correction]) -> date | None:
    """Returns the first day whose statistics were corrected yesterday."""
    yesterdays = (correction for correction in corrections if (today - moscow(correction.at).date()).days == 1)
    return min((date.fromisoformat(correction.from_day) for correction in yesterdays), default=None)
