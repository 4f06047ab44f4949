"""Feeds: the rules beyond the generic verbs: https://yandex.ru/dev/direct/doc/en/feeds/feeds."""

from collections.abc import Mapping
from typing import Any

from ... import feeds
from ...feeds.formats import SUFFIXES
from ...storage.store import Document
from ..call import OperationCall
from ..crud.item_results import ItemError
from ..crud.service_rules import Item, ServiceRules
from ..rules.feed_status import complete_feed
from ..rules.texts import check_length, check_link
from ..rules.uploads import content

_SERVICE = "feeds"


def _after_add(call: OperationCall, item: Item, feed: Document) -> None:
    _after_update(call, item, feed, {})


def _after_update(call: OperationCall, item: Item, after: Document, before: Document) -> None:
    """Begins to read the feed's new file or address."""
    file_feed = item.get("FileFeed")
    file = content(file_feed["Data"]) if file_feed is not None else None
    feeds.upload(call.store, call.account.login, before, after, file=file, at=call.now())


def _validate(_call: OperationCall, item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises ItemError for a feed that the API refuses."""
    check_length(_SERVICE, "Name", after["Name"])
    address = after.get("UrlFeed") or {}
    check_link(_SERVICE, "UrlFeed.Url", address.get("Url"))
    if address.get("Login"):
        check_length(_SERVICE, "UrlFeed.Login", address["Login"])
    if (file := item.get("FileFeed")) is not None:
        _check_filename(file["Filename"])


def _check_filename(filename: str) -> None:
    """Raises ItemError for a file name without one of the suffixes; the size of a request limits that of the file."""
    check_length(_SERVICE, "FileFeed.Filename", filename)
    name, _, suffix = filename.rpartition(".")
    if not name or suffix.lower() not in SUFFIXES:
        known = ", ".join(sorted(SUFFIXES))
        raise ItemError(5004, f"Filename: must end with one of {known}", f"Filename: допустимые расширения: {known}")


RULES = ServiceRules(validate=_validate, after_add=_after_add, after_update=_after_update, on_read=complete_feed)
