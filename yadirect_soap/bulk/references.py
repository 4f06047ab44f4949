"""References: `"@g1"` in an item is the id of the line named g1, `"@@home"` the text "@home"."""

from collections.abc import Callable, Mapping
from typing import Any

from .write_operations import owner

SIGN = "@"
ID = "$.Id"
"""The path of the id of the object that a line is about."""
_HASHES = ("Hash", "Hashes")


def occur_in(body: str) -> bool:
    """Whether the text of a line may contain a reference or a doubled sign: a quick check, since few lines do."""
    return '"@' in body or "\\u0040" in body


def occurrences(item: Any) -> list[tuple[str, str]]:
    """Returns the path and the name of each reference in an item."""
    return scan(item)[1]


def scan(item: Any) -> tuple[Any, list[tuple[str, str]]]:
    """Returns a copy of an item with a sample id for each reference, and the path and name of each reference.

    In a member that takes no id, the text stays, and validation decides about it.
    """
    occurrences: list[tuple[str, str]] = []
    return _scan(item, "$", occurrences), occurrences


def replace(value: Any, id_of: Callable[[str], Any]) -> Any:
    """Returns a copy of a value with ids instead of references, and single signs instead of doubled ones.

    Args:
        value: An item.
        id_of: A function that returns the id for a name.
    """
    kind = type(value)
    if kind is str:
        if value[:1] != SIGN:
            return value
        return value[1:] if value[1:2] == SIGN else id_of(value[1:])
    if kind is dict:
        return {name: replace(inner, id_of) for name, inner in value.items()}
    if kind is list:
        return [replace(inner, id_of) for inner in value]
    return value


def replace_known(value: Any, ids: Mapping[str, Any]) -> Any:
    """Returns a copy of a line with ids instead of references whose ids are known; others and doubled signs stay."""
    if isinstance(value, str):
        is_reference = value[:1] == SIGN and value[1:2] != SIGN
        return ids.get(value[1:], value) if is_reference else value
    if isinstance(value, dict):
        return {name: replace_known(inner, ids) for name, inner in value.items()}
    if isinstance(value, list):
        return [replace_known(inner, ids) for inner in value]
    return value


def _scan(value: Any, path: str, occurrences: list[tuple[str, str]]) -> Any:
    """Returns a copy of a value; it builds the path of a text only for a reference, since few texts are references."""
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
                copy[name] = _scan(inner, f"{path}.{name}", occurrences)
        return copy
    if kind is list:
        return [_scan(inner, f"{path}[{index}]", occurrences) for index, inner in enumerate(value)]
    return value


def _sample(text: str, path: str, occurrences: list[tuple[str, str]]) -> Any:
    """Returns the sample for a text that begins with the sign."""
    if text[1:2] == SIGN:
        return text[1:]
    occurrences.append((path, text[1:]))
    if path != ID and owner(path) is None:
        return text
    return "hash" if path.rpartition(".")[2].partition("[")[0].endswith(_HASHES) else 1
