"""`yadirect-soap call`: params in, clean JSON out, everything else on stderr."""

import io
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import simplejson

from tests.cli.terminal import run
from tests.client.servers import Handler, ScriptedServer, answer, fault, result
from yadirect_soap.cli import main
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.wires import WIRES

QUERY = '{"SelectionCriteria": {}, "FieldNames": ["Id"]}'
FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1, "Name": "Чай"}]})
GET = ("call", "campaigns", "get")


def _call(server: ScriptedServer, *arguments: str) -> int:
    return main([*GET, *arguments, "--endpoint", server.url])


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token in the environment."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")


# --- params ---------------------------------------------------------------------------------------------------


@pytest.fixture(params=["text", "file", "file with a BOM", "stdin"])
def params(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The four ways to give the params, as the argument that stands for them."""
    file = tmp_path / "params.json"
    file.write_text(QUERY, encoding="utf-8-sig" if "BOM" in request.param else "utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(QUERY.encode())))
    return {"text": QUERY, "stdin": "-"}.get(request.param, f"@{file}")


def test_params_come_from_text_file_or_stdin(params: str) -> None:
    """Params are JSON text, or a file's, or stdin's."""
    with ScriptedServer(FOUND) as server:
        assert _call(server, params) == 0
        _, sent = WIRES["soap"].decode_request(bundled()["campaigns"], server.received[0].body)
    assert sent == {"SelectionCriteria": {}, "FieldNames": ["Id"]}


def test_params_may_stand_behind_the_options(monkeypatch: pytest.MonkeyPatch) -> None:
    """Params are found before the options and behind them, on every Python."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(QUERY.encode())))
    with ScriptedServer(FOUND, FOUND) as server:
        assert main([*GET, "--endpoint", server.url, QUERY]) == 0
        assert main([*GET, "--endpoint", server.url, "-"]) == 0
        sent = [WIRES["soap"].decode_request(bundled()["campaigns"], received.body) for received in server.received]
    assert [params for _, params in sent] == [{"SelectionCriteria": {}, "FieldNames": ["Id"]}] * 2


def test_params_are_an_empty_object_unless_given(capsys: pytest.CaptureFixture[str]) -> None:
    """An operation that needs no params is called without any."""
    with ScriptedServer(result("changes.checkDictionaries", {"TimeZonesChanged": "NO"})) as server:
        assert main(["call", "changes", "checkDictionaries", "--endpoint", server.url]) == 0
    assert json.loads(capsys.readouterr().out) == {"TimeZonesChanged": "NO"}


def test_a_file_that_is_no_text_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of params that is not UTF-8 exits with 2 and a message."""
    file = tmp_path / "params.json"
    file.write_bytes(b'{"Name": "\xff"}')
    with ScriptedServer(FOUND) as server:
        assert _call(server, f"@{file}") == 2
        assert server.received == []
    assert f"{file}: byte 0xff at offset 10 (line 1) is not text" in capsys.readouterr().err


def test_numbers_in_params_are_exact() -> None:
    """A fraction in the params reaches the request digit by digit."""
    place = '{"VCards": [{"PointOnMap": {"X": 37.123456789012345678}}]}'
    with ScriptedServer(result("vcards.add", {})) as server:
        main(["call", "vcards", "add", place, "--endpoint", server.url, "--check", "off"])
        assert b"<X>37.123456789012345678</X>" in server.received[0].body


# --- results --------------------------------------------------------------------------------------------------


def test_a_result_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    """A result is printed as JSON with its texts as they are, and stderr stays empty."""
    with ScriptedServer(FOUND) as server:
        assert _call(server, QUERY) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {"Campaigns": [{"Id": 1, "Name": "Чай"}]}
    assert "Чай" in out
    assert err == ""


def test_a_next_page_is_pointed_at(capsys: pytest.CaptureFixture[str]) -> None:
    """Where more objects follow, stderr says so and stdout stays clean JSON."""
    with ScriptedServer(result("campaigns.get", {"LimitedBy": 2, "Campaigns": [{"Id": 1}, {"Id": 2}]})) as server:
        assert _call(server, QUERY) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {"LimitedBy": 2, "Campaigns": [{"Id": 1}, {"Id": 2}]}
    assert err == "yadirect-soap: more objects follow from Offset 2; --all fetches them\n"


def test_a_partial_failure_prints_all_outcomes(capsys: pytest.CaptureFixture[str]) -> None:
    """Where some items fail, all outcomes are on stdout and the failures on stderr too."""
    outcomes = {"SuspendResults": [{"Id": 1}, {"Errors": [{"Code": 8800, "Message": "Object not found"}]}]}
    with ScriptedServer(result("campaigns.suspend", outcomes)) as server:
        ids = '{"SelectionCriteria": {"Ids": [1, 2]}}'
        assert main(["call", "campaigns", "suspend", ids, "--endpoint", server.url]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out) == outcomes
    assert "[1] 8800 Object not found" in err


@pytest.mark.parametrize("split", [(), ("--split",)], ids=["one call", "parts"])
def test_failed_items_of_a_file_are_told_by_their_lines(
    split: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside the index of a failed item stands the line of the file that it came from."""
    failed = {"Errors": [{"Code": 8800, "Message": "Object not found"}]}
    outcomes = {"UpdateResults": [failed, {"Id": 2}, failed]}
    file = tmp_path / "ads.jsonl"
    file.write_text('{"Id": 1}\n\n{"Id": 2}\n{"Id": 3}\n', "utf-8")
    with ScriptedServer(result("ads.update", outcomes)) as server:
        assert main(["call", "ads", "update", f"@{file}", *split, "--endpoint", server.url]) == 1
    err = capsys.readouterr().err
    assert "[2] 8800 Object not found" in err
    assert f"the lines of {file} that failed: [0]: 1, [2]: 4" in err


def test_a_few_of_many_failed_lines_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of many failed lines twenty are named."""
    outcomes = {"UpdateResults": [{"Errors": [{"Code": 8800, "Message": "Object not found"}]}] * 30}
    file = tmp_path / "ads.jsonl"
    file.write_text("".join(f'{{"Id": {number}}}\n' for number in range(30)), "utf-8")
    with ScriptedServer(result("ads.update", outcomes)) as server:
        assert main(["call", "ads", "update", f"@{file}", "--endpoint", server.url]) == 1
    assert "[18]: 19, [19]: 20, …" in capsys.readouterr().err


def test_amounts_are_decimals_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """With --money decimal amounts are written and read in currency units, digit by digit."""
    found = {"Campaigns": [{"Id": 1, "DailyBudget": {"Amount": 300_500_000, "Mode": "STANDARD"}}]}
    with ScriptedServer(result("campaigns.get", found)) as server:
        assert _call(server, QUERY, "--money", "decimal") == 0
    out = capsys.readouterr().out
    assert '"Amount": 300.50' in out
    assert simplejson.loads(out, use_decimal=True)["Campaigns"][0]["DailyBudget"]["Amount"] == Decimal("300.50")


def test_a_fraction_is_an_amount_when_asked() -> None:
    """With --money decimal a JSON number is an exact amount."""
    change = '{"Campaigns": [{"Id": 1, "DailyBudget": {"Amount": 300.5, "Mode": "STANDARD"}}]}'
    with ScriptedServer(result("campaigns.update", {"UpdateResults": [{"Id": 1}]})) as server:
        assert main(["call", "campaigns", "update", change, "--money", "decimal", "--endpoint", server.url]) == 0
        assert b"<Amount>300500000</Amount>" in server.received[0].body


def _pages(handler: Handler) -> None:
    _, params = WIRES["soap"].decode_request(bundled()["campaigns"], handler.received.body)
    offset = params.get("Page", {}).get("Offset", 0)
    following = {"LimitedBy": offset + 1} if offset < 2 else {}
    result("campaigns.get", {**following, "Campaigns": [{"Id": offset + 1, "Name": "Чай"}]})(handler)


@pytest.mark.parametrize("service", ["campaigns", "Campaigns"])
def test_all_pages_are_one_object_a_line(service: str, capsys: pytest.CaptureFixture[str]) -> None:
    """--all prints the objects of all pages, each as JSON on a line of its own."""
    with ScriptedServer(_pages) as server:
        assert main(["call", service, "get", QUERY, "--all", "--endpoint", server.url]) == 0
        assert len(server.received) == 3
    out, err = capsys.readouterr()
    assert [json.loads(line) for line in out.splitlines()] == [{"Id": number, "Name": "Чай"} for number in (1, 2, 3)]
    assert err == ""


def test_pages_before_a_failure_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Where a later page fails, the objects before it are on stdout and the failure on stderr."""
    with ScriptedServer(result("campaigns.get", {"LimitedBy": 1, "Campaigns": [{"Id": 1}]}), fault(53)) as server:
        assert _call(server, QUERY, "--all") == 3
    out, err = capsys.readouterr()
    assert out == '{"Id": 1}\n'
    assert err.startswith("yadirect-soap: campaigns.get: error 53")


# --- settings -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "path", "header", "value"),
    [
        ((), "/v501/campaigns", "Authorization", "Bearer secret"),
        ((), "/v501/campaigns", "Accept-Language", "en"),
        (("--language", "ru"), "/v501/campaigns", "Accept-Language", "ru"),
        (("--client-login", "client"), "/v501/campaigns", "Client-Login", "client"),
        (("--api-version", "v5"), "/v5/campaigns", "Client-Login", None),
    ],
    ids=["token", "English", "language", "login", "version"],
)
def test_an_option_is_a_setting(arguments: Sequence[str], path: str, header: str, value: str | None) -> None:
    """Each option sets what its name says."""
    with ScriptedServer(FOUND) as server:
        assert _call(server, QUERY, *arguments) == 0
        assert server.received[0].path == path
        assert server.received[0].headers.get(header) == value


