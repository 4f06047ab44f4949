"""The files of wsdl/ are in the one canonical form, complete, and good for other readers of WSDL."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import zeep
from lxml import etree

from yadirect_soap.protocol.model import NAMESPACE
from yadirect_soap.protocol.wsdl.canonical import parse, write
from yadirect_soap.protocol.wsdl.description import ComplexType, Content, Element, Enumeration, Field, Schema

WSDL_FOLDER = Path(__file__).parents[2] / "wsdl"
REPORTS = WSDL_FOLDER / "reports.xsd"
SERVICES = sorted(WSDL_FOLDER.glob("*.wsdl"))
SHARED = sorted(set(WSDL_FOLDER.glob("*.xsd")) - {REPORTS})

XSD = "{http://www.w3.org/2001/XMLSchema}"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"

each_description = pytest.mark.parametrize("path", [*SERVICES, *SHARED], ids=lambda path: path.name)
each_service = pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)


# --- what is there ------------------------------------------------------------------------------------------


def test_every_description_is_there():
    """There are 29 services, three shared schemas and the schema of report definitions."""
    assert len(SERVICES) == 29
    assert [path.stem for path in SHARED] == ["adextensiontypes", "general", "generalclients"]
    assert REPORTS.exists()


def test_zeep_finds_every_operation():
    """Plain zeep reads the 29 services from the files and finds 112 operations in them."""
    operations = [operation for path in SERVICES for operation in _operations_for_zeep(path)]
    assert len(operations) == 112


@each_service
def test_the_schema_of_a_service_compiles(path):
    """libxml2 compiles the schema inside a WSDL, its imports found beside the file."""
    schema = etree.parse(path).getroot().find(f"{WSDL}types/{XSD}schema")
    assert schema is not None
    etree.XMLSchema(etree.fromstring(etree.tostring(schema), base_url=path.as_uri()))


@pytest.mark.parametrize("path", [*SHARED, REPORTS], ids=lambda path: path.name)
def test_a_schema_file_compiles(path):
    """libxml2 compiles every schema that has a file of its own."""
    etree.XMLSchema(file=path)


def _operations_for_zeep(path: Path) -> Iterator[str]:
    for service in zeep.Client(str(path)).wsdl.services.values():
        for port in service.ports.values():
            yield from port.binding._operations


# --- the canonical form -------------------------------------------------------------------------------------


@each_description
def test_a_file_is_in_canonical_form(path):
    """Reading a file and writing it again gives the same bytes."""
    assert write(parse(path.read_bytes())) == path.read_bytes()


@each_description
def test_another_spelling_gives_the_same_bytes(path):
    """Prefixes, whitespace, comments, defaults spelt out, absolute places and the order of types do not matter."""
    mangled = _mangled(path.read_bytes())
    assert mangled != path.read_bytes()
    assert write(parse(mangled)) == path.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1251"])
def test_the_encoding_does_not_matter(encoding):
    """A description is read in the encoding that it declares."""
    text = SHARED[0].read_text("utf-8").replace("UTF-8", encoding.removesuffix("-sig"))
    assert write(parse(text.encode(encoding))) == SHARED[0].read_bytes()


def test_the_form_itself():
    """Types come by name, then elements by name; defaults are left out; imports are those that are used."""
    schema = Schema(
        "pets",
        types=(
            Enumeration("KindEnum", ("DOG", 'C"A<T')),
            ComplexType("Dog", Content(base="pets:Pet")),
            ComplexType(
                "Ark",
                Content(
                    (
                        Field("Pets", "pets:Dog", 0, None),
                        Field("Saved", "general:YesNoEnum", nillable=True),
                    )
                ),
            ),
        ),
        elements=(Element("Sail", Content()), Element("Board", "pets:Ark")),
    )
    assert write(schema).decode() == PETS


PETS = """\
<?xml version="1.0" encoding="UTF-8"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:pets="http://api.direct.yandex.com/v5/pets" \
xmlns:general="http://api.direct.yandex.com/v5/general" targetNamespace="http://api.direct.yandex.com/v5/pets">
  <xsd:import namespace="http://api.direct.yandex.com/v5/general" schemaLocation="general.xsd"/>
  <xsd:complexType name="Ark">
    <xsd:sequence>
      <xsd:element name="Pets" type="pets:Dog" minOccurs="0" maxOccurs="unbounded"/>
      <xsd:element name="Saved" type="general:YesNoEnum" nillable="true"/>
    </xsd:sequence>
  </xsd:complexType>
  <xsd:complexType name="Dog">
    <xsd:complexContent>
      <xsd:extension base="pets:Pet"/>
    </xsd:complexContent>
  </xsd:complexType>
  <xsd:simpleType name="KindEnum">
    <xsd:restriction base="xsd:string">
      <xsd:enumeration value="DOG"/>
      <xsd:enumeration value='C"A&lt;T'/>
    </xsd:restriction>
  </xsd:simpleType>
  <xsd:element name="Board" type="pets:Ark"/>
  <xsd:element name="Sail">
    <xsd:complexType/>
  </xsd:element>
