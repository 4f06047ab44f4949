"""Report definitions and errors in XML, as formats.Format says: bare documents, no SOAP.

https://yandex.ru/dev/direct/doc/ru/spec
"""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from yadirect_soap.errors import ApiError, api_error
from yadirect_soap.language import _

from ..model import NAMESPACE, Kind
from ..scalars import DecodeFailure, read
from ..soap import decode, encode, envelope
from . import shapes

name = "soap"
content_type = "text/xml; charset=utf-8"
media_types = frozenset({"text/xml", "application/xml"})

REPORTS = f"{NAMESPACE}reports"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_XSI = f'xmlns:xsi="{envelope.XSI}"'


def path(version: str) -> str:
    """Returns the path of the service's address: /v5/reports."""
    return f"/{version}/reports"


def encode_definition(definition: Mapping[str, Any]) -> bytes:
    """Returns the body of a request; EncodeError for what XML cannot carry."""
    content = encode.content(definition, shapes.definition())
    # Only an unchecked definition holds None, which needs the second namespace to be well-formed.
    nil = f" {_XSI}" if 'xsi:nil="true"' in content else ""
    return f'{_DECLARATION}<ReportDefinition xmlns="{REPORTS}"{nil}>{content}</ReportDefinition>'.encode()


def decode_definition(body: bytes) -> dict[str, Any]:
    """Returns the definition in the body of a request; members beyond the schema are kept, for check() to report."""
    root = _root(body, "ReportDefinition")
    return decode.params(root, shapes.definition())


def encode_error(error: ApiError) -> bytes:
    """Returns the body of an error."""
    detail = f"<reports:errorDetail>{envelope.escaped(error.detail)}</reports:errorDetail>" if error.detail else ""
    return (
        f'{_DECLARATION}<reports:reportDownloadError xmlns:reports="{REPORTS}"><reports:ApiError>'
        f"<reports:requestId>{envelope.escaped(error.request_id)}</reports:requestId>"
        f"<reports:errorCode>{error.code}</reports:errorCode>"
        f"<reports:errorMessage>{envelope.escaped(error.message)}</reports:errorMessage>{detail}"
        "</reports:ApiError></reports:reportDownloadError>"
    ).encode()


def decode_error(body: bytes) -> ApiError:
    """Returns the error in a body."""
    root = _root(body, "reportDownloadError")
    texts = {decode.local_name(child): child.text or "" for child in root.iter(etree.Element)}
    return api_error(
        int(read(texts.get("errorCode", ""), Kind.INT)),
        texts.get("errorMessage", ""),
        texts.get("errorDetail", ""),
        request_id=texts.get("requestId", ""),
    )


def _root(body: bytes, expected: str) -> etree._Element:
    root = envelope.parse(body)
    if root.tag != f"{{{REPORTS}}}{expected}":
        raise DecodeFailure(
            _("the element {tag!r:.80}", tag=str(root.tag)),
            _("{expected} in {reports}", expected=expected, reports=REPORTS),
        )
    return root
