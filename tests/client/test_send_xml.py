"""send_xml: a request that is XML already goes the way of every call, and its response comes back as XML."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zeep
from lxml import etree

from tests.client.servers import drop, result, served
from yadirect_soap import (
    ConfigurationError,
    Direct,
    InvalidParamsError,
    ItemResults,
    NotFoundError,
    OperationResult,
    Page,
    ResponseLostError,
    Retry,
)
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.contract import bundled_directory

GET = (
    '<ns:GetRequest xmlns:ns="http://api.direct.yandex.com/v5/campaigns">'
    "<SelectionCriteria/><FieldNames>Id</FieldNames><FieldNames>Name</FieldNames></ns:GetRequest>"
)
UPDATE = (
    '<u:UpdateRequest xmlns:u="http://api.direct.yandex.com/v5/campaigns" '
    'xmlns:i="http://www.w3.org/2001/XMLSchema-instance">'
    '<Campaigns><Id>{id}</Id><Name>{name}</Name><NegativeKeywords i:nil="true"/></Campaigns></u:UpdateRequest>'
)
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
ENVELOPE = f'<e:Envelope xmlns:e="{SOAP}"><e:Header/><e:Body>{{}}</e:Body></e:Envelope>'
FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1, "Name": "One"}]})


@pytest.fixture
def direct() -> Iterator[Direct]:
    """A Direct that calls an emulator in this process."""
    with Emulator() as emulator, Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session()) as opened:
        yield opened


def _first(direct: Direct) -> Any:
    return direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id", "Name"])[0]


SOURCES = {
    "wrapper": lambda _folder: GET.encode(),
    "wrapper with a declaration": lambda _folder: f'<?xml version="1.0"?>\n{GET}'.encode(),
    "envelope": lambda _folder: ENVELOPE.format(GET).encode(),
    "element": lambda _folder: etree.fromstring(GET),
    "element of an envelope": lambda _folder: etree.fromstring(ENVELOPE.format(GET))[1][0],
    "path": lambda folder: _written(folder, GET.encode()),
    "path as str": lambda folder: str(_written(folder, ENVELOPE.format(GET).encode())),
    "windows-1251": lambda _folder: f'<?xml version="1.0" encoding="windows-1251"?>{GET}'.encode("cp1251"),
    "UTF-16": lambda _folder: f'<?xml version="1.0" encoding="UTF-16"?>{ENVELOPE.format(GET)}'.encode("utf-16"),
}


def _written(folder: Path, content: bytes) -> Path:
    path = folder / "request.xml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_every_form_of_a_request_is_sent(direct: Direct, tmp_path: Path, source: Any) -> None:
    """Bytes, an element and a path, envelope or wrapper, in any declared encoding, give what call() gives."""
    response = direct.send_xml(source(tmp_path))
    expected = direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id", "Name"])
    assert isinstance(response.result, Page)
    assert response.result == expected
    assert (response.request_id, response.units) == (response.result.request_id, response.result.units)


def test_a_response_is_xml_too(direct: Direct) -> None:
    """The response has the bytes of the envelope, which plain zeep reads, and the element of its Body."""
    response = direct.send_xml(GET.encode())
    assert etree.QName(response.element).localname == "GetResponse"
    assert etree.tostring(response.element.getroottree()) == etree.tostring(etree.fromstring(response.body))
    client = zeep.Client(str(bundled_directory() / "campaigns.wsdl"))
    operation = client.service._binding._operations["get"]
    read = operation.output.deserialize(etree.fromstring(response.body))
    assert [campaign.Id for campaign in read.Campaigns] == [item["Id"] for item in response.result.result["Campaigns"]]


def test_an_envelope_is_sent_unchanged() -> None:
    """An envelope in UTF-8 reaches the server byte for byte, with the headers that a call has."""
    envelope = ENVELOPE.format(GET).encode()
    with served(FOUND, FOUND, client_login="client") as (server, direct):
        direct.send_xml(envelope)
        direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id", "Name"])
        ours, calls = server.received
    assert ours.body == envelope
    assert ours.path == calls.path
    for name in ("Authorization", "Client-Login", "Accept-Language", "SOAPAction", "Content-Type"):
        assert ours.headers[name] == calls.headers[name]


def test_a_write_clears_by_nil(direct: Direct) -> None:
    """An update in XML acts as the same update by call(), and nil clears."""
    campaign = _first(direct)
    before = direct.campaigns.get(SelectionCriteria={"Ids": [campaign["Id"]]}, FieldNames=["NegativeKeywords"])
    response = direct.send_xml(UPDATE.format(id=campaign["Id"], name="Новая & другая".replace("&", "&amp;")).encode())
    assert isinstance(response.result, ItemResults)
    response.result.raise_for_errors()
    after = direct.campaigns.get(SelectionCriteria={"Ids": [campaign["Id"]]}, FieldNames=["Name", "NegativeKeywords"])
    assert after[0] == {"Name": "Новая & другая", "NegativeKeywords": None}
    assert before[0].keys() == {"NegativeKeywords"}


def test_cyrillic_in_windows_1251_arrives(direct: Direct) -> None:
    """A document in windows-1251 is sent in UTF-8, and its text is what it was."""
    text = UPDATE.format(id=_first(direct)["Id"], name="Диваны №1")
    direct.send_xml(f'<?xml version="1.0" encoding="windows-1251"?>{text}'.encode("cp1251"))
    assert _first(direct)["Name"] == "Диваны №1"


def test_it_goes_over_soap_whatever_the_transport(direct: Direct) -> None:
    """A Direct that calls over JSON sends XML over SOAP."""
    other = direct.with_settings(transport="json")
    assert other.send_xml(GET.encode()).body.startswith(b"<?xml")


def test_amounts_of_a_result_follow_the_setting(direct: Direct) -> None:
    """With money="decimal" the result has Decimals, and the XML its micros."""
    ask = (
        '<g:GetRequest xmlns:g="http://api.direct.yandex.com/v5/dictionaries">'
        "<DictionaryNames>Currencies</DictionaryNames></g:GetRequest>"
    )
    micros = direct.send_xml(ask.encode())
    decimal = direct.with_settings(money="decimal").send_xml(ask.encode())
    assert isinstance(micros.result, OperationResult)
    assert isinstance(decimal.result, OperationResult)
    assert decimal.result == direct.with_settings(money="decimal").dictionaries.get(DictionaryNames=["Currencies"])


WRONG = {
    "unknown name": (GET.replace("<SelectionCriteria/>", "<Selection/>"), r"\$\.Selection: found an unknown name"),
    "wrong value": (GET.replace(">Name<", ">Nmae<"), r"FieldNames\[1\].*'Nmae'"),
    "no number": (UPDATE.format(id="x", name="y"), r"\$\.Campaigns\[0\]\.Id: found 'x'"),
    "required": (GET.replace("FieldNames", "OtherNames"), "FieldNames: found nothing"),
    "nil in capitals": (
        UPDATE.format(id=1, name="y").replace('"true"', '"TRUE"'),
        'NegativeKeywords: found xsi:nil="TRUE"',
    ),
    "nil with content": (
        UPDATE.format(id=1, name="y").replace('"true"/>', '"true"><Items>a</Items></NegativeKeywords>'),
        "NegativeKeywords: found content beside xsi:nil",
    ),
    "too many": (
        UPDATE.format(id=1, name="y").replace("<Campaigns>", "<Campaigns><Id>1</Id></Campaigns>" * 10 + "<Campaigns>"),
        "11",
    ),
    "response": (GET.replace("GetRequest", "GetResponse"), "found a response of campaigns.get, expected a request"),
    "another service": (GET.replace("v5/campaigns", "v5/campaign"), "campaign}GetRequest"),
    "another namespace": (GET.replace("http://api.direct.yandex.com/v5/", ""), "campaigns}GetRequest"),
    "unknown encoding": (f'<?xml version="1.0" encoding="nope"?>{GET}', "not XML: .*nope"),
    "no namespace": ("<GetRequest/>", "found the element 'GetRequest', expected a request"),
    "fault": (ENVELOPE.format(f'<f:Fault xmlns:f="{SOAP}"/>'), "found a fault, expected a request"),
    "two": (ENVELOPE.format(GET + GET), "expected one Body with one element"),
    "SOAP 1.2": (ENVELOPE.format(GET).replace(SOAP, "http://www.w3.org/2003/05/soap-envelope"), "SOAP 1.2"),
    "DOCTYPE": (f"<!DOCTYPE x>{GET}", "DOCTYPE"),
    "empty": ("", "an empty body"),
    "JSON": ('{"method": "get"}', "a JSON document"),
    "HTML": ("<!doctype html><p>", "an HTML page"),
    "broken": (GET[:-5], "not XML"),
}


@pytest.mark.parametrize(("document", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_document_is_not_sent(document: str, message: str) -> None:
    """What is no request of the contract, or does not fit it, is refused with its place, and nothing is sent."""
    with served() as (server, direct):
        with pytest.raises(InvalidParamsError, match=message):
            direct.send_xml(document.encode())
        assert server.received == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (GET, "found XML as a str"),
        ("/no/such/file.xml", r"'/no/such/file\.xml': cannot be read"),
        ("file\0", "cannot be read: embedded null byte"),
        (7, "found 7, expected bytes, an lxml element or a path"),
    ],
    ids=["text", "missing", "no path", "number"],
)
def test_a_wrong_source_is_a_mistake(direct: Direct, source: Any, message: str) -> None:
    """A text, a missing file and another type are told before anything is sent."""
    with pytest.raises(ConfigurationError, match=message):
        direct.send_xml(source)


def test_unchecked_documents_are_sent(direct: Direct) -> None:
    """With check="off" the server decides."""
    with served(FOUND, check="off") as (server, unchecked):
        unchecked.send_xml(GET.replace(">Name<", ">Nmae<").encode())
        assert b"Nmae" in server.received[0].body


def test_a_read_is_repeated_and_a_write_is_not() -> None:
    """A lost response is asked for again if the operation only reads; for a write it may have acted."""
    with served(drop) as (_, direct), pytest.raises(ResponseLostError) as lost:
        direct.send_xml(UPDATE.format(id=1, name="x").encode())
    assert lost.value.may_have_acted
    with served(drop, FOUND, retry=Retry(), sleep=lambda _: None) as (server, direct):
        assert direct.send_xml(GET.encode()).result == [{"Id": 1, "Name": "One"}]
        assert len(server.received) == 2


def test_a_fault_is_an_error_of_the_api() -> None:
    """A fault raises what call() raises."""
    with Emulator() as emulator:
        agency = Direct(
            "demo-agency-token", endpoint=emulator.endpoint, session=emulator.session(), client_login="nobody"
        )
        with agency, pytest.raises(NotFoundError, match=r"campaigns\.get for nobody"):
            agency.send_xml(GET.encode())
