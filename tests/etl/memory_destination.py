"""A destination in memory, which does what the protocol asks and no more: for tests of what is put into one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yadirect_soap.etl.destination import Package, State
from yadirect_soap.etl.schema import Key, Row, TableSchema


class MemoryDestination:
    """Rows by table and key, and a state for each login."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[Key, Row]] = {}
        self.stored_states: dict[str, dict[str, Any]] = {}
        self.packages: list[Package] = []
        self.fail_after: int | None = None
        """So many packages are taken, and the next one is refused."""

    def missing(self, schemas: Sequence[TableSchema]) -> Mapping[str, frozenset[str]]:
        return {schema.name: frozenset(schema.names) for schema in schemas if schema.name not in self.tables}

    def prepare(self, schemas: Sequence[TableSchema]) -> None:
        for schema in schemas:
            self.tables.setdefault(schema.name, {})

    def state(self, login: str) -> State:
        return self.stored_states.get(login, {})

    def states(self) -> Mapping[str, State]:
        return self.stored_states

    def put_states(self, states: Mapping[str, State]) -> None:
        self.stored_states.update({login: dict(state) for login, state in states.items()})

    def has_rows(self, table: TableSchema, login: str) -> bool:
        return any(row[0] == login for row in self.tables.get(table.name, {}).values())

    def rows(
        self,
        table: TableSchema,
        login: str,
        columns: Sequence[str],
        where: Mapping[str, frozenset[Any]] | None = None,
    ) -> Iterator[tuple[Any, ...]]:
        for row in self.tables.get(table.name, {}).values():
            if row[0] == login and _within(table, row, where or {}):
                yield tuple(row[table.index(name)] for name in columns)

    def apply(self, package: Package) -> None:
        if self.fail_after is not None and len(self.packages) >= self.fail_after:
            raise InterruptedError("the destination is gone")
        self.packages.append(package)
        for scope in package.replaced:
            rows = self.tables.setdefault(scope.table.name, {})
            for key, row in list(rows.items()):
                if row[0] == package.login and _within(scope.table, row, scope.where):
                    del rows[key]
        for batch in package.batches:
            rows = self.tables.setdefault(batch.table.name, {})
            for row in batch.rows:
                if batch.deleted:
                    rows.pop(row, None)
                else:
                    rows[batch.table.key_of(row)] = row
        self.stored_states[package.login] = dict(package.state)

    def close(self) -> None:
        pass


def _within(table: TableSchema, row: Row, where: Mapping[str, frozenset[Any]]) -> bool:
    return all(row[table.index(name)] in values for name, values in where.items())
