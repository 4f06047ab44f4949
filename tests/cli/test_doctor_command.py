"""`yadirect-soap doctor`: each thing that a call needs, found well or named with what to do."""

import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.client.servers import HTML, ScriptedServer, answer, result
from tests.client.wsdl_server import copied
from yadirect_soap.cli import main
from yadirect_soap.cli.doctor import clock
from yadirect_soap.emulator import Emulator


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """An emulator with the demo accounts, which commands call as the advertiser."""
    with Emulator() as running, running.serve() as address:
        monkeypatch.setenv("YADIRECT_ENDPOINT", address)
        monkeypatch.setenv("YADIRECT_TOKEN", "demo-token")
        yield running


def _findings(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, dict[str, str]]:
    assert main(["doctor", "--output", "json", *arguments]) == code
    out, err = capsys.readouterr()
    assert err == ""
    return {finding["check"]: finding for finding in json.loads(out)}


def test_all_is_well(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    """Where calls work every check is well, and one call was made."""
    found = _findings(capsys)
    assert {finding["state"] for finding in found.values()} == {"ok"}
    assert list(found) == [
        *("versions", "contract", "settings", "proxy", "token"),
        *("connection", "clock", "login", "rights", "units"),
    ]
    assert found["login"]["text"] == "demo-advertiser, ClientId 1000001, client, RUB"
    assert found["rights"]["text"] == "may edit campaigns; may not import XLS, transfer money"
    assert "left, paid by demo-advertiser" in found["units"]["text"]
    assert len(emulator.calls) == 1


def test_the_token_is_never_shown(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    """The report says where the token comes from, and holds no part of it."""
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "ok       token       from YADIRECT_TOKEN; it is valid, and never shown\n" in out
    assert "demo-token" not in out


def test_an_agency_is_told_to_name_a_client(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An agency's login is named as one, with the option that names its client."""
    monkeypatch.setenv("YADIRECT_TOKEN", "demo-agency-token")
    assert "agency; name a client by --client-login" in _findings(capsys)["login"]["text"]


def test_a_wrong_token_fails(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A token that the API refuses exits with 3, and what depends on it is not reported."""
    monkeypatch.setenv("YADIRECT_TOKEN", "expired")
    found = _findings(capsys, code=3)
    assert found["token"]["state"] == "failed"
    assert "error 53" in found["token"]["text"]
    assert "login" not in found


def test_a_token_that_no_header_can_carry_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong with the token itself is told of the token, and nothing says that it is right."""
    monkeypatch.setenv("YADIRECT_TOKEN", "two words")
    assert _findings(capsys, code=2)["token"]["state"] == "failed"


def test_no_token_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a token the report names the variable and the page that explains how to get one, and exits with 2."""
    monkeypatch.delenv("YADIRECT_TOKEN", raising=False)
    text = _findings(capsys, code=2)["token"]["text"]
    assert "set YADIRECT_TOKEN" in text
    assert "https://yandex.ru/dev/direct/doc/" in text


def test_a_closed_port_fails_at_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody answers the connection has failed: exit 4, after one attempt."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")
    with ScriptedServer() as server:
        address = server.url
    began = time.monotonic()
    assert _findings(capsys, "--endpoint", address, code=4)["connection"]["state"] == "failed"
    assert time.monotonic() - began < 30


def test_another_server_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What answers and is not the API exits with 5."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")
    with ScriptedServer(answer(b"<html/>", content_type=HTML)) as server:
        found = _findings(capsys, "--endpoint", server.url, code=5)
    assert "text/html" in found["call"]["text"]


CLIENT = {"Login": "x", "ClientId": 1, "Type": "CLIENT"}
WARNINGS = {
    "few units": ("units", {}, {"Units": "10/100/64000"}, "100 of 64,000 left"),
    "no units": ("units", {}, {}, "no header Units"),
    "archived": ("login", {"Archived": "YES"}, {}, "it can only be read"),
    "a reader": (
        "rights",
        {"Grants": [{"Privilege": "EDIT_CAMPAIGNS", "Value": "NO"}]},
        {},
        "may not edit campaigns",
    ),
}


@pytest.mark.parametrize(("check", "more", "headers", "words"), WARNINGS.values(), ids=WARNINGS)
def test_what_will_be_trouble_is_a_warning(check, more, headers, words, monkeypatch, capsys) -> None:
    """What does not hinder a call is a warning with its reason, and exits with 0."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")
    with ScriptedServer(result("clients.get", {"Clients": [CLIENT | more]}, **headers)) as server:
        found = _findings(capsys, "--endpoint", server.url)
    assert found[check]["state"] == "warning"
    assert words in found[check]["text"]


@pytest.mark.parametrize(
    ("minute", "state", "words"),
    [(30, "ok", "as the server's"), (35, "warning", "300 s ahead of"), (25, "warning", "300 s behind")],
    ids=["right", "fast", "slow"],
)
def test_a_wrong_clock_is_told(minute: int, state: str, words: str) -> None:
    """A clock that differs from the server's by more than a minute is a warning with the seconds."""
    finding = clock("Sun, 29 Nov 2026 08:30:00 GMT", datetime(2026, 11, 29, 8, minute, tzinfo=UTC))
    assert finding.state == state
    assert words in finding.text


@pytest.mark.parametrize(("seconds", "state"), [(60, "ok"), (-60, "ok"), (61, "warning"), (-61, "warning")])
def test_a_minute_is_no_wrong_clock(seconds: int, state: str) -> None:
    """A clock may differ from the server's by 60 seconds."""
    now = datetime(2026, 11, 29, 8, 30, tzinfo=UTC) + timedelta(seconds=seconds)
    assert clock("Sun, 29 Nov 2026 08:30:00 GMT", now).state == state


@pytest.mark.parametrize(("days", "state"), [(90, "ok"), (91, "warning")])
def test_wsdls_are_old_after_90_days(
    tmp_path: Path, emulator: Emulator, capsys: pytest.CaptureFixture[str], days: int, state: str
) -> None:
    """WSDLs of 90 days are well, those of one day more are not."""
    mine = copied(tmp_path / "mine")
    for file in mine.iterdir():
        os.utime(file, (time.time() - days * 86_400 - 3_600,) * 2)
    # It has no service clients, so other checks fail.
    assert _findings(capsys, "--wsdl", str(mine), code=2)["contract"]["state"] == state


def test_old_wsdls_are_told(tmp_path: Path, emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    """WSDLs of one's own that are older than 90 days are a warning with the command that renews them."""
    mine = copied(tmp_path / "mine")
    for file in mine.iterdir():
        os.utime(file, (time.time() - 100 * 86_400,) * 2)
    assert main(["doctor", "--wsdl", str(mine)]) == 2  # it has no service clients
    assert f"100 days old: `contract refresh --wsdl {mine}`" in capsys.readouterr().out


def test_a_proxy_is_named_without_its_password(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The proxy that the environment names is told, its password is not."""
    monkeypatch.setenv("HTTP_PROXY", "http://user:hidden@127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://user:hidden@127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    text = _findings(capsys, code=4)["proxy"]["text"]
    assert "127.0.0.1:9" in text
    assert "hidden" not in text
