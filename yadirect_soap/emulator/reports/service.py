"""The Reports service: a request for a report in; its text, its place in the queue, or an error out.

https://yandex.ru/dev/direct/doc/ru/reports/mode
"""

import io
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Headers, Response, Streamed
from yadirect_soap.protocol.reports import delivery as deliveries
from yadirect_soap.protocol.reports import facts

from ..domain import error_codes, moderation
from ..domain.accounts import Accounts
from ..operations.services import changes
from ..storage.store import Store
from . import request as arrivals
from .builder import Builder, Order, TooLargeError
from .finished_reports import Shelf
from .queue import Entry, NameTakenError, Queue, QueueFullError
from .rate_limit import Rate
from .request import Arrival

ONLINE = 20_000
LARGEST = 20_000_000
MOST_ADS = 100_000

_WAIT = 3
"""Seconds that a report spends in the queue at least."""
_EACH_SECOND = 50_000
"""Days of ads and conditions that the queue gets through in a second."""

_STATUS: Mapping[int, int] = MappingProxyType({1000: 500, 1002: 502})
"""The HTTP status of an error by its code; that of all others is 400."""
_ENDS: Mapping[int, str] = MappingProxyType({200: "ok", 201: "ordered", 202: "waits"})
_LOG = logging.getLogger("yadirect_soap.emulator.reports")


class Reports:
    """Answers requests for reports.

    `clock` gives seconds since the epoch; `seed` decides what the statistics are.  `online` and `largest` count days
    of ads and conditions: up to the one a report is built while the caller waits, beyond the other the server gives up,
    as it does for accounts of more than `most_ads`.
    """

    def __init__(
        self,
        store: Store,
        accounts: Accounts,
        clock: Callable[[], float],
        *,
        seed: int = 0,
        online: int = ONLINE,
        largest: int = LARGEST,
        most_ads: int = MOST_ADS,
    ) -> None:
        limits = facts.bundled().limits
        self._store = store
        self._accounts = accounts
        self._clock = clock
        self._online_size = online
        self._builder = Builder(store, seed, largest, most_ads)
        self._queue = Queue(store, clock)
        self._shelf = Shelf(clock)
        self._rate = Rate(limits.requests, limits.seconds, clock)

    def answer(self, arrival: Arrival) -> Response | Streamed:
        """Answers a request in its format; never raises.  A mistake inside is logged and answered with error 1000."""
        try:
            answer = self._answer(arrival)
        except ApiError as error:
            return _refusal(arrival, error)
        except TooLargeError:
            english, russian = "The report takes too long to build", "Превышено время построения отчета"
            return _refusal(arrival, arrival.fault(1002, english, russian))
        except Exception:  # noqa: BLE001  whatever it is, the caller gets an answer
            _LOG.exception("request %s for a report failed inside the emulator", arrival.request_id)
            return refuse(arrival, 1000)
        _LOG.info("reports.get %s request %s", _ENDS[answer.status], arrival.request_id)
        return answer

    def close(self) -> None:
        """Removes the finished reports."""
        self._shelf.close()

    def _answer(self, arrival: Arrival) -> Response | Streamed:
        account = arrivals.account(arrival, self._accounts)
        self._admit(arrival, account.login)
        with self._store.transaction():
            moderation.pass_due(self._store, account.login, self._clock())
        delivery = arrivals.delivery(arrival)
        definition = arrivals.definition(arrival)
        entry = None if delivery.mode == "online" else self._queue.find(account.login, definition)
        # What is asked for again is still about the days that it was about when it was ordered.
        moment = entry.ordered if entry else self._clock()
        period = arrivals.period(arrival, definition, moment, self._corrections(account.login))
        order = Order(account, definition, delivery, period, moment, arrival.language)
        if entry is not None:
            return self._queued(arrival, order, entry, status=202)
        size = self._builder.size(order)
        if delivery.mode != "offline" and self._fits_online(order, size):
            return self._online(arrival, order)
        return self._queued(arrival, order, self._enqueue(arrival, order, size), status=201)

    def _admit(self, arrival: Arrival, login: str) -> None:
        limits = facts.bundled().limits
        if not self._rate.admit(login):
            english = f"No more than {limits.requests} requests in {limits.seconds} seconds"
            russian = f"Не более {limits.requests} запросов за {limits.seconds} секунд"
            raise arrival.fault(56, english, russian)

    def _corrections(self, login: str) -> list[changes.Correction]:
        corrected = changes.corrections(self._store)
        return [corrected[row.id] for row in self._store.rows("campaigns", login, ids=list(corrected))]

    def _fits_online(self, order: Order, size: int) -> bool:
        return size <= self._online_size and not facts.bundled().report_types[order.definition["ReportType"]].offline

    def _online(self, arrival: Arrival, order: Order) -> Response:
        text = io.BytesIO()
        self._builder.write(order, text)
        return Response(200, self._headers(arrival, order), text.getvalue())

    def _enqueue(self, arrival: Arrival, order: Order, size: int) -> Entry:
        if order.delivery.mode == "online":
            english = "Send the request again with processingMode: offline or auto"
            raise arrival.fault(8312, english, "Повторите запрос с заголовком processingMode: offline или auto")
        try:
            return self._queue.add(order.account.login, order.definition, _WAIT + size // _EACH_SECOND)
        except NameTakenError as taken:
            english = "ReportName: there is a report of this name with other parameters"
            russian = "ReportName: отчет с таким названием, но другими параметрами уже существует"
            raise arrival.fault(4000, english, russian) from taken
        except QueueFullError as full:
            queued = facts.bundled().limits.queued
            english = f"No more than {queued} reports in the queue"
            raise arrival.fault(9000, english, f"В очереди может быть не более {queued} отчетов") from full

    def _queued(self, arrival: Arrival, order: Order, entry: Entry, *, status: int) -> Response | Streamed:
        """A report in the queue, or its text when it is ready: always the same, until it is deleted."""
        if (now := self._clock()) < entry.ready:
            return Response(status, self._headers(arrival, order, retry_in=entry.retry_in(now)))
        key = repr((order.account.login, entry, order.language, replace(order.delivery, mode="offline")))
        pieces = self._shelf.read(key, entry.expires, partial(self._builder.write, order))
        return Streamed(200, self._headers(arrival, order), pieces)

    def _headers(self, arrival: Arrival, order: Order, *, retry_in: int | None = None) -> Headers:
        waiting = self._queue.waiting(order.account.login)
        return Headers(
            {headers.CONTENT_TYPE: deliveries.CONTENT_TYPE, headers.REQUEST_ID: arrival.request_id}
            | deliveries.write_queue(retry_in=retry_in, reports_in_queue=waiting)
        )


def refuse(arrival: Arrival, code: int, detail: str = "") -> Response:
    """The refusal of a request with a code, and details of it."""
    return _refusal(arrival, error_codes.fault(code, detail, language=arrival.language))


def _refusal(arrival: Arrival, error: ApiError) -> Response:
    """An error leaves in the format that the request came in, and unlike elsewhere its status tells of it."""
    error.request_id = arrival.request_id
    _LOG.info("reports error %s request %s", error.code, arrival.request_id)
    fields = {headers.CONTENT_TYPE: arrival.form.content_type, headers.REQUEST_ID: arrival.request_id}
    return Response(_STATUS.get(error.code, 400), Headers(fields), arrival.form.encode_error(error))
