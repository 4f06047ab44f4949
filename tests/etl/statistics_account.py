"""An account at a day with statistics behind it; no test lives here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from tests.etl.memory_destination import MemoryDestination
from yadirect_soap import Direct
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, ADVERTISER_TOKEN
from yadirect_soap.etl.report_tables import ReportTable
from yadirect_soap.etl.statistics import Statistics

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
"""Of a Wednesday."""


def noon_clock() -> Clock:
    """A clock that stands at NOON until it is moved."""
    clock = Clock()
    clock.freeze()
    clock.set(NOON)
    return clock


@contextmanager
def waiting_direct(emulator: Emulator, clock: Clock) -> Iterator[Direct]:
    """A Direct of the demo advertiser that waits by the emulator's clock: the limit of requests goes by it too."""
    with (
        emulator.session() as session,
        Direct(
            ADVERTISER_TOKEN,
            endpoint=emulator.endpoint,
            session=session,
            clock=clock,
            sleep=lambda seconds: clock.advance(seconds=seconds),
        ) as direct,
    ):
        yield direct


def read_anew(direct: Direct, *tables: ReportTable) -> MemoryDestination:
    """What a first run gives now."""
    destination = MemoryDestination()
    destination.prepare([table.schema() for table in tables])
    Statistics(direct, destination, ADVERTISER, tables).run()
    return destination
