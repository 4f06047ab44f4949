"""Changes: what is told of which object, and from which moment on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.emulator.emulator_client import START, EmulatorClient
from yadirect_soap.emulator.domain.statistics_corrections import correct_statistics
from yadirect_soap.emulator.operations.call import OperationCall
from yadirect_soap.emulator.operations.services import changes
from yadirect_soap.errors import ConfigurationError

SEEDED = "2026-02-01T00:00:00Z"
LATER = "2026-05-28T20:26:40Z"
FIELDS = ["CampaignIds", "AdGroupIds", "AdIds", "CampaignsStat"]


@pytest.fixture
def client() -> Iterator[EmulatorClient]:
    """An emulator with the demo accounts."""
    with EmulatorClient.demo(now=START) as client:
        yield client


def test_the_server_tells_its_time(client: EmulatorClient) -> None:
    """Without a Timestamp checkDictionaries answers the emulator's time and nothing else."""
    assert client.call("changes.checkDictionaries", {}) == {"Timestamp": LATER}


@pytest.mark.parametrize(
    ("since", "changed"), [("2020-01-01T00:00:00Z", "YES"), ("2026-06-01T00:00:00Z", "NO")], ids=["before", "after"]
)
def test_dictionaries_changed_once(client: EmulatorClient, since: str, changed: str) -> None:
    """Dictionaries changed when their data was made."""
    answer = client.call("changes.checkDictionaries", {"Timestamp": since})
    assert [answer[f"{name}Changed"] for name in ("TimeZones", "Regions", "Interests")] == [changed] * 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-01",
        "2026-02-01 00:00:00",
        "2026-02-01T00:00:00",
        "2026-02-01T00:00:00+03:00",
        "2026-02-30T00:00:00Z",
        "2026-02-01T24:00:01Z",
        "2026-02-01T00:00:00.5Z",
        "2026-02-01t00:00:00z",
    ],
    ids=["empty", "day", "space", "no zone", "offset", "no such day", "no such hour", "fraction", "lower case"],
)
@pytest.mark.parametrize("operation", ["changes.checkDictionaries", "changes.checkCampaigns", "changes.check"])
def test_another_form_of_time_is_refused(client: EmulatorClient, operation: str, text: str) -> None:
    """A Timestamp of any other form, or one that does not exist, is error 4000."""
    params: dict[str, Any] = {"Timestamp": text}
    if operation == "changes.check":
        params |= {"CampaignIds": [1], "FieldNames": FIELDS}
    assert client.fault(operation, params) == 4000


def test_nothing_changed(client: EmulatorClient) -> None:
    """Where nothing changed checkCampaigns leaves the list out."""
    assert client.call("changes.checkCampaigns", {"Timestamp": LATER}) == {"Timestamp": LATER}


@pytest.mark.parametrize(
    ("operation", "params", "changes"),
    [
        ("campaigns.update", {"Campaigns": [{"Id": "campaign", "Name": "Новое имя"}]}, ["SELF"]),
        ("adgroups.update", {"AdGroups": [{"Id": "group", "Name": "Новое имя"}]}, ["CHILDREN"]),
        ("ads.suspend", {"SelectionCriteria": {"Ids": ["ad"]}}, ["CHILDREN"]),
        ("keywords.suspend", {"SelectionCriteria": {"Ids": ["keyword"]}}, ["CHILDREN"]),
        ("bids.set", {"Bids": [{"KeywordId": "keyword", "Bid": 9_000_000}]}, ["CHILDREN"]),
    ],
    ids=["campaign", "group", "ad", "keyword", "bid"],
)
def test_what_changed_is_told_of_its_campaign(
    client: EmulatorClient, operation: str, params: dict[str, Any], changes: list[str]
) -> None:
    """A change is SELF in the campaign and CHILDREN below it."""
    client.call(operation, _named(client, params))
    result = client.call("changes.checkCampaigns", {"Timestamp": LATER})
    assert result["Campaigns"] == [{"CampaignId": _ids(client)["campaign"], "ChangesIn": changes}]


@pytest.mark.parametrize(
    ("operation", "params", "modified"),
    [
        ("campaigns.update", {"Campaigns": [{"Id": "campaign", "Name": "Новое имя"}]}, {"CampaignIds": ["campaign"]}),
        ("adgroups.update", {"AdGroups": [{"Id": "group", "Name": "Новое имя"}]}, {"AdGroupIds": ["group"]}),
        ("ads.suspend", {"SelectionCriteria": {"Ids": ["ad"]}}, {"AdIds": ["ad"]}),
        ("keywords.suspend", {"SelectionCriteria": {"Ids": ["keyword"]}}, {"AdGroupIds": ["group"]}),
    ],
    ids=["campaign", "group", "ad", "keyword in its group"],
)
@pytest.mark.parametrize("id_list", ["CampaignIds", "AdGroupIds", "AdIds"])
def test_related_objects_are_told(
    client: EmulatorClient, id_list: str, operation: str, params: dict[str, Any], modified: dict[str, Any]
) -> None:
    """The answer of check tells changed campaigns, groups and ads around the given ids, whichever kind is given."""
    client.call(operation, _named(client, params))
    ids = _ids(client)
    start = {"CampaignIds": "campaign", "AdGroupIds": "group", "AdIds": "ad"}[id_list]
    answer = client.call("changes.check", {id_list: [ids[start]], "Timestamp": LATER, "FieldNames": FIELDS})
    assert answer == {"Modified": _named(client, modified), "Timestamp": LATER}


