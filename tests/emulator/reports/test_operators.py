"""Each operator of each field that can be filtered by, and each field that can be sorted by, against whole reports."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient, ReportRow, total
from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.facts import Field, FieldKind, Role

FACTS = facts.bundled()
HIDDEN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "AudienceTargetId": ("AUDIENCE_TARGET", "CriterionId"),
        "DynamicTextAdTargetId": ("DYNAMIC_TEXT_AD_TARGET", "CriterionId"),
        "Keyword": ("KEYWORD AUTOTARGETING", "Criterion"),
        "SmartAdTargetId": ("SMART_BANNER_FILTER", "CriterionId"),
        "SmartBannerFilterId": ("SMART_BANNER_FILTER", "CriterionId"),
    }
)
"""Fields without a column of their own: the types of criteria that have them, and the column that shows the same."""
YESTERDAY = {"DateRangeType": "YESTERDAY"}
DAYS = {"DateRangeType": "LAST_3_DAYS"}

Value = Any
Meets = Callable[[Value, Sequence[Value]], bool]


def _starts(value: Value, values: Sequence[Value]) -> bool:
    return value is not None and value.casefold().startswith(tuple(text.casefold() for text in values))


MEETS: Mapping[str, Meets] = MappingProxyType(
    {
        "EQUALS": lambda value, values: value in values,
        "NOT_EQUALS": lambda value, values: value not in values,
        "IN": lambda value, values: value in values,
        "NOT_IN": lambda value, values: value not in values,
        "LESS_THAN": lambda value, values: value is not None and value < values[0],
        "GREATER_THAN": lambda value, values: value is not None and value > values[0],
        "STARTS_WITH_IGNORE_CASE": _starts,
        "DOES_NOT_START_WITH_IGNORE_CASE": lambda value, values: not _starts(value, values),
        "STARTS_WITH_ANY_IGNORE_CASE": _starts,
        "DOES_NOT_START_WITH_ALL_IGNORE_CASE": lambda value, values: not _starts(value, values),
    }
)
FILTERS = [
    (field, operator)
    for field in FACTS.fields.values()
    for operator in field.operators
    if field.name != "PurchaseGoals"
]
SORTED = [field for field in FACTS.fields.values() if field.sortable]


@pytest.fixture(scope="module")
def whole(shared_client: EmulatorClient) -> Callable[[str], list[ReportRow]]:
    """Tells the rows of a field without a filter, which are the same for each of its operators."""

    @cache
    def whole(name: str) -> list[ReportRow]:
        field = FACTS.fields[name]
        return shared_client.report(_shown(field), _report(field), **DAYS)

    return whole


_ROWS_OF_CAMPAIGNS = ("CUSTOM_REPORT", "SEARCH_QUERY_PERFORMANCE_REPORT", "CAMPAIGN_PERFORMANCE_REPORT")


def _report(field: Field) -> str:
    """A type of report that has the field, the one with the most fields before others."""
    return next(report for report in (*_ROWS_OF_CAMPAIGNS, *FACTS.report_types) if report in field.roles)


def _shown(field: Field) -> str:
    """The columns that tell the rows of a field apart, and what they add up to."""
    names = ["CampaignId", "Clicks", "Cost"]
    if field.name in HIDDEN:
        names += ["CriterionType", HIDDEN[field.name][1]]
    elif field.selectable:
        names.insert(0, field.name)
    if field.roles[_report(field)] is Role.METRIC:
        names.append("Date")
    return " ".join(dict.fromkeys(names))


def _value(field: Field, row: ReportRow) -> Value:
    """What a row is filtered by: None where the field is not there."""
    if field.name not in HIDDEN:
        return row[field.name]
    types, column = HIDDEN[field.name]
    return row[column] if row["CriterionType"] in types.split() else None


def _filter_values(field: Field, operator: str, rows: Sequence[ReportRow]) -> list[Value]:
    """Values from the midst of those that there are: as many as the operator takes."""
    values = sorted({value for row in rows if (value := _value(field, row)) is not None})
    middle = len(values) // 2
    return values[middle : middle + (2 if operator in FACTS.list_operators else 1)]


def _texts(field: Field, values: Sequence[Value]) -> list[str]:
    return [
        format(value, "f") if field.kind in (FieldKind.DECIMAL, FieldKind.PERCENT) else str(value) for value in values
    ]


@pytest.mark.parametrize(
    ("field", "operator"), FILTERS, ids=[f"{field.name}-{operator}" for field, operator in FILTERS]
)
def test_a_filter_leaves_the_rows_that_meet_it(
    shared_client: EmulatorClient, whole: Callable[[str], list[ReportRow]], field: Field, operator: str
) -> None:
    """The rows are those of the whole report that meet the operator; without the column their sums are the same."""
    report, rows = _report(field), whole(field.name)
    values = _filter_values(field, operator, rows)
    chosen = (field.name, operator, *_texts(field, values))
    filtered = shared_client.report(_shown(field), report, chosen, **DAYS)
    assert filtered == [row for row in rows if MEETS[operator](_value(field, row), values)]
    assert len(filtered) < len(rows) or len({_value(field, row) for row in rows}) == 1
    if operator == field.operators[0] and field.roles[report] is not Role.METRIC:
        sums = shared_client.report("CampaignId Clicks Cost", report, chosen, **DAYS)
        assert total(sums, "Clicks", "Cost") == total(filtered, "Clicks", "Cost")


@pytest.mark.parametrize(("single_operator", "list_operator"), [("EQUALS", "IN"), ("NOT_EQUALS", "NOT_IN")])
def test_purchase_goals_have_lists_too(shared_client: EmulatorClient, single_operator: str, list_operator: str) -> None:
    """A list of one goal is that goal, and a list of all is what there is without the filter, or nothing."""
    fields = "CampaignId PurchaseRevenue PurchaseProfit PurchaseGoalsRoi"
    alone = [
        shared_client.report(fields, "CUSTOM_REPORT", ("PurchaseGoals", name, "12345"))
        for name in (single_operator, list_operator)
    ]
    assert alone[0] == alone[1]
    both = shared_client.report(fields, "CUSTOM_REPORT", ("PurchaseGoals", list_operator, "12345", "30000001"))
    whole = total(shared_client.report(fields), "PurchaseRevenue")
    assert total(both, "PurchaseRevenue") == (whole if list_operator == "IN" else (0,))


@pytest.mark.parametrize("field", SORTED, ids=[field.name for field in SORTED])
def test_rows_can_be_sorted_by_each_field(shared_client: EmulatorClient, field: Field) -> None:
    """Up and down, in the order of numbers, days or letters; what is not there comes first on the way up."""
    report = _report(field)
    fields = " ".join(dict.fromkeys([field.name, "CampaignId", "Clicks"]))
    rows = {
        order: shared_client.report(fields, report, OrderBy=[{"Field": field.name, "SortOrder": order}], **YESTERDAY)
        for order in ("ASCENDING", "DESCENDING")
    }
    up, down = ([row[field.name] for row in rows[order]] for order in rows)
    present = [value for value in up if value is not None]
    assert up == [None] * (len(up) - len(present)) + sorted(present)
    assert down == up[::-1]
    assert sorted(map(repr, rows["ASCENDING"])) == sorted(map(repr, rows["DESCENDING"]))
