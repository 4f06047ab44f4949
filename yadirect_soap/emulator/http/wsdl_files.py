"""The contract's WSDL and XSD files as the emulator hands them out: with its own address in place of the API's."""

import re
from xml.sax.saxutils import escape

from yadirect_soap.protocol.contract import Contract

from .routes import ToDescription

CONTENT_TYPE = "text/xml; charset=utf-8"

_ADDRESS = re.compile(rb'(<soap:address location=")https?://[^/"]+/v5/([^"]*")')


def description(wanted: ToDescription, contract: Contract) -> bytes:
    """The bytes of a description; the services in it are at the emulator, in the version that was asked for."""
    text = (contract.directory / wanted.file).read_bytes()
    home = escape(f"{wanted.root}/{wanted.version}/", {'"': "&quot;"}).encode()
    return _ADDRESS.sub(lambda found: found[1] + home + found[2], text)
