"""The processing of feeds: a file is read when it comes; its results appear some time later, by the clock.

https://yandex.ru/dev/direct/doc/en/feeds/get
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ..domain.timestamps import moment
from ..storage.store import Document, Store
from . import detect_format
from .formats import NotAFeed

WAITING = 60
"""Seconds in which a new feed is NEW."""
SECONDS = 600
"""Seconds after which a feed is DONE or ERROR; before that it is UPDATING."""

_READINGS = "feed readings"
"""The name under which the store holds the contents of feeds; no service has this name."""
_UNPROCESSED = "UNPROCESSED"
_UNKNOWN: Mapping[str, Any] = MappingProxyType(
    {
        "Status": "NEW",
        "UpdatedAt": None,
        "NumberOfItems": None,
        "NumberOfListings": None,
        "TitleAndTextSources": None,
    }
)

FileContents = dict[str, Any]
"""The contents of a file, or the reason why it is no feed, as plain JSON data."""


def read_contents(data: bytes) -> FileContents:
    """Reads the contents of a file; raises UnreadFormat for one that the emulator does not read."""
    try:
        contents = detect_format.read(data)
    except NotAFeed as unusable:
        return {"error": str(unusable)}
    return {
        "items": contents.items,
        "listings": contents.listings,
        "texts": list(contents.texts),
        "businesses": sorted(contents.businesses),
    }


def receive(store: Store, login: str, feed: Document, contents: FileContents, *, at: float) -> None:
    """Begins to process new contents of a feed; until it is done, the feed has its old numbers."""
    store.put("feeds", feed["Id"], login, feed_at(store, login, feed, at), changed=at)
    store.put(_READINGS, feed["Id"], login, contents, changed=at)


def forget(store: Store, login: str, feed: Document, *, at: float) -> None:
    """Removes the contents of a feed, which is NEW again."""
    store.delete(_READINGS, feed["Id"])
    store.put("feeds", feed["Id"], login, {**feed, **_UNKNOWN}, changed=at)


def feed_at(store: Store, login: str, feed: Document, now: float) -> Document:
    """Returns a feed with its status and numbers at a moment."""
    reading = next(iter(store.rows(_READINGS, login, ids=[feed["Id"]])), None)
    if reading is None:
        return feed
    age = now - reading.changed
    if age < SECONDS:
        is_new = age < WAITING and feed["Status"] == "NEW"
        return feed | {"Status": "NEW" if is_new else "UPDATING"}
    return feed | _outcome(reading.document, feed["BusinessType"]) | {"UpdatedAt": moment(reading.changed + SECONDS)}


def followed(store: Store, login: str, now: float) -> Callable[[Document, str], Document]:
    """Returns a function that sets a member of an ad or group to the processing status of its feed.

    A status from a seed stays.
    """
    known: dict[int, str] = {}

    def follow(member: Document, name: str) -> Document:
        key = member.get("FeedId")
        if key is None or member.get(name, _UNPROCESSED) != _UNPROCESSED:
            return member
        if key not in known:
            feed = store.get("feeds", key, login)
            known[key] = _UNPROCESSED if feed is None else _processed(feed_at(store, login, feed, now))
        return member | {name: known[key]}

    return follow


def _outcome(contents: FileContents, business: str) -> Document:
    """Returns the members of a processed feed: DONE if it has offers of the feed's business, else ERROR."""
    if not contents.get("items") or business not in contents["businesses"]:
        return {"Status": "ERROR"}
    return {
        "Status": "DONE",
        "NumberOfItems": contents["items"],
        "NumberOfListings": contents["listings"],
        "TitleAndTextSources": {"Items": contents["texts"]} if contents["texts"] else None,
    }


def _processed(feed: Document) -> str:
    """Returns the processing status of a feed; a feed with numbers is PROCESSED, even while it is read again."""
    known = feed.get("NumberOfItems") or feed["Status"] == "DONE"
    return "PROCESSED" if known else _UNPROCESSED
