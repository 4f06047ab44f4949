"""The store: objects as documents in SQLite, in memory or in a file; it knows no rule of the API.

A document is a plain dict in the shape of the service's get item, all its members, with the API's names.  Objects of a
synthetic range are computed and not stored, until they are changed.
"""

import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from decimal import Decimal
from functools import partial
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypedDict, Unpack

import simplejson

from yadirect_soap.atomic_files import atomic_write
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from . import private_files, synthetic_rows
from .row_ranges import Row as Row
from .row_ranges import RowRange, Rows, merged
from .synthetic_rows import Document as Document
from .synthetic_rows import Key as Key
from .synthetic_rows import SyntheticRange

_SCHEMA = """
CREATE TABLE IF NOT EXISTS object (
    service TEXT NOT NULL, id NOT NULL, login TEXT NOT NULL,
    campaign INTEGER, adgroup INTEGER, changed REAL NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (service, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS object_login ON object (service, login, id);
CREATE INDEX IF NOT EXISTS object_campaign ON object (service, login, campaign);
CREATE INDEX IF NOT EXISTS object_adgroup ON object (service, login, adgroup);
CREATE TABLE IF NOT EXISTS sequence (name TEXT PRIMARY KEY, last INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

# Made once: simplejson.loads would make one for every document.
_JSON = simplejson.JSONDecoder(parse_float=Decimal)
_SYNTHETIC_RANGES = "synthetic_ranges"
_DELETED = "{}"
"""The document that is stored for a deleted object of a synthetic range."""
_MEMBERS = MappingProxyType({"campaign": "CampaignId", "adgroup": "AdGroupId", "id": "Id"})
"""The members that the columns hold."""
_AT_ONCE = 500
"""Ids in one statement, well under SQLite's limit of bound values."""


MEMORY = ":memory:"
"""The path of a store that is no file."""


class IdFilter(TypedDict, total=False):
    """Ids of objects, or of the groups or campaigns above them."""

    ids: Sequence[Key] | None
    campaigns: Sequence[Key] | None
    adgroups: Sequence[Key] | None


