"""DltTables: reads rows that dlt loaded into a database, and makes Arrow tables with hints for dlt."""

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
from ..memory_trim import trim_memory
from ..report_rows import empty
from ..schema import Row, TableSchema
from .dlt_storage import stored_columns

if TYPE_CHECKING:
    import pyarrow

PIPELINE = "yadirect_soap"
"""The name of the source, and so of its schema."""
LOGINS = "logins"
"""Where the states of logins are in the state of the source."""
TOMBSTONE = "_deleted"
"""Is true in rows that dlt takes away; none of the rows that stays has a value there."""
_AT_ONCE = 500
"""Values in one statement."""
_FETCHED = 10_000
_JOINED_ROWS = 20_000
"""Rows of a table that dlt is handed; as Arrow, ads of all columns take some 10 MB."""
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
    """Reads the tables of a pipeline of dlt; a destination adds to it how they are filled."""

    def use(
        self, pipeline: Any, *, display_name: str = "", source: str = PIPELINE, renamed: Mapping[str, str] | None = None
    ) -> None:
        """Takes a pipeline, whose schema of the source is read when it is needed.

        Args:
            pipeline: The pipeline.
            display_name: What errors call it.
            source: The name of the source, and so of its schema.
            renamed: The names of tables in the database, where they are others.
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
        """Values of a login's rows in some columns, as they are in a Batch; of none where the table is not there."""
        stored = self._columns(table.name)
        if not {self._name(name) for name in columns} <= stored.keys():
            return
        living = table.marks and self._name(DELETED_AT.name) in stored
        convert = [_reader(table.column(name).kind) for name in columns]
        for values in _parts(where or {}):
            for row in self._selected(table, columns, {LOGIN.name: [login], **values}, living=living):
                yield tuple(None if value is None else read(value) for read, value in zip(convert, row, strict=True))

    def has_rows(self, table: TableSchema, login: str) -> bool:
        """Whether a login has living rows; none where the table is not there."""
        stored = self._columns(table.name)
        if not stored:
            return False
        living = table.marks and self._name(DELETED_AT.name) in stored
        with self._as_os_error(), self._client() as client:
            rows = self._rows_of_login(client, table, living=living)
            statement = f"SELECT CASE WHEN EXISTS (SELECT 1 {rows}) THEN 1 ELSE 0 END"
            ((found,),) = client.execute_sql(statement, login)
        return bool(found)

    def missing(self, schemas: Sequence[TableSchema]) -> Mapping[str, frozenset[str]]:
        """The columns that the database lacks, by table: of a table that dlt does not know all."""
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
        """The columns of a table, as dlt knows them; {} where it is not there."""
        schema = self._schema()
        return {} if schema is None else dict((schema.tables.get(self._table_name(table)) or {}).get("columns") or {})

    def _table_name(self, table: str) -> str:
        """The name of a table in the database."""
        return self._name(self._renamed.get(table, table))

    def _name(self, name: str) -> str:
        """A name as dlt writes it in this destination."""
        schema = self._schema()
        return name if schema is None else str(schema.naming.normalize_identifier(name))

    def _schema(self) -> Any:
        """The tables as dlt knows them, None before the first package; dlt reads them from its folder each time."""
        with self._lock:
            if self._known_schema is None and self._source_name in self._pipeline.schemas:
                self._known_schema = self._pipeline.schemas[self._source_name]
            return self._known_schema

    @contextmanager
    def _client(self) -> Iterator[Any]:
        """A client of the database that nobody else uses meanwhile; dlt takes longer to make one than for a query."""
        try:
            client = self._idle.pop()
        except IndexError:
            client = self._pipeline.sql_client(self._source_name)
        with client as opened:
            yield opened
        self._idle.append(client)

    def _rows_of_login(self, client: Any, table: TableSchema, *, living: bool) -> str:
        """FROM and WHERE of a statement that takes a login."""
        mark = f" AND {client.escape_column_name(self._name(DELETED_AT.name))} IS NULL" if living else ""
        login = client.escape_column_name(self._name(LOGIN.name))
        return f"FROM {client.make_qualified_table_name(self._table_name(table.name))} WHERE {login} = %s{mark}"

    def _selected(
        self, table: TableSchema, columns: Sequence[str], where: Mapping[str, Sequence[Any]], *, living: bool
    ) -> Iterator[Sequence[Any]]:
        with self._as_os_error(), self._client() as client:
            quoted: Callable[[str], str] = lambda name: client.escape_column_name(self._name(name))  # noqa: E731  short
            conditions = [f"{quoted(name)} IN ({', '.join(['%s'] * len(values))})" for name, values in where.items()]
            conditions += [f"{quoted(DELETED_AT.name)} IS NULL"] if living else []
            statement = (
                f"SELECT {', '.join(map(quoted, columns))} "  # noqa: S608  names are escaped, values are bound
                f"FROM {client.make_qualified_table_name(self._table_name(table.name))} "
                f"WHERE {' AND '.join(conditions)} ORDER BY {', '.join(quoted(column.name) for column in table.key)}"
            )
            with client.execute_query(statement, *itertools.chain.from_iterable(where.values())) as cursor:
                while rows := cursor.fetchmany(_FETCHED):
                    yield from rows

    @contextmanager
    def _as_os_error(self) -> Iterator[None]:
        """Makes what dlt and drivers raise later an OSError that names the destination."""
        try:
            yield
        except (DirectError, OSError, GeneratorExit):
            raise
        except Exception as error:
            for cause in causes(error):
                if isinstance(cause, DirectError):
                    # A value of this package that fits no column: the trouble of one login, not of the database.
                    raise cause from None
            raise OSError(
                _(
                    "{shown}: {reason}; what was not committed is read again",
                    shown=self._display_name,
                    reason=reason(error),
                )
            ) from error


