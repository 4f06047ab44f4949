"""What of the statistics a definition picks, in which order, and how its headers have it written."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient, ReportRow, total

Meets = Callable[[Any], bool]

CENT = 10_000
"""Micros that amounts are rounded to."""

FILTERS: dict[str, tuple[str, tuple[str, ...], Meets]] = {
    "equals": ("Device", ("EQUALS", "MOBILE"), lambda value: value == "MOBILE"),
    "not equals": ("Device", ("NOT_EQUALS", "MOBILE"), lambda value: value != "MOBILE"),
    "in": ("Device", ("IN", "MOBILE", "TABLET"), lambda value: value in {"MOBILE", "TABLET"}),
    "not in": ("Device", ("NOT_IN", "MOBILE", "TABLET"), lambda value: value not in {"MOBILE", "TABLET"}),
    "an id": ("AdId", ("IN", "17000000001", "1"), lambda value: value == 17000000001),
    "not in, of what is not there": ("RlAdjustmentId", ("NOT_IN", "1"), lambda value: value != 1),
    "not equal to what is not there": (
        "ExternalNetworkName",
        ("NOT_EQUALS", "Smaato"),
        lambda value: value != "Smaato",
    ),
}
MEASURES: dict[str, tuple[str, tuple[str, ...], Meets]] = {
    "a count, less": ("Clicks", ("LESS_THAN", "3"), lambda value: value < 3),
    "a count, greater": ("Clicks", ("GREATER_THAN", "3"), lambda value: value > 3),
    "a count, equal": ("Clicks", ("IN", "1", "2"), lambda value: value in {1, 2}),
    "an amount, in micros": ("Cost", ("GREATER_THAN", "20000000"), lambda value: value > 20),
    "a percentage": ("Ctr", ("GREATER_THAN", "5.25"), lambda value: value > Decimal("5.25")),
    "a percentage of three digits": ("Ctr", ("LESS_THAN", "5.251"), lambda value: value < Decimal("5.251")),
    "a ratio that is not there": ("AvgCpc", ("LESS_THAN", "5000000"), lambda value: value is not None and value < 5),
    "more than there is": ("Impressions", ("GREATER_THAN", "9" * 40), lambda value: False),
}


@pytest.mark.parametrize("name", [*FILTERS, *MEASURES])
def test_a_filter_leaves_what_meets_it(shared_client: EmulatorClient, name: str) -> None:
    """The rows are those of the unfiltered report that meet the filter; amounts are compared in micros always."""
    field, (operator, *values), meets = (FILTERS | MEASURES)[name]
    fields = " ".join(dict.fromkeys(["AdId", "Date", field, "Impressions"]))
    whole = shared_client.report_rows(shared_client.definition(fields), returnMoneyInMicros="false")
    filtered = shared_client.report_rows(
        shared_client.definition(fields, "CUSTOM_REPORT", (field, operator, *values)), returnMoneyInMicros="false"
    )
    assert filtered == [row for row in whole if meets(row[field])]
    assert len(filtered) < len(whole) or name == "not in, of what is not there"


TEXTS: dict[str, tuple[tuple[str, ...], Meets]] = {
    "equals, without case": (("EQUALS", "Полки ИЗ кедра"), lambda text: text == "полки из кедра"),
    "not in, without case": (("NOT_IN", "Полки ИЗ кедра"), lambda text: text != "полки из кедра"),
    "starts": (("STARTS_WITH_IGNORE_CASE", "ПОЛКИ"), lambda text: text.startswith("полки")),
    "does not start": (("DOES_NOT_START_WITH_IGNORE_CASE", "ПОЛКИ"), lambda text: not text.startswith("полки")),
    "starts with any": (
        ("STARTS_WITH_ANY_IGNORE_CASE", "ПОЛКИ", "Где"),
        lambda text: text.startswith(("полки", "где")),
    ),
    "starts with none": (
        ("DOES_NOT_START_WITH_ALL_IGNORE_CASE", "ПОЛКИ", "Где"),
        lambda text: not text.startswith(("полки", "где")),
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_compared_without_case(shared_client: EmulatorClient, name: str) -> None:
    """A search query in capitals, Cyrillic ones too, is the same query."""
    chosen, meets = TEXTS[name]
    report = "SEARCH_QUERY_PERFORMANCE_REPORT"
    whole = shared_client.report("Query AdId Clicks", report)
    filtered = shared_client.report("Query AdId Clicks", report, ("Query", *chosen))
    assert filtered == [row for row in whole if meets(row["Query"])]
    assert 0 < len(filtered) < len(whole)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Keyword", "ПОЛКИ ИЗ КЕДРА"),
        ("AudienceTargetId", "27000000001"),
        ("DynamicTextAdTargetId", "37500000001"),
        ("SmartAdTargetId", "67000000001"),
    ],
)
def test_conditions_can_be_filtered_by_what_has_no_column(shared_client: EmulatorClient, name: str, value: str) -> None:
    """Fields that are for filters alone pick the rows of one condition."""
    rows = shared_client.report(
        "CriterionId Criterion Impressions", "CRITERIA_PERFORMANCE_REPORT", (name, "EQUALS", value)
    )
    assert len({row["CriterionId"] for row in rows}) == 1
    assert value in (str(rows[0]["CriterionId"]), rows[0]["Criterion"].upper())


def test_several_filters_must_all_be_met(shared_client: EmulatorClient) -> None:
    """Filters on segments and on sums are all met at once."""
    filters = (("Device", "EQUALS", "DESKTOP"), ("Gender", "EQUALS", "GENDER_MALE"), ("Clicks", "GREATER_THAN", "1"))
    rows = shared_client.report("AdId Device Gender Clicks", "CUSTOM_REPORT", *filters)
    assert rows
    assert {(row["Device"], row["Gender"], row["Clicks"] > 1) for row in rows} == {("DESKTOP", "GENDER_MALE", True)}


def test_purchase_goals_pick_what_purchases_are_counted_by(shared_client: EmulatorClient) -> None:
    """The filter leaves all rows as they are, but for the metrics of purchases."""
    whole = shared_client.report("CampaignId Revenue PurchaseRevenue")
    of_goal = shared_client.report(
        "CampaignId Revenue PurchaseRevenue", "CUSTOM_REPORT", ("PurchaseGoals", "EQUALS", "12345")
    )
    of_others = shared_client.report(
        "CampaignId Revenue PurchaseRevenue", "CUSTOM_REPORT", ("PurchaseGoals", "NOT_EQUALS", "12345")
    )
    assert total(of_goal, "Revenue") == total(of_others, "Revenue") == total(whole, "Revenue")
    (first,), (second,), (both,) = (total(rows, "PurchaseRevenue") for rows in (of_goal, of_others, whole))
    assert (first > 0, second > 0, first + second) == (True, True, both)


@pytest.mark.parametrize("order", ["ASCENDING", "DESCENDING"])
@pytest.mark.parametrize("name", ["Cost", "Ctr", "AdId", "Date", "AvgCpc"])
def test_rows_come_in_the_order_asked_for(shared_client: EmulatorClient, name: str, order: str) -> None:
    """By a segment or a sum, up or down; -- is less than anything."""
    rows = shared_client.report(
        "AdId Date Device Clicks Cost Ctr AvgCpc", OrderBy=[{"Field": name, "SortOrder": order}]
    )
    values = [row[name] for row in rows]
    present = [value for value in values if value is not None]
    absent = [None] * (len(values) - len(present))
    ascending = order == "ASCENDING"
    present.sort(reverse=not ascending)
    assert values == (absent + present if ascending else present + absent)


def test_a_second_order_decides_where_the_first_does_not(shared_client: EmulatorClient) -> None:
    """Orders apply one after the other; without a SortOrder it is ascending."""
    rows = shared_client.report(
        "Device AdId Clicks", OrderBy=[{"Field": "Device"}, {"Field": "Clicks", "SortOrder": "DESCENDING"}]
    )
    assert rows == sorted(rows, key=lambda row: (row["Device"], -row["Clicks"]))


def test_a_report_may_be_sorted_by_what_it_does_not_show(shared_client: EmulatorClient) -> None:
    """Neither a sum nor a segment needs a column to sort by, and a segment does not divide the rows."""
    by_cost = shared_client.report("CampaignId Clicks Cost", OrderBy=[{"Field": "Cost"}])
    hidden = shared_client.report("CampaignId Clicks", OrderBy=[{"Field": "Cost"}])
    assert [row["CampaignId"] for row in hidden] == [row["CampaignId"] for row in by_cost]
    assert len(shared_client.report("CampaignId Clicks", OrderBy=[{"Field": "Device"}])) == len(by_cost)


def test_pages_make_up_the_whole(shared_client: EmulatorClient) -> None:
    """Pages one after the other are the report, and its last line counts the rows of the page."""
    members: dict[str, Any] = {"OrderBy": [{"Field": "Clicks"}]}
    whole = shared_client.report("AdId Device Clicks", **members)
    parts: list[ReportRow] = []
    while page := shared_client.report("AdId Device Clicks", Page={"Limit": 30, "Offset": len(parts)}, **members):
        parts += page
    assert parts == whole
    text = shared_client.report_text(shared_client.definition("AdId Device Clicks", Page={"Limit": 30}, **members))
    assert text.endswith("\nTotal rows: 30\n")


def test_nothing_is_a_report_too(shared_client: EmulatorClient) -> None:
    """Where there is nothing there are no rows, not even of zeros."""
    nothing = ("CampaignId", "EQUALS", "1")
    for report, fields in (("ACCOUNT_PERFORMANCE_REPORT", "Impressions"), ("CUSTOM_REPORT", "CampaignId Impressions")):
        chosen = ("CampaignType", "EQUALS", "SMART_CAMPAIGN") if report.startswith("ACCOUNT") else nothing
        search = ("AdNetworkType", "EQUALS", "SEARCH")
        text = shared_client.report_text(
            shared_client.definition(fields, report, chosen, search), skipReportHeader="true"
        )
        assert text == fields.replace(" ", "\t") + "\nTotal rows: 0\n"


# --- goals --------------------------------------------------------------------------------------------------------


def test_goals_become_columns_for_each_model(shared_client: EmulatorClient) -> None:
    """Each field of goals stands there once for each goal and model, in the place where it was asked for."""
    definition = shared_client.definition(
        "CampaignId Conversions Clicks", Goals=["12345", "30000001"], AttributionModels=["LC", "FC"]
    )
    assert list(shared_client.report_rows(definition)[0]) == [
        "CampaignId",
        "Conversions_12345_LC",
        "Conversions_12345_FCCD",
        "Conversions_30000001_LC",
        "Conversions_30000001_FCCD",
        "Clicks",
    ]


def test_all_goals_together_are_the_sum_of_each(shared_client: EmulatorClient) -> None:
    """Without Goals, Conversions and Revenue count every goal that a campaign names, by the last click."""
    fields = "CampaignId Conversions Revenue"
    whole = shared_client.report(fields)
    by_goal = shared_client.report(fields, Goals=["12345", "30000001"])
    for name in ("Conversions", "Revenue"):
        (expected,) = total(whole, name)
        assert sum(total(by_goal, f"{name}_12345_LC", f"{name}_30000001_LC")) == expected > 0


def test_models_tell_different_numbers_of_the_same_clicks(shared_client: EmulatorClient) -> None:
    """The model decides which conversions are counted; the last click sees most of them."""
    models = ["LC", "AUTO", "LSCCD", "FCCD"]
    members = {"Goals": ["30000001"], "AttributionModels": models, "DateRangeType": "LAST_30_DAYS"}
    (row,) = shared_client.report("Conversions", "ACCOUNT_PERFORMANCE_REPORT", **members)
    counts = [row[f"Conversions_30000001_{model}"] for model in models]
    assert counts == sorted(set(counts), reverse=True)
    (plain,) = shared_client.report(
        "Conversions", "ACCOUNT_PERFORMANCE_REPORT", **members | {"AttributionModels": ["FCCD"]}
    )
    assert plain["Conversions_30000001_FCCD"] == counts[-1]


def test_what_counts_no_goal_has_no_conversions(shared_client: EmulatorClient) -> None:
    """A campaign without goals and counters has -- and not zero."""
    rows = shared_client.report("CampaignType Conversions Revenue GoalsRoi ConversionRate")
    mobile = next(row for row in rows if row["CampaignType"] == "MOBILE_APP_CAMPAIGN")
    assert {mobile[name] for name in ("Conversions", "Revenue", "GoalsRoi", "ConversionRate")} == {None}
    goal = shared_client.report("CampaignType Conversions", Goals=["77"])
    assert next(row for row in goal if row["CampaignType"] == "MOBILE_APP_CAMPAIGN")["Conversions_77_LC"] is None


# --- how it is written --------------------------------------------------------------------------------------------


def test_vat_raises_costs_and_what_priority_goals_are_worth(shared_client: EmulatorClient) -> None:
    """IncludeVAT adds the currency's rate to what was charged and to values of the campaign's own, not to Metrica's."""
    fields, goals = "CampaignId Cost Revenue Conversions PurchaseRevenue Impressions", ["12345", "30000001"]
    net = shared_client.report(fields, Goals=goals)
    gross = shared_client.report(fields, Goals=goals, IncludeVAT="YES")
    taxed_fields = ("Cost", "Revenue_12345_LC")
    for net_row, gross_row in zip(net, gross, strict=True):
        assert gross_row == net_row | {name: gross_row[name] for name in taxed_fields}
        assert all(
            abs(gross_row[name] - net_row[name] * 122 // 100) <= CENT / 2
            for name in taxed_fields
            if net_row[name] is not None
        )
    assert all(total(net, *taxed_fields, "Revenue_30000001_LC"))


def test_profit_with_vat_is_of_amounts_with_vat(shared_client: EmulatorClient) -> None:
    """Profit and ratios of money come from the amounts that stand beside them."""
    rows = shared_client.report("CampaignId Cost Clicks Revenue Profit AvgCpc", IncludeVAT="YES")
    known = [row for row in rows if row["Revenue"]]
    assert known
    for row in known:
        assert abs(row["Profit"] - (row["Revenue"] - row["Cost"])) <= CENT
        assert abs(row["AvgCpc"] - row["Cost"] / row["Clicks"]) <= CENT


def test_money_is_micros_or_units(shared_client: EmulatorClient) -> None:
    """The same amounts, to the nearest hundredth, come as integers of a millionth, or with two decimals."""
    definition = shared_client.definition("AdId Device Cost AvgCpc Revenue", IncludeVAT="YES")
    micros = shared_client.report_rows(definition, returnMoneyInMicros="true")
    units = shared_client.report_rows(definition, returnMoneyInMicros="false")
    for name in ("Cost", "AvgCpc", "Revenue"):
        for micros_row, units_row in zip(micros, units, strict=True):
            assert micros_row[name] == (None if units_row[name] is None else units_row[name] * 1_000_000)
    text = shared_client.report_text(
        shared_client.definition("Cost", "ACCOUNT_PERFORMANCE_REPORT"), returnMoneyInMicros="false"
    )
    assert text.splitlines()[2].partition(".")[2].isdigit()


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, ["title", "columns", "row", "total"]),
        ({"skipReportHeader": "true"}, ["columns", "row", "total"]),
        ({"skipColumnHeader": "true"}, ["title", "row", "total"]),
        ({"skipReportSummary": "true"}, ["title", "columns", "row"]),
        ({"skipReportHeader": "false", "skipColumnHeader": "TRUE"}, ["title", "row", "total"]),
    ],
    ids=["all", "no title", "no columns", "no total", "false is as if unsaid"],
)
def test_headers_leave_lines_out(shared_client: EmulatorClient, headers: dict[str, str], expected: list[str]) -> None:
    """Each of the three lines around the rows can be left out."""
    definition = shared_client.definition("Impressions", "ACCOUNT_PERFORMANCE_REPORT", ReportName='the "name"\tof it')
    lines = shared_client.report_text(definition, **headers).split("\n")
    known = {
        '"the "name" of it (2026-05-22 - 2026-05-28)"': "title",
        "Impressions": "columns",
        "Total rows: 1": "total",
    }
    assert [known.get(line, "row") for line in lines[:-1]] == expected
    assert lines[-1] == ""


@pytest.mark.parametrize(("language", "location"), [("ru", "Россия"), ("en", "Russia")])
def test_places_are_named_in_the_callers_language(shared_client: EmulatorClient, language: str, location: str) -> None:
    """Names of regions follow Accept-Language; their ids are those of the group's regions."""
    rows = shared_client.report_rows(
        shared_client.definition("TargetingLocationId TargetingLocationName Clicks"), Accept_Language=language
    )
    assert {row["TargetingLocationName"] for row in rows if row["TargetingLocationId"] == 225} == {location}
    assert {row["TargetingLocationId"] for row in rows} <= {225, 1, 2, 213}
