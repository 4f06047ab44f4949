"""A raw zeep client that shares our session, headers and WSDLs, for what this package does not cover."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Headers, Request
from yadirect_soap.protocol.model import Service
from yadirect_soap.protocol.wires import WIRES

from .echoes import blank_body, errors_without
from .http_client import RequestsClient
from .retry_state import errors_of
from .settings import Settings

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from yadirect_soap.protocol.wsdl.zeep_reader import ZeepClient


def open_client(
    directory: "Traversable", service: Service, settings: Settings, transport: RequestsClient
) -> "ZeepClient":
    """Opens a zeep client on a service's WSDL; each call is signed anew, and the token stays out of zeep's settings."""
    from yadirect_soap.protocol.contract_cache import files_of  # noqa: PLC0415  an import of the package needs neither
    from yadirect_soap.protocol.wsdl import zeep_reader  # noqa: PLC0415  zeep takes 0.2 s

    by_action = {operation.soap_action: operation for operation in service.operations.values()}

    def post(address: str, message: bytes, fields: Mapping[str, str]) -> Any:
        operation = by_action[headers.read_soap_action(fields.get(headers.SOAP_ACTION))]
        with errors_of(operation, settings), errors_without(settings.token):
            response = transport.send(Request(address, Headers({**fields, **settings.signed(operation)}), message))
        # zeep's errors quote the page that came.
        response._content = blank_body(response.status_code, response.content, settings.token.secrets)
        return response

    address = settings.root + WIRES["soap"].path(settings.version, service.name)
    return zeep_reader.open_client(service.name, files_of(directory, service.name), address, post)
