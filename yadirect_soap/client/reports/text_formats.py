"""Text formats of reports: TSV as received, CSV with quoting, JSON lines; converts blocks to bytes."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import simplejson

from yadirect_soap.atomic_files import is_stream
from yadirect_soap.csv_dialects import CSV_FORMATS, CsvDialect, CsvFormat
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.reports import tsv

from .download import Block

FileFormat = Literal["tsv", "csv", "jsonl"]

Columns = Callable[[Block], list[list[Any]]]
"""Converts a block to values, column by column."""
Write = Callable[[Block, Columns], bytes]


def format_of(path: Path) -> FileFormat:
    """Returns the format by the ending of a file name, before .gz: "tsv" for a pipe and for a name without an ending.

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
    """Yields the text of a report piece by piece, each with its number of rows; the first piece is the head, with none.

    Raises:
        ConfigurationError: a dialect other than "plain" for a format that is not CSV.
    """
    if dialect != "plain" and form != "csv":
        raise ConfigurationError(
            _("dialect {dialect!r} is for format 'csv', not for {form!r}", dialect=dialect, form=form)
        )
    write: Write = partial(_csv, csv_format=CSV_FORMATS[dialect]) if form == "csv" else _WRITERS[form]
    for index, block in enumerate(blocks):
        if not index:
            yield (CSV_FORMATS[dialect].head(block.names) if form == "csv" else _HEADS[form](block.names)), 0
        if block.lines:
            yield write(block, columns), block.lines.count(b"\n")


def _tsv(block: Block, _columns: Columns) -> bytes:
    return block.lines


def _csv(block: Block, columns: Columns, csv_format: CsvFormat) -> bytes:
    values = columns(block)
    if csv_format.for_excel:
        values = [list(map(csv_format.cell, column)) for column in values]
    return csv_format.lines(zip(*values, strict=True))


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
