"""What a Direct is set to, seen in the requests that it would send; and what it refuses to be set to."""

import inspect
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.client.servers import QUERY, TOKEN, result, served
from tests.client.whole_responses import WholeResponses
from tests.client.wsdl_server import copied
from yadirect_soap import ConfigurationError, Direct, InvalidParamsError, Retry, Settings, Timeouts
from yadirect_soap.client.environment import ENVIRONMENT, from_environment
from yadirect_soap.protocol.contract import bundled, bundled_directory
from yadirect_soap.protocol.messages import Request, Response

FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1}]})


def _request(operation: str = "campaigns.get", **settings: Any) -> Request:
    service, name = operation.split(".")
    with Direct(TOKEN, **{"check": "off", **settings}) as direct:
        return direct.build_request(service, name, QUERY)


class Elsewhere(WholeResponses):
    """A Transport that only notes that it was closed."""

    closed = False

    def exchange(self, request: Request, /) -> Response:
        raise AssertionError(request)

    def close(self) -> None:
        self.closed = True


# --- addresses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({}, "https://api.direct.yandex.com/v501/campaigns"),
        ({"transport": "json"}, "https://api.direct.yandex.com/json/v501/campaigns"),
        ({"version": "v5"}, "https://api.direct.yandex.com/v5/campaigns"),
        ({"version": "v5", "transport": "json"}, "https://api.direct.yandex.com/json/v5/campaigns"),
        ({"sandbox": True}, "https://api-sandbox.direct.yandex.com/v501/campaigns"),
        ({"sandbox": True, "transport": "json"}, "https://api-sandbox.direct.yandex.com/json/v501/campaigns"),
        ({"endpoint": "http://127.0.0.1:8080"}, "http://127.0.0.1:8080/v501/campaigns"),
        ({"endpoint": "http://127.0.0.1:8080/"}, "http://127.0.0.1:8080/v501/campaigns"),
        ({"endpoint": "http://[::1]:8080"}, "http://[::1]:8080/v501/campaigns"),
        ({"endpoint": "https://gate.example/direct"}, "https://gate.example/direct/v501/campaigns"),
        (
            {"endpoint": "https://gate.example/direct/", "transport": "json"},
            "https://gate.example/direct/json/v501/campaigns",
        ),
    ],
    ids=[
        "default",
        "json",
        "v501",
        "v501 json",
        "sandbox",
        "sandbox json",
        "endpoint",
        "endpoint with a slash",
        "IPv6",
        "path prefix",
        "path prefix json",
    ],
)
def test_an_address_is_root_wire_version_service(settings: dict[str, Any], address: str) -> None:
    """A request goes to the root address, under which the paths are the API's own."""
    assert _request(**settings).address == address