</xsd:schema>
"""


def _mangled(document: bytes) -> bytes:
    """Say the same in another spelling."""
    text = document.decode()
    # The outer vocabulary becomes the default namespace, the other prefixes change.
    outer = "wsdl" if "<wsdl:" in text else "xsd"
    text = re.sub(rf"\b{outer}:", "", text.replace(f"xmlns:{outer}=", "xmlns="))
    for prefix, replacement in {"xsd": "s", "soap": "http", "ns": "own", "general": "ns1"}.items():
        text = re.sub(rf'(?<=[ <"/:]){prefix}(?=[:=])', replacement, text)
    root = etree.fromstring(text.encode())
    schema = root if outer == "xsd" else root.find(f"{WSDL}types/{XSD}schema")
    assert schema is not None
    _spell_out_defaults(schema)
    _reverse(schema, f"{XSD}complexType", f"{XSD}simpleType", f"{XSD}element")
    _reverse(root, f"{WSDL}message")
    for binding in root.findall(f"{WSDL}binding"):
        _reverse(binding, f"{WSDL}operation")
    _litter(root)
    return etree.tostring(root, encoding="UTF-8").replace(b"><", b">\r\n\t <")


def _spell_out_defaults(schema: etree._Element) -> None:
    schema.set("elementFormDefault", "unqualified")
    for element in schema.iter(f"{XSD}import"):
        element.set("schemaLocation", f"https://api.direct.yandex.com/v5/{element.get('schemaLocation')}")
    for field in schema.iterfind(f".//{XSD}sequence/{XSD}element"):
        for name, default in {"minOccurs": "1", "maxOccurs": "1", "nillable": "false"}.items():
            field.set(name, field.get(name, default))


def _reverse(parent: etree._Element, *tags: str) -> None:
    chosen = [child for child in parent if child.tag in tags]
    for child in reversed(chosen):
        parent.append(child)


def _litter(root: etree._Element) -> None:
    """Put comments and texts for people wherever they may stand, and lose the indentation."""
    for node in list(root.iter("{*}*")):
        node.text = node.tail = None
        vocabulary = etree.QName(node).namespace
        note = f"{XSD}annotation" if vocabulary == XSD[1:-1] else f"{WSDL}documentation"
        if vocabulary in (XSD[1:-1], WSDL[1:-1]):
            etree.SubElement(etree.SubElement(node, note), "{urn:notes}note").text = "any text"
            node.insert(0, node[-1])
        node.append(etree.Comment(" and a comment "))


@each_service
def test_prefixes_are_the_published_ones(path: Path) -> None:
    """A WSDL has `ns` for its service and general, gc, ext for shared schemas, whose own prefixes it declares too."""
    outer = etree.parse(str(path)).getroot()
    expected = {"ns": path.stem, "general": "general", "gc": "generalclients", "ext": "adextensiontypes"}
    own = {prefix: uri for prefix, uri in outer.nsmap.items() if uri.startswith(NAMESPACE)}
    assert own.items() <= {prefix: NAMESPACE + name for prefix, name in expected.items()}.items()
    for imported in outer.iter(f"{XSD}import"):
        inner = etree.parse(str(WSDL_FOLDER / imported.get("schemaLocation", ""))).getroot()
        assert inner.nsmap.items() <= outer.nsmap.items()
