"""A zeep client with this package's session, headers and WSDLs, for uses that the package does not cover."""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import requests

from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Headers, Request, Response
from yadirect_soap.protocol.model import Service
from yadirect_soap.protocol.wires import WIRES

from . import results
from .caller import Caller
from .retry_state import describing_errors
from .settings import Settings

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from yadirect_soap.protocol.wsdl.zeep_reader import ZeepClient


def open_client(directory: "Traversable", service: Service, settings: Settings, caller: Caller) -> "ZeepClient":
    """Opens a zeep client on a service's WSDL; each call gets a fresh token, which zeep's settings never contain."""
    from yadirect_soap.protocol.contract_cache import files_of  # noqa: PLC0415  an import of the package needs neither
    from yadirect_soap.protocol.wsdl import zeep_reader  # noqa: PLC0415  zeep takes 0.2 s

    by_action = {operation.soap_action: operation for operation in service.operations.values()}

    def post(address: str, message: bytes, fields: Mapping[str, str]) -> Any:
        operation = by_action[headers.read_soap_action(fields.get(headers.SOAP_ACTION))]
        request = Request(address, Headers({**fields, **settings.signed(operation)}), message)
        with (
            describing_errors(operation, settings),
            caller.send(operation.key, request, writes=not results.reads(operation)) as response,
        ):
            return _of_requests(caller.read_response(operation.key, response))

    address = settings.root + WIRES["soap"].path(settings.version, service.name)
    return zeep_reader.open_client(service.name, files_of(directory, service.name), address, post)


def _of_requests(response: Response) -> requests.Response:
    """Converts a response to a requests.Response, which zeep reads."""
    converted = requests.Response()
    converted.status_code = response.status
    converted.headers.update(response.headers)
    converted.encoding = requests.utils.get_encoding_from_headers(converted.headers)
    converted.raw = io.BytesIO(response.body)
    return converted
