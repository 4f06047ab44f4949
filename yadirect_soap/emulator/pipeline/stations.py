"""The stations of a request through the emulator, in one list for services and reports.

Each station gets the RequestContext and `forward`, which calls the next stations and returns their response.  A station
acts before that or after it, or answers by itself:

    route               finds the service, reports, a WSDL file, a page or the OAuth server; 404, 405, 413
    log_call            logs the call, its departures in strict mode and its response, for tests and the pages
    limit_concurrency   counts the requests of an advertiser; 506
    inject_faults       applies the planned faults: a late, lost, broken or doubled response
    write_headers       RequestId, X-Accel-Info, Units
    answer_errors       turns an ApiError of the next stations into a response
    authenticate        finds the accounts by token and Client-Login; 53, 54, 58, 513, 3000, 8800
    charge_refusals     charges the units of a refused call
    check_address       compares the caller's network address with the user's list; 3000
    limit_rate          counts the requests for reports in a time; 56
    decode              decodes the body; 55, 8000
    authorize           refuses writes by users who may only read; 54
    validate            compares the params with the contract and the limits; 4001, 4002, 8000, 9300
    charge              charges the units of the call, in one transaction with it; 152
    moderate            applies the verdicts of moderation that are due
    act                 carries the operation out, or builds the report
    encode              writes the result in the wire format of the request
"""

import itertools
import logging
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from copy import copy
from dataclasses import replace
from functools import partial
from typing import Protocol

from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import headers, request_size
from yadirect_soap.protocol.messages import Request

from .. import oauth
from ..backend import Backend
from ..call_log.parsed_calls import ReportCall, ServiceCall
from ..domain import moderation
from ..http import routes, web_pages, wsdl_files
from ..http.delivery import Delivery
from ..operations.call import Handler
from ..operations.services import HANDLERS
from ..reports import Reports
from . import authentication, billing
from .concurrency import MAX_CONCURRENT, ConcurrencyLimit
from .context import RequestContext
from .report_steps import ReportSteps
from .service_steps import ServiceSteps
from .strictness import Strictness

Forward = Callable[[RequestContext], Delivery]
"""Calls the next stations and returns their response."""
Station = Callable[[RequestContext, Forward], Delivery]

_OTHER_ADDRESSES = (
    ("GET /authorize, GET /device, POST /token", "the OAuth server, whose tokens act for the accounts"),
    ("GET /_emulator/admin", "what the emulator has and does, if it was started with --control"),
)
_FIRST_REQUEST = 1_000_000_000_000_000_001
_REQUESTS_OF_A_RUN = 1_000_000_000_000
_LOG = logging.getLogger("yadirect_soap.emulator")


class Steps(Protocol):
    """The steps that differ between operations of services and reports."""

    def find_departures(self, context: RequestContext, /) -> tuple[str, ...]:
        """Returns the departures that strict mode finds in the request."""

    def decode(self, context: RequestContext, /) -> None:
        """Decodes the body."""

    def validate(self, context: RequestContext, /) -> None:
        """Raises ApiError for wrong params."""

    def act(self, context: RequestContext, /) -> None:
        """Carries out the request."""

    def encode(self, context: RequestContext, /) -> Delivery:
        """Returns the response with the result."""

    def encode_error(self, context: RequestContext, error: ApiError, /) -> Delivery:
        """Returns the response with an error."""

    def command(self, context: RequestContext, /) -> str:
        """Returns the command in X-Accel-Info; "" if it is not known."""


