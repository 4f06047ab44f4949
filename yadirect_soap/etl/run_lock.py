"""Locks that prevent two runs into the same destination at the same time.

One lock is in a folder of the user, for runs of one user on one machine.  Another one is beside the destination's
files, for containers that share a folder.  DltDestination.hold() locks databases that have locks.
"""

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from yadirect_soap.errors import AlreadyRunningError, ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.lock_file import LockFile
from yadirect_soap.protocol.masked_text import without_credentials, without_userinfo

_ON_DISK = frozenset({"files", "duckdb", "sqlite"})
LOCK = "_yadirect_sync.lock"
"""The lock in a folder of files."""


@contextmanager
def only_run(address: str, folder: Path | None = None) -> Iterator[None]:
    """Locks a destination for one run.

    Args:
        address: The destination's address.
        folder: The folder of the lock file; None for one of the user.

    Raises:
        AlreadyRunningError: Another run has locked it.
        ConfigurationError: There is no folder for the lock file.
    """
    # The options of the address stay: two databases of one server may differ only in them.
    name = hashlib.sha256(_resolved(without_userinfo(address)).encode()).hexdigest()[:16]
    with ExitStack() as locks:
        try:
            _take(locks, (folder or _folder()) / f"sync-{name}.lock", 0o600, address)
            if beside := _beside(address):
                _take(locks, beside, 0o666, address)
        except OSError:
            # The folder is not writable, or its file system has no locks: only the first lock protects.
            pass
        yield


def _take(locks: ExitStack, path: Path, mode: int, address: str) -> None:
    lock = LockFile.take(str(path), mode=mode)
    if lock is None:
        raise another_run(without_credentials(address))
    locks.callback(lock.release)


def another_run(display_name: str) -> AlreadyRunningError:
    """Returns the error of a run whose destination another run has locked."""
    return AlreadyRunningError(_("another sync into {shown} is running; wait for its end", shown=display_name))


def _beside(address: str) -> Path | None:
    """Returns the lock file beside what a destination writes, in a folder that is there; DuckDB has its own lock."""
    scheme, _, rest = address.partition(":")
    path = Path(rest.partition("?")[0])
    if scheme == "files" and path.name:
        path.mkdir(parents=True, exist_ok=True)
        return path / LOCK
    return path.with_name(f".{path.name}.lock") if scheme == "sqlite" and path.name and path.parent.is_dir() else None


def _resolved(address: str) -> str:
    """Returns an address with an absolute path; a file or a folder is the same destination in every format."""
    scheme, _, rest = address.partition(":")
    return f"{scheme}:{Path(rest.partition('?')[0]).resolve()}" if scheme in _ON_DISK else address


def _folder() -> Path:
    """Returns the user's cache folder; the runtime folder of a user without a home, such as one of a container."""
    import platformdirs

    folders = platformdirs.PlatformDirs("yadirect-soap", appauthor=False, ensure_exists=True)
    try:
        return folders.user_cache_path
    except OSError as error:
        with suppress(OSError), warnings.catch_warnings():
            # It warns where XDG_RUNTIME_DIR is not set, as under cron.
            warnings.simplefilter("ignore")
            return folders.user_runtime_path
        raise ConfigurationError(
            _("the folder of the lock cannot be made: {error}; set XDG_CACHE_HOME", error=error)
        ) from error
