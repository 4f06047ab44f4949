"""BidModifiers: adjustments added by kind and level, set, deleted and found again."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.emulator_client import START, EmulatorClient, item_codes
from yadirect_soap.protocol.validation import check

FIELDS = ["Id", "CampaignId", "AdGroupId", "Level", "Type"]
MALE = {"Gender": "GENDER_MALE", "Age": "AGE_25_34", "BidModifier": 120}


@pytest.fixture
def client() -> Iterator[EmulatorClient]:
    """An emulator with the demo accounts."""
    with EmulatorClient.demo(now=START) as client:
        yield client


def owner(client: EmulatorClient, level: str) -> dict[str, int]:
    """The draft campaign or its group, which have no adjustments."""
    campaign = client.first("campaigns", Type="TEXT_CAMPAIGN", State="OFF")["Id"]
    return (
        {"CampaignId": campaign}
        if level == "CAMPAIGN"
        else {"AdGroupId": client.first("adgroups", CampaignId=campaign)["Id"]}
    )


def add(client: EmulatorClient, item: dict[str, Any], level: str = "CAMPAIGN") -> dict[str, Any]:
    """The result of adding one item."""
    (result,) = client.call("bidmodifiers.add", {"BidModifiers": [{**owner(client, level), **item}]})["AddResults"]
    assert isinstance(result, dict)
    return result


def test_several_of_a_kind_in_an_item(client: EmulatorClient) -> None:
    """An item's adjustments of a kind get an id each, in order."""
    result = add(client, {"DemographicsAdjustments": [MALE, MALE | {"Age": "AGE_35_44", "BidModifier": 90}]})
    first, second = result["Ids"]
    params = {
        "SelectionCriteria": {"Ids": [first, second], "Levels": ["CAMPAIGN"]},
        "FieldNames": FIELDS,
        "DemographicsAdjustmentFieldNames": ["Gender", "Age", "BidModifier", "Enabled"],
    }
    answer = client.call("bidmodifiers.get", params)
    assert check(answer, client.emulator.contract.operation("bidmodifiers", "get").response) == []
    assert answer["BidModifiers"][0] == {
        "Id": first,
        **owner(client, "CAMPAIGN"),
        "AdGroupId": None,
        "Level": "CAMPAIGN",
        "Type": "DEMOGRAPHICS_ADJUSTMENT",
        "DemographicsAdjustment": {**MALE, "Enabled": "YES"},
    }
    assert answer["BidModifiers"][1]["DemographicsAdjustment"]["Age"] == "AGE_35_44"


@pytest.mark.parametrize(
    ("levels", "expected"),
    [(["CAMPAIGN"], ["CAMPAIGN"] * 2), (["AD_GROUP"], ["AD_GROUP"] * 2), (["CAMPAIGN", "AD_GROUP"], None)],
    ids=["campaign", "group", "both"],
)
def test_levels_choose(client: EmulatorClient, levels: list[str], expected: list[str] | None) -> None:
    """Levels tells a campaign's own adjustments from its groups'."""
    criteria = {"CampaignIds": [client.running_campaign("TEXT_CAMPAIGN")], "Levels": levels}
    answer = client.call("bidmodifiers.get", {"SelectionCriteria": criteria, "FieldNames": ["Level"]})
    levels_found = [item["Level"] for item in answer["BidModifiers"]]
    assert levels_found == (expected or ["CAMPAIGN", "CAMPAIGN", "AD_GROUP", "AD_GROUP"])


def test_levels_are_required(client: EmulatorClient) -> None:
    """A get without Levels is error 8000."""
    assert client.fault("bidmodifiers.get", {"SelectionCriteria": {"Ids": [1]}, "FieldNames": ["Id"]}) == 8000


def test_the_depth_of_pages_is_limited(client: EmulatorClient) -> None:
    """Limit and Offset together may be 120,000 and no more."""
    criteria = {"Ids": [1], "Levels": ["CAMPAIGN"]}
    params: dict[str, Any] = {"SelectionCriteria": criteria, "FieldNames": ["Id"]}
    params["Page"] = {"Limit": 1, "Offset": 119_999}
    assert not client.call("bidmodifiers.get", params).get("BidModifiers")
    params["Page"]["Limit"] = 2
    assert client.fault("bidmodifiers.get", params) == 9301


