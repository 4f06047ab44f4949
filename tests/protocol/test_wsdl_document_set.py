"""A set of descriptions is whole: each is what its name says, and refers to nothing that is not there."""

import pytest

from tests.protocol import sample_wsdl
from yadirect_soap.errors import DecodeError
from yadirect_soap.protocol.wsdl import document_set

HTML = "<!DOCTYPE html>\n<html><body>Are you a robot?</body></html>"
FAULT = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>'


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("pets.wsdl", HTML, "an HTML page, not a WSDL"),
        ("pets.wsdl", f"\ufeff\n{HTML.lower()}", "an HTML page, not a WSDL"),
        ("pets.wsdl", sample_wsdl.PETS[:3000], "not XML"),
        ("pets.wsdl", "", "not XML"),
        ("pets.wsdl", '{"error": {"error_code": 53}}', "not XML"),
        ("pets.wsdl", FAULT, "Envelope is outside what descriptions of this API are made of"),
        ("pets.wsdl", sample_wsdl.PETS.replace("xsd:sequence", "xsd:choice"), "xsd:choice is outside"),
        ("ads.wsdl", sample_wsdl.PETS, "describes the service pets, not the service ads"),
        ("pets.wsdl", sample_wsdl.GENERAL, "describes the schema general, not the service pets"),
        ("general.xsd", sample_wsdl.PETS, "describes the service pets, not the schema general"),
        ("extra.xsd", sample_wsdl.GENERAL, "describes the schema general, not the schema extra"),
    ],
    ids=[
        "captcha",
        "captcha with a BOM",
        "truncated",
        "empty",
        "JSON",
        "SOAP fault",
        "unknown construct",
        "another service",
        "a schema for a service",
        "a service for a schema",
        "another schema",
    ],
)
def test_what_is_not_the_one_is_refused(file: str, text: str, words: str) -> None:
    """A page, a broken file and a description of something else are refused by the file's name."""
    with pytest.raises(DecodeError, match=f"^{file}: .*{words}"):
        document_set.read_member(file, text.encode())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('type="tns:PetAdd"', 'type="tns:Bird"', "pets.wsdl: pets:AddRequest refers to pets:Bird, which is missing"),
        ('element="tns:AddRequest"', 'element="tns:Add"', "message AddIn refers to pets:Add, which is missing"),
        ('input message="tns:AddIn"', 'input message="tns:In"', "refers to the message In, which is missing"),
        ('"Stray">\n', '"Stray"><!-- -->\n', ""),
        ('"Name" type="xsd:string"/></xsd:sequence>', '"Name" type="tns:Stray"/></xsd:sequence>', "contains itself"),
        ("general:Paged", "tns:Paged", "pets:GetRequest refers to pets:Paged, which is missing"),
    ],
    ids=["type", "element", "message", "comment", "circle", "base"],
)
def test_what_leads_nowhere_is_refused(old: str, new: str, words: str) -> None:
    """A reference to what is not there, or in a circle, is refused by who refers; anything else is not."""
    documents = sample_wsdl.altered((old, new))
    if not words:
        assert sample_wsdl.read(documents).keys() == documents.keys()
        return
    with pytest.raises(DecodeError, match=words):
        sample_wsdl.read(documents)


def test_types_too_deep_are_refused() -> None:
    """Types that stand in one another without an end in sight are refused, and do not exhaust the stack."""
    field = '<xsd:complexType name="T{}"><xsd:sequence><xsd:element name="In" type="tns:T{}"/></xsd:sequence>'
    chain = "".join(f"{field.format(depth, depth + 1)}</xsd:complexType>" for depth in range(5000))
    last = '<xsd:complexType name="T5000"/>'
    documents = sample_wsdl.altered(('<xsd:complexType name="Stray">', f'{chain}{last}<xsd:complexType name="Stray">'))
    with pytest.raises(DecodeError, match="the type pets:T0 is more than 100 types deep"):
        sample_wsdl.read(documents)


def test_missing_schemas_are_reported() -> None:
    """The schemas that are referred to and not there are reported by the names of their files."""
    documents = dict(sample_wsdl.read())
    assert document_set.missing_schemas(documents) == []
    del documents["general.xsd"]
    assert document_set.missing_schemas(documents) == ["general.xsd"]
