"""Ranges of days mean what the documentation says, and are cut without a gap."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.days import DateRange

WEDNESDAY = date(2026, 5, 27)
SUNDAY = date(2026, 5, 31)

NAMED = {
    "TODAY": ("2026-05-27", "2026-05-27"),
    "YESTERDAY": ("2026-05-26", "2026-05-26"),
    "LAST_3_DAYS": ("2026-05-24", "2026-05-26"),
    "LAST_365_DAYS": ("2025-05-27", "2026-05-26"),
    "THIS_WEEK_MON_TODAY": ("2026-05-25", "2026-05-27"),
    "THIS_WEEK_SUN_TODAY": ("2026-05-24", "2026-05-27"),
    "LAST_WEEK": ("2026-05-18", "2026-05-24"),
    "LAST_BUSINESS_WEEK": ("2026-05-18", "2026-05-22"),
    "LAST_WEEK_SUN_SAT": ("2026-05-17", "2026-05-23"),
    "THIS_MONTH": ("2026-05-01", "2026-05-27"),
    "LAST_MONTH": ("2026-04-01", "2026-04-30"),
}


@pytest.mark.parametrize(("name", "days"), NAMED.items(), ids=NAMED)
def test_a_range_means_days(name, days):
    """Each range is counted from today; ranges of the past leave today out."""
    days_of_range = DateRange.of(name, WEDNESDAY)
    assert days_of_range is not None
    assert tuple(days_of_range.criteria.values()) == days


@pytest.mark.parametrize(
    ("name", "first"),
    [("THIS_WEEK_MON_TODAY", "2026-05-25"), ("THIS_WEEK_SUN_TODAY", "2026-05-31"), ("LAST_WEEK_SUN_SAT", "2026-05-24")],
)
def test_a_sunday_begins_a_week_or_ends_one(name, first):
    """On a Sunday the two kinds of weeks differ most."""
    days = DateRange.of(name, SUNDAY)
    assert days is not None
    assert days.first == date.fromisoformat(first)


@pytest.mark.parametrize("name", facts.bundled().date_ranges)
def test_every_range_is_known(name):
    """Each range of the API has days, or is one of the three whose days only the service or the caller knows."""
    days_of_range = DateRange.of(name, WEDNESDAY)
    assert (days_of_range is None) == (name in {"ALL_TIME", "AUTO", "CUSTOM_DATE"})


def test_no_range_is_made_up():
    """A name that is no range is refused."""
    with pytest.raises(ValueError, match="LAST_YEAR"):
        DateRange.of("LAST_YEAR", WEDNESDAY)
    with pytest.raises(ValueError, match="is after"):
        DateRange(SUNDAY, WEDNESDAY)


@given(some.dates(date(2020, 1, 1), date(2030, 1, 1)), some.integers(1, 800), some.integers(1, 40))
def test_pieces_join_without_a_gap(first, days, size):
    """Pieces, months and halves of a range hold each of its days once and in order."""
    total = DateRange(first, first + timedelta(days=days - 1))
    cuts = [list(total.pieces(size)), list(total.months())] + ([list(total.halves())] if days > 1 else [])
    for pieces in cuts:
        assert [day for piece in pieces for day in piece] == list(total)
    assert all(piece.days <= size for piece in cuts[0])
    assert all(piece.first.month == piece.last.month for piece in cuts[1])


def test_a_day_is_not_halved():
    """A single day has no halves, and no piece is empty."""
    with pytest.raises(ValueError, match="single day"):
        DateRange(SUNDAY, SUNDAY).halves()
    with pytest.raises(ValueError, match="at least 1"):
        list(DateRange(SUNDAY, SUNDAY).pieces(0))


def test_a_range_tells_itself():
    """A range is shown as its first and last day."""
    assert str(DateRange.before(WEDNESDAY, days=30)) == "2026-04-27 - 2026-05-26"
