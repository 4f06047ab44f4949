"""ClickHouse as a destination: tables of ReplacingMergeTree, to be read with FINAL.

Each row has a `_version`, greater in each package, and `_deleted`, 1 for a tombstone; of rows with the same key the one
of the greatest version holds.  So a package that is sent twice changes nothing, and the state, which comes last, is
never ahead of the rows.  A report goes to the server as the API wrote it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..batches import Batch
from ..columns import Column, Kind
from ..destination import Package, Scope, State
from ..report_rows import NULL, ReportRows
from ..schema import Row, TableSchema, check_key, same_key
from .clickhouse_http import ClickHouseHttp, Server, literal, literals, quoted

_STATES = "_yadirect_sync"
_VERSION, _DELETED, _DELETED_AT = "_version", "_deleted", "_deleted_at"
_IN_ONE_STATEMENT = 5_000
"""Values of a condition, or keys, in one statement."""
_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.INT: "Int64",
        Kind.DECIMAL: "Decimal(38, 6)",
        Kind.DATE: "Date32",
        Kind.MOMENT: "DateTime('UTC')",
    }
)
_READ_ROW = "date_time_input_format = 'best_effort', input_format_null_as_default = 1"
_READ_REPORT = (
    f"format_tsv_null_representation = '{NULL}', input_format_null_as_default = 1, "
    "input_format_with_names_use_header = 0"
)


class ClickHouseDestination:
    """Tables of a database of ClickHouse.

    Args:
        server: Where the database is; it must exist.

    Raises:
        ConfigurationError: The server cannot be reached, or does not take user, password or database.
    """

    def __init__(self, server: Server) -> None:
        self._http = ClickHouseHttp(server)
        self._http.check()
        self._http.run(
            f"CREATE TABLE IF NOT EXISTS {_STATES} (login String, state String, synced_at String, {_VERSION} UInt64) "
            f"ENGINE = ReplacingMergeTree({_VERSION}) ORDER BY login"
        )

    def prepare(self, schemas: Sequence[TableSchema]) -> None:
        """Makes the tables that are missing and adds columns that are new."""
        for schema in schemas:
            columns = ", ".join(f"{quoted(column.name)} {_type(column)}" for column in schema.columns)
            key = ", ".join(quoted(column.name) for column in schema.key)
            self._http.run(
                f"CREATE TABLE IF NOT EXISTS {quoted(schema.name)} ({columns}, {_VERSION} UInt64, {_DELETED} UInt8) "
                f"ENGINE = ReplacingMergeTree({_VERSION}, {_DELETED}) ORDER BY ({key})"
            )
            self._add_columns(schema)

    def state(self, login: str) -> State:
        """The state of the last package of a login; {} if there was none."""
        rows = self._http.select(f"SELECT state FROM {_STATES} FINAL WHERE login = {literal(login)}")
        return next((dict(json.loads(state)) for (state,) in rows), {})

    def rows(
        self,
        table: TableSchema,
        login: str,
        columns: Sequence[str],
        where: Mapping[str, frozenset[Any]] | None = None,
    ) -> Iterator[Row]:
        """Values of a login's living rows in some columns."""
        names = ", ".join(map(quoted, columns))
        living = f" AND {_DELETED_AT} IS NULL" if table.marks else ""
        decimals = [index for index, name in enumerate(columns) if table.column(name).kind is Kind.DECIMAL]
        for condition in _conditions(where or {}):
            statement = (
                f"SELECT {names} FROM {quoted(table.name)} FINAL WHERE login = {literal(login)}{living}{condition}"
            )
            for row in self._http.select(statement):
                for index in decimals:
                    row[index] = None if row[index] is None else Decimal(row[index])
                yield tuple(row)

    def apply(self, package: Package) -> None:
        """Sends the rows of a package, takes out what they replace, and then sends the state.

        Raises:
            OSError: The server refused something, or cannot be reached; the state is as it was.
        """
        version = self._next_version()
        if isinstance(package.batches, ReportRows):
            self._insert_report(package.batches, version)
        else:
            for batch in package.batches:
                self._insert_batch(batch, package, version)
        for scope in package.replaced:
            self._delete_older(scope, package.login, version)
        state = [package.login, json.dumps(dict(package.state), ensure_ascii=False), package.synced_at, version]
        self._http.run(f"INSERT INTO {_STATES} FORMAT JSONCompactEachRow", data=_lines([state]))

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def _add_columns(self, schema: TableSchema) -> None:
        where = f"database = currentDatabase() AND table = {literal(schema.name)}"
        rows = list(self._http.select(f"SELECT name, type, is_in_sorting_key FROM system.columns WHERE {where}"))
        check_key(schema, [name for name, _, in_key in rows if in_key], where="clickhouse", instead=_("database"))
        stored = {name: type_ for name, type_, _ in rows}
        for column in schema.columns:
            if column.name not in stored:
                self._http.run(f"ALTER TABLE {quoted(schema.name)} ADD COLUMN {quoted(column.name)} {_type(column)}")
            elif stored[column.name].replace(" ", "") != _type(column).replace(" ", ""):
                raise ConfigurationError(
                    _(
                        "clickhouse: {table}.{column} is {stored} and would be {type}; sync into another database",
                        table=schema.name,
                        column=column.name,
                        stored=stored[column.name],
                        type=_type(column),
                    )
                )

    def _next_version(self) -> int:
        """Microseconds by the server's clock, and more than any package before had."""
        now = "toUInt64(toUnixTimestamp64Micro(now64(6)))"
        ((version,),) = self._http.select(f"SELECT greatest({now}, max({_VERSION}) + 1) FROM {_STATES}")
        return int(version)

    def _insert_batch(self, batch: Batch, package: Package, version: int) -> None:
        if not batch.rows:
            return
        if batch.deleted and batch.table.marks:
            self._mark(batch, package.synced_at, version)
            return
        columns = ", ".join(quoted(column.name) for column in batch.columns)
        rows = ([*map(_json_value, row), version, int(batch.deleted)] for row in batch.rows)
        self._http.run(
            f"INSERT INTO {quoted(batch.table.name)} ({columns}, {_VERSION}, {_DELETED}) SETTINGS {_READ_ROW} "
            "FORMAT JSONCompactEachRow",
            data=_lines(rows),
        )

    def _mark(self, batch: Batch, synced_at: str, version: int) -> None:
        """Writes the rows of deleted objects again, with the time in `_deleted_at`."""
        table = batch.table
        names = [name for name in table.names if name != _DELETED_AT]
        columns = ", ".join(map(quoted, names))
        key = ", ".join(quoted(column.name) for column in table.key)
        for start in range(0, len(batch.rows), _IN_ONE_STATEMENT):
            keys = ", ".join(f"({literals(row)})" for row in batch.rows[start : start + _IN_ONE_STATEMENT])
            self._http.run(
                f"INSERT INTO {quoted(table.name)} ({columns}, {_DELETED_AT}, {_VERSION}, {_DELETED}) "
                f"SELECT {columns}, parseDateTimeBestEffort({literal(synced_at)}, 'UTC'), {version}, 0 "
                f"FROM {quoted(table.name)} FINAL WHERE {_DELETED_AT} IS NULL AND ({key}) IN ({keys})"
            )

    def _insert_report(self, rows: ReportRows, version: int) -> None:
        """The file as it is: the server reads it, and adds login, time and version."""
        own = rows.schema.columns[1:-1]
        structure = ", ".join(f"c{number} {_type(column)}" for number, column in enumerate(own))
        values = ", ".join(f"c{number}" for number in range(len(own)))
        columns = ", ".join(map(quoted, rows.schema.names))
        statement = (
            f"INSERT INTO {quoted(rows.schema.name)} ({columns}, {_VERSION}, {_DELETED}) "
            f"SELECT {literal(rows.login)}, {values}, parseDateTimeBestEffort({literal(rows.synced_at)}, 'UTC'), "
            f"{version}, 0 FROM input({literal(structure)}) SETTINGS {_READ_REPORT} FORMAT TabSeparatedRawWithNames"
        )
        with rows.path.open("rb") as file:
            self._http.run(statement, data=file)
        count = f"SELECT count() FROM {quoted(rows.schema.name)} FINAL WHERE {_VERSION} = {version}"
        ((written,),) = self._http.select(count)
        if written != rows.rows:
            raise same_key(rows.schema)

    def _delete_older(self, scope: Scope, login: str, version: int) -> None:
        for condition in _conditions(scope.where):
            self._http.run(
                f"DELETE FROM {quoted(scope.table.name)} "
                f"WHERE login = {literal(login)} AND {_VERSION} < {version}{condition}"
            )


def _type(column: Column) -> str:
    """The type of a column; only those of the key are never null."""
    kind = _TYPES.get(column.kind, "String")
    return kind if column.key else f"Nullable({kind})"


def _conditions(where: Mapping[str, frozenset[Any]]) -> list[str]:
    """Conditions of a scope, so many that none has more values than fit; the longest list is cut."""
    if not where:
        return [""]
    longest = max(where, key=lambda name: len(where[name]))
    values = sorted(where[longest])
    parts = [values[start : start + _IN_ONE_STATEMENT] for start in range(0, len(values), _IN_ONE_STATEMENT)]
    return [
        "".join(
            f" AND {quoted(name)} IN ({literals(sorted(listed))})" for name, listed in {**where, longest: part}.items()
        )
        for part in parts
    ]


def _json_value(value: Any) -> Any:
    """A value that JSON has: decimals as texts, digit by digit."""
    return format(value, "f") if isinstance(value, Decimal) else value


def _lines(rows: Iterable[Sequence[Any]]) -> bytes:
    write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    return "\n".join(map(write, rows)).encode()
