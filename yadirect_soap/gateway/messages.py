"""Reads envelopes of callers, in any SOAP version and encoding, and normalizes them to the format of the API.

Each difference from SOAP 1.1 in UTF-8 is noted for the log: SOAP 1.2, another encoding, gzip, members with a namespace,
with xsi:type or in another order than in the schema, attributes of rpc/encoded messages, an element with the name of
the operation.
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
"""The namespace of the gateway's own header blocks, in requests and in responses."""

_GZIP_FORMAT = 31
_DECLARATION_SIZE = 200
_DECLARATION = re.compile(r"^\ufeff?(?P<lines>\s*)<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*"?([A-Za-z0-9._-]{1,40})""", re.IGNORECASE)
_ENCODINGS = re.compile("utf-(8|16|32)(-(le|be|sig))?|ascii|iso8859-[0-9]+|cp[0-9]+|koi8-[ru]|mac-cyrillic")
"""The supported encodings.  Python has more: but UTF-7 hides markup, and punycode takes days for 50 MB."""
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_XML = "http://www.w3.org/XML/1998/namespace"
_INCLUDES = frozenset({"http://www.w3.org/2004/08/xop/include", "http://www.w3.org/2001/XInclude"})
_MAX_ATTRIBUTES = 100
"""Attributes of an element; lxml looks each of them up among all before it."""
_XSI_TYPE, _XSI_NIL = f"{{{envelope.XSI}}}type", f"{{{envelope.XSI}}}nil"
_ENCODING_STYLES = frozenset({f"{{{soap}}}encodingStyle" for soap in (envelope.SOAP, envelope.SOAP_12)})
_SOAP_ENCODING = frozenset({"http://schemas.xmlsoap.org/soap/encoding/", "http://www.w3.org/2003/05/soap-encoding"})
_ARRAY = frozenset({"arrayType", "itemType", "arraySize"})


class NotUnderstood(Exception):
    """The envelope has an unknown header block with mustUnderstand."""


@dataclass(slots=True)
class Message:
    """The envelope of a caller.

    Attributes:
        content: the element in the Body.
        is_soap_1_2: whether the envelope is one of SOAP 1.2; the response then is too.
        login: the login of the client in a header block; None if there is none.
        notes: the differences from the usual format.
    """

    content: etree._Element
    is_soap_1_2: bool
    login: str | None = None
    notes: list[str] = field(default_factory=list)


def decode_body(body: bytes, fields: Mapping[str, str], largest: int, notes: list[str]) -> bytes:
    """Decodes the body of a request to UTF-8 without an XML declaration.

    Args:
        body: the bytes of the body.
        fields: the headers, for Content-Type and Content-Encoding.
        largest: the maximum size of the decompressed body, in bytes.
        notes: a list to which differences from plain UTF-8 are added.

    Returns:
        The document, with the same line numbers.

    Raises:
        DecodeFailure: the body has an unknown compression or encoding, is too large, or is empty.
    """
    document = _in_utf8(_decompress(body, fields.get("Content-Encoding", ""), largest, notes), fields, notes)
    if request_size.is_excessive(document):
        raise DecodeFailure(_("a document of too many elements or attributes"), _("what the largest call needs"))
    return document


def _in_utf8(body: bytes, fields: Mapping[str, str], notes: list[str]) -> bytes:
    """Returns the document in UTF-8, without an XML declaration."""
    media_type = fields.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type.startswith("multipart/"):
        raise DecodeFailure(
            _("a body of {media_type} (MTOM or SOAP with attachments)", media_type=media_type), _("an envelope alone")
        )
    if not body.strip(b" \t\r\n\x00"):
        raise DecodeFailure(_("an empty body"), _("a SOAP envelope"))
    encoding = _encoding(body, fields.get("Content-Type", ""), notes)
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
    """Whether a document has an XML declaration; templates in programs may have white space before it."""
    return body[:_DECLARATION_SIZE].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<?xml")


def read(document: bytes, notes: list[str]) -> Message:
    """Reads an envelope.

    Args:
        document: the document in UTF-8.
        notes: the notes so far; further ones are added.

    Returns:
        The message.

    Raises:
        DecodeFailure: the document is no envelope with one element in its Body.
        NotUnderstood: the envelope has an unknown header block with mustUnderstand.
    """
    root = envelope.parse(document)
    is_soap_1_2 = envelope.is_soap_12(root)
    if is_soap_1_2:
        notes.append("SOAP 1.2")
        # The schema is that of SOAP 1.1, so the elements get its namespace.
        for element in (root, *root.iterchildren(f"{{{envelope.SOAP_12}}}*")):
            element.tag = f"{{{envelope.SOAP}}}{etree.QName(element).localname}"
    content = envelope.only_child(root, expected=_("an Envelope of SOAP 1.1 or 1.2"))
    message = Message(content, is_soap_1_2, notes=notes)
    for block in root.iterfind(f"{{{envelope.SOAP}}}Header/*"):
        _read_block(block, message)
    return message


def operation_of(message: Message, service: Service) -> Operation:
    """Returns the operation of a message by its element; SOAPAction is ignored.

    A stack without the WSDL may give the element the name of the operation, as RPC does: then it is renamed.

    Raises:
        DecodeFailure: no operation of the service has that element.
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


def normalize(element: etree._Element, shape: Shape, notes: list[str]) -> None:
    """Removes namespaces and SOAP attributes from members, and puts the members into the order of the schema.

    A stack without the WSDL (such as SOAP::Lite) writes xsi:type="xsd:string" on every text, even if the schema has a
    number or an enumeration; the API ignores this attribute.

    Args:
        element: the message, which is changed; elements keep their line numbers.
        shape: the type of the message.
        notes: a list to which the changes are added.

    Raises:
        DecodeFailure: the message has arrays or references of rpc/encoded messages.
    """
    _remove_attributes(element, notes)
    members = {member.name: index for index, member in enumerate(shape.members)}
    indexes = []
    for child in element.iterchildren(etree.Element):
        name = decode.local_name(child)
        if name != child.tag:
            if etree.QName(child).namespace in _INCLUDES:
                raise DecodeFailure(_("a reference, {tag!r:.80}", tag=str(child.tag)), _("the content itself"))
            child.tag = name
            _note("qualified members", notes)
        indexes.append(members.get(name, len(members)))
        if len(child) and (member := shape.by_name.get(name)) is not None:
            normalize(child, member.shape, notes)
        else:
            _remove_attributes(child, notes)
    if any(left > right for left, right in pairwise(indexes)):
        element[:] = [child for _, child in sorted(zip(indexes, list(element), strict=True), key=lambda pair: pair[0])]
        _note("another order", notes)


def _remove_attributes(element: etree._Element, notes: list[str]) -> None:
    """Removes attributes without meaning for the API, whose schemas have no attributes."""
    if (attributes := len(element.attrib)) > _MAX_ATTRIBUTES:
        found = _("{attributes} attributes at one element", attributes=attributes)
        raise DecodeFailure(found, _("at most {most}", most=_MAX_ATTRIBUTES))
    for name, value in element.items():
        tag = etree.QName(name)
        if name == _XSI_TYPE:
            _note("types of members", notes)
        elif tag.namespace == _XML:
            _note("xml attributes", notes)
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


def _decompress(body: bytes, coding: str, largest: int, notes: list[str]) -> bytes:
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return body
    if coding not in ("gzip", "x-gzip"):
        raise DecodeFailure(f"Content-Encoding {coding!r:.40}", _("gzip or none"))
    decompressor = zlib.decompressobj(_GZIP_FORMAT)
    try:
        text = decompressor.decompress(body, largest + 1)
    except zlib.error as error:
        raise DecodeFailure(_("a body that is not gzip"), _("one as its Content-Encoding says")) from error
    if len(text) > largest:
        raise DecodeFailure(_("more than {largest} bytes after decompression", largest=largest), _("a shorter request"))
    if not decompressor.eof:
        raise DecodeFailure(_("a body of gzip that is cut off"), _("a whole one"))
    if decompressor.unused_data:
        raise DecodeFailure(_("bytes after the end of a body of gzip"), _("one compressed document"))
    notes.append("gzip")
    return text


def _encoding(body: bytes, content_type: str, notes: list[str]) -> str:
    """Returns the encoding: by the byte order mark, else by Content-Type, else by the XML declaration, else UTF-8.

    What a StringWriter of .NET has written declares UTF-16, also where it is sent as UTF-8; the API reads it.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return encoding
    charset = _CHARSET.search(content_type)
    declared = _ENCODING.search(body[:_DECLARATION_SIZE])
    name = charset[1] if charset else declared[1].decode("ascii") if declared else "utf-8"
    try:
        canonical = codecs.lookup(name).name
    except LookupError:
        canonical = ""
    if not _ENCODINGS.fullmatch(canonical):
        raise DecodeFailure(
            _("the encoding {name!r}", name=name), _("one that is usual for XML, such as UTF-8 or windows-1251")
        )
    if canonical.startswith(("utf-16", "utf-32")) and b"\x00" not in body[:4]:
        notes.append(f"{name} that is UTF-8")
        return "utf-8"
    return name