def test_a_path_prefix_reaches_the_server() -> None:
    """The path of an endpoint stands before the API's own paths on the wire."""
    with served(FOUND) as (server, _), Direct(TOKEN, endpoint=f"{server.url}/gate") as direct:
        direct.campaigns.get(**QUERY)
        assert server.received[0].path == "/gate/v501/campaigns"


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "127.0.0.1:8080",
        "ftp://127.0.0.1",
        "http://",
        "http:///v5",
        "http://127.0.0.1/?wsdl",
        "http://127.0.0.1/#v5",
        "http://user:password@127.0.0.1",
        "http://:password@127.0.0.1",
        "http://[::1",
        "http://127.0.0.1:port",
        "http://127.0.0.1:99999",
    ],
)
def test_what_is_no_root_address_is_refused(endpoint: str) -> None:
    """An endpoint that is not the root of an http address raises ConfigurationError that tells no password."""
    with pytest.raises(ConfigurationError, match="endpoint is a root address") as caught:
        Direct(TOKEN, endpoint=endpoint)
    assert "password" not in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"version": "v4"}, "version is one of 'v5', 'v501', not 'v4'"),
        ({"version": None}, "version is one of"),
        ({"transport": "xml"}, "transport is one of 'soap', 'json', not 'xml'"),
        ({"check": True}, "check is one of 'error', 'warn', 'off', not True"),
        ({"money": "float"}, "money is one of 'micros', 'decimal', not 'float'"),
        ({"language": "xx"}, "language is one of 'en', 'ru', 'tr', not 'xx'"),
        ({"language": "ru, en;q=0.5"}, "language is one of"),
        ({"language": "ru\r\nX-Injected: 1"}, "language is one of"),
        ({"client_login": ""}, "client_login: not a login"),
        ({"client_login": "two words"}, "client_login: not a login"),
        ({"client_login": "a\r\nX-Injected: 1"}, "client_login: not a login"),
        ({"sandbox": True, "endpoint": "http://127.0.0.1"}, "sandbox and endpoint exclude each other"),
        ({"timeout": 0}, "a timeout is a number of seconds"),
        ({"timeout": -1}, "a timeout is a number of seconds"),
        ({"timeout": float("nan")}, "a timeout is a number of seconds"),
        ({"timeout": float("inf")}, "a timeout is a number of seconds"),
        ({"timeout": (0, 10)}, "a timeout is a number of seconds"),
        ({"timeout": (10, 0)}, "a timeout is a number of seconds"),
        ({"timeout": None}, "timeout is seconds"),
        ({"timeout": "5"}, "timeout is seconds"),
        ({"timeout": (1, 2, 3)}, "timeout is seconds"),
        ({"retry": 3}, "retry is a Retry or None, not 3"),
        ({"language": 5}, "language is one of"),
        ({"endpoint": 5}, "endpoint is a root address"),
        ({"http_client": Elsewhere(), "proxies": {"http": "http://127.0.0.1:1"}}, "http_client brings its own"),
        ({"http_client": Elsewhere(), "verify": False}, "http_client brings its own"),
        ({"http_client": Elsewhere(), "cert": "mine.pem"}, "http_client brings its own"),
        ({"http_client": Elsewhere(), "session": requests.Session()}, "http_client brings its own"),
        ({"session": requests.Session(), "proxies": {"http": "http://127.0.0.1:1"}}, "on your session"),
        ({"session": requests.Session(), "verify": True}, "on your session"),
        ({"session": requests.Session(), "cert": "mine.pem"}, "on your session"),
        ({"wsdl": "missing"}, "no .wsdl files in missing"),
        ({"wsdl": "missing", "contract": bundled()}, "wsdl and contract exclude each other"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_contradictions_are_refused_at_once(settings: dict[str, Any], words: str) -> None:
    """A setting that is malformed or contradicts another raises ConfigurationError when the Direct is made."""
    with pytest.raises(ConfigurationError, match=words):
        Direct(TOKEN, **settings)


def test_a_limit_of_no_time_is_refused() -> None:
    """Timeouts take no total of 0 seconds."""
    with pytest.raises(ConfigurationError, match="more than 0"):
        Direct(TOKEN, timeout=Timeouts(total=0))


# --- headers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "name", "value"),
    [
        ({}, "Authorization", f"Bearer {TOKEN}"),
        ({}, "Accept-Language", "en"),
        ({"language": "ru"}, "Accept-Language", "ru"),
        ({"language": "tr"}, "Accept-Language", "tr"),
        ({"language": None}, "Accept-Language", None),
        ({}, "Client-Login", None),
        ({"client_login": "agency-client.1"}, "Client-Login", "agency-client.1"),
        ({}, "Use-Operator-Units", None),
        ({"use_operator_units": True}, "Use-Operator-Units", "true"),
        ({}, "Content-Type", "text/xml; charset=utf-8"),
        ({"transport": "json"}, "Content-Type", "application/json; charset=utf-8"),
        ({}, "SOAPAction", '"http://api.direct.yandex.com/v5/campaigns/get"'),
        ({"version": "v5"}, "SOAPAction", '"http://api.direct.yandex.com/v5/campaigns/get"'),
        ({"transport": "json"}, "SOAPAction", None),
    ],
    ids=[
        "token",
        "English by default",
        "language",
        "Turkish",
        "no language",
        "no login",
        "login",
        "the client's units",
        "the operator's units",
        "XML",
        "JSON",
        "action in quotes",
        "action of v501",
        "no action in JSON",
    ],
)
def test_a_setting_is_a_header(settings: dict[str, Any], name: str, value: str | None) -> None:
    """Each setting that the API takes as a header is sent as one, and is left out where it is not set."""
    with served(FOUND, **settings) as (server, direct):
        if settings.get("transport") != "json":
            direct.campaigns.get(**QUERY)
            sent: Mapping[str, str] = server.received[0].headers
        else:
            sent = direct.build_request("campaigns", "get", QUERY).headers
    assert sent.get(name) == value


@pytest.mark.parametrize("service", bundled())
def test_only_agency_clients_are_asked_for_without_a_login(service: str) -> None:
    """Client-Login goes to every service but AgencyClients."""
    operation = next(iter(bundled()[service].operations.values()))
    sent = _request(operation.key, client_login="client").headers
    assert ("Client-Login" in sent) == (service != "agencyclients")


