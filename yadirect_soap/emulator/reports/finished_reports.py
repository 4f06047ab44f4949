"""The texts of finished reports: files in a temporary directory, which is removed with the emulator."""

import contextlib
import hashlib
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

_PIECE = 1 << 16
"""Bytes of one piece."""
_CLOSING = 30.0
"""The most seconds that close() waits for a report that is being written."""


class FinishedReports:
    """Stores reports by key until they expire.  Safe to share among threads; one file is written at a time."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._files: dict[str, _File] = {}
        self._directory: tempfile.TemporaryDirectory[str] | None = None
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()
        self._closed = threading.Event()

    def read(
        self, key: str, expires: float, write: Callable[[IO[bytes]], None], *, patience: float
    ) -> Iterator[bytes] | None:
        """Returns the bytes of a report in pieces; a thread begins to write a missing one.

        Args:
            key: The key of the file.
            expires: The moment, in seconds since the epoch, after which the file is removed.
            write: Writes the file; it runs in its own thread, after the files before it.
            patience: Real seconds to wait until it is written.

        Returns:
            The pieces; None if the file takes longer, so that the caller asks again.

        Raises:
            Exception: The exception of `write`; the next call starts again.
        """
        with self._lock:
            self._remove_expired()
            if key not in self._files:
                self._files[key] = _File(self._path(key), expires)
                self._files[key].begin(write, self._one_at_a_time, self._closed)
            file = self._files[key]
        if not file.done.wait(patience):
            return None
        if file.error is not None:
            with self._lock:
                self._files.pop(key, None)
            raise file.error
        return _pieces(file.path)

    def close(self) -> None:
        """Removes all files, and stops the writing of others."""
        self._closed.set()
        for file in self._files.values():
            file.done.wait(_CLOSING)
        if self._directory is not None:
            self._directory.cleanup()

    def _remove_expired(self) -> None:
        now = self._clock()
        for key in [key for key, file in self._files.items() if file.expires <= now and file.done.is_set()]:
            # Windows cannot remove a file that is being read; close() does later.
            with contextlib.suppress(PermissionError, FileNotFoundError):
                self._path(key).unlink()
            del self._files[key]

    def _path(self, key: str) -> Path:
        if self._directory is None:
            self._directory = tempfile.TemporaryDirectory(prefix="yadirect-reports-")
            weakref.finalize(self, self._directory.cleanup)
        return Path(self._directory.name) / hashlib.sha256(key.encode()).hexdigest()


class _File:
    """A file that a thread writes; `error` is the exception that ended it."""

    def __init__(self, path: Path, expires: float) -> None:
        self.path = path
        self.expires = expires
        self.done = threading.Event()
        self.error: BaseException | None = None

    def begin(self, write: Callable[[IO[bytes]], None], turn: threading.Lock, closed: threading.Event) -> None:
        """Starts the thread, which writes when no other file is written and the reports are not closed."""

        def run() -> None:
            try:
                with turn, self.path.open("wb") as file:
                    write(_Closable(file, closed))  # type: ignore[arg-type]  # only write() is called
            except BaseException as error:  # noqa: BLE001  read() raises it
                self.error = error
            finally:
                self.done.set()

        threading.Thread(target=run, name="report", daemon=True).start()


class _Closable:
    """A file that can be written until the emulator is closed."""

    def __init__(self, file: IO[bytes], closed: threading.Event) -> None:
        self._file = file
        self._closed = closed

    def write(self, data: bytes) -> int:
        """Writes bytes; InterruptedError after the close."""
        if self._closed.is_set():
            raise InterruptedError("the emulator was closed while a report was written")
        return self._file.write(data)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
