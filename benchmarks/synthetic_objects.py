"""Generates objects like an advertiser's, from the contract and a seed; pages.py encodes them."""

import random
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from yadirect_soap.protocol.model import Kind, Member, Shape

_NIL = (0.02, 0.1, 0.5, 0.95)
"""The probabilities that a nillable member is nil, of which each member has one."""

_RARE = 0.3
"""The probability that a member of _SOMETIMES is present, and that a present one is empty."""

_NEVER = frozenset({"Errors", "Warnings"})
_SOMETIMES = frozenset({"StatusClarification"})

_LENGTHS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"AdExtensions": (0, 8), "AuctionBids": (4, 12), "AuctionBidItems": (4, 12), "CoverageItems": (3, 5)}
)
"""The minimum and maximum lengths of lists; others have _LENGTH, lists of texts up to _TEXTS."""
_LENGTH = (1, 4)
_TEXTS = 40

_WORDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"Text": (5, 9), "Title": (2, 5), "Title2": (2, 4), "Keyword": (2, 5), "ErirAdDescription": (4, 8)}
)
"""The minimum and maximum numbers of words in texts; others have _FEW."""
_FEW = (1, 3)

_SYLLABLES = "ка ро ти ло мен сто при вы до го ни ре ва тор па ли ку са де но ми ра бе зна ско фо ше ча ю э"
_ABSENT: Any = object()


class Maker:
    """Generates objects; the same seed generates the same sequence.

    `kinds` are the names of exclusive members to choose from (an ad's TextAd, ResponsiveAd ...), each as often as it is
    in the tuple; an empty tuple means all kinds.
    """

    def __init__(self, seed: str, kinds: tuple[str, ...] = ()) -> None:
        self._random = random.Random(seed)
        self._kinds = kinds

    def make(self, shape: Shape) -> dict[str, Any]:
        """Returns an object with the members of the WSDL only, since zeep reads it too."""
        exclusive = _exclusive_members(shape)
        chosen = self._pick([kind for kind in self._kinds if kind in exclusive] or exclusive) if exclusive else ""
        document: dict[str, Any] = {}
        for member in shape.members:
            if member.name in shape.beyond_wsdl or (member.name in exclusive and member.name != chosen):
                continue
            value = self._named_value(member, chosen) if chosen and member.shape.values else self._member(member)
            if value is not _ABSENT:
                document[member.name] = value
        return document

    def _named_value(self, member: Member, chosen: str) -> Any:
        """Returns the enumeration's value that names the chosen member (TEXT_AD), or any value if there is none."""
        named = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", chosen).upper()
        return named if named in member.shape.value_set else self._member(member)

    def _member(self, member: Member) -> Any:
        name = member.name
        if name in _NEVER or (name in _SOMETIMES and self._random.random() > _RARE):
            return _ABSENT
        if member.nillable and self._random.random() < _nil(name):
            return None
        if not member.many:
            return self._value(name, member.shape)
        values = self._list(member)
        return values or _ABSENT

    def _list(self, member: Member) -> list[Any]:
        """Returns a list: one item for each option (Option and Value), else a random number of items."""
        shape = member.shape
        first = shape.members[0] if shape.members else None
        if first is not None and len(shape.members) == len(("Option", "Value")) and first.shape.kind is Kind.ENUM:
            return [self.make(shape) | {first.name: value} for value in _in_wsdl(first.shape)]
        low, high = _LENGTHS.get(member.name, (1, _TEXTS) if shape.kind is Kind.STRING else _LENGTH)
        length = max(self._between(low, high), int(member.required))
        return [self._value(member.name, shape) for _ in range(length)]

    def _value(self, name: str, shape: Shape) -> Any:
        kind = shape.kind
        if kind is Kind.OBJECT:
            return self.make(shape)
        if kind is Kind.ENUM:
            return self._pick(_in_wsdl(shape))
        if kind is Kind.STRING:
            return self._text(name)
        if kind is Kind.DECIMAL:
            return Decimal(self._between(100, 99_999)) / 100
        if name.endswith(("Id", "Items")) and kind is Kind.LONG:
            return self._between(10**9, 10**10)
        return self._between(1, 100) * (10_000 if kind is Kind.LONG else 1)

    def _text(self, name: str) -> str:
        if name.endswith(("Href", "Url")):
            return (
                f"https://example.ru/{self._between(1, 9999)}?utm_source=direct&utm_campaign={self._between(1, 10**8)}"
            )
        if name.endswith("Date"):
            return f"2026-{self._between(1, 12):02}-{self._between(1, 28):02}"
        if name.endswith("Hash"):
            return f"{self._random.getrandbits(88):022x}"
        if name == "Position":
            return f"P{self._between(1, 2)}{self._between(1, 4)}"
        if name in _SOMETIMES and self._random.random() < _RARE:
            return ""
        return " ".join(self._pick(_vocabulary()) for _ in range(self._between(*_WORDS.get(name, _FEW))))

    def _between(self, low: int, high: int) -> int:
        return low + int(self._random.random() * (high - low + 1))

    def _pick(self, values: Any) -> Any:
        return values[int(self._random.random() * len(values))]


@cache
def _in_wsdl(shape: Shape) -> tuple[str, ...]:
    """Returns the values of an enumeration that are in the WSDL."""
    return tuple(value for value in shape.values if value not in shape.beyond_wsdl)


@cache
def _exclusive_members(shape: Shape) -> tuple[str, ...]:
    """Returns the exclusive members of an object: kinds of ad, of campaign, of strategy, of funds."""
    objects = [member.name for member in shape.members if member.shape.kind is Kind.OBJECT]
    if "BiddingStrategyType" in shape.by_name:
        return tuple(name for name in objects if name != "PlacementTypes")
    for ending in ("Ad", "Campaign", "Funds"):
        exclusive = tuple(name for name in objects if name.endswith(ending))
        if len(exclusive) > 1:
            return exclusive
    return ()


@cache
def _nil(name: str) -> float:
    return random.Random(name).choice(_NIL)


@cache
def _vocabulary() -> tuple[str, ...]:
    """Returns four thousand words, so that the texts compress about as well as real ones."""
    generator, syllables = random.Random("words"), _SYLLABLES.split()
    return tuple("".join(generator.choices(syllables, k=generator.randint(1, 4))) for _ in range(4000))
