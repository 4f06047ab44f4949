"""Files as a destination: one complete file per table, and NAME.done.json after it; write_file() for a single one."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from yadirect_soap.atomic_files import atomic_write, is_stream, write_bytes
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _, reason_of

from ..batches import ROWS, Batch
from ..destination import Package, State
from ..memory_trim import trim_memory
from ..schema import Row, TableSchema
from ..sync_state import SyncState
from .file_formats import FileType, file_type, writing
from .row_store import RowStore

STORE = "_yadirect_sync.sqlite"
"""The file that holds rows and states of a folder."""


class FileInfo(NamedTuple):
    """What was written."""

    path: Path
    rows: int


class FilesDestination:
    """A folder with a file a table, for programs that read files.

    What changed is kept in `_yadirect_sync.sqlite` and written out by close(): each file that changed or is not there,
    whole, then NAME.done.json with its rows, its sha256 and the cursors, for those who wait for it.  A login whose
    table was never read to its end has no rows in the file; where that is each login, there is no file yet.

    Args:
        folder: The folder; it is made if it is not there.
        kind: The type of the files.

    Raises:
        ConfigurationError: the folder cannot be made or written to.
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

    def prepare(self, schemas: Sequence[TableSchema]) -> None:
        """Makes the tables that are missing and adds columns that are new.

        Raises:
            ConfigurationError: a newer version of this package fills it, or a column has another type there.
        """
        self._states()
        for schema in schemas:
            self._store.prepare(schema)
            self._schemas[schema.name] = schema

    def state(self, login: str) -> State:
        """The state of the last package of a login; {} if there was none."""
        return self._store.state(login)

    def rows(
        self,
        table: TableSchema,
        login: str,
        columns: Sequence[str],
        where: Mapping[str, frozenset[Any]] | None = None,
    ) -> Iterator[Row]:
        """Values of a login's rows in some columns, in the order of their keys."""
        return self._store.rows(table, login, columns, where or {})

    def stored_rows(self, table: TableSchema, logins: Iterable[str] | None = None) -> Iterator[Row]:
        """All rows of some logins, of each that has a state if they are left out; those marked as deleted too."""
        return self._store.all_rows(table, sorted(self._store.states()) if logins is None else logins)

    def apply(self, package: Package) -> None:
        """Commits a package; files are written by close()."""
        self._store.apply(package)

    def close(self) -> None:
        """Writes out the tables of this run that changed or have no such file, and closes; once."""
        if self._store.is_closed:
            return
        trim_memory()
        try:
            changed = self._store.changed()
            for name, schema in self._schemas.items():
                if name in changed or not self._is_written(name):
                    self._write_out(schema)
        finally:
            self._store.close()

    def abandon(self) -> None:
        """Closes without writing out; the next run does that."""
        self._store.close()

    def _is_written(self, name: str) -> bool:
        """Whether the file of a table is there, in the format of this run."""
        return self._store.written_as(name) == self._kind.text and self._path(name).exists()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{self._kind.ending}"

    def _states(self) -> Mapping[str, SyncState]:
        return {login: SyncState.of(state) for login, state in self._store.states().items()}

    def _write_out(self, schema: TableSchema) -> None:
        cursors = {login: moment for login, state in self._states().items() if (moment := state.read_up_to(schema))}
        if not cursors:
            # Half a table must not be taken for a whole one.
            return
        rows = self.stored_rows(schema, cursors)
        write_file(self._path(schema.name), _batches(schema, rows), schema, self._kind, about={"cursors": cursors})
        self._store.set_written(schema.name, self._kind.text)


def write_file(
    path: Path,
    batches: Iterable[Batch],
    schema: TableSchema,
    kind: FileType | None = None,
    *,
    about: Mapping[str, Any] | None = None,
) -> FileInfo:
    """Writes a table into a file, whole or not at all, then NAME.done.json.

    Args:
        path: The file.  A pipe or a device is written into as rows come, and has no NAME.done.json.
        batches: The rows.
        schema: Their columns.
        kind: The type of the file; None for what its ending says.
        about: What else NAME.done.json says.

    Returns:
        Where they are, and how many.

    Raises:
        ConfigurationError: the file cannot be written, or its ending is unknown.
        OSError: the disk is full.
    """
    kind = kind or file_type(path)
    done = path.with_name(f"{path.name}.done.json")
    whole = not is_stream(path)
    rows = 0
    with atomic_write(path) as file:
        with writing(file, schema, kind) as write:
            for batch in batches:
                write(batch.rows)
                rows += len(batch.rows)
        if whole:
            # Nobody must take the old word for the new file.
            with suppress(FileNotFoundError):
                done.unlink()
    if whole:
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        summary = {"file": path.name, "table": schema.name, "rows": rows, "sha256": digest, **(about or {})}
        write_bytes(done, f"{json.dumps(summary, ensure_ascii=False)}\n".encode())
    return FileInfo(path, rows)


def _batches(schema: TableSchema, rows: Iterator[Row]) -> Iterator[Batch]:
    batch_rows: list[Row] = []
    for row in rows:
        batch_rows.append(row)
        if len(batch_rows) == ROWS:
            yield Batch(schema, batch_rows)
            batch_rows = []
    if batch_rows:
        yield Batch(schema, batch_rows)
