"""The journal of a bulk job, a SQLite file: its lines, which of them were sent, and the outcome of each.

An example.  `spring.jsonl` has two groups and an ad; one transaction creates the journal after all lines were checked:

    item   line 1  adgroups.add  chunk 1  ref g1  planned
           line 2  adgroups.add  chunk 1          planned
           line 3  ads.add       chunk 2          planned     {"AdGroupId": "@g1", ...}

    chunk 1 (wave 0)  planned        chunk 2 (wave 1: it needs the id of g1)  planned

1. Chunk 1 becomes `sent`, with the time of the server's clock (`since`).  This is on the disk before the first byte of
   the call is sent.
2. The response comes: group 501, and an error for the second line.  One transaction makes line 1 `done` with result
   501, line 2 `failed` with the API's error, chunk 1 `answered` with its RequestId and units.
3. Chunk 2 becomes `sent`, and the machine loses power.
4. The next run reads that chunk 2 was sent, and that line 3 has no outcome: the ad may exist or not.  It asks Changes
   which ads of group 501 changed since `since`.  If an ad has all values that were sent, line 3 becomes `done`.  If
   there is no new ad, it stays `planned` and is sent again.  If there is a new ad with other values, it becomes
   `unknown`, and a person decides.

So a line goes from planned to done, failed, skipped (the line it refers to failed) or unknown, and only from unknown
back to planned.  No line is sent before the journal has recorded that it is.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from yadirect_soap.errors import AlreadyRunningError, ConfigurationError, DirectError
from yadirect_soap.language import _, composed

VERSION = 1
"""The version of the tables, in the user_version of the file."""
_APPLICATION_ID = 0x59644A31
"""The application_id of the file, which marks a database as a journal."""
STATES = ("planned", "done", "failed", "skipped", "unknown")

_CACHE_KIB = 8192
"""The size of SQLite's page cache: the ids of a file come in any order, and a page outside the cache is read again."""

Connect = Callable[..., sqlite3.Connection]

_SCHEMA = """
CREATE TABLE job (
    source TEXT NOT NULL, sha256 TEXT NOT NULL, format TEXT NOT NULL, columns TEXT NOT NULL, operation TEXT NOT NULL,
    money TEXT NOT NULL, endpoint TEXT NOT NULL, login TEXT NOT NULL, contract TEXT NOT NULL, lines INTEGER NOT NULL
);
CREATE TABLE chunk (
    id INTEGER PRIMARY KEY, op TEXT NOT NULL, naming TEXT NOT NULL, wave INTEGER NOT NULL, first INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'planned', since TEXT NOT NULL DEFAULT '', before TEXT NOT NULL DEFAULT '',
    sent TEXT NOT NULL DEFAULT '', request_id TEXT NOT NULL DEFAULT '', units INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0, doubts INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX chunk_order ON chunk (wave, first, id);
CREATE TABLE item (
    line INTEGER PRIMARY KEY, op TEXT NOT NULL, chunk INTEGER NOT NULL, ref TEXT, body TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'planned', result, note TEXT NOT NULL DEFAULT ''
);
CREATE TABLE reference (name TEXT PRIMARY KEY, line INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE touched (service TEXT NOT NULL, id, wave INTEGER NOT NULL, PRIMARY KEY (service, id)) WITHOUT ROWID;
"""
# Created after all lines are written: an index that grows with each line takes longer.
_INDEXES = """
CREATE INDEX item_chunk ON item (chunk, state);
CREATE INDEX item_result ON item (op, result) WHERE result IS NOT NULL;
"""


class JournalError(DirectError):
    """The journal cannot be read or written: the disk is full, or the file was removed.

    Committed outcomes stay.  If a call was sent and its outcome could not be written, the next run finds it.

    Args:
        path: the path of the journal.
        error: the error of SQLite.
    """

    def __init__(self, path: Path, error: sqlite3.Error) -> None:
        super().__init__(
            _(
                "{path} cannot be read or written: {error}; repeat the command once that is corrected",
                path=path,
                error=error,
            )
        )


class Job(NamedTuple):
    """The input file of a journal, and the account to which its lines may be sent."""

    source: str
    """The name of the file."""
    sha256: str
    format: str
    """The format of the file: "jsonl" or "table"."""
    columns: tuple[str, ...]
    """The header of a table; empty for JSON lines."""
    operation: str
    """The operation of lines that name none."""
    money: str
    endpoint: str
    login: str
    contract: str
    lines: int


