"""What is wrong with a report definition is reported at once, each with its place."""

import pytest

from tests.protocol.reports.definitions import OWN_DATES, PLAIN, WHOLE, filtered, minimal
from yadirect_soap.protocol.reports.check import check

FILTER = "$.SelectionCriteria.Filter"
CAMPAIGNS = "CAMPAIGN_PERFORMANCE_REPORT"


def _dated(**days):
    return minimal(DateRangeType="CUSTOM_DATE", SelectionCriteria=days)


GOOD = {
    "plain": PLAIN,
    "every part": WHOLE,
    "own dates": minimal(**OWN_DATES),
    "one day": _dated(DateFrom="2026-05-01", DateTo="2026-05-01"),
    "a negative number": filtered("Profit", "LESS_THAN", "-1000000"),
    "a decimal": filtered("Ctr", "GREATER_THAN", "0.5"),
    "a filter on what is not selected": filtered("AdId", "IN", "1", "2", ReportType="AD_PERFORMANCE_REPORT"),
    "a filter that is no column": filtered("Keyword", "EQUALS", "buy", ReportType="CUSTOM_REPORT"),
    "an obsolete model": minimal(Goals=["1"], AttributionModels=["LSC"]),
    "a name of 255": minimal(ReportName="я" * 255),
    "10 000 values": filtered("AdGroupId", "IN", *map(str, range(10_000)), ReportType="CUSTOM_REPORT"),
}


@pytest.mark.parametrize("definition", GOOD.values(), ids=GOOD)
def test_a_good_definition_has_no_violation(definition):
    """What the documentation allows is not complained of."""
    assert check(definition) == []


BAD = {
    "no object": ([], ["$"]),
    "no name": (minimal(ReportName=None), ["$.ReportName"]),
    "an unknown member": (minimal(Formats="TSV"), ["$.Formats"]),
    "an unknown field": (minimal(FieldNames=["Clicks", "Click"]), ["$.FieldNames[1]"]),
    "another type's field": (minimal(FieldNames=["AdId", "Clicks"]), ["$.FieldNames[0]"]),
    "a field for filters only": (minimal(FieldNames=["Keyword"], ReportType="CUSTOM_REPORT"), ["$.FieldNames[0]"]),
    "a field twice": (minimal(FieldNames=["Clicks", "Cost", "Clicks"]), ["$.FieldNames[2]"]),
    "a day and a week": (minimal(FieldNames=["Date", "Week"]), ["$.FieldNames"]),
    "clicks of a type and impressions": (minimal(FieldNames=["ClickType", "Impressions"]), ["$.FieldNames"]),
    "two generations of criteria": (
        minimal(FieldNames=["Criteria", "CriterionId"], ReportType="CUSTOM_REPORT"),
        ["$.FieldNames"],
    ),
    "reach without campaigns": (
        minimal(FieldNames=["Clicks"], ReportType="REACH_AND_FREQUENCY_PERFORMANCE_REPORT"),
        ["$.FieldNames"],
    ),
    "no filter by a name": (filtered("CampaignName", "EQUALS", "a"), [f"{FILTER}[0].Field"]),
    "a filter of another type": (filtered("AdId", "IN", "1"), [f"{FILTER}[0].Field"]),
    "an operator not of the field": (filtered("Clicks", "NOT_IN", "1"), [f"{FILTER}[0].Operator"]),
    "an unknown operator": (filtered("Clicks", "BETWEEN", "1", "2"), [f"{FILTER}[0].Operator"]),
    "two values for one": (filtered("Clicks", "EQUALS", "1", "2"), [f"{FILTER}[0].Values"]),
    "no values": (filtered("Clicks", "IN"), [f"{FILTER}[0].Values"]),
    "10 001 values": (filtered("CampaignId", "IN", *map(str, range(10_001))), [f"{FILTER}[0].Values"]),
    "a text for a number": (filtered("Clicks", "IN", "1", "many"), [f"{FILTER}[0].Values[1]"]),
    "money in units": (filtered("Cost", "GREATER_THAN", "0.50"), [f"{FILTER}[0].Values[0]"]),
    "a number for a text": (filtered("Clicks", "EQUALS", 1), [f"{FILTER}[0].Values[0]"]),
    "a field filtered twice": (
        minimal(SelectionCriteria={"Filter": 2 * [{"Field": "Clicks", "Operator": "IN", "Values": ["1"]}]}),
        [f"{FILTER}[1].Field"],
    ),
    "sorted by what has no order": (
        minimal(OrderBy=[{"Field": "Criterion"}], ReportType="CUSTOM_REPORT"),
        ["$.OrderBy[0].Field"],
    ),
    "sorted by another type's field": (
        minimal(OrderBy=[{"Field": "Clicks"}, {"Field": "AdId"}]),
        ["$.OrderBy[1].Field"],
    ),
    "sorted twice": (minimal(OrderBy=[{"Field": "Clicks"}, {"Field": "Clicks"}]), ["$.OrderBy[1].Field"]),
    "no dates": (
        minimal(DateRangeType="CUSTOM_DATE"),
        ["$.SelectionCriteria.DateFrom", "$.SelectionCriteria.DateTo"],
    ),
    "dates for no reason": (
        {**minimal(**OWN_DATES), "DateRangeType": "TODAY"},
        ["$.SelectionCriteria.DateFrom", "$.SelectionCriteria.DateTo"],
    ),
    "no such day": (_dated(DateFrom="2026-02-30", DateTo="2026-03-01"), ["$.SelectionCriteria.DateFrom"]),
    "a day of another form": (_dated(DateFrom="20260201", DateTo="2026-03-01"), ["$.SelectionCriteria.DateFrom"]),
    "days the wrong way": (_dated(DateFrom="2026-05-02", DateTo="2026-05-01"), ["$.SelectionCriteria.DateTo"]),
    "11 goals": (minimal(Goals=list(map(str, range(11)))), ["$.Goals"]),
    "a goal twice": (minimal(Goals=["1", "1"]), ["$.Goals[1]"]),
    "an unknown model": (minimal(AttributionModels=["LAST"]), ["$.AttributionModels[0]"]),
    "an empty page": (minimal(Page={"Limit": 0}), ["$.Page.Limit"]),
    "a page before the first": (minimal(Page={"Limit": 1, "Offset": -1}), ["$.Page.Offset"]),
    "no limit": (minimal(Page={"Offset": 1}), ["$.Page.Limit"]),
    "a name of 256": (minimal(ReportName="я" * 256), ["$.ReportName"]),
    "another format": (minimal(Format="CSV"), ["$.Format"]),
}


