"""sync() and units: a run that stops before they run short keeps its place, and the next one goes on there."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.etl.comparison import differences
from tests.etl.memory_destination import MemoryDestination
from yadirect_soap import BudgetExceededError, Direct, etl
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures import new_accounts
from yadirect_soap.emulator.fixtures.large_accounts import AccountSize, generate
from yadirect_soap.etl.schema import ObjectSchema
from yadirect_soap.etl.tables import table

TABLES = ["campaigns", "adgroups", "ads"]
UNITS = 3000
"""A day's units: two of the blocks of ads are more."""


@pytest.fixture
def emulator(clock: Clock) -> Iterator[Emulator]:
    """An account of 4000 ads in 400 groups, which are read in two blocks of 2015 units."""
    with Emulator(seed=False, clock=clock) as emulator:
        account = new_accounts.create(emulator.backend, {"login": "shop", "daily_units": UNITS}, token="t").account
        generate(emulator.store, account, AccountSize(campaigns=4, adgroups=100, ads=10), at=clock() - 3600)
        yield emulator


def _direct(emulator: Emulator, **settings: Any) -> Direct:
    return Direct("t", endpoint=emulator.endpoint, session=emulator.session(), now=emulator.clock, **settings)


def _differences(emulator: Emulator, destination: MemoryDestination) -> dict[str, Any]:
    """What a snapshot has otherwise; the account has units enough for that."""
    emulator.clock.advance(days=1)
    schemas = [ObjectSchema(table(name)) for name in TABLES[:2]]
    found = differences(_direct(emulator), destination, schemas, "shop")
    ads = {row.id for row in emulator.store.rows("ads", "shop")}
    there = {key for (key,) in destination.rows(ObjectSchema(table("ads")), "shop", ["id"])}
    return found | {f"ads {key}": key in there for key in ads ^ there}


def test_a_snapshot_dearer_than_a_day_goes_on_the_next_day(emulator: Emulator) -> None:
    """The first run stops with the units that are reserved, its rows are there, and no block is read twice."""
    destination, runs = MemoryDestination(), 0
    while True:
        summary = etl.sync(_direct(emulator, units_policy="stop"), destination, TABLES)
        runs += 1
        if not summary.errors:
            break
        assert isinstance(summary.errors["shop"], BudgetExceededError)
        assert emulator.units_left(_owner(emulator)) > 0
        emulator.clock.advance(days=1)
    assert runs == 2
    gets = [call for call in emulator.calls if call.operation == "ads.get" and call.outcome == "ok"]
    assert len(gets) == 2
    assert _differences(emulator, destination) == {}


def test_a_run_may_wait_for_units(emulator: Emulator) -> None:
    """With units_policy="wait" one run reads all, over the hours of two days."""
    destination, began = MemoryDestination(), emulator.clock()
    waiting = _direct(emulator, units_policy="wait", sleep=lambda seconds: emulator.clock.advance(seconds=seconds))
    etl.sync(waiting, destination, TABLES).raise_for_errors()
    assert 3600 < emulator.clock() - began < 48 * 3600
    assert _differences(emulator, destination) == {}


def _owner(emulator: Emulator) -> Any:
    return emulator.accounts.by_login("shop")
