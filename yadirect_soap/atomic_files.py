"""Replaces files completely or not at all; pipes, devices and /dev/stdout are written into directly.

A file is written beside its place, as `.NAME.0123456789abcdef.part`, synced to the disk and renamed over the old one
at the end, so that the old content survives whatever stops the process.  The writer holds a lock on its part as long
as it lives; the next writer of the same file removes unlocked parts, which a killed process has left.
"""

import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EBADF, EISDIR
from pathlib import Path
from typing import Any, BinaryIO, cast

from yadirect_soap.language import _, reason_of

from .errors import ConfigurationError

_DESCRIPTORS = re.compile(r"/proc/([0-9]+)(/task/[0-9]+)?/fd|/dev/fd")
"""The folders that contain the open files of a process by number."""
_MOST_LINKS = 40
_SHOWN_NAME = 40
"""The number of characters of a file's name in the name of its part, which must not be longer than a folder allows."""


class NamedFile(io.FileIO):
    """A file whose errors have its name: "No space left on device" does not say which file."""

    def __init__(
        self,
        file: str | int,
        mode: str,
        *,
        display_name: str,
        closefd: bool = True,
        opener: Callable[[str, int], int] | None = None,
    ) -> None:
        super().__init__(file, mode, closefd, opener)
        self._display_name = display_name

    def write(self, data: Any) -> int:
        """Writes as much as possible; an OSError names the file."""
        with naming_errors(self._display_name):
            return super().write(data)


@contextmanager
def atomic_write(path: str | os.PathLike[str], *, mode: int | None = None, sync: bool = True) -> Iterator[BinaryIO]:
    """A binary file that is written inside the `with` and replaces `path` if that succeeds.

    A link stays a link, and its target is replaced.  The new file has the permissions of the old one.  Until the end
    the file's `name` is that of its part.

    Args:
        path: the file.  A pipe, a device or an open file (/dev/stdout, /dev/fd/3) is written into directly.
        mode: the permissions of the new file, such as 0o600; None keeps the old ones.
        sync: whether the content must be on the disk before the old one is replaced.

    Raises:
        ConfigurationError: the file cannot be written; raised before the body runs.
        OSError: writing failed later (a full disk); it names `path`, whose old content is unchanged.
    """
    target = Path(path)
    opened = _existing_stream(target) if is_stream(target) else _replacement(target, mode, sync=sync)
    with opened as file:
        yield file


def write_bytes(path: str | os.PathLike[str], content: bytes, *, mode: int | None = None, sync: bool = True) -> None:
    """Writes a complete file; arguments and errors are those of atomic_write."""
    with atomic_write(path, mode=mode, sync=sync) as file:
        file.write(content)


def is_stream(path: Path) -> bool:
    """Whether a path is written into and not replaced: a pipe, a device, a socket, or an open file."""
    if _descriptor(path) is not None:
        return True
    with suppress(OSError, ValueError):
        kind = path.stat().st_mode
        return not stat.S_ISREG(kind) and not stat.S_ISDIR(kind)
    return False


def _descriptor(path: Path) -> tuple[bool, int] | None:
    """Whether the open file that a path names belongs to this process, and its number; links are followed."""
    with suppress(OSError):
        for _ in range(_MOST_LINKS):
            folder = path.parent.resolve()
            match = _DESCRIPTORS.fullmatch(str(folder))
            if match and path.name.isdecimal():
                return match[1] in (None, str(os.getpid())), int(path.name)
            if not path.is_symlink():
                return None
            path = folder / path.readlink()
    return None


@contextmanager
def _existing_stream(path: Path) -> Iterator[BinaryIO]:
    """Opens the stream that a path names; writing to an open file continues at its position, as `>>` expects."""
    with _refused(path):
        is_own, number = _descriptor(path) or (False, 0)
        handle = os.dup(number) if is_own else os.open(path, os.O_WRONLY | os.O_APPEND)
        _refuse_read_only(handle)
    with _buffered(NamedFile(handle, "wb", display_name=str(path))) as file:
        yield file


