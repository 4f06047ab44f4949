"""Writes rows to files for other programs: JSON lines, CSV in three dialects, TSV, Parquet."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple, get_args

from yadirect_soap import extras
from yadirect_soap.csv_dialects import CSV_FORMATS, CsvDialect
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..batches import Batch
from ..columns import Kind
from ..schema import Row, TableSchema

FileFormat = Literal["jsonl", "csv", "tsv", "parquet"]
FORMATS: tuple[FileFormat, ...] = get_args(FileFormat)
DIALECTS: tuple[CsvDialect, ...] = get_args(CsvDialect)

Write = Callable[[Sequence[Row]], None]

_GROUP_BYTES = 16 * 2**20
"""The size in memory from which rows become a row group of a Parquet file: about ten thousand ads."""
_TSV_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class FileType(NamedTuple):
    """A file format, with the dialect if it is CSV."""

    format: FileFormat
    dialect: CsvDialect = "plain"

    @property
    def text(self) -> str:
        """The type as a text: `csv excel-ru`."""
        return " ".join(self)

    @property
    def ending(self) -> str:
        """The suffix of the file's name."""
        return f".{self.format}"


def file_type(path: Path | None = None, *, form: str | None = None, dialect: str | None = None) -> FileType:
    """Returns the type of a file, by its suffix unless the format is given.

    Raises:
        ConfigurationError: The suffix or the format is unknown, or the format has no dialects.
    """
    ending = path.suffix.lower().removeprefix(".") if path is not None else ""
    named = form or ending or "jsonl"
    for known in FORMATS:
        if named == known:
            return FileType(known, _dialect(known, dialect))
    where = _("found the format {form!r}", form=form)
    if form is None:
        where = _("{path}: found the ending .{ending}", path=path, ending=ending)
    raise ConfigurationError(_("{where}, expected one of {formats}", where=where, formats=", ".join(FORMATS)))


def _dialect(form: FileFormat, dialect: str | None) -> CsvDialect:
    if dialect is not None and form != "csv":
        raise ConfigurationError(
            _("found the dialect {dialect!r} for {form}; only csv has dialects", dialect=dialect, form=form)
        )
    for known in DIALECTS:
        if (dialect or "plain") == known:
            return known
    raise ConfigurationError(
        _("found the dialect {dialect!r}, expected one of {dialects}", dialect=dialect, dialects=", ".join(DIALECTS))
    )


@contextmanager
def writing(file: BinaryIO, schema: TableSchema, kind: FileType) -> Iterator[Write]:
    """Yields a function that writes rows into an open file; the file is complete after the block."""
    if kind.format == "parquet":
        with _parquet(file, schema) as write:
            yield write
    elif kind.format == "jsonl":
        encode = _json_line_writer(schema)
        yield lambda rows: _write_text(file, "".join(map(encode, rows)))
    elif kind.format == "tsv":
        yield lambda rows: _write_text(file, "".join(map(_tsv_line, rows)))
    else:
        csv_format = CSV_FORMATS[kind.dialect]
        file.write(csv_format.head(schema.names))
        yield lambda rows: _write_bytes(file, csv_format.lines(list(map(csv_format.cell, row)) for row in rows))


@contextmanager
def _parquet(file: BinaryIO, schema: TableSchema) -> Iterator[Write]:
    with extras.needed(_("writing Parquet"), "arrow"):
        import pyarrow
        from pyarrow import parquet
    from ..batches import arrow_schema

    waiting: list[pyarrow.RecordBatch] = []

    def flush() -> None:
        if waiting:
            table = pyarrow.Table.from_batches(waiting)
            writer.write_table(table, row_group_size=table.num_rows)
            waiting.clear()

    def write(rows: Sequence[Row]) -> None:
        waiting.append(Batch(schema, rows).arrow())
        if sum(batch.nbytes for batch in waiting) >= _GROUP_BYTES:
            flush()

    with parquet.ParquetWriter(file, arrow_schema(schema.columns), compression="zstd") as writer:
        yield write
        flush()


# --- JSON lines -----------------------------------------------------------------------------------------------


def _json_line_writer(schema: TableSchema) -> Callable[[Row], str]:
    """Returns a function that writes a row as a line; the value of a JSON column is JSON there, not a text."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    plain: dict[Kind, Callable[[Any], str]] = {Kind.INT: str, Kind.DECIMAL: _digits, Kind.JSON: str}
    writers: list[tuple[str, Callable[[Any], str]]] = [
        (f"{encode(column.name)}:", plain.get(column.kind, encode)) for column in schema.columns
    ]

    def line(row: Row) -> str:
        cells = [
            name + ("null" if value is None else write(value))
            for (name, write), value in zip(writers, row, strict=True)
        ]
        return "{" + ",".join(cells) + "}\n"

    return line


def _digits(value: Decimal) -> str:
    return format(value, "f")


# --- TSV ------------------------------------------------------------------------------------------------------


def _tsv_line(row: Row) -> str:
    """Returns a row for `COPY ... NULL ''` and bcp: without quotes, null as an empty cell, line ends escaped."""
    return "\t".join(map(_tsv_cell, row)) + "\n"


def _tsv_cell(value: Any) -> str:
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value).translate(_TSV_ESCAPES)


def _write_text(file: BinaryIO, text: str) -> None:
    file.write(text.encode())


def _write_bytes(file: BinaryIO, content: bytes) -> None:
    file.write(content)
