"""The building of a report: from a definition and an account's objects to a file of text."""

from contextlib import closing
from dataclasses import dataclass
from typing import IO

from yadirect_soap.protocol.reports import tsv
from yadirect_soap.protocol.reports.days import DateRange
from yadirect_soap.protocol.reports.delivery import Delivery

from ..domain.account import Account
from ..storage.store import Store
from .goals import Goals
from .impression_sources import sources
from .random_events import Dice
from .sql_query import Definition, Statement, statement
from .star_schema import Star
from .tsv_writer import lines


@dataclass(frozen=True, slots=True)
class Order:
    """A report that an account asks for, by a checked definition."""

    account: Account
    definition: Definition
    delivery: Delivery
    period: DateRange
    moment: float
    """Seconds since the epoch: what happened until then is reported."""
    language: str
    """That of the names of places."""


class TooLargeError(Exception):
    """A report is more work than the builder takes on."""


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds reports of a store's accounts.  The same seed gives the same statistics of the same objects."""

    store: Store
    seed: int
    largest: int
    """The most days of ads and conditions that a report is built from."""
    most_ads: int
    """The most ads of an account that are looked through; all of them are held while a report is begun."""

    def size(self, order: Order) -> int:
        """How much work an order is, in days of ads and conditions.  Raises TooLargeError for too many ads."""
        with closing(self._star(order, self._statement(order))) as star:
            return star.size(order.period)

    def write(self, order: Order, file: IO[bytes]) -> None:
        """Writes a report; what is drawn and sorted for it is kept on disk.  Raises TooLargeError."""
        said, delivery = self._statement(order), order.delivery
        with closing(self._star(order, said)) as star:
            if star.size(order.period) > self.largest:
                raise TooLargeError
            star.draw(Dice(self.seed, order.moment), order.period, searching=said.mentions("search"))
            if delivery.header:
                name, period = order.definition["ReportName"], order.period
                file.write(tsv.title_line(name, period.first, period.last).encode())
            if delivery.columns:
                file.write(tsv.column_line([column.name for column in said.columns]).encode())
            total = 0
            for text, rows in lines(said.columns, star.rows(said.select, said.clauses, said.values), delivery):
                file.write(text.encode())
                total += rows
            if delivery.summary:
                file.write(tsv.total_line(total).encode())

    def _statement(self, order: Order) -> Statement:
        return statement(order.definition, Goals(self.store, order.account), order.account.currency)

    def _star(self, order: Order, said: Statement) -> Star:
        if self.store.count("ads", order.account.login) > self.most_ads:
            raise TooLargeError
        star = Star(sources(self.store, order.account, order.moment), order.language)
        try:
            star.narrow(said.narrowing)
        except BaseException:
            star.close()
            raise
        return star
