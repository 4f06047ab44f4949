"""Statistics agree with themselves, however they are asked for."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulator.emulator_client import EmulatorClient, ReportRow, days, total
from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.facts import Role

ADDED = ("Clicks", "Cost", "Conversions", "Revenue", "Bounces")
SHORT = {"DateRangeType": "LAST_3_DAYS"}
FACTS = facts.bundled()
TYPES = tuple(FACTS.report_types)
PARTS = [
    (report, name)
    for report in TYPES
    for name, known in FACTS.fields.items()
    if known.selectable and known.roles.get(report) in (Role.SEGMENT, Role.ATTRIBUTE)
]
SEGMENTS = (
    "Date",
    "CampaignId",
    "AdGroupId",
    "AdId",
    "CriterionId",
    "Device",
    "Age",
    "Gender",
    "AdNetworkType",
    "Slot",
)


def _wholes(report: str) -> str:
    """What a report is asked for when its rows are to add up; one type cannot do without a campaign."""
    return " ".join([*FACTS.report_types[report].requires, *ADDED])


@pytest.fixture(scope="module")
def totals(shared_client: EmulatorClient) -> dict[str, tuple[Any, ...]]:
    """What each type of report comes to as a whole."""
    return {report: total(shared_client.report(_wholes(report), report, **SHORT), *ADDED) for report in TYPES}


@pytest.mark.parametrize(("report", "name"), PARTS, ids=[f"{report}-{name}" for report, name in PARTS])
def test_every_segment_and_attribute_adds_up_to_the_whole(
    shared_client: EmulatorClient, totals: dict[str, tuple[Any, ...]], report: str, name: str
) -> None:
    """Dividing a report by any field that its type has changes no total."""
    fields = dict.fromkeys([name, *_wholes(report).split()])
    rows = shared_client.report(" ".join(fields), report, **SHORT)
    assert total(rows, *ADDED) == totals[report]
    assert totals[report][0] > 0


def test_campaigns_are_the_sums_of_what_is_in_them(shared_client: EmulatorClient) -> None:
    """A campaign's row is the sum of its groups', of its ads' and of its conditions' rows."""
    sums = [
        _by("CampaignId", shared_client.report("CampaignId Impressions Clicks Cost", report))
        for report in (
            "CAMPAIGN_PERFORMANCE_REPORT",
            "ADGROUP_PERFORMANCE_REPORT",
            "AD_PERFORMANCE_REPORT",
            "CRITERIA_PERFORMANCE_REPORT",
            "CUSTOM_REPORT",
        )
    ]
    assert all(first == second for first, second in pairwise(sums))
    assert len(sums[0]) > 3


def test_search_queries_are_what_was_shown_in_search_results(shared_client: EmulatorClient) -> None:
    """The rows of a report on search queries add up to the SEARCH part of the account."""
    search = ("AdNetworkType", "EQUALS", "SEARCH")
    whole = shared_client.report("Impressions Clicks Cost", "ACCOUNT_PERFORMANCE_REPORT", search)
    queries = shared_client.report("Query Impressions Clicks Cost", "SEARCH_QUERY_PERFORMANCE_REPORT")
    assert total(queries, "Impressions", "Clicks", "Cost") == total(whole, "Impressions", "Clicks", "Cost")


@pytest.mark.slow
@given(fine=st.sets(st.sampled_from(SEGMENTS), min_size=1, max_size=4), data=st.data())
def test_rows_of_less_detail_are_sums_of_rows_of_more(
    shared_client: EmulatorClient, fine: set[str], data: st.DataObject
) -> None:
    """Whatever is asked for in more detail and added up is what is asked for in less."""
    coarse = data.draw(st.sets(st.sampled_from(sorted(fine))))
    metrics = ("Impressions", "Clicks", "Cost", "Sessions", "Conversions", "WeightedImpressions")
    days_of_may = days("2026-05-20", "2026-05-22")
    detailed = shared_client.report(" ".join([*sorted(fine), *metrics]), **days_of_may)
    coarse_rows = shared_client.report(" ".join([*sorted(coarse), *metrics]), **days_of_may)
    sums: dict[tuple[Any, ...], list[Any]] = {}
    for row in detailed:
        key = tuple(row[name] for name in sorted(coarse))
        sums[key] = [so_far + (row[name] or 0) for so_far, name in zip(sums.get(key, [0] * 6), metrics, strict=True)]
    assert {
        tuple(row[name] for name in sorted(coarse)): [row[name] or 0 for name in metrics] for row in coarse_rows
    } == sums


def test_a_part_is_never_more_than_its_whole(shared_client: EmulatorClient) -> None:
    """In the finest rows there are: impressions, clicks, sessions, bounces, each at most the one before."""
    rows = shared_client.report("Date AdId CriterionId Device Age Impressions Clicks Sessions Bounces")
    assert len(rows) > 300
    for row in rows:
        assert row["Impressions"] >= row["Clicks"] >= row["Sessions"] >= row["Bounces"] >= 0


def test_a_video_is_left_by_ever_more_of_its_viewers(shared_client: EmulatorClient) -> None:
    """Each quarter is seen by no more people than the one before; what is no video has no such numbers."""
    names = ("VideoViews", "VideoFirstQuartile", "VideoMidpoint", "VideoThirdQuartile", "VideoComplete")
    report = "REACH_AND_FREQUENCY_PERFORMANCE_REPORT"
    rows = shared_client.report(f"CampaignId AdId Date Impressions ImpressionReach {' '.join(names)}", report)
    videos = [row for row in rows if row["VideoViews"] is not None]
    assert 0 < len(videos) < len(rows)
    for row in rows:
        assert 0 < row["ImpressionReach"] <= row["Impressions"]
    for row in videos:
        counts = [row["Impressions"], *(row[name] for name in names)]
        assert counts == sorted(counts, reverse=True)


RATIOS = {
    "Ctr": ("Clicks", "Impressions", 100),
    "ConversionRate": ("Conversions", "Clicks", 100),
    "BounceRate": ("Bounces", "Sessions", 100),
    "WeightedCtr": ("Clicks", "WeightedImpressions", 100),
    "AvgCpc": ("Cost", "Clicks", 1),
    "CostPerConversion": ("Cost", "Conversions", 1),
    "GoalsRoi": ("Profit", "Cost", 1),
    "PurchaseGoalsRoi": ("PurchaseProfit", "Cost", 1),
}


@pytest.mark.parametrize("name", RATIOS)
def test_ratios_come_from_the_sums_of_their_rows(shared_client: EmulatorClient, name: str) -> None:
    """A ratio is that of the row's own sums, rounded to hundredths, and -- where it has no denominator."""
    above, below, times = RATIOS[name]
    fields = " ".join(dict.fromkeys(["AdId", "Device", name, above, below]))
    rows = shared_client.report_rows(shared_client.definition(fields), returnMoneyInMicros="false")
    assert len(rows) > 20
    for row in rows:
        if row[above] is None or not row[below]:
            expected = None
        else:
            exact = Decimal(row[above]) * times / Decimal(row[below])
            expected = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert row[name] == expected


