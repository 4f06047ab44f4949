"""The codes of the API's errors and warnings with their texts in two languages, read from error_codes.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from yadirect_soap.errors import ApiError, api_error
from yadirect_soap.language import _

NOT_SUPPORTED = 3500

Texts = tuple[str, str]
"""A text in English and in Russian."""


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A code with its texts: an error or a warning, of a whole request, of one object, or of both."""

    code: int
    en: str
    ru: str
    warning: bool
    of_request: bool
    of_object: bool


@cache
def table() -> Mapping[int, ErrorCode]:
    """Returns every code that the emulator can answer with."""
    data = tomllib.loads((files(__package__) / "error_codes.toml").read_text("utf-8"))
    errors = [_error(int(code), **row) for code, row in data["errors"].items()]
    warnings = [_warning(int(code), **row) for code, row in data["warnings"].items()]
    return MappingProxyType({entry.code: entry for entry in errors + warnings})


def text(code: int, language: str = "en") -> str:
    """Returns the short text of a code, in Russian if `language` is "ru", else in English; KeyError if unknown."""
    entry = table()[code]
    return entry.ru if language == "ru" else entry.en


def fault(code: int, detail: str = "", *, language: str = "en") -> ApiError:
    """Returns the error that refuses a whole request, to be raised.

    ValueError for a code that only an item of a result may carry, KeyError for an unknown one.
    """
    if not table()[code].of_request:
        raise ValueError(_("code {code} belongs to an item of a result, not to a whole request", code=code))
    return api_error(code, text(code, language), detail)


def bilingual_fault(code: int, english: str, russian: str, language: str) -> ApiError:
    """Returns the error that refuses a whole request, with its details in the caller's language."""
    return fault(code, russian if language == "ru" else english, language=language)


def not_emulated(feature: str, *, language: str = "en") -> ApiError:
    """Error 3500 for functions of the real API that are not emulated; it names the operation or the criterion."""
    refusal = "Эмулятор этого не умеет" if language == "ru" else "The emulator does not implement this"
    return fault(NOT_SUPPORTED, f"{refusal}: {feature}", language=language)


def notification(code: int, details: str | None = None, *, language: str = "en") -> dict[str, Any]:
    """Returns an element of an item's Errors or Warnings; `Details` are left out if there are none.

    ValueError for a code that only refuses whole requests, KeyError for an unknown one.
    """
    if not table()[code].of_object:
        raise ValueError(_("code {code} refuses a whole request, an item cannot carry it", code=code))
    element = {"Code": code, "Message": text(code, language)}
    return element if details is None else element | {"Details": details}


def _error(code: int, *, level: str, en: str, ru: str) -> ErrorCode:
    of_request, of_object = level in ("request", "both"), level in ("object", "both")
    return ErrorCode(code, en, ru, warning=False, of_request=of_request, of_object=of_object)


def _warning(code: int, *, en: str, ru: str) -> ErrorCode:
    return ErrorCode(code, en, ru, warning=True, of_request=False, of_object=True)
