"""The Reports service: a report's text, or its place in the queue; which request asks for it is not known here.

https://yandex.ru/dev/direct/doc/ru/reports/mode
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.delivery import Delivery

from ..domain import error_codes
from ..domain.account import Account
from ..domain.statistics_corrections import Correction, corrections
from ..storage.store import Store
from . import date_ranges
from .builder import Builder, Order, TooLargeError
from .finished_reports import Shelf
from .queue import Entry, NameTakenError, Queue, QueueFullError
from .rate_limit import Rate
from .sql_query import Definition

ONLINE = 20_000
LARGEST = 20_000_000
MOST_ADS = 100_000

_WAIT = 3
"""Seconds that a report spends in the queue at least."""
_EACH_SECOND = 50_000
"""Days of ads and conditions that the queue gets through in a second."""


@dataclass(frozen=True, slots=True)
class ReportResult:
    """What became of a request for a report.

    - `status`: 200 where it is built, 201 where it is put into the queue, 202 where it waits there.
    - `in_queue`: how many reports of the login wait.
    - `retry_in`: seconds after which it is worth asking again, for a report in the queue.
    - `text`, `stream`: the report: built at once, or the pieces of a finished one.
    """

    status: int
    in_queue: int
    retry_in: int | None = None
    text: bytes = b""
    stream: Iterator[bytes] | None = None


class Reports:
    """Builds reports, or puts them into the queue.

    Args:
        store: Holds the objects and the queue.
        clock: Gives seconds since the epoch.
        seed: Decides what the statistics are.
        online: Days of ads and conditions up to which a report is built while the caller waits.
        largest: Days of ads and conditions beyond which the server gives up (error 1002).
        most_ads: Ads of an account beyond which it gives up.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], float],
        *,
        seed: int = 0,
        online: int = ONLINE,
        largest: int = LARGEST,
        most_ads: int = MOST_ADS,
    ) -> None:
        limits = facts.bundled().limits
        self._store = store
        self._clock = clock
        self._online_size = online
        self._builder = Builder(store, seed, largest, most_ads)
        self._queue = Queue(store, clock)
        self._shelf = Shelf(clock)
        self._rate = Rate(limits.requests, limits.seconds, clock)

    def limit_rate(self, login: str, language: str) -> None:
        """Raises error 56 where a login asks more often than the service allows."""
        limits = facts.bundled().limits
        if not self._rate.admit(login):
            english = f"No more than {limits.requests} requests in {limits.seconds} seconds"
            russian = f"Не более {limits.requests} запросов за {limits.seconds} секунд"
            raise error_codes.bilingual_fault(56, english, russian, language)

    def request(self, account: Account, definition: Definition, delivery: Delivery, language: str) -> ReportResult:
        """Gives a report that is finished or small, and puts others into the queue.

        Args:
            account: Whose statistics are meant.
            definition: The definition, which has been validated.
            delivery: How the report is to be built and written.
            language: "ru" or "en": that of names of places, and of errors.

        Returns:
            The report, or when it will be ready.

        Raises:
            ApiError: 1002 where it is too large, 4000 for days without statistics or a name that is taken, 8312 where
                it cannot be built online, 9000 where the queue is full.
        """
        entry = None if delivery.mode == "online" else self._queue.find(account.login, definition)
        # What is requested again is still about the days that it was about when it was put into the queue.
        moment = entry.ordered if entry else self._clock()
        period = date_ranges.period(definition, moment, self._corrections(account.login), language)
        order = Order(account, definition, delivery, period, moment, language)
        try:
            return self._built(order) if entry is None else self._queued(order, entry, status=202)
        except TooLargeError:
            english, russian = "The report takes too long to build", "Превышено время построения отчета"
            raise error_codes.bilingual_fault(1002, english, russian, language) from None

    def close(self) -> None:
        """Removes the finished reports."""
        self._shelf.close()

    def _corrections(self, login: str) -> list[Correction]:
        corrected = corrections(self._store)
        return [corrected[row.id] for row in self._store.rows("campaigns", login, ids=list(corrected))]

    def _built(self, order: Order) -> ReportResult:
        """A report that is not in the queue: built at once where that is possible and wanted."""
        size = self._builder.size(order)
        if order.delivery.mode == "offline" or not self._fits_online(order, size):
            return self._queued(order, self._enqueue(order, size), status=201)
        text = io.BytesIO()
        self._builder.write(order, text)
        return ReportResult(200, self._queue.waiting(order.account.login), text=text.getvalue())

    def _fits_online(self, order: Order, size: int) -> bool:
        return size <= self._online_size and not facts.bundled().report_types[order.definition["ReportType"]].offline

    def _enqueue(self, order: Order, size: int) -> Entry:
        if order.delivery.mode == "online":
            english = "Send the request again with processingMode: offline or auto"
            russian = "Повторите запрос с заголовком processingMode: offline или auto"
            raise error_codes.bilingual_fault(8312, english, russian, order.language)
        try:
            return self._queue.add(order.account.login, order.definition, _WAIT + size // _EACH_SECOND)
        except NameTakenError as taken:
            english = "ReportName: there is a report of this name with other parameters"
            russian = "ReportName: отчет с таким названием, но другими параметрами уже существует"
            raise error_codes.bilingual_fault(4000, english, russian, order.language) from taken
        except QueueFullError as full:
            queued = facts.bundled().limits.queued
            english, russian = (
                f"No more than {queued} reports in the queue",
                f"В очереди может быть не более {queued} отчетов",
            )
            raise error_codes.bilingual_fault(9000, english, russian, order.language) from full

    def _queued(self, order: Order, entry: Entry, *, status: int) -> ReportResult:
        """A report in the queue, or its text when it is ready: always the same, until it is deleted."""
        now, login = self._clock(), order.account.login
        if now < entry.ready:
            return ReportResult(status, self._queue.waiting(login), retry_in=entry.retry_in(now))
        key = repr((login, entry, order.language, replace(order.delivery, mode="offline")))
        stream = self._shelf.read(key, entry.expires, partial(self._builder.write, order))
        return ReportResult(200, self._queue.waiting(login), stream=stream)
