"""What a database has, where dlt only knows what it has made there: the columns that are really there."""

from collections.abc import Mapping, Sequence
from typing import Any


def stored_columns(pipeline: Any, source: str, tables: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """The columns that tables and views have, in lower case, by table; without those that are not there.

    dlt's own way is to ask for types too, and fails where a user has added a column of a type that it does not know.

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
    """The columns of a result, of a driver or of SQLAlchemy."""
    return list(cursor.keys()) if hasattr(cursor, "keys") else [column[0] for column in cursor.description]


def is_empty(pipeline: Any, table: str) -> bool:
    """Whether a table or a view has no rows, dlt may know it or not."""
    with pipeline.sql_client() as client:
        name = client.make_qualified_table_name(table)
        statement = f"SELECT CASE WHEN EXISTS (SELECT 1 FROM {name}) THEN 0 ELSE 1 END"  # noqa: S608  the name is escaped
        ((empty,),) = client.execute_sql(statement)
    return bool(empty)
