"""Every code that a client can cause, by the request that causes it; and the codes that none can cause, and why."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from types import MappingProxyType
from typing import Any

import pytest

from tests.clock import WITH_VCARDS
from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.emulator.domain import error_codes
from yadirect_soap.emulator.operations.services import agency_registration
from yadirect_soap.protocol.messages import Headers

Answer = dict[str, Any]
Cause = Callable[[EmulatorClient], Answer]

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


def _codes_in(answer: Answer) -> set[int]:
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
    return lambda client: client.json(service, verb, {"SelectionCriteria": {"Ids": list(keys)}})


def _on(client: EmulatorClient, service: str, verb: str, *keys: Any) -> Answer:
    return _ids(service, verb, *keys)(client)


def _twice(service: str, verb: str, make: Callable[[EmulatorClient], Any]) -> Cause:
    """The same verb on the same object, two times."""

    def cause(client: EmulatorClient) -> Answer:
        key = make(client)
        _on(client, service, verb, key)
        return _on(client, service, verb, key)

    return cause


def _once(service: str, verb: str, make: Callable[[EmulatorClient], Any]) -> Cause:
    return lambda client: _on(client, service, verb, make(client))


def _add(service: str, list_name: str, item: Mapping[str, Any]) -> Cause:
    return lambda client: client.json(service, "add", {list_name: [item]})


def _campaign(**members: Any) -> Cause:
    return _add("campaigns", "Campaigns", NEW | members)


def _keyword(text: str, **members: Any) -> Cause:
    return lambda client: client.json(
        "keywords", "add", {"Keywords": [{"AdGroupId": client.group(), "Keyword": text, **members}]}
    )


def _ad(**members: Any) -> Cause:
    return lambda client: client.json("ads", "add", {"Ads": [{"AdGroupId": client.group(), "TextAd": TEXT | members}]})


def _group(**members: Any) -> Cause:
    group = {"Name": "g", "RegionIds": [225]} | members
    return lambda client: client.json("adgroups", "add", {"AdGroups": [group | {"CampaignId": client.campaign()}]})


def _card(**members: Any) -> Cause:
    return lambda client: client.json("vcards", "add", {"VCards": [CARD | {"CampaignId": client.campaign()} | members]})


def _links(*links: Mapping[str, Any]) -> Cause:
    return _add("sitelinks", "SitelinksSets", {"Sitelinks": list(links)})


def _with_account(cause: Cause, **changes: Any) -> Cause:
    """The same with an account that is changed before."""

    def changed(client: EmulatorClient) -> Answer:
        client.change_account(**changes)
        return cause(client)

    return changed


def _get(client: EmulatorClient) -> Answer:
    return client.json("campaigns", "get", GET)


def _as(token: str, service: str, method: str, params: Mapping[str, Any], **fields: str) -> Cause:
    return lambda client: EmulatorClient(client.emulator, token, fields).json(service, method, dict(params))


def _not_approved(client: EmulatorClient) -> Answer:
    client.emulator.accounts.grant("anna", "anna-token", approved=False)
    return _get(client)


def _new_client(client: EmulatorClient, **members: Any) -> Answer:
    agency_registration.permit(client.emulator.store, "agency")
    return EmulatorClient(client.emulator, "agency-token").json("agencyclients", "add", CLIENT | members)


def _shown(client: EmulatorClient) -> tuple[Any, Any]:
    """A campaign with an accepted ad, and the ad."""
    campaign = client.campaign(TextCampaign={"BiddingStrategy": MANUAL})
    ad = client.ad(client.group(campaign))
    client.on("ads", "moderate", ad)
    return campaign, ad


def _suspended(client: EmulatorClient) -> Any:
    campaign, _ = _shown(client)
    client.on("campaigns", "suspend", campaign)
    return campaign


def _last_keyword(client: EmulatorClient) -> Any:
    """The one keyword of a group that is shown in networks only, where autotargeting is off."""
    group = client.group(client.campaign(TextCampaign={"BiddingStrategy": {"Search": OFF, "Network": CLICKS}}))
    keyword = client.keyword(group=group)
    client.on("ads", "moderate", client.ad(group))
    return keyword


def _target(client: EmulatorClient) -> Any:
    return client.add("audiencetargets", "AudienceTargets", {"AdGroupId": client.group(), "InterestId": 1})[0]


def _bid(**members: Any) -> Cause:
    """Sets something of a keyword in a campaign with bids by hand on search."""

    def cause(client: EmulatorClient) -> Answer:
        group = client.group(client.campaign(TextCampaign={"BiddingStrategy": MANUAL}))
        return client.json("bids", "set", {"Bids": [{"KeywordId": client.keyword(group=group), **members}]})

    return cause


def _automatic_bid(client: EmulatorClient) -> Answer:
    group = client.group(client.campaign(TextCampaign={"BiddingStrategy": {"Search": CLICKS, "Network": OFF}}))
    return client.json("bids", "set", {"Bids": [{"KeywordId": client.keyword(group=group), "Bid": 1_000_000}]})


def _callouts(*operations: str) -> Cause:
    def cause(client: EmulatorClient) -> Answer:
        texts = [{"Callout": {"CalloutText": f"Callout {number}"}} for number in range(len(operations))]
        keys = client.add("adextensions", "AdExtensions", *texts)
        chosen = [
            {"AdExtensionId": key, "Operation": operation} for key, operation in zip(keys, operations, strict=True)
        ]
        update = {"Id": client.ad(), "TextAd": {"CalloutSetting": {"AdExtensions": chosen}}}
        return client.json("ads", "update", {"Ads": [update]})

    return cause


def _budget_changes(client: EmulatorClient) -> Answer:
    key = client.campaign(TextCampaign={"BiddingStrategy": MANUAL})
    answers = [
        client.json(
            "campaigns",
            "update",
            {"Campaigns": [{"Id": key, "DailyBudget": {"Amount": number * 10**9, "Mode": "STANDARD"}}]},
        )
        for number in range(1, 5)
    ]
    return answers[-1]


def _kazakh_ad_moves(client: EmulatorClient) -> Answer:
    group = {"Name": "g", "CampaignId": client.campaign(), "RegionIds": [159]}
    (key,) = client.add("adgroups", "AdGroups", group)
    client.ad(key, Title="Жаңа сөрелер")
    return client.json("adgroups", "update", {"AdGroups": [{"Id": key, "RegionIds": [225]}]})


def _mobile(client: EmulatorClient) -> Any:
    campaign = {"Name": "x", "StartDate": "2026-06-01", "MobileAppCampaign": {"BiddingStrategy": MANUAL}}
    (key,) = client.add("campaigns", "Campaigns", campaign)
    return client.add(
        "adgroups", "AdGroups", {"Name": "g", "CampaignId": key, "RegionIds": [225], "MobileAppAdGroup": MOBILE}
    )[0]


def _untracked(client: EmulatorClient) -> Answer:
    ad = {"Title": "t", "Text": "t", "Action": "INSTALL", "TrackingUrl": "https://example.com/"}
    return client.json("ads", "add", {"Ads": [{"AdGroupId": _mobile(client), "MobileAppAd": ad}]})


def _converted(client: EmulatorClient) -> Answer:
    key = client.campaign()
    document = client.emulator.store.get("campaigns", key, "anna") or {}
    client.emulator.store.put("campaigns", key, "anna", document | {"State": "CONVERTED"}, changed=0)
    return _on(client, "campaigns", "unarchive", key)


def _modifier(client: EmulatorClient) -> Answer:
    item = {"CampaignId": client.campaign(), "MobileAdjustment": {"BidModifier": 120}}
    return client.json("bidmodifiers", "add", {"BidModifiers": [item, item]})


def _package(client: EmulatorClient) -> Answer:
    (strategy,) = client.add("strategies", "Strategies", {"Name": "s", "WbMaximumClicks": {"WeeklySpendLimit": 10**9}})
    platforms = {"SearchResult": "YES", "ProductGallery": "NO", "Network": "NO"}
    text = {"PackageBiddingStrategy": {"StrategyId": strategy, "Platforms": platforms}, "CounterIds": {"Items": [1]}}
    return _campaign(TextCampaign=text)(client)


def _new_wording(client: EmulatorClient) -> Answer:
    group = client.group()
    keyword = client.keyword("old words", group)
    client.on("ads", "moderate", client.ad(group))
    return client.json("keywords", "update", {"Keywords": [{"Id": keyword, "Keyword": "new words"}]})


def _again(service: str, list_name: str, make: Callable[[EmulatorClient], Mapping[str, Any]]) -> Cause:
    """Adds the same object twice."""

    def cause(client: EmulatorClient) -> Answer:
        item = make(client)
        return client.json(service, "add", {list_name: [item, item]})

    return cause


def _ad_without_link(client: EmulatorClient) -> Answer:
    text = {name: value for name, value in TEXT.items() if name != "Href"}
    return client.json("ads", "add", {"Ads": [{"AdGroupId": client.group(), "TextAd": text}]})


def _dynamic_group(client: EmulatorClient) -> Any:
    """A group of dynamic ads, which can only have been made before they were withdrawn."""
    group = client.group()
    document = client.emulator.store.get("adgroups", group, "anna") or {}
    client.emulator.store.put("adgroups", group, "anna", document | {"Type": "DYNAMIC_TEXT_AD_GROUP"}, changed=0)
    return group


def _archived_twice(client: EmulatorClient) -> Answer:
    _, ad = _shown(client)
    client.on("ads", "suspend", ad)
    return _twice("ads", "archive", lambda _: ad)(client)


def _crowded(client: EmulatorClient) -> Answer:
    """One request while five others are processed."""
    fields = Headers({"Authorization": f"Bearer {client.token}"})
    _get(client)
    with ExitStack() as stack:
        for _ in range(5):
            stack.enter_context(client.emulator.pipeline.concurrency.acquire(fields, "en"))
        return _get(client)


CAUSES: Mapping[int, Cause] = MappingProxyType(
    {
        # Who calls
        53: _as("nobodys-token", "campaigns", "get", GET),
        54: _as("reader-token", "campaigns", "add", {"Campaigns": [NEW]}),
        55: lambda client: client.json("campaigns", "burn", {}),
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
        4001: lambda client: client.json("ads", "get", {**GET, "SelectionCriteria": {}}),
        4002: lambda client: client.json("campaigns", "get", {**GET, "Page": {"Limit": 10_001}}),
        4003: lambda client: client.json(
            "changes", "check", {"FieldNames": ["AdIds"], "Timestamp": "2026-05-29T00:00:00Z"}
        ),
        4004: lambda client: client.json(
            "changes",
            "check",
            {"AdIds": [1], "AdGroupIds": [1], "FieldNames": ["AdIds"], "Timestamp": "2026-05-29T00:00:00Z"},
        ),
        4005: lambda client: client.json(
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
        5200: lambda client: _new_client(client, Login="anna"),
        # Objects together
        6000: _ad_without_link,
        6001: lambda client: client.json(
            "audiencetargets", "add", {"AudienceTargets": [{"AdGroupId": _dynamic_group(client), "InterestId": 1}]}
        ),
        6100: _kazakh_ad_moves,
        6101: _ad(Title="Жаңа сөрелер"),
        7000: _links(*({"Title": str(n), "Href": f"https://example.com/{n}"} for n in range(9))),
        7001: _with_account(_campaign(), restrictions={"CAMPAIGNS_TOTAL_PER_CLIENT": 0}),
        7002: _untracked,
        # The request
        8000: lambda client: client.json("campaigns", "get", {"FieldNames": ["Nonsense"]}),
        # States
        8300: _once("ads", "suspend", EmulatorClient.ad),
        8301: lambda client: _on(client, "campaigns", "delete", _shown(client)[0]),
        8302: _once("keywords", "suspend", _last_keyword),
        8303: _once("campaigns", "archive", EmulatorClient.campaign),
        8304: _converted,
        8305: _budget_changes,
        8800: _ids("campaigns", "delete", 5),
        9300: lambda client: client.json("campaigns", "add", {"Campaigns": [NEW] * 11}),
        9301: lambda client: client.json(
            "bidmodifiers",
            "get",
            {**GET, "SelectionCriteria": {"Ids": [1], "Levels": ["CAMPAIGN"]}, "Page": {"Offset": 119_999}},
        ),
        9600: _bid(StrategyPriority="HIGH"),
        9601: _automatic_bid,
        9800: lambda client: _on(client, "campaigns", "delete", *[client.campaign()] * 2),
        9801: _modifier,
        9802: _campaign(NegativeKeywords={"Items": ["a", "a"]}),
        # Warnings
        10000: lambda client: _on(client, "keywords", "suspend", *[client.keyword()] * 2),
        10020: _twice("campaigns", "suspend", lambda client: _shown(client)[0]),
        10021: _once("campaigns", "resume", lambda client: _shown(client)[0]),
        10022: _twice("campaigns", "archive", _suspended),
        10023: _once("campaigns", "unarchive", EmulatorClient.campaign),
        10025: _twice(
            "adextensions",
            "delete",
            lambda client: client.add("adextensions", "AdExtensions", {"Callout": {"CalloutText": "x"}})[0],
        ),
        10100: _again("vcards", "VCards", lambda client: CARD | {"CampaignId": client.campaign()}),
        10120: _again(
            "sitelinks", "SitelinksSets", lambda _: {"Sitelinks": [{"Title": "t", "Href": "https://example.com/1"}]}
        ),
        10140: _again("keywords", "Keywords", lambda client: {"AdGroupId": client.group(), "Keyword": "buy a shelf"}),
        10141: _new_wording,
        10160: _bid(Bid=1_000_000, ContextBid=1_000_000),
        10161: _bid(Bid=1_000_000, StrategyPriority="HIGH"),
        10163: _campaign(TextCampaign={"Settings": [{"Option": "ENABLE_AUTOFOCUS", "Value": "YES"}]}),
        10165: _keyword("word", AutotargetingCategories=[{"Category": "EXACT", "Value": "YES"}]),
        10175: _package,
        10252: lambda client: client.json("ads", "update", {"Ads": [{"Id": client.ad(), "TextAd": {"Title": "New"}}]}),
        10200: _twice("ads", "suspend", lambda client: _shown(client)[1]),
        10201: _once("ads", "resume", lambda client: _shown(client)[1]),
        10202: _archived_twice,
        10203: _once("ads", "unarchive", EmulatorClient.ad),
        10240: _twice("keywords", "suspend", EmulatorClient.keyword),
        10241: _once("keywords", "resume", EmulatorClient.keyword),
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


@pytest.mark.parametrize("api_date", [WITH_VCARDS])
@pytest.mark.parametrize("code", CAUSES, ids=str)
def test_a_client_can_cause_it(client: EmulatorClient, code: int) -> None:
    """The request of a row is answered with the row's code."""
    assert code in _codes_in(CAUSES[code](client))


@pytest.mark.parametrize("code", [4000, 5120, 6101, 8300, 9601, 10163], ids=str)
def test_details_are_in_the_callers_language(client: EmulatorClient, code: int) -> None:
    """The same request speaks Russian to one who reads it."""
    client.fields["Accept-Language"] = "ru"
    (item,) = CAUSES[code](client)["result"].popitem()[1]
    (notification,) = item.get("Errors") or item["Warnings"]
    assert notification["Message"] == error_codes.text(code, "ru")
    assert code == 10163 or not notification["Details"].isascii()