def test_profit_is_revenue_less_cost(shared_client: EmulatorClient) -> None:
    """Amounts of a row agree to the micro."""
    rows = shared_client.report("CampaignId Revenue Profit PurchaseRevenue PurchaseProfit Cost")
    known = [row for row in rows if row["Revenue"] is not None]
    assert known
    for row in known:
        assert row["Profit"] == row["Revenue"] - row["Cost"]
        assert row["PurchaseProfit"] == row["PurchaseRevenue"] - row["Cost"]
        assert 0 <= row["PurchaseRevenue"] <= row["Revenue"]


def test_a_day_is_the_same_in_every_range(shared_client: EmulatorClient) -> None:
    """The range that a day is asked for in does not change it."""
    week = shared_client.report("Date CampaignId Impressions Cost")
    day = shared_client.report("Date CampaignId Impressions Cost", **days("2026-05-25", "2026-05-25"))
    assert [row for row in week if row["Date"] == "2026-05-25"] == day != []


@pytest.mark.parametrize(
    ("fields", "least", "greatest"),
    [("AvgImpressionPosition", 1, 5), ("AvgClickPosition", 1, 5), ("AvgTrafficVolume", 5, 150), ("AvgPageviews", 1, 6)],
    ids=["position", "click position", "traffic volume", "pageviews"],
)
def test_means_lie_where_they_may(shared_client: EmulatorClient, fields: str, least: int, greatest: int) -> None:
    """A mean is between the least and the greatest that there is of its kind."""
    rows = shared_client.report(f"AdId Device {fields}")
    means = [row[fields] for row in rows if row[fields] is not None]
    assert means
    assert all(least <= mean <= greatest for mean in means)


def _by(key: str, rows: list[ReportRow]) -> dict[Any, tuple[Any, ...]]:
    return {
        value: total([row for row in rows if row[key] == value], "Impressions", "Clicks", "Cost")
        for value in {row[key] for row in rows}
    }
