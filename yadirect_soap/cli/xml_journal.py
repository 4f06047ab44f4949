"""The journal of a folder of responses, a SQLite file: the requests that were sent, and their outcomes.

    0001.xml   campaigns.add   sent        this is on the disk before the first byte of the request is sent
    0001.xml   campaigns.add   answered    its response is in the folder
    0002.xml   campaigns.add   sent        the process was killed: the request may have acted

So after any interruption, the next run knows which requests it may send.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from yadirect_soap import AlreadyRunningError, ConfigurationError
from yadirect_soap.language import _, reason_of

FILE = ".xml-send.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS request (
    name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, operation TEXT NOT NULL, account TEXT NOT NULL, state TEXT NOT NULL
)
"""


class Entry(NamedTuple):
    """The state of a request in the journal.

    Attributes:
        name: the name of the request.
        sha256: the hash of its envelope.
        operation: the key of its operation, such as `campaigns.add`.
        account: the endpoint and the client login of the call.
        state: "sent", "answered", or "failed" if it certainly did not act.
    """

    name: str
    sha256: str
    operation: str
    account: str
    state: str = "sent"


class Journal:
    """The journal of one folder.

    Args:
        connection: the database, which no other process has open.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def entry(self, name: str) -> Entry | None:
        """Returns the entry of a request; None if it was never sent."""
        row = self._connection.execute("SELECT * FROM request WHERE name = ?", (name,)).fetchone()
        return Entry(*row) if row else None

    def write(self, entry: Entry) -> None:
        """Writes an entry; it is on the disk when this returns."""
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO request VALUES (?, ?, ?, ?, ?)", entry)


@contextmanager
def open_journal(folder: Path) -> Iterator[Journal]:
    """Opens and locks the journal of a folder; creates both if they do not exist.

    Raises:
        AlreadyRunningError: another run has locked it.
        ConfigurationError: it is no journal, or the folder cannot be written.
    """
    file = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        connection = sqlite3.connect(file, timeout=0)
    except (OSError, sqlite3.Error) as error:
        raise ConfigurationError(
            _("{folder} cannot be written: {reason}", folder=folder, reason=reason_of(error))
        ) from None
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(_SCHEMA)
        connection.commit()
        connection.execute("BEGIN EXCLUSIVE")  # in this mode, the lock is kept until the connection is closed
        connection.commit()
    except sqlite3.Error as error:
        connection.close()
        if "locked" in str(error):
            raise AlreadyRunningError(
                _("{folder}: another run sends into this folder; wait for its end", folder=folder)
            ) from None
        raise ConfigurationError(
            _("{file}: {error}; expected the journal of `xml send`", file=file, error=error)
        ) from None
    try:
        yield Journal(connection)
    except sqlite3.Error as error:
        raise OSError(f"{file}: {error}") from None
    finally:
        connection.close()
