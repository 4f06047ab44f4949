"""The stations of an answer: routing, authorisation, decoding, checking, limits, units; and what hostile input gets."""

import hashlib
import logging
import re
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any, NoReturn

import pytest
import requests
import simplejson
from lxml import etree

from tests.clock import NOON
from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.emulator.app import Emulator
from yadirect_soap.emulator.domain.account import Account
from yadirect_soap.emulator.http.request import LARGEST_BODY
from yadirect_soap.emulator.operations.call import OperationCall

ROOT = Path(__file__).resolve().parents[2]

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
GET_CAMPAIGNS = {"FieldNames": ["Id"]}


def envelope(service: str, message: str, content: str = "") -> bytes:
    """A SOAP request, written by hand."""
    namespace = f"http://api.direct.yandex.com/v5/{service}"
    return (
        f'<s:Envelope xmlns:s="{SOAP}"><s:Body><n:{message} xmlns:n="{namespace}">{content}</n:{message}>'
        "</s:Body></s:Envelope>"
    ).encode()


def fault(body: bytes) -> dict[str, str]:
    """The texts of a SOAP fault, by the names of their elements."""
    root = etree.fromstring(body)
    assert root.find(f".//{{{SOAP}}}Fault") is not None
    return {etree.QName(element).localname: element.text or "" for element in root.iter(etree.Element)}


# --- routing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/json/v5/nosuch", 404),
        ("POST", "/json/v4/campaigns", 404),
        ("POST", "/v5/Campaigns", 404),
        ("POST", "/", 404),
        ("POST", "/v5/campaigns/more", 404),
        ("GET", "/v5/campaigns", 405),
        ("GET", "/json/v5/campaigns?wsdl", 405),
        ("PUT", "/v5/campaigns", 405),
        ("GET", "/v5/nosuch?wsdl", 404),
        ("GET", "/v5/nosuch.xsd", 404),
    ],
)
def test_what_is_not_there_is_an_html_page(client: EmulatorClient, method: str, path: str, status: int) -> None:
    """An unknown address and an unfit method are answered by a web server, not by the API."""
    response = client.send(path, method=method)
    assert (response.status, response.headers["content-type"]) == (status, "text/html; charset=utf-8")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_root_address_tells_what_answers(client: EmulatorClient, method: str) -> None:
    """It names the addresses, every service with its WSDL, and the pages."""
    response = client.send("/", method=method)
    assert (response.status, response.headers["content-type"]) == (200, "text/html; charset=utf-8")
    page = response.body.decode()
    links = re.findall(r'<a href="([^"]*)"', page)
    assert {link.removeprefix("/v5/").removesuffix("?wsdl") for link in links} == set(client.emulator.contract)
    assert all(client.send(link, method="GET").status == 200 for link in links[:3])
    for address in ("POST /json/v5/SERVICE", "/json/v5/reports", "/authorize", "/_emulator/admin"):
        assert address in page


def test_the_policy_of_a_page_allows_its_style(client: EmulatorClient) -> None:
    """A browser applies the style of a page and shows its icon: the Content-Security-Policy allows these two alone."""
    response = client.send("/device", method="GET")
    (style,) = re.findall(r"<style>(.*)</style>", response.body.decode())
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = response.headers["content-security-policy"]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"
    (icon,) = re.findall(r'<link rel="icon" href="data:image/svg\+xml;base64,([^"]*)">', response.body.decode())
    assert b64decode(icon) == (ROOT / "docs" / "assets" / "favicon.svg").read_bytes()


def test_an_unknown_address_tells_which_there_are(client: EmulatorClient) -> None:
    """Whoever mistypes a path reads how it should be; the text of the path is not repeated."""
    page = client.send("/json/v4/<b>").body.decode()
    assert "POST /json/v5/SERVICE" in page
    assert ">campaigns<" in page
    assert "v4" not in page


