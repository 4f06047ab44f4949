"""Lines with every write of the contract, for the demo accounts: adds, changes and ends of objects, right and wrong."""

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.interop.extra_demo_objects import MP4, PNG
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER

Row = dict[str, Any]

CAMPAIGN, ARCHIVED, APPS, DYNAMIC = 700_000_001, 700_000_003, 700_000_005, 700_000_006
GROUP, SITE_GROUP, FEED_GROUP, SMART_GROUP = 5_700_000_001, 5_700_000_006, 5_700_000_007, 5_700_000_011
TARGET = 27_000_000_002
NOWHERE = 1
"""An id that nothing has."""
MANUAL = {
    "Search": {"BiddingStrategyType": "HIGHEST_POSITION"},
    "Network": {"BiddingStrategyType": "SERVING_OFF"},
}
TEXT = {"Text": "Из кедра", "Href": "https://example.com/", "Mobile": "NO"}
RULES = [{"Operator": "ALL", "Arguments": [{"MembershipLifeSpan": 5, "ExternalId": 4_100_003}]}]


def rows(emulator: Emulator, size: int) -> list[Row]:
    """The lines of the demo advertiser; `size` is the number of groups that are added."""
    ads = [row.id for row in emulator.store.rows("ads", ADVERTISER) if row.document["State"] == "ON"]
    keywords = [
        row.id
        for row in emulator.store.rows("keywords", ADVERTISER)
        if row.document["Status"] == "ACCEPTED" and "autotargeting" not in row.document["Keyword"]
    ]
    parts = (
        _campaigns(size),
        *(_group(number, size) for number in range(size)),
        _short_lived(),
        _used_by_ads(size),
        _audiences(size),
        _conditions(),
        _sets(),
        _running(ads[:5], keywords[:4]),
        _whole_account(),
    )
    return [row for part in parts for row in part]


def agency_rows(clients: Iterable[int]) -> list[Row]:
    """The lines of the demo agency."""
    mail = {
        "Notification": {
            "Email": "a@example.com",
            "Lang": "RU",
            "EmailSubscriptions": [{"Option": "RECEIVE_RECOMMENDATIONS", "Value": "NO"}],
        }
    }
    member = {"PassportOrganizationLogin": "nobody", "Role": "USER", "SendInviteTo": {"Email": "a@example.com"}}
    person = {"Login": "new-client", "FirstName": "А", "LastName": "Б", "Currency": "RUB"}
    return [
        _line("agencyclients.addPassportOrganization", {"Name": "Полка", "Currency": "RUB", **mail}),
        _line("agencyclients.addPassportOrganizationMember", member),
        _line("agencyclients.add", person | mail),
        *(_line("agencyclients.update", {"ClientId": key, "ClientInfo": "Новый"}) for key in clients),
        _line("agencyclients.update", {"ClientId": NOWHERE, "ClientInfo": "Никто"}),
    ]


def write(path: Path, lines: Iterable[Row]) -> Path:
    """Writes JSON lines."""
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), encoding="utf-8")
    return path


def _line(do: str, item: Any, ref: str = "") -> Row:
    return {"do": do, "item": item} | ({"ref": ref} if ref else {})


