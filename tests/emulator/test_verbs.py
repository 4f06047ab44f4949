"""The verbs over any service: what they add, change, move, delete and find, and what they refuse."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.clock import WITH_VCARDS, Clock
from tests.emulator.emulator_client import EmulatorClient, codes
from yadirect_soap.emulator.app import Emulator
from yadirect_soap.emulator.domain.resources import resources
from yadirect_soap.emulator.operations.services import HANDLERS, VERBS
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.field_lists import field_lists, listed, paths_of
from yadirect_soap.protocol.model import Operation

GETS = [
    service.operations["get"]
    for service in bundled().values()
    if "get" in service.operations and service.name != "dictionaries"
]
OPERATIONS = [operation for service in bundled().values() for operation in service.operations.values()]

UNSAYABLE = {"CustomPeriodBudget"}
"""StrategyAverageCpaFieldNames may name it, and the type of its answers has no such member: so it is published."""

CALLOUTS = [{"Callout": {"CalloutText": f"Callout {number}"}} for number in range(5)]
MANUAL = {
    "BiddingStrategy": {
        "Search": {"BiddingStrategyType": "HIGHEST_POSITION"},
        "Network": {"BiddingStrategyType": "SERVING_OFF"},
    }
}
MANUAL_CPM = {
    "BiddingStrategy": {
        "Search": {"BiddingStrategyType": "SERVING_OFF"},
        "Network": {"BiddingStrategyType": "MANUAL_CPM"},
    }
}
MOBILE_GROUP = {
    "StoreUrl": "https://apps.example.com/1",
    "TargetDeviceType": ["DEVICE_TYPE_MOBILE"],
    "TargetCarrier": "WI_FI_ONLY",
    "TargetOperatingSystemVersion": "8.0",
}


def test_every_operation_has_one_who_carries_it_out() -> None:
    """All operations of the contract have a handler of their own or a generic verb."""
    assert [op.key for op in OPERATIONS if op.key not in HANDLERS and op.name not in VERBS] == []


@pytest.mark.parametrize("operation", GETS, ids=lambda operation: operation.key)
def test_every_list_of_field_names_has_its_place(operation: Operation) -> None:
    """What a FieldNames parameter may name are members of the object it is found to be about."""
    for prefix, member in field_lists(operation).items():
        for path in paths_of(operation.response, prefix):
            shape = listed(operation.response).shape
            for step in path:
                shape = shape.by_name[step].shape
            assert member.shape.value_set - shape.by_name.keys() <= UNSAYABLE, (prefix, path)


@pytest.mark.parametrize("service", sorted(resources()))
def test_what_is_known_of_an_object_fits_the_contract(service: str) -> None:
    """Defaults, choices and criteria in resources.toml name members that the contract has."""
    resource, contract = resources()[service], bundled()[service]
    shape = listed(contract.operations["get"].response).shape
    assert resource.defaults.keys() <= shape.by_name.keys()
    assert resource.id in shape.by_name
    for name, inner in resource.within.items():
        assert inner.keys() <= shape.by_name[name].shape.by_name.keys()
    for kind, lists in resource.switches.items():
        for name, positions in lists.items():
            options = shape.by_name[kind].shape.by_name[name].shape.by_name["Option"].shape
            assert positions.keys() <= options.value_set
    for decided in resource.choices.values():
        assert all(value in shape.by_name[name].shape.value_set for name, value in decided.items())


# --- add --------------------------------------------------------------------------------------------------


def test_each_item_has_its_result_in_its_place(client: EmulatorClient) -> None:
    """One item's error leaves the others alone, and results stand in the order of the items."""
    group = client.group()
    keywords = [{"AdGroupId": key, "Keyword": f"word {key}"} for key in (group, 5, group)]
    keywords[2]["Keyword"] = "another"
    results = client.write("keywords", "add", {"Keywords": keywords})
    assert codes(results) == [[], [8800], []]
    assert ["Id" in item for item in results] == [True, False, True]
    assert results[1]["Errors"][0]["Details"] == "Ad group not found"


@pytest.mark.parametrize(
    ("make", "digits"),
    [(EmulatorClient.campaign, 9), (EmulatorClient.group, 10), (EmulatorClient.ad, 11), (EmulatorClient.keyword, 11)],
    ids=["campaign", "group", "ad", "keyword"],
)
def test_identifiers_are_as_long_as_the_apis(
    client: EmulatorClient, make: Callable[[EmulatorClient], int], digits: int
) -> None:
    """Identifiers have the lengths of real ones, beyond 32 bits where those are."""
    assert len(str(make(client))) == digits


def test_a_new_object_has_what_the_api_gives_it(client: EmulatorClient) -> None:
    """An ad is a draft, knows its campaign and type, and has nil where nothing is set."""
    group = client.group()
    ad = client.by_id(
        "ads", client.ad(group), "CampaignId", "AdGroupId", "Type", "Subtype", "Status", "State", "AgeLabel"
    )
    assert ad == {
        "CampaignId": client.by_id("adgroups", group, "CampaignId")["CampaignId"],
        "AdGroupId": group,
        "Type": "RESPONSIVE_AD",
        "Subtype": "NONE",
        "Status": "DRAFT",
        "State": "OFF",
        "AgeLabel": None,
    }


