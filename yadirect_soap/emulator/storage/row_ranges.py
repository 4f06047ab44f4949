"""Rows that follow one another: one that is stored, or a synthetic range, whose length is known without its rows."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

from .synthetic_rows import Document, Key, SyntheticRange


class Row(NamedTuple):
    """An object as it is kept: whose it is, when it last changed (seconds since the epoch), and its document."""

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
        found = self.keys[index]
        return self._row(found) if isinstance(found, int) else RowRange(self.synthetic, found)

    def _row(self, key: int) -> Row:
        return Row(key, self.synthetic.login, self.synthetic.changed, self.synthetic.document(key))


Run = Sequence[Row]
"""One row or more: a row that is kept is a run of its own."""


_FROM_BELOW = frozenset({"ServingStatus"})
"""Members that follow from objects under an object, which may be changed one by one."""


def varying(run: Run) -> frozenset[str]:
    """The members in which the rows of a run may differ; what follows from the objects above them is not among them.

    Under one campaign, as a get asks for them, that is alike.
    """
    return run.synthetic.varying | _FROM_BELOW if isinstance(run, RowRange) else frozenset()


def merged(kept: Iterable[Row], stretches: Iterable[RowRange]) -> Iterator[Run]:
    """Kept rows and stretches, both in the order of their identifiers: of the same one, what is kept holds.

    A kept row without a document is of an object that is gone.
    """
    rest = deque(kept)
    for stretch in stretches:
        start, stop = stretch.keys.start, stretch.keys.stop
        while rest and rest[0].id < stop:  # type: ignore[operator]  # ids beside a range are numbers
            row = rest.popleft()
            if isinstance(row.id, int) and row.id >= start:
                if row.id > start:
                    yield RowRange(stretch.synthetic, range(start, row.id))
                start = row.id + 1
            if row.document:
                yield (row,)
        if start < stop:
            yield RowRange(stretch.synthetic, range(start, stop))
    yield from ((row,) for row in rest if row.document)
