"""`yadirect-soap units`: what is left, for whom, and what a plan of calls would take."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from yadirect_soap.cli import main
from yadirect_soap.emulator import Emulator

CLIENT = "demo-client-rub"


@pytest.fixture(autouse=True)
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """An emulator with the demo accounts, which commands call as the advertiser."""
    with Emulator() as running, running.serve() as address:
        monkeypatch.setenv("YADIRECT_ENDPOINT", address)
        monkeypatch.setenv("YADIRECT_TOKEN", "demo-token")
        yield running


def _rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main(["units", "--output", "json", *arguments]) == 0
    rows: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return rows


def test_units_are_those_of_the_login(capsys: pytest.CaptureFixture[str]) -> None:
    """Without more, the units left are those of who pays, after the one unit that asking costs."""
    [row] = _rows(capsys)
    assert row["Login"] == "demo-advertiser"
    assert row["Spent"] == 1
    assert int(str(row["Left"])) < int(str(row["Limit"]))


def test_units_are_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """The usual output is a table."""
    assert main(["units"]) == 0
    header, _, row = capsys.readouterr().out.splitlines()
    assert header.split() == ["Login", "Payer", "Left", "Limit", "Spent"]
    assert row.startswith("demo-advertiser")


def test_an_agency_sees_its_clients(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With --clients an agency has a row for each client, for all of them or for those that it names."""
    monkeypatch.setenv("YADIRECT_TOKEN", "demo-agency-token")
    everybody = [row["Login"] for row in _rows(capsys, "--clients", "all")]
    assert CLIENT in everybody
    assert len(everybody) > 1
    assert [row["Login"] for row in _rows(capsys, "--clients", CLIENT)] == [CLIENT]


def test_a_client_that_is_refused_hides_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A client that the API refuses is told on stderr, the others are shown, and the exit code is 1."""
    monkeypatch.setenv("YADIRECT_TOKEN", "demo-agency-token")
    assert main(["units", "--output", "json", "--clients", f"nobody,{CLIENT}"]) == 1
    out, err = capsys.readouterr()
    assert [row["Login"] for row in json.loads(out)] == [CLIENT]
    assert "dictionaries.get for nobody: error 8800" in err


@pytest.mark.slow
def test_a_plan_is_priced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plan's calls are added up, and a login that has too few units for them is told."""
    calls = [
        {"service": "campaigns", "operation": "suspend", "params": {"SelectionCriteria": {"Ids": [1, 2]}}},
        {"service": "campaigns", "operation": "get", "params": {"FieldNames": ["Id"], "Page": {"Limit": 5}}},
    ]
    file = tmp_path / "plan.jsonl"
    file.write_text("\n".join(map(json.dumps, calls)), "utf-8")
    assert main(["units", "--plan", str(file)]) == 0
    assert capsys.readouterr().err == "yadirect-soap: the plan of 2 calls costs 30 to 35 units\n"
    file.write_text("\n".join([json.dumps(calls[0])] * 9000), "utf-8")
    assert main(["units", "--plan", str(file)]) == 0
    assert "units are left, which do not suffice" in capsys.readouterr().err


def test_the_cost_of_a_plan_is_part_of_the_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --quiet too a plan's least and highest cost stand beside the units of the login."""
    file = tmp_path / "plan.jsonl"
    file.write_text('{"service": "campaigns", "operation": "get", "params": {"FieldNames": ["Id"]}}', "utf-8")
    assert main(["units", "--plan", str(file), "--output", "json", "--quiet"]) == 0
    captured = capsys.readouterr()
    (row,) = json.loads(captured.out)
    assert (row["PlanMin"], row["PlanMax"], captured.err) == (10, 10_010, "")


def test_an_empty_plan_costs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plan without calls is told as one, and not as if there were no plan."""
    (tmp_path / "plan.jsonl").touch()
    assert main(["units", "--plan", str(tmp_path / "plan.jsonl")]) == 0
    assert "the plan of 0 calls costs 0 units" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"operation": "get"}', "line 1, $.service: found no service"),
        ('{"service": "ads", "operation": "gett"}', "line 1, $: found no operation 'gett' in ads"),
        ('{"service": "ads", "operation": "get", "params": []}', "line 1, $.params: found an array"),
        ('{"service": "ads", "operation": "update", "params": {"Add": []}}', "did you mean 'Ads'?"),
        ("[]", "line 1: found an array, expected a JSON object"),
    ],
    ids=["no service", "no operation", "no params", "misspelt params", "no object"],
)
def test_a_plan_that_is_none_asks_nobody(
    line: str, words: str, tmp_path: Path, emulator: Emulator, capsys: pytest.CaptureFixture[str]
) -> None:
    """A plan with a line that is no call exits with 2, names the line, and costs nothing."""
    file = tmp_path / "plan.jsonl"
    file.write_text(line, "utf-8")
    assert main(["units", "--plan", str(file)]) == 2
    assert words in capsys.readouterr().err
    assert len(emulator.calls) == 0


def test_all_wrong_lines_of_a_plan_are_told(
    tmp_path: Path, emulator: Emulator, capsys: pytest.CaptureFixture[str]
) -> None:
    """One error has every wrong line, up to ten mistakes, and the number of the others."""
    wrong = ["{", "[]", '{"service": "ads"}', '{"service": "adz", "operation": "get"}']
    wrong += ['{"service": "campaigns", "operation": "update", "params": {"Campaigns": [{"Id": 1, "EndDate": "May"}]}}']
    right = '{"service": "ads", "operation": "delete", "params": {"SelectionCriteria": {"Ids": [1]}}}'
    file = tmp_path / "plan.jsonl"
    file.write_text("\n".join([right, *wrong, right, *wrong[:1] * 7]), "utf-8")
    assert main(["units", "--plan", str(file)]) == 2
    lines = capsys.readouterr().err.splitlines()
    places = [line.strip().removeprefix(f"{file}, ").split(": found")[0] for line in lines[1:-1]]
    assert places[:5] == ["line 2", "line 3", "line 4, $.operation", "line 5, $", "line 6, $.Campaigns[0].EndDate"]
    assert places[5:] == [f"line {number}" for number in range(8, 13)]
    assert lines[-1].strip().startswith("... and 2 more")
    assert len(emulator.calls) == 0
