"""References: `"@g1"` in an item is the id of the line named g1, `"@@home"` the text "@home"."""

from collections.abc import Callable, Mapping
from typing import Any

from .write_operations import owner

SIGN = "@"
ID = "$.Id"
"""The path of the id of the object that a line is about."""
_HASHES = ("Hash", "Hashes")


def occur_in(body: str) -> bool:
    """Whether a line may hold a reference, or the sign doubled; asked of its text, since few lines do."""
    return '"@' in body or "\\u0040" in body


def occurrences(item: Any) -> list[tuple[str, str]]:
    """The path and the name of each reference in an item."""
    return scan(item)[1]


def scan(item: Any) -> tuple[Any, list[tuple[str, str]]]:
    """A copy of an item with a sample of an id in place of each reference; and the path and name of each.

    Where no id belongs the text stays, for the check of the item to judge.
    """
    occurrences: list[tuple[str, str]] = []
    return _scanned(item, "$", occurrences), occurrences


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


def _scanned(value: Any, path: str, occurrences: list[tuple[str, str]]) -> Any:
    """A copy of a value; few values hold a reference, so that paths of texts are made where one is."""
    kind = type(value)
    if kind is str:
        return _sample(value, path, occurrences) if value[:1] == SIGN else value
    if kind is dict:
        copy = value.copy()
        for name, inner in value.items():
            kind = type(inner)
            if kind is str:
                if inner[:1] == SIGN:
                    copy[name] = _sample(inner, f"{path}.{name}", occurrences)
            elif kind is dict or kind is list:
                copy[name] = _scanned(inner, f"{path}.{name}", occurrences)
        return copy
    if kind is list:
        return [_scanned(inner, f"{path}[{index}]", occurrences) for index, inner in enumerate(value)]
    return value


def _sample(text: str, path: str, occurrences: list[tuple[str, str]]) -> Any:
    """What stands for a text that begins with the sign, in a sample."""
    if text[1:2] == SIGN:
        return text[1:]
    occurrences.append((path, text[1:]))
    if path != ID and owner(path) is None:
        return text
    return "hash" if path.rpartition(".")[2].partition("[")[0].endswith(_HASHES) else 1
