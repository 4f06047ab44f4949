"""Arrow tables for dlt, with a column for deleted rows, and the hints with which dlt merges them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..batches import Batch, arrow_schema
from ..columns import Kind
from ..memory_trim import trim_memory
from ..report_rows import empty
from ..schema import TableSchema

if TYPE_CHECKING:
    import pyarrow

TOMBSTONE = "_deleted"
"""The column that is true in rows which dlt deletes, and null in all others."""
_JOINED_ROWS = 5_000
"""The maximum number of rows in a joined table for dlt; with 20,000 a sync needs 40 MB more memory."""
TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.INT: "bigint",
        Kind.TEXT: "text",
        Kind.DECIMAL: "decimal",
        Kind.DATE: "date",
        Kind.MOMENT: "timestamp",
        Kind.JSON: "json",
    }
)


def table_hints(
    schema: TableSchema, disposition: str, types: Mapping[Kind, str] = TYPES, *, has_unique_keys: bool = False
) -> dict[str, Any]:
    """Returns the hints of a table: types of columns, and, for a merge, the key and the column of tombstones.

    Args:
        schema: The table.
        disposition: dlt's write disposition.
        types: Types of dlt.
        has_unique_keys: Whether all rows of a package have different keys, so that dlt need not search for duplicates.
    """
    hints = {column.name: _hint(types[column.kind]) for column in schema.columns}
    if disposition != "merge":
        return {"columns": hints, "write_disposition": disposition}
    return {
        "columns": {**hints, TOMBSTONE: {"data_type": "bool", "hard_delete": True}},
        "primary_key": [column.name for column in schema.key],
        "write_disposition": {"disposition": "merge", "strategy": "delete-insert", "deduplicated": has_unique_keys},
    }


def arrow_table(batch: Batch, types: Mapping[Kind, str] = TYPES, *, nullable: bool = False) -> "pyarrow.Table":
    """Returns a batch as a table of Arrow with a column for tombstones; of deleted rows only the key."""
    if batch.deleted:
        names = [column.name for column in batch.table.key]
        return tombstones(batch.table, [dict(zip(names, key, strict=True)) for key in batch.rows])
    return kept_rows(batch.arrow(), batch.table, types, nullable=nullable)


def kept_rows(
    batch: "pyarrow.RecordBatch", schema: TableSchema, types: Mapping[Kind, str] = TYPES, *, nullable: bool = False
) -> "pyarrow.Table":
    """Returns rows that are not deleted, with a column for tombstones.

    Args:
        batch: The rows.
        schema: Their table.
        types: Types of dlt; decimals are converted to texts if their type is text.
        nullable: Whether the columns of the key may be null, as in a table with tombstones that have a part of it.
    """
    import pyarrow

    rows = pyarrow.Table.from_batches([batch])
    if nullable:
        rows = rows.cast(pyarrow.schema([field.with_nullable(True) for field in rows.schema]))
    for index, column in enumerate(schema.columns):
        if types[column.kind] == "text" and column.kind is Kind.DECIMAL:
            texts = rows.column(index).cast(pyarrow.string())
            rows = rows.set_column(index, column.name, texts)
    return rows.append_column(TOMBSTONE, pyarrow.nulls(rows.num_rows, pyarrow.bool_()))


def tombstones(schema: TableSchema, keys: Sequence[Mapping[str, Any]]) -> "pyarrow.Table":
    """Returns rows that delete others, those with the same key or the same part of it.

    The rest of the key has empty values, since its columns are not nullable if dlt ever merged by the complete key.
    """
    import pyarrow

    rest = {column.name: empty(column.kind) for column in schema.key}
    nullable_key = [field.with_nullable(True) for field in arrow_schema(schema.key)]
    types = pyarrow.schema([*nullable_key, (TOMBSTONE, pyarrow.bool_())])
    texts = pyarrow.schema([_as_text(field) for field in types])
    return pyarrow.Table.from_pylist([{**rest, **key, TOMBSTONE: True} for key in keys], schema=texts).cast(types)


def joined_tables(tables: Iterable["pyarrow.Table"]) -> Iterator["pyarrow.Table"]:
    """Joins consecutive tables with the same schema, because dlt computes the hints of each table again."""
    import pyarrow

    waiting: list[pyarrow.Table] = []
    for table in tables:
        is_full = sum(other.num_rows for other in waiting) + table.num_rows > _JOINED_ROWS
        if waiting and (is_full or table.schema != waiting[0].schema):
            yield pyarrow.concat_tables(waiting)
            waiting = []
        waiting.append(table)
    if waiting:
        yield pyarrow.concat_tables(waiting)


def release_memory() -> None:
    """Releases the unused memory of Arrow and of the allocator to the system."""
    import pyarrow

    pyarrow.default_memory_pool().release_unused()
    trim_memory()


def _as_text(field: "pyarrow.Field") -> "pyarrow.Field":
    """Returns the field with text as its type if it is a date or a time."""
    import pyarrow

    temporal = pyarrow.types.is_temporal(field.type)
    return field.with_type(pyarrow.string()) if temporal else field


def _hint(data_type: str) -> dict[str, Any]:
    """Returns the hint for a type of dlt; decimals have our precision in Arrow, as dlt has another for tombstones."""
    return {"data_type": data_type, **({"precision": 38, "scale": 6} if data_type == "decimal" else {})}
