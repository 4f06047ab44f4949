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
"""Bytes that are read at a time."""


class FinishedReports:
    """Stores reports by key until they expire.  Safe to share among threads; one file is written at a time."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._expiries: dict[str, float] = {}
        self._directory: tempfile.TemporaryDirectory[str] | None = None
        self._lock = threading.Lock()

    def read(self, key: str, expires: float, write: Callable[[IO[bytes]], None]) -> Iterator[bytes]:
        """The bytes of a report in pieces; a missing one is written before this returns.

        `expires` is the moment, in seconds since the epoch, after which the file is removed.
        """
        with self._lock:
            self._remove_expired()
            if key not in self._expiries:
                with self._path(key).open("wb") as file:
                    write(file)
                self._expiries[key] = expires
            return _pieces(self._path(key))

    def close(self) -> None:
        """Removes all files."""
        if self._directory is not None:
            self._directory.cleanup()

    def _remove_expired(self) -> None:
        for key in [key for key, expires in self._expiries.items() if expires <= self._clock()]:
            # Windows cannot remove a file that is being read; close() does later.
            with contextlib.suppress(PermissionError):
                self._path(key).unlink()
            del self._expiries[key]

    def _path(self, key: str) -> Path:
        if self._directory is None:
            self._directory = tempfile.TemporaryDirectory(prefix="yadirect-reports-")
            weakref.finalize(self, self._directory.cleanup)
        return Path(self._directory.name) / hashlib.sha256(key.encode()).hexdigest()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
