"""Large accounts: objects that nobody keeps are read, changed and counted like others."""

import itertools
import time
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient, codes
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures.large_accounts import AccountSize, generate
from yadirect_soap.errors import ConfigurationError

SMALL = AccountSize(campaigns=3, adgroups=4, ads=5, keywords=2)


@pytest.fixture
def large(emulator: Emulator) -> EmulatorClient:
    """Asks about an account of 3 campaigns, 12 groups, 60 ads and 24 keywords, beside one of everything."""
    client = EmulatorClient(emulator)
    client.ad()
    account = emulator.accounts.by_login("anna")
    assert account is not None
    generate(emulator.store, account, SMALL, at=emulator.clock())
    return client


def _ids(client: EmulatorClient, service: str, **criteria: object) -> list[int]:
    result = client.result(service, "get", {"SelectionCriteria": criteria, "FieldNames": ["Id"]})
    return [item["Id"] for items in result.values() for item in items]


def test_every_object_is_there_once(large: EmulatorClient) -> None:
    """What is told and what is kept come together, in the order of their identifiers."""
    campaigns = _ids(large, "campaigns")
    assert len(campaigns) == 1 + 3
    for service, count in (("adgroups", 1 + 12), ("ads", 1 + 60)):
        ids = _ids(large, service, CampaignIds=campaigns)
        assert len(set(ids)) == count
        assert ids == sorted(ids)


def test_each_stands_under_its_parents(large: EmulatorClient) -> None:
    """The ads of a group are those of its campaign, and no two have the same title."""
    campaign = _ids(large, "campaigns")[-1]
    groups = _ids(large, "adgroups", CampaignIds=[campaign])
    assert len(groups) == 4
    by_group = [_ids(large, "ads", AdGroupIds=[group]) for group in groups]
    assert [len(ads) for ads in by_group] == [5] * 4
    assert list(itertools.chain(*by_group)) == _ids(large, "ads", CampaignIds=[campaign])
    ad = large.by_id("ads", by_group[1][0], "CampaignId", "AdGroupId", "State", TextAdFieldNames=["Title"])
    other = large.by_id("ads", by_group[1][1], "Id", TextAdFieldNames=["Title"])
    assert (ad["CampaignId"], ad["AdGroupId"], ad["State"]) == (campaign, groups[1], "ON")
    assert ad["TextAd"] != other["TextAd"]


def test_a_changed_object_is_kept_and_the_others_are_not(large: EmulatorClient) -> None:
    """An ad that is suspended is one row, and the rest stays as it was told."""
    ads = _ids(large, "ads", CampaignIds=_ids(large, "campaigns"))
    rows = large.emulator.store.stored_count()
    assert large.on("ads", "suspend", ads[7]) == [{"Id": ads[7], "Errors": []}]
    assert large.by_id("ads", ads[7], "State") == {"State": "SUSPENDED"}
    assert large.by_id("ads", ads[8], "State") == {"State": "ON"}
    assert large.emulator.store.stored_count() <= rows + 2
    assert len(_ids(large, "ads", Ids=ads)) == len(ads)


def test_a_deleted_object_is_gone(large: EmulatorClient) -> None:
    """It is neither found nor counted, by its identifier or under its parents, and cannot be deleted again."""
    keywords = _ids(large, "keywords", CampaignIds=_ids(large, "campaigns"))
    store = large.emulator.store
    before = store.count("keywords", "anna")
    group = large.by_id("keywords", keywords[5], "AdGroupId")["AdGroupId"]
    inside = store.count("keywords", "anna", adgroup=group)
    assert large.on("keywords", "delete", keywords[5]) == [{"Id": keywords[5], "Errors": []}]
    assert store.count("keywords", "anna") == before - 1
    assert store.count("keywords", "anna", adgroup=group) == inside - 1
    assert keywords[5] not in _ids(large, "keywords", CampaignIds=_ids(large, "campaigns"))
    assert "Errors" in large.on("keywords", "delete", keywords[5])[0]


def test_drafts_can_be_deleted_and_others_cannot(emulator: Emulator) -> None:
    """Generated drafts go as the API lets drafts go, beside ads that were shown, which it keeps."""
    account = emulator.accounts.by_login("anna")
    assert account is not None
    generate(emulator.store, account, AccountSize(campaigns=2, adgroups=2, ads=3, drafts=2), at=0)
    client = EmulatorClient(emulator)
    campaigns = _ids(client, "campaigns")
    drafts = _ids(client, "ads", CampaignIds=campaigns, Statuses=["DRAFT"])
    accepted = _ids(client, "ads", CampaignIds=campaigns, Statuses=["ACCEPTED"])
    assert (len(drafts), len(accepted)) == (8, 12)
    assert client.on("ads", "delete", drafts[3]) == [{"Id": drafts[3], "Errors": []}]
    assert codes(client.on("ads", "delete", accepted[3])) == [[8300]]
    assert sorted(_ids(client, "ads", CampaignIds=campaigns)) == sorted({*drafts, *accepted} - {drafts[3]})


