"""What SOAP stacks of enterprises meet: addresses in WSDLs, headers they must understand, refusals with a cause."""

import gzip
import logging
import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import zeep
from lxml import etree

from yadirect_soap import ConfigurationError, Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.messages import Headers, Request

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ACTION = "https://api.direct.yandex.com/v5/campaigns/update"
FIELDS = {
    "Authorization": "Bearer demo-token",
    "Content-Type": "text/xml; charset=utf-8",
    "SOAPAction": f'"{bundled().operation("campaigns", "update").soap_action}"',
}


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    """An emulator as the API is: lenient."""
    with Emulator() as opened:
        yield opened


def envelope(member: str = "<Name>New</Name>", header: str = "", soap: str = SOAP) -> str:
    """An update of a campaign that does not exist."""
    return (
        f'<s:Envelope xmlns:s="{soap}" xmlns:i="{XSI}"><s:Header>{header}</s:Header><s:Body>'
        '<n:UpdateRequest xmlns:n="http://api.direct.yandex.com/v5/campaigns">'
        f"<Campaigns><Id>404</Id>{member}</Campaigns></n:UpdateRequest></s:Body></s:Envelope>"
    )


def exchange(emulator: Emulator, body: bytes | str, **fields: str) -> dict[str, str]:
    """The texts of the elements of an answer, by local name."""
    content = body.encode() if isinstance(body, str) else body
    sent = FIELDS | {name.replace("_", "-"): value for name, value in fields.items()}
    address = f"{emulator.endpoint}/v5/campaigns"
    answer = emulator.handle_request(Request(address, Headers({k: v for k, v in sent.items() if v}), content))
    assert answer.status == 200
    root = etree.fromstring(answer.body)
    return {etree.QName(element).localname: element.text or "" for element in root.iter(etree.Element)}


# --- nil and mustUnderstand -----------------------------------------------------------------------------------


NILS = {
    "capitals": '<NegativeKeywords i:nil="TRUE"/>',
    "word": '<NegativeKeywords i:nil="yes"/>',
    "empty": '<NegativeKeywords i:nil=""/>',
    "children": '<NegativeKeywords i:nil="true"><Items>a</Items></NegativeKeywords>',
    "text": '<EndDate i:nil="1">2030-01-01</EndDate>',
    "white space": '<EndDate i:nil="true"> </EndDate>',
}


@pytest.mark.parametrize("member", NILS.values(), ids=NILS)
def test_a_nil_that_is_not_valid_is_refused(emulator: Emulator, member: str) -> None:
    """An xsi:nil that is no boolean, or stands beside content, is error 8000 with the place."""
    answer = exchange(emulator, envelope(member))
    assert answer["errorCode"] == "8000"
    assert "nil" in answer["errorDetail"]
    assert re.match(r"Campaigns\.(NegativeKeywords|EndDate): ", answer["errorDetail"])


@pytest.mark.parametrize("nil", ["true", "1", " true ", "false", "0"])
def test_a_valid_nil_is_read(emulator: Emulator, nil: str) -> None:
    """The booleans of XML Schema are accepted; false is as if the attribute were absent."""
    assert "UpdateResults" in exchange(
        emulator, envelope(f'<EndDate i:nil="{nil}">' + ("2036-01-01" if nil in "false0" else "") + "</EndDate>")
    )


UNKNOWN = {
    "unknown": '<w:Security xmlns:w="urn:w" s:mustUnderstand="1"/>',
    "true": '<w:Security xmlns:w="urn:w" s:mustUnderstand="true"/>',
    "next actor": '<w:To xmlns:w="urn:w" s:mustUnderstand="1" s:actor="http://schemas.xmlsoap.org/soap/actor/next"/>',
}
IGNORED = {
    "no attribute": '<w:Security xmlns:w="urn:w"/>',
    "zero": '<w:Security xmlns:w="urn:w" s:mustUnderstand="0"/>',
    "another actor": '<w:Security xmlns:w="urn:w" s:mustUnderstand="1" s:actor="urn:somebody"/>',
}