def test_a_group_comes_with_autotargeting(client: EmulatorClient) -> None:
    """A new text group has a keyword of its own, numbered after it, which keeps it from no deletion."""
    group = client.group()
    (keyword,) = client.result(
        "keywords", "get", {"SelectionCriteria": {"AdGroupIds": [group]}, "FieldNames": ["Id", "Keyword"]}
    )["Keywords"]
    assert keyword == {"Id": int(f"20{group}"), "Keyword": "---autotargeting"}
    assert client.on("adgroups", "delete", group) == [{"Id": group, "Errors": []}]


@pytest.mark.parametrize(
    ("kind", "strategy", "phrase", "code"),
    [
        ("TextCampaign", MANUAL, "-a", 5161),
        ("TextCampaign", MANUAL, "a -b", None),
        ("CpmBannerCampaign", MANUAL_CPM, "a", 5006),
    ],
    ids=["a minus in front", "a minus inside", "a display campaign"],
)
def test_negative_keywords_have_their_form_and_place(
    client: EmulatorClient, kind: str, strategy: dict[str, Any], phrase: str, code: int | None
) -> None:
    """A negative keyword is given without its minus, and not to display campaigns."""
    item = {"Name": "x", "StartDate": "2026-06-01", kind: strategy, "NegativeKeywords": {"Items": [phrase]}}
    assert codes(client.write("campaigns", "add", {"Campaigns": [item]})) == [[code] if code else []]


@pytest.mark.parametrize(
    ("service", "items", "expected"),
    [
        ("campaigns", [{"Name": "x", "StartDate": "2026-06-01"}], 5008),
        ("campaigns", [{"Name": "x", "StartDate": "2026-06-01", "TextCampaign": {}, "UnifiedCampaign": {}}], 5009),
        ("campaigns", [{"Name": "x", "StartDate": "2026-06-01", "SmartCampaign": {"CounterId": 1}}], 3500),
        ("campaigns", [{"Name": "x", "StartDate": "2026-05-28", "TextCampaign": {}}], 5005),
        ("campaigns", [{"Name": "x", "StartDate": "1.6.2026", "TextCampaign": {}}], 4000),
        ("campaigns", [{"Name": " ", "StartDate": "2026-06-01", "TextCampaign": {}}], 5000),
        ("campaigns", [{"Name": "x" * 256, "StartDate": "2026-06-01", "TextCampaign": {}}], 5001),
        ("sitelinks", [{"Sitelinks": [{"Title": "t"}]}], 5008),
        ("sitelinks", [{"Sitelinks": [{"Title": "t", "Href": "example.com"}]}], 5005),
        ("sitelinks", [{"Sitelinks": [{"Title": str(n), "Href": f"http://a/{n}"} for n in range(9)]}], 7000),
        ("adextensions", [{"Callout": {"CalloutText": "x" * 26}}], 5001),
        (
            "feeds",
            [{"Name": "x", "BusinessType": "RETAIL", "SourceType": "FILE", "UrlFeed": {"Url": "http://a"}}],
            6000,
        ),
    ],
)
def test_what_the_api_would_not_have_is_refused(
    client: EmulatorClient, service: str, items: list[dict[str, Any]], expected: int
) -> None:
    """Each rule has its code."""
    (name,) = [member.name for member in bundled()[service].operations["add"].request.members if member.many]
    assert codes(client.write(service, "add", {name: items})) == [[expected]]


@pytest.mark.parametrize(
    ("ad", "expected"),
    [
        ({"TextAd": {"Title": "t", "Text": "t", "Mobile": "NO"}}, 6000),
        ({"TextAd": {"Title": "t", "Text": "t", "Mobile": "NO", "Href": ""}}, 5003),
        ({"TextAd": {"Title": "t" * 57, "Text": "t", "Mobile": "NO", "Href": "http://a"}}, 5001),
        ({"TextAd": {"Title": "t" * 23, "Text": "t", "Mobile": "NO", "Href": "http://a"}}, 5006),
        ({"TextAd": {"Title": "t", "Text": "t", "Mobile": "NO", "Href": "http://a", "SitelinkSetId": 1}}, 8800),
        ({"TextAd": {"Title": "t", "Text": "t", "Mobile": "NO", "Href": "http://a", "AdImageHash": "no"}}, 5005),
        ({"TextAd": {"Title": "t", "Text": "t", "Mobile": "NO", "Href": "http://a", "DisplayUrlPath": "a_b"}}, 5002),
        ({"DynamicTextAd": {"Text": "t"}}, 6000),
    ],
    ids=["no link", "empty link", "long title", "long word", "sitelinks", "image", "display link", "kind"],
)
def test_ads_are_looked_at_as_a_whole(client: EmulatorClient, ad: dict[str, Any], expected: int) -> None:
    """An ad needs a link, short texts, things that exist, and a group that it fits."""
    assert codes(client.write("ads", "add", {"Ads": [{"AdGroupId": client.group(), **ad}]})) == [[expected]]


