"""RowStore: rows and states in a SQLite file, from which the files of a folder are written.

A CSV or Parquet file cannot be changed in place, and no CSV dialect distinguishes NULL from "".  So rows are stored
here, committed with the state, and the files of changed tables are written again completely.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..batches import ROWS, Batch
from ..columns import Column, Kind
from ..destination import Package, State, scope_parts
from ..schema import Row, TableSchema, check_key, duplicate_key_error

_META = """
CREATE TABLE IF NOT EXISTS _yadirect_sync (login TEXT PRIMARY KEY, state TEXT NOT NULL, synced_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS _yadirect_changed (name TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS _yadirect_written (name TEXT PRIMARY KEY, format TEXT NOT NULL);
"""
_MAX_VALUES = 500
"""The maximum number of values in one statement, well under SQLite's limit."""


class RowStore:
    """The tables of a folder in one SQLite file; it is thread-safe.

    Its methods raise OSError with the name of the file if it cannot be read or written.

    Raises:
        ConfigurationError: The file cannot be opened, or is no SQLite database.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self.is_closed = False
        try:
            self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(_META)
        except sqlite3.Error as error:
            raise ConfigurationError(_("{path} cannot hold what is synced: {error}", path=path, error=error)) from error

    def prepare(self, schema: TableSchema) -> None:
        """Creates a table, or adds its missing columns."""
        with self._transaction():
            stored = self._columns(schema.name)
            if not stored:
                columns = ", ".join(f"{_quoted(column.name)} {_type(column)}" for column in schema.columns)
                key = ", ".join(_quoted(column.name) for column in schema.key)
                self._run(f"CREATE TABLE {_quoted(schema.name)} ({columns}, PRIMARY KEY ({key})) WITHOUT ROWID")
                self._set_changed(schema.name)
            else:
                self._check_key(schema)
            for column in schema.columns if stored else ():
                if column.name not in stored:
                    self._run(f"ALTER TABLE {_quoted(schema.name)} ADD COLUMN {_quoted(column.name)} {_type(column)}")
                elif stored[column.name] != _type(column):
                    raise ConfigurationError(
                        _(
                            "{path}: {table}.{column} is {stored} and would be {type}; sync into another folder",
                            path=self._path,
                            table=schema.name,
                            column=column.name,
                            stored=stored[column.name],
                            type=_type(column),
                        )
                    )

    def missing(self, schema: TableSchema) -> frozenset[str]:
        """Returns the columns that a table lacks; all columns if it is missing."""
        return frozenset(schema.names) - self._columns(schema.name).keys()

    def state(self, login: str) -> State:
        """Returns the state of a login; {} before its first package."""
        with self._locked():
            row = self._connection.execute("SELECT state FROM _yadirect_sync WHERE login = ?", (login,)).fetchone()
        return dict(json.loads(row[0])) if row else {}

    def states(self) -> Mapping[str, State]:
        """Returns the states of all logins."""
        with self._locked():
            rows = self._connection.execute("SELECT login, state FROM _yadirect_sync ORDER BY login").fetchall()
        return {login: json.loads(state) for login, state in rows}

    def put_states(self, states: Mapping[str, State]) -> None:
        """Replaces states of logins that have one."""
        with self._transaction():
            for login, state in states.items():
                text = json.dumps(dict(state), ensure_ascii=False)
                self._run("UPDATE _yadirect_sync SET state = ? WHERE login = ?", (text, login))

    def apply(self, package: Package) -> None:
        """Commits a package in one transaction."""
        with self._transaction():
            for scope in package.replaced:
                for condition, values in _conditions(scope.where):
                    statement = f"DELETE FROM {_quoted(scope.table.name)} WHERE login = ?{condition}"  # noqa: S608  names are quoted
                    self._run(statement, (package.login, *values))
                self._set_changed(scope.table.name)
            emptied = {scope.table.name for scope in package.replaced}
            for batch in package.batches:
                if batch.deleted:
                    self._remove(batch.table, batch.rows, package.synced_at)
                else:
                    self._put(batch, is_new=batch.table.name in emptied)
                self._set_changed(batch.table.name)
            state = (package.login, json.dumps(dict(package.state), ensure_ascii=False), package.synced_at)
            self._run("INSERT OR REPLACE INTO _yadirect_sync VALUES (?, ?, ?)", state)

    def rows(
        self, schema: TableSchema, login: str, columns: Sequence[str], where: Mapping[str, frozenset[Any]]
    ) -> Iterator[Row]:
        """Yields the values of some columns in a login's rows, by key, without rows marked as deleted."""
        living = _living(schema)
        for condition, values in _conditions(where):
            yield from chain.from_iterable(
                self._select(schema, columns, f"WHERE login = ?{living}{condition}", (login, *values))
            )

    def has_rows(self, schema: TableSchema, login: str) -> bool:
        """Whether a login has living rows."""
        statement = f"SELECT 1 FROM {_quoted(schema.name)} WHERE login = ?{_living(schema)} LIMIT 1"  # noqa: S608  names are quoted
        with self._locked():
            return self._connection.execute(statement, (login,)).fetchone() is not None

    def batches(self, schema: TableSchema, logins: Iterable[str]) -> Iterator[Sequence[Row]]:
        """Yields all rows of logins in batches, login by login, by key."""
        for login in logins:
            yield from self._select(schema, schema.names, "WHERE login = ?", (login,))

    def changed(self) -> list[str]:
        """Returns the tables that changed since their files were written."""
        with self._locked():
            rows = self._connection.execute("SELECT name FROM _yadirect_changed ORDER BY name").fetchall()
        return [name for (name,) in rows]

    def written_as(self, name: str) -> str:
        """Returns the format in which the file of a table was last written; "" if it never was."""
        with self._locked():
            row = self._connection.execute("SELECT format FROM _yadirect_written WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_written(self, name: str, format: str) -> None:
        """Records that the file of a table was written, and in which format."""
        with self._transaction():
            self._run("DELETE FROM _yadirect_changed WHERE name = ?", (name,))
            self._run("INSERT OR REPLACE INTO _yadirect_written VALUES (?, ?)", (name, format))

    def close(self) -> None:
        """Closes the file."""
        self.is_closed = True
        with self._lock:
            self._connection.close()

    def _select(
        self, schema: TableSchema, columns: Sequence[str], end: str, values: tuple[Any, ...]
    ) -> Iterator[Sequence[Row]]:
        """Selects committed rows in batches with a new connection, while the other one may write."""
        names = ", ".join(map(_quoted, columns))
        key = ", ".join(_quoted(column.name) for column in schema.key)
        statement = f"SELECT {names} FROM {_quoted(schema.name)} {end} ORDER BY {key}"  # noqa: S608  names are quoted
        decimals = [index for index, name in enumerate(columns) if schema.column(name).kind is Kind.DECIMAL]
        with self._as_os_error(), closing(sqlite3.connect(self._path)) as connection:
            cursor = connection.execute(statement, values)
            while rows := cursor.fetchmany(ROWS):
                yield [_with_decimals(row, decimals) for row in rows] if decimals else rows

    def _put(self, batch: Batch, *, is_new: bool) -> None:
        """Writes rows, which replace those with the same keys; if `is_new`, a second row with a key is an error."""
        values = {column: _stored(column, cells) for column, cells in batch.filled_columns().items()}
        if not values:
            return
        names = ", ".join(_quoted(column.name) for column in values)
        marks = ", ".join("?" * len(values))
        verb = "INSERT" if is_new else "INSERT OR REPLACE"
        statement = f"{verb} INTO {_quoted(batch.table.name)} ({names}) VALUES ({marks})"
        try:
            self._connection.executemany(statement, zip(*values.values(), strict=True))
        except sqlite3.IntegrityError:
            raise duplicate_key_error(batch.table) from None

    def _remove(self, schema: TableSchema, keys: Sequence[Row], synced_at: str) -> None:
        is_key = " AND ".join(f"{_quoted(column.name)} = ?" for column in schema.key)
        table = _quoted(schema.name)
        if schema.marks:
            statement = f"UPDATE {table} SET _deleted_at = ? WHERE _deleted_at IS NULL AND {is_key}"  # noqa: S608  names are quoted
            self._connection.executemany(statement, ((synced_at, *key) for key in keys))
        else:
            self._connection.executemany(f"DELETE FROM {table} WHERE {is_key}", keys)  # noqa: S608  names are quoted

    def _set_changed(self, name: str) -> None:
        self._run("INSERT OR IGNORE INTO _yadirect_changed VALUES (?)", (name,))

    def _check_key(self, schema: TableSchema) -> None:
        """Refuses a stored table with another key."""
        rows = self._connection.execute(f"PRAGMA table_info({_quoted(schema.name)})").fetchall()
        check_key(schema, [row[1] for row in rows if row[5]], where=str(self._path), instead=_("folder"))

    def _columns(self, table: str) -> dict[str, str]:
        with self._locked():
            rows = self._connection.execute(f"PRAGMA table_info({_quoted(table)})").fetchall()
        return {row[1]: row[2] for row in rows}

    def _run(self, statement: str, values: Sequence[Any] = ()) -> None:
        self._connection.execute(statement, values)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._locked():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # If the disk is full, SQLite has already rolled back.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Locks the connection; an error of SQLite becomes an OSError with the name of the file."""
        with self._lock, self._as_os_error():
            yield

    @contextmanager
    def _as_os_error(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise OSError(
                _("{shown}: {reason}; what was not committed is read again", shown=self._path, reason=error)
            ) from error


def _living(schema: TableSchema) -> str:
    return " AND _deleted_at IS NULL" if schema.marks else ""


def _conditions(where: Mapping[str, frozenset[Any]]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yields the conditions of a scope and their values, each for one statement."""
    for part in scope_parts(where, _MAX_VALUES):
        texts = (f" AND {_quoted(name)} IN ({', '.join('?' * len(values))})" for name, values in part.items())
        yield "".join(texts), tuple(chain.from_iterable(part.values()))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _type(column: Column) -> str:
    return "INTEGER" if column.kind is Kind.INT else "TEXT"


def _stored(column: Column, values: Sequence[Any]) -> Sequence[Any]:
    """Returns the values of a column with decimals as texts, of which SQLite keeps all digits."""
    if column.kind is not Kind.DECIMAL:
        return values
    return [None if value is None else format(value, "f") for value in values]


def _with_decimals(row: Row, decimals: Sequence[int]) -> Row:
    return tuple(
        Decimal(value) if index in decimals and value is not None else value for index, value in enumerate(row)
    )
