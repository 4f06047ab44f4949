"""Statistics in time: always the same of the same objects, as far as the clock has come, and corrected at times."""

from datetime import date
from typing import Any

import pytest

from tests.clock import NOON
from tests.emulator.emulator_client import EmulatorClient, days
from yadirect_soap.emulator.domain import moderation
from yadirect_soap.emulator.domain.statistics_corrections import correct_statistics
from yadirect_soap.emulator.reports.date_ranges import moscow, named, oldest, oldest_query
from yadirect_soap.protocol.reports import facts

HOUR = 3600
DAY = 24 * HOUR
FIELDS = "Date CampaignId CriterionId Device Impressions Clicks Cost Conversions"


def test_two_emulators_tell_the_same() -> None:
    """Equal objects, clocks and seeds give equal reports; another seed gives others."""
    texts = []
    for seed in (0, 0, 7):
        with EmulatorClient.demo(statistics_seed=seed) as client:
            texts.append(client.report_text(client.definition(FIELDS)))
    assert texts[0] == texts[1] != texts[2]


def test_today_goes_on_with_the_clock(client: EmulatorClient) -> None:
    """Of today there is what has happened until now; of yesterday there is everything."""
    definition = client.definition("Date Impressions Clicks", "ACCOUNT_PERFORMANCE_REPORT", DateRangeType="LAST_3_DAYS")
    today = definition | {"DateRangeType": "TODAY", "ReportName": "today"}
    impressions, before = [], client.report_text(definition)
    for _ in range(4):
        impressions.append(client.report_rows(today)[0]["Impressions"])
        client.clock.now += 2 * HOUR
    assert impressions == sorted(set(impressions))
    assert client.report_text(definition) == before


def test_a_day_begins_at_midnight_in_moscow(client: EmulatorClient) -> None:
    """At 20:59 UTC it is still the 29th of May, a minute later the 30th."""
    yesterday = client.definition("Date Clicks", "ACCOUNT_PERFORMANCE_REPORT", DateRangeType="YESTERDAY")
    client.clock.now = NOON + 9 * HOUR - 60
    assert client.report_rows(yesterday)[0]["Date"] == "2026-05-28"
    client.clock.now = NOON + 9 * HOUR
    assert client.report_rows(yesterday)[0]["Date"] == "2026-05-29"


def test_a_campaign_has_no_statistics_before_its_start(client: EmulatorClient) -> None:
    """The first day of all is that of the oldest campaign."""
    rows = client.report("CampaignId Month Impressions", DateRangeType="ALL_TIME")
    firsts = {row["CampaignId"]: row["Month"] for row in reversed(rows)}
    assert (firsts[700000001], firsts[700000006]) == ("2026-01-01", "2024-04-01")


def test_what_is_stopped_has_no_statistics_of_later_days(client: EmulatorClient) -> None:
    """A suspended keyword keeps what it had, and gets no more."""
    advertiser = EmulatorClient(client.emulator, "demo-token")
    chosen = ("Keyword", "EQUALS", "полки из кедра")
    before = client.report("Date Clicks Impressions", "CUSTOM_REPORT", chosen)
    advertiser.on("keywords", "suspend", 57000000001)
    client.clock.now += 3 * DAY
    rows = client.report("Date Clicks Impressions", "CUSTOM_REPORT", chosen, DateRangeType="LAST_14_DAYS")
    assert max(row["Date"] for row in rows) == "2026-05-29"
    assert [row for row in rows if row in before] == before


def test_new_ads_are_counted_once_they_are_accepted(client: EmulatorClient) -> None:
    """A draft has no statistics; what was moderated has, from its campaign's start on."""
    advertiser = EmulatorClient(client.emulator, "demo-token")
    campaign = advertiser.campaign(StartDate="2026-05-30")
    group = advertiser.group(campaign)
    ad = advertiser.ad(group)
    advertiser.keyword("buy an elephant", group)
    client.clock.now += 3 * DAY
    report = ("CUSTOM_REPORT", ("CampaignId", "EQUALS", str(campaign)))
    assert client.report("AdId Impressions", *report) == []
    advertiser.on("ads", "moderate", ad)
    client.clock.now += moderation.SECONDS
    rows = client.report("Date AdId Criterion Impressions", *report)
    assert {row["AdId"] for row in rows} == {ad}
    assert {row["Date"] for row in rows} == {"2026-05-30", "2026-05-31"}
    assert {row["Criterion"] for row in rows} == {"buy an elephant", "---autotargeting"}