def test_the_next_interval_begins_where_the_last_ended(client: EmulatorClient) -> None:
    """A change after an answer is told for that answer's Timestamp, even within the same second."""
    stamp = client.call("changes.checkDictionaries", {})["Timestamp"]
    client.clock.now = START + 0.9
    client.call("ads.suspend", _named(client, {"SelectionCriteria": {"Ids": ["ad"]}}))
    assert "Campaigns" in client.call("changes.checkCampaigns", {"Timestamp": stamp})


def test_corrected_statistics_have_a_date(client: EmulatorClient) -> None:
    """A correction of statistics is STAT, and CampaignsStat tells from which day."""
    campaign = _ids(client)["campaign"]
    correct_statistics(client.emulator.store, campaign, from_day="2026-05-01", at=START)
    result = client.call("changes.checkCampaigns", {"Timestamp": LATER})
    assert result["Campaigns"] == [{"CampaignId": campaign, "ChangesIn": ["STAT"]}]
    params = {"CampaignIds": [campaign], "Timestamp": LATER, "FieldNames": ["CampaignsStat"]}
    corrected = [{"CampaignId": campaign, "BorderDate": "2026-05-01"}]
    assert client.call("changes.check", params)["Modified"] == {"CampaignsStat": corrected}


def test_several_corrections_of_a_campaign_are_told_together(client: EmulatorClient) -> None:
    """BorderDate is the earliest day of those since the Timestamp; one that comes later is not told before it comes."""
    campaign = _ids(client)["campaign"]
    for from_day, at in (("2026-03-01", 0), ("2026-05-20", 60), ("2026-01-01", 7200)):
        correct_statistics(client.emulator.store, campaign, from_day=from_day, at=START + at)
    for now, since, border in ((60, 0, "2026-03-01"), (60, 30, "2026-05-20"), (7200, 30, "2026-01-01")):
        client.clock.now = START + now
        params = {"CampaignIds": [campaign], "Timestamp": _moment(since), "FieldNames": ["CampaignsStat"]}
        corrected = [{"CampaignId": campaign, "BorderDate": border}]
        assert client.call("changes.check", params)["Modified"] == {"CampaignsStat": corrected}
    client.clock.now = START + 7200
    params = {"Timestamp": _moment(7201)}
    assert "Campaigns" not in client.call("changes.checkCampaigns", params)


def _moment(seconds: float) -> str:
    """So many seconds after the start, as the API writes it."""
    return datetime.fromtimestamp(START + seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": None},
        {"at": "now"},
        {"at": float("nan")},
        {"from_day": "2026-5-1"},
        {"from_day": None},
        {"campaign": "1"},
    ],
    ids=["no moment", "a text", "no number", "another form of day", "no day", "no id"],
)
def test_a_correction_that_makes_no_sense_is_refused(client: EmulatorClient, wrong: dict[str, Any]) -> None:
    """It is told with its place, and the store is as it was, so that later calls are answered."""
    (name,) = wrong
    arguments: dict[str, Any] = {"campaign": _ids(client)["campaign"], "from_day": "2026-05-01", "at": START} | wrong
    with pytest.raises(ConfigurationError, match=f"^{name}: found"):
        correct_statistics(client.emulator.store, arguments.pop("campaign"), **arguments)
    assert client.call("changes.checkCampaigns", {"Timestamp": LATER}) == {"Timestamp": LATER}


