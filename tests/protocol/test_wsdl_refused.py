"""What a description may not hold is refused by name and line, so that a refresh loses nothing in silence."""

import pickle
from pathlib import Path

import pytest

from yadirect_soap.errors import DirectError
from yadirect_soap.protocol.wsdl.canonical import UnsupportedDescription, parse

SERVICE = (Path(__file__).parents[2] / "wsdl" / "turbopages.wsdl").read_text("utf-8")
SCHEMA = """\
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:tns="http://api.direct.yandex.com/v5/pets"
            targetNamespace="http://api.direct.yandex.com/v5/pets">
  <xsd:import namespace="http://api.direct.yandex.com/v5/general"/>
  <xsd:complexType name="Ark">
    <xsd:sequence>
      <xsd:element name="Pets" type="tns:Dog" minOccurs="0"/>
    </xsd:sequence>
  </xsd:complexType>
  <xsd:complexType name="Dog">
    <xsd:complexContent>
      <xsd:extension base="tns:Ark"/>
    </xsd:complexContent>
  </xsd:complexType>
  <xsd:simpleType name="KindEnum">
    <xsd:restriction base="xsd:string">
      <xsd:enumeration value="DOG"/>
    </xsd:restriction>
  </xsd:simpleType>
  <xsd:element name="Board" type="tns:Ark"/>
</xsd:schema>
"""

FIELD = '<xsd:element name="Pets" type="tns:Dog" minOccurs="0"/>'
VALUE = '<xsd:enumeration value="DOG"/>'
ENUMERATION = '<xsd:restriction base="xsd:string">'
BOARD = '<xsd:element name="Board" type="tns:Ark"/>'
ARK = '<xsd:complexType name="Ark">'
EXTENDED = '<xsd:complexContent><xsd:extension base="tns:Dog"/></xsd:complexContent>'

