"""plan(): what the next run of a sync would read and cost, by what the destination knows; nothing is asked."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from yadirect_soap.protocol import facts
from yadirect_soap.protocol.dates import moment_text

from .destination import Destination
from .login_sync import DEFAULT_POLICY, Policy
from .schema import ObjectSchema
from .sweep import can_be_swept, read_cost, sweep_cost
from .sync_state import SyncState, is_older


class PlannedTable(NamedTuple):
    """What a run does with one table of a login."""

    login: str
    table: str
    reads: str
    """`all`, `all, from where it stopped`, or `changes`."""
    rows: int
    """Rows that the destination has; those that come now are not known."""
    units: int | None
    """Units, without those for objects that changed; None where nobody knows how many objects there are."""


def plan(
    destination: Destination, logins: Sequence[str], schemas: Sequence[ObjectSchema], policy: Policy = DEFAULT_POLICY
) -> list[PlannedTable]:
    """What the next run would do, login by login and table by table.

    Args:
        destination: Where the rows are; nothing is written there.
        logins: The logins.
        schemas: The tables.
        policy: What is read besides changes.
    """
    now = moment_text(datetime.now(UTC))
    return [_planned(destination, login, schema, policy=policy, now=now) for login in logins for schema in schemas]


def _planned(destination: Destination, login: str, schema: ObjectSchema, *, policy: Policy, now: str) -> PlannedTable:
    states = SyncState.of(destination.state(login))
    state = states.of_table(schema)
    key = [column.name for column in schema.key]
    # A table that no run has begun need not be there.
    rows = sum(1 for _row in destination.rows(schema, login, key)) if schema.name in states.tables else 0
    if state.began or not state.since:
        reads = "all, from where it stopped" if state.after is not None else "all"
        return PlannedTable(login, schema.name, reads, rows, None)
    days = policy.full_after_days
    if policy.full or schema.is_whole or (days is not None and is_older(state.read, now, days=days)):
        return PlannedTable(login, schema.name, "all", rows, read_cost(schema.table, rows))
    changes_cost = facts.bundled().cost("changes.checkCampaigns").call if schema.table.changes == "campaigns" else 0
    swept = sweep_cost(schema.table, rows) if can_be_swept(schema.table) else 0
    return PlannedTable(login, schema.name, "changes", rows, changes_cost + swept)
