"""What the items of a list have looked like so far, learnt from those that decode.py has read.

A server writes the items of its answers alike.  A Form takes in which members came, in which order, and which may be
missing or nil; patterns.py makes of it what reads the next ones.  Forms are kept from one answer to the next, so that
only the first answers of a process are learnt from.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yadirect_soap.forks import ForkLock

from ...model import Kind, Member, Shape
from ...shape_cache import cached_on_shape
from .compiler import Reader, Style, reader

_SAMPLE = 16
"""Items read by decode.py before the first pattern is made."""

_WORTH = 4
"""Characters read by decode.py that take about as long as compiling one character of a pattern."""

_STRANGERS = 32
"""Members unknown to the contract that a form takes in; those beyond stay with decode.py."""

_STYLES = 8
_STRING = Shape("xsd:string", Kind.STRING)


@dataclass(slots=True, eq=False)
class Seen:
    """A member as it has come so far: `always` or not, `blank` where it has been nil or "", `form` of its objects."""

    member: Member
    known: bool
    always: bool
    form: "Form | None"
    blank: bool = False

    @property
    def tag(self) -> str:
        """The name in a pattern; one that the contract does not know may hold what means something there."""
        return re.escape(self.member.name)

    @property
    def plain(self) -> bool:
        """Whether every object so far had it, once and with a value, as had every object inside."""
        certain = self.known and self.always and not self.blank and not self.member.many
        return certain and (self.form is None or self.form.plain)

    def take_in(self, item: Mapping[str, Any]) -> bool:
        """Takes in an object that the member may stand in; tells whether that was news."""
        if self.member.name not in item:
            news, self.always = self.always, False
            return news
        value = item[self.member.name]
        if value is None or value == "":
            news, self.blank = not self.blank, True
            return news
        if self.form is None:
            return False
        news = False
        for inner in value if self.member.many else (value,):
            if isinstance(inner, dict):
                news |= self.form.learn(inner)
        return news


class Form:
    """The members that objects of a shape have come with, in the order in which they came."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.members: list[Seen] = []
        self.taught = 0
        self._by_name: dict[str, Seen] = {}

    @property
    def plain(self) -> bool:
        """Whether all objects had the very same members, all of them plain."""
        return all(seen.plain for seen in self.members)

    @property
    def size(self) -> int:
        """How many members there are, those of objects inside included."""
        return sum(1 if seen.form is None else 1 + seen.form.size for seen in self.members)

    def learn(self, item: Mapping[str, Any]) -> bool:
        """Takes in an object, as decode.py has read it; tells whether there was anything new in it."""
        news = False
        place = 0
        for name, value in item.items():
            seen = self._by_name.get(name)
            if seen is None and (seen := self._first_seen(name, value)) is not None:
                self.members.insert(place, seen)
                self._by_name[name] = seen
                news = True
            if seen is not None:
                place = self.members.index(seen) + 1
        for seen in self.members:
            news |= seen.take_in(item)
        self.taught += 1
        return news

    def _first_seen(self, name: str, value: object) -> Seen | None:
        always = not self.taught
        member = self.shape.by_name.get(name)
        if member is not None:
            form = Form(member.shape) if member.shape.kind is Kind.OBJECT else None
            return Seen(member, known=True, always=always, form=form)
        if not isinstance(value, str) or sum(not seen.known for seen in self.members) >= _STRANGERS:
            return None
        stranger = Member(name, _STRING, required=False, many=False, nillable=False, owner=self.shape.name)
        return Seen(stranger, known=False, always=always, form=None)


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
