"""`yadirect-soap emulator`: it says where it answers, answers there, and ends when it is told to."""

import contextlib
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.cli.terminal import run, started
from yadirect_soap import AuthError, Direct, DirectError, RateError
from yadirect_soap.cli import main
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.domain.account import Account

STRATEGY = {
    "Search": {"BiddingStrategyType": "HIGHEST_POSITION"},
    "Network": {"BiddingStrategyType": "SERVING_OFF"},
}
CAMPAIGN: Any = {"Name": "New", "StartDate": "2036-06-01", "TextCampaign": {"BiddingStrategy": STRATEGY}}


def _address(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Where a started emulator answers, and all that it said."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line:
            break
    found = re.search(r"answers at (http://\S+)", said)
    assert found, said
    return found[1], said


@pytest.mark.slow
def test_an_emulator_answers_where_it_says() -> None:
    """The command prints address, descriptions and tokens, and answers there until it is terminated."""
    with started("emulator", "--port", "0") as process:
        address, said = _address(process)
        with Direct("demo-token", endpoint=address) as direct:
            assert len(direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id"])) > 0
        assert "demo-token" in said
        assert "demo-agency-token" in said
        assert f"{address}/v5/campaigns?wsdl" in said
        process.terminate()
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")


@pytest.mark.slow
def test_an_emulator_is_interrupted() -> None:
    """Ctrl-C ends the command with 130, without a traceback."""
    with started("emulator", "--port", "0") as process:
        _address(process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "")


@pytest.mark.slow
def test_an_emulator_keeps_its_data_in_a_file(tmp_path: Path) -> None:
    """With --db what one emulator was told the next one knows."""
    file = str(tmp_path / "emulator.db")
    names: list[str] = []
    for change in (True, False):
        with started("emulator", "--port", "0", "--db", file) as process:
            address, _ = _address(process)
            with Direct("demo-token", endpoint=address) as direct:
                campaign = direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id", "Name"])[0]
                names.append(campaign["Name"])
                if change:
                    renamed = direct.campaigns.update(Campaigns=[{"Id": campaign["Id"], "Name": "Renamed"}])
                    renamed.raise_for_errors()
            process.terminate()
            process.wait(30)
    assert names[0] != "Renamed"
    assert names[1] == "Renamed"


@pytest.mark.slow
def test_acknowledged_writes_outlive_a_kill(tmp_path: Path) -> None:
    """What was answered before the process was killed in the middle of its work is in the file."""
    file = str(tmp_path / "emulator.db")
    acknowledged: set[int | str] = set()
    with started("emulator", "--port", "0", "--db", file) as process:
        address, _ = _address(process)

        def add() -> None:
            with Direct("demo-token", endpoint=address, retry=None) as direct, contextlib.suppress(DirectError):
                while True:
                    acknowledged.update(key for key in direct.campaigns.add(Campaigns=[CAMPAIGN]).ids if key)

        writing = threading.Thread(target=add)
        writing.start()
        while len(acknowledged) < 20:
            time.sleep(0.01)
        process.kill()
        process.wait(30)
        writing.join(30)
    with started("emulator", "--port", "0", "--db", file) as process:
        address, _ = _address(process)
        with Direct("demo-token", endpoint=address) as direct:
            kept = {campaign["Id"] for campaign in direct.campaigns.items(FieldNames=["Id"])}
    assert acknowledged <= kept


def test_a_scenario_is_played(tmp_path: Path) -> None:
    """With --scenario the planned faults meet the calls."""
    file = tmp_path / "night.yaml"
    file.write_text("faults:\n  - {kind: fault, code: 506, operation: campaigns.get}\n", "utf-8")
    with started("emulator", "--port", "0", "--scenario", str(file)) as process:
        address, _ = _address(process)
        with Direct("demo-token", endpoint=address, retry=None) as direct:
            with pytest.raises(RateError):
                direct.campaigns.get(FieldNames=["Id"])
            assert len(direct.campaigns.get(FieldNames=["Id"])) > 0


def test_a_seed_file_takes_the_place_of_the_demo(tmp_path: Path) -> None:
    """With --seed the accounts are the file's, and the demo's token is unknown and not told."""
    file = tmp_path / "shop.toml"
    file.write_text('[[accounts]]\nlogin = "shop"\ntoken = "shop-token"\n', "utf-8")
    with started("emulator", "--port", "0", "--seed", str(file)) as process:
        address, said = _address(process)
        assert "demo-token" not in said
        with Direct("shop-token", endpoint=address) as direct:
            assert direct.campaigns.get(FieldNames=["Id"]) == []
        with Direct("demo-token", endpoint=address) as direct, pytest.raises(AuthError):
            direct.campaigns.get(FieldNames=["Id"])


@pytest.mark.parametrize("flags", [(), ("--deletes-in-changes",)], ids=["off", "on"])
def test_deletes_are_told_when_asked_for(flags: Sequence[str]) -> None:
    """With --deletes-in-changes the switch of that name is on from the start."""
    with started("emulator", "--port", "0", "--control", *flags) as process:
        address, _ = _address(process)
        switches = requests.get(f"{address}/_emulator/switches", timeout=30).json()
        assert switches == {"deletes_in_changes": bool(flags)}


@pytest.mark.parametrize(("day", "expected"), [("2026-07-13", "TEXT_AD"), ("2026-07-14", "RESPONSIVE_AD")])
def test_the_api_of_a_day_is_served(day: str, expected: str) -> None:
    """With --api-date later changes of the API do not apply: text ads of unified campaigns are text ads."""
    with started("emulator", "--port", "0", "--api-date", day) as process:
        address, _ = _address(process)
        with Direct("demo-token", endpoint=address) as direct:
            campaigns = direct.campaigns.get(SelectionCriteria={"Types": ["UNIFIED_CAMPAIGN"]}, FieldNames=["Id"])
            criteria = {"CampaignIds": [campaign["Id"] for campaign in campaigns], "Types": [expected]}
            ads: Any = direct.call("ads", "get", {"SelectionCriteria": criteria, "FieldNames": ["Type"]})
    assert [ad["Type"] for ad in ads]


def test_a_snapshot_is_served(tmp_path: Path) -> None:
    """With --snapshot the accounts are those that were saved."""
    with Emulator(seed=False) as emulator:
        emulator.accounts.add(Account("shop", 1), "shop-token")
        emulator.save(tmp_path / "snapshot")
    with started("emulator", "--port", "0", "--snapshot", str(tmp_path / "snapshot")) as process:
        address, _ = _address(process)
        with Direct("shop-token", endpoint=address) as direct:
            assert direct.campaigns.get(FieldNames=["Id"]) == []


@pytest.mark.slow
def test_a_scenario_that_cannot_be_read_starts_nothing(tmp_path: Path) -> None:
    """A mistake in the file is told with its place, and the command exits with 2."""
    file = tmp_path / "night.json"
    file.write_text('{"faults": [{"kind": "fault"}]}', "utf-8")
    done = run("emulator", "--port", "0", "--scenario", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"yadirect-soap: {file}: $.faults[0].code: missing, expected an integer\n"


def test_calls_are_logged(tmp_path: Path) -> None:
    """With --log each call leaves a line with its operation, units and request id, and no token."""
    file = tmp_path / "calls.log"
    with started("emulator", "--port", "0", "--log", str(file)) as process:
        address, _ = _address(process)
        with Direct("demo-token", endpoint=address) as direct:
            items = direct.campaigns.get(FieldNames=["Id"])
    (line,) = file.read_text("utf-8").splitlines()
    assert "campaigns.get ok" in line
    assert items.request_id in line
    assert "demo-token" not in line


@pytest.mark.parametrize("flags", [(), ("--control",)], ids=["off", "on"])
def test_control_is_off_unless_asked_for(flags: Sequence[str]) -> None:
    """With --control the emulator's own addresses are told and answer; without it they do neither."""
    with started("emulator", "--port", "0", *flags) as process:
        address, said = _address(process)
        assert requests.get(f"{address}/_emulator/clock", timeout=5).ok == bool(flags)
        assert ("_emulator" in said) == bool(flags)


@pytest.mark.slow
def test_only_tokens_that_are_there_are_named(tmp_path: Path) -> None:
    """Data of one's own is kept by a later start, a seed file or not, and nothing is said of the demo accounts."""
    (tmp_path / "shop.toml").write_text('[[accounts]]\nlogin = "shop"\ntoken = "shop-token"\n', "utf-8")
    data = ("--port", "0", "--db", str(tmp_path / "shop.db"))
    for seed in (("--seed", str(tmp_path / "shop.toml")), ()):
        with started("emulator", *data, *seed) as process:
            address, said = _address(process)
            assert "demo-token" not in said
            with Direct("shop-token", endpoint=address) as direct:
                assert direct.campaigns.get(FieldNames=["Id"]) == []


def test_an_emulator_may_start_empty() -> None:
    """With --no-seed there are no accounts, and none are named."""
    with started("emulator", "--port", "0", "--no-seed") as process:
        address, said = _address(process)
        assert "demo-token" not in said
        with Direct("demo-token", endpoint=address) as direct, pytest.raises(AuthError):
            direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id"])


def test_a_port_in_use_is_told() -> None:
    """A port that somebody listens on exits with 2 and a message."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("emulator", "--port", str(taken.getsockname()[1]))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("yadirect-soap: ")
    assert "in use" in done.stderr


@pytest.mark.parametrize("content", [None, "no database at all"], ids=["no folder", "another file"])
def test_a_file_that_cannot_hold_the_data_is_told(content: str | None, tmp_path: Path) -> None:
    """A file that is no database, or cannot be made, exits with 2 and a message."""
    file = tmp_path / ("kept.db" if content else "missing/kept.db")
    if content:
        file.write_text(content)
    done = run("emulator", "--port", "0", "--db", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("yadirect-soap: the emulator cannot start: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("--port", "65536"), ("--port", "-1"), ("--port", "http")])
def test_a_port_that_is_none_is_refused(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A port that no machine has exits with 2 as a wrong command line does."""
    with pytest.raises(SystemExit) as exited:
        main(["emulator", *arguments])
    assert exited.value.code == 2
    assert f"'--port': found {arguments[1]}, expected a number from 0 to 65535" in capsys.readouterr().err


@pytest.mark.slow
def test_an_emulator_is_strict_and_public() -> None:
    """--strict refuses what departs from SOAP 1.1, and --public-url is the address in WSDL files."""
    with started("emulator", "--port", "0", "--strict", "--public-url", "https://direct.test") as process:
        address, _ = _address(process)
        wsdl = requests.get(f"{address}/v5/ads?wsdl", timeout=30).text
        fields = {"Authorization": "Bearer demo-token", "SOAPAction": "x", "Content-Type": "text/xml"}
        refused = requests.post(f"{address}/v5/ads", b"<a/>", headers=fields, timeout=30).text
    assert 'location="https://direct.test/v5/ads' in wsdl
    assert "expected a URI in quotes" in refused
