"""What a gateway serves, whom it answers, and what it passes on."""

import base64
import logging

import pytest
from lxml import etree

from tests.gateway.callers import CAMPAIGN, GET, GET_ALL, Caller, envelope
from tests.gateway.conftest import Open
from yadirect_soap import ConfigurationError, Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.gateway import Options, application, serving
from yadirect_soap.protocol.contract import bundled

SECRET = "a-secret-of-callers"


def basic(password: str) -> str:
    """The value of Authorization by Basic."""
    return "Basic " + base64.b64encode(f"anyone:{password}".encode()).decode()


def test_a_call_needs_no_token(gateway: Caller) -> None:
    """A caller without any header of the API gets the API's result, with its RequestId and units."""
    reply = gateway.post(f"GetRequest: {GET}")
    assert (reply.status, reply.texts("Id")) == (200, [str(CAMPAIGN)])
    assert reply.fields["RequestId"].isdigit()
    assert reply.fields["Units-Used-Login"] == "demo-advertiser"


def test_a_refusal_is_the_apis_fault(gateway: Caller) -> None:
    """An error of the API arrives with its own code, detail and request id."""
    reply = gateway.post("ArchiveRequest: <SelectionCriteria><Ids>1</Ids></SelectionCriteria>", path="/v501/ads")
    assert reply.texts("Code") == ["8800"]
    fault = gateway.post(f"GetRequest: {GET}", path="/client/nobody/v501/campaigns")
    assert (fault.status, fault.code) == (200, "8800")
    assert fault.texts("requestId")[0].isdigit()


@pytest.mark.parametrize("service", bundled())
def test_a_wsdl_is_at_the_gateways_own_address(gateway: Caller, service: str) -> None:
    """Each WSDL has the address by which its reader came, with the client's login."""
    reply = gateway.request("GET", f"/client/some.client/v501/{service}?wsdl")
    root = etree.fromstring(reply.body)
    (address,) = root.iter("{http://schemas.xmlsoap.org/wsdl/soap/}address")
    assert str(address.get("location")).rstrip("/") == f"http://127.0.0.1:8090/client/some.client/v501/{service}"
    for place in root.iter("{http://www.w3.org/2001/XMLSchema}import"):
        location = str(place.get("schemaLocation")).removeprefix("http://127.0.0.1:8090")
        assert gateway.request("GET", location).status == 200


def test_a_proxys_address_is_in_the_wsdl(open_gateway: Open) -> None:
    """With a public address, a WSDL has that in place of the address of the request."""
    caller = open_gateway(Options(public_url="https://soap.example/direct/"))
    assert b'location="https://soap.example/direct/v5/ads' in caller.request("GET", "/v5/ads?wsdl").body


@pytest.mark.parametrize(
    ("fields", "scheme"),
    [
        ({"X_Forwarded_Proto": "https"}, "https"),
        ({"X_Forwarded_Proto": "HTTPS, http"}, "https"),
        ({"X_Forwarded_Proto": "http,https"}, "http"),
        ({"X_Forwarded_Proto": "gopher"}, "http"),
        ({"X_Forwarded_Proto": '"><evil'}, "http"),
        ({"X_Forwarded_Proto": ""}, "http"),
        ({"Forwarded": "for=192.0.2.1;proto=https;host=evil.example, for=192.0.2.2;proto=http"}, "https"),
        ({"Forwarded": 'For="[2001:db8::1]";Proto="HTTPS"'}, "https"),
        ({"Forwarded": "for=192.0.2.1, proto=https"}, "http"),
        ({"Forwarded": "proto=httpsx;for=proto=https"}, "http"),
        ({"X_Forwarded_Proto": "http", "Forwarded": "proto=https"}, "http"),
    ],
)
def test_proxies_tell_the_scheme(gateway: Caller, fields: dict[str, str], scheme: str) -> None:
    """The first of what proxies say is the scheme of a WSDL's addresses; nothing else of it gets there."""
    body = gateway.request("GET", "/v501/ads?wsdl", b"", **fields).body
    assert f'location="{scheme}://127.0.0.1:8090/v501/ads'.encode() in body
    assert b"evil" not in body


def test_the_path_names_the_client(open_gateway: Open, emulator: Emulator) -> None:
    """A login in the path, in Client-Login or in a header block is the client of the call; the path counts most."""
    caller = open_gateway(token="demo-agency-token")
    block = '<s:Header><g:ClientLogin xmlns:g="urn:yadirect-soap:gateway">demo-client-rub</g:ClientLogin></s:Header>'
    replies = [
        caller.post(GET_ALL, path="/client/demo-client-rub/v501/campaigns", Client_Login="another"),
        caller.post(GET_ALL, Client_Login="demo-client-rub"),
        caller.post(envelope(GET_ALL, header=block)),
    ]
    assert [reply.code for reply in replies] == [""] * 3
    assert {call.request.headers["Client-Login"] for call in emulator.calls} == {"demo-client-rub"}


