"""Package strategies that are made of a campaign's own, by StrategyFromCampaignId."""

from dataclasses import replace
from typing import Any

import pytest

from tests.emulator.conftest import Asker, codes

CPA = {"AverageCpa": 50_000_000, "GoalId": 7, "WeeklySpendLimit": 2_000_000_000}
OFF = {"BiddingStrategyType": "SERVING_OFF"}
BY_CPA = {
    "Search": {"BiddingStrategyType": "AVERAGE_CPA", "AverageCpa": CPA},
    "Network": {"BiddingStrategyType": "NETWORK_DEFAULT"},
}
PLATFORMS = {"SearchResult": "YES", "ProductGallery": "NO", "Network": "NO"}
GOALS = {"Items": [{"GoalId": 7, "Value": 90_000_000}]}
SOURCE = "CanBeUsedAsPackageBiddingStrategySource"


def source(ask: Asker, **members: Any) -> Any:
    """A new campaign with a strategy that can become a package."""
    text = {"BiddingStrategy": BY_CPA, "CounterIds": {"Items": [30]}, "PriorityGoals": GOALS}
    return ask.campaign(Name="Source", TextCampaign=text, **members)


def asking(key: Any, **members: Any) -> dict[str, Any]:
    """The structure of a text campaign that asks for another one's strategy."""
    return {"PackageBiddingStrategy": {"StrategyFromCampaignId": key, "Platforms": PLATFORMS} | members}


def package(ask: Asker, key: Any) -> Any:
    """What a campaign has of its package."""
    text = ask.one("campaigns", key, "Id", TextCampaignFieldNames=["PackageBiddingStrategy"])["TextCampaign"]
    return text["PackageBiddingStrategy"]


def add(ask: Asker, text: dict[str, Any]) -> list[list[int]]:
    """The errors of a new campaign."""
    item = {"Name": "x", "StartDate": "2026-06-01", "TextCampaign": text}
    return codes(ask.write("campaigns", "add", {"Campaigns": [item]}))


def test_a_new_campaign_shares_the_strategy_of_another(ask: Asker) -> None:
    """The other's strategy becomes a package of its name, and both campaigns are in it."""
    key = source(ask)
    other = ask.campaign(TextCampaign=asking(key))
    strategy = package(ask, other)["StrategyId"]
    assert package(ask, other) == {"StrategyId": strategy, "Platforms": PLATFORMS}
    places = {"SearchResult": "YES", "ProductGallery": "YES", "Network": "YES"}
    assert package(ask, key) == {"StrategyId": strategy, "Platforms": places}
    names = ("Name", "Type", "StatusArchived", "CounterIds", "PriorityGoals")
    made = ask.one("strategies", strategy, *names, StrategyAverageCpaFieldNames=list(CPA))
    assert made["AverageCpa"] == CPA
    assert [made[name] for name in names] == [
        "Source",
        "AVERAGE_CPA",
        "NO",
        {"Items": [30]},
        {"Items": [{**GOALS["Items"][0]}]},
    ]


def test_an_update_shares_a_strategy_too(ask: Asker) -> None:
    """A campaign that is there already joins another one, or makes a package of its own strategy alone."""
    first, second, third = source(ask), ask.campaign(), source(ask)
    items = [{"Id": second, "TextCampaign": asking(first)}, {"Id": third, "TextCampaign": asking(third)}]
    assert codes(ask.write("campaigns", "update", {"Campaigns": items})) == [[], []]
    assert package(ask, second)["StrategyId"] == package(ask, first)["StrategyId"]
    assert package(ask, third)["StrategyId"] not in (0, package(ask, first)["StrategyId"])
    assert package(ask, third)["Platforms"] == PLATFORMS


def test_the_strategy_is_in_use(ask: Asker) -> None:
    """A package that was made so cannot be archived while its campaigns are in it."""
    strategy = package(ask, ask.campaign(TextCampaign=asking(source(ask))))["StrategyId"]
    assert codes(ask.on("strategies", "archive", strategy)) == [[8303]]


def test_unified_campaigns_share_theirs(ask: Asker) -> None:
    """It is the same in v501, with a campaign that v5 added."""
    key, new = source(ask), replace(ask, version="v501")
    item = {"Name": "x", "StartDate": "2026-06-01", "UnifiedCampaign": asking(key)}
    (other,) = new.add("campaigns", "Campaigns", item)
    assert package(ask, other)["StrategyId"] == package(ask, key)["StrategyId"]


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [(BY_CPA, "YES"), ({"Search": {"BiddingStrategyType": "HIGHEST_POSITION"}, "Network": OFF}, "NO")],
    ids=["automatic", "by hand"],
)
def test_a_campaign_says_whether_it_can_be_a_source(ask: Asker, strategy: dict[str, Any], expected: str) -> None:
    """A strategy that is set by hand cannot be a package's, and one that is a package already is no other's source."""
    key = ask.campaign(TextCampaign={"BiddingStrategy": strategy})
    said = ask.one("campaigns", key, "Id", TextCampaignFieldNames=[SOURCE])
    assert said["TextCampaign"] == {SOURCE: expected}
    assert add(ask, asking(key)) == [[] if expected == "YES" else [6000]]
    said = ask.one("campaigns", key, "Id", TextCampaignFieldNames=[SOURCE])
    assert said["TextCampaign"] == {SOURCE: "NO"}
    assert add(ask, asking(key)) == [[6000]]


@pytest.mark.parametrize(
    ("members", "expected"),
    [({"StrategyId": 80_000_001}, [5009]), ({"StrategyFromCampaignId": 5}, [8800])],
    ids=["a strategy as well", "no such campaign"],
)
def test_what_is_refused(ask: Asker, members: dict[str, Any], expected: list[int]) -> None:
    """A strategy has one origin, and the campaign is the account's; nothing is made of what is refused."""
    ask.add("strategies", "Strategies", {"Name": "x", "WbMaximumClicks": {"WeeklySpendLimit": 300_000_000}})
    assert add(ask, asking(source(ask), **members)) == [expected]
    assert len(ask.result("strategies", "get", {"SelectionCriteria": {}, "FieldNames": ["Id"]})["Strategies"]) == 1


def test_neither_is_refused(ask: Asker) -> None:
    """A package that names neither a strategy nor a campaign is an error 5008."""
    assert add(ask, {"PackageBiddingStrategy": {"Platforms": PLATFORMS}}) == [[5008]]


def test_an_archived_campaign_is_no_source(ask: Asker) -> None:
    """Nothing in it can be changed, its strategy neither."""
    key = source(ask)
    ask.on("ads", "moderate", ask.ad(ask.group(key)))
    ask.result("campaigns", "get", {"FieldNames": ["Id"]})
    assert codes([*ask.on("campaigns", "suspend", key), *ask.on("campaigns", "archive", key)]) == [[], []]
    assert add(ask, asking(key)) == [[8300]]


def test_a_package_is_of_one_type(ask: Asker) -> None:
    """A campaign of another type is no source."""
    places = {
        "Search": {"BiddingStrategyType": "AVERAGE_CPC", "AverageCpc": {"AverageCpc": 9_000_000}},
        "Network": {"BiddingStrategyType": "SERVING_OFF"},
    }
    item = {"Name": "x", "StartDate": "2026-06-01", "MobileAppCampaign": {"BiddingStrategy": places}}
    (key,) = ask.add("campaigns", "Campaigns", item)
    assert add(ask, asking(key)) == [[6000]]
