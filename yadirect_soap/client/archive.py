"""The archive: writes the raw bytes of every request and response into files.

    archive/2026/05/31/101502123456-8695244274068608439-campaigns.update.request.xml
    archive/2026/05/31/101502123456-8695244274068608439-campaigns.update.response.xml
    archive/2026/05/31/index.jsonl

The request is written before it is sent, and each piece of the response before its reader gets it.  The token is in
none of the files.  The index has a line of a call when it is sent, when its response begins and when it ends; the last
one counts.  After a process was killed, a call that it had sent is `unfinished`.
"""

import hashlib
import logging
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from yadirect_soap.errors import ApiError, ConfigurationError, DirectError
from yadirect_soap.language import _, reason_of
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Request, StreamedResponse

from . import archive_index
from .middleware import CallContext, Next

LOGGER = logging.getLogger("yadirect_soap")
INDEX = "index.jsonl"
UNFINISHED = "unfinished"
"""The error of a call that has not ended: its process runs or was killed, and a write may have acted."""

_REPORTS = "reports.get"
_REPORT_HEAD = 4096
"""Bytes of a report that are kept: its name, its columns and its first rows."""
_DAY = re.compile(r"([0-9]{4})/([0-9]{2})/([0-9]{2})")
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")
_OPEN = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)


class ArchivedCall(NamedTuple):
    """A request in an archive, with the known facts about its response.

    Attributes:
        name: day and file name without the ending: `2026/05/31/101502123456-86952-campaigns.update`.
        fields: the last line of the index: id, time, operation, writes, client_login, address, headers, status, error,
            request_id, units, ms, request, response.
    """

    name: str
    fields: dict[str, Any]


