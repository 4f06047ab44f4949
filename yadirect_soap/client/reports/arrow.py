"""Converts reports to pyarrow tables and Parquet files; the only module that imports pyarrow, which is an extra.

int64 for integers and micros, decimal128 for other numbers, date32 for days, string for texts, null for `--`.
"""

import codecs
import io
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType

import pyarrow
from pyarrow import compute, csv, parquet

from yadirect_soap.errors import DecodeError
from yadirect_soap.language import _
from yadirect_soap.protocol.reports import columns, tsv, values
from yadirect_soap.protocol.reports.facts import FieldKind

from . import atomic_files
from .download import Block
from .request import OPERATION
from .row_values import Conversion

_BLOCK = 1 << 22
"""The number of bytes for each call of pyarrow, some ten thousand rows."""
_NUMBER = pyarrow.decimal128(38, 6)
_OF_NUMBERS = "0123456789.-"
"""The characters of numbers and days."""
_TYPES: Mapping[FieldKind, pyarrow.DataType] = MappingProxyType(
    {
        FieldKind.INT: pyarrow.int64(),
        FieldKind.DECIMAL: _NUMBER,
        FieldKind.PERCENT: _NUMBER,
        FieldKind.DATE: pyarrow.date32(),
    }
)


def table(blocks: Iterator[Block], report: str, *, micros: bool) -> pyarrow.Table:
    """Returns a table of all blocks of a report."""
    return pyarrow.concat_tables([_table(block, report, micros=micros) for block in _joined(blocks)])


def write_parquet(blocks: Iterator[Block], path: Path, report: str, *, micros: bool) -> int:
    """Writes all blocks of a report to a Parquet file, many rows to a group; returns how many rows."""
    rows = 0
    with atomic_files.atomic_write(path) as file, ExitStack() as stack:
        writer = None
        for block in _joined(blocks):
            group = _table(block, report, micros=micros)
            writer = writer or stack.enter_context(parquet.ParquetWriter(file, group.schema))
            writer.write_table(group)
            rows += int(group.num_rows)
    return rows


def schema(names: tuple[str, ...], *, micros: bool) -> pyarrow.Schema:
    """Returns the schema of a report with these columns."""
    return pyarrow.schema([(name, _type(columns.of_name(name).kind, micros=micros)) for name in names])


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Joins blocks into larger ones, each a group of the file; yields at least one."""
    names: tuple[str, ...] = ()
    gathered: list[bytes] = []
    size = 0
    for block in blocks:
        names = block.names
        gathered.append(block.lines)
        size += len(block.lines)
        if size >= _BLOCK:
            yield Block(names, b"".join(gathered))
            gathered, size = [], 0
    if gathered:
        yield Block(names, b"".join(gathered))


def _table(block: Block, report: str, *, micros: bool) -> pyarrow.Table:
    types = schema(block.names, micros=micros)
    if not block.lines:
        return types.empty_table()
    try:
        if b"\r" in block.lines or block.lines.startswith(codecs.BOM_UTF8):
            # pyarrow reads the one as the end of a line, leaves out the other, and has no option against it.
            converted = Conversion(report, micros=micros).columns(block)
            return pyarrow.table(dict(zip(block.names, converted, strict=True)), schema=types)
        texts = _texts(block)
        for field in types:
            _refuse_other(texts, field)
        if not micros:
            _refuse_micros(texts)
        return texts.cast(types)
    except (pyarrow.ArrowInvalid, OverflowError) as error:
        message = _(
            "report {report!r} is incomplete: a row does not fit its columns: {error}", report=report, error=error
        )
        raise DecodeError(message, operation=OPERATION.key) from error


def _texts(block: Block) -> pyarrow.Table:
    """Returns a block as texts, with null for `--`."""
    return csv.read_csv(
        io.BytesIO(block.lines),
        read_options=csv.ReadOptions(column_names=list(block.names), use_threads=False),
        parse_options=csv.ParseOptions(delimiter="\t", quote_char=False, double_quote=False, ignore_empty_lines=False),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(block.names, pyarrow.string()),
            null_values=[tsv.NONE],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )


def _refuse_other(texts: pyarrow.Table, field: pyarrow.Field) -> None:
    """Refuses numbers and days that the service never writes but pyarrow would read: 0x10, 1e3, numbers with spaces."""
    if pyarrow.types.is_string(field.type):
        return
    beside = compute.ascii_trim(texts.column(field.name), characters=_OF_NUMBERS)
    if compute.max(compute.binary_length(beside)).as_py():
        raise pyarrow.ArrowInvalid(
            _("{name} has other characters than {of_numbers}", name=field.name, of_numbers=_OF_NUMBERS)
        )


def _refuse_micros(texts: pyarrow.Table) -> None:
    """Refuses amounts in micros if units were requested: they would be a million times too large."""
    for name in texts.column_names:
        if columns.of_name(name).kind is FieldKind.MONEY:
            matches = compute.match_substring_regex(texts.column(name), f"^(?:{values.MICROS.pattern})$")
            if compute.any(matches).as_py():
                raise pyarrow.ArrowInvalid(f"{name}: expected {values.UNITS_EXPECTED}")


def _type(kind: FieldKind, *, micros: bool) -> pyarrow.DataType:
    if kind is FieldKind.MONEY:
        return pyarrow.int64() if micros else _NUMBER
    return _TYPES.get(kind, pyarrow.string())
