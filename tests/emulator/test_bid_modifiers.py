"""BidModifiers: adjustments added by kind and level, set, deleted and found again."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.talk import Talk, codes
from yadirect_soap.protocol.check import check

FIELDS = ["Id", "CampaignId", "AdGroupId", "Level", "Type"]
MALE = {"Gender": "GENDER_MALE", "Age": "AGE_25_34", "BidModifier": 120}


@pytest.fixture
def talk() -> Iterator[Talk]:
    """An emulator with the demo accounts."""
    with Talk() as talk:
        yield talk


def place(talk: Talk, level: str) -> dict[str, int]:
    """The draft campaign or its group, which have no adjustments."""
    campaign = talk.first("campaigns", Type="TEXT_CAMPAIGN", State="OFF")["Id"]
    return (
        {"CampaignId": campaign}
        if level == "CAMPAIGN"
        else {"AdGroupId": talk.first("adgroups", CampaignId=campaign)["Id"]}
    )


def add(talk: Talk, item: dict[str, Any], level: str = "CAMPAIGN") -> dict[str, Any]:
    """The result of adding one item."""
    (result,) = talk.ask("bidmodifiers.add", {"BidModifiers": [{**place(talk, level), **item}]})["AddResults"]
    assert isinstance(result, dict)
    return result


def test_several_of_a_kind_in_an_item(talk: Talk) -> None:
    """An item's adjustments of a kind get an id each, in order."""
    result = add(talk, {"DemographicsAdjustments": [MALE, MALE | {"Age": "AGE_35_44", "BidModifier": 90}]})
    first, second = result["Ids"]
    params = {
        "SelectionCriteria": {"Ids": [first, second], "Levels": ["CAMPAIGN"]},
        "FieldNames": FIELDS,
        "DemographicsAdjustmentFieldNames": ["Gender", "Age", "BidModifier", "Enabled"],
    }
    answer = talk.ask("bidmodifiers.get", params)
    assert check(answer, talk.emulator.contract.operation("bidmodifiers", "get").response) == []
    assert answer["BidModifiers"][0] == {
        "Id": first,
        **place(talk, "CAMPAIGN"),
        "AdGroupId": None,
        "Level": "CAMPAIGN",
        "Type": "DEMOGRAPHICS_ADJUSTMENT",
        "DemographicsAdjustment": {**MALE, "Enabled": "YES"},
    }
    assert answer["BidModifiers"][1]["DemographicsAdjustment"]["Age"] == "AGE_35_44"


@pytest.mark.parametrize(
    ("levels", "found"),
    [(["CAMPAIGN"], ["CAMPAIGN"] * 2), (["AD_GROUP"], ["AD_GROUP"] * 2), (["CAMPAIGN", "AD_GROUP"], None)],
    ids=["campaign", "group", "both"],
)
def test_levels_choose(talk: Talk, levels: list[str], found: list[str] | None) -> None:
    """Levels tells a campaign's own adjustments from its groups'."""
    criteria = {"CampaignIds": [talk.campaign("TEXT_CAMPAIGN")], "Levels": levels}
    answer = talk.ask("bidmodifiers.get", {"SelectionCriteria": criteria, "FieldNames": ["Level"]})
    got = [item["Level"] for item in answer["BidModifiers"]]
    assert got == (found or ["CAMPAIGN", "CAMPAIGN", "AD_GROUP", "AD_GROUP"])


def test_levels_are_required(talk: Talk) -> None:
    """A get without Levels is error 8000."""
    assert talk.fault("bidmodifiers.get", {"SelectionCriteria": {"Ids": [1]}, "FieldNames": ["Id"]}) == 8000


def test_the_depth_of_pages_is_limited(talk: Talk) -> None:
    """Limit and Offset together may be 120,000 and no more."""
    criteria = {"Ids": [1], "Levels": ["CAMPAIGN"]}
    params: dict[str, Any] = {"SelectionCriteria": criteria, "FieldNames": ["Id"]}
    params["Page"] = {"Limit": 1, "Offset": 119_999}
    assert not talk.ask("bidmodifiers.get", params).get("BidModifiers")
    params["Page"]["Limit"] = 2
    assert talk.fault("bidmodifiers.get", params) == 9301


