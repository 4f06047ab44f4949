"""SOAP 1.1 envelopes and faults; what the element in the Body contains is not known here.

https://www.w3.org/TR/2000/NOTE-SOAP-20000508/ and https://yandex.ru/dev/direct/doc/ru/concepts/soap
"""

import re

from lxml import etree

from yadirect_soap.errors import ApiError, api_error
from yadirect_soap.language import _

from ..model import NAMESPACE, Kind
from ..scalars import DecodeFailure, EncodeError, read
from .decode import local_name
from .encode import escape

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

NEXT_ACTOR = "http://schemas.xmlsoap.org/soap/actor/next"
"""The actor that a header block names if the first receiver is meant."""

_OWN_ACTORS = frozenset({"", NEXT_ACTOR})
_OWN_ROLES = frozenset({"", f"{SOAP_12}/role/next", f"{SOAP_12}/role/ultimateReceiver"})

_FAULT = frozenset({"faultcode", "faultstring", "requestId", "errorCode", "errorDetail"})
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="{SOAP}"'
_TAIL = "</SOAP-ENV:Body></SOAP-ENV:Envelope>"


class EnvelopeRefused(DecodeFailure):
    """An envelope that SOAP 1.1 answers with a faultcode of its own: VersionMismatch or MustUnderstand."""

    def __init__(self, found: str, expected: str, faultcode: str) -> None:
        super().__init__(found, expected)
        self.faultcode = faultcode


def wrap(name: str, namespace: str, content: str) -> bytes:
    """Returns an envelope whose Body has one element of a qualified name, with unqualified content."""
    open_body = f'{_HEAD} xmlns:xsi="{XSI}" xmlns:ns="{namespace}"><SOAP-ENV:Body>'
    return f"{open_body}<ns:{name}>{content}</ns:{name}>{_TAIL}".encode()


def unwrap(body: bytes) -> etree._Element:
    """The only element in the Body; DecodeFailure if the body is not a complete, well-formed SOAP 1.1 envelope."""
    return only_child(parse(body))


def is_soap_12(root: etree._Element) -> bool:
    """Whether a document is an envelope of SOAP 1.2."""
    return root.tag == f"{{{SOAP_12}}}Envelope"


