"""The readers of a list's items, made from those that were read without one, and kept from one response to the next.

So only the first responses of a process are learnt from.
"""

from typing import Any

from yadirect_soap.forks import ForkLock, call_after_fork

from ...model import Member
from .compiler import Reader, Style, reader
from .observed_shape import ObservedShape
from .tag_reader import TagTable

_SAMPLE = 16
"""Items that are learnt from before the first pattern is made."""

_WORTH = 200
"""Characters that take as much longer tag by tag than by a pattern as compiling one character of a pattern takes."""

_MISSED = 3
"""How many times as much more an item takes that a pattern does not match: both read it, and it is learnt from."""

_PER_MEMBER = 75
"""Characters of patterns that a member of an object comes to."""

_PER_CHANGE = 600
"""Characters of patterns that are compiled again for an item that showed something new."""

_WRITTEN = 8
"""Characters of patterns that are written in the time in which one is compiled."""

_STYLES = 8


class _OfStyle:
    """The reader of one style, the version of the shape it is compiled from, and what was read without it since."""

    __slots__ = ("reader", "slow_characters", "version")

    def __init__(self) -> None:
        self.reader: Reader | None = None
        self.version = -1
        self.slow_characters = 0


class ReaderCache:
    """The observed shape of a list's items, and the reader of each style that they come in.  Threads may share it.

    A pattern is compiled, or compiled again where the shape has changed, when reading without it has cost as much.
    Where nothing was new in what it did not match, the server writes otherwise now, and the shape is observed afresh.

    In a child process it starts afresh if another thread was learning at the fork, and may have stopped half-way.

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
        self._styles: dict[Style, _OfStyle] = {}

    def after_fork(self) -> None:
        """Forgets what may be half done."""
        if self._is_learning:
            self._is_learning = False
            self._start()

    def tag_table(self, nil: frozenset[str]) -> TagTable:
        """What an item may hold, by its tags.

        Args:
            nil: what says nil in an empty tag of the document, from behind its name.

        Returns:
            The table, which is the same for all documents with the same nil.
        """
        if nil not in self._tag_tables:
            self._tag_tables[nil] = TagTable(self._listed.shape, nil)
        return self._tag_tables[nil]

    def learn(self, item: object, length: int, style: Style) -> Reader | None:
        """Takes in an item that was read without a pattern.

        Args:
            item: what was read; an item that is nil teaches nothing.
            length: how many characters were read tag by tag since the last item that was taken in.
            style: how it is written.

        Returns:
            What may read others in its style; None as long as a pattern is not worth its cost.
        """
        if not isinstance(item, dict):
            return None
        with self._lock:
            self._is_learning = True
            try:
                return self._learn(item, length, style)
            finally:
                self._is_learning = False

    def _learn(self, item: dict[str, Any], length: int, style: Style) -> Reader | None:
        self._version += self._observed.learn(item)
        entry = self._of_style(style)
        entry.slow_characters += length if entry.reader is None else length * _MISSED
        if self._observed.samples >= _SAMPLE and entry.slow_characters >= self._worth * self._cost(entry):
            self._renew(entry, style)
        return entry.reader

    def _cost(self, entry: _OfStyle) -> int:
        """What the next reader is worth, in characters of patterns that are compiled.

        It may cost as much as the last one.  Where nothing is new, it is all that is given up.
        """
        reader = entry.reader
        if reader is None:
            return self._observed.members_in_all * _PER_MEMBER
        if entry.version == self._version:
            return reader.length
        changed = (self._version - entry.version) * _PER_CHANGE
        return min(reader.compiled, changed) + reader.length // _WRITTEN

    def _of_style(self, style: Style) -> _OfStyle:
        if style not in self._styles and len(self._styles) >= _STYLES:
            self._styles.clear()
        return self._styles.setdefault(style, _OfStyle())

    def _renew(self, entry: _OfStyle, style: Style) -> None:
        if entry.version == self._version:
            self._observed = ObservedShape(self._listed.shape)
            self._version += 1
            return
        entry.reader = reader(self._listed.name, self._observed, style)
        entry.version = self._version
        entry.slow_characters = 0
