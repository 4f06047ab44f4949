"""ReportRows: the rows of one report, in a file in the API's format until a destination reads them."""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from yadirect_soap.errors import DecodeError
from yadirect_soap.language import _
from yadirect_soap.protocol.reports import columns as report_columns
from yadirect_soap.protocol.reports import values
from yadirect_soap.protocol.reports.facts import FieldKind
from yadirect_soap.protocol.scalars import DecodeFailure

from .batches import ROWS, Batch, arrow_schema
from .columns import Kind
from .schema import Row, TableSchema

if TYPE_CHECKING:
    import pyarrow

_BLOCK = 1 << 20
"""The number of bytes of lines that are converted together."""
NULL = "--"
"""The API's text for a missing value."""


class ReportRows(Sequence[Batch]):
    """The batches of a report's rows, which are read from its file each time; a destination may read the file itself.

    A missing value in a key column is "" or 0, since a key in a database has no nulls.

    Args:
        schema: The table.
        path: A TSV file: a header line, then the rows; the columns are those of the schema without login and time.
        login: The login whose rows they are.
        synced_at: The time for `_synced_at`, in the API's format.
        columns: The columns of the report.
        micros: Whether amounts are micros.
        rows: The number of rows.
    """

    def __init__(
        self,
        schema: TableSchema,
        path: Path,
        *,
        login: str,
        synced_at: str,
        columns: Sequence[report_columns.Column],
        micros: bool,
        rows: int,
    ) -> None:
        self.schema = schema
        self.path = path
        self.login = login
        self.synced_at = synced_at
        self.rows = rows
        self._columns = tuple(columns)
        self._micros = micros

    def __len__(self) -> int:
        return math.ceil(self.rows / ROWS)

    @overload
    def __getitem__(self, index: int) -> Batch: ...
    @overload
    def __getitem__(self, index: slice) -> list[Batch]: ...
    def __getitem__(self, index: int | slice) -> Batch | list[Batch]:
        if isinstance(index, slice):
            return list(self)[index]
        position = range(len(self))[index]
        return next(islice(self, position, None))

    def __iter__(self) -> Iterator[Batch]:
        rows: list[Row] = []
        for block in self._blocks():
            rows += block
            while len(rows) >= ROWS:
                yield Batch(self.schema, rows[:ROWS])
                rows = rows[ROWS:]
        if rows:
            yield Batch(self.schema, rows)

    def record_batches(self) -> Iterator["pyarrow.RecordBatch"]:
        """Yields the same rows as record batches that pyarrow reads itself, which takes a fifth of the time.

        Raises:
            DecodeError: A text does not fit its column.
        """
        import pyarrow
        from pyarrow import csv

        schema = arrow_schema(self.schema.columns)
        own = [field.with_nullable(True) for field in schema][1:-1]
        try:
            with csv.open_csv(
                self.path,
                read_options=csv.ReadOptions(
                    column_names=[field.name for field in own], skip_rows=1, block_size=_BLOCK
                ),
                parse_options=csv.ParseOptions(delimiter="\t", quote_char=False),
                convert_options=csv.ConvertOptions(
                    column_types=pyarrow.schema(own), null_values=[NULL], strings_can_be_null=True
                ),
            ) as reader:
                for batch in reader:
                    yield self._with_all_columns(batch, schema)
        except pyarrow.ArrowInvalid as error:
            if not self.rows and "Empty CSV" in str(error):
                return
            column_match = re.match(r"In CSV column #([0-9]+): ", str(error))
            column = f", column {self._columns[int(column_match[1])].name}" if column_match else ""
            raise DecodeError(
                _("report for {name}{column}: {error}", name=self.schema.name, column=column, error=error),
                operation="reports.get",
            ) from error

    def _with_all_columns(self, batch: "pyarrow.RecordBatch", schema: "pyarrow.Schema") -> "pyarrow.RecordBatch":
        """Adds login and time to a batch, and replaces nulls in the key."""
        import pyarrow
        from pyarrow import compute

        arrays = list(batch.columns)
        for number, default in self._defaults():
            if arrays[number].null_count:
                arrays[number] = compute.fill_null(arrays[number], pyarrow.scalar(default, arrays[number].type))
        login = pyarrow.repeat(pyarrow.scalar(self.login), batch.num_rows)
        time = pyarrow.scalar(datetime.fromisoformat(self.synced_at), schema[-1].type)
        return pyarrow.RecordBatch.from_arrays([login, *arrays, pyarrow.repeat(time, batch.num_rows)], schema=schema)

    def _blocks(self) -> Iterator[list[Row]]:
        converters = [_converter(column.kind, self._micros) for column in self._columns]
        defaults = self._defaults()
        with self.path.open("rb") as file:
            file.readline()
            while lines := file.readlines(_BLOCK):
                cells = values.cells(b"".join(lines), len(self._columns))
                columns = [
                    self._converted(number, convert, texts)
                    for number, (convert, texts) in enumerate(zip(converters, cells, strict=True))
                ]
                for number, default in defaults:
                    if None in columns[number]:
                        columns[number] = [default if value is None else value for value in columns[number]]
                yield [(self.login, *row, self.synced_at) for row in zip(*columns, strict=True)]

    def _converted(self, number: int, convert: values.Convert, texts: list[bytes]) -> list[Any]:
        try:
            return convert(texts)
        except DecodeFailure as failure:
            name = self._columns[number].name
            raise DecodeError(
                _("report for {name}, column {column}: {failure}", name=self.schema.name, column=name, failure=failure),
                operation="reports.get",
            ) from failure

    def _defaults(self) -> list[tuple[int, Any]]:
        own = self.schema.columns[1:-1]
        return [(number, empty(column.kind)) for number, column in enumerate(own) if column.key]


def empty(kind: Kind) -> Any:
    """Returns the value of a key column for a missing value."""
    return 0 if kind in {Kind.INT, Kind.DECIMAL} else ""


def _converter(kind: FieldKind, micros: bool) -> Callable[[Sequence[bytes]], list[Any]]:
    """Returns the converter of a column; a day stays a text, as in every Batch."""
    return values.converter(FieldKind.TEXT if kind is FieldKind.DATE else kind, micros=micros)
