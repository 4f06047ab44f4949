"""ClickHouse as a destination: ReplacingMergeTree tables, which are read with FINAL.

Each row has a `_version`, which grows with each package, and `_deleted`, 1 for a tombstone; of rows with the same key,
the one with the greatest version counts.  So a package that is sent twice changes nothing, and the state, which is
written last, is never ahead of the rows.  A report is sent to the server in the API's format.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ..batches import Batch, check_values
from ..columns import DELETED_AT, Kind
from ..destination import Package, Scope, State, scope_parts
from ..report_rows import NULL, ReportRows
from ..schema import Row, TableSchema, duplicate_key_error
from .clickhouse_http import ClickHouseHttp, Server, identifier, literal, literals
from .clickhouse_tables import DELETED, VERSION, column_type, create_table, missing_columns

_STATES = "_yadirect_sync"
_MAX_VALUES = 5_000
"""The maximum number of values of a condition, or of keys, in one statement."""
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2299, 12, 31)
"""The days of Date32."""
_READ_ROW = "date_time_input_format = 'best_effort', input_format_null_as_default = 1"
_READ_REPORT = (
    f"format_tsv_null_representation = '{NULL}', input_format_null_as_default = 1, "
    "input_format_with_names_use_header = 0"
)


class ClickHouseDestination:
    """The tables of a ClickHouse database.

    Args:
        server: The server and the database, which must exist.

    Raises:
        ConfigurationError: The server cannot be reached, or refuses user, password or database.
    """

    def __init__(self, server: Server) -> None:
        self._http = ClickHouseHttp(server)
        self._http.check()
        self._http.run(
            f"CREATE TABLE IF NOT EXISTS {_STATES} (login String, state String, synced_at String, {VERSION} UInt64) "
            f"ENGINE = ReplacingMergeTree({VERSION}) ORDER BY login"
        )

    def missing(self, schemas: Sequence[TableSchema]) -> Mapping[str, frozenset[str]]:
        """Returns the missing columns by table."""
        return missing_columns(self._http, schemas)

    def prepare(self, schemas: Sequence[TableSchema]) -> None:
        """Creates missing tables and columns.

        Raises:
            ConfigurationError: No sync has made a table, or a stored column has another type.
        """
        for schema in schemas:
            create_table(self._http, schema)

    def state(self, login: str) -> State:
        """Returns the state of the last package of a login; {} if there was none."""
        rows = self._http.select(f"SELECT state FROM {_STATES} FINAL WHERE login = {literal(login)}")
        return next((dict(json.loads(state)) for (state,) in rows), {})

    def states(self) -> Mapping[str, State]:
        """Returns the states of all logins."""
        return {
            login: json.loads(state) for login, state in self._http.select(f"SELECT login, state FROM {_STATES} FINAL")
        }

    def put_states(self, states: Mapping[str, State]) -> None:
        """Puts states in the place of those that these logins have."""
        version = self._next_version()
        lines = _lines(
            [login, json.dumps(dict(state), ensure_ascii=False), state.get("since") or "", version]
            for login, state in states.items()
        )
        self._http.run(f"INSERT INTO {_STATES} FORMAT JSONCompactEachRow", data=lines)

    def has_rows(self, table: TableSchema, login: str) -> bool:
        """Whether a login has living rows."""
        living = f" AND {DELETED_AT.name} IS NULL" if table.marks else ""
        statement = f"SELECT 1 FROM {identifier(table.name)} FINAL WHERE login = {literal(login)}{living} LIMIT 1"
        return any(True for _row in self._http.select(statement))

    def rows(
        self,
        table: TableSchema,
        login: str,
        columns: Sequence[str],
        where: Mapping[str, frozenset[Any]] | None = None,
    ) -> Iterator[Row]:
        """Yields the values of some columns in a login's rows, without rows marked as deleted."""
        names = ", ".join(map(identifier, columns))
        living = f" AND {DELETED_AT.name} IS NULL" if table.marks else ""
        decimals = [index for index, name in enumerate(columns) if table.column(name).kind is Kind.DECIMAL]
        for condition in _conditions(where or {}):
            statement = (
                f"SELECT {names} FROM {identifier(table.name)} FINAL WHERE login = {literal(login)}{living}{condition}"
            )
            for row in self._http.select(statement):
                for index in decimals:
                    row[index] = None if row[index] is None else Decimal(row[index])
                yield tuple(row)

    def apply(self, package: Package) -> None:
        """Inserts the rows of a package, deletes those that they replace, and then inserts the state.

        Raises:
            OSError: The server refuses a statement, or cannot be reached; the state does not change.
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

    def _next_version(self) -> int:
        """Returns the server's time in microseconds, or a greater number if an earlier package had it."""
        now = "toUInt64(toUnixTimestamp64Micro(now64(6)))"
        ((version,),) = self._http.select(f"SELECT greatest({now}, max({VERSION}) + 1) FROM {_STATES}")
        return int(version)

    def _insert_batch(self, batch: Batch, package: Package, version: int) -> None:
        if not batch.rows:
            return
        if batch.deleted and batch.table.marks:
            self._mark(batch, package.synced_at, version)
            return
        _check(batch)
        values = batch.filled_columns()
        columns = ", ".join(identifier(column.name) for column in values)
        end = (version, int(batch.deleted))
        rows = ((*row, *end) for row in zip(*values.values(), strict=True))
        self._http.run(
            f"INSERT INTO {identifier(batch.table.name)} ({columns}, {VERSION}, {DELETED}) SETTINGS {_READ_ROW} "
            "FORMAT JSONCompactEachRow",
            data=_lines(rows),
        )

    def _mark(self, batch: Batch, synced_at: str, version: int) -> None:
        """Inserts the rows of deleted objects again, with the time in `_deleted_at`."""
        table = batch.table
        names = [name for name in table.names if name != DELETED_AT.name]
        columns = ", ".join(map(identifier, names))
        key = ", ".join(identifier(column.name) for column in table.key)
        for start in range(0, len(batch.rows), _MAX_VALUES):
            keys = ", ".join(f"({literals(row)})" for row in batch.rows[start : start + _MAX_VALUES])
            self._http.run(
                f"INSERT INTO {identifier(table.name)} ({columns}, {DELETED_AT.name}, {VERSION}, {DELETED}) "
                f"SELECT {columns}, parseDateTimeBestEffort({literal(synced_at)}, 'UTC'), {version}, 0 "
                f"FROM {identifier(table.name)} FINAL WHERE {DELETED_AT.name} IS NULL AND ({key}) IN ({keys})"
            )

    def _insert_report(self, rows: ReportRows, version: int) -> None:
        """Sends the file of a report unchanged; the server adds login, time and version."""
        own = rows.schema.columns[1:-1]
        # The server checks an integer of more than 64 bits only if it has read it as a longer one.
        structure = ", ".join(
            f"c{number} {column_type(column).replace('64', '128')}" for number, column in enumerate(own)
        )
        values = ", ".join(f"accurateCast(c{number}, '{column_type(column)}')" for number, column in enumerate(own))
        columns = ", ".join(map(identifier, rows.schema.names))
        statement = (
            f"INSERT INTO {identifier(rows.schema.name)} ({columns}, {VERSION}, {DELETED}) "
            f"SELECT {literal(rows.login)}, {values}, parseDateTimeBestEffort({literal(rows.synced_at)}, 'UTC'), "
            f"{version}, 0 FROM input({literal(structure)}) SETTINGS {_READ_REPORT} FORMAT TabSeparatedRawWithNames"
        )
        try:
            with rows.path.open("rb") as file:
                self._http.run(statement, data=file)
        except OSError:
            # What a value of the report is the reason of is the trouble of its login alone.
            for batch in rows:
                _check(batch)
            raise
        count = f"SELECT count() FROM {identifier(rows.schema.name)} FINAL WHERE {VERSION} = {version}"
        ((written,),) = self._http.select(count)
        if written != rows.rows:
            raise duplicate_key_error(rows.schema)

    def _delete_older(self, scope: Scope, login: str, version: int) -> None:
        for condition in _conditions(scope.where):
            self._http.run(
                f"DELETE FROM {identifier(scope.table.name)} "
                f"WHERE login = {literal(login)} AND {VERSION} < {version}{condition}"
            )


def _check(batch: Batch) -> None:
    """Checks the values of a batch, since the server would refuse the package of a login for all of them.

    It would also take the nearest day that its type has, the last 64 bits of an integer, and six places of a decimal.
    """
    check_values(batch, (_FIRST_DAY, _LAST_DAY))


def _conditions(where: Mapping[str, frozenset[Any]]) -> Iterator[str]:
    """Yields the conditions of a scope, each for one statement."""
    for part in scope_parts(where, _MAX_VALUES):
        yield "".join(f" AND {identifier(name)} IN ({literals(values)})" for name, values in part.items())


def _lines(rows: Iterable[Sequence[Any]]) -> bytes:
    return "\n".join(map(_ENCODER.encode, rows)).encode()


def _decimal_text(value: Decimal) -> str:
    """Returns a text with all digits, for a value that the json module does not know."""
    return format(value, "f")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_decimal_text)
