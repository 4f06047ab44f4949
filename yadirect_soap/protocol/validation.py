"""Validates params against a Shape: lists all violations, each with its path; changes, sends and raises nothing.

The client validates before it sends, the emulator before it acts.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from yadirect_soap.errors import Violation, ViolationKind
from yadirect_soap.language import _, joined

from .contract import nearest
from .model import Kind, Member, Shape
from .scalars import SCALARS, is_list

Violations = list[Violation]

_NO_ITEMS = (str, bytes, bytearray, memoryview, Mapping)

_FEW = 12
_FEW_PLACES = 3
_LONGEST_SHOWN = 60
_LONGEST_INT_SHOWN = 10**_LONGEST_SHOWN

_HINTED = 100
"""Only the first violations get a hint with the nearest name, because searching for it is slow."""


class _Check(NamedTuple):
    """The state of one validation."""

    violations: Violations
    empty_lists: bool


def check(params: object, shape: Shape, *, empty_lists: bool = True) -> Violations:
    """Lists everything in which params do not fit a shape, in the order of the params; [] if they fit.

    Args:
        params: the params of a caller.
        shape: the type of the request, or of any object.
        empty_lists: whether a list that is not required may be empty; SOAP cannot carry an empty list in an update.

    Returns:
        The violations.
    """
    violations: Violations = []
    _object(params, shape, "$", _Check(violations, empty_lists))
    return violations


def describe_value(value: object) -> str:
    """Returns a short description of a value for a violation, with its type."""
    if value is None:
        return "None"
    if isinstance(value, Mapping):
        return _("an object")
    if is_list(value):
        return _("a list") if value else _("an empty list")
    if isinstance(value, int) and abs(value) >= _LONGEST_INT_SHOWN:
        return _("an int of {bits} bits", bits=value.bit_length())  # Python refuses to write out the longest
    text = repr(value)
    if len(text) > _LONGEST_SHOWN:
        text = text[:_LONGEST_SHOWN] + "…"
    return f"{text} ({type(value).__name__})"


def _object(value: object, shape: Shape, path: str, checking: _Check) -> None:
    violations = checking.violations
    if not isinstance(value, Mapping):
        violations.append(
            Violation(path, describe_value(value), _("an object ({name})", name=shape.name), _kind(value))
        )
        return
    members = shape.by_name
    for name, inner in value.items():
        if (member := members.get(name)) is None:
            hint = _misplaced(name, shape, violations) or _hint(name, members, violations)
            expected = _("a member of {name}{hint}", name=shape.name, hint=hint)
            violations.append(Violation(f"{path}.{name}", _("an unknown name"), expected, "unknown"))
        else:
            _member(inner, member, f"{path}.{name}", checking)
    violations.extend(
        Violation(
            f"{path}.{member.name}",
            _("nothing"),
            _("{expected}, which is required", expected=_expected(member)),
            "missing",
        )
        for member in shape.members
        if member.required and member.name not in value
    )


def _member(value: object, member: Member, path: str, checking: _Check) -> None:
    violations = checking.violations
    if value is None:
        if not member.nillable:
            expected = _("{expected} (it is not nillable; leave it out instead)", expected=_expected(member))
            violations.append(Violation(path, "None", expected, "null"))
    elif not member.many:
        _value(value, member, path, checking)
    elif not isinstance(value, Sequence) or not is_list(value):
        hint = _list_hint(value)
        violations.append(Violation(path, describe_value(value), joined("", [_expected(member), hint])))
    elif not value and member.required:
        expected = _("{expected} with at least one item", expected=_expected(member))
        violations.append(Violation(path, _("an empty list"), expected, "empty"))
    elif not value and not checking.empty_lists:
        violations.append(
            Violation(path, _("an empty list, which SOAP cannot express"), _none_or_some(member), "empty")
        )
    else:
        for index, item in enumerate(value):
            _value(item, member, f"{path}[{index}]", checking)


def _value(value: object, member: Member, path: str, checking: _Check) -> None:
    shape, violations = member.shape, checking.violations
    if shape.kind is Kind.OBJECT:
        _object(value, shape, path, checking)
    elif (expected := _mismatch(value, shape)) is not None:
        hint = _hint(value, shape.values, violations) or _number_hint(value, member)
        violations.append(Violation(path, describe_value(value), joined("", [expected, hint]), _kind(value)))


def _kind(value: object) -> ViolationKind:
    """Returns the kind of the violation by a value of another type."""
    return "null" if value is None else "value"


def _hint(name: object, candidates: Iterable[str], violations: Violations) -> str:
    return nearest(name, candidates) if isinstance(name, str) and len(violations) < _HINTED else ""


def _misplaced(name: object, shape: Shape, violations: Violations) -> str:
    """Where a name belongs that is a member of a member: `Ids` belongs in `SelectionCriteria`."""
    if not isinstance(name, str) or len(violations) >= _HINTED:
        return ""
    places = [member.name for member in shape.members if name in member.shape.by_name]
    if not places:
        return ""
    names = ", ".join(places[:_FEW_PLACES]) + ", …" * (len(places) > _FEW_PLACES)
    return _("; it belongs in {names}", names=names)


def _list_hint(value: object) -> str:
    """What to write instead of a value that has items and is no list."""
    if not isinstance(value, Iterable) or isinstance(value, _NO_ITEMS):
        return ""
    # The items of a table are the names of its columns.
    is_table = hasattr(value, "columns") and hasattr(value, "to_dict")
    return _('; write .to_dict("records")') if is_table else _("; write list(...)")


def _number_hint(value: object, member: Member) -> str:
    """What to write instead of a fraction if the contract has an integer."""
    scalar = SCALARS.get(member.shape.kind)
    if scalar is None or scalar.range is None or not isinstance(value, float | Decimal):
        return ""
    from .facts import bundled  # noqa: PLC0415  only a mistake needs them

    if member.name in bundled().money_members(member.owner):
        return _(': an amount in micros; write to_micros(Decimal("1.50")), or set Direct(money="decimal")')
    return _("; write int(...)")


def _none_or_some(member: Member) -> str:
    """Returns the alternative to an empty list."""
    return _("None, which clears it") if member.nillable else _("at least one item, or no list")


def _expected(member: Member) -> str:
    """Describes the value of a member for a violation."""
    shape = member.shape
    if member.many:
        return _("a list of {name}", name=shape.name)
    if shape.kind is Kind.OBJECT:
        return _("an object ({name})", name=shape.name)
    return _one_of(shape) if shape.kind is Kind.ENUM else SCALARS[shape.kind].expected


def _one_of(shape: Shape) -> str:
    """Lists the values of an enumeration if they are few."""
    if len(shape.values) > _FEW:
        return _("a value of {name}", name=shape.name)
    return _("one of {names}", names=", ".join(shape.values))


def _mismatch(value: object, shape: Shape) -> str | None:
    """What is expected instead of a single value; None if it fits."""
    if shape.kind is not Kind.ENUM:
        return SCALARS[shape.kind].mismatch(value)
    return None if isinstance(value, str) and value in shape.value_set else _one_of(shape)