class Pipeline:
    """Passes requests through the stations.  Safe to share among threads.

    Args:
        backend: The parts of the emulator.
        reports: Builds reports.
        handlers: Functions by the key of their operation; the others are carried out by their verb.
        max_concurrent: Requests of one advertiser that are processed at a time.
        moderation_seconds: How long a moderator takes.
        public_url: The root address that WSDL files and the OAuth server name; None takes that of the request.
        strict: What becomes of a SOAP request that departs from the schema or SOAP 1.1; see Strictness.
    """

    def __init__(
        self,
        backend: Backend,
        reports: Reports,
        *,
        handlers: Mapping[str, Handler] = HANDLERS,
        max_concurrent: int = MAX_CONCURRENT,
        moderation_seconds: float = moderation.SECONDS,
        public_url: str | None = None,
        strict: str = "off",
    ) -> None:
        self._backend = backend
        self._public_url = public_url
        self._oauth = oauth.Endpoints(backend, public_url)
        self._services = ServiceSteps(backend, handlers, moderation_seconds, Strictness(backend.contract, strict))
        self._reports = ReportSteps(reports)
        self._billing = billing.Billing(backend.store, backend.clock)
        self.concurrency = ConcurrencyLimit(max_concurrent)
        # Numbers that no earlier emulator of this store used, and that need no lock of it.
        first = backend.store.next_id("run", 0) * _REQUESTS_OF_A_RUN + _FIRST_REQUEST
        self._request_ids = itertools.count(first)
        self.stations: tuple[Station, ...] = (
            self.route,
            self.log_call,
            self.limit_concurrency,
            self.inject_faults,
            self.write_headers,
            self.answer_errors,
            self.authenticate,
            self.charge_refusals,
            self.check_address,
            self.limit_rate,
            self.decode,
            self.authorize,
            self.validate,
            self.charge,
            self.moderate,
            self.act,
        )
        forward: Forward = self.encode
        for station in reversed(self.stations):
            forward = partial(station, forward=forward)
        self._forward = forward

    def handle(self, request: Request) -> Delivery:
        """Answers a request; a mistake inside the emulator is logged and answered with error 1000."""
        return self._forward(RequestContext(request))

    def route(self, context: RequestContext, forward: Forward) -> Delivery:
        """Finds the route of the request; answers requests that do not reach the API."""
        request, contract = context.request, self._backend.contract
        route = routes.route(request, contract)
        if request_size.is_excessive(request.body) and not isinstance(route, routes.NoRoute):
            route = routes.NoRoute(413)
        match route:
            case routes.NoRoute():
                return Delivery(web_pages.response(route, contract))
            case routes.HomeRoute():
                return Delivery(web_pages.home("Emulator of the Yandex Direct API", contract, *_OTHER_ADDRESSES))
            case routes.OAuthRoute():
                return Delivery(self._oauth.handle(route, request))
            case routes.WsdlRoute():
                public = replace(route, root=self._public_url) if self._public_url else route
                return Delivery(wsdl_files.response(public, contract))
            case routes.ServiceRoute():
                context.route, context.call = route, ServiceCall(contract[route.service], route.wire, request)
            case routes.ReportsRoute():
                context.route, context.call = route, ReportCall(route.format, request)
        return forward(context)

    def log_call(self, context: RequestContext, forward: Forward) -> Delivery:
        """Logs the call with its request and response."""
        at = self._backend.clock()
        context.departures = self._steps(context).find_departures(context)
        return self._backend.calls.record(at, context.call, forward(context), departures=context.departures)

    def limit_concurrency(self, context: RequestContext, forward: Forward) -> Delivery:
        """Refuses concurrent requests of an advertiser beyond its limit; a late response counts until it is due.

        Reports have another limit (limit_rate).
        """
        if context.is_report:
            return forward(context)
        with ExitStack() as slot:
            try:
                slot.enter_context(self.concurrency.acquire(context.headers, context.language))
            except ApiError as error:
                return self._refuse(context, error)
            delivery = forward(context)
            return replace(delivery, when_due=slot.pop_all().close) if delivery.delay else delivery

    def inject_faults(self, context: RequestContext, forward: Forward) -> Delivery:
        """Applies the planned faults; each time that the call is carried out, it gets a new number."""
        return self._backend.faults.apply(
            lambda: context.call.operation,
            lambda: forward(self._numbered(context)),
            lambda code, detail: self._refuse(context, context.fault(code, detail)),
        )

    def write_headers(self, context: RequestContext, forward: Forward) -> Delivery:
        """Adds the headers that every response of the API has."""
        delivery = forward(context)
        fields = {headers.REQUEST_ID: context.request_id}
        if command := self._steps(context).command(context):
            fields[headers.ACCEL_INFO] = headers.write_accel_info(context.request_id, command, context.error_code)
        if context.units is not None:
            fields |= {
                headers.UNITS: headers.write_units(context.units),
                headers.UNITS_USED_LOGIN: context.units.login,
            }
        _LOG.info("%s %s request %s", context.name, " ".join(_log_words(context)), context.request_id)
        return delivery.with_headers(fields)

    def answer_errors(self, context: RequestContext, forward: Forward) -> Delivery:
        """Answers with the ApiError of a later station, or with error 1000 for a mistake of the emulator."""
        try:
            return forward(context)
        except ApiError as error:
            return self._error(context, error)
        except Exception:  # noqa: BLE001  whatever it is, the caller gets a response
            _LOG.exception("request %s to %s failed inside the emulator", context.request_id, context.service)
            return self._error(context, context.fault(1000))

    def authenticate(self, context: RequestContext, forward: Forward) -> Delivery:
        """Finds the user, the actor and the account; who calls for an unknown client pays for it."""
        try:
            authentication.authenticate(context, self._backend.accounts, self._backend.clock())
        except ApiError as error:
            if error.code == authentication.UNKNOWN_CLIENT and not context.is_report:
                context.units = self._billing.charge_fault(context.actor, error)
            raise
        if not context.is_report:
            self.concurrency.resolve_token(context.headers, context.account.login)
        return forward(context)

    def charge_refusals(self, context: RequestContext, forward: Forward) -> Delivery:
        """Charges a call that a later station refuses; reports cost nothing."""
        try:
            return forward(context)
        except ApiError as error:
            if not context.is_report:
                context.units = self._billing.charge_fault(billing.payer(context), error, context.cost)
            raise

    def check_address(self, context: RequestContext, forward: Forward) -> Delivery:
        """Refuses a call from an address that the user does not allow."""
        authentication.check_address(context)
        return forward(context)

    def limit_rate(self, context: RequestContext, forward: Forward) -> Delivery:
        """Refuses too many requests for reports; services have another limit (limit_concurrency)."""
        if context.is_report:
            self._reports.limit_rate(context)
        return forward(context)

    def decode(self, context: RequestContext, forward: Forward) -> Delivery:
        """Decodes the body."""
        self._steps(context).decode(context)
        return forward(context)

    def authorize(self, context: RequestContext, forward: Forward) -> Delivery:
        """Refuses an operation that the caller may not call."""
        authentication.authorize(context, self._backend.facts)
        return forward(context)

    def validate(self, context: RequestContext, forward: Forward) -> Delivery:
        """Refuses params that violate the contract or exceed a limit."""
        self._steps(context).validate(context)
        return forward(context)

    def charge(self, context: RequestContext, forward: Forward) -> Delivery:
        """Carries out the call and charges its units, both or neither; reports cost nothing."""
        if context.operation is None or context.cost is None:
            return forward(context)
        payer = billing.payer(context)
        with self._backend.store.transaction():
            self._billing.require_units(payer, context.cost.call, context.language)
            delivery = forward(context)
            context.units = self._billing.charge_call(payer, context.operation, context.cost, context.result)
            return delivery

    def moderate(self, context: RequestContext, forward: Forward) -> Delivery:
        """Applies the verdicts of moderation on the account's ads and keywords that are due."""
        with self._backend.store.transaction():
            moderation.pass_due(self._backend.store, context.account.login, self._backend.clock())
        return forward(context)

    def act(self, context: RequestContext, forward: Forward) -> Delivery:
        """Carries out the request."""
        self._steps(context).act(context)
        return forward(context)

    def encode(self, context: RequestContext) -> Delivery:
        """Encodes the result; the last station."""
        return self._steps(context).encode(context)

    def _steps(self, context: RequestContext) -> Steps:
        return self._reports if context.is_report else self._services

    def _numbered(self, context: RequestContext) -> RequestContext:
        """Returns a context with a new request id, for one execution of the call."""
        numbered = copy(context)
        numbered.request_id = str(next(self._request_ids))
        return numbered

    def _error(self, context: RequestContext, error: ApiError) -> Delivery:
        error.request_id = context.request_id
        context.outcome, context.error_code = f"error {error.code}", error.code
        return self._steps(context).encode_error(context, error)

    def _refuse(self, context: RequestContext, error: ApiError) -> Delivery:
        """Returns the response to a request that is refused here."""
        return self.write_headers(self._numbered(context), lambda numbered: self._error(numbered, error))


def _log_words(context: RequestContext) -> list[str]:
    return [context.outcome, *([headers.write_units(context.units)] if context.units else [])]
