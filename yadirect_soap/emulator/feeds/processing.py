"""How a feed is read: what was given is looked at when it comes, and told when its time has come by the clock.

https://yandex.ru/dev/direct/doc/en/feeds/get
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ..domain.timestamps import moment
from ..storage.store import Document, Store
from . import detect_format
from .formats import Unusable

WAITING = 60
"""Seconds that a new feed is NEW."""
SECONDS = 600
"""Seconds after which a feed has been read; in between it is UPDATING."""

_READINGS = "feed readings"
"""Where the store keeps, beside the feeds, what was found in them; it is no service's name."""
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
"""What a file holds, or why it is no feed, as plain JSON data."""


def read_contents(data: bytes) -> FileContents:
    """What there is in a file; raises Unread for one that the emulator does not read."""
    try:
        contents = detect_format.read(data)
    except Unusable as unusable:
        return {"error": str(unusable)}
    return {
        "items": contents.items,
        "listings": contents.listings,
        "texts": list(contents.texts),
        "businesses": sorted(contents.businesses),
    }


def receive(store: Store, login: str, feed: Document, contents: FileContents, *, at: float) -> None:
    """Begins to read a feed in which this was found; what is known of it until now is known until it is done."""
    store.put("feeds", feed["Id"], login, feed_at(store, login, feed, at), changed=at)
    store.put(_READINGS, feed["Id"], login, contents, changed=at)


def forget(store: Store, login: str, feed: Document, *, at: float) -> None:
    """Makes a feed one of which nothing is known."""
    store.delete(_READINGS, feed["Id"])
    store.put("feeds", feed["Id"], login, {**feed, **_UNKNOWN}, changed=at)


def feed_at(store: Store, login: str, feed: Document, now: float) -> Document:
    """A feed as it stands at a moment."""
    reading = next(iter(store.rows(_READINGS, login, ids=[feed["Id"]])), None)
    if reading is None:
        return feed
    age = now - reading.changed
    if age < SECONDS:
        is_new = age < WAITING and feed["Status"] == "NEW"
        return feed | {"Status": "NEW" if is_new else "UPDATING"}
    return feed | _outcome(reading.document, feed["BusinessType"]) | {"UpdatedAt": moment(reading.changed + SECONDS)}


def followed(store: Store, login: str, now: float) -> Callable[[Document, str], Document]:
    """What gives a member of an ad or a group, which names a feed, the status that follows from the feed.

    A status that a seed has given otherwise stays.
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
    """Done, if there are offers and they are of the feed's business."""
    if not contents.get("items") or business not in contents["businesses"]:
        return {"Status": "ERROR"}
    return {
        "Status": "DONE",
        "NumberOfItems": contents["items"],
        "NumberOfListings": contents["listings"],
        "TitleAndTextSources": {"Items": contents["texts"]} if contents["texts"] else None,
    }


def _processed(feed: Document) -> str:
    """A feed is used by what is known of it, also while it is read anew."""
    known = feed.get("NumberOfItems") or feed["Status"] == "DONE"
    return "PROCESSED" if known else _UNPROCESSED
