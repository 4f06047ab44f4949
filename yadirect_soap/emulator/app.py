"""The emulator: a request in, a response out, the mirror of the client's call; what operations do is not known here."""

import itertools
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

import requests

from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import contract as contracts
from yadirect_soap.protocol import facts as documentation
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.facts import Cost, Facts
from yadirect_soap.protocol.headers import Units
from yadirect_soap.protocol.messages import Headers, Request, Response, Streamed
from yadirect_soap.protocol.model import Operation, Service
from yadirect_soap.protocol.scalars import DecodeFailure
from yadirect_soap.protocol.validation import check

from . import reports
from .admin import Control
from .backend import Backend
from .call_log import call_log
from .call_log.parsed_calls import ReportCall, ServiceCall
from .domain import error_codes, moderation
from .domain.accounts import Account, Accounts
from .domain.clock import Clock
from .domain.resources import resources
from .fault_injection import FaultInjector
from .feeds import Feeds
from .fixtures import demo_accounts, seed_file
from .http import request_size, requests_adapter, wsdl_files
from .http.delivery import Delivery
from .http.request import LARGEST_BODY
from .http.routes import Nowhere, ToDescription, ToReports, ToService, route
from .http.server import Server
from .operations.call import Call, Handler
from .operations.crud.shapes import listed
from .operations.services import HANDLERS, VERBS
from .pipeline import error_details
from .pipeline.authentication import Caller, authorise, check_address, permit
from .pipeline.billing import Meter, cost, payer
from .pipeline.concurrency import MAX_CONCURRENT, Gate
from .pipeline.request_limits import check_limits
from .storage.store import MEMORY, Store

ENDPOINT = "http://emulator.local"
"""Where the emulator answers in process; no network knows this name."""

