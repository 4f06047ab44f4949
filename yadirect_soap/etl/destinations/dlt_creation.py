"""Checks the tables of a sync in a database of dlt, and gives dlt the tables and columns to create."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..batches import Batch
from ..columns import Kind
from ..schema import ObjectSchema, TableSchema
from .dlt_arrow import TOMBSTONE, arrow_table, table_hints
from .dlt_setup import can_merge, imported_dlt
from .dlt_storage import is_empty, stored_columns
from .dlt_tables import DltTables

_CREATION = "x-yadirect-creation"
"""A hint with another value each time that a table is created; so dlt compares the table with that of the database."""


class TableCreation:
    """The creation of tables in a database.

    Args:
        tables: The tables that dlt knows there.
        types: Types of dlt for the kinds of columns.
    """

    def __init__(self, tables: DltTables, types: Mapping[Kind, str]) -> None:
        self._tables = tables
        self._types = types

    def check(self, schemas: Sequence[TableSchema]) -> Sequence[TableSchema]:
        """Checks the existing tables, and returns those that are missing or lack columns.

        Raises:
            ConfigurationError: A column has another type, a column of a key was dropped, a table was not created by a
                sync, or dlt cannot merge rows there.
        """
        if not can_merge(self._tables.pipeline.destination, {"name": ""}):
            raise ConfigurationError(
                _(
                    "{shown}: dlt cannot merge rows there, expected a database; for files there is files:FOLDER",
                    shown=self._tables.display_name,
                )
            )
        for schema in schemas:
            self._check_types(schema)
        missing = self._tables.missing(schemas)
        lacking = [schema for schema in schemas if schema.name in missing]
        self._check_no_foreign_tables(lacking)
        for schema in lacking:
            self._check_key_columns(schema, missing[schema.name])
        return lacking

    def resources(self, schemas: Sequence[TableSchema]) -> Iterator[Any]:
        """Yields resources without rows, for which dlt creates tables and columns, since its schema is new."""
        for schema in schemas:
            # Tables of reports, whose days are replaced, have no key for dlt to merge by.
            is_merged = isinstance(schema, ObjectSchema)
            hints = table_hints(schema, "merge" if is_merged else "append", self._types)
            # As Arrow, like all rows: dlt would add its own columns to other data.
            rows = arrow_table(Batch(schema, []), self._types, nullable=not is_merged)
            resource = imported_dlt().resource([rows], name=schema.name, **hints)
            yield resource.apply_hints(additional_table_hints={_CREATION: uuid.uuid4().hex})

    def _check_types(self, schema: TableSchema) -> None:
        stored = self._tables.columns(schema.name)
        for column in schema.columns:
            known = stored.get(self._tables.name(column.name), {}).get("data_type")
            if known not in (None, self._types[column.kind]):
                raise ConfigurationError(
                    _(
                        "{shown}: {table}.{column} is {known} and would be {types}; sync into another dataset",
                        shown=self._tables.display_name,
                        table=schema.name,
                        column=column.name,
                        known=known,
                        types=self._types[column.kind],
                    )
                )

    def _check_no_foreign_tables(self, schemas: Sequence[TableSchema]) -> None:
        """Refuses tables that dlt does not know: of another program, or ours after dlt's own tables were lost."""
        found = [
            schema.name for schema in schemas if not self._tables.columns(schema.name) and self._is_foreign(schema)
        ]
        if found:
            raise ConfigurationError(
                _(
                    "{shown}: found {tables}, which no sync has made that dlt's tables there (_dlt_version, "
                    "_dlt_loads) know; rename or drop what was found, or sync into another dataset",
                    shown=self._tables.display_name,
                    tables=", ".join(found),
                )
            )

    def _is_foreign(self, schema: TableSchema) -> bool:
        """Whether an existing table that dlt does not know has other columns, or rows.

        An empty one may come from a run that ended before dlt could store its schema.
        """
        table = self._tables.table_name(schema.name)
        stored = stored_columns(self._tables.pipeline, self._tables.source, [table])
        ours = {self._tables.name(name).casefold() for name in [*schema.names, TOMBSTONE]}
        if not stored.get(table):
            return False
        return not stored[table] <= ours or not is_empty(self._tables.pipeline, table)

    def _check_key_columns(self, schema: TableSchema, missing: frozenset[str]) -> None:
        """Refuses to add a column of the key to an existing table, whose rows have no value for it."""
        if not self._tables.columns(schema.name):
            return
        lost = [column.name for column in schema.key if column.name in missing]
        if lost and not missing.issuperset(schema.names):
            with self._tables.client() as client:
                table = client.make_qualified_table_name(self._tables.table_name(schema.name))
            raise ConfigurationError(
                _(
                    "{shown}: {table}.{column}, a column of the key, was dropped; after {statement} the next sync "
                    "makes the table again and reads it completely",
                    shown=self._tables.display_name,
                    table=schema.name,
                    column=lost[0],
                    statement=f"DROP TABLE {table}",
                )
            )
