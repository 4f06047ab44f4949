"""What the API asks of objects, rule by rule: an item beside the codes that it meets; no code is a success."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.clock import WITH_VCARDS
from tests.emulator.emulator_client import EmulatorClient, codes

Item = dict[str, Any]

OFF = {"BiddingStrategyType": "SERVING_OFF"}
BY_SEARCH = {"BiddingStrategyType": "NETWORK_DEFAULT"}
MANUAL = {"BiddingStrategyType": "HIGHEST_POSITION"}
CLICKS = {"BiddingStrategyType": "WB_MAXIMUM_CLICKS", "WbMaximumClicks": {"WeeklySpendLimit": 300_000_000}}
PHONE = {"CountryCode": "+7", "CityCode": "495", "PhoneNumber": "123-45-67"}
POINT = {"X": 37, "Y": 55, "X1": 36, "Y1": 54, "X2": 38, "Y2": 56}
RULE = {"Operator": "ALL", "Arguments": [{"MembershipLifeSpan": 30, "ExternalId": 1}]}
PLATFORMS = {"SearchResult": "YES", "ProductGallery": "NO", "Network": "NO"}
CONDITION = {"Operand": "price", "Operator": "GREATER_THAN", "Arguments": ["1"]}


def goals(count: int) -> Item:
    """So many key goals, each worth the least that a goal may be."""
    return {"Items": [{"GoalId": number, "Value": 5_000_000} for number in range(1, count + 1)]}


def campaign(client: EmulatorClient, kind: str = "TextCampaign", **inside: Any) -> list[int]:
    """The codes that a new campaign meets with these members of its type's structure."""
    return client.add_errors("campaigns", {"Name": "x", "StartDate": "2026-06-01", kind: inside})[0]


# --- campaigns and strategies -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("search", "network", "expected"),
    [
        (MANUAL, OFF, []),
        (MANUAL, BY_SEARCH, []),
        (CLICKS, OFF, []),
        (CLICKS, BY_SEARCH, []),
        (OFF, CLICKS, []),
        (OFF, OFF, [4000]),
        (OFF, BY_SEARCH, [4000]),
        (CLICKS, CLICKS, [4000]),
        (MANUAL, CLICKS, [4000]),
        (MANUAL, {"BiddingStrategyType": "MAXIMUM_COVERAGE"}, [3500]),
        ({"BiddingStrategyType": "WB_MAXIMUM_CLICKS"}, OFF, [4000]),
        ({**MANUAL, "WbMaximumClicks": CLICKS["WbMaximumClicks"]}, OFF, [4000]),
        ({"BiddingStrategyType": "AVERAGE_CPC", "AverageCpc": {"AverageCpc": 900_000}}, OFF, []),
        ({"BiddingStrategyType": "AVERAGE_CPC", "AverageCpc": {"AverageCpc": 899_999}}, OFF, [5005]),
        ({"BiddingStrategyType": "AVERAGE_CRR", "AverageCrr": {"Crr": 0, "GoalId": 1}}, OFF, [5005]),
        (
            {
                "BiddingStrategyType": "PAY_FOR_CONVERSION_MULTIPLE_GOALS",
                "PayForConversionMultipleGoals": {},
            },
            OFF,
            [4000],
        ),
        (CLICKS, {**BY_SEARCH, "NetworkDefault": {"LimitPercent": 15}}, [5005]),
    ],
)
def test_strategies_go_together(client: EmulatorClient, search: Item, network: Item, expected: list[int]) -> None:
    """A strategy has its own structure and amounts, and the two suit each other."""
    assert campaign(client, BiddingStrategy={"Search": search, "Network": network}) == expected


@pytest.mark.parametrize(
    ("kind", "network", "expected"),
    [
        ("UnifiedCampaign", OFF, []),
        ("UnifiedCampaign", BY_SEARCH, [4000]),
        ("MobileAppCampaign", BY_SEARCH, []),
        ("MobileAppCampaign", {"BiddingStrategyType": "MAXIMUM_COVERAGE"}, [3500]),
    ],
)
def test_bids_by_hand_are_for_search(client: EmulatorClient, kind: str, network: Item, expected: list[int]) -> None:
    """Networks cannot be bid for by hand, nor follow a unified campaign's search where that is."""
    client = replace(client, version="v501")
    assert campaign(client, kind, BiddingStrategy={"Search": MANUAL, "Network": network}) == expected


