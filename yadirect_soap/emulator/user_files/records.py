"""Builds records from the plain data that users write, with an error for each wrong member.

An error is one line: the path, what was found, what was expected.
"""

import dataclasses
import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType, UnionType
from typing import Any, TypeVar, get_args, get_origin

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _, composed, joined
from yadirect_soap.protocol.contract import nearest
from yadirect_soap.protocol.scalars import FORBIDDEN_IN_XML, is_plain

Record = TypeVar("Record")

_EXPECTED: Mapping[Any, str] = MappingProxyType(
    {
        int: _("an integer"),
        float: _("a number"),
        str: _("a text"),
        bool: _("true or false"),
        dict: _("an object"),
        tuple: _("a list"),
    }
)


_DEEPEST = 50
"""The deepest nesting of objects and lists."""
_MAX_DECIMAL_PLACES = 100
_MANY = 2_000_000
"""The most values of one file or body; aliases let a YAML file of a few lines have more."""
_LONGEST_INT_SHOWN = 10**60


class WrongRecordError(ConfigurationError):
    """A record with mistakes.

    Attributes:
        errors: each mistake with its path.
    """

    errors: tuple[str, ...] = ()


def unusable(data: Any) -> Iterator[tuple[str, str]]:
    """Yields the values that no object of the API can have, with their paths inside `data`: `.accounts[0].login`.

    They are numbers beyond 64 bits, texts with characters that XML forbids, names that are no texts, and data that is
    nested too deeply or has too many values.
    """
    return ((path, text) for path, text, _ in _unusable(data))


def unbounded(data: Any) -> Iterator[tuple[str, str]]:
    """Yields the paths at which data is nested too deeply or has too many values."""
    return ((path, text) for path, text, is_value in _unusable(data) if not is_value)


def _unusable(data: Any) -> Iterator[tuple[str, str, bool]]:
    """Yields each path, the error, and whether it is about a single value or name."""
    waiting: list[tuple[str, Any, int]] = [("", data, 0)]
    for __ in range(_MANY):
        if not waiting:
            return
        path, value, depth = waiting.pop()
        if isinstance(value, Mapping | list | tuple) and depth > _DEEPEST:
            text = _(
                "nested too deeply, expected at most {deepest} objects and lists inside one another", deepest=_DEEPEST
            )
            yield path[:100], text, False
        elif isinstance(value, Mapping):
            for name in value:
                yield from (
                    (f"{path}.{name!r:.60}", _("the name: {text}", text=text), True) for text in _misfit_name(name)
                )
            inner = [
                (f"{path}.{name}", inner_value, depth + 1)
                for name, inner_value in value.items()
                if isinstance(name, str)
            ]
            waiting += reversed(inner)
        elif isinstance(value, list | tuple):
            waiting += reversed(
                [(f"{path}[{index}]", inner_value, depth + 1) for index, inner_value in enumerate(value)]
            )
        elif (expectation := _unusable_value(value)) is not None:
            yield path, _("found {found}, expected {expected}", found=shown(value), expected=expectation), True
    if waiting:
        yield "", _("found more than {most} values, expected fewer", most=_MANY), False


def build_record(
    cls: type[Record], members: Mapping[str, Any], path: str, errors: list[str], **more: Any
) -> Record | None:
    """Returns a dataclass of the members, or None after adding to `errors`; `more` are members that users do not give.

    A ConfigurationError or ValueError of the dataclass itself is added too.
    """
    known = {field.name: field for field in dataclasses.fields(cls) if field.name not in more}  # type: ignore[arg-type]  # a dataclass
    record_errors = [
        _("{path}.{name}: unknown{hint}", path=path, name=name, hint=nearest(str(name), known))
        for name in members
        if name not in known
    ]
    for name, field in known.items():
        if name not in members:
            if field.default is field.default_factory is dataclasses.MISSING:
                record_errors.append(
                    _("{path}: missing, expected {expected}", path=f"{path}.{name}", expected=expected(field.type))
                )
        elif not _fits(members[name], field.type):
            record_errors.append(
                _(
                    "{path}: found {found}, expected {expected}",
                    path=f"{path}.{name}",
                    found=shown(members[name]),
                    expected=expected(field.type),
                )
            )
    errors += record_errors
    if record_errors:
        return None
    try:
        return cls(**more, **{name: _converted(value, known[name].type) for name, value in members.items()})
    except (ConfigurationError, ValueError) as error:
        errors.append(composed("{path}: {error}", path=path, error=error))
        return None


def shown(value: Any) -> str:
    """Returns a value for an error: shortened, and never a whole object."""
    if value is None:
        return "null"
    if isinstance(value, int) and abs(value) >= _LONGEST_INT_SHOWN:
        return _("an integer of {bits} bits", bits=value.bit_length())  # Python refuses to write out the longest
    text = repr(value) if isinstance(value, str | int) else str(value) if isinstance(value, Decimal) else ""
    return f"{text[:60]} ({type(value).__name__})".strip() if text else type(value).__name__


def expected(kind: Any) -> str:
    """Returns the name of a member's type for an error."""
    if isinstance(kind, UnionType):
        return " or ".join("null" if option is type(None) else expected(option) for option in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _("one of {names}", names=", ".join(kind))
    return _EXPECTED[get_origin(kind) or kind]


def raise_if_any(errors: list[str]) -> None:
    """Raises ConfigurationError with all errors, if there are any."""
    if errors:
        wrong = WrongRecordError(joined("\n  ", errors))
        wrong.errors = tuple(errors)
        raise wrong


def _misfit_name(name: Any) -> Iterator[str]:
    if not isinstance(name, str):
        yield _("found {value}, expected a text", value=shown(name))
    elif (expectation := _unusable_value(name)) is not None:
        yield _("expected {expectation}", expectation=expectation)


def _unusable_value(value: Any) -> str | None:
    """Returns the expectation that an unusable value violates; None for a usable one."""
    if isinstance(value, str):
        symbol = None if value.isprintable() else FORBIDDEN_IN_XML.search(value)
        return _("a text without the character U+{code:04X}", code=ord(symbol[0])) if symbol else None
    if isinstance(value, int):
        return None if -(2**63) <= value < 2**63 else _("an integer of 64 bits")
    if isinstance(value, Decimal):
        return (
            None
            if is_plain(value) and abs(value.adjusted()) < _MAX_DECIMAL_PLACES
            else _("a number of at most {places} places", places=_MAX_DECIMAL_PLACES)
        )
    return _("a finite number") if isinstance(value, float) and not math.isfinite(value) else None


def _fits(value: Any, kind: Any) -> bool:
    if isinstance(kind, UnionType):
        return any(value is None if option is type(None) else _fits(value, option) for option in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return value in set(kind)
    plain = get_origin(kind) or kind
    if isinstance(value, bool):
        return plain is bool
    if plain is tuple:
        return isinstance(value, list) and all(_fits(option, get_args(kind)[0]) for option in value)
    return isinstance(value, int | float | Decimal) if plain is float else isinstance(value, plain)


def _converted(value: Any, kind: Any) -> Any:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    if (get_origin(kind) or kind) is tuple:
        return tuple(value)
    return float(value) if isinstance(value, Decimal) else value
