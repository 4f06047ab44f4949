"""What the API asks of callouts: https://yandex.ru/dev/direct/doc/ru/adextensions/add."""

from collections.abc import Mapping
from typing import Any

from ...storage.store import Document
from ..call import Call
from .texts import check_length


def check(_call: Call, _item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises Refused for an extension that the API would not have."""
    check_length("adextensions", "Callout.CalloutText", after["Callout"]["CalloutText"])
