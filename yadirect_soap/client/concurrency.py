"""Limits the concurrent requests of an advertiser, counted over all threads and processes of a machine.

The API serves five requests of an advertiser at a time, from all its programs together, and refuses the sixth (506).
A request holds one of as many lock files, its slot; a process that ends in any way frees its slots.
https://yandex.ru/dev/direct/doc/ru/concepts/limits
"""

import hashlib
import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yadirect_soap.errors import ConfigurationError, NotSentError
from yadirect_soap.forks import call_after_fork
from yadirect_soap.language import _
from yadirect_soap.lock_file import LockFile
from yadirect_soap.protocol.headers import AUTHORIZATION, canonical_login
from yadirect_soap.protocol.messages import Request, StreamedResponse

from .middleware import CallContext, Next
from .settings import Settings

_SHORTEST_WAIT, _LONGEST_WAIT = 0.002, 0.1
"""Seconds between two looks for a free slot; the wait doubles."""
_LONGEST_QUEUE = 600.0
"""Seconds after which waiting for a slot ends with an error."""
_UNCOUNTED = ("reports.", ".wsdl", ".xsd")
"""Parts of the names of operations with other limits, or none."""


class ConcurrencyLimit:
    """Sends a request when fewer than `settings.concurrency` of its advertiser are running; a middleware.

    A thread that is reading a response takes no second slot, so that calls inside a loop over items() do not wait for
    the loop.

    Args:
        settings: the limit, the endpoint, the client's login, and how to wait.
        folder: the folder of the lock files; None is the user's runtime folder.

    Raises:
        ConfigurationError: the folder cannot be created.
    """

    def __init__(self, settings: Settings, folder: Path | None = None) -> None:
        self._settings = settings
        self._slots = settings.concurrency or 0
        self._folder = runtime_folder() if folder is None else folder
        self._held: dict[int, LockFile] = {}
        """The slot of each thread."""
        call_after_fork(self)

    def after_fork(self) -> None:
        """Leaves the slots to the parent process: no thread of the child reads a response."""
        for slot in self._held.values():
            slot.leave_to_parent()
        self._held.clear()

    @contextmanager
    def __call__(self, context: CallContext, request: Request, send: Next, /) -> Iterator[StreamedResponse]:
        """Waits for a slot and sends the request; the slot is free again when the response has been read."""
        thread = threading.get_ident()
        if thread in self._held or any(part in context.operation for part in _UNCOUNTED):
            with send(request) as response:
                yield response
            return
        slot = self._held[thread] = self._take(self._name(context, request))
        try:
            with send(request) as response:
                yield response
        finally:
            # A response may be read to its end by another thread than the one that sent the request.
            if self._held.get(thread) is slot:
                del self._held[thread]
            slot.release()

    def _name(self, context: CallContext, request: Request) -> str:
        """Returns the prefix of the advertiser's file names; a token without Client-Login is one advertiser."""
        login = canonical_login(context.client_login or "")
        advertiser = login or request.headers.get(AUTHORIZATION, "")
        return hashlib.sha256(f"{self._settings.root}\n{advertiser}".encode()).hexdigest()[:24]

    def _take(self, name: str) -> LockFile:
        """Takes a free slot."""
        began, wait = self._settings.clock(), _SHORTEST_WAIT
        while True:
            start = int(self._settings.random() * self._slots)
            # No look at the files where all are held here.
            for number in range(self._slots if len(self._held) < self._slots else 0):
                slot = _slot(f"{self._folder}/{name}-{(start + number) % self._slots}.lock")
                if slot is not None:
                    return slot
            if self._settings.clock() - began > _LONGEST_QUEUE:
                raise NotSentError(
                    _(
                        "{slots} requests of the advertiser were under way for {seconds:.0f} seconds; a "
                        "program that hangs may hold the lock files in {folder}",
                        slots=self._slots,
                        seconds=_LONGEST_QUEUE,
                        folder=self._folder,
                    )
                )
            self._settings.sleep(wait * (0.5 + self._settings.random() / 2))
            wait = min(2 * wait, _LONGEST_WAIT)


def runtime_folder() -> Path:
    """Creates the folder of the lock files, which only the user can access.

    Returns:
        The folder.

    Raises:
        ConfigurationError: it cannot be created.
    """
    import platformdirs  # noqa: PLC0415  only the limit needs it

    try:
        with warnings.catch_warnings():
            # It warns where it takes the usual folder because XDG_RUNTIME_DIR is not set, as under cron.
            warnings.simplefilter("ignore")
            base = platformdirs.PlatformDirs("yadirect-soap", appauthor=False, ensure_exists=True).user_runtime_path
        folder = base / "request-slots"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            _("concurrency: the folder of the lock files cannot be made: {error}", error=error)
        ) from error
    if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
        raise ConfigurationError(
            _("concurrency: {folder} is not yours; set XDG_RUNTIME_DIR to a folder of your own", folder=folder)
        )
    return folder


def _slot(path: str) -> LockFile | None:
    try:
        return LockFile.take(path)
    except OSError as error:
        raise ConfigurationError(
            _("concurrency: the lock file cannot be used: {error}; set XDG_RUNTIME_DIR to another folder", error=error)
        ) from error
