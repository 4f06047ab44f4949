"""The details of error 8000 in the API's words, as texts in English and in Russian.

Recorded in production, or quoted in public code and issues with the answers of the API:

    The required field Id is omitted in an item in the BidModifiers array
    В TextAd отсутствует обязательное поле Text
    Omitted required parameter SelectionCriteria        Отсутствует обязательный параметр Levels
    An item in the Keywords array contains the unknown parameter Status
    Элемент массива AdGroups содержит неизвестный параметр SmartAdGroup.FeedId
    Element of array FieldNames contains an invalid enumeration value
    Элемент массива FieldNames содержит неверное значение перечисления
    AdImageHash cannot have the null value

Other texts are modelled on them.  Unlike a Violation, they name neither the number of an item nor the value.
"""

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import NamedTuple

from yadirect_soap.errors import Violation
from yadirect_soap.protocol import api_changes
from yadirect_soap.protocol.model import Kind, Member, Shape
from yadirect_soap.protocol.scalars import NUMBERS, SCALARS, DecodeFailure

from ..domain.error_codes import Texts

_STEP = re.compile(r"\.(?P<name>\w+)(?P<index>\[\d+\])?")
_LONGEST_NAME = 100
_EXPECTED = MappingProxyType(
    {
        Kind.OBJECT: ("an object", "структура"),
        Kind.STRING: ("a string", "строка"),
        Kind.DECIMAL: ("a number", "число"),
        Kind.BASE64: ("a string in Base64", "строка в кодировке Base64"),
    }
)


class _Location(NamedTuple):
    """The location of a violation: the names and members of its path, and the number of those to the innermost item."""

    names: Sequence[str]
    member: Member | None
    """The last member; None for an unknown name."""
    array_depth: int
    is_item: bool
    """Whether it is an item of an array itself, and not a member of one."""

    @property
    def array(self) -> str:
        """The innermost array on the way: `RetargetingLists.Rules`; "" outside of arrays."""
        return ".".join(self.names[: self.array_depth])

    @property
    def inside(self) -> str:
        """The names from the item, or from the params, on: `SmartAdGroup.FeedId`."""
        return ".".join(self.names[self.array_depth :])

    @property
    def subject(self) -> Texts:
        """The subject of the sentence: the path, or an item of the array at the path."""
        path = ".".join(self.names)
        return (f"Element of array {path}", f"Элемент массива {path}") if self.is_item else (path, path)


def first(violations: Sequence[Violation]) -> Violation:
    """Returns the violation that the API names: members that are missing, also deep ones, come before all others."""
    return next((violation for violation in violations if _is_missing(violation)), violations[0])


def enforced(violations: Sequence[Violation], shape: Shape) -> list[Violation]:
    """Returns the violations that the API refuses; it does not require some members that the WSDLs require."""
    optional = api_changes.bundled().not_required
    return [
        violation
        for violation in violations
        if not _is_missing(violation) or _member_key(_location(violation.path, shape).member) not in optional
    ]


def detail(violation: Violation, shape: Shape) -> Texts:
    """One violation as an error detail.

    Args:
        violation: a violation of check().
        shape: the type of the params.

    Returns:
        The detail, with a path without indexes.
    """
    location = _location(violation.path, shape)
    if _is_missing(violation):
        return _missing(location, shape)
    if location.member is None:
        return _unknown(location)
    if violation.kind == "null":
        name = location.names[-1]
        english, russian = location.subject if location.is_item else (name, name)
        return f"{english} cannot have the null value", f"{russian} не может иметь значение null"
    return _wrong(location, location.member, violation)


def conflict_detail(violation: Violation) -> Texts:
    """Returns the detail of a contradiction in a report's definition, whose reasons are only in English."""
    path = violation.path[2:]
    english = f"Invalid value of the parameter {path}: found {violation.found}, expected {violation.expected}"
    return english, f"Неверное значение параметра {path}"


def failure_detail(failure: DecodeFailure) -> Texts:
    """Returns the detail of a body that cannot be decoded, with the path in it; the reasons are only in English."""
    path = failure.json_path.removeprefix("$").removeprefix(".")
    if not path:
        return str(failure), "Не удалось обработать JSON/XML"
    return f"{path}: {failure}", f"Не удалось обработать {path}"


def _is_missing(violation: Violation) -> bool:
    return violation.kind == "missing"


def _member_key(member: Member | None) -> tuple[str, str]:
    """Returns the type that declares a member, and its name."""
    return ("", "") if member is None else (member.owner, member.name)


def _location(path: str, shape: Shape) -> _Location:
    """Follows a path through the contract; what lies beyond it is an unknown name, which may have any characters."""
    names: list[str] = []
    member: Member | None = None
    at, depth, is_item = 1, 0, False
    while at < len(path):
        step = _STEP.match(path, at)
        member = shape.by_name.get(step["name"]) if step else None
        if step is None or member is None:
            names.append(path[at:].removeprefix(".")[:_LONGEST_NAME])
            return _Location(names, None, depth, is_item=False)
        names.append(step["name"])
        at, shape, is_item = step.end(), member.shape, step["index"] is not None
        depth = len(names) if is_item else depth
    return _Location(names, member, depth, is_item)


def _missing(location: _Location, shape: Shape) -> Texts:
    """Returns the texts for an omitted member, in an item of an array, in a report's definition or in the params."""
    *_, name = location.names
    structure = location.names[-2] if len(location.names) - 1 > location.array_depth else ""
    if location.array:
        return (
            f"The required field {location.inside} is omitted in an item in the {location.array} array",
            f"В {structure or f'элементе массива {location.array}'} отсутствует обязательное поле {name}",
        )
    if shape.name.endswith("ReportDefinition"):
        structure = structure or "ReportDefinition"
        return (
            f"The required field {name} is omitted in {structure}",
            f"В {structure} отсутствует обязательное поле {name}",
        )
    return f"Omitted required parameter {name}", f"Отсутствует обязательный параметр {name}"


def _unknown(location: _Location) -> Texts:
    """Returns the texts for a name that the contract does not have."""
    if location.array:
        return (
            f"An item in the {location.array} array contains the unknown parameter {location.inside}",
            f"Элемент массива {location.array} содержит неизвестный параметр {location.inside}",
        )
    *_, name = location.names
    if len(location.names) > 1:
        structure = location.names[-2]
        return f"{structure} contains the unknown parameter {name}", f"{structure} содержит неизвестный параметр {name}"
    return f"Unknown parameter {name}", f"Неизвестный параметр {name}"


def _wrong(location: _Location, member: Member, violation: Violation) -> Texts:
    """Returns the texts for a value of another kind, out of range, or none of an enumeration."""
    english, russian = location.subject
    is_array = member.many and not location.is_item
    if violation.kind == "empty":
        return f"{english}: the array cannot be empty", f"{russian}: массив не может быть пустым"
    if is_array:
        return f"{english}: an array is expected", f"{russian}: ожидается массив"
    if member.shape.kind is Kind.ENUM:
        return (
            f"{english} contains an invalid enumeration value",
            f"{russian} содержит неверное значение перечисления",
        )
    english_kind, russian_kind = _expected(member.shape)
    return f"{english}: {english_kind} is expected", f"{russian}: ожидается {russian_kind}"


def _expected(shape: Shape) -> Texts:
    """Returns the expectation for a value."""
    bounds = SCALARS[shape.kind].range if shape.kind in NUMBERS else None
    if bounds is None:
        return _EXPECTED[shape.kind]
    least, greatest = bounds
    return f"an integer from {least} to {greatest}", f"целое число от {least} до {greatest}"