# --- the environment ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("YADIRECT_TOKEN", "secret", "secret"),
        ("YADIRECT_CLIENT_LOGIN", "client", "client"),
        ("YADIRECT_ENDPOINT", "http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("YADIRECT_SANDBOX", "true", True),
        ("YADIRECT_SANDBOX", "0", False),
        ("YADIRECT_VERSION", "v501", "v501"),
        ("YADIRECT_LANGUAGE", "ru", "ru"),
        ("YADIRECT_USE_OPERATOR_UNITS", "Yes", True),
        ("YADIRECT_USE_OPERATOR_UNITS", "no", False),
        ("YADIRECT_TRANSPORT", "json", "json"),
        ("YADIRECT_TIMEOUT", "2.5", 2.5),
        ("YADIRECT_MONEY", "decimal", "decimal"),
        ("YADIRECT_CHECK", "off", "off"),
        ("YADIRECT_WSDL", str(bundled_directory()), str(bundled_directory())),
    ],
)
def test_a_variable_gives_a_setting(name: str, text: str, value: object) -> None:
    """Each variable of the environment gives the setting of its name."""
    assert from_environment({name: text}) == {ENVIRONMENT[name]: value}
    Direct.from_env({"YADIRECT_TOKEN": "secret", name: text}).close()


def test_every_variable_is_a_setting() -> None:
    """Every variable stands for a setting that Direct has."""
    assert set(ENVIRONMENT.values()) <= set(inspect.signature(Direct).parameters)
    assert all(name == f"YADIRECT_{setting.upper()}" for name, setting in ENVIRONMENT.items())


def test_the_environment_reaches_the_requests() -> None:
    """A Direct that the environment sets asks as one that was set by hand."""
    environ = {
        "YADIRECT_TOKEN": "secret",
        "YADIRECT_CLIENT_LOGIN": "client",
        "YADIRECT_SANDBOX": "true",
        "YADIRECT_VERSION": "v501",
        "YADIRECT_LANGUAGE": "ru",
        "YADIRECT_USE_OPERATOR_UNITS": "true",
        "YADIRECT_TRANSPORT": "json",
    }
    with Direct.from_env(environ) as direct:
        request = direct.build_request("campaigns", "get", QUERY)
    assert request.address == "https://api-sandbox.direct.yandex.com/json/v501/campaigns"
    assert dict(request.headers) == {
        "Authorization": "Bearer secret",
        "Client-Login": "client",
        "Accept-Language": "ru",
        "Use-Operator-Units": "true",
        "Content-Type": "application/json; charset=utf-8",
    }


def test_the_process_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a mapping of its own, from_env reads the environment of the process."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")
    with Direct.from_env() as direct:
        assert direct.build_request("campaigns", "get", QUERY).headers["Authorization"] == "Bearer secret"


def test_an_empty_variable_counts_as_absent() -> None:
    """A variable that is empty is as good as none."""
    assert from_environment(dict.fromkeys(ENVIRONMENT, "")) == {}


def test_a_given_setting_goes_before_the_environment() -> None:
    """What is given to from_env replaces what the environment says."""
    environ = {"YADIRECT_TOKEN": "secret", "YADIRECT_VERSION": "v501"}
    with Direct.from_env(environ, token="given", version="v5") as direct:
        request = direct.build_request("campaigns", "get", QUERY)
    assert request.headers["Authorization"] == "Bearer given"
    assert request.address.endswith("/v5/campaigns")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("YADIRECT_TOKEN", "two words"),
        ("YADIRECT_CLIENT_LOGIN", "two words"),
        ("YADIRECT_ENDPOINT", "localhost"),
        ("YADIRECT_SANDBOX", "maybe"),
        ("YADIRECT_VERSION", "5"),
        ("YADIRECT_LANGUAGE", "xx"),
        ("YADIRECT_USE_OPERATOR_UNITS", "2"),
        ("YADIRECT_TRANSPORT", "SOAP"),
        ("YADIRECT_TIMEOUT", "soon"),
        ("YADIRECT_TIMEOUT", "nan"),
        ("YADIRECT_TIMEOUT", "-1"),
        ("YADIRECT_MONEY", "euro"),
        ("YADIRECT_CHECK", "yes"),
    ],
)
def test_a_malformed_variable_is_refused(name: str, text: str) -> None:
    """A variable that holds no value of its setting raises ConfigurationError."""
    with pytest.raises(ConfigurationError):
        Direct.from_env({"YADIRECT_TOKEN": "secret", name: text})


@pytest.mark.parametrize("name", [name for name, about in Settings.table().items() if about.choices])
def test_a_variable_with_a_wrong_choice_is_named(name: str) -> None:
    """The error for a value that is not among a setting's choices names the variable and every choice."""
    variable, choices = f"YADIRECT_{name.upper()}", Settings.table()[name].choices
    with pytest.raises(ConfigurationError) as caught:
        Direct.from_env({"YADIRECT_TOKEN": "secret", variable: "xx"})
    assert str(caught.value) == f"{variable} is one of {', '.join(map(repr, choices or ()))}, not 'xx'"


