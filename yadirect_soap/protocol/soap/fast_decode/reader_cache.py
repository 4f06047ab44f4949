"""The readers of a list's items, made from those that decode.py has read, and kept from one answer to the next.

So only the first answers of a process are learnt from.
"""

from dataclasses import dataclass

from yadirect_soap.forks import ForkLock

from ...model import Member, Shape
from ...shape_cache import cached_on_shape
from .compiler import Reader, Style, reader
from .observed_shape import Form

_SAMPLE = 16
"""Items read by decode.py before the first pattern is made."""

_WORTH = 4
"""Characters read by decode.py that take about as long as compiling one character of a pattern."""

_STYLES = 8


@dataclass(slots=True)
class _Written:
    """Items of one style: what reads them, the news that went into it, the characters read by decode.py since."""

    reader: Reader | None = None
    news: int = -1
    slow: int = 0


class Learned:
    """The form of a list's items, and what reads them, in each style that they come in.  Threads may share it.

    A pattern is made anew when reading without it has cost as much as making it, and something new has been learnt.
    Where nothing new was in what it did not match, the server has changed its ways, and the form is learnt afresh.
    """

    def __init__(self, listed: Member) -> None:
        self._listed = listed
        self._form = Form(listed.shape)
        self._news = 0
        self._length = 0
        self._styles: dict[Style, _Written] = {}
        self._lock = ForkLock()

    def learn(self, item: object, length: int, style: Style) -> Reader | None:
        """Takes in an item that decode.py read from so many characters; gives what may read others in its style."""
        if not isinstance(item, dict):
            return None
        with self._lock:
            self._news += self._form.learn(item)
            written = self._of_style(style)
            written.slow += length
            if self._form.taught >= _SAMPLE and written.slow >= _WORTH * self._length:
                self._renew(written, style)
            return written.reader

    def _of_style(self, style: Style) -> _Written:
        if style not in self._styles and len(self._styles) >= _STYLES:
            self._styles.clear()
        return self._styles.setdefault(style, _Written())

    def _renew(self, written: _Written, style: Style) -> None:
        if written.news == self._news:
            self._form = Form(self._listed.shape)
            self._news += 1
            return
        written.reader = reader(self._listed.name, self._form, style)
        written.news = self._news
        written.slow = 0
        self._length = written.reader.length


def learned(listed: Member) -> Learned:
    """What this process has learnt of the items of a list."""
    return _learned(listed.shape, listed)


@cached_on_shape
def _learned(_shape: Shape, listed: Member) -> Learned:
    return Learned(listed)
