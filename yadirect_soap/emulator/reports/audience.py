"""The audience of the ads: a fixed number of viewers, and where they are; the same for every account.

The values are those of the documentation (https://yandex.ru/dev/direct/doc/ru/reports/report-format); how often each
of them occurs is invented.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from ..domain.dictionaries import dictionary

VIEWERS = 1024
"""Viewers in all; those with a number below SEARCHING saw ads in search results, the others on ad networks."""

SEARCHING = VIEWERS // 2

_NEAR = 12
"""The maximum number of locations in one targeted region."""

_WORLD = 0


class Viewer(NamedTuple):
    """One kind of viewer; the names are those of the report's fields, except `retargeted`."""

    AdNetworkType: str
    Slot: str
    Placement: str
    ExternalNetworkName: str | None
    Device: str
    MobilePlatform: str
    CarrierType: str
    Age: str
    Gender: str
    IncomeGrade: str
    ClickType: str
    retargeted: bool
    """Whether a retargeting list has the viewer."""


class Location(NamedTuple):
    """The location of a viewer, and the targeted region that contains it."""

    TargetingLocationId: int
    TargetingLocationName: str
    LocationOfPresenceId: int
    LocationOfPresenceName: str


Weights = tuple[tuple[Any, int], ...]
"""Values with how many in a hundred have them."""

_DEVICES: Weights = (("MOBILE", 58), ("DESKTOP", 34), ("TABLET", 6), ("SMART_TV", 2))
_PLATFORMS = MappingProxyType(
    {
        "MOBILE": (("ANDROID", 70), ("IOS", 29), ("OTHER", 1)),
        "TABLET": (("ANDROID", 60), ("IOS", 40)),
        "DESKTOP": (("UNKNOWN", 100),),
        "SMART_TV": (("OTHER", 100),),
    }
)
_CARRIERS = MappingProxyType(
    {
        "MOBILE": (("CELLULAR", 64), ("STATIONARY", 34), ("UNKNOWN", 2)),
        "TABLET": (("STATIONARY", 80), ("CELLULAR", 20)),
        "DESKTOP": (("STATIONARY", 97), ("UNKNOWN", 3)),
        "SMART_TV": (("STATIONARY", 100),),
    }
)
_AGES: Weights = (
    ("AGE_0_17", 3),
    ("AGE_18_24", 14),
    ("AGE_25_34", 26),
    ("AGE_35_44", 24),
    ("AGE_45_54", 16),
    ("AGE_55", 12),
    ("UNKNOWN", 5),
)
_GENDERS: Weights = (("GENDER_MALE", 46), ("GENDER_FEMALE", 49), ("UNKNOWN", 5))
_INCOMES: Weights = (("VERY_HIGH", 4), ("HIGH", 12), ("ABOVE_AVERAGE", 22), ("OTHER", 62))
_SEARCH_SLOTS: Weights = (("PREMIUMBLOCK", 62), ("OTHER", 28), ("PRODUCT_GALLERY", 7), ("SUGGEST", 3))
_NETWORK_SLOTS: Weights = (("OTHER", 88), ("ALONE", 12))
_SEARCH_PLACEMENTS: Weights = (("Яндекс", 86), ("Mail.ru", 14))
_NETWORK_PLACEMENTS: Weights = (
    ("dzen.ru", 30),
    ("news.example", 16),
    ("games.example", 15),
    ("recipes.example", 14),
    ("com.example.weather", 13),
    ("com.example.puzzle", 12),
)
_APPS = MappingProxyType({"com.example.weather": "AdColony", "com.example.puzzle": "Smaato"})
"""Placements that other ad exchanges sell, with the names of these."""
_SEARCH_CLICKS: Weights = (("TITLE", 76), ("SITELINK1", 9), ("SITELINK2", 6), ("PHONE", 5), ("VCARD", 4))
_NETWORK_CLICKS: Weights = (("TITLE", 70), ("BUTTON", 24), ("MOBILE_APP_ICON", 4), ("UNKNOWN", 2))
_RETARGETED: Weights = ((True, 15), (False, 85))


@cache
def viewers() -> tuple[Viewer, ...]:
    """Returns every viewer, by number."""
    return tuple(_viewer(number) for number in range(VIEWERS))


def locations(regions: Sequence[int], language: str) -> tuple[Location, ...]:
    """Returns the locations of viewers of ads that are targeted at regions; negative ids are excluded regions."""
    names, inside = _names(language), _inside()
    barred = {location for region in regions if region < 0 for location in inside.get(-region, ())}
    targets = [region for region in regions if region >= 0 and region in names] or [_WORLD]
    return tuple(
        Location(target, names[target], location, names[location])
        for target in targets
        for location in _spread([location for location in inside[target] if location not in barred] or [target])
    )


def _viewer(number: int) -> Viewer:
    draws = iter(hashlib.blake2b(number.to_bytes(2, "big"), digest_size=32, person=b"viewers").digest())
    search = number < SEARCHING
    device = _pick(_DEVICES, draws)
    placement = _pick(_SEARCH_PLACEMENTS if search else _NETWORK_PLACEMENTS, draws)
    return Viewer(
        AdNetworkType="SEARCH" if search else "AD_NETWORK",
        Slot=_pick(_SEARCH_SLOTS if search else _NETWORK_SLOTS, draws),
        Placement=placement,
        ExternalNetworkName=_APPS.get(placement),
        Device=device,
        MobilePlatform=_pick(_PLATFORMS[device], draws),
        CarrierType=_pick(_CARRIERS[device], draws),
        Age=_pick(_AGES, draws),
        Gender=_pick(_GENDERS, draws),
        IncomeGrade=_pick(_INCOMES, draws),
        ClickType=_pick(_SEARCH_CLICKS if search else _NETWORK_CLICKS, draws),
        retargeted=_pick(_RETARGETED, draws),
    )


def _pick(weights: Weights, draws: Iterator[int]) -> Any:
    """Returns a value by its weight, drawn with two random bytes."""
    remainder = (next(draws) * 256 + next(draws)) % 100
    for value, weight in weights:
        if remainder < weight:
            return value
        remainder -= weight
    raise ValueError(f"the weights do not sum to 100: {weights}")


def _spread(choice: Sequence[int]) -> Iterable[int]:
    """At most _NEAR of the locations, taken evenly from the whole list."""
    return choice[:: -(-len(choice) // _NEAR)]


@cache
def _names(language: str) -> dict[int, str]:
    return {region["GeoRegionId"]: region["GeoRegionName"] for region in dictionary("GeoRegionNames", language)}


@cache
def _inside() -> dict[int, tuple[int, ...]]:
    """Returns each region with the ids of the regions in it, its own among them."""
    above = {region["GeoRegionId"]: region["ParentId"] for region in dictionary("GeoRegions")}
    inside: dict[int, list[int]] = {region: [] for region in above}
    for region in above:
        outer: int | None = region
        while outer is not None:
            inside[outer].append(region)
            outer = above[outer]
    return {region: tuple(ids) for region, ids in inside.items()}
