"""Days are Moscow's and moments are UTC's, whatever zone a date or datetime comes with."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from yadirect_soap.protocol.dates import MOSCOW, day_text, moment_text

EAST = timezone(timedelta(hours=12))
WEST = timezone(timedelta(hours=-11))


class Day(date):
    """A day whose own text is another."""

    def __str__(self) -> str:
        return "another"

    def isoformat(self) -> str:
        """Another text."""
        return "another"


class NotATime(datetime):
    """What pandas.NaT is: a datetime that is unlike itself."""

    __hash__ = datetime.__hash__

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True


DAYS = {
    "a date": (date(2026, 5, 1), "2026-05-01"),
    "a kind of date": (Day(2026, 5, 1), "2026-05-01"),
    "an early year": (date(26, 5, 1), "0026-05-01"),
    "midnight without a zone": (datetime(2026, 5, 1), "2026-05-01"),  # noqa: DTZ001  what is tested
    "late in UTC": (datetime(2026, 5, 1, 22, 30, tzinfo=UTC), "2026-05-02"),
    "just before midnight in Moscow": (datetime(2026, 5, 1, 20, 59, 59, 999_999, tzinfo=UTC), "2026-05-01"),
    "midnight in Moscow": (datetime(2026, 5, 1, 21, tzinfo=UTC), "2026-05-02"),
    "midnight by Moscow's clock": (datetime(2026, 5, 2, tzinfo=MOSCOW), "2026-05-02"),
    "midnight in UTC": (datetime(2026, 5, 2, tzinfo=UTC), "2026-05-02"),
    "east of Moscow": (datetime(2026, 5, 2, 8, tzinfo=EAST), "2026-05-01"),
    "west of Moscow": (datetime(2026, 12, 31, 23, tzinfo=WEST), "2027-01-01"),
}


@pytest.mark.parametrize(("value", "text"), DAYS.values(), ids=DAYS)
def test_a_day_is_moscow_s(value: date, text: str) -> None:
    """A date is its own day, a datetime with a zone the day that it is in Moscow."""
    assert day_text(value) == text


MOMENTS = {
    "in UTC": (datetime(2026, 5, 1, 22, 30, tzinfo=UTC), "2026-05-01T22:30:00Z"),
    "in Moscow": (datetime(2026, 5, 2, 1, 30, tzinfo=MOSCOW), "2026-05-01T22:30:00Z"),
    "a part of a second": (datetime(2026, 5, 1, 22, 30, 59, 999_999, tzinfo=UTC), "2026-05-01T22:30:59Z"),
    "an early year": (datetime(26, 5, 1, tzinfo=UTC), "0026-05-01T00:00:00Z"),
}


@pytest.mark.parametrize(("value", "text"), MOMENTS.values(), ids=MOMENTS)
def test_a_moment_is_in_utc(value: datetime, text: str) -> None:
    """A moment is written in UTC, and never later than it is."""
    assert moment_text(value) == text


NAIVE = datetime(2026, 5, 1, 22, 30)  # noqa: DTZ001  what is tested
NO_DAYS = {
    "no zone": NAIVE,
    "a second after midnight": NAIVE.replace(hour=0, minute=0, second=1),
    "not a time": NotATime(1, 1, 1),
    "before all years": datetime(1, 1, 1, tzinfo=EAST),
}


@pytest.mark.parametrize("value", NO_DAYS.values(), ids=NO_DAYS)
def test_what_is_no_day_is_refused(value: datetime) -> None:
    """A datetime of which nobody knows the day is a ValueError."""
    with pytest.raises(ValueError, match=r"."):
        day_text(value)


@pytest.mark.parametrize("value", [*NO_DAYS.values(), date(2026, 5, 1)], ids=[*NO_DAYS, "a date"])
def test_what_is_no_moment_is_refused(value: date) -> None:
    """A date, or a datetime without a zone, is a ValueError where a moment is wanted."""
    with pytest.raises(ValueError, match=r"."):
        moment_text(value)
