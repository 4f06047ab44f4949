"""Calls that meet a limit otherwise than by a member of an added object.

Each takes the client and a number (of objects, characters, bytes, percent, ...), and returns the codes of the errors.
"""

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from tests.emulator.emulator_client import EmulatorClient, codes
from tests.emulator.limits.objects import BASES, NEW_CAMPAIGN, POINT, added, campaign
from tests.emulator.limits.values import LINK, OFF, Builder, Item, Value, goal, many, put_at, text
from tests.png_images import png
from yadirect_soap.emulator.domain.account import Account, AccountKind
from yadirect_soap.emulator.operations.services.agency_registration import permit

CLICKS = {"BiddingStrategyType": "WB_MAXIMUM_CLICKS", "WbMaximumClicks": {"WeeklySpendLimit": 300_000_000}}


def sitelink(path: str, value: Value) -> Builder:
    """Adds a set of one sitelink with a value in a member."""
    return added("sitelinks", "Sitelinks", lambda number: [{"Title": "t", "Href": LINK, path: value(number)}])


def point(*names: str) -> Builder:
    """Adds a vCard whose point, and the map around it, lies at a longitude or a latitude."""
    return added("vcards", "PointOnMap", lambda number: POINT | dict.fromkeys(names, number))


def strategy(kind: str, member: str, value: Value, *, campaign: str = "TextCampaign", **more: Any) -> Builder:
    """Adds a campaign whose strategy has a value in a member."""

    def build(client: EmulatorClient, number: int) -> list[int]:
        strategies = _pair(_strategy(kind, {**more, member: value(number)}), OFF)
        return client.add_errors("campaigns", {**NEW_CAMPAIGN, campaign: {"BiddingStrategy": strategies}})[0]

    return build


def _strategy(kind: str, members: Item) -> Item:
    structure = "".join(part.capitalize() for part in kind.split("_"))
    return {"BiddingStrategyType": kind, structure: members}


def reserve_return(client: EmulatorClient, number: int) -> list[int]:
    """Changes the strategy of an old dynamic campaign, to one that new campaigns cannot have."""
    kind = "DynamicTextCampaign"
    client.put("campaigns", {**NEW_CAMPAIGN, "Id": 1, "Type": "DYNAMIC_TEXT_CAMPAIGN", kind: {"BiddingStrategy": {}}})
    search = _strategy("AVERAGE_ROI", {"RoiCoef": 1_000_000, "GoalId": 1, "ReserveReturn": number})
    item = {"Id": 1, kind: {"BiddingStrategy": _pair(search, OFF)}}
    return codes(client.write("campaigns", "update", {"Campaigns": [item]}))[0]


def network_percent(client: EmulatorClient, number: int) -> list[int]:
    """Adds a campaign whose networks get so many percent of its budget."""
    network = {"BiddingStrategyType": "NETWORK_DEFAULT", "NetworkDefault": {"LimitPercent": number}}
    return client.add_errors(
        "campaigns", put_at(campaign(client), "TextCampaign.BiddingStrategy", _pair(CLICKS, network))
    )[0]


def _pair(search: Item, network: Item) -> Item:
    return {"Search": search, "Network": network}


def frequency(client: EmulatorClient, number: int) -> list[int]:
    """Adds a display campaign that counts impressions of so many days."""
    strategies = _pair(OFF, {"BiddingStrategyType": "MANUAL_CPM"})
    kind = {"BiddingStrategy": strategies, "FrequencyCap": {"Impressions": 1, "PeriodDays": number}}
    return client.add_errors("campaigns", {**NEW_CAMPAIGN, "CpmBannerCampaign": kind})[0]


def goals(client: EmulatorClient, number: int) -> list[int]:
    """Adds a campaign whose strategy goes by so many goals."""
    kind = "AVERAGE_CPA_MULTIPLE_GOALS"
    search = {"BiddingStrategyType": kind, "AverageCpaMultipleGoals": {}}
    inside = {"BiddingStrategy": _pair(search, OFF), "PriorityGoals": {"Items": many(goal)(number)}}
    return client.add_errors("campaigns", {**campaign(client), "TextCampaign": inside})[0]


def budget_changes(client: EmulatorClient, number: int) -> list[int]:
    """Changes the daily budget of a campaign so many times."""
    key = client.campaign()
    result: list[list[int]] = []
    for amount in range(number):
        budget = {"Amount": 400_000_000 + amount * 1_000_000, "Mode": "STANDARD"}
        result = codes(client.write("campaigns", "update", {"Campaigns": [{"Id": key, "DailyBudget": budget}]}))
    return result[0]


