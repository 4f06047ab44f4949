"""Statistics by sync(): whenever runs are killed and figures corrected, days are whole, and none is lost or doubled."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.etl import sync_until_killed
from tests.etl.memory_destination import MemoryDestination
from tests.etl.statistics_account import NOON, noon_clock, read_anew, waiting_direct
from tests.etl.test_sync import Killed, KilledError
from yadirect_soap import Direct, etl
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.domain.statistics_corrections import correct_statistics
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER
from yadirect_soap.emulator.reports import build_limits
from yadirect_soap.etl.destination import Destination
from yadirect_soap.etl.destinations.addresses import open_destination
from yadirect_soap.etl.report_tables import ReportTable
from yadirect_soap.etl.statistics_file import report_tables

BY_CAMPAIGN = {"since": "2026-04-20", "FieldNames": ["Date", "CampaignId", "Impressions", "Clicks", "Cost"]}
WITHOUT_CAMPAIGN = {"since": "2026-05-15", "FieldNames": ["Date", "Device", "Clicks"], "lookback": 5}
TABLES = report_tables({"by_campaign": BY_CAMPAIGN, "by_device": WITHOUT_CAMPAIGN})

MINUTES = some.tuples(some.just("wait"), some.integers(1, 6 * 24 * 60))
CORRECTION = some.tuples(some.just("correct"), some.tuples(some.integers(0, 7), some.integers(1, 60)))
KILL = some.tuples(some.just("kill"), some.tuples(some.integers(0, 5), some.booleans()))
RUN = some.tuples(some.just("run"), some.none())


@contextmanager
def _account() -> Iterator[tuple[Emulator, Direct, Clock]]:
    """An emulator at noon, and a Direct that waits by its clock."""
    clock = noon_clock()
    with Emulator(clock=clock) as emulator, waiting_direct(emulator, clock) as direct:
        yield emulator, direct, clock


def _rows(destination: Destination, table: ReportTable) -> Counter[tuple[Any, ...]]:
    """All rows of a table without the moments of their runs, each as often as it is there."""
    schema = table.schema()
    destination.prepare([schema])
    return Counter(destination.rows(schema, ADVERTISER, schema.names[:-1]))


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 8)
@given(events=some.lists(some.one_of(MINUTES, CORRECTION, KILL, RUN), max_size=8))
def test_days_are_those_of_a_new_reading(events: list[tuple[str, Any]]) -> None:
    """Runs end well or are killed at any commit, corrections and waits come as they may; the last run ends well."""
    with _account() as (emulator, direct, clock):
        destination = MemoryDestination()
        campaigns = [int(row.id) for row in emulator.store.rows("campaigns", ADVERTISER)]
        for kind, value in [*events, ("run", None)]:
            if kind == "wait":
                clock.advance(minutes=value)
            elif kind == "correct":
                number, days = value
                day = datetime.fromtimestamp(clock() - days * 86400, UTC).date().isoformat()
                correct_statistics(emulator.store, campaigns[number], from_day=day, at=clock())
            elif kind == "kill":
                with suppress(KilledError):
                    etl.sync(direct, Killed(destination, *value), [], statistics=TABLES)
            else:
                etl.sync(direct, destination, [], statistics=TABLES).raise_for_errors()
        for table in TABLES:
            assert _rows(destination, table) == _rows(read_anew(direct, table), table)


# Of a statement that dlt makes, and of files that DuckDB's old versions leave open.
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:implicitly coercing", "ignore:Table .* already exists", "ignore::ResourceWarning")
@pytest.mark.parametrize("scheme", ["files", "duckdb"])
def test_a_process_that_is_killed_leaves_whole_days(scheme: str, tmp_path: Path) -> None:
    """Processes are killed while a report waits in the queue, is downloaded or loaded; the next run has every day."""
    definition = tmp_path / "stat.toml"
    definition.write_text(
        '[by_campaign]\nsince = 2026-05-01\nFieldNames = ["Date", "CampaignId", "Impressions", "Clicks", "Cost"]\n',
        "utf-8",
    )
    # Each report enters the queue, for a second.
    limits = replace(build_limits.bundled(), max_online_size=0, queue_seconds=1)
    address = f"{scheme}:{tmp_path / 'out'}"
    (table,) = etl.read_report_tables(definition)
    clock = Clock()
    clock.set(NOON)
    with Emulator(clock=clock, report_limits=limits) as emulator, emulator.serve() as url:
        campaigns = [int(row.id) for row in emulator.store.rows("campaigns", ADVERTISER)]
        for number in range(2):
            program = [sys.executable, sync_until_killed.__file__, url, address, str(definition)]
            with subprocess.Popen(program, stdout=subprocess.PIPE) as process:
                _wait_for_reports(emulator, 2 + number, process)
                time.sleep(0.1 * number)
                process.kill()
            correct_statistics(emulator.store, campaigns[number], from_day=f"2026-05-0{1 + number}", at=clock())
            emulator.calls.clear()
            clock.advance(hours=1)
        with waiting_direct(emulator, clock) as direct, closing(open_destination(address)) as destination:
            etl.sync(direct, destination, [], statistics=[table]).raise_for_errors()
            assert _rows(destination, table) == _rows(read_anew(direct, table), table)


def _wait_for_reports(emulator: Emulator, count: int, process: subprocess.Popen[bytes]) -> None:
    """Waits until a process has asked for reports so often, however long a busy machine takes for it."""
    while sum(call.operation == "reports.get" for call in list(emulator.calls)) < count:
        assert process.poll() is None
        time.sleep(0.01)