def test_a_keyword_that_is_there_is_told_and_not_added(client: EmulatorClient) -> None:
    """A duplicate gets the old identifier and warning 10140, spaces regardless; a deleted one is no duplicate."""
    group = client.group()
    key = client.keyword("buy a car", group)
    again = {"Keywords": [{"AdGroupId": group, "Keyword": " buy  a car"}]}
    (result,) = client.write("keywords", "add", again)
    assert (result["Id"], codes([result], "Warnings")) == (key, [[10140]])
    client.on("keywords", "delete", key)
    assert client.write("keywords", "add", again)[0]["Id"] != key


@pytest.mark.parametrize(
    ("service", "list_name", "item", "warning"),
    [
        ("sitelinks", "SitelinksSets", {"Sitelinks": [{"Title": "t", "Href": "https://example.com/1"}]}, 10120),
        (
            "vcards",
            "VCards",
            {
                "CampaignId": 700_000_001,
                "Country": "Россия",
                "City": "Москва",
                "CompanyName": "x",
                "WorkTime": "0#4#10#00#18#00",
                "Phone": {"CountryCode": "+7", "CityCode": "495", "PhoneNumber": "123-45-67"},
            },
            10100,
        ),
    ],
)
@pytest.mark.parametrize("api_date", [WITH_VCARDS])
def test_a_set_that_is_there_is_told_and_not_added(
    client: EmulatorClient, service: str, list_name: str, item: dict[str, Any], warning: int
) -> None:
    """Sitelink sets and vCards that are equal are one."""
    client.campaign()
    first, second = client.write(service, "add", {list_name: [item, item]})
    assert (second["Id"], codes([second], "Warnings")) == (first["Id"], [[warning]])


def test_a_parent_has_room_for_so_many(client: EmulatorClient) -> None:
    """The fifty-first ad of a group is refused with 7001."""
    group = client.group()
    text = {"Title": "t", "Text": "t", "Mobile": "NO", "Href": "https://example.com/"}
    results = client.write("ads", "add", {"Ads": [{"AdGroupId": group, "TextAd": text}] * 51})
    assert codes(results) == [[]] * 50 + [[7001]]


def test_lists_of_a_write_come_back_as_get_has_them(client: EmulatorClient) -> None:
    """Plain identifiers become objects, plain arrays are wrapped, texts get a status."""
    group, callouts = client.group(), client.add("adextensions", "AdExtensions", *CALLOUTS[:2])
    responsive = {
        "Titles": ["One", "Two"],
        "Texts": ["Text"],
        "Href": "https://example.com/",
        "AdExtensionIds": callouts,
    }
    (key,) = client.add("ads", "Ads", {"AdGroupId": group, "ResponsiveAd": responsive})
    ad = client.by_id("ads", key, "Id", ResponsiveAdFieldNames=["Titles", "AdExtensions", "AdImages"])["ResponsiveAd"]
    assert ad == {
        "Titles": [{"Status": "DRAFT", "Title": "One"}, {"Status": "DRAFT", "Title": "Two"}],
        "AdImages": None,
        "AdExtensions": [{"AdExtensionId": callout, "Type": "CALLOUT"} for callout in callouts],
    }


# --- update -----------------------------------------------------------------------------------------------


def test_an_update_leaves_alone_what_it_does_not_name(client: EmulatorClient) -> None:
    """Members that an item leaves out stay, inside the type's structure too."""
    key = client.ad(Title2="Second")  # which joins the title, as the campaign is a unified one
    client.write("ads", "update", {"Ads": [{"Id": key, "TextAd": {"Title": "New"}}]})
    assert client.by_id("ads", key, "Id", TextAdFieldNames=["Title", "Title2", "Text", "Href"])["TextAd"] == {
        "Title": "New",
        "Title2": None,
        "Text": "Text",
        "Href": "https://example.com/",
    }


def test_none_clears_and_an_array_replaces(client: EmulatorClient) -> None:
    """Nil clears a member, an array takes the place of the old one as a whole."""
    key = client.campaign(NegativeKeywords={"Items": ["a", "b"]}, EndDate="2026-12-31")
    client.write(
        "campaigns", "update", {"Campaigns": [{"Id": key, "NegativeKeywords": {"Items": ["c"]}, "EndDate": None}]}
    )
    fields = ("NegativeKeywords", "EndDate")
    assert client.by_id("campaigns", key, *fields) == {"EndDate": None, "NegativeKeywords": {"Items": ["c"]}}
    client.write("campaigns", "update", {"Campaigns": [{"Id": key, "NegativeKeywords": None}]})
    assert client.by_id("campaigns", key, *fields) == {"EndDate": None, "NegativeKeywords": None}


