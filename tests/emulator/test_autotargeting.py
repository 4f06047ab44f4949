"""Autotargeting, the keyword that every group has: where it is on, its bid, and its switches in two forms."""

from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient, codes

OFF = {"BiddingStrategyType": "SERVING_OFF"}
MANUAL = {"BiddingStrategyType": "HIGHEST_POSITION"}
CLICKS = {"BiddingStrategyType": "WB_MAXIMUM_CLICKS", "WbMaximumClicks": {"WeeklySpendLimit": 300_000_000}}
MOBILE = {
    "StoreUrl": "https://apps.example.com/1",
    "TargetDeviceType": ["DEVICE_TYPE_MOBILE"],
    "TargetCarrier": "WI_FI_ONLY",
    "TargetOperatingSystemVersion": "8.0",
}
BIDS = ("AutotargetingSearchBidIsAuto", "Bid")


def group_in(client: EmulatorClient, search: dict[str, Any] = MANUAL, network: dict[str, Any] = OFF) -> int:
    """A group whose campaign has these strategies."""
    return int(client.group(client.campaign(TextCampaign={"BiddingStrategy": {"Search": search, "Network": network}})))


def own(client: EmulatorClient, group: int, *fields: str, **lists: list[str]) -> dict[str, Any]:
    """Fields of a group's autotargeting."""
    return client.by_id("keywords", int(f"20{group}"), *fields, **lists)


def test_on_search_it_cannot_be_switched_off(client: EmulatorClient) -> None:
    """It is there from the start, and neither suspend (8302) nor delete (8301) takes it away."""
    group = group_in(client)
    key = int(f"20{group}")
    assert own(client, group, "State", "Status") == {"State": "OFF", "Status": "DRAFT"}
    assert codes(client.on("keywords", "suspend", key)) == [[8302]]
    assert codes(client.on("keywords", "delete", key)) == [[8301]]


@pytest.mark.parametrize("by", ["resume", "add"])
def test_in_networks_alone_it_is_off_until_it_is_switched_on(client: EmulatorClient, by: str) -> None:
    """Resume switches it on, and so does adding it, with a warning that it is there; delete switches it off."""
    group = group_in(client, OFF, CLICKS)
    key = int(f"20{group}")
    assert own(client, group, "State") == {"State": "SUSPENDED"}
    if by == "resume":
        client.on("keywords", "resume", key)
    else:
        (result,) = client.write("keywords", "add", {"Keywords": [{"AdGroupId": group, "Keyword": "---autotargeting"}]})
        assert (result["Id"], codes([result], "Warnings")) == (key, [[10140]])
    assert own(client, group, "State") == {"State": "OFF"}
    assert codes(client.on("keywords", "delete", key)) == [[]]
    assert own(client, group, "State") == {"State": "SUSPENDED"}


def test_groups_of_apps_have_it(client: EmulatorClient) -> None:
    """The group of a mobile campaign comes with its autotargeting, too."""
    campaign = {"Name": "x", "StartDate": "2026-06-01"}
    mobile = {"MobileAppCampaign": {"BiddingStrategy": {"Search": MANUAL, "Network": OFF}}}
    (key,) = client.add("campaigns", "Campaigns", campaign | mobile)
    item = {"Name": "g", "CampaignId": key, "RegionIds": [225], "MobileAppAdGroup": MOBILE}
    (group,) = client.add("adgroups", "AdGroups", item)
    assert own(client, group, "Keyword") == {"Keyword": "---autotargeting"}


@pytest.mark.parametrize("texts", [("---autotargeting", "words"), ("words", "---autotargeting")], ids=["from", "to"])
def test_its_text_stays(client: EmulatorClient, texts: tuple[str, str]) -> None:
    """Neither can it be reworded nor a keyword become one (5005)."""
    before, after = texts
    group = client.group()
    key = int(f"20{group}") if before == "---autotargeting" else client.keyword(before, group)
    assert codes(client.write("keywords", "update", {"Keywords": [{"Id": key, "Keyword": after}]})) == [[5005]]


