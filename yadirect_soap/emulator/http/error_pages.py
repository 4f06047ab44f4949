"""The pages of a web server that refuses a request before it reaches the API."""

from types import MappingProxyType

from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Headers, Response

from .routes import NoRoute

_PHRASES = MappingProxyType({404: "Not Found", 405: "Method Not Allowed", 413: "Content Too Large"})


def response(refused: NoRoute) -> Response:
    """The page for a request without a route: 404 Not Found, 405 Method Not Allowed or 413 Content Too Large."""
    line = f"{refused.status} {_PHRASES[refused.status]}"
    body = f"<html><head><title>{line}</title></head><body><h1>{line}</h1></body></html>\n"
    fields = {headers.CONTENT_TYPE: "text/html; charset=utf-8"} | ({"Allow": refused.allow} if refused.allow else {})
    return Response(refused.status, Headers(fields), body.encode())