@pytest.mark.parametrize("header", UNKNOWN.values(), ids=UNKNOWN)
def test_a_header_that_must_be_understood_is_a_fault(emulator: Emulator, header: str) -> None:
    """A header block with mustUnderstand="1" is the fault MustUnderstand of SOAP 1.1, and nothing is carried out."""
    answer = exchange(emulator, envelope(header=header))
    assert answer["faultcode"].endswith(":MustUnderstand")
    assert "urn:w" in answer["errorDetail"]


@pytest.mark.parametrize("header", IGNORED.values(), ids=IGNORED)
def test_other_headers_are_ignored(emulator: Emulator, header: str) -> None:
    """A header block without mustUnderstand, or for another actor, changes nothing."""
    assert "UpdateResults" in exchange(emulator, envelope(header=header))


# --- refusals that name the cause -----------------------------------------------------------------------------


RUSSIAN = envelope("<Name>Имя</Name>")
CAUSES: dict[str, tuple[bytes, dict[str, str], str]] = {
    "empty": (b"", {}, "an empty body"),
    "white space": (b" \r\n", {}, "an empty body"),
    "gzip": (gzip.compress(RUSSIAN.encode()), {}, "gzip"),
    "UTF-16": (RUSSIAN.encode("utf-16"), {}, "UTF-16"),
    "UTF-16 without a mark": (RUSSIAN.encode("utf-16-be"), {}, "UTF-16"),
    "declared encoding": (
        f'<?xml version="1.0" encoding="windows-1251"?>{RUSSIAN}'.encode("cp1251"),
        {},
        "a document in windows-1251",
    ),
    "encoding of Content-Type": (
        RUSSIAN.encode("cp1251"),
        {"Content_Type": "text/xml; charset=windows-1251"},
        "a body in windows-1251 (Content-Type)",
    ),
    "multipart": (
        b"--x\r\nContent-Type: text/xml\r\n\r\n" + RUSSIAN.encode() + b"\r\n--x--",
        {"Content_Type": 'multipart/related; boundary="x"'},
        "multipart/related (MTOM",
    ),
    "multipart without its header": (b"--x\r\n\r\n" + RUSSIAN.encode(), {}, "a multipart message"),
    "SOAP 1.2": (envelope(soap=SOAP_12).encode(), {}, "a SOAP 1.2 envelope"),
    "SOAP 1.2 without SOAPAction": (
        envelope(soap=SOAP_12).encode(),
        {"SOAPAction": "", "Content_Type": "application/soap+xml; charset=utf-8"},
        "SOAP 1.2 (application/soap+xml)",
    ),
    "HTML": (b"<!DOCTYPE html><html><body>proxy</body></html>", {}, "an HTML page"),
    "JSON": (b'{"method": "get"}', {}, "a JSON document"),
}


@pytest.mark.parametrize(("body", "fields", "cause"), CAUSES.values(), ids=CAUSES)
def test_a_refusal_names_the_cause(emulator: Emulator, body: bytes, fields: dict[str, str], cause: str) -> None:
    """What is no SOAP 1.1 message in UTF-8 is error 8000 that says what it is instead."""
    answer = exchange(emulator, body, **fields)
    assert answer["errorCode"] == "8000"
    assert cause in answer["errorDetail"]


def test_soap_12_is_a_version_mismatch(emulator: Emulator) -> None:
    """An envelope of SOAP 1.2 is the fault VersionMismatch of SOAP 1.1."""
    as_stacks_send_it = {"SOAPAction": "", "Content_Type": "application/soap+xml; charset=utf-8"}
    for fields in ({}, as_stacks_send_it):
        assert exchange(emulator, envelope(soap=SOAP_12), **fields)["faultcode"].endswith(":VersionMismatch")


def test_a_gzip_body_is_refused_on_the_wire(emulator: Emulator) -> None:
    """Over a socket a Content-Encoding is 415, and the page names it."""
    body = gzip.compress(RUSSIAN.encode())
    with emulator.serve() as url, socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), 10) as opened:
        head = (
            f"POST /v5/campaigns HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}"
        )
        opened.sendall(f"{head}\r\n\r\n".encode() + body)
        answer = b"".join(iter(lambda: opened.recv(65_536), b""))
    assert answer.startswith(b"HTTP/1.1 415 ")
    assert b"Content-Encoding" in answer


