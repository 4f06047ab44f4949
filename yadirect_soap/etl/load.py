"""Loader: collects the rows of a login, finds deleted ones, and gives a destination packages of limited size."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .batches import ROWS, Batch
from .destination import Destination, Package, Scope, State
from .gathered_rows import GatheredRows
from .schema import Key, ObjectSchema, Row, TableSchema

PACKAGE_ROWS = 50_000
"""Rows of a package, about: what is read again where a run is killed before it is committed."""


class Loader:
    """Packages of one login's rows.

    Args:
        destination: Where they go.
        login: Whose rows they are.
        package_rows: Rows from which on a package is full.
    """

    def __init__(self, destination: Destination, login: str, *, package_rows: int = PACKAGE_ROWS) -> None:
        self._destination = destination
        self._login = login
        self.synced_at = ""
        """When the run began, as the API writes moments."""
        self._package_rows = package_rows
        self._tables: dict[str, _TablePackage] = {}
        self.written: dict[str, int] = {}
        """Rows handed over, by table."""
        self.deleted: dict[str, int] = {}
        """Rows that were there and are gone, by table."""

    @property
    def is_full(self) -> bool:
        """Whether what is gathered should be committed."""
        return sum(len(table.rows) + len(table.deleted) for table in self._tables.values()) >= self._package_rows

    def write_items(self, schema: ObjectSchema, items: Iterable[Mapping[str, Any]]) -> None:
        """Gathers objects as rows."""
        self.write(schema, schema.rows(items, self._login, self.synced_at))

    def write(self, schema: TableSchema, rows: Sequence[Row], *, are_new: bool = False) -> None:
        """Gathers rows; the last one of a key counts.

        Args:
            schema: Their table.
            rows: The rows.
            are_new: Whether the destination has no rows with these keys.
        """
        table = self._of(schema)
        table.rows.add(rows)
        table.has_new_alone &= are_new

    def replace(self, scope: Scope) -> None:
        """Says that all rows of a scope are among those that are gathered, so that others in it are gone."""
        self._of(scope.table).add_scope(scope.where)

    def remove(self, schema: TableSchema, keys: Iterable[Key]) -> None:
        """Says that rows are gone, by their keys without the login."""
        self._of(schema).deleted.update((self._login, *key) for key in keys)

    def commit(self, state: State) -> None:
        """Hands over what is gathered, with the state that it brings the login to."""
        batches: list[Batch] = []
        for table in self._tables.values():
            table.find_deleted(self._destination, self._login)
            batches += table.batches()
            _count(self.written, table.schema.name, len(table.rows))
            _count(self.deleted, table.schema.name, len(table.deleted))
        new = frozenset(table.schema.name for table in self._tables.values() if table.is_new)
        self._destination.apply(Package(self._login, batches, state, self.synced_at, new_tables=new))
        self._tables = {}

    def _of(self, schema: TableSchema) -> "_TablePackage":
        if schema.name not in self._tables:
            self._tables[schema.name] = _TablePackage(schema)
        return self._tables[schema.name]


class _TablePackage:
    """What a package has of one table."""

    def __init__(self, schema: TableSchema) -> None:
        self.schema = schema
        self.rows = GatheredRows(schema)
        self.deleted: set[Key] = set()
        self.has_new_alone = True
        """Whether all rows that came are new in the destination."""
        self._scopes: list[dict[str, frozenset[Any]]] = []

    @property
    def is_new(self) -> bool:
        """Whether the destination has nothing that these rows take the place of."""
        return self.has_new_alone and bool(self.rows) and not self.deleted

    def add_scope(self, where: Mapping[str, frozenset[Any]]) -> None:
        """Takes a scope; several of one column are one."""
        if len(where) == 1:
            ((column, values),) = where.items()
            for scope in self._scopes:
                if scope.keys() == where.keys():
                    scope[column] |= values
                    return
        self._scopes.append(dict(where))

    def find_deleted(self, destination: Destination, login: str) -> None:
        """Adds what the destination has in the scopes and this package has not."""
        names = [column.name for column in self.schema.key]
        for where in self._scopes:
            keys = destination.rows(self.schema, login, names, where)
            self.deleted.update(key for key in keys if key not in self.rows.keys)
        self.deleted.difference_update(self.rows.keys)

    def batches(self) -> Iterator[Batch]:
        """Rows, then keys of deleted ones, in batches."""
        for rows in self.rows.batches():
            yield Batch(self.schema, rows)
        deleted = sorted(self.deleted)
        for start in range(0, len(deleted), ROWS):
            yield Batch(self.schema, deleted[start : start + ROWS], deleted=True)


def _count(counts: dict[str, int], name: str, number: int) -> None:
    counts[name] = counts.get(name, 0) + number