def test_settings_are_switched_one_by_one(client: EmulatorClient) -> None:
    """A list of switches keeps the position of those that an update does not name."""
    settings = [{"Option": "ADD_METRICA_TAG", "Value": "YES"}, {"Option": "REQUIRE_SERVICING", "Value": "NO"}]
    key = client.campaign(TextCampaign={"Settings": settings})
    changed = {"Settings": [{"Option": "REQUIRE_SERVICING", "Value": "YES"}]}
    client.write("campaigns", "update", {"Campaigns": [{"Id": key, "TextCampaign": changed}]})
    campaign = client.by_id("campaigns", key, "Id", TextCampaignFieldNames=["Settings"])["TextCampaign"]
    switches = {setting["Option"]: setting["Value"] for setting in campaign["Settings"]}
    assert (switches["ADD_METRICA_TAG"], switches["REQUIRE_SERVICING"], switches["ENABLE_COMPANY_INFO"]) == (
        "YES",
        "YES",
        "YES",
    )


def test_a_new_strategy_leaves_nothing_of_the_old(client: EmulatorClient) -> None:
    """The settings of the strategy before do not stay behind in the new one."""
    average = {"BiddingStrategyType": "AVERAGE_CPC", "AverageCpc": {"AverageCpc": 1_000_000}}
    off = {"BiddingStrategyType": "SERVING_OFF"}
    key = client.campaign(TextCampaign={"BiddingStrategy": {"Search": average, "Network": off}})
    client.write("campaigns", "update", {"Campaigns": [{"Id": key, "TextCampaign": MANUAL}]})
    campaign = client.by_id("campaigns", key, "Id", TextCampaignFieldNames=["BiddingStrategy"])["TextCampaign"]
    assert campaign == MANUAL


@pytest.mark.parametrize(
    ("operations", "remaining"),
    [
        ({3: "ADD", 4: "ADD", 2: "REMOVE"}, [0, 1, 3, 4]),
        ({2: "SET", 3: "SET"}, [2, 3]),
        ({0: "ADD"}, [0, 1, 2]),
        ({0: "REMOVE", 1: "REMOVE", 2: "REMOVE"}, None),
        (None, None),
    ],
    ids=["add and remove", "set", "add again", "remove all", "nil"],
)
def test_callouts_are_added_removed_and_set(
    client: EmulatorClient, operations: dict[int, str] | None, remaining: list[int] | None
) -> None:
    """CalloutSetting changes the set that an ad has or makes a new one; nil unassigns all."""
    callouts = client.add("adextensions", "AdExtensions", *CALLOUTS)
    key = client.ad(AdExtensionIds=callouts[:3])
    chosen = [
        {"AdExtensionId": callouts[number], "Operation": operation} for number, operation in (operations or {}).items()
    ]
    setting = {"AdExtensions": chosen} if operations else None
    assert codes(client.write("ads", "update", {"Ads": [{"Id": key, "TextAd": {"CalloutSetting": setting}}]})) == [[]]
    ad = client.by_id("ads", key, "Id", TextAdFieldNames=["AdExtensions"])["TextAd"]
    expected = (
        {}
        if remaining is None
        else {"AdExtensions": [{"AdExtensionId": callouts[n], "Type": "CALLOUT"} for n in remaining]}
    )
    assert ad == expected


@pytest.mark.parametrize(
    ("operations", "expected"),
    [([(0, "SET"), (1, "ADD")], 4006), ([(0, "ADD"), (0, "REMOVE")], 9802), ([(9, "ADD")], 8800)],
    ids=["mixed", "repeated", "unknown"],
)
def test_callouts_that_contradict_are_refused(
    client: EmulatorClient, operations: list[tuple[int, str]], expected: int
) -> None:
    """SET stands with nothing else, a callout is named once, and it exists."""
    known = dict(enumerate(client.add("adextensions", "AdExtensions", *CALLOUTS)))
    items = [{"AdExtensionId": known.get(number, 5), "Operation": operation} for number, operation in operations]
    update = {"Ads": [{"Id": client.ad(), "TextAd": {"CalloutSetting": {"AdExtensions": items}}}]}
    assert codes(client.write("ads", "update", update)) == [[expected]]


def test_an_object_is_updated_once_in_a_request(client: EmulatorClient) -> None:
    """The same identifier twice is an error of both items, and neither acts."""
    key, other = client.campaign(), client.campaign()
    items = [{"Id": key, "Name": "a"}, {"Id": other, "Name": "b"}, {"Id": key, "Name": "c"}]
    assert codes(client.write("campaigns", "update", {"Campaigns": items})) == [[9800], [], [9800]]
    assert client.by_id("campaigns", key, "Name") == {"Name": "Campaign"}


def test_an_update_cannot_make_an_object_another(client: EmulatorClient) -> None:
    """The structure of another type is error 4000 of the item."""
    update = {"Campaigns": [{"Id": client.campaign(), "UnifiedCampaign": {"TrackingParams": "a=b"}}]}
    assert codes(client.write("campaigns", "update", update)) == [[4000]]


def test_an_update_of_an_ad_names_what_it_changes(client: EmulatorClient) -> None:
    """An ad has nothing but its structure to change: without one its update is error 5008."""
    assert codes(client.write("ads", "update", {"Ads": [{"Id": client.ad()}]})) == [[5008]]


@pytest.mark.parametrize(("zone", "expected"), [("Asia/Omsk", []), ("Mars/Omsk", [4000])], ids=["known", "unknown"])
def test_a_time_zone_is_one_of_the_dictionary(client: EmulatorClient, zone: str, expected: list[int]) -> None:
    """Dictionaries.get tells the zones that a campaign can be set to."""
    update = {"Campaigns": [{"Id": client.campaign(), "TimeZone": zone}]}
    assert codes(client.write("campaigns", "update", update)) == [expected]


