"""`yadirect-soap call --output`: the same result as JSON, lines, a table, CSV and XML; columns, files and costs."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from lxml import etree

from tests.cli.terminal import environment
from tests.client.servers import ScriptedServer, result
from yadirect_soap.cli import main
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.wires import WIRES

QUERY = '{"FieldNames": ["Id", "Name", "DailyBudget"]}'
CAMPAIGNS = [
    {"Id": 1, "Name": "Чай", "DailyBudget": {"Amount": 300_000_000, "Mode": "STANDARD"}},
    {"Id": 22, "Name": 'Мёд, "липа"\n', "DailyBudget": None},
]
FOUND = result("campaigns.get", {"Campaigns": CAMPAIGNS})
GET = ("call", "campaigns", "get")
PARTIAL = result(
    "campaigns.suspend", {"SuspendResults": [{"Id": 1}, {"Errors": [{"Code": 8800, "Message": "Object not found"}]}]}
)


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token in the environment."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """An emulator with the demo accounts, which commands call."""
    with Emulator() as running, running.serve() as address:
        monkeypatch.setenv("YADIRECT_ENDPOINT", address)
        monkeypatch.setenv("YADIRECT_TOKEN", "demo-token")
        yield running


def _printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    with ScriptedServer(FOUND) as server:
        assert main([*GET, QUERY, *arguments, "--endpoint", server.url]) == code
    return capsys.readouterr().out


# --- forms ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [(), ("--all",)], ids=["a page", "all pages"])
def test_objects_are_lines_of_json(more: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With --output jsonl each object is JSON on a line of its own."""
    lines = _printed(capsys, "--output", "jsonl", *more).splitlines()
    assert [json.loads(line) for line in lines] == CAMPAIGNS


def test_all_pages_are_one_array(capsys: pytest.CaptureFixture[str]) -> None:
    """With --all --output json the objects of all pages are one JSON array."""
    assert json.loads(_printed(capsys, "--all", "--output", "json")) == CAMPAIGNS


def test_no_objects_are_an_empty_array(capsys: pytest.CaptureFixture[str]) -> None:
    """Pages without objects are an empty JSON array, and a CSV or table of a header alone."""
    nothing = result("campaigns.get", {})
    with ScriptedServer(nothing) as server:
        for form, text in (("json", "[\n]\n"), ("jsonl", ""), ("csv", "Id\n"), ("table", "Id\n--\n")):
            command = [*GET, '{"FieldNames": ["Id"]}', "--all", "--output", form, "--endpoint", server.url]
            assert main(command) == 0
            assert capsys.readouterr().out == text


