"""Files of the command line: --out, lines of objects as params, and errors that name the file."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.terminal import environment
from tests.client.reports.service import FIELDS, report
from tests.client.servers import ScriptedServer, Step, drop, fault, result
from yadirect_soap.cli import main
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.wires import WIRES

QUERY = '{"SelectionCriteria": {}, "FieldNames": ["Id"]}'
GET = ("call", "campaigns", "get", QUERY)
SUSPEND = ("call", "campaigns", "suspend", '{"SelectionCriteria": {"Ids": [1, 2]}}')
UPDATE = ("call", "campaigns", "update")
MAY = (
    "report",
    "CAMPAIGN_PERFORMANCE_REPORT",
    "--fields",
    ",".join(FIELDS),
    "--from",
    "2026-05-01",
    "--to",
    "2026-05-31",
)
FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1, "Name": "Чай"}, {"Id": 2, "Name": "Мёд"}]})
UPDATED = result("campaigns.update", {"UpdateResults": [{"Id": 1}, {"Id": 2}]})
PARTIAL = result(
    "campaigns.suspend", {"SuspendResults": [{"Id": 1}, {"Errors": [{"Code": 8800, "Message": "Object not found"}]}]}
)


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token in the environment."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")


def _main(step: Step, *arguments: str) -> tuple[int, ScriptedServer]:
    with ScriptedServer(step) as server:
        return main([*arguments, "--endpoint", server.url]), server


def _updated(server: ScriptedServer) -> list[dict[str, object]]:
    _, params = WIRES["soap"].decode_request(bundled()["campaigns"], server.received[0].body)
    return list(params["Campaigns"])


# --- results into files ---------------------------------------------------------------------------------------


def test_a_result_goes_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --out a result is a file of JSON, and stdout stays empty."""
    out = tmp_path / "campaigns.json"
    assert _main(FOUND, *GET, "--out", str(out))[0] == 0
    assert [each["Name"] for each in json.loads(out.read_bytes())["Campaigns"]] == ["Чай", "Мёд"]
    assert capsys.readouterr() == ("", "")


def test_all_pages_go_into_a_file_of_lines(tmp_path: Path) -> None:
    """With --all and --out a file has an object a line."""
    out = tmp_path / "campaigns.jsonl"
    assert _main(FOUND, *GET, "--all", "--out", str(out))[0] == 0
    assert [json.loads(line)["Id"] for line in out.read_text("utf-8").splitlines()] == [1, 2]


def test_results_of_items_that_failed_are_written(tmp_path: Path) -> None:
    """Where some items fail the file has all results, and the exit code is 1."""
    out = tmp_path / "results.json"
    assert _main(PARTIAL, *SUSPEND, "--out", str(out))[0] == 1
    assert len(json.loads(out.read_bytes())["SuspendResults"]) == 2


@pytest.mark.parametrize(("step", "code"), [(fault(53), 3), (drop, 4)], ids=["refused", "lost"])
def test_a_call_that_fails_leaves_the_old_file(tmp_path: Path, step: Step, code: int) -> None:
    """A call without a result leaves the file as it was."""
    out = tmp_path / "results.json"
    out.write_text("old")
    assert _main(step, *SUSPEND, "--out", str(out))[0] == code
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


UNKNOWN = {
    "a spreadsheet": (MAY, "r.xlsx", ".tsv, .csv, .jsonl, .parquet"),
    "a packed spreadsheet": (MAY, "r.xlsx.gz", ".tsv, .csv, .jsonl, .parquet"),
    "a call's spreadsheet": (GET, "r.xlsx", ".json, .jsonl, .csv, .tsv, .xml"),
    "all pages in one": ((*GET, "--all"), "r.txt", ".json, .jsonl, .csv, .tsv, .xml"),
}