# --- addresses in WSDLs ---------------------------------------------------------------------------------------


def _wsdl(emulator: Emulator, **fields: str) -> str:
    request = Request("http://caller.test:81/v501/clients?wsdl", Headers(fields), method="GET")
    return emulator.handle_request(request).body.decode()


def test_addresses_have_the_scheme_of_the_caller(emulator: Emulator) -> None:
    """Behind a proxy that ends TLS, X-Forwarded-Proto makes the addresses of a WSDL https."""
    text = _wsdl(emulator, **{"X-Forwarded-Proto": "HTTPS, http"})
    assert 'location="https://caller.test:81/v501/clients' in text
    assert 'schemaLocation="https://caller.test:81/v501/general.xsd"' in text
    assert 'location="http://caller.test:81' in _wsdl(emulator, **{"X-Forwarded-Proto": "gopher"})
    assert 'location="https://caller.test:81' in _wsdl(emulator, Forwarded="for=192.0.2.1;proto=https, proto=http")


def test_public_url_is_the_address_in_wsdls() -> None:
    """With public_url a WSDL names this address, whatever the caller used."""
    with Emulator(public_url="https://direct.test/emulator/", seed=False) as opened:
        text = _wsdl(opened)
    assert 'location="https://direct.test/emulator/v501/clients' in text
    assert 'schemaLocation="https://direct.test/emulator/v501/generalclients.xsd"' in text
    assert "caller.test" not in text


@pytest.mark.parametrize(
    "url", ["", "direct.test", "ftp://direct.test", "https://", "https://a.test/?x=1", "https://[x"]
)
def test_a_wrong_public_url_is_a_mistake(url: str) -> None:
    """What is no address of a host is refused at the start."""
    with pytest.raises(ConfigurationError, match=r"^public_url: found "):
        Emulator(public_url=url)


@pytest.mark.parametrize("service", ["adextensions", "campaigns", "clients"])
def test_zeep_calls_by_a_saved_wsdl(emulator: Emulator, service: str, tmp_path: Any) -> None:
    """A WSDL that was saved in a file loads in plain zeep, which finds schemas and service by its addresses."""
    with emulator.serve() as url:
        request = Request(f"{url}/v5/{service}?wsdl", Headers({}), method="GET")
        (tmp_path / "saved.wsdl").write_bytes(emulator.handle_request(request).body)
        client = zeep.Client(str(tmp_path / "saved.wsdl"))
        assert client.service._binding_options["address"].startswith(f"{url}/v5/{service}")
        client.transport.session.close()


# --- strict mode ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def strict() -> Iterator[Emulator]:
    """An emulator that refuses departures."""
    with Emulator(strict="error") as opened:
        yield opened


DEPARTURES: dict[str, tuple[str, dict[str, str], str]] = {
    "order": (
        envelope().replace("<Id>404</Id><Name>New</Name>", "<Name>New</Name><Id>404</Id>"),
        {},
        "line 1, /s:Envelope/s:Body/n:UpdateRequest/Campaigns/Name: ",
    ),
    "namespace of a member": (envelope("<n:Name>New</n:Name>"), {}, "n:Name: "),
    "another SOAPAction": (envelope(), {"SOAPAction": '"x"'}, 'SOAPAction: found "x"'),
    "SOAPAction without quotes": (
        envelope(),
        {"SOAPAction": FIELDS["SOAPAction"].strip('"')},
        "expected a URI in quotes",
    ),
    "Content-Type": (envelope(), {"Content_Type": "application/xml"}, "Content-Type: found application/xml"),
    "processing instruction": (f"<?a b?>{envelope()}", {}, "a processing instruction"),
    "declared encoding": (
        f'<?xml version="1.0" encoding="windows-1251"?>{envelope()}',
        {},
        "the encoding windows-1251",
    ),
    "header of no namespace": (envelope(header="<a/>"), {}, "/s:Envelope/s:Header/a: "),
    "after the Body": (envelope().replace("</s:Body>", '</s:Body><w:x xmlns:w="urn:w"/>'), {}, "/s:Envelope/w:x: "),
    "mustUnderstand": (
        envelope(header='<w:a xmlns:w="urn:w" s:mustUnderstand="no"/>'),
        {},
        "mustUnderstand",
    ),
}


