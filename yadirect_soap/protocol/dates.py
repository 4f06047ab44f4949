"""Texts of dates and datetimes in the form of the API: dates in Moscow, times in UTC; no clock here.

A datetime with a zone is a moment; its day is the day in Moscow at that moment.  A datetime without a zone is a day if
its time is midnight, as in `pandas.Timestamp("2026-05-01")`; with another time it is refused, because its moment is
unknown.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from yadirect_soap.language import _

MOSCOW = timezone(timedelta(hours=3))
"""The zone of the service's days.  It has had no summer time since October 2014, and statistics go back three years: a
zone database, which Windows and small images lack, would give the same.
"""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")

A_DAY = _("a day like 2026-05-31, a date, or a datetime with a zone")
A_MOMENT = _("a date and time like 2026-05-31T10:00:00Z, or a datetime with a zone")


def day_text(value: date) -> str:
    """Returns the text of a day.

    Args:
        value: a date, a datetime with a zone, or a datetime without a zone that is midnight.

    Returns:
        Such as `2026-05-02`, for 22:30 on 1 May in UTC.

    Raises:
        ValueError: a datetime has a time but no zone, or is empty (pandas.NaT).
    """
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            value = _of_zone(value, MOSCOW)
        elif value != value or value.time() != time():  # noqa: PLR0124  pandas.NaT is a datetime, unlike itself
            raise ValueError(_("a datetime without a zone"))
    return f"{value.year:04}-{value.month:02}-{value.day:02}"


def moment_text(value: date) -> str:
    """Returns the text of a moment in UTC; fractions of a second are dropped, so that it is never later than the value.

    Args:
        value: a datetime with a zone.

    Returns:
        Such as `2026-05-01T22:30:00Z`.

    Raises:
        ValueError: it is a date, or a datetime without a zone, so that its moment is unknown.
    """
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(_("no datetime with a zone"))
    in_utc = _of_zone(value, UTC)
    day = f"{in_utc.year:04}-{in_utc.month:02}-{in_utc.day:02}"
    return f"{day}T{in_utc.hour:02}:{in_utc.minute:02}:{in_utc.second:02}Z"


def is_day(text: str) -> bool:
    """Whether a text is a day in the API's form, such as 2026-05-31, that exists in the calendar."""
    return _is(_DAY, text, date)


def is_moment(text: str) -> bool:
    """Whether a text is a moment in the API's form: UTC, to the second, with T and Z."""
    return _is(_MOMENT, text, datetime)


def _is(form: re.Pattern[str], text: str, kind: type[date]) -> bool:
    try:
        return form.fullmatch(text) is not None and kind.fromisoformat(text) is not None
    except ValueError:
        return False


def _of_zone(value: datetime, zone: timezone) -> datetime:
    try:
        return value.astimezone(zone)
    except OverflowError as error:
        raise ValueError(_("a time beyond the years of datetime ({error})", error=error)) from None