@pytest.mark.parametrize("path", ["/json/v5/campaigns", "/json/v5/campaigns/", "/json/v501/campaigns"])
def test_both_versions_answer_with_and_without_a_slash(client: EmulatorClient, path: str) -> None:
    """A service answers under v5 and v501, with or without a slash at the end."""
    body = simplejson.dumps({"method": "get", "params": GET_CAMPAIGNS}).encode()
    assert simplejson.loads(client.send(path, body).body) == {"result": {"Campaigns": []}}


@pytest.mark.parametrize("version", ["v5", "v501"])
@pytest.mark.parametrize("query", ["wsdl", "wsdl=", "WSDL"])
def test_a_description_names_the_emulators_own_address(client: EmulatorClient, version: str, query: str) -> None:
    """A WSDL is served with the address under which it was asked for."""
    body = client.send(f"/{version}/adgroups?{query}", method="GET").body
    assert f'<soap:address location="http://emulator.test/{version}/adgroups/"/>'.encode() in body


def test_schemas_are_served_beside_the_descriptions(client: EmulatorClient) -> None:
    """The shared XSD files are where the WSDLs import them from."""
    assert etree.fromstring(client.send("/v5/general.xsd", method="GET").body).tag.endswith("schema")


# --- authorisation ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("authorization", "code"),
    [(None, 8000), ("", 8000), ("anna-token", 8000), ("OAuth anna-token", 8000), ("Bearer nobodys", 53)],
    ids=["none", "empty", "bare", "old form", "unknown"],
)
def test_a_call_needs_a_token(emulator: Emulator, authorization: str | None, code: int) -> None:
    """No token, or one in another form, is 8000; an unknown one is 53."""
    client = EmulatorClient(
        emulator, token="", fields={} if authorization is None else {"Authorization": authorization}
    )
    assert client.error("campaigns", "get", GET_CAMPAIGNS) == code


@pytest.mark.parametrize(
    ("token", "service", "login", "code"),
    [
        ("agency-token", "campaigns", None, 8000),
        ("agency-token", "campaigns", "anna", 8800),
        ("agency-token", "campaigns", "nobody", 8800),
        ("agency-token", "campaigns", "agency", 8800),
        ("anna-token", "campaigns", "reader", 8800),
        ("anna-token", "agencyclients", None, 54),
        ("agency-token", "agencyclients", "agency-client", 8000),
    ],
)
def test_client_login_is_for_agencies(
    emulator: Emulator, token: str, service: str, login: str | None, code: int
) -> None:
    """Who may name which login is as documented, AgencyClients included."""
    fields = {} if login is None else {"Client-Login": login}
    params = {"SelectionCriteria": {}, "FieldNames": ["Login"]} if service == "agencyclients" else GET_CAMPAIGNS
    assert EmulatorClient(emulator, token, fields).error(service, "get", params) == code


@pytest.mark.parametrize(
    ("token", "login"), [("agency-token", "Agency.Client"), ("anna-token", "anna"), ("anna-token", "")]
)
def test_a_login_of_ones_own_is_accepted(emulator: Emulator, token: str, login: str) -> None:
    """An agency names its client, dots and case regardless; an advertiser may name itself."""
    assert EmulatorClient(emulator, token, {"Client-Login": login}).result("campaigns", "get", GET_CAMPAIGNS) == {
        "Campaigns": []
    }


def test_one_who_may_only_read_cannot_write(emulator: Emulator) -> None:
    """A write of a read-only account is refused with 54, a read is answered."""
    client = EmulatorClient(emulator, "reader-token")
    assert client.error("campaigns", "suspend", {"SelectionCriteria": {"Ids": [1]}}) == 54
    assert client.result("campaigns", "get", GET_CAMPAIGNS) == {"Campaigns": []}


def test_an_advertiser_sees_nothing_of_anothers(emulator: Emulator, client: EmulatorClient) -> None:
    """Objects of another account are not found, whoever asks."""
    campaign = client.campaign()
    other = EmulatorClient(emulator, "agency-token", {"Client-Login": "agency-client"})
    assert other.result("campaigns", "get", {"SelectionCriteria": {"Ids": [campaign]}, **GET_CAMPAIGNS}) == {
        "Campaigns": []
    }
    assert other.on("campaigns", "delete", campaign)[0]["Errors"][0]["Code"] == 8800


