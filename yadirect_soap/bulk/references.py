"""References: `"@g1"` in an item is the id of the line named g1, `"@@home"` the text "@home"."""

from collections.abc import Callable, Mapping
from typing import Any

SIGN = "@"


def occur_in(body: str) -> bool:
    """Whether a line may hold a reference, or the sign doubled; asked of its text, since few lines do."""
    return '"@' in body


def occurrences(item: Any) -> list[tuple[str, str]]:
    """The path and the name of each reference in an item."""
    found: list[tuple[str, str]] = []
    _collect(item, "$", found)
    return found


def replaced(value: Any, id_of: Callable[[str], Any]) -> Any:
    """A copy of a value with ids in place of references, and one sign in place of two.

    Args:
        value: An item.
        id_of: Gives the id of a name.
    """
    kind = type(value)
    if kind is str:
        if value[:1] != SIGN:
            return value
        return value[1:] if value[1:2] == SIGN else id_of(value[1:])
    if kind is dict:
        return {name: replaced(inner, id_of) for name, inner in value.items()}
    if kind is list:
        return [replaced(inner, id_of) for inner in value]
    return value


def resolved(value: Any, ids: Mapping[str, Any]) -> Any:
    """A copy of a line with ids in place of references that are known; the others and doubled signs stay."""
    if isinstance(value, str):
        is_reference = value[:1] == SIGN and value[1:2] != SIGN
        return ids.get(value[1:], value) if is_reference else value
    if isinstance(value, dict):
        return {name: resolved(inner, ids) for name, inner in value.items()}
    if isinstance(value, list):
        return [resolved(inner, ids) for inner in value]
    return value


def _collect(value: Any, path: str, found: list[tuple[str, str]]) -> None:
    kind = type(value)
    if kind is str:
        if value[:1] == SIGN and value[1:2] != SIGN:
            found.append((path, value[1:]))
    elif kind is dict:
        for name, inner in value.items():
            if type(inner) is not int:
                _collect(inner, f"{path}.{name}", found)
    elif kind is list:
        for index, inner in enumerate(value):
            _collect(inner, f"{path}[{index}]", found)
