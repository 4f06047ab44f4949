"""What the facts say of an operation or a type, as its docstring says it."""

import pytest

from tools.codegen import docstring_facts
from tools.codegen.type_usage import uses_of
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import bundled

OPERATIONS = {
    "ads.update": ["At most 1_000 objects a call.", "Costs 20 units and 20 for each object."],
    "bids.setAuto": ["At most 10 by CampaignId, 1_000 by AdGroupId, 10_000 by KeywordId a call.", "Costs 25 units."],
    "dynamicfeedadtargets.delete": [
        "At most 10_000 objects a call (not documented, assumed).",
        "Costs 10 units and 1 for each object (not documented, assumed).",
    ],
    "dictionaries.get": ["Costs 1 unit."],
    "keywords.get": [
        "At most 10_000 objects a page.",
        "SelectionCriteria holds at most 10_000 Ids, 1_000 AdGroupIds, 10 CampaignIds.",
        "SelectionCriteria needs one of AdGroupIds, CampaignIds, Ids.",
        "Costs 15 units and 1 for each 2_000 objects; 3 in place of 1 with Productivity, StatisticsNetwork, "
        "StatisticsSearch.",
    ],
    "bidmodifiers.get": ["At most 10_000 objects a page, Limit and Offset together to 120_000."],
    "agencyclients.add": [
        "Refused with error 3001: for agencies with a permission; others call addPassportOrganization."
    ],
}
TYPES = {
    "bids:BidSetAutoItem": ["Sent by bids.setAuto.", 'Amounts, in micros or with money="decimal" as Decimal: MaxBid.'],
    "campaigns:DailyBudget": ["Sent by campaigns.add, campaigns.update.", "Answered by campaigns.get."],
    "campaigns:StrategyAverageRoi": ["In millionths, and no money: RoiCoef, Profitability."],
    "general:LimitOffset": ["Sent by 26 operations."],
}


@pytest.mark.parametrize(("key", "expected"), OPERATIONS.items(), ids=OPERATIONS)
def test_an_operation_tells_its_facts(key: str, expected: list[str]) -> None:
    """Limits, criteria, units and refusals are reported, and where they are documented."""
    service, name = key.split(".")
    lines = list(docstring_facts.of_operation(bundled().operation(service, name), facts.bundled()))
    assert [sentence for sentence in expected if sentence not in lines] == []
    assert lines[-1] == facts.bundled().page(service)


@pytest.mark.parametrize(("name", "expected"), TYPES.items(), ids=TYPES)
def test_a_type_tells_its_use(name: str, expected: list[str]) -> None:
    """Who sends it and who answers it is reported, and which of its numbers are money or ratios."""
    schema, _, own = name.partition(":")
    lines = list(docstring_facts.of_type(uses_of(bundled())[schema][own], facts.bundled()))
    assert [sentence for sentence in expected if sentence not in lines] == []
