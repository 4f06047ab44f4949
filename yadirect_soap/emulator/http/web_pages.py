"""The pages of a web server: what answers here, and why a request is refused before it reaches the API."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from html import escape
from importlib.resources import files
from types import MappingProxyType

from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Headers, Response

from .routes import NoRoute

HTML = "text/html; charset=utf-8"
_STYLE = (
    ":root{color-scheme:light dark}"
    "body{max-width:50rem;margin:0 auto;padding:1rem 1.5rem 3rem;font:15px/1.6 system-ui,sans-serif;"
    "overflow-wrap:anywhere}"
    "h1{font-size:1.5rem}code{font:13px ui-monospace,monospace}li{margin:.3rem 0}"
)
_STYLE_HASH = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_ICON = (files(__package__) / "favicon.svg").read_bytes()
ICON = f"data:image/svg+xml;base64,{b64encode(_ICON).decode()}"
"""The address of the icon that a browser shows next to the title."""
SECURITY_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Cache-Control": "no-store",
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)
"""The fields of a page that has no script, is not cached and is not shown inside another page."""

_PHRASES = MappingProxyType({404: "Not Found", 405: "Method Not Allowed", 413: "Content Too Large"})
_ADDRESSES = (
    ("POST /v5/SERVICE", "an operation over SOAP"),
    ("POST /json/v5/SERVICE", "the same over JSON"),
    ("GET /v5/SERVICE?wsdl", "the WSDL of a service"),
    ("GET /v5/SERVICE?singleWsdl", "the same with all schemas inside"),
    ("POST /v5/reports, POST /json/v5/reports", "a report, by a definition in XML or in JSON"),
)


def home(title: str, services: Iterable[str], *more: tuple[str, str]) -> Response:
    """Returns the page at the root address.

    Args:
        title: What answers: "Emulator of the Yandex Direct API".
        services: The names of the services.
        more: Further addresses, each with its description.
    """
    return page(200, title, _addresses(services, *more))


def response(refused: NoRoute, services: Iterable[str] = ()) -> Response:
    """Returns the page for a request without a route: 404 Not Found, 405 Method Not Allowed or 413 Content Too Large.

    A page for an unknown address or method tells which there are.  OPTIONS gets the methods of an address, and no page.
    """
    if refused.status == 200:
        return Response(200, Headers({"Allow": refused.allow}), b"")
    line = f"{refused.status} {_PHRASES[refused.status]}"
    content = _addresses(services) if refused.status in (404, 405) else ""
    return page(refused.status, line, content, **({"Allow": refused.allow} if refused.allow else {}))


def _addresses(services: Iterable[str], *more: tuple[str, str]) -> str:
    rows = "".join(f"<li><code>{escape(path)}</code>: {escape(text)}</li>\n" for path, text in (*_ADDRESSES, *more))
    links = ", ".join(f'<a href="/v5/{name}?wsdl">{name}</a>' for name in sorted(services))
    return (
        f"<p>These addresses answer, also with v501 in place of v5:</p>\n<ul>\n{rows}</ul>\n"
        f"<p>SERVICE is one of {links}.</p>\n"
    )


def page(status: int, title: str, content: str, **fields: str) -> Response:
    """Returns a page with a title, the HTML of its content, and more header fields."""
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="{ICON}">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
    )
    body = (
        f'<!doctype html>\n<html lang="en"><head>{head}</head><body><h1>{escape(title)}</h1>\n{content}</body></html>\n'
    )
    return Response(status, Headers({headers.CONTENT_TYPE: HTML, **fields}), body.encode())