# Case: what is replaced in SCHEMA, by what, and the construct that the refusal names.
IN_A_SCHEMA = {
    "choice": (FIELD, "<xsd:choice/>", "xsd:choice"),
    "all": (ARK, f"{ARK}<xsd:all/>", "xsd:all"),
    "any": (FIELD, "<xsd:any/>", "xsd:any"),
    "group": (FIELD, '<xsd:group ref="tns:G"/>', "xsd:group"),
    "attribute": (ARK, f'{ARK}<xsd:attribute name="a"/>', "xsd:attribute"),
    "simple content": (ARK, f"{ARK}<xsd:simpleContent/>", "xsd:simpleContent"),
    "content by restriction": ("xsd:extension", "xsd:restriction", "xsd:restriction"),
    "two kinds of content": (ARK, ARK + EXTENDED, "xsd:complexType with both xsd:sequence and"),
    "second sequence": (ARK, f"{ARK}<xsd:sequence/>", "a second xsd:sequence in xsd:complexType"),
    "sequence in a sequence": (FIELD, "<xsd:sequence/>", "xsd:sequence"),
    "optional sequence": ("<xsd:sequence>", '<xsd:sequence minOccurs="0">', 'minOccurs="0" of xsd:sequence'),
    "abstract type": (ARK, f'{ARK[:-1]} abstract="true">', 'abstract="true" of xsd:complexType'),
    "mixed type": (ARK, f'{ARK[:-1]} mixed="true">', 'mixed="true" of xsd:complexType'),
    "reference": (FIELD, '<xsd:element ref="tns:Board"/>', 'ref="tns:Board" of xsd:element'),
    "default": (FIELD, f'{FIELD[:-2]} default="x"/>', 'default="x" of xsd:element'),
    "fixed": (FIELD, f'{FIELD[:-2]} fixed="x"/>', 'fixed="x" of xsd:element'),
    "qualified field": (FIELD, f'{FIELD[:-2]} form="qualified"/>', 'form="qualified" of xsd:element'),
    "field of no type": (FIELD, '<xsd:element name="Pets"/>', "xsd:element without type"),
    "field with a type inside": (FIELD, f"{FIELD[:-2]}><xsd:complexType/></xsd:element>", "xsd:complexType"),
    "count": (FIELD, FIELD.replace('"0"', '"-1"'), 'minOccurs="-1" of xsd:element'),
    "nil": (FIELD, f'{FIELD[:-2]} nillable="maybe"/>', 'nillable="maybe" of xsd:element'),
    "foreign attribute": (FIELD, f'{FIELD[:-2]} xmlns:j="urn:j" j:x="1"/>', '{urn:j}x="1" of xsd:element'),
    "foreign element": (FIELD, '<x xmlns="urn:j"/>', "{urn:j}x"),
    "foreign type": (FIELD, f'{FIELD[:-2]} xmlns:tns="urn:j"/>', "the namespace urn:j"),
    "type of no namespace": (FIELD, FIELD.replace("tns:", ""), 'type="Dog" of no namespace'),
    "text": (FIELD, f"{FIELD} stray", "text inside xsd:sequence"),
    "pattern": (VALUE, '<xsd:pattern value="D.*"/>', "xsd:pattern"),
    "length": (VALUE, '<xsd:maxLength value="3"/>', "xsd:maxLength"),
    "union": (ENUMERATION, f"<xsd:union/>{ENUMERATION}", "xsd:union"),
    "list": (ENUMERATION, f"<xsd:list/>{ENUMERATION}", "xsd:list"),
    "element of two types": (BOARD, f"{BOARD[:-2]}><xsd:complexType/></xsd:element>", "xsd:element with neither"),
    "element of no type": (BOARD, '<xsd:element name="Board"/>', "xsd:element with neither"),
    "substitution": (BOARD, f'{BOARD[:-2]} substitutionGroup="tns:B"/>', 'substitutionGroup="tns:B"'),
    "twins": ('name="Dog"', 'name="Ark"', "xsd:schema with Ark twice"),
    "include": ("<xsd:import ", '<xsd:include schemaLocation="x"/><xsd:import ', "xsd:include"),
    "qualified schema": ("<xsd:schema", '<xsd:schema elementFormDefault="qualified"', "elementFormDefault="),
    "foreign namespace": ('="http://api.direct.yandex.com/v5/pets">', '="urn:j">', "the namespace urn:j"),
    "reserved namespace": ('v5/pets">', 'v5/soap">', "the namespace http://api.direct.yandex.com/v5/soap"),
    "another document": ("xsd:schema", "html", "html"),
}

BODY = '<soap:body use="literal"/>'
PART = '<wsdl:part name="parameters" element="ns:GetRequest"/>'
OUTPUT = '<wsdl:output message="ns:GetOperationResponse"/>'
PORT = '<wsdl:port name="TurboPagesSOAP" binding="ns:TurboPagesSOAP">'
TYPES = "<wsdl:types>"

# The same for a WSDL.
IN_A_SERVICE = {
    "a construct of its schema": ("<xsd:sequence>", "<xsd:sequence><xsd:choice/>", "xsd:choice"),
    "second schema": (TYPES, f"{TYPES}<xsd:schema targetNamespace='urn:j'/>", "a second xsd:schema"),
    "import": (TYPES, f'<wsdl:import namespace="urn:j" location="j"/>{TYPES}', "wsdl:import"),
    "header": (BODY, '<soap:header message="ns:M" part="p" use="literal"/>', "soap:header"),
    "encoded body": (BODY, '<soap:body use="encoded"/>', 'use="encoded" of soap:body'),
    "rpc": ('style="document"', 'style="rpc"', 'style="rpc" of soap:binding'),
    "another transport": ("soap/http", "soap/smtp", "transport="),
    "SOAP 1.2": ("wsdl/soap/", "wsdl/soap12/", "{http://schemas.xmlsoap.org/wsdl/soap12/}binding"),
    "second part": (PART, PART + PART, "a second wsdl:part in wsdl:message"),
    "part of a type": (PART, PART.replace("element", "type"), 'type="ns:GetRequest" of wsdl:part'),
    "one way": (OUTPUT, "", "wsdl:operation without wsdl:output"),
    "foreign message": ("ns:GetOperationRequest", "general:M", 'message="general:M" of another namespace'),
    "second port": ("</wsdl:port>", f"</wsdl:port>{PORT}</wsdl:port>", "a second wsdl:port in wsdl:service"),
    "port of another binding": (PORT, PORT.replace("ns:", "ns:Un"), "wsdl:port of another wsdl:binding"),
    "binding of another port type": ('"ns:TurboPagesPort"', '"ns:P"', "wsdl:binding of another wsdl:portType"),
    "other operations": ('name="get"', 'name="put"', "wsdl:binding with other operations than"),
    "other faults": ('<soap:fault name="A', '<soap:fault name="B', "wsdl:operation bound with other faults"),
    "another namespace": (
        'name="TurboPages" targetNamespace="http://api.direct.yandex.com/v5/turbopages"',
        'name="TurboPages" targetNamespace="http://api.direct.yandex.com/v5/ads"',
        "wsdl:definitions and xsd:schema with different targetNamespace",
    ),
}


