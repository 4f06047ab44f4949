"""Days of statistics: a run reads up to yesterday in Moscow by the service's clock, whatever this machine says."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.etl.memory_destination import MemoryDestination
from tests.etl.statistics_account import noon_clock, read_anew, waiting_direct
from yadirect_soap import Direct, etl
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER
from yadirect_soap.etl.report_tables import ReportTable
from yadirect_soap.etl.statistics import Statistics
from yadirect_soap.etl.statistics_file import report_tables


@pytest.fixture
def clock() -> Clock:
    """Noon of a Wednesday, until it is moved."""
    return noon_clock()


@pytest.fixture
def direct(emulator: Emulator, clock: Clock) -> Iterator[Direct]:
    """A Direct of the demo advertiser that waits by the emulator's clock."""
    with waiting_direct(emulator, clock) as direct:
        yield direct


def _table(since: str) -> ReportTable:
    (table,) = report_tables({"stat": {"since": since, "FieldNames": ["Date", "CampaignId", "Clicks", "Cost"]}})
    return table


def _run(direct: Direct, destination: MemoryDestination, table: ReportTable) -> None:
    destination.prepare([table.schema()])
    Statistics(direct, destination, ADVERTISER, [table]).run()


def _content(destination: MemoryDestination) -> set[tuple[Any, ...]]:
    """The rows without the moment of their run."""
    return {row[:-1] for row in destination.tables["stat"].values()}


@pytest.fixture(params=["UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo"])
def _zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The time zone of this machine, whose clock is years from the service's besides."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_zone")
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows sets the zone for all programs")
@pytest.mark.parametrize(
    ("moment", "last"),
    [
        ("2026-06-10T20:59:59", "2026-06-09"),
        ("2026-06-10T21:00:00", "2026-06-10"),
        ("2026-05-31T20:59:59", "2026-05-30"),
        ("2026-05-31T21:00:00", "2026-05-31"),
        ("2028-02-29T20:59:59", "2028-02-28"),
        ("2028-02-29T21:00:00", "2028-02-29"),
        ("2026-03-29T00:30:00", "2026-03-28"),
        ("2026-10-25T00:30:00", "2026-10-24"),
    ],
)
def test_days_end_at_midnight_in_moscow(direct: Direct, clock: Clock, moment: str, last: str) -> None:
    """A run, and partitions, read up to the day before the one that it is in Moscow by the service's clock."""
    clock.set(datetime.fromisoformat(f"{moment}+00:00"))
    table = _table((date.fromisoformat(last) - timedelta(days=4)).isoformat())
    destination = MemoryDestination()
    _run(direct, destination, table)
    assert max(row[1] for row in _content(destination)) == last
    days = [day for part in etl.partitions(table, connect=lambda: direct) for day in part.days]
    assert max(day.last for day in days).isoformat() == last


@pytest.mark.parametrize(
    ("moves", "days"),
    [
        ([{"seconds": 1}], "2026-05-26 2026-05-31"),
        ([{"days": 1}, {"days": 1}], "2026-05-26 2026-06-01"),
    ],
    ids=["over midnight", "over the end of a month"],
)
def test_a_new_day_comes_with_the_next_run(
    direct: Direct, clock: Clock, moves: list[dict[str, int]], days: str
) -> None:
    """A second before midnight the day is not over; the runs after it have it, and what a new reading gives."""
    clock.set(datetime(2026, 5, 31, 20, 59, 59, tzinfo=UTC))
    table, destination = _table("2026-05-26"), MemoryDestination()
    _run(direct, destination, table)
    assert max(row[1] for row in _content(destination)) == "2026-05-30"
    for move in moves:
        clock.advance(**move)
        _run(direct, destination, table)
    found = sorted({row[1] for row in _content(destination)})
    assert f"{found[0]} {found[-1]}" == days
    assert _content(destination) == _content(read_anew(direct, table))


def test_days_that_are_yet_to_come_are_read_when_they_are_over(direct: Direct, clock: Clock) -> None:
    """With a first day in the future there are no rows, and later runs have all from it on."""
    table, destination = _table("2026-06-11"), MemoryDestination()
    counts = []
    for _ in range(4):
        _run(direct, destination, table)
        counts.append(len({row[1] for row in destination.tables.get("stat", {}).values()}))
        clock.advance(days=1)
    assert counts == [0, 0, 1, 2]
