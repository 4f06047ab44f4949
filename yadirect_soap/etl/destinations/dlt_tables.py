"""DltTables: reads rows that dlt loaded into a database, and creates Arrow tables with hints for dlt."""

import itertools
import json
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from yadirect_soap import extras
from yadirect_soap.errors import DirectError
from yadirect_soap.escaping import one_line
from yadirect_soap.language import _
from yadirect_soap.protocol.dates import day_text, moment_text

from ..batches import Batch, arrow_schema
from ..columns import DELETED_AT, LOGIN, Kind
from ..destination import scope_parts
from ..memory_trim import trim_memory
from ..report_rows import empty
from ..schema import Row, TableSchema
from .dlt_storage import stored_columns

if TYPE_CHECKING:
    import pyarrow

PIPELINE = "yadirect_soap"
"""The name of the source and of its schema."""
LOGINS = "logins"
"""The key of the logins' states in the state of the source."""
TOMBSTONE = "_deleted"
"""The column that is true in rows which dlt deletes, and null in all others."""
_MAX_VALUES = 500
"""The maximum number of values of a scope in one statement."""
_FETCH_SIZE = 10_000
_JOINED_ROWS = 5_000
"""The maximum number of rows in a joined table for dlt; with 20,000 a sync needs 40 MB more memory."""
_LONGEST_REASON = 500
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


class DltTables:
    """The part of a destination that reads tables of a pipeline of dlt; a subclass writes them."""

    def use(
        self, pipeline: Any, *, display_name: str = "", source: str = PIPELINE, renamed: Mapping[str, str] | None = None
    ) -> None:
        """Sets the pipeline; its schema is read later, on demand.

        Args:
            pipeline: The pipeline.
            display_name: Its name in errors.
            source: The name of the source and of its schema.
            renamed: The names of tables in the database that differ.
        """
        self._pipeline = pipeline
        self._source_name = source
        self._renamed = dict(renamed or {})
        self._display_name = display_name or str(getattr(pipeline.destination, "destination_name", "dlt"))
        self._lock = threading.RLock()
        self._known_schema: Any = None
        self._idle: list[Any] = []

    def rows(
        self,
        table: TableSchema,
        login: str,
        columns: Sequence[str],
        where: Mapping[str, frozenset[Any]] | None = None,
    ) -> Iterator[Row]:
        """Yields values of a login's rows in some columns, as in a Batch; none if the table is missing."""
        stored = self._columns(table.name)
        if not {self._name(name) for name in columns} <= stored.keys():
            return
        is_marked = table.marks and self._name(DELETED_AT.name) in stored
        converters = [_converter(table.column(name).kind) for name in columns]
        for values in scope_parts(where or {}, _MAX_VALUES):
            for row in self._select(table, columns, {LOGIN.name: [login], **values}, is_marked=is_marked):
                pairs = zip(converters, row, strict=True)
                yield tuple(None if value is None else convert(value) for convert, value in pairs)

    def has_rows(self, table: TableSchema, login: str) -> bool:
        """Whether a login has rows that are not deleted; False if the table is missing."""
        stored = self._columns(table.name)
        if not stored:
            return False
        is_marked = table.marks and self._name(DELETED_AT.name) in stored
        with self._as_os_error(), self._client() as client:
            rows = self._rows_of_login(client, table, is_marked=is_marked)
            statement = f"SELECT CASE WHEN EXISTS (SELECT 1 {rows}) THEN 1 ELSE 0 END"
            ((found,),) = client.execute_sql(statement, login)
        return bool(found)

    def missing(self, schemas: Sequence[TableSchema]) -> Mapping[str, frozenset[str]]:
        """Returns the columns that the database lacks, by table; all columns of a table that dlt does not know."""
        with self._lock, self._as_os_error():
            stored = stored_columns(
                self._pipeline, self._source_name, [self._table_name(each.name) for each in schemas]
            )
            missing = {}
            for schema in schemas:
                names = {self._name(name): name for name in schema.names}
                known = self._columns(schema.name)
                there = stored.get(self._table_name(schema.name), frozenset()) if known else frozenset()
                wanted = names.keys() | known.keys()
                if lacking := frozenset(names.get(name, name) for name in wanted if name.casefold() not in there):
                    missing[schema.name] = lacking
            return missing

    def _columns(self, table: str) -> Mapping[str, Any]:
        """Returns the columns of a table in the schema of dlt; {} if it is missing."""
        schema = self._schema()
        return {} if schema is None else dict((schema.tables.get(self._table_name(table)) or {}).get("columns") or {})

    def _table_name(self, table: str) -> str:
        """Returns the name of a table in the database."""
        return self._name(self._renamed.get(table, table))

    def _name(self, name: str) -> str:
        """Returns a name as dlt writes it in this destination."""
        schema = self._schema()
        return name if schema is None else str(schema.naming.normalize_identifier(name))

    def _schema(self) -> Any:
        """Returns the schema of dlt, None before the first package; cached, because dlt reads it from its folder."""
        with self._lock:
            if self._known_schema is None and self._source_name in self._pipeline.schemas:
                self._known_schema = self._pipeline.schemas[self._source_name]
            return self._known_schema

    @contextmanager
    def _client(self) -> Iterator[Any]:
        """Yields an idle client of the database, or a new one; creating one takes longer than a query."""
        try:
            client = self._idle.pop()
        except IndexError:
            client = self._pipeline.sql_client(self._source_name)
        with client as opened:
            yield opened
        self._idle.append(client)

    def _rows_of_login(self, client: Any, table: TableSchema, *, is_marked: bool) -> str:
        """Returns FROM and WHERE of a statement with a login as its parameter."""
        mark = f" AND {client.escape_column_name(self._name(DELETED_AT.name))} IS NULL" if is_marked else ""
        login = client.escape_column_name(self._name(LOGIN.name))
        return f"FROM {client.make_qualified_table_name(self._table_name(table.name))} WHERE {login} = %s{mark}"

    def _select(
        self, table: TableSchema, columns: Sequence[str], where: Mapping[str, Sequence[Any]], *, is_marked: bool
    ) -> Iterator[Sequence[Any]]:
        with self._as_os_error(), self._client() as client:
            quoted: Callable[[str], str] = lambda name: client.escape_column_name(self._name(name))  # noqa: E731  short
            conditions = [f"{quoted(name)} IN ({', '.join(['%s'] * len(values))})" for name, values in where.items()]
            conditions += [f"{quoted(DELETED_AT.name)} IS NULL"] if is_marked else []
            statement = (
                f"SELECT {', '.join(map(quoted, columns))} "  # noqa: S608  names are escaped, values are bound
                f"FROM {client.make_qualified_table_name(self._table_name(table.name))} "
                f"WHERE {' AND '.join(conditions)} ORDER BY {', '.join(quoted(column.name) for column in table.key)}"
            )
            with client.execute_query(statement, *itertools.chain.from_iterable(where.values())) as cursor:
                while rows := cursor.fetchmany(_FETCH_SIZE):
                    yield from rows

    @contextmanager
    def _as_os_error(self) -> Iterator[None]:
        """Raises OSError that names the destination instead of errors of dlt and drivers."""
        try:
            yield
        except (DirectError, OSError, GeneratorExit):
            raise
        except Exception as error:
            raise_own(error)
            raise OSError(
                _(
                    "{shown}: {reason}; what was not committed is read again",
                    shown=self._display_name,
                    reason=reason(error),
                )
            ) from error


