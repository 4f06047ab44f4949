"""The WSDL and XSD files of a contract as a server returns them: with its own address instead of the API's.

Both the service's address and the places of imported schemas are absolute, so that a saved file can be loaded.
"""

import re
from xml.sax.saxutils import escape

from .contract import Contract

CONTENT_TYPE = "text/xml; charset=utf-8"

_SERVICE = re.compile(rb'(<(?:[\w.-]+:)?address\s+location=")https?://[^/"]+/v5[0-9]*/([^"]*")')
_SCHEMA = re.compile(rb'(\sschemaLocation=")(?:https?://[^/"]+/v5[0-9]*/)?([^"/:]+")')


def names(contract: Contract) -> frozenset[str]:
    """The names of all files: `ads.wsdl`, `general.xsd`."""
    return frozenset(file.name for file in contract.directory.iterdir() if file.name.endswith((".wsdl", ".xsd")))


def described_at(contract: Contract, file: str, root: str) -> bytes:
    """A file of a contract for those who call the services below an address.

    Args:
        contract: whose file it is.
        file: `ads.wsdl` or `general.xsd`.
        root: the address below which the services are: `http://127.0.0.1:8090/v5`.

    Returns:
        The XML document.
    """
    return readdressed((contract.directory / file).read_bytes(), root)


def readdressed(text: bytes, root: str) -> bytes:
    """A WSDL or XSD file whose services and schemas are below another address.

    Args:
        text: The XML document, of the API or of another server.
        root: The address, as in described_at().
    """
    own = escape(f"{root}/", {'"': "&quot;"}).encode()
    text = _SERVICE.sub(lambda match: match[1] + own + match[2], text)
    return _SCHEMA.sub(lambda match: match[1] + own + match[2], text)
