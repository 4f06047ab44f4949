"""The emulator: a request in, a response out, the mirror of the client's call; what operations do is not known here."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

import requests

from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import contract as contracts
from yadirect_soap.protocol import facts as documentation
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.check import check
from yadirect_soap.protocol.contract import Contract, Operation
from yadirect_soap.protocol.facts import Facts
from yadirect_soap.protocol.headers import Units
from yadirect_soap.protocol.messages import Headers, Request, Response, Streamed
from yadirect_soap.protocol.scalars import Unreadable

from . import adapter, complaints, descriptions, faults, seed
from .accounts import Accounts
from .call import Call, Handler
from .entry import Caller, authorise, permit
from .limits import check_limits
from .metering import Meter, cost, payer
from .reports import Reports
from .route import Nowhere, ToDescription, ToReports, ToService, route
from .server import Server
from .special import HANDLERS
from .store import Store
from .verbs import VERBS

ENDPOINT = "http://emulator.local"
"""Where the emulator answers in process; no network knows this name."""

LARGEST_BODY = 64 * 2**20
"""Bytes of a request; a longer one is not looked at."""

_FIRST_REQUEST = 1_000_000_000_000_000_001
_LOG = logging.getLogger("yadirect_soap.emulator")
_PAGES = MappingProxyType({404: "Not Found", 405: "Method Not Allowed"})


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A request to a service, on its way through the stations."""

    where: ToService
    request: Request
    request_id: str
    language: str


class Emulator:
    """Answers the API's operations over SOAP and JSON, with accounts, objects and units of its own.

        with Emulator() as emulator:
            direct = Direct(token="demo-token", endpoint=emulator.endpoint, session=emulator.session())

    `store` is a file to keep the objects in, or ":memory:".  `seed` fills a new store with the demo accounts.
    `clock` gives seconds since the epoch: two emulators with equal stores and clocks give equal answers to equal
    requests.  `handlers` carry out the operations of their keys, all others go by their verb.  `statistics` is the
    seed of the numbers in reports.  Safe to share among threads.
    """

    endpoint = ENDPOINT

    def __init__(
        self,
        store: str | Path = ":memory:",
        *,
        seed: bool = True,
        clock: Callable[[], float] = time.time,
        contract: Contract | None = None,
        facts: Facts | None = None,
        handlers: Mapping[str, Handler] = HANDLERS,
        statistics: int = 0,
    ) -> None:
        self.store = Store(store)
        self.accounts = Accounts(self.store)
        self.contract = contract or contracts.bundled()
        self.facts = facts or documentation.bundled()
        self.clock = clock
        self._handlers = handlers
        self._meter = Meter(self.store, clock)
        self._reports = Reports(self.store, self.accounts, clock, seed=statistics)
        if seed and next(iter(self.accounts), None) is None:
            self._seed()

    def answer(self, request: Request) -> Response:
        """Answers a request as reply() does, with a long answer whole."""
        reply = self.reply(request)
        if isinstance(reply, Response):
            return reply
        return Response(reply.status, reply.headers, b"".join(reply.pieces))

    def reply(self, request: Request) -> Response | Streamed:
        """Answers a request, a stored report piece by piece; never raises.

        A mistake inside the emulator is logged and answered with error 1000.
        """
        where = route(request, self.contract)
        if isinstance(where, Nowhere):
            return _page(where.status)
        if isinstance(where, ToDescription):
            body = descriptions.description(where, self.contract)
            return Response(200, Headers({headers.CONTENT_TYPE: descriptions.CONTENT_TYPE}), body)
        language = headers.language(request.headers.get(headers.ACCEPT_LANGUAGE))
        request_id = str(self.store.next_id("request", _FIRST_REQUEST))
        if isinstance(where, ToReports):
            return self._reports.answer(request, where.form, request_id, language)
        arrival = _Arrival(where, request, request_id, language)
        try:
            return self._answer_call(arrival)
        except Exception:  # noqa: BLE001  whatever it is, the caller gets an answer
            _LOG.exception("request %s to %s failed inside the emulator", arrival.request_id, where.service)
            return _refusal(arrival, faults.fault(1000, language=language), None)

    def session(self) -> requests.Session:
        """A session whose requests to `endpoint` are answered in this process, without a socket."""
        return adapter.session(self.reply, self.endpoint)

    def serve(self, port: int = 0, *, host: str = "127.0.0.1") -> Server:
        """Listens on a port, 0 being any free one: `with Emulator().serve() as url: ...`."""
        return Server(self.reply, host, port, largest_body=LARGEST_BODY)

    def close(self) -> None:
        """Closes the store and removes the finished reports."""
        self._reports.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _answer_call(self, arrival: _Arrival) -> Response:
        try:
            caller = authorise(arrival.where.service, arrival.request.headers, self.accounts, arrival.language)
        except ApiError as error:
            return _refusal(arrival, error, None)
        account = payer(caller, arrival.request.headers)
        try:
            operation, params = self._decode(arrival)
            permit(caller, operation, self.facts, arrival.language)
            _check(operation, params, arrival.language)
            check_limits(operation, params, self.facts, arrival.language)
            price = cost(operation, params, self.facts)
            with self.store.transaction():
                self._meter.demand(account, price.call, arrival.language)
                result = self._act(arrival, caller, operation, params)
                body = arrival.where.wire.encode_result(operation, result)
                units = self._meter.charge_call(account, operation, price, result)
        except ApiError as error:
            return _refusal(arrival, error, self._meter.charge_fault(account, error))
        _LOG.info("%s ok %s request %s", operation.key, headers.write_units(units), arrival.request_id)
        return _response(arrival, body, units)

    def _decode(self, arrival: _Arrival) -> tuple[Operation, dict[str, Any]]:
        """The operation and its params; unknown methods are 55 in JSON and 8000 in SOAP, as documented."""
        wire, request = arrival.where.wire, arrival.request
        _refuse_unreadable_form(arrival)
        try:
            operation, params = wire.decode_request(self.contract[arrival.where.service], request.body)
        except Unreadable as unreadable:
            raise faults.fault(8000, _told(unreadable), language=arrival.language) from unreadable
        except RecursionError as error:
            raise faults.fault(8000, "the request is nested too deeply", language=arrival.language) from error
        if operation is None:
            raise faults.fault(55 if wire.name == "json" else 8000, _unknown(arrival), language=arrival.language)
        return operation, params

    def _act(
        self, arrival: _Arrival, caller: Caller, operation: Operation, params: Mapping[str, Any]
    ) -> dict[str, Any]:
        handler = self._handlers.get(operation.key) or VERBS.get(operation.name)
        if handler is None:
            raise faults.not_emulated(operation.key, language=arrival.language)
        return handler(
            Call(
                operation=operation,
                params=params,
                account=caller.account,
                actor=caller.actor,
                store=self.store,
                accounts=self.accounts,
                contract=self.contract,
                language=arrival.language,
                now=self.clock,
            )
        )

    def _seed(self) -> None:
        with self.store.transaction():
            seed.seed(self.store, self.accounts)


