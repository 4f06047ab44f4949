"""What the API asks of groups: https://yandex.ru/dev/direct/doc/ru/adgroups/add and /adgroups/update."""

from collections.abc import Mapping
from typing import Any

from ...call import Call
from ...store import Document
from ..outcome import Refused
from .texts import check_count, check_negative_keywords

_NAME = 255
_SETS = 3


def check(_call: Call, item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises Refused for a group that the API would not have."""
    if not after["Name"].strip():
        raise Refused(5004, "Name is empty", "Название группы пустое")
    if len(after["Name"]) > _NAME:
        raise Refused(5001, f"Name is longer than {_NAME} characters", f"Название длиннее {_NAME} символов")
    if item.get("RegionIds"):
        _check_regions(item["RegionIds"])
    check_negative_keywords((item.get("NegativeKeywords") or {}).get("Items", []), 4096)
    check_count("NegativeKeywordSharedSetIds", (item.get("NegativeKeywordSharedSetIds") or {}).get("Items", []), _SETS)


def _check_regions(regions: list[int]) -> None:
    """Plus-regions, and minus-regions inside them.

    Which regions there are is not asked: the emulator's dictionary holds but a part of them.
    """
    shown = {region for region in regions if region >= 0}
    hidden = {-region for region in regions if region < 0}
    if len(shown) + len(hidden) < len(regions):
        raise Refused(5120, "RegionIds has repeated regions", "В RegionIds есть повторяющиеся регионы")
    if not shown:
        raise Refused(5120, "RegionIds has only minus-regions", "В RegionIds только минус-регионы")
    if shown & hidden:
        raise Refused(5120, "A region is both included and excluded", "Регион и включен, и исключен")
