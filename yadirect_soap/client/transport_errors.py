"""Translates errors of requests, urllib3 and the system into those of this package; no secret gets through.

The class of an error depends on the record of the exchange, its text on what happened.  It has no cause: the frames
and texts of the libraries contain headers and the passwords of proxies.
"""

import base64
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import TracebackType
from typing import Any
from urllib.parse import unquote

import requests
import urllib3

from yadirect_soap.errors import ConfigurationError, DecodeError, DirectError, NotSentError, ResponseLostError
from yadirect_soap.language import _, composed
from yadirect_soap.protocol.redaction import redact_text

from .connection_settings import unusable_file
from .exchange import Exchange, Stage

_LIBRARIES = frozenset({"requests", "urllib3", "http", "socket", "ssl", "contextlib"})
_HEADER_VALUE = re.compile(r"(?i)(header (?:value|name|part)).*", re.DOTALL)
_LONGEST = 300
_SECRET = 4
"""The length from which a part of a user name or password is masked by itself."""
_DECODING = (urllib3.exceptions.DecodeError, requests.exceptions.ContentDecodingError)
_UNREADABLE = (urllib3.exceptions.InvalidHeader, requests.exceptions.InvalidHeader, UnicodeError)
_TIMEOUTS = (TimeoutError, requests.Timeout, urllib3.exceptions.TimeoutError)


def translate(error: Exception, exchange: Exchange, settings: Mapping[str, Any]) -> DirectError:
    """Translates an error that a session raised.

    Args:
        error: an error of requests, urllib3, a socket, an adapter or a response hook.
        exchange: how far the request had come.
        settings: the proxies of the request, whose passwords are masked, and its verify and cert.

    Returns:
        The error of this package.
    """
    root = _root(error)
    mask = partial(mask_passwords, proxies=settings.get("proxies") or {})
    text = _reason(root, exchange, mask)
    if exchange.stage == Stage.PREPARING or (exchange.stage == Stage.READY and isinstance(root, ValueError)):
        return ConfigurationError(_("requests refuses the address or a setting: {text}", text=text))
    if exchange.stage == Stage.CONNECTING and (unusable := _unusable_file(root, settings)):
        return ConfigurationError(unusable)
    if exchange.stage in (Stage.CONNECTING, Stage.READY) or _states_no_connection(error, exchange):
        return NotSentError(_("no connection: {text}", text=text))
    if isinstance(error, _DECODING):
        return DecodeError(_("the response cannot be decompressed: {text}", text=text))
    if exchange.is_over:
        return ResponseLostError(
            _("the response was not complete after {total:g} seconds", total=exchange.timeouts.total)
        )
    if isinstance(error, _UNREADABLE):
        return DecodeError(_("the head of the response cannot be read: {text}", text=text))
    if not _is_of_the_network(error):
        lost = ResponseLostError(_("a hook of the session raised {name}", name=_name(error, mask)))
        lost.__cause__ = error.with_traceback(_without_libraries(error.__traceback__))
        return lost
    return ResponseLostError(composed("{how}: {text}", how=_how_lost(error, exchange), text=text))


def mask_passwords(text: str, proxies: Mapping[str, str]) -> str:
    """Masks the passwords of proxies, and what no log shows, in a text; cuts it to a few lines."""
    for secret in sorted(_secrets(proxies.values()), key=len, reverse=True):
        text = text.replace(secret, "***")
    return redact_text(text)[:_LONGEST]


def _how_lost(error: Exception, exchange: Exchange) -> str:
    if exchange.stage == Stage.RESPONDING:
        return _("the response broke off")
    if exchange.stopped_sending:
        return exchange.stopped_sending
    return _("no response in time") if isinstance(error, _TIMEOUTS) else _("the connection broke")


def _states_no_connection(error: Exception, exchange: Exchange) -> bool:
    """Whether the error of an adapter that does not report to the exchange shows that there was no connection."""
    if exchange.stage != Stage.HANDED_OVER:
        return False
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", cause), urllib3.exceptions.NewConnectionError)


