"""What a Direct is set to: validated once, frozen, the token masked; reading the environment is here too."""

import inspect
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, get_args
from urllib.parse import urlsplit

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.contract import Contract, bundled, nearest
from yadirect_soap.protocol.masked_text import masked, without_userinfo
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.wires import WIRES, Wire

from .token import Token

Version = Literal["v5", "v501"]
WireName = Literal["soap", "json"]
Check = Literal["error", "warn", "off"]
Money = Literal["micros", "decimal"]

PRODUCTION = "https://api.direct.yandex.com"
SANDBOX = "https://api-sandbox.direct.yandex.com"

_LANGUAGE = r"[A-Za-z*][A-Za-z0-9,;=.* -]*"
_API_PATH = r"(?<=[^/:])(?:/json)?/(?:live/)?v(?:4|5|501)(?:[/?#].*)?$"
_AGENCY_CLIENTS = "agencyclients"

_TOKEN = "YADIRECT_TOKEN"  # noqa: S105  a name

_MEANT: Mapping[str, str] = MappingProxyType(
    {"login": "client_login", "proxy": "proxies", "url": "endpoint", "address": "endpoint", "wire": "transport"}
)
"""What other clients call our settings."""

ENVIRONMENT: Mapping[str, str] = MappingProxyType(
    {
        _TOKEN: "token",
        "YADIRECT_CLIENT_LOGIN": "client_login",
        "YADIRECT_ENDPOINT": "endpoint",
        "YADIRECT_SANDBOX": "sandbox",
        "YADIRECT_VERSION": "version",
        "YADIRECT_LANGUAGE": "language",
        "YADIRECT_USE_OPERATOR_UNITS": "use_operator_units",
        "YADIRECT_TRANSPORT": "transport",
        "YADIRECT_TIMEOUT": "timeout",
        "YADIRECT_MONEY": "money",
        "YADIRECT_CHECK": "check",
        "YADIRECT_WSDL": "wsdl",
    }
)
"""The environment variables that Direct.from_env reads, and the settings that they give."""

_MEANT_VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        f"YADIRECT_{other.upper()}": name
        for other, setting in _MEANT.items()
        for name, own in ENVIRONMENT.items()
        if own == setting
    }
)
"""What other clients might call these variables: the calls would go to another account or address without a word."""


class Settings(NamedTuple):
    """How to address the API and on whose behalf."""

    token: Token
    client_login: str | None
    root: str
    version: Version
    language: str | None
    use_operator_units: bool
    wire: Wire
    check: Check
    strict: bool
    money: Money

    def address(self, operation: Operation) -> str:
        """Where an operation is called."""
        return self.root + self.wire.path(self.version, operation.service)

    def signed(self, operation: Operation) -> dict[str, str]:
        """The headers that say who asks and how; AgencyClients is asked without Client-Login.

        https://yandex.ru/dev/direct/doc/ru/agencyclients/agencyclients
        """
        fields = {headers.AUTHORIZATION: self.token.authorization()}
        if self.client_login and operation.service != _AGENCY_CLIENTS:
            fields[headers.CLIENT_LOGIN] = headers.write_client_login(self.client_login)
        if self.language:
            fields[headers.ACCEPT_LANGUAGE] = self.language
        if self.use_operator_units:
            fields[headers.USE_OPERATOR_UNITS] = "true"
        return fields


def root_address(endpoint: str | None, *, sandbox: bool) -> str:
    """The root under which the API's paths are; ConfigurationError for what is none."""
    if endpoint is None:
        return SANDBOX if sandbox else PRODUCTION
    if sandbox:
        raise ConfigurationError("sandbox and endpoint exclude each other")
    if found := re.search(_API_PATH, str(endpoint), re.IGNORECASE):
        root = without_userinfo(endpoint[: found.start()])
        raise ConfigurationError(
            f"endpoint is the address without the API's path {found[0].rstrip('/')!r}: write {root!r}, "
            'and choose the path with version="v5" or "v501" and transport="soap" or "json"'
        )
    if not _is_root(endpoint):
        shown = repr(without_userinfo(endpoint))
        raise ConfigurationError(f"endpoint is a root address like http://127.0.0.1:8080, not {shown:.80}")
    return endpoint.rstrip("/")