@pytest.mark.parametrize(("definition", "places"), BAD.values(), ids=BAD)
def test_each_mistake_is_found_in_its_place(definition, places):
    """A definition with one mistake has one violation for each member that it is about."""
    assert [violation.path for violation in check(definition)] == places


def test_all_mistakes_are_reported_at_once():
    """A mistake in one part hides none in another."""
    definition = minimal(
        FieldNames=["Date", "Week", "AdId"],
        SelectionCriteria={"DateTo": "soon", "Filter": [{"Field": "Cost", "Operator": "IN", "Values": ["x"]}]},
        OrderBy=[{"Field": "Nothing"}],
        Goals=["1", "1"],
        Page={"Limit": -1},
        ReportName="",
    )
    assert {violation.path.split("[")[0] for violation in check(definition)} == {
        "$.FieldNames",
        "$.SelectionCriteria.DateTo",
        "$.SelectionCriteria.Filter",
        "$.OrderBy",
        "$.Goals",
        "$.Page.Limit",
        "$.ReportName",
    }


@pytest.mark.parametrize("value", [None, 5, "text", [], [None], {}, {"Filter": 5}], ids=repr)
@pytest.mark.parametrize("name", PLAIN | WHOLE)
def test_what_has_no_sense_is_complained_of_and_no_more(name, value):
    """A member of a wrong type gives violations, and never an error of the check's own."""
    violations = check({**WHOLE, name: value})
    assert all(violation.path.startswith("$") for violation in violations)


def test_the_complaint_says_what_is_expected():
    """A violation names the operators of the field, or the type of report."""
    [operator] = check(filtered("Clicks", "NOT_IN", "1"))
    assert str(operator).endswith("found NOT_IN, expected one of EQUALS, IN, LESS_THAN, GREATER_THAN for Clicks")
    [field] = check(minimal(FieldNames=["AdId"]))
    assert field.expected == f"a field of {CAMPAIGNS}"
