"""The contract's WSDL and XSD files, with the emulator's address instead of the API's."""

from yadirect_soap.protocol import descriptions, headers
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.messages import Headers, Response

from .routes import WsdlRoute


def response(route: WsdlRoute, contract: Contract) -> Response:
    """Returns a WSDL or XSD file, with the emulator's address in the version of the request."""
    body = descriptions.described_at(contract, route.file, f"{route.root}/{route.version}")
    return Response(200, Headers({headers.CONTENT_TYPE: descriptions.CONTENT_TYPE}), body)
