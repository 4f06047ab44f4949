"""The emulator's own addresses: what programs in any language ask and change there, and who is kept out."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import requests

from tests.clock import NOON
from yadirect_soap.emulator import Emulator

GET: Mapping[str, Any] = {"method": "get", "params": {"FieldNames": ["Id"]}}


class Controls:
    """Asks an emulator that listens, at its own addresses and at the API's."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, method: str, path: str, data: Any = None, **fields: str) -> requests.Response:
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        return requests.request(method, f"{self.url}/_emulator/{path}", json=data, headers=named, timeout=5)

    def campaigns(self, token: str = "anna-token") -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return requests.post(f"{self.url}/json/v5/campaigns", json=dict(GET), headers=headers, timeout=5)


@pytest.fixture
def controls(emulator: Emulator) -> Iterator[Controls]:
    """An emulator that listens, with its own addresses."""
    with emulator.serve(control=True) as url:
        yield Controls(url)


def test_it_is_off_unless_asked_for(emulator: Emulator) -> None:
    """Without `control` there is nothing at the emulator's own addresses."""
    with emulator.serve() as url:
        assert Controls(url).ask("GET", "faults").status_code == 404


def test_faults_are_planned_looked_at_and_cancelled(controls: Controls) -> None:
    """A row plans, a list of rows plans several, and each can be cancelled by its number."""
    planned = controls.ask("POST", "faults", {"kind": "fault", "code": 1000, "operation": "campaigns.get", "times": 2})
    assert (planned.status_code, planned.json()) == (201, {"numbers": [1]})
    assert controls.campaigns().json()["error"]["error_code"] == 1000
    (row,) = controls.ask("GET", "faults").json()["faults"]
    assert (row["number"], row["kind"], row["code"], row["met"], row["remaining"]) == (1, "fault", 1000, 1, 1)
    more = [{"kind": "captcha"}, {"kind": "latency", "seconds": 0.1, "jitter": 0.2, "times": None}]
    assert controls.ask("POST", "faults", more).json() == {"numbers": [2, 3]}
    assert [row["number"] for row in controls.ask("DELETE", "faults/1").json()["faults"]] == [2, 3]
    assert controls.ask("DELETE", "faults").json()["faults"] == []
    assert "result" in controls.campaigns().json()


def test_switches_are_set_by_name(controls: Controls) -> None:
    """How they stand is told; what is set holds at once, and a mistake changes nothing."""
    assert controls.ask("GET", "switches").json() == {"deletes_in_changes": False}
    assert controls.ask("POST", "switches", {"deletes_in_changes": True}).json() == {"deletes_in_changes": True}
    for wrong, error_text in (
        ({"deletes": True}, "$.deletes: unknown"),
        ({"deletes_in_changes": 1}, "found 1"),
        ([], "$:"),
    ):
        answer = controls.ask("POST", "switches", wrong)
        assert (answer.status_code, error_text in answer.text) == (400, True)
    assert controls.ask("GET", "switches").json() == {"deletes_in_changes": True}


def test_a_scenario_takes_the_place_of_all_faults(controls: Controls) -> None:
    """What was planned before is forgotten, and chance begins with the scenario's seed."""
    controls.ask("POST", "faults", {"kind": "captcha"})
    played = controls.ask("PUT", "faults", {"random_seed": 7, "faults": [{"kind": "status", "status": 503}]}).json()
    assert (played["random_seed"], [row["kind"] for row in played["faults"]]) == (7, ["status"])
    assert controls.campaigns().status_code == 503


@pytest.mark.parametrize(
    ("data", "error_text"),
    [
        ({"kind": "falt"}, "$.faults[0].kind: found 'falt' (str), expected one of fault"),
        ([{"kind": "captcha"}, {"kind": "fault"}], "$.faults[1].code: missing, expected an integer"),
        ({"kind": "fault", "code": "1000"}, "$.faults[0].code: found '1000' (str), expected an integer"),
        ({"kind": "captcha", "operation": "ads.ad"}, "which the API does not have; did you mean 'ads.add'?"),
        ([5], "$.faults[0]: found 5 (int), expected an object"),
    ],
    ids=["kind", "missing", "type", "operation", "row"],
)
def test_a_mistake_is_told_and_plans_nothing(controls: Controls, data: Any, error_text: str) -> None:
    """The answer is 400 with the place and what was expected."""
    answer = controls.ask("POST", "faults", data)
    assert answer.status_code == 400
    assert error_text in answer.json()["error"]
    assert controls.ask("GET", "faults").json()["faults"] == []


