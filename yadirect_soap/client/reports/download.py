"""Reads a report as its bytes arrive, in blocks of whole lines, and checks the number of rows at its end."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Protocol

from yadirect_soap.errors import DecodeError, ReportTooLargeError, TransportError
from yadirect_soap.language import _, composed
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import StreamedResponse
from yadirect_soap.protocol.reports import columns, tsv
from yadirect_soap.protocol.scalars import DecodeFailure

from .deadline import WaitPolicy
from .poller import ReportPoller
from .request import OPERATION, ReportRequest

_BLOCK = 1 << 16
"""Bytes whose rows, as texts and as values, still fit into a processor's cache; large blocks take twice as long."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a report: the names of all columns, and complete lines."""

    names: tuple[str, ...]
    lines: bytes


class Source(Protocol):
    """The interface of the source of a Report's rows."""

    @property
    def begins_anew(self) -> bool:
        """Whether `blocks` itself repeats requests whose response was cut off."""

    def blocks(self, wait_policy: WaitPolicy, /) -> Iterator[Block]:
        """Yields all rows, or an error; at least one block, which may have no lines."""


@dataclass(frozen=True, slots=True)
class Download:
    """A report that is read directly from the connection."""

    request: ReportRequest
    poller: ReportPoller
    max_rows: int
    """The maximum number of rows of a report."""
    begins_anew: ClassVar[bool] = False

    def blocks(self, wait_policy: WaitPolicy) -> Iterator[Block]:
        """Polls until the report is ready, and yields its rows as they arrive.

        The columns have the order of the definition.  A report whose title names other days than the definition is
        refused before its rows.

        Raises:
            DecodeError: the report is incomplete; raised after the rows that came before.
            ReportTooLargeError: the report has the maximum number of rows and its definition has no Page; raised after
                them.
        """
        positions: tuple[int, ...] = ()

        def find_columns(names: tuple[str, ...]) -> None:
            nonlocal positions
            _refuse_other_days(layout.days, self.request.definition)
            positions = columns.positions(names, self.request.definition)

        layout = tsv.Layout(self.request.definition["FieldNames"], find_columns)
        wait_policy.report_progress("submitted")
        with self.poller.opened(self.request, wait_policy) as response, self._translated_errors(response, layout):
            for lines in layout.blocks(_rechunk(response.pieces)):
                wait_policy.check()
                yield _block(layout.names, lines, positions)
                wait_policy.report_progress("downloading", rows=layout.rows)
            if not layout.rows:
                yield _block(layout.names, b"", positions)
            self._check_size(layout.rows)
        wait_policy.report_progress("complete", rows=layout.rows)

    @contextmanager
    def _translated_errors(self, response: StreamedResponse, layout: tsv.Layout) -> Iterator[None]:
        """Translates failures of reading into errors about this report.

        A report that was cut off may be requested again: its error is repeatable.
        """
        try:
            yield
        except DecodeFailure as failure:
            raise unreadable_report(self.request.name, failure, response) from failure
        except (TransportError, DecodeError) as error:
            message = _(
                "report {name!r} was cut off after {rows} rows, read it again from the first one",
                name=self.request.name,
                rows=layout.rows,
            )
            error.args = (composed("{message}: {error}", message=message, error=error.args[0] if error.args else ""),)
            error.repeatable = True
            error.operation = OPERATION.key
            error.request_id = response.headers.get(headers.REQUEST_ID, "")
            raise

    def _check_size(self, rows: int) -> None:
        if rows >= self.max_rows and "Page" not in self.request.definition:
            message = _(
                "report {name!r} has {rows} rows, the maximum: there may be more", name=self.request.name, rows=rows
            )
            raise ReportTooLargeError(
                _("{message}; use split=True, or request fewer days", message=message), operation=OPERATION.key
            )


def _block(names: tuple[str, ...], lines: bytes, positions: tuple[int, ...]) -> Block:
    """Returns a block with its columns in the order of these positions."""
    if positions == tuple(range(len(names))):
        return Block(names, lines)
    return Block(tuple(names[position] for position in positions), tsv.reordered(lines, positions))


def _refuse_other_days(titled: tuple[date, date] | None, definition: Mapping[str, Any]) -> None:
    """Raises DecodeFailure if the title names other days than the definition; a title may name none."""
    criteria = definition["SelectionCriteria"]
    requested = tuple(criteria.get(name) for name in ("DateFrom", "DateTo"))
    if titled is None or None in requested:
        return
    titled_days = tuple(day.isoformat() for day in titled)
    if titled_days != requested:
        raise DecodeFailure(
            _("a report of {days}, as its title says", days=" - ".join(titled_days)), " - ".join(requested)
        )


def unreadable_report(
    name: str, failure: DecodeFailure, response: StreamedResponse | None = None, *, where: str = ""
) -> DecodeError:
    """Returns the error for a report that cannot be read in full."""
    request_id = response.headers.get(headers.REQUEST_ID, "") if response else ""
    message = _("report {name!r} is incomplete: {where}{failure}", name=name, where=where, failure=failure)
    error = DecodeError(message, operation=OPERATION.key, request_id=request_id)
    error.repeatable = isinstance(failure, tsv.Truncated)
    return error


def _rechunk(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yields the same bytes in pieces of about equal size."""
    gathered = b""
    for piece in pieces:
        gathered = gathered + piece if gathered else piece
        if len(gathered) >= _BLOCK:
            size = len(gathered) - len(gathered) % _BLOCK
            yield from (gathered[start : start + _BLOCK] for start in range(0, size, _BLOCK))
            gathered = gathered[size:]
    if gathered:
        yield gathered
