"""Routes a request by its path: an optional secret and client's login, then the paths of the API.

    /v5/campaigns                              a call of a service; with ?wsdl or ?singleWsdl its WSDL
    /client/LOGIN/v501/campaigns               the same for a client of the agency
    /key/SECRET/client/LOGIN/v501/campaigns    for callers who can set no header
    /v5/reports  /v5/general.xsd  /health  /metrics

The address in a served WSDL has the same login and secret, so that a program sends its calls to the same path.
"""

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

from yadirect_soap.protocol import descriptions
from yadirect_soap.protocol.contract import Contract

Target = Literal["service", "reports", "description", "health", "metrics", "unknown"]

_VERSIONS = frozenset({"v5", "v501"})
_CALLS, _READS = "POST, OPTIONS", "GET, HEAD, OPTIONS"


@dataclass(frozen=True, slots=True)
class Route:
    """The route of a request.

    Attributes:
        target: the part of the gateway that handles the request.
        name: the service, or the name of a WSDL or XSD file.
        file: the WSDL or XSD file; None for other targets.
        version: v5 or v501.
        prefix: the path before the version, as the caller wrote it.
        login: the login of the client in the path; None if there is none.
        secret: the secret in the path; "" if there is none.
        allow: the HTTP methods of the address.
    """

    target: Target
    name: str = ""
    file: descriptions.File | None = None
    version: str = "v501"
    prefix: str = ""
    login: str | None = None
    secret: str = ""
    allow: str = _CALLS

    def is_allowed(self, method: str) -> bool:
        """Whether the address allows an HTTP method."""
        return method in self.allow.split(", ")


def route(path: str, query: str, method: str, contract: Contract) -> Route:
    """Returns the route of a request.

    Args:
        path: the decoded path.
        query: the part after the question mark.
        method: `GET` or `POST`.
        contract: the contract with the services.

    Returns:
        The route; its target is "unknown" for a path of none.
    """
    segments = path.removesuffix("/").split("/")[1:]
    named: dict[str, str] = {}
    for keyword in ("key", "client"):
        if segments[:1] == [keyword] and len(segments) > 1 and segments[1]:
            named[keyword], segments = segments[1], segments[2:]
    prefix = "".join(f"/{keyword}/{quote(value, safe='')}" for keyword, value in named.items())
    who: Any = {"prefix": prefix, "login": named.get("client"), "secret": named.get("key", "")}
    if segments in (["health"], ["metrics"]):
        target: Target = "health" if segments == ["health"] else "metrics"
        return Route(target, allow=_READS, **who)
    if len(segments) != 2 or segments[0] not in _VERSIONS:
        return Route("unknown", allow="", **who)
    version, name = segments
    if name == "reports":
        return Route("reports", name, version=version, **who)
    file = descriptions.requested(contract, name, query)
    if file is not None and (name not in contract or method != "POST"):
        return Route("description", name, file, version, allow=_READS, **who)
    if name in contract:
        return Route("service", name, version=version, **who)
    return Route("unknown", name, version=version, allow="", **who)
