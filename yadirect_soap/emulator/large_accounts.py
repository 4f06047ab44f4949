"""Accounts as large as the largest, for measurements: campaigns, groups, ads and keywords that are not kept one by one.

An object is kept once it is changed.  Two keywords of such an account that are the same are not found to be so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from yadirect_soap.errors import ConfigurationError

from .domain.accounts import Account
from .domain.resources import resources
from .seed import Owner
from .storage.store import Document, Store
from .storage.synthetic_rows import Crowd

_TEMPLATES: Mapping[str, tuple[Document, tuple[str, ...]]] = MappingProxyType(
    {
        "campaigns": (
            {"Name": "Campaign", "StartDate": "2026-01-01", "Type": "TEXT_CAMPAIGN", "TextCampaign": {}},
            ("Name",),
        ),
        "adgroups": ({"Name": "Group", "RegionIds": [225], "Type": "TEXT_AD_GROUP"}, ("Name",)),
        "ads": (
            {
                "Type": "TEXT_AD",
                "TextAd": {"Title": "Ad", "Text": "Text", "Href": "https://shop.example", "Mobile": "NO"},
            },
            ("TextAd", "Title"),
        ),
        "keywords": ({"Keyword": "cedar shelf", "Bid": 10_000_000, "ContextBid": 5_000_000}, ("Keyword",)),
    }
)
"""What the objects of each service are like, and which of their texts is numbered."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many: campaigns in all, groups in each campaign, ads and keywords in each group."""

    campaigns: int = 1
    adgroups: int = 1
    ads: int = 1
    keywords: int = 0

    def __post_init__(self) -> None:
        if min(self.campaigns, self.adgroups) < 1 or min(self.ads, self.keywords) < 0:
            raise ConfigurationError("found too small a number, expected 1 or more campaigns and adgroups")


def plant(store: Store, account: Account, size: Size, *, at: float) -> None:
    """Gives an account as many objects as that, changed `at` so many seconds since the epoch."""
    planter = _Planter(store, account, at)
    campaigns = planter.add("campaigns", size.campaigns, ())
    groups = planter.add("adgroups", size.campaigns * size.adgroups, (("CampaignId", campaigns, size.adgroups),))
    for service, each in (("ads", size.ads), ("keywords", size.keywords)):
        owners = (("CampaignId", campaigns, size.adgroups * each), ("AdGroupId", groups, each))
        if each:
            planter.add(service, size.campaigns * size.adgroups * each, owners)


class _Planter:
    """Adds crowds to one account."""

    def __init__(self, store: Store, account: Account, at: float) -> None:
        self._store = store
        self._login = account.login
        self._owner = Owner(store, account, at=at)
        self._at = at

    def add(self, service: str, count: int, owners: tuple[tuple[str, int, int], ...]) -> int:
        """Adds a crowd, and tells its first identifier."""
        first = self._store.next_id(service, resources()[service].first or 1)
        template, numbered = _TEMPLATES[service]
        parents: dict[str, Any] = {member: key for member, key, _ in owners}
        whole = self._owner.completed(service, template | parents)
        crowd = Crowd(service, self._login, first, count, owners, whole, numbered, self._at)
        self._store.add_crowd(crowd)
        return first