def test_agencyclients_never_gets_a_client(open_gateway: Open) -> None:
    """A call of AgencyClients by a client's address is made for the agency."""
    caller = open_gateway(token="demo-agency-token")
    content = "GetRequest: <SelectionCriteria/><FieldNames>Login</FieldNames>"
    assert "demo-client-rub" in caller.post(content, path="/client/demo-client-rub/v501/agencyclients").texts("Login")


@pytest.mark.parametrize("spelling", ["demo-advertiser", "DEMO-ADVERTISER", "demo.advertiser"])
def test_a_login_may_have_its_own_token(open_gateway: Open, spelling: str) -> None:
    """A token of the map is used for its login however that is spelled, whatever the token of the others."""
    caller = open_gateway(tokens={"Demo-Advertiser": "demo-token"}, token="of-nobody")
    assert caller.post(f"GetRequest: {GET}").code == "53"
    assert caller.post(f"GetRequest: {GET}", path=f"/client/{spelling}/v501/campaigns").code == ""


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/v501/campaigns", {}, 401),
        ("/v501/campaigns", {"Authorization": basic("another")}, 401),
        ("/v501/campaigns", {"Authorization": "Basic ???"}, 401),
        ("/v501/campaigns", {"Authorization": basic(SECRET)}, 200),
        ("/v501/campaigns", {"Authorization": f"Bearer {SECRET}"}, 200),
        (f"/key/{SECRET}/v501/campaigns", {}, 200),
        ("/key/another/v501/campaigns", {}, 401),
    ],
    ids=["none", "wrong", "broken", "basic", "bearer", "path", "wrong-path"],
)
def test_a_secret_is_demanded(open_gateway: Open, path: str, fields: dict[str, str], status: int) -> None:
    """Where a gateway has a secret, only those who send it are answered."""
    assert open_gateway(Options(secret=SECRET)).post(f"GetRequest: {GET}", path=path, **fields).status == status


def test_a_wrong_token_is_a_fault(open_gateway: Open) -> None:
    """A caller that sends a token, as to the API, gets the API's fault 53 for a wrong one."""
    reply = open_gateway(Options(secret=SECRET)).post(f"GetRequest: {GET}", Authorization="Bearer another")
    assert (reply.status, reply.code, reply.texts("faultstring")) == (200, "53", ["Authorization error"])


def test_a_web_page_is_refused(gateway: Caller) -> None:
    """A request from the page of another site, or for its name, is not answered."""
    assert gateway.post(f"GetRequest: {GET}", Origin="https://evil.example").status == 403
    assert gateway.post(f"GetRequest: {GET}", Host="evil.example").status == 421


def test_other_machines_need_a_secret(emulator: Emulator) -> None:
    """A gateway does not listen where other machines reach it unless it has a secret."""
    with Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session()) as direct:
        gateway = application(direct)
        with (
            pytest.raises(ConfigurationError, match=r"found 0\.0\.0\.0.*without a caller's secret"),
            serving(gateway, "0.0.0.0"),  # noqa: S104  it is refused
        ):
            pass


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v501/campaigns", 405),
        ("POST", "/v501/nothing", 404),
        ("GET", "/", 404),
        ("POST", "/health", 405),
        ("GET", "/health", 200),
        ("GET", "/v501/../etc/passwd", 404),
        ("GET", "/v501/nothing.xsd", 404),
    ],
)
def test_other_addresses_are_refused(gateway: Caller, method: str, path: str, status: int) -> None:
    """An address or a method that the gateway does not have is an error of HTTP."""
    assert gateway.request(method, path).status == status


def test_each_call_has_a_line(gateway: Caller, caplog: pytest.LogCaptureFixture) -> None:
    """The log has one line a call, with operation, outcome, units and request id, and no secret."""
    with caplog.at_level(logging.INFO, "yadirect_soap.gateway"):
        reply = gateway.post(f"GetRequest: {GET}", Authorization=basic(SECRET))
    (line,) = [record.getMessage() for record in caplog.records if record.name == "yadirect_soap.gateway"]
    assert line.startswith("campaigns.get client=- caller=127.0.0.1 status=200 outcome=ok units=")
    assert reply.fields["RequestId"] in line
    assert "demo-token" not in caplog.text
