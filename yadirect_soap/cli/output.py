"""Results as text for a terminal or a pipe: JSON that keeps numbers exact, and plain tables."""

import base64
from collections.abc import Sequence
from typing import Any

import simplejson

from yadirect_soap.escaping import json_text, one_line


def as_json(value: object, *, indent: int | None = 2) -> str:
    """A result as JSON: Decimals as they are, bytes as base64, and nothing in it that could control a terminal."""
    text = simplejson.dumps(value, ensure_ascii=False, use_decimal=True, indent=indent, encoding=None, default=_base64)
    return json_text(text)


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows under a header, in columns as wide as their longest cell; numbers to the right."""
    cells = [list(header), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    numeric = [bool(rows) and all(isinstance(row[column], int) for row in rows) for column in range(len(header))]
    lines = [_line(row, widths, numeric) for row in cells]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


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