def test_tokens_are_not_kept_in_the_open(emulator: Emulator) -> None:
    """The store knows a token's digest only."""
    assert "anna-token" not in simplejson.dumps([emulator.store.note("tokens"), emulator.store.note("accounts")])


# --- decoding and checking --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", 8000),
        (b"{", 8000),
        (b"[]", 8000),
        (b'{"params": {}}', 8000),
        (b'{"method": "Get", "params": {}}', 55),
        (b'{"method": "get", "params": []}', 8000),
        (b'{"method": "get", "params": {"FieldNames": ["Id"], "FieldNames2": 1}}', 8000),
        (b'{"method": "get", "params": {"FieldNames": []}}', 8000),
        (b'{"method": "get", "params": {"FieldNames": "Id"}}', 8000),
        (b'{"method": "get", "params": {"FieldNames": ["Name of mine"]}}', 8000),
        (b'{"method": "get", "params": {"FieldNames": ["Id"], "SelectionCriteria": {"Ids": ["one"]}}}', 8000),
        (b'{"method": "get", "params": {"FieldNames": ["Id"], "SelectionCriteria": {"Ids": [1.5]}}}', 8000),
        (b'{"method": "get", "params": {"FieldNames": ["Id"], "SelectionCriteria": {"Ids": [NaN]}}}', 8000),
        (b"\xff\xfe{", 8000),
        (b"[" * 100_000, 8000),
        (b'{"method": "get", "params": {"FieldNames": ' + b"[" * 400 + b"]" * 400 + b"}}", 8000),
        (b"<html></html>", 8000),
    ],
    ids=[
        "empty", "truncated", "array", "no method", "unknown method", "params array", "unknown param", "empty list",
        "text for a list", "unknown value", "text for a number", "fraction", "NaN", "encoding", "unclosed depth",
        "depth", "html",
    ],
)  # fmt: skip
def test_json_that_is_no_request_is_refused(client: EmulatorClient, body: bytes, code: int) -> None:
    """Whatever is not a request of the API gets its error, with HTTP 200; an unknown method with 202, as recorded."""
    response = client.send("/json/v5/campaigns", body)
    status = 202 if code == 55 else 200
    assert (response.status, simplejson.loads(response.body)["error"]["error_code"]) == (status, code)


def test_a_request_may_have_its_numbers_as_texts(client: EmulatorClient) -> None:
    """Public clients send ids as texts, and the API takes them; an id beyond 2**53 is exact."""
    key, large = client.campaign(), 2**53 + 1
    client.put("campaigns", client.first("campaigns", Id=key) | {"Id": large})
    criteria = {"Ids": [str(key), str(large), "1"]}
    page = {"Limit": "10", "Offset": "0"}
    result = client.result("campaigns", "get", {"SelectionCriteria": criteria, "FieldNames": ["Id"], "Page": page})
    assert result == {"Campaigns": [{"Id": key}, {"Id": large}]}


