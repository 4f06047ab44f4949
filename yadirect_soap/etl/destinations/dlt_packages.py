"""The resources of dlt that load a package: its rows, and those that they replace or delete."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..batches import Batch
from ..columns import DELETED_AT, LOGIN, Kind
from ..destination import Package, Scope
from ..report_rows import ReportRows
from ..schema import TableSchema
from .dlt_arrow import arrow_table, joined_tables, kept_rows, table_hints, tombstones
from .dlt_setup import imported_dlt
from .dlt_tables import DltTables

RowCheck = Callable[[TableSchema, Any], None]
"""Is called with a table and an Arrow table of its rows; raises DecodeError for a value that cannot be stored."""


class PackageLoading(NamedTuple):
    """How packages are loaded into a database.

    Attributes:
        types: Types of dlt for the kinds of columns.
        loads_once: Whether a file of rows is never loaded twice; see DltDestination.
        check_rows: Checks the rows of a table.
    """

    types: Mapping[Kind, str]
    loads_once: bool
    check_rows: RowCheck

    def resources(self, package: Package) -> Iterator[Any]:
        """Yields a resource for each table of a package."""
        scopes = {scope.table.name: scope for scope in package.replaced}
        for schema in _schemas_of(package):
            yield self._resource(schema, package, scopes.get(schema.name))

    def _resource(self, schema: TableSchema, package: Package, scope: Scope | None) -> Any:
        """Returns a resource whose rows replace those with the same key, or all rows of a scope."""
        hints = table_hints(schema, "merge", self.types, has_unique_keys=self.loads_once)
        if self.loads_once and schema.name in package.new_tables:
            hints["write_disposition"] = "append"
        if scope is not None:
            hints |= {"primary_key": None, "merge_key": [LOGIN.name, *scope.where]}

        def checked() -> Iterator[Any]:
            for rows in self._tables(schema, package, scope):
                self.check_rows(schema, rows)
                yield rows

        return imported_dlt().resource(checked, name=schema.name, **hints)

    def _tables(self, schema: TableSchema, package: Package, scope: Scope | None) -> Iterator[Any]:
        """Yields the rows of a table as tables of Arrow, first those that delete the rows of a scope."""
        if scope is not None:
            yield tombstones(schema, _keys_of(scope, package.login))
        if isinstance(package.batches, ReportRows):
            # pyarrow reads the report itself, in a fifth of the time that tuples would take.
            for rows in package.batches.record_batches():
                yield kept_rows(rows, schema, self.types, nullable=True)
            return
        own = (batch for batch in package.batches if batch.table.name == schema.name)
        yield from joined_tables(arrow_table(batch, self.types, nullable=scope is not None) for batch in own)


def with_marks(package: Package, stored: DltTables) -> Package:
    """Returns a package in which rows with a mark replace the deleted keys of a table that marks them.

    Args:
        package: The package.
        stored: The tables in the database, which have the rows to be marked.
    """
    if isinstance(package.batches, ReportRows):
        return package
    batches = [
        _marked(batch, package, stored) if batch.deleted and batch.table.marks else batch for batch in package.batches
    ]
    return package._replace(batches=batches)


def _marked(batch: Batch, package: Package, stored: DltTables) -> Batch:
    schema = batch.table
    member = schema.key[-1].name
    keys = frozenset(batch.rows)
    rows = stored.rows(schema, package.login, schema.names, {member: frozenset(key[-1] for key in keys)})
    index = schema.index(DELETED_AT.name)
    deleted = (row for row in rows if schema.key_of(row) in keys)
    return Batch(schema, [(*row[:index], package.synced_at, *row[index + 1 :]) for row in deleted])


def _schemas_of(package: Package) -> Iterable[TableSchema]:
    batches = [Batch(package.batches.schema, [])] if isinstance(package.batches, ReportRows) else package.batches
    named = {batch.table.name: batch.table for batch in batches}
    return {**named, **{scope.table.name: scope.table for scope in package.replaced}}.values()


def _keys_of(scope: Scope, login: str) -> Sequence[Mapping[str, Any]]:
    names = [LOGIN.name, *scope.where]
    return [
        dict(zip(names, values, strict=True))
        for values in itertools.product([login], *map(sorted, scope.where.values()))
    ]
