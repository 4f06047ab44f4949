"""Direct, the client: the services as attributes, and call(), items() and pages() for names known at run time."""

import copy
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self, TypeVar

from yadirect_soap.auth.locations import config_file
from yadirect_soap.booleans import checked_boolean
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.contract import Contract, nearest
from yadirect_soap.protocol.messages import Request
from yadirect_soap.protocol.model import Operation

from . import profiles, results
from .environment import from_environment, own_variables
from .item_iterator import ItemIterator
from .proxies import ServiceProxy
from .reports.rate_limiter import RateLimiters
from .retry_state import RetryState, describing_errors
from .settings import Settings, masked, refuse_unknown, takes
from .token import TokenSource, token_of

if TYPE_CHECKING:
    from yadirect_soap.protocol.wsdl.description import Description
    from yadirect_soap.protocol.wsdl.zeep_reader import ZeepClient

    from . import typed
    from .reports.service import Reports
    from .xml_calls import XmlRequest, XmlResponse, XmlSource

    Services = typed.Services
else:
    Services = object

_T = TypeVar("_T")

_OF_THE_CONNECTIONS = frozenset(
    ("session", "proxies", "verify", "cert", "timeout", "max_response_bytes", "http_client", "wsdl", "contract")
)
_CONCURRENCY = 5
"""Requests of an advertiser that the API answers at a time; https://yandex.ru/dev/direct/doc/ru/concepts/limits"""


