"""Objects that are taken as they are, and calls that add one of them with a value in a member."""

from collections.abc import Callable, Mapping

from tests.emulator.emulator_client import EmulatorClient
from tests.emulator.limits.values import ARGUMENT, LINK, OFF, Builder, Item, Value, put_at

NEW_CAMPAIGN: Item = {"Name": "c", "StartDate": "2026-06-01"}
TEXT_AD = {"Title": "Title", "Text": "Text", "Mobile": "NO", "Href": LINK}
MOBILE_APP_AD = {"Title": "Title", "Text": "Text", "Action": "GET"}
RESPONSIVE_AD = {"Titles": ["Title"], "Texts": ["Text"], "Href": LINK}
PHONE = {"CountryCode": "+7", "CityCode": "495", "PhoneNumber": "123-45-67"}
POINT = dict.fromkeys(("X", "Y", "X1", "Y1", "X2", "Y2"), 0)


def added(service: str, path: str, value: Value, base: Callable[[EmulatorClient], Item] | None = None) -> Builder:
    """Adds an object with a value at a path."""

    def build(client: EmulatorClient, number: int) -> list[int]:
        return client.add_errors(service, put_at((base or BASES[service])(client), path, value(number)))[0]

    return build


def ad(kind: str, group: str, members: Item) -> Callable[[EmulatorClient], Item]:
    """An ad of a kind in a new group of a type."""
    return lambda client: {"AdGroupId": _group(client, group), kind: members}


def _group(client: EmulatorClient, kind: str) -> int:
    """A group of a type that need not be one that can be added any more."""
    key = client.group()
    document = client.emulator.store.get("adgroups", key, "anna") or {}
    client.put("adgroups", {**document, "Type": kind} if kind else {k: v for k, v in document.items() if k != "Type"})
    return int(key)


def text_ad(client: EmulatorClient) -> Item:
    """A text ad."""
    return {"AdGroupId": client.group(), "TextAd": TEXT_AD}


def text_ad_with_callouts(client: EmulatorClient) -> Item:
    """A text ad, with callouts to take."""
    client.put("adextensions", *({"Id": number, "Type": "CALLOUT", "State": "ON"} for number in range(1, 60)))
    return text_ad(client)


def responsive_ad(client: EmulatorClient) -> Item:
    """A responsive ad, with images and videos to take."""
    client.put("adimages", *({"AdImageHash": f"h{n}", "Type": "REGULAR"} for n in range(1, 10)), by="AdImageHash")
    client.put("creatives", *({"Id": number, "Type": "VIDEO_EXTENSION_CREATIVE"} for number in range(1, 10)))
    return {"AdGroupId": client.group(), "ResponsiveAd": RESPONSIVE_AD}


def banner(client: EmulatorClient) -> Item:
    """A display banner."""
    client.put("creatives", {"Id": 1})
    creative = {"Creative": {"CreativeId": 1}, "Href": LINK}
    return {"AdGroupId": _group(client, "CPM_BANNER_AD_GROUP"), "CpmBannerAdBuilderAd": creative}


def shopping_ad(client: EmulatorClient, kind: str = "ShoppingAd") -> Item:
    """An ad made of a feed."""
    client.put("feeds", {"Id": 1, "Status": "DONE"})
    return {"AdGroupId": _group(client, "UNIFIED_AD_GROUP"), kind: {"FeedId": 1, "DefaultTexts": ["Text"]}}


def listed(client: EmulatorClient) -> Item:
    """A listing ad."""
    return shopping_ad(client, "ListingAd")


def targets(service: str) -> Callable[[EmulatorClient], Item]:
    """A condition of dynamic or smart ads."""
    group = "SMART_AD_GROUP" if service == "smartadtargets" else "DYNAMIC_TEXT_AD_GROUP"
    more = {"Audience": "ALL_SEGMENTS"} if service == "smartadtargets" else {}
    return lambda client: {"Name": "n", "AdGroupId": _group(client, group), **more}


