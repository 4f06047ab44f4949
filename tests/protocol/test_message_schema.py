"""The stand-alone schemas and the validation against them; lxml and Java's Xerces are the witnesses."""

import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from yadirect_soap.errors import api_error
from yadirect_soap.protocol import soap
from yadirect_soap.protocol.contract import bundled, bundled_directory
from yadirect_soap.protocol.soap.message_schema import MessageSchema
from yadirect_soap.protocol.wsdl.schema_files import ENVELOPE, schema_files

FOLDER = bundled_directory()
WRAPPER = (
    '<n:UpdateRequest xmlns:n="http://api.direct.yandex.com/v5/campaigns">\n'
    "<Campaigns>\n<Id>1</Id>\n<Name>One</Name>\n</Campaigns>\n</n:UpdateRequest>"
)
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
REQUEST = f'<s:Envelope xmlns:s="{SOAP}"><s:Header/><s:Body>{WRAPPER}</s:Body></s:Envelope>'
FAULT = soap.encode_fault(api_error(53, "no")).decode()
CAMPAIGNS = MessageSchema(FOLDER, ["campaigns"])


@pytest.mark.parametrize("service", bundled())
def test_the_schema_of_a_service_stands_alone(service: str, tmp_path: Path) -> None:
    """The files of a service refer to each other only, and lxml compiles each of them."""
    written = schema_files(FOLDER, [service])
    for name, content in written.items():
        (tmp_path / name).write_bytes(content)
    for name in written:
        etree.XMLSchema(etree.parse(str(tmp_path / name)))
    assert {f"{service}.xsd", ENVELOPE} <= written.keys()
    elements = (element for content in written.values() for element in etree.fromstring(content).iter(etree.Element))
    locations = {element.get("schemaLocation", "") for element in elements} - {""}
    assert locations < written.keys()


@pytest.mark.parametrize("document", [REQUEST, WRAPPER, FAULT], ids=["envelope", "wrapper", "fault"])
def test_a_valid_document_has_no_violation(document: str) -> None:
    """Envelopes, wrappers and faults that fit the schema give nothing."""
    assert CAMPAIGNS.violations(document.encode()) == []


BODY = "/s:Envelope/s:Body/n:UpdateRequest/Campaigns"
WRONG = {
    "value": (("<Id>1", "<Id>one"), 3, f"{BODY}/Id", "'one' is not a valid value"),
    "order": (("<Id>1</Id>\n<Name>One</Name>", "<Name>One</Name>\n<Id>1</Id>"), 3, f"{BODY}/Name", "not expected"),
    "qualified": (("<Name>One</Name>", "<n:Name>One</n:Name>"), 4, f"{BODY}/n:Name", "not expected"),
    "nil": (
        ("<Name>One", '<Name xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true">One'),
        4,
        f"{BODY}/Name",
        "nil",
    ),
    "required": (("<Id>1</Id>\n", ""), 3, f"{BODY}/Name", ", Id )"),
    "unknown service": (("v5/campaigns", "v5/no"), 1, "/s:Envelope/s:Body/n:UpdateRequest", "No matching global"),
    "header without a namespace": (("<s:Header/>", "<s:Header><a/></s:Header>"), 1, "/s:Envelope/s:Header/a", "a"),
}


@pytest.mark.parametrize(("change", "line", "xpath", "message"), WRONG.values(), ids=WRONG)
def test_a_violation_has_its_place(change: tuple[str, str], line: int, xpath: str, message: str) -> None:
    """Each violation has the line and the XPath of its element, and says what is wrong."""
    assert change[0] in REQUEST
    violation = CAMPAIGNS.violations(REQUEST.replace(*change).encode())[0]
    assert (violation.line, violation.path) == (line, xpath)
    assert message in violation.message
    assert "{http" not in violation.message


def test_every_violation_is_told() -> None:
    """Two mistakes are two violations, in the order of the document."""
    wrong = REQUEST.replace("<Id>1", "<Id>one").replace("<Name>One</Name>", "<Nam/>")
    assert [violation.path for violation in CAMPAIGNS.violations(wrong.encode())] == [f"{BODY}/Id", f"{BODY}/Nam"]


@pytest.mark.parametrize(
    ("document", "message"),
    [("", "an empty body"), ("<a>\n<b></a>", "not XML"), (f"<!DOCTYPE a>{WRAPPER}", "DOCTYPE")],
    ids=["empty", "broken", "DOCTYPE"],
)
def test_what_is_no_document_is_one_violation(document: str, message: str) -> None:
    """What cannot be read is one violation with its cause."""
    (violation,) = CAMPAIGNS.violations(document.encode())
    assert message in str(violation)


JAVA = """
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import java.io.File;
public class Compile {
    public static void main(String[] files) throws Exception {
        SchemaFactory factory = SchemaFactory.newInstance("http://www.w3.org/2001/XMLSchema");
        factory.newSchema(new File(files[0])).newValidator().validate(new StreamSource(new File(files[1])));
        System.out.println("valid");
    }
}
"""


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("javac") is None, reason="needs a Java development kit")
def test_xerces_compiles_the_schemas(tmp_path: Path) -> None:
    """Xerces, the engine of Java, compiles all schemas together and finds an envelope valid."""
    for name, content in schema_files(FOLDER, bundled()).items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "Compile.java").write_text(JAVA, encoding="utf-8")
    (tmp_path / "request.xml").write_text(REQUEST, encoding="utf-8")
    command = ["java", str(tmp_path / "Compile.java"), str(tmp_path / ENVELOPE), str(tmp_path / "request.xml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert (done.stdout, done.returncode) == ("valid\n", 0), done.stderr