PERIOD = {"SpendLimit": 10**9, "StartDate": "2026-06-01", "EndDate": "2026-06-30", "AutoContinue": "NO"}


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        ({"CustomPeriodBudget": PERIOD}, []),
        ({}, [5008]),
        ({"CustomPeriodBudget": PERIOD, "WeeklySpendLimit": 10**9}, [5009]),
        ({"CustomPeriodBudget": PERIOD | {"StartDate": "2026-05-28"}}, [5005]),
        ({"CustomPeriodBudget": PERIOD | {"EndDate": "2026-05-31"}}, [5005]),
        ({"CustomPeriodBudget": PERIOD | {"EndDate": "2026-08-30"}}, [5005]),
        ({"CustomPeriodBudget": PERIOD | {"EndDate": "30.06.2026"}}, [4000]),
        ({"CustomPeriodBudget": PERIOD | {"SpendLimit": 1}}, [5005]),
    ],
    ids=["period", "none", "both", "past", "backwards", "too long", "form", "too little"],
)
def test_a_budget_is_for_a_week_or_a_period(client: EmulatorClient, budget: Item, expected: list[int]) -> None:
    """A strategy by budget has one of two; a period begins today at the earliest and lasts 90 days at most."""
    search = {"BiddingStrategyType": "WB_MAXIMUM_CLICKS", "WbMaximumClicks": budget}
    assert campaign(client, BiddingStrategy={"Search": search, "Network": OFF}) == expected


def test_an_update_of_a_strategy_keeps_what_it_leaves_out(client: EmulatorClient) -> None:
    """A ceiling that is set for the same strategy leaves its budget; another strategy starts anew."""
    key = client.campaign(TextCampaign={"BiddingStrategy": {"Search": CLICKS, "Network": OFF}})

    def change(search: Item) -> list[list[int]]:
        text = {"BiddingStrategy": {"Search": search}}
        return codes(client.write("campaigns", "update", {"Campaigns": [{"Id": key, "TextCampaign": text}]}))

    assert change({"BiddingStrategyType": "WB_MAXIMUM_CLICKS", "WbMaximumClicks": {"BidCeiling": 9_000_000}}) == [[]]
    text_campaign = client.by_id("campaigns", key, "Id", TextCampaignFieldNames=["BiddingStrategy"])["TextCampaign"]
    settings = text_campaign["BiddingStrategy"]["Search"]["WbMaximumClicks"]
    assert (settings["WeeklySpendLimit"], settings["BidCeiling"]) == (300_000_000, 9_000_000)
    assert change({"BiddingStrategyType": "WB_MAXIMUM_CONVERSION_RATE", "WbMaximumConversionRate": {"GoalId": 1}}) == [
        [5008]
    ]


IMPRESSIONS = {"AverageCpm": 100_000_000, "SpendLimit": 10**9}


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        ({"BiddingStrategyType": "MANUAL_CPM"}, []),
        ({"BiddingStrategyType": "WB_MAXIMUM_IMPRESSIONS", "WbMaximumImpressions": IMPRESSIONS}, []),
        ({"BiddingStrategyType": "WB_MAXIMUM_IMPRESSIONS"}, [4000]),
        (
            {"BiddingStrategyType": "WB_MAXIMUM_IMPRESSIONS", "WbMaximumImpressions": IMPRESSIONS | {"AverageCpm": 1}},
            [5005],
        ),
        ({"BiddingStrategyType": "WB_AVERAGE_CPV", "WbAverageCpv": {"AverageCpv": 10**6, "SpendLimit": 10**9}}, []),
    ],
    ids=["by hand", "impressions", "no structure", "cheap", "views"],
)
def test_display_campaigns_are_shown_in_networks(client: EmulatorClient, network: Item, expected: list[int]) -> None:
    """Their strategies buy impressions and views for a budget of their own."""
    assert campaign(client, "CpmBannerCampaign", BiddingStrategy={"Search": OFF, "Network": network}) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"ExcludedSites": {"Items": ["example.com", "Some SSP"]}}, []),
        ({"ExcludedSites": {"Items": ["https://example.com/"]}}, [5006]),
        ({"ExcludedSites": {"Items": ["a.example", "a.example"]}}, [9802]),
        ({"BlockedIps": {"Items": ["192.0.2.1", "192.0.2.1"]}}, [9802]),
        ({"BlockedIps": {"Items": ["192.0.2.256"]}}, [5006]),
        ({"BlockedIps": {"Items": ["192.168.1.1"]}}, [5006]),
        ({"Notification": {"EmailSettings": {"Email": "nobody"}}}, [5004]),
        ({"TimeZone": "Moscow"}, [4000]),
        ({"EndDate": "2026-05-31"}, [5005]),
    ],
)
def test_what_every_campaign_has(client: EmulatorClient, members: Item, expected: list[int]) -> None:
    """Sites, addresses, letters and days of a campaign follow their forms."""
    item = {"Name": "x", "StartDate": "2026-06-01", "TextCampaign": {}} | members
    assert client.add_errors("campaigns", item) == [expected]


