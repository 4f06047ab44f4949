"""Direct: the services as attributes, and call(), where the stations of a call stand in line."""

import copy
import os
import random
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import nullcontext
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import requests

from yadirect_soap.errors import Complaint, ConfigurationError, DirectError, InvalidParamsError
from yadirect_soap.protocol.check import check as complaints_of
from yadirect_soap.protocol.contract import Contract, Operation, nearest
from yadirect_soap.protocol.masked_text import masked, masked_url
from yadirect_soap.protocol.messages import Headers, Request

from . import amounts, answers, journal, paging, raw, request_body, results
from .attempts import Attempts, errors_of
from .connection_settings import checked, masked_proxies
from .date_params import dates_to_text
from .echoes import blank_response, errors_without, streamed_without
from .limits import Limits
from .objects import as_dicts
from .reports.governor import Governors
from .retry import Retry
from .services import ServiceProxy
from .settings import (
    Check,
    Money,
    Settings,
    Version,
    WireName,
    checked_language,
    checked_login,
    chosen,
    contract_of,
    from_environment,
    own_variables,
    root_address,
    wire_of,
)
from .streaming import StreamedPage
from .token import Token, TokenSource
from .transport import SessionTransport, Transport, over_requests, streamed
from .unknown_log import UnknownLog

if TYPE_CHECKING:
    from yadirect_soap.protocol.wsdl.description import Description
    from yadirect_soap.protocol.wsdl.reader import ZeepClient

    from . import typed
    from .reports.service import Reports

    Services = typed.Services
else:
    Services = object

Result = results.Items[dict[str, Any]] | results.Outcomes | results.Flat
Timeout = float | tuple[float, float] | Limits

DEFAULT_LIMITS = Limits()
DEFAULT_RETRY = Retry()

_LARGE = 1 << 18
"""Bytes of an answer from which on it is read in turn."""


