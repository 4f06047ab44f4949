"""A lock that prevents two runs into the same destination at the same time on this machine."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.masked_text import without_credentials, without_userinfo

_ON_DISK = frozenset({"files", "duckdb", "sqlite"})


@contextmanager
def only_run(address: str, folder: Path | None = None) -> Iterator[None]:
    """Locks a destination for one run; without filelock, which the extra `etl` installs, nothing is locked.

    Args:
        address: The destination's address.
        folder: The folder of the lock file; None for the user's cache folder.

    Raises:
        ConfigurationError: Another run has locked it.
    """
    try:
        from filelock import FileLock, Timeout
    except ImportError:
        yield
        return
    # The options of the address stay: two databases of one server may differ only in them.
    name = hashlib.sha256(_resolved(without_userinfo(address)).encode()).hexdigest()[:16]
    lock = FileLock((folder or _folder()) / f"sync-{name}.lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise ConfigurationError(
            _("another sync into {shown} is running; wait for its end", shown=without_credentials(address))
        ) from None
    try:
        yield
    finally:
        lock.release()


def _resolved(address: str) -> str:
    """Returns an address with an absolute path; a file or a folder is the same destination in every format."""
    scheme, _, rest = address.partition(":")
    return f"{scheme}:{Path(rest.partition('?')[0]).resolve()}" if scheme in _ON_DISK else address


def _folder() -> Path:
    import platformdirs

    try:
        return platformdirs.user_cache_path("yadirect-soap", appauthor=False, ensure_exists=True)
    except OSError as error:
        raise ConfigurationError(
            _("the folder of the lock cannot be made: {error}; set XDG_CACHE_HOME", error=error)
        ) from error