def test_an_account_of_drafts_can_be_deleted_whole(emulator: Emulator) -> None:
    """Where all ads are drafts, groups without keywords go after their ads, and campaigns after their groups."""
    account = emulator.accounts.by_login("anna")
    assert account is not None
    generate(emulator.store, account, AccountSize(campaigns=2, adgroups=2, ads=0, drafts=3), at=0)
    client = EmulatorClient(emulator)
    services = ("ads", "adgroups", "campaigns")
    for service in services:
        ids = [row.id for row in emulator.store.rows(service, "anna")]
        assert codes(client.write(service, "delete", {"SelectionCriteria": {"Ids": ids}})) == [[]] * len(ids)
    assert [emulator.store.count(service, "anna") for service in services] == [0] * 3


def test_new_objects_join(large: EmulatorClient) -> None:
    """An ad that is added to a generated group has an identifier of its own."""
    group = _ids(large, "adgroups", CampaignIds=_ids(large, "campaigns"))[-1]
    ad = large.ad(group)
    assert _ids(large, "ads", AdGroupIds=[group])[-1] == ad
    assert large.emulator.store.count("ads", "anna", adgroup=group) == 6


def test_an_account_may_have_two_ranges(large: EmulatorClient) -> None:
    """Objects of both come in order, each under its own parents."""
    account = large.emulator.accounts.by_login("anna")
    assert account is not None
    generate(large.emulator.store, account, AccountSize(campaigns=2, adgroups=1, ads=2), at=0)
    campaigns = _ids(large, "campaigns")
    assert len(campaigns) == 1 + 3 + 2
    by_campaign = [_ids(large, "ads", CampaignIds=[campaign]) for campaign in campaigns]
    assert [len(ads) for ads in by_campaign] == [1, 20, 20, 20, 2, 2]
    assert list(itertools.chain(*by_campaign)) == _ids(large, "ads", CampaignIds=campaigns)


def test_another_login_sees_nothing_of_it(large: EmulatorClient) -> None:
    """Generated objects are their owner's."""
    reader = EmulatorClient(large.emulator, "reader-token")
    assert _ids(reader, "ads", Ids=_ids(large, "ads", CampaignIds=_ids(large, "campaigns"))) == []


def test_it_is_there_again_after_a_restart(tmp_path: Path) -> None:
    """A file keeps what is generated, and a snapshot too."""
    seed = tmp_path / "large.json"
    seed.write_text(
        '{"accounts": [{"login": "l", "token": "t", "generate": {"campaigns": 2, "adgroups": 2, "ads": 3}}]}', "utf-8"
    )
    for _ in range(2):
        with Emulator(tmp_path / "e.db", seed=seed) as emulator:
            assert emulator.store.count("ads", "l") == 12
            emulator.save(tmp_path / "snapshot")
    with Emulator() as emulator:
        emulator.load(tmp_path / "snapshot")
        client = EmulatorClient(emulator, "t")
        assert len(_ids(client, "ads", CampaignIds=_ids(client, "campaigns"))) == 12


def _change_some(client: EmulatorClient) -> None:
    """Suspends an ad, takes one out and adds one, so that kept ads stand between the others."""
    ads = _ids(client, "ads", CampaignIds=_ids(client, "campaigns"))
    client.on("ads", "suspend", ads[7])
    client.emulator.store.delete("ads", ads[30])
    client.ad(_ids(client, "adgroups", CampaignIds=_ids(client, "campaigns"))[2])


@pytest.mark.parametrize(
    ("criteria", "count"),
    [({}, 61), ({"States": ["ON"]}, 58), ({"States": ["SUSPENDED", "OFF"]}, 3), ({"Mobile": "NO"}, 61)],
    ids=["all", "on", "kept", "inside"],
)
def test_pages_give_every_ad_once(large: EmulatorClient, criteria: dict[str, Any], count: int) -> None:
    """Pages of any size are parts of the whole, wherever they begin and whatever is asked of the ads."""
    _change_some(large)
    all_criteria = {"CampaignIds": _ids(large, "campaigns")} | criteria
    whole = _ids(large, "ads", **all_criteria)
    assert len(whole) == count
    for limit in (1, 7, 60):
        pages = []
        for offset in range(0, len(whole) + limit, limit):
            page = {"Limit": limit, "Offset": offset}
            params = {"SelectionCriteria": all_criteria, "FieldNames": ["Id"], "Page": page}
            result = large.result("ads", "get", params)
            pages += [ad["Id"] for ad in result.get("Ads", ())]
            assert result.get("LimitedBy") == (offset + limit if offset + limit < len(whole) else None)
        assert pages == whole


