"""How many requests of an advertiser are under way at a time, counted over all threads and processes of a machine.

The API answers five requests of an advertiser at a time, from all its programs together, and refuses the sixth (506).
A request takes one of so many lock files, which stand for the places; a process that ends, however it ends, leaves its
places free.  https://yandex.ru/dev/direct/doc/ru/concepts/limits
"""

import hashlib
import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from yadirect_soap.errors import ConfigurationError, NotSentError
from yadirect_soap.protocol.headers import AUTHORIZATION
from yadirect_soap.protocol.messages import Request, StreamedResponse

from .middleware import CallContext, Next
from .settings import Settings

if TYPE_CHECKING:
    from filelock import FileLock

_SHORTEST_WAIT, _LONGEST_WAIT = 0.002, 0.1
"""Seconds between two looks for a free place; the wait doubles."""
_PATIENCE = 600.0
"""Seconds after which a place is given up."""
_UNCOUNTED = ("reports.", ".wsdl", ".xsd")
"""Parts of the names of what has limits of another kind, or none."""


class ConcurrencyLimit:
    """Lets a request go when fewer than `settings.concurrency` of its advertiser are under way; a middleware.

    A thread that reads a response already takes no second place, so that calls inside a loop over items() cannot wait
    for the loop's own.

    Args:
        settings: The limit, the endpoint, the client's login, and how to wait.
        folder: Where the lock files are; the user's runtime folder if it is left out.

    Raises:
        ConfigurationError: filelock is not installed, or the folder cannot be made.
    """

    def __init__(self, settings: Settings, folder: Path | None = None) -> None:
        self._settings = settings
        self._places = settings.concurrency or 0
        self._folder = runtime_folder() if folder is None else folder
        self._busy: set[tuple[int, int]] = set()
        _filelock()

    @contextmanager
    def __call__(self, context: CallContext, request: Request, send: Next, /) -> Iterator[StreamedResponse]:
        """Waits for a place and sends the request; the place is free again when the response has been read."""
        # After a fork the child's thread has the same number, and reads nothing yet.
        thread = (os.getpid(), threading.get_ident())
        if thread in self._busy or any(part in context.operation for part in _UNCOUNTED):
            with send(request) as response:
                yield response
            return
        place = self._take(self._name(context, request))
        self._busy.add(thread)
        try:
            with send(request) as response:
                yield response
        finally:
            self._busy.discard(thread)
            place.release()

    def _name(self, context: CallContext, request: Request) -> str:
        """The beginning of the names of the advertiser's files; a token without Client-Login is one advertiser."""
        login = (context.client_login or "").lower().replace(".", "-")
        advertiser = login or request.headers.get(AUTHORIZATION, "")
        return hashlib.sha256(f"{self._settings.root}\n{advertiser}".encode()).hexdigest()[:24]

    def _take(self, name: str) -> "FileLock":
        """A place that nobody else has."""
        file_lock, timeout = _filelock()
        began, wait = self._settings.clock(), _SHORTEST_WAIT
        while True:
            start = int(self._settings.random() * self._places)
            for number in range(self._places):
                path = self._folder / f"{name}-{(start + number) % self._places}.lock"
                # A response may be read to its end by another thread than the one that sent the request.
                place = file_lock(path, thread_local=False)
                with suppress(timeout):
                    place.acquire(blocking=False)
                    return place
            if self._settings.clock() - began > _PATIENCE:
                raise NotSentError(
                    f"{self._places} requests of the advertiser were under way for {_PATIENCE:.0f} seconds; a program "
                    f"that hangs may hold the places in {self._folder}"
                )
            self._settings.sleep(wait * (0.5 + self._settings.random() / 2))
            wait = min(2 * wait, _LONGEST_WAIT)


def runtime_folder() -> Path:
    """The folder of the lock files, which is the user's alone.

    Returns:
        The folder, which is there.

    Raises:
        ConfigurationError: It cannot be made.
    """
    import platformdirs  # noqa: PLC0415  only the limit needs it

    try:
        with warnings.catch_warnings():
            # It warns where it takes the usual folder because XDG_RUNTIME_DIR is not set, as under cron.
            warnings.simplefilter("ignore")
            base = platformdirs.PlatformDirs("yadirect-soap", appauthor=False, ensure_exists=True).user_runtime_path
        folder = base / "places"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"concurrency: the folder of the places cannot be made: {error}") from error
    if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
        raise ConfigurationError(f"concurrency: {folder} is not yours; set XDG_RUNTIME_DIR to a folder of your own")
    return folder


def _filelock() -> "tuple[type[FileLock], type[Exception]]":
    try:
        import filelock  # noqa: PLC0415  an extra
    except ImportError as error:
        raise ConfigurationError("concurrency needs filelock: pip install 'yadirect-soap[etl]'") from error
    return filelock.FileLock, filelock.Timeout
