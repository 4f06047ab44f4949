"""Loader: collects the rows of a login, finds deleted ones, and commits packages of limited size to a destination."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .batches import ROWS, Batch
from .destination import Destination, Package, Scope, State
from .gathered_rows import GatheredRows
from .schema import Key, ObjectSchema, Row, TableSchema

PACKAGE_ROWS = 50_000
"""The approximate number of rows in a package; a killed run loses at most the package that is not committed."""


class Loader:
    """Collects the rows of one login into packages.

    Args:
        destination: The destination.
        login: The login whose rows they are.
        package_rows: The number of rows with which a package is full.
    """

    def __init__(self, destination: Destination, login: str, *, package_rows: int = PACKAGE_ROWS) -> None:
        self._destination = destination
        self._login = login
        self.synced_at = ""
        """When the run began, in the API's format."""
        self._package_rows = package_rows
        self._tables: dict[str, _TablePackage] = {}
        self.written: dict[str, int] = {}
        """The number of committed rows, by table."""
        self.deleted: dict[str, int] = {}
        """The number of deleted rows, by table."""

    @property
    def is_full(self) -> bool:
        """Whether the package should be committed."""
        return sum(len(table.rows) + len(table.deleted) for table in self._tables.values()) >= self._package_rows

    @property
    def tables_with_rows(self) -> set[str]:
        """Names of the tables of which rows are gathered."""
        return {name for name, table in self._tables.items() if table.rows}

    def write_items(self, schema: ObjectSchema, items: Iterable[Mapping[str, Any]]) -> None:
        """Adds objects as rows."""
        self.write(schema, schema.rows(items, self._login, self.synced_at))

    def write(self, schema: TableSchema, rows: Sequence[Row], *, are_new: bool = False) -> None:
        """Adds rows; of rows with the same key, the last one counts.

        Args:
            schema: Their table.
            rows: The rows.
            are_new: Whether the destination has no rows with these keys.
        """
        table = self._of(schema)
        table.rows.add(rows)
        table.has_only_new &= are_new

    def replace(self, scope: Scope) -> None:
        """Declares that the package has all rows of a scope, so that other stored rows of it are deleted."""
        self._of(scope.table).add_scope(scope.where)

    def remove(self, schema: TableSchema, keys: Iterable[Key]) -> None:
        """Adds deleted rows by their keys, which are without the login."""
        self._of(schema).deleted.update((self._login, *key) for key in keys)

    def commit(self, state: State) -> None:
        """Commits the package, with the new state of the login."""
        batches: list[Batch] = []
        for table in self._tables.values():
            table.find_deleted(self._destination, self._login)
            batches += table.batches()
        new = frozenset(table.schema.name for table in self._tables.values() if table.is_new)
        self._destination.apply(Package(self._login, batches, state, self.synced_at, new_tables=new))
        for table in self._tables.values():
            _count(self.written, table.schema.name, len(table.rows))
            _count(self.deleted, table.schema.name, len(table.deleted))
        self._tables = {}

    def _of(self, schema: TableSchema) -> "_TablePackage":
        if schema.name not in self._tables:
            self._tables[schema.name] = _TablePackage(schema)
        return self._tables[schema.name]


class _TablePackage:
    """The rows and deleted keys of one table in a package."""

    def __init__(self, schema: TableSchema) -> None:
        self.schema = schema
        self.rows = GatheredRows(schema)
        self.deleted: set[Key] = set()
        self.has_only_new = True
        """Whether the destination has no row with the keys of these rows."""
        self._scopes: list[dict[str, frozenset[Any]]] = []

    @property
    def is_new(self) -> bool:
        """Whether the rows replace and delete nothing in the destination."""
        return self.has_only_new and bool(self.rows) and not self.deleted

    def add_scope(self, where: Mapping[str, frozenset[Any]]) -> None:
        """Adds a scope; scopes of the same single column are merged."""
        if len(where) == 1:
            ((column, values),) = where.items()
            for scope in self._scopes:
                if scope.keys() == where.keys():
                    scope[column] |= values
                    return
        self._scopes.append(dict(where))

    def find_deleted(self, destination: Destination, login: str) -> None:
        """Adds the keys that the destination has in the scopes and the package has not."""
        names = [column.name for column in self.schema.key]
        for where in self._scopes:
            keys = destination.rows(self.schema, login, names, where)
            self.deleted.update(key for key in keys if key not in self.rows.keys)
        self.deleted.difference_update(self.rows.keys)

    def batches(self) -> Iterator[Batch]:
        """Yields batches of rows, then batches of deleted keys."""
        for rows in self.rows.batches():
            yield Batch(self.schema, rows)
        deleted = sorted(self.deleted)
        for start in range(0, len(deleted), ROWS):
            yield Batch(self.schema, deleted[start : start + ROWS], deleted=True)


def _count(counts: dict[str, int], name: str, number: int) -> None:
    counts[name] = counts.get(name, 0) + number
