"""Queries for the actual tables of a database; the schema of dlt only knows what dlt created there."""

from collections.abc import Mapping, Sequence
from typing import Any


def stored_columns(pipeline: Any, source: str, tables: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """Returns the columns of tables and views, in lower case, by table; missing tables are left out.

    dlt's own query also reads types, and fails if a user has added a column of a type that dlt does not know.

    Args:
        pipeline: The pipeline, whose schema and state are those of the destination.
        source: The name of the source, and so of its schema.
        tables: The tables, as dlt names them.
    """
    from dlt.destinations.exceptions import DatabaseUndefinedRelation

    found = {}
    with pipeline.sql_client(source if source in pipeline.schemas else None) as client:
        for table in tables:
            statement = f"SELECT * FROM {client.make_qualified_table_name(table)} WHERE 1 = 0"  # noqa: S608  the name is escaped
            try:
                with client.execute_query(statement) as cursor:
                    found[table] = frozenset(name.casefold() for name in _names(cursor.native_cursor))
            except DatabaseUndefinedRelation:
                continue
    return found


def _names(cursor: Any) -> list[str]:
    """Returns the names of the columns in a result of a driver or of SQLAlchemy."""
    return list(cursor.keys()) if hasattr(cursor, "keys") else [column[0] for column in cursor.description]


def is_empty(pipeline: Any, table: str) -> bool:
    """Whether a table or a view has no rows, even if dlt does not know it."""
    with pipeline.sql_client() as client:
        name = client.make_qualified_table_name(table)
        statement = f"SELECT CASE WHEN EXISTS (SELECT 1 FROM {name}) THEN 0 ELSE 1 END"  # noqa: S608  the name is escaped
        ((empty,),) = client.execute_sql(statement)
    return bool(empty)
