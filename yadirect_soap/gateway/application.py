"""The gateway as a WSGI application (PEP 3333): routes requests, and logs and counts the responses."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, cast

from yadirect_soap import Direct, Headers
from yadirect_soap.escaping import one_line
from yadirect_soap.language import ENGLISH, _, in_words, speaking, spoken
from yadirect_soap.protocol import descriptions
from yadirect_soap.protocol.hosts import forwarded_scheme, own_host

from . import access, faults, metrics, routes, spool
from .calls import Calls
from .clients import Clients
from .options import Options
from .reports import Reports
from .responses import GatewayResponse

LOGGER = logging.getLogger("yadirect_soap.gateway")

Environ = dict[str, Any]
StartResponse = Callable[..., object]

_TEXT = "text/plain; charset=utf-8"
_UNAUTHORIZED = 401
_CONTINUE = "100-continue"
_MAX_DIGITS = 19
_MAX_LOGIN, _MAX_NOTES = 100, 1000


class Gateway:
    """A WSGI application that is called over SOAP and calls the API with a Direct.

    Args:
        direct: the client, with the token, the endpoint and the policies of calls; the gateway does not close it.
        options: the options; None takes the defaults.
        tokens: tokens by login, for clients that have their own.
        now: a function that returns seconds since the epoch.
    """

    def __init__(
        self,
        direct: Direct,
        options: Options | None = None,
        tokens: Mapping[str, str] | None = None,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.options = options or Options()
        self._contract = direct.contract
        self._clock = direct.settings.clock
        self._language = direct.settings.language or ENGLISH
        self._clients = Clients(direct, tokens or {})
        self._calls = Calls(self._clients, self._contract, self.options, now)
        self._reports = Reports(self._clients, self.options)
        self._metrics = metrics.Metrics()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request as a WSGI application; an error of the gateway itself is a fault with HTTP status 500.

        Args:
            environ: the request: the variables of CGI, and its body in `wsgi.input`.
            start_response: a function that takes the status and the headers of the response.

        Returns:
            The body in chunks; if the server has `wsgi.file_wrapper`, its result for a large body.
        """
        began = self._clock()
        self._metrics.begin()
        response = GatewayResponse(500, outcome="broken")
        try:
            with speaking(self._language):
                response = self._handle(environ)
        except Exception:
            LOGGER.exception("the gateway failed; nothing is known of the call")
            fault = faults.failed()
            with speaking(self._language):
                response.body, response.request_id = [faults.write(fault)], fault.request_id
        finally:
            seconds = self._clock() - began
            self._metrics.end(response, seconds)
        _log(environ, response, seconds)
        body = response.body
        length = sum(map(len, body)) if isinstance(body, list) else spool.size(body)
        fields = {"Content-Type": response.content_type, **response.fields, "Content-Length": str(length)}
        status = HTTPStatus(response.status)
        start_response(f"{status.value} {status.phrase}", [(name, _header(value)) for name, value in fields.items()])
        if isinstance(body, list):
            return [] if environ["REQUEST_METHOD"] == "HEAD" else body
        # A server that sends files itself needs no thread for a slow caller.
        send_file = environ.get("wsgi.file_wrapper")
        return cast("Iterable[bytes]", send_file(body, spool.PIECE)) if send_file else spool.pieces(body)

    def reads_body(self, method: str, path: str, query: str, fields: Mapping[str, str]) -> bool:
        """Whether the body of a request is needed; otherwise its head decides the response.

        Args:
            method: `GET` or `POST`.
            path: the decoded path.
            query: the part after the question mark.
            fields: the headers, in any case.

        Returns:
            False for a request that is refused by its head, or whose address uses no body.
        """
        route = routes.route(path, query, method, self._contract)
        is_call = method == "POST" and route.target in ("service", "reports")
        return is_call and self._refusal(method, route, fields) is None

    def _handle(self, environ: Environ) -> GatewayResponse:
        fields = Headers(dict(_fields(environ)))
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        route = routes.route(path, environ.get("QUERY_STRING", ""), method, self._contract)
        if (refusal := self._refusal(method, route, fields)) is not None:
            return refusal
        if method == "OPTIONS":
            return GatewayResponse(200, [], _TEXT, {"Allow": route.allow}, outcome="options")
        if route.target == "service":
            return self._calls.handle(route, fields, _body(environ))
        if route.target == "reports":
            return self._reports.handle(route, fields, _body(environ))
        if route.target == "description":
            return self._description(environ, route, fields)
        if route.target == "metrics":
            text = self._metrics.text(self._calls.units.by_login())
            return GatewayResponse(200, [text.encode()], metrics.CONTENT_TYPE, outcome="metrics")
        return GatewayResponse(200, [b"ok\n"], _TEXT, outcome="health")

    def _refusal(self, method: str, route: routes.Route, fields: Mapping[str, str]) -> GatewayResponse | None:
        """Returns the response to a request that is refused by its head; None for any other request."""
        try:
            access.check(fields, route, self.options)
        except access.Refusal as refusal:
            return self._refusal_response(refusal, route, fields)
        if (expectation := fields.get("Expect", _CONTINUE)).lower() != _CONTINUE:
            return _text(
                417,
                _("found Expect: {expectation:.80}, expected {allowed}", expectation=expectation, allowed=_CONTINUE),
            )
        if route.target == "unknown":
            services = ", ".join(self._contract)
            return _text(
                404,
                _(
                    "nothing is here; expected /v501/SERVICE or /client/LOGIN/v501/SERVICE, of {services}",
                    services=services,
                ),
            )
        if not route.is_allowed(method):
            return _text(405, _expected_method(method, route), {"Allow": route.allow})
        return None

    def _refusal_response(
        self, refusal: access.Refusal, route: routes.Route, fields: Mapping[str, str]
    ) -> GatewayResponse:
        """Returns the response to a caller without access: a challenge, or the API's fault for a wrong token."""
        if refusal.status != _UNAUTHORIZED:
            return _text(refusal.status, in_words(refusal))
        response = _text(_UNAUTHORIZED, in_words(refusal), {"WWW-Authenticate": 'Basic realm="yadirect-soap gateway"'})
        if route.target == "service" and access.is_bearer(fields):
            fault = faults.unauthorized(in_words(refusal))
            response = GatewayResponse(self.options.fault_status, [faults.write(fault)], outcome=str(fault.code))
        return response

    def _description(self, environ: Environ, route: routes.Route, fields: Mapping[str, str]) -> GatewayResponse:
        assert route.file is not None  # noqa: S101  its target
        # HTTP/1.0 has no Host: then it is where the server was reached.
        host = environ.get("HTTP_HOST") or own_host(environ["SERVER_NAME"], environ["SERVER_PORT"])
        scheme = forwarded_scheme(fields) or environ["wsgi.url_scheme"]
        root = self.options.public_url or f"{scheme}://{host}"
        mounted = f"{root.rstrip('/')}{environ.get('SCRIPT_NAME', '')}{route.prefix}/{route.version}"
        body = descriptions.described_at(self._contract, route.file, mounted)
        return GatewayResponse(200, [body], descriptions.CONTENT_TYPE, outcome="description", operation=route.name)


