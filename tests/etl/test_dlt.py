"""Databases by dlt: what a sync leaves there is what the account has, whichever of them it is."""

import json
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import dlt
import duckdb
import psycopg2
import pytest
from dlt.destinations.exceptions import DatabaseTransientException, DestinationConnectionError
from psycopg2 import sql

from tests.etl import postgresql, sync_until_killed
from tests.etl.comparison import differences
from tests.etl.edits import EDITS, Editor
from tests.etl.hostile_values import AT, COLUMNS, HOSTILE
from tests.etl.test_sync import Killed, KilledError
from yadirect_soap import ConfigurationError, DecodeError, Direct, etl
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, AGENCY_TOKEN, CLIENTS
from yadirect_soap.etl.batches import Batch
from yadirect_soap.etl.columns import LOGIN, SYNCED_AT, Column, Kind
from yadirect_soap.etl.destination import Package, Scope
from yadirect_soap.etl.destinations.addresses import open_destination
from yadirect_soap.etl.destinations.dlt_errors import reason
from yadirect_soap.etl.destinations.dlt_pipeline import DltDestination
from yadirect_soap.etl.destinations.dlt_tables import DltTables
from yadirect_soap.etl.schema import ObjectSchema, TableSchema
from yadirect_soap.etl.tables import bundled

TABLES = ["campaigns", "adgroups", "ads", "keywords", "sitelinks", "feeds", "clients"]

