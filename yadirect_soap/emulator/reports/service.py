"""The Reports service: responds with the text of a report, or puts the report into the queue.

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
from . import build_limits, date_ranges
from .build_limits import BuildLimits
from .builder import Builder, ReportJob, TooLargeError
from .finished_reports import FinishedReports
from .queue import NameTakenError, Queue, QueuedReport, QueueFullError
from .rate_limit import RateLimit
from .sql_query import Definition

_BUILDING_RETRY = 1
"""Seconds in retryIn for a report that is being written."""


@dataclass(frozen=True, slots=True)
class ReportResult:
    """The result of a request for a report.

    - `status`: 200 if it is built, 201 if it is put into the queue, 202 if it waits there.
    - `in_queue`: the number of waiting reports of the login.
    - `retry_in`: seconds until the next request, for a report in the queue.
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
        clock: Returns seconds since the epoch.
        seed: The seed of the statistics.
        limits: The limits for the work of a report; the bundled ones if they are left out.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], float],
        *,
        seed: int = 0,
        limits: BuildLimits | None = None,
    ) -> None:
        documented = facts.bundled().limits
        self._store = store
        self._clock = clock
        self._limits = limits or build_limits.bundled()
        self._builder = Builder(store, seed, self._limits.max_size, self._limits.max_ads)
        self._queue = Queue(store, clock)
        self._finished = FinishedReports(clock)
        self._rate_limit = RateLimit(documented.requests, documented.seconds, clock)

    def limit_rate(self, login: str, language: str) -> None:
        """Raises error 56 for a login with too many requests."""
        limits = facts.bundled().limits
        if not self._rate_limit.admit(login):
            english = f"No more than {limits.requests} requests in {limits.seconds} seconds"
            russian = f"Не более {limits.requests} запросов за {limits.seconds} секунд"
            raise error_codes.bilingual_fault(56, english, russian, language)

    def request(self, account: Account, definition: Definition, delivery: Delivery, language: str) -> ReportResult:
        """Returns a report that is finished or small, and puts others into the queue.

        Args:
            account: Whose statistics are meant.
            definition: The definition, which has been validated.
            delivery: How the report is to be built and written.
            language: "ru" or "en", for the names of locations and for errors.

        Returns:
            The report, or when it will be ready.

        Raises:
            ApiError: 1002 where it is too large, 4000 for days without statistics or a name that is taken, 8312 where
                it cannot be built online, 9000 where the queue is full.
        """
        queued = None if delivery.mode == "online" else self._queue.find(account.login, definition)
        # A repeated request is about the same days as the one that put the report into the queue.
        moment = queued.submitted if queued else self._clock()
        period = date_ranges.period(definition, moment, self._corrections(account.login), language)
        job = ReportJob(account, definition, delivery, period, moment, language)
        try:
            return self._built(job) if queued is None else self._queued(job, queued, status=202)
        except TooLargeError:
            english, russian = "The report takes too long to build", "Превышено время построения отчета"
            raise error_codes.bilingual_fault(1002, english, russian, language) from None

    def close(self) -> None:
        """Removes the finished reports."""
        self._finished.close()

    def _corrections(self, login: str) -> list[Correction]:
        corrected = corrections(self._store, self._clock())
        rows = self._store.rows("campaigns", login, ids=list(corrected))
        return [correction for row in rows for correction in corrected[row.id]]

    def _built(self, job: ReportJob) -> ReportResult:
        """Returns a report that is not in the queue: built at once, or put into the queue."""
        size = self._builder.size(job)
        if job.delivery.mode == "offline" or not self._fits_online(job, size):
            return self._queued(job, self._enqueue(job, size), status=201)
        text = io.BytesIO()
        self._builder.write(job, text)
        return ReportResult(200, self._queue.waiting(job.account.login), text=text.getvalue())

    def _fits_online(self, job: ReportJob, size: int) -> bool:
        return (
            size <= self._limits.max_online_size
            and not facts.bundled().report_types[job.definition["ReportType"]].offline
        )

    def _enqueue(self, job: ReportJob, size: int) -> QueuedReport:
        if job.delivery.mode == "online":
            english = "Send the request again with processingMode: offline or auto"
            russian = "Повторите запрос с заголовком processingMode: offline или auto"
            raise error_codes.bilingual_fault(8312, english, russian, job.language)
        try:
            return self._queue.add(job.account.login, job.definition, self._limits.waiting_time(size))
        except NameTakenError as taken:
            english = "ReportName: there is a report of this name with other parameters"
            russian = "ReportName: отчет с таким названием, но другими параметрами уже существует"
            raise error_codes.bilingual_fault(4000, english, russian, job.language) from taken
        except QueueFullError as full:
            queued = facts.bundled().limits.queued
            english, russian = (
                f"No more than {queued} reports in the queue",
                f"В очереди может быть не более {queued} отчетов",
            )
            raise error_codes.bilingual_fault(9000, english, russian, job.language) from full

    def _queued(self, job: ReportJob, queued: QueuedReport, *, status: int) -> ReportResult:
        """Returns a report in the queue, or its text when it is ready: always the same until it is deleted."""
        now, login = self._clock(), job.account.login
        if now < queued.ready:
            return ReportResult(status, self._queue.waiting(login), retry_in=queued.retry_in(now))
        key = repr((login, queued, job.language, replace(job.delivery, mode="offline")))
        write = partial(self._builder.write, job)
        stream = self._finished.read(key, queued.expires, write, patience=self._limits.answer_seconds)
        if stream is None:
            return ReportResult(202, self._queue.waiting(login) + 1, retry_in=_BUILDING_RETRY)
        return ReportResult(200, self._queue.waiting(login), stream=stream)
