"""Writes results as text to a terminal, a pipe or a file; JSON with exact numbers, and plain tables."""

import base64
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import simplejson

from yadirect_soap import ConfigurationError
from yadirect_soap.atomic_files import atomic_write, is_stream
from yadirect_soap.escaping import json_text, one_line
from yadirect_soap.language import _

from . import streams

STDOUT = "-"


@contextmanager
def to(out: str) -> Iterator[Callable[[str], object]]:
    """Where results go: stdout, or a file that is there when it is whole.

    Args:
        out: A file, or "-" for stdout.

    Yields:
        A function that writes a text and ends its line.

    Raises:
        ConfigurationError: it cannot be written; raised before the body runs.
        OSError: writing failed later; it names the file.
    """
    if out != STDOUT:
        with atomic_write(out) as file:
            yield lambda text: file.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    else:
        streams.check_stdout()
        yield print
        sys.stdout.flush()


def form_of(out: str, endings: Mapping[str, str]) -> str | None:
    """The form of a file by the ending of its name.

    Args:
        out: A file, or "-" for stdout.
        endings: The forms by their endings.

    Returns:
        The form; None for stdout, a pipe, a device, and a name without an ending.

    Raises:
        ConfigurationError: the ending is of no form.
    """
    ending = Path(out).suffix
    if out == STDOUT or not ending or is_stream(Path(out)):
        return None
    if ending.lower() not in endings:
        raise ConfigurationError(
            _(
                "{out}: found the ending {ending}, expected one of {endings}",
                out=out,
                ending=ending,
                endings=", ".join(endings),
            )
        )
    return endings[ending.lower()]


def as_json(value: object, *, indent: int | None = 2) -> str:
    """A result as JSON: Decimals as they are, bytes as base64, and nothing in it that could control a terminal."""
    text = simplejson.dumps(value, ensure_ascii=False, use_decimal=True, indent=indent, encoding=None, default=_base64)
    return json_text(text)


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows under a header, in columns as wide as their longest cell; numbers to the right."""
    cells = [list(header), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    numeric = [is_numeric([row[column] for row in rows]) for column in range(len(header))]
    lines = [_line(row, widths, numeric) for row in cells]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def is_numeric(values: Sequence[object]) -> bool:
    """Whether the values of a column are numbers, as far as they are present."""
    present = [value for value in values if value not in (None, "")]
    return bool(present) and all(isinstance(value, int | Decimal) for value in present)


def pretty(body: bytes) -> str:
    """A message's body, indented for reading; not the bytes that travel."""
    text = body.decode()
    if text.startswith("<"):
        from xml.dom import minidom

        return minidom.parseString(text).toprettyxml(indent="  ").strip()  # noqa: S318  our own messages
    return as_json(simplejson.loads(text, use_decimal=True))


def _line(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    columns = zip(row, widths, numeric, strict=True)
    return "  ".join(cell.rjust(width) if right else cell.ljust(width) for cell, width, right in columns).rstrip()


def _cell(value: object) -> str:
    return "-" if value is None else one_line(str(value))


def _base64(value: Any) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"{type(value).__name__} has no JSON")
