"""The kinds of bid adjustments: their levels and campaigns, and which of them exclude each other.

https://yandex.ru/dev/direct/doc/ru/bidmodifiers/add and https://yandex.ru/dev/direct/doc/ru/objects/bidmodifier
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ...storage.store import Document

_ALL = frozenset(
    {
        "TEXT_CAMPAIGN",
        "UNIFIED_CAMPAIGN",
        "MOBILE_APP_CAMPAIGN",
        "DYNAMIC_TEXT_CAMPAIGN",
        "SMART_CAMPAIGN",
        "CPM_BANNER_CAMPAIGN",
    }
)
# Unified campaigns have the adjustments of the campaigns that they replace, without that of smart ads.
_TEXT = frozenset({"TEXT_CAMPAIGN", "UNIFIED_CAMPAIGN"})
_NO_APPS = _ALL - {"MOBILE_APP_CAMPAIGN"}


@dataclass(frozen=True, slots=True)
class ModifierKind:
    """A kind of adjustment: its Type and its rules; limits.toml has its limits."""

    type: str
    keys: tuple[str, ...] = ()
    """The members that select the audience of an adjustment; an absent one means everybody."""
    levels: frozenset[str] = frozenset({"CAMPAIGN", "AD_GROUP"})
    campaigns: frozenset[str] = _ALL
    """The types of campaigns that may have it, themselves or in their groups."""
    switched: bool = False
    """Whether get returns Enabled."""


MODIFIER_KINDS: Mapping[str, ModifierKind] = MappingProxyType(
    {
        "MobileAdjustment": ModifierKind("MOBILE_ADJUSTMENT", keys=("OperatingSystemType",), campaigns=_NO_APPS),
        "DesktopAdjustment": ModifierKind("DESKTOP_ADJUSTMENT", campaigns=_NO_APPS),
        "SmartTvAdjustment": ModifierKind("SMART_TV_ADJUSTMENT", campaigns=_NO_APPS),
        "TabletAdjustment": ModifierKind("TABLET_ADJUSTMENT", keys=("OperatingSystemType",), campaigns=_NO_APPS),
        "DesktopOnlyAdjustment": ModifierKind("DESKTOP_ONLY_ADJUSTMENT", campaigns=_NO_APPS),
        "DemographicsAdjustment": ModifierKind("DEMOGRAPHICS_ADJUSTMENT", keys=("Gender", "Age"), switched=True),
        "RetargetingAdjustment": ModifierKind(
            "RETARGETING_ADJUSTMENT", keys=("RetargetingConditionId",), switched=True
        ),
        "RegionalAdjustment": ModifierKind(
            "REGIONAL_ADJUSTMENT", ("RegionId",), frozenset({"CAMPAIGN"}), switched=True
        ),
        "VideoAdjustment": ModifierKind("VIDEO_ADJUSTMENT", campaigns=_TEXT),
        "SmartAdAdjustment": ModifierKind("SMART_AD_ADJUSTMENT", campaigns=frozenset({"SMART_CAMPAIGN"})),
        "SerpLayoutAdjustment": ModifierKind("SERP_LAYOUT_ADJUSTMENT", ("SerpLayout",), switched=True),
        "IncomeGradeAdjustment": ModifierKind("INCOME_GRADE_ADJUSTMENT", ("Grade",), switched=True),
        "AdGroupAdjustment": ModifierKind(
            "AD_GROUP_ADJUSTMENT",
            levels=frozenset({"AD_GROUP"}),
            campaigns=frozenset({"UNIFIED_CAMPAIGN"}),
        ),
    }
)
"""The kinds of adjustments by their member in a get item; an add item may have the plural."""

AUDIENCES = frozenset({"DemographicsAdjustment", "RetargetingAdjustment"})
"""Adjustments that a media group may have only if its ads are shown by keywords."""

DESKTOPS = frozenset({"DesktopAdjustment", "DesktopOnlyAdjustment"})
"""Adjustments of which none may be 0 in a group whose adjustment for mobiles is 0."""

_EXCLUDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "DesktopAdjustment": frozenset({"TabletAdjustment", "DesktopOnlyAdjustment"}),
        "TabletAdjustment": frozenset({"DesktopAdjustment"}),
        "DesktopOnlyAdjustment": frozenset({"DesktopAdjustment"}),
    }
)
# The API still accepts the old age group, which is the sum of two new ones.
_PARTS: Mapping[str, frozenset[str]] = MappingProxyType({"AGE_45": frozenset({"AGE_45_54", "AGE_55"})})


def excludes(first: str, second: str) -> bool:
    """Whether adjustments of two kinds cannot be in the same campaign or group."""
    return second in _EXCLUDED.get(first, ())


def same(name: str, first: Document, second: Document) -> bool:
    """Whether two adjustments of a kind are for the same people."""
    return all(first.get(key) == second.get(key) for key in MODIFIER_KINDS[name].keys)


def overlap(name: str, first: Document, second: Document) -> bool:
    """Whether two adjustments of a kind may be for the same people."""
    return all(_meet(first.get(key), second.get(key)) for key in MODIFIER_KINDS[name].keys)


def _meet(first: object, second: object) -> bool:
    return first is None or second is None or not _parts(first).isdisjoint(_parts(second))


def _parts(value: object) -> frozenset[object]:
    return _PARTS.get(str(value), frozenset({value}))
