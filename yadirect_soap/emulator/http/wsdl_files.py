"""The contract's WSDL and XSD files, with the emulator's address in place of the API's."""

import re
from xml.sax.saxutils import escape

from yadirect_soap.protocol import headers
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.messages import Headers, Response

from .routes import WsdlRoute

CONTENT_TYPE = "text/xml; charset=utf-8"

_ADDRESS = re.compile(rb'(<soap:address location=")https?://[^/"]+/v5/([^"]*")')


def response(route: WsdlRoute, contract: Contract) -> Response:
    """A WSDL or XSD file; its services have the emulator's address, in the version of the request."""
    text = (contract.directory / route.file).read_bytes()
    root = escape(f"{route.root}/{route.version}/", {'"': "&quot;"}).encode()
    body = _ADDRESS.sub(lambda match: match[1] + root + match[2], text)
    return Response(200, Headers({headers.CONTENT_TYPE: CONTENT_TYPE}), body)