@pytest.mark.parametrize(
    ("limit", "currency", "expected"),
    [
        (300_000_000, "RUB", []),
        (299_999_999, "RUB", [5005]),
        (10_000_000, "EUR", []),
        (9_999_999, "EUR", [5005]),
        (1_300_000_000, "KZT", []),
        (1_299_999_999, "KZT", [5005]),
    ],
)
def test_minimums_are_the_currencys(client: EmulatorClient, limit: int, currency: str, expected: list[int]) -> None:
    """A weekly budget has a minimum in each currency."""
    client.change_account(currency=currency)
    search = {"BiddingStrategyType": "WB_MAXIMUM_CLICKS", "WbMaximumClicks": {"WeeklySpendLimit": limit}}
    assert campaign(client, BiddingStrategy={"Search": search, "Network": OFF}) == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ({"CounterIds": {"Items": [1, 2]}}, []),
        ({"CounterIds": {"Items": [1, 1]}}, [9802]),
        ({"CounterIds": {"Items": list(range(1, 102))}}, [7000]),
        ({"PriorityGoals": goals(30)}, []),
        ({"PriorityGoals": goals(31)}, [7000]),
        ({"PriorityGoals": {"Items": [{"GoalId": 1, "Value": 4_999_999}]}}, [5005]),
        ({"PriorityGoals": {"Items": goals(1)["Items"] * 2}}, [9802]),
        ({"TrackingParams": "a" * 1025}, [5001]),
        ({"Settings": [{"Option": "ADD_METRICA_TAG", "Value": "YES"}] * 2}, [9802]),
    ],
    ids=[
        "counters",
        "counter twice",
        "counters over",
        "goals",
        "goals over",
        "cheap goal",
        "goal twice",
        "tracking",
        "option twice",
    ],
)
def test_what_a_campaigns_type_has(client: EmulatorClient, inside: Item, expected: list[int]) -> None:
    """Counters, goals and settings of a campaign are judged one by one."""
    assert campaign(client, **inside) == expected


def test_an_obsolete_setting_is_taken_and_not_kept(client: EmulatorClient) -> None:
    """Warning 10163 says so, and get does not show it."""
    settings = [{"Option": "ENABLE_AUTOFOCUS", "Value": "YES"}, {"Option": "ADD_METRICA_TAG", "Value": "NO"}]
    item = {"Name": "x", "StartDate": "2026-06-01", "TextCampaign": {"Settings": settings}}
    (result,) = client.write("campaigns", "add", {"Campaigns": [item]})
    assert codes([result], "Warnings") == [[10163]]
    stored = client.by_id("campaigns", result["Id"], "Id", TextCampaignFieldNames=["Settings"])["TextCampaign"][
        "Settings"
    ]
    switches = {setting["Option"]: setting["Value"] for setting in stored}
    assert "ENABLE_AUTOFOCUS" not in switches
    assert (switches["ADD_METRICA_TAG"], switches["ENABLE_SITE_MONITORING"]) == ("NO", "NO")


def test_unarchived_campaigns_are_counted(client: EmulatorClient) -> None:
    """An account with one unarchived campaign has no room for a new one (7001) nor for an old one (8304)."""
    old = client.campaign()
    client.on("ads", "moderate", client.ad(client.group(old)))
    client.on("campaigns", "suspend", old)
    client.on("campaigns", "archive", old)
    client.change_account(restrictions={"CAMPAIGNS_UNARCHIVED_PER_CLIENT": 1})
    client.campaign()
    assert campaign(client) == [7001]
    assert codes(client.on("campaigns", "unarchive", old)) == [[8304]]