class Direct(Services):
    """The client of the Yandex Direct API: `direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id"])`.

    Threads may share it. As a context manager it closes the session that it opened.

    Args:
        token: an OAuth token, or a function that returns the current one.
        settings: the other fields of Settings, by name; docs/settings.md is the table of them.

    Raises:
        ConfigurationError: a setting is unknown, has a wrong value or contradicts another one.

    https://yandex.ru/dev/direct/doc/ru/concepts/headers
    """

    @takes(Settings)
    def __init__(self, token: TokenSource, **settings: Any) -> None:
        refuse_unknown(settings)
        # From here on a traceback with local variables shows no secret.
        token, settings = token_of(token), masked(settings)
        self._settings = Settings(token, **settings).checked()
        self._contract = self._settings.open_contract()
        self._limiters = RateLimiters(clock=self._settings.clock)
        from .caller import Caller, open_http_client  # noqa: PLC0415  an import of the package need not load requests
        from .operation_calls import OperationCalls  # noqa: PLC0415

        self._caller = Caller(open_http_client(self._settings), self._settings)
        self._calls = OperationCalls(self._caller, self._settings)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, *, profile: str | None = None, **settings: Any) -> Self:
        """Creates a Direct from environment variables, such as YADIRECT_TOKEN, and from a profile, if one is named.

        Args:
            environ: the variables; None reads os.environ. A variable is named YADIRECT_ and the setting's name.
            profile: a profile of the configuration; None takes that of YADIRECT_PROFILE. Without either, the profile
                "default" is used if there is no token.
            settings: fields of Settings that override the environment.

        Returns:
            A Direct with these settings.

        Raises:
            ConfigurationError: a variable or the configuration is malformed, there is no such profile, or no token.
        """
        settings = masked(settings)
        environ = os.environ if environ is None else environ
        config, environ = config_file(environ), own_variables(environ)
        return cls(**profiles.completed(config, profile, from_environment(environ), settings))

    @classmethod
    def settings_from_env(
        cls, environ: Mapping[str, str] | None = None, *, profile: str | None = None, **settings: Any
    ) -> dict[str, Any]:
        """Resolves settings as from_env does, but makes no Direct and looks for no token of a profile.

        Args:
            environ: the variables; None reads os.environ.
            profile: a profile of the configuration; None takes that of YADIRECT_PROFILE, or "default" as from_env does.
            settings: fields of Settings that override the environment.

        Returns:
            The settings that are given, in the environment or in the profile, by name; others have their defaults.

        Raises:
            ConfigurationError: a variable or the configuration is malformed, or there is no such profile.
        """
        settings = masked(settings)
        environ = os.environ if environ is None else environ
        config, environ = config_file(environ), own_variables(environ)
        return profiles.without_token(config, profile, from_environment(environ), settings)

    @classmethod
    def from_profile(cls, name: str, **settings: Any) -> Self:
        """Creates a Direct from a profile alone; of the environment only YADIRECT_CONFIG is read.

        Args:
            name: a profile of the configuration, or one that `yadirect-soap auth login --profile` signed in.
            settings: fields of Settings that override the profile.

        Returns:
            A Direct with these settings.

        Raises:
            ConfigurationError: there is no such profile, the configuration is malformed, or there is no token.
        """
        settings = masked(settings)
        return cls(**profiles.completed(config_file(os.environ), name, {}, settings))

    def with_client_login(self, client_login: str) -> Self:
        """Returns a copy for another client of the agency; both share the session and its connections.

        Args:
            client_login: the login of the client, sent in Client-Login.

        Returns:
            A Direct with the same other settings.

        Raises:
            ConfigurationError: it is not a login.
        """
        return self._copy_with(self._settings.with_client_login(client_login))

    @property
    def settings(self) -> Settings:
        """All settings, as they were checked; the token in them is masked."""
        return self._settings

    def with_settings(self, **settings: Any) -> Self:
        """Returns a copy with other settings; both share session, connections and the known numbers of units.

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
                _("{fixed}: made the connections and cannot be changed; make a new Direct", fixed=", ".join(fixed))
            )
        return self._copy_with(replace(self._settings, **masked(settings)).checked())

    def with_default_concurrency(self) -> Self:
        """Returns a copy that keeps to the API's limit of five requests of an advertiser, over all processes.

        For programs that send many requests: `etl`, `bulk` and `gateway` start with it.

        Returns:
            A Direct with concurrency=5; this one if `concurrency` is set.

        https://yandex.ru/dev/direct/doc/ru/concepts/limits
        """
        if self._settings.concurrency is None:
            return self.with_settings(concurrency=_CONCURRENCY)
        return self

    def _copy_with(self, settings: Settings) -> Self:
        direct = copy.copy(self)
        direct._settings = settings
        direct._caller = self._caller.with_settings(settings)
        direct._calls = self._calls.with_settings(direct._caller, settings)
        return direct

    @property
    def contract(self) -> Contract:
        """The service contract against which calls are checked."""
        return self._contract

    def call(
        self, service: str, operation: str, params: Mapping[str, Any] | None = None, *, split: bool = False
    ) -> results.Result:
        """Calls an operation whose name is known at run time only.

        Args:
            service: a service of the contract, in any case: "ads", "AdGroups".
            operation: an operation of the service, in the API's case: "get", "checkCampaigns".
            params: the params by the API's names: a dict, dataclass, attrs object or pydantic model, at any depth. Of a
                model the fields that were set are sent; of the others a field is left out if it holds `...`, or None
                that is its default. A date (StartDate) may be a date, or a datetime with a zone, of which the date
                in Moscow is sent; a date with a time (Timestamp) may be a datetime with a zone. Bytes (ImageData) are
                the file itself, and a str is its base64; bytes that are base64 already are refused.
            split: send a list that is too long for one call in several calls. The results of a write are one list in
                the order of the params, and an error in between has `progress`; a get returns the objects of all pages.

        Returns:
            A Page (a list of dicts) for a get, ItemResults (a list in the order of the params) for a write, an
            OperationResult (a dict) for the rest. Each has request_id, units, raw and unknown. Money is an int in
            micros, or a Decimal in currency units with the setting money="decimal".

        Raises:
            UnknownNameError: the contract has no such service or operation; nothing was sent.
            InvalidParamsError: the params do not fit the contract; nothing was sent.
            ConfigurationError: `split` is neither True nor False.
            TransportError: no response came.
            HttpError: something other than the API responded.
            DecodeError: the response cannot be read.
            ApiError: the API refused the request. A failed item raises nothing: see ItemResults.raise_for_errors.
        """
        contract_operation = self._contract.operation(service, operation)
        call = self._calls.call_split if checked_boolean("split", split) else self._calls.call
        return call(contract_operation, params)

    def send_xml(self, document: "XmlSource") -> "XmlResponse":
        """Sends a request that is XML already, with the checks, retries, limits and errors of call().

        Args:
            document: an envelope, or the element of its Body alone; as bytes, an lxml element, or the path of a file.

        Returns:
            The response: its bytes and element, and the result as call() returns it.

        Raises:
            InvalidParamsError: it is not a request of the contract, or does not fit it; nothing was sent.
            DirectError: as call() does.
        """
        from . import xml_calls  # noqa: PLC0415  few use it

        request = self.read_xml(document)
        result = self._over_soap()._calls.call_encoded(request.operation, request.params, request.body)
        return xml_calls.XmlResponse(result)

    def read_xml(self, document: "XmlSource") -> "XmlRequest":
        """Reads and checks a request that is XML already, as send_xml() does, and sends nothing.

        Args:
            document: an envelope, or the element of its Body alone; as bytes, an lxml element, or the path of a file.

        Returns:
            The request: its operation, its params, and the envelope for forward().

        Raises:
            InvalidParamsError: it is not a request of the contract, or does not fit it.
        """
        from . import xml_calls  # noqa: PLC0415  few use it

        operation, message = xml_calls.read(self._contract, document)
        with describing_errors(operation, self._settings):
            return xml_calls.checked(operation, message, self._over_soap()._settings)

    def forward(self, operation: Operation, envelope: bytes, out: IO[bytes]) -> results.CallResponse:
        """Sends an envelope as it is and writes that of the response to a file, with the retries and limits of call().

        The client checks that the response is complete and belongs to the operation, and does not decode it: memory use
        is constant.

        Args:
            operation: what the envelope calls, in the contract; neither it nor its params are checked.
            envelope: the envelope of the request, in UTF-8.
            out: a binary file that can seek; it is written from its beginning on, by each attempt anew.

        Returns:
            What the headers of the response say; its `result` is empty.

        Raises:
            DirectError: as call() does; `out` may then have the beginning of a response.
        """
        return self._over_soap()._calls.forward(operation, envelope, out)

    def _over_soap(self) -> Self:
        return self if self._settings.transport == "soap" else self.with_settings(transport="soap")

    def items(
        self, service: str, operation: str, params: Mapping[str, Any] | None = None, *, split: bool = False
    ) -> ItemIterator[dict[str, Any]]:
        """Iterates over the objects of all pages of a get; yields each as soon as it has arrived.

        No page is kept in memory.
        A page that breaks off is requested again from its first missing object on, as often as `retry` allows.

        Args:
            service: a service of the contract: "ads".
            operation: its operation: "get".
            params: as for call(); Page.Limit is the size of a page, Page.Offset where to begin.
            split: cut lists of SelectionCriteria that are too long for one get into several gets.

        Returns:
            An iterator of dicts, which also has `units`, `request_ids` and `unknown` of the responses so far.

        Raises:
            ConfigurationError: the operation returns no list of objects, or `split` is neither True nor False.
            PagingError: LimitedBy does not move forward.
            DirectError: as call() does, at once or, where it depends on a response, during the iteration.
        """
        contract_operation = self._contract.operation(service, operation)
        return self._calls.items(contract_operation, params, split=checked_boolean("split", split))

    def read_page(
        self,
        service: str,
        operation: str,
        params: Mapping[str, Any] | None,
        read: Callable[[Iterator[dict[str, Any]]], _T],
    ) -> tuple[_T, results.CallResponse]:
        """Calls a get once and hands its objects to a function as they arrive, so that no page is kept in memory.

        A page that breaks off is requested again as a whole, where items() requests the rest: objects deleted
        meanwhile would shift it.  The function is then called again, with all objects.

        Args:
            service: a service of the contract: "ads".
            operation: its operation: "get".
            params: as for call().
            read: takes an iterator of dicts, the objects of the page, and returns what is made of them.

        Returns:
            What `read` returned, and the response: its units, RequestId, and a result with all but the objects:
            {"LimitedBy": 10000} where the page is not the last one.

        Raises:
            ConfigurationError: the operation returns no list of objects.
            DirectError: as call() does.
        """
        return self._calls.read_page(self._contract.operation(service, operation), params, read)

    def pages(
        self, service: str, operation: str, params: Mapping[str, Any] | None = None, *, split: bool = False
    ) -> Iterator[results.Page[dict[str, Any]]]:
        """Iterates over the pages of a get; each page is requested when the iteration reaches it.

        Args:
            service: a service of the contract: "ads".
            operation: its operation: "get".
            params: as for call(); Page.Limit is the size of a page, Page.Offset where to begin.
            split: cut lists of SelectionCriteria that are too long for one get into several gets.

        Returns:
            An iterator of Page, each a list of dicts.

        Raises:
            ConfigurationError: the operation returns no list of objects, or `split` is neither True nor False.
            PagingError: LimitedBy does not move forward.
            DirectError: as call() does.
        """
        contract_operation = self._contract.operation(service, operation)
        return self._calls.pages(contract_operation, params, split=checked_boolean("split", split))

    @property
    def reports(self) -> "Reports":
        """The Reports service, which has no WSDL: `direct.reports.get(...)`; see Reports.get."""
        from .reports.poller import ReportPoller  # noqa: PLC0415  a start need not wait for what only reports want
        from .reports.service import Reports  # noqa: PLC0415

        poller = ReportPoller(self._caller, self._limiters, self._settings)
        return Reports(self._settings, poller)

    def build_request(self, service: str, operation: str, params: Mapping[str, Any] | None = None) -> Request:
        """Builds the request that call() would send, and sends nothing.

        Args:
            service: a service of the contract: "ads".
            operation: its operation: "get".
            params: as for call().

        Returns:
            The request: address, headers with the token, body.

        Raises:
            UnknownNameError: the contract has no such service or operation.
            InvalidParamsError: the params do not fit the contract.
        """
        contract_operation = self._contract.operation(service, operation)
        return self._calls.request(contract_operation, self._calls.encoded(contract_operation, params)[1])

    def zeep(self, service: str) -> "ZeepClient":
        """Returns a zeep.Client of a service that uses this Direct's session, headers, address and WSDL.

        Its calls skip the checks, retries and unpacking of this package and raise zeep's own errors. Failures of the
        connection still raise TransportError and DecodeError, and the limits of `timeout` still hold.

        Args:
            service: a service of the contract: "ads".

        Returns:
            The zeep client; its `service` has the operations.

        Raises:
            UnknownNameError: the contract has no such service.
        """
        contract_service = self._contract.service(service)
        from . import raw_zeep  # noqa: PLC0415  few use it

        return raw_zeep.open_client(self._contract.directory, contract_service, self._settings, self._caller)

    def fetch_wsdl(self) -> Iterator[tuple[str, "Description"]]:
        """Fetches the API's current WSDLs and schemas, one by one, without the token and with this Direct's retries.

        The set is complete and consistent only when the iteration has ended.

        Returns:
            An iterator of (file name, parsed description): `ads.wsdl` and so on, then the schemas that they refer to.

        Raises:
            TransportError: no response came.
            HttpError: a page came that is not a WSDL, such as a captcha or the page of a proxy.
            DecodeError: a document is broken, or is another one than was requested.
        """
        from . import live_wsdl  # noqa: PLC0415  brings the readers of WSDL, which calls do without

        def fetch(file: str, address: str) -> bytes:
            retry_state = RetryState(file, self._settings, reads=lambda: True)
            return retry_state.run(lambda: live_wsdl.fetch(self._caller, file, address))

        return live_wsdl.read(self._contract, f"{self._settings.root}/{self._settings.version}", fetch)

    def close(self) -> None:
        """Closes the connections, unless the session was passed in."""
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

    def _set_attribute(self, name: str, value: object) -> None:
        if name in Settings.table():
            raise AttributeError(_("a Direct does not change: use direct.with_settings({name}=...)", name=name))
        super().__setattr__(name, value)

    if not TYPE_CHECKING:
        # To a type checker the services are those of typed.pyi, and any other name is a mistake.
        __getattr__ = _service
        # So is an assignment to a name that is no attribute, unless this method takes all of them.
        __setattr__ = _set_attribute

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *vars(self).get("_contract", ())]

    def __repr__(self) -> str:
        # Not there while a constructor fails, when a debugger or a traceback asks for it.
        if (settings := vars(self).get("_settings")) is None:
            return "<Direct without settings>"
        login = f" for {settings.client_login}" if settings.client_login else ""
        return f"<Direct {settings.root} {settings.version} over {settings.wire.name}{login}>"
