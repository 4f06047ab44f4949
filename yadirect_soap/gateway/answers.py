"""Writes the responses of the gateway: the API's results, in the SOAP version of the caller."""

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
class Answer:
    """What a caller gets.

    Attributes:
        status: the HTTP status.
        body: the pieces of the body, or a file of spool.py at the beginning of it.
        content_type: its type.
        fields: other headers.
        outcome: for log and metrics: "ok", the code of an error, or a word.
        operation: `ads.update`; "" if none was reached.
        login: the client, or "".
        units: the units of the API's response.
        request_id: the API's, or the gateway's own.
        notes: what was accepted beyond the usual form, and what was noticed in the response.
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
    """The media type of an envelope."""
    return f"{'application/soap+xml' if is_soap_1_2 else 'text/xml'}; charset=utf-8"


def call_fields(units: Units | None, request_id: str) -> dict[str, str]:
    """The API's headers of a call: RequestId, Units, Units-Used-Login."""
    fields = {headers.REQUEST_ID: request_id} if request_id else {}
    if units is not None:
        fields[headers.UNITS] = headers.write_units(units)
        if units.login:
            fields[headers.UNITS_USED_LOGIN] = units.login
    return fields


def header_block(fields: Mapping[str, str]) -> bytes:
    """The same for programs that cannot read HTTP headers: a block in the header of the envelope."""
    names = ((headers.REQUEST_ID, "RequestId"), (headers.UNITS, "Units"), (headers.UNITS_USED_LOGIN, "UnitsUsedLogin"))
    inner = "".join(
        f"<gw:{name}>{envelope.escaped(fields[header])}</gw:{name}>" for header, name in names if header in fields
    )
    return f'<gw:Call xmlns:gw="{GATEWAY}">{inner}</gw:Call>'.encode() if inner else b""


def in_envelope(body: bytes, block: bytes, *, is_soap_1_2: bool) -> bytes:
    """An envelope with a block in its header, in a version of SOAP; all else stays byte for byte.

    Args:
        body: an envelope of SOAP 1.1, or its beginning.
        block: the block; b"" adds none.
        is_soap_1_2: whether the result is one of SOAP 1.2.

    Returns:
        The envelope; one that is written in an unusual way is returned as it is.
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


def in_file(file: BinaryIO, block: bytes, *, is_soap_1_2: bool) -> BinaryIO:
    """The same for an envelope in a file.

    Args:
        file: at its beginning; it is closed if another one is returned.
        block: the block; b"" adds none.
        is_soap_1_2: whether the result is one of SOAP 1.2.

    Returns:
        The file, or another one, at its beginning.
    """
    if not block and not is_soap_1_2:
        return file
    altered = spool.spool()
    with file:
        altered.write(in_envelope(file.read(spool.PIECE), block, is_soap_1_2=is_soap_1_2))
        shutil.copyfileobj(file, altered)
    altered.seek(0)
    return altered