def test_its_bid_is_automatic_at_first(client: EmulatorClient) -> None:
    """A new group's autotargeting has an automatic bid, and the least one for later."""
    assert own(client, group_in(client), *BIDS) == {"AutotargetingSearchBidIsAuto": "YES", "Bid": 300_000}


@pytest.mark.parametrize(
    ("service", "named", "item", "automatic"),
    [
        ("bids", "KeywordId", {"Bid": 10**6}, "NO"),
        ("bids", "AdGroupId", {"Bid": 10**6}, "NO"),
        ("bids", "AdGroupId", {"Bid": 10**6, "AutotargetingSearchBidIsAuto": "YES"}, "YES"),
        ("keywordbids", "KeywordId", {"SearchBid": 10**6}, "NO"),
        ("keywordbids", "AdGroupId", {"SearchBid": 10**6}, "YES"),
        ("keywordbids", "AdGroupId", {"SearchBid": 10**6, "AutotargetingSearchBidIsAuto": "NO"}, "NO"),
    ],
)
def test_a_bid_by_hand_ends_the_automatic_one(
    client: EmulatorClient, service: str, named: str, item: dict[str, Any], automatic: str
) -> None:
    """Bids.set does so whatever it names, KeywordBids.set for the autotargeting alone; either as the item says."""
    group = group_in(client)
    key = int(f"20{group}") if named == "KeywordId" else group
    name = "Bids" if service == "bids" else "KeywordBids"
    assert codes(client.write(service, "set", {name: [{named: key, **item}]})) == [[]]
    assert own(client, group, *BIDS) == {"AutotargetingSearchBidIsAuto": automatic, "Bid": 10**6}


def test_older_lists_follow_the_newer_settings(client: EmulatorClient) -> None:
    """What AutotargetingSettings switch off is off in AutotargetingCategories and AutotargetingBrandOptions."""
    group = client.group()
    settings = {"Categories": {"Broader": "NO", "Narrow": "NO"}, "BrandOptions": {"WithCompetitorsBrand": "NO"}}
    client.write("keywords", "update", {"Keywords": [{"Id": int(f"20{group}"), "AutotargetingSettings": settings}]})
    lists = own(client, group, "AutotargetingCategories", "AutotargetingBrandOptions")
    switched = {switch["Category"]: switch["Value"] for switch in lists["AutotargetingCategories"]["Items"]}
    assert switched == {"EXACT": "YES", "ALTERNATIVE": "YES", "COMPETITOR": "NO", "BROADER": "NO", "ACCESSORY": "YES"}
    brands = {switch["Option"]: switch["Value"] for switch in lists["AutotargetingBrandOptions"]["Items"]}
    assert brands == {"WITHOUT_BRANDS": "YES", "WITH_ADVERTISER_BRAND": "YES"}


def test_newer_settings_follow_the_older_lists(client: EmulatorClient) -> None:
    """Categories and brands that the lists switch off are off in AutotargetingSettings, the rest stays."""
    group = client.group()
    lists = {
        "AutotargetingCategories": [{"Category": name, "Value": "NO"} for name in ("EXACT", "COMPETITOR")],
        "AutotargetingBrandOptions": [{"Option": "WITHOUT_BRANDS", "Value": "NO"}],
    }
    client.write("keywords", "update", {"Keywords": [{"Id": int(f"20{group}"), **lists}]})
    settings = own(
        client,
        group,
        "Id",
        AutotargetingSettingsCategoriesFieldNames=["Exact", "Narrow", "Broader"],
        AutotargetingSettingsBrandOptionsFieldNames=["WithoutBrands", "WithAdvertiserBrand", "WithCompetitorsBrand"],
    )["AutotargetingSettings"]
    assert settings == {
        "Categories": {"Exact": "NO", "Narrow": "YES", "Broader": "YES"},
        "BrandOptions": {"WithoutBrands": "NO", "WithAdvertiserBrand": "YES", "WithCompetitorsBrand": "NO"},
    }
