"""Unified campaigns in the two versions of the API: v5 shows them as text campaigns, v501 as they are."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.emulator.emulator_client import START, EmulatorClient, codes
from yadirect_soap import Direct
from yadirect_soap.protocol.contract import bundled

BY_TYPE = ("TextCampaignFieldNames", "UnifiedCampaignFieldNames")
NEW_CAMPAIGN = {"Name": "Shelves", "StartDate": "2026-06-01"}


@pytest.fixture
def new(client: EmulatorClient) -> EmulatorClient:
    """Asks under the address of v501."""
    return replace(client, version="v501")


@pytest.fixture
def old() -> Iterator[EmulatorClient]:
    """The demo accounts, whose text campaigns are older than unified ones."""
    with EmulatorClient.demo(now=START) as demo_client:
        yield demo_client


def types(client: EmulatorClient, key: Any, group: Any) -> tuple[str, str]:
    """The types of a campaign and of its group."""
    return client.by_id("campaigns", key, "Type")["Type"], client.by_id("adgroups", group, "Type")["Type"]


def inside(client: EmulatorClient, key: Any, *names: str) -> dict[str, Any]:
    """What a campaign has that is of its type, by the names of both types."""
    return client.by_id("campaigns", key, "Id", **{by: list(names) for by in BY_TYPE})


def update(client: EmulatorClient, key: Any, **members: Any) -> list[list[int]]:
    """The errors of an update of a campaign."""
    return codes(client.write("campaigns", "update", {"Campaigns": [{"Id": key, **members}]}))


@pytest.mark.parametrize(
    ("version", "member"),
    [("v5", "TextCampaign"), ("v501", "TextCampaign"), ("v501", "UnifiedCampaign")],
    ids=["v5 text", "v501 text", "v501 unified"],
)
def test_a_new_campaign_is_a_unified_one(
    client: EmulatorClient, new: EmulatorClient, version: str, member: str
) -> None:
    """However it was added, v5 shows a text campaign with text groups, v501 a unified one with unified groups."""
    adder = replace(client, version=version)
    (key,) = adder.add("campaigns", "Campaigns", {**NEW_CAMPAIGN, member: {}})
    group = adder.group(key)
    assert types(client, key, group) == ("TEXT_CAMPAIGN", "TEXT_AD_GROUP")
    assert types(new, key, group) == ("UNIFIED_CAMPAIGN", "UNIFIED_AD_GROUP")


def test_each_version_has_the_structure_of_its_own(client: EmulatorClient, new: EmulatorClient) -> None:
    """What is asked for of the other type is absent, as for any campaign of another type."""
    key = client.campaign(TextCampaign={"TrackingParams": "a=b"})
    assert inside(client, key, "TrackingParams") == {"Id": key, "TextCampaign": {"TrackingParams": "a=b"}}
    assert inside(new, key, "TrackingParams") == {"Id": key, "UnifiedCampaign": {"TrackingParams": "a=b"}}


@pytest.mark.parametrize(("version", "kind"), [("v5", "TEXT"), ("v501", "UNIFIED")])
def test_types_are_found_as_they_are_shown(client: EmulatorClient, version: str, kind: str) -> None:
    """The criterion Types is about the type that the version shows, of campaigns and of groups."""
    client = replace(client, version=version)
    key = client.campaign()
    group = client.group(key)
    for prefix in ("TEXT", "UNIFIED"):
        result = client.result(
            "campaigns", "get", {"SelectionCriteria": {"Types": [f"{prefix}_CAMPAIGN"]}, "FieldNames": ["Id"]}
        )
        assert result == ({"Campaigns": [{"Id": key}]} if prefix == kind else {"Campaigns": []})
        criteria = {"CampaignIds": [key], "Types": [f"{prefix}_AD_GROUP"]}
        result = client.result("adgroups", "get", {"SelectionCriteria": criteria, "FieldNames": ["Id"]})
        assert result == {"AdGroups": [{"Id": group}] if prefix == kind else []}


@pytest.mark.parametrize(("version", "mine", "other"), [("v5", "Text", "Unified"), ("v501", "Unified", "Text")])
def test_a_campaign_is_changed_by_the_structure_that_is_shown(
    client: EmulatorClient, version: str, mine: str, other: str
) -> None:
    """An update by it is seen in both versions; by the other's it is an error 4000 and changes nothing."""
    key = client.campaign()
    writer = replace(client, version=version)
    assert update(writer, key, **{f"{mine}Campaign": {"TrackingParams": "a=b"}}) == [[]]
    assert update(writer, key, **{f"{other}Campaign": {"TrackingParams": "c=d"}}) == [[4000]]
    for shown_version, member in (("v5", "TextCampaign"), ("v501", "UnifiedCampaign")):
        assert inside(replace(client, version=shown_version), key, "TrackingParams")[member] == {
            "TrackingParams": "a=b"
        }


