"""Rows as files for other programs: JSON lines, CSV in three dialects, Parquet; rows in, bytes out."""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Literal, NamedTuple

from yadirect_soap import extras
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..batches import Batch
from ..columns import Kind
from ..schema import Row, TableSchema

FileFormat = Literal["jsonl", "csv", "parquet"]
Dialect = Literal["rfc", "excel", "tsv"]
FORMATS: tuple[FileFormat, ...] = ("jsonl", "csv", "parquet")
DIALECTS: tuple[Dialect, ...] = ("rfc", "excel", "tsv")

Write = Callable[[Sequence[Row]], None]

_GROUP_BYTES = 16 * 2**20
"""Bytes in memory from which on rows make a group in a Parquet file: some ten thousand ads."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""With these Excel takes a text for a formula: keywords begin with minus and plus.
https://owasp.org/www-community/attacks/CSV_Injection"""
_EXCEL_DIGITS = 15
"""Digits of a number that Excel keeps; the others become zeros."""
_TSV_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class FileType(NamedTuple):
    """A format, and the dialect of it where it is CSV."""

    format: FileFormat
    dialect: Dialect = "rfc"

    @property
    def text(self) -> str:
        """What tells it from other types: `csv excel`."""
        return " ".join(self)

    @property
    def ending(self) -> str:
        """The ending of a file's name."""
        return ".tsv" if self.format == "csv" and self.dialect == "tsv" else f".{self.format}"


def file_type(path: Path | None = None, *, form: str | None = None, dialect: str | None = None) -> FileType:
    """The type of a file, by the ending of its name unless the format is given.

    Raises:
        ConfigurationError: the ending or the format is none of those known, or the dialect is not for it.
    """
    ending = path.suffix.lower().removeprefix(".") if path is not None else ""
    named = form or ending or "jsonl"
    if named == "tsv":
        named, dialect = "csv", dialect or "tsv"
    for known in FORMATS:
        if named == known:
            return FileType(known, _dialect(known, dialect))
    where = f"{path}: found the ending .{ending}" if form is None else f"found the format {form!r}"
    raise ConfigurationError(_("{where}, expected one of {formats}, tsv", where=where, formats=", ".join(FORMATS)))


def _dialect(form: FileFormat, dialect: str | None) -> Dialect:
    if dialect is not None and form != "csv":
        raise ConfigurationError(
            _("found the dialect {dialect!r} for {form}; only csv has dialects", dialect=dialect, form=form)
        )
    for known in DIALECTS:
        if (dialect or "rfc") == known:
            return known
    raise ConfigurationError(
        _("found the dialect {dialect!r}, expected one of {dialects}", dialect=dialect, dialects=", ".join(DIALECTS))
    )


@contextmanager
def writing(file: BinaryIO, schema: TableSchema, kind: FileType) -> Iterator[Write]:
    """Writes a table into an open file: what is given takes rows, and the file is complete after the with."""
    if kind.format == "parquet":
        with _parquet(file, schema) as write:
            yield write
    elif kind.format == "jsonl":
        encode = _json_line_writer(schema)
        yield lambda rows: _write_text(file, "".join(map(encode, rows)))
    elif kind.dialect == "tsv":
        yield lambda rows: _write_text(file, "".join(map(_tsv_line, rows)))
    else:
        dialect = _CSV[kind.dialect]
        file.write(dialect.mark + dialect.text([schema.names]))
        yield lambda rows: _write_bytes(file, dialect.text([dialect.cell(value) for value in row] for row in rows))


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
    """What writes a row as a line; a column of JSON is there as it is, not as a text of it."""
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


# --- CSV and TSV ----------------------------------------------------------------------------------------------


class _CsvDialect(NamedTuple):
    """How CSV is written; for Excel a text is kept from being a formula, and a long number from being rounded."""

    delimiter: str = ","
    mark: bytes = b""
    for_excel: bool = False

    def text(self, rows: Any) -> bytes:
        """Lines of values, as RFC 4180 has them."""
        text = io.StringIO()
        csv.writer(text, delimiter=self.delimiter, lineterminator="\r\n").writerows(rows)
        return text.getvalue().encode()

    def cell(self, value: Any) -> Any:
        """A value as the program on the other side reads it back."""
        if isinstance(value, Decimal):
            number = format(value, "f")
            return number.replace(".", ",") if self.for_excel else number
        if not self.for_excel or value is None:
            return value
        if isinstance(value, int):
            return value if len(str(abs(value))) <= _EXCEL_DIGITS else f"'{value}"
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value


_CSV: Mapping[Dialect, _CsvDialect] = MappingProxyType(
    {"rfc": _CsvDialect(), "excel": _CsvDialect(";", codecs.BOM_UTF8, for_excel=True)}
)


def _tsv_line(row: Row) -> str:
    """A row for `COPY ... NULL ''` and bcp: no quotes, nothing for what is null, ends of lines as two characters."""
    return "\t".join(map(_tsv_cell, row)) + "\n"


def _tsv_cell(value: Any) -> str:
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value).translate(_TSV_ESCAPES)


def _write_text(file: BinaryIO, text: str) -> None:
    file.write(text.encode())


def _write_bytes(file: BinaryIO, content: bytes) -> None:
    file.write(content)
