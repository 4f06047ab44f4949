"""What callers may send, and what a refusal of it says."""

import gzip
import logging

import pytest

from tests.gateway.callers import CAMPAIGN, GET, SOAP_1_1, SOAP_1_2, Caller, envelope
from tests.gateway.conftest import Open
from yadirect_soap.gateway import Options

CONTENT = f"GetRequest: {GET}"
RENAME = f"UpdateRequest: <Campaigns><Id>{CAMPAIGN}</Id><Name>Новая</Name></Campaigns>"
XML = '<?xml version="1.0" encoding="{}"?>\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "windows-1251", "koi8-r"])
def test_an_encoding_is_read(gateway: Caller, encoding: str) -> None:
    """A document in the encoding that it names, or begins with, is read; texts arrive unharmed."""
    declared = encoding.removesuffix("-sig").removesuffix("-be")
    text = XML.format(declared) + envelope(
        f"UpdateRequest: <Campaigns><Id>{CAMPAIGN}</Id><Name>Новая</Name></Campaigns>"
    )
    assert gateway.request("POST", "/v501/campaigns", text.encode(encoding)).texts("Id") == [str(CAMPAIGN)]
    assert gateway.post(CONTENT).texts("Name") == ["Новая"]


def test_the_content_type_names_the_encoding(gateway: Caller) -> None:
    """The charset of Content-Type counts where the document names none."""
    body = envelope(RENAME).encode("cp1251")
    gateway.request("POST", "/v501/campaigns", body, Content_Type="text/xml; charset=windows-1251")
    assert gateway.post(CONTENT).texts("Name") == ["Новая"]


@pytest.mark.parametrize("fields", [{}, {"Content_Type": "text/xml; charset=utf-16"}], ids=["declared", "charset"])
@pytest.mark.parametrize("declared", ["utf-16", "UTF-16"])
def test_utf_8_may_be_called_utf_16(gateway: Caller, fields: dict[str, str], declared: str) -> None:
    """A StringWriter of .NET declares UTF-16; what is no UTF-16 is read as the API does, in UTF-8."""
    text = XML.format(declared) + envelope(RENAME)
    assert gateway.request("POST", "/v501/campaigns", text.encode(), **fields).texts("Id") == [str(CAMPAIGN)]
    assert gateway.post(CONTENT).texts("Name") == ["Новая"]


def test_attributes_of_xml_itself_are_taken_away(gateway: Caller, caplog: pytest.LogCaptureFixture) -> None:
    """xml:space, xml:lang and xml:base say nothing to the API, and no schema has them."""
    inner = GET.replace("<SelectionCriteria>", '<SelectionCriteria xml:space="preserve" xml:lang="ru" xml:base="a:b">')
    with caplog.at_level(logging.INFO, "yadirect_soap.gateway"):
        assert gateway.post(f"GetRequest: {inner}").texts("Id") == [str(CAMPAIGN)]
    assert "notes=xml attributes" in caplog.text


def test_gzip_is_read(gateway: Caller) -> None:
    """A body compressed with gzip is a call as any other."""
    body = gzip.compress(envelope(CONTENT).encode())
    assert gateway.request("POST", "/v501/campaigns", body, Content_Encoding="gzip").texts("Id") == [str(CAMPAIGN)]


@pytest.mark.parametrize("action", [None, '""', "urn:wrong", '"http://api.direct.yandex.com/v5/campaigns/update"'])
def test_the_soap_action_may_be_anything(gateway: Caller, action: str | None) -> None:
    """The element in the Body names the operation, whatever SOAPAction says."""
    fields = {} if action is None else {"SOAPAction": action}
    assert gateway.post(CONTENT, **fields).texts("Id") == [str(CAMPAIGN)]


