"""What the running demo accounts lack: drafts, stopped objects and unused ones, for every operation to act upon."""

import struct
from typing import Any

from tests.png_images import png
from yadirect_soap import Direct

PNG = png(600, 500)
"""An image of 600 × 500; bytes behind its end make it another one."""

MP4 = (
    struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 0)
    + struct.pack(">I4sI", 36, b"moov", 28)
    + b"mvhd"
    + struct.pack(">IIIII", 0, 0, 0, 1000, 15_000)
)
"""A movie header of 15 seconds."""


def add_to(direct: Direct) -> None:
    """Adds a draft campaign with all it holds, and one of each thing that nothing refers to; stops what runs."""
    _add_drafts(direct)
    _add_unused(direct)
    _stop(direct)


def _add_drafts(direct: Direct) -> None:
    new = {"Name": "Черновик", "StartDate": "2026-10-01", "TextCampaign": {}}
    empty, campaign = _added(direct, "campaigns", Campaigns=[new | {"Name": "Пустая"}, new])
    group = {"Name": "Скамейки", "CampaignId": campaign, "RegionIds": [225]}
    _, filled = _added(direct, "adgroups", AdGroups=[group | {"Name": "Пустая"}, group])
    text = {"Title": "Скамейки", "Text": "Скамейки из кедра", "Href": "https://example.com/", "Mobile": "NO"}
    _added(direct, "ads", Ads=[{"AdGroupId": filled, "TextAd": text}])
    _added(direct, "keywords", Keywords=[{"AdGroupId": filled, "Keyword": "садовая скамейка"}])
    _added(direct, "bidmodifiers", BidModifiers=[{"CampaignId": empty, "MobileAdjustment": {"BidModifier": 120}}])


def _add_unused(direct: Direct) -> None:
    campaign = direct.campaigns.get(FieldNames=["Id"])[0]["Id"]
    _added(direct, "adimages", AdImages=[{"ImageData": PNG, "Name": "Скамейка"}])
    _added(direct, "advideos", AdVideos=[{"VideoData": MP4}])
    _added(direct, "sitelinks", SitelinksSets=[{"Sitelinks": [{"Title": "О нас", "Href": "https://example.com/us"}]}])
    _added(
        direct,
        "negativekeywordsharedsets",
        NegativeKeywordSharedSets=[{"Name": "Лишние", "NegativeKeywords": ["даром"]}],
    )
    arguments = [{"MembershipLifeSpan": 5, "ExternalId": 4_100_003}]
    _added(
        direct,
        "retargetinglists",
        RetargetingLists=[{"Name": "Были", "Rules": [{"Operator": "ALL", "Arguments": arguments}]}],
    )
    phone = {"CountryCode": "+7", "CityCode": "8172", "PhoneNumber": "000006"}
    card = {"Country": "Россия", "City": "Вологда", "CompanyName": "Скамейки", "WorkTime": "0#4#10#00#20#00"}
    _added(direct, "vcards", VCards=[card | {"CampaignId": campaign, "Phone": phone}])


def _stop(direct: Direct) -> None:
    campaigns = [campaign["Id"] for campaign in direct.campaigns.get(FieldNames=["Id"])]
    ads = direct.ads.get(SelectionCriteria={"CampaignIds": campaigns, "States": ["ON"]}, FieldNames=["Id"])
    direct.ads.suspend(SelectionCriteria={"Ids": [ads[-1]["Id"], ads[-2]["Id"]]}).raise_for_errors()
    running = direct.campaigns.get(SelectionCriteria={"States": ["ON"]}, FieldNames=["Id"])
    direct.campaigns.suspend(SelectionCriteria={"Ids": [running[-1]["Id"]]}).raise_for_errors()


def _added(direct: Direct, service: str, **params: Any) -> list[Any]:
    return list(direct.call(service, "add", params).raise_for_errors().ids)  # type: ignore[union-attr]  # outcomes