@contextmanager
def _replacement(path: Path, mode: int | None, *, sync: bool) -> Iterator[BinaryIO]:
    """A part beside the file, which replaces it at the end."""
    with _refused(path):
        target = path.resolve()
        before = _replaceable(target)
        _remove_abandoned(target)
    part = target.with_name(f"{_prefix(target)}{os.urandom(8).hex()}.part")
    try:
        with _refused(path):
            raw = _new_part(part, 0o666 if mode is None and before is None else 0o600, display_name=str(path))
        with _buffered(raw) as file:
            yield file
            file.flush()
            with naming_errors(str(path)):
                if sync:
                    os.fsync(file.fileno())
                _permit(part, before, mode)
                if sys.platform == "win32":
                    file.close()  # an open file is not renamed there
                part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink()
    if sync:
        _sync_folder(target.parent)


@contextmanager
def _buffered(raw: NamedFile) -> Iterator[BinaryIO]:
    """A file with a buffer, which is discarded if the body raises: writing it could fail again, or never end."""
    file = io.BufferedWriter(raw)
    try:
        yield cast(BinaryIO, file)
        file.close()
    finally:
        raw.close()


def _refuse_read_only(handle: int) -> None:
    """Closes a handle that is open only for reading, and raises its OSError; a full device reports it later."""
    try:
        os.write(handle, b"")
    except OSError as error:
        if error.errno == EBADF:
            os.close(handle)
            raise


def _replaceable(target: Path) -> os.stat_result | None:
    """Returns the state of a file before it is replaced, None if there is none; OSError if it must not be replaced."""
    try:
        before = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(before.st_mode):
        raise IsADirectoryError(EISDIR, _("it is a folder"))
    if before.st_nlink > 1:
        raise PermissionError(
            EACCES,
            _("it has {count} names (hard links), and only this one would be replaced", count=before.st_nlink),
        )
    if not os.access(target, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES))
    return before


def _permit(part: Path, before: os.stat_result | None, mode: int | None) -> None:
    """Sets the permissions of a part: the requested ones, or those of the old file."""
    if before is not None:
        if sys.platform != "win32":
            with suppress(OSError):  # only root may give a file away
                os.chown(part, before.st_uid, before.st_gid)
        part.chmod(stat.S_IMODE(before.st_mode) if mode is None else mode)


# --- parts and their locks ------------------------------------------------------------------------------------


def _prefix(target: Path) -> str:
    return f".{target.name[:_SHOWN_NAME]}."


def _new_part(part: Path, mode: int, *, display_name: str) -> NamedFile:
    """Creates and locks a part; creates another one if it was removed before the lock was held."""
    while True:
        file = NamedFile(
            str(part), "xb", display_name=display_name, opener=lambda name, flags: os.open(name, flags, mode)
        )
        with suppress(OSError):  # a file system without locks
            lock(file.fileno(), wait=True)
        if os.fstat(file.fileno()).st_nlink:
            return file
        file.close()


def _remove_abandoned(target: Path) -> None:
    """Removes the parts of this file that no living process holds."""
    pattern = re.compile(re.escape(_prefix(target)) + r"[0-9a-f]{8,16}\.part")
    with suppress(OSError):
        for part in [path for path in target.parent.iterdir() if pattern.fullmatch(path.name)]:
            with suppress(OSError), part.open("rb") as file:
                lock(file.fileno(), wait=False)
                part.unlink()


if sys.platform == "win32":

    def lock(handle: int, *, wait: bool) -> None:
        """Nothing: a file that is open cannot be removed there."""

    def _sync_folder(folder: Path) -> None:
        """Nothing: a folder cannot be opened there."""

else:
    import fcntl

    def lock(handle: int, *, wait: bool) -> None:
        """Locks a file for as long as it is open; OSError where another process holds it, or there are no locks."""
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))

    def _sync_folder(folder: Path) -> None:
        """Puts the new name of a file on the disk, where the system can."""
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


# --- errors that name the file --------------------------------------------------------------------------------


@contextmanager
def naming_errors(name: str) -> Iterator[None]:
    """Adds the name of the file to an OSError that is raised inside the `with`."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, name) from None


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    """Converts an OSError that was raised before anything was written to a ConfigurationError that names the file."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise ConfigurationError(_("{path} cannot be written: {reason}", path=path, reason=reason_of(error))) from None