def imported_dlt() -> Any:
    """Imports dlt and configures it, without telemetry; ConfigurationError if the extra is not installed."""
    with extras.needed(_("loading a database"), "etl"):
        import dlt
    dlt.config["runtime.dlthub_telemetry"] = False
    # Only for this pipeline, whose files are read immediately.
    dlt.config[f"{PIPELINE}.normalize.data_writer.disable_compression"] = True
    # Otherwise the files of all packages of a run would stay until its end.
    dlt.config[f"{PIPELINE}.load.delete_completed_jobs"] = True
    logger = logging.getLogger("dlt")
    if _is_news not in logger.filters:
        logger.addFilter(_is_news)
    return dlt


def can_merge(destination: Any, table: Mapping[str, Any]) -> bool:
    """Returns whether a destination of dlt can replace rows; one of files appends them, whatever the hints say.

    Args:
        destination: The destination.
        table: The table with its hints, as dlt has it.
    """
    capabilities = destination.capabilities()
    strategies = capabilities.supported_merge_strategies or ()
    selector = capabilities.merge_strategies_selector
    return bool(selector(list(strategies), table_schema=table) if selector else strategies)


def _is_news(record: logging.LogRecord) -> bool:
    """Filters out two warnings: that a JSON column is a string in Arrow, and that new rows come with tombstones."""
    message = record.getMessage()
    return "several column hints were different" not in message and '"hard_delete" column hint for' not in message


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


def _converter(kind: Kind) -> Callable[[Any], Any]:
    """Returns a function that converts a value of the database to that of a Batch."""
    converters: Mapping[Kind, Callable[[Any], Any]] = {
        Kind.DATE: lambda value: day_text(value) if isinstance(value, date) else str(value)[:10],
        Kind.MOMENT: _moment,
        Kind.DECIMAL: lambda value: value if isinstance(value, Decimal) else Decimal(str(value)),
        Kind.JSON: lambda value: value if isinstance(value, str) else _json(value),
    }
    return converters.get(kind, lambda value: value)


def _moment(value: Any) -> str:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment_text(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yields an error and its causes, the innermost last: each step of dlt raises its own error."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        # dlt chains nothing to an error of a connection, which has what the driver said.
        caught = cause.__cause__ or getattr(cause, "inner_exc", None)
        # dlt fails itself where it rolls back on a connection that the server has closed.
        cause = caught or (cause.__context__ if isinstance(cause, AttributeError) else None)


def raise_own(error: BaseException) -> None:
    """Raises the cause of an error of dlt that is none of the database.

    A DirectError says that a value does not fit its column, which concerns one login.  A KeyboardInterrupt is a signal.
    """
    for cause in causes(error):
        if isinstance(cause, (DirectError, KeyboardInterrupt)):
            raise cause from None


def reason(error: BaseException) -> str:
    """Returns the first line of the innermost cause, since the text of dlt's own error begins with its steps.

    Further lines of a database error contain the statement, with values of rows.
    """
    *_, cause = causes(error)
    first = next((line for line in str(cause).splitlines() if line.strip()), "")
    return one_line(f"{type(cause).__name__}: {first.strip()}", _LONGEST_REASON)
