"""Converts the objects of a get to a pyarrow table; pyarrow is an extra.

Columns are typed by the contract that ships with the package: int64 for integers and micros, decimal128 for decimals
and money in currency units, date32 for days, timestamp in UTC for moments, string for texts and enumerations, binary
for bytes, a list for a list of these.  An object inside an object, a list of objects, and a member that the contract
does not have are a text of JSON: a struct could not tell a nil member from an absent one.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pyarrow

from yadirect_soap.errors import DecodeError, UnknownNameError
from yadirect_soap.language import _
from yadirect_soap.protocol import facts, json
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.field_lists import field_lists, paths_of
from yadirect_soap.protocol.model import Kind, Member, Operation
from yadirect_soap.protocol.scalars import EncodeError

_DECIMAL = pyarrow.decimal128(38, 6)
_TYPES: Mapping[Kind, pyarrow.DataType] = MappingProxyType(
    {
        Kind.INT: pyarrow.int64(),
        Kind.LONG: pyarrow.int64(),
        Kind.DECIMAL: _DECIMAL,
        Kind.BASE64: pyarrow.binary(),
        Kind.STRING: pyarrow.string(),
        Kind.ENUM: pyarrow.string(),
    }
)


def table(
    objects: Sequence[Mapping[str, Any]], operation: str, fields: Mapping[str, Sequence[str]], *, in_decimal: bool
) -> pyarrow.Table:
    """Returns a table with a column for each member that was requested or that some object has.

    Args:
        objects: the objects of a get.
        operation: its key: "ads.get".
        fields: the requested fields, by the names of their lists.
        in_decimal: whether money is Decimal in currency units; else it is int in micros.

    Returns:
        The table, with the columns in the order of the contract; nil and absent are null.

    Raises:
        DecodeError: a value does not fit the type of its column exactly.
    """
    called = _operation(operation)
    members = called.listed.shape.by_name if called is not None and called.listed else {}
    present = _requested(called, fields) | dict.fromkeys(name for item in objects for name in item)
    names = [*(name for name in members if name in present), *(name for name in present if name not in members)]
    columns = []
    for name in names:
        values = [item.get(name) for item in objects]
        try:
            columns.append(_column(values, members.get(name), in_decimal=in_decimal))
        except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, EncodeError, OverflowError) as error:
            raise DecodeError(
                _("the column {name} of a table: {error}", name=name, error=error), operation=operation
            ) from error
    return pyarrow.Table.from_arrays(columns, names=names)


def _operation(key: str) -> Operation | None:
    """Returns the operation with a key; None if the contract does not have it."""
    try:
        return bundled().operation(*key.split("."))
    except UnknownNameError:
        return None


def _requested(operation: Operation | None, fields: Mapping[str, Sequence[str]]) -> dict[str, None]:
    """Returns the names of the members that lists of fields request: `TextAd` is requested by TextAdFieldNames."""
    requested: dict[str, None] = {}
    for param, names in fields.items():
        prefix = param.removesuffix("FieldNames")
        if not prefix:
            requested |= dict.fromkeys(names)
        elif names and operation is not None and prefix in field_lists(operation):
            requested |= dict.fromkeys(path[0] for path in paths_of(operation.response, prefix))
    return requested


def _column(values: list[Any], member: Member | None, *, in_decimal: bool) -> pyarrow.Array:
    if member is None or member.shape.kind is Kind.OBJECT:
        return pyarrow.array([None if value is None else _json(value) for value in values], type=pyarrow.string())
    of_value = _type(member, in_decimal=in_decimal)
    if pyarrow.types.is_temporal(of_value):
        return pyarrow.array(values, type=pyarrow.string()).cast(of_value)
    return pyarrow.array(values, type=pyarrow.list_(of_value) if member.many else of_value)


def _type(member: Member, *, in_decimal: bool) -> pyarrow.DataType:
    known = facts.bundled()
    if known.nature(member.owner, member.name) == "money":
        return _DECIMAL if in_decimal else pyarrow.int64()
    if member.shape.kind is Kind.STRING and not member.many:
        if member.name in known.result_days:
            return pyarrow.date32()
        if member.name in known.result_moments:
            return pyarrow.timestamp("us", tz="UTC")
    return _TYPES[member.shape.kind]


def _json(value: Any) -> str:
    return json.dump(json.to_json(value)).decode()
