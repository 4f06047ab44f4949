"""Where the contract keeps what a verb needs: the items of a write, the objects of a get, their members."""

from collections.abc import Mapping
from typing import Any

from yadirect_soap.protocol.field_lists import listed
from yadirect_soap.protocol.model import Kind, Member, Shape

from ..call import OperationCall

ITEMS = "Items"
"""The one member of the types that wrap an array, so that it can be nil."""


def document_shape(call: OperationCall) -> Shape:
    """The shape of the service's objects, as its get gives them and as the store keeps them."""
    return listed(call.contract[call.operation.service].operations["get"].response).shape


def wrapped(shape: Shape) -> Member | None:
    """The array that an object does nothing but wrap, or None."""
    alone = shape.members[0] if len(shape.members) == 1 else None
    return alone if alone is not None and alone.name == ITEMS and alone.many else None


def fitted(value: Any, shape: Shape) -> Any:
    """A value without members that a shape does not know, and without items that name in it what it does not know."""
    if isinstance(value, list):
        return [fitted(item, shape) for item in value if _is_known(item, shape)]
    if not isinstance(value, Mapping):
        return value
    known = shape.by_name
    return {name: fitted(inner, known[name].shape) for name, inner in value.items() if name in known}


def _is_known(item: Any, shape: Shape) -> bool:
    names = [member.name for member in shape.members if member.shape.kind is Kind.ENUM]
    return all(item[name] in shape.by_name[name].shape.value_set for name in names if name in item)