@pytest.mark.parametrize("deletes_in_changes", [False, True], ids=["hidden", "shown"])
@pytest.mark.parametrize(
    ("service", "modified"),
    [
        ("ads", {"AdGroupIds": ["group"]}),
        ("keywords", {"AdGroupIds": ["group"]}),
        ("bidmodifiers", {"CampaignIds": ["campaign"]}),
        ("adgroups", {}),
    ],
    ids=["ad", "keyword", "the campaign's modifier", "group"],
)
def test_a_delete_is_told_by_the_switch(
    client: EmulatorClient, service: str, modified: dict[str, Any], *, deletes_in_changes: bool
) -> None:
    """With deletes_in_changes a deleted object is told by its campaign, and by its group where it was in one."""
    object_ids = _deletable(client, service)
    client.emulator.switches.set({"deletes_in_changes": deletes_in_changes})
    deleted = client.call(f"{service}.delete", {"SelectionCriteria": {"Ids": [object_ids["Id"]]}})
    assert deleted["DeleteResults"][0]["Errors"] == []
    ids = {"campaign": object_ids["CampaignId"], "group": object_ids.get("AdGroupId")}
    campaigns = client.call("changes.checkCampaigns", {"Timestamp": LATER}).get("Campaigns", [])
    kind = "SELF" if service == "bidmodifiers" else "CHILDREN"
    assert campaigns == [{"CampaignId": ids["campaign"], "ChangesIn": [kind]}] * deletes_in_changes
    params = {"CampaignIds": [ids["campaign"]], "Timestamp": LATER, "FieldNames": FIELDS}
    named = {name: [ids[word] for word in words] for name, words in modified.items()}
    assert client.call("changes.check", params)["Modified"] == (named if deletes_in_changes else {})


def test_unknown_and_foreign_ids_are_not_found(client: EmulatorClient) -> None:
    """Ids that are unknown or somebody else's come back as NotFound."""
    foreign = client.first("campaigns", "demo-client-rub")["Id"]
    params = {"CampaignIds": [foreign, 5], "Timestamp": SEEDED, "FieldNames": ["CampaignIds"]}
    answer = client.call("changes.check", params)
    assert answer["Modified"] == {}
    assert answer["NotFound"] == {"CampaignIds": [foreign, 5]}


@pytest.mark.parametrize(
    ("ids", "code"),
    [
        ({}, 4003),
        ({"AdIds": []}, 4003),
        ({"CampaignIds": [1], "AdIds": [2]}, 4004),
        ({"CampaignIds": list(range(1, 3002))}, 9300),
        ({"AdGroupIds": list(range(1, 10_002))}, 9300),
        ({"AdIds": list(range(1, 50_002))}, 9300),
    ],
    ids=["none", "empty", "two", "campaigns", "groups", "ads"],
)
def test_one_list_of_limited_length(client: EmulatorClient, ids: dict[str, list[int]], code: int) -> None:
    """Just one of the three lists is given, of no more than its documented length."""
    assert client.fault("changes.check", {**ids, "Timestamp": SEEDED, "FieldNames": FIELDS}) == code


def test_what_is_too_much_for_one_answer_is_unprocessed(client: EmulatorClient) -> None:
    """Ids whose objects would make the answer too large come back, to be asked for again."""
    campaigns = [row.id for row in client.emulator.store.rows("campaigns", "demo-advertiser")]
    params = {"CampaignIds": campaigns, "Timestamp": SEEDED, "FieldNames": FIELDS}
    answer = changes.check(_call(client, "changes.check", params), largest=10)
    unprocessed = answer["Unprocessed"]["CampaignIds"]
    assert unprocessed
    assert campaigns == campaigns[: -len(unprocessed)] + unprocessed
    assert set(answer["Modified"]["CampaignIds"]).isdisjoint(unprocessed)


def _deletable(client: EmulatorClient, service: str) -> dict[str, Any]:
    """An object of the seed that may be deleted."""
    store = client.emulator.store
    for row in store.rows(service, "demo-advertiser"):
        document = row.document
        if service == "ads" and document["Status"] == "ACCEPTED":
            draft = document | {"Status": "DRAFT", "State": "OFF"}
            store.put("ads", row.id, row.login, draft, changed=row.changed)
            return draft
        if service == "adgroups":
            empty = document | {"Id": store.next_id("adgroups", 1)}
            store.put("adgroups", empty["Id"], row.login, empty, changed=row.changed)
            return empty
        if service == "keywords" or (service == "bidmodifiers" and document.get("AdGroupId") is None):
            return document
    raise LookupError(service)


def _call(client: EmulatorClient, key: str, params: dict[str, Any]) -> OperationCall:
    account = client.emulator.accounts.by_login("demo-advertiser")
    assert account is not None
    return OperationCall(
        operation=client.emulator.contract.operation(*key.split(".")),
        params=params,
        account=account,
        actor=account,
        store=client.emulator.store,
        accounts=client.emulator.accounts,
        contract=client.emulator.contract,
        version="v5",
        language="en",
        now=lambda: client.clock.now,
    )


def _ids(client: EmulatorClient) -> dict[str, int]:
    ad = client.first("ads", Type="TEXT_AD")
    keyword = client.first("keywords", AdGroupId=ad["AdGroupId"])
    return {"campaign": ad["CampaignId"], "group": ad["AdGroupId"], "ad": ad["Id"], "keyword": keyword["Id"]}


def _named(client: EmulatorClient, value: Any) -> Any:
    """Params with identifiers in place of their names."""
    if isinstance(value, dict):
        return {name: _named(client, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_named(client, inner) for inner in value]
    return _ids(client).get(value, value)
