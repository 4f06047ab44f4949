"""Destination: the interface of a database or a folder of files into which a sync writes.

The state of a login is stored in the destination and committed with the rows, so that it is never ahead of them, and
the loss of a machine loses nothing.  How a sync uses a destination:

    missing = destination.missing(schemas)            # tables and columns that are not there
    destination.prepare(schemas)                      # creates them
    state = destination.state(login)                  # {} before the first run
    known = destination.rows(ads, login, ["id"])      # the stored rows
    destination.apply(Package(login, [Batch(ads, rows), Batch(ads, keys, deleted=True)], {"since": "..."}, synced_at))
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, runtime_checkable

from .batches import Batch
from .schema import TableSchema

State = Mapping[str, Any]
"""The state from which the next run of a login continues, as JSON values."""


class Scope(NamedTuple):
    """The rows of a login in a table whose columns have one of these values each; all rows if `where` is empty.

    `Scope(keywords, {"ad_group_id": frozenset({7, 8})})`; days are texts such as 2026-05-31.
    """

    table: TableSchema
    where: Mapping[str, frozenset[Any]]


def scope_parts(where: Mapping[str, frozenset[Any]], max_values: int) -> Iterator[Mapping[str, Sequence[Any]]]:
    """Divides the longest list of a scope, so that no statement has too many values; the values are sorted.

    Args:
        where: The values of a scope, by column.
        max_values: The maximum number of values of that list in a part.

    Yields:
        The values of a part, by column; {} for a scope of all rows.
    """
    if not where:
        yield {}
        return
    lists = {name: sorted(values) for name, values in where.items()}
    longest = max(lists, key=lambda name: len(lists[name]))
    for start in range(0, len(lists[longest]), max_values):
        yield {**lists, longest: lists[longest][start : start + max_values]}


class Package(NamedTuple):
    """Rows of one login and its new state, which are committed together."""

    login: str
    batches: Sequence[Batch]
    """Rows that replace those with the same keys, each key once; and the keys of `deleted` rows."""
    state: State
    synced_at: str
    """When the run began, in the API's format: 2026-05-31T10:00:00Z."""
    replaced: Sequence[Scope] = ()
    """Scopes whose stored rows are deleted before the batches are written: days of statistics."""
    new_tables: frozenset[str] = frozenset()
    """The names of tables in which no stored row has a key of this package, so that rows need not be merged."""


@runtime_checkable
class Destination(Protocol):
    """A database or a folder into which a sync writes.

    For one login it is used by one thread at a time; different logins may be in different threads.
    """

    def missing(self, schemas: Sequence[TableSchema]) -> Mapping[str, frozenset[str]]:
        """Returns the missing columns by table, all columns of a missing table; complete tables are left out."""

    def prepare(self, schemas: Sequence[TableSchema]) -> None:
        """Creates missing tables and columns; columns that are no longer named stay.

        Raises:
            ConfigurationError: A stored column has another type, a table was not created by a sync, or the
                destination cannot be reached.
        """

    def states(self) -> Mapping[str, State]:
        """Returns the states of all logins that have one."""

    def put_states(self, states: Mapping[str, State]) -> None:
        """Replaces the states of some logins."""

    def state(self, login: str) -> State:
        """Returns the state of the last package of a login that was applied completely; {} if there was none."""

    def rows(
        self,
        table: TableSchema,
        login: str,
        columns: Sequence[str],
        where: Mapping[str, frozenset[Any]] | None = None,
    ) -> Iterator[tuple[Any, ...]]:
        """Yields the values of some columns in a login's rows, or in a scope; without rows marked as deleted."""

    def has_rows(self, table: TableSchema, login: str) -> bool:
        """Whether rows() would give one; the table is there."""

    def apply(self, package: Package) -> None:
        """Commits a package: all of it, or at least not its state.

        Rows replace those with the same keys.  The rows of `deleted` batches are deleted; if the table `marks`, they
        stay, with `synced_at` in `_deleted_at`.  A package that is applied twice has the effect of one, unless it has
        `new_tables`.
        """

    def close(self) -> None:
        """Finishes the writes of a run, and closes connections and releases locks."""
