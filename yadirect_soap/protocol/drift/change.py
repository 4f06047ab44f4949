"""A change of the contract as a record: where it is, what it is, and its effect on requests and responses."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from yadirect_soap.language import _


class Effect(IntEnum):
    """The effect of a change on a program that was written before it; a larger value is worse."""

    NONE = 0
    ADDITIVE = 1
    """More can be sent or may come; what worked still works."""
    BREAKING = 2
    """What worked may be refused, or may come in another form."""

    def __str__(self) -> str:
        return self.name.lower()


class Severity(NamedTuple):
    """The effect on requests or on responses, and its meaning in words."""

    effect: Effect
    meaning: str = ""


NONE = Severity(Effect.NONE)


def additive(meaning: str) -> Severity:
    """Returns the severity of an addition."""
    return Severity(Effect.ADDITIVE, meaning)


def breaking(meaning: str) -> Severity:
    """Returns the severity of a breaking change."""
    return Severity(Effect.BREAKING, meaning)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the contract."""

    document: str
    """The file, such as `ads.wsdl`."""
    path: str
    """The place in the file: `ads:AdUpdateItem.TextAd`, `ads.get params.FieldNames`, `ads.get`, `ads`."""
    kind: str
    """A fixed name for programs, such as `field added` or `value removed`."""
    text: str
    """A text for people: the old and the new state."""
    requests: Severity = NONE
    responses: Severity = NONE
    operations: tuple[str, ...] = ()
    """The operations whose messages it affects, by the old contract: `ads.update`."""

    @property
    def effect(self) -> Effect:
        """The worse of the effects on requests and responses."""
        return max(self.requests.effect, self.responses.effect)


def became(old: str, new: str) -> str:
    """Returns the old and the new state of something, in words."""
    return _("was {old}, is {new}", old=old, new=new)


def worst(changes: Iterable[Change]) -> Effect:
    """Returns the worst effect among changes; NONE if there are none."""
    return max((change.effect for change in changes), default=Effect.NONE)