class Direct(Services):
    """The Yandex Direct API: `direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id"])`.

    Safe to share among threads; a context manager that closes the session it made.

    - `token`: an OAuth token, or a function that returns the current one.
    - `client_login`: on whose behalf an agency asks.  `use_operator_units` spends the agency's units, not theirs.
    - `sandbox`, or `endpoint`: another root address, such as `http://127.0.0.1:8080`, under which the paths are the
      API's own.  `version`: "v5" or "v501".
    - `transport`: "soap" or "json"; results are the same.
    - `language`: of the API's texts: "ru", "en" (also when None).
    - `via`: another Transport than requests; or
    - `session`: a requests.Session of your own, with its proxies and certificates; it is not closed for you.
      Else `proxies`, `verify` (True or a CA bundle's path) and `cert` are as requests has them.
    - `timeout`: seconds between two bytes, either way; (connect, read) in seconds; or Limits.
    - `retry`: a Retry, or None for a single attempt.
    - `check`: "error" refuses params that do not fit the contract, "warn" logs and sends them, "off" just sends.
    - `strict`: makes it an error when an answer holds what the contract does not know.
    - `money`: "micros" leaves amounts as the API's integers, "decimal" turns them into Decimal units both ways.
    - `wsdl`: a folder of descriptions in place of the bundled ones, as `yadirect-soap contract refresh` writes it.

    https://yandex.ru/dev/direct/doc/ru/concepts/headers
    """

    def __init__(
        self,
        token: TokenSource,
        *,
        client_login: str | None = None,
        sandbox: bool = False,
        version: Version = "v5",
        language: str | None = "en",
        use_operator_units: bool = False,
        transport: WireName = "soap",
        endpoint: str | None = None,
        session: requests.Session | None = None,
        proxies: Mapping[str, str] | None = None,
        verify: bool | str | None = None,
        cert: str | tuple[str, str] | None = None,
        timeout: Timeout = DEFAULT_LIMITS,
        retry: Retry | None = DEFAULT_RETRY,
        check: Check = "error",
        strict: bool = False,
        money: Money = "micros",
        wsdl: str | os.PathLike[str] | None = None,
        contract: Contract | None = None,
        via: Transport | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        held = Token(token)
        # From here on a traceback with local variables shows no secret.
        del token
        proxies, endpoint = masked_proxies(proxies), masked_url(endpoint)
        self._settings = Settings(
            token=held.checked(),
            client_login=checked_login(client_login),
            root=root_address(endpoint, sandbox=sandbox),
            version=chosen("version", version, Version),
            language=checked_language(language),
            use_operator_units=use_operator_units,
            wire=wire_of(transport),
            check=chosen("check", check, Check),
            strict=strict,
            money=chosen("money", money, Money),
        )
        self._contract = contract_of(wsdl, contract)
        self._retry = _policy(retry)
        self._clock = clock
        self._sleep = sleep
        self._chance = chance
        self._unknown = UnknownLog()
        self._turn = threading.Lock()
        self._governors = Governors(clock=clock)
        if via and (session or proxies or verify is not None or cert is not None):
            raise ConfigurationError("via brings its own session, proxies and certificates")
        self._transport = via or over_requests(session, _limits(timeout), **checked(proxies, verify, cert))

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, **settings: Any) -> Self:
        """A Direct set by YADIRECT_TOKEN, YADIRECT_CLIENT_LOGIN, YADIRECT_ENDPOINT and the like.

        The names are those of the settings; what is given here goes before the environment.  Raises
        ConfigurationError where a variable is malformed or no token is to be found.
        """
        environ = own_variables(os.environ if environ is None else environ)
        settings = {name: masked(value) if name == "token" else value for name, value in settings.items()}
        settings = from_environment(environ) | settings
        if "token" not in settings:
            raise ConfigurationError("no token: set YADIRECT_TOKEN")
        return cls(**settings)

    def on_behalf_of(self, client_login: str) -> Self:
        """The same Direct asking for another client of the agency; both share session and connections."""
        other = copy.copy(self)
        other._settings = self._settings._replace(client_login=checked_login(client_login))
        return other

    def call(self, service: str, operation: str, params: Mapping[str, Any] | None = None) -> Result:
        """Carries out an operation whose names are known at run time only.

        Params, and what is in them, are dicts, or dataclasses, attrs classes and pydantic models: of a model what was
        set is sent; of the others a field is left out that holds `...`, or None that is its default.  A day (StartDate)
        may be a date, or a datetime with a zone, whose day is Moscow's; a moment (Timestamp) a datetime with a zone.

        Gives Items (a list of objects) for a get, Outcomes (a list, in the order sent) for a write, Flat (a dict)
        for the rest; all of them carry request_id, units, raw and unknown.  Raises UnknownNameError and
        InvalidParamsError before anything is sent, then TransportError, HttpError, DecodeError or ApiError.
        An item's failure raises nothing: ask the Outcomes, or their raise_for_errors().
        """
        asked = self._contract.operation(service, operation)
        with errors_of(asked):
            wanted, body = self._written(asked, params)
            answer = self._answered(asked, body)
            self._unknown.log(asked.key, answer.unknown)
            if self._settings.money == "decimal":
                result = amounts.result_to_decimal(answer.result, asked.response)
                answer = answer._replace(result=result)
            return results.unpack(asked, answer, results.count_sent(asked, wanted))

    def items(self, service: str, operation: str, params: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """The objects of all pages of a get, one by one, each as soon as its bytes are there; no page is held.

        A page that breaks off is asked for again from the object on that did not come, as far as `retry` allows.
        Raises ConfigurationError for an operation that gives no list of objects, PagingError where LimitedBy does not
        lead onwards, and what call() raises: all of it at once or, for what an answer tells, while it is iterated.
        """
        asked = self._contract.operation(service, operation)
        results.refuse_without_items(asked)
        wanted, _ = self._written(asked, params)
        items = paging.flow(lambda page: StreamedPage(asked, page, self._streamed, self._attempts(asked)), wanted)
        if self._settings.money == "micros" or asked.listed is None:
            return items
        return map(partial(amounts.result_to_decimal, shape=asked.listed.shape), items)

    @property
    def reports(self) -> "Reports":
        """Statistics, a service without a WSDL: `direct.reports.get(...)`; see Reports.get."""
        from .reports.desk import Desk  # noqa: PLC0415  a start need not wait for what only reports want
        from .reports.service import Reports  # noqa: PLC0415

        desk = Desk(self._transport, self._retry, self._governors, self._clock, self._sleep, self._chance)
        return Reports(self._settings, desk)

    def envelope(self, service: str, operation: str, params: Mapping[str, Any] | None = None) -> Request:
        """The checked request that call() would send, with address, headers and body; nothing is sent."""
        asked = self._contract.operation(service, operation)
        return self._request(asked, self._written(asked, params)[1])

    def zeep(self, service: str) -> "ZeepClient":
        """A raw zeep client of a service, on its WSDL, with this Direct's session, headers and address.

        Its calls go past the checks, retries and unpacking of this package, and raise zeep's own errors; but what
        happens on the connection is told by TransportError and DecodeError, and the limits of `timeout` hold.
        """
        known = self._contract.service(service)
        if not isinstance(self._transport, SessionTransport):
            raise ConfigurationError("zeep needs a Direct over requests")
        return raw.open_client(self._contract.directory, known, self._settings, self._transport)

    def descriptions(self) -> Iterator[tuple[str, "Description"]]:
        """The API's descriptions as they are now, by file name: `ads.wsdl` and so on, then the schemas they refer to.

        Each is fetched when it is asked for, over this Direct's session and with its retries, but without the token;
        the services are those of its contract.  Raises TransportError, HttpError for a page that is none of them (a
        captcha, a proxy's), DecodeError for a document that is broken or another than the one asked for.  They are
        all there, and fit together, only when the iteration has come to its end.
        """
        from . import descriptions  # noqa: PLC0415  brings the readers of WSDL, which calls do without

        def fetch(file: str, address: str) -> bytes:
            attempts = self._attempts_at(file, lambda: True)
            while True:
                try:
                    return descriptions.fetch(self._transport, address)
                except DirectError as error:
                    attempts.wait_after(error)

        return descriptions.read(self._contract, f"{self._settings.root}/{self._settings.version}", fetch)

    def close(self) -> None:
        """Closes the connections, unless the session is the caller's."""
        if (transport := vars(self).get("_transport")) is not None:
            transport.close()

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
            near = nearest(name, self._contract)
            raise AttributeError(f"the API has no service {name!r}{near}") from None

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

    def _written(self, operation: Operation, params: object) -> tuple[Mapping[str, Any], bytes]:
        """The params in micros, and their body; objects and dates are looked for where plain params are refused."""
        try:
            wanted = self._in_micros(operation, params)
            return wanted, request_body.encode(operation, wanted, self._settings)
        except InvalidParamsError:
            plain = dates_to_text(as_dicts(params), operation.request)
            if plain is params:
                raise
        wanted = self._in_micros(operation, plain)
        return wanted, request_body.encode(operation, wanted, self._settings)

    def _in_micros(self, operation: Operation, params: object) -> Mapping[str, Any]:
        """The params with money in micros; what is no amount cannot be sent, whatever the check."""
        params = {} if params is None else params
        if not isinstance(params, Mapping):
            raise InvalidParamsError(complaints_of(params, operation.request), operation=operation.key)
        if self._settings.money == "micros":
            return params
        refused: list[Complaint] = []
        converted = amounts.params_to_micros(params, operation.request, refused)
        if refused:
            others = request_body.violations(operation, converted, self._settings)
            raise InvalidParamsError(refused + others, operation=operation.key)
        return converted

    def _request(self, operation: Operation, body: bytes) -> Request:
        fields = self._settings.signed(operation) | self._settings.wire.request_headers(operation)
        return Request(self._settings.address(operation), Headers(fields), body)

    def _answered(self, operation: Operation, body: bytes) -> results.Answer:
        """Attempts the call until it succeeds or the policy gives up."""
        attempts = self._attempts(operation)
        while True:
            try:
                with errors_without(self._settings.token):
                    return self._attempt(operation, body)
            except DirectError as error:
                attempts.wait_after(error)

    def _attempt(self, operation: Operation, body: bytes) -> results.Answer:
        request = self._request(operation, body)
        journal.sent(operation, request)
        began = self._clock()
        response = blank_response(self._transport.exchange(request), self._settings.token.secrets)
        journal.answered(operation, response, self._clock() - began, self._settings.token.secrets)
        # Only one thread runs Python at a time: large answers read in turn are there sooner than all at once, since
        # less is half done, to be kept and looked through by the garbage collector.
        with self._turn if len(response.body) > _LARGE else nullcontext():
            return answers.read(operation, response, self._settings.wire, strict=self._settings.strict)

    def _streamed(
        self, operation: Operation, params: Mapping[str, Any]
    ) -> Generator[dict[str, Any], None, results.Answer]:
        """One attempt at a page, its objects as they come."""
        request = self._request(operation, request_body.encode(operation, params, self._settings))
        journal.sent(operation, request)
        began = self._clock()
        token, wire, strict = self._settings.token, self._settings.wire, self._settings.strict
        with streamed_without(token, streamed(self._transport, request)) as response:
            answer = yield from answers.read_items(operation, response, wire, strict=strict, secrets=token.secrets)
        journal.answered(operation, answer.raw, self._clock() - began, token.secrets)
        self._unknown.log(operation.key, answer.unknown)
        return answer

    def _attempts(self, operation: Operation) -> Attempts:
        return self._attempts_at(operation.key, lambda: results.reads(operation))

    def _attempts_at(self, key: str, reads: Callable[[], bool]) -> Attempts:
        return Attempts(key, self._retry, reads=reads, clock=self._clock, sleep=self._sleep, chance=self._chance)


def _limits(timeout: Timeout) -> Limits:
    if isinstance(timeout, Limits):
        return timeout.checked()
    try:
        connect, read = timeout if isinstance(timeout, tuple) else (min(timeout, DEFAULT_LIMITS.connect), timeout)
        return DEFAULT_LIMITS._replace(connect=connect, read=read, write=read).checked()
    except (TypeError, ValueError):
        raise ConfigurationError(f"timeout is seconds, (connect, read) or Limits, not {timeout!r:.40}") from None


def _policy(retry: object) -> Retry | None:
    if retry is None:
        return None
    if isinstance(retry, Retry):
        return retry.checked()
    raise ConfigurationError(f"retry is a Retry or None, not {retry!r:.40}")
