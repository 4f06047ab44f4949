"""Formats results as JSON, JSON lines, a table, CSV, or the XML of the response."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from yadirect_soap import ConfigurationError
from yadirect_soap.escaping import one_line, xml_text
from yadirect_soap.language import _

from . import columns as paths
from . import display, output

FORMATS = ("json", "jsonl", "table", "csv", "tsv", "xml")
ENDINGS: Mapping[str, str] = MappingProxyType({f".{name}": name for name in FORMATS if name != "table"})
WITH_COLUMNS = frozenset({"jsonl", "table", "csv", "tsv"})
"""Formats for which --columns chooses the members."""
_DELIMITERS: Mapping[str, str] = MappingProxyType({"csv": ",", "tsv": "\t"})

Columns = Sequence[paths.Path]


def choose(requested: str | None, out: str, columns: str | None, *, all_pages: bool) -> str:
    """Returns the format of a result.

    Args:
        requested: the value of --output, or None.
        out: the file, or "-".
        columns: the value of --columns, or None.
        all_pages: whether the objects of all pages are written as they come.

    Raises:
        ConfigurationError: no format has the suffix of the file, or the options contradict each other.
    """
    usual = "table" if columns else "jsonl" if all_pages else "json"
    format = requested or output.format_of(out, ENDINGS) or usual
    if columns and format not in WITH_COLUMNS:
        raise ConfigurationError(
            _("--columns is for {formats}, not for {form}", formats=", ".join(sorted(WITH_COLUMNS)), form=format)
        )
    if all_pages and format == "xml":
        raise ConfigurationError(_("--output xml shows one response as it came: leave out --all"))
    return format


def single_result(format: str, result: Mapping[str, Any], body: bytes, *, is_shown: bool) -> str:
    """Returns a result as JSON, or the body of its response as XML.

    Args:
        format: "json" or "xml".
        result: the result.
        body: the response's body.
        is_shown: whether it goes to stdout, which may be a terminal.
    """
    if format == "json":
        text = output.as_json(dict(result))
        return display.json(text) if is_shown else text
    if is_shown and sys.stdout.isatty():
        return display.xml(xml_text(output.pretty(body)))
    return body.decode()


def lines(format: str, items: Iterable[Any], columns: Columns | None, *, is_shown: bool) -> Iterator[str]:
    """Yields the lines of objects in a format; a table comes only after all objects.

    Args:
        format: "json" (an array), "jsonl", "table", "csv" or "tsv".
        items: the objects.
        columns: the members to write; None for complete objects as JSON.
        is_shown: whether they go to stdout, which may be a terminal.
    """
    if format == "json":
        yield from _array(items)
    elif format == "jsonl":
        for item in items:
            text = output.as_json(_selected(item, columns) if columns else item, indent=None)
            yield display.json(text) if is_shown else text
    elif format in _DELIMITERS:
        yield from _delimited(items, columns or (), _DELIMITERS[format], is_terminal=is_shown and sys.stdout.isatty())
    else:
        yield _table(items, columns or (), is_terminal=is_shown and sys.stdout.isatty())


def _array(items: Iterable[Any]) -> Iterator[str]:
    """Yields the lines of a JSON array, with one object per line."""
    yield "["
    line = ""
    for item in items:
        if line:
            yield f"{line},"
        line = output.as_json(item, indent=None)
    if line:
        yield line
    yield "]"


def _selected(item: Any, columns: Columns) -> dict[str, Any]:
    return {".".join(path): paths.cell(item, path) for path in columns}


def _delimited(items: Iterable[Any], columns: Columns, delimiter: str, *, is_terminal: bool) -> Iterator[str]:
    yield _row([".".join(path) for path in columns], delimiter)
    for item in items:
        cells = [_text(paths.cell(item, path)) for path in columns]
        yield _row(map(one_line, cells) if is_terminal else cells, delimiter)


def _row(cells: Iterable[str], delimiter: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="").writerow(cells)
    return line.getvalue()


def _table(items: Iterable[Any], columns: Columns, *, is_terminal: bool) -> str:
    rows = [[paths.cell(item, path) for path in columns] for item in items]
    # A column without any value only takes width from the others.
    used = [index for index, _ in enumerate(columns) if any(row[index] is not None for row in rows)]
    visible = used if rows and used else range(len(columns))
    header = [".".join(columns[index]) for index in visible]
    values = [[row[index] for index in visible] for row in rows]
    if not is_terminal:
        return output.table(header, [[value if _is_number(value) else _text(value) for value in row] for row in values])
    numeric = [output.is_numeric([row[index] for row in values]) for index in range(len(header))]
    return display.table(header, [[one_line(_text(value)) for value in row] for row in values], numeric)


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal)


def _text(value: Any) -> str:
    """Returns the text of a cell: empty for None, JSON for lists and objects."""
    if value is None:
        return ""
    return value if isinstance(value, str) else output.as_json(value, indent=None).strip('"')