class Chunk(NamedTuple):
    """Lines that are sent in one call."""

    id: int
    op: str
    """The key of the operation, such as `ads.add`."""
    naming: str
    """The member by which its lines name their objects, if the operation has several; else ""."""
    wave: int
    first: int
    """The number of the first line, which orders the chunks of a wave."""
    state: str
    """"planned", "sent" or "answered"."""
    since: str
    """The server's time before the chunk was sent first; "" if recovery does not need it."""
    before: str
    """JSON: what recovery read of the account before the chunk was sent first; "" if it needs nothing."""
    sent: str
    """The local time of the last call; "" if there was none."""
    request_id: str
    units: int
    tries: int
    """The number of calls."""
    doubts: int
    """How often the outcomes of its lines had to be looked up, as the response was lost or did not show them."""


class Item(NamedTuple):
    """A line of the file."""

    line: int
    op: str
    chunk: int
    ref: str | None
    body: str
    """The line as it is in the file."""
    state: str
    result: Any
    note: str
    """JSON: errors, warnings and remarks."""


class Journal:
    """The database of a job; as a context manager it closes itself.

    Args:
        path: The path of the file.
        connect: A function that opens a SQLite database, as sqlite3.connect does.

    Raises:
        ConfigurationError: The file cannot be opened, or is no journal of this version.
    """

    def __init__(self, path: str | os.PathLike[str], *, connect: Connect = sqlite3.connect) -> None:
        self.path = Path(path)
        self._connect = connect
        self._lock: sqlite3.Connection | None = None
        with suppress(OSError):  # connect() below raises the error
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        try:
            self._connection = connect(self.path, isolation_level=None, timeout=60)
        except sqlite3.Error as error:
            raise ConfigurationError(_("{path} cannot be opened: {error}", path=self.path, error=error)) from None
        try:
            self._check_database()
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        except sqlite3.Error as error:
            self.close()
            trouble = _("cannot be opened") if isinstance(error, sqlite3.OperationalError) else _("is no journal")
            raise ConfigurationError(
                composed("{path} {trouble}: {error}", path=self.path, trouble=trouble, error=error)
            ) from None
        except ConfigurationError:
            self.close()
            raise

    def _check_database(self) -> None:
        """Refuses databases of other programs and journals of other versions, before anything is written."""
        owner, version, tables = (
            self._connection.execute(statement).fetchone()[0]
            for statement in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
        )
        if owner != _APPLICATION_ID and (tables or version or owner):
            raise ConfigurationError(_("{path} is no journal: found a database of another program", path=self.path))
        if version not in (0, VERSION):
            raise ConfigurationError(
                _(
                    "{path}: found a journal of version {version}, expected {own}",
                    path=self.path,
                    version=version,
                    own=VERSION,
                )
            )

    # --- the file ---------------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Locks the journal against other runs, until it is closed or the process ends.

        Raises:
            AlreadyRunningError: Another run has locked the journal.
        """
        path = self.path.with_name(f"{self.path.name}-lock")
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(path, isolation_level=None, timeout=0)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            connection.close()
            raise AlreadyRunningError(
                _("{path}: another run has this journal; wait for its end", path=self.path)
            ) from None
        self._lock = connection

    def close(self) -> None:
        """Closes the file and releases its lock."""
        self._connection.close()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def remove(self) -> None:
        """Closes the file and removes it."""
        self.close()
        for ending in ("", "-wal", "-shm", "-lock"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.Error):
            raise JournalError(self.path, error) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commits the changes of its block together; an exception rolls them back."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    # --- planning ---------------------------------------------------------------------------------------------

    @property
    def is_new(self) -> bool:
        """Whether the journal has no job yet."""
        return bool(self._connection.execute("PRAGMA user_version").fetchone()[0] == 0)

    def create(self) -> None:
        """Creates the tables; call it inside a transaction."""
        for statement in _SCHEMA.split(";"):
            self._connection.execute(statement)

    def finish_planning(self, job: Job) -> None:
        """Writes the job after all its lines; call it inside the transaction of create()."""
        for statement in _INDEXES.split(";"):
            self._connection.execute(statement)
        row = job._replace(columns=json.dumps(job.columns))  # type: ignore[arg-type]  # as the column has it
        self._connection.execute("INSERT INTO job VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        self._connection.execute(f"PRAGMA user_version = {VERSION}")

    def add_items(self, rows: Iterable[tuple[int, str, int, str | None, str]]) -> None:
        """Adds planned lines: number, operation, chunk, ref, body."""
        self._connection.executemany("INSERT INTO item (line, op, chunk, ref, body) VALUES (?, ?, ?, ?, ?)", rows)

    def add_references(self, rows: Iterable[tuple[str, int]]) -> None:
        """Adds the names of lines: name, line."""
        self._connection.executemany("INSERT INTO reference VALUES (?, ?)", rows)

    def add_touched(self, rows: Iterable[tuple[str, Any, int]]) -> None:
        """Records the waves in which lines name or change objects: service, id, wave; the last wave of each counts."""
        statement = "INSERT INTO touched VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET wave = max(wave, excluded.wave)"
        self._connection.executemany(statement, rows)

    def add_chunk(self, op: str, naming: str, wave: int, first: int) -> int:
        """Adds a planned chunk and returns its number; `first` orders the chunks of a wave."""
        statement = "INSERT INTO chunk (op, naming, wave, first) VALUES (?, ?, ?, ?)"
        return int(self._connection.execute(statement, (op, naming, wave, first)).lastrowid or 0)

    def named_lines(self, names: Sequence[str]) -> dict[str, tuple[int, str, str, int]]:
        """Returns, by name: the line, its operation, the member that names its object, its wave."""
        statement = (
            "SELECT name, reference.line, item.op, chunk.naming, chunk.wave FROM json_each(?) AS given "
            "CROSS JOIN reference ON reference.name = given.value "
            "JOIN item ON item.line = reference.line JOIN chunk ON chunk.id = item.chunk"
        )
        rows = self._connection.execute(statement, (json.dumps(names),))
        return {name: (line, op, naming, wave) for name, line, op, naming, wave in rows}

    def touched(self, subjects: Sequence[tuple[str, Any]]) -> dict[tuple[str, Any], int]:
        """Returns the last recorded wave of objects, each a service and an id."""
        statement = (
            "SELECT service, touched.id, wave FROM json_each(?) AS given CROSS JOIN touched "
            "ON service = json_extract(given.value, '$[0]') AND touched.id = json_extract(given.value, '$[1]')"
        )
        rows = self._connection.execute(statement, (json.dumps(subjects),))
        return {(service, key): wave for service, key, wave in rows}

    # --- running ----------------------------------------------------------------------------------------------

    def job(self) -> Job:
        """Returns the job; raises ConfigurationError if the journal has none."""
        if self.is_new:
            raise ConfigurationError(_("{path} is an empty journal; run it with a file first", path=self.path))
        row = self._connection.execute("SELECT * FROM job").fetchone()
        return Job(*row)._replace(columns=tuple(json.loads(row[3])))

    def next_chunk(self, after: Chunk | None) -> Chunk | None:
        """Returns the first chunk after another one, in the order of sending, that is not answered."""
        position = (after.wave, after.first, after.id) if after else (-1, -1, -1)
        statement = (
            "SELECT * FROM chunk WHERE state != 'answered' AND (wave, first, id) > (?, ?, ?) "
            "ORDER BY wave, first, id LIMIT 1"
        )
        row = self._connection.execute(statement, position).fetchone()
        return Chunk(*row) if row else None

    def chunk(self, number: int) -> Chunk:
        """Returns the chunk with a number."""
        return Chunk(*self._connection.execute("SELECT * FROM chunk WHERE id = ?", (number,)).fetchone())

    def chunks(self) -> Iterator[tuple[Chunk, int]]:
        """Yields all chunks in the order of sending, each with the number of its planned lines."""
        statement = (
            "SELECT chunk.*, (SELECT count(*) FROM item WHERE chunk = chunk.id AND item.state = 'planned') "
            "FROM chunk ORDER BY wave, first, id"
        )
        for row in self._connection.execute(statement):
            yield Chunk(*row[:-1]), row[-1]

    def planned(self, chunk: Chunk) -> list[Item]:
        """Returns the lines of a chunk that have no outcome, in the order of the file."""
        statement = "SELECT * FROM item WHERE chunk = ? AND state = 'planned' ORDER BY line"
        return [Item(*row) for row in self._connection.execute(statement, (chunk.id,))]

    def items(self, states: Sequence[str] = STATES, *, after: int = 0) -> Iterator[Item]:
        """Yields the lines in these states after a line, in the order of the file."""
        statement = "SELECT * FROM item WHERE line > ? AND instr(?, state) ORDER BY line LIMIT 1000"
        while rows := self._connection.execute(statement, (after, " ".join(states))).fetchall():
            yield from (Item(*row) for row in rows)
            after = rows[-1][0]

    def items_of(self, op: str, *, after: int = 0) -> Iterator[Item]:
        """Yields the done lines of an operation after a line, in the order of the file."""
        statement = "SELECT * FROM item WHERE op = ? AND state = 'done' AND line > ? ORDER BY line LIMIT 1000"
        while rows := self._connection.execute(statement, (op, after)).fetchall():
            yield from (Item(*row) for row in rows)
            after = rows[-1][0]

    def done_with_results(self, op: str, ids: Sequence[Any]) -> list[Item]:
        """Returns the done lines of an operation whose results are these ids, in the order of the file."""
        statement = (
            "SELECT item.* FROM json_each(?) AS given CROSS JOIN item "
            "ON op = ? AND result = given.value AND state = 'done' ORDER BY line"
        )
        return [Item(*row) for row in self._connection.execute(statement, (json.dumps(ids), op))]

    def operations(self) -> list[str]:
        """Returns the keys of all operations in the job."""
        return [op for (op,) in self._connection.execute("SELECT DISTINCT op FROM chunk")]

    def last_done(self, op: str, namings: Sequence[str]) -> int:
        """Returns the last done line of an operation that names its object by one of these members; 0 for none."""
        statement = (
            "SELECT coalesce(max(line), 0) FROM item JOIN chunk ON chunk.id = chunk "
            "WHERE item.op = ? AND item.state = 'done' AND naming IN (SELECT value FROM json_each(?))"
        )
        return int(self._connection.execute(statement, (op, json.dumps(namings))).fetchone()[0])

    def results(self, names: Sequence[str]) -> dict[str, tuple[str, Any]]:
        """Returns, by name, the state and the result of a line."""
        statement = (
            "SELECT name, state, result FROM json_each(?) AS given CROSS JOIN reference "
            "ON reference.name = given.value JOIN item ON item.line = reference.line"
        )
        rows = self._connection.execute(statement, (json.dumps(names),))
        return {name: (state, result) for name, state, result in rows}

    def ids_in_job(self, service: str, ids: Sequence[Any]) -> set[Any]:
        """Returns those of the ids of a service that lines of the job created or name."""
        ids_json = json.dumps(ids)
        added = "SELECT result FROM json_each(?) AS given CROSS JOIN item ON op = ? AND result = given.value"
        # An add of several adjustments has a list of ids.
        lists = "SELECT result FROM item WHERE op = ? AND result >= '[' AND result < '\\'"
        named = "SELECT id FROM touched WHERE service = ? AND id IN (SELECT value FROM json_each(?))"
        rows = [*self._connection.execute(added, (ids_json, f"{service}.add"))]
        rows += self._connection.execute(named, (service, ids_json))
        several = {key for (text,) in self._connection.execute(lists, (f"{service}.add",)) for key in json.loads(text)}
        return {row[0] for row in rows} | several.intersection(ids)

    def greatest_id(self, service: str, *, but: Chunk) -> int:
        """Returns the greatest id of a service that other chunks of the job created; 0 for none."""
        # SQLite orders numbers before all texts.
        added = "SELECT result FROM item WHERE op = ? AND result < '' AND chunk != ?"
        statement = f"{added} ORDER BY result DESC LIMIT 1"
        row = self._connection.execute(statement, (f"{service}.add", but.id)).fetchone()
        return int(row[0]) if row else 0

    def set_chunk(self, chunk: Chunk, **values: Any) -> Chunk:
        """Updates columns of a chunk and returns the new chunk; inside or outside a transaction."""
        names = ", ".join(f"{name} = ?" for name in values)
        statement = f"UPDATE chunk SET {names} WHERE id = ?"  # noqa: S608  names of our own columns
        self._connection.execute(statement, (*values.values(), chunk.id))
        return chunk._replace(**values)

    def set_items(self, rows: Iterable[tuple[str, Any, str, int]]) -> None:
        """Writes the outcomes of lines: state, result, note, line."""
        self._connection.executemany("UPDATE item SET state = ?, result = ?, note = ? WHERE line = ?", rows)

    def split(self, chunk: Chunk, lines: Sequence[int]) -> None:
        """Moves lines of a chunk into a new chunk, which is sent after it."""
        number = self.add_chunk(chunk.op, chunk.naming, chunk.wave, chunk.first)
        self.set_chunk(chunk._replace(id=number), since=chunk.since, before=chunk.before, doubts=chunk.doubts)
        self._connection.executemany("UPDATE item SET chunk = ? WHERE line = ?", ((number, line) for line in lines))

    def plan_again(self, state: str) -> int:
        """Plans the lines in a state again, with their chunks, in one transaction; returns the number of lines."""
        with self.transaction():
            chunks = "UPDATE chunk SET state = 'planned' WHERE id IN (SELECT chunk FROM item WHERE item.state = ?)"
            self._connection.execute(chunks, (state,))
            items = "UPDATE item SET state = 'planned', note = '' WHERE state = ?"
            return self._connection.execute(items, (state,)).rowcount

    # --- counting ---------------------------------------------------------------------------------------------

    def counts(self) -> dict[str, int]:
        """Returns the number of lines in each state."""
        numbers = dict(self._connection.execute("SELECT state, count(*) FROM item GROUP BY state"))
        return {state: numbers.get(state, 0) for state in STATES}

    def units(self) -> int:
        """Returns the units spent by all calls that had a response."""
        return int(self._connection.execute("SELECT coalesce(sum(units), 0) FROM chunk").fetchone()[0])