class Archive:
    """Writes requests and responses into a folder; a middleware.  Threads and processes may share the folder.

    Args:
        directory: the folder; it is created, for its owner only.
        keep_days: days after which the files of a day are removed; None keeps all.
        clock: returns seconds since the epoch.

    Raises:
        ConfigurationError: `keep_days` is no number of days, or the folder cannot be created.
    """

    def __init__(
        self,
        directory: str | os.PathLike[str],
        *,
        keep_days: int | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.directory = Path(directory).expanduser()
        self.keep_days = _checked_days(keep_days)
        self._clock = clock
        self._rotated = ""

    @contextmanager
    def __call__(self, context: CallContext, request: Request, send: Next, /) -> Iterator[StreamedResponse]:
        """Writes a request, sends it, and writes its response while it is read.

        Args:
            context: what the request is for.
            request: its address, headers and body.
            send: passes the request on.

        Returns:
            A context manager of the response.

        Raises:
            ConfigurationError: the request cannot be written; nothing was sent.
            DirectError: what sending raises.
        """
        if request.method != "POST":
            with send(request) as response:
                yield response
            return
        record = _Record(self._new_day(), context, request, datetime.fromtimestamp(self._clock(), UTC))
        began = time.monotonic()
        try:
            with send(request) as response:
                record.begin_response(response)
                yield response._replace(pieces=record.copied(response.pieces))
            record.fields["error"] = None
        except GeneratorExit:  # the reader of the response stopped early
            record.fields["error"] = None
            raise
        except DirectError as error:
            record.fields["error"] = error.code if isinstance(error, ApiError) else type(error).__name__
            raise
        finally:
            record.end(began)

    def calls(self) -> Iterator[ArchivedCall]:
        """Yields the calls of the archive, in the order in which they were sent."""
        for day in self.days():
            for fields in archive_index.last_lines(self.directory / day / INDEX):
                yield ArchivedCall(f"{day}/{fields['name']}", fields)

    def find(self, key: str) -> ArchivedCall:
        """Finds the last call with a RequestId or a name.

        Args:
            key: a RequestId, or the name of a call with or without its day.

        Returns:
            The call.

        Raises:
            ConfigurationError: there is none.
        """
        matching = [call for call in self.calls() if key in (call.name, call.fields["name"], call.fields["request_id"])]
        if not matching:
            raise ConfigurationError(
                _("{directory}: no call has the RequestId or the name {key!r:.120}", directory=self.directory, key=key)
            )
        return matching[-1]

    def read(self, call: ArchivedCall, part: str) -> bytes:
        """Reads the archived request or response of a call.

        Args:
            call: a call of this archive.
            part: "request" or "response".

        Returns:
            The bytes of the body.

        Raises:
            ConfigurationError: there is no such part, or its file cannot be read.
        """
        file = (call.fields[part] or {}).get("file", "")
        if not file:
            raise ConfigurationError(_("{name}: there is no {part}", name=call.name, part=part))
        try:
            return (self.directory / call.name).with_name(file).read_bytes()
        except OSError as error:
            raise ConfigurationError(
                _("{name}: {file} cannot be read: {reason}", name=call.name, file=file, reason=reason_of(error))
            ) from None

    def days(self) -> list[str]:
        """Returns the days of the archive: `2026/05/31`."""
        days = [folder.relative_to(self.directory).as_posix() for folder in self.directory.glob("*/*/*")]
        return sorted(day for day in days if _DAY.fullmatch(day))

    def remove_old_days(self) -> None:
        """Removes the days that are older than `keep_days`."""
        if self.keep_days is None:
            return
        today = datetime.fromtimestamp(self._clock(), UTC)
        oldest = f"{today - timedelta(days=self.keep_days):%Y/%m/%d}"
        for day in self.days():
            if day < oldest:
                shutil.rmtree(self.directory / day, ignore_errors=True)
                for parent in (self.directory / day).parents[:2]:
                    with suppress(OSError):  # other days are in it
                        parent.rmdir()

    def _new_day(self) -> Path:
        """Returns the folder of today; on a new day old ones are removed."""
        day = f"{datetime.fromtimestamp(self._clock(), UTC):%Y/%m/%d}"
        folder = self.directory / day
        try:
            for parent in (self.directory, *reversed(folder.parents[:2]), folder):
                parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            message = _(
                "archive: {folder} cannot be created: {reason}",
                folder=folder,
                reason=reason_of(error),
            )
            raise ConfigurationError(message) from None
        if day != self._rotated:
            self._rotated = day
            self.remove_old_days()
        return folder


class _Record:
    """The files of one request."""

    def __init__(self, folder: Path, context: CallContext, request: Request, now: datetime) -> None:
        self._folder = folder
        self._operation = context.operation
        media_type = headers.media_type(request.headers.get(headers.CONTENT_TYPE))
        self._ending = "json" if media_type == "application/json" else "xml"
        self._stamp = f"{now:%H%M%S%f}"
        self._name = self._named(f"x{secrets.token_hex(4)}")
        self._response: _HashedFile | None = None
        sent = {name: value for name, value in request.headers.masked().items() if value != "***"}
        self.fields: dict[str, Any] = {
            "id": self._name,
            "time": now.isoformat(timespec="milliseconds"),
            "name": self._name,
            "operation": context.operation,
            "writes": context.writes,
            "client_login": context.client_login,
            "address": request.address.partition("?")[0],
            "headers": sent,
            "status": None,
            "error": UNFINISHED,
            "request_id": "",
            "units": None,
            "ms": 0,
            "request": None,
            "response": None,
        }
        try:
            file = _HashedFile(self._path("request"))
            file.write(request.body)
            file.is_complete = True
            self.fields["request"] = file.close()
            self._index()
        except OSError as error:
            raise ConfigurationError(
                _(
                    "archive: {folder} cannot be written: {reason}",
                    folder=folder,
                    reason=reason_of(error),
                )
            ) from None

    def begin_response(self, response: StreamedResponse) -> None:
        """Notes status and headers, and names the files by the RequestId."""
        fields = self.fields
        fields["status"] = response.status
        fields["units"] = response.headers.get(headers.UNITS)
        fields["request_id"] = response.headers.get(headers.REQUEST_ID, "")
        with self._kept_going():
            if fields["request_id"]:
                before = self._path("request")
                self._name = fields["name"] = self._named(fields["request_id"])
                before.rename(self._path("request"))
                fields["request"]["file"] = self._path("request").name
            self._response = _HashedFile(self._path("response"))
            fields["response"] = self._response.state()
            self._index()

    def copied(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Yields the pieces of a response, each after it was written."""
        left = _REPORT_HEAD if self._operation == _REPORTS else None
        for piece in pieces:
            with self._kept_going():
                if self._response is not None:
                    self._response.write(piece if left is None else piece[:left])
            left = None if left is None else max(0, left - len(piece))
            yield piece
        if self._response is not None:
            self._response.is_complete = left is None or left > 0

    def end(self, began: float) -> None:
        """Closes the files and writes the last line of the index."""
        self.fields["ms"] = round((time.monotonic() - began) * 1000)
        with self._kept_going():
            self.fields["response"] = self._response.close() if self._response else None
            self._index()

    def _index(self) -> None:
        archive_index.append(self._folder / INDEX, self.fields)

    @contextmanager
    def _kept_going(self) -> Iterator[None]:
        """Logs an error of archiving a response; the reader of the response still gets it."""
        try:
            yield
        except OSError as error:
            LOGGER.error("archive: %s is not complete: %s", self._folder / self._name, error.strerror)

    def _named(self, request_id: str) -> str:
        return f"{self._stamp}-{_UNSAFE.sub('_', request_id)[:64]}-{_UNSAFE.sub('_', self._operation)}"

    def _path(self, part: str) -> Path:
        return self._folder / f"{self._name}.{part}.{self._ending}"


class _HashedFile:
    """A new file of mode 0600, with its size and SHA-256."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = os.open(path, _OPEN | os.O_EXCL, 0o600)
        self._hash = hashlib.sha256()
        self._size = 0
        self.is_complete = False

    def write(self, content: bytes) -> None:
        """Writes all of the bytes."""
        self._hash.update(content)
        self._size += len(content)
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(self._handle, rest) :]

    def close(self) -> dict[str, Any]:
        """Closes the file; returns its state."""
        os.close(self._handle)
        return self.state()

    def state(self) -> dict[str, Any]:
        """Returns the name, size and hash, and whether the file has all bytes."""
        return {
            "file": self._path.name,
            "bytes": self._size,
            "sha256": self._hash.hexdigest(),
            "complete": self.is_complete,
        }


def _checked_days(days: object) -> int | None:
    if days is None or (isinstance(days, int) and not isinstance(days, bool) and days > 0):
        return days
    raise ConfigurationError(_("keep_days: found {days!r:.40}, expected a number of days from 1, or None", days=days))


def archive_of(name: str, value: object) -> Archive | None:
    """Returns the value of the setting `archive`: an Archive, the path of its folder, or None."""
    if value is None or isinstance(value, Archive):
        return value
    if isinstance(value, str | os.PathLike) and os.fspath(value):
        return Archive(value)
    raise ConfigurationError(
        _("{name} is an Archive or the path of a folder, not {value!r:.40}", name=name, value=value)
    )
