"""The details of error 8000, in the API's words, for what protocol.validation and the codecs refuse."""

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
        said = "Неизвестный параметр" if russian else "Unknown parameter"
        return f"{said} {violation.path[2:]}"
    said = "Неверное значение параметра" if russian else "Invalid value of the parameter"
    wanted = "передано {found}, ожидается {expected}" if russian else "found {found}, expected {expected}"
    return f"{said} {violation.path[2:]}: " + wanted.format(found=violation.found, expected=violation.expected)


def failure_detail(failure: DecodeFailure) -> str:
    """What cannot be read, after its place in the body."""
    place = failure.json_path.removeprefix("$").removeprefix(".")
    return f"{place}: {failure}" if place else str(failure)


def _omitted(name: str, parent: str, *, russian: bool) -> str:
    """The recorded text: The required field Id is omitted in an item in the BidModifiers array."""
    said = f"Не указано обязательное поле {name}" if russian else f"The required field {name} is omitted"
    arrays = _LAST_ARRAY.findall(parent)
    if arrays and parent.endswith("]"):
        return said + (f" в элементе массива {arrays[-1]}" if russian else f" in an item in the {arrays[-1]} array")
    if parent != "$":
        place = parent.rpartition(".")[2]
        return said + (f" в структуре {place}" if russian else f" in the {place} structure")
    return said
