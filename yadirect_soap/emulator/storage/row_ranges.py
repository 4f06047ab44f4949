"""Rows that follow one another: one stored row, or the rows of a synthetic range, whose number is known without them.

An account has the synthetic ads 1 to 1,000,000.  Ad 5 was changed and ad 7 deleted, so that the store holds two rows: 5
with its document, 7 without one.  merged() yields

    RowRange(1 to 4), (row 5,), RowRange(6 to 6), RowRange(8 to 1,000,000)

and a get with the offset 900,000 takes a slice of the last range: it computes only the rows of its page.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

from .synthetic_rows import Document, Key, SyntheticRange


class Row(NamedTuple):
    """A stored object: its owner, its last change (seconds since the epoch), and its document."""

    id: Key
    login: str
    changed: float
    document: Document


@dataclass(frozen=True, slots=True)
class RowRange(Sequence[Row]):
    """Rows of a synthetic range, whose identifiers follow one another; a slice costs no more than one row."""

    synthetic: SyntheticRange
    keys: range

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self.keys)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> "RowRange": ...
    def __getitem__(self, index: int | slice) -> "Row | RowRange":
        keys = self.keys[index]
        return self._row(keys) if isinstance(keys, int) else RowRange(self.synthetic, keys)

    def _row(self, key: int) -> Row:
        return Row(key, self.synthetic.login, self.synthetic.changed, self.synthetic.document(key))


Rows = Sequence[Row]
"""One row or more: a single stored row, or a RowRange."""


_FROM_BELOW = frozenset({"ServingStatus"})
"""Members that follow from the objects below an object, each of which can be changed by itself."""


def varying(rows: Rows) -> frozenset[str]:
    """Returns the members in which the rows of one range may differ.

    Members that follow from the objects above are not among them: a get reads the rows of one campaign together, where
    they are the same.
    """
    return rows.synthetic.varying | _FROM_BELOW if isinstance(rows, RowRange) else frozenset()


def merged(stored: Iterable[Row], ranges: Iterable[RowRange]) -> Iterator[Rows]:
    """Yields stored rows and ranges in the order of their identifiers.

    Args:
        stored: Rows in the order of their identifiers; one without a document is a deleted object.
        ranges: Ranges in the order of their identifiers.

    Yields:
        Each stored row that has a document, and what the stored rows leave of each range.
    """
    waiting = deque(stored)
    for row_range in ranges:
        start, stop = row_range.keys.start, row_range.keys.stop
        while waiting and waiting[0].id < stop:  # type: ignore[operator]  # ids beside a range are numbers
            row = waiting.popleft()
            if isinstance(row.id, int) and row.id >= start:
                if row.id > start:
                    yield RowRange(row_range.synthetic, range(start, row.id))
                start = row.id + 1
            if row.document:
                yield (row,)
        if start < stop:
            yield RowRange(row_range.synthetic, range(start, stop))
    yield from ((row,) for row in waiting if row.document)
