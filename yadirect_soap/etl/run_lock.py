"""A lock that prevents a second run into the same destination on this machine."""

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
    """Holds a destination for one run; without filelock, which the extra `etl` brings, nothing is held.

    Args:
        address: The destination's address.
        folder: Where the lock is; a folder of the user's if it is left out.

    Raises:
        ConfigurationError: another run holds it.
    """
    try:
        from filelock import FileLock, Timeout
    except ImportError:
        yield
        return
    # With its options: they tell two databases of one server apart.
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
    """What an address means: a file or a folder is the same by whatever path, and in whatever format it is written."""
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
