"""The readers of a list's items, made from those that decode.py has read, and kept from one response to the next.

So only the first responses of a process are learnt from.
"""

from dataclasses import dataclass
from typing import Any

from yadirect_soap.forks import ForkLock, call_after_fork

from ...model import Member
from .compiler import Reader, Style, reader
from .observed_shape import ObservedShape

_SAMPLE = 16
"""Items read by decode.py before the first pattern is made."""

_WORTH = 8
"""Characters read by decode.py that take about as long as compiling one character of a pattern."""

_WRITTEN = 8
"""Characters of patterns that are written in the time in which one is compiled."""

_STYLES = 8


@dataclass(slots=True)
class _OfStyle:
    """The reader of one style, the version of the shape it is compiled from, and what was read without it since."""

    reader: Reader | None = None
    version: int = -1
    slow_characters: int = 0


class ReaderCache:
    """The observed shape of a list's items, and the reader of each style that they come in.  Threads may share it.

    A pattern is compiled again when reading without it has cost as much as compiling it, and the shape has changed.
    Where nothing was new in what it did not match, the server writes otherwise now, and the shape is observed afresh.

    In a child process it starts afresh if another thread was learning at the fork, and may have stopped half-way.
    """

    def __init__(self, listed: Member) -> None:
        self._listed = listed
        self._version = 0
        self._is_learning = False
        self._lock = ForkLock()
        self._start()
        call_after_fork(self)

    def _start(self) -> None:
        self._observed = ObservedShape(self._listed.shape)
        self._last: Reader | None = None
        self._styles: dict[Style, _OfStyle] = {}

    def after_fork(self) -> None:
        """Forgets what may be half done."""
        if self._is_learning:
            self._is_learning = False
            self._start()

    def learn(self, item: object, length: int, style: Style) -> Reader | None:
        """Takes in an item that decode.py read.

        Args:
            item: what was read; an item that is nil teaches nothing.
            length: how many characters it was read from.
            style: how it is written.

        Returns:
            What may read others in its style; None as long as too little is known.
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
        entry.slow_characters += length
        if self._observed.samples >= _SAMPLE and entry.slow_characters >= _WORTH * self._cost(entry):
            self._renew(entry, style)
        return entry.reader

    def _cost(self, entry: _OfStyle) -> int:
        """What the next reader is worth, in characters of patterns.

        It may cost as much as the last one.  Where nothing is new, it is all that is given up.
        """
        if self._last is None:
            return 0
        written = self._last.length
        return written if entry.version == self._version else self._last.compiled + written // _WRITTEN

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
        self._last = entry.reader