@pytest.mark.parametrize(("body", "fields", "departure"), DEPARTURES.values(), ids=DEPARTURES)
def test_a_departure_is_refused_by_strict_and_accepted_else(
    emulator: Emulator, strict: Emulator, body: str, fields: dict[str, str], departure: str
) -> None:
    """What the API accepts beyond XSD and SOAP 1.1 is accepted, and with strict it is 8000 that names it."""
    assert "UpdateResults" in exchange(emulator, body, **fields)
    refused = exchange(strict, body, **fields)
    assert refused["errorCode"] == "8000"
    assert departure in refused["errorDetail"]


def test_every_departure_is_told(strict: Emulator) -> None:
    """Several departures are one fault with all of them."""
    answer = exchange(strict, envelope("<n:Name>New</n:Name>", header="<a/>"), SOAPAction='"x"')
    assert answer["errorDetail"].count(";") >= 2


def test_our_client_departs_from_nothing(strict: Emulator) -> None:
    """What this package sends over SOAP and JSON passes the strict mode."""
    for transport in ("soap", "json"):
        with Direct("demo-token", endpoint=strict.endpoint, session=strict.session(), transport=transport) as direct:
            campaign = direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id"])[0]
            direct.campaigns.update(Campaigns=[{"Id": campaign["Id"], "NegativeKeywords": None}]).raise_for_errors()


def test_plain_zeep_departs_from_nothing(strict: Emulator) -> None:
    """What plain zeep sends passes the strict mode."""
    with strict.serve() as url:
        client = zeep.Client(f"{url}/v5/campaigns?wsdl")
        client.transport.session.headers["Authorization"] = "Bearer demo-token"
        assert client.service.get(SelectionCriteria={}, FieldNames=["Id"]).Campaigns
        client.transport.session.close()


def test_warn_logs_departures(caplog: pytest.LogCaptureFixture) -> None:
    """With strict="warn" a departure is a line in the log, and the request is carried out."""
    with Emulator(strict="warn") as opened, caplog.at_level(logging.WARNING, "yadirect_soap.emulator"):
        assert "UpdateResults" in exchange(opened, envelope(), SOAPAction='"x"')
    assert 'campaigns departs from the XSD or SOAP 1.1: SOAPAction: found "x"' in caplog.text


@pytest.mark.parametrize("mode", ["off", "warn", "error"])
def test_departures_are_marks_of_the_call(mode: str) -> None:
    """In strict mode a call has its departures, on the pages and in the control API; without it none are looked for."""
    with Emulator(strict=mode) as opened, opened.serve(control=True) as url:
        exchange(opened, envelope("<n:Name><b>New</b></n:Name>"), SOAPAction='"x"')
        exchange(opened, envelope())
        departing, plain = opened.calls
        overview = requests.get(f"{url}/_emulator/admin", timeout=5).text
        page = requests.get(f"{url}/_emulator/admin/calls/{departing.number}", timeout=5).text
        listed = requests.get(f"{url}/_emulator/calls", timeout=5).json()["calls"]
    count = 0 if mode == "off" else 2
    assert (len(departing.departures), plain.departures) == (count, ())
    assert [len(call["departures"]) for call in listed] == [count, 0]
    assert (f">{count}</span>" in overview) == bool(count)
    assert ("Departures from the XSD and SOAP 1.1" in page) == bool(count)
    assert ("SOAPAction: found &quot;x&quot;" in page) == bool(count)


def test_a_wrong_mode_is_a_mistake() -> None:
    """There are three modes."""
    with pytest.raises(ConfigurationError, match="strict: found 'very', expected one of off, warn, error"):
        Emulator(strict="very")
