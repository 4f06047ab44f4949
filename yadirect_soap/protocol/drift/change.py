"""A change of the contract as a record: where, what, and what it does to requests and to responses."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Effect(IntEnum):
    """What a change does to a program that was written before it; the larger, the worse."""

    NONE = 0
    ADDITIVE = 1
    """There is more to say or to hear; what worked goes on working."""
    BREAKING = 2
    """What worked may be refused, or come in another form."""

    def __str__(self) -> str:
        return self.name.lower()


class Severity(NamedTuple):
    """The effect on one direction, and in words what it means there."""

    effect: Effect
    meaning: str = ""


NONE = Severity(Effect.NONE)


def additive(meaning: str) -> Severity:
    """A severity: something is added."""
    return Severity(Effect.ADDITIVE, meaning)


def breaking(meaning: str) -> Severity:
    """A severity: something breaks."""
    return Severity(Effect.BREAKING, meaning)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not what it was."""

    document: str
    """The file: `ads.wsdl`."""
    path: str
    """What in it: `ads:AdUpdateItem.TextAd`, `ads.get params.FieldNames`, `ads.get`, `ads`."""
    kind: str
    """For programs, one of a few: `field added`, `value gone`."""
    text: str
    """For people: what it was and what it is."""
    requests: Severity = NONE
    responses: Severity = NONE
    operations: tuple[str, ...] = ()
    """The operations whose messages it reaches, as they were before: `ads.update`."""

    @property
    def effect(self) -> Effect:
        """The worse of both directions."""
        return max(self.requests.effect, self.responses.effect)


def worst(changes: Iterable[Change]) -> Effect:
    """The worst effect among changes; NONE if there are none."""
    return max((change.effect for change in changes), default=Effect.NONE)
