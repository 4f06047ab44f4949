"""Databases as destinations, by dlt: DuckDB, PostgreSQL, SQLite, MS SQL and every other destination that dlt has.

dlt makes tables and merges rows; we hand it Arrow, since its way for dicts takes thirteen times the processor.  Its
working folder is thrown away after a run: state and schema come back from the destination, where dlt counts a package
only once it is loaded whole.
"""

import itertools
import json
import logging
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.escaping import one_line
from yadirect_soap.protocol.dates import day_text, moment_text

from ..batches import Batch, arrow_schema
from ..columns import DELETED_AT, LOGIN, Kind
from ..destination import Package, Scope, State
from ..report_rows import ReportRows
from ..schema import Row, TableSchema

if TYPE_CHECKING:
    import pyarrow

PIPELINE = "yadirect_soap"
DATASET = "yandex_direct"
"""The schema of the database that the tables are in, unless another is named.  Not direct: a file direct.duckdb has a
catalog of that name, and DuckDB does not tell the two apart."""
_STATES = "logins"
_TOMBSTONE = "_deleted"
"""Is true in rows that dlt takes away; none of the rows that stay has a value there."""
_AT_ONCE = 500
"""Values in one statement."""
_FETCHED = 10_000
_LONGEST_REASON = 500
_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.INT: "bigint",
        Kind.TEXT: "text",
        Kind.DECIMAL: "decimal",
        Kind.DATE: "date",
        Kind.MOMENT: "timestamp",
        Kind.JSON: "json",
    }
)


