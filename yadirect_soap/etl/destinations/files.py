"""Files as a destination: one complete file per table, and NAME.done.json after it; write_file() for a single one."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from yadirect_soap.atomic_files import atomic_write, is_stream, write_bytes
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _, reason_of

from ..batches import Batch, check_numbers, check_values
from ..destination import Package, State
from ..memory_trim import trim_memory
from ..report_rows import ReportRows
from ..schema import Row, TableSchema
from ..sync_state import SyncState
from .file_formats import FileType, file_type, writing
from .row_store import RowStore

STORE = "_yadirect_sync.sqlite"
"""The file with the rows and states of a folder."""


class FileInfo(NamedTuple):
    """A file that was written, and its number of rows."""

    path: Path
    rows: int


class FilesDestination:
    """A folder with one file per table, for programs that read files.

    Rows are stored in `_yadirect_sync.sqlite`, and close() writes the files: each missing file, and each whose table
    changed, completely; then NAME.done.json with its rows, its sha256 and the cursors, for programs that wait for it.
    The file has no rows of a login whose table was never read completely; if that is so for every login, there is no
    file yet.

    Args:
        folder: The folder; it is created if it does not exist.
        kind: The type of the files.

    Raises:
        ConfigurationError: The folder cannot be created or written to.
    """

    def __init__(self, folder: Path, kind: FileType | None = None) -> None:
        self.folder = folder
        self._kind = kind or FileType("jsonl")
        self._schemas: dict[str, TableSchema] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigurationError(
                _("{folder} cannot be made: {reason}", folder=folder, reason=reason_of(error))
            ) from error
        self._store = RowStore(folder / STORE)

    def missing(self, schemas: Sequence[TableSchema]) -> Mapping[str, frozenset[str]]:
        """Returns the missing columns by table."""
        return {schema.name: columns for schema in schemas if (columns := self._store.missing(schema))}

    def prepare(self, schemas: Sequence[TableSchema]) -> None:
        """Creates missing tables and columns.

        Raises:
            ConfigurationError: A newer version of this package wrote the folder, or a stored column has another type.
        """
        self._states()
        for schema in schemas:
            self._store.prepare(schema)
            self._schemas[schema.name] = schema

    def state(self, login: str) -> State:
        """Returns the state of the last package of a login; {} if there was none."""
        return self._store.state(login)

    def states(self) -> Mapping[str, State]:
        """Returns the states of all logins."""
        return self._store.states()

    def put_states(self, states: Mapping[str, State]) -> None:
        """Replaces states of logins that have one."""
        self._store.put_states(states)

    def has_rows(self, table: TableSchema, login: str) -> bool:
        """Whether a login has living rows."""
        return self._store.has_rows(table, login)

    def rows(
        self,
        table: TableSchema,
        login: str,
        columns: Sequence[str],
        where: Mapping[str, frozenset[Any]] | None = None,
    ) -> Iterator[Row]:
        """Yields the values of some columns in a login's rows, in the order of their keys."""
        return self._store.rows(table, login, columns, where or {})

    def stored_rows(self, table: TableSchema, logins: Iterable[str] | None = None) -> Iterator[Row]:
        """Yields all rows of logins, also those marked as deleted; None for every login that has a state."""
        return chain.from_iterable(self._store.batches(table, self._store.states() if logins is None else logins))

    def apply(self, package: Package) -> None:
        """Commits a package; files are written by close().

        Raises:
            DecodeError: An integer has more than 64 bits; or close() could not write a value into a Parquet file.
        """
        if self._kind.format == "parquet" and not isinstance(package.batches, ReportRows):
            for batch in package.batches:
                check_values(batch)
        try:
            self._store.apply(package)
        except OverflowError:
            # That is the trouble of one login, and no other is to stop.
            for batch in package.batches:
                check_numbers(batch)
            raise

    def close(self) -> None:
        """Writes the files of this run's tables that changed or have no file in this format, and closes the store."""
        if self._store.is_closed:
            return
        trim_memory()
        try:
            changed = self._store.changed()
            for name, schema in self._schemas.items():
                if name in changed or not self._is_written(name):
                    self._write(schema)
        finally:
            self._store.close()

    def abandon(self) -> None:
        """Closes the store without writing files; the next run writes them."""
        self._store.close()

    def _is_written(self, name: str) -> bool:
        """Whether the file of a table exists in the format of this run."""
        return self._store.written_as(name) == self._kind.text and self._path(name).exists()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{self._kind.ending}"

    def _states(self) -> Mapping[str, SyncState]:
        return {login: SyncState.of(state) for login, state in self._store.states().items()}

    def _write(self, schema: TableSchema) -> None:
        cursors = {login: moment for login, state in self._states().items() if (moment := state.read_up_to(schema))}
        if not cursors:
            # A program that reads the file must not find an incomplete table.
            return
        batches = (Batch(schema, rows) for rows in self._store.batches(schema, cursors))
        write_file(self._path(schema.name), batches, schema, self._kind, about={"cursors": cursors})
        self._store.set_written(schema.name, self._kind.text)


def write_file(
    path: Path,
    batches: Iterable[Batch],
    schema: TableSchema,
    kind: FileType | None = None,
    *,
    about: Mapping[str, Any] | None = None,
) -> FileInfo:
    """Writes a table into a file, completely or not at all, then NAME.done.json.

    Args:
        path: The file.  A pipe or a device gets the rows as they come, and has no NAME.done.json.
        batches: The rows.
        schema: The columns.
        kind: The type of the file; None chooses by its suffix.
        about: Further members of NAME.done.json.

    Returns:
        The path and the number of rows.

    Raises:
        ConfigurationError: The file cannot be written, or its suffix is unknown.
        OSError: The disk is full.
    """
    kind = kind or file_type(path)
    done = path.with_name(f"{path.name}.done.json")
    is_file = not is_stream(path)
    rows = 0
    with atomic_write(path) as file:
        with writing(file, schema, kind) as write:
            for batch in batches:
                write(batch.rows)
                rows += len(batch.rows)
        if is_file:
            # An old NAME.done.json must not remain with the new file.
            with suppress(FileNotFoundError):
                done.unlink()
    if is_file:
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        summary = {"file": path.name, "table": schema.name, "rows": rows, "sha256": digest, **(about or {})}
        write_bytes(done, f"{json.dumps(summary, ensure_ascii=False)}\n".encode())
    return FileInfo(path, rows)