@pytest.mark.parametrize(
    ("level", "item", "code"),
    [
        ("CAMPAIGN", {}, 5008),
        ("CAMPAIGN", {"MobileAdjustment": {"BidModifier": 50}, "VideoAdjustment": {"BidModifier": 50}}, 5009),
        ("CAMPAIGN", {"MobileAdjustment": {"BidModifier": -1}}, 5005),
        ("CAMPAIGN", {"MobileAdjustment": {"BidModifier": 1301}}, 5005),
        ("CAMPAIGN", {"VideoAdjustment": {"BidModifier": 49}}, 5005),
        ("CAMPAIGN", {"SmartAdAdjustment": {"BidModifier": 19}}, 5005),
        ("CAMPAIGN", {"RegionalAdjustments": [{"RegionId": 1, "BidModifier": 9}]}, 5005),
        ("CAMPAIGN", {"RegionalAdjustments": [{"RegionId": 99_999_999, "BidModifier": 50}]}, 5120),
        ("AD_GROUP", {"RegionalAdjustments": [{"RegionId": 1, "BidModifier": 50}]}, 3500),
        ("CAMPAIGN", {"AdGroupAdjustment": {"BidModifier": 50}}, 3500),
        ("CAMPAIGN", {"RetargetingAdjustments": [{"RetargetingConditionId": 5, "BidModifier": 50}]}, 8800),
        ("CAMPAIGN", {"DemographicsAdjustments": [{"BidModifier": 50}]}, 5008),
        ("CAMPAIGN", {"DemographicsAdjustments": [MALE, MALE]}, 9801),
        ("CAMPAIGN", {"DemographicsAdjustments": [MALE, {**MALE, "BidModifier": 1301}]}, 5005),
    ],
    ids=[
        "no adjustment",
        "two kinds",
        "below zero",
        "above 1300",
        "video",
        "smart ad",
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
def test_bad_adjustments(talk: Talk, level: str, item: dict[str, Any], code: int) -> None:
    """An item with anything wrong adds nothing at all."""
    before = talk.emulator.store.count("bidmodifiers", "demo-advertiser")
    assert codes(add(talk, item, level)) == [code]
    assert talk.emulator.store.count("bidmodifiers", "demo-advertiser") == before


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
            {"IncomeGradeAdjustments": [{"Grade": "HIGH", "BidModifier": 90}]},
            {"IncomeGradeAdjustments": [{"Grade": "HIGH", "BidModifier": 80}]},
            [9801],
        ),
    ],
    ids=["the same", "another system", "tablets of desktops", "desktops of desktops", "tablets and desktops", "grade"],
)
def test_adjustments_do_not_overlap(talk: Talk, first: dict[str, Any], second: dict[str, Any], code: list[int]) -> None:
    """What is adjusted already cannot be adjusted again at the same place."""
    assert "Ids" in add(talk, first)
    assert codes(add(talk, second)) == code
    assert "Ids" in add(talk, {"SerpLayoutAdjustments": [{"SerpLayout": "ALONE", "BidModifier": 150}]}, "AD_GROUP")


def test_a_place_is_one_and_exists(talk: Talk) -> None:
    """An item names a campaign or a group of the account's own, and not both."""
    mobile = {"MobileAdjustment": {"BidModifier": 50}}
    places = [{}, {"CampaignId": 1, "AdGroupId": 2}, {"CampaignId": 5}, {"AdGroupId": 5}]
    items = [{**named, **mobile} for named in places]
    found = talk.ask("bidmodifiers.add", {"BidModifiers": items})["AddResults"]
    assert [codes(result) for result in found] == [[5008], [5009], [8800], [8800]]


def test_set_changes_the_percent(talk: Talk) -> None:
    """Setting a percent checks the bounds of the adjustment's kind, item by item."""
    mobile = talk.first("bidmodifiers", Type="MOBILE_ADJUSTMENT")["Id"]
    region = talk.first("bidmodifiers", Type="REGIONAL_ADJUSTMENT")["Id"]
    items = [{"Id": mobile, "BidModifier": 0}, {"Id": region, "BidModifier": 0}, {"Id": 5, "BidModifier": 50}]
    found = talk.ask("bidmodifiers.set", {"BidModifiers": items})["SetResults"]
    assert [codes(result) for result in found] == [[], [5005], [8800]]
    assert found[0] == {"Id": mobile}
    assert talk.first("bidmodifiers", Id=mobile)["MobileAdjustment"]["BidModifier"] == 0


def test_an_adjustment_is_set_once(talk: Talk) -> None:
    """An id that a set names twice is an error both times."""
    mobile = talk.first("bidmodifiers", Type="MOBILE_ADJUSTMENT")["Id"]
    items = [{"Id": mobile, "BidModifier": 50}, {"Id": mobile, "BidModifier": 60}]
    found = talk.ask("bidmodifiers.set", {"BidModifiers": items})["SetResults"]
    assert [codes(result) for result in found] == [[9800], [9800]]


def test_a_deleted_adjustment_may_be_added_again(talk: Talk) -> None:
    """Deleting one makes room for another adjustment of the same kind."""
    (key,) = add(talk, {"MobileAdjustment": {"BidModifier": 50}})["Ids"]
    deleted = talk.ask("bidmodifiers.delete", {"SelectionCriteria": {"Ids": [key]}})["DeleteResults"]
    assert deleted == [{"Id": key}]
    assert "Ids" in add(talk, {"MobileAdjustment": {"BidModifier": 60}})
