"""Reads the params of a call from an argument, a file or stdin: JSON, JSON lines for a list of objects, or YAML."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import simplejson

from yadirect_soap import ConfigurationError, InvalidParamsError, Violation, yaml_text
from yadirect_soap.language import _
from yadirect_soap.protocol.json import object_of_pairs
from yadirect_soap.protocol.model import Kind, Operation
from yadirect_soap.text_files import read_text

from . import streams

if TYPE_CHECKING:
    import click

_JSON = _("a JSON object")
_CHANGED_QUOTES = _("a JSON object; if the shell has changed its double quotes, write it into a file and name it @FILE")
_ARGUMENT = "$"
"""The name of the source in errors, if the params are an argument."""
_YAML = _("names and values in YAML")


FORMATS = ("json", "jsonl", "yaml")
_YAML_SUFFIXES = (".yaml", ".yml")


def read(argument: str | None, operation: Operation, format: str | None = None) -> dict[str, Any]:
    """Reads the params of an operation from an argument.

    Args:
        argument: A text, "@FILE", "-" for stdin, or None for no params.
        operation: The operation; JSON lines are the objects of its list member.
        format: "json", "jsonl" or "yaml"; None chooses by the suffix of the file, else by the text.

    Returns:
        The params, with numbers as int and Decimal.

    Raises:
        ConfigurationError: the text cannot be read.
        InvalidParamsError: the text is not an object or lines of objects.
    """
    if argument is None:
        return {}
    text, source = _text(argument)
    format = format or _format(text, source)
    if format == "yaml":
        return _yaml_object(text, source)
    if format == "jsonl":
        return {_list_member(operation, source): [value for _, value in _numbered(text, source)]}
    return _object(text, source)


def complete(_ctx: "click.Context", _argument: "click.Parameter", incomplete: str) -> list[str]:
    """Completes the name of a file after "@"; folders end with a slash."""
    if not incomplete.startswith("@"):
        return []
    folder, _, start = incomplete[1:].rpartition("/")
    parent = f"{folder}/" if folder or incomplete.startswith("@/") else ""
    files = sorted(file for file in Path(parent or ".").glob("*") if file.name.startswith(start))
    return [f"@{parent}{file.name}" + "/" * file.is_dir() for file in files]


def objects(file: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yields the objects of a file with one JSON object per line, each with its line number; "-" is stdin."""
    text, source = _text("-" if file == "-" else f"@{file}")
    yield from _numbered(text, source)


def _format(text: str, source: str) -> str:
    if source.lower().endswith(_YAML_SUFFIXES):
        return "yaml"
    return "jsonl" if source.endswith(".jsonl") or _is_lines(text) else "json"


def _text(argument: str) -> tuple[str, str]:
    """Returns the text, and the name of its source in errors."""
    if argument == "-":
        return streams.read_stdin(), "stdin"
    if argument == "@":
        raise ConfigurationError(_("the params: found @ alone, expected the name of a file after it"))
    if argument.startswith("@"):
        return read_text(argument[1:]), argument[1:]
    return streams.argument_text(argument, _("the params")), _ARGUMENT


def _is_lines(text: str) -> bool:
    """Whether a text is JSON lines: its first line is complete JSON, and another object begins after it."""
    first, _, rest = text.strip().partition("\n")
    if not rest.lstrip().startswith("{"):
        return False
    try:
        simplejson.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _numbered(text: str, source: str) -> Iterator[tuple[int, dict[str, Any]]]:
    # splitlines() also splits at characters that JSON texts may contain.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _object(line, _("{file}, line {number}", file=source, number=number))


def _object(text: str, source: str) -> dict[str, Any]:
    try:
        value = simplejson.loads(text, use_decimal=True, object_pairs_hook=object_of_pairs)
    except (ValueError, RecursionError) as error:
        expected = _CHANGED_QUOTES if source == _ARGUMENT and _lost_quotes(text) else _JSON
        raise InvalidParamsError(
            [Violation(source, _("text that is not JSON ({error})", error=error), expected)]
        ) from None
    if not isinstance(value, dict):
        raise InvalidParamsError([Violation(source, _("a {type}", type=type(value).__name__), _JSON)])
    return value


def _lost_quotes(text: str) -> bool:
    """Whether a shell seems to have changed the quotes of a JSON text, as cmd and PowerShell do."""
    return text.startswith("'") or (any(map(str.isalpha, text)) and '"' not in text)


def _yaml_object(text: str, source: str) -> dict[str, Any]:
    try:
        value = yaml_text.parse(text)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise InvalidParamsError(
            [Violation(source, _("text that is not YAML ({error})", error=error), _YAML)]
        ) from None
    if not isinstance(value, dict):
        raise InvalidParamsError([Violation(source, _("a {type}", type=type(value).__name__), _YAML)])
    return value


def _list_member(operation: Operation, source: str) -> str:
    """Returns the name of the only list of objects among the params of an operation."""
    members = operation.request.members
    names = [member.name for member in members if member.many and member.shape.kind is Kind.OBJECT]
    if len(names) != 1 or any(member.required and member.name != names[0] for member in members):
        message = _(
            "{source}: found lines of objects, but {key} does not take a list of objects alone",
            source=source,
            key=operation.key,
        )
        raise ConfigurationError(message)
    return names[0]
