"""Opens the output of a command, and formats results as JSON with exact numbers or as plain tables."""

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
    """Opens stdout or a file for results; the file appears only when it is complete.

    Args:
        out: A file, or "-" for stdout.

    Yields:
        A function that writes a text and a line end.

    Raises:
        ConfigurationError: the output cannot be opened; raised before the block runs.
        OSError: writing failed later; the error has the name of the file.
    """
    if out != STDOUT:
        with atomic_write(out) as file:
            yield lambda text: file.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    else:
        streams.check_stdout()
        yield print
        sys.stdout.flush()


def format_of(out: str, endings: Mapping[str, str]) -> str | None:
    """Returns the format of a file by its suffix.

    Args:
        out: A file, or "-" for stdout.
        endings: The formats by their suffixes.

    Returns:
        The format; None for stdout, a pipe, a device, and a name without a suffix.

    Raises:
        ConfigurationError: no format has the suffix.
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
    """Returns a result as JSON: with exact Decimals, bytes as base64, and control characters escaped."""
    text = simplejson.dumps(value, ensure_ascii=False, use_decimal=True, indent=indent, encoding=None, default=_base64)
    return json_text(text)


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Returns a table as text, with columns as wide as their longest cells, and numbers aligned to the right."""
    cells = [list(header), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    numeric = [is_numeric([row[column] for row in rows]) for column in range(len(header))]
    lines = [_line(row, widths, numeric) for row in cells]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def is_numeric(values: Sequence[object]) -> bool:
    """Whether all values of a column that are present are numbers."""
    present = [value for value in values if value not in (None, "")]
    return bool(present) and all(isinstance(value, int | Decimal) for value in present)


def pretty(body: bytes) -> str:
    """Returns the body of a message, indented for reading; so not the bytes that are sent."""
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