def test_a_daily_budget_needs_a_manual_strategy_and_the_minimum(client: EmulatorClient) -> None:
    """A budget is refused with an automatic strategy, and below the currency's minimum."""
    average = {"BiddingStrategyType": "WB_MAXIMUM_CLICKS", "WbMaximumClicks": {"WeeklySpendLimit": 300_000_000}}
    automatic = {"BiddingStrategy": {"Search": average, "Network": {"BiddingStrategyType": "SERVING_OFF"}}}
    keys = (
        client.campaign(TextCampaign=MANUAL),
        client.campaign(TextCampaign=MANUAL),
        client.campaign(TextCampaign=automatic),
    )
    budgets = [{"Amount": amount, "Mode": "STANDARD"} for amount in (300_000_000, 299_999_999, 300_000_000)]
    items = [{"Id": key, "DailyBudget": budget} for key, budget in zip(keys, budgets, strict=True)]
    assert codes(client.write("campaigns", "update", {"Campaigns": items})) == [[], [5005], [6000]]


def test_a_daily_budget_changes_three_times_a_day(client: EmulatorClient, clock: Clock) -> None:
    """The fourth change of a day is error 8305, the next day's first is none."""
    key = client.campaign(TextCampaign=MANUAL)

    def change(amount: int) -> list[list[int]]:
        budget = {"Amount": amount * 100_000_000, "Mode": "STANDARD"}
        return codes(client.write("campaigns", "update", {"Campaigns": [{"Id": key, "DailyBudget": budget}]}))

    assert [change(amount) for amount in (3, 4, 4, 5, 6)] == [[[]], [[]], [[]], [[]], [[8305]]]
    clock.now += 24 * 3600
    assert change(6) == [[]]


HOLIDAYS = {"SuspendOnHolidays": "NO", "StartHour": 9, "EndHour": 18}


@pytest.mark.parametrize(
    ("targeting", "expected"),
    [
        ({"Schedule": {"Items": ["1," + ",".join(["100"] * 24)]}}, []),
        ({"Schedule": {"Items": ["8," + ",".join(["100"] * 24)]}}, [5004]),
        ({"Schedule": {"Items": ["1," + ",".join(["105"] * 24)]}}, [5004]),
        ({"Schedule": {"Items": ["1,100"]}}, [5004]),
        ({"HolidaysSchedule": {"SuspendOnHolidays": "NO"}}, [5000]),
        ({"HolidaysSchedule": {"SuspendOnHolidays": "YES", "StartHour": 1, "EndHour": 2}}, [5006]),
        ({"HolidaysSchedule": {"SuspendOnHolidays": "NO", "StartHour": 9, "EndHour": 9}}, [5005]),
        ({"HolidaysSchedule": HOLIDAYS | {"BidPercent": 10}}, []),
        ({"HolidaysSchedule": HOLIDAYS | {"BidPercent": 5}}, [5005]),
        ({"HolidaysSchedule": None}, []),
    ],
    ids=["good", "day", "percent", "short", "no hours", "hours of a pause", "no time", "10 %", "5 %", "nil"],
)
def test_a_schedule_is_made_of_days_and_hours(
    client: EmulatorClient, targeting: dict[str, Any], expected: list[int]
) -> None:
    """Time targeting follows the documented form."""
    item = {"Id": client.campaign(), "TimeTargeting": {"ConsiderWorkingWeekends": "YES", **targeting}}
    assert codes(client.write("campaigns", "update", {"Campaigns": [item]})) == [expected]


def test_a_keyword_that_was_accepted_is_replaced(client: EmulatorClient) -> None:
    """A new text makes a new keyword, told with warning 10141, in place of one that was accepted; not of a draft."""
    group = client.group()
    key, ad = client.keyword("old", group), client.ad(group)
    assert client.write("keywords", "update", {"Keywords": [{"Id": key, "Keyword": "draft"}]}) == [
        {"Id": key, "Errors": []}
    ]
    client.on("ads", "moderate", ad)
    (result,) = client.write("keywords", "update", {"Keywords": [{"Id": key, "Keyword": "new"}]})
    assert result["Id"] != key
    assert codes([result], "Warnings") == [[10141]]


# --- suspend, resume, archive, unarchive, moderate ----------------------------------------------------------


def test_moderation_brings_an_ad_and_all_above_it_to_life(client: EmulatorClient) -> None:
    """A moderated ad is accepted and on, and so are its campaign and the keywords of its group."""
    group = client.group()
    ad, keyword = client.ad(group), client.keyword(group=group)
    assert client.on("ads", "moderate", ad) == [{"Id": ad, "Errors": []}]
    assert client.by_id("ads", ad, "State", "Status") == {"State": "ON", "Status": "ACCEPTED"}
    assert client.by_id("keywords", keyword, "State", "Status") == {"State": "ON", "Status": "ACCEPTED"}
    campaign = client.by_id("adgroups", group, "CampaignId")["CampaignId"]
    assert client.by_id("campaigns", campaign, "State", "Status") == {"State": "ON", "Status": "ACCEPTED"}
    assert codes(client.on("ads", "moderate", ad)) == [[8300]]


