"""Where a request goes, by its method and address alone: to a service, to the reports, to a description, or nowhere."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.messages import Request
from yadirect_soap.protocol.reports.formats import FORMATS, Format
from yadirect_soap.protocol.wires import WIRES, Wire

VERSIONS = frozenset({"v5", "v501"})
_READS = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class ToService:
    """A call of a service."""

    wire: Wire
    service: str
    version: str


@dataclass(frozen=True, slots=True)
class ToReports:
    """A request for a report, in one of the formats."""

    form: Format


@dataclass(frozen=True, slots=True)
class ToDescription:
    """A file of the contract, `ads.wsdl` or `general.xsd`; its addresses are to begin with `root` and `version`."""

    file: str
    root: str
    version: str


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Nothing lives at the address (404), or nothing that answers the method (405) but those of `allow`.

    It also stands for a request whose body says too much (413).
    """

    status: int
    allow: str = ""


Route = ToService | ToReports | ToDescription | Nowhere


def route(request: Request, contract: Contract) -> Route:
    """Finds who answers a request.

    Paths are the API's own, /v5/ads and /json/v5/ads, with v501 in place of v5 too, and with or without a slash at
    the end; case matters.
    """
    try:
        address = urlsplit(request.address)
    except ValueError:
        return Nowhere(404)
    segments = address.path.removesuffix("/").split("/")[1:]
    wire = WIRES["soap"]
    if segments[:1] == ["json"]:
        wire, segments = WIRES["json"], segments[1:]
    if len(segments) != 2 or segments[0] not in VERSIONS:
        return Nowhere(404)
    version, name = segments
    if name == "reports":
        return ToReports(FORMATS[wire.name]) if request.method == "POST" else Nowhere(405, "POST")
    if wire.name == "soap" and (name.endswith(".xsd") or request.method in _READS):
        return _description(request, version, name, contract)
    if name not in contract:
        return Nowhere(404)
    if request.method != "POST":
        return Nowhere(405, "GET, HEAD, POST" if wire.name == "soap" else "POST")
    return ToService(wire, name, version)


def _description(request: Request, version: str, name: str, contract: Contract) -> Route:
    address = urlsplit(request.address)
    root = f"{address.scheme}://{address.netloc}"
    if name.endswith(".xsd"):
        if all(name != file.name for file in contract.directory.iterdir()):
            return Nowhere(404)
        return ToDescription(name, root, version) if request.method in _READS else Nowhere(405, "GET, HEAD")
    if name not in contract:
        return Nowhere(404)
    asked = address.query.lower().removesuffix("=") == "wsdl"
    return ToDescription(f"{name}.wsdl", root, version) if asked else Nowhere(405, "POST")
