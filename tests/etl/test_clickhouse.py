"""ClickHouse as a destination: what is put into it comes out of it, row by row, and nothing twice."""

from collections.abc import Iterator
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.etl import clickhouse
from tests.etl.clickhouse import PASSWORD, USER
from tests.etl.comparison import differences
from tests.etl.edits import EDITS, Editor
from tests.etl.hostile_values import AT, COLUMNS, HOSTILE
from tests.etl.memory_destination import MemoryDestination
from tests.etl.statistics_account import NOON
from tests.etl.test_statistics import BY_CAMPAIGN, BY_CONDITION
from yadirect_soap import ConfigurationError, DecodeError, Direct
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER
from yadirect_soap.etl import snapshot, sync
from yadirect_soap.etl.batches import Batch
from yadirect_soap.etl.columns import DELETED_AT, Column, Kind
from yadirect_soap.etl.destination import Package, Scope
from yadirect_soap.etl.destinations.clickhouse import ClickHouseDestination
from yadirect_soap.etl.destinations.clickhouse_http import ClickHouseHttp, Server, server_of
from yadirect_soap.etl.report_rows import ReportRows
from yadirect_soap.etl.schema import ObjectSchema, TableSchema
from yadirect_soap.etl.statistics import Statistics
from yadirect_soap.etl.statistics_file import report_tables
from yadirect_soap.etl.tables import table

