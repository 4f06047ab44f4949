"""Stores the compiled readers of a list's items for the next responses.

So only the first responses of a process are observed.
"""

from typing import Any

from yadirect_soap.forks import ForkLock, call_after_fork

from ...model import Member
from .compiler import Reader, Style, reader
from .observed_shape import ObservedShape
from .tag_reader import TagTable

SAMPLE = 32
"""The number of items that are observed before the first pattern is compiled: the first ones of a response."""

_WORTH = 200
"""The number of characters after which reading by a pattern has saved the compiling of one character of it."""

_MISSED = 3
"""The cost of an item that a pattern does not match, in readings tag by tag: both read it, and it is observed."""

_CERTAIN = 4
"""The number of times that one response must be worth its first pattern, so that this is compiled without waiting."""

_PER_MEMBER = 75
"""The number of characters of patterns for one member of an object."""

_PER_CHANGE = 600
"""The number of characters of patterns that are compiled again for an item with something new."""

_WRITTEN = 8
"""The number of characters of patterns that are written in the time in which one is compiled."""

_STYLES = 8


class _StyleReader:
    """The reader of one style, the version of its shape, and how much was read without it since."""

    __slots__ = ("reader", "slow_characters", "version")

    def __init__(self) -> None:
        self.reader: Reader | None = None
        self.version = -1
        self.slow_characters = 0


class ReaderCache:
    """The observed shape of a list's items, and a reader for each style in which they come.  Threads may share it.

    A pattern is compiled, or compiled again if the shape has changed, when reading without it has cost as much as that;
    the first one of a large response as soon as some items are observed: 20 MB of ads are worth it many times.
    If nothing was new in the items that it did not match, the server writes differently now, and observation starts
    again.

    In a child process it starts again if another thread was observing at the fork and may have stopped half-way.

    Args:
        listed: the list.
        worth: characters to be read without a pattern before one character of a pattern is compiled.
    """

    def __init__(self, listed: Member, worth: int = _WORTH) -> None:
        self._listed = listed
        self._worth = worth
        self._tag_tables: dict[frozenset[str], TagTable] = {}
        self._version = 0
        self._is_learning = False
        self._lock = ForkLock()
        self._start()
        call_after_fork(self)

    def _start(self) -> None:
        self._observed = ObservedShape(self._listed.shape)
        self._styles: dict[Style, _StyleReader] = {}

    def after_fork(self) -> None:
        """Forgets what may be half done."""
        if self._is_learning:
            self._is_learning = False
            self._start()

    def tag_table(self, nil: frozenset[str]) -> TagTable:
        """Returns the table of the possible content of an item, by tags.

        Args:
            nil: what follows the name in an empty tag of the document that is nil.

        Returns:
            The table, the same for all documents with the same nil.
        """
        if nil not in self._tag_tables:
            self._tag_tables[nil] = TagTable(self._listed.shape, nil)
        return self._tag_tables[nil]

    def learn(self, item: object, length: int, style: Style, size: int = 0) -> Reader | None:
        """Observes an item that was read without a pattern.

        Args:
            item: the item; nil is ignored.
            length: how many characters were read tag by tag since the last observed item.
            style: how it is written.
            size: the bytes of its response; 0 if that is not known.

        Returns:
            The reader for other items of its style; None as long as a pattern is not worth its cost.
        """
        if not isinstance(item, dict):
            return None
        with self._lock:
            self._is_learning = True
            try:
                return self._learn(item, length, style, size)
            finally:
                self._is_learning = False

    def _learn(self, item: dict[str, Any], length: int, style: Style, size: int) -> Reader | None:
        self._version += self._observed.learn(item)
        entry = self._of_style(style)
        entry.slow_characters += length if entry.reader is None else length * _MISSED
        if self._observed.samples >= SAMPLE and self._pays(entry, size):
            self._renew(entry, style)
        return entry.reader

    def _pays(self, entry: _StyleReader, size: int) -> bool:
        """Whether a new reader is worth its cost, by the text that was read without it or by this response."""
        worth = self._worth * self._cost(entry)
        return entry.slow_characters >= worth or (entry.reader is None and size >= worth * _CERTAIN)

    def _cost(self, entry: _StyleReader) -> int:
        """Returns the cost that a new reader may have, in characters of compiled patterns.

        It may cost as much as the last one.  If nothing is new, only the old reader is dropped.
        """
        reader = entry.reader
        if reader is None:
            return self._observed.members_in_all * _PER_MEMBER
        if entry.version == self._version:
            return reader.length
        changed = (self._version - entry.version) * _PER_CHANGE
        return min(reader.compiled, changed) + reader.length // _WRITTEN

    def _of_style(self, style: Style) -> _StyleReader:
        if style not in self._styles and len(self._styles) >= _STYLES:
            self._styles.clear()
        return self._styles.setdefault(style, _StyleReader())

    def _renew(self, entry: _StyleReader, style: Style) -> None:
        if entry.version == self._version:
            self._observed = ObservedShape(self._listed.shape)
            self._version += 1
            return
        entry.reader = reader(self._listed.name, self._observed, style)
        entry.version = self._version
        entry.slow_characters = 0
