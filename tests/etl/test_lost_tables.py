"""Tables that somebody drops, empties or takes columns from: the next run makes them again and reads them whole."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import psycopg2
import pytest

from tests.etl.comparison import differences
from tests.etl.statistics_account import NOON
from tests.etl.test_sync import Killed, KilledError
from yadirect_soap import ConfigurationError, Direct, etl
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, AGENCY_TOKEN, CLIENTS
from yadirect_soap.etl.destinations.addresses import open_destination
from yadirect_soap.etl.destinations.files import STORE
from yadirect_soap.etl.plan import plan
from yadirect_soap.etl.schema import ObjectSchema, TableSchema
from yadirect_soap.etl.sync_state import SyncState, answers_of
from yadirect_soap.etl.tables import bundled

TABLES = ["campaigns", "adgroups", "ads", "feeds"]
SCHEMAS = [ObjectSchema(bundled()[name]) for name in TABLES]
DROPPED, EMPTIED, WITHOUT_COLUMN = "DROP TABLE {ads}", "DELETE FROM {ads}", "ALTER TABLE {ads} DROP COLUMN state"

pytestmark = [
    # Of a statement that dlt makes, and of files that DuckDB's old versions leave open.
    pytest.mark.filterwarnings("ignore:implicitly coercing"),
    pytest.mark.filterwarnings("ignore:Table .* already exists"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
lost = pytest.mark.parametrize("statement", [DROPPED, EMPTIED, WITHOUT_COLUMN], ids=["table", "rows", "column"])


def change(address: str, statement: str, table: str = "ads") -> None:
    """Carries a statement out, as somebody with a console does."""
    url, _, dataset = address.partition("?dataset=")
    kind, _, path = url.partition(":")
    name = f"{dataset or 'yandex_direct'}.{table}"
    if kind == "postgresql":
        with closing(psycopg2.connect(url)) as server, server, server.cursor() as cursor:
            cursor.execute(statement.format(ads=name))
    elif kind == "duckdb":
        with duckdb.connect(path) as database:
            database.execute(statement.format(ads=name))
    else:
        with closing(sqlite3.connect(Path(path) / STORE if kind == "files" else path)) as file, file:
            file.execute(statement.format(ads=table))


def found(direct: Direct, address: str, login: str = ADVERTISER) -> dict[str, Any]:
    """What a destination and the account do not have alike."""
    with closing(open_destination(address)) as destination:
        return differences(direct, destination, SCHEMAS, login)


@lost
def test_what_is_lost_is_read_again(
    address: str, direct: Direct, clock: Clock, statement: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The next run makes the table or its column again, reads the table whole and no other one, and says so."""
    (login,) = etl.sync(direct, address, TABLES).raise_for_errors().logins
    assert list(login.lost) == []
    change(address, statement)
    clock.advance(minutes=5)
    (login,) = etl.sync(direct, address, TABLES).raise_for_errors().logins
    assert (login.written["ads"], login.written.get("adgroups", 0)) == (17, 0)
    assert list(login.lost) == ["ads"]
    assert f"{ADVERTISER}: the destination has lost ads: read again" in caplog.messages
    assert found(direct, address) == {}
    clock.advance(minutes=5)
    (login,) = etl.sync(direct, address, TABLES).raise_for_errors().logins
    assert (login.written.get("ads", 0), list(login.lost)) == (0, [])


def test_a_table_is_created_again_at_once(address: str) -> None:
    """However soon after it was created, and as often as somebody drops it."""
    with closing(open_destination(address)) as destination:
        for _time in range(3):
            destination.prepare(SCHEMAS[2:3])
            assert destination.missing(SCHEMAS[2:3]) == {}
            change(address, DROPPED)


@lost
def test_the_store_of_files_is_mended(tmp_path: Path, direct: Direct, clock: Clock, statement: str) -> None:
    """So is what is kept beside files."""
    address = f"files:{tmp_path}"
    etl.sync(direct, address, TABLES).raise_for_errors()
    change(address, statement)
    clock.advance(minutes=5)
    etl.sync(direct, address, TABLES).raise_for_errors()
    assert found(direct, address) == {}


