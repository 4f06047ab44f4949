"""Reads the params of a call from an argument, a file or stdin: JSON, JSON lines for a list of objects, or YAML."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import simplejson

from yadirect_soap import ConfigurationError, InvalidParamsError, ItemsError, Violation, yaml_text
from yadirect_soap.language import _, composed, in_words
from yadirect_soap.protocol.json import object_of_pairs, offset_of_repeated_name, type_in_words
from yadirect_soap.protocol.model import Kind, Operation
from yadirect_soap.text_files import read_text

from . import streams

if TYPE_CHECKING:
    import click

_T = TypeVar("_T")
_MAX_SHOWN = 20
_JSON = _("a JSON object")
_CHANGED_QUOTES = _("a JSON object; if the shell has changed its double quotes, write it into a file and name it @FILE")
_ARGUMENT = "$"
"""The name of the source in errors, if the params are an argument."""
_YAML = _("names and values in YAML")


FORMATS = ("json", "jsonl", "yaml")
_YAML_SUFFIXES = (".yaml", ".yml")


class Params(NamedTuple):
    """The params of a call, and their place in the file that they come from."""

    values: dict[str, Any]
    source: str = ""
    """The name of a file of JSON lines, or empty."""
    member: str = ""
    """The member that has the objects of the lines."""
    lines: tuple[int, ...] = ()
    """The number of the line of each object."""

    @contextmanager
    def naming_lines(self) -> Iterator[None]:
        """Adds the file and the lines to what is wrong with objects, or failed, if each object has a line."""
        try:
            yield
        except InvalidParamsError as error:
            if not self.lines:
                raise
            violations = [violation._replace(path=self._place(violation.path)) for violation in error.violations]
            raise InvalidParamsError(violations, operation=error.operation) from None
        except ItemsError as error:
            if self.lines:
                error.add_note(self._lines_of(error))
            raise

    def _lines_of(self, error: ItemsError) -> str:
        failed = [f"[{failure.index}]: {self.lines[failure.index]}" for failure in error.failures[:_MAX_SHOWN]]
        failed += ["…"] * (len(error.failures) > _MAX_SHOWN)
        return _("the lines of {file} that failed: {lines}", file=self.source, lines=", ".join(failed))

    def _place(self, path: str) -> str:
        index = re.match(rf"\$\.{self.member}\[(\d+)\]", path)
        if index is None:
            return path
        return _("{file}, line {number}, {path}", file=self.source, number=self.lines[int(index[1])], path=path)


def read(argument: str | None, operation: Operation, format: str | None = None) -> Params:
    """Reads the params of an operation from an argument.

    Args:
        argument: A text, "@FILE", "-" or "@-" for stdin, or None for no params.
        operation: The operation; JSON lines are the objects of its list member.
        format: "json", "jsonl" or "yaml"; None chooses by the suffix of the file, else by the text.

    Returns:
        The params, with numbers as int and Decimal.

    Raises:
        ConfigurationError: the text cannot be read.
        InvalidParamsError: the text is not an object or lines of objects.
    """
    if argument is None:
        return Params({})
    text, source = _text(argument)
    format = format or _format(text, source)
    if format == "yaml":
        return Params(_yaml_object(text, source))
    if format == "jsonl":
        member = _list_member(operation, source)
        rows = _used_lines(text, source, lambda value: value)
        return Params({member: [value for _, value in rows]}, source, member, tuple(number for number, _ in rows))
    return Params(_object(text, source))


def complete(_ctx: "click.Context", _argument: "click.Parameter", incomplete: str) -> list[str]:
    """Completes the name of a file after "@"; folders end with a slash."""
    if not incomplete.startswith("@"):
        return []
    folder, _, start = incomplete[1:].rpartition("/")
    parent = f"{folder}/" if folder or incomplete.startswith("@/") else ""
    files = sorted(file for file in Path(parent or ".").glob("*") if file.name.startswith(start))
    return [f"@{parent}{file.name}" + "/" * file.is_dir() for file in files]


def each_line(file: str, use: Callable[[dict[str, Any]], _T]) -> list[_T]:
    """Uses the object of each line of a file; "-" is stdin.

    Args:
        file: The name of a file with one JSON object per line.
        use: A function of the object of a line, which raises an InvalidParamsError for a wrong one.

    Returns:
        What the function returns, line by line.

    Raises:
        InvalidParamsError: Lines are wrong; the error has all of them.
    """
    text, source = _text("-" if file == "-" else f"@{file}")
    return [result for _number, result in _used_lines(text, source, use)]


def _format(text: str, source: str) -> str:
    if source.lower().endswith(_YAML_SUFFIXES):
        return "yaml"
    return "jsonl" if source.endswith(".jsonl") or _is_lines(text) else "json"


def _text(argument: str) -> tuple[str, str]:
    """Returns the text, and the name of its source in errors."""
    if argument in ("-", "@-"):
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


def _used_lines(text: str, source: str, use: Callable[[dict[str, Any]], _T]) -> list[tuple[int, _T]]:
    """Uses the object of each line; returns the results with the numbers of the lines."""
    results: list[tuple[int, _T]] = []
    violations: list[Violation] = []
    # splitlines() also splits at characters that JSON texts may contain.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = _("{file}, line {number}", file=source, number=number)
        try:
            results.append((number, use(_object(line, place))))
        except InvalidParamsError as error:
            for violation in error.violations:
                inside = composed("{place}, {path}", place=place, path=violation.path)
                violations.append(violation if violation.path == place else violation._replace(path=inside))
    if violations:
        raise InvalidParamsError(violations)
    return results


def _object(text: str, source: str) -> dict[str, Any]:
    if not text.strip():
        raise InvalidParamsError([Violation(source, _("nothing"), _JSON)])
    try:
        value = simplejson.loads(text, use_decimal=True, object_pairs_hook=object_of_pairs)
    except (ValueError, RecursionError) as error:
        found = _("text that is not JSON ({error})", error=_problem(error, text))
        raise InvalidParamsError([Violation(source, found, _expected(text, source))]) from None
    if not isinstance(value, dict):
        raise InvalidParamsError([Violation(source, type_in_words(value), _JSON)])
    return value


def _problem(error: Exception, text: str) -> str:
    """Says why a text is not JSON, and where."""
    if isinstance(error, simplejson.JSONDecodeError):
        problem, offset = error.msg, error.pos
    else:
        problem, offset = in_words(error), -1 if isinstance(error, RecursionError) else offset_of_repeated_name(text)
    if offset < 0:
        return problem
    before = text[:offset]
    column = offset - before.rfind("\n")
    if "\n" not in text.strip():
        return _("{problem}, column {column}", problem=problem, column=column)
    return _("{problem}, line {line}, column {column}", problem=problem, line=before.count("\n") + 1, column=column)


def _expected(text: str, source: str) -> str:
    if source != _ARGUMENT:
        return _JSON
    if _is_file(text):
        return _("a JSON object; to read the file, write @{file}", file=text)
    return _CHANGED_QUOTES if _lost_quotes(text) else _JSON


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


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
        raise InvalidParamsError([Violation(source, type_in_words(value), _YAML)])
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
