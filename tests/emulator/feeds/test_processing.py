"""Feeds by the clock: uploaded, at addresses, read anew; and what follows them."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import simplejson

from tests.clock import NOON, Clock
from tests.emulator.emulator_client import START, EmulatorClient, codes
from yadirect_soap.emulator import Emulator
from yadirect_soap.errors import ConfigurationError

ADDRESS = "https://shop.example/feed.xml"
FIELDS = ("Status", "NumberOfItems", "NumberOfListings", "UpdatedAt", "TitleAndTextSources")
NOTHING = dict.fromkeys(("NumberOfItems", "NumberOfListings", "UpdatedAt", "TitleAndTextSources"))


def yml(offers: int) -> str:
    """A feed of Yandex Market with so many offers."""
    inside = "".join(f'<offer id="{number}"><name>Shelf</name></offer>' for number in range(offers))
    return f"<yml_catalog><shop><offers>{inside}</offers></shop></yml_catalog>"


def uploaded(text: str, name: str = "feed.yml", business: str = "RETAIL") -> dict[str, Any]:
    """An item that adds a feed by its file."""
    file = {"Data": base64.b64encode(text.encode()).decode(), "Filename": name}
    return {"Name": "Feed", "BusinessType": business, "SourceType": "FILE", "FileFeed": file}


def linked(address: str = ADDRESS) -> dict[str, Any]:
    """An item that adds a feed by its address."""
    return {"Name": "Feed", "BusinessType": "RETAIL", "SourceType": "URL", "UrlFeed": {"Url": address}}


def feed_fields(client: EmulatorClient, key: int) -> dict[str, Any]:
    """What get tells of a feed."""
    return client.by_id("feeds", key, *FIELDS)


def statuses(client: EmulatorClient, clock: Clock, key: int) -> list[str]:
    """The statuses of a feed now, after a minute and after ten."""
    values = []
    for seconds in (59, 1, 539, 1):
        clock.now += seconds
        values.append(client.by_id("feeds", key, "Status")["Status"])
    return values


def test_a_file_is_read_in_time(client: EmulatorClient, clock: Clock) -> None:
    """An uploaded feed is NEW, UPDATING and DONE, and then has its numbers and the moment at which it was read."""
    (key,) = client.add("feeds", "Feeds", uploaded(yml(3)))
    assert feed_fields(client, key) == {"Status": "NEW"} | NOTHING
    assert statuses(client, clock, key) == ["NEW", "UPDATING", "UPDATING", "DONE"]
    assert feed_fields(client, key) == {
        "Status": "DONE",
        "NumberOfItems": 3,
        "NumberOfListings": 0,
        "UpdatedAt": "2026-05-29T12:10:00Z",
        "TitleAndTextSources": {"Items": ["name"]},
    }
    assert client.by_id("feeds", key, "Id", FileFeedFieldNames=["Filename"])["FileFeed"] == {"Filename": "feed.yml"}


@pytest.mark.parametrize(
    "item",
    [uploaded("no feed"), uploaded(yml(0)), uploaded(yml(3), business="HOTELS")],
    ids=["no feed", "no offers", "another business"],
)
def test_what_is_no_feed_is_an_error(client: EmulatorClient, clock: Clock, item: dict[str, Any]) -> None:
    """A file without offers, or with those of another business, ends as ERROR and has no numbers."""
    (key,) = client.add("feeds", "Feeds", item)
    assert statuses(client, clock, key) == ["NEW", "UPDATING", "UPDATING", "ERROR"]
    assert feed_fields(client, key) == {"Status": "ERROR"} | NOTHING | {"UpdatedAt": "2026-05-29T12:10:00Z"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("feed.pdf", [5004]), ("xml", [5004]), ("FEED.XML.GZ", [])],
    ids=["suffix", "no suffix", "capitals"],
)
def test_files_that_cannot_be_uploaded(client: EmulatorClient, name: str, expected: list[int]) -> None:
    """A file has one of the documented suffixes."""
    assert codes(client.write("feeds", "add", {"Feeds": [uploaded("x", name)]})) == [expected]


def test_a_workbook_stays_new(client: EmulatorClient, clock: Clock) -> None:
    """A workbook is taken, and never read."""
    item = uploaded("") | {"FileFeed": {"Data": base64.b64encode(b"\xd0\xcf\x11\xe0").decode(), "Filename": "f.xls"}}
    (key,) = client.add("feeds", "Feeds", item)
    assert statuses(client, clock, key) == ["NEW"] * 4


def test_another_file_is_read_anew(client: EmulatorClient, clock: Clock) -> None:
    """While a changed feed is UPDATING its numbers are those of before, and a name alone changes nothing."""
    (key,) = client.add("feeds", "Feeds", uploaded(yml(3)))
    clock.now += 600
    client.write("feeds", "update", {"Feeds": [{"Id": key, "Name": "Other"}]})
    assert feed_fields(client, key)["Status"] == "DONE"
    client.write("feeds", "update", {"Feeds": [{"Id": key, "FileFeed": uploaded(yml(5))["FileFeed"]}]})
    assert (feed_fields(client, key)["Status"], feed_fields(client, key)["NumberOfItems"]) == ("UPDATING", 3)
    clock.now += 600
    assert (feed_fields(client, key)["Status"], feed_fields(client, key)["NumberOfItems"]) == ("DONE", 5)


def test_nothing_is_fetched(client: EmulatorClient, clock: Clock) -> None:
    """A feed at an address of which nothing is known stays NEW."""
    (key,) = client.add("feeds", "Feeds", linked())
    assert statuses(client, clock, key) == ["NEW"] * 4
    assert feed_fields(client, key) == {"Status": "NEW"} | NOTHING


def test_a_test_puts_feeds_at_addresses(emulator: Emulator, client: EmulatorClient, clock: Clock) -> None:
    """What is put at an address is read by feeds that are there, by later ones, and anew when it is put again."""
    (earlier,) = client.add("feeds", "Feeds", linked())
    emulator.feeds.put(ADDRESS, yml(2))
    (later, other) = client.add("feeds", "Feeds", linked(), linked("https://other.example/feed.xml"))
    clock.now += 600
    assert [feed_fields(client, key)["NumberOfItems"] for key in (earlier, later, other)] == [2, 2, None]
    emulator.feeds.put(ADDRESS, b"broken")
    clock.now += 600
    assert feed_fields(client, earlier)["Status"] == "ERROR"
    assert emulator.feeds.addresses == [ADDRESS]
    with pytest.raises(ConfigurationError, match="workbooks"):
        emulator.feeds.put(ADDRESS, b"\xd0\xcf\x11\xe0")


def test_a_feed_moves_to_another_address(emulator: Emulator, client: EmulatorClient, clock: Clock) -> None:
    """Of a feed whose address is changed only what is at the new one is known."""
    emulator.feeds.put(ADDRESS, yml(2))
    emulator.feeds.put(f"{ADDRESS}?2", yml(4))
    (key,) = client.add("feeds", "Feeds", linked())
    clock.now += 600
    assert feed_fields(client, key)["NumberOfItems"] == 2
    client.write("feeds", "update", {"Feeds": [{"Id": key, "UrlFeed": {"Url": f"{ADDRESS}?2"}}]})
    clock.now += 600
    assert feed_fields(client, key)["NumberOfItems"] == 4
    client.write("feeds", "update", {"Feeds": [{"Id": key, "UrlFeed": {"Url": "https://other.example/"}}]})
    clock.now += 600
    assert feed_fields(client, key) == {"Status": "NEW"} | NOTHING


def test_a_program_puts_feeds_over_http(emulator: Emulator, client: EmulatorClient, clock: Clock) -> None:
    """The control endpoint takes texts and bytes, tells the addresses, and refuses what makes no sense."""
    with emulator.serve(control=True) as url:
        feeds = f"{url}/_emulator/feeds"
        put = requests.post(feeds, json={"url": ADDRESS, "contents": yml(2)}, timeout=5)
        assert (put.status_code, put.json()) == (201, {"addresses": [ADDRESS]})
        packed = base64.b64encode(yml(3).encode()).decode()
        assert requests.post(feeds, json={"url": f"{ADDRESS}?2", "base64": packed}, timeout=5).status_code == 201
        assert requests.get(feeds, timeout=5).json() == {"addresses": [ADDRESS, f"{ADDRESS}?2"]}
        for wrong in ({"url": ADDRESS}, {"url": ADDRESS, "base64": "?"}, {"url": ADDRESS, "contents": "", "more": 1}):
            assert requests.post(feeds, json=wrong, timeout=5).status_code == 400
    keys = client.add("feeds", "Feeds", linked(), linked(f"{ADDRESS}?2"))
    clock.now += 600
    assert [feed_fields(client, key)["NumberOfItems"] for key in keys] == [2, 3]


@pytest.fixture
def seeded(tmp_path: Path) -> Iterator[EmulatorClient]:
    """An account of a seed file with a feed at an address and its contents."""
    feed = linked() | {"contents": yml(7)}
    seed = tmp_path / "seed.json"
    seed.write_text(simplejson.dumps({"accounts": [{"login": "l", "token": "t", "objects": {"feeds": [feed]}}]}))
    with Emulator(seed=seed, clock=lambda: NOON) as emulator:
        yield EmulatorClient(emulator, "t")


def test_a_seed_has_feeds_with_contents(seeded: EmulatorClient) -> None:
    """A feed of a seed file has been read."""
    (feed,) = seeded.result("feeds", "get", {"FieldNames": ["Status", "NumberOfItems", "UpdatedAt"]})["Feeds"]
    assert feed == {"Status": "DONE", "NumberOfItems": 7, "UpdatedAt": "2026-05-29T12:00:00Z"}


@pytest.mark.parametrize(
    ("service", "row"),
    [("feeds", linked() | {"contents": 5}), ("campaigns", {"Name": "C", "contents": "x"})],
    ids=["no text", "no feed"],
)
def test_contents_are_texts_of_feeds(tmp_path: Path, service: str, row: dict[str, Any]) -> None:
    """Contents of anything else are a mistake with its place."""
    seed = tmp_path / "seed.json"
    seed.write_text(simplejson.dumps({"accounts": [{"login": "l", "objects": {service: [row]}}]}))
    with pytest.raises(ConfigurationError, match=rf"objects\.{service}\[0\]\.contents: .*expected a text"):
        Emulator(seed=seed)


@pytest.fixture
def demo_client() -> Iterator[EmulatorClient]:
    """An emulator with the demo accounts."""
    with EmulatorClient.demo(now=START) as demo_client:
        yield demo_client


def test_ads_and_groups_follow_their_feed(demo_client: EmulatorClient) -> None:
    """What is made of a feed is UNPROCESSED until the feed has been read."""
    (added,) = demo_client.call("feeds.add", {"Feeds": [uploaded(yml(3)) | {"FileFeed": _file(yml(3))}]})["AddResults"]
    (group,) = _groups(demo_client, 1)
    ads = [{"AdGroupId": group, kind: _of(added["Id"])} for kind in ("ShoppingAd", "ListingAd")]
    keys = [item["Id"] for item in demo_client.call("ads.add", {"Ads": ads}, version="v501")["AddResults"]]
    feeds = {"Name": "G", "RegionIds": [225], "CampaignId": demo_client.running_campaign("DYNAMIC_TEXT_CAMPAIGN")}
    feeds["DynamicTextFeedAdGroup"] = {"FeedId": added["Id"]}
    (added_group,) = demo_client.call("adgroups.add", {"AdGroups": [feeds]})["AddResults"]
    assert _processing(demo_client, keys, added_group["Id"]) == ["UNPROCESSED"] * 3
    demo_client.clock.now += 600
    assert _processing(demo_client, keys, added_group["Id"]) == ["PROCESSED"] * 3


def test_a_broken_feed_is_not_processed(demo_client: EmulatorClient) -> None:
    """What is made of a feed that ended as ERROR stays UNPROCESSED; what was made of a feed that worked goes on."""
    feeds = [uploaded(text) | {"FileFeed": _file(text)} for text in (yml(3), "broken")]
    good, bad = (item["Id"] for item in demo_client.call("feeds.add", {"Feeds": feeds})["AddResults"])
    groups = _groups(demo_client, 2)
    ads = [{"AdGroupId": group, "ShoppingAd": _of(key)} for group, key in zip(groups, (good, bad), strict=True)]
    keys = [item["Id"] for item in demo_client.call("ads.add", {"Ads": ads}, version="v501")["AddResults"]]
    demo_client.clock.now += 600
    assert _processing(demo_client, keys) == ["PROCESSED", "UNPROCESSED"]
    demo_client.call("feeds.update", {"Feeds": [{"Id": good, "FileFeed": _file("broken")}]})
    demo_client.clock.now += 600
    assert _processing(demo_client, keys) == ["PROCESSED", "UNPROCESSED"]


def test_a_feed_tells_its_campaigns(demo_client: EmulatorClient) -> None:
    """CampaignIds are the campaigns whose groups or ads use the feed; a feed that nobody uses has none."""
    feed = demo_client.first("feeds", Name="Каталог")["Id"]
    other = demo_client.first("feeds", Name="Распродажа")["Id"]
    params = {"SelectionCriteria": {"Ids": [feed, other]}, "FieldNames": ["Id", "CampaignIds"]}
    used, unused = demo_client.call("feeds.get", params)["Feeds"]
    kinds = ("UNIFIED_CAMPAIGN", "DYNAMIC_TEXT_CAMPAIGN", "SMART_CAMPAIGN")
    assert used["CampaignIds"] == {"Items": sorted(demo_client.running_campaign(kind) for kind in kinds)}
    assert unused["CampaignIds"] is None


def _groups(demo_client: EmulatorClient, count: int) -> list[int]:
    """New groups, since one has a single ad of each kind that shows a feed."""
    group = {"Name": "G", "CampaignId": demo_client.running_campaign("UNIFIED_CAMPAIGN"), "RegionIds": [225]}
    added = demo_client.call("adgroups.add", {"AdGroups": [group] * count}, version="v501")["AddResults"]
    return [item["Id"] for item in added]


def _of(feed: int) -> dict[str, Any]:
    """The kind of an ad that shows what a feed offers."""
    return {"FeedId": feed, "DefaultTexts": ["Cedar shelves"]}


def _file(text: str) -> dict[str, Any]:
    return {"Data": text.encode(), "Filename": "feed.yml"}


def _processing(demo_client: EmulatorClient, ads: list[int], *groups: int) -> list[str]:
    """The processing statuses of ads and of groups."""
    lists = {f"{kind}FieldNames": ["FeedProcessingStatus"] for kind in ("ShoppingAd", "ListingAd")}
    params = {"SelectionCriteria": {"Ids": ads}, "FieldNames": ["Id"], **lists}
    ad_items = demo_client.call("ads.get", params, version="v501")["Ads"]
    statuses = [member["FeedProcessingStatus"] for ad in ad_items for member in ad.values() if isinstance(member, dict)]
    if groups:
        names = {"FieldNames": ["Id"], "DynamicTextFeedAdGroupFieldNames": ["SourceProcessingStatus"]}
        answer = demo_client.call("adgroups.get", {"SelectionCriteria": {"Ids": list(groups)}, **names})["AdGroups"]
        statuses += [group["DynamicTextFeedAdGroup"]["SourceProcessingStatus"] for group in answer]
    return statuses
