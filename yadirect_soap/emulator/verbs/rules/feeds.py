"""What the API asks of feeds: https://yandex.ru/dev/direct/doc/en/feeds/add."""

from collections.abc import Mapping
from typing import Any

from ...call import Call
from ...store import Document
from .texts import check_length, check_link

_NAME = 255
_LOGIN = 50


def check(_call: Call, _item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises Refused for a feed that the API would not have."""
    check_length("Name", after["Name"], _NAME)
    address, file = after.get("UrlFeed") or {}, after.get("FileFeed") or {}
    check_link("Url", address.get("Url"))
    if address.get("Login"):
        check_length("Login", address["Login"], _LOGIN)
    if "Filename" in file:
        check_length("Filename", file["Filename"], _NAME)