pytestmark = [
    # Of a statement that dlt makes, and of files that DuckDB's old versions leave open.
    pytest.mark.filterwarnings("ignore:implicitly coercing"),
    pytest.mark.filterwarnings("ignore:Table .* already exists"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def schemas(**settings: Any) -> list[ObjectSchema]:
    """The schemas of the tables."""
    return [ObjectSchema(bundled()[name], **settings) for name in TABLES]


def test_a_database_has_what_the_account_has(address: str, direct: Direct, emulator: Emulator, clock: Clock) -> None:
    """After edits and deletions each run, which finds its state in the database, leaves the account's rows."""
    editor = Editor(emulator, direct)
    for first in (0, 1):
        etl.sync(direct, address, TABLES).raise_for_errors()
        clock.advance(minutes=5)
        for kind in range(first, len(EDITS) - 3, 2):
            editor.edit(kind, 7 * kind)
    etl.sync(direct, address, TABLES).raise_for_errors()
    with closing(open_destination(address)) as destination:
        assert differences(direct, destination, schemas(), ADVERTISER) == {}


def test_files_of_loaded_packages_are_deleted(direct: Direct, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run keeps no copy of what it has loaded: the folder of temporary files stays small however much it reads."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(work))
    schema = ObjectSchema(bundled()["campaigns"], ["Id"])
    with closing(open_destination(f"duckdb:{tmp_path / 'direct.db'}")) as destination:
        for key in (1, 2):
            row = (ADVERTISER, key, "2026-11-30T09:00:00Z")
            batch = Batch(schema, [row])
            destination.apply(Package(ADVERTISER, [batch], {}, "2026-11-30T09:00:00Z"))
        assert list(destination.rows(schema, ADVERTISER, ["id"])) == [(1,), (2,)]
        assert not [path for path in work.rglob("*") if path.suffix in {".parquet", ".csv", ".jsonl", ".gz"}]


def test_gone_rows_stay_with_a_mark(address: str, direct: Direct, emulator: Emulator, clock: Clock) -> None:
    """With deletes="mark" the row of a deleted object stays whole, with the time, and is read no more."""
    etl.sync(direct, address, ["sitelinks"], deletes="mark").raise_for_errors()
    (row,) = emulator.store.rows("sitelinks", ADVERTISER)
    clock.advance(minutes=5)
    emulator.store.delete("sitelinks", row.id)
    etl.sync(direct, address, ["sitelinks"], deletes="mark").raise_for_errors()
    marked = ObjectSchema(bundled()["sitelinks"], marks=True)
    plain = ObjectSchema(bundled()["sitelinks"])
    stored = TableSchema("sitelinks", marked.columns)
    with closing(open_destination(address)) as destination:
        assert list(destination.rows(marked, ADVERTISER, ["id"])) == []
        ((key, links, at),) = destination.rows(stored, ADVERTISER, ["id", "sitelinks", "_deleted_at"])
    assert (key, bool(links), bool(at)) == (row.id, True, True)
    assert plain.names == marked.names[:-1]


@pytest.mark.slow
@pytest.mark.parametrize("committed", [False, True], ids=["before a commit", "after a commit"])
def test_a_run_that_was_killed_loses_nothing(
    direct: Direct, emulator: Emulator, clock: Clock, tmp_path: Path, committed: bool
) -> None:
    """A run that ends at a commit leaves a state that the next one goes on from."""
    address, editor = f"duckdb:{tmp_path / 'direct.db'}", Editor(emulator, direct)
    for after in (1, 0):
        with closing(open_destination(address)) as destination, suppress(KilledError):
            etl.sync(direct, Killed(destination, after, committed), TABLES, package_rows=10, lanes=1)
        clock.advance(minutes=5)
        for kind in range(0, len(EDITS) - 3, 3):
            editor.edit(kind, 5 * kind)
    with closing(open_destination(address)) as destination:
        etl.sync(direct, destination, TABLES).raise_for_errors()
        assert differences(direct, destination, schemas(), ADVERTISER) == {}


@pytest.mark.slow
def test_a_process_that_is_killed_loses_nothing(
    direct: Direct, emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that is killed while dlt loads leaves a database and files that the next run brings in order."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    address = f"duckdb:{tmp_path / 'direct.db'}"
    with emulator.serve() as url:
        program = [sys.executable, sync_until_killed.__file__, url, address]
        with subprocess.Popen(program, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            # Its third table fills the first package.
            process.stdout.read(3)
            time.sleep(0.2)
            process.kill()
    assert len(list(place.iterdir())) == 1
    etl.sync(direct, address, TABLES).raise_for_errors()
    assert list(place.iterdir()) == []
    with closing(open_destination(address)) as destination:
        etl.sync(direct, destination, TABLES).raise_for_errors()
        assert differences(direct, destination, schemas(), ADVERTISER) == {}


def test_clients_side_by_side_are_in_one_database(emulator: Emulator, tmp_path: Path) -> None:
    """Logins that are read at the same time each have their rows and their state."""
    address = f"duckdb:{tmp_path / 'direct.db'}"
    with emulator.session() as session, Direct(AGENCY_TOKEN, endpoint=emulator.endpoint, session=session) as agency:
        etl.sync(agency, address, ["campaigns", "ads"], clients="all").raise_for_errors()
    with closing(open_destination(address)) as destination:
        for login in CLIENTS:
            ids = [key for (key,) in destination.rows(schemas()[0], login, ["id"])]
            assert ids == [row.id for row in emulator.store.rows("campaigns", login)]
            assert destination.state(login)["since"]


def test_columns_have_types_of_the_contract(direct: Direct, tmp_path: Path) -> None:
    """DuckDB has integers, days, decimals and JSON, whatever the rows hold."""
    etl.sync(direct, f"duckdb:{tmp_path / 'direct.db'}", ["campaigns", "clients"]).raise_for_errors()
    with duckdb.connect(str(tmp_path / "direct.db")) as database:
        described = database.execute("DESCRIBE yandex_direct.campaigns").fetchall()
        types = {
            name: kind for name, kind, *_ in described + database.execute("DESCRIBE yandex_direct.clients").fetchall()
        }
    assert [types[name] for name in ("id", "start_date", "text_campaign", "client_id")] == [
        "BIGINT",
        "DATE",
        "JSON",
        "BIGINT",
    ]
    assert types["vat_rate"].startswith("DECIMAL(38,")


def test_another_type_of_a_column_is_refused(emulator: Emulator, direct: Direct, tmp_path: Path) -> None:
    """Amounts that were integers are not continued as decimals."""
    address = f"duckdb:{tmp_path / 'direct.db'}"
    etl.sync(direct, address, ["keywords"]).raise_for_errors()
    with (
        emulator.session() as session,
        Direct("demo-token", endpoint=emulator.endpoint, session=session, money="decimal") as other,
        pytest.raises(ConfigurationError, match=r"keywords\.bid is bigint and would be decimal"),
    ):
        etl.sync(other, address, ["keywords"])


STATISTICS = TableSchema(
    "by_day",
    [LOGIN, Column("date", (), Kind.DATE, key=True), Column("clicks", (), Kind.INT), SYNCED_AT],
)


def test_days_are_replaced_whole(address: str) -> None:
    """A package replaces all rows of its days, of days without rows too, and no others."""

    def package(days: list[str], rows: list[tuple[Any, ...]]) -> Package:
        scope = Scope(STATISTICS, {"date": frozenset(days)})
        return Package("anna", [Batch(STATISTICS, rows)], {"rows": len(rows)}, AT, [scope])

    first = [("anna", f"2026-05-0{day}", day, AT) for day in (1, 2, 3)]
    with closing(open_destination(address)) as destination:
        destination.prepare([STATISTICS])
        destination.apply(package(["2026-05-01", "2026-05-02", "2026-05-03"], first))
        destination.apply(package(["2026-05-02", "2026-05-03"], [("anna", "2026-05-03", 30, AT)]))
        rows = list(destination.rows(STATISTICS, "anna", ["date", "clicks"]))
        assert rows == [("2026-05-01", 1), ("2026-05-03", 30)]
        assert destination.state("anna") == {"rows": 1}


@pytest.mark.slow
@pytest.mark.parametrize("size", [0, 4096, 8192])
def test_a_file_that_duckdb_could_not_begin_is_begun_again(tmp_path: Path, direct: Direct, size: int) -> None:
    """A full disk leaves a file without all headers, which DuckDB refuses; the next run does not need anybody."""
    file = tmp_path / "direct.db"
    duckdb.connect(str(file)).close()
    file.write_bytes(file.read_bytes()[:size])
    etl.sync(direct, f"duckdb:{file}", ["campaigns"]).raise_for_errors()


def test_a_small_file_of_another_program_stays(tmp_path: Path, direct: Direct) -> None:
    """A file that DuckDB never began is refused, and nothing happens to it."""
    (tmp_path / "notes.txt").write_text("Call the agency.")
    with pytest.raises(ConfigurationError, match="not a valid DuckDB database"):
        etl.sync(direct, f"duckdb:{tmp_path / 'notes.txt'}", ["campaigns"])
    assert (tmp_path / "notes.txt").read_text() == "Call the agency."


def test_duckdb_has_memory_for_long_rows(tmp_path: Path) -> None:
    """What the usual limit is too low for, rows of 20,000 characters, is loaded with more."""
    schema = TableSchema("things", [*COLUMNS[:2], *(Column(f"text_{n}", (), Kind.TEXT) for n in range(20)), SYNCED_AT])
    texts = random.Random(1)
    rows = [("shop", key, *(texts.randbytes(500).hex() for _ in range(20)), AT) for key in range(4000)]
    with closing(open_destination(f"duckdb:{tmp_path / 'direct.db'}")) as destination:
        destination.apply(Package("shop", [Batch(schema, rows)], {}, AT))
        assert sum(1 for _ in destination.rows(schema, "shop", ["id"])) == len(rows)


def test_hostile_values_come_out_as_they_went_in(address: str) -> None:
    """Quotes, ends of lines, emoji, empty texts and nulls, the largest integers and decimals, early and late days."""
    schema = TableSchema("things", [*COLUMNS[:-1], Column("at", (), Kind.MOMENT), SYNCED_AT])
    large = Decimal("-99999999999999999999999999999999.999999")
    rows: list[tuple[Any, ...]] = [
        ("shop", -(2**63), None, None, None, None, None, AT),
        ("shop", 1, HOSTILE, Decimal("1.250000"), "2026-05-01", json.dumps([HOSTILE, None, {}]), AT, AT),
        ("shop", 2, " NULL ", Decimal("0.000001"), "9999-12-31", "{}", "2026-05-31T23:59:59Z", AT),
        ("shop", 3, "\\N", None, None, None, None, AT),
        ("shop", 2**63 - 1, "", large, "1970-01-01", "[]", None, AT),
    ]
    with closing(open_destination(address)) as destination:
        destination.apply(Package("shop", [Batch(schema, rows)], {"text": HOSTILE}, AT))
    with closing(open_destination(address)) as destination:
        rest = schema.names.index("rest")
        read = [[*row] for row in destination.rows(schema, "shop", schema.names)]
        assert destination.state("shop") == {"text": HOSTILE}
    for row, expected in zip(read, rows, strict=True):
        row[rest], document = (None if text is None else json.loads(text) for text in (row[rest], expected[rest]))
        assert row == [*expected[:rest], document, *expected[rest + 1 :]]


def test_days_of_some_campaigns_are_replaced(address: str) -> None:
    """Before and after packages of whole days; of the days only the rows of these campaigns go."""
    campaign = Column("campaign_id", (), Kind.INT, key=True)
    schema = TableSchema(
        "by_campaign",
        [LOGIN, Column("date", (), Kind.DATE, key=True), campaign, Column("clicks", (), Kind.INT), SYNCED_AT],
    )
    days = frozenset({"2026-05-01", "2026-05-02"})
    packages: list[tuple[dict[str, frozenset[Any]], list[tuple[str, int]]]] = [
        ({"date": days}, [("2026-05-01", 7), ("2026-05-01", 8), ("2026-05-02", 7)]),
        ({"date": days, "campaign_id": frozenset({7})}, [("2026-05-02", 7)]),
        ({"date": frozenset({"2026-05-02"})}, [("2026-05-02", 9)]),
    ]
    with closing(open_destination(address)) as destination:
        destination.prepare([schema])
        for run, (scope, rows) in enumerate(packages, 1):
            batch = Batch(schema, [("anna", day, key, run, AT) for day, key in rows])
            destination.apply(Package("anna", [batch], {"run": run}, AT, [Scope(schema, scope)]))
        found = sorted(destination.rows(schema, "anna", ["date", "campaign_id", "clicks"]))
    assert found == [("2026-05-01", 8, 1), ("2026-05-02", 9, 3)]


def test_days_with_decimals_are_replaced(address: str) -> None:
    """Rows with decimals, such as shares and averages, come into days that other runs have filled."""
    share = Column("ctr", (), Kind.DECIMAL)
    schema = TableSchema("shares", [LOGIN, Column("date", (), Kind.DATE, key=True), share, SYNCED_AT])
    scope = Scope(schema, {"date": frozenset(["2026-05-01"])})
    for run in range(3):
        with closing(open_destination(address)) as destination:
            destination.prepare([schema])
            rows = [("anna", "2026-05-01", Decimal(f"{run}.25"), AT)]
            destination.apply(Package("anna", [Batch(schema, rows)], {}, AT, [scope]))
            assert list(destination.rows(schema, "anna", ["ctr"])) == [(Decimal(f"{run}.25"),)]


def test_rows_with_decimals_come_and_go_together(address: str) -> None:
    """A package takes rows away and brings others, of a table with decimals, in every run."""
    schema = TableSchema(
        "prices", [LOGIN, Column("id", (), Kind.INT, key=True), Column("bid", (), Kind.DECIMAL), SYNCED_AT]
    )
    for run in range(3):
        with closing(open_destination(address)) as destination:
            destination.prepare([schema])
            batches = [
                Batch(schema, [("anna", run, Decimal("1.5"), AT)]),
                Batch(schema, [("anna", run - 1)], deleted=True),
            ]
            destination.apply(Package("anna", batches, {}, AT))
            assert list(destination.rows(schema, "anna", ["id", "bid"])) == [(run, Decimal("1.5"))]


def test_no_package_is_lost_behind_one_that_failed(tmp_path: Path) -> None:
    """After a package that the database refused no other one is taken until the destination is opened anew."""
    path = tmp_path / "direct.db"
    schema = TableSchema("numbers", [LOGIN, Column("id", (), Kind.INT, key=True), SYNCED_AT])

    def package(number: int) -> Package:
        return Package("anna", [Batch(schema, [("anna", number, AT)])], {"last": number}, AT)

    with closing(open_destination(f"sqlite:{path}")) as destination:
        destination.apply(package(1))
        with closing(sqlite3.connect(path)) as database:
            database.execute(
                "CREATE TRIGGER full BEFORE INSERT ON numbers WHEN NEW.id = 2 BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
            with pytest.raises(OSError, match="full"):
                destination.apply(package(2))
            database.execute("DROP TRIGGER full")
        with pytest.raises(OSError, match="open the destination again"):
            destination.apply(package(3))
    with closing(open_destination(f"sqlite:{path}")) as destination:
        assert destination.state("anna") == {"last": 1}
        destination.apply(package(3))
        assert (destination.state("anna"), list(destination.rows(schema, "anna", ["id"]))) == (
            {"last": 3},
            [(1,), (3,)],
        )


def test_rows_are_not_copied_twice_where_the_answer_is_lost(server: str, tmp_path: Path) -> None:
    """PostgreSQL has new rows once where it commits them and the client does not hear of it; the state is not ahead."""
    schema = TableSchema("numbers", [LOGIN, Column("id", (), Kind.INT, key=True), SYNCED_AT])
    address = f"{server}?dataset=of_{tmp_path.name}".lower()
    package = Package("anna", [Batch(schema, [("anna", 1, AT)])], {"last": 1}, AT)
    with (
        postgresql.losing_answers(address) as losing,
        closing(open_destination(losing)) as destination,
        pytest.raises(OSError, match="what was not committed is read again"),
    ):
        destination.apply(package._replace(new_tables=frozenset({"numbers"})))
    assert _ids(address) == [(1,)]
    with closing(open_destination(address)) as destination:
        assert destination.state("anna") == {}
        destination.apply(package)
        assert (destination.state("anna"), list(destination.rows(schema, "anna", ["id"]))) == ({"last": 1}, [(1,)])


def _ids(address: str) -> Any:
    server, _, dataset = address.partition("?dataset=")
    with closing(psycopg2.connect(server)) as connection, connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT id FROM {}").format(sql.Identifier(dataset, "numbers")))
        return cursor.fetchall()


@pytest.mark.parametrize("address", ["duckdb", "postgresql"], indirect=True)
def test_new_rows_and_others_come_and_go(address: str) -> None:
    """Rows of a table that had none, and the same ones changed and deleted, are what the last packages say."""
    schema = TableSchema("numbers", [LOGIN, Column("id", (), Kind.INT, key=True), SYNCED_AT])
    new = frozenset({"numbers"})
    later = "2026-06-01T00:00:00Z"
    with closing(open_destination(address)) as destination:
        destination.apply(Package("anna", [Batch(schema, [("anna", 1, AT), ("anna", 2, AT)])], {}, AT, (), new))
        destination.apply(Package("anna", [Batch(schema, [("anna", 3, AT)])], {}, AT, (), new))
        changes = [Batch(schema, [("anna", 1, later)]), Batch(schema, [("anna", 2)], deleted=True)]
        destination.apply(Package("anna", changes, {}, later))
        destination.apply(Package("boris", [Batch(schema, [("boris", 1, AT)])], {}, AT, (), new))
        assert list(destination.rows(schema, "anna", schema.names)) == [("anna", 1, later), ("anna", 3, AT)]
        assert list(destination.rows(schema, "boris", ["id"])) == [(1,)]


def test_a_value_that_fits_no_column_is_the_trouble_of_its_login(tmp_path: Path) -> None:
    """It is told by table and column, and packages of other logins are taken afterwards."""
    schema = TableSchema("days", [LOGIN, Column("day", (), Kind.DATE, key=True), SYNCED_AT])
    with closing(open_destination(f"duckdb:{tmp_path / 'direct.db'}")) as destination:
        with pytest.raises(DecodeError, match=r"days\.day has a value that is no date"):
            destination.apply(Package("anna", [Batch(schema, [("anna", "0000-00-00", AT)])], {"run": 1}, AT))
        destination.apply(Package("boris", [Batch(schema, [("boris", "2026-05-31", AT)])], {"run": 1}, AT))
        assert (destination.state("anna"), destination.state("boris")) == ({}, {"run": 1})
        assert list(destination.rows(schema, "boris", ["day"])) == [("2026-05-31",)]


@pytest.mark.parametrize("column", [Column("name", (), Kind.TEXT), Column("name", (), Kind.JSON)], ids=["text", "json"])
def test_a_text_that_postgresql_does_not_store_stops_its_login(server: str, tmp_path: Path, column: Column) -> None:
    """NUL is told by table and column; an escaped backslash before u0000 is none; other logins are loaded."""
    schema = TableSchema("things", [LOGIN, Column("id", (), Kind.INT, key=True), column, SYNCED_AT])
    nul, plain = ("a\0b", "\\u0000") if column.kind is Kind.TEXT else (json.dumps(["a\0b"]), json.dumps(["\\u0000"]))
    with closing(open_destination(f"{server}?dataset=of_{tmp_path.name}".lower())) as destination:
        with pytest.raises(DecodeError, match=r"things\.name has a text with the character NUL"):
            destination.apply(Package("anna", [Batch(schema, [("anna", 1, nul, AT)])], {"run": 1}, AT))
        destination.apply(Package("boris", [Batch(schema, [("boris", 1, plain, AT)])], {"run": 1}, AT))
        assert (destination.state("anna"), destination.state("boris")) == ({}, {"run": 1})
        assert list(destination.rows(schema, "boris", ["name"])) == [(plain,)]


def test_a_second_run_on_another_machine_is_refused(
    server: str, tmp_path: Path, direct: Direct, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL itself holds the dataset, as long as the first run goes on; it may be another dataset's turn."""
    address = f"{server}?dataset=of_{tmp_path.name}".lower()
    refused: list[int] = []

    def run_elsewhere(_progress: etl.Progress) -> None:
        if not refused:
            monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
            calls = len(emulator.calls)
            with pytest.raises(ConfigurationError, match=r"another sync into postgresql.* is running"):
                etl.sync(direct, address, TABLES[:1])
            refused.append(len(emulator.calls) - calls)
            etl.sync(direct, f"{address}_2", TABLES[:1]).raise_for_errors()

    etl.sync(direct, address, TABLES[:1], on_progress=run_elsewhere).raise_for_errors()
    assert refused == [0]
    etl.sync(direct, address, TABLES[:1]).raise_for_errors()


def test_a_run_goes_on_where_its_lock_is_lost(server: str, tmp_path: Path, direct: Direct) -> None:
    """A server that ends the idle connection of the lock ends no run."""
    address = f"{server}?dataset=of_{tmp_path.name}".lower()

    def end_idle(_progress: etl.Progress) -> None:
        with closing(psycopg2.connect(server)) as connection, connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )

    etl.sync(direct, address, TABLES[:2], on_progress=end_idle).raise_for_errors()
    with closing(open_destination(address)) as destination:
        assert differences(direct, destination, schemas()[:2], ADVERTISER) == {}


def test_rows_that_were_not_committed_are_not_counted(direct: Direct, emulator: Emulator, tmp_path: Path) -> None:
    """A login that its own value stops has no rows in the summary."""
    row = next(iter(emulator.store.rows("campaigns", ADVERTISER)))
    document = {**row.document, "StartDate": "0000-00-00"}
    emulator.store.put("campaigns", row.id, ADVERTISER, document, changed=row.changed)
    summary = etl.sync(direct, f"duckdb:{tmp_path / 'direct.db'}", ["campaigns"])
    (login,) = summary.logins
    assert (type(login.error), login.written.get("campaigns", 0)) == (DecodeError, 0)


def test_the_reason_is_what_the_driver_said() -> None:
    """Its first line, without the values of rows; also where dlt keeps it aside, or fails itself in a rollback."""
    said = ValueError("the server is gone\nCONTEXT: COPY clients, line 1: values")
    kept = DestinationConnectionError("client", "dataset", "gone", said)
    failed = AttributeError("'NoneType' object has no attribute 'rollback'")
    failed.__context__ = said
    assert reason(kept) == reason(failed) == "ValueError: the server is gone"


class Interrupting:
    """A lock during which a signal comes, from which dlt makes an error of its own."""

    def __init__(self, _pipeline: Any) -> None:
        pass

    def __enter__(self) -> bool:
        raise DatabaseTransientException(ValueError()) from KeyboardInterrupt()

    def __exit__(self, *_: object) -> None:
        pass


def test_an_interrupt_stays_one(tmp_path: Path) -> None:
    """A signal that comes while dlt connects ends the program, and is no error of the destination."""
    dataset = dlt.destinations.duckdb(str(tmp_path / "direct.db"))
    with (
        closing(DltDestination(dataset, lock=Interrupting)) as destination,
        pytest.raises(KeyboardInterrupt),
        destination.hold(),
    ):
        pass


def test_signals_are_left_to_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the main thread dlt would handle them while it loads, and a Ctrl-C could have no effect."""
    schema = TableSchema("numbers", [LOGIN, Column("id", (), Kind.INT, key=True), SYNCED_AT])
    handled: list[Any] = []
    monkeypatch.setattr(signal, "signal", lambda *arguments: handled.append(arguments))
    with closing(open_destination(f"duckdb:{tmp_path / 'direct.db'}")) as destination:
        destination.prepare([schema])
        destination.put_states({"anna": {"run": 1}})
        assert destination.states() == {"anna": {"run": 1}}
    assert handled == []


def test_names_are_read_while_dlt_changes_its_schema(tmp_path: Path) -> None:
    """A load of one login, in which dlt empties its schema and fills it again, does not disturb the reads of others."""
    pipeline = dlt.pipeline("reader", destination=dlt.destinations.duckdb(str(tmp_path / "x.db")), pipelines_dir="work")
    pipeline.run([{"login": "anna", "id": 1}], table_name="things")
    tables = DltTables(pipeline, source="reader")
    schema, loaded = pipeline.schemas["reader"], threading.Event()
    # The first name is read while nothing is loaded, for which DltTables takes its lock.
    names = {tables.table_name("Things")}

    def read() -> set[str]:
        while not loaded.is_set():
            names.add(tables.table_name("Things"))
        return names

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        for _ in range(600):
            schema.replace_schema_content(schema.clone())
        loaded.set()
    assert reading.result() == {"things"}


def test_two_destinations_are_open_at_a_time(tmp_path: Path) -> None:
    """Whichever is closed first, the other one is closed after it."""
    with (
        closing(open_destination(f"duckdb:{tmp_path / 'a.db'}")),
        closing(open_destination(f"sqlite:{tmp_path / 'b.db'}")),
    ):
        pass


@pytest.mark.slow
def test_two_syncs_run_in_one_process(direct: Direct, tmp_path: Path) -> None:
    """Syncs of several threads do not meet in the one active pipeline that dlt has in a process."""
    addresses = [f"duckdb:{tmp_path / 'a.db'}", f"sqlite:{tmp_path / 'b.db'}"]

    def run(address: str) -> None:
        for full in (False, True):
            etl.sync(direct, address, TABLES[:2], policy=etl.Policy(full=full), package_rows=10).raise_for_errors()

    with ThreadPoolExecutor() as pool:
        list(pool.map(run, addresses))
    for address in addresses:
        with closing(open_destination(address)) as destination:
            assert differences(direct, destination, schemas()[:2], ADVERTISER) == {}


def test_an_address_without_a_user_means_that_of_the_environment(
    server: str, tmp_path: Path, direct: Direct, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PGUSER, as for psql."""
    address = f"{server.replace('direct@', '')}?dataset=of_{tmp_path.name}".lower()
    monkeypatch.setenv("PGUSER", "direct")
    etl.sync(direct, address, TABLES[:1]).raise_for_errors()
    monkeypatch.setenv("PGUSER", "nobody-here")
    with pytest.raises(ConfigurationError, match=r'role "nobody-here" does not exist$'):
        etl.sync(direct, address, TABLES[:1])


@pytest.mark.parametrize("address", ["postgresql://anna@db.example", "postgresql://anna@db.example:x/direct"])
def test_an_address_that_is_not_whole_is_told(address: str) -> None:
    """Without a database, or with a port that is none."""
    with pytest.raises(ConfigurationError, match="expected postgresql://USER@HOST:PORT/DATABASE"):
        open_destination(address)


def test_missing_rights_are_told_before_anything_is_sent(
    server: str, tmp_path: Path, direct: Direct, emulator: Emulator
) -> None:
    """A user who may not make tables is told so in one line."""
    dataset = f"of_{tmp_path.name}".lower()
    role = f"reader_{dataset}"
    with closing(psycopg2.connect(server)) as connection, connection, connection.cursor() as cursor:
        names = {"dataset": sql.Identifier(dataset), "role": sql.Identifier(role)}
        for statement in (
            "CREATE ROLE {role} LOGIN",
            "CREATE SCHEMA {dataset}",
            "GRANT USAGE ON SCHEMA {dataset} TO {role}",
        ):
            cursor.execute(sql.SQL(statement).format(**names))
    address = f"{server.replace('direct@', f'{role}@')}?dataset={dataset}"
    with pytest.raises(ConfigurationError, match=f"permission denied for schema {dataset}$"):
        etl.sync(direct, address, TABLES)
    assert list(emulator.calls) == []


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://anna:s3cret@127.0.0.1:1/direct",
        "postgresql://anna@127.0.0.1:1/direct?password=s3cret",
        "mysql+none://127.0.0.1:1/direct?password=s3cret",
    ],
    ids=["before the host", "in an option", "of an unknown driver"],
)
def test_no_password_is_shown(address: str) -> None:
    """A server that cannot be reached is told without the password of its address."""
    with pytest.raises(ConfigurationError) as raised:
        open_destination(address)
    assert "127.0.0.1" in str(raised.value)
    assert "s3cret" not in "".join(map(str, [raised.value, raised.value.__cause__, raised.value.__context__]))


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps a developer's configuration of dlt out of the tests."""
    monkeypatch.chdir(tmp_path)


def test_a_destination_that_cannot_merge_is_refused(
    direct: Direct, emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of dlt would get changed rows besides the old ones; nothing is read."""
    monkeypatch.setenv("DESTINATION__FILESYSTEM__BUCKET_URL", str(tmp_path))
    with pytest.raises(ConfigurationError, match="dlt:filesystem: dlt cannot merge rows there"):
        etl.sync(direct, "dlt:filesystem", ["ads"])
    assert [call.operation for call in emulator.calls if call.operation.startswith("ads")] == []


@pytest.mark.parametrize(
    ("address", "driver", "command"),
    [
        ("postgresql://me@host/db", "psycopg2", 'pip install "dlt[postgres]"'),
        ("sqlite:direct.db", "sqlalchemy", 'pip install "dlt[sqlalchemy]"'),
        ("mssql+pyodbc://me:secret@host/db", "sqlalchemy", 'pip install "dlt[sqlalchemy]"'),
    ],
    ids=["postgresql", "sqlite", "mssql"],
)
def test_a_driver_that_is_not_installed(
    monkeypatch: pytest.MonkeyPatch, address: str, driver: str, command: str
) -> None:
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, driver, None)
    with pytest.raises(ConfigurationError, match=re.escape(f"{driver} is not installed; install it: {command}")):
        open_destination(address)
