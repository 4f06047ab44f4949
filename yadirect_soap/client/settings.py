"""All settings of a client, each once: Direct, from_env, the command line and docs/settings.md read this table."""

import copy
import inspect
import os
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Concatenate, Literal, NamedTuple, ParamSpec, Self, TypeVar, get_args

from yadirect_soap.booleans import checked_boolean
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.contract import Contract, bundled, nearest
from yadirect_soap.protocol.masked_text import masked_url

from . import connection_settings, setting_values
from .retry import Retry, policy_of, read_retries
from .timeouts import DEFAULT_TIMEOUTS, MAX_RESPONSE_BYTES, Timeouts
from .token import Token, TokenSource, token_of

if TYPE_CHECKING:
    import requests

    from yadirect_soap.protocol.model import Operation
    from yadirect_soap.protocol.wires import Wire

    from .archive import Archive
    from .http_client import HttpClient
    from .middleware import Middleware

T = TypeVar("T")
P = ParamSpec("P")

Version = Literal["v5", "v501"]
Language = Literal["en", "ru", "tr"]
WireName = Literal["soap", "json"]
Check = Literal["error", "warn", "off"]
Money = Literal["micros", "decimal"]
UnitsPolicy = Literal["off", "stop", "wait"]

_SETTING = "setting"
_AGENCY_CLIENTS = frozenset({"agencyclients"})


class Header(NamedTuple):
    """The HTTP header that carries a setting."""

    name: str
    write: Callable[[Any], str]
    not_for: frozenset[str] = frozenset()
    """Services that are called without it."""


class Setting(NamedTuple):
    """The properties of a setting besides its type and default."""

    help: str
    check: setting_values.Check = lambda _name, value: value
    read: Callable[[str, str], Any] | None = None
    """Reads its environment variable, YADIRECT_ and its name; None if there is no such variable."""
    option: str = ""
    """Its option on the command line, "" if there is none."""
    option_help: str = ""
    """The help of the option, where it takes less than the setting or `help` speaks of Python; "" for `help`."""
    metavar: str | None = None
    choices: tuple[str, ...] | None = None
    header: Header | None = None
    mask: Callable[[Any], Any] = lambda value: value
    """Wraps a value that holds a secret, so that no repr shows it."""

    def of_text(self, name: str, text: str) -> Any:
        """Reads and checks the text of a variable, an option or a file; ConfigurationError that has the name."""
        if self.read is None:
            return text
        value = self.read(name, text)
        self.check(name, value)
        return value


def setting(default: T, help: str, **about: Any) -> T:
    """Declares a field of Settings.

    Args:
        default: its default value.
        help: one sentence for the user.
        about: the other fields of Setting.

    Returns:
        A dataclass field.
    """
    return field(default=default, metadata={_SETTING: Setting(help, **about)})


def choice(default: T, help: str, values: Any, *, optional: bool = False, **about: Any) -> T:
    """Declares a field of Settings whose value is one of a Literal's, in programs, variables and options alike.

    Args:
        default: its default value.
        help: one sentence for the user.
        values: the Literal.
        optional: whether None is a value too.
        about: the other fields of Setting.

    Returns:
        A dataclass field.
    """
    check = setting_values.choice_of(values, optional=optional)
    return setting(default, help, check=check, read=check, choices=get_args(values), **about)


def _contract(name: str, value: object) -> object:
    if value is None or isinstance(value, Contract):
        return value
    raise ConfigurationError(_("{name} is a Contract, not {value!r:.40}", name=name, value=value))


def _archive(name: str, value: object) -> object:
    if value is None:
        return None
    from .archive import archive_of  # noqa: PLC0415  an import of the package need not wait for it

    return archive_of(name, value)