def test_what_one_version_does_not_know_outlives_its_updates(client: EmulatorClient, new: EmulatorClient) -> None:
    """Settings and places that v501 or v5 has alone stay as they were set when the other one changes the campaign."""
    key = client.campaign(
        ClientInfo="Anna", TextCampaign={"Settings": [{"Option": "MAINTAIN_NETWORK_CPC", "Value": "YES"}]}
    )
    places = {"Search": {"BiddingStrategyType": "HIGHEST_POSITION", "PlacementTypes": {"Maps": "NO"}}}
    assert update(new, key, UnifiedCampaign={"BiddingStrategy": places}) == [[]]
    settings = inside(client, key, "Settings")["TextCampaign"]["Settings"]
    assert {"Option": "MAINTAIN_NETWORK_CPC", "Value": "YES"} in settings
    assert client.by_id("campaigns", key, "ClientInfo") == {"ClientInfo": "Anna"}
    assert update(client, key, Name="Racks", TextCampaign={"TrackingParams": "a=b"}) == [[]]
    field_lists = {"UnifiedCampaignSearchStrategyPlacementTypesFieldNames": ["Maps"]}
    strategy = new.by_id("campaigns", key, "Id", **field_lists)["UnifiedCampaign"]["BiddingStrategy"]
    assert strategy["Search"]["PlacementTypes"] == {"Maps": "NO"}


def test_a_version_shows_no_more_than_it_knows(client: EmulatorClient, new: EmulatorClient) -> None:
    """v501 has no ClientInfo, no Notification and fewer settings; v5 has no settings of unified groups."""
    key = client.campaign(ClientInfo="Anna")
    group = client.group(key)
    options = {setting["Option"] for setting in inside(new, key, "Settings")["UnifiedCampaign"]["Settings"]}
    known = bundled()["campaigns"].operations["get"].response.by_name["Campaigns"].shape.by_name
    assert options <= known["UnifiedCampaign"].shape.by_name["Settings"].shape.by_name["Option"].shape.value_set
    assert not new.by_id("campaigns", key, "ClientInfo", "Notification").get("ClientInfo")
    assert "UnifiedAdGroup" in new.by_id("adgroups", group, "Id", UnifiedAdGroupFieldNames=["OfferRetargeting"])
    assert "UnifiedAdGroup" not in client.by_id("adgroups", group, "Id", UnifiedAdGroupFieldNames=["OfferRetargeting"])


def test_v5_shows_all_that_a_text_campaign_has(client: EmulatorClient, new: EmulatorClient) -> None:
    """A campaign that v501 added has in v5 the settings, the name and the letters of a text campaign."""
    (key,) = new.add("campaigns", "Campaigns", {**NEW_CAMPAIGN, "UnifiedCampaign": {}})
    options = {setting["Option"] for setting in inside(client, key, "Settings")["TextCampaign"]["Settings"]}
    assert {"MAINTAIN_NETWORK_CPC", "EXCLUDE_PAUSED_COMPETING_ADS", "ADD_METRICA_TAG"} <= options
    item = client.by_id("campaigns", key, "ClientInfo", "Notification")
    assert (item["ClientInfo"], item["Notification"]["EmailSettings"]["Email"]) == ("Anna K", "anna@yandex.ru")


@pytest.mark.parametrize(
    ("version", "members", "expected"),
    [
        ("v5", {"UnifiedCampaign": {}}, [3500]),
        ("v501", {"UnifiedCampaign": {}, "ClientInfo": "y"}, [5006]),
        ("v501", {"TextCampaign": {}, "ClientInfo": "y"}, []),
    ],
    ids=["unified in v5", "its ClientInfo", "ClientInfo of a text campaign"],
)
def test_what_is_refused_of_new_campaigns(
    client: EmulatorClient, version: str, members: dict[str, Any], expected: list[int]
) -> None:
    """v5 adds no unified campaigns, and unified ones are given no ClientInfo."""
    items = [NEW_CAMPAIGN | members]
    assert codes(replace(client, version=version).write("campaigns", "add", {"Campaigns": items})) == [expected]


