"""Builds reports: from a definition and an account's objects to a file of text."""

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
from .random_events import EventGenerator
from .sql_query import Definition, Statement, statement
from .star_schema import StarSchema
from .tsv_writer import lines


@dataclass(frozen=True, slots=True)
class ReportJob:
    """A report to be built for an account, by a validated definition."""

    account: Account
    definition: Definition
    delivery: Delivery
    period: DateRange
    moment: float
    """Seconds since the epoch; the report has what happened until then."""
    language: str
    """The language of the names of locations, "ru" or "en"."""


class TooLargeError(Exception):
    """The report needs more work than the builder may do."""


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds reports of a store's accounts.  The same seed gives the same statistics of the same objects."""

    store: Store
    seed: int
    max_size: int
    """The most days of ads and conditions from which a report is built."""
    max_ads: int
    """The most ads of an account; all of them are in memory when a report is begun."""

    def size(self, job: ReportJob) -> int:
        """Returns the size of a job in days of ads and conditions.  Raises TooLargeError for too many ads."""
        with closing(self._star(job, self._statement(job))) as star:
            return star.size(job.period)

    def write(self, job: ReportJob, file: IO[bytes]) -> None:
        """Writes a report; its events are generated and sorted on disk.  Raises TooLargeError."""
        query, delivery = self._statement(job), job.delivery
        with closing(self._star(job, query)) as star:
            if star.size(job.period) > self.max_size:
                raise TooLargeError
            star.draw(EventGenerator(self.seed, job.moment), job.period, searching=query.mentions("search"))
            if delivery.header:
                name, period = job.definition["ReportName"], job.period
                file.write(tsv.title_line(name, period.first, period.last).encode())
            if delivery.columns:
                file.write(tsv.column_line([column.name for column in query.columns]).encode())
            total = 0
            for text, rows in lines(query.columns, star.rows(query.select, query.clauses, query.values), delivery):
                file.write(text.encode())
                total += rows
            if delivery.summary:
                file.write(tsv.total_line(total).encode())

    def _statement(self, job: ReportJob) -> Statement:
        return statement(job.definition, Goals(self.store, job.account), job.account.currency)

    def _star(self, job: ReportJob, query: Statement) -> StarSchema:
        if self.store.count("ads", job.account.login) > self.max_ads:
            raise TooLargeError
        star = StarSchema(sources(self.store, job.account, job.moment), job.language)
        try:
            star.narrow(query.narrowing)
        except BaseException:
            star.close()
            raise
        return star