@pytest.mark.parametrize(
    ("level", "item", "code"),
    [
        ("CAMPAIGN", {}, 5008),
        ("CAMPAIGN", {"MobileAdjustment": {"BidModifier": 50}, "VideoAdjustment": {"BidModifier": 50}}, 5009),
        ("CAMPAIGN", {"MobileAdjustment": {"BidModifier": -1}}, 5005),
        ("CAMPAIGN", {"MobileAdjustment": {"BidModifier": 1301}}, 5005),
        ("CAMPAIGN", {"VideoAdjustment": {"BidModifier": 49}}, 5005),
        ("CAMPAIGN", {"SerpLayoutAdjustments": [{"SerpLayout": "ALONE", "BidModifier": 0}]}, 5005),
        ("CAMPAIGN", {"RegionalAdjustments": [{"RegionId": 1, "BidModifier": 9}]}, 5005),
        ("CAMPAIGN", {"RegionalAdjustments": [{"RegionId": 99_999_999, "BidModifier": 50}]}, 5120),
        ("AD_GROUP", {"RegionalAdjustments": [{"RegionId": 1, "BidModifier": 50}]}, 3500),
        ("CAMPAIGN", {"AdGroupAdjustment": {"BidModifier": 50}}, 3500),
        ("CAMPAIGN", {"RetargetingAdjustments": [{"RetargetingConditionId": 5, "BidModifier": 50}]}, 8800),
        ("CAMPAIGN", {"DemographicsAdjustments": [{"BidModifier": 50}]}, 5008),
        ("CAMPAIGN", {"DemographicsAdjustments": [MALE, MALE]}, 6000),
        ("CAMPAIGN", {"DemographicsAdjustments": [MALE, {**MALE, "BidModifier": 1301}]}, 5005),
    ],
    ids=[
        "no adjustment",
        "two kinds",
        "below zero",
        "above 1300",
        "video",
        "layout",
        "region's percent",
        "unknown region",
        "region of a group",
        "group of a campaign",
        "unknown list",
        "nobody",
        "twice",
        "one of two",
    ],
)
def test_bad_adjustments(client: EmulatorClient, level: str, item: dict[str, Any], code: int) -> None:
    """An item with anything wrong adds nothing at all."""
    before = client.emulator.store.count("bidmodifiers", "demo-advertiser")
    assert item_codes(add(client, item, level)) == [code]
    assert client.emulator.store.count("bidmodifiers", "demo-advertiser") == before


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ({"MobileAdjustment": {"BidModifier": 50}}, {"MobileAdjustment": {"BidModifier": 60}}, [9801]),
        (
            {"MobileAdjustment": {"BidModifier": 50, "OperatingSystemType": "IOS"}},
            {"MobileAdjustment": {"BidModifier": 60, "OperatingSystemType": "ANDROID"}},
            [],
        ),
        ({"DesktopAdjustment": {"BidModifier": 50}}, {"TabletAdjustment": {"BidModifier": 60}}, [6000]),
        ({"DesktopOnlyAdjustment": {"BidModifier": 50}}, {"DesktopAdjustment": {"BidModifier": 60}}, [6000]),
        ({"DesktopOnlyAdjustment": {"BidModifier": 50}}, {"TabletAdjustment": {"BidModifier": 60}}, []),
        (
            {"MobileAdjustment": {"BidModifier": 50}},
            {"MobileAdjustment": {"BidModifier": 60, "OperatingSystemType": "IOS"}},
            [6000],
        ),
        (
            {"IncomeGradeAdjustments": [{"Grade": "HIGH", "BidModifier": 90}]},
            {"IncomeGradeAdjustments": [{"Grade": "HIGH", "BidModifier": 80}]},
            [9801],
        ),
    ],
    ids=[
        "the same",
        "another system",
        "tablets of desktops",
        "desktops of desktops",
        "tablets and desktops",
        "a system of all",
        "grade",
    ],
)
def test_adjustments_do_not_overlap(
    client: EmulatorClient, first: dict[str, Any], second: dict[str, Any], code: list[int]
) -> None:
    """What is adjusted already cannot be adjusted again at the same place."""
    assert "Ids" in add(client, first)
    assert item_codes(add(client, second)) == code
    assert "Ids" in add(client, {"SerpLayoutAdjustments": [{"SerpLayout": "ALONE", "BidModifier": 150}]}, "AD_GROUP")


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ({"Age": "AGE_25_34"}, {"Gender": "GENDER_MALE", "Age": "AGE_25_34"}, [6000]),
        ({"Gender": "GENDER_MALE"}, {"Age": "AGE_55"}, [6000]),
        ({"Age": "AGE_45"}, {"Age": "AGE_55"}, [6000]),
        ({"Age": "AGE_45", "Gender": "GENDER_MALE"}, {"Age": "AGE_45_54", "Gender": "GENDER_FEMALE"}, []),
        ({"Gender": "GENDER_MALE"}, {"Gender": "GENDER_FEMALE"}, []),
        ({"Age": "AGE_45_54"}, {"Age": "AGE_55"}, []),
    ],
    ids=["part of an age", "gender and age", "the old age", "two genders", "genders", "ages"],
)
def test_groups_of_people_do_not_overlap(
    client: EmulatorClient, first: dict[str, Any], second: dict[str, Any], code: list[int]
) -> None:
    """Nobody may be in two groups of a set, be they given together or one after the other."""
    together = {"DemographicsAdjustments": [{**first, "BidModifier": 50}, {**second, "BidModifier": 60}]}
    assert item_codes(add(client, together, "AD_GROUP")) == code
    apart = [{"DemographicsAdjustments": [{**group, "BidModifier": 50}]} for group in (first, second)]
    assert [item_codes(add(client, item)) for item in apart] == [[], code]


