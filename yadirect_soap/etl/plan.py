"""plan(): what the next run of a sync would read and cost, computed from the destination without a call."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from yadirect_soap.protocol import facts
from yadirect_soap.protocol.dates import moment_text

from .destination import Destination
from .report_tables import ReportTable
from .schedule import DEFAULT_POLICY, Policy, Schedule
from .schema import ObjectSchema
from .sweep import read_cost, sweep_cost
from .sync_state import SyncState
from .tables import Table


class PlannedTable(NamedTuple):
    """What a run does with one table of a login."""

    login: str
    table: str
    """Its name; `changes` for the question what changed."""
    reads: str
    """`all`, `all, from where it stopped`, `changes`, `days`, or what the next run asks for first."""
    rows: int
    """Rows that the destination has; those that come now are not known."""
    units: int | None
    """Units, without those for objects that changed; None where nobody knows how many objects or parents there are."""


def plan(
    destination: Destination,
    logins: Sequence[str],
    schemas: Sequence[ObjectSchema],
    *,
    answers: tuple[str, ...],
    policy: Policy = DEFAULT_POLICY,
    reports: Sequence[ReportTable] = (),
) -> list[PlannedTable]:
    """What the next run would do, login by login and table by table.

    Args:
        destination: Where the rows are; nothing is written there.
        logins: The logins.
        schemas: The tables.
        answers: How the API is asked, as answers_of() tells.
        policy: What is read besides changes.
        reports: The tables of statistics.
    """
    states = {login: SyncState.of(destination.state(login), answers) for login in logins}
    return [
        planned
        for login, state in states.items()
        for planned in _LoginPlan(destination, login, schemas, state=state, policy=policy).tables(reports)
    ]


class _LoginPlan:
    """What the next run of one login does."""

    def __init__(
        self, destination: Destination, login: str, schemas: Sequence[ObjectSchema], *, state: SyncState, policy: Policy
    ) -> None:
        self._login, self._schemas = login, schemas
        self._destination = destination
        self._state = state
        limit, now = self._state.daily_limit, moment_text(datetime.now(UTC))
        self._schedule = Schedule(destination, login, self._state, policy, now=now, daily_limit=limit)

    def tables(self, reports: Sequence[ReportTable]) -> list[PlannedTable]:
        """The question what changed, the tables of objects, those of statistics."""
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
            return PlannedTable(self._login, schema.name, "all", rows, self._cost_of_all(schema.table, rows))
        # What came since is asked for although nothing may have come.
        units = self._cost_of_all(schema.table, 0) if schema.table.changes in {"since", "window"} else 0
        swept = sweep_cost(schema.table, rows) if self._schedule.is_swept(schema, rows) else 0
        return PlannedTable(self._login, schema.name, "changes", rows, None if units is None else units + swept)

    def _cost_of_all(self, table: Table, rows: int) -> int | None:
        """The units for all of a table; None where it is not known how many parents it is listed by."""
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
        """Reports cost nothing; what is asked for before them does."""
        known = self._state.tables.get(table.name)
        calls = ["changes.checkDictionaries", *(["changes.checkCampaigns"] if known and known.since else [])]
        return PlannedTable(self._login, table.name, "days", 0, sum(map(_cost, calls)))


def _cost(operation: str) -> int:
    return facts.bundled().cost(operation).call