needs_engine = pytest.mark.skipif(
    find_spec("chdb") is None, reason="chdb, the engine of ClickHouse, is not installed: pip install chdb (533 MB)"
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where a ClickHouse answers."""
    with clickhouse.server() as address:
        yield server_of(address).url


@pytest.fixture
def http(address: str) -> Iterator[ClickHouseHttp]:
    """The server, with an empty database."""
    http = ClickHouseHttp(Server(address, "direct", USER, PASSWORD))
    http.run("DROP DATABASE IF EXISTS one")
    http.run("CREATE DATABASE one")
    yield http
    http.close()


@pytest.fixture
def destination(http: ClickHouseHttp) -> Iterator[ClickHouseDestination]:
    """A destination in the empty database."""
    destination = ClickHouseDestination(Server(http.server.url, "one", USER, PASSWORD))
    yield destination
    destination.close()


def _row(key: int, name: str | None = "x", **changed: Any) -> tuple[Any, ...]:
    row = {"login": "shop", "id": key, "name": name, "bid": Decimal("1.250000"), "start": "2026-05-01", "rest": "[]"}
    return (*(row | changed).values(), AT)


def _all(destination: ClickHouseDestination, schema: TableSchema, login: str = "shop") -> list[tuple[Any, ...]]:
    return sorted(destination.rows(schema, login, schema.names))


def _apply(destination: ClickHouseDestination, *batches: Batch, login: str = "shop", **more: Any) -> None:
    destination.apply(Package(login, batches, more.pop("state", {"since": AT}), AT, **more))


@needs_engine
def test_rows_come_out_as_they_went_in(destination: ClickHouseDestination) -> None:
    """Every type, nulls, and texts with whatever a text may hold."""
    schema = TableSchema("things", COLUMNS)
    destination.prepare([schema])
    rows = [
        _row(1),
        _row(2, None, bid=None, start=None, rest=None),
        _row(3, HOSTILE),
        _row(2**62, "", bid=Decimal("-0.000001")),
    ]
    _apply(destination, Batch(schema, rows))
    assert _all(destination, schema) == sorted(rows)
    assert _all(destination, schema, "other") == []


@needs_engine
def test_the_later_row_of_a_key_holds(destination: ClickHouseDestination) -> None:
    """An update is a row of the same key, and a package that is sent twice has the effect of one."""
    schema = TableSchema("things", COLUMNS)
    destination.prepare([schema])
    _apply(destination, Batch(schema, [_row(1), _row(2)]))
    for _ in range(2):
        _apply(destination, Batch(schema, [_row(2, "changed"), _row(3)]))
    assert _all(destination, schema) == [_row(1), _row(2, "changed"), _row(3)]
    emptied = [_row(key, None, bid=None, start=None, rest=None) for key in (1, 2, 3)]
    _apply(destination, Batch(schema, emptied))
    assert _all(destination, schema) == emptied


@needs_engine
def test_gone_rows_are_gone_until_they_come_again(destination: ClickHouseDestination) -> None:
    """A tombstone takes its row out, of its login alone."""
    schema = TableSchema("things", COLUMNS)
    destination.prepare([schema])
    _apply(destination, Batch(schema, [_row(1), _row(2)]))
    _apply(destination, Batch(schema, [_row(1, login="other")]), login="other")
    _apply(destination, Batch(schema, [("shop", 1)], deleted=True))
    assert _all(destination, schema) == [_row(2)]
    assert _all(destination, schema, "other") == [_row(1, login="other")]
    _apply(destination, Batch(schema, [_row(1, "again")]))
    assert _all(destination, schema) == [_row(1, "again"), _row(2)]


@needs_engine
def test_gone_rows_may_be_marked(destination: ClickHouseDestination, http: ClickHouseHttp) -> None:
    """Where the table marks, the row stays as it was, with the time at which it was found gone, once."""
    schema = TableSchema("things", [*COLUMNS, DELETED_AT], marks=True)
    destination.prepare([schema])
    _apply(destination, Batch(schema, [(*_row(1, HOSTILE), None), (*_row(2), None)]))
    for at in (AT, "2026-06-11T12:00:00Z"):
        destination.apply(Package("shop", [Batch(schema, [("shop", 1)], deleted=True)], {}, at))
    assert [row[1] for row in _all(destination, schema)] == [2]
    assert list(http.select("SELECT name, _deleted_at FROM one.things FINAL WHERE id = 1")) == [[HOSTILE, AT]]


@needs_engine
def test_a_scope_is_replaced(destination: ClickHouseDestination) -> None:
    """Rows of the scope go, those that come stay, and rows of other days and logins are not touched."""
    schema = TableSchema("things", COLUMNS)
    destination.prepare([schema])
    _apply(destination, Batch(schema, [_row(1), _row(2), _row(3, start="2026-05-02")]))
    _apply(destination, Batch(schema, [_row(1, login="other")]), login="other")
    days = Scope(schema, {"start": frozenset(["2026-05-01"])})
    _apply(destination, Batch(schema, [_row(2, "new")]), replaced=[days])
    assert _all(destination, schema) == [_row(2, "new"), _row(3, start="2026-05-02")]
    assert _all(destination, schema, "other") == [_row(1, login="other")]
    ids = {"start": frozenset(["2026-05-01", "2026-05-02"]), "id": frozenset(range(3, 20_000))}
    _apply(destination, replaced=[Scope(schema, ids)])
    assert _all(destination, schema) == [_row(2, "new")]


@needs_engine
def test_rows_are_found_by_a_scope(destination: ClickHouseDestination) -> None:
    """However many values it names."""
    schema = TableSchema("things", COLUMNS)
    destination.prepare([schema])
    _apply(destination, Batch(schema, [_row(number) for number in range(12_000)]))
    where = {"id": frozenset(range(1, 20_000, 2)), "name": frozenset(["x", HOSTILE])}
    assert sorted(destination.rows(schema, "shop", ["id"], where)) == [(number,) for number in range(1, 12_000, 2)]


@needs_engine
@pytest.mark.parametrize("day", ["0000-00-00", "", "9999-12-31", "1899-12-31"])
def test_a_day_that_fits_no_column_is_the_trouble_of_its_login(destination: ClickHouseDestination, day: str) -> None:
    """The server would store the nearest day that it has, or refuse it as it refuses everything."""
    schema = TableSchema("things", COLUMNS)
    destination.prepare([schema])
    with pytest.raises(DecodeError, match=r"things\.start has a value that is no date, in the row login=shop, id=1: "):
        _apply(destination, Batch(schema, [_row(2), _row(1, start=day)]))
    _apply(destination, Batch(schema, [_row(2, start="2299-12-31"), _row(3, start="1900-01-01")]))
    assert [row[1] for row in _all(destination, schema)] == [2, 3]


NUMBERS = {
    "integer": (
        {"key": 2**63 - 1},
        {"key": 2**63},
        r"things\.id .* id=9223372036854775808: found .* an integer from -92",
    ),
    "negative integer": ({"key": -(2**63)}, {"key": -(2**63) - 1}, r"things\.id .* found -9223372036854775809, exp"),
    "decimal": (
        {"bid": Decimal("-" + "9" * 32 + ".999999")},
        {"bid": Decimal("1E32")},
        r"things\.bid has a value that is no decimal, in the row login=shop, id=1: found 1E\+32, expected a decimal",
    ),
    "places": (
        {"bid": Decimal("1.00000100")},
        {"bid": Decimal("1.0000001")},
        r"things\.bid .* found 1\.0000001, exp",
    ),
}


@needs_engine
@pytest.mark.parametrize(("last", "beyond", "words"), NUMBERS.values(), ids=NUMBERS)
def test_a_number_that_fits_no_column_is_the_trouble_of_its_login(
    destination: ClickHouseDestination, last: dict[str, Any], beyond: dict[str, Any], words: str
) -> None:
    """The server would store a part of it, or refuse the package; the greatest that fits is stored as it is."""
    schema = TableSchema("things", COLUMNS)
    destination.prepare([schema])
    with pytest.raises(DecodeError, match=words):
        _apply(destination, Batch(schema, [_row(7), _row(**{"key": 1} | beyond)]))
    assert _all(destination, schema) == []
    row = _row(**{"key": 1} | last)
    _apply(destination, Batch(schema, [row]))
    assert [stored[:4] for stored in _all(destination, schema)] == [row[:4]]


@needs_engine
def test_a_number_of_a_report_that_fits_no_column_is_the_trouble_of_its_login(
    destination: ClickHouseDestination, tmp_path: Path
) -> None:
    """The server reads the file itself; what it refuses is looked for afterwards, and no row is stored."""
    (table,) = report_tables({"stat": BY_CAMPAIGN | {"since": "2026-06-01"}})
    schema = table.schema()
    path, right = tmp_path / "report.tsv", "2026-06-02\t7\tBenches\t9223372036854775807\t1\t1"
    destination.prepare([schema])

    def apply(*lines: str) -> None:
        path.write_text("\n".join(["names", *lines, ""]), "utf-8")
        given: dict[str, Any] = {"columns": table.report_columns, "micros": True, "rows": len(lines)}
        rows = ReportRows(schema, path, login="shop", synced_at=AT, **given)
        destination.apply(Package("shop", rows, {"since": AT}, AT))

    with pytest.raises(DecodeError, match=r"stat\.impressions .* campaign_id=7, .*: found 9223372036854775808, e"):
        apply(right, "2026-06-01\t7\tBenches\t9223372036854775808\t1\t1")
    assert (_all(destination, schema), destination.state("shop")) == ([], {})
    apply(right)
    assert [row[4] for row in _all(destination, schema)] == [2**63 - 1]


@needs_engine
def test_the_state_is_that_of_the_last_package(destination: ClickHouseDestination) -> None:
    """Each login has its own, {} before its first package."""
    schema = TableSchema("things", COLUMNS)
    destination.prepare([schema])
    assert destination.state("shop") == {}
    _apply(destination, state={"since": AT, "tables": {"Ж'": [1, None]}})
    _apply(destination, login="other", state={"since": "never"})
    assert destination.state("shop") == {"since": AT, "tables": {"Ж'": [1, None]}}


@needs_engine
def test_a_package_that_fails_leaves_the_state(destination: ClickHouseDestination, http: ClickHouseHttp) -> None:
    """What the server refuses is told with its words but no row, and the state is not ahead of the rows."""
    schema = TableSchema("things", COLUMNS)
    destination.prepare([schema])
    _apply(destination, state={"since": "before"})
    http.run("ALTER TABLE one.things MODIFY COLUMN name Nullable(Int64)")
    with pytest.raises(OSError, match="HTTP 500") as raised:
        _apply(destination, Batch(schema, [_row(1, "Benches")]), state={"since": "after"})
    assert destination.state("shop") == {"since": "before"}
    assert "Row 1" not in str(raised.value)
    assert "Benches" not in str(raised.value)


@needs_engine
def test_new_columns_are_added_and_other_types_refused(destination: ClickHouseDestination) -> None:
    """A table grows with the API; a column of another type is no such case."""
    destination.prepare([TableSchema("things", COLUMNS)])
    schema = TableSchema("things", [*COLUMNS, Column("new", (), Kind.INT)])
    destination.prepare([schema])
    _apply(destination, Batch(schema, [(*_row(1), 5)]))
    assert _all(destination, schema) == [(*_row(1), 5)]
    with pytest.raises(ConfigurationError, match=r"things.new is Nullable\(Int64\) and would be Nullable\(String\)"):
        destination.prepare([TableSchema("things", [*COLUMNS, Column("new", (), Kind.TEXT)])])
    with pytest.raises(ConfigurationError, match=r"the key of things is .* and would be .*, place"):
        destination.prepare([TableSchema("things", [*COLUMNS, Column("place", (), Kind.INT, key=True)])])


@needs_engine
@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE one.ads", "TRUNCATE TABLE one.ads", "ALTER TABLE one.ads DROP COLUMN state"],
    ids=["table", "rows", "column"],
)
def test_what_is_lost_is_read_again(
    destination: ClickHouseDestination, http: ClickHouseHttp, direct: Direct, clock: Clock, statement: str
) -> None:
    """A table that somebody drops, empties or takes a column from is made again and read whole."""
    names = ["campaigns", "adgroups", "ads"]
    sync(direct, destination, names).raise_for_errors()
    http.run(statement)
    clock.advance(minutes=5)
    (login,) = sync(direct, destination, names).raise_for_errors().logins
    assert (login.written["ads"], login.written["adgroups"]) == (17, 0)
    assert differences(direct, destination, [ObjectSchema(table(name)) for name in names], ADVERTISER) == {}


@needs_engine
def test_a_table_of_others_is_not_filled(destination: ClickHouseDestination, http: ClickHouseHttp) -> None:
    """Nor is anything added to it."""
    http.run("CREATE TABLE one.things (login String, id Int64) ENGINE = MergeTree ORDER BY (login, id)")
    with pytest.raises(ConfigurationError, match="found things, which no sync has made"):
        destination.prepare([TableSchema("things", COLUMNS)])
    names = [
        name for (name,) in http.select("SELECT name FROM system.columns WHERE table = 'things' AND database = 'one'")
    ]
    assert names == ["login", "id"]


@needs_engine
@pytest.mark.parametrize(
    "changed",
    [{"password": "wrong"}, {"database": "none"}, {"url": "http://127.0.0.1:9/"}],
    ids=["password", "database", "address"],
)
def test_a_server_that_does_not_fit_is_told(address: str, changed: dict[str, str]) -> None:
    """Before anything is asked of the API, without the password."""
    server = {"url": address, "database": "direct", "user": USER, "password": PASSWORD} | changed
    with pytest.raises(ConfigurationError, match="clickhouse at http://127") as raised:
        ClickHouseDestination(Server(**server))
    assert server["password"] not in str(raised.value)
    assert server["password"] not in repr(Server(**server))


@needs_engine
def test_a_snapshot_is_there_row_by_row(destination: ClickHouseDestination, direct: Direct) -> None:
    """All tables of the demo account, with every type that the contract has."""
    batches = list(snapshot(direct))
    destination.prepare(list({batch.table.name: batch.table for batch in batches}.values()))
    destination.apply(Package(ADVERTISER, batches, {"since": AT}, AT))
    assert sum(len(batch.rows) for batch in batches) > 50
    for schema in {batch.table.name: batch.table for batch in batches}.values():
        rows = [row for batch in batches if batch.table.name == schema.name for row in batch.rows]
        assert sorted(destination.rows(schema, ADVERTISER, schema.names), key=repr) == sorted(rows, key=repr)


@needs_engine
def test_rows_of_a_report_with_one_key_are_refused(destination: ClickHouseDestination, tmp_path: Path) -> None:
    """ClickHouse would keep one of them: it is an error, and the state stays as it was."""
    (table,) = report_tables({"stat": BY_CAMPAIGN | {"since": "2026-06-01"}})
    path, line = tmp_path / "report.tsv", "2026-06-01\t7\tBenches\t1\t1\t1"
    path.write_text(f"names\n{line}\n{line}\n", "utf-8")
    rows = ReportRows(
        table.schema(), path, login="shop", synced_at=AT, columns=table.report_columns, micros=True, rows=2
    )
    destination.prepare([table.schema()])
    with pytest.raises(DecodeError, match="stat: found rows with the same login, date, campaign_id"):
        destination.apply(Package("shop", rows, {"since": AT}, AT))
    assert destination.state("shop") == {}


@needs_engine
@pytest.mark.parametrize("definition", [BY_CAMPAIGN, BY_CONDITION], ids=["campaigns", "conditions"])
def test_statistics_go_through_as_the_service_wrote_them(
    destination: ClickHouseDestination, direct: Direct, clock: Clock, definition: dict[str, Any]
) -> None:
    """The server reads the report's file, and has the rows that Python would have made of it."""
    clock.set(NOON)
    tables = report_tables({"stat": definition | {"since": "2026-06-01"}})
    memory, schema = MemoryDestination(), tables[0].schema()
    for one in (memory, destination):
        one.prepare([schema])
        for _ in range(2):
            Statistics(direct, one, ADVERTISER, tables).run()
    without_time = schema.names[:-1]
    rows = sorted(memory.rows(schema, ADVERTISER, without_time), key=repr)
    assert len(rows) > 50
    assert sorted(destination.rows(schema, ADVERTISER, without_time), key=repr) == rows


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("clickhouse://db", Server("http://db:8123/", "default", "etl", "secret")),
        ("clickhouse://db/direct", Server("http://db:8123/", "direct", "etl", "secret")),
        ("clickhouse://me:p%40ss@db:9/direct", Server("http://db:9/", "direct", "me", "p@ss")),
        ("clickhouse://db/direct?secure=true", Server("https://db:8443/", "direct", "etl", "secret")),
        ("clickhouse://[::1]/direct", Server("http://[::1]:8123/", "direct", "etl", "secret")),
    ],
    ids=["host", "database", "user", "TLS", "IPv6"],
)
def test_an_address_names_the_server(text: str, server: Server) -> None:
    """User and password may come from ClickHouse's own variables."""
    assert server_of(text, {"CLICKHOUSE_USER": "etl", "CLICKHOUSE_PASSWORD": "secret"}) == server