def test_a_campaign_with_money_stays_out_of_the_archive(client: EmulatorClient) -> None:
    """Error 8303 meets it until its balance is spent."""
    funds = {"Mode": "CAMPAIGN_FUNDS", "CampaignFunds": {"Sum": 1, "Balance": 1, "BalanceBonus": 0}}
    client.put("campaigns", {"Id": 1, "State": "SUSPENDED", "Status": "ACCEPTED", "Funds": funds})
    assert codes(client.on("campaigns", "archive", 1)) == [[8303]]
    funds["CampaignFunds"] = {"Sum": 1, "Balance": 0, "BalanceBonus": 0}
    client.put("campaigns", {"Id": 1, "State": "SUSPENDED", "Status": "ACCEPTED", "Funds": funds})
    assert codes(client.on("campaigns", "archive", 1)) == [[]]


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        ({"WbMaximumClicks": {"WeeklySpendLimit": 300_000_000}}, []),
        ({"WbMaximumClicks": {"WeeklySpendLimit": 1}}, [5005]),
        ({"WbMaximumClicks": {"WeeklySpendLimit": 300_000_000}, "Name": " "}, [5000]),
        ({"AverageCpaMultipleGoals": {}}, [4000]),
        ({"AverageCpaMultipleGoals": {}, "PriorityGoals": goals(2)}, []),
        ({"AverageCpaMultipleGoals": {}, "PriorityGoals": goals(1)}, [7000]),
        ({"MaxProfit": {}}, [4000]),
        ({"MaxProfit": {}, "PriorityGoals": goals(1)}, []),
        ({"AverageCpaMultipleGoals": {}, "CounterIds": {"Items": [1, 1]}}, [9802]),
    ],
    ids=["good", "budget", "name", "no goals", "goals", "one goal", "no profit", "profit", "counter twice"],
)
def test_package_strategies(client: EmulatorClient, strategy: Item, expected: list[int]) -> None:
    """Package strategies follow the same amounts and goals."""
    assert client.add_errors("strategies", {"Name": "s", **strategy}) == [expected]


def test_an_account_has_500_strategies_and_1500_with_the_archive(client: EmulatorClient) -> None:
    """Error 7001 meets one more than these."""
    strategy = {"Name": "s", "WbMaximumClicks": {"WeeklySpendLimit": 300_000_000}}
    client.put("strategies", *({"Id": number, "StatusArchived": "YES"} for number in range(1, 1000)))
    client.put("strategies", *({"Id": number, "StatusArchived": "NO"} for number in range(1000, 1499)))
    assert client.add_errors("strategies", strategy, strategy) == [[], [7001]]
    client.put("strategies", *({"Id": number, "StatusArchived": "YES"} for number in range(1000, 1501)))
    assert client.add_errors("strategies", strategy) == [[7001]]


def test_a_strategy_in_use_stays_out_of_the_archive(client: EmulatorClient) -> None:
    """Error 8303 meets the archiving of a package strategy that a campaign has."""
    (key,) = client.add("strategies", "Strategies", {"Name": "s", "WbMaximumClicks": {"WeeklySpendLimit": 10**9}})
    assert campaign(client, PackageBiddingStrategy={"StrategyId": key, "Platforms": PLATFORMS}) == []
    assert codes(client.on("strategies", "archive", key)) == [[8303]]


def test_a_package_is_of_100_campaigns_of_one_type(client: EmulatorClient) -> None:
    """Error 7001 meets one more campaign than that, 6000 one of another type."""
    keys = client.add("strategies", "Strategies", *[{"Name": "s", "WbMaximumClicks": {"WeeklySpendLimit": 10**9}}] * 2)
    full, other = [{"StrategyId": key, "Platforms": PLATFORMS} for key in keys]
    text = {"Type": "TEXT_CAMPAIGN", "TextCampaign": {"PackageBiddingStrategy": full}}
    dynamic = {"Type": "DYNAMIC_TEXT_CAMPAIGN", "DynamicTextCampaign": {"PackageBiddingStrategy": other}}
    client.put("campaigns", {"Id": 1, **dynamic}, *({"Id": number, **text} for number in range(2, 101)))
    assert campaign(client, PackageBiddingStrategy=other) == [6000]
    assert campaign(client, PackageBiddingStrategy=full) == []
    assert campaign(client, PackageBiddingStrategy=full) == [7001]