_FIRST_REQUEST = 1_000_000_000_000_000_001
_REQUESTS_OF_A_RUN = 1_000_000_000_000
_LOG = logging.getLogger("yadirect_soap.emulator")
_REPORT = "direct.json-api/reports.create"
_PAGES = MappingProxyType({404: "Not Found", 405: "Method Not Allowed", 413: "Content Too Large"})


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A request to a service, on its way through the stations."""

    where: ToService
    service: Service
    request: Request
    request_id: str
    language: str


class Emulator:
    """Answers the API's operations over SOAP and JSON, with accounts, objects and units of its own.

        with Emulator() as emulator:
            direct = Direct(token="demo-token", endpoint=emulator.endpoint, session=emulator.session())

    `store` is a file to keep the objects in, or ":memory:".  `seed` fills a new store with the demo accounts.
    `clock` gives seconds since the epoch; as `emulator.clock` it is a Clock, which can be moved.  Two emulators with
    equal stores and clocks give equal answers to equal requests.  `handlers` carry out the operations of their keys,
    all others go by their verb.  At most `max_concurrent` requests of an advertiser are answered at a time.  Moderation
    takes `moderation_seconds` by the clock; 0 accepts an ad at once.  `statistics_seed` decides the numbers in reports.
    Safe to share among threads.

    A seed file's name as `seed` fills a new store with what the file says (its form is told in seed_file.py);
    ConfigurationError tells what is wrong with it.

    `emulator.faults` plans what is to go wrong, `emulator.calls` remembers the last calls, `emulator.feeds` has the
    files of feeds at addresses.  `sleep` waits so many seconds where a fault makes an answer late; on a socket it
    always is time.sleep.
    """

    endpoint = ENDPOINT

    def __init__(
        self,
        store: str | Path = MEMORY,
        *,
        seed: bool | str | Path = True,
        clock: Callable[[], float] = time.time,
        contract: Contract | None = None,
        facts: Facts | None = None,
        handlers: Mapping[str, Handler] = HANDLERS,
        max_concurrent: int = MAX_CONCURRENT,
        moderation_seconds: float = moderation.SECONDS,
        sleep: Callable[[float], None] = time.sleep,
        statistics_seed: int = 0,
    ) -> None:
        self.store = Store(store)
        self.accounts = Accounts(self.store)
        self.contract = contract or contracts.bundled()
        self.facts = facts or documentation.bundled()
        self.clock = clock if isinstance(clock, Clock) else Clock(clock)
        self._handlers = handlers
        self._moderation_seconds = moderation_seconds
        self.gate = Gate(max_concurrent)
        # Numbers that no earlier emulator of this store has used, and that need not wait for its lock.
        self._request_ids = itertools.count(self.store.next_id("run", 0) * _REQUESTS_OF_A_RUN + _FIRST_REQUEST)
        self.faults = FaultInjector(self.contract, self.clock)
        self.calls = call_log.CallLog(self.contract)
        self.feeds = Feeds(self.store, self.accounts, self.clock)
        self.backend = Backend(
            store=self.store,
            accounts=self.accounts,
            clock=self.clock,
            contract=self.contract,
            facts=self.facts,
            faults=self.faults,
            calls=self.calls,
            feeds=self.feeds,
        )
        self._sleep = sleep
        self._meter = Meter(self.store, self.clock)
        self._reports = reports.Reports(self.store, self.accounts, self.clock, seed=statistics_seed)
        try:
            if seed and next(iter(self.accounts), None) is None:
                self._seed(seed)
        except BaseException:  # nobody else could close what nobody has got
            self.close()
            raise

    def handle(self, request: Request) -> Delivery:
        """Answers a request, with the faults that are planned for it; never raises.

        A mistake inside the emulator is logged and answered with error 1000.
        """
        where = route(request, self.contract)
        if isinstance(where, Nowhere):
            return Delivery(_page(where))
        if request_size.is_excessive(request.body):
            return Delivery(_page(Nowhere(413)))
        if isinstance(where, ToDescription):
            body = wsdl_files.description(where, self.contract)
            return Delivery(Response(200, Headers({headers.CONTENT_TYPE: wsdl_files.CONTENT_TYPE}), body))
        if isinstance(where, ToReports):
            return self._deliver_report(where, request)
        return self._deliver_call(where, request)

    def handle_request(self, request: Request) -> Response:
        """Answers a request as handle_streaming() does, with the whole of a long response in memory."""
        reply = self.handle_streaming(request)
        if isinstance(reply, Response):
            return reply
        return Response(reply.status, reply.headers, b"".join(reply.pieces))

    def handle_streaming(self, request: Request) -> Response | Streamed:
        """Answers a request for who has no connection that a fault could break: in time; a stored report in pieces.

        Raises ConnectionResetError where a planned fault resets the connection in place of an answer.
        """
        delivery = self.handle(request)
        delivery.wait(self._sleep)
        if delivery.response is None:
            raise ConnectionResetError("the emulator was told to reset the connection")
        if delivery.stream is not None:
            return Streamed(delivery.response.status, delivery.response.headers, delivery.stream)
        return delivery.response

    def session(self) -> requests.Session:
        """A session whose requests to `endpoint` are answered in this process, without a socket."""
        return requests_adapter.session(self.handle, self.endpoint, sleep=self._sleep)

    def serve(
        self, port: int = 0, *, host: str = "127.0.0.1", control: bool = False, allowed_hosts: Iterable[str] = ()
    ) -> Server:
        """Listens on a port: `with Emulator().serve() as url: ...`.

        Args:
            port: 0 is any free one.
            host: The name or address to listen on.  On another one than loopback, whoever reaches the port is answered.
            control: Whether what the emulator is and does can be asked and changed under /_emulator/, by anybody who
                reaches the port.
            allowed_hosts: Names in the Host header that are answered on loopback besides loopback's own.

        Returns:
            The server, which listens already.

        Raises:
            ConfigurationError: One of `allowed_hosts` is no host.
            OSError: The port is taken, or the host is not of this machine.
        """
        handle = Control(self.backend, self.handle, host).handle if control else self.handle
        return Server(handle, host, port, allowed_hosts=allowed_hosts)

    def units_left(self, account: Account) -> int:
        """The units that an account may spend now."""
        return self._meter.left(account)

    def save(self, path: str | Path) -> None:
        """Keeps a snapshot of accounts, objects and units in a file of mode 0600, for load()."""
        self.store.save(path)

    def load(self, path: str | Path) -> None:
        """Goes back to a snapshot; the clock, planned faults and remembered calls stay as they are.

        Raises ConfigurationError, and changes nothing, for a file that save() did not make.
        """
        self.store.load(path)

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

    def _deliver_call(self, where: ToService, request: Request) -> Delivery:
        at, asked = self.clock(), ServiceCall(self.contract[where.service], where.wire, request)
        delivery = self._deliver_at_its_place(asked, where, request)
        self.calls.note(at, asked, delivery)
        return delivery

    def _deliver_at_its_place(self, asked: ServiceCall, where: ToService, request: Request) -> Delivery:
        """Has a call carried out at its place among its advertiser's, which it keeps as long as its answer is late."""
        with ExitStack() as place:
            try:
                place.enter_context(self.gate.hold(request.headers, _language(request)))
            except ApiError as error:
                return Delivery(_refusal(self._arrival(where, request), error, None))
            delivery = self.faults.meet(
                lambda: asked.operation,
                lambda: Delivery(self._answer_arrival(self._arrival(where, request))),
                lambda code, detail: _refuse(self._arrival(where, request), code, detail),
            )
            return replace(delivery, when_due=place.pop_all().close) if delivery.delay else delivery

    def _deliver_report(self, where: ToReports, request: Request) -> Delivery:
        at, asked = self.clock(), ReportCall(where.form, request)
        delivery = self.faults.meet(
            lambda: asked.operation,
            lambda: _delivered(self._reports.answer(self._for_report(where, request))),
            lambda code, detail: reports.refuse(self._for_report(where, request), code, detail),
        )
        return self.calls.note_report(at, asked, _with_command(delivery))

    def _for_report(self, where: ToReports, request: Request) -> reports.Arrival:
        return reports.Arrival(request, where.form, *self._told_apart(request))

    def _arrival(self, where: ToService, request: Request) -> _Arrival:
        return _Arrival(where, self.contract[where.service], request, *self._told_apart(request))

    def _told_apart(self, request: Request) -> tuple[str, str]:
        """A number for a request, and the language of its answer."""
        return str(next(self._request_ids)), _language(request)

    def _answer_arrival(self, arrival: _Arrival) -> Response:
        try:
            return self._answer_call(arrival)
        except Exception:  # noqa: BLE001  whatever it is, the caller gets an answer
            _LOG.exception("request %s to %s failed inside the emulator", arrival.request_id, arrival.where.service)
            return _refuse(arrival, 1000)

    def _answer_call(self, arrival: _Arrival) -> Response:
        fields = arrival.request.headers
        try:
            caller = authorise(arrival.where.service, fields, self.accounts, arrival.language)
            self.gate.learn(fields, caller.account.login)
            return self._answer_caller(arrival, caller)
        except ApiError as error:
            return _refusal(arrival, error, None)

    def _answer_caller(self, arrival: _Arrival, caller: Caller) -> Response:
        account = payer(caller, arrival.request.headers)
        price: Cost | None = None
        try:
            check_address(caller, arrival.request.peer, arrival.language)
            operation, params = self._decode(arrival)
            price = self.facts.cost(operation.key)
            permit(caller, operation, self.facts, arrival.language)
            _check(operation, params, arrival.language)
            check_limits(operation, params, self.facts, arrival.language)
            price = cost(operation, params, self.facts)
            with self.store.transaction():
                self._meter.demand(account, price.call, arrival.language)
                moderation.pass_due(self.store, caller.account.login, self.clock())
                result = self._act(arrival, caller, operation, params)
                body = arrival.where.wire.encode_result(operation, _said(arrival, operation, result))
                units = self._meter.charge_call(account, operation, price, result)
        except ApiError as error:
            return _refusal(arrival, error, self._meter.charge_fault(account, error, price))
        _LOG.info("%s ok %s request %s", operation.key, headers.write_units(units), arrival.request_id)
        return _response(arrival, operation, body, units)

    def _decode(self, arrival: _Arrival) -> tuple[Operation, dict[str, Any]]:
        """The operation and its params; unknown methods are 55 in JSON and 8000 in SOAP, as documented."""
        wire, request = arrival.where.wire, arrival.request
        _refuse_unreadable_form(arrival)
        try:
            operation, params = wire.decode_request(arrival.service, request.body)
        except DecodeFailure as failure:
            raise error_codes.fault(8000, _told(failure), language=arrival.language) from failure
        except RecursionError as error:
            raise error_codes.fault(8000, "the request is nested too deeply", language=arrival.language) from error
        if operation is None:
            raise error_codes.fault(55 if wire.name == "json" else 8000, _unknown(arrival), language=arrival.language)
        return operation, params

    def _act(
        self, arrival: _Arrival, caller: Caller, operation: Operation, params: Mapping[str, Any]
    ) -> dict[str, Any]:
        handler = self._handlers.get(operation.key) or VERBS.get(operation.name)
        if handler is None:
            raise error_codes.not_emulated(operation.key, language=arrival.language)
        return handler(
            Call(
                operation=operation,
                params=params,
                account=caller.account,
                actor=caller.actor,
                store=self.store,
                accounts=self.accounts,
                contract=self.contract,
                version=arrival.where.version,
                language=arrival.language,
                now=self.clock,
                moderation=self._moderation_seconds,
            )
        )

    def _seed(self, source: bool | str | Path) -> None:
        try:
            if isinstance(source, str | Path):
                seed_file.plant(self.backend, source)
            else:
                with self.store.transaction():
                    demo_accounts.seed(self.store, self.accounts)
        except BaseException:
            self.close()
            raise


