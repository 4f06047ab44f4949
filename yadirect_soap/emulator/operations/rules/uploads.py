"""Files inside of items: as bytes, or as their base64 text, which the contract lets pass too."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from ..crud.item_results import Refused


def content(value: bytes | str) -> bytes:
    """The bytes of a file; Refused with 5004 for a text that is not base64."""
    if isinstance(value, bytes):
        return value
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise Refused(5004, "Not base64", "Неверная кодировка base64") from None


def file(item: Mapping[str, Any]) -> bytes | None:
    """The file of a feed's item, if it has one."""
    given = item.get("FileFeed")
    return content(given["Data"]) if given is not None else None