class Store:
    """Stores objects by service and id.  Safe to share among threads; during a transaction other threads wait."""

    def __init__(self, path: str | Path = MEMORY) -> None:
        self._lock = threading.RLock()
        self._shared_notes: dict[str, tuple[str | None, Any]] = {}
        """The text and the value of notes that are read in each call."""
        if str(path) != MEMORY:
            private_files.ensure(Path(path))
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        # After `with Emulator().serve() as address` no reference is left with which it could be closed.
        weakref.finalize(self, self._connection.close)
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(_SCHEMA)
            self._synthetic_ranges = self._noted_synthetic_ranges()
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Closes the file; the store cannot be used after that."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Stores all changes made inside it, or none of them if an exception leaves it; may be nested."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def next_id(self, name: str, start: int) -> int:
        """Returns the next number of a sequence, which begins with `start`."""
        with self.transaction():
            statement = (
                "INSERT INTO sequence VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last"
            )
            return int(self._connection.execute(statement, (name, start)).fetchone()[0])

    def skip_to(self, name: str, number: int) -> None:
        """Lets a sequence go on after a number."""
        with self._lock:
            self._connection.execute(
                "INSERT INTO sequence VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = max(last, excluded.last)",
                (name, number),
            )

    def holds(self, service: str, key: Key) -> bool:
        """Whether an id is in use, by any login."""
        with self._lock:
            cursor = self._connection.execute("SELECT 1 FROM object WHERE service = ? AND id = ?", (service, key))
            return cursor.fetchone() is not None or synthetic_rows.of(self._synthetic_ranges, service, key) is not None

    def put(self, service: str, key: Key, login: str, document: Document, *, changed: float) -> None:
        """Stores a document under its service and id, and replaces the one before."""
        row = (service, key, login, document.get("CampaignId"), document.get("AdGroupId"), changed)
        with self._lock:
            self._connection.execute(
                "INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*row, simplejson.dumps(document, use_decimal=True, ensure_ascii=False)),
            )

    def get(self, service: str, key: Key, login: str) -> Document | None:
        """Returns the document of an id; None if the id is unknown or belongs to another login."""
        row = next(self.rows(service, login, ids=[key]), None)
        return row.document if row else None

    def delete(self, service: str, key: Key) -> None:
        """Deletes an object; an unknown one changes nothing."""
        with self._lock:
            self._connection.execute("DELETE FROM object WHERE service = ? AND id = ?", (service, key))
            synthetic = synthetic_rows.of(self._synthetic_ranges, service, key)
            if synthetic is not None and isinstance(key, int):
                row = (service, key, synthetic.login, *synthetic.parents(key), synthetic.changed, _DELETED)
                self._connection.execute("INSERT INTO object VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def rows(self, service: str, login: str, **narrowed: Unpack[IdFilter]) -> Iterator[Row]:
        """Yields a login's objects in the order of their ids, narrowed by at most one list of ids."""
        return chain.from_iterable(self.row_ranges(service, login, **narrowed))

    def row_ranges(self, service: str, login: str, **narrowed: Unpack[IdFilter]) -> Iterable[Rows]:
        """Returns the same objects in ranges; a range can be skipped without reading its rows."""
        column, keys = _narrowing(narrowed)
        stored = self._stored_rows(service, login, column, keys)
        ranges = [
            RowRange(synthetic, part)
            for synthetic in self._synthetic_ranges_of(service, login)
            for part in synthetic.ranges(_MEMBERS.get(column, "Id"), keys)
        ]
        return merged(stored, ranges)

    def page(self, service: str, login: str, *, after: Key | None, limit: int) -> list[Row]:
        """Returns a login's objects in the order of their ids, the first `limit` of all or of those beyond an id."""
        if self._synthetic_ranges_of(service, login):
            ranges = self.row_ranges(service, login)
            beyond = ranges if after is None else map(partial(_beyond, after), ranges)
            return list(islice(chain.from_iterable(beyond), limit))
        select = "SELECT id, login, changed, document FROM object WHERE service = ? AND login = ?"
        if after is None:
            return self._select(f"{select} ORDER BY id LIMIT ?", (service, login, limit))
        return self._select(f"{select} AND id > ? ORDER BY id LIMIT ?", (service, login, after, limit))

    def count(self, service: str, login: str, *, campaign: Key | None = None, adgroup: Key | None = None) -> int:
        """How many objects a login has: all, or those of one campaign or group."""
        statement = "SELECT count(*) FROM object WHERE service = ? AND login = ?"
        values: list[Key] = [service, login]
        for column, key in (("campaign", campaign), ("adgroup", adgroup)):
            if key is not None:
                statement += f" AND {column} = ?"
                values.append(key)
        with self._lock:
            ranges = self._synthetic_ranges_of(service, login)
            # Without a document to look at, SQLite counts in an index: 200 times as fast with 5,000 objects.
            existing = f"{statement} AND document != '{_DELETED}'" if ranges else statement
            count = int(self._connection.execute(existing, values).fetchone()[0])
            for synthetic in ranges:
                changed = (f"{statement} AND id BETWEEN ? AND ?", [*values, synthetic.first, synthetic.last])
                count += synthetic.size(campaign, adgroup) - int(self._connection.execute(*changed).fetchone()[0])
            return count

    def stored_count(self) -> int:
        """How many objects of all logins are stored as documents."""
        with self._lock:
            return int(self._connection.execute("SELECT count(*) FROM object").fetchone()[0])

    def add_synthetic_range(self, synthetic: SyntheticRange) -> None:
        """Adds objects that are computed and not stored; their ids must not be in use."""
        with self.transaction():
            self.skip_to(synthetic.service, synthetic.last)
            self.set_note(
                _SYNTHETIC_RANGES, [row_range.to_note() for row_range in (*self._synthetic_ranges, synthetic)]
            )
            self._synthetic_ranges = self._noted_synthetic_ranges()

    def note(self, name: str) -> Any:
        """Returns the value stored under a name of the emulator's own (accounts, quotas), or None."""
        text = self._note_text(name)
        return None if text is None else _JSON.decode(text)

    def shared_note(self, name: str) -> Any:
        """Returns the same value, decoded once for all readers, which must not change it."""
        text = self._note_text(name)
        decoded, value = self._shared_notes.get(name, (None, None))
        if decoded != text:
            value = None if text is None else _JSON.decode(text)
            self._shared_notes[name] = text, value
        return value

    def _note_text(self, name: str) -> str | None:
        with self._lock:
            row = self._connection.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_note(self, name: str, value: object) -> None:
        """Stores a value of plain JSON under a name."""
        with self._lock:
            text = simplejson.dumps(value, use_decimal=True)
            self._connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, text))

    def save(self, path: str | Path) -> None:
        """Copies the store into a file, and replaces the one before; only its owner may read it."""
        try:
            with (
                atomic_write(path, mode=0o600) as file,
                self._lock,
                closing(sqlite3.connect(file.name)) as copy,
            ):
                self._connection.backup(copy)
                # A complete file without a log next to it, which can be read from a read-only folder.
                copy.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            raise ConfigurationError(_("{path} cannot be written: {error}", path=path, error=error)) from error

    def load(self, path: str | Path) -> None:
        """Replaces the store with a file that save() wrote; ConfigurationError for any other file."""
        if not Path(path).is_file():
            # SQLite would make one.
            raise ConfigurationError(_("{path}: no such snapshot", path=path))
        try:
            with self._lock, self._attached(path), self.transaction():
                tables = self._connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
                for (table,) in tables:
                    self._connection.execute(f"DELETE FROM main.{table}")  # noqa: S608  names of our own tables
                    self._connection.execute(f"INSERT INTO main.{table} SELECT * FROM snapshot.{table}")  # noqa: S608
                self._synthetic_ranges = self._noted_synthetic_ranges()
        except sqlite3.DatabaseError as error:
            raise ConfigurationError(
                _("{path}: not a snapshot of the emulator: {error}", path=path, error=error)
            ) from error

    @contextmanager
    def _attached(self, path: str | Path) -> Iterator[None]:
        self._connection.execute("ATTACH ? AS snapshot", (str(path),))
        try:
            yield
        finally:
            self._connection.execute("DETACH snapshot")

    def _stored_rows(self, service: str, login: str, column: str, keys: Sequence[Key] | None) -> list[Row]:
        select = "SELECT id, login, changed, document FROM object WHERE service = ? AND login = ?"
        if keys is None:
            return self._select(f"{select} ORDER BY id", (service, login))
        rows = [
            row
            for part in _parts(keys)
            for row in self._select(f"{select} AND {column} IN ({','.join('?' * len(part))})", (service, login, *part))
        ]
        return sorted(rows, key=lambda row: row.id)

    def _synthetic_ranges_of(self, service: str, login: str) -> list[SyntheticRange]:
        owner = (service, login)
        ranges = (synthetic for synthetic in self._synthetic_ranges if (synthetic.service, synthetic.login) == owner)
        return sorted(ranges, key=lambda synthetic: synthetic.first)

    def _noted_synthetic_ranges(self) -> tuple[SyntheticRange, ...]:
        return tuple(SyntheticRange.from_note(note) for note in self.note(_SYNTHETIC_RANGES) or ())

    def _select(self, statement: str, values: tuple[Key, ...]) -> list[Row]:
        with self._lock:
            rows = self._connection.execute(statement, values).fetchall()
        return [Row(key, owner, at, _JSON.decode(text)) for key, owner, at, text in rows]


def _narrowing(narrowed: IdFilter) -> tuple[str, list[Key] | None]:
    """Returns the column by which rows are narrowed, and the ids that it may have."""
    by = (("id", narrowed.get("ids")), ("adgroup", narrowed.get("adgroups")), ("campaign", narrowed.get("campaigns")))
    for column, keys in by:
        if keys is not None:
            return column, list(dict.fromkeys(keys))
    return "", None


def _beyond(key: Key, rows: Rows) -> Rows:
    """Returns the rows of a range that follow an id."""
    if isinstance(rows, RowRange) and isinstance(key, int):
        return rows[max(0, key + 1 - rows.keys.start) :]
    return rows if rows[0].id > key else ()  # type: ignore[operator]  # ids of a service are all numbers or all texts


def _parts(keys: Sequence[Key]) -> Iterable[Sequence[Key]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