def _unusable_file(root: BaseException, settings: Mapping[str, Any]) -> str:
    """Returns the certificate file because of which no connection was made; "" if the network was the reason."""
    of_the_network = (ConnectionError, TimeoutError, socket.gaierror, ssl.SSLCertVerificationError)
    if not isinstance(root, OSError) or isinstance(root, of_the_network):
        return ""
    # Only now: loading them takes longer than many a call.
    return unusable_file(settings.get("verify"), settings.get("cert"))


def _is_of_the_network(error: Exception) -> bool:
    network_errors = (requests.RequestException, urllib3.exceptions.HTTPError, OSError)
    return isinstance(error, network_errors) and not isinstance(error, requests.HTTPError)


def _root(error: BaseException) -> BaseException:
    """Returns the innermost error: requests wraps errors of urllib3, and urllib3 those of the system."""
    visited = {id(error)}
    while True:
        inner = (getattr(error, "reason", None), getattr(error, "original_error", None), *error.args, error.__cause__)
        causes = [
            candidate for candidate in inner if isinstance(candidate, BaseException) and id(candidate) not in visited
        ]
        if not causes:
            return error
        error = causes[0]
        visited.add(id(error))


def _reason(root: BaseException, exchange: Exchange, mask: Callable[[str], str]) -> str:
    """Returns the cause of an error, and the setting that may help; the text of the error itself is masked."""
    name = _name(root, mask)
    if isinstance(root, ssl.SSLError):
        return _tls_reason(root, mask)
    if isinstance(root, socket.gaierror):
        reason = mask(str(root.strerror))
        return _("the host's name is not found ({reason}); check the endpoint, the network and proxies", reason=reason)
    if isinstance(root, TimeoutError) and exchange.stage == Stage.CONNECTING:
        seconds = exchange.timeouts.connect
        return _("no connection within {seconds:g} seconds; check the network and proxies", seconds=seconds)
    if isinstance(root, ConnectionRefusedError):
        return _("{name}; check the endpoint and proxies", name=name)
    if "Tunnel connection failed" in str(root):
        return _(
            "the proxy refuses the tunnel, {reason}; check proxies, with user and password if it requires them",
            reason=mask(str(root)),
        )
    return name


def _tls_reason(root: ssl.SSLError, mask: Callable[[str], str]) -> str:
    text, name = str(root).lower(), _name(root, mask)
    if "certificate required" in text or "certificate_required" in text:
        return _("the server demands a client certificate; set cert")
    if isinstance(root, ssl.SSLCertVerificationError):
        return _(
            "the server's certificate is not trusted ({reason}); set verify, or REQUESTS_CA_BUNDLE, to the path of a "
            "CA bundle with its issuer",
            reason=mask(root.verify_message),
        )
    if "handshake failure" in text:
        return _("{name}; the server may demand a client certificate: set cert", name=name)
    return _("TLS failed, {name}; check verify, cert and proxies", name=name)


def _name(error: BaseException, mask: Callable[[str], str]) -> str:
    text = _HEADER_VALUE.sub(r"\1", str(error))
    return mask(f"{type(error).__name__}: {text}" if text else type(error).__name__)


def _secrets(proxies: Iterable[str]) -> Iterator[str]:
    """Yields the user names and passwords in addresses of proxies: complete, in parts, and as encoded in headers."""
    for proxy in proxies:
        # Up to the last @, because a password may contain one that is not encoded.
        written = re.match(r"(?s)(?:[A-Za-z0-9+.-]*://)?(.*)@", str(proxy))
        for credentials in {written[1], unquote(written[1])} if written else ():
            yield from (credentials, base64.b64encode(credentials.encode()).decode())
            yield from (part for part in re.split(r"[:/@?#\s]", credentials) if len(part) >= _SECRET)


def _without_libraries(trace: TracebackType | None) -> TracebackType | None:
    """Returns a traceback with only the frames of the user's code."""
    if trace is None:
        return None
    inner = _without_libraries(trace.tb_next)
    module = str(trace.tb_frame.f_globals.get("__name__", ""))
    if module.partition(".")[0] in _LIBRARIES or module.startswith(__package__ or ""):
        return inner
    return TracebackType(inner, trace.tb_frame, trace.tb_lasti, trace.tb_lineno)