def newest(call: Builder) -> Builder:
    """Makes a call in v501, which has what unified campaigns have."""
    return lambda client, number: call(replace(client, version="v501"), number)


def room(service: str, base: Callable[[EmulatorClient], Item] | None = None, **members: Any) -> Builder:
    """Adds an object where there are all but one of so many of its kind, in the account or beside it."""

    def build(client: EmulatorClient, number: int) -> list[int]:
        item = (base or BASES[service])(client)
        group = client.emulator.store.get("adgroups", item.get("AdGroupId", 0), "anna") or {}
        parents = {"AdGroupId": group.get("Id"), "CampaignId": group.get("CampaignId") or item.get("CampaignId")}
        existing = client.emulator.store.count(service, "anna")
        for key in range(1, number - existing):
            client.put(service, {"Id": key, "Name": str(key), **parents, **members})
        return client.add_errors(service, item)[0]

    return build


def keywords_in_a_group(client: EmulatorClient, number: int) -> list[int]:
    """Adds a keyword to a group of all but one of so many, autotargeting not counted."""
    item = BASES["keywords"](client)
    group = client.emulator.store.get("adgroups", item["AdGroupId"], "anna") or {}
    parents = {"AdGroupId": group["Id"], "CampaignId": group["CampaignId"], "State": "OFF"}
    client.put("keywords", *({"Id": key, "Keyword": f"w{key}", **parents} for key in range(1, number)))
    return client.add_errors("keywords", item)[0]


def package(client: EmulatorClient, number: int) -> list[int]:
    """Adds a campaign to a package strategy of all but one of so many."""
    (key,) = client.add("strategies", "Strategies", BASES["strategies"](client))
    kind = {
        "PackageBiddingStrategy": {
            "StrategyId": key,
            "Platforms": {"SearchResult": "YES", "ProductGallery": "NO", "Network": "NO"},
        }
    }
    client.put("campaigns", *({"Id": n, "Type": "TEXT_CAMPAIGN", "TextCampaign": kind} for n in range(1, number)))
    return client.add_errors("campaigns", {**campaign(client), "TextCampaign": kind})[0]


def image(size: tuple[int, int] = (450, 450), **members: Any) -> Item:
    """An image of a size in pixels."""
    return {"Name": "n", "ImageData": base64.b64encode(png(*size)).decode(), **members}


def image_name(client: EmulatorClient, number: int) -> list[int]:
    """Uploads an image with a name of so many characters."""
    return client.add_errors("adimages", image(Name=text(number)))[0]


def image_bytes(*size: int) -> Builder:
    """Uploads an image of so many bytes."""

    def build(client: EmulatorClient, number: int) -> list[int]:
        width, height = size
        data = png(width, height).ljust(number, b"\0")
        return client.add_errors("adimages", image(ImageData=base64.b64encode(data).decode()))[0]

    return build


def regular_image(client: EmulatorClient, number: int) -> list[int]:
    """Uploads an image of a side of so many pixels."""
    return client.add_errors("adimages", image((number, number), Type="REGULAR"))[0]


def wide_image(client: EmulatorClient, number: int) -> list[int]:
    """Uploads an image of a width of so many pixels."""
    return client.add_errors("adimages", image((number, round(number * 9 / 16)), Type="WIDE"))[0]


def images(ads: int, always: int = 0) -> Builder:
    """Uploads an image where there are all but one of so many."""

    def build(client: EmulatorClient, number: int) -> list[int]:
        client.put("ads", *({"Id": key, "CampaignId": 1, "AdGroupId": 1} for key in range(1, ads + 1)))
        client.put("adimages", *({"AdImageHash": f"h{n}"} for n in range(1, always + number)), by="AdImageHash")
        return client.add_errors("adimages", image())[0]

    return build


def adjustment(name: str, *, campaign: str = "TEXT_CAMPAIGN", group: str = "", **members: Any) -> Builder:
    """Adds an adjustment of so many percent, in a campaign or a group of a type."""

    def build(client: EmulatorClient, number: int) -> list[int]:
        owner = _owner(client, campaign, group)
        value = {**members, "BidModifier": number}
        return client.add_errors("bidmodifiers", {**owner, name: [value] if name.endswith("s") else value})[0]

    return build


