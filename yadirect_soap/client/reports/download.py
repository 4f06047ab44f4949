"""The blocks of one report as its bytes come: whole lines, as many as the report tells, none held."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from yadirect_soap.errors import DecodeError, ReportTooLargeError
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Streamed
from yadirect_soap.protocol.reports import columns, facts
from yadirect_soap.protocol.reports.tsv import Layout
from yadirect_soap.protocol.scalars import Unreadable

from .desk import Desk
from .order import OPERATION, Order
from .patience import Patience

_BLOCK = 1 << 18
"""Bytes from which on what is done once for a block costs next to nothing."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a report: the names of all its columns, and whole lines."""

    names: tuple[str, ...]
    lines: bytes


class Source(Protocol):
    """What a Report takes its rows from."""

    def blocks(self, patience: Patience, /) -> Iterator[Block]:
        """The rows, all of them or an error; at least one block, which may hold no lines."""


@dataclass(frozen=True, slots=True)
class Download:
    """One report, straight from the connection."""

    order: Order
    desk: Desk

    def blocks(self, patience: Patience) -> Iterator[Block]:
        """Asks for the report until it is there, and gives its rows while they come.

        Raises DecodeError for a report that is not whole, ReportTooLargeError for one with as many rows as one can
        have where its definition sets no page: both after the rows that came before.
        """
        layout = Layout(str(self.order.definition["FieldNames"][0]))
        patience.tell("asked")
        with self.desk.opened(self.order, patience) as answer, self._judged(answer):
            for lines in layout.blocks(_coalesced(answer.pieces)):
                patience.check()
                self._check_columns(layout.names)
                yield Block(layout.names, lines)
                patience.tell("reading", rows=layout.rows)
            self._check_columns(layout.names)
            if not layout.rows:
                yield Block(layout.names, b"")
            self._check_size(layout.rows)
        patience.tell("done", rows=layout.rows)

    @contextmanager
    def _judged(self, answer: Streamed) -> Iterator[None]:
        """Where an unreadable place of the report becomes an error about it."""
        try:
            yield
        except Unreadable as unreadable:
            raise unreadable_report(self.order.name, unreadable, answer) from unreadable

    def _check_columns(self, names: tuple[str, ...]) -> None:
        """The columns are those asked for; those of goals may be named after another model than the default."""
        expected = self.order.columns
        asked = {column.field for column in expected}
        same = names == tuple(column.name for column in expected)
        if not same and not (self.order.definition.get("Goals") and asked == {columns.of_name(n).field for n in names}):
            raise Unreadable(f"the columns {', '.join(names)!s:.200}", ", ".join(c.name for c in expected))

    def _check_size(self, rows: int) -> None:
        most = facts.bundled().limits.rows
        if rows >= most and "Page" not in self.order.definition:
            message = f"report {self.order.name!r} has {rows} rows, the most that one can have: there may be more"
            raise ReportTooLargeError(f"{message}; ask with split=True, or for fewer days", operation=OPERATION.key)


def unreadable_report(name: str, unreadable: Unreadable, answer: Streamed | None = None) -> DecodeError:
    """The error for a report that cannot be read in full."""
    request_id = answer.headers.get(headers.REQUEST_ID, "") if answer else ""
    message = f"report {name!r} is not whole: {unreadable}"
    return DecodeError(message, operation=OPERATION.key, request_id=request_id)


def _coalesced(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces in larger ones."""
    gathered: list[bytes] = []
    size = 0
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield b"".join(gathered)
            gathered, size = [], 0
    if gathered:
        yield b"".join(gathered)
