"""What the API asks of shared sets of negative keywords.

https://yandex.ru/dev/direct/doc/en/negativekeywordsharedsets/add
"""

from collections.abc import Mapping
from typing import Any

from ...storage.store import Document
from ..call import Call
from .texts import check_length, check_negative_keywords

_SERVICE = "negativekeywordsharedsets"


def check(_call: Call, _item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises Refused for a shared set that the API would not have."""
    check_length(_SERVICE, "Name", after["Name"])
    check_negative_keywords(_SERVICE, after["NegativeKeywords"])