def _fields(environ: Environ) -> Iterator[tuple[str, str]]:
    for name, value in environ.items():
        if name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            yield name.removeprefix("HTTP_").replace("_", "-"), str(value)


def _body(environ: Environ) -> bytes:
    length = str(environ.get("CONTENT_LENGTH") or "")
    if environ.get("wsgi.input_terminated") and not length:
        return bytes(environ["wsgi.input"].read())
    is_number = length.isascii() and length.isdigit() and len(length) < _MAX_DIGITS
    return bytes(environ["wsgi.input"].read(int(length))) if is_number else b""


def _text(status: int, text: str, fields: Mapping[str, str] | None = None) -> GatewayResponse:
    return GatewayResponse(status, [f"{spoken(text)}\n".encode()], _TEXT, dict(fields or {}), outcome=str(status))


def _expected_method(method: str, route: routes.Route) -> str:
    if route.target == "service":
        return _(
            "found {method}, expected {allow}; the WSDL is at ?wsdl, and with its schemas inside at ?singleWsdl",
            method=method,
            allow=route.allow,
        )
    return _("found {method}, expected {allow}", method=method, allow=route.allow)


def _header(value: str) -> str:
    """Converts a value to one line of Latin-1, as WSGI requires."""
    return one_line(value).encode("latin-1", "replace").decode("latin-1")


def _log(environ: Environ, response: GatewayResponse, seconds: float) -> None:
    """Logs one line for a call, with its notes."""
    LOGGER.info(
        "%s client=%s caller=%s status=%d outcome=%s units=%s request_id=%s ms=%d%s",
        response.operation or "-",
        one_line(response.login, _MAX_LOGIN) or "-",
        environ.get("REMOTE_ADDR", "-"),
        response.status,
        response.outcome,
        response.fields.get("Units", "-"),
        one_line(response.request_id, _MAX_LOGIN) or "-",
        seconds * 1000,
        f" notes={one_line('; '.join(response.notes), _MAX_NOTES)}" if response.notes else "",
    )
