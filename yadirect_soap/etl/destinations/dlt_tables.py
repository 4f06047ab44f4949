"""DltTables: the tables of a dlt pipeline in its database, and the rows in them."""

import itertools
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from yadirect_soap.protocol.dates import day_text, moment_text

from ..columns import DELETED_AT, LOGIN, Kind
from ..destination import scope_parts
from ..schema import Row, TableSchema
from .dlt_errors import as_os_error
from .dlt_setup import PIPELINE
from .dlt_storage import stored_columns

_MAX_VALUES = 500
"""The maximum number of values of a scope in one statement."""
_FETCH_SIZE = 10_000


class DltTables:
    """The tables that dlt loaded for one source of a pipeline, under the names that they have in the database.

    Args:
        pipeline: The pipeline; its schema is read later, on demand.
        display_name: Its name in errors.
        source: The name of the source and of its schema.
        renamed: The names of tables in the database that differ.
    """

    def __init__(
        self, pipeline: Any, *, display_name: str = "", source: str = PIPELINE, renamed: Mapping[str, str] | None = None
    ) -> None:
        self.pipeline = pipeline
        self.source = source
        self.display_name = display_name or str(getattr(pipeline.destination, "destination_name", "dlt"))
        self._renamed = dict(renamed or {})
        self.lock = threading.RLock()
        """Is held while dlt loads, which changes its schema."""
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
        if not {self.name(name) for name in columns} <= self.columns(table.name).keys():
            return
        converters = [_converter(table.column(name).kind) for name in columns]
        for values in scope_parts(where or {}, _MAX_VALUES):
            for row in self._select(table, columns, {LOGIN.name: [login], **values}):
                pairs = zip(converters, row, strict=True)
                yield tuple(None if value is None else convert(value) for convert, value in pairs)

    def has_rows(self, table: TableSchema, login: str) -> bool:
        """Whether a login has rows that are not deleted; False if the table is missing."""
        if not self.columns(table.name):
            return False
        with as_os_error(self.display_name), self.client() as client:
            rows = self._living_rows(client, table, {LOGIN.name: [login]})
            ((found,),) = client.execute_sql(f"SELECT CASE WHEN EXISTS (SELECT 1 {rows}) THEN 1 ELSE 0 END", login)
        return bool(found)

    def missing(self, schemas: Sequence[TableSchema]) -> Mapping[str, frozenset[str]]:
        """Returns the columns that the database lacks, by table; all columns of a table that dlt does not know."""
        with self.lock, as_os_error(self.display_name):
            stored = stored_columns(self.pipeline, self.source, [self.table_name(each.name) for each in schemas])
            missing = {}
            for schema in schemas:
                names = {self.name(name): name for name in schema.names}
                known = self.columns(schema.name)
                there = stored.get(self.table_name(schema.name), frozenset()) if known else frozenset()
                wanted = names.keys() | known.keys()
                if lacking := frozenset(names.get(name, name) for name in wanted if name.casefold() not in there):
                    missing[schema.name] = lacking
            return missing

    def columns(self, table: str) -> Mapping[str, Any]:
        """Returns the columns of a table in the schema of dlt; {} if it is missing."""
        schema = self._schema()
        return {} if schema is None else dict((schema.tables.get(self.table_name(table)) or {}).get("columns") or {})

    def table_name(self, table: str) -> str:
        """Returns the name of a table in the database."""
        return self.name(self._renamed.get(table, table))

    def name(self, name: str) -> str:
        """Returns a name as dlt writes it in this destination."""
        schema = self._schema()
        return name if schema is None else str(schema.naming.normalize_identifier(name))

    def forget_schema(self) -> None:
        """Reads the schema of dlt again when it is needed, since a load or another run may have changed it.

        It takes no lock: a thread that loads calls it while another one holds the lock for it.
        """
        self._known_schema = None

    @contextmanager
    def client(self) -> Iterator[Any]:
        """Yields an idle client of the database, or a new one; creating one takes longer than a query."""
        client = None
        with suppress(IndexError):
            client = self._idle.pop()
        if client is None:
            with self.lock:
                # A pipeline that has loaded nothing yet has no schema, though another one may have made the tables.
                client = self.pipeline.sql_client(self.source if self.source in self.pipeline.schemas else None)
        with client as opened:
            yield opened
        self._idle.append(client)

    def _schema(self) -> Any:
        """Returns a copy of the schema of dlt; None before the first package.

        While dlt loads, it empties its own schema and fills it again.
        """
        known = self._known_schema
        if known is None:
            with self.lock:
                if self._known_schema is None and self.source in self.pipeline.schemas:
                    self._known_schema = self.pipeline.schemas[self.source].clone()
                known = self._known_schema
        return known

    def _living_rows(self, client: Any, table: TableSchema, where: Mapping[str, Sequence[Any]]) -> str:
        """Returns FROM and WHERE of a statement, whose parameters are the values of `where`."""
        quoted = partial(self._quoted, client)
        conditions = [f"{quoted(name)} IN ({', '.join(['%s'] * len(values))})" for name, values in where.items()]
        if table.marks and self.name(DELETED_AT.name) in self.columns(table.name):
            conditions.append(f"{quoted(DELETED_AT.name)} IS NULL")
        return f"FROM {client.make_qualified_table_name(self.table_name(table.name))} WHERE {' AND '.join(conditions)}"

    def _select(
        self, table: TableSchema, columns: Sequence[str], where: Mapping[str, Sequence[Any]]
    ) -> Iterator[Sequence[Any]]:
        with as_os_error(self.display_name), self.client() as client:
            quoted = partial(self._quoted, client)
            statement = (
                f"SELECT {', '.join(map(quoted, columns))} {self._living_rows(client, table, where)} "
                f"ORDER BY {', '.join(quoted(column.name) for column in table.key)}"
            )
            with client.execute_query(statement, *itertools.chain.from_iterable(where.values())) as cursor:
                while rows := cursor.fetchmany(_FETCH_SIZE):
                    yield from rows

    def _quoted(self, client: Any, name: str) -> str:
        """Returns the name of a column for a statement."""
        return str(client.escape_column_name(self.name(name)))


def _converter(kind: Kind) -> Callable[[Any], Any]:
    """Returns a function that converts a value of the database to that of a Batch."""
    converters: Mapping[Kind, Callable[[Any], Any]] = {
        # Somebody may have changed the type of a column to numeric.
        Kind.INT: int,
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