@pytest.mark.parametrize(
    ("body", "action"),
    [
        (envelope("campaigns", "GetRequest", "<FieldNames>Id</FieldNames>"), None),
        (envelope("campaigns", "GetRequest", "<FieldNames>Id</FieldNames>"), '""'),
        (b"", '"x"'),
        (b"<a>", '"x"'),
        (b"not XML", '"x"'),
        (b"<html><body>proxy</body></html>", '"x"'),
        (f'<s:Envelope xmlns:s="{SOAP}"><s:Body/></s:Envelope>'.encode(), '"x"'),
        (envelope("campaigns", "FooRequest"), '"x"'),
        (envelope("ads", "GetRequest"), '"x"'),
        (envelope("campaigns", "GetRequest"), '"x"'),
        (envelope("campaigns", "GetRequest", "<FieldNames>Id</FieldNames>")[:-9], '"x"'),
        (envelope("campaigns", "GetRequest", "<SelectionCriteria><Ids>abc</Ids></SelectionCriteria>"), '"x"'),
        (envelope("campaigns", "GetRequest", "<FieldNames>Id</FieldNames><More>1</More>"), '"x"'),
        (b'<!DOCTYPE x [<!ENTITY a "1">]>' + envelope("campaigns", "GetRequest"), '"x"'),
        (
            b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
            b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
            + envelope("campaigns", "GetRequest", "<FieldNames>&c;</FieldNames>"),
            '"x"',
        ),
        (b'<!DOCTYPE x SYSTEM "file:///etc/hostname"><x/>', '"x"'),
        (envelope("campaigns", "GetRequest", "<a>" * 5000 + "</a>" * 5000), '"x"'),
        (envelope("campaigns", "GetRequest").decode().encode("utf-16")[:-1], '"x"'),
    ],
    ids=[
        "no action", "empty action", "empty", "truncated start", "text", "html", "empty body", "unknown message",
        "another service", "omitted field", "truncated end", "text for a number", "unknown element", "DTD",
        "entity bomb", "external DTD", "depth", "encoding",
    ],
)  # fmt: skip
def test_xml_that_is_no_request_is_refused(client: EmulatorClient, body: bytes, action: str | None) -> None:
    """Whatever is not a request of the API gets a fault with 8000, with HTTP 200."""
    response = client.send("/v5/campaigns", body, **({} if action is None else {"SOAPAction": action}))
    assert (response.status, fault(response.body)["errorCode"]) == (200, "8000")


def test_a_body_beyond_all_measure_is_not_read(client: EmulatorClient) -> None:
    """A body longer than the limit is refused as it is."""
    body = b" " * (LARGEST_BODY + 1)
    assert simplejson.loads(client.send("/json/v5/campaigns", body).body)["error"]["error_code"] == 8000


def test_an_omitted_field_is_told_in_the_apis_words(client: EmulatorClient) -> None:
    """The detail of 8000 for a missing field of an item is the recorded one."""
    answer = client.json("bidmodifiers", "set", {"BidModifiers": [{"BidModifier": 100}]})
    assert answer["error"]["error_detail"] == "The required field Id is omitted in an item in the BidModifiers array"


@pytest.mark.parametrize(
    ("language", "text"), [("ru", "Некорректный запрос"), ("en", "Invalid request"), ("fr", "Invalid request")]
)
def test_texts_are_in_the_callers_language(client: EmulatorClient, language: str, text: str) -> None:
    """Russian is spoken to who asks for it, English to all others."""
    assert client.json("ads", "get", {}, Accept_Language=language)["error"]["error_string"] == text


def test_a_fault_says_the_same_over_both_wires(emulator: Emulator) -> None:
    """Code, text, detail and request id of a fault are equal in SOAP and JSON, and in the RequestId header."""
    body = envelope("vcards", "AddRequest", "<VCards><Country>x</Country></VCards>")
    response = EmulatorClient(emulator).send("/v5/vcards", body, SOAPAction='"x"')
    soap_fault = fault(response.body)
    same = EmulatorClient(emulator).json("vcards", "add", {"VCards": [{"Country": "x"}]})["error"]
    assert (soap_fault["errorCode"], soap_fault["faultstring"]) == ("8000", same["error_string"])
    assert soap_fault["errorDetail"] == same["error_detail"]
    assert soap_fault["requestId"] == response.headers["RequestId"]


