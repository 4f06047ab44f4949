"""Rules of the documentation that one call shows, over both wires: what is taken, and what is refused."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.clock import Clock
from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap import ApiError, Direct

Item = dict[str, Any]
TAG = "https://ads.example.com/tag"
SEARCH = {"SelectionCriteria": {"Keywords": ["a", "b"], "RegionIds": [225]}, "FieldNames": ["Keyword"]}


@pytest.fixture
def client() -> Iterator[EmulatorClient]:
    """The demo advertiser over JSON, on a clock that tests move."""
    with EmulatorClient.demo() as client:
        yield client


@pytest.fixture(params=["soap", "json"])
def direct(client: EmulatorClient, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The demo advertiser over one of the wires."""
    endpoint, session = client.emulator.endpoint, client.emulator.session()
    with Direct("demo-token", endpoint=endpoint, session=session, transport=request.param, retry=None) as direct:
        yield direct


def codes(results: Any) -> list[int]:
    """The codes of the errors of the only item."""
    (item,) = results
    return [error.code for error in item.errors]


@pytest.mark.parametrize(
    ("pixel", "expected"),
    [
        (f"{TAG}?rnd=%random%", []),
        (f"{TAG}?rnd=%aw_random%", []),
        ("https://mc.yandex.ru/pixel/1234?rnd=1", []),
        (TAG, [5005]),
        (f"{TAG}?rnd=random", [5005]),
        ("https://mc.yandex.ru.example.com/pixel/1234", [5005]),
    ],
    ids=["random", "aw_random", "Yandex Audience", "no macro", "no percent signs", "another host"],
)
def test_an_impression_tag_has_a_macro(client: EmulatorClient, direct: Any, pixel: str, expected: list[int]) -> None:
    """A tracking pixel that is not one of Yandex Audience needs %random% or %aw_random%."""
    group = client.first("adgroups", Type="CPM_BANNER_AD_GROUP")["Id"]
    ad = client.first("ads", Type="CPM_BANNER_AD")["CpmBannerAdBuilderAd"]
    banner = {"Creative": {"CreativeId": ad["Creative"]["CreativeId"]}, "Href": "https://example.com/"}
    item = {"AdGroupId": group, "CpmBannerAdBuilderAd": banner | {"TrackingPixels": {"Items": [pixel]}}}
    assert codes(direct.ads.add(Ads=[item])) == expected


def test_features_that_are_left_out_are_not_shown(client: EmulatorClient, direct: Any) -> None:
    """Features of an update are the only ones that the ad has afterwards."""
    ad = client.first("ads", Type="MOBILE_APP_AD")
    for features in (["PRICE", "ICON"], ["RATINGS"]):
        requested = [{"Feature": name, "Enabled": "YES"} for name in features]
        assert codes(direct.ads.update(Ads=[{"Id": ad["Id"], "MobileAppAd": {"Features": requested}}])) == []
        params = {"SelectionCriteria": {"Ids": [ad["Id"]]}, "MobileAppAdFieldNames": ["Features"]}
        (updated,) = direct.ads.get(FieldNames=["Id"], **params)
        assert [feature["Feature"] for feature in updated["MobileAppAd"]["Features"]] == features


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"StartDate": "2026-06-01", "EndDate": "2026-06-02"}, []),
        ({"TimeZone": "Europe/Paris"}, []),
        ({"TimeZone": "Asia/Kolkata"}, []),
        ({"TimeZone": "America/Toronto"}, []),
        ({"TimeZone": "Mars/Olympus"}, [4000]),
        ({"TimeZone": "europe/paris"}, [4000]),
        ({"TimeZone": ""}, [4000]),
    ],
    ids=["dates", "Paris", "Kolkata", "Toronto", "Mars", "lower case", "no zone"],
)
def test_campaigns_have_dates_and_a_time_zone(
    client: EmulatorClient, direct: Any, members: Item, expected: list[int]
) -> None:
    """A time zone is one of the dictionary; nothing else is stored."""
    key = client.running_campaign("UNIFIED_CAMPAIGN")
    before = client.by_id("campaigns", key, *members)
    assert codes(direct.campaigns.update(Campaigns=[{"Id": key, **members}])) == expected
    assert client.by_id("campaigns", key, *members) == (before if expected else members)


@pytest.mark.parametrize("member", ["StartDate", "EndDate"])
def test_an_empty_date_is_no_date(client: EmulatorClient, member: str) -> None:
    """It is refused, whatever client sends it, and not stored."""
    key = client.running_campaign("UNIFIED_CAMPAIGN")
    before = client.by_id("campaigns", key, member)
    (result,) = client.call("campaigns.update", {"Campaigns": [{"Id": key, member: ""}]})["UpdateResults"]
    assert [error["Code"] for error in result["Errors"]] == [4000]
    assert client.by_id("campaigns", key, member) == before


