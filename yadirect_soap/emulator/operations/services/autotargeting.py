"""Autotargeting: a keyword that every group has by itself, by which the API selects search queries.

https://yandex.ru/dev/direct/doc/en/best-practice/auto-targeting
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ...domain.campaign_strategies import strategies_of
from ...domain.currencies import prices
from ...domain.keyword_phrases import AUTOTARGETING
from ...domain.resources import resources
from ...storage.store import Document
from ..call import OperationCall
from ..crud.defaults import with_defaults

GROUPS = frozenset({"MOBILE_APP_AD_GROUP", "TEXT_AD_GROUP", "UNIFIED_AD_GROUP"})
"""Types of groups that have autotargeting."""

_SETTINGS = "AutotargetingSettings"
_SWITCHES: Mapping[str, tuple[str, Mapping[str, tuple[str, str]]]] = MappingProxyType(
    {
        "AutotargetingCategories": (
            "Category",
            MappingProxyType(
                {
                    "EXACT": ("Categories", "Exact"),
                    "ALTERNATIVE": ("Categories", "Alternative"),
                    "COMPETITOR": ("BrandOptions", "WithCompetitorsBrand"),
                    "BROADER": ("Categories", "Broader"),
                    "ACCESSORY": ("Categories", "Accessory"),
                }
            ),
        ),
        "AutotargetingBrandOptions": (
            "Option",
            MappingProxyType(
                {
                    "WITHOUT_BRANDS": ("BrandOptions", "WithoutBrands"),
                    "WITH_ADVERTISER_BRAND": ("BrandOptions", "WithAdvertiserBrand"),
                }
            ),
        ),
    }
)
"""The two older lists of switches, the member that names a switch, and the place of each switch in the settings."""

_PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Categories": ("Exact", "Narrow", "Alternative", "Accessory", "Broader"),
        "BrandOptions": ("WithoutBrands", "WithAdvertiserBrand", "WithCompetitorsBrand"),
    }
)
"""The switches of the settings, which are all on at first."""


def is_autotargeting(keyword: Mapping[str, Any]) -> bool:
    """Whether a keyword, as an item or a document, is a group's autotargeting."""
    return keyword.get("Keyword") == AUTOTARGETING


def key(adgroup: Any) -> int:
    """Returns the identifier of a group's autotargeting: 20 followed by the group's identifier."""
    return int(f"20{adgroup}")


def find(call: OperationCall, adgroup: Any) -> Document | None:
    """Returns the autotargeting of a group; None for types of groups without one."""
    return call.store.get("keywords", key(adgroup), call.account.login)


def is_on_search(call: OperationCall, document: Mapping[str, Any]) -> bool:
    """Whether a group or keyword is shown on search, where autotargeting cannot be switched off."""
    campaign = call.store.get("campaigns", document["CampaignId"], call.account.login) or {}
    return strategies_of(campaign).search not in ("", "SERVING_OFF")


def create(call: OperationCall, adgroup: Any, document: Document) -> None:
    """Adds the autotargeting of a new group, if its type has one; it is off if the campaign is in networks only."""
    if document.get("Type") not in GROUPS:
        return
    bid = prices(call.account.currency).bid.least
    settings = {part: dict.fromkeys(members, "YES") for part, members in _PARTS.items()}
    keyword: Document = {
        "Id": key(adgroup),
        "Keyword": AUTOTARGETING,
        "AdGroupId": adgroup,
        "CampaignId": document["CampaignId"],
        "Bid": bid,
        "ContextBid": bid,
        "AutotargetingSearchBidIsAuto": "YES",
        **_in_lists(settings),
        _SETTINGS: settings,
    }
    if not is_on_search(call, document):
        keyword["State"] = "SUSPENDED"
    keyword = with_defaults(keyword, resources()["keywords"])
    call.store.put("keywords", keyword["Id"], call.account.login, keyword, changed=call.now())


def switch(call: OperationCall, adgroup: Any, *, on: bool) -> None:
    """Switches a group's autotargeting on or off."""
    login = call.account.login
    keyword = call.store.get("keywords", key(adgroup), login)
    if keyword is None or (on and keyword["State"] != "SUSPENDED"):
        return
    shown = "ON" if keyword["Status"] == "ACCEPTED" else "OFF"
    state = shown if on else "SUSPENDED"
    call.store.put("keywords", keyword["Id"], login, keyword | {"State": state}, changed=call.now())


def in_step(document: Document, item: Mapping[str, Any]) -> Document:
    """Returns a document whose older lists and settings agree, after an item that set some of them."""
    if item.get(_SETTINGS) is not None:
        return document | _in_lists(document[_SETTINGS])
    settings = document.get(_SETTINGS) or {}
    for name, (by, switches) in _SWITCHES.items():
        for switch in item.get(name) or ():
            part, member = switches[switch[by]]
            settings = {**settings, part: {**(settings.get(part) or {}), member: switch["Value"]}}
    return document | {_SETTINGS: settings} if settings else document


def _in_lists(settings: Document) -> Document:
    """Returns the older lists with the values of the settings."""
    return {
        name: {
            "Items": [
                {by: switch, "Value": settings[part][member]}
                for switch, (part, member) in switches.items()
                if member in (settings.get(part) or {})
            ]
        }
        for name, (by, switches) in _SWITCHES.items()
    }
