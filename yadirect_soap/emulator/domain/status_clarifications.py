"""The StatusClarification of objects in the caller's language; it is computed when an object is read, never stored."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from ..storage.store import Document

NAME = "StatusClarification"

_Texts = Mapping[str, tuple[str, str]]
_PARTS = "parts"


def clarified(service: str, document: Document, language: str) -> Document:
    """Returns a document with its StatusClarification; KeyError for an unknown service."""
    return document | {NAME: _text(_table()[service], document, language)}


def with_clarified_parts(document: Document, language: str) -> Document:
    """Returns a document with the StatusClarification of each of its parts."""
    return {name: _part(value, language) for name, value in document.items()}


def _part(value: Any, language: str) -> Any:
    if isinstance(value, list):
        return [_part(item, language) for item in value]
    # dict, not Mapping, which is slower: this is checked for each member of each ad.
    if not isinstance(value, dict):
        return value
    inside = {name: _part(inner, language) for name, inner in value.items()}
    return inside | {NAME: _text(_table()[_PARTS], value, language)} if NAME in value else inside


def _text(texts: _Texts, document: Mapping[str, Any], language: str) -> str:
    """Returns the text for State and Status together, or for the State, or for the Status; "" if there is none."""
    state, status = document.get("State", ""), document.get("Status", "")
    for key in (f"{state} {status}", state, status):
        if key in texts:
            return texts[key][language == "ru"]
    return ""


@cache
def _table() -> Mapping[str, _Texts]:
    data = tomllib.loads((files(__package__) / "status_clarifications.toml").read_text("utf-8"))
    return MappingProxyType({service: _texts(rows) for service, rows in data.items()})


def _texts(rows: list[dict[str, str]]) -> _Texts:
    return MappingProxyType({row["of"]: (row["en"], row["ru"]) for row in rows})
