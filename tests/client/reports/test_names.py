"""The name that a report gets: the same for the same figures, another where the figures may be others."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.client.reports.service import DEFINITION
from yadirect_soap import ConfigurationError, Direct
from yadirect_soap.client.reports.service import moscow_now, moscow_today

TODAY = date(2026, 5, 31)


def _name(hour, changes, **settings):
    with Direct("made-up", **settings) as direct:
        now = datetime(2026, 5, 31, hour, 59, tzinfo=UTC)
        return replace(direct.reports, today=lambda: TODAY, now=lambda: now).get(DEFINITION | changes).name


def _range(name):
    return {"SelectionCriteria": {}, "DateRangeType": name}


def _days(first, last):
    return {"SelectionCriteria": {"DateFrom": first, "DateTo": last}}


GROWING = {
    **{name: _range(name) for name in ("TODAY", "THIS_WEEK_MON_TODAY", "THIS_WEEK_SUN_TODAY", "THIS_MONTH")},
    **{name: _range(name) for name in ("ALL_TIME", "AUTO")},
    "days that end today": _days("2026-05-01", "2026-05-31"),
    "days that end later": _days("2026-05-01", date(2026, 6, 30)),
    "today alone": _days("2026-05-31", "2026-05-31"),
}


@pytest.mark.parametrize("changes", GROWING.values(), ids=GROWING)
def test_a_range_with_today_has_a_name_for_each_hour(changes):
    """Where today may be among the days, a report of an earlier hour is not found again, and one of this hour is."""
    assert _name(9, changes) == _name(9, changes)
    assert len({_name(hour, changes) for hour in range(24)}) == 24


PAST = {
    **{name: _range(name) for name in ("YESTERDAY", "LAST_3_DAYS", "LAST_365_DAYS", "LAST_WEEK", "LAST_MONTH")},
    **{name: _range(name) for name in ("LAST_BUSINESS_WEEK", "LAST_WEEK_SUN_SAT")},
    "days that end yesterday": _days("2026-05-01", "2026-05-30"),
}


@pytest.mark.parametrize("changes", PAST.values(), ids=PAST)
def test_a_range_of_days_gone_by_has_one_name_all_day(changes):
    """Where today is not among the days, the report that was built in the morning is found in the evening."""
    assert len({_name(hour, changes) for hour in range(24)}) == 1


def test_a_name_of_ones_own_stays():
    """A ReportName that the definition has is sent as it is."""
    assert _name(9, {"ReportName": "mine", **_range("TODAY")}) == "mine"


def test_fresh_and_a_name_of_ones_own_exclude_each_other():
    """Under a ReportName of one's own an old report may be found: with fresh it is refused, not ignored."""
    with Direct("made-up") as direct, pytest.raises(ConfigurationError, match="omit ReportName"):
        direct.reports.get(DEFINITION, ReportName="mine", unique_name=True)


OTHERS = {
    "with VAT": ({"IncludeVAT": "YES"}, {}),
    "other fields": ({"FieldNames": ["Date", "Clicks"]}, {}),
    "fields in another order": ({"FieldNames": ["Clicks", "Date", "CampaignName", "Cost", "Ctr"]}, {}),
    "sorted": ({"OrderBy": [{"Field": "Date"}]}, {}),
    "a page": ({"Page": {"Limit": 10}}, {}),
    "goals": ({"Goals": ["1"]}, {}),
    "a model": ({"AttributionModels": ["AUTO"]}, {}),
    "a filter": (
        {
            "SelectionCriteria": {
                **DEFINITION["SelectionCriteria"],
                "Filter": [{"Field": "Clicks", "Operator": "GREATER_THAN", "Values": ["0"]}],
            }
        },
        {},
    ),
    "another client": ({}, {"client_login": "client-1"}),
    "decimals": ({}, {"money": "decimal"}),
    "another language": ({}, {"language": "ru"}),
    "another version": ({}, {"version": "v5"}),
}


@pytest.mark.parametrize(("changes", "settings"), OTHERS.values(), ids=OTHERS)
def test_what_changes_the_figures_changes_the_name(changes, settings):
    """No two reports that differ in what they hold, or in how it is written, have one name."""
    assert _name(9, changes, **settings) != _name(9, {})


def test_the_clock_is_that_of_moscow():
    """Days and hours of names are those of Moscow, where statistics are kept."""
    now = moscow_now()
    assert now.utcoffset() == datetime.now(UTC).astimezone(now.tzinfo).utcoffset()
    assert now.strftime("%z") == "+0300"
    assert moscow_today() in {now.date(), moscow_now().date()}
