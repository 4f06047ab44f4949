"""tables, extract and sync, as a terminal or cron starts them."""

import json
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.cli.terminal import run, started
from yadirect_soap import ConfigurationError
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures import new_accounts
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, ADVERTISER_TOKEN, AGENCY_TOKEN, CLIENTS
from yadirect_soap.etl.destinations.files import STORE
from yadirect_soap.etl.run_lock import only_run

Command = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """An emulator with the demo accounts."""
    with Emulator() as emulator, emulator.serve() as url:
        yield url


@pytest.fixture
def command(url: str, tmp_path: Path) -> Command:
    """Runs a command against the emulator."""

    def started(*arguments: str, token: str = ADVERTISER_TOKEN) -> CompletedProcess[str]:
        settings = {"YADIRECT_TOKEN": token, "YADIRECT_ENDPOINT": url, "XDG_CACHE_HOME": str(tmp_path / "cache")}
        return run(*arguments, settings=settings)

    return started


def test_tables_are_listed() -> None:
    """Each table is a line, with what a get costs; nothing is sent, and no token is needed."""
    lines = run("tables").stdout.splitlines()
    assert "15 + 1/2000" in next(line for line in lines if line.startswith("keywords "))
    assert len(lines) == 2 + 39


def test_columns_of_a_table_are_shown() -> None:
    """A table's columns have names, types and the members that they hold."""
    rows = [json.loads(line) for line in run("tables", "ads", "--output", "jsonl").stdout.splitlines()]
    assert {"Column": "text_ad", "Type": "json", "Key": "", "Member": "TextAd"} in rows


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("tables", "adds"), "did you mean 'ads'"),
        (("extract", "adds"), "did you mean 'ads'"),
        (("extract", "ads", "--columns", "Titel"), "no member 'Titel'"),
        (("extract", "ads", "--out", "ads.doc"), "found the ending .doc"),
        (("sync", "--to", "ftp:out"), "found the destination ftp:"),
        (("sync", "--to", "files:out", "--columns", "Id"), "expected a table and members"),
        (("sync", "--to", "files:out", "--clients", ","), "found no client"),
    ],
    ids=["table", "table to read", "column", "ending", "destination", "columns", "clients"],
)
def test_mistakes_are_told_before_anything_is_read(
    command: Command, arguments: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong name, column, file or destination is code 2, with what is meant."""
    monkeypatch.chdir(tmp_path)
    done = command(*arguments)
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr


def test_a_table_goes_into_a_file(command: Command, tmp_path: Path) -> None:
    """The file has the columns that are named, and NAME.done.json tells its rows."""
    done = command("extract", "ads", "--columns", "Id,TextAd.Title", "--out", str(tmp_path / "ads.csv"))
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "ads.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "login,id,ad_group_id,campaign_id,text_ad_title,_synced_at"
    assert json.loads((tmp_path / "ads.csv.done.json").read_bytes())["rows"] == len(lines) - 1 == 17


def test_a_table_goes_to_stdout(command: Command) -> None:
    """Without a file rows are lines of JSON on stdout, and nothing else is."""
    rows = [json.loads(line) for line in command("extract", "campaigns").stdout.splitlines()]
    assert [row["login"] for row in rows] == [ADVERTISER] * 8


@pytest.mark.slow
def test_a_sync_goes_on_where_the_last_ended(command: Command, tmp_path: Path) -> None:
    """The first run writes all rows, the second what changed; a plan reads nothing."""
    sync = ("sync", "--to", f"files:{tmp_path}/out", "--tables", "campaigns,ads")
    first = command(*sync)
    assert (first.returncode, "25 rows written" in first.stderr) == (0, True), first.stderr
    plan = command(*sync, "--plan")
    assert [line.split()[1:] for line in plan.stdout.splitlines()[2:]] == [
        ["changes", "what", "changed", "0", "10"],
        ["campaigns", "changes", "8", "10"],
        ["ads", "changes", "17", "10"],
    ]
    assert "30 units and 10 to find out whose token it is; what has changed" in plan.stderr
    assert "0 rows written" in command(*sync).stderr
    with closing(sqlite3.connect(tmp_path / "out" / STORE)) as store, store:
        store.execute("DROP TABLE ads")
    assert f"{ADVERTISER}: the destination has lost ads: read again" in command(*sync).stderr


@pytest.mark.slow
def test_clients_of_an_agency_are_synced(command: Command, tmp_path: Path) -> None:
    """With --clients all each client is a line of the summary; one in trouble makes the code 1 and stops alone."""
    sync = ("sync", "--to", f"files:{tmp_path}/out", "--tables", "campaigns")
    done = command(*sync, "--clients", "all", token=AGENCY_TOKEN)
    assert (done.returncode, all(f"{login}:" in done.stderr for login in CLIENTS)) == (0, True), done.stderr
    done = command(*sync, "--clients", "nobody-of-ours,demo-client-rub", token=AGENCY_TOKEN)
    assert (done.returncode, "nobody-of-ours: " in done.stderr) == (1, True), done.stderr


@pytest.mark.slow
def test_a_budget_stops_a_run(command: Command, tmp_path: Path) -> None:
    """A run that would spend more than its budget ends with code 6; the next one goes on."""
    sync = ("sync", "--to", f"files:{tmp_path}/out", "--tables", "campaigns,adgroups,ads")
    stopped = command(*sync, "--budget", "45")
    assert stopped.returncode == 6, stopped.stderr
    assert command(*sync).returncode == 0


POLICIES = {
    "by default": ((), {}, 6),
    "by an option": (("--units-policy", "off"), {}, 0),
    "by the environment": ((), {"YADIRECT_UNITS_POLICY": "off"}, 0),
    "by a profile": ((), {"YADIRECT_PROFILE": "shop"}, 0),
}


@pytest.mark.slow
@pytest.mark.parametrize(("options", "variables", "code"), POLICIES.values(), ids=POLICIES)
def test_a_fifth_of_the_units_is_left_to_others(
    tmp_path: Path, options: tuple[str, ...], variables: dict[str, str], code: int
) -> None:
    """A run stops before the reserve, with code 6, unless the setting units_policy says otherwise."""
    config = tmp_path / "config.toml"
    config.write_text('[profiles.shop]\nunits_policy = "off"\n')
    with Emulator(seed=False) as emulator, emulator.serve() as url:
        new_accounts.create(emulator.backend, {"login": "shop", "daily_units": 48}, token="shop-token")
        settings = {"YADIRECT_TOKEN": "shop-token", "YADIRECT_ENDPOINT": url, "YADIRECT_CONFIG": str(config)}
        sync = ("sync", "--to", f"files:{tmp_path}/out", "--tables", "campaigns,feeds", *options)
        done = run(*sync, settings=settings | variables)
    assert done.returncode == code, done.stderr
    assert ("units_reserve" in done.stderr) == (code == 6)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM")
def test_a_run_that_waits_for_units_ends_by_a_signal(tmp_path: Path) -> None:
    """SIGTERM ends the wait for the next hour, which is up to an hour long; the code is 143."""
    with Emulator(seed=False) as emulator, emulator.serve() as url:
        new_accounts.create(emulator.backend, {"login": "shop", "daily_units": 24}, token="shop-token")
        settings = {"YADIRECT_TOKEN": "shop-token", "YADIRECT_ENDPOINT": url, "XDG_CACHE_HOME": str(tmp_path)}
        with started("sync", "--to", f"files:{tmp_path}/out", "--wait", settings=settings) as process:
            assert process.stderr is not None
            assert "waiting" in process.stderr.readline()
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 143


def test_a_plan_writes_nothing_out(command: Command, tmp_path: Path) -> None:
    """Before the first run no table is there: a plan makes no empty files, for which others wait."""
    planned = command("sync", "--to", f"files:{tmp_path}/out", "--tables", "campaigns,ads", "--plan")
    assert (planned.returncode, "not known" in planned.stdout) == (0, True), planned.stderr
    assert [path.name for path in (tmp_path / "out").iterdir() if "json" in path.name] == []


def test_a_run_beside_another_one_has_a_code_of_its_own(command: Command, tmp_path: Path) -> None:
    """A scheduler can tell a run that came too early, 7, from a wrong command line, 2."""
    with only_run(f"files:{tmp_path}/out", tmp_path):
        done = command("sync", "--to", f"files:{tmp_path}/out", "--tables", "campaigns")
    assert (done.returncode, "is running; wait for its end" in done.stderr) == (7, True), done.stderr


def test_two_runs_into_one_destination_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run into the same destination is refused while the first goes on, and then taken."""
    monkeypatch.chdir(tmp_path)
    with only_run("files:out", tmp_path):
        with only_run("files:other", tmp_path):
            pass
        with (
            pytest.raises(ConfigurationError, match="another sync into files:out is running"),
            only_run("files:out", tmp_path),
        ):
            pass
    with only_run("files:out", tmp_path):
        pass
