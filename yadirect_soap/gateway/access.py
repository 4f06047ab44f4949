"""Checks who may call the gateway: programs on this machine or with the secret of callers, and never a web page.

A web page in a browser on this machine can send a form to a loopback port, or set the address of its own host name to
127.0.0.1 (DNS rebinding). So a request from another origin is refused, and also one for an unknown host.
"""

import base64
import binascii
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from yadirect_soap.language import _
from yadirect_soap.protocol.hosts import host_of, is_loopback

from .options import Options
from .routes import Route

_OPEN = frozenset({"health", "description"})
"""The targets that need no secret: WSDLs are public, and many stacks load them without headers."""


def is_bearer(fields: Mapping[str, str]) -> bool:
    """Whether a caller sent a Bearer token, as callers of the API do: it expects a fault, and no challenge."""
    return fields.get("Authorization", "").lower().startswith("bearer ")


class Refusal(Exception):
    """A request is refused with an HTTP status and a reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def check(fields: Mapping[str, str], route: Route, options: Options) -> None:
    """Checks the host, the origin and the secret of a request.

    Args:
        fields: the headers of the request, in any case.
        route: the route of the request.
        options: the options with the secret and the hosts.

    Raises:
        Refusal: the host, the origin or the secret is wrong.
    """
    # A request of HTTP/1.0 may have no Host; a browser always sends one.
    named = fields.get("Host")
    host = host_of(named or "")
    if named is not None and (host is None or not _is_own(host, options)):
        problem = _("found the host {value!r:.80}", value=named)
        raise Refusal(
            421, _("{problem}, expected one of this machine, or one that --allowed-host names", problem=problem)
        )
    origin = fields.get("Origin")
    if origin is not None and not _is_same(origin, fields.get("Host", "")):
        raise Refusal(403, _("found the Origin of a web page, expected a program"))
    if options.secret and route.target not in _OPEN and not _knows_secret(fields, route, options.secret):
        raise Refusal(401, _("found no secret, or a wrong one; expected it by Basic, by Bearer or in the path"))


def _is_own(host: str, options: Options) -> bool:
    return options.hosts is None or is_loopback(host) or host in options.hosts


def _is_same(origin: str, host: str) -> bool:
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


def _knows_secret(fields: Mapping[str, str], route: Route, secret: str) -> bool:
    offered = (route.secret, _password(fields.get("Authorization", "")))
    # Both are always compared, so that the duration does not depend on which one is right.
    return sum(hmac.compare_digest(text.encode(), secret.encode()) for text in offered) > 0


def _password(authorization: str) -> str:
    """Returns the password of Basic, or the token of Bearer; "" if there is none."""
    scheme, __, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value.strip(), validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""