def test_the_clock_is_moved(controls: Controls, emulator: Emulator) -> None:
    """It is advanced by spans, set to a moment, frozen and let go."""
    assert controls.ask("GET", "clock").json() == {"now": "2026-05-29T12:00:00+00:00"}
    assert controls.ask("POST", "clock", {"advance": {"hours": 1.5}}).json() == {"now": "2026-05-29T13:30:00+00:00"}
    assert emulator.clock() == NOON + 5400
    moved = controls.ask("POST", "clock", {"set": "2026-07-01T00:00:00+03:00"}).json()
    assert moved == {"now": "2026-06-30T21:00:00+00:00"}
    assert controls.ask("POST", "clock", {"freeze": True}).status_code == 200
    assert controls.ask("POST", "clock", {"freeze": False}).status_code == 200


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"advance": {"weeks": 1}},
        {"advance": {"hours": "1"}},
        {"advance": {"days": 10**9}},
        {"set": "soon"},
        {"set": "2026-07-01T00:00:00"},
        {"set": "0001-01-01T00:00:00Z"},
        {"set": "9999-12-31T23:59:59Z"},
    ],
    ids=str,
)
def test_a_clock_is_not_moved_by_a_mistake(controls: Controls, emulator: Emulator, data: Any) -> None:
    """What is no span and no moment with its zone is 400."""
    assert controls.ask("POST", "clock", data).status_code == 400
    assert emulator.clock() == NOON


def test_an_account_is_made_for_each_who_asks(controls: Controls) -> None:
    """Each account has a login and a token of its own, and nothing in it."""
    accounts = [controls.ask("POST", "accounts").json() for _ in range(2)]
    assert len({account["login"] for account in accounts}) == len({account["token"] for account in accounts}) == 2
    assert controls.campaigns(accounts[0]["token"]).json() == {"result": {"Campaigns": []}}
    logins = [account["login"] for account in controls.ask("GET", "accounts").json()["accounts"]]
    assert logins[-2:] == [account["login"] for account in accounts]


def test_an_account_is_made_as_it_was_asked_for(controls: Controls, emulator: Emulator) -> None:
    """Members of the account and its token may be given."""
    wished = {"login": "boris", "token": "boris-token", "currency": "BYN", "daily_units": 500}
    assert controls.ask("POST", "accounts", wished).status_code == 201
    account = emulator.accounts.by_token("boris-token")
    assert account is not None
    assert (account.login, account.currency, account.daily_units) == ("boris", "BYN", 500)


@pytest.mark.parametrize(
    ("data", "error_text"),
    [
        ({"login": "anna"}, "already in use"),
        ({"login": 5}, "$.login: found 5 (int), expected a text"),
        ({"kind": "king"}, "$.kind: found 'king' (str), expected one of advertiser, agency, client"),
        ({"logn": "x"}, "$.logn: unknown; did you mean 'login'?"),
        ({"token": 5}, "$.token"),
        ({"token": "anna-token"}, "$.token: found one that acts for another login already"),
        ({"login": ""}, "$: found an empty login"),
        ({"daily_units": -1}, "$: found -1 daily_units, expected 0 or more"),
        ({"networks": ["here"]}, "$: 'here' does not appear to be an IPv4 or IPv6 network"),
        ({"kind": "client", "agency": "anna"}, "$.agency: found 'anna' (str), expected an agency made before"),
        ({"represents": "nobody"}, "$.represents: found 'nobody' (str), expected a login made before"),
        ([], "$: found list"),
        ({"login": "a\r\nSet-Cookie: b"}, "$.login: found 'a\\r\\nSet-Cookie: b' (str), expected a login"),
        ({"login": "two words"}, "$.login: found 'two words' (str), expected a login"),
        ({"login": "a\0"}, "$.login: found 'a\\x00' (str), expected a text without the character U+0000"),
        ({"login": "a" * 256}, "expected a login"),
        ({"login": "логин"}, "expected a login"),
        ({"token": "two words"}, "$.token: the token is empty or contains characters that a header cannot carry"),
        ({"token": "t\r\n"}, "$.token: the token"),
        ({"token": "t" * 4001}, "$.token: found 4001 characters"),
        ({"first_name": "n" * 1001}, "$.first_name: found 1001 characters, expected at most 1000"),
        ({"currency": "RUBL"}, "$.currency: found 'RUBL' (str), expected one of RUB"),
        ({"created_at": "01.03.2026"}, "$.created_at: found '01.03.2026' (str), expected a day such as 2026-03-01"),
        ({"client_id": 2**63}, "$.client_id: found 9223372036854775808 (int), expected an integer of 64 bits"),
        ({"client_id": -1}, "$.client_id: found -1 (int), expected a number from 0"),
        ({"details": {"Grants": 5}}, "$.details.Grants: found 5 (int), expected a list"),
        ({"details": {"Fone": "1"}}, "$.details.Fone: found an unknown name"),
    ],
    ids=[
        "taken",
        "type",
        "kind",
        "unknown",
        "token",
        "another's token",
        "no login",
        "units",
        "network",
        "agency",
        "represents",
        "list",
        "login with a line end",
        "login of two words",
        "login with NUL",
        "long login",
        "login of other letters",
        "token of two words",
        "token with a line end",
        "long token",
        "long name",
        "currency",
        "day",
        "huge id",
        "negative id",
        "details",
        "details' name",
    ],
)
def test_an_account_that_makes_no_sense_is_not_made(controls: Controls, data: Any, error_text: str) -> None:
    """The answer is 400 with the place and what was expected."""
    before = controls.ask("GET", "accounts").json()
    answer = controls.ask("POST", "accounts", data)
    assert answer.status_code == 400
    assert error_text in answer.json()["error"]
    assert controls.ask("GET", "accounts").json() == before