def imported_dlt() -> Any:
    """The module dlt, which sends nothing to its makers; ConfigurationError where the extra is not installed."""
    with extras.needed(_("loading a database"), "etl"):
        import dlt
    dlt.config["runtime.dlthub_telemetry"] = False
    # Of this pipeline alone: its files are read again at once.
    dlt.config[f"{PIPELINE}.normalize.data_writer.disable_compression"] = True
    # Or the files of all packages of a run would stay until its end.
    dlt.config[f"{PIPELINE}.load.delete_completed_jobs"] = True
    logger = logging.getLogger("dlt")
    if _is_news not in logger.filters:
        logger.addFilter(_is_news)
    return dlt


def _is_news(record: logging.LogRecord) -> bool:
    """Not that a column of JSON comes as a string of Arrow, or that tombstones come with rows that are new."""
    message = record.getMessage()
    return "several column hints were different" not in message and '"hard_delete" column hint for' not in message


def table_hints(
    schema: TableSchema, disposition: str, types: Mapping[Kind, str] = TYPES, *, no_key_twice: bool = False
) -> dict[str, Any]:
    """The hints of a table: types of columns, and where rows are merged the key and the mark of those that go.

    Args:
        schema: The table.
        disposition: dlt's write disposition.
        types: Types of dlt.
        no_key_twice: Whether no two rows of a package have a key in common, so that dlt need not look for such.
    """
    hints = {column.name: _hint(types[column.kind]) for column in schema.columns}
    if disposition != "merge":
        return {"columns": hints, "write_disposition": disposition}
    return {
        "columns": {**hints, TOMBSTONE: {"data_type": "bool", "hard_delete": True}},
        "primary_key": [column.name for column in schema.key],
        "write_disposition": {"disposition": "merge", "strategy": "delete-insert", "deduplicated": no_key_twice},
    }


