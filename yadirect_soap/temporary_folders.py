"""Temporary folders that a later run removes if a process that was killed has left them.

The process that uses a folder holds a lock on its file `.lock` as long as it lives.
"""

import os
import re
import shutil
import sys
import tempfile
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from .atomic_files import lock

Name = Literal["bulk", "dlt", "report"]
"""What a folder is for."""
_OURS = re.compile(rf"yadirect-({'|'.join(get_args(Name))})-[a-z0-9_]{{8}}")
_LOCK = ".lock"
_OLD = 7 * 24 * 3600.0
"""Seconds after which a folder without a lock file, such as an earlier version has made, counts as abandoned."""


class TemporaryFolder:
    """A temporary folder; it is removed by remove(), or when the object or the process ends.

    Args:
        name: What it is for; a part of its name.
    """

    def __init__(self, name: Name) -> None:
        while True:
            self.path = Path(tempfile.mkdtemp(prefix=f"yadirect-{name}-"))
            file = (self.path / _LOCK).open("wb")
            with suppress(OSError):  # a file system without locks
                lock(file.fileno(), wait=True)
            if self.path.exists():
                break
            # Another process removed it before the lock was held.
            file.close()
        self.remove = weakref.finalize(self, _remove, self.path, file)
        """Removes the folder."""


@contextmanager
def temporary_folder(name: Name) -> Iterator[Path]:
    """Yields a temporary folder, which is removed afterwards."""
    folder = TemporaryFolder(name)
    try:
        yield folder.path
    finally:
        folder.remove()


def remove_abandoned() -> None:
    """Removes the folders that no living process uses; those that cannot be removed stay."""
    if sys.platform == "win32":
        return  # there are no such locks there
    with suppress(OSError):
        for path in Path(tempfile.gettempdir()).iterdir():
            with suppress(OSError):
                if _OURS.fullmatch(path.name) and path.lstat().st_uid == os.getuid():
                    _remove_if_abandoned(path)


def _remove_if_abandoned(path: Path) -> None:
    try:
        file = (path / _LOCK).open("rb+")
    except FileNotFoundError:
        if time.time() - path.stat().st_mtime > _OLD:
            shutil.rmtree(path, ignore_errors=True)
        return
    with file:
        lock(file.fileno(), wait=False)
        shutil.rmtree(path, ignore_errors=True)


def _remove(path: Path, file: BinaryIO) -> None:
    file.close()
    shutil.rmtree(path, ignore_errors=True)