def test_soap_1_2_is_answered_in_kind(gateway: Caller) -> None:
    """A caller with SOAP 1.2 gets its results and faults in SOAP 1.2."""
    result = gateway.post(envelope(CONTENT, soap=SOAP_1_2))
    fault = gateway.post(envelope("GetRequest: <FieldNames>Wrong</FieldNames>", soap=SOAP_1_2))
    assert (result.root.tag, fault.root.tag) == (f"{{{SOAP_1_2}}}Envelope",) * 2
    assert result.fields["Content-Type"] == "application/soap+xml; charset=utf-8"
    assert result.texts("Id") == [str(CAMPAIGN)]
    assert (fault.texts("Value"), fault.code) == (["env:Sender"], "8000")


def test_members_may_be_qualified_and_in_any_order(gateway: Caller, caplog: pytest.LogCaptureFixture) -> None:
    """Members with a namespace, or in another order than the schema's, are put right, and the log tells it."""
    inner = f"<q:FieldNames>Id</q:FieldNames><q:SelectionCriteria><q:Ids>{CAMPAIGN}</q:Ids></q:SelectionCriteria>"
    with caplog.at_level(logging.INFO, "yadirect_soap.gateway"):
        assert gateway.post(f"GetRequest: {inner}").texts("Id") == [str(CAMPAIGN)]
    assert "notes=qualified members; another order" in caplog.text


def test_members_may_have_a_type_of_their_own(gateway: Caller, caplog: pytest.LogCaptureFixture) -> None:
    """What a stack without the WSDL marks as a string is read as what the contract has there."""
    mark = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="http://www.w3.org/2001/XMLSchema"'
    inner = f'<SelectionCriteria><Ids {mark} i:type="x:string">{CAMPAIGN}</Ids></SelectionCriteria>'
    with caplog.at_level(logging.INFO, "yadirect_soap.gateway"):
        response = gateway.post(f'GetRequest: {inner}<FieldNames {mark} i:type="x:string">Id</FieldNames>')
    assert response.texts("Id") == [str(CAMPAIGN)]
    assert "notes=types of members" in caplog.text


def test_the_header_block_has_what_headers_have(open_gateway: Open) -> None:
    """With the option, RequestId, Units and Units-Used-Login are also in a block of the envelope's header."""
    reply = open_gateway(Options(header_block=True)).post(CONTENT)
    assert reply.texts("RequestId") == [reply.fields["RequestId"]]
    assert reply.texts("Units") == [reply.fields["Units"]]
    assert reply.texts("UnitsUsedLogin") == ["demo-advertiser"]


def test_a_block_that_must_be_understood_is_refused(gateway: Caller) -> None:
    """An unknown header block with mustUnderstand is the fault MustUnderstand; without it, it is passed over."""
    block = '<s:Header><w:Security xmlns:w="urn:security" {}/></s:Header>'
    refused = gateway.post(envelope(CONTENT, header=block.format('s:mustUnderstand="1"')))
    assert refused.texts("faultcode") == ["SOAP-ENV:MustUnderstand"]
    assert gateway.post(envelope(CONTENT, header=block.format(""))).code == ""


@pytest.mark.parametrize(("soap", "receiver"), [(SOAP_1_1, "actor"), (SOAP_1_2, "role")], ids=["SOAP 1.1", "SOAP 1.2"])
def test_a_block_for_another_receiver_is_passed_over(gateway: Caller, soap: str, receiver: str) -> None:
    """What another actor or role must understand is none of the gateway's."""
    block = f'<s:Header><w:To xmlns:w="urn:w" s:mustUnderstand="1" s:{receiver}="urn:somebody"/></s:Header>'
    assert gateway.post(envelope(CONTENT, soap=soap, header=block)).texts("Id") == [str(CAMPAIGN)]


@pytest.mark.parametrize("status", [200, 500])
def test_the_status_of_faults_is_an_option(open_gateway: Open, status: int) -> None:
    """Faults have the HTTP status that the option says."""
    reply = open_gateway(Options(fault_status=status)).post("GetRequest: <FieldNames>Wrong</FieldNames>")
    assert (reply.status, reply.code) == (status, "8000")


