"""Routes a request by its method and address: to a service, Reports, a WSDL file, a page, OAuth, or nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from yadirect_soap.protocol import descriptions
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.hosts import forwarded_scheme
from yadirect_soap.protocol.messages import Request
from yadirect_soap.protocol.reports.formats import FORMATS, Format
from yadirect_soap.protocol.wires import WIRES, Wire

VERSIONS = frozenset({"v5", "v501"})
_READS = ("GET", "HEAD")
_OAUTH: Mapping[str, str] = MappingProxyType(
    {"/authorize": "GET", "/device": "GET", "/device/code": "POST", "/token": "POST", "/revoke_token": "POST"}
)
"""The method of each address of the OAuth server."""


@dataclass(frozen=True, slots=True)
class ServiceRoute:
    """A call of a service."""

    wire: Wire
    service: str
    version: str


@dataclass(frozen=True, slots=True)
class ReportsRoute:
    """A request for a report, in JSON or XML."""

    format: Format


@dataclass(frozen=True, slots=True)
class WsdlRoute:
    """A file of the contract; addresses in it begin with `root` and `version`."""

    file: descriptions.File
    root: str
    version: str


@dataclass(frozen=True, slots=True)
class HomeRoute:
    """The root address, where a person looks for what answers."""


@dataclass(frozen=True, slots=True)
class OAuthRoute:
    """A request to the OAuth server; its addresses begin with `root`."""

    path: str
    root: str


@dataclass(frozen=True, slots=True)
class NoRoute:
    """A request without a route: an unknown address (404), a method other than those of `allow` (405).

    It is also the route of a request whose body has too many elements (413), and of OPTIONS, which asks for the methods
    of an address (200).
    """

    status: int
    allow: str = ""


Route = ServiceRoute | ReportsRoute | WsdlRoute | HomeRoute | OAuthRoute | NoRoute


def route(request: Request, contract: Contract) -> Route:
    """Returns the route of a request.

    Paths are those of the API, /v5/ads and /json/v5/ads, also with v501, with or without a slash at the end; case
    matters.
    """
    found = _route(request, contract)
    if isinstance(found, NoRoute) and found.status == 405:
        return NoRoute(200 if request.method == "OPTIONS" else 405, f"{found.allow}, OPTIONS")
    return found


def _route(request: Request, contract: Contract) -> Route:
    try:
        address = urlsplit(request.address)
    except ValueError:
        return NoRoute(404)
    if address.path in ("", "/") and request.method in _READS:
        return HomeRoute()
    if (method := _OAUTH.get(address.path)) is not None:
        return OAuthRoute(address.path, _root(request)) if request.method == method else NoRoute(405, method)
    segments = address.path.removesuffix("/").split("/")[1:]
    wire = WIRES["soap"]
    if segments[:1] == ["json"]:
        wire, segments = WIRES["json"], segments[1:]
    if len(segments) != 2 or segments[0] not in VERSIONS:
        return NoRoute(404)
    version, name = segments
    if name == "reports":
        return ReportsRoute(FORMATS[wire.name]) if request.method == "POST" else NoRoute(405, "POST")
    file = descriptions.requested(contract, name, address.query) if wire.name == "soap" else None
    if file is not None and (name not in contract or request.method != "POST"):
        is_read = request.method in _READS
        return WsdlRoute(file, _root(request), version) if is_read else NoRoute(405, "GET, HEAD")
    if name not in contract:
        return NoRoute(404)
    return ServiceRoute(wire, name, version) if request.method == "POST" else NoRoute(405, "POST")


def _root(request: Request) -> str:
    """Returns the root address that the caller used: a proxy that ends TLS says its scheme."""
    address = urlsplit(request.address)
    return f"{forwarded_scheme(request.headers) or address.scheme}://{address.netloc}"