# --- groups, keywords, ads ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ({"RegionIds": [225, -1]}, []),
        ({"RegionIds": [225, 225]}, [5120]),
        ({"RegionIds": [-225]}, [5120]),
        ({"RegionIds": [1, -1]}, [5120]),
        ({"RegionIds": [1, -2]}, [5120]),
        ({"Name": ""}, [5004]),
        ({"Name": "n" * 256}, [5001]),
        ({"Name": "a · b"}, [5002]),
        ({"TrackingParams": "a" * 1025}, [5001]),
        ({"NegativeKeywords": {"Items": ["w" * 36]}}, [5162]),
    ],
    ids=["good", "twice", "minus only", "in and out", "outside", "no name", "long name", "symbol", "tracking", "word"],
)
def test_groups(client: EmulatorClient, group: Item, expected: list[int]) -> None:
    """Regions are plus-regions and minus-regions inside them; names and parameters have their lengths."""
    item = {"Name": "g", "RegionIds": [225], "CampaignId": client.campaign()}
    assert client.add_errors("adgroups", item | group) == [expected]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("buy a cedar shelf", []),
        ("кто на новенького", []),
        ("и на", [5141]),
        ("+и на", []),
        ("one two three four five six seven на и", []),
        ("shelf -red -blue", []),
        ("shelf -Shelf", [5161]),
        ("shelf -a.b", [5161]),
        ("shelf -2.5", []),
        ('shelf -"red wood"', [5160]),
        ("shelf -(red", [5002]),
        ("shelf !", [5002]),
        ('"shelf', [5002]),
        ("[shelf", [5002]),
        ("shelf]a[", [5002]),
        ("buy * now", [5002]),
        ("-shelf", [5161]),
        ("  ", [5000]),
        ("w" * 4097, [5001]),
    ],
)
def test_keywords(client: EmulatorClient, phrase: str, expected: list[int]) -> None:
    """Operators, negative and stop words follow the rules of keywords."""
    assert client.add_errors("keywords", {"AdGroupId": client.group(), "Keyword": phrase}) == [expected]


@pytest.mark.parametrize(
    "again", ["BUY a Shelf", "shelf buy", "shelf  buy и"], ids=["case", "order", "spaces and a stop word"]
)
def test_keywords_that_differ_in_nothing_are_one(client: EmulatorClient, again: str) -> None:
    """Case, order and stop words make no other keyword; negative keywords do."""
    group = client.group()
    key = client.keyword("buy a shelf", group)
    results = [
        client.write("keywords", "add", {"Keywords": [{"AdGroupId": group, "Keyword": text}]})[0]
        for text in (again, "buy a shelf -red")
    ]
    assert [result["Id"] == key for result in results] == [True, False]
    assert codes(results, "Warnings") == [[10140], []]


def test_a_group_has_one_autotargeting(client: EmulatorClient) -> None:
    """One more is the one that is there; two in a request are an error of both."""
    group = client.group()
    item = {"AdGroupId": group, "Keyword": "---autotargeting"}
    (again,) = client.write("keywords", "add", {"Keywords": [item]})
    assert (again["Id"], codes([again], "Warnings")) == (int(f"20{group}"), [[10140]])
    assert client.add_errors("keywords", item, item) == [[9800], [9800]]
    client.on("keywords", "delete", int(f"20{group}"))
    assert client.add("keywords", "Keywords", item) == [int(f"20{group}")]


def test_autotargeting_takes_no_keywords_place(client: EmulatorClient) -> None:
    """A group has room for as many keywords as its account may have, autotargeting not counted."""
    client.change_account(restrictions={"KEYWORDS_TOTAL_PER_ADGROUP": 2})
    group = client.group()
    items = [{"AdGroupId": group, "Keyword": text} for text in ("one", "two", "three")]
    assert client.add_errors("keywords", *items) == [[], [], [7001]]


@pytest.mark.parametrize(("currency", "bid", "stored"), [("RUB", 300_001, 400_000), ("EUR", 10_001, 20_000)])
def test_bids_are_raised_to_the_step(client: EmulatorClient, currency: str, bid: int, stored: int) -> None:
    """A bid between two steps of the currency becomes the greater one; one that is not given is the least."""
    client.change_account(currency=currency)
    group = client.group()
    keys = client.add(
        "keywords",
        "Keywords",
        {"AdGroupId": group, "Keyword": "one", "Bid": bid},
        {"AdGroupId": group, "Keyword": "two"},
    )
    assert [client.by_id("keywords", key, "Bid")["Bid"] for key in keys] == [
        stored,
        {"RUB": 300_000, "EUR": 10_000}[currency],
    ]