@pytest.mark.parametrize(
    ("document", "old", "new", "construct"),
    [
        *(pytest.param(SCHEMA, *case, id=f"schema: {name}") for name, case in IN_A_SCHEMA.items()),
        *(pytest.param(SERVICE, *case, id=f"service: {name}") for name, case in IN_A_SERVICE.items()),
    ],
)
def test_a_construct_outside_the_subset_is_refused_by_name(document, old, new, construct):
    """The refusal names the construct."""
    assert old in document
    changed = document.replace(old, new) if old == "xsd:schema" else document.replace(old, new, 1)
    with pytest.raises(UnsupportedDescription) as refusal:
        parse(changed.encode())
    assert refusal.value.construct.startswith(construct)


@pytest.mark.parametrize("document", [SCHEMA, SERVICE], ids=["schema", "service"])
def test_what_the_refusals_start_from_is_accepted(document):
    """Without the change each of those documents is read."""
    assert parse(document.encode()) is not None


def test_the_refusal_tells_the_line():
    """The line where the construct stands is in the message and on the error."""
    with pytest.raises(UnsupportedDescription, match=r"^line 6: xsd:choice ") as refusal:
        parse(SCHEMA.replace(FIELD, "<xsd:choice/>").encode())
    assert refusal.value.line == 6


def test_overloaded_operations_are_refused():
    """Two operations of one name cannot be told apart by our records."""
    start = SERVICE.index('<wsdl:operation name="get">')
    operation = SERVICE[start : SERVICE.index("</wsdl:operation>") + len("</wsdl:operation>")]
    with pytest.raises(UnsupportedDescription, match="wsdl:portType with get twice"):
        parse(SERVICE.replace(operation, operation * 2).encode())


BOMB = """<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>"""


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(f"<!DOCTYPE x>{SCHEMA}", id="empty"),
        pytest.param(f'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">{SCHEMA}', id="external"),
        pytest.param(BOMB + SCHEMA.replace(FIELD, "&c;"), id="entities"),
        pytest.param(BOMB + SCHEMA.replace("DOG", "&c;"), id="entities in an attribute"),
    ],
)
def test_a_doctype_is_refused(document):
    """A DOCTYPE is refused whatever it declares, and nothing is fetched for it."""
    with pytest.raises(UnsupportedDescription, match="DOCTYPE"):
        parse(document.encode())


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"Not found", id="text"),
        pytest.param(SERVICE.encode()[:-20], id="cut short"),
        pytest.param(b"<a>" * 10_000, id="very deep"),
        pytest.param("<a>и</a>".encode("koi8-r"), id="wrong encoding"),
    ],
)
def test_what_is_not_xml_is_refused(document):
    """Bytes that are not one whole XML document are refused as such."""
    with pytest.raises(UnsupportedDescription, match="not XML"):
        parse(document)


def test_a_refusal_is_an_error_of_ours_and_of_python():
    """It is caught as DirectError and as ValueError, and survives pickling with its construct and line."""
    error = pickle.loads(pickle.dumps(UnsupportedDescription("xsd:any", 7)))  # noqa: S301  # our own bytes
    assert (error.construct, error.line) == ("xsd:any", 7)
    assert isinstance(error, DirectError)
    assert isinstance(error, ValueError)
