"""What a call leaves in the log: one line, bodies only when asked for, nothing personal, nothing twice."""

import logging
import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.client.servers import QUERY, TOKEN, answer, drop, fault, result, served
from yadirect_soap import AuthError, HttpError, Retry
from yadirect_soap.protocol.wires import WIRES

FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1}]}, Units="10/20/30", RequestId="9")
CLIENT: Mapping[str, Any] = {
    "Login": "secret-login",
    "FirstName": "secret-first",
    "LastName": "secret-last",
    "Currency": "RUB",
    "Notification": {
        "Lang": "RU",
        "Email": "secret@example.com",
        "EmailSubscriptions": [{"Option": "A", "Value": "NO"}],
    },
}


def _messages(caplog: pytest.LogCaptureFixture, level: int) -> list[str]:
    ours = (record for record in caplog.records if record.name == "yadirect_soap")
    return [record.getMessage() for record in ours if record.levelno == level]


def test_a_call_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """A call leaves one line: operation, HTTP status, units, RequestId and milliseconds."""
    caplog.set_level(logging.INFO, "yadirect_soap")
    with served(FOUND) as (_, direct):
        direct.campaigns.get(**QUERY)
    (line,) = _messages(caplog, logging.INFO)
    assert re.fullmatch(r"campaigns\.get client=- status=200 error=- units=10/20/30 request_id=9 ms=\d+", line)
    assert _messages(caplog, logging.DEBUG) == []


def test_an_answer_of_few_words_is_one_line_too(caplog: pytest.LogCaptureFixture) -> None:
    """What an answer does not tell is a dash in its line."""
    caplog.set_level(logging.INFO, "yadirect_soap")
    with served(fault(53)) as (_, direct), pytest.raises(AuthError):
        direct.campaigns.get(**QUERY)
    (line,) = _messages(caplog, logging.INFO)
    assert line.startswith("campaigns.get client=- status=200 error=53 units=- request_id=- ms=")


def test_a_good_call_says_nothing_aloud(caplog: pytest.LogCaptureFixture) -> None:
    """A call that succeeds leaves no warning."""
    with served(FOUND) as (_, direct):
        direct.campaigns.get(**QUERY)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("wire", WIRES)
def test_bodies_are_logged_at_debug(wire: str, caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG both bodies are in the log, with the token masked."""
    caplog.set_level(logging.DEBUG, "yadirect_soap")
    step = result("campaigns.get", {"Campaigns": [{"Id": 1234567}]}, wire=wire)
    with served(step, transport=wire) as (_, direct):
        direct.campaigns.get(**QUERY)
    sent, received = _messages(caplog, logging.DEBUG)
    assert "SelectionCriteria" in sent
    assert "1234567" in received
    assert "'Authorization': '***'" in sent
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("wire", WIRES)
def test_no_log_tells_who_a_client_is(wire: str, caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG names, logins, addresses and passwords are blanked, and the rest is not."""
    caplog.set_level(logging.DEBUG, "yadirect_soap")
    personal = {"ClientId": 7654321, "Login": "secret-login", "Password": "secret-word", "Email": "secret@example.com"}
    with served(result("agencyclients.add", personal, wire=wire), transport=wire, check="off") as (_, direct):
        assert direct.agencyclients.add(**CLIENT)["Password"] == "secret-word"
    assert "secret" not in caplog.text
    assert "RUB" in caplog.text
    assert "7654321" in caplog.text


def test_the_unknown_is_reported_once(caplog: pytest.LogCaptureFixture) -> None:
    """What the contract does not know is reported once for a Direct, however often it comes, and counted each time."""
    with served(result("campaigns.get", {"Campaigns": [{"New": "1"}, {"New": "2"}]})) as (_, direct):
        counts = [direct.campaigns.get(**QUERY).unknown for _ in range(3)]
    assert counts == [{"campaigns:CampaignGetItem.New": 2}] * 3
    (warning,) = _messages(caplog, logging.WARNING)
    assert warning == "campaigns.get: the contract does not know campaigns:CampaignGetItem.New; it is kept"


def test_many_unknown_values_are_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of unknown values of an answer are one warning with a count, and later ones are not logged at all."""
    many = [{"State": f"S{number}"} for number in range(3000)]
    with served(result("campaigns.get", {"Campaigns": many})) as (_, direct):
        for _ in range(2):
            direct.campaigns.get(**QUERY)
    (warning,) = _messages(caplog, logging.WARNING)
    assert warning.endswith("CampaignStateGetEnum = S4 and 995 more names; it is kept")


def test_an_unknown_value_makes_no_line_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    """A line end and an escape in an unknown value are written out in the log."""
    forged = {"State": "ON\nERROR all is lost\x7f"}
    with served(result("campaigns.get", {"Campaigns": [forged]})) as (_, direct):
        assert list(direct.campaigns.get(**QUERY)) == [forged]
    (warning,) = _messages(caplog, logging.WARNING)
    assert "= ON\\nERROR all is lost\\x7f; it" in warning


def test_a_repetition_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    """A call that is repeated says so, with its failure and the wait."""
    with served(drop, fault(1000), FOUND, retry=Retry(wait_initial=0)) as (_, direct):
        direct.campaigns.get(**QUERY)
    first, second = _messages(caplog, logging.WARNING)
    assert first.startswith("repeated in 0.0 s: campaigns.get: the connection broke")
    assert second.startswith("repeated in 0.0 s: campaigns.get: error 1000")


def test_params_that_do_not_fit_are_reported(caplog: pytest.LogCaptureFixture) -> None:
    """With check="warn" params that do not fit are sent and reported."""
    with served(FOUND, check="warn") as (server, direct):
        direct.call("campaigns", "get", {**QUERY, "Odd": 1})
        assert b"<Odd>1</Odd>" in server.received[0].body
    (warning,) = _messages(caplog, logging.WARNING)
    assert warning.startswith('campaigns.get: invalid params, sent because of check="warn"')
    assert "$.Odd" in warning


def test_a_page_of_another_is_scrubbed(caplog: pytest.LogCaptureFixture) -> None:
    """A page that echoes the request is logged and told without the token."""
    caplog.set_level(logging.DEBUG, "yadirect_soap")
    page = f"<p>Authorization: Bearer {TOKEN}</p>".encode()
    gateway = served(answer(page, status=502, content_type="text/html"))
    with gateway as (_, direct), pytest.raises(HttpError, match=r"Bearer \*\*\*") as raised:
        direct.campaigns.get(**QUERY)
    assert TOKEN not in str(raised.value) + caplog.text