def _owner(client: EmulatorClient, campaign: str, group: str) -> Item:
    client.put("campaigns", {"Id": 1, "Type": campaign})
    client.put("retargetinglists", *({"Id": n, "Name": str(n), "Type": "RETARGETING"} for n in range(1, 110)))
    if not group:
        return {"CampaignId": 1}
    client.put("adgroups", {"Id": 2, "CampaignId": 1, "Type": group})
    return {"AdGroupId": 2}


def adjustments(name: str, item: Value) -> Builder:
    """Adds so many adjustments at once."""

    def build(client: EmulatorClient, number: int) -> list[int]:
        values = [{**item(index), "BidModifier": 100} for index in range(1, number + 1)]
        return client.add_errors("bidmodifiers", {**_owner(client, "TEXT_CAMPAIGN", ""), name: values})[0]

    return build


def auto_bid(service: str, path: str, base: Item) -> Builder:
    """Has a bid worked out with a number, in a campaign of bids by hand everywhere."""

    def build(client: EmulatorClient, number: int) -> list[int]:
        key = client.campaign()
        keyword = client.keyword(group=client.group(key))
        by_hand = _pair({"BiddingStrategyType": "HIGHEST_POSITION"}, {"BiddingStrategyType": "MAXIMUM_COVERAGE"})
        kind = {"Type": "MOBILE_APP_CAMPAIGN", "MobileAppCampaign": {"BiddingStrategy": by_hand}}
        client.put("campaigns", {**NEW_CAMPAIGN, "Id": key, **kind})
        item = put_at({"KeywordId": keyword, **base}, path, number)
        name = "Bids" if service == "bids" else "KeywordBids"
        return codes(client.write(service, "setAuto", {name: [item]}))[0]

    return build


def client_of_agency(method: str, member: str, value: Value) -> Builder:
    """Registers a client of an agency."""

    def build(client: EmulatorClient, number: int) -> list[int]:
        permit(client.emulator.store, "agency")
        subscriptions = [{"Option": "RECEIVE_RECOMMENDATIONS", "Value": "YES"}]
        notification = {"Lang": "EN", "Email": "owner@example.com", "EmailSubscriptions": subscriptions}
        params = {"Currency": "RUB", "Notification": notification}
        names = {"Login": "client", "FirstName": "Ann", "LastName": "Lee"} if method == "add" else {"Name": "Org"}
        result = replace(client, token="agency-token").result(
            "agencyclients", method, {**params, **names, member: value(number)}
        )
        return _codes(result)

    return build


def clients_in_a_day(client: EmulatorClient, number: int) -> list[int]:
    """Registers a client on a day of all but one of so many."""
    for key in range(1, number):
        client.emulator.accounts.add(
            Account(f"client-{key}", 5000 + key, kind=AccountKind.CLIENT, agency="agency", created_at="2026-05-29")
        )
    return client_of_agency("add", "Login", lambda _: "client")(client, number)


def account(service: str, member: str) -> Builder:
    """Updates an account with so many characters in a member."""

    def build(client: EmulatorClient, number: int) -> list[int]:
        token, name = ("agency-token", {"ClientId": 1004}) if service == "agencyclients" else (client.token, {})
        item = {**name, member: text(number)}
        return codes(replace(client, token=token).write(service, "update", {"Clients": [item]}))[0]

    return build


def deduplicated(value: Value) -> Builder:
    """Has a keyword compared with no other."""

    def build(client: EmulatorClient, number: int) -> list[int]:
        result = client.result("keywordsresearch", "deduplicate", {"Keywords": [{"Keyword": value(number)}]})
        return [code for failure in result.get("Failure", ()) for code in _codes(failure)]

    return build


def search_volumes(client: EmulatorClient, number: int) -> list[int]:
    """Asks about search volumes so many times at one moment."""
    params = {"SelectionCriteria": {"Keywords": ["a"], "RegionIds": [225]}, "FieldNames": ["Keyword"]}
    messages = [client.json("keywordsresearch", "hasSearchVolume", params) for _ in range(number)]
    return [message["error"]["error_code"] for message in messages if "error" in message]


def _codes(result: Mapping[str, Any]) -> list[int]:
    errors: Iterable[Mapping[str, Any]] = result.get("Errors") or ()
    return [error["Code"] for error in errors]