def test_a_criterion_is_asked_of_each_where_they_differ(large: EmulatorClient) -> None:
    """Generated ads are told apart by their groups and identifiers, together with others of their campaigns."""
    campaigns = _ids(large, "campaigns")
    groups = _ids(large, "adgroups", CampaignIds=campaigns[2:])
    ads = _ids(large, "ads", AdGroupIds=groups)
    assert _ids(large, "ads", AdGroupIds=groups, CampaignIds=campaigns[3:]) == ads[20:]
    assert _ids(large, "ads", Ids=ads, AdGroupIds=groups[1:2], CampaignIds=campaigns) == ads[5:10]


def test_what_follows_from_keywords_is_asked_of_each_group(large: EmulatorClient) -> None:
    """Generated groups are served as their own keywords are searched, be these told or kept."""
    groups = _ids(large, "adgroups", CampaignIds=_ids(large, "campaigns")[1:])
    for keyword in _ids(large, "keywords", AdGroupIds=groups[1:2]):
        unsearched = {"Id": keyword, "Keyword": f"words which nobody seeks at all {keyword}"}
        assert codes(large.write("keywords", "update", {"Keywords": [unsearched]})) == [[]]
    status_of = {group: large.by_id("adgroups", group, "ServingStatus")["ServingStatus"] for group in groups}
    assert set(status_of.values()) == {"ELIGIBLE", "RARELY_SERVED"}
    for status in ("ELIGIBLE", "RARELY_SERVED"):
        ids = _ids(large, "adgroups", Ids=groups, ServingStatuses=[status])
        assert ids == [group for group in groups if status_of[group] == status]
        assert _ids(large, "adgroups", CampaignIds=_ids(large, "campaigns")[1:], ServingStatuses=[status]) == ids


def test_rows_are_leafed_through_by_the_last_seen(large: EmulatorClient) -> None:
    """The store gives the rows beyond an identifier, be it of a kept object, of a told one or of none."""
    _change_some(large)
    store = large.emulator.store
    whole = [int(row.id) for row in store.rows("ads", "anna")]
    for after in (0, *whole, whole[-1] + 1000):
        ids = [row.id for row in store.page("ads", "anna", after=after, limit=4)]
        assert ids == [key for key in whole if key > after][:4]


def test_the_last_page_costs_what_the_first_does(emulator: Emulator) -> None:
    """Of 1,000,000 ads a page deep in is read without the ads before it, also where a state is asked for."""
    account = emulator.accounts.by_login("anna")
    assert account is not None
    generate(emulator.store, account, AccountSize(campaigns=10, adgroups=1000, ads=100), at=0)
    client = EmulatorClient(emulator)
    criteria = {"CampaignIds": _ids(client, "campaigns"), "States": ["ON"]}
    began = time.monotonic()
    for offset in range(999_990, 989_990, -1000):
        params = {"SelectionCriteria": criteria, "FieldNames": ["Id"], "Page": {"Limit": 10, "Offset": offset}}
        assert len(client.result("ads", "get", params)["Ads"]) == 10
    assert time.monotonic() - began < 5


def test_a_million_ads_take_no_time(emulator: Emulator) -> None:
    """An account of 1,000,000 ads is made and its last group read in less time than a thousand ads take to be kept."""
    account = emulator.accounts.by_login("anna")
    assert account is not None
    began = time.monotonic()
    generate(emulator.store, account, AccountSize(campaigns=20, adgroups=1000, ads=50), at=0)
    client = EmulatorClient(emulator)
    groups = _ids(client, "adgroups", CampaignIds=[_ids(client, "campaigns")[-1]])
    assert len(_ids(client, "ads", AdGroupIds=[groups[-1]])) == 50
    assert emulator.store.count("ads", "anna") == 1_000_000
    assert emulator.store.stored_count() < 10
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("generate", "violation"),
    [
        ("5", "$.accounts[0].generate: found 5 (int), expected an object"),
        ('{"campaigns": "2"}', "$.accounts[0].generate.campaigns: found '2' (str), expected an integer"),
        ('{"adz": 2}', "$.accounts[0].generate.adz: unknown; did you mean 'ads'?"),
        ('{"campaigns": 0}', "$.accounts[0].generate: found too small a number"),
    ],
    ids=["no object", "type", "unknown", "none"],
)
def test_a_range_that_makes_no_sense_is_told(tmp_path: Path, generate: str, violation: str) -> None:
    """A seed file's mistake has its place."""
    seed = tmp_path / "large.json"
    seed.write_text(f'{{"accounts": [{{"login": "l", "generate": {generate}}}]}}', "utf-8")
    with pytest.raises(ConfigurationError) as raised:
        Emulator(seed=seed)
    assert violation in str(raised.value)
