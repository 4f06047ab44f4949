"""plan(): what it says is what the next run then costs."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from yadirect_soap import Direct, etl
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER
from yadirect_soap.etl.destinations.addresses import open_destination
from yadirect_soap.etl.plan import plan
from yadirect_soap.etl.schema import ObjectSchema
from yadirect_soap.etl.statistics_file import report_tables
from yadirect_soap.etl.sync_state import answers_of
from yadirect_soap.etl.tables import tables

REPORTS = report_tables({"by_day": {"since": "2026-05-01", "FieldNames": ["Date", "CampaignId", "Clicks"]}})


def _planned(direct: Direct, address: str, names: list[str] | None, **settings: Any) -> int:
    """The units of the next run, by its plan."""
    schemas = [ObjectSchema(one) for one in tables(names)]
    with closing(open_destination(address)) as destination:
        planned = plan(destination, [ADVERTISER], schemas, answers=answers_of(direct), **settings)
    assert None not in [one.units for one in planned]
    return sum(one.units or 0 for one in planned)


@pytest.mark.parametrize(
    ("names", "full"),
    [(["ads"], False), (["campaigns", "adgroups", "keywords"], True), (None, False), (None, True)],
    ids=["changes of one", "all of some", "changes of all", "all of all"],
)
def test_a_run_costs_what_was_planned(
    emulator: Emulator, direct: Direct, clock: Clock, tmp_path: Path, names: list[str] | None, full: bool
) -> None:
    """The account did not change, and pays for the next run what the plan says, unit for unit."""
    address, client = f"files:{tmp_path}", direct.with_client_login(ADVERTISER)
    owner = emulator.accounts.by_login(ADVERTISER)
    assert owner is not None
    etl.sync(client, address, names, statistics=REPORTS).raise_for_errors()
    clock.advance(minutes=5)
    policy, before = etl.Policy(full=full), emulator.units_left(owner)
    planned = _planned(client, address, names, policy=policy, reports=REPORTS)
    assert emulator.units_left(owner) == before
    (one,) = etl.sync(client, address, names, policy=policy, statistics=REPORTS).raise_for_errors().logins
    assert (before - emulator.units_left(owner), one.units) == (planned, planned)
