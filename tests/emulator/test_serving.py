"""What follows for ads from their campaign, and for groups and keywords from what people search for."""

from typing import Any

import pytest

from tests.clock import Clock
from tests.emulator.emulator_client import EmulatorClient, codes
from yadirect_soap.emulator.app import Emulator

RARE = "buy a cedar shelf for a small kitchen today"
OFTEN = "shelf"
DAY = 24 * 3600


@pytest.fixture
def ad(client: EmulatorClient) -> Any:
    """An ad that is shown."""
    key = client.ad()
    client.on("ads", "moderate", key)
    assert client.by_id("ads", key, "State") == {"State": "ON"}
    return key


def state(client: EmulatorClient, key: Any) -> str:
    """The state of an ad."""
    return str(client.by_id("ads", key, "State")["State"])


def campaign_of(client: EmulatorClient, key: Any) -> Any:
    """The campaign of an ad."""
    return client.by_id("ads", key, "CampaignId")["CampaignId"]


# --- ads and their campaigns --------------------------------------------------------------------------------


def test_no_ad_is_on_in_a_stopped_campaign(client: EmulatorClient, ad: Any) -> None:
    """An ad that was on is OFF while its campaign is suspended, and ON again with it; so it is found, and told."""
    campaign = campaign_of(client, ad)
    client.on("campaigns", "suspend", campaign)
    criteria = {"CampaignIds": [campaign], "States": ["OFF"]}
    names = ["Id", "State", "Status", "StatusClarification"]
    ads = client.result("ads", "get", {"SelectionCriteria": criteria, "FieldNames": names})
    clarification = "The campaign of the ad is not running"
    assert ads["Ads"] == [{"Id": ad, "State": "OFF", "Status": "ACCEPTED", "StatusClarification": clarification}]
    client.on("campaigns", "resume", campaign)
    assert state(client, ad) == "ON"
    assert client.result("ads", "get", {"SelectionCriteria": criteria, "FieldNames": names}) == {}


def test_an_ad_has_a_state_of_its_own_meanwhile(client: EmulatorClient, ad: Any) -> None:
    """It can be suspended while its campaign is, and then is not on when the campaign is resumed."""
    campaign = campaign_of(client, ad)
    client.on("campaigns", "suspend", campaign)
    assert client.on("ads", "suspend", ad) == [{"Id": ad, "Errors": []}]
    assert state(client, ad) == "SUSPENDED"
    client.on("campaigns", "resume", campaign)
    assert state(client, ad) == "SUSPENDED"


def test_no_ad_is_on_after_the_end(client: EmulatorClient, ad: Any, clock: Clock) -> None:
    """The day after the EndDate of its campaign an ad is OFF."""
    item = {"Id": campaign_of(client, ad), "StartDate": "2026-05-29", "EndDate": "2026-05-30"}
    assert codes(client.write("campaigns", "update", {"Campaigns": [item]})) == [[]]
    assert state(client, ad) == "ON"
    clock.now += 2 * DAY
    assert state(client, ad) == "OFF"


def test_ads_are_archived_with_their_campaign(client: EmulatorClient, ad: Any) -> None:
    """While the campaign is in the archive its ads are, and afterwards they are as the stopped campaign leaves them."""
    campaign = campaign_of(client, ad)
    client.on("campaigns", "suspend", campaign)
    client.on("campaigns", "archive", campaign)
    assert state(client, ad) == "ARCHIVED"
    client.on("campaigns", "unarchive", campaign)
    assert state(client, ad) == "OFF"


def test_keywords_have_a_state_of_their_own_alone(client: EmulatorClient, ad: Any) -> None:
    """A keyword stays as it is when its campaign is stopped."""
    key = client.keyword(group=client.by_id("ads", ad, "AdGroupId")["AdGroupId"])
    before = client.by_id("keywords", key, "State")
    client.on("campaigns", "suspend", campaign_of(client, ad))
    assert client.by_id("keywords", key, "State") == before == {"State": "ON"}


# --- groups that are served rarely --------------------------------------------------------------------------


def serving(client: EmulatorClient, group: Any) -> str:
    """The ServingStatus of a group."""
    return str(client.by_id("adgroups", group, "ServingStatus")["ServingStatus"])


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [([], "RARELY_SERVED"), ([RARE], "RARELY_SERVED"), ([RARE, OFTEN], "ELIGIBLE")],
    ids=["none", "rare", "both"],
)
def test_a_group_is_served_by_its_keywords(client: EmulatorClient, keywords: list[str], expected: str) -> None:
    """A group is served rarely unless one of its keywords is searched for; autotargeting makes no difference."""
    group = client.group()
    for text in keywords:
        client.keyword(text, group)
    assert serving(client, group) == expected


