"""What the emulator says when it refuses or warns: the API's codes with their texts in two languages.

The table itself is faults.toml; when to refuse is for the rooms that carry out requests to decide.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from yadirect_soap.errors import ApiError, api_error

NOT_SUPPORTED = 3500


@dataclass(frozen=True, slots=True)
class Entry:
    """A code: its texts, whether it only warns, and whether a request or an item may carry it."""

    code: int
    en: str
    ru: str
    warning: bool
    of_request: bool
    of_object: bool


@cache
def table() -> Mapping[int, Entry]:
    """Every code that the emulator may answer with."""
    data = tomllib.loads((files(__package__) / "error_codes.toml").read_text("utf-8"))
    errors = [_error(int(code), **row) for code, row in data["errors"].items()]
    warnings = [_warning(int(code), **row) for code, row in data["warnings"].items()]
    return MappingProxyType({entry.code: entry for entry in errors + warnings})


def text(code: int, language: str = "en") -> str:
    """The short text of a code, Russian where `language` is "ru", else English; KeyError for an unknown one."""
    entry = table()[code]
    return entry.ru if language == "ru" else entry.en


def fault(code: int, detail: str = "", *, language: str = "en") -> ApiError:
    """The error that refuses a whole request, to be raised.

    ValueError for a code that only an item of a result may carry, KeyError for an unknown one.
    """
    if not table()[code].of_request:
        raise ValueError(f"code {code} belongs to an item of a result, not to a whole request")
    return api_error(code, text(code, language), detail)


def bilingual_fault(code: int, english: str, russian: str, language: str) -> ApiError:
    """The error that refuses a whole request, with the one of two details that is in the caller's language."""
    return fault(code, russian if language == "ru" else english, language=language)


def not_emulated(what: str, *, language: str = "en") -> ApiError:
    """The error for what the real API does and the emulator does not: honest, and never a made-up success."""
    said = "Эмулятор этого не умеет" if language == "ru" else "The emulator does not implement this"
    return fault(NOT_SUPPORTED, f"{said}: {what}", language=language)


def notification(code: int, details: str | None = None, *, language: str = "en") -> dict[str, Any]:
    """An element of an item's Errors or Warnings; without `Details` where there are none.

    ValueError for a code that only refuses whole requests, KeyError for an unknown one.
    """
    if not table()[code].of_object:
        raise ValueError(f"code {code} refuses a whole request, an item cannot carry it")
    said = {"Code": code, "Message": text(code, language)}
    return said if details is None else said | {"Details": details}


def _error(code: int, *, level: str, en: str, ru: str) -> Entry:
    of_request, of_object = level in ("request", "both"), level in ("object", "both")
    return Entry(code, en, ru, warning=False, of_request=of_request, of_object=of_object)


def _warning(code: int, *, en: str, ru: str) -> Entry:
    return Entry(code, en, ru, warning=True, of_request=False, of_object=True)
