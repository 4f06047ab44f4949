"""Routes requests to the emulator's own addresses; other requests go to the API.

No token is needed: the emulator holds no secrets.  But a web page in the user's browser must not reach it: a foreign
Origin or Referer is refused here, a foreign Host by the server (hosts.py).
"""

import base64
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import parse_qsl, urlsplit

import simplejson

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.protocol import headers, json
from yadirect_soap.protocol.hosts import is_loopback
from yadirect_soap.protocol.messages import Headers, Request, Response
from yadirect_soap.protocol.scalars import DecodeFailure

from ..backend import Backend
from ..http.delivery import Delivery, RequestHandler
from ..http.web_pages import HTML, SECURITY_HEADERS
from ..user_files.records import unusable
from . import admin_pages, control_api
from .forms import FORMS, Form, read_fields
from .html import ADMIN

PREFIX = "/_emulator/"
"""The beginning of the emulator's own addresses; the API has none there."""

_ADMIN = "admin"
_FORM = "application/x-www-form-urlencoded"
_OTHER_SITES = frozenset({"cross-site", "same-site"})
_SECURITY_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        **SECURITY_HEADERS,
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'"
        ),
    }
)


class Refused(Exception):
    """A request to the emulator's own addresses that is refused with an HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class AdminRouter:
    """Answers the requests to the emulator's own addresses.

    Args:
        backend: The parts that are shown and changed.
        handle: Answers every other request.
        host: The host on which the server listens.
    """

    def __init__(self, backend: Backend, handle: RequestHandler, host: str) -> None:
        self._backend = backend
        self._handle = handle
        self._on_loopback = is_loopback(host)

    def handle(self, request: Request) -> Delivery:
        """Answers a request, or passes it to the emulator."""
        path = urlsplit(request.address).path
        if not f"{path}/".startswith(PREFIX):
            return self._handle(request)
        try:
            self._admit(request)
            response = self._answer(request, path.removeprefix(PREFIX).strip("/"))
        except Refused as refused:
            response = _refusal(refused, is_page=_is_page(path.removeprefix(PREFIX)))
        return Delivery(response)

    def _admit(self, request: Request) -> None:
        """Refuses requests of other sites' pages; links of other sites to the pages work."""
        host = urlsplit(request.address).netloc
        sources = ["Origin"] if request.method in ("GET", "HEAD") else ["Origin", "Referer"]
        for name in sources:
            source = request.headers.get(name)
            if source is not None and _site(source) != host:
                raise Refused(403, f"found the {name} {source!r:.80}: requests of other sites are refused")
        if request.method not in ("GET", "HEAD") and request.headers.get("Sec-Fetch-Site") in _OTHER_SITES:
            raise Refused(403, "requests of other sites are refused")

    def _answer(self, request: Request, path: str) -> Response:
        if _is_page(path):
            return self._page(request, path.removeprefix(_ADMIN).strip("/"))
        return as_json(*self._control(request.method, path, _data(request)))

    def _control(self, method: str, path: str, data: object) -> control_api.Result:
        """Handles a request to the control API."""
        try:
            return control_api.handle(self._backend, method, path, data)
        except ConfigurationError as error:
            raise Refused(400, str(error)) from None
        except LookupError as error:
            raise Refused(404, str(error.args[0])) from None
        except control_api.WrongMethod as error:
            raise Refused(405, str(error)) from None

    def _page(self, request: Request, path: str) -> Response:
        if not self._on_loopback:
            raise Refused(403, "the pages are shown only if the emulator listens on loopback")
        if path in FORMS and request.method == "POST":
            return self._submit(request, FORMS[path])
        if request.method not in ("GET", "HEAD"):
            raise Refused(405, "the pages take GET and HEAD only")
        if path == "style.css":
            return _response(200, "text/css; charset=utf-8", admin_pages.style())
        query = dict(parse_qsl(urlsplit(request.address).query))
        try:
            return _response(200, HTML, admin_pages.page_at(self._backend, path, query))
        except LookupError as error:
            raise Refused(404, str(error.args[0])) from None

    def _submit(self, request: Request, form: Form) -> Response:
        """Carries out a form, and redirects to the first page; a new account has its own page, with its token."""
        if request.headers.get("Origin") is None:
            raise Refused(403, "a form must come with the Origin of these pages, as browsers send it")
        if headers.media_type(request.headers.get(headers.CONTENT_TYPE)) != _FORM:
            raise Refused(415, f"the Content-Type must be {_FORM}")
        try:
            fields = read_fields(request.body)
        except ConfigurationError as error:
            raise Refused(400, str(error)) from None
        _, answer = self._control(form.method, form.path(fields), _usable(form.data(fields)))
        if "token" in answer:
            return _response(201, HTML, admin_pages.account_page(answer))
        return _response(303, HTML, b"", Location=ADMIN)


def _site(address: str) -> str:
    """Returns the host and port of an Origin or a Referer; "" if it has none."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def as_json(status: int, data: object) -> Response:
    """Returns a JSON response."""
    body = simplejson.dumps(data, ensure_ascii=False, use_decimal=True, indent=2, encoding=None, default=_base64)
    return _response(status, "application/json", f"{body}\n".encode())


def _base64(value: object) -> str:
    """Bytes, such as an image, in the form of the JSON wire."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"{type(value).__name__} has no JSON")


def _response(status: int, content_type: str, body: bytes, **fields: str) -> Response:
    return Response(status, Headers({headers.CONTENT_TYPE: content_type, **_SECURITY_HEADERS, **fields}), body)


def _data(request: Request) -> object:
    """Returns the JSON of a request; None without a body."""
    if not request.body:
        return None
    if headers.media_type(request.headers.get(headers.CONTENT_TYPE)) != "application/json":
        # A browser sends other types across sites without asking.
        raise Refused(415, "the Content-Type must be application/json")
    try:
        data = json.load(request.body)
    except DecodeFailure as error:
        raise Refused(400, f"the body: {error}") from None
    return _usable(data)


def _usable(data: object) -> object:
    """Returns the data of a request; refused if it has a character or a number that nothing can carry."""
    if errors := [f"${path}: {text}" for path, text in unusable(data)]:
        raise Refused(400, "\n  ".join(errors))
    return data


def _is_page(path: str) -> bool:
    return f"{path.strip('/')}/".startswith(f"{_ADMIN}/")


def _refusal(refused: Refused, *, is_page: bool) -> Response:
    """Returns the answer to a request that is refused, for a person or for a program."""
    if is_page:
        return _response(refused.status, HTML, admin_pages.error_page(refused.status, str(refused)))
    return as_json(refused.status, {"error": str(refused)})
