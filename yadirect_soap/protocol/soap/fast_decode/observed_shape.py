"""What the items of a list have looked like so far, learnt from those that decode.py has read.

A server writes the items of its answers alike.  A Form takes in which members came, in which order, and which may be
missing or nil; compiler.py makes of it what reads the next ones.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...model import Kind, Member, Shape

_STRANGERS = 32
"""Members unknown to the contract that a form takes in; those beyond stay with decode.py."""

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