STEPS = {
    "draft ad": ("ads", "suspend!8300 resume!8300 archive!8300 unarchive?10203"),
    "ad to the archive": (
        "ads",
        "moderate resume?10201 archive!8300 delete!8300 suspend suspend?10200 archive archive?10202 resume!8300",
    ),
    "ad from the archive": (
        "ads",
        "moderate suspend archive suspend!8300 unarchive unarchive?10203 resume resume?10201",
    ),
    "draft campaign": ("campaigns", "suspend!8300 resume!8300?10021 archive!8303 unarchive?10023"),
    "campaign to the archive": (
        "campaigns",
        "moderate resume?10021 archive!8303 delete!8301 suspend suspend?10020 archive archive?10022 suspend!8300",
    ),
    "campaign from the archive": ("campaigns", "moderate suspend archive unarchive unarchive?10023 resume"),
    "keyword": ("keywords", "resume?10241 suspend suspend?10240 resume delete delete!8800"),
    "audience target": ("audiencetargets", "resume?10243 suspend suspend?10242 resume delete suspend!8800"),
    "strategy": ("strategies", "unarchive?10023 archive archive?10022 unarchive"),
}


@pytest.mark.parametrize(("service", "steps"), STEPS.values(), ids=STEPS)
def test_states_follow_the_rules(client: EmulatorClient, service: str, steps: str) -> None:
    """Each verb, one after the other: `!` is followed by the error that it gives, `?` by the warning."""
    ad = client.ad(group := client.group())
    key = {
        "ads": lambda: ad,
        "campaigns": lambda: client.by_id("adgroups", group, "CampaignId")["CampaignId"],
        "keywords": lambda: client.keyword(group=group),
        "audiencetargets": lambda: client.add(
            "audiencetargets", "AudienceTargets", {"AdGroupId": group, "InterestId": 1}
        )[0],
        "strategies": lambda: client.add(
            "strategies", "Strategies", {"Name": "x", "AverageCrr": {"Crr": 5, "GoalId": 1}}
        )[0],
    }[service]()
    for step in steps.split():
        verb, error, warning = re.fullmatch(r"(\w+?)(?:!(\d+))?(?:\?(\d+))?", step).groups()  # type: ignore[union-attr]
        results = client.on("ads", verb, ad) if verb == "moderate" else client.on(service, verb, key)
        assert codes(results) == [[int(error)] if error else []], step
        assert codes(results, "Warnings") == [[int(warning)] if warning else []], step


def test_nothing_changes_in_an_archived_campaign(client: EmulatorClient) -> None:
    """What belongs to an archived campaign can be neither added to, nor changed, nor deleted."""
    group = client.group()
    ad, keyword = client.ad(group), client.keyword(group=group)
    campaign = client.by_id("adgroups", group, "CampaignId")["CampaignId"]
    client.on("ads", "moderate", ad)
    client.on("campaigns", "suspend", campaign)
    client.on("campaigns", "archive", campaign)
    assert (
        codes(
            [
                *client.write("campaigns", "update", {"Campaigns": [{"Id": campaign, "Name": "x"}]}),
                *client.write("adgroups", "update", {"AdGroups": [{"Id": group, "Name": "x"}]}),
                *client.write("keywords", "add", {"Keywords": [{"AdGroupId": group, "Keyword": "x"}]}),
                *client.on("keywords", "suspend", keyword),
                *client.on("keywords", "delete", keyword),
            ]
        )
        == [[8300]] * 5
    )


def test_an_object_named_twice_is_moved_once(client: EmulatorClient) -> None:
    """The second mention of an object in a verb is a success with warning 10000."""
    key = client.keyword()
    assert codes(client.on("keywords", "suspend", key, key), "Warnings") == [[], [10000]]


# --- delete -----------------------------------------------------------------------------------------------


def test_children_stand_in_the_way_of_a_deletion(client: EmulatorClient) -> None:
    """A campaign with groups and a group with ads or keywords stay; empty ones go."""
    campaign = client.campaign()
    group = client.group(campaign)
    ad, keyword = client.ad(group), client.keyword(group=group)
    assert codes(client.on("campaigns", "delete", campaign)) == [[8301]]
    assert codes(client.on("adgroups", "delete", group)) == [[8301]]
    client.on("ads", "delete", ad)
    assert codes(client.on("adgroups", "delete", group)) == [[8301]]
    client.on("keywords", "delete", keyword)
    assert client.on("adgroups", "delete", group) == [{"Id": group, "Errors": []}]
    assert client.on("campaigns", "delete", campaign, 5)[0] == {"Id": campaign, "Errors": []}


