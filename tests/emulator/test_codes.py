"""Every code that a client can cause, by the request that causes it; and the codes that none can cause, and why."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from types import MappingProxyType
from typing import Any

import pytest

from tests.emulator.conftest import Asker
from yadirect_soap.emulator.domain import error_codes
from yadirect_soap.emulator.operations.services import agency_registration
from yadirect_soap.protocol.messages import Headers

Answer = dict[str, Any]
Cause = Callable[[Asker], Answer]

GET = {"FieldNames": ["Id"]}
NEW = {"Name": "x", "StartDate": "2026-06-01", "TextCampaign": {}}
OFF = {"BiddingStrategyType": "SERVING_OFF"}
MANUAL = {"Search": {"BiddingStrategyType": "HIGHEST_POSITION"}, "Network": OFF}
CLICKS = {"BiddingStrategyType": "WB_MAXIMUM_CLICKS", "WbMaximumClicks": {"WeeklySpendLimit": 300_000_000}}
TEXT = {"Title": "t", "Text": "t", "Mobile": "NO", "Href": "https://example.com/"}
CARD = {
    "Country": "Россия",
    "City": "Москва",
    "CompanyName": "x",
    "WorkTime": "0#4#10#00#18#00",
    "Phone": {"CountryCode": "+7", "CityCode": "495", "PhoneNumber": "123-45-67"},
}
MOBILE = {
    "StoreUrl": "https://apps.example.com/1",
    "TargetDeviceType": ["DEVICE_TYPE_MOBILE"],
    "TargetCarrier": "WI_FI_ONLY",
    "TargetOperatingSystemVersion": "8.0",
}
CLIENT = {
    "Login": "new-client",
    "FirstName": "a",
    "LastName": "b",
    "Currency": "RUB",
    "Notification": {
        "Lang": "RU",
        "Email": "a@example.com",
        "EmailSubscriptions": [{"Option": "RECEIVE_RECOMMENDATIONS", "Value": "NO"}],
    },
}


def _found(answer: Answer) -> set[int]:
    """Every code in an answer, of the whole or of its items."""
    if "error" in answer:
        return {int(answer["error"]["error_code"])}
    return set(_codes(answer["result"]))


def _codes(value: Any) -> Iterator[int]:
    if isinstance(value, list):
        for item in value:
            yield from _codes(item)
    elif isinstance(value, Mapping):
        if "Code" in value:
            yield int(value["Code"])
        for inner in value.values():
            yield from _codes(inner)


# --- ways to cause something --------------------------------------------------------------------------------


def _ids(service: str, verb: str, *keys: Any) -> Cause:
    return lambda ask: ask.json(service, verb, {"SelectionCriteria": {"Ids": list(keys)}})


def _on(ask: Asker, service: str, verb: str, *keys: Any) -> Answer:
    return _ids(service, verb, *keys)(ask)


def _twice(service: str, verb: str, make: Callable[[Asker], Any]) -> Cause:
    """The same verb on the same object, two times."""

    def cause(ask: Asker) -> Answer:
        key = make(ask)
        _on(ask, service, verb, key)
        return _on(ask, service, verb, key)

    return cause


def _once(service: str, verb: str, make: Callable[[Asker], Any]) -> Cause:
    return lambda ask: _on(ask, service, verb, make(ask))


def _add(service: str, list_name: str, item: Mapping[str, Any]) -> Cause:
    return lambda ask: ask.json(service, "add", {list_name: [item]})


def _campaign(**members: Any) -> Cause:
    return _add("campaigns", "Campaigns", NEW | members)


def _keyword(text: str, **members: Any) -> Cause:
    return lambda ask: ask.json(
        "keywords", "add", {"Keywords": [{"AdGroupId": ask.group(), "Keyword": text, **members}]}
    )


def _ad(**members: Any) -> Cause:
    return lambda ask: ask.json("ads", "add", {"Ads": [{"AdGroupId": ask.group(), "TextAd": TEXT | members}]})


def _group(**members: Any) -> Cause:
    group = {"Name": "g", "RegionIds": [225]} | members
    return lambda ask: ask.json("adgroups", "add", {"AdGroups": [group | {"CampaignId": ask.campaign()}]})


def _card(**members: Any) -> Cause:
    return lambda ask: ask.json("vcards", "add", {"VCards": [CARD | {"CampaignId": ask.campaign()} | members]})


def _links(*links: Mapping[str, Any]) -> Cause:
    return _add("sitelinks", "SitelinksSets", {"Sitelinks": list(links)})


def _with_account(cause: Cause, **changes: Any) -> Cause:
    """The same with an account that is changed before."""

    def changed(ask: Asker) -> Answer:
        ask.change_account(**changes)
        return cause(ask)

    return changed


def _get(ask: Asker) -> Answer:
    return ask.json("campaigns", "get", GET)


def _as(token: str, service: str, method: str, params: Mapping[str, Any], **fields: str) -> Cause:
    return lambda ask: Asker(ask.emulator, token, fields).json(service, method, dict(params))


def _not_approved(ask: Asker) -> Answer:
    ask.emulator.accounts.grant("anna", "anna-token", approved=False)
    return _get(ask)


def _new_client(ask: Asker, **members: Any) -> Answer:
    agency_registration.permit(ask.emulator.store, "agency")
    return Asker(ask.emulator, "agency-token").json("agencyclients", "add", CLIENT | members)


def _shown(ask: Asker) -> tuple[Any, Any]:
    """A campaign with an accepted ad, and the ad."""
    campaign = ask.campaign(TextCampaign={"BiddingStrategy": MANUAL})
    ad = ask.ad(ask.group(campaign))
    ask.on("ads", "moderate", ad)
    return campaign, ad


def _suspended(ask: Asker) -> Any:
    campaign, _ = _shown(ask)
    ask.on("campaigns", "suspend", campaign)
    return campaign


def _last_keyword(ask: Asker) -> Any:
    """The one keyword of a group that is shown in networks only, where autotargeting is off."""
    group = ask.group(ask.campaign(TextCampaign={"BiddingStrategy": {"Search": OFF, "Network": CLICKS}}))
    keyword = ask.keyword(group=group)
    ask.on("ads", "moderate", ask.ad(group))
    return keyword


def _target(ask: Asker) -> Any:
    return ask.add("audiencetargets", "AudienceTargets", {"AdGroupId": ask.group(), "InterestId": 1})[0]


def _bid(**members: Any) -> Cause:
    """Sets something of a keyword in a campaign with bids by hand on search."""

    def cause(ask: Asker) -> Answer:
        group = ask.group(ask.campaign(TextCampaign={"BiddingStrategy": MANUAL}))
        return ask.json("bids", "set", {"Bids": [{"KeywordId": ask.keyword(group=group), **members}]})

    return cause


def _automatic_bid(ask: Asker) -> Answer:
    group = ask.group(ask.campaign(TextCampaign={"BiddingStrategy": {"Search": CLICKS, "Network": OFF}}))
    return ask.json("bids", "set", {"Bids": [{"KeywordId": ask.keyword(group=group), "Bid": 1_000_000}]})


def _callouts(*operations: str) -> Cause:
    def cause(ask: Asker) -> Answer:
        texts = [{"Callout": {"CalloutText": f"Callout {number}"}} for number in range(len(operations))]
        keys = ask.add("adextensions", "AdExtensions", *texts)
        chosen = [{"AdExtensionId": key, "Operation": what} for key, what in zip(keys, operations, strict=True)]
        update = {"Id": ask.ad(), "TextAd": {"CalloutSetting": {"AdExtensions": chosen}}}
        return ask.json("ads", "update", {"Ads": [update]})

    return cause


def _budget_changes(ask: Asker) -> Answer:
    key = ask.campaign(TextCampaign={"BiddingStrategy": MANUAL})
    answers = [
        ask.json(
            "campaigns",
            "update",
            {"Campaigns": [{"Id": key, "DailyBudget": {"Amount": number * 10**9, "Mode": "STANDARD"}}]},
        )
        for number in range(1, 5)
    ]
    return answers[-1]


def _kazakh_ad_moves(ask: Asker) -> Answer:
    group = {"Name": "g", "CampaignId": ask.campaign(), "RegionIds": [159]}
    (key,) = ask.add("adgroups", "AdGroups", group)
    ask.ad(key, Title="Жаңа сөрелер")
    return ask.json("adgroups", "update", {"AdGroups": [{"Id": key, "RegionIds": [225]}]})


def _mobile(ask: Asker) -> Any:
    campaign = {"Name": "x", "StartDate": "2026-06-01", "MobileAppCampaign": {"BiddingStrategy": MANUAL}}
    (key,) = ask.add("campaigns", "Campaigns", campaign)
    return ask.add(
        "adgroups", "AdGroups", {"Name": "g", "CampaignId": key, "RegionIds": [225], "MobileAppAdGroup": MOBILE}
    )[0]


def _untracked(ask: Asker) -> Answer:
    ad = {"Title": "t", "Text": "t", "Action": "INSTALL", "TrackingUrl": "https://example.com/"}
    return ask.json("ads", "add", {"Ads": [{"AdGroupId": _mobile(ask), "MobileAppAd": ad}]})


def _converted(ask: Asker) -> Answer:
    key = ask.campaign()
    document = ask.emulator.store.get("campaigns", key, "anna") or {}
    ask.emulator.store.put("campaigns", key, "anna", document | {"State": "CONVERTED"}, changed=0)
    return _on(ask, "campaigns", "unarchive", key)


def _modifier(ask: Asker) -> Answer:
    item = {"CampaignId": ask.campaign(), "MobileAdjustment": {"BidModifier": 120}}
    return ask.json("bidmodifiers", "add", {"BidModifiers": [item, item]})


def _package(ask: Asker) -> Answer:
    (strategy,) = ask.add("strategies", "Strategies", {"Name": "s", "WbMaximumClicks": {"WeeklySpendLimit": 10**9}})
    platforms = {"SearchResult": "YES", "ProductGallery": "NO", "Network": "NO"}
    text = {"PackageBiddingStrategy": {"StrategyId": strategy, "Platforms": platforms}, "CounterIds": {"Items": [1]}}
    return _campaign(TextCampaign=text)(ask)


def _new_wording(ask: Asker) -> Answer:
    group = ask.group()
    keyword = ask.keyword("old words", group)
    ask.on("ads", "moderate", ask.ad(group))
    return ask.json("keywords", "update", {"Keywords": [{"Id": keyword, "Keyword": "new words"}]})


def _again(service: str, list_name: str, make: Callable[[Asker], Mapping[str, Any]]) -> Cause:
    """Adds the same object twice."""

    def cause(ask: Asker) -> Answer:
        item = make(ask)
        return ask.json(service, "add", {list_name: [item, item]})

    return cause


def _ad_without_link(ask: Asker) -> Answer:
    text = {name: value for name, value in TEXT.items() if name != "Href"}
    return ask.json("ads", "add", {"Ads": [{"AdGroupId": ask.group(), "TextAd": text}]})


def _dynamic_group(ask: Asker) -> Any:
    """A group of dynamic ads, which can only have been made before they were withdrawn."""
    group = ask.group()
    document = ask.emulator.store.get("adgroups", group, "anna") or {}
    ask.emulator.store.put("adgroups", group, "anna", document | {"Type": "DYNAMIC_TEXT_AD_GROUP"}, changed=0)
    return group


def _archived_twice(ask: Asker) -> Answer:
    _, ad = _shown(ask)
    ask.on("ads", "suspend", ad)
    return _twice("ads", "archive", lambda _: ad)(ask)


def _crowded(ask: Asker) -> Answer:
    """One request while five others are processed."""
    fields = Headers({"Authorization": f"Bearer {ask.token}"})
    _get(ask)
    with ExitStack() as stack:
        for _ in range(5):
            stack.enter_context(ask.emulator.pipeline.concurrency.acquire(fields, "en"))
        return _get(ask)


CAUSES: Mapping[int, Cause] = MappingProxyType(
    {
        # Who calls
        53: _as("nobodys-token", "campaigns", "get", GET),
        54: _as("reader-token", "campaigns", "add", {"Campaigns": [NEW]}),
        55: lambda ask: ask.json("campaigns", "burn", {}),
        58: _not_approved,
        513: _with_account(_get, enabled=False),
        3000: _with_account(_get, networks=("192.0.2.0/24",)),
        3001: _as("agency-token", "agencyclients", "add", CLIENT),
        # What may be asked
        152: _with_account(_get, daily_units=9),
        506: _crowded,
        3500: _campaign(
            TextCampaign={"BiddingStrategy": {**MANUAL, "Network": {"BiddingStrategyType": "MAXIMUM_COVERAGE"}}}
        ),
        3600: _with_account(
            _campaign(TextCampaign={"BiddingStrategy": {"Search": CLICKS, "Network": OFF}}),
            closed_strategies=("WB_MAXIMUM_CLICKS",),
        ),
        4000: _campaign(StartDate="1.6.2026"),
        4001: lambda ask: ask.json("ads", "get", {**GET, "SelectionCriteria": {}}),
        4002: lambda ask: ask.json("campaigns", "get", {**GET, "Page": {"Limit": 10_001}}),
        4003: lambda ask: ask.json("changes", "check", {"FieldNames": ["AdIds"], "Timestamp": "2026-05-29T00:00:00Z"}),
        4004: lambda ask: ask.json(
            "changes",
            "check",
            {"AdIds": [1], "AdGroupIds": [1], "FieldNames": ["AdIds"], "Timestamp": "2026-05-29T00:00:00Z"},
        ),
        4005: lambda ask: ask.json(
            "bids", "set", {"Bids": [{"KeywordId": 1, "Bid": 1_000_000}, {"CampaignId": 1, "Bid": 1_000_000}]}
        ),
        4006: _callouts("SET", "ADD"),
        # Fields
        5000: _campaign(Name=" "),
        5001: _campaign(Name="x" * 256),
        5002: _keyword("buy * now"),
        5003: _ad(Href=""),
        5004: _card(WorkTime="always"),
        5005: _keyword("word", Bid=1),
        5006: _ad(Title="w" * 23),
        5007: _links({"Title": "t", "Href": "https://example.com/1"}, {"Title": "t", "Href": "https://example.com/2"}),
        5008: _links({"Title": "t"}),
        5009: _campaign(UnifiedCampaign={}),
        5010: _card(Phone=CARD["Phone"] | {"PhoneNumber": "1234"}),  # type: ignore[operator]  # a dict
        5100: _ad(Title="#a# and #b#"),
        5120: _group(RegionIds=[-225]),
        5140: _keyword("one two three four five six seven eight"),
        5141: _keyword("и на"),
        5142: _keyword("w" * 36),
        5160: _keyword('shelf -"red wood"'),
        5161: _keyword("-shelf"),
        5162: _keyword("shelf -" + "w" * 36),
        5200: lambda ask: _new_client(ask, Login="anna"),
        # Objects together
        6000: _ad_without_link,
        6001: lambda ask: ask.json(
            "audiencetargets", "add", {"AudienceTargets": [{"AdGroupId": _dynamic_group(ask), "InterestId": 1}]}
        ),
        6100: _kazakh_ad_moves,
        6101: _ad(Title="Жаңа сөрелер"),
        7000: _links(*({"Title": str(n), "Href": f"https://example.com/{n}"} for n in range(9))),
        7001: _with_account(_campaign(), restrictions={"CAMPAIGNS_TOTAL_PER_CLIENT": 0}),
        7002: _untracked,
        # The request
        8000: lambda ask: ask.json("campaigns", "get", {"FieldNames": ["Nonsense"]}),
        # States
        8300: _once("ads", "suspend", Asker.ad),
        8301: lambda ask: _on(ask, "campaigns", "delete", _shown(ask)[0]),
        8302: _once("keywords", "suspend", _last_keyword),
        8303: _once("campaigns", "archive", Asker.campaign),
        8304: _converted,
        8305: _budget_changes,
        8800: _ids("campaigns", "delete", 5),
        9300: lambda ask: ask.json("campaigns", "add", {"Campaigns": [NEW] * 11}),
        9301: lambda ask: ask.json(
            "bidmodifiers",
            "get",
            {**GET, "SelectionCriteria": {"Ids": [1], "Levels": ["CAMPAIGN"]}, "Page": {"Offset": 119_999}},
        ),
        9600: _bid(StrategyPriority="HIGH"),
        9601: _automatic_bid,
        9800: lambda ask: _on(ask, "campaigns", "delete", *[ask.campaign()] * 2),
        9801: _modifier,
        9802: _campaign(NegativeKeywords={"Items": ["a", "a"]}),
        # Warnings
        10000: lambda ask: _on(ask, "keywords", "suspend", *[ask.keyword()] * 2),
        10020: _twice("campaigns", "suspend", lambda ask: _shown(ask)[0]),
        10021: _once("campaigns", "resume", lambda ask: _shown(ask)[0]),
        10022: _twice("campaigns", "archive", _suspended),
        10023: _once("campaigns", "unarchive", Asker.campaign),
        10025: _twice(
            "adextensions",
            "delete",
            lambda ask: ask.add("adextensions", "AdExtensions", {"Callout": {"CalloutText": "x"}})[0],
        ),
        10100: _again("vcards", "VCards", lambda ask: CARD | {"CampaignId": ask.campaign()}),
        10120: _again(
            "sitelinks", "SitelinksSets", lambda _: {"Sitelinks": [{"Title": "t", "Href": "https://example.com/1"}]}
        ),
        10140: _again("keywords", "Keywords", lambda ask: {"AdGroupId": ask.group(), "Keyword": "buy a shelf"}),
        10141: _new_wording,
        10160: _bid(Bid=1_000_000, ContextBid=1_000_000),
        10161: _bid(Bid=1_000_000, StrategyPriority="HIGH"),
        10163: _campaign(TextCampaign={"Settings": [{"Option": "ENABLE_AUTOFOCUS", "Value": "YES"}]}),
        10165: _keyword("word", AutotargetingCategories=[{"Category": "EXACT", "Value": "YES"}]),
        10175: _package,
        10200: _twice("ads", "suspend", lambda ask: _shown(ask)[1]),
        10201: _once("ads", "resume", lambda ask: _shown(ask)[1]),
        10202: _archived_twice,
        10203: _once("ads", "unarchive", Asker.ad),
        10240: _twice("keywords", "suspend", Asker.keyword),
        10241: _once("keywords", "resume", Asker.keyword),
        10242: _twice("audiencetargets", "suspend", _target),
        10243: _once("audiencetargets", "resume", _target),
    }
)
"""A request for each code; it may meet others on its way."""


BEYOND_CLIENTS: Mapping[int, str] = MappingProxyType(
    {
        52: "another server of the API does not answer",
        1000: "trouble of the server",
        1001: "trouble of the server",
        1002: "trouble of the server",
        1003: "trouble of the server that keeps the accounts",
        1004: "trouble of the server that keeps the accounts",
        1020: "trouble of the server",
        5181: "no update in the contract has the address of an advertised app",
        8600: "the documentation does not tell what makes it",
        56: "caused by orders of reports, which the tests of that service make",
        8312: "caused by orders of reports, which the tests of that service make",
        9000: "caused by orders of reports, which the tests of that service make",
    }
)
"""Codes that no request to the services of this module causes, and why."""


def test_every_code_is_caused_or_explained() -> None:
    """Each code of the table stands in exactly one of the two lists."""
    assert CAUSES.keys() | BEYOND_CLIENTS.keys() == error_codes.table().keys()
    assert CAUSES.keys() & BEYOND_CLIENTS.keys() == set()


@pytest.mark.parametrize("code", CAUSES, ids=str)
def test_a_client_can_cause_it(ask: Asker, code: int) -> None:
    """The request of a row is answered with the row's code."""
    assert code in _found(CAUSES[code](ask))


@pytest.mark.parametrize("code", [4000, 5120, 6101, 8300, 9601, 10163], ids=str)
def test_details_are_in_the_callers_language(ask: Asker, code: int) -> None:
    """The same request speaks Russian to one who reads it."""
    ask.fields["Accept-Language"] = "ru"
    (item,) = CAUSES[code](ask)["result"].popitem()[1]
    (said,) = item.get("Errors") or item["Warnings"]
    assert said["Message"] == error_codes.text(code, "ru")
    assert code == 10163 or not said["Details"].isascii()