def _of_campaigns(size: int) -> int:
    return max(4, size // 10)


def _campaigns(size: int) -> Iterator[Row]:
    for number in range(_of_campaigns(size)):
        new: Row = {"Name": f"Весна {number}", "StartDate": "2030-03-01", "TextCampaign": {"BiddingStrategy": MANUAL}}
        if number % 2:
            new["NegativeKeywords"] = {"Items": ["даром", "б/у"]}
        yield _line("campaigns.add", new, f"c{number}")
    yield _line("campaigns.add", {"Name": "Вчера", "StartDate": "2020-01-01", "TextCampaign": {}}, "late")
    yield _line("adgroups.add", {"Name": "Нигде", "CampaignId": "@late", "RegionIds": [225]})
    for number in range(_of_campaigns(size)):
        yield _line("campaigns.update", {"Id": f"@c{number}", "Name": f"Весна и лето {number}"})
    yield _line("campaigns.update", {"Id": NOWHERE, "Name": "Никакая"})


def _group(number: int, size: int) -> Iterator[Row]:
    group = f"@g{number}"
    campaign = f"@c{number % _of_campaigns(size)}"
    yield _line("adgroups.add", {"Name": f"Группа {number}", "CampaignId": campaign, "RegionIds": [225]}, f"g{number}")
    # Ads that are alike, and one that says the same and more.
    text = {"Title": f"Скамейки {number}", **TEXT}
    yield _line("ads.add", {"AdGroupId": group, "TextAd": text}, f"a{number}")
    yield _line("ads.add", {"AdGroupId": group, "TextAd": text | {"Title2": "Для сада"}})
    yield _line("ads.add", {"AdGroupId": group, "TextAd": text})
    yield _line("keywords.add", {"AdGroupId": group, "Keyword": f"скамейка {number}"}, f"k{number}")
    yield _line("keywords.add", {"AdGroupId": group, "Keyword": f"лавка {number}"}, f"l{number}")
    yield _line("ads.moderate", f"@a{number}")
    yield _line("keywordbids.set", {"KeywordId": f"@k{number}", "SearchBid": 3_000_000})
    yield _line("bids.set", {"KeywordId": f"@l{number}", "Bid": 4_000_000})
    yield _line("adgroups.update", {"Id": group, "Name": f"Группа и {number}"})
    if number % 7 == 0:
        yield from _states("keywords", f"l{number}")
        yield _line("bidmodifiers.add", {"AdGroupId": group, "MobileAdjustment": {"BidModifier": 120}}, f"m{number}")
        halves = [{"Gender": f"GENDER_{each}", "BidModifier": 90} for each in ("MALE", "FEMALE")]
        yield _line("bidmodifiers.add", {"AdGroupId": group, "DemographicsAdjustments": halves})
        yield _line("bidmodifiers.set", {"Id": f"@m{number}", "BidModifier": 130})


def _short_lived() -> Iterator[Row]:
    rule = {"SearchByTrafficVolume": {"TargetTrafficVolume": 100, "IncreasePercent": 10}}
    yield _line("keywordbids.setAuto", {"KeywordId": "@k0", "BiddingRule": rule})
    yield _line("bids.setAuto", {"KeywordId": "@k1", "Scope": ["SEARCH"], "Position": "PREMIUMBLOCK"})
    yield _line("bidmodifiers.delete", "@m0")
    yield _line("ads.add", {"AdGroupId": GROUP, "TextAd": {"Title": "Лишнее", **TEXT}}, "spare")
    yield _line("ads.delete", "@spare")
    yield _line("ads.delete", NOWHERE)
    yield _line("adgroups.add", {"Name": "Пустая", "CampaignId": CAMPAIGN, "RegionIds": [225]}, "empty")
    yield _line("adgroups.delete", "@empty")
    yield _line("campaigns.add", {"Name": "Короткая", "StartDate": "2030-03-01", "TextCampaign": {}}, "short")
    yield _line("campaigns.delete", "@short")


def _used_by_ads(size: int) -> Iterator[Row]:
    for number in range(max(3, size // 10)):
        yield _line("adextensions.add", {"Callout": {"CalloutText": f"Скидка {number}"}}, f"e{number}")
        links = [{"Title": f"О нас {number}", "Href": f"https://example.com/{number}"}]
        yield _line("sitelinks.add", {"Sitelinks": links}, f"s{number}")
        image = base64.b64encode(PNG + str(number).encode()).decode()
        yield _line("adimages.add", {"ImageData": image, "Name": f"Скамейка {number}"}, f"i{number}")
    phone = {"CountryCode": "+7", "CityCode": "8172", "PhoneNumber": "000006"}
    card = {"Country": "Россия", "City": "Вологда", "CompanyName": "Скамейки", "WorkTime": "0#4#10#00#20#00"}
    yield _line("vcards.add", {**card, "CampaignId": CAMPAIGN, "Phone": phone}, "v")
    callouts = {"AdExtensions": [{"AdExtensionId": "@e1", "Operation": "ADD"}]}
    yield _line("ads.update", {"Id": "@a1", "TextAd": {"SitelinkSetId": "@s1", "CalloutSetting": callouts}})
    for service, ref in (("adextensions", "e0"), ("sitelinks", "s0"), ("adimages", "i0"), ("vcards", "v")):
        yield _line(f"{service}.delete", f"@{ref}")
    yield _line("adimages.delete", {"AdImageHash": "nohashofanyimageatall0"})
    yield _line("advideos.add", {"VideoData": base64.b64encode(MP4).decode(), "Name": "Ролик"}, "video")
    yield _line("creatives.add", {"VideoExtensionCreative": {"VideoId": "no-such-video"}})


def _audiences(size: int) -> Iterator[Row]:
    for number in range(max(3, size // 10)):
        yield _line("retargetinglists.add", {"Name": f"Были {number}", "Rules": RULES}, f"r{number}")
        target = {"AdGroupId": f"@g{number}", "RetargetingListId": f"@r{number}"}
        yield _line("audiencetargets.add", target, f"t{number}")
    # A second list of a name is refused, and is not taken for the first.
    yield _line("retargetinglists.add", {"Name": "Были 0", "Rules": RULES})
    yield _line("retargetinglists.update", {"Id": "@r0", "Description": "Были и ушли"})
    yield _line("retargetinglists.add", {"Name": "Никто", "Rules": RULES}, "unused")
    yield _line("retargetinglists.delete", "@unused")
    # The strategy of the new campaign takes no bid.
    yield _line("audiencetargets.setBids", {"Id": "@t0", "ContextBid": 5_000_000})
    yield _line("audiencetargets.setBids", {"Id": TARGET, "ContextBid": 6_000_000})
    yield from _states("audiencetargets", "t1")


def _conditions() -> Iterator[Row]:
    for number in range(4):
        pages = [{"Operand": "URL", "Operator": "CONTAINS_ANY", "Arguments": [f"page{number}"]}]
        site = {"AdGroupId": SITE_GROUP, "Name": f"Страницы {number}", "Conditions": pages}
        yield _line("dynamictextadtargets.add", site, f"w{number}")
        cheap = [{"Operand": "price", "Operator": "LESS_THAN", "Arguments": [str(1000 + number)]}]
        goods = {"Name": f"Дешевле {number}", "Conditions": {"Items": cheap}}
        yield _line("dynamicfeedadtargets.add", {**goods, "AdGroupId": FEED_GROUP}, f"f{number}")
        smart = {**goods, "AdGroupId": SMART_GROUP, "Audience": "ALL_SEGMENTS"}
        yield _line("smartadtargets.add", smart, f"b{number}")
    bid = {"Bid": 5_000_000}
    cpc = {"AverageCpc": 5_000_000}
    targets = (("dynamictextadtargets", "w1", bid), ("dynamicfeedadtargets", "f1", bid), ("smartadtargets", "b1", cpc))
    for service, ref, price in targets:
        yield _line(f"{service}.setBids", {"Id": f"@{ref}", **price})
        yield from _states(service, ref)
    yield _line("smartadtargets.update", {"Id": "@b2", "Name": "Совсем дёшево"})


def _sets() -> Iterator[Row]:
    for number in range(4):
        address = {"Url": f"https://example.com/{number}.xml"}
        feed = {"Name": f"Каталог {number}", "BusinessType": "RETAIL", "SourceType": "URL", "UrlFeed": address}
        yield _line("feeds.add", feed, f"d{number}")
        words = {"Name": f"Лишние {number}", "NegativeKeywords": ["даром", f"слово{number}"]}
        yield _line("negativekeywordsharedsets.add", words, f"n{number}")
        share = {"Name": f"Пакет {number}", "AverageCrr": {"Crr": 5, "GoalId": 1}}
        yield _line("strategies.add", share, f"y{number}")
    yield _line("feeds.update", {"Id": "@d0", "Name": "Новый каталог"})
    yield _line("feeds.delete", "@d1")
    yield _line("negativekeywordsharedsets.update", {"Id": "@n0", "Name": "Совсем лишние"})
    yield _line("negativekeywordsharedsets.delete", "@n1")
    yield _line("strategies.update", {"Id": "@y0", "Name": "Новый пакет"})
    yield _line("strategies.archive", "@y1")
    yield _line("strategies.unarchive", "@y1")


def _running(ads: list[Any], keywords: list[Any]) -> Iterator[Row]:
    for verb in ("suspend", "archive", "unarchive", "resume"):
        yield from (_line(f"ads.{verb}", key) for key in ads)
    yield _line("ads.suspend", NOWHERE)
    for number, key in enumerate(keywords):
        yield _line("keywords.update", {"Id": key, "Keyword": f"новая полка {number}"})
    yield _line("keywords.update", {"Id": NOWHERE, "Keyword": "никакая"})


def _whole_account() -> Iterator[Row]:
    for verb in ("suspend", "archive", "unarchive", "resume"):
        yield _line(f"campaigns.{verb}", APPS)
    yield _line("campaigns.archive", DYNAMIC)
    yield _line("campaigns.unarchive", ARCHIVED)
    yield _line("clients.update", {"ClientInfo": "Демо"})


def _states(service: str, ref: str) -> Iterator[Row]:
    for verb in ("suspend", "resume", "delete"):
        yield _line(f"{service}.{verb}", f"@{ref}")