def chosen(name: str, value: object, choices: Any) -> Any:
    """A value that is one of a Literal's; ConfigurationError otherwise."""
    allowed = get_args(choices)
    if value not in allowed:
        raise ConfigurationError(f"{name} is one of {', '.join(map(repr, allowed))}, not {value!r:.40}")
    return value


def switch(name: str, value: object) -> bool:
    """A setting that is True or False; ConfigurationError otherwise, since "no" and "false" would count as true."""
    if not isinstance(value, bool):
        raise ConfigurationError(f"{name} is True or False, not {value!r:.40}")
    return value


def refuse_uncallable(**functions: object) -> None:
    """Raises ConfigurationError for a setting of this name that is no function."""
    for name, value in functions.items():
        if not callable(value):
            raise ConfigurationError(f"{name} is a function, not {value!r:.40}")


def refuse_unknown(settings: Mapping[str, object], constructor: Callable[..., None]) -> None:
    """Raises ConfigurationError for settings that a constructor does not have, with the nearest that it has."""
    for name in settings:
        known = [known for known in inspect.signature(constructor).parameters if known not in ("self", "unknown")]
        meant = _MEANT.get(name)
        hint = f"; did you mean {meant!r}?" if meant else nearest(name, known)
        raise ConfigurationError(f"Direct has no setting {name!r}{hint}")


def wire_of(name: str) -> Wire:
    """The wire of a name."""
    return WIRES[chosen("transport", name, WireName)]


def contract_of(wsdl: str | os.PathLike[str] | None, contract: Contract | None) -> Contract:
    """The contract to call by: one that is given, that of a folder of WSDLs, or the bundled one."""
    if contract is not None and not isinstance(contract, Contract):
        raise ConfigurationError(f"contract is a Contract, not {contract!r:.40}")
    if wsdl is None:
        return bundled() if contract is None else contract
    if contract is not None:
        raise ConfigurationError("wsdl and contract exclude each other")
    return Contract(Path(wsdl).expanduser())


def checked_login(login: str | None) -> str | None:
    """A login that a header can carry, or None for no Client-Login; ConfigurationError otherwise."""
    if login is None:
        return None
    try:
        return headers.write_client_login(login)
    except (TypeError, ValueError):
        expected = "Latin letters, digits, dots and dashes"
        raise ConfigurationError(f"client_login: not a login: {login!r:.80}; expected {expected}") from None


def login_of_client(login: str) -> str:
    """The login of an agency's client; ConfigurationError for None too, with which calls go to the token's account."""
    checked = checked_login(login)
    if checked is None:
        raise ConfigurationError("with_client_login takes the login of a client, not None")
    return checked


def checked_language(language: object) -> str | None:
    """A language, or several in order, that a header can carry; ConfigurationError otherwise."""
    if language is None or (isinstance(language, str) and re.fullmatch(_LANGUAGE, language)):
        return language
    raise ConfigurationError(f"language is one like 'ru' or 'en', not {language!r:.40}")


def own_variables(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables of the environment that are ours and not empty; the repr of the token's is masked."""
    own = {name: environ[name] for name in ENVIRONMENT if environ.get(name)}
    for other, name in _MEANT_VARIABLES.items():
        if environ.get(other) and name not in own:
            raise ConfigurationError(f"{other} is not a variable that is read; did you mean {name}?")
    return {name: masked(value) if name == _TOKEN else value for name, value in own.items()}


def from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """The settings that the environment gives; empty variables count as absent."""
    given: dict[str, Any] = {setting: environ[name] for name, setting in ENVIRONMENT.items() if environ.get(name)}
    for name in ("sandbox", "use_operator_units"):
        if name in given:
            given[name] = _truth(name, given[name])
    if "timeout" in given:
        given["timeout"] = _seconds(given["timeout"])
    return given


def _is_root(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except (AttributeError, ValueError):
        return False  # no text at all, or none that is an address
    other = parts.query or parts.fragment or "@" in address or re.search(r"[\s?#]", address)
    return parts.scheme in ("http", "https") and bool(host) and not other


def _truth(name: str, text: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.lower() not in known:
        raise ConfigurationError(f"YADIRECT_{name.upper()} is true or false, not {text!r:.40}")
    return known[text.lower()]


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ConfigurationError(f"YADIRECT_TIMEOUT is a number of seconds, not {text!r:.40}") from None
