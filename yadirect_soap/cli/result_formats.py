"""Writes results in the chosen format: JSON, JSON lines, a table, CSV, or the XML of the response."""

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

FORMS = ("json", "jsonl", "table", "csv", "tsv", "xml")
ENDINGS: Mapping[str, str] = MappingProxyType({f".{form}": form for form in FORMS if form != "table"})
OF_COLUMNS = frozenset({"jsonl", "table", "csv", "tsv"})
"""Forms of which --columns chooses the members."""
_DELIMITERS: Mapping[str, str] = MappingProxyType({"csv": ",", "tsv": "\t"})

Columns = Sequence[paths.Path]


def choose(requested: str | None, out: str, columns: str | None, *, all_pages: bool) -> str:
    """The form of a result.

    Args:
        requested: what --output says, or None.
        out: the file, or "-".
        columns: what --columns says, or None.
        all_pages: whether the objects of all pages are written as they come.

    Raises:
        ConfigurationError: the ending of the file is of no form, or the options contradict each other.
    """
    usual = "table" if columns else "jsonl" if all_pages else "json"
    form = requested or output.form_of(out, ENDINGS) or usual
    if columns and form not in OF_COLUMNS:
        raise ConfigurationError(
            _("--columns is for {formats}, not for {form}", formats=", ".join(sorted(OF_COLUMNS)), form=form)
        )
    if all_pages and form == "xml":
        raise ConfigurationError(_("--output xml shows one response as it came: leave out --all"))
    return form


def whole(form: str, result: Mapping[str, Any], body: bytes, *, is_shown: bool) -> str:
    """A result as JSON, or its body as XML.

    Args:
        form: "json" or "xml".
        result: the result.
        body: the response's body.
        is_shown: whether it goes to stdout, which may be a terminal.
    """
    if form == "json":
        text = output.as_json(dict(result))
        return display.json(text) if is_shown else text
    if is_shown and sys.stdout.isatty():
        return display.xml(xml_text(output.pretty(body)))
    return body.decode()


def lines(form: str, items: Iterable[Any], columns: Columns | None, *, is_shown: bool) -> Iterator[str]:
    """The lines of objects in a form; those of a table come when all objects have.

    Args:
        form: "json" (an array), "jsonl", "table", "csv" or "tsv".
        items: the objects.
        columns: the members that are written; None for whole objects as JSON.
        is_shown: whether they go to stdout, which may be a terminal.
    """
    if form == "json":
        yield from _array(items)
    elif form == "jsonl":
        for item in items:
            text = output.as_json(_picked(item, columns) if columns else item, indent=None)
            yield display.json(text) if is_shown else text
    elif form in _DELIMITERS:
        yield from _delimited(items, columns or (), _DELIMITERS[form], is_terminal=is_shown and sys.stdout.isatty())
    else:
        yield _table(items, columns or (), is_terminal=is_shown and sys.stdout.isatty())


def _array(items: Iterable[Any]) -> Iterator[str]:
    """A JSON array, an object a line."""
    yield "["
    line = ""
    for item in items:
        if line:
            yield f"{line},"
        line = output.as_json(item, indent=None)
    if line:
        yield line
    yield "]"


def _picked(item: Any, columns: Columns) -> dict[str, Any]:
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
    # What no object has would only take the width from the rest.
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
    """A value as the text of a cell: nothing for None, JSON for what has parts."""
    if value is None:
        return ""
    return value if isinstance(value, str) else output.as_json(value, indent=None).strip('"')