@pytest.mark.parametrize(
    ("kind", "item", "code"),
    [
        ("MOBILE_APP_CAMPAIGN", {"MobileAdjustment": {"BidModifier": 50}}, [3500]),
        ("MOBILE_APP_CAMPAIGN", {"DesktopOnlyAdjustment": {"BidModifier": 50}}, [3500]),
        ("MOBILE_APP_CAMPAIGN", {"DemographicsAdjustments": [MALE]}, []),
        ("CPM_BANNER_CAMPAIGN", {"VideoAdjustment": {"BidModifier": 50}}, [3500]),
        ("CPM_BANNER_CAMPAIGN", {"SmartTvAdjustment": {"BidModifier": 50}}, []),
        ("SMART_CAMPAIGN", {"SmartAdAdjustment": {"BidModifier": 19}}, [5005]),
        ("SMART_CAMPAIGN", {"SmartAdAdjustment": {"BidModifier": 20}}, []),
        ("TEXT_CAMPAIGN", {"SmartAdAdjustment": {"BidModifier": 20}}, [3500]),
        ("UNIFIED_CAMPAIGN", {"VideoAdjustment": {"BidModifier": 50}}, []),
    ],
    ids=[
        "mobiles of apps",
        "desktops of apps",
        "people of apps",
        "video of media",
        "television of media",
        "too little for an offer",
        "offer of smart banners",
        "offer of texts",
        "video of unified",
    ],
)
def test_types_of_campaigns_take_their_kinds(
    client: EmulatorClient, kind: str, item: dict[str, Any], code: list[int]
) -> None:
    """What a type of campaigns has no use for is error 3500 in a campaign and in its groups."""
    campaign = client.running_campaign(kind)
    group = client.first("adgroups", CampaignId=campaign)["Id"]
    owners = [{"CampaignId": campaign}, {"AdGroupId": group}]
    results = client.call("bidmodifiers.add", {"BidModifiers": [{**owner, **item} for owner in owners]})["AddResults"]
    assert [item_codes(result) for result in results] == [code, code]


@pytest.mark.parametrize(
    ("kind", "subtype", "code"),
    [
        ("CPM_BANNER_AD_GROUP", "KEYWORDS", []),
        ("CPM_BANNER_AD_GROUP", "USER_PROFILE", [3500]),
        ("CPM_VIDEO_AD_GROUP", "NONE", [3500]),
    ],
    ids=["keywords", "profile", "video"],
)
def test_people_of_media_groups(client: EmulatorClient, kind: str, subtype: str, code: list[int]) -> None:
    """A media group takes groups of people only where its ads are shown by keywords."""
    group = client.first("adgroups", Type=kind, Subtype=subtype)["Id"]
    item = {"AdGroupId": group, "DemographicsAdjustments": [MALE]}
    (result,) = client.call("bidmodifiers.add", {"BidModifiers": [item]})["AddResults"]
    assert item_codes(result) == code


def test_groups_are_adjusted_in_unified_campaigns(client: EmulatorClient) -> None:
    """An adjustment of a whole group needs a group of a unified campaign."""
    assert item_codes(add(client, {"AdGroupAdjustment": {"BidModifier": 50}}, "AD_GROUP")) == [3500]
    adjusted = client.first("bidmodifiers", Type="AD_GROUP_ADJUSTMENT")
    assert adjusted["CampaignId"] == client.running_campaign("UNIFIED_CAMPAIGN")


