"""Reports as text for other programs: TSV as it came, CSV with quoting, JSON lines; from blocks to bytes."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

import simplejson

from yadirect_soap.protocol.reports import tsv

from .download import Block

FileFormat = Literal["tsv", "csv", "jsonl"]

Columns = Callable[[Block], list[list[Any]]]
"""Converts a block to values, column by column."""
Write = Callable[[Block, Columns], bytes]

_RETURN = re.compile(rb"\r(?!\n)")


def pieces(blocks: Iterator[Block], columns: Columns, form: FileFormat) -> Iterator[tuple[bytes, int]]:
    """The text of a report piece by piece, each with the number of its rows; the first is the head, with none."""
    write = _WRITERS[form]
    for index, block in enumerate(blocks):
        if not index:
            yield _HEADS[form](block.names), 0
        if block.lines:
            yield write(block, columns), block.lines.count(b"\n")


def _tsv(block: Block, _columns: Columns) -> bytes:
    return block.lines


def _csv(block: Block, columns: Columns) -> bytes:
    return _as_csv(zip(*columns(block), strict=True), has_returns=_RETURN.search(block.lines) is not None)


def _as_csv(rows: Any, *, has_returns: bool = False) -> bytes:
    text = io.StringIO()
    # Before Python 3.13 a return that is no end of a line is not seen to need quotes.
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL if has_returns else csv.QUOTE_MINIMAL).writerows(rows)
    return text.getvalue().encode()


def _jsonl(block: Block, columns: Columns) -> bytes:
    encode = simplejson.JSONEncoder(ensure_ascii=False, use_decimal=True, default=_day).encode
    rows = zip(*columns(block), strict=True)
    return "".join(f"{encode(dict(zip(block.names, row, strict=True)))}\n" for row in rows).encode()


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON")


_WRITERS: Mapping[FileFormat, Write] = MappingProxyType({"tsv": _tsv, "csv": _csv, "jsonl": _jsonl})
_HEADS: Mapping[FileFormat, Callable[[tuple[str, ...]], bytes]] = MappingProxyType(
    {
        "tsv": lambda names: tsv.column_line(names).encode(),
        "csv": lambda names: _as_csv([names]),
        "jsonl": lambda names: b"",
    }
)
