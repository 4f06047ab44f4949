"""Checks of single settings, wherever they come from: a program, the environment, the command line."""

import re
from collections.abc import Callable
from typing import Any, get_args
from urllib.parse import urlsplit

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.masked_text import without_credentials

from .timeouts import FOREVER

PRODUCTION = "https://api.direct.yandex.com"
SANDBOX = "https://api-sandbox.direct.yandex.com"

_API_PATH = r"(?<=[^/:])(?:/json)?/(?:live/)?v(?:4|5|501)(?:[/?#].*)?$"

Check = Callable[[str, Any], Any]
"""Takes the name of a setting and a value, and returns the value; ConfigurationError if the value does not fit."""


def root_address(endpoint: str | None, *, sandbox: bool) -> str:
    """Returns the root address of the API's paths; ConfigurationError if both an endpoint and the sandbox are given."""
    if endpoint is None:
        return SANDBOX if sandbox else PRODUCTION
    if sandbox:
        raise ConfigurationError(_("sandbox and endpoint exclude each other"))
    return endpoint.rstrip("/")


def check_endpoint(_name: str, endpoint: Any) -> Any:
    """Checks that a value is a root address; ConfigurationError otherwise, None passes."""
    if endpoint is None:
        return None
    if match := re.search(_API_PATH, str(endpoint), re.IGNORECASE | re.DOTALL):
        root = without_credentials(endpoint[: match.start()])
        raise ConfigurationError(
            _(
                "endpoint is the address without the API's path {path!r:.80}: write {root!r:.200}, and choose the path "
                'with version="v5" or "v501" and transport="soap" or "json"',
                path=match[0].rstrip("/"),
                root=root,
            )
        )
    if not _is_root(endpoint):
        masked_address = repr(without_credentials(endpoint))
        raise ConfigurationError(
            _(
                "endpoint is a root address like http://127.0.0.1:8080, not {address:.80}",
                address=masked_address,
            )
        )
    return endpoint


def check_choice(name: str, value: object, choices: Any) -> Any:
    """Checks that a value is one of a Literal's; ConfigurationError otherwise."""
    allowed = get_args(choices)
    if value not in allowed:
        raise ConfigurationError(
            _(
                "{name} is one of {choices}, not {value!r:.40}",
                name=name,
                choices=", ".join(map(repr, allowed)),
                value=value,
            )
        )
    return value


def choice_of(choices: Any, *, optional: bool = False) -> Check:
    """Returns the check of a setting whose value is one of a Literal's, or None if it is optional."""
    return lambda name, value: None if optional and value is None else check_choice(name, value, choices)


def check_function(name: str, value: object) -> object:
    """Checks that a setting is a function; ConfigurationError otherwise."""
    if not callable(value):
        raise ConfigurationError(_("{name} is a function, not {value!r:.40}", name=name, value=value))
    return value


def check_login(name: str, login: str | None) -> str | None:
    """Checks a login, or None for no Client-Login; ConfigurationError if a header cannot carry it."""
    if login is None:
        return None
    try:
        return headers.write_client_login(login)
    except (TypeError, ValueError):
        expected = _("Latin letters, digits, dots and dashes")
        raise ConfigurationError(
            _("{name}: not a login: {login!r:.80}; expected {expected}", name=name, login=login, expected=expected)
        ) from None


def _is_root(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except (AttributeError, ValueError):
        return False  # no text at all, or none that is an address
    extra_parts = parts.query or parts.fragment or "@" in address or re.search(r"[\s?#]", address)
    return parts.scheme in ("http", "https") and bool(host) and not extra_parts


def read_text(_variable: str, text: str) -> str:
    """Reads a variable whose text is the value."""
    return text


def read_boolean(variable: str, text: str) -> bool:
    """Reads a variable that is true or false; ConfigurationError for anything else."""
    values = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.lower() not in values:
        raise ConfigurationError(_("{variable} is true or false, not {text!r:.40}", variable=variable, text=text))
    return values[text.lower()]


def read_seconds(variable: str, text: str) -> float:
    """Reads a variable that is a number of seconds, more than 0; ConfigurationError for anything else."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < FOREVER:
        raise ConfigurationError(
            _("{variable} is a number of seconds, more than 0, not {text!r:.40}", variable=variable, text=text)
        )
    return seconds


def read_integer(variable: str, text: str) -> int:
    """Reads a variable that is a whole number; ConfigurationError for anything else."""
    try:
        return int(text)
    except ValueError:
        raise ConfigurationError(
            _("{variable} is a whole number, not {text!r:.40}", variable=variable, text=text)
        ) from None


def read_number(variable: str, text: str) -> float:
    """Reads a variable that is a number; ConfigurationError for anything else."""
    try:
        return float(text)
    except ValueError:
        raise ConfigurationError(_("{variable} is a number, not {text!r:.40}", variable=variable, text=text)) from None


def whole_number_of(minimum: int, maximum: int | None) -> Check:
    """Returns the check of a setting that is None or a whole number within bounds."""
    bounds = _("of {minimum} or more", minimum=minimum)
    if maximum is not None:
        bounds = _("from {minimum} to {maximum}", minimum=minimum, maximum=maximum)

    def check(name: str, value: object) -> object:
        fits = isinstance(value, int) and not isinstance(value, bool) and value >= minimum
        if value is None or (fits and (maximum is None or value <= maximum)):  # type: ignore[operator]  # fits: an int
            return value
        raise ConfigurationError(
            _("{name} is a whole number {bounds}, not {value!r:.40}", name=name, bounds=bounds, value=value)
        )

    return check


def check_share(name: str, value: object) -> float:
    """Checks that a setting is a share, from 0 to 1; ConfigurationError otherwise."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    raise ConfigurationError(_("{name} is a share from 0 to 1, not {value!r:.40}", name=name, value=value))
