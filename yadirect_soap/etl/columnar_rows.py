"""ColumnarRows: rows that are stored as columns, which use less memory and convert to Arrow without tuples."""

from collections.abc import Iterator, Sequence
from typing import Any, overload

from .schema import Row


class ColumnarRows(Sequence[Row]):
    """A sequence of rows, whose tuples are created when they are used.

    Args:
        columns: The values of each column, in the order of the rows.
    """

    def __init__(self, columns: Sequence[Sequence[Any]]) -> None:
        self._columns = columns

    @property
    def columns(self) -> Sequence[Sequence[Any]]:
        """The values of each column, in the order of the rows."""
        return self._columns

    def __len__(self) -> int:
        return len(self.columns[0])

    def __iter__(self) -> Iterator[Row]:
        return zip(*self.columns, strict=True)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        picked = [column[index] for column in self.columns]
        return list(zip(*picked, strict=True)) if isinstance(index, slice) else tuple(picked)


def columns_of(rows: Sequence[Row]) -> Sequence[Sequence[Any]]:
    """Returns the values of each column of rows; [] if there are no rows."""
    return rows.columns if isinstance(rows, ColumnarRows) else list(zip(*rows, strict=True))
