"""Package strategies that are made of a campaign's own, by StrategyFromCampaignId."""

from dataclasses import replace
from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient, codes

CPA = {"AverageCpa": 50_000_000, "GoalId": 7, "WeeklySpendLimit": 2_000_000_000}
OFF = {"BiddingStrategyType": "SERVING_OFF"}
BY_CPA = {
    "Search": {"BiddingStrategyType": "AVERAGE_CPA", "AverageCpa": CPA},
    "Network": {"BiddingStrategyType": "NETWORK_DEFAULT"},
}
PLATFORMS = {"SearchResult": "YES", "ProductGallery": "NO", "Network": "NO"}
GOALS = {"Items": [{"GoalId": 7, "Value": 90_000_000}]}
SOURCE = "CanBeUsedAsPackageBiddingStrategySource"


def source(client: EmulatorClient, **members: Any) -> Any:
    """A new campaign with a strategy that can become a package."""
    text = {"BiddingStrategy": BY_CPA, "CounterIds": {"Items": [30]}, "PriorityGoals": GOALS}
    return client.campaign(Name="Source", TextCampaign=text, **members)


def asking(key: Any, **members: Any) -> dict[str, Any]:
    """The structure of a text campaign that asks for another one's strategy."""
    return {"PackageBiddingStrategy": {"StrategyFromCampaignId": key, "Platforms": PLATFORMS} | members}


def package(client: EmulatorClient, key: Any) -> Any:
    """What a campaign has of its package."""
    text = client.by_id("campaigns", key, "Id", TextCampaignFieldNames=["PackageBiddingStrategy"])["TextCampaign"]
    return text["PackageBiddingStrategy"]


def add(client: EmulatorClient, text: dict[str, Any]) -> list[list[int]]:
    """The errors of a new campaign."""
    item = {"Name": "x", "StartDate": "2026-06-01", "TextCampaign": text}
    return codes(client.write("campaigns", "add", {"Campaigns": [item]}))


def test_a_new_campaign_shares_the_strategy_of_another(client: EmulatorClient) -> None:
    """The other's strategy becomes a package of its name, and both campaigns are in it."""
    key = source(client)
    other = client.campaign(TextCampaign=asking(key))
    strategy = package(client, other)["StrategyId"]
    assert package(client, other) == {"StrategyId": strategy, "Platforms": PLATFORMS}
    places = {"SearchResult": "YES", "ProductGallery": "YES", "Network": "YES"}
    assert package(client, key) == {"StrategyId": strategy, "Platforms": places}
    names = ("Name", "Type", "StatusArchived", "CounterIds", "PriorityGoals")
    new_strategy = client.by_id("strategies", strategy, *names, StrategyAverageCpaFieldNames=list(CPA))
    assert new_strategy["AverageCpa"] == CPA
    assert [new_strategy[name] for name in names] == [
        "Source",
        "AVERAGE_CPA",
        "NO",
        {"Items": [30]},
        {"Items": [{**GOALS["Items"][0]}]},
    ]


def test_an_update_shares_a_strategy_too(client: EmulatorClient) -> None:
    """A campaign that is there already joins another one, or makes a package of its own strategy alone."""
    first, second, third = source(client), client.campaign(), source(client)
    items = [{"Id": second, "TextCampaign": asking(first)}, {"Id": third, "TextCampaign": asking(third)}]
    assert codes(client.write("campaigns", "update", {"Campaigns": items})) == [[], []]
    assert package(client, second)["StrategyId"] == package(client, first)["StrategyId"]
    assert package(client, third)["StrategyId"] not in (0, package(client, first)["StrategyId"])
    assert package(client, third)["Platforms"] == PLATFORMS


def test_the_strategy_is_in_use(client: EmulatorClient) -> None:
    """A package that was made so cannot be archived while its campaigns are in it."""
    strategy = package(client, client.campaign(TextCampaign=asking(source(client))))["StrategyId"]
    assert codes(client.on("strategies", "archive", strategy)) == [[8303]]


def test_unified_campaigns_share_theirs(client: EmulatorClient) -> None:
    """It is the same in v501, with a campaign that v5 added."""
    key, new = source(client), replace(client, version="v501")
    item = {"Name": "x", "StartDate": "2026-06-01", "UnifiedCampaign": asking(key)}
    (other,) = new.add("campaigns", "Campaigns", item)
    assert package(client, other)["StrategyId"] == package(client, key)["StrategyId"]


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [(BY_CPA, "YES"), ({"Search": {"BiddingStrategyType": "HIGHEST_POSITION"}, "Network": OFF}, "NO")],
    ids=["automatic", "by hand"],
)
def test_a_campaign_says_whether_it_can_be_a_source(
    client: EmulatorClient, strategy: dict[str, Any], expected: str
) -> None:
    """A strategy that is set by hand cannot be a package's, and one that is a package already is no other's source."""
    key = client.campaign(TextCampaign={"BiddingStrategy": strategy})
    item = client.by_id("campaigns", key, "Id", TextCampaignFieldNames=[SOURCE])
    assert item["TextCampaign"] == {SOURCE: expected}
    assert add(client, asking(key)) == [[] if expected == "YES" else [6000]]
    item = client.by_id("campaigns", key, "Id", TextCampaignFieldNames=[SOURCE])
    assert item["TextCampaign"] == {SOURCE: "NO"}
    assert add(client, asking(key)) == [[6000]]


@pytest.mark.parametrize(
    ("members", "expected"),
    [({"StrategyId": 80_000_001}, [5009]), ({"StrategyFromCampaignId": 5}, [8800])],
    ids=["a strategy as well", "no such campaign"],
)
def test_what_is_refused(client: EmulatorClient, members: dict[str, Any], expected: list[int]) -> None:
    """A strategy has one origin, and the campaign is the account's; nothing is made of what is refused."""
    client.add("strategies", "Strategies", {"Name": "x", "WbMaximumClicks": {"WeeklySpendLimit": 300_000_000}})
    assert add(client, asking(source(client), **members)) == [expected]
    assert len(client.result("strategies", "get", {"SelectionCriteria": {}, "FieldNames": ["Id"]})["Strategies"]) == 1


def test_neither_is_refused(client: EmulatorClient) -> None:
    """A package that names neither a strategy nor a campaign is an error 5008."""
    assert add(client, {"PackageBiddingStrategy": {"Platforms": PLATFORMS}}) == [[5008]]


def test_an_archived_campaign_is_no_source(client: EmulatorClient) -> None:
    """Nothing in it can be changed, its strategy neither."""
    key = source(client)
    client.on("ads", "moderate", client.ad(client.group(key)))
    client.result("campaigns", "get", {"FieldNames": ["Id"]})
    assert codes([*client.on("campaigns", "suspend", key), *client.on("campaigns", "archive", key)]) == [[], []]
    assert add(client, asking(key)) == [[8300]]


def test_a_package_is_of_one_type(client: EmulatorClient) -> None:
    """A campaign of another type is no source."""
    places = {
        "Search": {"BiddingStrategyType": "AVERAGE_CPC", "AverageCpc": {"AverageCpc": 9_000_000}},
        "Network": {"BiddingStrategyType": "SERVING_OFF"},
    }
    item = {"Name": "x", "StartDate": "2026-06-01", "MobileAppCampaign": {"BiddingStrategy": places}}
    (key,) = client.add("campaigns", "Campaigns", item)
    assert add(client, asking(key)) == [[6000]]