@pytest.mark.parametrize("kind", ["IMPRESSIONS_BELOW_SEARCH", "WEEKLY_CLICK_PACKAGE", "AVERAGE_ROI"])
def test_strategies_that_unified_campaigns_have_not(client: EmulatorClient, kind: str) -> None:
    """A new text campaign cannot have them any more, neither from the start nor later."""
    own = {
        "WEEKLY_CLICK_PACKAGE": {"WeeklyClickPackage": {"ClicksPerWeek": 100}},
        "AVERAGE_ROI": {"AverageRoi": {"ReserveReturn": 10, "RoiCoef": 1_000_000, "GoalId": 5}},
    }.get(kind, {})
    places = {"Search": {"BiddingStrategyType": kind, **own}, "Network": {"BiddingStrategyType": "SERVING_OFF"}}
    text = {"TextCampaign": {"BiddingStrategy": places}}
    assert codes(client.write("campaigns", "add", {"Campaigns": [NEW_CAMPAIGN | text]})) == [[3500]]
    assert update(client, client.campaign(), **text) == [[3500]]


@pytest.mark.parametrize(
    ("service", "item"),
    [
        (
            "adgroups",
            {"Name": "x", "CampaignId": "campaign", "RegionIds": [225], "UnifiedAdGroup": {"OfferRetargeting": "YES"}},
        ),
        ("ads", {"AdGroupId": "group", "ListingAd": {"FeedId": "feed", "DefaultTexts": ["Shelves"]}}),
    ],
    ids=["groups", "ads of listings"],
)
def test_v5_adds_nothing_that_unified_campaigns_have_alone(
    client: EmulatorClient, new: EmulatorClient, service: str, item: dict[str, Any]
) -> None:
    """Groups and ads of unified campaigns do not fit what v5 shows: error 6000."""
    key = client.campaign()
    feed = {"Name": "x", "BusinessType": "RETAIL", "SourceType": "URL", "UrlFeed": {"Url": "https://shop.example/feed"}}
    named = {"campaign": key, "group": client.group(key), "feed": client.add("feeds", "Feeds", feed)[0]}
    added = _named(item, named)
    params = {{"adgroups": "AdGroups", "ads": "Ads"}[service]: [added]}
    assert codes(client.write(service, "add", params)) == [[6000]]
    assert codes(new.write(service, "add", params)) == [[]]


def _named(value: Any, named: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {name: _named(inner, named) for name, inner in value.items()}
    return named.get(value, value) if isinstance(value, str) else value


@pytest.mark.parametrize("version", ["v5", "v501"])
def test_old_text_campaigns_stay_what_they_are(old: EmulatorClient, version: str) -> None:
    """A text campaign of a seed, and its groups, are shown by both versions as such, changed or not."""
    client = EmulatorClient(old.emulator, "demo-token", version=version)
    key = old.running_campaign("TEXT_CAMPAIGN")
    below = {"Search": {"BiddingStrategyType": "IMPRESSIONS_BELOW_SEARCH"}}
    assert update(client, key, DailyBudget=None, TextCampaign={"BiddingStrategy": below}) == [[]]
    group = old.first("adgroups", CampaignId=key)["Id"]
    assert types(client, key, group) == ("TEXT_CAMPAIGN", "TEXT_AD_GROUP")
    assert types(client, key, client.group(key)) == ("TEXT_CAMPAIGN", "TEXT_AD_GROUP")


@pytest.mark.parametrize("wire", ["soap", "json"])
@pytest.mark.parametrize("version", ["v5", "v501"])
def test_every_answer_is_of_the_contract(old: EmulatorClient, wire: Any, version: Any) -> None:
    """A strict client reads all that campaigns of the demo accounts have."""
    with Direct(
        "demo-token",
        endpoint=old.emulator.endpoint,
        session=old.emulator.session(),
        transport=wire,
        version=version,
        strict=True,
    ) as direct:
        operation = bundled()["campaigns"].operations["get"]
        params: dict[str, Any] = {
            member.name: list(member.shape.values)
            for member in operation.request.members
            if member.name in ("FieldNames", *BY_TYPE)
        }
        campaigns = direct.campaigns.get(SelectionCriteria={}, **params)
        kinds = {str(campaign.get("Type")) for campaign in campaigns}
    assert ("UNIFIED_CAMPAIGN" in kinds) == (version == "v501")