def wrap_element(element: etree._Element) -> bytes:
    """Returns an envelope in UTF-8 around an element that its user has."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    return f"{_HEAD}><SOAP-ENV:Body>{text}{_TAIL}".encode()


def only_child(envelope: etree._Element, *, expected: str = "a SOAP 1.1 Envelope") -> etree._Element:
    """Returns the only element in the Body of an envelope; DecodeFailure for anything else than a SOAP 1.1 envelope."""
    if is_soap_12(envelope):
        raise EnvelopeRefused(
            "a SOAP 1.2 envelope", _("SOAP 1.1, whose namespace is {soap}", soap=SOAP), "VersionMismatch"
        )
    if envelope.tag != f"{{{SOAP}}}Envelope":
        is_page = local_name(envelope).lower() == "html"
        raise DecodeFailure(
            _("an HTML page") if is_page else _("the element {tag!r:.120}", tag=str(envelope.tag)), expected
        )
    bodies = envelope.findall(f"{{{SOAP}}}Body")
    if len(bodies) != 1 or len(bodies[0]) != 1:
        raise DecodeFailure(_contents(bodies), _("one Body with one element"))
    return bodies[0][0]


def _contents(bodies: list[etree._Element]) -> str:
    """What the Bodies of an envelope contain, where it is not one element."""
    if len(bodies) != 1:
        return _("{bodies} Body with {elements} elements", bodies=len(bodies), elements=sum(map(len, bodies)))
    if bodies[0].find("*[@id]") is not None and bodies[0].find(".//*[@href]") is not None:
        return _("elements that refer to one another, as rpc/encoded messages have, and not document/literal ones")
    names = ", ".join(local_name(element) for element in bodies[0])
    return _("a Body with {names:.120}", names=names) if names else _("a Body without an element")


def refuse_not_understood(envelope: etree._Element) -> None:
    """Raises EnvelopeRefused for a header block that this receiver must understand: it knows none.

    https://www.w3.org/TR/2000/NOTE-SOAP-20000508/#_Toc478383500
    """
    for block in envelope.iterfind(f"{{{SOAP}}}Header/*"):
        if must_be_understood(block):
            found = _("the header block {tag!r:.120} with mustUnderstand, which is not understood", tag=str(block.tag))
            raise EnvelopeRefused(found, _("none, or mustUnderstand 0"), "MustUnderstand")


def must_be_understood(block: etree._Element) -> bool:
    """Whether a receiver that does not know a header block must refuse its message, in SOAP 1.1 and 1.2.

    A block for another actor (1.1) or role (1.2) is none of the receiver's.
    """
    for namespace, receiver, own in ((SOAP, "actor", _OWN_ACTORS), (SOAP_12, "role", _OWN_ROLES)):
        if block.get(f"{{{namespace}}}mustUnderstand", "").strip() in ("1", "true"):
            return block.get(f"{{{namespace}}}{receiver}", "").strip() in own
    return False


_LONGEST_USUAL = 10_000_000
"""The size in bytes of a text that libxml2 reads without `huge_tree`; an image of 8 MB is longer."""
DEEPEST = 256
"""The depth of elements that libxml2 allows without `huge_tree`."""


def parse(body: bytes, *, declared: bool = False) -> etree._Element:
    """The root of an XML document; DecodeFailure if it is not well-formed, or has a DOCTYPE, which SOAP forbids.

    It is read as UTF-8, whatever it declares: https://yandex.ru/dev/direct/doc/ru/concepts/format.  With `declared` it
    is read in the encoding that it declares, as files of a user are.
    """
    is_huge = len(body) > _LONGEST_USUAL
    if is_huge and b"<!DOCTYPE" in body:
        # Before it is read: for huge documents libxml2 sets entities no bounds.
        raise DecodeFailure(_("a DOCTYPE"), _("a document without one"))
    parser = etree.XMLParser(
        encoding=None if declared else "utf-8",
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=is_huge,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DecodeFailure(
            cause(body, declared=declared) or _("{size} bytes that are not XML: {error}", size=len(body), error=error),
            _("well-formed XML"),
        ) from error
    if has_doctype(root):
        raise DecodeFailure(_("an HTML page") if _HTML.match(body) else _("a DOCTYPE"), _("a document without one"))
    if is_huge:
        _demand_depth(root)
    return root


_BEGINNING = 512
_MAGIC = (
    (b"\x1f\x8b", _("a body compressed with gzip")),
    (b"\xff\xfe", _("a document in UTF-16")),
    (b"\xfe\xff", _("a document in UTF-16")),
    (b"<\0", _("a document in UTF-16")),
    (b"\0<", _("a document in UTF-16")),
    (b"\x4c\x6f\xa7\x94", _("a document in EBCDIC")),
    (b"--", _("a multipart message (MTOM, or SOAP with attachments)")),
    (b"{", _("a JSON document")),
)
"""What the first bytes of a body say about it."""
_DECLARED = re.compile(rb"""<\?xml\s[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
_HTML = re.compile(rb"(?i)<(!doctype\s+html|html)[\s>]")


def cause(body: bytes, *, declared: bool) -> str:
    """Why bytes cannot be read as XML, if the first of them tell; "" if they do not.

    Args:
        body: a document, or its first bytes.
        declared: whether it was read in the encoding that it declares, and not as UTF-8.
    """
    beginning = body[:_BEGINNING].lstrip()
    if not beginning:
        return _("an empty body")
    for magic, meaning in _MAGIC:
        if beginning.startswith(magic):
            return meaning
    if _HTML.match(beginning):
        return _("an HTML page")
    encoding = _DECLARED.match(beginning.removeprefix(b"\xef\xbb\xbf"))
    if encoding is None:
        return ""
    name = encoding[1].decode()
    if declared:
        # Its first bytes could be read as ASCII.  A StringWriter of .NET declares UTF-16, whatever is written.
        is_wrong = name.upper().startswith("UTF-16")
        return _("a document that declares {encoding} and is not in it", encoding=name) if is_wrong else ""
    is_read = name.upper() in ("UTF-8", "UTF8")
    return "" if is_read else _("a document in {encoding}, which is read as UTF-8", encoding=name)


def _demand_depth(root: etree._Element) -> None:
    depth = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise DecodeFailure(
                _("a document nested too deeply"), _("at most {deepest} elements inside one another", deepest=DEEPEST)
            )


def has_instructions(body: bytes) -> bool:
    """Whether a document has processing instructions, which SOAP 1.1 forbids; False if it cannot be read."""
    if body.count(b"<?") == body.startswith((b"<?xml ", b"\xef\xbb\xbf<?xml ")):
        return False
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True)
    try:
        tree = etree.fromstring(body, parser).getroottree()
    except (etree.XMLSyntaxError, ValueError):
        return False
    return bool(tree.xpath("//processing-instruction()"))


def has_doctype(root: etree._Element) -> bool:
    """Whether the document of an element begins with a DOCTYPE."""
    return bool(root.getroottree().docinfo.doctype)  # type: ignore[attr-defined]  # the stubs lack it


def wrap_fault(error: ApiError) -> bytes:
    """Returns an envelope with a fault, in the form of the API's real faults."""
    refused = error.__cause__
    code = refused.faultcode if isinstance(refused, EnvelopeRefused) else "Client"
    detail = f"<errorDetail>{escaped(error.detail)}</errorDetail>" if error.detail else ""
    return (
        f"{_HEAD}><SOAP-ENV:Header/><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:{code}</faultcode>"
        f"<faultstring>{escaped(error.message)}</faultstring>"
        f'<detail><ns3:FaultResponse xmlns:ns3="{NAMESPACE}general"><requestId>{escaped(error.request_id)}</requestId>'
        f"<errorCode>{error.code}</errorCode>{detail}</ns3:FaultResponse></detail></SOAP-ENV:Fault>{_TAIL}"
    ).encode()


def read_fault(fault: etree._Element) -> ApiError:
    """Returns the error in a Fault; found by local names, because the documentation and the API differ in namespaces.

    A fault without the API's FaultResponse (of a gateway, for example) has code 0 and its faultcode as detail.
    """
    texts: dict[str, str] = {}
    for child in fault.iter(etree.Element):
        name = local_name(child)
        if name in texts and name in _FAULT:
            raise DecodeFailure(_("a second {name} in a fault", name=name), _("at most one"))
        texts[name] = child.text or ""
    if "errorCode" not in texts:
        return api_error(0, texts.get("faultstring", ""), texts.get("faultcode", ""))
    return api_error(
        int(read(texts["errorCode"], Kind.INT)),
        texts.get("faultstring", ""),
        texts.get("errorDetail", ""),
        request_id=texts.get("requestId", ""),
    )


def escaped(text: str) -> str:
    """Escapes a text for a fault, which must be sent even if it quotes characters that XML cannot carry."""
    try:
        return escape(text)
    except EncodeError:
        return escape("".join(c if c.isprintable() else "\ufffd" for c in text))
