"""Direct: the services as attributes, and call(), where the stations of a call stand in line."""

import copy
import os
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

from yadirect_soap.errors import ConfigurationError, DirectError, InvalidParamsError, Violation
from yadirect_soap.forks import ForkLock
from yadirect_soap.protocol.contract import nearest
from yadirect_soap.protocol.messages import Headers, Request, Response, StreamedResponse
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.validation import check as check_shape

from . import money_conversion, paging, raw_zeep, request_body, responses, results
from .caller import Caller, open_http_client
from .date_params import dates_to_text
from .item_iterator import ItemIterator, Totals
from .model_objects import as_dicts
from .proxies import ServiceProxy
from .reports.rate_limiter import RateLimiters
from .retry_state import RetryState, errors_of
from .settings import Settings, from_environment, masked, own_variables, refuse_unknown, takes
from .streaming import StreamedPage
from .token import TokenSource, token_of
from .unknown_log import UnknownLog

if TYPE_CHECKING:
    from yadirect_soap.protocol.wsdl.description import Description
    from yadirect_soap.protocol.wsdl.zeep_reader import ZeepClient

    from . import typed
    from .reports.service import Reports

    Services = typed.Services
else:
    Services = object

Result = results.Page[dict[str, Any]] | results.ItemResults | results.OperationResult

_OF_THE_CONNECTIONS = frozenset(
    {
        "session",
        "proxies",
        "verify",
        "cert",
        "timeout",
        "max_response_bytes",
        "http_client",
        "wsdl",
        "contract",
    }
)
_LARGE = 1 << 18
"""Bytes of a response from which on it is read in turn."""