def test_what_is_in_use_stays(client: EmulatorClient) -> None:
    """A sitelink set cannot be deleted while an ad has it."""
    (key,) = client.add("sitelinks", "SitelinksSets", {"Sitelinks": [{"Title": "t", "Href": "https://example.com/1"}]})
    ad = client.ad(SitelinkSetId=key)
    assert codes(client.on("sitelinks", "delete", key)) == [[6000]]
    client.write("ads", "update", {"Ads": [{"Id": ad, "TextAd": {"SitelinkSetId": None}}]})
    assert client.on("sitelinks", "delete", key) == [{"Id": key, "Errors": []}]


def test_a_deleted_callout_stays_visible(client: EmulatorClient) -> None:
    """Callouts are marked as deleted; deleting one again is a warning."""
    (key,) = client.add("adextensions", "AdExtensions", CALLOUTS[0])
    assert client.on("adextensions", "delete", key) == [{"Id": key, "Errors": []}]
    assert client.by_id("adextensions", key, "State") == {"State": "DELETED"}
    assert codes(client.on("adextensions", "delete", key), "Warnings") == [[10025]]


def test_the_same_object_cannot_be_deleted_twice_at_once(client: EmulatorClient) -> None:
    """An identifier that stands twice in a delete is an error in both places."""
    key = client.campaign()
    assert codes(client.on("campaigns", "delete", key, key)) == [[9800], [9800]]


# --- get --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({}, ["a", "b", "c"]),
        ({"Types": ["CPM_BANNER_CAMPAIGN"]}, ["c"]),
        ({"Types": ["CPM_BANNER_CAMPAIGN", "TEXT_CAMPAIGN"]}, ["a", "b", "c"]),
        ({"States": ["ON"]}, ["a"]),
        ({"Statuses": ["DRAFT"], "Types": ["TEXT_CAMPAIGN"]}, ["b"]),
        ({"StatusesPayment": ["ALLOWED"]}, ["a"]),
        ({"Ids": [700_000_002, 700_000_001, 700_000_002, 5]}, ["a", "b"]),
        ({"Ids": [700_000_001], "States": ["OFF"]}, []),
    ],
    ids=["none", "type", "types", "state", "status and type", "payment", "ids", "ids and state"],
)
def test_criteria_are_in_and_and(client: EmulatorClient, criteria: dict[str, Any], expected: list[str]) -> None:
    """A list of values is any of them, several criteria are all of them, unknown identifiers are nothing."""
    client.on("ads", "moderate", client.ad(client.group(client.campaign(Name="a"))))
    client.campaign(Name="b")
    client.add("campaigns", "Campaigns", {"Name": "c", "StartDate": "2026-06-01", "CpmBannerCampaign": MANUAL_CPM})
    result = client.result("campaigns", "get", {"SelectionCriteria": criteria, "FieldNames": ["Name"]})
    assert [item["Name"] for item in result.get("Campaigns", [])] == expected


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({"SitelinkSetIds": [1_100_000_001]}, True),
        ({"SitelinkSetIds": [5]}, False),
        ({"SitelinksModerationStatuses": ["DRAFT"]}, True),
        ({"VCardModerationStatuses": ["DRAFT"]}, False),
        ({"AdExtensionIds": [10_000_001]}, True),
        ({"Mobile": "NO"}, True),
        ({"Mobile": "YES"}, False),
    ],
)
def test_criteria_look_inside_ads(client: EmulatorClient, criteria: dict[str, Any], expected: bool) -> None:
    """Criteria about what an ad has are judged by its structure."""
    callouts = client.add("adextensions", "AdExtensions", CALLOUTS[0])
    (links,) = client.add(
        "sitelinks", "SitelinksSets", {"Sitelinks": [{"Title": "t", "Href": "https://example.com/1"}]}
    )
    key = client.ad(SitelinkSetId=links, AdExtensionIds=callouts)
    result = client.result("ads", "get", {"SelectionCriteria": {"Ids": [key], **criteria}, "FieldNames": ["Id"]})
    assert bool(result) is expected


def test_a_criterion_that_cannot_be_judged_is_refused(client: EmulatorClient) -> None:
    """Tags are not kept, so asking by them is an honest 'not implemented', never an answer to another question."""
    criteria = {"CampaignIds": [1], "Tags": ["x"]}
    assert client.error("adgroups", "get", {"SelectionCriteria": criteria, "FieldNames": ["Id"]}) == 3500


@pytest.mark.parametrize(
    ("since", "expected"),
    [("2026-05-29T12:30:00Z", [1]), ("2026-05-29T12:00:00Z", [0, 1]), ("2026-05-29T14:00:00Z", [])],
)
def test_modified_since_is_about_the_last_change(
    client: EmulatorClient, clock: Clock, since: str, expected: list[int]
) -> None:
    """ModifiedSince finds what was changed at that time or later."""
    group = client.group()
    keys = [client.keyword("one", group), client.keyword("two", group)]
    clock.now += 3600
    client.write("keywords", "update", {"Keywords": [{"Id": keys[1], "UserParam1": "x"}]})
    criteria = {"Ids": keys, "ModifiedSince": since}
    result = client.result("keywords", "get", {"SelectionCriteria": criteria, "FieldNames": ["Id"]})
    assert [item["Id"] for item in result.get("Keywords", [])] == [keys[index] for index in expected]