@pytest.mark.parametrize(("arguments", "name", "known"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_ending_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: Sequence[str], name: str, known: str
) -> None:
    """A name that promises another format exits with 2 and tells the known ones; nothing is sent."""
    code, server = _main(FOUND, *arguments, "--out", str(tmp_path / name))
    assert (code, server.received, list(tmp_path.iterdir())) == (2, [], [])
    err = capsys.readouterr().err
    assert err.startswith(f"yadirect-soap: {tmp_path}/r")
    assert err.endswith(f"expected one of {known}\n")


def test_a_format_goes_into_any_name(tmp_path: Path) -> None:
    """With --format the ending means nothing."""
    out = tmp_path / "r.2026"
    assert _main(report(), *MAY, "--format", "csv", "--out", str(out))[0] == 0
    assert out.read_text("utf-8").startswith(",".join(FIELDS))


def test_the_case_of_an_ending_means_nothing(tmp_path: Path) -> None:
    """R.CSV.GZ is a gzipped CSV as r.csv.gz is."""
    out = tmp_path / "R.CSV.GZ"
    assert _main(report(), *MAY, "--out", str(out))[0] == 0
    assert out.read_bytes().startswith(b"\x1f\x8b")


NO_PLACE = {"a folder": "", "no folder": "missing/r.json", "under a file": "file/r.json"}


@pytest.mark.parametrize("place", NO_PLACE.values(), ids=NO_PLACE)
@pytest.mark.parametrize("arguments", [SUSPEND, (*MAY, "--format", "tsv")], ids=["call", "report"])
def test_a_place_that_takes_no_file_is_told_before_anything_is_sent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: Sequence[str], place: str
) -> None:
    """Where --out cannot be written, the error names it and nothing is sent."""
    (tmp_path / "file").touch()
    out = tmp_path / place
    code, server = _main(PARTIAL, *arguments, "--out", str(out))
    assert (code, server.received) == (2, [])
    assert capsys.readouterr().err.startswith(f"yadirect-soap: {out} cannot be written: ")


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="needs names of open files")
@pytest.mark.parametrize("arguments", [(*MAY, "--format", "tsv"), GET], ids=["report", "call"])
def test_an_open_file_keeps_its_content(tmp_path: Path, arguments: Sequence[str]) -> None:
    """What `--out /dev/stdout >> FILE` writes stands behind what was there."""
    target = tmp_path / "all.tsv"
    target.write_bytes(b"old\n")
    with ScriptedServer(report() if arguments[0] == "report" else FOUND) as server, target.open("ab") as file:
        done = subprocess.run(
            [sys.executable, "-m", "yadirect_soap", *arguments, "--out", "/dev/stdout"],
            stdout=file,
            stderr=subprocess.PIPE,
            env=environment({"YADIRECT_ENDPOINT": server.url}),
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")
    content = target.read_bytes()
    assert content.startswith(b"old\n")
    assert len(content) > len(b"old\n")


def test_a_pipe_without_a_reader_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A named pipe whose reader has gone exits with 5 and is named: it was asked for, as stdout was not."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    def leave(handler):
        os.close(reader)
        report()(handler)

    assert _main(leave, *MAY, "--out", str(pipe))[0] == 5
    assert capsys.readouterr().err == f"yadirect-soap: {pipe}: Broken pipe\n"


# --- lines of objects as params -------------------------------------------------------------------------------

LINES = '{"Id": 1, "Name": "Чай\u2028"}\n\n{"Id": 2, "Name": "Мёд"}\n'
OBJECTS = [{"Id": 1, "Name": "Чай\u2028"}, {"Id": 2, "Name": "Мёд"}]


def test_lines_of_objects_are_the_list(tmp_path: Path) -> None:
    """An object a line is the list that the operation takes."""
    file = tmp_path / "campaigns.jsonl"
    file.write_text(LINES, "utf-8")
    code, server = _main(UPDATED, *UPDATE, f"@{file}")
    assert (code, _updated(server)) == (0, OBJECTS)


def test_a_single_line_is_a_list_of_one(tmp_path: Path) -> None:
    """The ending .jsonl makes a single object a list."""
    file = tmp_path / "campaigns.jsonl"
    file.write_text('{"Id": 1, "Name": "Чай"}\n', "utf-8")
    code, server = _main(result("campaigns.update", {"UpdateResults": [{"Id": 1}]}), *UPDATE, f"@{file}")
    assert (code, _updated(server)) == (0, [{"Id": 1, "Name": "Чай"}])


def test_lines_come_from_stdin_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several lines of objects on stdin are a list."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LINES.encode())))
    code, server = _main(UPDATED, *UPDATE, "-")
    assert (code, _updated(server)) == (0, OBJECTS)


def test_params_over_several_lines_stay_params(tmp_path: Path) -> None:
    """An object that is written over several lines is no list."""
    file = tmp_path / "params.json"
    file.write_text(json.dumps({"Campaigns": OBJECTS}, indent=2), "utf-8")
    code, server = _main(UPDATED, *UPDATE, f"@{file}")
    assert (code, _updated(server)) == (0, OBJECTS)


NAMED = {
    "no JSON": ("p.json", '{"Campaigns":\n [}', UPDATE, "{file}: found text that is not JSON (", "line 2, column 3"),
    "no object": ("p.json", "[]", UPDATE, "{file}: found an array", "a JSON object"),
    "null": ("p.json", "null", UPDATE, "{file}: found null", "a JSON object"),
    "empty": ("p.json", " \n", UPDATE, "{file}: found nothing", "a JSON object"),
    "a name twice": (
        "p.json",
        '{"Campaigns": [\n{"Id": 1, "Name": "{\\"Id\\": 1}"},\n{"Id": 2,\n  "Id": 3}]}',
        UPDATE,
        "{file}: found text that is not JSON (the name 'Id' appears twice in an object, line 4, column 3)",
        "a JSON object",
    ),
    "a name twice in a line": (
        "p.jsonl",
        '{"Id": 1}\n{"Id": 2, "Id": 3}',
        UPDATE,
        "{file}, line 2:",
        "twice in an object, column 11",
    ),
    "an unknown name in a line": (
        "p.jsonl",
        '{"Id": 1}\n\n{"Id": 2, "Nmae": "a"}',
        UPDATE,
        "{file}, line 3, $.Campaigns[1].Nmae: found an unknown name",
        "did you mean 'Name'?",
    ),
    "a line": ("p.jsonl", '{"Id": 1}\n{"Id": }', UPDATE, "{file}, line 2: found text that is not JSON", "column 8"),
    "the second of two lines": ("p.jsonl", '{"Id": }\n{"Id": ]', UPDATE, "{file}, line 2: found text", "column 8"),
    "a line of numbers": ("p.jsonl", '{"Id": 1}\n2', UPDATE, "{file}, line 2: found a number", "a JSON object"),
    "lines of a read": ("p.jsonl", '{"Id": 1}', GET[:3], "{file}: found lines of objects", "campaigns.get"),
    "no text": ("p.json", b"\xff", UPDATE, "{file}: byte 0xff at offset 0", "UTF-8"),
}


@pytest.mark.parametrize(("name", "content", "arguments", "told", "more"), NAMED.values(), ids=NAMED)
def test_an_error_of_params_names_the_file(tmp_path, capsys, name, content, arguments, told, more) -> None:
    """What is wrong with a file of params is told with the file, the line and what was expected."""
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    code, server = _main(UPDATED, *arguments, f"@{file}")
    assert (code, server.received) == (2, [])
    err = capsys.readouterr().err
    assert told.format(file=file) in err
    assert more in err


@pytest.mark.parametrize("arguments", [["@-"], ["--params-file", "-"]], ids=["as a file", "as an option"])
def test_a_dash_in_place_of_a_file_is_stdin(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes @- or --params-file - means stdin."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LINES.encode())))
    code, server = _main(UPDATED, *UPDATE, *arguments)
    assert (code, _updated(server)) == (0, OBJECTS)


def test_a_file_without_its_sign_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name of a file among the params is no JSON, and the message has the way to read it."""
    file = tmp_path / "params.json"
    file.write_text("{}", "utf-8")
    assert main([*GET[:3], str(file)]) == 2
    assert f"a JSON object; to read the file, write @{file}" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["'{FieldNames:", "{FieldNames: [Id]}"], ids=["cmd", "PowerShell"])
def test_quotes_that_a_shell_has_changed_are_told(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Params whose quotes a shell has taken away are told with the way around it."""
    assert main([*GET[:3], text]) == 2
    assert (
        "if the shell has changed its double quotes, write it into a file and name it @FILE" in capsys.readouterr().err
    )


# --- other files ----------------------------------------------------------------------------------------------

TOKENS = {
    "nothing": (b" \n", "found nothing, expected a token"),
    "two lines": (b"secret-1\nsecret-2\n", "found 2 lines"),
    "no text": (b"secret\xff", "byte 0xff at offset 6"),
    "Cyrillic": ("тайна".encode(), "characters that no token has"),
}


@pytest.mark.parametrize(("content", "told"), TOKENS.values(), ids=TOKENS)
def test_an_error_of_a_token_names_its_file(tmp_path, capsys, content, told) -> None:
    """What is wrong with a file of a token is told with the file, and never with what is in it."""
    file = tmp_path / "token"
    file.write_bytes(content)
    code, server = _main(FOUND, *GET, "--token-file", str(file))
    assert (code, server.received) == (2, [])
    err = capsys.readouterr().err
    assert err.startswith(f"yadirect-soap: {file}: ")
    assert told in err
    assert "secret" not in err
    assert "тайна" not in err


def test_a_token_may_be_written_by_powershell(tmp_path: Path) -> None:
    """A token in UTF-16 with its byte order mark is read."""
    file = tmp_path / "token"
    file.write_bytes("secret\r\n".encode("utf-16"))
    code, server = _main(FOUND, *GET, "--token-file", str(file))
    assert (code, server.received[0].headers.get("Authorization")) == (0, "Bearer secret")


EMULATOR = {
    "data": ("--db", "missing/data.db"),
    "log": ("--log", "missing/calls.log"),
    "seed": ("--seed", "missing.json"),
    "scenario": ("--scenario", "missing.json"),
    "snapshot": ("--snapshot", "missing.snapshot"),
    "address": ("--host", "203.0.113.7"),
}


@pytest.mark.parametrize("arguments", EMULATOR.values(), ids=EMULATOR)
def test_an_error_of_the_emulator_names_the_place(capsys, monkeypatch, tmp_path, arguments) -> None:
    """What keeps the emulator from starting is told with its file or address."""
    monkeypatch.chdir(tmp_path)
    assert main(["emulator", "--port", "0", *arguments]) == 2
    err = capsys.readouterr().err
    assert arguments[1] in err
    assert len(err.splitlines()) == 1