@pytest.mark.parametrize(
    ("name", "text"),
    [("YADIRECT_CLIENT_LOGIN", "a b"), ("YADIRECT_CONCURRENCY", "9"), ("YADIRECT_UNITS_BUDGET", "-1")],
)
def test_a_variable_out_of_bounds_is_named(name: str, text: str) -> None:
    """The error for a value that a setting's check refuses begins with the variable, not with the setting."""
    with pytest.raises(ConfigurationError, match=f"^{name}\\b"):
        Direct.from_env({"YADIRECT_TOKEN": "secret", name: text})


def test_an_environment_without_a_token_is_refused() -> None:
    """Where there is no token to be found, the variable that would hold it is named."""
    with pytest.raises(ConfigurationError, match="YADIRECT_TOKEN"):
        Direct.from_env({})


# --- one for another ------------------------------------------------------------------------------------------


def test_with_client_login_shares_the_connection() -> None:
    """A Direct for another client asks over the same connection, and the first one is as it was."""
    with served(FOUND, client_login="first") as (server, direct):
        second_direct = direct.with_client_login("second")
        for asking in (direct, second_direct, direct):
            asking.campaigns.get(**QUERY)
        assert [received.headers["Client-Login"] for received in server.received] == ["first", "second", "first"]
        assert len({received.connection for received in server.received}) == 1


def test_with_client_login_keeps_all_other_settings() -> None:
    """A Direct for another client differs from the first in the login only."""
    settings: dict[str, Any] = {"version": "v501", "language": "ru", "transport": "json", "check": "off"}
    with Direct(TOKEN, **settings) as direct, Direct(TOKEN, client_login="client", **settings) as alike:
        actual, expected = (
            direct.build_request("ads", "get", {"Odd": 1}) for direct in (direct.with_client_login("client"), alike)
        )
    assert (actual, actual.headers) == (expected, expected.headers)


def test_with_client_login_no_login_is_refused() -> None:
    """What is no login is refused before anything is asked."""
    with Direct(TOKEN) as direct, pytest.raises(ConfigurationError):
        direct.with_client_login("two words")


def test_another_transport_is_closed_with_the_direct() -> None:
    """A Transport that was given as `http_client` is closed with the Direct."""
    elsewhere = Elsewhere()
    with Direct(TOKEN, http_client=elsewhere):
        assert not elsewhere.closed
    assert elsewhere.closed


def test_a_direct_shows_where_it_asks() -> None:
    """The repr of a Direct tells address, version, wire and login."""
    with Direct(TOKEN, client_login="client", transport="json", endpoint="http://127.0.0.1:8080") as direct:
        assert repr(direct) == "<Direct http://127.0.0.1:8080 v501 over json for client>"


@pytest.mark.parametrize(
    "settings",
    [
        {"attempts": 0},
        {"wait_initial": -1.0},
        {"wait_max": -1.0},
        {"timeout": -1.0},
        {"wait_initial": math.nan},
        {"timeout": math.nan},
    ],
    ids=str,
)
def test_a_policy_of_nonsense_is_refused(settings: dict[str, Any]) -> None:
    """A Retry takes at least one attempt, and no negative times."""
    with pytest.raises(ConfigurationError, match="no negative times"):
        Direct(TOKEN, retry=Retry(**settings))


def test_a_folder_of_descriptions_is_called_by(tmp_path: Path) -> None:
    """With `wsdl` the contract is that of a folder: what it adds may be sent, and what it lacks is unknown."""
    folder = copied(tmp_path / "mine")
    turbopages = (folder / "turbopages.wsdl").read_text("utf-8")
    (folder / "turbopages.wsdl").write_text(turbopages.replace('value="Href"', 'value="Colour"'), "utf-8")
    with Direct(TOKEN, wsdl=folder) as direct:
        assert b"Colour" in direct.build_request("turbopages", "get", {"FieldNames": ["Colour"]}).body
        assert "campaigns" not in dir(direct)
    with Direct.from_env({"YADIRECT_TOKEN": TOKEN, "YADIRECT_WSDL": str(folder)}) as direct:
        assert b"Colour" in direct.build_request("turbopages", "get", {"FieldNames": ["Colour"]}).body


def test_a_check_of_the_environment_holds() -> None:
    """Params are checked as YADIRECT_CHECK says."""
    environ = {"YADIRECT_TOKEN": "secret"}
    with Direct.from_env(environ) as strict, Direct.from_env(environ | {"YADIRECT_CHECK": "off"}) as lax:
        assert b"<Odd>1</Odd>" in lax.build_request("ads", "get", {"Odd": 1}).body
        with pytest.raises(InvalidParamsError):
            strict.build_request("ads", "get", {"Odd": 1})
