"""Shapes that a verb needs from the contract: the objects of a service, arrays, known members."""

from collections.abc import Mapping
from typing import Any

from yadirect_soap.protocol.field_lists import listed
from yadirect_soap.protocol.model import Kind, Member, Shape

from ..call import OperationCall

ITEMS = "Items"
"""The one member of the types that wrap an array, so that it can be nil."""


def document_shape(call: OperationCall) -> Shape:
    """Returns the shape of the service's objects, which get returns and the store holds."""
    return listed(call.contract[call.operation.service].operations["get"].response).shape


def wrapped(shape: Shape) -> Member | None:
    """Returns the array of an object that only wraps an array; None for another object."""
    alone = shape.members[0] if len(shape.members) == 1 else None
    return alone if alone is not None and alone.name == ITEMS and alone.many else None


def fitted(value: Any, shape: Shape) -> Any:
    """Returns a value reduced to the members of a shape, and to items whose enumeration values the shape has."""
    if isinstance(value, list):
        return [fitted(item, shape) for item in value if _is_known(item, shape)]
    if not isinstance(value, Mapping):
        return value
    known = shape.by_name
    return {name: fitted(inner, known[name].shape) for name, inner in value.items() if name in known}


def _is_known(item: Any, shape: Shape) -> bool:
    names = [member.name for member in shape.members if member.shape.kind is Kind.ENUM]
    return all(item[name] in shape.by_name[name].shape.value_set for name in names if name in item)
