"""Validates and encodes params in one pass if they fit the contract; otherwise refuses them without a reason.

    {"Ids": [7, 8], "Page": {"Limit": 5}}  ->  <Ids>7</Ids><Ids>8</Ids><Page><Limit>5</Limit></Page>
    {"Ids": ["7"]}                         ->  NeedsFullCheck

Most params fit, and one pass is enough for them.  For the others validation.py finds every violation, and encode.py
encodes what is sent nevertheless.  The output equals that of encode.py, byte for byte.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from ..model import Kind, Member, Shape
from ..scalars import SCALARS
from ..shape_cache import cached_on_shape
from .encode import escape

Write = Callable[[Any], str]
"""Encodes the value of a member, with its tags; NeedsFullCheck for a value that does not fit."""


class NeedsFullCheck(Exception):
    """The params may not fit the contract; validation.py finds out why."""


def content(params: Any, shape: Shape) -> str:
    """Returns the child elements of an object that fits its shape; NeedsFullCheck, or EncodeError, for any other."""
    if type(params) is not dict:
        raise NeedsFullCheck
    return "".join([write(params[name]) for name, write in _plan(shape, tuple(params))])


@cached_on_shape
def _plan(shape: Shape, names: tuple[str, ...]) -> tuple[tuple[str, Write], ...]:
    """How an object with exactly these names is encoded, in the order of the schema."""
    if not shape.by_name.keys() >= set(names):
        raise NeedsFullCheck
    if any(member.required and member.name not in names for member in shape.members):
        raise NeedsFullCheck
    return tuple((member.name, _writer(member)) for member in shape.members if member.name in names)


def _writer(member: Member) -> Write:
    single = _WRITERS.get(member.shape.kind, _integer)(member)
    return _list(single, member) if member.many else single


def _list(single: Write, member: Member) -> Write:
    def write(value: Any) -> str:
        if type(value) is not list or not value or None in value:
            raise NeedsFullCheck
        return "".join([single(item) for item in value])

    return write


def _object(member: Member) -> Write:
    opening, closing, nil = _tags(member)
    shape = member.shape

    def write(value: Any) -> str:
        if type(value) is dict:
            return f"{opening}{''.join([write(value[name]) for name, write in _plan(shape, tuple(value))])}{closing}"
        return _nil(value, nil)

    return write


def _string(member: Member) -> Write:
    opening, closing, nil = _tags(member)

    def write(value: Any) -> str:
        if type(value) is not str:
            return _nil(value, nil)
        if not value.isprintable() or "&" in value or "<" in value or ">" in value:
            value = escape(value)
        return f"{opening}{value}{closing}"

    return write


def _enumeration(member: Member) -> Write:
    opening, closing, nil = _tags(member)
    values = {value: f"{opening}{escape(value)}{closing}" for value in member.shape.values}

    def write(value: Any) -> str:
        return values.get(value) or _nil(value, nil)

    return write


def _integer(member: Member) -> Write:
    """Encodes an integer; the few members of other kinds are checked in another way."""
    bounds = SCALARS[member.shape.kind].range
    if bounds is None:
        return _needs_full_check
    opening, closing, nil = _tags(member)
    low, high = bounds

    def write(value: Any) -> str:
        return f"{opening}{value}{closing}" if type(value) is int and low <= value <= high else _nil(value, nil)

    return write


def _needs_full_check(_value: Any) -> str:
    raise NeedsFullCheck


_WRITERS: Mapping[Kind, Callable[[Member], Write]] = MappingProxyType(
    {
        Kind.OBJECT: _object,
        Kind.STRING: _string,
        Kind.ENUM: _enumeration,
    }
)


def _tags(member: Member) -> tuple[str, str, str]:
    name = member.name
    return f"<{name}>", f"</{name}>", f'<{name} xsi:nil="true"/>' if member.nillable else ""


def _nil(value: object, nil: str) -> str:
    """Encodes a value that is not of the member's type: as nil, or as nothing."""
    if value is not None or not nil:
        raise NeedsFullCheck
    return nil