def arrow_table(batch: Batch, types: Mapping[Kind, str] = TYPES, *, nullable: bool = False) -> "pyarrow.Table":
    """A batch as a table of Arrow with a column for tombstones; of deleted rows it has the key alone."""
    if batch.deleted:
        names = [column.name for column in batch.table.key]
        return tombstones(batch.table, [dict(zip(names, key, strict=True)) for key in batch.rows])
    return living(batch.arrow(), batch.table, types, nullable=nullable)


def living(
    batch: "pyarrow.RecordBatch", schema: TableSchema, types: Mapping[Kind, str] = TYPES, *, nullable: bool = False
) -> "pyarrow.Table":
    """Rows that stay, with a column for tombstones.

    Args:
        batch: The rows.
        schema: Their table.
        types: Types of dlt; a decimal that is to be a text becomes one.
        nullable: Whether the columns of the key may be null, as beside tombstones that have a part of it.
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
    """Rows that take others away: the key alone, of which a part may name those that go.

    The rest of the key has empty values: where dlt once merged by all of it, its columns take no null ever after.
    """
    import pyarrow

    rest = {column.name: empty(column.kind) for column in schema.key}
    nullable_key = [field.with_nullable(True) for field in arrow_schema(schema.key)]
    types = pyarrow.schema([*nullable_key, (TOMBSTONE, pyarrow.bool_())])
    texts = pyarrow.schema([_as_text(field) for field in types])
    return pyarrow.Table.from_pylist([{**rest, **key, TOMBSTONE: True} for key in keys], schema=texts).cast(types)


def joined(tables: Iterable["pyarrow.Table"]) -> Iterator["pyarrow.Table"]:
    """Joins tables that follow each other and have the same schema: dlt works out the hints of each table anew."""
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
    """Gives the memory of pages and tables that are no more back to the system, which the next step needs."""
    import pyarrow

    pyarrow.default_memory_pool().release_unused()
    trim_memory()


def _as_text(field: "pyarrow.Field") -> "pyarrow.Field":
    """Days and moments come as texts."""
    import pyarrow

    temporal = pyarrow.types.is_temporal(field.type)
    return field.with_type(pyarrow.string()) if temporal else field


def _parts(where: Mapping[str, frozenset[Any]]) -> Iterator[Mapping[str, Sequence[Any]]]:
    """A scope in parts, so that no statement has too many values; the longest list is cut."""
    if not where:
        yield {}
        return
    lists = {name: sorted(values) for name, values in where.items()}
    longest = max(lists, key=lambda name: len(lists[name]))
    for start in range(0, len(lists[longest]), _AT_ONCE):
        yield {**lists, longest: lists[longest][start : start + _AT_ONCE]}


def _hint(data_type: str) -> dict[str, Any]:
    """A type of dlt; a decimal with the digits of our Arrow, or dlt fills it up in tombstones with more of them."""
    return {"data_type": data_type, **({"precision": 38, "scale": 6} if data_type == "decimal" else {})}


def _reader(kind: Kind) -> Callable[[Any], Any]:
    """What turns a value of a database into that of a Batch."""
    readers: Mapping[Kind, Callable[[Any], Any]] = {
        Kind.DATE: lambda value: day_text(value) if isinstance(value, date) else str(value)[:10],
        Kind.MOMENT: _moment,
        Kind.DECIMAL: lambda value: value if isinstance(value, Decimal) else Decimal(str(value)),
        Kind.JSON: lambda value: value if isinstance(value, str) else _json(value),
    }
    return readers.get(kind, lambda value: value)


def _moment(value: Any) -> str:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment_text(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and those that it came of, the innermost last: dlt raises one a step."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__


def reason(error: BaseException) -> str:
    """The first line of the innermost cause: dlt's own text begins with its steps.

    Further lines of a database show the statement, and with it the values of rows.
    """
    *_, cause = causes(error)
    first = next((line for line in str(cause).splitlines() if line.strip()), "")
    return one_line(f"{type(cause).__name__}: {first.strip()}", _LONGEST_REASON)