def mobile_group(client: EmulatorClient) -> Item:
    """A group of ads of an app."""
    strategy = {"Search": {"BiddingStrategyType": "HIGHEST_POSITION"}, "Network": OFF}
    item = {**NEW_CAMPAIGN, "MobileAppCampaign": {"BiddingStrategy": strategy}}
    (campaign,) = client.add("campaigns", "Campaigns", item)
    app = {
        "StoreUrl": LINK,
        "TargetDeviceType": ["DEVICE_TYPE_MOBILE"],
        "TargetCarrier": "WI_FI_ONLY",
        "TargetOperatingSystemVersion": "8.0",
    }
    return {"Name": "g", "CampaignId": campaign, "RegionIds": [225], "MobileAppAdGroup": app}


def dynamic_group(client: EmulatorClient) -> Item:
    """A group of dynamic ads."""
    client.put("campaigns", {"Id": 1, "Type": "DYNAMIC_TEXT_CAMPAIGN", "DynamicTextCampaign": {}})
    return {"Name": "g", "CampaignId": 1, "RegionIds": [225], "DynamicTextAdGroup": {"DomainUrl": "example.com"}}


def group(client: EmulatorClient) -> Item:
    """A group of text ads, with shared sets to take."""
    shared_sets(client)
    return {"Name": "g", "CampaignId": client.campaign(), "RegionIds": [225]}


def campaign(client: EmulatorClient) -> Item:
    """A text campaign, with shared sets to take."""
    shared_sets(client)
    return {**NEW_CAMPAIGN, "TextCampaign": {}}


def shared_sets(client: EmulatorClient) -> None:
    """Some shared sets of negative keywords."""
    client.put("negativekeywordsharedsets", *({"Id": number, "Name": "s"} for number in range(1, 10)))


def holidays(client: EmulatorClient) -> Item:
    """A campaign with bids of their own for holidays."""
    days = {"SuspendOnHolidays": "NO", "StartHour": 0, "EndHour": 24}
    return {**campaign(client), "TimeTargeting": {"ConsiderWorkingWeekends": "YES", "HolidaysSchedule": days}}


def scheduled(client: EmulatorClient) -> Item:
    """A campaign with hours to be shown in."""
    return {**campaign(client), "TimeTargeting": {"ConsiderWorkingWeekends": "YES"}}


def audience_targets(client: EmulatorClient) -> Item:
    """A target by an interest."""
    return {"AdGroupId": client.group(), "InterestId": 1}


def file_feed(_: EmulatorClient) -> Item:
    """A feed from a file."""
    return {"Name": "f", "BusinessType": "RETAIL", "SourceType": "FILE", "FileFeed": {"Data": "YQ=="}}


BASES: Mapping[str, Callable[[EmulatorClient], Item]] = {
    "adextensions": lambda _: {},
    "adgroups": group,
    "ads": text_ad,
    "campaigns": campaign,
    "feeds": lambda _: {"Name": "f", "BusinessType": "RETAIL", "SourceType": "URL", "UrlFeed": {"Url": LINK}},
    "keywords": lambda client: {"AdGroupId": client.group(), "Keyword": "shelf"},
    "negativekeywordsharedsets": lambda _: {"Name": "n", "NegativeKeywords": ["w"]},
    "retargetinglists": lambda _: {"Name": "n", "Rules": [{"Operator": "ALL", "Arguments": [ARGUMENT]}]},
    "sitelinks": lambda _: {"Sitelinks": [{"Title": "t", "Href": LINK}]},
    "strategies": lambda _: {"Name": "s", "WbMaximumClicks": {"WeeklySpendLimit": 300_000_000}},
    "vcards": lambda client: {
        "CampaignId": client.campaign(),
        "Country": "c",
        "City": "c",
        "CompanyName": "c",
        "WorkTime": "0#4#10#00#18#00",
        "Phone": PHONE,
        "PointOnMap": POINT,
    },
}
"""An item of each service that is taken as it is."""