# --- limits -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "method", "params", "code"),
    [
        ("campaigns", "delete", {"SelectionCriteria": {"Ids": list(range(1001))}}, 9300),
        ("campaigns", "update", {"Campaigns": [{"Id": 1}] * 11}, 9300),
        ("campaigns", "get", {"SelectionCriteria": {"Ids": list(range(1001))}, "FieldNames": ["Id"]}, 4001),
        ("ads", "get", {"SelectionCriteria": {"CampaignIds": list(range(11))}, "FieldNames": ["Id"]}, 4001),
        ("ads", "get", {"SelectionCriteria": {}, "FieldNames": ["Id"]}, 4001),
        ("ads", "get", {"SelectionCriteria": {"Types": ["TEXT_AD"]}, "FieldNames": ["Id"]}, 4001),
        ("campaigns", "get", {"FieldNames": ["Id"], "Page": {"Limit": 10_001}}, 4002),
        ("campaigns", "get", {"FieldNames": ["Id"], "Page": {"Limit": 0}}, 4002),
        ("campaigns", "get", {"FieldNames": ["Id"], "Page": {"Offset": -1}}, 4002),
        (
            "bidmodifiers",
            "get",
            {
                "SelectionCriteria": {"Ids": [1], "Levels": ["CAMPAIGN"]},
                "FieldNames": ["Id"],
                "Page": {"Offset": 119_999},
            },
            9301,
        ),
    ],
)
def test_a_request_for_too_much_is_refused(
    client: EmulatorClient, service: str, method: str, params: dict[str, Any], code: int
) -> None:
    """The documented sizes of requests, criteria and pages are kept."""
    assert client.error(service, method, params) == code


# --- what the web server adds ------------------------------------------------------------------------------


GET = envelope("ads", "GetRequest", "<SelectionCriteria><Ids>1</Ids></SelectionCriteria><FieldNames>Id</FieldNames>")


@pytest.mark.parametrize(
    ("path", "body", "command", "code"),
    [
        ("/v5/ads", GET, "direct.api5/ads.get", 0),
        ("/v501/ads", GET, "direct.api5/ads.get", 0),
        ("/v5/ads", GET.replace(b"<Ids>1</Ids>", b""), "direct.api5/ads.get", 4001),
        ("/json/v5/bids", b'{"method": "setAuto", "params": {}}', "direct.api5/bids.setAuto", 8000),
        ("/json/v5/reports", b"{}", "direct.json-api/reports.create", 8000),
        ("/v5/reports", b"<", "direct.json-api/reports.create", 8000),
    ],
    ids=["SOAP", "v501", "refused", "refused over JSON", "report", "report in XML"],
)
def test_the_command_is_told(client: EmulatorClient, path: str, body: bytes, command: str, code: int) -> None:
    """X-Accel-Info has the number of the request, what it was for, and the code of the error that refuses it."""
    response = client.send(path, body, SOAPAction='"x"')
    request_id = response.headers["RequestId"]
    assert response.headers["X-Accel-Info"] == f"reqid:{request_id},cmd:{command},appcode:{code}"


@pytest.mark.parametrize("body", [b"", b'{"method": "nosuch", "params": {}}', b" " * (LARGEST_BODY + 1)])
def test_no_command_is_made_up(client: EmulatorClient, body: bytes) -> None:
    """Where a request does not tell what it is for, there is no X-Accel-Info."""
    assert "X-Accel-Info" not in client.send("/json/v5/ads", body).headers


# --- units ------------------------------------------------------------------------------------------------


def test_units_are_charged_by_the_price_list(client: EmulatorClient) -> None:
    """A call costs its own price, one for each object, and twenty for each error; the rest is told in the header."""
    client.campaign()
    body = {"method": "delete", "params": {"SelectionCriteria": {"Ids": [700_000_001, 5]}}}
    response = client.send("/json/v5/campaigns", simplejson.dumps(body).encode())
    assert response.headers["Units"] == f"32/{160_000 - 15 - 32}/160000"
    assert response.headers["Units-Used-Login"] == "anna"


@pytest.mark.parametrize(
    ("service", "body", "spent"),
    [
        ("campaigns", {}, 50),
        ("campaigns", {"method": "get", "params": {"FieldNames": ["Nonsense"]}}, 50),
        ("campaigns", {"method": "burn", "params": {}}, 50),
        ("ads", {"method": "get", "params": {"SelectionCriteria": {}, "FieldNames": ["Id"]}}, 35),
    ],
    ids=["nothing", "a wrong value", "no such method", "no criteria"],
)
def test_a_refused_call_costs_units(client: EmulatorClient, service: str, body: dict[str, Any], spent: int) -> None:
    """A request that cannot be read costs 50 units; one that asks wrongly costs its call and 20."""
    units = client.send(f"/json/v5/{service}", simplejson.dumps(body).encode()).headers["Units"]
    assert units == f"{spent}/{160_000 - spent}/160000"


