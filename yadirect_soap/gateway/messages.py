"""Reads envelopes of callers, of any SOAP version, encoding and prefixes, and converts them to the API's form.

What is accepted beyond SOAP 1.1 in UTF-8 is noted, for the log: SOAP 1.2, another encoding, gzip, members with a
namespace, with a type of their own or in another order than that of the schema, the marks of rpc/encoded messages, an
element that is named by the operation.
"""

import codecs
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from yadirect_soap.language import _
from yadirect_soap.protocol import request_size
from yadirect_soap.protocol.model import Operation, Service, Shape
from yadirect_soap.protocol.scalars import DecodeFailure
from yadirect_soap.protocol.soap import decode, envelope

GATEWAY = "urn:yadirect-soap:gateway"
"""The namespace of the gateway's own header blocks, in requests and in answers."""

_GZIP_FORMAT = 31
_BEGINNING = 200
_DECLARATION = re.compile(r"^\ufeff?(?P<lines>\s*)<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*"?([A-Za-z0-9._-]{1,40})""", re.IGNORECASE)
_ENCODINGS = re.compile("utf-(8|16|32)(-(le|be|sig))?|ascii|iso8859-[0-9]+|cp[0-9]+|koi8-[ru]|mac-cyrillic")
"""Encodings that are read.  Python knows more: UTF-7 hides markup, and punycode takes days for 50 MB."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_XSI_TYPE, _XSI_NIL = f"{{{envelope.XSI}}}type", f"{{{envelope.XSI}}}nil"
_ENCODING_STYLES = frozenset({f"{{{soap}}}encodingStyle" for soap in (envelope.SOAP, envelope.SOAP_12)})
_SOAP_ENCODING = frozenset({"http://schemas.xmlsoap.org/soap/encoding/", "http://www.w3.org/2003/05/soap-encoding"})
_ARRAY = frozenset({"arrayType", "itemType", "arraySize"})


class NotUnderstood(Exception):
    """A header block with mustUnderstand that the gateway does not know."""


@dataclass(slots=True)
class Message:
    """The envelope of a caller.

    Attributes:
        content: the element in the Body.
        is_soap_1_2: whether the envelope is one of SOAP 1.2; the answer then is too.
        login: the client that a header block names.
        notes: what was accepted beyond the usual form.
    """

    content: etree._Element
    is_soap_1_2: bool
    login: str | None = None
    notes: list[str] = field(default_factory=list)


def text_of(body: bytes, fields: Mapping[str, str], largest: int, notes: list[str]) -> bytes:
    """The body of a request as UTF-8 without an XML declaration.

    Args:
        body: the bytes as they came.
        fields: the headers, for Content-Type and Content-Encoding.
        largest: bytes that the decompressed body may have.
        notes: takes what was accepted beyond UTF-8.

    Returns:
        The document; its lines are those of the caller's.

    Raises:
        DecodeFailure: the body is compressed or encoded in a way that is not known, too long, empty or no XML.
    """
    document = _in_utf8(_decompressed(body, fields.get("Content-Encoding", ""), largest, notes), fields, notes)
    if request_size.is_excessive(document):
        raise DecodeFailure(_("a document of too many elements or attributes"), _("what the largest call needs"))
    return document


def _in_utf8(body: bytes, fields: Mapping[str, str], notes: list[str]) -> bytes:
    """The document in UTF-8, without an XML declaration."""
    media_type = fields.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type.startswith("multipart/"):
        raise DecodeFailure(
            _("a body of {media_type} (MTOM or SOAP with attachments)", media_type=media_type), _("an envelope alone")
        )
    if not body.strip(b" \t\r\n\x00"):
        raise DecodeFailure(_("an empty body"), _("a SOAP envelope"))
    encoding = _encoding(body, fields.get("Content-Type", ""))
    if encoding.lower().replace("_", "-") in ("utf-8", "utf8", "us-ascii", "ascii") and not _has_declaration(body):
        return body.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise DecodeFailure(
            _("bytes that are not {encoding}", encoding=encoding), _("a body in the encoding that it names")
        ) from error
    if codecs.lookup(encoding).name not in ("utf-8", "ascii"):
        notes.append(f"encoding {encoding}")
    return _DECLARATION.sub(r"\g<lines>", text, count=1).lstrip("\ufeff").encode("utf-8", "surrogatepass")


def _has_declaration(body: bytes) -> bool:
    """Whether a document has an XML declaration, perhaps after white space, as templates in programs have."""
    return body[:_BEGINNING].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<?xml")


def read(document: bytes, notes: list[str]) -> Message:
    """Reads an envelope.

    Args:
        document: the document in UTF-8.
        notes: what was accepted so far.

    Returns:
        The message.

    Raises:
        DecodeFailure: the document is no envelope with one element in its Body.
        NotUnderstood: a header block must be understood, and is not.
    """
    root = envelope.parse(document)
    is_soap_1_2 = envelope.is_soap_12(root)
    if is_soap_1_2:
        notes.append("SOAP 1.2")
        # From here on an envelope is one of SOAP 1.1, as its schema has it.
        for element in (root, *root.iterchildren(f"{{{envelope.SOAP_12}}}*")):
            element.tag = f"{{{envelope.SOAP}}}{etree.QName(element).localname}"
    content = envelope.only_child(root, expected=_("an Envelope of SOAP 1.1 or 1.2"))
    message = Message(content, is_soap_1_2, notes=notes)
    for block in root.iterfind(f"{{{envelope.SOAP}}}Header/*"):
        _read_block(block, message)
    return message


def operation_of(message: Message, service: Service) -> Operation:
    """The operation that a message calls, by its element; SOAPAction may be anything.

    A stack without the WSDL may name the element by the operation, as RPC does: it gets the name of the request.

    Raises:
        DecodeFailure: the service has no operation of that element.
    """
    tag = etree.QName(message.content)
    requests = {operation.request.name.rpartition(":")[2]: operation for operation in service.operations.values()}
    operation = requests.get(tag.localname) or service.operations.get(tag.localname)
    if operation is None or tag.namespace != operation.namespace:
        expected = _(
            "one of {requests} in {namespace}",
            requests=", ".join(requests),
            namespace=next(iter(requests.values())).namespace,
        )
        raise DecodeFailure(_("the element {value!r:.120}", value=str(message.content.tag)), expected)
    if tag.localname not in requests:
        message.content.tag = f"{{{tag.namespace}}}{operation.request.name.rpartition(':')[2]}"
        message.notes.append("an element named by the operation")
    return operation


def bring_into_form(element: etree._Element, shape: Shape, notes: list[str]) -> None:
    """Takes namespaces and marks from a message and its members, and puts these into the order of the schema.

    A stack without the WSDL (SOAP::Lite, say) marks every text as xsd:string, where the schema has a number or an
    enumeration; the API does not read the mark.

    Args:
        element: the message, which is altered; elements keep their lines.
        shape: what it contains.
        notes: takes what was altered.

    Raises:
        DecodeFailure: it has arrays or references as only rpc/encoded messages have.
    """
    _take_marks(element, notes)
    members = {member.name: index for index, member in enumerate(shape.members)}
    indexes = []
    for child in element.iterchildren(etree.Element):
        name = decode.local_name(child)
        if name != child.tag:
            child.tag = name
            _note("qualified members", notes)
        indexes.append(members.get(name, len(members)))
        if len(child) and (member := shape.by_name.get(name)) is not None:
            bring_into_form(child, member.shape, notes)
        else:
            _take_marks(child, notes)
    if any(left > right for left, right in pairwise(indexes)):
        element[:] = [child for _, child in sorted(zip(indexes, list(element), strict=True), key=lambda pair: pair[0])]
        _note("another order", notes)


def _take_marks(element: etree._Element, notes: list[str]) -> None:
    """Takes away the attributes that say nothing which the schema does not: no schema of the API has any."""
    for name, value in element.items():
        tag = etree.QName(name)
        if name == _XSI_TYPE:
            _note("types of members", notes)
        elif name in ("id", *_ENCODING_STYLES) or (tag.namespace in _SOAP_ENCODING and tag.localname not in _ARRAY):
            _note("SOAP encoding", notes)
        elif name == _XSI_NIL and value.strip() in ("false", "0"):
            _note("nil that is false", notes)
        elif name == "href" or tag.namespace in _SOAP_ENCODING:
            found = _("{attribute} at {tag!r:.80} (rpc/encoded)", attribute=tag.localname, tag=str(element.tag))
            raise DecodeFailure(found, _("a document/literal message"))
        else:
            continue
        del element.attrib[name]


def _note(alteration: str, notes: list[str]) -> None:
    if alteration not in notes:
        notes.append(alteration)


def _read_block(block: etree._Element, message: Message) -> None:
    if block.tag == f"{{{GATEWAY}}}ClientLogin":
        message.login = (block.text or "").strip() or None
        return
    if envelope.must_be_understood(block):
        raise NotUnderstood(_("the header block {value!r:.200} with mustUnderstand", value=str(block.tag)))


def _decompressed(body: bytes, coding: str, largest: int, notes: list[str]) -> bytes:
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return body
    if coding not in ("gzip", "x-gzip"):
        raise DecodeFailure(f"Content-Encoding {coding!r:.40}", _("gzip or none"))
    unpacker = zlib.decompressobj(_GZIP_FORMAT)
    try:
        text = unpacker.decompress(body, largest + 1)
    except zlib.error as error:
        raise DecodeFailure(_("a body that is not gzip"), _("one as its Content-Encoding says")) from error
    if len(text) > largest:
        raise DecodeFailure(_("more than {largest} bytes after decompression", largest=largest), _("a shorter request"))
    if not unpacker.eof:
        raise DecodeFailure(_("a body of gzip that is cut off"), _("a whole one"))
    if unpacker.unused_data:
        raise DecodeFailure(_("bytes after the end of a body of gzip"), _("one compressed document"))
    notes.append("gzip")
    return text


def _encoding(body: bytes, content_type: str) -> str:
    """The encoding by the mark at the beginning, by Content-Type, by the XML declaration; or else UTF-8."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return encoding
    charset = _CHARSET.search(content_type)
    declared = _ENCODING.search(body[:_BEGINNING])
    name = charset[1] if charset else declared[1].decode("ascii") if declared else "utf-8"
    try:
        canonical = codecs.lookup(name).name
    except LookupError:
        canonical = ""
    if not _ENCODINGS.fullmatch(canonical):
        raise DecodeFailure(
            _("the encoding {name!r}", name=name), _("one that is usual for XML, such as UTF-8 or windows-1251")
        )
    return name