class DltDestination:
    """Tables of a database that dlt loads.

    Args:
        destination: A destination of dlt: `dlt.destinations.duckdb("direct.duckdb")`.
        dataset: The schema that the tables are in.
        shown: What errors call the destination; no password must be in it.
        types: Types of dlt for kinds of columns that the destination keeps in another way than most.

    Raises:
        ConfigurationError: dlt is not installed, or the destination cannot be reached.
    """

    def __init__(
        self,
        destination: Any,
        *,
        dataset: str = DATASET,
        shown: str = "",
        types: Mapping[Kind, str] | None = None,
    ) -> None:
        dlt = imported_dlt()
        self._shown = shown or str(getattr(destination, "destination_name", "dlt"))
        self._types = {**_TYPES, **(types or {})}
        self._lock = threading.RLock()
        self._known_schema: Any = None
        self._idle: list[Any] = []
        folder = tempfile.mkdtemp(prefix="yadirect-dlt-")
        self._remove_folder = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        with self._refused():
            self._pipeline = dlt.pipeline(PIPELINE, destination=destination, dataset_name=dataset, pipelines_dir=folder)
            self._pipeline.sync_destination()

    def prepare(self, schemas: Sequence[TableSchema]) -> None:
        """Looks whether the columns that are there have the types that are wanted; dlt makes tables as rows come."""
        for schema in schemas:
            there = self._columns(schema.name)
            for column in schema.columns:
                known = there.get(self._name(column.name), {}).get("data_type")
                if known not in (None, self._types[column.kind]):
                    raise ConfigurationError(
                        f"{self._shown}: {schema.name}.{column.name} is {known} and would be "
                        f"{self._types[column.kind]}; sync into another dataset"
                    )

    def state(self, login: str) -> State:
        """The state of the last package of a login that was loaded whole; {} if there was none."""
        sources = self._pipeline.state.get("sources") or {}
        return dict((sources.get(PIPELINE) or {}).get(_STATES, {}).get(login) or {})

    def rows(
        self,
        table: TableSchema,
        login: str,
        columns: Sequence[str],
        where: Mapping[str, frozenset[Any]] | None = None,
    ) -> Iterator[Row]:
        """Values of a login's rows in some columns, as they are in a Batch; of none where the table is not there."""
        there = self._columns(table.name)
        if not {self._name(name) for name in columns} <= there.keys():
            return
        living = table.marks and self._name(DELETED_AT.name) in there
        convert = [_reader(table.column(name).kind) for name in columns]
        for values in _parts(where or {}):
            for row in self._selected(table, columns, {LOGIN.name: [login], **values}, living=living):
                yield tuple(None if value is None else read(value) for read, value in zip(convert, row, strict=True))

    def apply(self, package: Package) -> None:
        """Commits a package: dlt loads the tables, and counts the state once all of them are there."""
        with self._lock, self._failing():
            package = package._replace(batches=self._with_marks(package))
            self._known_schema = None
            self._pipeline.run(self._source(package))

    def close(self) -> None:
        """Lets go of the database and of dlt's working folder."""
        self._pipeline.deactivate()
        self._remove_folder()

    # --- packages to dlt --------------------------------------------------------------------------------------

    def _source(self, package: Package) -> Any:
        dlt = imported_dlt()

        def remember() -> Iterator[Any]:
            states = dlt.current.source_state().setdefault(_STATES, {})
            states[package.login] = dict(package.state)
            yield from ()

        def resources() -> Iterator[Any]:
            yield dlt.resource(remember, name="_yadirect_sync")
            scopes = {scope.table.name: scope for scope in package.replaced}
            for schema in _schemas_of(package):
                yield self._resource(schema, package, scopes.get(schema.name))

        return dlt.source(resources, name=PIPELINE)()

    def _resource(self, schema: TableSchema, package: Package, scope: Scope | None) -> Any:
        """A table of dlt: rows take the place of those with the same key, or of all in a scope."""
        hints: dict[str, Any] = {column.name: {"data_type": self._types[column.kind]} for column in schema.columns}
        hints[_TOMBSTONE] = {"data_type": "bool", "hard_delete": True}
        if scope is not None:
            key: dict[str, Any] = {"merge_key": [LOGIN.name, *scope.where]}
        else:
            key = {"primary_key": [column.name for column in schema.key]}

        def tables() -> Iterator[Any]:
            if scope is not None:
                yield _tombstones(schema, _keys_of(scope, package.login))
            if isinstance(package.batches, ReportRows):
                # pyarrow reads the report itself: a fifth of the time that tuples on the way would take.
                for rows in package.batches.record_batches():
                    yield self._living(rows, schema, nullable=True)
                return
            for batch in package.batches:
                if batch.table.name == schema.name:
                    yield self._table(batch, nullable=scope is not None)

        disposition = {"disposition": "merge", "strategy": "delete-insert"}
        return imported_dlt().resource(tables, name=schema.name, columns=hints, write_disposition=disposition, **key)

    def _table(self, batch: Batch, *, nullable: bool) -> "pyarrow.Table":
        if batch.gone:
            names = [column.name for column in batch.table.key]
            return _tombstones(batch.table, [dict(zip(names, key, strict=True)) for key in batch.rows])
        return self._living(batch.arrow(), batch.table, nullable=nullable)

    def _living(self, batch: "pyarrow.RecordBatch", schema: TableSchema, *, nullable: bool) -> "pyarrow.Table":
        """Rows that stay, with a column for tombstones; beside those all columns are nullable."""
        import pyarrow

        rows = pyarrow.Table.from_batches([batch])
        if nullable:
            rows = rows.cast(pyarrow.schema([field.with_nullable(True) for field in rows.schema]))
        for place, column in enumerate(schema.columns):
            if self._types[column.kind] == "text" and column.kind is Kind.DECIMAL:
                texts = rows.column(place).cast(pyarrow.string())
                rows = rows.set_column(place, column.name, texts)
        return rows.append_column(_TOMBSTONE, pyarrow.nulls(rows.num_rows, pyarrow.bool_()))

    def _with_marks(self, package: Package) -> Sequence[Batch]:
        """The batches, with whole rows that have a mark in place of keys of gone ones where their table marks."""
        if isinstance(package.batches, ReportRows):
            return package.batches
        return [
            self._marked(batch, package) if batch.gone and batch.table.marks else batch for batch in package.batches
        ]

    def _marked(self, batch: Batch, package: Package) -> Batch:
        schema = batch.table
        member = schema.key[-1].name
        keys = frozenset(batch.rows)
        rows = self.rows(schema, package.login, schema.names, {member: frozenset(key[-1] for key in keys)})
        place = schema.place(DELETED_AT.name)
        gone = (row for row in rows if schema.key_of(row) in keys)
        return Batch(schema, [(*row[:place], package.synced_at, *row[place + 1 :]) for row in gone])

    # --- what is there ----------------------------------------------------------------------------------------

    def _columns(self, table: str) -> Mapping[str, Any]:
        """The columns of a table, as dlt knows them; {} where it is not there."""
        schema = self._schema()
        return {} if schema is None else dict((schema.tables.get(self._name(table)) or {}).get("columns") or {})

    def _name(self, name: str) -> str:
        """A name as dlt writes it in this destination."""
        schema = self._schema()
        return name if schema is None else str(schema.naming.normalize_identifier(name))

    def _schema(self) -> Any:
        """The tables as dlt knows them, None before the first package; dlt reads them from its folder each time."""
        with self._lock:
            if self._known_schema is None and PIPELINE in self._pipeline.schemas:
                self._known_schema = self._pipeline.schemas[PIPELINE]
            return self._known_schema

    @contextmanager
    def _client(self) -> Iterator[Any]:
        """A client of the database that nobody else uses meanwhile; dlt takes longer to make one than for a query."""
        try:
            client = self._idle.pop()
        except IndexError:
            client = self._pipeline.sql_client(PIPELINE)
        with client as opened:
            yield opened
        self._idle.append(client)

    def _selected(
        self, table: TableSchema, columns: Sequence[str], where: Mapping[str, Sequence[Any]], *, living: bool
    ) -> Iterator[Sequence[Any]]:
        with self._failing(), self._client() as client:
            quoted: Callable[[str], str] = lambda name: client.escape_column_name(self._name(name))  # noqa: E731  short
            conditions = [f"{quoted(name)} IN ({', '.join(['%s'] * len(values))})" for name, values in where.items()]
            conditions += [f"{quoted(DELETED_AT.name)} IS NULL"] if living else []
            statement = (
                f"SELECT {', '.join(map(quoted, columns))} "  # noqa: S608  names are escaped, values are bound
                f"FROM {client.make_qualified_table_name(self._name(table.name))} "
                f"WHERE {' AND '.join(conditions)} ORDER BY {', '.join(quoted(column.name) for column in table.key)}"
            )
            with client.execute_query(statement, *itertools.chain.from_iterable(where.values())) as cursor:
                while found := cursor.fetchmany(_FETCHED):
                    yield from found

    # --- errors -----------------------------------------------------------------------------------------------

    @contextmanager
    def _refused(self) -> Iterator[None]:
        """Makes what dlt and drivers raise when they connect a ConfigurationError."""
        try:
            yield
        except Exception as error:  # noqa: BLE001  whatever a driver has
            raise ConfigurationError(f"{self._shown} cannot be used: {_reason(error)}") from None

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Makes what dlt and drivers raise later an OSError that names the destination."""
        try:
            yield
        except (ConfigurationError, OSError, GeneratorExit):
            raise
        except Exception as error:
            raise OSError(f"{self._shown}: {_reason(error)}; what was not committed is read again") from error


def imported_dlt() -> Any:
    """The module dlt, which sends nothing to its makers; ConfigurationError where the extra is not installed."""
    try:
        import dlt
    except ImportError:
        raise ConfigurationError("databases need dlt: pip install 'yadirect-soap[etl]'") from None
    dlt.config["runtime.dlthub_telemetry"] = False
    logger = logging.getLogger("dlt")
    if _is_news not in logger.filters:
        logger.addFilter(_is_news)
    return dlt


def _is_news(record: logging.LogRecord) -> bool:
    """Not that a column of JSON comes as a string of Arrow: it warns of that once a table."""
    return "several column hints were different" not in record.getMessage()


def _schemas_of(package: Package) -> Iterable[TableSchema]:
    batches = [Batch(package.batches.schema, [])] if isinstance(package.batches, ReportRows) else package.batches
    named = {batch.table.name: batch.table for batch in batches}
    return {**named, **{scope.table.name: scope.table for scope in package.replaced}}.values()


def _tombstones(schema: TableSchema, keys: Sequence[Mapping[str, Any]]) -> "pyarrow.Table":
    """Rows that take others away: what names those, and nothing else."""
    import pyarrow

    named = set().union(*keys)
    kept = [field.with_nullable(True) for field in arrow_schema(schema.columns) if field.name in named]
    types = pyarrow.schema([*kept, (_TOMBSTONE, pyarrow.bool_())])
    texts = pyarrow.schema([_as_text(field) for field in types])
    return pyarrow.Table.from_pylist([{**key, _TOMBSTONE: True} for key in keys], schema=texts).cast(types)


def _as_text(field: "pyarrow.Field") -> "pyarrow.Field":
    """Days and moments come as texts."""
    import pyarrow

    temporal = pyarrow.types.is_temporal(field.type)
    return field.with_type(pyarrow.string()) if temporal else field


def _keys_of(scope: Scope, login: str) -> Sequence[Mapping[str, Any]]:
    names = [LOGIN.name, *scope.where]
    return [
        dict(zip(names, values, strict=True))
        for values in itertools.product([login], *map(sorted, scope.where.values()))
    ]


def _parts(where: Mapping[str, frozenset[Any]]) -> Iterator[Mapping[str, Sequence[Any]]]:
    """A scope in parts, so that no statement has too many values; the longest list is cut."""
    if not where:
        yield {}
        return
    lists = {name: sorted(values) for name, values in where.items()}
    longest = max(lists, key=lambda name: len(lists[name]))
    for start in range(0, len(lists[longest]), _AT_ONCE):
        yield {**lists, longest: lists[longest][start : start + _AT_ONCE]}


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


def _reason(error: BaseException) -> str:
    """The innermost cause, in one line: dlt's own text begins with its steps."""
    while error.__cause__ is not None:
        error = error.__cause__
    return one_line(f"{type(error).__name__}: {error}", _LONGEST_REASON)
