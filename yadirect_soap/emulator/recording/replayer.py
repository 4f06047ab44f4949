"""Replays recorded responses to equal requests, on either wire; it asks no server."""

import itertools
import threading
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

import requests
import simplejson

from yadirect_soap.errors import ApiError, api_error
from yadirect_soap.protocol import contract as contracts
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.messages import Headers, Request, Response
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.scalars import EncodeError
from yadirect_soap.protocol.wires import WIRES, Wire

from ..domain import error_codes
from ..http import requests_adapter
from ..http.delivery import Delivery
from ..http.routes import ServiceRoute, route
from ..http.server import Server
from . import request_key
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
        target = route(request, self._contract)
        call = None
        if isinstance(target, ServiceRoute):
            call = request_key.read_call(self._contract[target.service], target.wire, request)
        if call is None or not isinstance(target, ServiceRoute):
            return Delivery(Response(404, Headers({headers.CONTENT_TYPE: "text/plain"}), b"not in the recording\n"))
        operation, message = call
        exchange = self._next(operation, message, request)
        if exchange is None:
            recorded = [key for key in self._recorded if key.startswith(f"{operation.key} ")]
            detail = f"not recorded; of {operation.key} were: {'; '.join(recorded)[:500] or 'none'}"
            return Delivery(self._refused(target.wire, detail))
        return Delivery(None if exchange.status is None else self._response(exchange, operation, target.wire))

    def session(self) -> requests.Session:
        """A session whose requests to `endpoint` are answered from the recording."""
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

    def _next(self, operation: Operation, message: dict[str, object], request: Request) -> RecordedExchange | None:
        """The next recorded exchange of a request, as it is or with masks."""
        plain = request_key.key(operation.key, message)
        blanked = request_key.key(operation.key, redacted(message, operation.service, texts_of(request.headers)))
        with self._lock:
            key = plain if plain in self._recorded else blanked
            exchanges = self._recorded.get(key)
            if exchanges is None:
                return None
            turn = min(self._replayed[key], len(exchanges) - 1)
            self._replayed[key] += 1
            return exchanges[turn]

    def _response(self, exchange: RecordedExchange, operation: Operation, wire: Wire) -> Response:
        status = exchange.status or 200
        if exchange.answer is None:
            body = f"The page that was recorded had the status {status}.\n".encode()
            return Response(status, Headers({headers.CONTENT_TYPE: exchange.content_type or "text/plain"}), body)
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
        return Response(status, Headers(fields), body)

    def _refused(self, wire: Wire, detail: str) -> Response:
        request_id = str(next(self._numbers))
        text = error_codes.text(error_codes.NOT_SUPPORTED)
        error = api_error(error_codes.NOT_SUPPORTED, text, detail, request_id=request_id)
        fields = {headers.REQUEST_ID: request_id, headers.CONTENT_TYPE: wire.content_type}
        return Response(200, Headers(fields), wire.encode_fault(error))
