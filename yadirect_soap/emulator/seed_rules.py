"""What an object of a seed file may be, beyond the types of its members: days, times of day, identifiers."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .account_rules import is_day
from .rows import shown

_DAYS = frozenset({"StartDate", "EndDate"})
_TIMES = frozenset({"TimeFrom", "TimeTo"})
_TIME = re.compile("(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_FIRST_IDS = frozenset({"Id", "CampaignId", "AdGroupId"})
"""Members that always name an object; others may be 0 or a number of another system."""


def violations(value: Any, name: str = "", place: str = "") -> Iterator[tuple[str, str]]:
    """Each member that the API never gives in this form, with its place inside the object."""
    if isinstance(value, Mapping):
        for inner, each in value.items():
            yield from violations(each, inner, f"{place}.{inner}")
        yield from _order(value, place)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from violations(each, name, f"{place}[{index}]")
    elif (expected := _expected(name, value)) is not None:
        yield place, f"found {shown(value)}, expected {expected}"


def _expected(name: str, value: Any) -> str | None:
    if isinstance(value, str):
        if name in _DAYS and not is_day(value):
            return "a day such as 2026-03-01"
        if name in _TIMES and not _TIME.fullmatch(value):
            return "a time of day such as 09:00"
    elif name in _FIRST_IDS and isinstance(value, int) and value < 1:
        return "an identifier from 1"
    return None


def _order(value: Mapping[str, Any], place: str) -> Iterator[tuple[str, str]]:
    start, end = (value.get(name) for name in ("StartDate", "EndDate"))
    if isinstance(start, str) and isinstance(end, str) and is_day(start) and is_day(end) and end < start:
        yield f"{place}.EndDate", f"found {shown(end)}, expected a day not before StartDate, {start}"
