"""Replays recorded responses to equal requests, on either wire, without a server."""

import itertools
import threading
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests
import simplejson

from yadirect_soap.errors import ApiError, api_error
from yadirect_soap.protocol import contract as contracts
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.messages import Headers, Request, Response
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.reports.formats import Format
from yadirect_soap.protocol.scalars import EncodeError
from yadirect_soap.protocol.wires import WIRES, Wire

from ..domain import error_codes
from ..domain.operation_keys import REPORTS
from ..http import requests_adapter, web_pages, wsdl_files
from ..http.delivery import Delivery
from ..http.routes import HomeRoute, NoRoute, OAuthRoute, ReportsRoute, ServiceRoute, WsdlRoute, route
from ..http.server import Server
from . import report_exchanges, request_key
from .recording_file import RecordedExchange, read
from .redaction import redacted, texts_of

ENDPOINT = "http://replay.local"
_FIRST_REQUEST = 3_000_000_000_000_000_001
_JSON = WIRES["json"]


class Replayer:
    """Answers from a recording.  Equal requests get the responses in the recorded order, the last one repeatedly.

    A request that was not recorded is refused with error 3500, which names the recorded ones.  Tokens are ignored;
    clients of an agency differ only by the order of their calls, as their logins are not recorded.
    """

    endpoint = ENDPOINT

    def __init__(self, path: str | Path, *, contract: Contract | None = None) -> None:
        self._contract = contract or contracts.bundled()
        self._recorded: dict[str, list[RecordedExchange]] = {}
        self._replayed: Counter[str] = Counter()
        self._numbers = itertools.count(_FIRST_REQUEST)
        self._lock = threading.Lock()
        for exchange in read(path):
            self._recorded.setdefault(request_key.key(exchange.operation, exchange.request), []).append(exchange)

    def handle(self, request: Request) -> Delivery:
        """Answers a request with the recorded response."""
        match target := route(request, self._contract):
            case ServiceRoute():
                return Delivery(self._service(target, request))
            case ReportsRoute():
                return Delivery(self._report(target.format, request))
            case WsdlRoute():
                return Delivery(wsdl_files.response(target, self._contract))
            case HomeRoute():
                return Delivery(web_pages.home("Recording of the Yandex Direct API", self._contract))
            case OAuthRoute():
                return Delivery(web_pages.response(NoRoute(404), self._contract))
            case NoRoute():
                return Delivery(web_pages.response(target, self._contract))

    def session(self) -> requests.Session:
        """Returns a session whose requests to `endpoint` are answered from the recording."""
        return requests_adapter.session(self.handle, self.endpoint)

    def serve(self, port: int = 0, *, host: str = "127.0.0.1", allowed_hosts: Iterable[str] = ()) -> Server:
        """Listens on a port, for clients that are not this process."""
        return Server(self.handle, host, port, allowed_hosts=allowed_hosts)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Does nothing: nothing is open."""

    def _service(self, target: ServiceRoute, request: Request) -> Response | None:
        call = request_key.read_call(self._contract[target.service], target.wire, request)
        if call is None:
            return _unreadable()
        operation, message = call
        exchange = self._next(operation.key, message, request)
        if exchange is None:
            return self._refused(target.wire, self._not_recorded(operation.key))
        return None if exchange.status is None else self._response(exchange, operation, target.wire)

    def _report(self, form: Format, request: Request) -> Response | None:
        message = report_exchanges.read_request(form, request)
        if message is None:
            return _unreadable()
        exchange = self._next(REPORTS, message, request)
        if exchange is None:
            error = self._error(self._not_recorded(REPORTS))
            fields = {headers.REQUEST_ID: error.request_id, headers.CONTENT_TYPE: form.content_type}
            return Response(400, Headers(fields), form.encode_error(error))
        if exchange.status is None:
            return None
        if exchange.report is None and exchange.answer is None:
            return _recorded_page(exchange)
        return report_exchanges.response(exchange, form, str(next(self._numbers)))

    def _not_recorded(self, operation: str) -> str:
        recorded = [key for key in self._recorded if key.startswith(f"{operation} ")]
        return f"not recorded; of {operation} were: {'; '.join(recorded)[:500] or 'none'}"

    def _next(self, operation: str, message: dict[str, Any], request: Request) -> RecordedExchange | None:
        """Returns the next recorded exchange of a request, as it is or with masks."""
        service = operation.partition(".")[0]
        plain = request_key.key(operation, message)
        blanked = request_key.key(operation, redacted(message, service, texts_of(request.headers)))
        with self._lock:
            key = plain if plain in self._recorded else blanked
            exchanges = self._recorded.get(key)
            if exchanges is None:
                return None
            turn = min(self._replayed[key], len(exchanges) - 1)
            self._replayed[key] += 1
            return exchanges[turn]

    def _response(self, exchange: RecordedExchange, operation: Operation, wire: Wire) -> Response:
        if exchange.answer is None:
            return _recorded_page(exchange)
        fields = {headers.REQUEST_ID: str(next(self._numbers)), headers.CONTENT_TYPE: wire.content_type}
        if exchange.units:
            fields[headers.UNITS] = exchange.units
        text = simplejson.dumps(exchange.answer, use_decimal=True).encode()
        try:
            body = wire.encode_result(operation, _JSON.decode_result(operation, text, Counter()))
        except EncodeError as error:
            return self._refused(wire, f"{error.json_path}: {wire.name} cannot carry {error.found}")
        except ApiError as error:
            error.request_id = fields[headers.REQUEST_ID]
            body = wire.encode_fault(error)
        return Response(exchange.status or 200, Headers(fields), body)

    def _refused(self, wire: Wire, detail: str) -> Response:
        error = self._error(detail)
        fields = {headers.REQUEST_ID: error.request_id, headers.CONTENT_TYPE: wire.content_type}
        return Response(200, Headers(fields), wire.encode_fault(error))

    def _error(self, detail: str) -> ApiError:
        text = error_codes.text(error_codes.NOT_SUPPORTED)
        return api_error(error_codes.NOT_SUPPORTED, text, detail, request_id=str(next(self._numbers)))


def _recorded_page(exchange: RecordedExchange) -> Response:
    """Returns a page instead of a web server's page, of which only the status and the type are recorded."""
    status = exchange.status or 200
    body = f"The page that was recorded had the status {status}.\n".encode()
    return Response(status, Headers({headers.CONTENT_TYPE: exchange.content_type or "text/plain"}), body)


def _unreadable() -> Response:
    return Response(404, Headers({headers.CONTENT_TYPE: "text/plain"}), b"not in the recording\n")