def test_files_are_written_anew_without_their_store(tmp_path: Path, direct: Direct) -> None:
    """Where somebody deletes the store, the next run begins anew, and the files have each row once."""
    for _run in range(2):
        etl.sync(direct, f"files:{tmp_path}", TABLES).raise_for_errors()
        (tmp_path / STORE).unlink()
    assert len((tmp_path / "ads.jsonl").read_text().splitlines()) == 17


@lost
def test_each_login_reads_again_what_it_has_lost(
    emulator: Emulator, clock: Clock, tmp_path: Path, statement: str
) -> None:
    """Also the login whose run comes after that of another one, which has made the table."""
    address = f"duckdb:{tmp_path / 'direct.db'}"
    with emulator.session() as session, Direct(AGENCY_TOKEN, endpoint=emulator.endpoint, session=session) as agency:
        etl.sync(agency, address, TABLES, clients=CLIENTS).raise_for_errors()
        change(address, statement)
        for login in CLIENTS:
            clock.advance(minutes=5)
            etl.sync(agency, address, TABLES, clients=[login]).raise_for_errors()
        for login in CLIENTS:
            assert found(agency.with_client_login(login), address, login) == {}


@pytest.mark.parametrize("statement", [DROPPED, WITHOUT_COLUMN], ids=["table", "column"])
def test_a_run_that_ends_before_the_table_is_made_forgets_nothing(
    direct: Direct, clock: Clock, tmp_path: Path, statement: str
) -> None:
    """The states say that the table is to be read before it is there."""
    address = f"duckdb:{tmp_path / 'direct.db'}"
    etl.sync(direct, address, TABLES).raise_for_errors()
    change(address, statement)
    clock.advance(minutes=5)

    class Ending(Killed):
        def prepare(self, _schemas: Any) -> None:
            raise KilledError

    with closing(open_destination(address)) as destination, pytest.raises(KilledError):
        etl.sync(direct, Ending(destination, 0, False), TABLES)
    etl.sync(direct, address, TABLES).raise_for_errors()
    assert found(direct, address) == {}


@pytest.mark.parametrize(
    "statement",
    [DROPPED, EMPTIED, "ALTER TABLE {ads} DROP COLUMN clicks"],
    ids=["table", "rows", "column"],
)
def test_days_that_are_lost_are_read_again(
    address: str, direct: Direct, clock: Clock, tmp_path: Path, statement: str
) -> None:
    """A table of statistics has all its days again, from the first one on."""
    clock.set(NOON)
    file = tmp_path / "stat.toml"
    file.write_text('[by_day]\nsince = 2026-04-01\nFieldNames = ["Date", "CampaignId", "Clicks"]\n', "utf-8")
    (table,) = etl.read_report_tables(file)

    def days() -> list[Any]:
        etl.sync(direct, address, [], statistics=file).raise_for_errors()
        with closing(open_destination(address)) as destination:
            return sorted(destination.rows(table.schema(), ADVERTISER, ["date", "campaign_id", "clicks"]))

    before = days()
    change(address, statement, "by_day")
    assert len(before) > 20
    assert days() == before


def test_a_plan_says_that_a_lost_table_is_read(direct: Direct, clock: Clock, tmp_path: Path) -> None:
    """It writes nothing: the run after it finds the same."""
    address = f"duckdb:{tmp_path / 'direct.db'}"
    etl.sync(direct, address, TABLES).raise_for_errors()
    change(address, DROPPED)
    change(address, EMPTIED, "feeds")
    for _time in range(2):
        with closing(open_destination(address)) as destination:
            planned = plan(destination, [ADVERTISER], SCHEMAS, answers=answers_of(direct))
        reads = {table.table: (table.reads, table.rows) for table in planned}
        assert (reads["ads"], reads["feeds"], reads["adgroups"]) == (("all", 0), ("all", 0), ("changes", 11))


