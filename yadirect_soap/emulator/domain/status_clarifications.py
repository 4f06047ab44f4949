"""The StatusClarification of objects, in the caller's language: it is told when an object is read, and never kept."""

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
    """A document with what its state and status mean; KeyError for an unknown service."""
    return document | {NAME: _text(_table()[service], document, language)}


def with_clarified_parts(document: Document, language: str) -> Document:
    """A document in which the statuses of all that it has are told, too."""
    return {name: _part(value, language) for name, value in document.items()}


def _part(value: Any, language: str) -> Any:
    if isinstance(value, list):
        return [_part(item, language) for item in value]
    # Not Mapping: documents are plain, and this is asked of every member of every ad.
    if not isinstance(value, dict):
        return value
    inside = {name: _part(inner, language) for name, inner in value.items()}
    return inside | {NAME: _text(_table()[_PARTS], value, language)} if NAME in value else inside


def _text(texts: _Texts, document: Mapping[str, Any], language: str) -> str:
    """What both State and Status mean, or the State, or else the Status; "" for those that mean nothing more."""
    state, status = document.get("State", ""), document.get("Status", "")
    for said in (f"{state} {status}", state, status):
        if said in texts:
            return texts[said][language == "ru"]
    return ""


@cache
def _table() -> Mapping[str, _Texts]:
    data = tomllib.loads((files(__package__) / "status_clarifications.toml").read_text("utf-8"))
    return MappingProxyType({service: _texts(rows) for service, rows in data.items()})


def _texts(rows: list[dict[str, str]]) -> _Texts:
    return MappingProxyType({row["of"]: (row["en"], row["ru"]) for row in rows})