def test_a_stranger_is_told_no_units(emulator: Emulator) -> None:
    """Where no account is known there are no units to tell."""
    assert "Units" not in EmulatorClient(emulator, "nobodys").send("/json/v5/campaigns", b"{}").headers


@pytest.mark.parametrize(("wish", "payer"), [("true", "agency"), ("false", "agency-client"), ("", "agency-client")])
def test_the_agency_pays_where_it_wishes_to(emulator: Emulator, wish: str, payer: str) -> None:
    """Use-Operator-Units moves the bill from the client to its agency."""
    client = EmulatorClient(emulator, "agency-token", {"Client-Login": "agency-client", "Use-Operator-Units": wish})
    assert client.send("/json/v5/campaigns", b"{}").headers["Units-Used-Login"] == payer


def test_a_call_beyond_the_units_is_refused_and_acts_on_nothing(emulator: Emulator) -> None:
    """Error 152 comes before anything is done, and costs nothing."""
    emulator.accounts.add(Account("poor", 1005, daily_units=12), token="poor-token")
    client = EmulatorClient(emulator, "poor-token")
    client.result("campaigns", "get", GET_CAMPAIGNS)
    assert client.error("campaigns", "add", {"Campaigns": [{"Name": "x", "StartDate": "2026-06-01"}]}) == 152
    assert client.error("campaigns", "get", GET_CAMPAIGNS) == 152
    assert emulator.store.count("campaigns", "poor") == 0


# --- the whole --------------------------------------------------------------------------------------------


def test_a_mistake_of_the_emulator_is_error_1000(emulator: Emulator, caplog: pytest.LogCaptureFixture) -> None:
    """An exception inside is logged with its traceback and answered with 1000; nothing of the call is kept."""

    def broken(call: OperationCall) -> NoReturn:
        call.store.put("campaigns", 1, call.account.login, {"Id": 1}, changed=0)
        raise ZeroDivisionError("a bug")

    with Emulator(seed=False, handlers={"campaigns.get": broken}) as other, caplog.at_level(logging.ERROR):
        other.accounts.add(Account("anna", 1), token="anna-token")
        assert EmulatorClient(other).error("campaigns", "get", GET_CAMPAIGNS) == 1000
        assert other.store.count("campaigns", "anna") == 0
    assert "ZeroDivisionError" in caplog.text


def test_equal_emulators_give_equal_answers() -> None:
    """Two emulators with equal clocks answer equal requests byte by byte, headers included."""
    answers = []
    for _ in range(2):
        with Emulator(seed=False, clock=lambda: NOON) as emulator:
            emulator.accounts.add(Account("anna", 1), token="anna-token")
            client = EmulatorClient(emulator)
            client.ad()
            body = {"method": "get", "params": {"SelectionCriteria": {}, "FieldNames": ["Id", "Name", "Funds"]}}
            response = client.send("/json/v5/campaigns", simplejson.dumps(body).encode())
            answers.append((response.body, dict(response.headers)))
    assert answers[0] == answers[1]


def test_a_session_reaches_the_emulator_without_a_socket(emulator: Emulator) -> None:
    """Requests through the session are answered in process, and look like answers off the network."""
    with emulator.session() as session:
        response = session.post(
            f"{emulator.endpoint}/json/v5/campaigns",
            json={"method": "get", "params": GET_CAMPAIGNS},
            headers={"Authorization": "Bearer anna-token"},
            timeout=1,
        )
    assert (response.status_code, response.json(), response.encoding) == (200, {"result": {"Campaigns": []}}, "utf-8")
    assert isinstance(response.request, requests.PreparedRequest)