def test_a_lost_key_is_told_with_the_statement_that_helps(
    address: str, direct: Direct, emulator: Emulator, clock: Clock
) -> None:
    """A column that no row may leave empty cannot come back; nothing is asked of the API before."""
    etl.sync(direct, address, TABLES).raise_for_errors()
    try:
        change(address, "ALTER TABLE {ads} DROP COLUMN id")
    except sqlite3.OperationalError as error:
        pytest.skip(f"SQLite: {error}")
    emulator.calls.clear()
    with pytest.raises(
        ConfigurationError, match=r"ads\.id, a column of the key, was dropped; after DROP TABLE "
    ) as told:
        etl.sync(direct, address, TABLES)
    assert list(emulator.calls) == []
    name = str(told.value).partition("DROP TABLE ")[2].partition(" the next")[0]
    change(address, f"DROP TABLE {name}")
    clock.advance(minutes=5)
    etl.sync(direct, address, TABLES).raise_for_errors()
    assert found(direct, address) == {}


@pytest.fixture(
    params=["CREATE TABLE {ads} (x INT)", "CREATE VIEW {ads} AS SELECT 1 AS login, 2 AS id"], ids=["table", "view"]
)
def taken(request: pytest.FixtureRequest, address: str, direct: Direct) -> str:
    """A database in which somebody else has made something that is named ads."""
    etl.sync(direct, address, ["feeds"]).raise_for_errors()
    change(address, request.param)
    return address


def test_what_others_made_is_not_filled(taken: str, direct: Direct, emulator: Emulator) -> None:
    """It is told by its name, before anything is asked of the API."""
    emulator.calls.clear()
    with pytest.raises(ConfigurationError, match="found ads, which no sync has made"):
        etl.sync(direct, taken, TABLES)
    assert list(emulator.calls) == []


@pytest.mark.parametrize("table", ["_dlt_version", "_dlt_loads"])
def test_tables_that_nobody_remembers_are_not_filled(address: str, direct: Direct, table: str) -> None:
    """Where dlt's own tables are dropped, rows would come beside those that are there."""
    etl.sync(direct, address, TABLES).raise_for_errors()
    change(address, DROPPED, table)
    with pytest.raises(ConfigurationError, match="found campaigns, adgroups, ads, feeds, which no sync"):
        etl.sync(direct, address, TABLES)


def test_all_tables_are_there_after_the_first_run(address: str, direct: Direct, emulator: Emulator) -> None:
    """Also one that has no rows yet."""
    for row in list(emulator.store.rows("feeds", ADVERTISER)):
        emulator.store.delete("feeds", row.id)
    etl.sync(direct, address, ["feeds"]).raise_for_errors()
    with closing(open_destination(address)) as destination:
        assert destination.missing([TableSchema("feeds", SCHEMAS[3].columns)]) == {}
        assert not destination.has_rows(SCHEMAS[3], ADVERTISER)


def test_a_table_whose_last_object_was_deleted_has_lost_nothing(
    tmp_path: Path, direct: Direct, emulator: Emulator, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """A run that deletes the last row knows why the table is empty; the next one neither warns nor reads it whole."""
    address, names = f"files:{tmp_path / 'out'}", ["campaigns", "smartadtargets"]
    for _ in range(3):
        etl.sync(direct, address, names).raise_for_errors()
        for row in list(emulator.store.rows("smartadtargets", ADVERTISER)):
            emulator.store.delete("smartadtargets", row.id)
        clock.advance(minutes=5)
    assert [call.operation for call in emulator.calls].count("smartadtargets.get") == 2
    assert "lost" not in caplog.text


def test_a_state_of_an_earlier_version_may_have_lost_rows() -> None:
    """It does not say which tables had rows, so each of them may have had some."""
    table = {"columns": ["id"], "since": "2026-05-31T10:00:00Z"}
    state = SyncState.of({"version": 1, "tables": {"ads": table}})
    assert (state.filled, SyncState.of(state.to_plain()).filled) == ({"ads"}, {"ads"})
    assert SyncState.of({**state.to_plain(), "filled": []}).filled == set()


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps a developer's configuration of dlt out of the tests."""
    monkeypatch.chdir(tmp_path)