def test_calls_are_told(controls: Controls) -> None:
    """Each call has its operation, params, result and outcome, and no token."""
    controls.campaigns()
    controls.campaigns("wrong-token")
    response = controls.ask("GET", "calls")
    first, second = response.json()["calls"]
    assert (first["operation"], first["params"], first["result"]) == (
        "campaigns.get",
        {"FieldNames": ["Id"]},
        {"Campaigns": []},
    )
    assert (second["result"], second["error_code"]) == (None, 53)
    assert (first["outcome"], second["outcome"]) == ("ok", "error 53")
    assert "token" not in response.text
    assert controls.ask("GET", "calls/ads.get").json() == {"calls": []}
    assert controls.ask("DELETE", "calls").json() == {"calls": []}


def test_requests_for_reports_are_told(controls: Controls) -> None:
    """Their params are the report's definition."""
    headers = {"Authorization": "Bearer anna-token"}
    definition = {"ReportName": "Told", "ReportType": "NO_SUCH_REPORT"}
    requests.post(f"{controls.url}/json/v5/reports", json={"params": definition}, headers=headers, timeout=5)
    (call,) = controls.ask("GET", "calls/reports.get").json()["calls"]
    assert call["params"] == definition
    assert (call["outcome"], call["error_code"], call["status"]) == ("error 8000", 8000, 400)


def test_a_call_with_an_image_is_told(controls: Controls) -> None:
    """What is bytes in Python is base64, as the call said it."""
    image = {"ImageData": "R0lGODlhAQABAAAAACw=", "Name": "Dot"}
    body = {"method": "add", "params": {"AdImages": [image]}}
    headers = {"Authorization": "Bearer anna-token"}
    requests.post(f"{controls.url}/json/v5/adimages", json=body, headers=headers, timeout=5)
    (call,) = controls.ask("GET", "calls").json()["calls"]
    assert call["params"] == {"AdImages": [image]}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "nothing", 404), ("DELETE", "clock", 405), ("DELETE", "faults/9", 404), ("DELETE", "faults/x", 404)],
    ids=["nowhere", "method", "number", "no number"],
)
def test_what_is_not_there_is_told(controls: Controls, method: str, path: str, status: int) -> None:
    """Unknown resources, methods and numbers have their HTTP statuses."""
    answer = controls.ask(method, path)
    assert answer.status_code == status
    assert answer.json()["error"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Host": "a!b.localhost"}, 400),
        ({"Origin": "http://[evil"}, 403),
        ({"Referer": "https://evil.example/page"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "localhost"}, 201),
    ],
    ids=[
        "another site",
        "a page without a site",
        "a name that was bent to loopback",
        "no host",
        "no origin",
        "referer",
        "what the browser says",
        "localhost",
    ],
)
def test_a_page_of_the_web_does_not_reach_it(controls: Controls, fields: dict[str, str], status: int) -> None:
    """A foreign Origin, and a foreign name for loopback, are refused."""
    assert controls.ask("POST", "faults", {"kind": "captcha"}, **fields).status_code == status


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b'{"kind": "captcha"}', "text/plain", 415),
        (b'{"kind": "captcha"}', "application/x-www-form-urlencoded", 415),
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"[" * 60 + b"]" * 60, "application/json", 400),
        (b'{"kind": "captcha", "kind": "captcha"}', "application/json", 400),
        (b'{"kind": "latency", "seconds": NaN}', "application/json", 400),
        (b'{"kind": "latency", "seconds": 1e999999}', "application/json", 400),
        (b'{"kind": "latency", "seconds": 1e999999999999999999999}', "application/json", 400),
        (b'{"kind": "latency", "seconds": 1' + b"0" * 5_000 + b"}", "application/json", 400),
        (b'{"kind": "fault", "code": 1' + b"0" * 100 + b"}", "application/json", 400),
        (b'{"kind": "\\ud800"}', "application/json", 400),
        (b'{"\\u0000": 1}', "application/json", 400),
        (b'{"kind": {"kind": "captcha"}}', "application/json", 400),
        (b'"captcha"', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
    ],
    ids=[
        "text",
        "a form's type",
        "no JSON",
        "brackets",
        "deep",
        "a name twice",
        "NaN",
        "a huge exponent",
        "an exponent beyond decimals",
        "too many digits",
        "more than 64 bits",
        "half a character",
        "a name of NUL",
        "an object for a text",
        "a text",
        "no UTF-8",
    ],
)
def test_a_body_is_json_and_says_so(controls: Controls, body: bytes, content_type: str, status: int) -> None:
    """Other types, which a browser sends across sites unasked, are refused."""
    url = f"{controls.url}/_emulator/faults"
    assert requests.post(url, body, headers={"Content-Type": content_type}, timeout=5).status_code == status