class Direct(Services):
    """The Yandex Direct API: `direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id"])`.

    Safe to share among threads; a context manager that closes the session it made.  Its settings are the fields of
    Settings, token first, the others by name; docs/settings.md tells each.

    https://yandex.ru/dev/direct/doc/ru/concepts/headers
    """

    @takes(Settings)
    def __init__(self, token: TokenSource, **settings: Any) -> None:
        refuse_unknown(settings)
        # From here on a traceback with local variables shows no secret.
        token, settings = token_of(token), masked(settings)
        self._settings = Settings(token, **settings).checked()
        self._contract = self._settings.open_contract()
        self._unknown = UnknownLog()
        self._decode_lock = ForkLock()
        self._limiters = RateLimiters(clock=self._settings.clock)
        self._caller = Caller(open_http_client(self._settings), self._settings)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, **settings: Any) -> Self:
        """A Direct set by YADIRECT_TOKEN, YADIRECT_CLIENT_LOGIN, YADIRECT_ENDPOINT and the like.

        The names are those of the settings; what is given here goes before the environment.  Raises
        ConfigurationError where a variable is malformed or no token is to be found.
        """
        environ = own_variables(os.environ if environ is None else environ)
        settings = from_environment(environ) | masked(settings)
        if "token" not in settings:
            raise ConfigurationError("no token: set YADIRECT_TOKEN")
        return cls(**settings)

    def with_client_login(self, client_login: str) -> Self:
        """The same Direct asking for another client of the agency; both share session and connections."""
        direct = copy.copy(self)
        direct._settings = self._settings.with_client_login(client_login)
        direct._caller = self._caller.with_settings(direct._settings)
        return direct

    @property
    def settings(self) -> Settings:
        """All settings, as they were checked; the token in them is masked."""
        return self._settings

    def with_settings(self, **settings: Any) -> Self:
        """The same Direct with other settings; both share session, connections, and what is known of units.

        Args:
            settings: Settings by their names, but for those that made the connections: session, proxies, verify, cert,
                timeout, max_response_bytes, http_client, wsdl and contract.

        Returns:
            Another Direct; closing one of them closes the connections of both.

        Raises:
            ConfigurationError: A setting does not exist, does not fit, or cannot be changed.
        """
        refuse_unknown(settings)
        if fixed := [name for name in settings if name in _OF_THE_CONNECTIONS]:
            raise ConfigurationError(
                f"{', '.join(fixed)}: made the connections and cannot be changed; make a new Direct"
            )
        direct = copy.copy(self)
        direct._settings = replace(self._settings, **masked(settings)).checked()
        direct._caller = self._caller.with_settings(direct._settings)
        return direct

    def call(
        self, service: str, operation: str, params: Mapping[str, Any] | None = None, *, split: bool = False
    ) -> Result:
        """Carries out an operation whose names are known at run time only.

        Params, and what is in them, are dicts, or dataclasses, attrs classes and pydantic models: of a model what was
        set is sent; of the others a field is left out that holds `...`, or None that is its default.  A day (StartDate)
        may be a date, or a datetime with a zone, whose day is Moscow's; a moment (Timestamp) a datetime with a zone.

        Gives a Page (a list of objects) for a get, ItemResults (a list, in the order sent) for a write, a dict
        for the rest; all of them carry request_id, units, raw and unknown.  Raises UnknownNameError and
        InvalidParamsError before anything is sent, then TransportError, HttpError, DecodeError or ApiError.
        An item's failure raises nothing: ask the ItemResults, or their raise_for_errors().

        With `split` a list that is longer than one call may have it is sent in several: the outcomes of a write are
        one list in the order given, and an error in between has `progress`; a get gives the objects of all pages.
        """
        from . import batches  # noqa: PLC0415  brings the facts, which an import of the package need not wait for

        contract_operation = self._contract.operation(service, operation)
        with errors_of(contract_operation, self._settings):
            if split and results.gives_items(contract_operation):
                return self._all_items(contract_operation, params)
            if split and contract_operation.listed is not None:
                checked_params = self._checked(contract_operation, params)
                return batches.write(
                    contract_operation, checked_params, lambda part: self._send_part(contract_operation, part)
                )
            checked_params, body = self._encoded(contract_operation, params)
            return self._result(contract_operation, checked_params, body)

    def items(
        self, service: str, operation: str, params: Mapping[str, Any] | None = None, *, split: bool = False
    ) -> ItemIterator[dict[str, Any]]:
        """The objects of all pages of a get, one by one, each as soon as its bytes are there; no page is held.

        The iterator also tells `units`, `request_ids` and `unknown` of the responses so far.
        A page that breaks off is asked for again from the object on that did not come, as far as `retry` allows.
        Raises ConfigurationError for an operation that gives no list of objects, PagingError where LimitedBy does not
        lead onwards, and what call() raises: all of it at once or, for what a response tells, while it is iterated.

        With `split`, lists of SelectionCriteria that are longer than one get may have them are cut into several gets.
        """
        contract_operation = self._contract.operation(service, operation)
        with errors_of(contract_operation, self._settings):
            results.refuse_without_items(contract_operation)
            checked_params = (
                self._checked(contract_operation, params) if split else self._encoded(contract_operation, params)[0]
            )
        return ItemIterator(partial(self._objects, contract_operation, checked_params, split))

    def pages(
        self, service: str, operation: str, params: Mapping[str, Any] | None = None, *, split: bool = False
    ) -> Iterator[results.Page[dict[str, Any]]]:
        """The pages of a get, each asked for when it is wanted; Page.Limit is their size.

        `split` cuts lists as items() does.  Raises ConfigurationError for an operation that gives no list of objects,
        PagingError where LimitedBy does not lead onwards, and whatever call() raises.
        """
        from . import batches  # noqa: PLC0415  brings the facts, which an import of the package need not wait for

        contract_operation = self._contract.operation(service, operation)
        results.refuse_without_items(contract_operation)
        plain_params: Any = as_dicts({} if params is None else params)
        if not split:
            return paging.iter_pages(lambda page: self._page(contract_operation, page), plain_params)
        with errors_of(contract_operation, self._settings):
            self._checked(contract_operation, plain_params)
        return batches.pages(contract_operation, plain_params, lambda page: self._page(contract_operation, page))

    def _page(self, operation: Operation, params: Mapping[str, Any]) -> results.Page[dict[str, Any]]:
        page = self.call(operation.service, operation.name, params)
        return cast("results.Page[dict[str, Any]]", page)

    def _objects(
        self, operation: Operation, params: Mapping[str, Any], split: bool, totals: Totals
    ) -> Generator[dict[str, Any], None, None]:
        """The objects of a get, of all its pages and, with split, of all its parts; the params are in micros."""
        from . import batches  # noqa: PLC0415  brings the facts, which an import of the package need not wait for

        fetch = partial(self._streamed, totals)
        is_new = batches.without_repeated(operation, params) if split else lambda _item: True
        in_decimal = self._settings.money == "decimal"
        with errors_of(operation, self._settings):
            for part in batches.parts_of_read(operation, params) if split else [params]:
                for item in paging.iter_items(
                    lambda page: StreamedPage(operation, page, fetch, self._retry_state(operation)), part
                ):
                    if is_new(item):
                        shape = operation.listed.shape if in_decimal and operation.listed else None
                        yield money_conversion.result_to_decimal(item, shape) if shape else item

    def _all_items(self, operation: Operation, params: object) -> results.Page[dict[str, Any]]:
        """The objects of all parts and pages as one list."""
        checked_params = self._checked(operation, params)
        if checked_params.get("Page") is not None:
            violation = Violation("$.Page", "a page", "none: with split=True a get gives all objects; or use items()")
            raise InvalidParamsError([violation], operation=operation.key)
        iterator = ItemIterator(partial(self._objects, operation, checked_params, True))
        objects = list(iterator)
        call_response = results.CallResponse(
            operation=operation.key,
            raw=Response(200, Headers({})),
            result={operation.listed.name if operation.listed else "": objects},
            request_id=iterator.request_ids[-1] if iterator.request_ids else "",
            units=iterator.units,
            unknown=iterator.unknown,
            request_ids=iterator.request_ids,
        )
        return results.Page(objects, call_response)

    def _checked(self, operation: Operation, params: object) -> Mapping[str, Any]:
        """The params in micros, checked before the first part of them is sent; lists may have any length."""
        from . import batches  # noqa: PLC0415  brings the facts, which an import of the package need not wait for

        converted = self._in_micros(operation, as_dicts(params))
        violations = request_body.violations(operation, converted, self._settings, sizes=False)
        # Whatever the check: with these, parts would lose or repeat objects.
        lossy = batches.violations(operation, converted) if results.gives_items(operation) else []
        if lossy or (violations and self._settings.check == "error"):
            raise InvalidParamsError([*violations, *lossy], operation=operation.key)
        return converted

    def _send_part(self, operation: Operation, params: Mapping[str, Any]) -> results.ItemResults:
        body = request_body.encode(operation, params, self._settings)
        return cast("results.ItemResults", self._result(operation, params, body))

    def _result(self, operation: Operation, params: Mapping[str, Any], body: bytes) -> Result:
        call_response = self._call_with_retries(operation, body)
        self._log_unknown(operation, call_response)
        if self._settings.money == "decimal":
            result = money_conversion.result_to_decimal(call_response.result, operation.response)
            call_response = call_response._replace(result=result)
        return results.unpack(operation, call_response, results.count_sent(operation, params))

    @property
    def reports(self) -> "Reports":
        """Statistics, a service without a WSDL: `direct.reports.get(...)`; see Reports.get."""
        from .reports.poller import ReportPoller  # noqa: PLC0415  a start need not wait for what only reports want
        from .reports.service import Reports  # noqa: PLC0415

        poller = ReportPoller(self._caller, self._limiters, self._settings)
        return Reports(self._settings, poller)

    def build_request(self, service: str, operation: str, params: Mapping[str, Any] | None = None) -> Request:
        """The checked request that call() would send, with address, headers and body; nothing is sent."""
        contract_operation = self._contract.operation(service, operation)
        return self._request(contract_operation, self._encoded(contract_operation, params)[1])

    def zeep(self, service: str) -> "ZeepClient":
        """A raw zeep client of a service, on its WSDL, with this Direct's session, headers and address.

        Its calls go past the checks, retries and unpacking of this package, and raise zeep's own errors; but what
        happens on the connection is told by TransportError and DecodeError, and the limits of `timeout` hold.
        """
        contract_service = self._contract.service(service)
        return raw_zeep.open_client(self._contract.directory, contract_service, self._settings, self._caller)

    def fetch_wsdl(self) -> Iterator[tuple[str, "Description"]]:
        """The API's descriptions as they are now, by file name: `ads.wsdl` and so on, then the schemas they refer to.

        Each is fetched when it is asked for, over this Direct's session and with its retries, but without the token;
        the services are those of its contract.  Raises TransportError, HttpError for a page that is none of them (a
        captcha, a proxy's), DecodeError for a document that is broken or another than the one asked for.  They are
        all there, and fit together, only when the iteration has come to its end.
        """
        from . import live_wsdl  # noqa: PLC0415  brings the readers of WSDL, which calls do without

        def fetch(file: str, address: str) -> bytes:
            retry_state = self._retry_state_at(file, lambda: True)
            while True:
                try:
                    return live_wsdl.fetch(self._caller, file, address)
                except DirectError as error:
                    retry_state.wait_after(error)

        return live_wsdl.read(self._contract, f"{self._settings.root}/{self._settings.version}", fetch)

    def close(self) -> None:
        """Closes the connections, unless the session is the caller's."""
        if (caller := vars(self).get("_caller")) is not None:
            caller.http_client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _service(self, name: str) -> ServiceProxy:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return ServiceProxy(self._contract[name], self)
        except KeyError:
            hint = nearest(name, self._contract)
            raise AttributeError(f"the API has no service {name!r}{hint}") from None

    if not TYPE_CHECKING:
        # To a type checker the services are those of typed.pyi, and any other name is a mistake.
        __getattr__ = _service

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *vars(self).get("_contract", ())]

    def __repr__(self) -> str:
        # Not there while a constructor fails, when a debugger or a traceback with local variables asks for it.
        settings = vars(self).get("_settings")
        if settings is None:
            return "<Direct without settings>"
        login = f" for {settings.client_login}" if settings.client_login else ""
        return f"<Direct {settings.root} {settings.version} over {settings.wire.name}{login}>"

    def _encoded(self, operation: Operation, params: object) -> tuple[Mapping[str, Any], bytes]:
        """The params in micros, and their body; objects and dates are looked for where plain params are refused."""
        try:
            converted = self._in_micros(operation, params)
            return converted, request_body.encode(operation, converted, self._settings)
        except InvalidParamsError:
            plain_params = dates_to_text(as_dicts(params), operation.request)
            if plain_params is params:
                raise
        converted = self._in_micros(operation, plain_params)
        return converted, request_body.encode(operation, converted, self._settings)

    def _in_micros(self, operation: Operation, params: object) -> Mapping[str, Any]:
        """The params with money in micros; what is no amount cannot be sent, whatever the check."""
        params = {} if params is None else params
        if not isinstance(params, Mapping):
            raise InvalidParamsError(check_shape(params, operation.request), operation=operation.key)
        if self._settings.money == "micros":
            return params
        refused: list[Violation] = []
        converted = money_conversion.params_to_micros(params, operation.request, refused)
        if refused:
            violations = request_body.violations(operation, converted, self._settings)
            raise InvalidParamsError(refused + violations, operation=operation.key)
        return converted

    def _request(self, operation: Operation, body: bytes) -> Request:
        fields = self._settings.signed(operation) | self._settings.wire.request_headers(operation)
        return Request(self._settings.address(operation), Headers(fields), body)

    def _call_with_retries(self, operation: Operation, body: bytes) -> results.CallResponse:
        """Attempts the call until it succeeds or the policy gives up."""
        retry_state = self._retry_state(operation)
        while True:
            try:
                return self._attempt(operation, body)
            except DirectError as error:
                retry_state.wait_after(error)

    def _attempt(self, operation: Operation, body: bytes) -> results.CallResponse:
        with self._sent(operation, body) as streamed:
            response = self._caller.read_response(operation.key, streamed)
            # Only one thread runs Python at a time: large responses read in turn are there sooner than all at once,
            # since less is half done, to be kept and looked through by the garbage collector.
            with self._decode_lock if len(response.body) > _LARGE else nullcontext():
                return responses.read(operation, response, self._settings.wire, strict=self._settings.strict)

    def _sent(self, operation: Operation, body: bytes) -> AbstractContextManager[StreamedResponse]:
        request = self._request(operation, body)
        return self._caller.send(operation.key, request, writes=not results.reads(operation))

    def _streamed(
        self, totals: Totals, operation: Operation, params: Mapping[str, Any]
    ) -> Generator[dict[str, Any], None, results.CallResponse]:
        """One attempt at a page, its objects as they come."""
        body = request_body.encode(operation, params, self._settings)
        wire, strict, secrets = self._settings.wire, self._settings.strict, self._settings.credentials.secrets
        with self._sent(operation, body) as response:
            totals.begin(responses.beginning(operation, response))
            call_response = yield from responses.read_items(operation, response, wire, strict=strict, secrets=secrets)
        totals.end(call_response)
        self._log_unknown(operation, call_response)
        return call_response

    def _retry_state(self, operation: Operation) -> RetryState:
        return self._retry_state_at(operation.key, lambda: results.reads(operation))

    def _retry_state_at(self, key: str, reads: Callable[[], bool]) -> RetryState:
        return RetryState(key, self._settings, reads=reads)

    def _log_unknown(self, operation: Operation, call_response: results.CallResponse) -> None:
        login = self._settings.client_login
        self._unknown.log(f"{operation.key} for {login}" if login else operation.key, call_response.unknown)