def test_a_time_in_another_form_is_refused(client: EmulatorClient) -> None:
    """Times are UTC in the one documented form, else error 4000."""
    criteria = {"Ids": [1], "ModifiedSince": "2026-05-29 12:00:00"}
    assert client.error("keywords", "get", {"SelectionCriteria": criteria, "FieldNames": ["Id"]}) == 4000


@pytest.mark.parametrize(
    ("page", "names", "limited_by"),
    [
        ({"Limit": 2}, ["0", "1"], 2),
        ({"Limit": 2, "Offset": 2}, ["2", "3"], 4),
        ({"Limit": 2, "Offset": 4}, ["4"], None),
        ({"Limit": 5}, ["0", "1", "2", "3", "4"], None),
        ({"Offset": 9}, [], None),
    ],
)
def test_pages_move_by_limited_by(
    client: EmulatorClient, page: dict[str, int], names: list[str], limited_by: int | None
) -> None:
    """LimitedBy is the place of the last object given, and there only if more follow."""
    for number in range(5):
        client.campaign(Name=str(number))
    result = client.result("campaigns", "get", {"FieldNames": ["Name"], "Page": page})
    expected: dict[str, Any] = {"Campaigns": [{"Name": name} for name in names]}
    assert result == (expected if limited_by is None else expected | {"LimitedBy": limited_by})


def test_nothing_comes_that_was_not_asked_for(client: EmulatorClient) -> None:
    """Structures come with their own FieldNames only, deeper ones with theirs."""
    price = {"Price": 100_000_000, "PriceQualifier": "NONE", "PriceCurrency": "RUB"}
    key = client.ad(PriceExtension=price)
    assert client.by_id("ads", key, "Id") == {"Id": key}
    assert client.by_id("ads", key, "Id", TextAdFieldNames=["Title"]) == {"Id": key, "TextAd": {"Title": "Title"}}
    ad = client.by_id(
        "ads", key, "Id", TextAdFieldNames=["Title"], TextAdPriceExtensionFieldNames=["Price", "OldPrice"]
    )
    assert ad["TextAd"] == {"Title": "Title", "PriceExtension": {"Price": 100_000_000, "OldPrice": None}}
    assert client.by_id("ads", key, "Id", MobileAppAdFieldNames=["Title"]) == {"Id": key}


def test_placement_types_are_asked_for_apart(client: EmulatorClient) -> None:
    """A strategy comes without its PlacementTypes unless their own FieldNames ask, and then with those only."""
    search = {**MANUAL["BiddingStrategy"]["Search"], "PlacementTypes": {"SearchResults": "YES", "DynamicPlaces": "NO"}}
    strategy = {"Search": search, "Network": MANUAL["BiddingStrategy"]["Network"]}
    key = client.campaign(TextCampaign={"BiddingStrategy": strategy})
    field_lists = {"TextCampaignFieldNames": ["BiddingStrategy"]}
    assert client.by_id("campaigns", key, "Id", **field_lists)["TextCampaign"] == MANUAL
    field_lists["TextCampaignSearchStrategyPlacementTypesFieldNames"] = ["DynamicPlaces"]
    campaign = client.by_id("campaigns", key, "Id", **field_lists)["TextCampaign"]
    assert campaign["BiddingStrategy"]["Search"] == {
        "BiddingStrategyType": "HIGHEST_POSITION",
        "PlacementTypes": {"DynamicPlaces": "NO"},
    }


def test_associated_follows_from_the_ads(client: EmulatorClient) -> None:
    """Callouts know whether an ad has them."""
    callouts = client.add("adextensions", "AdExtensions", *CALLOUTS[:2])
    client.ad(AdExtensionIds=callouts[:1])
    result = client.result(
        "adextensions", "get", {"SelectionCriteria": {"Ids": callouts}, "FieldNames": ["Associated"]}
    )
    assert result["AdExtensions"] == [{"Associated": "YES"}, {"Associated": "NO"}]


def test_a_group_fits_its_campaign(client: EmulatorClient) -> None:
    """A mobile app group in a text campaign is refused; in a mobile app campaign a keyword can be added to it."""
    strategy = {"BiddingStrategy": MANUAL["BiddingStrategy"]}
    (campaign,) = client.add(
        "campaigns", "Campaigns", {"Name": "x", "StartDate": "2026-06-01", "MobileAppCampaign": strategy}
    )
    group = {"Name": "g", "RegionIds": [225], "MobileAppAdGroup": MOBILE_GROUP}
    items = [{**group, "CampaignId": key} for key in (client.campaign(), campaign)]
    results = client.write("adgroups", "add", {"AdGroups": items})
    assert codes(results) == [[6000], []]
    assert client.keyword(group=results[1]["Id"])


@pytest.mark.parametrize("service", ["businesses", "turbopages"])
def test_what_others_make_can_be_read(emulator: Emulator, client: EmulatorClient, service: str) -> None:
    """Objects that the API cannot add are found once they are in the store."""
    emulator.store.put(service, 7, "anna", {"Id": 7, "Name": "x"}, changed=0)
    assert client.by_id(service, 7, "Id", "Name") == {"Id": 7, "Name": "x"}
