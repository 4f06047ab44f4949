"""Builds the responses of the gateway: the API's envelopes, in the SOAP version of the caller."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from yadirect_soap import Units
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.soap import envelope

from . import spool
from .messages import GATEWAY

_ATTRIBUTES = rb"""(?:[^>"']|"[^"]*"|'[^']*')*?"""
_ENVELOPE = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<(?:(?P<prefix>[\w.-]+):)?Envelope\b" + _ATTRIBUTES + rb">",
    re.DOTALL,
)
_HEADER = rb"\s*<%s(?:Header\s*/>|Header\s*>(?P<blocks>))"


@dataclass(slots=True)
class GatewayResponse:
    """A response of the gateway to its caller.

    Attributes:
        status: the HTTP status.
        body: the parts of the body, or a file of spool.py whose position is the beginning.
        content_type: the media type of the body.
        fields: other headers.
        outcome: the outcome for log and metrics: "ok", the code of an error, or a word.
        operation: the key of the operation, such as `ads.update`; "" if the request reached none.
        login: the login of the client, or "".
        units: the units of the API's response.
        request_id: the RequestId of the API, or an id of the gateway.
        notes: how the request differs from the usual format, and violations in the response.
    """

    status: int
    body: list[bytes] | BinaryIO = field(default_factory=list)
    content_type: str = "text/xml; charset=utf-8"
    fields: dict[str, str] = field(default_factory=dict)
    outcome: str = "ok"
    operation: str = ""
    login: str = ""
    units: Units | None = None
    request_id: str = ""
    notes: list[str] = field(default_factory=list)


def content_type(*, is_soap_1_2: bool) -> str:
    """Returns the media type of an envelope."""
    return f"{'application/soap+xml' if is_soap_1_2 else 'text/xml'}; charset=utf-8"


def call_fields(units: Units | None, request_id: str) -> dict[str, str]:
    """Returns the HTTP headers of a call, as the API sends them: RequestId, Units, Units-Used-Login."""
    fields = {headers.REQUEST_ID: request_id} if request_id else {}
    if units is not None:
        fields[headers.UNITS] = headers.write_units(units)
        if units.login:
            fields[headers.UNITS_USED_LOGIN] = units.login
    return fields


def header_block(fields: Mapping[str, str]) -> bytes:
    """Returns the same values as a header block of the envelope, for programs that cannot read HTTP headers."""
    names = ((headers.REQUEST_ID, "RequestId"), (headers.UNITS, "Units"), (headers.UNITS_USED_LOGIN, "UnitsUsedLogin"))
    inner = "".join(
        f"<gw:{name}>{envelope.escaped(fields[header])}</gw:{name}>" for header, name in names if header in fields
    )
    return f'<gw:Call xmlns:gw="{GATEWAY}">{inner}</gw:Call>'.encode() if inner else b""


def adapt_envelope(body: bytes, block: bytes, *, is_soap_1_2: bool) -> bytes:
    """Adds a header block to an envelope and sets its SOAP version; all other bytes stay the same.

    Args:
        body: an envelope of SOAP 1.1, or its beginning.
        block: the block; b"" adds none.
        is_soap_1_2: whether to return an envelope of SOAP 1.2.

    Returns:
        The new envelope; an envelope whose beginning is not recognised is returned unchanged.
    """
    match = _ENVELOPE.match(body)
    if match is None:
        return body
    opening, prefix = match[0], match["prefix"] + b":" if match["prefix"] else b""
    if is_soap_1_2:
        opening = opening.replace(envelope.SOAP.encode(), envelope.SOAP_12.encode(), 1)
    end = match.end()
    if not block:
        return opening + body[end:]
    header = re.compile(_HEADER % re.escape(prefix)).match(body, end)
    if header is None:
        return b"%s<%sHeader>%s</%sHeader>%s" % (opening, prefix, block, prefix, body[end:])
    closing = b"" if header["blocks"] is not None else b"</%sHeader>" % prefix
    return b"%s<%sHeader>%s%s%s" % (opening, prefix, block, closing, body[header.end() :])


def adapt_file(file: BinaryIO, block: bytes, *, is_soap_1_2: bool) -> BinaryIO:
    """Does the same for an envelope in a file.

    Args:
        file: the file, whose position is the beginning; it is closed if another file is returned.
        block: the block; b"" adds none.
        is_soap_1_2: whether to return an envelope of SOAP 1.2.

    Returns:
        The file, or a new one, whose position is the beginning.
    """
    if not block and not is_soap_1_2:
        return file
    altered = spool.spool()
    with file:
        altered.write(adapt_envelope(file.read(spool.PIECE), block, is_soap_1_2=is_soap_1_2))
        shutil.copyfileobj(file, altered)
    altered.seek(0)
    return altered
