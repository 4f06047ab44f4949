"""Feeds by the clock: uploaded, at addresses, read anew; and what follows them."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import simplejson

from tests.clock import NOON, Clock
from tests.emulator.conftest import Asker, codes
from tests.emulator.talk import Talk
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


def told(ask: Asker, key: int) -> dict[str, Any]:
    """What get tells of a feed."""
    return ask.one("feeds", key, *FIELDS)


def statuses(ask: Asker, clock: Clock, key: int) -> list[str]:
    """The statuses of a feed now, after a minute and after ten."""
    found = []
    for seconds in (59, 1, 539, 1):
        clock.now += seconds
        found.append(ask.one("feeds", key, "Status")["Status"])
    return found


def test_a_file_is_read_in_time(ask: Asker, clock: Clock) -> None:
    """An uploaded feed is NEW, UPDATING and DONE, and then has its numbers and the moment at which it was read."""
    (key,) = ask.add("feeds", "Feeds", uploaded(yml(3)))
    assert told(ask, key) == {"Status": "NEW"} | NOTHING
    assert statuses(ask, clock, key) == ["NEW", "UPDATING", "UPDATING", "DONE"]
    assert told(ask, key) == {
        "Status": "DONE",
        "NumberOfItems": 3,
        "NumberOfListings": 0,
        "UpdatedAt": "2026-05-29T12:10:00Z",
        "TitleAndTextSources": {"Items": ["name"]},
    }
    assert ask.one("feeds", key, "Id", FileFeedFieldNames=["Filename"])["FileFeed"] == {"Filename": "feed.yml"}


@pytest.mark.parametrize(
    "item",
    [uploaded("no feed"), uploaded(yml(0)), uploaded(yml(3), business="HOTELS")],
    ids=["no feed", "no offers", "another business"],
)
def test_what_is_no_feed_is_an_error(ask: Asker, clock: Clock, item: dict[str, Any]) -> None:
    """A file without offers, or with those of another business, ends as ERROR and has no numbers."""
    (key,) = ask.add("feeds", "Feeds", item)
    assert statuses(ask, clock, key) == ["NEW", "UPDATING", "UPDATING", "ERROR"]
    assert told(ask, key) == {"Status": "ERROR"} | NOTHING | {"UpdatedAt": "2026-05-29T12:10:00Z"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("feed.pdf", [5004]), ("xml", [5004]), ("FEED.XML.GZ", [])],
    ids=["suffix", "no suffix", "capitals"],
)
def test_files_that_cannot_be_uploaded(ask: Asker, name: str, expected: list[int]) -> None:
    """A file has one of the documented suffixes."""
    assert codes(ask.write("feeds", "add", {"Feeds": [uploaded("x", name)]})) == [expected]


def test_a_workbook_stays_new(ask: Asker, clock: Clock) -> None:
    """A workbook is taken, and never read."""
    item = uploaded("") | {"FileFeed": {"Data": base64.b64encode(b"\xd0\xcf\x11\xe0").decode(), "Filename": "f.xls"}}
    (key,) = ask.add("feeds", "Feeds", item)
    assert statuses(ask, clock, key) == ["NEW"] * 4


def test_another_file_is_read_anew(ask: Asker, clock: Clock) -> None:
    """While a changed feed is UPDATING its numbers are those of before, and a name alone changes nothing."""
    (key,) = ask.add("feeds", "Feeds", uploaded(yml(3)))
    clock.now += 600
    ask.write("feeds", "update", {"Feeds": [{"Id": key, "Name": "Other"}]})
    assert told(ask, key)["Status"] == "DONE"
    ask.write("feeds", "update", {"Feeds": [{"Id": key, "FileFeed": uploaded(yml(5))["FileFeed"]}]})
    assert (told(ask, key)["Status"], told(ask, key)["NumberOfItems"]) == ("UPDATING", 3)
    clock.now += 600
    assert (told(ask, key)["Status"], told(ask, key)["NumberOfItems"]) == ("DONE", 5)


def test_nothing_is_fetched(ask: Asker, clock: Clock) -> None:
    """A feed at an address of which nothing is known stays NEW."""
    (key,) = ask.add("feeds", "Feeds", linked())
    assert statuses(ask, clock, key) == ["NEW"] * 4
    assert told(ask, key) == {"Status": "NEW"} | NOTHING


def test_a_test_puts_feeds_at_addresses(emulator: Emulator, ask: Asker, clock: Clock) -> None:
    """What is put at an address is read by feeds that are there, by later ones, and anew when it is put again."""
    (earlier,) = ask.add("feeds", "Feeds", linked())
    emulator.feeds.put(ADDRESS, yml(2))
    (later, other) = ask.add("feeds", "Feeds", linked(), linked("https://other.example/feed.xml"))
    clock.now += 600
    assert [told(ask, key)["NumberOfItems"] for key in (earlier, later, other)] == [2, 2, None]
    emulator.feeds.put(ADDRESS, b"broken")
    clock.now += 600
    assert told(ask, earlier)["Status"] == "ERROR"
    assert emulator.feeds.addresses == [ADDRESS]
    with pytest.raises(ConfigurationError, match="workbooks"):
        emulator.feeds.put(ADDRESS, b"\xd0\xcf\x11\xe0")


def test_a_feed_moves_to_another_address(emulator: Emulator, ask: Asker, clock: Clock) -> None:
    """Of a feed whose address is changed only what is at the new one is known."""
    emulator.feeds.put(ADDRESS, yml(2))
    emulator.feeds.put(f"{ADDRESS}?2", yml(4))
    (key,) = ask.add("feeds", "Feeds", linked())
    clock.now += 600
    assert told(ask, key)["NumberOfItems"] == 2
    ask.write("feeds", "update", {"Feeds": [{"Id": key, "UrlFeed": {"Url": f"{ADDRESS}?2"}}]})
    clock.now += 600
    assert told(ask, key)["NumberOfItems"] == 4
    ask.write("feeds", "update", {"Feeds": [{"Id": key, "UrlFeed": {"Url": "https://other.example/"}}]})
    clock.now += 600
    assert told(ask, key) == {"Status": "NEW"} | NOTHING


def test_a_program_puts_feeds_over_http(emulator: Emulator, ask: Asker, clock: Clock) -> None:
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
    keys = ask.add("feeds", "Feeds", linked(), linked(f"{ADDRESS}?2"))
    clock.now += 600
    assert [told(ask, key)["NumberOfItems"] for key in keys] == [2, 3]


@pytest.fixture
def seeded(tmp_path: Path) -> Iterator[Asker]:
    """An account of a seed file with a feed at an address and its contents."""
    feed = linked() | {"contents": yml(7)}
    seed = tmp_path / "seed.json"
    seed.write_text(simplejson.dumps({"accounts": [{"login": "l", "token": "t", "objects": {"feeds": [feed]}}]}))
    with Emulator(seed=seed, clock=lambda: NOON) as emulator:
        yield Asker(emulator, "t")


def test_a_seed_has_feeds_with_contents(seeded: Asker) -> None:
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
def talk() -> Iterator[Talk]:
    """An emulator with the demo accounts."""
    with Talk() as talk:
        yield talk


def test_ads_and_groups_follow_their_feed(talk: Talk) -> None:
    """What is made of a feed is UNPROCESSED until the feed has been read."""
    (added,) = talk.ask("feeds.add", {"Feeds": [uploaded(yml(3)) | {"FileFeed": _file(yml(3))}]})["AddResults"]
    (group,) = _groups(talk, 1)
    ads = [{"AdGroupId": group, kind: _of(added["Id"])} for kind in ("ShoppingAd", "ListingAd")]
    keys = [each["Id"] for each in talk.ask("ads.add", {"Ads": ads}, version="v501")["AddResults"]]
    feeds = {"Name": "G", "RegionIds": [225], "CampaignId": talk.campaign("DYNAMIC_TEXT_CAMPAIGN")}
    feeds["DynamicTextFeedAdGroup"] = {"FeedId": added["Id"]}
    (made,) = talk.ask("adgroups.add", {"AdGroups": [feeds]})["AddResults"]
    assert _processing(talk, keys, made["Id"]) == ["UNPROCESSED"] * 3
    talk.now += 600
    assert _processing(talk, keys, made["Id"]) == ["PROCESSED"] * 3


def test_a_broken_feed_is_not_processed(talk: Talk) -> None:
    """What is made of a feed that ended as ERROR stays UNPROCESSED; what was made of a feed that worked goes on."""
    feeds = [uploaded(text) | {"FileFeed": _file(text)} for text in (yml(3), "broken")]
    good, bad = (each["Id"] for each in talk.ask("feeds.add", {"Feeds": feeds})["AddResults"])
    groups = _groups(talk, 2)
    ads = [{"AdGroupId": group, "ShoppingAd": _of(key)} for group, key in zip(groups, (good, bad), strict=True)]
    keys = [each["Id"] for each in talk.ask("ads.add", {"Ads": ads}, version="v501")["AddResults"]]
    talk.now += 600
    assert _processing(talk, keys) == ["PROCESSED", "UNPROCESSED"]
    talk.ask("feeds.update", {"Feeds": [{"Id": good, "FileFeed": _file("broken")}]})
    talk.now += 600
    assert _processing(talk, keys) == ["PROCESSED", "UNPROCESSED"]


def test_a_feed_tells_its_campaigns(talk: Talk) -> None:
    """CampaignIds are the campaigns whose groups or ads use the feed; a feed that nobody uses has none."""
    feed = talk.first("feeds", Name="Каталог")["Id"]
    other = talk.first("feeds", Name="Распродажа")["Id"]
    params = {"SelectionCriteria": {"Ids": [feed, other]}, "FieldNames": ["Id", "CampaignIds"]}
    used, unused = talk.ask("feeds.get", params)["Feeds"]
    kinds = ("UNIFIED_CAMPAIGN", "DYNAMIC_TEXT_CAMPAIGN", "SMART_CAMPAIGN")
    assert used["CampaignIds"] == {"Items": sorted(talk.campaign(kind) for kind in kinds)}
    assert unused["CampaignIds"] is None


def _groups(talk: Talk, count: int) -> list[int]:
    """New groups, since one has a single ad of each kind that shows a feed."""
    group = {"Name": "G", "CampaignId": talk.campaign("UNIFIED_CAMPAIGN"), "RegionIds": [225]}
    added = talk.ask("adgroups.add", {"AdGroups": [group] * count}, version="v501")["AddResults"]
    return [each["Id"] for each in added]


def _of(feed: int) -> dict[str, Any]:
    """The kind of an ad that shows what a feed offers."""
    return {"FeedId": feed, "DefaultTexts": ["Cedar shelves"]}


def _file(text: str) -> dict[str, Any]:
    return {"Data": text.encode(), "Filename": "feed.yml"}


def _processing(talk: Talk, ads: list[int], *groups: int) -> list[str]:
    """The processing statuses of ads and of groups."""
    lists = {f"{kind}FieldNames": ["FeedProcessingStatus"] for kind in ("ShoppingAd", "ListingAd")}
    params = {"SelectionCriteria": {"Ids": ads}, "FieldNames": ["Id"], **lists}
    found = talk.ask("ads.get", params, version="v501")["Ads"]
    told = [member["FeedProcessingStatus"] for ad in found for member in ad.values() if isinstance(member, dict)]
    if groups:
        names = {"FieldNames": ["Id"], "DynamicTextFeedAdGroupFieldNames": ["SourceProcessingStatus"]}
        answer = talk.ask("adgroups.get", {"SelectionCriteria": {"Ids": list(groups)}, **names})["AdGroups"]
        told += [group["DynamicTextFeedAdGroup"]["SourceProcessingStatus"] for group in answer]
    return told
