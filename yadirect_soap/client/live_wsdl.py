"""Fetches the API's current WSDLs, and the schemas that they refer to."""

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from yadirect_soap.errors import HttpError
from yadirect_soap.language import _
from yadirect_soap.protocol import headers, redaction
from yadirect_soap.protocol.messages import Headers, Request, Response
from yadirect_soap.protocol.wsdl import document_set
from yadirect_soap.protocol.wsdl.description import Description
from yadirect_soap.protocol.wsdl.parse import import_locations

from .caller import Caller

_OK = 200
_NOT_FOUND = frozenset({404, 410})
_HTML = frozenset({"text/html", "application/xhtml+xml"})

Fetch = Callable[[str, str], bytes]
"""Fetches the document at an address (the second argument); the first argument is its file name."""


def read(services: Iterable[str], root: str, fetch: Fetch) -> Iterator[tuple[str, Description]]:
    """Yields the descriptions under a root address (`https://api.direct.yandex.com/v5`), each with its file name.

    A service that is missing there (404, 410) is left out, unless all are missing.

    Raises:
        HttpError: what `fetch` raises.
        DecodeError: a document is another one than was requested, or refers to a missing one.
    """
    documents: dict[str, Description] = {}
    locations: dict[str, str] = {}
    missing_services: list[HttpError] = []

    def fetched(file: str, address: str) -> tuple[str, Description]:
        document = fetch(file, address)
        documents[file] = document_set.read_member(file, document)
        locations.update(
            {f"{name}.xsd": urljoin(address, location) for name, location in import_locations(document).items()}
        )
        return file, documents[file]

    for service in services:
        try:
            yield fetched(f"{service}.wsdl", f"{root}/{service}?wsdl")
        except HttpError as error:
            if error.status not in _NOT_FOUND:
                raise
            missing_services.append(error)
    if missing_services and not documents:
        raise missing_services[0]
    while missing := document_set.missing_schemas(documents):
        for file in missing:
            yield fetched(file, _allowed(locations.get(file), f"{root}/{file}"))
    document_set.check(documents)


def fetch(caller: Caller, file: str, address: str) -> bytes:
    """Fetches a document; HttpError for an HTML page, a redirect, and any status but 200."""
    request = Request(address, Headers({"Accept": "text/xml, application/xml"}), method="GET")
    with caller.send(file, request, writes=False) as streamed:
        response = caller.read_response(file, streamed)
    content_type = response.headers.get(headers.CONTENT_TYPE, "")
    page = headers.media_type(content_type) in _HTML or document_set.is_html(response.body)
    if response.status != _OK or page:
        raise _no_description(address, content_type, response)
    return response.body


def _allowed(location: str | None, beside: str) -> str:
    """Returns the stated location of a schema if it is on the web and keeps TLS; else the folder of the services."""
    schemes = ("https",) if urlsplit(beside).scheme == "https" else ("http", "https")
    return location if location is not None and urlsplit(location).scheme in schemes else beside


def _no_description(address: str, content_type: str, response: Response) -> HttpError:
    excerpt = redaction.excerpt(response.body)
    status = _("HTTP {status} with {type}", status=response.status, type=content_type or _("no Content-Type"))
    message = _(
        "{status} from {address}, which is not a WSDL: {excerpt!r}",
        status=status,
        address=address,
        excerpt=excerpt,
    )
    return HttpError(message, status=response.status, content_type=content_type, excerpt=excerpt)