@pytest.mark.parametrize(
    ("categories", "expected"),
    [
        ({"EXACT": "NO"}, []),
        (dict.fromkeys(["EXACT", "ALTERNATIVE", "COMPETITOR", "BROADER", "ACCESSORY"], "NO"), [5005]),
    ],
    ids=["one off", "all off"],
)
def test_autotargeting_is_about_something(
    client: EmulatorClient, categories: dict[str, str], expected: list[int]
) -> None:
    """Its categories cannot all be switched off."""
    group = client.group()
    items = [{"Category": name, "Value": value} for name, value in categories.items()]
    update = {"Id": int(f"20{group}"), "AutotargetingCategories": items}
    assert codes(client.write("keywords", "update", {"Keywords": [update]})) == [expected]


TEXT = {"Title": "t", "Text": "t", "Mobile": "NO", "Href": "https://example.com/"}
PRICE = {"Price": 10_000_000, "PriceQualifier": "NONE", "PriceCurrency": "RUB"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ({"Text": "a" * 20 + " b" * 30 + "!" * 15}, []),
        ({"Text": "a" * 20 + " b" * 30 + "!" * 16}, [5001]),
        ({"Title": "#" + "a b " * 14 + "#"}, []),
        ({"Title": "##"}, [5100]),
        ({"Title": "#a# #b#"}, [5100]),
        ({"Title": "look ☺"}, [5002]),
        ({"Text": "t" * 24}, [5006]),
        ({"Title2": "a" * 15 + " " + "b" * 15}, [5001]),
        ({"PriceExtension": PRICE}, []),
        ({"PriceExtension": PRICE | {"Price": 1}}, [5005]),
        ({"PriceExtension": PRICE | {"OldPrice": 10_000_000}}, [5005]),
        ({"PriceExtension": PRICE | {"OldPrice": 10_010_000}}, []),
        ({"Title": "Жаңа сөрелер"}, [6101]),
        ({"Title": "Новыя паліцы ў краме"}, [6101]),
        ({"Href": "ftp://example.com/"}, [5005]),
        ({"DisplayUrlPath": "a--b"}, [5002]),
        ({"DisplayUrlPath": "a" * 21}, [5001]),
    ],
)
def test_text_ads(client: EmulatorClient, text: Item, expected: list[int]) -> None:
    """Narrow characters count apart, marks of templates not at all; prices, links and languages are judged."""
    assert client.add_errors("ads", {"AdGroupId": client.group(), "TextAd": TEXT | text}) == [expected]


def test_an_ads_link_is_none_of_its_sitelinks(client: EmulatorClient) -> None:
    """Error 5006 meets an ad whose own link is a sitelink, too."""
    (links,) = client.add("sitelinks", "SitelinksSets", {"Sitelinks": [{"Title": "t", "Href": "https://example.com/"}]})
    assert client.add_errors("ads", {"AdGroupId": client.group(), "TextAd": TEXT | {"SitelinkSetId": links}}) == [
        [5006]
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({}, []), ({"Mobile": "YES"}, [5006])],
    ids=["plain", "mobile"],
)
def test_text_ads_of_unified_groups(client: EmulatorClient, changes: Item, expected: list[int]) -> None:
    """Unified groups have no mobile ads."""
    client = replace(client, version="v501")
    (key,) = client.add("campaigns", "Campaigns", {"Name": "x", "StartDate": "2026-06-01", "UnifiedCampaign": {}})
    assert client.add_errors("ads", {"AdGroupId": client.group(key), "TextAd": TEXT | changes}) == [expected]


