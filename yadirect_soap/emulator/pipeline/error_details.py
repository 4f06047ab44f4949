"""The details of error 8000 in the API's words, in English and in Russian.

Recorded in production, or quoted in public code and issues with the answers of the API:

    The required field Id is omitted in an item in the BidModifiers array
    В TextAd отсутствует обязательное поле Text
    Omitted required parameter SelectionCriteria        Отсутствует обязательный параметр Levels
    An item in the Keywords array contains the unknown parameter Status
    Элемент массива AdGroups содержит неизвестный параметр SmartAdGroup.FeedId
    Element of array FieldNames contains an invalid enumeration value
    Элемент массива FieldNames содержит неверное значение перечисления
    AdImageHash cannot have the null value

What none of them says is worded after them.  Unlike a Violation, they name neither the number of an item nor the value.
"""

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import NamedTuple

from yadirect_soap.errors import Violation
from yadirect_soap.protocol.model import Kind, Member, Shape
from yadirect_soap.protocol.scalars import NUMBERS, SCALARS, DecodeFailure

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


class _Place(NamedTuple):
    """Where a violation is: the names and members on the way, and how many of them lead to the innermost item."""

    names: Sequence[str]
    member: Member | None
    """The last member; None for an unknown name."""
    array_depth: int
    is_item: bool
    """Whether the place is an item of an array itself."""

    @property
    def array(self) -> str:
        """The array around the place: `RetargetingLists.Rules`; "" outside of arrays."""
        return ".".join(self.names[: self.array_depth])

    @property
    def inside(self) -> str:
        """The names from the item, or from the params, on: `SmartAdGroup.FeedId`."""
        return ".".join(self.names[self.array_depth :])


def first(violations: Sequence[Violation]) -> Violation:
    """The violation that the API names: members that are missing, also deep ones, come before all others."""
    return next((violation for violation in violations if _is_missing(violation)), violations[0])


def detail(violation: Violation, shape: Shape, language: str) -> str:
    """One violation as an error detail.

    Args:
        violation: a violation of check().
        shape: the type of the params.
        language: "ru" for Russian, else English.

    Returns:
        The detail, with a path without indexes.
    """
    place, russian = _place(violation.path, shape), language == "ru"
    if _is_missing(violation):
        return _missing(place, shape, russian=russian)
    if place.member is None:
        return _unknown(place, russian=russian)
    if violation.found == "None":
        subject = _subject(place, russian=russian) if place.is_item else place.names[-1]
        return f"{subject} не может иметь значение null" if russian else f"{subject} cannot have the null value"
    return _wrong(place, place.member, violation, russian=russian)


def conflict_detail(violation: Violation, language: str) -> str:
    """The detail of a contradiction in a report's definition, whose reasons are only in English."""
    path = violation.path[2:]
    if language == "ru":
        return f"Неверное значение параметра {path}"
    return f"Invalid value of the parameter {path}: found {violation.found}, expected {violation.expected}"


def failure_detail(failure: DecodeFailure, language: str) -> str:
    """The detail of a body that cannot be decoded, with the path in it; the reasons are only in English."""
    path = failure.json_path.removeprefix("$").removeprefix(".")
    if language == "ru":
        return f"Не удалось обработать {path}" if path else "Не удалось обработать JSON/XML"
    return f"{path}: {failure}" if path else str(failure)


def _is_missing(violation: Violation) -> bool:
    return violation.found == "nothing"


def _place(path: str, shape: Shape) -> _Place:
    """Follows a path through the contract; what lies beyond it is an unknown name, which may have any characters."""
    names: list[str] = []
    member: Member | None = None
    at, depth, is_item = 1, 0, False
    while at < len(path):
        step = _STEP.match(path, at)
        member = shape.by_name.get(step["name"]) if step else None
        if step is None or member is None:
            names.append(path[at:].removeprefix(".")[:_LONGEST_NAME])
            return _Place(names, None, depth, is_item=False)
        names.append(step["name"])
        at, shape, is_item = step.end(), member.shape, step["index"] is not None
        depth = len(names) if is_item else depth
    return _Place(names, member, depth, is_item)


def _missing(place: _Place, shape: Shape, *, russian: bool) -> str:
    *_, name = place.names
    structure = place.names[-2] if len(place.names) - 1 > place.array_depth else ""
    if not place.array:
        if shape.name.endswith("ReportDefinition"):
            structure = structure or "ReportDefinition"
            text = f"В {structure} отсутствует обязательное поле {name}"
            return text if russian else f"The required field {name} is omitted in {structure}"
        return f"Отсутствует обязательный параметр {name}" if russian else f"Omitted required parameter {name}"
    if not russian:
        return f"The required field {place.inside} is omitted in an item in the {place.array} array"
    return f"В {structure or f'элементе массива {place.array}'} отсутствует обязательное поле {name}"


def _unknown(place: _Place, *, russian: bool) -> str:
    if place.array:
        beginning = (
            f"Элемент массива {place.array} содержит" if russian else f"An item in the {place.array} array contains"
        )
    elif len(place.names) > 1:
        beginning = f"{place.names[-2]} содержит" if russian else f"{place.names[-2]} contains"
    else:
        return f"Неизвестный параметр {place.inside}" if russian else f"Unknown parameter {place.inside}"
    name = place.inside if place.array else place.names[-1]
    return f"{beginning} неизвестный параметр {name}" if russian else f"{beginning} the unknown parameter {name}"


def _wrong(place: _Place, member: Member, violation: Violation, *, russian: bool) -> str:
    """A value of another kind, out of range, or none of an enumeration."""
    subject = _subject(place, russian=russian)
    is_array = member.many and not place.is_item
    if is_array and violation.found == "an empty list":
        return f"{subject}: массив не может быть пустым" if russian else f"{subject}: the array cannot be empty"
    if is_array:
        return f"{subject}: ожидается массив" if russian else f"{subject}: an array is expected"
    if member.shape.kind is Kind.ENUM:
        ending = "содержит неверное значение перечисления" if russian else "contains an invalid enumeration value"
        return f"{subject} {ending}"
    english_words, russian_words = _expected(member.shape)
    return f"{subject}: ожидается {russian_words}" if russian else f"{subject}: {english_words} is expected"


def _subject(place: _Place, *, russian: bool) -> str:
    path = ".".join(place.names)
    if not place.is_item:
        return path
    return f"Элемент массива {path}" if russian else f"Element of array {path}"


def _expected(shape: Shape) -> tuple[str, str]:
    """What is expected, in English and in Russian."""
    bounds = SCALARS[shape.kind].range if shape.kind in NUMBERS else None
    if bounds is None:
        return _EXPECTED[shape.kind]
    least, greatest = bounds
    return f"an integer from {least} to {greatest}", f"целое число от {least} до {greatest}"
