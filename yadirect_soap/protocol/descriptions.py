"""The WSDL and XSD files of a contract as a server returns them: with its own address instead of the API's.

Both the service's address and the places of imported schemas are absolute, so that a saved file can be loaded.
"""

import re
from typing import NamedTuple
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

from .contract import Contract
from .wsdl.parse import import_locations
from .wsdl.single_file import single_file

CONTENT_TYPE = "text/xml; charset=utf-8"

_LONGEST_NUMBER = 4
_SERVICE = re.compile(rb'(<(?:[\w.-]+:)?address\s+location=")https?://[^/"]+/v5[0-9]*/([^"]*")')
_SCHEMA = re.compile(rb'(\sschemaLocation=")(?:https?://[^/"]+/v5[0-9]*/)?([^"/:]+")')


def names(contract: Contract) -> frozenset[str]:
    """Returns the names of all files: `ads.wsdl`, `general.xsd`."""
    return frozenset(file.name for file in contract.directory.iterdir() if file.name.endswith((".wsdl", ".xsd")))


class File(NamedTuple):
    """A requested file.

    Attributes:
        name: `ads.wsdl` or `general.xsd`.
        is_single: whether the schemas that a WSDL imports are to be inside it.
    """

    name: str
    is_single: bool = False


def requested(contract: Contract, name: str, query: str) -> File | None:
    """Returns the file that an address names.

    Args:
        contract: whose files they are.
        name: the last part of the path: `ads`, `ads.wsdl`, `general.xsd`.
        query: what follows the question mark.  After a service it is `wsdl`, `singleWsdl` or `xsd=general.xsd`, in any
            case, as other servers have it; `xsd=xsd0` or `xsd=0` is the first schema that the WSDL imports.

    Returns:
        The file; None if the address names none.
    """
    if name not in contract:
        is_file = name.endswith((".wsdl", ".xsd")) and name in names(contract)
        return File(name) if is_file else None
    key, value = next(iter(parse_qsl(query, keep_blank_values=True)), ("", ""))
    if key.lower() in ("wsdl", "singlewsdl"):
        return File(f"{name}.wsdl", is_single=key.lower() == "singlewsdl")
    if key.lower() != "xsd":
        return None
    schemas = [f"{schema}.xsd" for schema in import_locations((contract.directory / f"{name}.wsdl").read_bytes())]
    number = value.lower().removeprefix("xsd")
    if number.isascii() and number.isdigit() and len(number) < _LONGEST_NUMBER:
        return File(schemas[int(number)]) if int(number) < len(schemas) else None
    return next((File(schema) for schema in schemas if value.removesuffix(".xsd") == schema.removesuffix(".xsd")), None)


def described_at(contract: Contract, file: File, root: str) -> bytes:
    """Returns a file of a contract with the services below another address.

    Args:
        contract: whose file it is.
        file: the file.
        root: the address below which the services are: `http://127.0.0.1:8090/v5`.

    Returns:
        The XML document.
    """
    if file.is_single:
        content = single_file(contract.directory, file.name.removesuffix(".wsdl"))
    else:
        content = (contract.directory / file.name).read_bytes()
    return readdressed(content, root)


def readdressed(text: bytes, root: str) -> bytes:
    """Returns a WSDL or XSD file whose services and schemas are below another address.

    Args:
        text: The XML document, of the API or of another server.
        root: The address, as in described_at().
    """
    own = escape(f"{root}/", {'"': "&quot;"}).encode()
    text = _SERVICE.sub(lambda match: match[1] + own + match[2], text)
    return _SCHEMA.sub(lambda match: match[1] + own + match[2], text)