def test_corrected_days_change_and_others_do_not(client: EmulatorClient) -> None:
    """A correction changes one campaign's days from the one that it names to the one that it comes on."""
    campaign = 700000004
    before = client.report(FIELDS)
    correct_statistics(client.emulator.store, campaign, from_day="2026-05-26", at=client.clock.now + DAY)
    assert client.report(FIELDS) == before
    correct_statistics(client.emulator.store, campaign, from_day="2026-05-26", at=client.clock.now)
    after = client.report(FIELDS)
    for changed in (True, False):
        before_rows, after_rows = (
            [row for row in rows if (row["CampaignId"] == campaign and row["Date"] >= "2026-05-26") == changed]
            for rows in (before, after)
        )
        assert (before_rows != after_rows) == changed


def test_a_later_correction_of_fewer_days_leaves_the_others_corrected(client: EmulatorClient) -> None:
    """Each day has the numbers of its last correction; no correction is undone by another."""
    campaign = 700000004

    def by_day() -> dict[str, list[Any]]:
        rows = [row for row in client.report(FIELDS) if row["CampaignId"] == campaign]
        return {day: [row for row in rows if row["Date"] == day] for day in {row["Date"] for row in rows}}

    uncorrected = by_day()
    correct_statistics(client.emulator.store, campaign, from_day="2026-05-16", at=client.clock.now)
    first = by_day()
    assert first != uncorrected
    client.clock.now += 60
    correct_statistics(client.emulator.store, campaign, from_day="2026-05-26", at=client.clock.now)
    second = by_day()
    earlier = [day for day in first if day < "2026-05-26"]
    assert earlier
    assert [day for day in earlier if first[day] != second[day]] == []
    assert any(first[day] != second.get(day) for day in first if day >= "2026-05-26")


def test_auto_is_what_was_corrected_the_day_before(client: EmulatorClient) -> None:
    """AUTO begins at the first day that was corrected yesterday; where none of the account's was, it is three days."""

    def firsts() -> str:
        return client.report_text(client.definition("Clicks", ReportName="auto", DateRangeType="AUTO")).partition("\n")[
            0
        ]

    assert firsts() == '"auto (2026-05-26 - 2026-05-28)"'
    correct_statistics(client.emulator.store, 700000001, from_day="2026-05-11", at=client.clock.now)
    assert firsts() == '"auto (2026-05-26 - 2026-05-28)"'
    client.clock.now += DAY
    assert firsts() == '"auto (2026-05-11 - 2026-05-29)"'
    client.token, client.fields = "demo-agency-token", {"Client-Login": "demo-client-rub"}
    assert firsts() == '"auto (2026-05-27 - 2026-05-29)"'


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("TODAY", ("2026-05-29", "2026-05-29")),
        ("LAST_7_DAYS", ("2026-05-22", "2026-05-28")),
        ("LAST_BUSINESS_WEEK", ("2026-05-18", "2026-05-22")),
        ("THIS_WEEK_SUN_TODAY", ("2026-05-24", "2026-05-29")),
        ("LAST_MONTH", ("2026-04-01", "2026-04-30")),
        ("ALL_TIME", ("2023-05-01", "2026-05-29")),
    ],
)
def test_named_ranges(client: EmulatorClient, name: str, expected: tuple[str, str]) -> None:
    """The title tells the days of a range; today is the emulator's."""
    title = client.report_text(client.definition("Clicks", ReportName="n", DateRangeType=name)).partition("\n")[0]
    assert title == f'"n ({expected[0]} - {expected[1]})"'


def test_every_range_has_days() -> None:
    """No range but CUSTOM_DATE needs more than a day to be told by."""
    today = date(2026, 5, 31)
    for name in facts.bundled().date_ranges:
        if name != "CUSTOM_DATE":
            assert named(name, today).last <= today


def test_search_queries_are_cut_to_what_is_kept(client: EmulatorClient) -> None:
    """A named range that reaches further back begins where the queries do."""
    definition = client.definition(
        "Query", "SEARCH_QUERY_PERFORMANCE_REPORT", ReportName="q", DateRangeType="LAST_365_DAYS"
    )
    title = client.report_text(definition).partition("\n")[0]
    assert title == f'"q ({oldest_query(moscow(client.clock.now).date())} - 2026-05-28)"'
    assert oldest(date(2026, 2, 28)) == date(2023, 2, 1)


@pytest.mark.parametrize("first", ["2026-05-29", "2026-06-10"])
def test_days_to_come_are_empty(client: EmulatorClient, first: str) -> None:
    """Of days that have not come there is nothing, which is no error."""
    rows: list[dict[str, Any]] = client.report("Date Clicks", **days(first, "2026-06-20"))
    assert {row["Date"] for row in rows} == ({"2026-05-29"} if first == "2026-05-29" else set())
