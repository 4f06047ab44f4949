"""plan(): computes from the destination, without a call, what the next run of a sync would read and cost."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from yadirect_soap.protocol import facts
from yadirect_soap.protocol.dates import moment_text

from .destination import Destination
from .lost_tables import forget_emptied, forget_missing
from .report_tables import ReportTable
from .schedule import DEFAULT_POLICY, Policy, Schedule
from .schema import ObjectSchema
from .sweep import read_cost, sweep_cost
from .sync_state import SyncState
from .tables import Table


class PlannedTable(NamedTuple):
    """The plan for one table of a login."""

    login: str
    table: str
    """The name of the table; `changes` for the calls of Changes."""
    reads: str
    """`all`, `all, from where it stopped`, `changes` or `days`; `what changed` for the calls of Changes."""
    rows: int
    """The number of rows in the destination; the number of new ones is not known."""
    units: int | None
    """The cost in units without changed objects; None if the number of objects or parents is not known."""


def plan(
    destination: Destination,
    logins: Sequence[str],
    schemas: Sequence[ObjectSchema],
    *,
    answers: tuple[str, ...],
    policy: Policy = DEFAULT_POLICY,
    reports: Sequence[ReportTable] = (),
) -> list[PlannedTable]:
    """Returns the plan of the next run, login by login and table by table.

    Args:
        destination: The destination, which is only read.
        logins: The logins.
        schemas: The tables.
        answers: The settings on which responses depend: see answers_of().
        policy: When tables are read completely, and when deletions are checked.
        reports: The tables of statistics.
    """
    all_schemas = [*schemas, *(table.schema() for table in reports)]
    missing = destination.missing(all_schemas)
    states = {login: SyncState.of(destination.state(login), answers) for login in logins}
    for login, state in states.items():
        forget_missing(state, missing)
        forget_emptied(state, destination, login, all_schemas)
    return [
        planned
        for login, state in states.items()
        for planned in _LoginPlan(destination, login, schemas, state=state, policy=policy).tables(reports)
    ]


class _LoginPlan:
    """The plan for one login."""

    def __init__(
        self, destination: Destination, login: str, schemas: Sequence[ObjectSchema], *, state: SyncState, policy: Policy
    ) -> None:
        self._login, self._schemas = login, schemas
        self._destination = destination
        self._state = state
        limit, now = self._state.daily_limit, moment_text(datetime.now(UTC))
        self._schedule = Schedule(destination, login, self._state, policy, now=now, daily_limit=limit)

    def tables(self, reports: Sequence[ReportTable]) -> list[PlannedTable]:
        """Returns the plan for the calls of Changes, the tables of objects, and those of statistics."""
        due = self._schedule.due(self._schemas)
        cost = _cost("changes.checkCampaigns")
        first = [PlannedTable(self._login, "changes", "what changed", 0, cost)] if self._schemas else []
        return [*first, *(self._objects(schema, due) for schema in self._schemas), *map(self._statistics, reports)]

    def _objects(self, schema: ObjectSchema, due: Sequence[ObjectSchema]) -> PlannedTable:
        state, rows = self._state.of_table(schema), self._schedule.count(schema)
        if state.began or not state.since:
            reads = "all, from where it stopped" if state.after is not None else "all"
            return PlannedTable(self._login, schema.name, reads, rows, None)
        if schema in due:
            return PlannedTable(self._login, schema.name, "all", rows, self._full_read_cost(schema.table, rows))
        # These tables are read by time, which costs a call even if nothing changed.
        units = self._full_read_cost(schema.table, 0) if schema.table.changes in {"since", "window"} else 0
        swept = sweep_cost(schema.table, rows) if self._schedule.is_swept(schema, rows) else 0
        return PlannedTable(self._login, schema.name, "changes", rows, None if units is None else units + swept)

    def _full_read_cost(self, table: Table, rows: int) -> int | None:
        """Returns the cost of reading a table completely; None if the number of its parents is not known."""
        if not table.parent:
            return read_cost(table, rows)
        parent = next((schema for schema in self._schemas if schema.name == table.parent), None)
        if parent is None or parent.name not in self._state.tables:
            return None
        types = [column.name for column in parent.members if column.path == ("Type",)]
        key = [column.name for column in parent.key]
        stored = self._destination.rows(parent, self._login, [*key, *types])
        parents = sum(1 for row in stored if table.can_belong_to(row[-1] if types else None))
        return read_cost(table, rows, calls=math.ceil(parents / table.block))

    def _statistics(self, table: ReportTable) -> PlannedTable:
        """Returns the plan for a table of statistics; reports cost nothing, the calls of Changes before them do."""
        known = self._state.tables.get(table.name)
        calls = ["changes.checkDictionaries", *(["changes.checkCampaigns"] if known and known.since else [])]
        return PlannedTable(self._login, table.name, "days", 0, sum(map(_cost, calls)))


def _cost(operation: str) -> int:
    return facts.bundled().cost(operation).call
