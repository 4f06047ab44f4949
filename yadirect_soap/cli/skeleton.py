"""Generates params to fill in, as JSON or as YAML with comments: each member with a placeholder for its value.

The placeholder of an enumeration has all its values, `STANDARD | DISTRIBUTED`, of which the user keeps one.
"""

from collections.abc import Iterator
from typing import Any

from yadirect_soap.language import _, spoken
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.limits import CRITERIA
from yadirect_soap.protocol.model import Kind, Member, Operation, Shape

from . import output

DEFAULT_DEPTH = 3
"""The number of levels: the params, their objects, and the members of these."""

_FIELD_NAMES = "FieldNames"


def as_json(operation: Operation, depth: int) -> str:
    """Returns the params of an operation as JSON.

    Args:
        operation: the operation.
        depth: the number of levels; required members are included at any level.
    """
    return output.as_json(_object(operation.request, depth))


def as_yaml(operation: Operation, depth: int) -> str:
    """Returns the params of an operation as YAML, with comments on required members, units and limits.

    Args:
        operation: the operation.
        depth: the number of levels; required members are included at any level.
    """
    return "\n".join([f"# {operation.key}", *_lines(operation, operation.request, depth)])


def _members(shape: Shape, depth: int) -> Iterator[Member]:
    """Yields the members of a skeleton: all members down to the depth, and below it the required ones."""
    for member in shape.members:
        is_of_variant = member.name.endswith(_FIELD_NAMES) and member.name != _FIELD_NAMES
        is_empty = member.shape.kind is Kind.OBJECT and (depth <= 1 or not any(_members(member.shape, depth - 1)))
        if member.required or (depth > 0 and not is_of_variant and not is_empty):
            yield member


def _object(shape: Shape, depth: int) -> dict[str, Any]:
    return {member.name: _value(member, depth - 1) for member in _members(shape, depth)}


def _value(member: Member, depth: int) -> Any:
    if member.shape.kind is Kind.OBJECT:
        value: Any = _object(member.shape, depth)
    elif member.name == _FIELD_NAMES:
        return list(member.shape.values)
    else:
        value = _placeholder(member)
    return [value] if member.many else value


def _placeholder(member: Member) -> Any:
    if member.shape.kind is Kind.ENUM:
        return " | ".join(member.shape.values)
    return 0 if member.shape.kind in (Kind.INT, Kind.LONG, Kind.DECIMAL) else ""


def _lines(operation: Operation, shape: Shape, depth: int, parent: str = "") -> Iterator[str]:
    for member in _members(shape, depth):
        remarks = ", ".join(_remarks(operation, member, parent))
        remark = f"  # {remarks}" if remarks else ""
        if member.shape.kind is Kind.OBJECT:
            yield f"{member.name}:{remark}"
            inner = list(_lines(operation, member.shape, depth - 1, member.name)) or ["{}"]
            yield from _indented(inner, is_item=member.many)
        else:
            yield f"{member.name}: {_scalar(member)}{remark}"


def _indented(lines: list[str], *, is_item: bool) -> Iterator[str]:
    """Indents the lines of an object below its name; those of a list item begin with a dash."""
    for number, line in enumerate(lines):
        yield ("- " if is_item and not number else "  ") + line


def _scalar(member: Member) -> str:
    if member.name == _FIELD_NAMES:
        return f"[{', '.join(member.shape.values)}]"
    value = output.as_json(_placeholder(member), indent=None)
    return f"[{value}]" if member.many else value


def _remarks(operation: Operation, member: Member, parent: str) -> Iterator[str]:
    known = facts.bundled()
    if member.required:
        yield spoken(_("required"))
    if member.nillable:
        yield spoken(_("null clears it"))
    if member.name in known.money_members(member.owner):
        yield spoken(_("micros"))
    if parent == CRITERIA:
        if (limit := known.criteria_limit(operation.key, member.name)) is not None:
            yield spoken(_("at most {limit:,}", limit=limit))
        if member.name in known.required_criteria(operation.key):
            yield spoken(_("one of these required"))