@dataclass(frozen=True, repr=False, eq=False)
class Settings:
    """The settings of a Direct; docs/settings.md is the table of them.

    https://yandex.ru/dev/direct/doc/ru/concepts/headers
    """

    token: TokenSource = field(
        metadata={
            _SETTING: Setting(
                "an OAuth token, or a function that returns the current one",
                check=lambda _name, token: token_of(token).checked(),
                read=setting_values.read_text,
                mask=token_of,
            )
        }
    )
    _: KW_ONLY
    client_login: str | None = setting(
        None,
        "the login of the agency's client that the calls are for",
        check=setting_values.check_login,
        read=setting_values.read_text,
        option="--client-login",
        metavar="LOGIN",
        header=Header(headers.CLIENT_LOGIN, headers.write_client_login, not_for=_AGENCY_CLIENTS),
    )
    sandbox: bool = setting(
        False,
        "call the sandbox",
        check=checked_boolean,
        read=setting_values.read_boolean,
        option="--sandbox",
    )
    version: Version = choice(
        "v501",
        "the version of the addresses; v5 shows unified campaigns as text campaigns",
        Version,
        option="--api-version",
    )
    language: Language | None = choice(
        "en",
        "the language of the API's texts and of the advice, which is in en and ru; None means en",
        Language,
        optional=True,
        option="--language",
        header=Header(headers.ACCEPT_LANGUAGE, str),
    )
    use_operator_units: bool = setting(
        False,
        "spend the units of the agency, not of its client",
        check=checked_boolean,
        read=setting_values.read_boolean,
        header=Header(headers.USE_OPERATOR_UNITS, lambda _: "true"),
        option="--use-operator-units",
    )
    transport: WireName = choice(
        "soap",
        "the format of calls; results are the same",
        WireName,
        option="--transport",
    )
    endpoint: str | None = setting(
        None,
        "another root address, such as that of an emulator; the paths are those of the API",
        check=setting_values.check_endpoint,
        read=setting_values.read_text,
        option="--endpoint",
        metavar="URL",
        mask=masked_url,
    )
    session: "requests.Session | None" = setting(
        None, "your own requests.Session, with its proxies and certificates; Direct does not close it"
    )
    proxies: Mapping[str, str] | None = setting(
        None,
        "addresses of proxies by scheme, in the form of requests",
        check=lambda _name, value: connection_settings.checked_proxies(value),
        read=connection_settings.read_proxy,
        option="--proxy",
        option_help="the proxy for all calls, such as http://proxy.example:3128 (default: HTTPS_PROXY)",
        metavar="URL",
        mask=connection_settings.masked_proxies,
    )
    verify: bool | str | None = setting(
        None,
        "True, False, or the path of a CA bundle; None leaves it to requests, which checks certificates",
        check=lambda _name, value: connection_settings.checked_verify(value),
        read=setting_values.read_text,
        option="--ca",
        option_help="the CA bundle in PEM that the server's certificate is checked by",
        metavar="FILE",
    )
    cert: str | tuple[str, str] | None = setting(
        None,
        "the client's certificate: a path, or two paths (certificate, key)",
        check=lambda _name, value: connection_settings.checked_cert(value),
        read=setting_values.read_text,
        option="--cert",
        option_help="the client's certificate in PEM, with its key or beside --key",
        metavar="FILE",
    )
    timeout: float | tuple[float, float] | Timeouts = setting(
        DEFAULT_TIMEOUTS,
        "seconds between two bytes; (connect, read) in seconds; or Timeouts",
        read=setting_values.read_seconds,
        option="--timeout",
        option_help=f"the longest wait for the next byte (default: {DEFAULT_TIMEOUTS.read:g})",
        metavar="SECONDS",
    )
    max_response_bytes: int = setting(
        MAX_RESPONSE_BYTES, "the maximum size of a decompressed response in bytes; reports have no limit"
    )
    retry: Retry | None = setting(
        Retry(),
        "when a call is repeated; None for a single attempt",
        check=lambda _name, value: policy_of(value),
        read=read_retries,
        option="--retries",
        option_help=f"how often a call that failed may be repeated (default: {Retry().attempts - 1})",
        metavar="N",
    )
    check: Check = choice(
        "error",
        "params that do not fit are refused (error), logged and sent (warn), or not checked (off)",
        Check,
        option="--check",
    )
    strict: bool = setting(
        False,
        "raise an error for names and values of a response that the contract does not have",
        check=checked_boolean,
    )
    money: Money = choice(
        "micros",
        "amounts as integers in millionths (micros), or as Decimal in currency units (decimal)",
        Money,
        option="--money",
        option_help="amounts as whole millionths (micros), or in units of the currency (decimal)",
    )
    wsdl: str | os.PathLike[str] | None = setting(
        None,
        "a folder of WSDLs, written by contract refresh, instead of the bundled ones",
        read=setting_values.read_text,
        option="--wsdl",
        metavar="DIR",
    )
    contract: Contract | None = setting(None, "a Contract instead of the bundled one", check=_contract)
    http_client: "HttpClient | None" = setting(None, "an HttpClient instead of the one that uses requests")
    middleware: "Sequence[Middleware]" = setting(
        (), "functions (context, request, send) around each request, the first outermost"
    )
    archive: "Archive | str | os.PathLike[str] | None" = setting(
        None,
        "an Archive, or the path of a folder, for the raw bytes of requests and responses",
        check=_archive,
        read=setting_values.read_text,
        option="--archive",
        option_help="a folder for the raw bytes of requests and responses",
        metavar="DIR",
    )
    concurrency: int | None = setting(
        None,
        "requests of an advertiser at a time in all threads and processes of the machine, 1 to 5; None: no limit",
        check=setting_values.whole_number_of(1, 5),
        read=setting_values.read_integer,
        option="--concurrency",
        option_help="requests of an advertiser at a time in all commands and programs of the machine, 1 to 5 "
        "(default: no limit)",
        metavar="N",
    )
    units_policy: UnitsPolicy = choice(
        "off",
        "if units run short: send and raise UnitsError (off), raise BudgetExceededError (stop), or wait for the next "
        "hour's units (wait)",
        UnitsPolicy,
        option="--units-policy",
        option_help="if units run short: send all the same (off), end the command (stop), or wait for the next "
        "hour's units (wait)",
    )
    units_reserve: float = setting(
        0.2,
        "the share of a day's units that stop and wait leave to other programs, 0 to 1",
        check=setting_values.check_share,
        read=setting_values.read_number,
        option="--units-reserve",
        metavar="SHARE",
    )
    units_budget: int | None = setting(
        None,
        "the maximum number of units that a login may spend in this Direct; then BudgetExceededError; None: no limit",
        check=setting_values.whole_number_of(0, None),
        read=setting_values.read_integer,
        option="--units-budget",
        option_help="stop before a login spends more units than this in the command (default: no limit)",
        metavar="UNITS",
    )
    clock: Callable[[], float] = setting(time.monotonic, "returns seconds", check=setting_values.check_function)
    sleep: Callable[[float], None] = setting(
        time.sleep, "waits for a number of seconds", check=setting_values.check_function
    )
    now: Callable[[], float] = setting(
        time.time,
        "returns seconds since the epoch; it decides at which hour units come",
        check=setting_values.check_function,
    )
    random: Callable[[], float] = setting(
        random.random,
        "returns numbers from 0 to 1, which shorten the waits of retries",
        check=setting_values.check_function,
    )

    credentials: Token = field(init=False)
    """The token, masked; like `root` and `wire` it exists after checked()."""
    root: str = field(init=False)
    """The address under which the API's paths are."""
    wire: "Wire" = field(init=False)
    """Encodes and decodes messages in the format of `transport`."""
    headers: Mapping[str, Header] = field(init=False)
    """The headers that carry settings, by the names of the settings."""

    @classmethod
    def table(cls) -> Mapping[str, Setting]:
        """Returns the properties of each setting, by its name."""
        return MappingProxyType({entry.name: entry.metadata[_SETTING] for entry in fields(cls) if entry.init})

    def checked(self) -> Self:
        """Checks every setting.

        Returns:
            A checked copy.

        Raises:
            ConfigurationError: a value does not fit, or two settings contradict each other.
        """
        from yadirect_soap.protocol.wires import WIRES  # noqa: PLC0415  the terminal's --help needs no codec

        settings, table = copy.copy(self), self.table()
        for name, about in table.items():
            _set(settings, name, about.check(name, getattr(self, name)))
        _set(settings, "credentials", settings.token)
        _set(settings, "root", setting_values.root_address(settings.endpoint, sandbox=settings.sandbox))
        _set(settings, "wire", WIRES[settings.transport])
        _set(settings, "headers", {name: about.header for name, about in table.items() if about.header})
        return settings

    def with_client_login(self, login: str) -> Self:
        """Returns the same settings for another client of the agency.

        Args:
            login: the client's login.

        Returns:
            A checked copy.

        Raises:
            ConfigurationError: it is not a login; None is refused too.
        """
        if login is None:  # calls would go to the account of the token
            raise ConfigurationError(_("with_client_login takes the login of a client, not None"))
        return replace(self, client_login=login).checked()

    def open_contract(self) -> Contract:
        """Opens the contract: the given one, that of a folder of WSDLs, or the bundled one.

        Returns:
            The contract.

        Raises:
            ConfigurationError: both `wsdl` and `contract` are set, or the folder has no WSDLs.
        """
        if self.contract is not None and self.wsdl is not None:
            raise ConfigurationError(_("wsdl and contract exclude each other"))
        if self.wsdl is not None:
            return Contract(Path(self.wsdl).expanduser())
        return bundled() if self.contract is None else self.contract

    def address(self, operation: "Operation") -> str:
        """Returns the address at which an operation is called.

        Args:
            operation: an operation of the contract.

        Returns:
            An absolute URL.
        """
        return self.root + self.wire.path(self.version, operation.service)

    def signed(self, operation: "Operation") -> dict[str, str]:
        """Returns the headers of a call that carry the token and settings.

        https://yandex.ru/dev/direct/doc/ru/agencyclients/agencyclients: AgencyClients has no Client-Login.

        Args:
            operation: an operation of the contract.

        Returns:
            The headers by name, with Authorization.
        """
        signed = {headers.AUTHORIZATION: self.credentials.authorization()}
        for name, header in self.headers.items():
            value = getattr(self, name)
            if value and operation.service not in header.not_for:
                signed[header.name] = header.write(value)
        return signed