def test_an_option_chooses_the_wire(capsys: pytest.CaptureFixture[str]) -> None:
    """--transport json calls over JSON, with the same output."""
    with ScriptedServer(result("campaigns.get", {"Campaigns": [{"Id": 1}]}, wire="json")) as server:
        assert _call(server, QUERY, "--transport", "json") == 0
        assert server.received[0].path == "/json/v501/campaigns"
    assert json.loads(capsys.readouterr().out) == {"Campaigns": [{"Id": 1}]}


def test_the_environment_sets_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """What no option says comes from the environment."""
    monkeypatch.setenv("YADIRECT_CLIENT_LOGIN", "client")
    with ScriptedServer(FOUND) as server:
        monkeypatch.setenv("YADIRECT_ENDPOINT", server.url)
        assert main([*GET, QUERY]) == 0
        assert server.received[0].headers["Client-Login"] == "client"


def test_a_token_file_goes_before_the_environment(tmp_path: Path) -> None:
    """--token-file gives the token, without the line end around it."""
    file = tmp_path / "token"
    file.write_text("from-a-file\n")
    with ScriptedServer(FOUND) as server:
        assert _call(server, QUERY, "--token-file", str(file)) == 0
        assert server.received[0].headers["Authorization"] == "Bearer from-a-file"


