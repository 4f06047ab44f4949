"""yadirect-soap bulk: a file and a journal to a summary, files of outcomes, and an exit code for each end."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from yadirect_soap.cli import main
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fault_injection import Fault, LostAnswer
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, ADVERTISER_TOKEN

GROUP, NOWHERE = 5_700_000_001, 1
KEYWORD = {"AdGroupId": GROUP, "Keyword": "скамейка"}
TEXT = {"Title": "Скамейка", "Text": "Из кедра", "Href": "https://example.com/", "Mobile": "NO"}
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """The demo accounts."""
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def command(
    emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    """Runs a command of bulk for the demo advertiser, in a folder of its own."""
    with emulator.serve() as url:
        for name, value in (("TOKEN", ADVERTISER_TOKEN), ("ENDPOINT", url)):
            monkeypatch.setenv(f"YADIRECT_{name}", value)
        monkeypatch.chdir(tmp_path)

        def command(*arguments: str) -> tuple[int, str, str]:
            code = main(["bulk", *arguments])
            return code, *capsys.readouterr()

        yield command


def lines(*rows: dict[str, Any], name: str = "spring.jsonl") -> str:
    """Writes JSON lines into the current folder."""
    Path(name).write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return name


def read(name: str) -> list[dict[str, Any]]:
    """JSON lines of the current folder."""
    return [json.loads(line) for line in Path(name).read_text("utf-8").splitlines()]


def test_a_file_is_carried_out(command: Command) -> None:
    """The summary is JSON on stdout; where all is done the exit code is 0."""
    code, out, _ = command("run", lines({"do": "keywords.add", "item": KEYWORD}), "--journal", "j")
    summary = json.loads(out)
    assert (code, summary["done"], summary["failed"], summary["stopped"]) == (0, 1, 0, "")
    assert summary["units"] > 0


def test_failed_lines_can_be_mended_and_run_again(command: Command, emulator: Emulator) -> None:
    """Their file has the lines as they came, with ids of what is done, and is the file of a new job."""
    source = lines(
        {"do": "adgroups.add", "ref": "g", "item": {"Name": "x", "CampaignId": 700_000_001, "RegionIds": [225]}},
        {"do": "ads.add", "ref": "a", "item": {"AdGroupId": "@g", "TextAd": TEXT | {"Title": "x" * 99}}},
        {"do": "ads.moderate", "item": "@a"},
        {"do": "keywords.add", "item": KEYWORD | {"AdGroupId": "@g"}},
    )
    code, out, error = command("run", source, "--journal", "j")
    assert (code, json.loads(out)["failed"], json.loads(out)["skipped"]) == (1, 1, 1)
    assert "bulk results j" in error
    assert command("results", "j")[0] == 0
    group, keyword = read("spring.done.jsonl")
    assert (group["do"], group["ref"], keyword["line"]) == ("adgroups.add", "g", 4)
    failed = read("spring.failed.jsonl")
    assert [(row["_line"], row["_errors"][0]["code"]) for row in failed] == [(2, 5001), (3, 0)]
    assert failed[0]["item"]["AdGroupId"] == group["id"]
    failed[0]["item"]["TextAd"]["Title"] = "Скамейка"
    code, _, _ = command("run", lines(*failed, name="mended.jsonl"), "--journal", "j2")
    assert code == 0
    assert emulator.store.count("ads", ADVERTISER, adgroup=group["id"]) == 1


def test_a_table_gives_tables(command: Command) -> None:
    """CSV in, CSV out: the failed rows under the header of the input, with their errors."""
    Path("new.csv").write_text(
        f"AdGroupId;Keyword;UserParam1;_errors\n{GROUP};скамейка;a,b;\n{NOWHERE};лавка;;old\n", "utf-8-sig"
    )
    code, out, _ = command("run", "new.csv", "--operation", "keywords.add", "--journal", "j")
    assert (code, json.loads(out)["done"], json.loads(out)["failed"]) == (1, 1, 1)
    command("results", "j", "--name", "may")
    with Path("may.failed.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["AdGroupId"], row["Keyword"], row["_line"]) == (str(NOWHERE), "лавка", "3")
    assert json.loads(row["_errors"])[0]["code"] == 8800
    assert command("run", "may.failed.csv", "--operation", "keywords.add", "--journal", "j2")[0] == 1


def test_a_plan_sends_nothing(command: Command, emulator: Emulator) -> None:
    """It shows calls and units, and leaves no journal."""
    source = lines({"do": "keywords.add", "item": KEYWORD}, {"do": "ads.suspend", "item": NOWHERE})
    code, out, error = command("run", source, "--plan", "--output", "json")
    assert (code, [row["Operation"] for row in json.loads(out)]) == (0, ["keywords.add", "ads.suspend"])
    assert "2 lines, about 37 units" in error
    assert list(emulator.calls) == []
    assert [path.name for path in Path().iterdir()] == [source]


def test_a_mistake_in_a_line_is_told(command: Command, emulator: Emulator) -> None:
    """Exit code 2, the line and the path; nothing was sent."""
    code, _, error = command("run", lines({"do": "keywords.add", "item": {"Keyword": "x"}}), "--journal", "j")
    assert (code, "line 1, $.AdGroupId" in error) == (2, True)
    assert list(emulator.calls) == []


def test_a_run_stops_at_its_budget(command: Command) -> None:
    """Exit code 6; the same command goes on."""
    arguments = ("run", lines({"do": "keywords.add", "item": KEYWORD}), "--journal", "j")
    code, _, error = command(*arguments, "--budget", "5")
    assert (code, "continues with 1 line" in error) == (6, True)
    assert command("status", "j")[0] == 1
    assert command("run", "--journal", "j", "--plan", "--output", "json")[0] == 0
    assert command(*arguments)[0] == 0
    assert command("status", "j")[0] == 0


def test_no_units_are_exit_code_6(command: Command, emulator: Emulator) -> None:
    """Error 152 is no failure of a line."""
    emulator.faults.inject(Fault(152), "keywords.add")
    code, out, _ = command("run", lines({"do": "keywords.add", "item": KEYWORD}), "--journal", "j")
    assert (code, json.loads(out)["stopped"]) == (6, "units")


def test_lines_in_doubt_wait_for_a_person(command: Command, emulator: Emulator) -> None:
    """They are told, and sent again when somebody says so."""
    emulator.faults.inject(LostAnswer(), "creatives.add")
    source = lines({"do": "creatives.add", "item": {"VideoExtensionCreative": {"VideoId": "no-such-video"}}})
    code, out, error = command("run", source, "--journal", "j", "--settle", "0")
    assert (code, json.loads(out)["unknown"], "resend-unknown j" in error) == (1, 1, True)
    command("results", "j")
    assert read("spring.open.jsonl")[0]["_state"] == "unknown"
    assert "1 line is planned again" in command("resend-unknown", "j")[2]
    assert json.loads(command("run", "--journal", "j")[1])["failed"] == 1


def test_what_was_written_can_be_read_back(command: Command) -> None:
    """Differences have line, path, what was sent and what is there; what a later line has set anew is none."""
    ad = {"do": "ads.add", "ref": "a", "item": {"AdGroupId": GROUP, "TextAd": TEXT}}
    change = {"do": "ads.update", "item": {"Id": "@a", "TextAd": {"Title": "Лавка"}}}
    keyword = {"do": "keywords.add", "item": KEYWORD | {"Keyword": "садовая  скамейка"}}
    rule = {"SearchByTrafficVolume": {"TargetTrafficVolume": 100, "IncreasePercent": 10}}
    auto = {"do": "keywordbids.setAuto", "item": {"AdGroupId": GROUP, "BiddingRule": rule}}
    code, out, _ = command("run", lines(ad, change, keyword, auto), "--journal", "j", "--verify")
    assert code == 0
    assert json.loads(out)["not_verified"] == [
        {"operation": "keywordbids.setAuto", "reason": "the API reckons the bid", "lines": [4]}
    ]
    assert [(each["line"], each["path"], each["found"]) for each in json.loads(out)["differences"]] == [
        (3, "Keyword", "садовая скамейка")
    ]


def test_a_run_needs_a_journal(command: Command) -> None:
    """Without one nothing would know what was sent."""
    code, _, error = command("run", lines({"do": "keywords.add", "item": KEYWORD}))
    assert (code, "found no --journal" in error) == (2, True)