def takes(settings: Callable[P, Settings]) -> Callable[[Callable[..., None]], Callable[Concatenate[Any, P], None]]:
    """Gives a constructor the signature of a class of settings, for help(), type checkers and editors."""

    def decorate(constructor: Callable[..., None]) -> Callable[Concatenate[Any, P], None]:
        own = inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)
        signature = inspect.signature(settings)
        constructor.__signature__ = signature.replace(  # type: ignore[attr-defined]  # functions take attributes
            parameters=[own, *signature.parameters.values()], return_annotation=None
        )
        return constructor

    return decorate


def masked(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Masks the secrets among settings, so that no repr shows them."""
    table = Settings.table()
    return {name: table[name].mask(value) if name in table else value for name, value in settings.items()}


ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "login": "client_login",
        "proxy": "proxies",
        "url": "endpoint",
        "address": "endpoint",
        "wire": "transport",
        "retries": "retry",
    }
)
"""What other clients call our settings."""


def refuse_unknown(settings: Mapping[str, object]) -> None:
    """Raises ConfigurationError for a setting that does not exist, and names the nearest one."""
    table = Settings.table()
    for name in settings:
        if name not in table:
            suggestion = ALIASES.get(name)
            hint = _("; did you mean {name!r}?", name=suggestion) if suggestion else nearest(name, table)
            raise ConfigurationError(_("Direct has no setting {name!r}{hint}", name=name, hint=hint))


def _set(settings: Settings, name: str, value: object) -> None:
    object.__setattr__(settings, name, value)
