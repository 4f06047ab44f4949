"""Files that users write for the emulator, as plain data: JSON, TOML, or YAML where PyYAML is installed.

Numbers are int or Decimal.  YAML is read by the rules of its version 1.2: NO is a text and not false, 2026-06-01 and
12:30 are texts.  A name that stands twice in one object is an error in all three.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import simplejson

from yadirect_soap import yaml_text
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _, composed, joined
from yadirect_soap.text_files import read_text

from . import yaml_lines
from .records import unbounded, unusable


def read(path: str | Path) -> Any:
    """Returns the data of a file, by its suffix; ConfigurationError has the path of each wrong value."""
    data = parse_file(path)
    if errors := [composed("${path}: {text}", path=json_path, text=text) for json_path, text in unusable(data)]:
        raise ConfigurationError(located_errors(path, errors))
    return data


def parse_file(path: str | Path) -> Any:
    """Returns the data of a file, which may still have unusable values; see records.unusable."""
    path = Path(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise ConfigurationError(
            _(
                "{path}: found a file of {suffix} suffix, expected {suffixes}",
                path=path,
                suffix=path.suffix or _("no"),
                suffixes=", ".join(_READERS),
            )
        )
    try:
        data = reader(read_text(path))
    except (ValueError, ArithmeticError) as error:
        raise ConfigurationError(composed("{path}: {error}", path=path, error=error)) from error
    except RecursionError:
        raise ConfigurationError(_("{path}: nested too deeply", path=path)) from None
    if errors := [composed("${path}: {text}", path=json_path, text=text) for json_path, text in unbounded(data)]:
        raise ConfigurationError(located_errors(path, errors))
    return data


def located_errors(path: str | Path, errors: Iterable[str]) -> str:
    """Returns the errors of a file as one text, each with its line if the file is YAML.

    Args:
        path: The file.
        errors: Each begins with its path: `$.accounts[0].login: found ...`.
    """
    lines = yaml_lines.lines_by_path(path) if Path(path).suffix.lower() in _YAML else {}
    located = [
        composed("{error}{note}", error=error, note=yaml_lines.line_note(error, lines)).mapped(_writable)
        for error in errors
    ]
    return composed("{path}: {errors}", path=path, errors=joined("\n  ", located))


def _writable(text: str) -> str:
    """Returns a text whose path may have had characters that no terminal can write."""
    return text.encode("utf-8", "backslashreplace").decode()


def _json(text: str) -> Any:
    try:
        return simplejson.loads(text, use_decimal=True, object_pairs_hook=_object, parse_constant=_no_number)
    except simplejson.JSONDecodeError as error:
        raise ValueError(_("text that is not JSON ({error})", error=error)) from None


def _toml(text: str) -> Any:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(_("it is not TOML: {error}", error=error)) from None


def _object(pairs: list[tuple[Any, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, value in pairs:
        yaml_text.add_member(result, name, value)
    return result


def _no_number(text: str) -> Any:
    raise ValueError(_("{text} is not a number", text=text))


_YAML = frozenset({".yaml", ".yml"})
_READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {".json": _json, ".toml": _toml, ".yaml": yaml_text.parse, ".yml": yaml_text.parse}
)
