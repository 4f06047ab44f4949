"""Converts names of the API to names of columns and tables: `AdGroupId` -> `ad_group_id`."""

import re

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def snake_case(name: str) -> str:
    """Converts a name of the API to snake case: `AdGroupId` -> `ad_group_id`, `VCardId` -> `vcard_id`."""
    return _WORD.sub("_", name).lower()
