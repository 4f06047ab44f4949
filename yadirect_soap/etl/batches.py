"""Batch: rows of one table for a destination, as tuples and as a pyarrow record batch."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from yadirect_soap.errors import DecodeError
from yadirect_soap.language import _, composed

from .columnar_rows import columns_of
from .columns import Column, Kind
from .schema import Row, TableSchema

if TYPE_CHECKING:
    import pyarrow

ROWS = 10_000
"""The maximum number of rows in a batch: a page of a get."""


class Batch(NamedTuple):
    """Rows of a table; if `deleted` is true, only the keys of rows to delete.

    Attributes:
        table: the name and the columns of the table.
        rows: tuples with a value for each of `columns`; days and times are texts in the API's format.
        deleted: whether the rows are keys of objects that the account no longer has.
    """

    table: TableSchema
    rows: Sequence[Row]
    deleted: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the rows."""
        return self.table.key if self.deleted else self.table.columns

    def filled_columns(self) -> Mapping[Column, Sequence[Any]]:
        """Returns the values of each column that has any; the other columns, such as those of other types, are null."""
        columns = zip(self.columns, columns_of(self.rows), strict=False)
        return {column: values for column, values in columns if values.count(None) < len(values)}

    def __repr__(self) -> str:
        return f"<batch of {self.table.name}: {len(self.rows)} rows{' to delete' if self.deleted else ''}>"

    def _repr_html_(self) -> str:
        """The first rows as a table, for notebooks."""
        from yadirect_soap import html_table

        caption = repr(self)[1:-1]
        return html_table.table(caption, [column.name for column in self.columns], self.rows[: html_table.ROWS])

    def arrow(self) -> "pyarrow.RecordBatch":
        """Converts the rows to a record batch of pyarrow, which the extra `etl` or `arrow` installs.

        Integers become int64, decimals decimal128(38, 6), days date32, times timestamps in UTC, other values strings.

        Returns:
            A record batch with a column for each of `columns`, in their order.

        Raises:
            DecodeError: A value does not fit its column, such as a text that is no day.
            ImportError: pyarrow is not installed.
        """
        import pyarrow

        columns = columns_of(self.rows) or [()] * len(self.columns)
        arrays = [self._array(column, values) for column, values in zip(self.columns, columns, strict=True)]
        return pyarrow.RecordBatch.from_arrays(arrays, schema=arrow_schema(self.columns))

    def _array(self, column: Column, values: Sequence[Any]) -> "pyarrow.Array":
        import pyarrow

        arrow_type = _arrow_type(column.kind)
        try:
            if column.kind in {Kind.DATE, Kind.MOMENT}:
                # pyarrow parses the texts faster than Python creates dates.
                return pyarrow.array(values, type=pyarrow.string()).cast(arrow_type)
            return pyarrow.array(values, type=arrow_type)
        except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, OverflowError) as error:
            raise _unfit(self.table, column, error) from error


def check_times(batch: Batch, *, first: date = date.min, last: date = date.max) -> None:
    """Checks the days and times of a batch.

    Raises:
        DecodeError: A text is not a day or a time, or it is not in the range.
    """
    for column, values in zip(batch.columns, columns_of(batch.rows), strict=False):
        if column.kind not in {Kind.DATE, Kind.MOMENT}:
            continue
        for text in set(values) - {None}:
            try:
                day = date.fromisoformat(text) if column.kind is Kind.DATE else datetime.fromisoformat(text).date()
                if not first <= day <= last:
                    raise ValueError(_("{day} is not from {first} to {last}", day=day, first=first, last=last))
            except ValueError as error:
                raise _unfit(batch.table, column, error) from error


def _unfit(table: TableSchema, column: Column, error: Exception) -> DecodeError:
    problem = _(
        "{table}.{column} has a value that is no {kind}",
        table=table.name,
        column=column.name,
        kind=column.kind.value,
    )
    return DecodeError(composed("{problem}: {error}", problem=problem, error=error))


def arrow_schema(columns: tuple[Column, ...]) -> "pyarrow.Schema":
    """Returns the pyarrow schema of columns; key columns are not nullable."""
    import pyarrow

    return pyarrow.schema(
        [pyarrow.field(column.name, _arrow_type(column.kind), nullable=not column.key) for column in columns]
    )


def _arrow_type(kind: Kind) -> "pyarrow.DataType":
    import pyarrow

    types = {
        Kind.INT: pyarrow.int64(),
        Kind.DECIMAL: pyarrow.decimal128(38, 6),
        Kind.DATE: pyarrow.date32(),
        Kind.MOMENT: pyarrow.timestamp("us", tz="UTC"),
    }
    return types.get(kind, pyarrow.string())