@pytest.mark.parametrize(
    ("percent", "expected"), [(0, []), (10, []), (200, []), (-10, [5005]), (5, [5005]), (210, [5005])]
)
def test_bids_on_holidays(client: EmulatorClient, direct: Any, percent: int, expected: list[int]) -> None:
    """The coefficient of holidays is from 0 to 200 percent, in steps of ten."""
    holidays = {"SuspendOnHolidays": "NO", "BidPercent": percent, "StartHour": 0, "EndHour": 24}
    targeting = {"ConsiderWorkingWeekends": "YES", "HolidaysSchedule": holidays}
    item = {"Id": client.running_campaign("UNIFIED_CAMPAIGN"), "TimeTargeting": targeting}
    assert codes(direct.campaigns.update(Campaigns=[item])) == expected


@pytest.mark.parametrize(
    ("kind", "expected"), [("UNIFIED_CAMPAIGN", []), ("TEXT_CAMPAIGN", [3500]), ("CPM_BANNER_CAMPAIGN", [3500])]
)
def test_groups_are_adjusted_in_unified_campaigns(
    client: EmulatorClient, direct: Any, kind: str, expected: list[int]
) -> None:
    """The adjustment for a whole group is for unified groups only."""
    group = client.group(client.running_campaign(kind)) if kind != "CPM_BANNER_CAMPAIGN" else None
    group = group or client.first("adgroups", Type="CPM_BANNER_AD_GROUP")["Id"]
    item = {"AdGroupId": group, "AdGroupAdjustment": {"BidModifier": 50}}
    assert codes(direct.bidmodifiers.add(BidModifiers=[item])) == expected


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        ({}, None),
        ({"RegionIds": [1, -219]}, None),
        ({"Keywords": ["a", "b", "a"]}, 4001),
        ({"Keywords": ["a", "b", "A"]}, 4001),
        ({"Keywords": [" ".join("bcdefghj")]}, 4001),
        ({"Keywords": ["a" * 36]}, 4001),
        ({"Keywords": ["-a"]}, 4001),
        ({"Keywords": [""]}, 4001),
        ({"RegionIds": [-1, -219]}, 4001),
        ({"RegionIds": [0, -219]}, 4001),
    ],
    ids=[
        "good",
        "a minus-region in a region",
        "twice",
        "twice in capitals",
        "eight words",
        "a long word",
        "a minus-word",
        "empty",
        "only minus-regions",
        "everywhere but there",
    ],
)
def test_criteria_of_search_volumes(direct: Any, criteria: Item, code: int | None) -> None:
    """Search volumes are of different keywords, in regions of which at least one is included."""
    params = SEARCH | {"SelectionCriteria": SEARCH["SelectionCriteria"] | criteria}  # type: ignore[operator]
    if code is None:
        assert [item["Keyword"] for item in direct.keywordsresearch.hasSearchVolume(**params)] == ["a", "b"]
    else:
        with pytest.raises(ApiError) as caught:
            direct.keywordsresearch.hasSearchVolume(**params)
        assert caught.value.code == code


def test_search_volumes_are_requested_20_times_a_minute(client: EmulatorClient, direct: Any) -> None:
    """The 21st request within 60 seconds is error 56; another one is taken when the first is a minute old."""
    clock: Clock = client.clock
    for _ in range(20):
        assert direct.keywordsresearch.hasSearchVolume(**SEARCH)
    clock.now += 59
    with pytest.raises(ApiError) as caught:
        direct.keywordsresearch.hasSearchVolume(**SEARCH)
    assert caught.value.code == 56
    clock.now += 1
    assert direct.keywordsresearch.hasSearchVolume(**SEARCH)


def test_a_group_without_keywords_is_not_served(client: EmulatorClient, direct: Any) -> None:
    """A new group is served rarely until it has a keyword that people search for; a smart group needs none."""

    def serving(group: int) -> Any:
        (item,) = direct.adgroups.get(SelectionCriteria={"Ids": [group]}, FieldNames=["ServingStatus"])
        return item["ServingStatus"]

    group = client.group()
    assert serving(group) == "RARELY_SERVED"
    client.keyword("купить стол", group)
    assert serving(group) == "ELIGIBLE"
    assert serving(client.first("adgroups", Type="DYNAMIC_TEXT_AD_GROUP")["Id"]) == "ELIGIBLE"
