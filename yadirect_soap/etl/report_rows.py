"""ReportRows: the rows of one report, which stay in a file as the service wrote them until a destination takes them."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, overload

from yadirect_soap.errors import DecodeError
from yadirect_soap.protocol.reports import columns as report_columns
from yadirect_soap.protocol.reports import values
from yadirect_soap.protocol.reports.facts import FieldKind
from yadirect_soap.protocol.scalars import DecodeFailure

from .batches import ROWS, Batch
from .columns import Kind
from .schema import Row, TableSchema

_BLOCK = 1 << 20
"""Bytes of lines that are converted together."""
NULL = "--"
"""What the service writes for a value that is not there."""


class ReportRows(Sequence[Batch]):
    """The batches of a report's rows, read from its file each time; a destination may take the file itself.

    In columns of the key a value that is not there is "" or 0, since no database has a key with nulls.

    Args:
        schema: The table.
        path: A file of lines with tabs: a line with names, then the rows; the columns are those of the schema without
            login and time.
        login: Whose they are.
        synced_at: The moment for `_synced_at`, as the API writes moments.
        columns: The columns of the report.
        micros: Whether amounts are micros.
        rows: How many rows there are.
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
        for some in self._blocks():
            rows += some
            while len(rows) >= ROWS:
                yield Batch(self.schema, rows[:ROWS])
                rows = rows[ROWS:]
        if rows:
            yield Batch(self.schema, rows)

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
                f"report for {self.schema.name}, column {name}: {failure}", operation="reports.get"
            ) from failure

    def _defaults(self) -> list[tuple[int, Any]]:
        own = self.schema.columns[1:-1]
        return [(number, empty(column.kind)) for number, column in enumerate(own) if column.key]


def empty(kind: Kind) -> Any:
    """What stands in a column of the key where the report has no value."""
    return 0 if kind in {Kind.INT, Kind.DECIMAL} else ""


def _converter(kind: FieldKind, micros: bool) -> Callable[[Sequence[bytes]], list[Any]]:
    """In a Batch a day is its text."""
    return values.converter(FieldKind.TEXT if kind is FieldKind.DATE else kind, micros=micros)