# --- what stands beside them --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        ({}, []),
        ({"WorkTime": "0#4#10#00#18#00;5#6#11#00#16#30"}, []),
        ({"WorkTime": "0;4;10;0;18;0;5;6;11;0;16;0"}, []),
        ({"WorkTime": "0;6;00;00;00;00"}, []),
        ({"WorkTime": "0#4#10#00#18#00;4#6#11#00#16#00"}, [5005]),
        ({"WorkTime": "0#7#10#00#18#00"}, [5004]),
        ({"WorkTime": "0#4#10#10#18#00"}, [5004]),
        ({"Phone": PHONE | {"PhoneNumber": "1234"}}, [5010]),
        ({"Phone": PHONE | {"PhoneNumber": "1234567890"}}, [5001]),
        ({"Phone": PHONE | {"PhoneNumber": "phone"}}, [5004]),
        ({"Phone": PHONE | {"CountryCode": "seven"}}, [5004]),
        ({"Phone": PHONE | {"Extension": "1234567"}}, [5001]),
        ({"ContactEmail": "nobody"}, [5004]),
        ({"Ogrn": "123"}, [5005]),
        ({"Ogrn": "1234567890123"}, []),
        ({"City": "c" * 56}, [5001]),
        ({"CompanyName": " "}, [5000]),
        ({"PointOnMap": POINT}, []),
        ({"PointOnMap": POINT | {"X": 181}}, [5005]),
        ({"PointOnMap": POINT | {"X": 39}}, [5005]),
    ],
)
@pytest.mark.parametrize("api_date", [WITH_VCARDS])
def test_vcards(client: EmulatorClient, card: Item, expected: list[int]) -> None:
    """Working hours, telephones, addresses and points follow their forms."""
    whole = {"Country": "Россия", "City": "Москва", "CompanyName": "x", "WorkTime": "0#4#10#00#18#00", "Phone": PHONE}
    assert client.add_errors("vcards", whole | {"CampaignId": client.campaign()} | card) == [expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"Name": ""}, [5000]),
        ({"Name": "n" * 251}, [5001]),
        ({"Rules": [RULE] * 51}, [7000]),
        ({"Rules": [{"Operator": "ALL", "Arguments": [{"ExternalId": 1}]}]}, [5000]),
        ({"Rules": [{"Operator": "ALL", "Arguments": [{"ExternalId": 2_000_000_001}]}]}, []),
        ({"Rules": [{"Operator": "ALL", "Arguments": [{"ExternalId": 1, "MembershipLifeSpan": 541}]}]}, [5005]),
        ({"Rules": [{"Operator": "ALL", "Arguments": [{"ExternalId": 0, "MembershipLifeSpan": 1}]}]}, [5005]),
    ],
)
def test_retargeting_lists(client: EmulatorClient, changes: Item, expected: list[int]) -> None:
    """Rules hold goals with the days that a visit is remembered."""
    assert client.add_errors("retargetinglists", {"Name": "n", "Rules": [RULE]} | changes) == [expected]


def test_a_list_that_only_excludes_is_for_adjustments(client: EmulatorClient) -> None:
    """Its Scope says so, no target can use it, and no update makes it another."""
    item = {"Name": "n", "Rules": [RULE | {"Operator": "NONE"}]}
    (key,) = client.add("retargetinglists", "RetargetingLists", item)
    assert client.by_id("retargetinglists", key, "Scope") == {"Scope": "FOR_ADJUSTMENTS_ONLY"}
    assert client.add_errors("audiencetargets", {"AdGroupId": client.group(), "RetargetingListId": key}) == [[6000]]
    update = {"RetargetingLists": [{"Id": key, "Rules": [RULE]}]}
    assert codes(client.write("retargetinglists", "update", update)) == [[6000]]


def test_names_of_lists_are_given_once(client: EmulatorClient) -> None:
    """A second list of the same name is error 9801; an update may keep its own."""
    item = {"Name": "n", "Rules": [RULE]}
    assert client.add_errors("retargetinglists", item, item) == [[], [9801]]
    ((retargeting_list,),) = client.result("retargetinglists", "get", {"FieldNames": ["Id"]}).values()
    update = {"RetargetingLists": [{"Id": retargeting_list["Id"], "Name": "n", "Description": "d"}]}
    assert codes(client.write("retargetinglists", "update", update)) == [[]]


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda group, _: {"AdGroupId": group, "InterestId": 1}, []),
        (lambda group, key: {"AdGroupId": group, "RetargetingListId": key}, []),
        (lambda group, _: {"AdGroupId": group}, [5008]),
        (lambda group, key: {"AdGroupId": group, "InterestId": 1, "RetargetingListId": key}, [5009]),
        (lambda group, _: {"AdGroupId": group, "InterestId": 1, "ContextBid": 1}, [5005]),
    ],
    ids=["interest", "list", "neither", "both", "bid"],
)
def test_audience_targets(client: EmulatorClient, make: Callable[[Any, Any], Item], expected: list[int]) -> None:
    """A target is a list or an interest, with a bid of the currency."""
    (key,) = client.add("retargetinglists", "RetargetingLists", {"Name": "n", "Rules": [RULE]})
    assert client.add_errors("audiencetargets", make(client.group(), key)) == [expected]


