"""Forwards requests to a server, and records the requests and responses in a file, without personal data."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import requests
import simplejson

from yadirect_soap.booleans import checked_boolean
from yadirect_soap.errors import ApiError, DecodeError
from yadirect_soap.protocol import contract as contracts
from yadirect_soap.protocol import descriptions, headers
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.messages import Headers, Request, Response
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.reports.formats import Format
from yadirect_soap.protocol.scalars import DecodeFailure
from yadirect_soap.protocol.wires import WIRES, Wire

from ..domain.operation_keys import REPORTS
from ..http import requests_adapter
from ..http.delivery import Delivery
from ..http.routes import ReportsRoute, ServiceRoute, WsdlRoute, route
from ..http.server import Server
from . import report_exchanges, request_key
from .recording_file import RecordedExchange, RecordingWriter
from .redaction import redacted, texts_of

_OF_ONE_CONNECTION = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-encoding",
        "content-length",
        "host",
        "keep-alive",
        "transfer-encoding",
    }
)
_TIMEOUT = (10, 180)
_JSON = WIRES["json"]


class Recorder:
    """Records the calls and reports that go through it; other requests pass without being recorded.

    `path` is a new file, of mode 0600.  `upstream` is the root address of the server to ask; without one, each
    request goes to its own address.  Tokens are never written; with `scrub`, which is the default, logins and
    personal members are blanked.  Use it in a `with`.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        upstream: str | None = None,
        scrub: bool = True,
        session: requests.Session | None = None,
        contract: Contract | None = None,
    ) -> None:
        self._scrub = checked_boolean("scrub", scrub)
        self._writer = RecordingWriter(path)
        self._upstream = upstream.rstrip("/") if upstream else None
        self._session = session or requests.Session()
        self._contract = contract or contracts.bundled()

    def handle(self, request: Request) -> Delivery:
        """Forwards a request to the server, and records the request and the response."""
        try:
            response = self._answer(request)
        except requests.RequestException:
            response = None
        target = route(request, self._contract)
        match target:
            case ServiceRoute():
                self._record(target, request, response)
            case ReportsRoute():
                self._record_report(target.format, request, response)
            case WsdlRoute() if response is not None:
                # Otherwise a client with the addresses of the WSDL would call the server and not the recorder.
                body = descriptions.readdressed(response.body, f"{target.root}/{target.version}")
                response = response._replace(body=body)
        return Delivery(response)

    def session(self) -> requests.Session:
        """Returns a session whose requests are recorded."""
        session = requests_adapter.session(self.handle, "https://")
        session.mount("http://", session.get_adapter("https://"))
        return session

    def serve(self, port: int = 0, *, host: str = "127.0.0.1", allowed_hosts: Iterable[str] = ()) -> Server:
        """Listens on a port, for clients that are not this process; needs an `upstream`."""
        if self._upstream is None:
            raise ValueError("serve() needs the server to ask: Recorder(..., upstream=...)")
        return Server(self.handle, host, port, allowed_hosts=allowed_hosts)

    def close(self) -> None:
        """Closes the file and the connections."""
        self._writer.close()
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _answer(self, request: Request) -> Response:
        address = request.address
        if self._upstream is not None:
            requested = urlsplit(address)
            address = f"{self._upstream}{requested.path}" + (f"?{requested.query}" if requested.query else "")
        answer = self._session.request(
            request.method,
            address,
            data=request.body,
            headers=_end_to_end(request.headers),
            # Unchanged: otherwise a .netrc file would replace the caller's token.
            auth=lambda prepared: prepared,
            timeout=_TIMEOUT,
            allow_redirects=False,
        )
        return Response(answer.status_code, Headers(_end_to_end(answer.headers)), answer.content)

    def _record(self, target: ServiceRoute, request: Request, response: Response | None) -> None:
        call = request_key.read_call(self._contract[target.service], target.wire, request)
        if call is None:
            return
        operation, message = call
        texts = texts_of(request.headers, *([response.headers] if response else []))
        self._writer.write(
            RecordedExchange(
                operation.key,
                self._redacted(message, target.service, texts),
                **self._outcome(operation, target.wire, response, texts),
            )
        )

    def _record_report(self, form: Format, request: Request, response: Response | None) -> None:
        message = report_exchanges.read_request(form, request)
        if message is None:
            return
        texts = texts_of(request.headers)
        outcome = report_exchanges.outcome(form, response) if response is not None else {}
        if self._scrub and "report" in outcome:
            outcome["report"] = report_exchanges.without_logins(outcome["report"], message)
        masked = self._redacted({"request": message, "outcome": outcome}, report_exchanges.SERVICE, texts)
        self._writer.write(RecordedExchange(REPORTS, masked["request"], **masked["outcome"]))

    def _outcome(
        self, operation: Operation, wire: Wire, response: Response | None, texts: frozenset[str]
    ) -> dict[str, Any]:
        if response is None:
            return {}
        outcome = {"status": response.status, "units": response.headers.get(headers.UNITS, "")}
        answer = _as_json(operation, wire, response)
        if answer is None:
            return outcome | {"content_type": response.headers.get(headers.CONTENT_TYPE, "")}
        return outcome | {"answer": self._redacted(answer, operation.service, texts)}

    def _redacted(self, message: dict[str, Any], service: str, texts: frozenset[str]) -> dict[str, Any]:
        result: dict[str, Any] = redacted(message, service, texts) if self._scrub else message
        return result


def _as_json(operation: Operation, wire: Wire, response: Response) -> dict[str, Any] | None:
    """Returns a response in the form of the JSON wire; None if it is not the API's, or cannot be decoded."""
    if headers.media_type(response.headers.get(headers.CONTENT_TYPE)) not in wire.media_types:
        return None
    try:
        body = _JSON.encode_result(operation, wire.decode_result(operation, response.body, Counter()))
    except ApiError as error:
        body = _JSON.encode_fault(error)
    except (DecodeError, DecodeFailure, RecursionError):
        return None
    answer: dict[str, Any] = simplejson.loads(body, use_decimal=True)
    return answer


def _end_to_end(fields: Any) -> dict[str, str]:
    return {name: value for name, value in fields.items() if name.lower() not in _OF_ONE_CONNECTION}


def upstream_session(**settings: Any) -> requests.Session:
    """Opens a session for the server that gets the calls.

    Args:
        settings: its `proxies`, `verify` and `cert`; if there are any, what requests reads in the environment is not
            used, since it would go before them.

    Returns:
        The session.
    """
    session = requests.Session()
    for name, value in settings.items():
        setattr(session, name, value)
    session.trust_env = not settings
    return session