def _language(request: Request) -> str:
    return headers.language(request.headers.get(headers.ACCEPT_LANGUAGE))


def _refuse_unreadable_form(arrival: _Arrival) -> None:
    """Raises 8000 for what the API refuses before it looks into the body."""
    request, language = arrival.request, arrival.language
    if len(request.body) > LARGEST_BODY:
        raise error_codes.fault(8000, f"the body is longer than {LARGEST_BODY} bytes", language=language)
    if arrival.where.wire.name == "soap" and not headers.read_soap_action(request.headers.get(headers.SOAP_ACTION)):
        said = "Не передан заголовок SOAPAction" if language == "ru" else "The SOAPAction header is omitted"
        raise error_codes.fault(8000, said, language=language)


def _told(failure: DecodeFailure) -> str:
    place = failure.place.removeprefix("$").removeprefix(".")
    return f"{place}: {failure}" if place else str(failure)


def _unknown(arrival: _Arrival) -> str:
    service = arrival.where.service
    return f"Операция не найдена в {service}" if arrival.language == "ru" else f"No such operation in {service}"


def _check(operation: Operation, params: Mapping[str, Any], language: str) -> None:
    """Raises 8000 for params that do not fit the contract; the API tells the first thing that is wrong."""
    if found := check(params, operation.request):
        raise error_codes.fault(8000, error_details.detail(found[0], language), language=language)