def test_serving_and_volumes_agree(client: EmulatorClient) -> None:
    """The service that tells which keywords are searched for says the same of them."""
    params = {
        "SelectionCriteria": {"RegionIds": [225], "Keywords": [RARE, OFTEN]},
        "FieldNames": ["Keyword", "AllDevices"],
    }
    volumes = client.result("keywordsresearch", "hasSearchVolume", params)["HasSearchVolumeResults"]
    assert {item["Keyword"]: item["AllDevices"] for item in volumes} == {RARE: "NO", OFTEN: "YES"}


def test_a_suspended_keyword_serves_nobody(client: EmulatorClient) -> None:
    """A group whose one searched keyword is suspended is served rarely until it is resumed."""
    group = client.group()
    client.keyword(RARE, group)
    often = client.keyword(OFTEN, group)
    client.on("keywords", "suspend", often)
    assert serving(client, group) == "RARELY_SERVED"
    client.on("keywords", "resume", often)
    assert serving(client, group) == "ELIGIBLE"


def test_keywords_are_served_as_their_group(client: EmulatorClient) -> None:
    """A keyword tells the status of its group, and has no statistics where that is served rarely."""
    rare, often = client.keyword(RARE), client.keyword(OFTEN)
    names = ("ServingStatus", "StatisticsSearch", "StatisticsNetwork")
    assert client.by_id("keywords", rare, *names) == {"ServingStatus": "RARELY_SERVED"}
    assert client.by_id("keywords", often, *names).keys() == set(names)
    assert client.by_id("keywords", often, "ServingStatus") == {"ServingStatus": "ELIGIBLE"}


def test_there_is_no_auction_for_what_is_served_rarely(client: EmulatorClient) -> None:
    """Bids and KeywordBids tell no prices of a group that is served rarely."""
    rare = client.keyword(RARE)
    prices = ["ServingStatus", "CompetitorsBids", "SearchPrices", "AuctionBids"]
    unknown = ["ContextCoverage", "MinSearchPrice", "CurrentSearchPrice"]
    params = {"SelectionCriteria": {"KeywordIds": [rare]}, "FieldNames": prices + unknown}
    (bid,) = client.result("bids", "get", params)["Bids"]
    assert bid == {"ServingStatus": "RARELY_SERVED", **dict.fromkeys(unknown)}
    params = {"SelectionCriteria": {"KeywordIds": [rare]}, "FieldNames": ["ServingStatus"]}
    lists = {"SearchFieldNames": ["AuctionBids"], "NetworkFieldNames": ["Coverage"]}
    (bid,) = client.result("keywordbids", "get", params | lists)["KeywordBids"]
    assert bid == {"ServingStatus": "RARELY_SERVED", "Search": {"AuctionBids": None}, "Network": {"Coverage": None}}


@pytest.mark.parametrize(
    ("service", "criterion"), [("adgroups", "Ids"), ("keywords", "AdGroupIds"), ("bids", "AdGroupIds")]
)
def test_criteria_are_about_the_group(client: EmulatorClient, service: str, criterion: str) -> None:
    """ServingStatuses finds groups, keywords and bids by it, whatever else is asked for."""
    groups = [client.group(), client.group()]
    client.keyword(RARE, groups[0])
    client.keyword(OFTEN, groups[1])
    for group, status in zip(groups, ("RARELY_SERVED", "ELIGIBLE"), strict=True):
        criteria = {criterion: groups, "ServingStatuses": [status]}
        name = "Id" if service == "adgroups" else "AdGroupId"
        (items,) = client.result(service, "get", {"SelectionCriteria": criteria, "FieldNames": [name]}).values()
        assert {item[name] for item in items} == {group}


def test_a_seed_says_what_is_served_rarely(emulator: Emulator, client: EmulatorClient) -> None:
    """A group that is kept as served rarely is so with any keywords."""
    group = client.group()
    client.keyword(OFTEN, group)
    document = emulator.store.get("adgroups", group, "anna")
    assert document is not None
    emulator.store.put("adgroups", group, "anna", document | {"ServingStatus": "RARELY_SERVED"}, changed=0.0)
    assert serving(client, group) == "RARELY_SERVED"
