"""What the API asks of feeds: https://yandex.ru/dev/direct/doc/en/feeds/add."""

from collections.abc import Mapping
from typing import Any

from ...call import Call
from ...store import Document
from ..outcome import Refused
from .texts import check_length, check_link

_NAME = 255
_SOURCES = (("URL", "UrlFeed"), ("FILE", "FileFeed"))


def check(_call: Call, item: Mapping[str, Any], after: Document, before: Document) -> None:
    """Raises Refused for a feed that the API would not have."""
    check_length("Name", after["Name"], _NAME)
    for source, name in _SOURCES:
        if not before and after.get("SourceType") == source and item.get(name) is None:
            raise Refused(5000, f"{name} is required", f"Требуется {name}")
    check_link("Url", (after.get("UrlFeed") or {}).get("Url"))