def _refuse_unreadable_form(arrival: _Arrival) -> None:
    """Raises 8000 for what the API refuses before it looks into the body."""
    request, language = arrival.request, arrival.language
    if len(request.body) > LARGEST_BODY:
        raise faults.fault(8000, f"the body is longer than {LARGEST_BODY} bytes", language=language)
    if arrival.where.wire.name == "soap" and not headers.read_soap_action(request.headers.get(headers.SOAP_ACTION)):
        said = "Не передан заголовок SOAPAction" if language == "ru" else "The SOAPAction header is omitted"
        raise faults.fault(8000, said, language=language)


def _told(unreadable: Unreadable) -> str:
    place = unreadable.place.removeprefix("$").removeprefix(".")
    return f"{place}: {unreadable}" if place else str(unreadable)


def _unknown(arrival: _Arrival) -> str:
    service = arrival.where.service
    return f"Операция не найдена в {service}" if arrival.language == "ru" else f"No such operation in {service}"


def _check(operation: Operation, params: Mapping[str, Any], language: str) -> None:
    """Raises 8000 for params that do not fit the contract; the API tells the first thing that is wrong."""
    if found := check(params, operation.request):
        raise faults.fault(8000, complaints.detail(found[0], language), language=language)


def _response(arrival: _Arrival, body: bytes, units: Units | None) -> Response:
    fields = {headers.CONTENT_TYPE: arrival.where.wire.content_type, headers.REQUEST_ID: arrival.request_id}
    if units is not None:
        fields |= {headers.UNITS: headers.write_units(units), headers.UNITS_USED_LOGIN: units.login}
    return Response(200, Headers(fields), body)


def _refusal(arrival: _Arrival, error: ApiError, units: Units | None) -> Response:
    """A fault leaves by the wire that the request came by, with HTTP 200 like everything else."""
    error.request_id = arrival.request_id
    _LOG.info("%s error %s request %s", arrival.where.service, error.code, arrival.request_id)
    return _response(arrival, arrival.where.wire.encode_fault(error), units)


def _page(status: int) -> Response:
    """What the API's web server says by itself."""
    reason = _PAGES[status]
    body = f"<html><head><title>{status} {reason}</title></head><body><h1>{status} {reason}</h1></body></html>\n"
    return Response(status, Headers({headers.CONTENT_TYPE: "text/html; charset=utf-8"}), body.encode())