@pytest.mark.parametrize(
    ("type_", "scope"),
    [("AUDIENCE", "FOR_ADJUSTMENTS_ONLY"), ("RETARGETING", "FOR_TARGETS_ONLY")],
    ids=["type", "scope"],
)
def test_lists_that_are_for_something_else(client: EmulatorClient, type_: str, scope: str) -> None:
    """A list of another type, or one that is for targets only, adjusts no bids."""
    document = client.first("retargetinglists")
    changed = {**document, "Type": type_, "Scope": scope}
    client.emulator.store.put("retargetinglists", document["Id"], "demo-advertiser", changed, changed=0)
    item = {"RetargetingAdjustments": [{"RetargetingConditionId": document["Id"], "BidModifier": 50}]}
    assert item_codes(add(client, item)) == [6001]


def test_a_place_has_so_many_at_most(client: EmulatorClient) -> None:
    """A campaign may have adjustments for 100 retargeting lists and no more."""
    document = client.first("retargetinglists", Type="RETARGETING")
    keys = range(9_000_001, 9_000_102)
    for key in keys:
        client.emulator.store.put("retargetinglists", key, "demo-advertiser", {**document, "Id": key}, changed=0)
    adjustments = [{"RetargetingConditionId": key, "BidModifier": 90} for key in keys]
    assert item_codes(add(client, {"RetargetingAdjustments": adjustments})) == [7001]
    assert len(add(client, {"RetargetingAdjustments": adjustments[1:]})["Ids"]) == 100
    assert item_codes(add(client, {"RetargetingAdjustments": adjustments[:1]})) == [7001]


def test_a_group_is_shown_somewhere(client: EmulatorClient) -> None:
    """Neither add nor set takes 0 for both mobiles and desktops of a group; a campaign may have it."""
    off, mobile = {"DesktopOnlyAdjustment": {"BidModifier": 0}}, {"MobileAdjustment": {"BidModifier": 0}}
    assert "Ids" in add(client, off, "AD_GROUP")
    assert item_codes(add(client, mobile, "AD_GROUP")) == [6000]
    (key,) = add(client, {"MobileAdjustment": {"BidModifier": 1}}, "AD_GROUP")["Ids"]
    (result,) = client.call("bidmodifiers.set", {"BidModifiers": [{"Id": key, "BidModifier": 0}]})["SetResults"]
    assert item_codes(result) == [6000]
    assert [item_codes(add(client, item)) for item in (off, mobile)] == [[], []]


def test_a_place_is_one_and_exists(client: EmulatorClient) -> None:
    """An item names a campaign or a group of the account's own, and not both."""
    mobile = {"MobileAdjustment": {"BidModifier": 50}}
    places = [{}, {"CampaignId": 1, "AdGroupId": 2}, {"CampaignId": 5}, {"AdGroupId": 5}]
    items = [{**named, **mobile} for named in places]
    results = client.call("bidmodifiers.add", {"BidModifiers": items})["AddResults"]
    assert [item_codes(result) for result in results] == [[5008], [5009], [8800], [8800]]


def test_set_changes_the_percent(client: EmulatorClient) -> None:
    """Setting a percent checks the bounds of the adjustment's kind, item by item."""
    mobile = client.first("bidmodifiers", Type="MOBILE_ADJUSTMENT")["Id"]
    region = client.first("bidmodifiers", Type="REGIONAL_ADJUSTMENT")["Id"]
    items = [{"Id": mobile, "BidModifier": 0}, {"Id": region, "BidModifier": 0}, {"Id": 5, "BidModifier": 50}]
    results = client.call("bidmodifiers.set", {"BidModifiers": items})["SetResults"]
    assert [item_codes(result) for result in results] == [[], [5005], [8800]]
    assert results[0] == {"Id": mobile, "Errors": []}
    assert client.first("bidmodifiers", Id=mobile)["MobileAdjustment"]["BidModifier"] == 0


def test_an_adjustment_is_set_once(client: EmulatorClient) -> None:
    """An id that a set names twice is an error both times."""
    mobile = client.first("bidmodifiers", Type="MOBILE_ADJUSTMENT")["Id"]
    items = [{"Id": mobile, "BidModifier": 50}, {"Id": mobile, "BidModifier": 60}]
    results = client.call("bidmodifiers.set", {"BidModifiers": items})["SetResults"]
    assert [item_codes(result) for result in results] == [[9800], [9800]]


def test_a_deleted_adjustment_may_be_added_again(client: EmulatorClient) -> None:
    """Deleting one makes room for another adjustment of the same kind."""
    (key,) = add(client, {"MobileAdjustment": {"BidModifier": 50}})["Ids"]
    deleted = client.call("bidmodifiers.delete", {"SelectionCriteria": {"Ids": [key]}})["DeleteResults"]
    assert deleted == [{"Id": key, "Errors": []}]
    assert "Ids" in add(client, {"MobileAdjustment": {"BidModifier": 60}})
