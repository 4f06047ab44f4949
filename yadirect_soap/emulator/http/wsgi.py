"""The emulator as a WSGI application, for those who have a server of their own (PEP 3333)."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from yadirect_soap.protocol.messages import Headers, Request, Response, Streamed

HandleStreaming = Callable[[Request], Response | Streamed]
Environ = dict[str, Any]


def application(handle: HandleStreaming) -> Callable[[Environ, Callable[..., object]], Iterable[bytes]]:
    """An application that answers by a function, such as `Emulator().handle_streaming`."""

    def respond(environ: Environ, start_response: Callable[..., object]) -> Iterable[bytes]:
        response = handle(_request(environ))
        status = HTTPStatus(response.status)
        fields = dict(response.headers)
        if isinstance(response, Response):
            fields["Content-Length"] = str(len(response.body))
        start_response(f"{status.value} {status.phrase}", list(fields.items()))
        return [response.body] if isinstance(response, Response) else response.pieces

    return respond


def _request(environ: Environ) -> Request:
    fields = {
        name.removeprefix("HTTP_").replace("_", "-"): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH")
    }
    # The gateway gives every header in capitals; SOAPAction and the rest are looked up without regard to case.
    host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
    address = f"{environ['wsgi.url_scheme']}://{host}{environ.get('PATH_INFO', '')}{query}"
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    return Request(
        address, Headers(fields), body, environ["REQUEST_METHOD"], peer=environ.get("REMOTE_ADDR") or "127.0.0.1"
    )