@pytest.mark.parametrize("content", [b"", b"\n", b"two words", b"\xff\xfe"], ids=["empty", "blank", "words", "no text"])
def test_a_token_file_without_a_token_is_told(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A token file that holds no token exits with 2 and does not show what it holds."""
    file = tmp_path / "token"
    file.write_bytes(content)
    with ScriptedServer(FOUND) as server:
        assert _call(server, QUERY, "--token-file", str(file)) == 2
        assert server.received == []
    err = capsys.readouterr().err
    assert "token" in err
    assert "words" not in err


# --- the envelope ---------------------------------------------------------------------------------------------


def test_an_envelope_is_shown_and_not_sent(capsys: pytest.CaptureFixture[str]) -> None:
    """--show-request prints address, headers and body, the token masked, and sends nothing."""
    with ScriptedServer(FOUND) as server:
        assert _call(server, QUERY, "--show-request") == 0
        assert server.received == []
    head, _, body = capsys.readouterr().out.partition("\n\n")
    lines = head.splitlines()
    assert lines[0] == f"POST {server.url}/v501/campaigns"
    assert "Authorization: ***" in lines
    assert 'SOAPAction: "http://api.direct.yandex.com/v5/campaigns/get"' in lines
    operation, params = WIRES["soap"].decode_request(bundled()["campaigns"], body.strip().encode())
    assert operation is not None
    assert params == json.loads(QUERY)


def test_an_envelope_needs_no_token(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """--show-request works without a token, and over JSON."""
    monkeypatch.delenv("YADIRECT_TOKEN")
    assert main([*GET, QUERY, "--show-request", "--transport", "json"]) == 0
    head, _, body = capsys.readouterr().out.partition("\n\n")
    assert head.startswith("POST https://api.direct.yandex.com/json/v501/campaigns\n")
    assert json.loads(body) == {"method": "get", "params": json.loads(QUERY)}


def test_an_envelope_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    """--show-request refuses params that do not fit, unless the check is off."""
    assert main([*GET, '{"Odd": 1}', "--show-request"]) == 2
    assert main([*GET, '{"Odd": 1}', "--show-request", "--check", "off"]) == 0
    assert "<Odd>1</Odd>" in capsys.readouterr().out


# --- a process of its own -------------------------------------------------------------------------------------


def _settings(server: ScriptedServer, **more: str) -> dict[str, str]:
    return {"YADIRECT_TOKEN": "secret", "YADIRECT_ENDPOINT": server.url, **more}


def test_a_terminal_gets_json_only() -> None:
    """In a process of its own stdout holds the JSON and stderr nothing."""
    with ScriptedServer(FOUND) as server:
        done = run(*GET, "-", stdin=QUERY, settings=_settings(server))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"Campaigns": [{"Id": 1, "Name": "Чай"}]}


def test_the_log_goes_to_stderr() -> None:
    """With -v each call is a line on stderr, with -vv bodies too, and never the token."""
    with ScriptedServer(FOUND) as server:
        one, two = (run(flag, *GET, QUERY, settings=_settings(server)) for flag in ("-v", "-vv"))
    assert "campaigns.get client=- status=200" in one.stderr
    assert "SelectionCriteria" not in one.stderr
    assert "SelectionCriteria" in two.stderr
    assert one.stdout == two.stdout
    assert "secret" not in one.stderr + two.stderr


def test_a_warning_goes_to_stderr() -> None:
    """With --check warn what does not fit is sent and told on stderr."""
    odd: dict[str, Any] = {**json.loads(QUERY), "Odd": 1}
    with ScriptedServer(FOUND) as server:
        done = run(*GET, json.dumps(odd), "--check", "warn", settings=_settings(server))
    assert done.returncode == 0
    assert "$.Odd: found an unknown name" in done.stderr
    assert json.loads(done.stdout)


def test_an_error_is_no_traceback() -> None:
    """In a process of its own an error is one message too."""
    with ScriptedServer(answer(b"<a>")) as server:
        done = run(*GET, QUERY, settings=_settings(server))
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr.startswith("yadirect-soap: campaigns.get: ")
    assert "Traceback" not in done.stderr
