"""What the API asks of feeds: https://yandex.ru/dev/direct/doc/en/feeds/add."""

from collections.abc import Mapping
from typing import Any

from ...feeds.formats import SUFFIXES
from ...storage.store import Document
from ..call import Call
from ..crud.item_results import Refused
from .texts import check_length, check_link

_SERVICE = "feeds"


def check(_call: Call, item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises Refused for a feed that the API would not have."""
    check_length(_SERVICE, "Name", after["Name"])
    address = after.get("UrlFeed") or {}
    check_link(_SERVICE, "UrlFeed.Url", address.get("Url"))
    if address.get("Login"):
        check_length(_SERVICE, "UrlFeed.Login", address["Login"])
    if (file := item.get("FileFeed")) is not None:
        _check_filename(file["Filename"])


def _check_filename(filename: str) -> None:
    """The name has one of the suffixes; the size of the file is bounded by that of a request."""
    check_length(_SERVICE, "FileFeed.Filename", filename)
    name, _, suffix = filename.rpartition(".")
    if not name or suffix.lower() not in SUFFIXES:
        known = ", ".join(sorted(SUFFIXES))
        raise Refused(5004, f"Filename: must end with one of {known}", f"Filename: допустимые расширения: {known}")
