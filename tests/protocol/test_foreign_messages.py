"""Messages as other stacks write them: one JSON whatever their form, and from it XML that the XSD allows."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.protocol import strategies
from yadirect_soap.protocol import soap
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.message_conversion import json_to_xml, xml_to_json
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.soap.message_schema import MessageSchema

OPERATIONS = tuple(operation for service in bundled().values() for operation in service.operations.values())
FEW = settings(max_examples=max(2, settings().max_examples // 20))
"""Of each operation and form; all of them together make many."""

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
BODY = f"{{{soap.envelope.SOAP}}}Body"


def _message(envelope: etree._Element) -> etree._Element:
    (message,) = envelope.iterfind(f"{BODY}/*")
    return message


def _text(document: bytes) -> str:
    """A document without its declaration."""
    return document.decode().partition("?>")[2]


def _in_encoding(name: str, encoding: str = "") -> Callable[[bytes], bytes]:
    declaration = f'<?xml version="1.0" encoding="{name}"?>'
    return lambda document: (declaration + _text(document)).encode(encoding or name, "xmlcharrefreplace")


def _edited(edit: Callable[[etree._Element], None]) -> Callable[[bytes], bytes]:
    def form(document: bytes) -> bytes:
        root = etree.fromstring(document)
        for element in list(root.iter(etree.Element)):
            edit(element)
        return etree.tostring(root, encoding="UTF-8")

    return form


def _cdata(element: etree._Element) -> None:
    if element.text and not len(element) and "\r" not in element.text and "]]>" not in element.text:
        element.text = etree.CDATA(element.text)


def _with_comments(element: etree._Element) -> None:
    if len(element):
        element.insert(0, etree.Comment(" all "))
        element.append(etree.ProcessingInstruction("print", "no"))
    elif element.text and len(element.text) > 1 and not element.text.isspace():
        comment = etree.Comment(" inside ")
        element.text, comment.tail = element.text[:1], element.text[1:]
        element.append(comment)


def _with_types(element: etree._Element) -> None:
    if not len(element):
        element.set(XSI_TYPE, "xsd:anything")


def _qualified(element: etree._Element) -> None:
    """Puts every second element into the namespace of the service, as some stacks do with all."""
    parent = element.getparent()
    if parent is not None and not str(element.tag).startswith("{") and parent.index(element) % 2:
        element.tag = f"{{{etree.QName(_message(element.getroottree().getroot())).namespace}}}{element.tag}"


def _indented(document: bytes) -> bytes:
    root = etree.fromstring(document)
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8")


def _wrapper(document: bytes) -> bytes:
    return etree.tostring(_message(etree.fromstring(document)), encoding="UTF-8")


FORMS: Mapping[str, Callable[[bytes], bytes]] = {
    "BOM": lambda document: b"\xef\xbb\xbf" + document,
    "UTF-16": _in_encoding("UTF-16"),
    "UTF-16 without BOM": _in_encoding("UTF-16", "utf-16-le"),
    "windows-1251": _in_encoding("windows-1251"),
    "character references": _in_encoding("US-ASCII"),
    "CDATA": _edited(_cdata),
    "comments and instructions": _edited(_with_comments),
    "xsi:type": _edited(_with_types),
    "qualified members": _edited(_qualified),
    "indented": _indented,
    "wrapper": _wrapper,
}


@cache
def _schema(service: str) -> MessageSchema:
    return MessageSchema(bundled().directory, [service])


def _to_json(document: bytes) -> bytes:
    unknown: Counter[str] = Counter()
    body = xml_to_json(bundled(), document, unknown)
    assert unknown == {}
    return body


@pytest.mark.parametrize("role", ["request", "response"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
@FEW
@given(data=st.data())
def test_every_form_of_a_message_is_the_same(operation: Operation, role: str, data: st.DataObject) -> None:
    """A message of any operation in any form has one JSON, and the XML of this is valid and has it again."""
    if role == "request":
        document = soap.encode_request(operation, data.draw(strategies.params(operation.request)))
    else:
        document = soap.encode_result(operation, data.draw(strategies.results(operation.response)))
    body = _to_json(document)
    for name, form in FORMS.items():
        assert _to_json(form(document)) == body, name
    envelope, violations = json_to_xml(operation, body)
    assert violations == []
    assert _schema(operation.service).violations(envelope) == []
    assert _to_json(envelope) == body
