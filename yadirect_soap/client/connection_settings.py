"""Checks the settings `proxies`, `verify` and `cert`, which have the form that requests takes."""

import os
import re
import ssl
from collections.abc import Mapping
from typing import Any, TypedDict, TypeGuard
from urllib.parse import urlsplit

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.masked_text import masked_url

_PROXIES = '{"https": "http://proxy.example:3128"}'
_PROXIED = re.compile(r"(?:https?|all)(?:://[^/\s]+)?|no(?:_proxy)?")
"""The names under which requests looks for a proxy; it ignores all others and connects without one."""
_PROXY_SCHEMES = frozenset({"http", "https", "socks4", "socks4a", "socks5", "socks5h"})
Path = str | os.PathLike[str]


class Connection(TypedDict):
    """The settings in the form that requests takes."""

    proxies: Mapping[str, str] | None
    verify: bool | str | None
    cert: str | tuple[str, str] | None


def checked(proxies: object, verify: object, cert: object) -> Connection:
    """Checks the three settings; ConfigurationError for a wrong value."""
    return Connection(proxies=checked_proxies(proxies), verify=checked_verify(verify), cert=checked_cert(cert))


def checked_verify(verify: object) -> bool | str | None:
    """Checks whether and by which CA bundle certificates are verified.

    Args:
        verify: True, False, or the path of a CA bundle; None leaves it to requests, which verifies.

    Returns:
        The same value; a path as a str.

    Raises:
        ConfigurationError: for anything else. requests would take "" and 0 for "verify nothing".
    """
    if verify is None or isinstance(verify, bool):
        return verify
    if _is_path(verify):
        return os.fspath(verify)
    raise ConfigurationError(
        _("verify is True, False or the path of a CA bundle, not {verify!r:.40}; nothing was sent", verify=verify)
    )


def checked_cert(cert: object) -> str | tuple[str, str] | None:
    """Checks the client certificate: a path, or those of certificate and key; ConfigurationError for anything else."""
    if cert is None:
        return None
    if _is_path(cert):
        return os.fspath(cert)
    if isinstance(cert, tuple | list) and len(cert) == 2 and all(map(_is_path, cert)):
        return os.fspath(cert[0]), os.fspath(cert[1])
    raise ConfigurationError(
        _("cert is the path of a file, or two paths (certificate, key), not {cert!r:.80}; nothing was sent", cert=cert)
    )


def masked_proxies(proxies: Any) -> Any:
    """Masks the passwords in the setting `proxies`; a wrong value is left for checked_proxies."""
    if isinstance(proxies, str):
        return masked_url(proxies)
    return {name: masked_url(value) for name, value in proxies.items()} if isinstance(proxies, Mapping) else proxies


def checked_proxies(proxies: object) -> Mapping[str, str] | None:
    """Checks the proxies by scheme; ConfigurationError, which shows no password, for a wrong value.

    An empty address means no proxy, whatever the environment says.
    """
    if proxies is None:
        return None
    if not isinstance(proxies, Mapping):
        kind = "str" if isinstance(proxies, str) else type(proxies).__name__
        raise ConfigurationError(
            _("proxies is a dict like {proxies}, not {kind}; nothing was sent", proxies=_PROXIES, kind=kind)
        )
    for name, address in proxies.items():
        if not isinstance(name, str) or not isinstance(address, str | None):
            entry = f"{name!r:.40} with {type(address).__name__}"
            raise ConfigurationError(
                _("proxies is a dict like {proxies}, found {entry}; nothing was sent", proxies=_PROXIES, entry=entry)
            )
        if not _PROXIED.fullmatch(name):
            expected = _('"https", "http", "all", one of them with "://" and a host, or "no_proxy"')
            raise ConfigurationError(
                _("proxies: found {name!r:.40}, expected {expected}; nothing was sent", name=name, expected=expected)
            )
    return proxies


def read_proxy(name: str, text: str) -> dict[str, str]:
    """Reads the address of one proxy for all calls, in the form of the setting `proxies`.

    Raises:
        ConfigurationError: it is not the address of a proxy; its password is not shown.
    """
    address = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(address)
        is_proxy = parts.scheme in _PROXY_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_proxy = False
    if not is_proxy or re.search(r"\s", address):
        raise ConfigurationError(
            _("{name}: found {address!r:.120}, expected http://HOST:PORT", name=name, address=masked_url(address))
        )
    return {"http": address, "https": address}


def unusable_file(verify: object, cert: object) -> str:
    """Returns the certificate file that TLS cannot use, and why; "" if all can be used.

    Args:
        verify: as requests takes it: a path is a CA bundle, or a folder of certificates.
        cert: the path of the client certificate, or the paths of certificate and key.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if isinstance(verify, str) and not os.path.isdir(verify):  # noqa: PTH112  what requests asks
        try:
            context.load_verify_locations(verify)
        except OSError as error:
            return _(
                "verify, or REQUESTS_CA_BUNDLE: {path} is not a CA bundle in PEM ({reason})",
                path=verify,
                reason=_why(error),
            )
    certificate, key = cert if isinstance(cert, tuple | list) else (cert, None)
    if certificate:
        try:
            # The password of a key is not asked for: requests cannot use one.
            context.load_cert_chain(certificate, key, password=lambda: b"")
        except (OSError, ValueError) as error:
            values = {"certificate": certificate, "key": key, "reason": _why(error)}
            if key:
                return _("cert: {certificate} and {key} are not a certificate and key in PEM ({reason})", **values)
            return _("cert: {certificate} is not a certificate and key in PEM ({reason})", **values)
    return ""


def _why(error: Exception) -> str:
    return getattr(error, "reason", None) or getattr(error, "strerror", None) or str(error)


def _is_path(value: object) -> TypeGuard[Path]:
    return isinstance(value, str | os.PathLike) and os.fspath(value).strip() not in ("", b"")
