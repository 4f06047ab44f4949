"""Where a request goes, by its method and address alone: to a service, to the reports, to a description, or nowhere."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.messages import Request
from yadirect_soap.protocol.reports.formats import FORMATS, Format
from yadirect_soap.protocol.wires import WIRES, Wire

VERSIONS = frozenset({"v5", "v501"})


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
    """Nothing lives at the address (404), or nothing that answers the method (405)."""

    status: int


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
    if segments[1] == "reports":
        return ToReports(FORMATS[wire.name]) if request.method == "POST" else Nowhere(405)
    if request.method in ("GET", "HEAD"):
        return _description(address, segments[0], segments[1], contract) if wire.name == "soap" else Nowhere(405)
    if segments[1] not in contract:
        return Nowhere(404)
    return ToService(wire, segments[1], segments[0]) if request.method == "POST" else Nowhere(405)


def _description(address: SplitResult, version: str, name: str, contract: Contract) -> Route:
    root = f"{address.scheme}://{address.netloc}"
    if name.endswith(".xsd"):
        known = (contract.directory / name).is_file() and name.removesuffix(".xsd").isalpha()
        return ToDescription(name, root, version) if known else Nowhere(404)
    if name not in contract:
        return Nowhere(404)
    asked = address.query.lower().removesuffix("=") == "wsdl"
    return ToDescription(f"{name}.wsdl", root, version) if asked else Nowhere(405)
