"""The readers of a list's items, made from those that decode.py has read, and kept from one answer to the next.

So only the first answers of a process are learnt from.
"""

from dataclasses import dataclass

from yadirect_soap.forks import ForkLock

from ...model import Member, Shape
from ...shape_cache import cached_on_shape
from .compiler import Reader, Style, reader
from .observed_shape import ObservedShape

_SAMPLE = 16
"""Items read by decode.py before the first pattern is made."""

_WORTH = 4
"""Characters read by decode.py that take about as long as compiling one character of a pattern."""

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
    """

    def __init__(self, listed: Member) -> None:
        self._listed = listed
        self._observed = ObservedShape(listed.shape)
        self._version = 0
        self._length = 0
        self._styles: dict[Style, _OfStyle] = {}
        self._lock = ForkLock()

    def learn(self, item: object, length: int, style: Style) -> Reader | None:
        """Takes in an item that decode.py read from so many characters; gives what may read others in its style."""
        if not isinstance(item, dict):
            return None
        with self._lock:
            self._version += self._observed.learn(item)
            entry = self._of_style(style)
            entry.slow_characters += length
            if self._observed.samples >= _SAMPLE and entry.slow_characters >= _WORTH * self._length:
                self._renew(entry, style)
            return entry.reader

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
        self._length = entry.reader.length


def reader_cache(listed: Member) -> ReaderCache:
    """The readers of the items of a list, in this process."""
    return _cached(listed.shape, listed)


@cached_on_shape
def _cached(_shape: Shape, listed: Member) -> ReaderCache:
    return ReaderCache(listed)