def test_how_many_targets_a_group_has(client: EmulatorClient) -> None:
    """Fifty, of them one list of interests; a media group has one, or none where it is shown by keywords."""
    rows = [{"Id": number, "Name": str(number), "Type": "AUDIENCE"} for number in range(1, 52)]
    client.put("retargetinglists", *rows[:2], *(row | {"Type": "RETARGETING"} for row in rows[2:]))
    group, media, worded = (
        client.group(),
        _media(client, "CpmBannerUserProfileAdGroup"),
        _media(client, "CpmBannerKeywordsAdGroup"),
    )

    def targets(group: Any, *lists: int) -> list[list[int]]:
        return client.add_errors(
            "audiencetargets", *({"AdGroupId": group, "RetargetingListId": number} for number in lists)
        )

    assert targets(group, 1, 2) == [[], [7000]]
    assert targets(group, *range(3, 52)) == [[]] * 49
    assert client.add_errors("audiencetargets", {"AdGroupId": group, "InterestId": 1}) == [[7001]]
    assert targets(media, 1, 2) == [[], [7000]]
    assert targets(worded, 1) == [[6001]]


def _media(client: EmulatorClient, choice: str) -> Any:
    """A new group of display ads."""
    strategy = {"Search": OFF, "Network": {"BiddingStrategyType": "MANUAL_CPM"}}
    item = {"Name": "c", "StartDate": "2026-06-01", "CpmBannerCampaign": {"BiddingStrategy": strategy}}
    (key,) = client.add("campaigns", "Campaigns", item)
    group = {"Name": "g", "RegionIds": [225], "CampaignId": key, choice: {}}
    return client.add("adgroups", "AdGroups", group)[0]


def test_a_group_has_a_target_once(client: EmulatorClient) -> None:
    """The same interest twice in a group is error 9801."""
    target = {"AdGroupId": client.group(), "InterestId": 1}
    assert client.add_errors("audiencetargets", target, target, target | {"InterestId": 2}) == [[], [9801], []]


@pytest.mark.parametrize(
    ("feed", "expected"),
    [
        ({"SourceType": "URL", "UrlFeed": {"Url": "https://example.com/feed"}}, []),
        ({"SourceType": "URL", "UrlFeed": {"Url": "feed"}}, [5005]),
        ({"SourceType": "URL", "UrlFeed": {"Url": "https://example.com/feed", "Login": "l" * 51}}, [5001]),
        ({"SourceType": "FILE", "FileFeed": {"Data": "YQ==", "Filename": "f" * 256}}, [5001]),
        ({"SourceType": "URL"}, [5008]),
        ({"SourceType": "FILE", "UrlFeed": {"Url": "https://example.com/feed"}}, [6000]),
        ({"SourceType": "URL", "UrlFeed": {"Url": "https://example.com/feed"}, "Name": ""}, [5000]),
    ],
    ids=["good", "no address", "long login", "long file name", "no source", "other source", "no name"],
)
def test_feeds(client: EmulatorClient, feed: Item, expected: list[int]) -> None:
    """A feed has the structure of its source."""
    assert client.add_errors("feeds", {"Name": "f", "BusinessType": "RETAIL"} | feed) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [(["a", "b"], []), (["a", "a"], [9802]), (["w" * 36], [5162]), ([f"{n:04}" for n in range(1025)], [5001])],
    ids=["good", "twice", "long word", "too long together"],
)
def test_shared_sets(client: EmulatorClient, words: list[str], expected: list[int]) -> None:
    """A shared set has 4096 characters of negative keywords."""
    assert client.add_errors("negativekeywordsharedsets", {"Name": "n", "NegativeKeywords": words}) == [expected]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([CONDITION], []),
        ([CONDITION] * 2, [9802]),
        ([CONDITION | {"Arguments": [" "]}], [5000]),
        ([CONDITION | {"Arguments": [str(n)]} for n in range(11)], [7000]),
    ],
    ids=["good", "twice", "blank", "too many"],
)
def test_conditions_of_smart_banners(client: EmulatorClient, conditions: list[Item], expected: list[int]) -> None:
    """Conditions are distinct, ten at most, and about something."""
    group = client.group()
    document = client.emulator.store.get("adgroups", group, "anna") or {}
    client.emulator.store.put("adgroups", group, "anna", {**document, "Type": "SMART_AD_GROUP"}, changed=0)
    item = {"Name": "n", "AdGroupId": group, "Audience": "ALL_SEGMENTS", "Conditions": {"Items": conditions}}
    assert client.add_errors("smartadtargets", item) == [expected]
