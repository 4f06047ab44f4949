"""Batch: rows of one table for a destination, as tuples and as a pyarrow record batch."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
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
_WHOLE_DIGITS, _PLACES = 32, 6
"""The digits of decimal(38, 6)."""
_RANGE = _("an integer from -9223372036854775808 to 9223372036854775807")
_DIGITS = _("a decimal of at most 32 digits before its point and 6 after it")


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
        # pyarrow parses the texts faster than Python creates dates.
        given_type = pyarrow.string() if column.kind in {Kind.DATE, Kind.MOMENT} else arrow_type

        def array(values: Sequence[Any]) -> "pyarrow.Array":
            return pyarrow.array(values, type=given_type).cast(arrow_type)

        misfits = (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, OverflowError)
        try:
            return array(values)
        except misfits:
            for index, value in enumerate(values):
                try:
                    array([value])
                except misfits as error:
                    raise _unfit(self, column, index, error) from error
            raise


def check_values(batch: Batch, days: tuple[date, date] = (date.min, date.max)) -> None:
    """Checks the days, times and numbers of a batch.

    Args:
        batch: The batch.
        days: The first and the last day that the destination can store.

    Raises:
        DecodeError: A text is not a day or a time, or it is not in the range; an integer has more than 64 bits, or a
            decimal more than 32 digits before its point or 6 after it.
    """
    for column, values in batch.filled_columns().items():
        if column.kind in {Kind.DATE, Kind.MOMENT}:
            _check_times(batch, column, values, days)
        else:
            _check_numbers(batch, column, values)


def check_numbers(batch: Batch) -> None:
    """Checks the integers and decimals of a batch, as check_values() does.

    Raises:
        DecodeError: One has too many bits or digits.
    """
    for column, values in batch.filled_columns().items():
        _check_numbers(batch, column, values)


def _check_times(batch: Batch, column: Column, values: Sequence[Any], days: tuple[date, date]) -> None:
    first, last = days
    for text in set(values) - {None}:
        try:
            day = date.fromisoformat(text) if column.kind is Kind.DATE else datetime.fromisoformat(text).date()
            if not first <= day <= last:
                raise ValueError(_("{day} is not from {first} to {last}", day=day, first=first, last=last))
        except ValueError as error:
            raise _unfit(batch, column, values.index(text), error) from error


def _check_numbers(batch: Batch, column: Column, values: Sequence[Any]) -> None:
    if column.kind not in {Kind.INT, Kind.DECIMAL}:
        return
    numbers = set(values) - {None}
    if column.kind is Kind.INT:
        # The smallest and the largest tell of all, and are found much faster than each is checked.
        wrong, expected = [number for number in (min(numbers), max(numbers)) if not _is_int64(number)], _RANGE
    else:
        wrong, expected = [number for number in numbers if not _is_decimal(number)], _DIGITS
    for number in wrong:
        problem = ValueError(_("found {number!s:.60}, expected {expected}", number=number, expected=expected))
        raise _unfit(batch, column, values.index(number), problem)


def _is_int64(number: int) -> bool:
    return -(2**63) <= number < 2**63


def _is_decimal(number: Decimal | int) -> bool:
    whole, _point, places = format(Decimal(number), "f").partition(".")
    return len(whole.lstrip("-0")) <= _WHOLE_DIGITS and len(places.rstrip("0")) <= _PLACES


def _unfit(batch: Batch, column: Column, index: int, error: Exception) -> DecodeError:
    key = batch.table.key_of(batch.rows[index]) if not batch.deleted else batch.rows[index]
    problem = _(
        "{table}.{column} has a value that is no {kind}, in the row {key}",
        table=batch.table.name,
        column=column.name,
        kind=column.kind.value,
        key=", ".join(f"{part.name}={value}" for part, value in zip(batch.table.key, key, strict=True)),
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
