"""What ads lead to and how many of a kind a group has; their texts are among the other rules."""

from dataclasses import replace
from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient, codes

Item = dict[str, Any]

MANUAL = {
    "Search": {"BiddingStrategyType": "HIGHEST_POSITION"},
    "Network": {"BiddingStrategyType": "SERVING_OFF"},
}
TEXT = {"Title": "t", "Text": "t", "Mobile": "NO", "Href": "https://example.com/"}
RESPONSIVE = {"Titles": ["a"], "Texts": ["b"], "Href": "https://example.com/"}
MOBILE = {
    "StoreUrl": "https://apps.example.com/1",
    "TargetDeviceType": ["DEVICE_TYPE_MOBILE"],
    "TargetCarrier": "WI_FI_ONLY",
    "TargetOperatingSystemVersion": "8.0",
}


@pytest.mark.parametrize(
    ("responsive", "expected"),
    [
        ({}, []),
        ({"Titles": [f"t{number}" for number in range(8)]}, [7000]),
        ({"Texts": [f"t{number}" for number in range(4)]}, [7000]),
        ({"Titles": ["t", "t"]}, [9802]),
        ({"AdImageHashes": [f"image-{number}" for number in range(5)]}, []),
        ({"AdImageHashes": [f"image-{number}" for number in range(6)]}, [7000]),
        ({"VideoExtensionIds": list(range(1, 8))}, [7000]),
        ({"Href": None}, [6000]),
        ({"Href": None, "BusinessId": 1}, []),
        ({"Href": None, "BusinessId": 1, "SitelinkSetId": 1}, [6000]),
        ({"Href": None, "BusinessId": 1, "DisplayUrlPath": "a"}, [6000]),
        ({"BusinessId": 2}, [6000]),
    ],
    ids=[
        *("good", "titles", "texts", "twice", "images", "too many images", "videos", "no link", "business"),
        *("sitelinks of no link", "path of no link", "hidden business"),
    ],
)
def test_responsive_ads(client: EmulatorClient, responsive: Item, expected: list[int]) -> None:
    """A responsive ad has up to seven titles, three texts, five images and six videos, and leads somewhere."""
    client.put("adimages", *({"AdImageHash": f"image-{number}"} for number in range(6)), by="AdImageHash")
    client.put("creatives", *({"Id": number} for number in range(1, 8)))
    client.put("businesses", {"Id": 1, "IsPublished": "YES"}, {"Id": 2, "IsPublished": "NO"})
    client.put("sitelinks", {"Id": 1, "Sitelinks": []})
    item: Item = RESPONSIVE | responsive
    members = {name: value for name, value in item.items() if value is not None}
    assert client.add_errors("ads", {"AdGroupId": client.group(), "ResponsiveAd": members}) == [expected]


def test_a_responsive_ad_cannot_lose_its_link(client: EmulatorClient) -> None:
    """Error 6000 meets an update that takes the link from an ad without a business."""
    client.version = "v501"
    (key,) = client.add("ads", "Ads", {"AdGroupId": client.group(), "ResponsiveAd": RESPONSIVE})
    update = {"Id": key, "ResponsiveAd": RESPONSIVE | {"Href": None}}
    assert codes(client.write("ads", "update", {"Ads": [update]})) == [[6000]]


def test_a_group_has_three_responsive_ads_and_ten_with_the_archive(client: EmulatorClient) -> None:
    """The fourth that is not in the archive meets error 7001, and so does the eleventh of all."""
    group = client.group()
    item = {"AdGroupId": group, "ResponsiveAd": RESPONSIVE}
    assert client.add_errors("ads", *[item] * 4) == [[], [], [], [7001]]
    rows = list(client.emulator.store.rows("ads", "anna", adgroups=[group]))
    for number in range(8):
        archived = rows[0].document | {"Id": number + 1, "State": "ARCHIVED"}
        client.emulator.store.put("ads", number + 1, "anna", archived, changed=0)
    for row in rows:
        client.emulator.store.delete("ads", row.id)
    assert client.add_errors("ads", *[item] * 3) == [[], [], [7001]]


def test_a_group_has_one_shopping_ad(client: EmulatorClient) -> None:
    """A second one, or a second listing ad, meets error 7001."""
    feed = {"Name": "f", "BusinessType": "RETAIL", "SourceType": "URL", "UrlFeed": {"Url": "https://example.com/feed"}}
    (key,) = client.add("feeds", "Feeds", feed)
    client = replace(client, version="v501")
    (campaign,) = client.add("campaigns", "Campaigns", {"Name": "x", "StartDate": "2026-06-01", "UnifiedCampaign": {}})
    group, ad = client.group(campaign), {"FeedId": key, "DefaultTexts": ["t"]}
    items = [{"AdGroupId": group, kind: ad} for kind in ("ShoppingAd", "ListingAd") * 2]
    assert client.add_errors("ads", *items) == [[], [], [7001], [7001]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ({"SitelinkSetId": 1, "TurboPageId": 1}, []),
        ({"SitelinkSetId": 1, "BusinessId": 1}, [6000]),
        ({"BusinessId": 1, "PreferVCardOverBusiness": "YES"}, [6000]),
        ({"BusinessId": 2}, [6000]),
    ],
    ids=["sitelinks of a Turbo page", "sitelinks of a business", "no vCard to prefer", "hidden business"],
)
def test_what_a_text_ad_leads_to(client: EmulatorClient, text: Item, expected: list[int]) -> None:
    """Sitelinks need a link or a Turbo page beside them, a preferred vCard needs both, a business is published."""
    client.put("businesses", {"Id": 1, "IsPublished": "YES"}, {"Id": 2, "IsPublished": "NO"})
    client.put("sitelinks", {"Id": 1, "Sitelinks": []})
    client.put("turbopages", {"Id": 1})
    item = {name: value for name, value in TEXT.items() if name != "Href"} | text
    assert client.add_errors("ads", {"AdGroupId": client.group(), "TextAd": item}) == [expected]


def test_ads_of_apps_are_for_adults_unless_said_otherwise(client: EmulatorClient) -> None:
    """The label of a new mobile ad is AGE_18."""
    campaign = {
        "Name": "x",
        "StartDate": "2026-06-01",
        "MobileAppCampaign": {"BiddingStrategy": MANUAL},
    }
    (key,) = client.add("campaigns", "Campaigns", campaign)
    group = {"Name": "g", "CampaignId": key, "RegionIds": [225], "MobileAppAdGroup": MOBILE}
    (group_id,) = client.add("adgroups", "AdGroups", group)
    ad = {"Title": "t", "Text": "t", "Action": "INSTALL"}
    plain, labelled = client.add(
        "ads",
        "Ads",
        {"AdGroupId": group_id, "MobileAppAd": ad},
        {"AdGroupId": group_id, "MobileAppAd": ad | {"AgeLabel": "AGE_6"}},
    )
    assert [client.by_id("ads", ad, "AgeLabel")["AgeLabel"] for ad in (plain, labelled)] == ["AGE_18", "AGE_6"]
