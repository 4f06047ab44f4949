"""Text formats of reports: TSV as it came, CSV with quoting, JSON lines; converts blocks to bytes."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import simplejson

from yadirect_soap.atomic_files import is_stream
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.reports import tsv

from .download import Block

FileFormat = Literal["tsv", "csv", "jsonl"]
CsvDialect = Literal["plain", "excel-en", "excel-ru"]

Columns = Callable[[Block], list[list[Any]]]
"""Converts a block to values, column by column."""
Write = Callable[[Block, Columns], bytes]

_RETURN = re.compile(rb"\r(?!\n)")


def format_of(path: Path) -> FileFormat:
    """The format by the ending of a file name, before .gz: "tsv" for a pipe and for a name without an ending.

    Raises:
        ConfigurationError: the ending belongs to no format.
    """
    ending = Path(path.stem if path.suffix.lower() == ".gz" else path.name).suffix.lower()
    if not ending or is_stream(path):
        return "tsv"
    if ending not in _ENDINGS:
        advice = _("call to_parquet") if ending == ".parquet" else _("or set format=")
        raise ConfigurationError(
            _(
                "{path}: found the ending {ending}, expected one of {endings}; {advice}",
                path=path,
                ending=ending,
                endings=", ".join(_ENDINGS),
                advice=advice,
            )
        )
    return _ENDINGS[ending]


def pieces(
    blocks: Iterator[Block], columns: Columns, form: FileFormat, dialect: CsvDialect = "plain"
) -> Iterator[tuple[bytes, int]]:
    """The text of a report piece by piece, each with its number of rows; the first piece is the head, with none.

    Raises:
        ConfigurationError: a dialect other than "plain" for a format that is not CSV.
    """
    if dialect != "plain" and form != "csv":
        raise ConfigurationError(
            _("dialect {dialect!r} is for format 'csv', not for {form!r}", dialect=dialect, form=form)
        )
    write: Write = partial(_csv, dialect=_DIALECTS[dialect]) if form == "csv" else _WRITERS[form]
    for index, block in enumerate(blocks):
        if not index:
            yield (_csv_head(block.names, _DIALECTS[dialect]) if form == "csv" else _HEADS[form](block.names)), 0
        if block.lines:
            yield write(block, columns), block.lines.count(b"\n")


def _tsv(block: Block, _columns: Columns) -> bytes:
    return block.lines


class _Dialect(NamedTuple):
    """How CSV is written; for Excel, texts that look like formulas and long numbers are protected."""

    delimiter: str = ","
    line_end: str = "\n"
    decimal_mark: str = "."
    for_excel: bool = False


_DIALECTS: Mapping[CsvDialect, _Dialect] = MappingProxyType(
    {
        "plain": _Dialect(),
        "excel-en": _Dialect(line_end="\r\n", for_excel=True),
        "excel-ru": _Dialect(";", "\r\n", ",", for_excel=True),
    }
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""With these Excel takes a text for a formula: queries and names come from strangers too.
https://owasp.org/www-community/attacks/CSV_Injection"""
_EXCEL_DIGITS = 15
"""Digits of a number that Excel keeps; it replaces the others by zeros."""


def _csv(block: Block, columns: Columns, dialect: _Dialect) -> bytes:
    values = columns(block)
    if dialect.for_excel:
        values = [[_excel_cell(value, dialect.decimal_mark) for value in column] for column in values]
    return _as_csv(zip(*values, strict=True), dialect, has_returns=_RETURN.search(block.lines) is not None)


def _csv_head(names: tuple[str, ...], dialect: _Dialect) -> bytes:
    mark = codecs.BOM_UTF8 if dialect.for_excel else b""
    return mark + _as_csv([names], dialect)


def _as_csv(rows: Any, dialect: _Dialect, *, has_returns: bool = False) -> bytes:
    text = io.StringIO()
    # Before Python 3.13 a return that is no end of a line is not seen to need quotes.
    quoting: Literal[0, 1] = csv.QUOTE_ALL if has_returns else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=dialect.delimiter, lineterminator=dialect.line_end, quoting=quoting).writerows(rows)
    return text.getvalue().encode()


def _excel_cell(value: Any, decimal_mark: str) -> Any:
    """Writes a value so that Excel reads it back unchanged: an apostrophe protects formulas and long numbers."""
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", decimal_mark)
    if isinstance(value, int):
        return value if len(str(abs(value))) <= _EXCEL_DIGITS else f"'{value}"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _jsonl(block: Block, columns: Columns) -> bytes:
    encode = simplejson.JSONEncoder(ensure_ascii=False, use_decimal=True, default=_day).encode
    rows = zip(*columns(block), strict=True)
    return "".join(f"{encode(dict(zip(block.names, row, strict=True)))}\n" for row in rows).encode()


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON")


_ENDINGS: Mapping[str, FileFormat] = MappingProxyType({".tsv": "tsv", ".csv": "csv", ".jsonl": "jsonl"})
_WRITERS: Mapping[str, Write] = MappingProxyType({"tsv": _tsv, "jsonl": _jsonl})
_HEADS: Mapping[str, Callable[[tuple[str, ...]], bytes]] = MappingProxyType(
    {
        "tsv": lambda names: tsv.column_line(names).encode(),
        "jsonl": lambda names: b"",
    }
)
