"""GatheredRows: the rows of a table before their commit, by key; the newest are in memory, the others in a file."""

import pickle
import tempfile
import threading
import weakref
from collections.abc import Iterable, Iterator, KeysView, Sequence
from itertools import chain, count
from typing import Any, overload

from .batches import ROWS
from .columnar_rows import ColumnarRows, columns_of
from .schema import Key, Row, TableSchema

_MIN_STORED_ROWS = 1_000
"""The number of rows from which a page is stored in a file."""


class GatheredRows:
    """Rows by key; of rows with the same key, the last one counts.

    Args:
        schema: The table.
        batch_rows: The maximum number of rows in memory, and in a batch.
    """

    def __init__(self, schema: TableSchema, *, batch_rows: int = ROWS) -> None:
        self._schema = schema
        self._batch_rows = batch_rows
        self._last: dict[Key, int] = {}
        """By key, the number of the row that counts."""
        self._added = 0
        self._newest: list[Row] = []
        self._stored: list[StoredRows] = []
        self._file: _RowFile | None = None

    def __len__(self) -> int:
        return len(self._last)

    @property
    def keys(self) -> KeysView[Key]:
        """The keys of the rows."""
        return self._last.keys()

    def add(self, rows: Sequence[Row]) -> None:
        """Adds rows; they replace those with the same keys."""
        self._last.update(zip(keys_of(self._schema, rows), count(self._added), strict=False))
        self._added += len(rows)
        if isinstance(rows, StoredPage):
            self._store(len(self._newest))
            self._stored += rows.parts
            return
        self._newest += rows
        while len(self._newest) >= self._batch_rows:
            self._store(self._batch_rows)

    def _store(self, number: int) -> None:
        """Moves the first of the newest rows to the file."""
        if number:
            self._file = self._file or _RowFile()
            self._stored.append(self._file.add(columns_of(self._newest[:number])))
            del self._newest[:number]

    def batches(self) -> Iterator[Sequence[Row]]:
        """Yields the rows that count, in batches; rows in the file are read when they are used."""
        batches: list[Sequence[Row]] = [*self._stored, *([self._newest] if self._newest else [])]
        if len(self._last) == self._added:
            yield from batches
            return
        counting = set(self._last.values())
        first = 0
        for rows in batches:
            picked = [index for index in range(len(rows)) if first + index in counting]
            first += len(rows)
            if picked:
                yield rows.only(picked) if isinstance(rows, StoredRows) else [rows[index] for index in picked]


class StoredRows(ColumnarRows):
    """Rows in a file, which are read each time they are used."""

    def __init__(self, file: "_RowFile", start: int, length: int, picked: Sequence[int] | None = None) -> None:
        self._file, self._start, self._length, self._picked = file, start, length, picked

    def only(self, picked: Sequence[int]) -> "StoredRows":
        """Returns some of the rows, by their indexes."""
        return StoredRows(self._file, self._start, self._length, picked)

    def __len__(self) -> int:
        return self._length if self._picked is None else len(self._picked)

    @property
    def columns(self) -> Sequence[Sequence[Any]]:
        """The values of each column, in the order of the rows."""
        columns = self._file.read(self._start)
        picked = self._picked
        return columns if picked is None else [[column[index] for index in picked] for column in columns]


class StoredPage(Sequence[Row]):
    """The rows of a page, in parts in a file; their keys are in memory."""

    def __init__(self, keys: Sequence[Key], parts: Sequence[StoredRows]) -> None:
        self.keys, self.parts = keys, parts

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return list(chain.from_iterable(self.parts))[index]


def keys_of(schema: TableSchema, rows: Sequence[Row]) -> Iterable[Key]:
    """Returns the keys of rows, without reading those of a page from its file."""
    return rows.keys if isinstance(rows, StoredPage) else map(schema.key_of, rows)


def store_page(schema: TableSchema, parts: Iterable[ColumnarRows]) -> Sequence[Row]:
    """Moves the rows of a page to a file if there are many, so that waiting pages need little memory."""
    remaining = iter(parts)
    first = next(remaining, None)
    if first is None:
        return []
    if len(first) < _MIN_STORED_ROWS:
        return first
    file, keys, in_file = _RowFile(), list[Key](), list[StoredRows]()
    indexes = [schema.index(column.name) for column in schema.key]
    for part in chain([first], remaining):
        keys += zip(*(part.columns[index] for index in indexes), strict=True)
        in_file.append(file.add(part.columns))
    return StoredPage(keys, in_file)


class _RowFile:
    """A temporary file without a name, which is closed when no rows refer to it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed when no rows refer to it
        self._lock = threading.Lock()
        weakref.finalize(self, self._file.close)

    def add(self, columns: Sequence[Sequence[Any]]) -> StoredRows:
        with self._lock:
            start = self._file.seek(0, 2)
            pickle.dump(columns, self._file, pickle.HIGHEST_PROTOCOL)
        return StoredRows(self, start, len(columns[0]))

    def read(self, start: int) -> Sequence[Sequence[Any]]:
        with self._lock:
            self._file.seek(start)
            columns: Sequence[Sequence[Any]] = pickle.load(self._file)  # noqa: S301  this process wrote the file
        return columns
