"""Converts objects among the params to plain values.

Dataclasses, attrs objects and pydantic models become dicts; numbers and columns of numpy and pandas become ints and
lists, and so do sets, generators and other iterators.

None of these libraries is imported: an object is recognised by its attributes.  This module decides which fields are
sent; the check decides whether names and values are right, as for any dict.
"""

import operator
from collections.abc import Iterable, Iterator, Mapping, Set, ValuesView
from typing import Any

from yadirect_soap.protocol.scalars import is_list

_PLAIN = (str, int, float, bytes, bytearray, memoryview, type)
_ITEMS = (Set, ValuesView, Iterator)

FieldValues = Iterator[tuple[str, Any]]
"""The names and values of an object's fields."""


def as_dicts(value: Any) -> Any:
    """Converts every object in a value, at any depth, to a dict, a list or an int.

    The value itself is returned if there is nothing to convert.  Absent, None and a value stay different.  Of a model
    only the fields that were set are sent, by their aliases.  A field of a dataclass or attrs object is left out if it
    holds `...`, or None that is its default; any other None is nil, and any other default is sent.  A value that
    contains itself is returned unchanged, and the check refuses it.
    """
    try:
        return _to_plain(value)
    except RecursionError:
        return value


def _to_plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        members = {name: _to_plain(inner) for name, inner in value.items()}
        return members if any(members[name] is not value[name] for name in members) else value
    if is_list(value):
        items = [_to_plain(item) for item in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if value is None or isinstance(value, _PLAIN):
        return value
    fields = _field_values(value)
    return _of_other_type(value) if fields is None else {name: _to_plain(inner) for name, inner in fields}


def _of_other_type(value: Any) -> Any:
    """Converts integers, arrays and columns of other libraries, sets and iterators."""
    if isinstance(value, _ITEMS):
        return [_to_plain(item) for item in value]
    if hasattr(value, "tolist"):
        converted = value.tolist()
        return _to_plain(converted) if isinstance(converted, list) else converted
    return operator.index(value) if hasattr(value, "__index__") else value


def _field_values(value: Any) -> FieldValues | None:
    if hasattr(value, "model_fields_set"):
        return _set_fields(value)
    if hasattr(value, "__dataclass_fields__"):
        from dataclasses import fields  # noqa: PLC0415  whoever has a dataclass has imported it

        return _fields_with_values(value, fields(value))
    return _fields_with_values(value, value.__attrs_attrs__) if hasattr(value, "__attrs_attrs__") else None


def _set_fields(model: Any) -> FieldValues:
    for name, field in type(model).model_fields.items():
        if name in model.model_fields_set and not field.exclude:
            yield field.serialization_alias or name, getattr(model, name)
    yield from (model.model_extra or {}).items()


def _fields_with_values(value: Any, fields: Iterable[Any]) -> FieldValues:
    for field in fields:
        inner = getattr(value, field.name)
        if inner is not ... and (inner is not None or field.default is not None):
            yield field.name, inner
