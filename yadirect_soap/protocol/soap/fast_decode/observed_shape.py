"""Observes what the items of a list look like, from those that decode.py has read.

A server writes all items of its responses in the same way.  An ObservedShape records which members came, in which
order, and which may be missing or nil; compiler.py compiles it to a reader of the next items.  After the items

    <Ads><Id>1</Id><TextAd><Title>a</Title></TextAd></Ads>
    <Ads><Id>2</Id></Ads>

it has the members Id, always present, and TextAd, optional, whose own shape has the member Title.
"""

import re
from collections.abc import Mapping
from typing import Any

from ...model import Kind, Member, Shape

_MAX_UNKNOWN = 32
"""The number of members unknown to the contract that a shape records; items with more are left to decode.py."""

_ALTERNATIVES = 3
"""The number of optional inner objects from which on they count as alternatives, each with its own function."""

_STRING = Shape("xsd:string", Kind.STRING)


class ObservedField:
    """A member as observed so far.

    Attributes:
        member: the member of the contract, or one made up for an unknown name.
        observed: the shape of its objects.
        in_contract: whether the contract has it.
        always: whether every object had it.
        blank: whether it may be nil, or was "".
    """

    __slots__ = ("always", "blank", "in_contract", "member", "observed")

    def __init__(self, member: Member, observed: "ObservedShape | None", *, in_contract: bool, always: bool) -> None:
        self.member = member
        self.observed = observed
        self.in_contract = in_contract
        self.always = always
        self.blank = member.nillable

    @property
    def tag(self) -> str:
        """Its name in a pattern; the special characters of an unknown name are escaped."""
        return re.escape(self.member.name)

    @property
    def always_present(self) -> bool:
        """Whether every object so far had it, once, and so had every inner object; only a scalar may be blank."""
        if not self.in_contract or not self.always or self.member.many:
            return False
        return self.observed is None or (not self.blank and self.observed.always_present)

    def update(self, value: Any) -> bool:
        """Observes a value of the member; returns whether something changed."""
        if value is None or value == "":
            changed, self.blank = not self.blank, True
            return changed
        if self.observed is None:
            return False
        changed = False
        for inner in value if self.member.many else (value,):
            if isinstance(inner, dict):
                changed |= self.observed.learn(inner)
        return changed


class ObservedShape:
    """The members of the objects of a shape, in the order in which they came.

    Objects of one shape at the same depth are observed together, wherever they stand: a strategy that one campaign has
    is known in campaigns of another type.
    """

    def __init__(
        self, shape: Shape, depth: int = 0, shapes: "dict[tuple[Shape, int], ObservedShape] | None" = None
    ) -> None:
        self.shape = shape
        self._depth = depth
        self._shapes: dict[tuple[Shape, int], ObservedShape] = {} if shapes is None else shapes
        self.members: list[ObservedField] = []
        self.samples = 0
        self.compiled: dict[Any, Any] = {}
        """The functions that compiler.py has compiled for the shape, by nil, source and patterns."""
        self._by_name: dict[str, ObservedField] = {}
        self._always: set[str] = set()

    @property
    def always_present(self) -> bool:
        """Whether all objects had exactly the same members, each of them always present."""
        return all(field.always_present for field in self.members)

    @property
    def size(self) -> int:
        """The number of members, including those of inner objects."""
        return sum(1 if field.observed is None else 1 + field.observed.size for field in self.members)

    @property
    def has_alternatives(self) -> bool:
        """Whether an object has one of several inner objects, as a strategy or a campaign of one type has."""
        optional = (field for field in self.members if field.observed is not None and not field.always)
        return sum(1 for _ in optional) >= _ALTERNATIVES

    @property
    def members_in_all(self) -> int:
        """The number of members in all shapes that are observed together with this one, each shape once."""
        return len(self.members) + sum(len(shape.members) for shape in self._shapes.values())

    def learn(self, item: Mapping[str, Any]) -> bool:
        """Observes an object that decode.py has read; returns whether something was new."""
        changed = False
        last: ObservedField | None = None
        for name, value in item.items():
            field = self._by_name.get(name)
            if field is None and (field := self._first_seen(name, value)) is not None:
                self.members.insert(0 if last is None else self.members.index(last) + 1, field)
                self._by_name[name] = field
                if field.always:
                    self._always.add(name)
                changed = True
            if field is not None:
                changed |= field.update(value)
                last = field
        for name in self._always - item.keys():
            self._by_name[name].always = False
            self._always.discard(name)
            changed = True
        self.samples += 1
        return changed

    def _of_inner(self, shape: Shape) -> "ObservedShape":
        key = shape, self._depth + 1
        if key not in self._shapes:
            self._shapes[key] = ObservedShape(*key, self._shapes)
        return self._shapes[key]

    def _first_seen(self, name: str, value: object) -> ObservedField | None:
        always = not self.samples
        member = self.shape.by_name.get(name)
        if member is not None:
            observed = self._of_inner(member.shape) if member.shape.kind is Kind.OBJECT else None
            return ObservedField(member, observed, in_contract=True, always=always)
        if not isinstance(value, str) or sum(not field.in_contract for field in self.members) >= _MAX_UNKNOWN:
            return None
        unin_contract = Member(name, _STRING, required=False, many=False, nillable=False, owner=self.shape.name)
        return ObservedField(unin_contract, None, in_contract=False, always=always)
