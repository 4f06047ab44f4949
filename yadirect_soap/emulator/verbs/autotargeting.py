"""The keyword that a group has without anyone adding it, by which the API does its own targeting."""

from typing import Any

from ..call import Call
from ..currencies import prices
from ..resources import resources
from ..store import Document
from .defaults import with_defaults

KEYWORD = "---autotargeting"

GROUPS = frozenset({"TEXT_AD_GROUP", "UNIFIED_AD_GROUP"})
"""Types of groups that have autotargeting."""
_CATEGORIES = ("EXACT", "ALTERNATIVE", "COMPETITOR", "BROADER", "ACCESSORY")
_SETTINGS = ("Exact", "Narrow", "Alternative", "Accessory", "Broader")
_BRANDS = ("WithoutBrands", "WithAdvertiserBrand", "WithCompetitorsBrand")


def key(adgroup: Any) -> int:
    """The identifier of a group's autotargeting: 20 and the group's own behind it."""
    return int(f"20{adgroup}")


def create(call: Call, adgroup: Any, document: Document) -> None:
    """Gives a new group its autotargeting, where groups of its type have one."""
    if document.get("Type") not in GROUPS:
        return
    bid = prices(call.account.currency).bid.least
    keyword: Document = {
        "Id": key(adgroup),
        "Keyword": KEYWORD,
        "AdGroupId": adgroup,
        "CampaignId": document["CampaignId"],
        "Bid": bid,
        "ContextBid": bid,
        "AutotargetingCategories": {"Items": [{"Category": name, "Value": "YES"} for name in _CATEGORIES]},
        "AutotargetingSettings": {
            "Categories": dict.fromkeys(_SETTINGS, "YES"),
            "BrandOptions": dict.fromkeys(_BRANDS, "YES"),
        },
    }
    keyword = with_defaults(keyword, resources()["keywords"])
    call.store.put("keywords", keyword["Id"], call.account.login, keyword, changed=call.now())
