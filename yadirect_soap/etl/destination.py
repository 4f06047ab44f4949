"""Destination: the interface of a database or a folder of files into which a sync writes.

The cursor of a login lives in the destination and is committed with the rows, so that it can never be ahead of them,
and a lost machine loses nothing.  How a sync uses a destination:

    destination.prepare(schemas)                      # tables and columns that are not there yet
    state = destination.state(login)                  # {} before the first run
    known = destination.rows(ads, login, ["id"])      # what is there
    destination.apply(Package(login, [Batch(ads, rows), Batch(ads, keys, deleted=True)], {"since": "..."}, synced_at))
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from .batches import Batch
from .schema import TableSchema

State = Mapping[str, Any]
"""What a login's next run continues from: plain values that JSON can hold."""


class Scope(NamedTuple):
    """The rows of a login in a table whose columns have one of these values each; all of them where `where` is empty.

    `Scope(keywords, {"ad_group_id": frozenset({7, 8})})`; days are texts such as 2026-05-31.
    """

    table: TableSchema
    where: Mapping[str, frozenset[Any]]


class Package(NamedTuple):
    """What is committed at once: rows of one login, and the state that they bring it to."""

    login: str
    batches: Sequence[Batch]
    """Rows to be put in place of those with the same key, no key twice; and keys of `deleted` rows."""
    state: State
    synced_at: str
    """When the run began, as the API writes moments: 2026-05-31T10:00:00Z."""
    replaced: Sequence[Scope] = ()
    """Scopes whose rows all go before the batches come: days of statistics."""
    new_tables: frozenset[str] = frozenset()
    """Names of tables of which the destination has no row with a key of this package, so that it need not look."""


class Destination(Protocol):
    """A place that rows are synced to.  Used by one thread at a time for one login; logins may come from several."""

    def prepare(self, schemas: Sequence[TableSchema]) -> None:
        """Makes the tables that are missing and adds columns that are new; columns that are no longer named stay.

        Raises:
            ConfigurationError: a column is there with another type, or the destination cannot be reached.
        """

    def state(self, login: str) -> State:
        """The state of the last package of a login that was applied whole; {} if there was none."""

    def rows(
        self,
        table: TableSchema,
        login: str,
        columns: Sequence[str],
        where: Mapping[str, frozenset[Any]] | None = None,
    ) -> Iterator[tuple[Any, ...]]:
        """Values of a login's rows in some columns, of those in a scope; never of rows that are marked as deleted."""

    def apply(self, package: Package) -> None:
        """Commits a package: all of it, or at least nothing of the state.

        Rows come in place of those with the same key.  Those of `deleted` batches are deleted; where the table `marks`,
        they stay, with `synced_at` in `_deleted_at`.  A package that is applied twice has the effect of one,
        unless it has `new_tables`.
        """

    def close(self) -> None:
        """Finishes what is written at the end of a run, and lets go of connections and locks."""
