"""The offline reports of each login: those in the queue, and the finished ones, which are kept for some hours.

The state lives in the store's notes and goes by the emulator's clock; the texts of reports are not kept here.
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
"""Seconds; whoever waits longer than that is told to look in between."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A report under its name; moments are seconds since the epoch."""

    name: str
    digest: str
    """What tells its definition from others."""
    ordered: float
    ready: float

    @property
    def expires(self) -> float:
        """When the finished report is deleted."""
        return self.ready + facts.bundled().limits.kept_hours * _HOUR

    def retry_in(self, now: float) -> int:
        """Seconds after which it is worth asking again: half of what is left, for the end is only a guess."""
        return max(1, min(_LONGEST_RETRY, math.ceil((self.ready - now) / 2)))


class NameTakenError(Exception):
    """There is another report of the name."""


class QueueFullError(Exception):
    """No more reports may wait."""


class Queue:
    """The queues of all logins.  `clock` gives seconds since the epoch."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock

    def find(self, login: str, definition: Definition) -> Entry | None:
        """The entry of a definition, if there is one."""
        entry = self._entries(login).get(definition["ReportName"])
        return entry if entry is not None and entry.digest == _digest(definition) else None

    def add(self, login: str, definition: Definition, seconds: float) -> Entry:
        """Puts a report into the queue, to be ready after some seconds; one that is there already stays as it is.

        Raises NameTakenError where its name stands for another report, QueueFullError where too many wait.
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
            entry = Entry(definition["ReportName"], _digest(definition), now, now + seconds)
            self._store.set_note(_note(login), [asdict(each) for each in (*entries.values(), entry)])
        return entry

    def waiting(self, login: str) -> int:
        """How many reports are in the queue."""
        now = self._clock()
        return sum(1 for entry in self._entries(login).values() if now < entry.ready)

    def _entries(self, login: str) -> dict[str, Entry]:
        now = self._clock()
        entries = (_entry(**members) for members in self._store.note(_note(login)) or ())
        return {entry.name: entry for entry in entries if now < entry.expires}


def _digest(definition: Definition) -> str:
    """The same for equal definitions, whichever format they came in."""
    text = simplejson.dumps(definition, sort_keys=True, use_decimal=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _entry(name: str, digest: str, ordered: float, ready: float) -> Entry:
    """The store gives Decimals back for floats."""
    return Entry(name, digest, float(ordered), float(ready))


def _note(login: str) -> str:
    return f"reports/{login}"
