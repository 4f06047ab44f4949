"""Records made of the plain data that users write, with a complaint for each member that does not fit.

A complaint is one line: the place, what was found, what was expected.
"""

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType, UnionType
from typing import Any, TypeVar, get_args, get_origin

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.protocol.contract import nearest

Record = TypeVar("Record")

_EXPECTED: Mapping[Any, str] = MappingProxyType(
    {int: "an integer", float: "a number", str: "a text", bool: "true or false", dict: "an object", tuple: "a list"}
)


def made(cls: type[Record], given: Mapping[str, Any], place: str, complaints: list[str], **more: Any) -> Record | None:
    """A dataclass of given members, or None after complaints; `more` are members that are not the user's to give.

    What the dataclass itself refuses, with ConfigurationError or ValueError, is a complaint too.
    """
    known = {field.name: field for field in dataclasses.fields(cls) if field.name not in more}  # type: ignore[arg-type]  # a dataclass
    found = [f"{place}.{name}: unknown{nearest(str(name), known)}" for name in given if name not in known]
    for name, field in known.items():
        if name not in given:
            if field.default is field.default_factory is dataclasses.MISSING:
                found.append(f"{place}.{name}: missing, expected {expected(field.type)}")
        elif not _fits(given[name], field.type):
            found.append(f"{place}.{name}: found {shown(given[name])}, expected {expected(field.type)}")
    complaints += found
    if found:
        return None
    try:
        return cls(**more, **{name: _converted(value, known[name].type) for name, value in given.items()})
    except (ConfigurationError, ValueError) as error:
        complaints.append(f"{place}: {error}")
        return None


def shown(value: Any) -> str:
    """A value as a complaint shows it: shortened, and never a whole object."""
    if value is None:
        return "null"
    text = repr(value) if isinstance(value, str | int) else str(value) if isinstance(value, Decimal) else ""
    return f"{text[:60]} ({type(value).__name__})".strip() if text else type(value).__name__


def expected(kind: Any) -> str:
    """What a type of a member is called in a complaint."""
    if isinstance(kind, UnionType):
        return " or ".join("null" if each is type(None) else expected(each) for each in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return f"one of {', '.join(kind)}"
    return _EXPECTED[get_origin(kind) or kind]


def refuse(complaints: list[str]) -> None:
    """Raises ConfigurationError of all complaints, where there are any."""
    if complaints:
        raise ConfigurationError("\n  ".join(complaints))


def _fits(value: Any, kind: Any) -> bool:
    if isinstance(kind, UnionType):
        return any(value is None if each is type(None) else _fits(value, each) for each in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return value in set(kind)
    plain = get_origin(kind) or kind
    if isinstance(value, bool):
        return plain is bool
    if plain is tuple:
        return isinstance(value, list) and all(_fits(each, get_args(kind)[0]) for each in value)
    return isinstance(value, int | float | Decimal) if plain is float else isinstance(value, plain)


def _converted(value: Any, kind: Any) -> Any:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    if (get_origin(kind) or kind) is tuple:
        return tuple(value)
    return float(value) if isinstance(value, Decimal) else value
