"""Schedule: decides which tables a run of one login reads completely, and where it checks for deletions."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from yadirect_soap.booleans import checked_boolean
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from .destination import Destination
from .references import member_names
from .schema import ObjectSchema
from .sweep import can_be_swept, read_cost, sweep_cost
from .sync_state import SyncState, is_older

CHEAP = 0.05
"""The share of the daily limit up to which a sweep or a complete read is done in every run."""
_LONGEST = 10_000
"""The greatest number of days or hours in a Policy."""


class Policy(NamedTuple):
    """Settings of a run: when tables are read completely, and when deletions are checked.

    Attributes:
        full: whether this run reads every table completely.
        full_after_days: the number of days after which a table is read completely again, in case Changes does not
            report a change; None for never.
        sweep_after_hours: the number of hours after which deletions are checked again.  A check that costs at most 5 %
            of the daily limit is done in every run.
    """

    full: bool = False
    full_after_days: float | None = 7
    sweep_after_hours: float = 24

    def check(self) -> None:
        """Checks the fields; a run does so before anything is sent.

        Raises:
            ConfigurationError: `full` is neither True nor False, or a number is none from 0 to 10,000.
        """
        checked_boolean("full", self.full)
        if self.full_after_days is not None and not _is_duration(self.full_after_days):
            raise ConfigurationError(
                _(
                    "found full_after_days={value!r:.40}, expected a number of days up to 10000, or None",
                    value=self.full_after_days,
                )
            )
        if not _is_duration(self.sweep_after_hours):
            raise ConfigurationError(
                _(
                    "found sweep_after_hours={value!r:.40}, expected a number of hours up to 10000",
                    value=self.sweep_after_hours,
                )
            )


DEFAULT_POLICY = Policy()


class Schedule:
    """The decisions for one login at a time.

    Args:
        destination: The destination with the rows of the last run.
        login: The login whose rows they are.
        state: The state of the tables.
        policy: The settings of the run.
        now: The current time, in the format of the API.
        daily_limit: The daily limit of units; None if it is not known.
    """

    def __init__(
        self,
        destination: Destination,
        login: str,
        state: SyncState,
        policy: Policy,
        *,
        now: str,
        daily_limit: int | None,
    ) -> None:
        self._destination, self._login = destination, login
        self._state, self._policy, self._now = state, policy, now
        self._daily_limit = daily_limit

    def due(self, schemas: Sequence[ObjectSchema]) -> list[ObjectSchema]:
        """Returns the tables to read completely, and with each of them the tables of the objects that it names."""
        due = {schema.name for schema in schemas if self._is_due(schema)}
        names = frozenset().union(*(member_names(schema.table.shape) for schema in schemas if schema.name in due))
        return [schema for schema in schemas if schema.name in due or not names.isdisjoint(schema.table.named_by)]

    def is_swept(self, schema: ObjectSchema, rows: int) -> bool:
        """Whether deletions of a table with a number of rows are checked now."""
        if not can_be_swept(schema.table):
            return False
        swept = self._state.of_table(schema).swept
        is_due = is_older(swept, self._now, hours=self._policy.sweep_after_hours)
        return is_due or self.is_cheap(lambda: sweep_cost(schema.table, rows))

    def is_cheap(self, units: Callable[[], int]) -> bool:
        """Whether a cost is so small a share of the daily limit that every run may have it."""
        return self._daily_limit is None or units() <= CHEAP * self._daily_limit

    def count(self, schema: ObjectSchema) -> int:
        """Returns the number of stored rows; 0 for a table that no run has begun, which may not exist."""
        if schema.name not in self._state.tables:
            return 0
        key = [column.name for column in schema.key]
        return sum(1 for _row in self._destination.rows(schema, self._login, key))

    def _is_due(self, schema: ObjectSchema) -> bool:
        state = self._state.of_table(schema)
        if not state.since or state.began or self._policy.full or schema.has_figures:
            return True
        days = self._policy.full_after_days
        if days is not None and is_older(state.read, self._now, days=days):
            return True
        return schema.is_whole and self.is_cheap(lambda: read_cost(schema.table, self.count(schema)))


def _is_duration(value: object) -> bool:
    """Whether a value is a number of days or hours that a date can be moved by."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LONGEST
