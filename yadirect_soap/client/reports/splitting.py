"""Splits reports with too many rows by days, until each piece is complete, and joins the pieces in order."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import IO, Any, ClassVar

from yadirect_soap.atomic_files import naming_errors
from yadirect_soap.errors import ConfigurationError, DecodeError, ReportTooLargeError
from yadirect_soap.language import _
from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.days import DateRange

from .deadline import WaitPolicy
from .download import Block, Download
from .request import OPERATION, ReportRequest

_DATE = "Date"
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Pieces:
    """A range of days as one report if that can hold it, otherwise as reports of its halves, and so on.

    Each piece is stored in a temporary file until it is complete, so that no row is yielded twice; a piece that was cut
    off is requested again.
    """

    days: DateRange
    backwards: bool
    of_days: Callable[[DateRange], Download]
    """Creates the download of the report for a range of days."""
    begins_anew: ClassVar[bool] = True

    def blocks(self, wait_policy: WaitPolicy) -> Iterator[Block]:
        """Yields the rows of all days, with the columns of the first piece.

        Raises:
            ReportTooLargeError: a single day has too many rows.
            DecodeError: a piece has other columns than the first one.
        """
        waiting = [self.days]
        names: tuple[str, ...] | None = None
        while waiting:
            days = waiting.pop()
            with tempfile.TemporaryFile() as file:
                piece = self.of_days(days)
                try:
                    piece_names = piece.poller.read_again_if_cut_off(
                        partial(_store, piece, wait_policy, file), wait_policy
                    )
                except ReportTooLargeError as error:
                    if days.days == 1:
                        message = _(
                            "{first} alone has more rows than a report can have; request fewer fields", first=days.first
                        )
                        raise ReportTooLargeError(message, operation=error.operation) from error
                    first, second = days.halves()
                    waiting += (first, second) if self.backwards else (second, first)
                    continue
                names = names or piece_names
                if piece_names != names:
                    raise _other_columns(piece.request.name, days, piece_names, names)
                yield from _blocks(names, file)


def check(definition: Mapping[str, Any], today: date) -> tuple[DateRange, bool]:
    """Checks that a definition can be cut; returns its days, and whether they are sorted backwards.

    Rows can be cut by days only if each belongs to one day, and joined in order only if they are sorted by day.

    Raises:
        ConfigurationError: the definition cannot be cut.
    """
    if _DATE not in definition["FieldNames"]:
        raise ConfigurationError(_("split needs Date among the FieldNames: other rows are sums over all days"))
    if "Page" in definition:
        raise ConfigurationError(_("split and Page exclude each other"))
    orders = definition.get("OrderBy") or [{"Field": _DATE}]
    if orders[0]["Field"] != _DATE:
        raise ConfigurationError(_("split needs an OrderBy that begins with Date, or none"))
    days = _days(definition["SelectionCriteria"], str(definition.get("DateRangeType")), today)
    return days, orders[0].get("SortOrder") == "DESCENDING"


def cut(request: ReportRequest, days: DateRange) -> ReportRequest:
    """Returns the same report for some of its days, under a name that contains them."""
    report_facts = facts.bundled()
    ending = f" {days}"
    return request.changed(
        SelectionCriteria={**request.definition["SelectionCriteria"], **days.criteria},
        DateRangeType=report_facts.own_dates,
        ReportName=request.name[: report_facts.limits.name - len(ending)] + ending,
    )


def _other_columns(name: str, days: DateRange, names: tuple[str, ...], expected: tuple[str, ...]) -> DecodeError:
    """Returns the error for a piece whose goals are counted by another model than those of the first piece."""
    columns = _(
        "the columns {names}, expected those of the first piece, {expected}",
        names=", ".join(names),
        expected=", ".join(expected),
    )
    message = _(
        "report {name!r}, the piece of {days}: found {columns}; name the AttributionModels that you want",
        name=name,
        days=days,
        columns=columns,
    )
    return DecodeError(message, operation=OPERATION.key)


def _days(criteria: Mapping[str, Any], range_name: str, today: date) -> DateRange:
    try:
        if "DateFrom" in criteria:
            return DateRange(date.fromisoformat(criteria["DateFrom"]), date.fromisoformat(criteria["DateTo"]))
        days = DateRange.of(range_name, today)
    except (KeyError, ValueError) as error:
        raise ConfigurationError(_("split needs known days: {error}", error=error)) from None
    if days is None:
        raise ConfigurationError(
            _("split needs known days: use DateFrom and DateTo instead of {range}", range=range_name)
        )
    return days


def _store(piece: Download, wait_policy: WaitPolicy, file: IO[bytes]) -> tuple[str, ...]:
    """Writes all blocks of a piece to the file, replacing its content; returns the names of the columns."""
    label = _("a temporary file in {value}", value=tempfile.gettempdir())
    names: tuple[str, ...] = ()
    file.seek(0)
    file.truncate()
    for block in piece.blocks(wait_policy):
        names = block.names
        with naming_errors(label):
            file.write(block.lines)
    with naming_errors(label):
        file.seek(0)
    return names


def _blocks(names: tuple[str, ...], file: IO[bytes]) -> Iterator[Block]:
    """Reads the rows of a file in whole lines; one empty block if there are none."""
    while lines := file.readlines(_BLOCK):
        yield Block(names, b"".join(lines))
    if not file.tell():
        yield Block(names, b"")
