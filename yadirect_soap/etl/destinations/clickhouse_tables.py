"""The tables of a sync in ClickHouse: their columns and types, and how missing ones are created."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..columns import Column, Kind
from ..schema import TableSchema, check_key
from .clickhouse_http import ClickHouseHttp, identifier, literal

VERSION, DELETED = "_version", "_deleted"
"""The columns of each table besides those of its schema; clickhouse.py tells what they are for."""
_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.INT: "Int64",
        Kind.DECIMAL: "Decimal(38, 6)",
        Kind.DATE: "Date32",
        Kind.MOMENT: "DateTime('UTC')",
    }
)


def missing_columns(http: ClickHouseHttp, schemas: Sequence[TableSchema]) -> Mapping[str, frozenset[str]]:
    """Returns the columns that the database lacks, by table; complete tables are left out."""
    stored: dict[str, set[str]] = {}
    statement = "SELECT table, name FROM system.columns WHERE database = currentDatabase()"
    for table, name in http.select(statement):
        stored.setdefault(table, set()).add(name)
    missing = {schema.name: frozenset(schema.names) - stored.get(schema.name, set()) for schema in schemas}
    return {table: columns for table, columns in missing.items() if columns}


def create_table(http: ClickHouseHttp, schema: TableSchema) -> None:
    """Creates a table, or its missing columns.

    Raises:
        ConfigurationError: No sync has made the table, or a stored column has another type.
    """
    columns = ", ".join(f"{identifier(column.name)} {column_type(column)}" for column in schema.columns)
    key = ", ".join(identifier(column.name) for column in schema.key)
    http.run(
        f"CREATE TABLE IF NOT EXISTS {identifier(schema.name)} ({columns}, {VERSION} UInt64, {DELETED} UInt8) "
        f"ENGINE = ReplacingMergeTree({VERSION}, {DELETED}) ORDER BY ({key})"
    )
    _add_columns(http, schema)


def column_type(column: Column) -> str:
    """Returns the type of a column; all but key columns are nullable."""
    kind = _TYPES.get(column.kind, "String")
    return kind if column.key else f"Nullable({kind})"


def _add_columns(http: ClickHouseHttp, schema: TableSchema) -> None:
    where = f"database = currentDatabase() AND table = {literal(schema.name)}"
    rows = list(http.select(f"SELECT name, type, is_in_sorting_key FROM system.columns WHERE {where}"))
    if not {VERSION, DELETED} <= {name for name, *_rest in rows}:
        raise ConfigurationError(
            _(
                "clickhouse: found {table}, which no sync has made; rename or drop it, or sync into another database",
                table=schema.name,
            )
        )
    check_key(schema, [name for name, _, in_key in rows if in_key], where="clickhouse", instead=_("database"))
    stored = {name: type_ for name, type_, _ in rows}
    for column in schema.columns:
        if column.name not in stored:
            http.run(
                f"ALTER TABLE {identifier(schema.name)} ADD COLUMN {identifier(column.name)} {column_type(column)}"
            )
        elif stored[column.name].replace(" ", "") != column_type(column).replace(" ", ""):
            raise ConfigurationError(
                _(
                    "clickhouse: {table}.{column} is {stored} and would be {type}; sync into another database",
                    table=schema.name,
                    column=column.name,
                    stored=stored[column.name],
                    type=column_type(column),
                )
            )