@pytest.mark.parametrize("more", [(), ("--all",)], ids=["a page", "all pages"])
def test_objects_are_rows_of_csv(more: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With --output csv the columns are those that FieldNames asked for, and every value is read back as it was."""
    rows = list(csv.reader(io.StringIO(_printed(capsys, "--output", "csv", *more))))
    assert rows == [
        ["Id", "Name", "DailyBudget.Amount", "DailyBudget.Mode"],
        ["1", "Чай", "300000000", "STANDARD"],
        ["22", 'Мёд, "липа"\n', "", ""],
    ]


def test_objects_are_rows_of_tsv(capsys: pytest.CaptureFixture[str]) -> None:
    """With --output tsv the cells are told apart by tabs."""
    text = _printed(capsys, "--columns", "Id,DailyBudget.Mode", "--output", "tsv")
    assert text == "Id\tDailyBudget.Mode\n1\tSTANDARD\n22\t\n"


def test_objects_are_rows_of_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """With --output table numbers stand to the right, and a line end in a value ends no line."""
    assert _printed(capsys, "--output", "table").splitlines() == [
        "Id  Name           DailyBudget.Amount  DailyBudget.Mode",
        "--  -------------  ------------------  ----------------",
        " 1  Чай                     300000000  STANDARD",
        r'22  Мёд, "липа"\n',
    ]


def test_xml_is_what_came(capsys: pytest.CaptureFixture[str]) -> None:
    """With --output xml the response's body is printed as it came."""
    body = etree.fromstring(_printed(capsys, "--output", "xml").encode())
    assert [name.text for name in body.iter("Name")] == ["Чай", 'Мёд, "липа"\n']


def test_a_result_without_a_list_is_one_row(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    """What is about no list is a row of its own, and a dictionary's only list is the rows."""
    assert main(["call", "changes", "checkDictionaries", "--output", "csv"]) == 0
    header, row = csv.reader(io.StringIO(capsys.readouterr().out))
    assert dict(zip(header, row, strict=True))["Timestamp"].endswith("Z")
    wanted = '{"DictionaryNames": ["TimeZones"]}'
    assert main(["call", "dictionaries", "get", wanted, "--output", "csv"]) == 0
    assert capsys.readouterr().out.startswith("TimeZone,TimeZoneName,UtcOffset\n")


def test_outcomes_are_rows_and_failures_have_their_code(capsys: pytest.CaptureFixture[str]) -> None:
    """Where items failed, a table has all outcomes, stderr the failures, and the exit code is 1."""
    with ScriptedServer(PARTIAL) as server:
        ids = '{"SelectionCriteria": {"Ids": [1, 2]}}'
        command = ["call", "campaigns", "suspend", ids, "--output", "table", "--endpoint", server.url]
        assert main(command) == 1
    out, err = capsys.readouterr()
    assert "Object not found" in out
    assert "[1] 8800 Object not found" in err


# --- columns --------------------------------------------------------------------------------------------------


def test_columns_ask_for_their_fields(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    """A get without FieldNames asks for those of the columns, each in the list that has it, and prints a table."""
    column = "TextCampaign.BiddingStrategy.Search.BiddingStrategyType"
    assert main([*GET, "--columns", f"Name,{column}"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Name", column]
    assert lines[2].split()[-1] == "HIGHEST_POSITION"
    sent = emulator.calls[-1].params
    assert sent == {"FieldNames": ["Name"], "TextCampaignFieldNames": ["BiddingStrategy"]}


def test_columns_add_to_the_fields_of_the_params(emulator: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    """A column that FieldNames lack is requested too, so that it is not empty in silence."""
    assert main([*GET, '{"FieldNames": ["Id"]}', "--columns", "Name,TextCampaign.Settings", "--output", "csv"]) == 0
    assert emulator.calls[-1].params == {"FieldNames": ["Id", "Name"], "TextCampaignFieldNames": ["Settings"]}
    assert "Полки" in capsys.readouterr().out


def test_columns_of_a_variant_bring_a_field_that_is_required(emulator: Emulator) -> None:
    """FieldNames, of which one is required, has Id where the columns need none of them."""
    assert main([*GET, "--columns", "TextCampaign.Settings"]) == 0
    assert emulator.calls[-1].params == {"FieldNames": ["Id"], "TextCampaignFieldNames": ["Settings"]}


def test_columns_choose_members_of_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """With jsonl the columns are the members of each line, None where an object has none."""
    lines = _printed(capsys, "--columns", "Id,DailyBudget.Mode", "--output", "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"Id": 1, "DailyBudget.Mode": "STANDARD"},
        {"Id": 22, "DailyBudget.Mode": None},
    ]


def test_a_column_inside_a_list_has_the_values_of_all_its_objects(capsys: pytest.CaptureFixture[str]) -> None:
    """A path that leads through a list gives the list of values, as JSON in a cell."""
    with ScriptedServer(PARTIAL) as server:
        suspend = ("call", "campaigns", "suspend", '{"SelectionCriteria": {"Ids": [1, 2]}}')
        columns = ("--columns", "Id,Errors.Code", "--output", "csv")
        assert main([*suspend, *columns, "--endpoint", server.url]) == 1
    assert capsys.readouterr().out.splitlines() == ["Id,Errors.Code", "1,", ",[8800]"]


@pytest.mark.parametrize(
    ("columns", "first"),
    [("Currency", "RUB"), ("Currencies.Currency", '["RUB", "'), ("TimeZone", "Europe/Kaliningrad")],
    ids=["of one list", "of the result", "of another list"],
)
def test_columns_choose_the_list(
    columns: str, first: str, emulator: Emulator, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a result has several lists, the rows are the objects that have the columns."""
    names = '{"DictionaryNames": ["Currencies", "TimeZones"]}'
    assert main(["call", "dictionaries", "get", names, "--columns", columns]) == 0
    assert capsys.readouterr().out.splitlines()[2].startswith(first)


@pytest.mark.parametrize(
    ("called", "columns", "words"),
    [
        (("ads", "get"), "TextAd.Titel", "ads.get does not return TextAd.Titel; did you mean 'Title'?"),
        (("campaigns", "get"), "LimitedBy", "campaigns.get does not return LimitedBy"),
        (("campaigns", "update"), "UpdateResults.Id", "campaigns.update does not return UpdateResults.Id"),
        (("dictionaries", "get"), "Currency,TimeZone", "returns no objects that have all of Currency, TimeZone"),
    ],
    ids=["misspelt inside", "beside the list", "the list", "of two lists"],
)
def test_a_column_that_no_row_has_is_refused(
    called: Sequence[str], columns: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A column that would be empty in every row is refused before anything is sent."""
    assert main(["call", *called, "--columns", columns, "--endpoint", "http://127.0.0.1:1"]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--columns", "Id,Nmae"), "campaigns.get does not return Nmae; did you mean 'Name'?"),
        (("--columns", "Id.Name"), "campaigns.get does not return Id.Name"),
        (("--columns", ","), "--columns is a list of members"),
        (("--columns", "Id", "--output", "json"), "--columns is for csv, jsonl, table, tsv, not for json"),
        (("--output", "xml", "--all"), "leave out --all"),
        (("--output", "xml", "--transport", "json"), "leave out --transport json"),
        (("--show-request", "--cost"), "--show-request and --cost exclude each other"),
        (("--params-file", "x.json"), "PARAMS and --params-file exclude each other"),
    ],
    ids=["misspelt", "no object", "none", "JSON", "XML of pages", "XML of JSON", "shown or priced", "params twice"],
)
def test_what_makes_no_sense_sends_nothing(
    arguments: Sequence[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Columns that no object has, and options that contradict each other, exit with 2 before anything is sent."""
    with ScriptedServer(FOUND) as server:
        assert main([*GET, QUERY, *arguments, "--endpoint", server.url]) == 2
        assert server.received == []
    assert words in capsys.readouterr().err


# --- files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("r.json", "{\n"),
        ("r.jsonl", '{"Id": 1'),
        ("r.csv", "Id,Name"),
        ("r.tsv", "Id\tName"),
        ("r.xml", "<?xml"),
        ("R.CSV", "Id,Name"),
    ],
    ids=["JSON", "lines", "CSV", "TSV", "XML", "CSV in capitals"],
)
def test_the_ending_of_a_file_is_its_form(name: str, start: str, tmp_path: Path) -> None:
    """--out r.csv is a CSV; each ending has its form."""
    with ScriptedServer(FOUND) as server:
        assert main([*GET, QUERY, "--out", str(tmp_path / name), "--endpoint", server.url]) == 0
    assert (tmp_path / name).read_text("utf-8").startswith(start)


def test_an_output_goes_into_any_name(tmp_path: Path) -> None:
    """With --output the ending means nothing."""
    with ScriptedServer(FOUND) as server:
        command = [*GET, QUERY, "--output", "table", "--out", str(tmp_path / "r.txt"), "--endpoint", server.url]
        assert main(command) == 0
    assert (tmp_path / "r.txt").read_text("utf-8").startswith("Id  Name")


# --- params in YAML -------------------------------------------------------------------------------------------

YAML = """\
SelectionCriteria:
  Types: [TEXT_CAMPAIGN]   # a comment
FieldNames:
  - Id
  - Name
"""


@pytest.mark.parametrize("way", ["@FILE", "--params-file", "stdin"])
def test_params_are_written_in_yaml(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Params in YAML come from a file of that ending, or from anywhere by --params-format yaml."""
    file = tmp_path / "query.yaml"
    file.write_text(YAML, "utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(YAML.encode())))
    arguments = {
        "@FILE": [f"@{file}"],
        "--params-file": ["--params-file", str(file)],
        "stdin": ["-", "--params-format", "yaml"],
    }
    with ScriptedServer(FOUND) as server:
        assert main([*GET, *arguments[way], "--endpoint", server.url]) == 0
        _, sent = WIRES["soap"].decode_request(bundled()["campaigns"], server.received[0].body)
    assert sent == {"SelectionCriteria": {"Types": ["TEXT_CAMPAIGN"]}, "FieldNames": ["Id", "Name"]}


def test_yaml_has_no_words_of_its_own(tmp_path: Path) -> None:
    """NO and a date are texts in YAML, and a fraction keeps its digits."""
    file = tmp_path / "change.yml"
    file.write_text(
        "Campaigns:\n- Id: 1\n  EndDate: 2036-06-01\n  DailyBudget: {Amount: 300.50, Mode: STANDARD}\n", "utf-8"
    )
    with ScriptedServer(result("campaigns.update", {"UpdateResults": [{"Id": 1}]})) as server:
        command = ["call", "campaigns", "update", f"@{file}", "--money", "decimal", "--endpoint", server.url]
        assert main(command) == 0
        assert b"<EndDate>2036-06-01</EndDate>" in server.received[0].body
        assert b"<Amount>300500000</Amount>" in server.received[0].body


@pytest.mark.parametrize(
    ("text", "words"),
    [("a: [", "text that is not YAML"), ("- 1", "found an array"), ("a: 1\na: 2", "'a' stands twice in one object")],
    ids=["broken", "a list", "a name twice"],
)
def test_yaml_that_is_none_names_its_file(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that holds no params in YAML exits with 2, with its name and what is wrong."""
    file = tmp_path / "query.yaml"
    file.write_text(text, "utf-8")
    assert main([*GET, f"@{file}"]) == 2
    err = capsys.readouterr().err
    assert str(file) in err
    assert words in err


# --- cost -----------------------------------------------------------------------------------------------------


def test_a_cost_is_told_and_nothing_sent(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """--cost tells the units of a call in words, needs no token, and sends nothing."""
    monkeypatch.delenv("YADIRECT_TOKEN")
    with ScriptedServer(PARTIAL) as server:
        ids = '{"SelectionCriteria": {"Ids": [1, 2]}}'
        assert main(["call", "campaigns", "suspend", ids, "--cost", "--endpoint", server.url]) == 0
        assert main([*GET, QUERY, "--cost", "--endpoint", server.url]) == 0
        assert server.received == []
    assert capsys.readouterr().out == (
        "20 units: 10 a call, 5 for each of 2 objects\n"
        "10 to 10,010 units a page: 10 a call, 1 for each object in the response\n"
    )


def test_a_cost_of_wrong_params_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """--cost checks the params as a call does."""
    for more in ((), ("--split",)):
        assert main([*GET, '{"Odd": 1}', "--cost", *more]) == 2
        assert "$.Odd: found an unknown name" in capsys.readouterr().err


def test_a_split_call_costs_several(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --split the cost is that of all calls that a long list needs."""
    file = tmp_path / "changes.jsonl"
    file.write_text("".join(f'{{"Id": {number}, "Name": "x"}}\n' for number in range(1, 26)), "utf-8")
    command = ["call", "campaigns", "update", f"@{file}", "--cost"]
    assert main([*command, "--split"]) == 0
    assert capsys.readouterr().out == "105 units: 10 a call in 3 calls, 3 for each of 25 objects\n"
    assert main(command) == 2
    assert "at most 10" in capsys.readouterr().err


# --- a terminal -----------------------------------------------------------------------------------------------


def _on_a_terminal(server: ScriptedServer, arguments: Sequence[str], **settings: str) -> str:
    """What a terminal of 80 columns sees of a command."""
    ours, theirs = os.openpty()
    more = {"YADIRECT_ENDPOINT": server.url, "TERM": "xterm-256color", "COLUMNS": "80", **settings}
    command = [sys.executable, "-m", "yadirect_soap", *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=theirs, env=environment(more), check=False)
    os.close(theirs)
    seen = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.returncode == 0
    return seen.replace("\r\n", "\n")


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
@pytest.mark.parametrize("form", ["json", "jsonl", "xml", "table"])
def test_a_terminal_sees_colours(form: str) -> None:
    """A terminal sees colours, and none with --no-color."""
    with ScriptedServer(FOUND) as server:
        command = (*GET, QUERY, "--output", form)
        assert "\x1b[" in _on_a_terminal(server, command)
        assert "\x1b" not in _on_a_terminal(server, (*command, "--no-color"))


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_xml_controls_no_terminal() -> None:
    """A control character of a server is a reference to it in the XML that a terminal shows."""
    campaign = {"Id": 1, "Name": "x\x9b31my"}
    with ScriptedServer(result("campaigns.get", {"Campaigns": [campaign]})) as server:
        seen = _on_a_terminal(server, (*GET, QUERY, "--output", "xml", "--no-color"))
    assert "<Name>x&#155;31my</Name>" in seen


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_a_number_is_not_wrapped() -> None:
    """A table that is too wide wraps its texts and not its ids, of which the half would be another id."""
    campaign = {"Id": 17_000_000_001, "Name": "word " * 40, "State": "ON", "TimeZone": "Europe/Moscow"}
    with ScriptedServer(result("campaigns.get", {"Campaigns": [campaign]})) as server:
        command = (*GET, "--columns", "Id,Name,State,TextCampaign.CounterIds,TimeZone", "--no-color")
        lines = _on_a_terminal(server, command).splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.split()[:1] == ["17000000001"] and "Europe/Moscow" in line for line in lines)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
@pytest.mark.parametrize("settings", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "dumb"])
def test_the_environment_forbids_colours(settings: dict[str, str]) -> None:
    """NO_COLOR and TERM=dumb leave no control character."""
    with ScriptedServer(FOUND) as server:
        assert "\x1b" not in _on_a_terminal(server, (*GET, QUERY), **settings)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_a_log_stands_above_the_progress(tmp_path: Path) -> None:
    """While a terminal shows a progress a line of the log is whole, and the progress is gone at the end."""
    ours, theirs = os.openpty()
    with ScriptedServer(FOUND) as server:
        command = ["-v", *GET, QUERY, "--all", "--out", str(tmp_path / "r.jsonl"), "--endpoint", server.url]
        done = subprocess.run(
            [sys.executable, "-m", "yadirect_soap", *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=theirs,
            env=environment({"TERM": "xterm"}),
            check=False,
        )
    os.close(theirs)
    seen = os.read(ours, 100_000).decode()
    os.close(ours)
    assert (done.returncode, done.stdout) == (0, b"")
    assert re.search(r"\d yadirect_soap INFO campaigns\.get client=- status=200 [^\r\n]* ms=\d+\r\n", seen)
    assert "campaigns.get" in seen
    assert seen.endswith("\x1b[?25h\r\x1b[1A\x1b[2K")


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_colours_change_no_character() -> None:
    """Without its colours a terminal's JSON is the pipe's, whatever the width."""
    with ScriptedServer(FOUND) as server:
        command = (*GET, QUERY)
        assert json.loads(_on_a_terminal(server, (*command, "--no-color"), COLUMNS="20")) == {"Campaigns": CAMPAIGNS}
        plain = _on_a_terminal(server, command, COLUMNS="20")
    assert json.loads(re.sub(r"\x1b\[[0-9;]*m", "", plain)) == {"Campaigns": CAMPAIGNS}
