"""The emulator as a WSGI application (PEP 3333), for a server of your own.

That server decides for which hosts it answers; a wrong Host or Content-Length is refused here too.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from yadirect_soap.protocol.hosts import host_of, own_host
from yadirect_soap.protocol.messages import Headers, Request, Response, StreamedResponse

_TEXT = Headers({"Content-Type": "text/plain; charset=utf-8"})
_LONGEST_NUMBER = 19

HandleStreaming = Callable[[Request], Response | StreamedResponse]
Environ = dict[str, Any]


def application(handle: HandleStreaming) -> Callable[[Environ, Callable[..., object]], Iterable[bytes]]:
    """Returns an application that answers by a function, such as `Emulator().handle_streaming`."""

    def respond(environ: Environ, start_response: Callable[..., object]) -> Iterable[bytes]:
        try:
            request = _request(environ)
        except ValueError as error:
            response: Response | StreamedResponse = Response(400, _TEXT, f"{error}\n".encode())
        else:
            response = handle(request)
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
    host = environ.get("HTTP_HOST") or own_host(environ["SERVER_NAME"], environ["SERVER_PORT"])
    if host_of(host) is None:
        raise ValueError(f"found the host {host!r:.80}, expected a name or an address, and perhaps a port")
    length = environ.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit() and len(length) < _LONGEST_NUMBER):
        raise ValueError(f"found the Content-Length {length!r:.80}, expected a number")
    query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
    address = f"{environ['wsgi.url_scheme']}://{host}{environ.get('PATH_INFO', '')}{query}"
    body = environ["wsgi.input"].read(int(length))
    return Request(
        address, Headers(fields), body, environ["REQUEST_METHOD"], peer=environ.get("REMOTE_ADDR") or "127.0.0.1"
    )
