"""Members that add and update keep and test_kept_members.py cannot write, as they need others beside them."""

from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient

Item = dict[str, Any]
BID = 5_000_000
MANUAL = {
    "BiddingStrategy": {
        "Search": {"BiddingStrategyType": "HIGHEST_POSITION"},
        "Network": {"BiddingStrategyType": "SERVING_OFF"},
    }
}
CATEGORIES = {"Exact": "YES", "Narrow": "NO", "Alternative": "NO", "Accessory": "YES", "Broader": "NO"}
BRANDS = {"WithoutBrands": "YES", "WithAdvertiserBrand": "NO", "WithCompetitorsBrand": "YES"}
GOALS = [{"ExternalId": 4_100_001, "MembershipLifeSpan": 30}]
FEED = {
    "Name": "Столы",
    "BusinessType": "HOTELS",
    "SourceType": "URL",
    "UrlFeed": {"Url": "https://example.com/feed.xml"},
}


def manual_group(client: EmulatorClient) -> int:
    """A new group whose bids are set by hand."""
    return int(client.group(client.campaign(TextCampaign=MANUAL)))


def test_an_audience_target_keeps_its_priority(client: EmulatorClient) -> None:
    """The group, the list and the priority of a new target are shown."""
    group = manual_group(client)
    rules = [{"Operator": "ANY", "Arguments": GOALS}]
    (known,) = client.add("retargetinglists", "RetargetingLists", {"Name": "Гости", "Rules": rules})
    item = {"AdGroupId": group, "RetargetingListId": known, "StrategyPriority": "NORMAL"}
    (key,) = client.add("audiencetargets", "AudienceTargets", item)
    assert client.by_id("audiencetargets", key, *item) == item


def test_a_feed_keeps_its_name(client: EmulatorClient) -> None:
    """The name, the business and the source of a new feed are shown."""
    (key,) = client.add("feeds", "Feeds", FEED)
    shown = client.by_id("feeds", key, "Name", "BusinessType", "SourceType", UrlFeedFieldNames=["Url"])
    assert shown == FEED


@pytest.mark.parametrize(
    ("member", "value"),
    [("ContextBid", BID), ("Bid", BID), ("UserParam1", "a")],
)
def test_a_keyword_keeps_its_bids(client: EmulatorClient, member: str, value: Any) -> None:
    """Bids within the currency's bounds are shown."""
    item = {"AdGroupId": manual_group(client), "Keyword": "стол", member: value}
    (key,) = client.add("keywords", "Keywords", item)
    assert client.by_id("keywords", key, member) == {member: value}


def test_autotargeting_keeps_its_settings(client: EmulatorClient) -> None:
    """Each category and each kind of brand is shown as an update set it."""
    key = int(f"20{manual_group(client)}")
    settings = {"Categories": CATEGORIES, "BrandOptions": BRANDS}
    (result,) = client.write("keywords", "update", {"Keywords": [{"Id": key, "AutotargetingSettings": settings}]})
    assert not result["Errors"]
    shown = client.by_id(
        "keywords",
        key,
        "Id",
        AutotargetingSettingsCategoriesFieldNames=list(CATEGORIES),
        AutotargetingSettingsBrandOptionsFieldNames=list(BRANDS),
    )
    assert shown["AutotargetingSettings"] == settings


def test_a_rule_of_a_list_keeps_its_operator(client: EmulatorClient) -> None:
    """An update of the rules of a list shows the new operator."""
    rules = [{"Operator": "ANY", "Arguments": GOALS}]
    (key,) = client.add("retargetinglists", "RetargetingLists", {"Name": "Гости", "Rules": rules})
    update = {"Id": key, "Rules": [{"Operator": "ALL", "Arguments": GOALS}]}
    client.write("retargetinglists", "update", {"RetargetingLists": [update]})
    assert client.by_id("retargetinglists", key, "Rules") == {"Rules": update["Rules"]}
