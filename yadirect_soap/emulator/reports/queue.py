"""The offline reports of each login: those in the queue, and for some hours the finished ones.

The state is in the store's notes and depends on the emulator's clock; finished_reports.py has the texts.
https://yandex.ru/dev/direct/doc/ru/reports/mode
"""

import hashlib
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass

import simplejson

from yadirect_soap.protocol.reports import facts

from ..storage.store import Store
from .sql_query import Definition

_HOUR = 3600
_LONGEST_RETRY = 10
"""The most seconds in retryIn."""


@dataclass(frozen=True, slots=True)
class QueuedReport:
    """A report in the queue, or finished; moments are seconds since the epoch."""

    name: str
    digest: str
    """The same for equal definitions."""
    submitted: float
    ready: float

    @property
    def expires(self) -> float:
        """When the finished report is deleted."""
        return self.ready + facts.bundled().limits.kept_hours * _HOUR

    def retry_in(self, now: float) -> int:
        """Seconds until the next request: half of the time that is left, which the API only estimates."""
        return max(1, min(_LONGEST_RETRY, math.ceil((self.ready - now) / 2)))


class NameTakenError(Exception):
    """Another report has this name."""


class QueueFullError(Exception):
    """The queue of the login is full."""


class Queue:
    """Queues reports for each login.  `clock` returns seconds since the epoch."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock

    def find(self, login: str, definition: Definition) -> QueuedReport | None:
        """Returns the report of a definition; None if there is none."""
        entry = self._entries(login).get(definition["ReportName"])
        return entry if entry is not None and entry.digest == _digest(definition) else None

    def add(self, login: str, definition: Definition, seconds: float) -> QueuedReport:
        """Puts a report into the queue, to be ready after some seconds; a report that is in it stays as it is.

        Raises NameTakenError if another report has its name, QueueFullError if too many reports wait.
        """
        with self._store.transaction():
            entries = self._entries(login)
            if entry := entries.get(definition["ReportName"]):
                if entry.digest != _digest(definition):
                    raise NameTakenError
                return entry
            if self.waiting(login) >= facts.bundled().limits.queued:
                raise QueueFullError
            now = self._clock()
            entry = QueuedReport(definition["ReportName"], _digest(definition), now, now + seconds)
            self._store.set_note(_note(login), [asdict(report) for report in (*entries.values(), entry)])
        return entry

    def waiting(self, login: str) -> int:
        """How many reports of a login are in the queue."""
        now = self._clock()
        return sum(1 for entry in self._entries(login).values() if now < entry.ready)

    def _entries(self, login: str) -> dict[str, QueuedReport]:
        now = self._clock()
        entries = (_entry(**members) for members in self._store.note(_note(login)) or ())
        return {entry.name: entry for entry in entries if now < entry.expires}


def _digest(definition: Definition) -> str:
    """Returns the same for equal definitions, in JSON or XML."""
    text = simplejson.dumps(definition, sort_keys=True, use_decimal=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _entry(name: str, digest: str, submitted: float, ready: float) -> QueuedReport:
    """Returns a report from the store, which returns floats as Decimals."""
    return QueuedReport(name, digest, float(submitted), float(ready))


def _note(login: str) -> str:
    return f"reports/{login}"
