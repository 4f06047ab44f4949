"""sync() with statistics: objects and days in one run, one destination and one state."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.etl.memory_destination import MemoryDestination
from tests.etl.statistics_account import noon_clock
from yadirect_soap import ConfigurationError, Direct, etl
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, AGENCY_TOKEN
from yadirect_soap.etl.destinations.addresses import open_destination

DEFINITION = """
[by_day]
since = 2026-06-01
FieldNames = ["Date", "CampaignId", "Clicks", "Cost"]
"""


@pytest.fixture
def clock() -> Clock:
    """Noon of a Wednesday, until it is moved."""
    return noon_clock()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with one table."""
    path = tmp_path / "stat.toml"
    path.write_text(DEFINITION, "utf-8")
    return path


@pytest.fixture
def agency(emulator: Emulator) -> Iterator[Direct]:
    """A Direct of the demo agency."""
    with (
        emulator.session() as session,
        Direct(AGENCY_TOKEN, endpoint=emulator.endpoint, session=session) as direct,
    ):
        yield direct


def test_a_run_brings_objects_and_days(direct: Direct, clock: Clock, file: Path) -> None:
    """Both are written and counted, and the next run goes on with both from the one state."""
    destination = MemoryDestination()
    first = etl.sync(direct, destination, ["campaigns"], statistics=file).raise_for_errors()
    assert set(first.logins[0].written) == {"campaigns", "by_day"}
    clock.advance(days=1)
    second = etl.sync(direct, destination, ["campaigns"], statistics=file).raise_for_errors()
    assert second.logins[0].written["by_day"] > 0
    days = {row[1] for row in destination.tables["by_day"].values()}
    assert days == {f"2026-06-{day:02}" for day in range(1, 11)}
    assert set(destination.stored_states[ADVERTISER]["tables"]) == {"campaigns", "by_day"}
    assert second.logins[0].units < first.logins[0].units + 30


def test_statistics_may_come_alone(direct: Direct, file: Path) -> None:
    """A run of no table of objects reads the reports only."""
    destination = MemoryDestination()
    summary = etl.sync(direct, destination, [], statistics=etl.read_report_tables(file)).raise_for_errors()
    assert set(summary.logins[0].written) == {"by_day"}


def test_each_client_has_days_of_its_own(agency: Direct, file: Path) -> None:
    """The rows of an agency's clients stand in one table, by login."""
    destination = MemoryDestination()
    summary = etl.sync(agency, destination, [], clients="all", statistics=file).raise_for_errors()
    assert len(summary.logins) > 2
    logins = {row[0] for row in destination.tables["by_day"].values()}
    assert logins == {one.login for one in summary.logins if one.written["by_day"]}


def test_days_go_into_files(direct: Direct, clock: Clock, file: Path, tmp_path: Path) -> None:
    """A file of a table of statistics is written whole after each run."""
    for _ in range(2):
        etl.sync(direct, f"files:{tmp_path}/out?format=csv", [], statistics=file).raise_for_errors()
        clock.advance(days=1)
    lines = (tmp_path / "out" / "by_day.csv").read_text("utf-8").splitlines()
    assert lines[0] == "login,date,campaign_id,clicks,cost,_synced_at"
    assert {line.split(",")[1] for line in lines[1:]} == {f"2026-06-{day:02}" for day in range(1, 11)}


# Of a statement that dlt makes, and of files that DuckDB's old versions leave open.
@pytest.mark.filterwarnings("ignore:implicitly coercing", "ignore:Table .* already exists", "ignore::ResourceWarning")
def test_days_go_into_a_database(direct: Direct, clock: Clock, file: Path, tmp_path: Path) -> None:
    """DuckDB has the rows that a destination in memory has, after days that were replaced."""
    memory = MemoryDestination()
    address = f"duckdb:{tmp_path}/direct.duckdb"
    for _ in range(2):
        for destination in (memory, address):
            etl.sync(direct, destination, [], statistics=file).raise_for_errors()
        clock.advance(days=1)
    (table,) = etl.read_report_tables(file)
    schema = table.schema()
    with closing(open_destination(address)) as opened:
        opened.prepare([schema])
        names = schema.names[:-1]
        assert sorted(opened.rows(schema, ADVERTISER, names)) == sorted(memory.rows(schema, ADVERTISER, names))


def test_a_file_that_cannot_be_read_stops_before_anything(direct: Direct, emulator: Emulator, tmp_path: Path) -> None:
    """No call is made."""
    with pytest.raises(ConfigurationError, match="cannot be read"):
        etl.sync(direct, MemoryDestination(), ["campaigns"], statistics=tmp_path / "none.toml")
    assert len(emulator.calls) == 0


@pytest.mark.parametrize(
    ("statistics", "message"),
    [(["stat.toml"], "found 'stat.toml', expected a file"), ("twice", "found by_day twice")],
    ids=["a name in a list", "twice"],
)
def test_tables_of_statistics_are_a_file_or_a_list(
    direct: Direct, emulator: Emulator, file: Path, tmp_path: Path, statistics: Any, message: str
) -> None:
    """The mistake is told before anything is sent."""
    given = [*etl.read_report_tables(file)] * 2 if statistics == "twice" else statistics
    calls = len(emulator.calls)
    with pytest.raises(ConfigurationError, match=message):
        etl.sync(direct, f"files:{tmp_path / 'out'}", ["campaigns"], statistics=given)
    assert len(emulator.calls) == calls


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ({"lanes": 0}, "lanes is a number from 1 to 5, not 0"),
        ({"lanes": "3"}, "lanes is a number from 1 to 5, not '3'"),
        ({"clients_at_once": 0}, "found clients_at_once=0, expected 1 or more"),
        ({"package_rows": -1}, "found package_rows=-1, expected 1 or more"),
        ({"policy": None}, "found policy=None, expected an etl.Policy"),
        ({"policy": etl.Policy(full="no")}, "full is True or False, not 'no'"),  # type: ignore[arg-type]
        ({"policy": etl.Policy(full_after_days="7")}, "found full_after_days='7', expected a number of days"),  # type: ignore[arg-type]
        ({"policy": etl.Policy(full_after_days=-1)}, "found full_after_days=-1, expected a number of days"),
        (
            {"policy": etl.Policy(sweep_after_hours=float("nan"))},
            "found sweep_after_hours=nan, expected a number of hours",
        ),
        ({"policy": etl.Policy(sweep_after_hours=10_001)}, "found sweep_after_hours=10001, expected a number of hours"),
        ({"deletes": "keep"}, "found deletes='keep', expected 'delete' or 'mark'"),
        ({"names": []}, "found no table, expected names of tables, or statistics"),
        ({"column_names": "camel"}, "found column_names='camel', expected one of snake, api"),
    ],
    ids=str,
)
def test_an_argument_that_makes_no_sense_is_told(
    direct: Direct, emulator: Emulator, tmp_path: Path, argument: dict[str, Any], message: str
) -> None:
    """Before anything is sent, and by its name."""
    calls = len(emulator.calls)
    with pytest.raises(ConfigurationError, match=message):
        etl.sync(direct, f"files:{tmp_path / 'out'}", **{"names": ["campaigns"], **argument})
    assert len(emulator.calls) == calls
