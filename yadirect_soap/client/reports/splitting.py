"""Reports with more rows than one can have: cut by days until each piece is whole, and joined in their order."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from yadirect_soap.errors import ConfigurationError, ReportTooLargeError
from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.days import DateRange

from .download import Block, Download
from .order import Order
from .patience import Patience

_DATE = "Date"
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Pieces:
    """A range of days as one report where that can hold it, else as reports of its halves, and so on.

    Each piece is kept in a temporary file until it is known to be whole, so that no row is given twice.
    """

    days: DateRange
    backwards: bool
    of_days: Callable[[DateRange], Download]
    """The report of some of the days."""

    def blocks(self, patience: Patience) -> Iterator[Block]:
        """The rows of all days; ReportTooLargeError where a single day has too many."""
        waiting = [self.days]
        names: tuple[str, ...] | None = None
        while waiting:
            days = waiting.pop()
            with tempfile.TemporaryFile() as kept:
                try:
                    names = _keep(self.of_days(days).blocks(patience), kept)
                except ReportTooLargeError as error:
                    if days.days == 1:
                        message = f"{days.first} alone has more rows than a report can have; ask for fewer fields"
                        raise ReportTooLargeError(message, operation=error.operation) from error
                    first, second = days.halves()
                    waiting += (first, second) if self.backwards else (second, first)
                    continue
                yield from _blocks(names, kept)


def check(definition: Mapping[str, Any], today: date) -> tuple[DateRange, bool]:
    """The days of a definition, and whether they are sorted backwards; ConfigurationError where it cannot be cut.

    Rows can be cut by days only where each is about one, and joined in order only where that is the days' own.
    """
    if _DATE not in definition["FieldNames"]:
        raise ConfigurationError("split needs Date among the FieldNames: other rows are sums over all days")
    if "Page" in definition:
        raise ConfigurationError("split and Page exclude each other")
    orders = definition.get("OrderBy") or [{"Field": _DATE}]
    if orders[0]["Field"] != _DATE:
        raise ConfigurationError("split needs an OrderBy that begins with Date, or none")
    days = _days(definition["SelectionCriteria"], str(definition.get("DateRangeType")), today)
    return days, orders[0].get("SortOrder") == "DESCENDING"


def cut(ordered: Order, days: DateRange) -> Order:
    """The same order for some of its days, under a name that tells them."""
    known = facts.bundled()
    ending = f" {days}"
    return ordered.changed(
        SelectionCriteria={**ordered.definition["SelectionCriteria"], **days.criteria},
        DateRangeType=known.own_dates,
        ReportName=ordered.name[: known.limits.name - len(ending)] + ending,
    )


def _days(criteria: Mapping[str, Any], asked: str, today: date) -> DateRange:
    try:
        if "DateFrom" in criteria:
            return DateRange(date.fromisoformat(criteria["DateFrom"]), date.fromisoformat(criteria["DateTo"]))
        days = DateRange.of(asked, today)
    except (KeyError, ValueError) as error:
        raise ConfigurationError(f"split needs days that are known: {error}") from None
    if days is None:
        raise ConfigurationError(f"split needs days that are known: DateFrom and DateTo instead of {asked}")
    return days


def _keep(blocks: Iterator[Block], file: IO[bytes]) -> tuple[str, ...]:
    """Writes all blocks, and gives the names of the columns."""
    names: tuple[str, ...] = ()
    for block in blocks:
        names = block.names
        file.write(block.lines)
    file.seek(0)
    return names


def _blocks(names: tuple[str, ...], file: IO[bytes]) -> Iterator[Block]:
    """The rows of a file again, in whole lines; one empty block where there are none."""
    while lines := file.readlines(_BLOCK):
        yield Block(names, b"".join(lines))
    if not file.tell():
        yield Block(names, b"")
