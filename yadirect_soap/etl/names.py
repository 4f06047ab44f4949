"""Converts names of the API to names of columns and tables: `AdGroupId` -> `ad_group_id`."""

import re
from collections.abc import Iterable
from typing import Any

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def text_list(given: object) -> tuple[str, ...] | None:
    """Returns the texts of a list or another iterable; None for a text alone, and for what has other items."""
    items: tuple[Any, ...] = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (None,)
    return items if all(isinstance(item, str) for item in items) else None


def snake_case(name: str) -> str:
    """Converts a name of the API to snake case: `AdGroupId` -> `ad_group_id`, `VCardId` -> `vcard_id`."""
    return _WORD.sub("_", name).lower()