def _said(arrival: _Arrival, operation: Operation, result: dict[str, Any]) -> dict[str, Any]:
    """The result as its wire says it: of nothing found, JSON has an empty list for some services, SOAP no word."""
    resource = resources().get(operation.service)
    if arrival.where.wire.name != "json" or operation.name != "get" or resource is None or not resource.empty_list:
        return result
    return {listed(operation.response).name: []} | result


def _response(arrival: _Arrival, operation: Operation | None, body: bytes, units: Units | None) -> Response:
    fields = {headers.CONTENT_TYPE: arrival.where.wire.content_type, headers.REQUEST_ID: arrival.request_id}
    if operation is not None:
        command = f"direct.api5/{operation.key}"
        fields[headers.ACCEL_INFO] = headers.write_accel_info(arrival.request_id, command)
    if units is not None:
        fields |= {headers.UNITS: headers.write_units(units), headers.UNITS_USED_LOGIN: units.login}
    return Response(200, Headers(fields), body)


def _delivered(reply: Response | Streamed) -> Delivery:
    if isinstance(reply, Response):
        return Delivery(reply)
    return Delivery(Response(reply.status, reply.headers), stream=reply.pieces)


def _with_command(delivery: Delivery) -> Delivery:
    """What the reports deliver, with a command in its headers as in those of services."""
    response = delivery.response
    if response is None or headers.REQUEST_ID not in response.headers:
        return delivery
    told = headers.write_accel_info(response.headers[headers.REQUEST_ID], _REPORT)
    return replace(delivery, response=response._replace(headers=response.headers | {headers.ACCEL_INFO: told}))


def _refuse(arrival: _Arrival, code: int, detail: str = "") -> Response:
    return _refusal(arrival, error_codes.fault(code, detail, language=arrival.language), None)


def _refusal(arrival: _Arrival, error: ApiError, units: Units | None) -> Response:
    """A fault leaves by the wire that the request came by, with HTTP 200 like everything else."""
    error.request_id = arrival.request_id
    _LOG.info("%s error %s request %s", arrival.where.service, error.code, arrival.request_id)
    return _response(arrival, _asked_for(arrival), arrival.where.wire.encode_fault(error), units)


def _asked_for(arrival: _Arrival) -> Operation | None:
    """The operation that a refused request is for, as far as it can be told; what is too long is not read."""
    if len(arrival.request.body) > LARGEST_BODY:
        return None
    return ServiceCall(arrival.service, arrival.where.wire, arrival.request).known


def _page(where: Nowhere) -> Response:
    """What the API's web server says by itself."""
    line = f"{where.status} {_PAGES[where.status]}"
    body = f"<html><head><title>{line}</title></head><body><h1>{line}</h1></body></html>\n"
    fields = {headers.CONTENT_TYPE: "text/html; charset=utf-8"} | ({"Allow": where.allow} if where.allow else {})
    return Response(where.status, Headers(fields), body.encode())