@pytest.mark.parametrize(
    "text",
    [
        "clickhouse:",
        "clickhouse:///direct",
        "clickhouse://me:hidden@db:port/x",
        "clickhouse://me:hidden@db/a/b",
        "clickhouse://me:hidden@db/?secur=1",
        "clickhouse://me:hidden@db/?secure=maybe",
    ],
    ids=["nothing", "no host", "no port", "a path", "an option", "a value"],
)
def test_another_address_is_refused(text: str) -> None:
    """The error shows what was found, without the password."""
    with pytest.raises(ConfigurationError, match="expected clickhouse://HOST") as raised:
        server_of(text)
    assert "hidden" not in str(raised.value)


@needs_engine
@pytest.mark.parametrize("deletes_in_changes", [False, True], ids=["hidden", "shown"])
def test_a_sync_ends_in_what_a_snapshot_has(
    destination: ClickHouseDestination, emulator: Emulator, direct: Direct, *, deletes_in_changes: bool
) -> None:
    """After edits, deletes and moderation, row by row, whether Changes tells of deletes or not."""
    emulator.switches.set({"deletes_in_changes": deletes_in_changes})
    names = ["campaigns", "adgroups", "ads", "keywords", "bidmodifiers"]
    editor = Editor(emulator, direct)
    for step in range(4):
        for number in range(8):
            editor.edit((7 * step + 3 * number) % len(EDITS), number)
        sync(direct, destination, names).raise_for_errors()
        schemas = [ObjectSchema(table(name)) for name in names]
        assert differences(direct, destination, schemas, ADVERTISER) == {}
        emulator.clock.advance(minutes=1)