XOP = '<i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:a"/>'
MANY_ATTRIBUTES = " ".join(f'a{number}=""' for number in range(20_000))
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("body", "fields", "says"),
    [
        (b"", {}, "an empty body"),
        (b"<html><body/></html>", {}, "an HTML page"),
        (b"<Envelope/>", {}, "expected an Envelope of SOAP 1.1 or 1.2"),
        (b"not XML", {}, "that are not XML"),
        (b"\x1f\x8b", {"Content_Encoding": "gzip"}, "cut off"),
        (b"plain", {"Content_Encoding": "gzip"}, "not gzip"),
        (b"plain", {"Content_Encoding": "br"}, "Content-Encoding 'br'"),
        (b"--a", {"Content_Type": "multipart/related; boundary=a"}, "MTOM"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', {}, "the encoding 'klingon'"),
        ("<a>ю</a>".encode("cp1251"), {}, "not XML"),
        ((BOMB + envelope(CONTENT)).encode(), {}, "a DOCTYPE"),
        (b"<a>" * 100_000, {}, "not XML"),
        (envelope(f"GetRequest: {GET}").replace(">Id<", f">{XOP}<").encode(), {}, "xop/include}Include', expected the"),
        (envelope(f"GetRequest: <a {MANY_ATTRIBUTES}/>").encode(), {}, "20000 attributes at one element"),
        (envelope(CONTENT).encode("cp037"), {}, "not XML"),
        ((XML.format("IBM037") + envelope(CONTENT)).encode("cp037"), {}, "a document in EBCDIC"),
        (envelope("Nothing:").encode(), {}, "expected one of AddRequest"),
        (envelope(CONTENT, service="ads").encode(), {}, "v5/campaigns"),
    ],
    ids=[
        "empty", "html", "no-soap", "no-xml", "cut-gzip", "no-gzip", "brotli", "mtom", "encoding", "bytes", "bomb",
        "depth", "xop", "attributes", "ebcdic", "declared-ebcdic", "element", "namespace",
    ],
)  # fmt: skip
def test_a_refusal_names_the_cause(gateway: Caller, body: bytes, fields: dict[str, str], says: str) -> None:
    """What cannot be read is a fault 8000 that says what was found and what is expected."""
    reply = gateway.request("POST", "/v501/campaigns", body, **fields)
    assert (reply.code, says in reply.detail) == ("8000", True), reply.detail


def test_a_bomb_of_gzip_is_refused(open_gateway: Open) -> None:
    """A body that becomes longer than a request may be is refused before it is in memory."""
    caller = open_gateway(Options(largest_request=10_000))
    body = gzip.compress(b" " * 10_000_000)
    reply = caller.request("POST", "/v501/campaigns", body, Content_Encoding="gzip")
    assert "more than 10000 bytes after decompression" in reply.detail


@pytest.mark.parametrize("nil", ["false", "0", " false "])
def test_a_nil_that_is_false_is_taken_away(gateway: Caller, nil: str) -> None:
    """`xsi:nil="false"` says nothing, also at a member that cannot be nil."""
    content = GET + f'<Page xsi:nil="{nil}"><Limit>1</Limit></Page>'
    assert gateway.post(f"GetRequest: {content}").texts("Id") == [str(CAMPAIGN)]


@pytest.mark.parametrize("before", ["\n", "\r\n  ", "\ufeff\n"], ids=["line", "white space", "mark"])
def test_a_declaration_may_stand_after_white_space(gateway: Caller, before: str) -> None:
    """A template of a program often begins with an empty line; lines in faults stay those of the request."""
    text = before + XML.format("utf-8")
    assert gateway.post(text + envelope(CONTENT)).texts("Id") == [str(CAMPAIGN)]
    refused = gateway.post(text + envelope("GetRequest: <FieldNames>Wrong</FieldNames>"))
    assert refused.detail.startswith(f"line {text.count(chr(10)) + 2}, ")
