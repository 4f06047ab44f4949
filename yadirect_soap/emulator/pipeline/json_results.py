"""The empty lists in results over JSON, as recorded in production; SOAP has no empty lists.

The answers of 2026-06 have `"Errors": []` in the result of each item that succeeded, and `Warnings` only where there
are some.  A get that finds nothing has an empty list in some services: `empty` in domain/resources.toml.
"""

from collections.abc import Mapping
from typing import Any

from yadirect_soap.protocol.field_lists import listed
from yadirect_soap.protocol.model import Operation, Shape

from ..domain.resources import resources


def with_empty_lists(operation: Operation, result: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the result of an operation as JSON has it.

    Args:
        operation: the operation.
        result: its result without empty lists, as SOAP has it.

    Returns:
        A copy with the empty lists; the argument does not change.
    """
    if operation.name == "get":
        resource = resources().get(operation.service)
        if resource is None or not resource.empty_list:
            return dict(result)
        return {listed(operation.response).name: [], **result}
    of_items = {member.name for member in operation.response.members if member.many and _is_of_item(member.shape)}
    return {
        name: [_with_errors(item) for item in value] if name in of_items else value for name, value in result.items()
    }


def _is_of_item(shape: Shape) -> bool:
    """Whether a type is the result of an item of a write."""
    return "Errors" in shape.by_name


def _with_errors(item: Mapping[str, Any]) -> Mapping[str, Any]:
    return item if "Errors" in item else {**item, "Errors": []}
