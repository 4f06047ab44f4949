"""Counts the objects in a result that succeeded and that failed."""

from collections.abc import Mapping
from typing import Any

from yadirect_soap.protocol.model import Operation

_OF_THE_WHOLE = frozenset({"Errors", "Warnings"})


def count_items(operation: Operation, result: Mapping[str, Any]) -> tuple[int, int]:
    """Returns the numbers of successful and failed objects in a result; a result without a list is one object."""
    lists = [member.name for member in operation.response.members if member.many and member.name not in _OF_THE_WHOLE]
    if not lists:
        failed = bool(result.get("Errors"))
        return int(not failed), int(failed)
    items = [item for name in lists for item in result.get(name, ())]
    errors = sum(1 for item in items if isinstance(item, Mapping) and item.get("Errors"))
    return len(items) - errors, errors
