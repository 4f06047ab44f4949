"""Hosts: the values of the Host header, the hosts for which a server answers, and the scheme in headers of proxies."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_NAME = rf"{_LABEL}(?:\.{_LABEL}){{0,126}}\.?"
_HOST = re.compile(rf"(?P<host>{_NAME}|\[[0-9A-Fa-f:.]{{2,45}}\])(?::(?P<port>[0-9]{{1,5}})?)?")
_PROTO = re.compile(r'(?:^|;)[ \t]*proto[ \t]*=[ \t]*"?(https?)"?[ \t]*(?:;|$)', re.IGNORECASE)
_LONGEST = 255
_LAST_PORT = 65_535


@lru_cache(maxsize=64)
def host_of(field: str) -> str | None:
    """Returns the host in the value of a Host header, without its port and in lower case.

    Args:
        field: `localhost:8080`, `192.0.2.1`, `[::1]:8080`.

    Returns:
        The name or the address, without brackets; None if the value is no host by RFC 9112, section 3.2.
    """
    match = _HOST.fullmatch(field) if len(field) <= _LONGEST else None
    if match is None or int(match["port"] or 0) > _LAST_PORT:
        return None
    host = match["host"].lower()
    if host.startswith("["):
        return _address(host[1:-1], 6)
    return host.removesuffix(".") if not _looks_numeric(host) else _address(host, 4)


def forwarded_scheme(fields: Mapping[str, str]) -> str | None:
    """Returns the scheme with which a caller reached the first proxy, by X-Forwarded-Proto or Forwarded (RFC 7239).

    Proxies append to both, so that the first of a list is the caller's own.

    Args:
        fields: The headers of a request, in any case.

    Returns:
        "http" or "https"; None if no proxy names either of them.
    """
    named = fields.get("X-Forwarded-Proto")
    if named is not None:
        scheme = named.partition(",")[0].strip().lower()
        return scheme if scheme in ("http", "https") else None
    match = _PROTO.search(fields.get("Forwarded", "").partition(",")[0])
    return match[1].lower() if match else None


@lru_cache(maxsize=64)
def is_loopback(host: str) -> bool:
    """Whether a host is a name or address of loopback."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


class OwnHosts:
    """The hosts for which a server answers.

    A server on a loopback address answers for loopback names and addresses, and for `allowed` ones: otherwise a web
    page whose name resolves to 127.0.0.1 (DNS rebinding) could use it from the user's browser.  A server on any other
    address answers its network under any name.

    Args:
        bound: The host on which the server listens.
        allowed: More hosts, such as the name of a proxy on this machine.

    Raises:
        ConfigurationError: One of `allowed` is no host.
    """

    def __init__(self, bound: str, allowed: Iterable[str] = ()) -> None:
        self.on_loopback = is_loopback(bound)
        self._allowed = {_configured(host) for host in allowed} | {bound.strip("[]").lower()}

    def admit(self, host: str) -> bool:
        """Whether a request for a host is answered."""
        return not self.on_loopback or is_loopback(host) or host in self._allowed


def own_host(bound: str, port: int) -> str:
    """Returns the host and port by which this machine reaches a server that listens on `bound`."""
    host = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(bound, bound)  # noqa: S104  what it is
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _configured(field: str) -> str:
    host = host_of(field)
    if host is None:
        raise ConfigurationError(
            _("allowed_hosts: found {field!r:.80}, expected a host such as direct.test", field=field)
        )
    return host


def _looks_numeric(host: str) -> bool:
    """Whether a browser reads a name as an IPv4 address: its last label is a number."""
    return host.removesuffix(".").rpartition(".")[2].isdigit()


def _address(text: str, version: int) -> str | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return str(address) if address.version == version else None
