"""The details of error 8000 in the API's words, for errors of validation and decoding."""

import re

from yadirect_soap.errors import Violation
from yadirect_soap.protocol.scalars import DecodeFailure

_LAST_STEP = re.compile(r"^(?P<parent>.*?)\.(?P<name>\w+)$")
_LAST_ARRAY = re.compile(r"\.(?P<name>\w+)\[\d+\]")


def detail(violation: Violation, language: str) -> str:
    """One violation as an error detail, in Russian or in English."""
    russian = language == "ru"
    if violation.found == "nothing" and (step := _LAST_STEP.match(violation.path)):
        return _omitted(step["name"], step["parent"], russian=russian)
    if violation.found == "an unknown name":
        beginning = "Неизвестный параметр" if russian else "Unknown parameter"
        return f"{beginning} {violation.path[2:]}"
    beginning = "Неверное значение параметра" if russian else "Invalid value of the parameter"
    values = "передано {found}, ожидается {expected}" if russian else "found {found}, expected {expected}"
    return f"{beginning} {violation.path[2:]}: " + values.format(found=violation.found, expected=violation.expected)


def failure_detail(failure: DecodeFailure) -> str:
    """The details of an error of decoding, with the path in the body."""
    path = failure.json_path.removeprefix("$").removeprefix(".")
    return f"{path}: {failure}" if path else str(failure)


def _omitted(name: str, parent: str, *, russian: bool) -> str:
    """The API's text, such as: The required field Id is omitted in an item in the BidModifiers array."""
    text = f"Не указано обязательное поле {name}" if russian else f"The required field {name} is omitted"
    arrays = _LAST_ARRAY.findall(parent)
    if arrays and parent.endswith("]"):
        return text + (f" в элементе массива {arrays[-1]}" if russian else f" in an item in the {arrays[-1]} array")
    if parent != "$":
        structure = parent.rpartition(".")[2]
        return text + (f" в структуре {structure}" if russian else f" in the {structure} structure")
    return text
