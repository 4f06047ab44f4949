"""The sources of statistics: each ad of an account with each condition that shows it, read from the store.

random_events.py generates the impressions of each source.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from ..domain.account import Account
from ..domain.currencies import prices
from ..domain.keyword_phrases import AUTOTARGETING
from ..domain.statistics_corrections import Correction, corrections
from ..storage.store import Document, Row, Store
from .date_ranges import moscow

DISPLAY_CAMPAIGNS = frozenset({"CPM_BANNER_CAMPAIGN"})
"""Types of campaigns that pay for impressions."""

_NEVER_SHOWN = frozenset({"DRAFT", "MODERATION", "REJECTED"})
_CRITERIA = MappingProxyType(
    {
        "keywords": "KEYWORD",
        "audiencetargets": "AUDIENCE_TARGET",
        "dynamictextadtargets": "DYNAMIC_TEXT_AD_TARGET",
        "dynamicfeedadtargets": "DYNAMIC_TEXT_AD_TARGET",
        "smartadtargets": "SMART_BANNER_FILTER",
    }
)
"""The CriterionType of the objects of a service."""
_FORMATS = MappingProxyType(
    {
        "IMAGE_AD": "IMAGE",
        "CPM_BANNER_AD": "IMAGE",
        "CPM_VIDEO_AD": "VIDEO",
        "CPC_VIDEO_AD": "VIDEO",
        "SMART_AD": "SMART_SINGLE",
        "SHOPPING_AD": "SMART_TILE",
        "RESPONSIVE_AD": "ADAPTIVE_IMAGE",
    }
)
"""The AdFormat by the type of an ad; other types are TEXT."""
_BIDS = ("Bid", "ContextBid", "AverageCpc")
_USUAL_BID = 20
"""The bid of a condition without a bid, in least bids of the currency."""


class SourceFields(NamedTuple):
    """The objects behind an impression, with the names of the report's fields."""

    ClientLogin: str
    CampaignId: int
    CampaignName: str
    CampaignType: str
    CampaignUrlPath: str | None
    AdGroupId: int
    AdGroupName: str
    AdId: int
    AdFormat: str
    AdUrl: str | None
    OfferUrl: str | None
    CriterionId: int | None
    Criterion: str | None
    CriterionType: str | None
    Keyword: str | None
    AudienceTargetId: int | None
    DynamicTextAdTargetId: int | None
    SmartAdTargetId: int | None
    SmartBannerFilterId: int | None
    RlAdjustmentId: int | None


@dataclass(frozen=True, slots=True)
class ImpressionSource:
    """An ad that a condition shows; days are numbers of date.toordinal()."""

    fields: SourceFields
    days: range
    regions: tuple[int, ...]
    """RegionIds of the group; negative ones are excluded."""
    search: bool
    """Whether it is shown in search results; it may be shown on ad networks too."""
    network: bool
    """Whether it is shown on ad networks."""
    bid: int
    """Micros for a click, or for a thousand impressions of a display campaign."""
    search_text: str
    """What people search for who see it in search results."""
    categories: tuple[str, ...]
    """The categories of autotargeting; none for other conditions."""
    brand_options: tuple[str, ...]
    """The options of autotargeting by brands; none for other conditions."""
    corrected: Mapping[int, int]
    """Days whose statistics were corrected later, and when they last were, in seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class _Condition:
    """A keyword or target that shows a group's ads, with the name of its service."""

    service: str
    row: Row


@dataclass(frozen=True, slots=True)
class _TargetedAd:
    """An ad and the condition that shows it; None in a group without conditions, whose ads are shown too."""

    campaign: Row
    group: Row
    ad: Row
    condition: _Condition | None

    @property
    def rows(self) -> list[Row]:
        """The objects that must all be running."""
        return [self.campaign, self.ad, *([self.condition.row] if self.condition else [])]


class _AccountObjects:
    """An account's objects by their parents."""

    def __init__(self, store: Store, account: Account) -> None:
        login = account.login
        self.account = account
        self.campaigns = list(store.rows("campaigns", login))
        self.groups = _by("CampaignId", store.rows("adgroups", login))
        self.ads = _by("AdGroupId", store.rows("ads", login))
        self.adjustments = _by("CampaignId", store.rows("bidmodifiers", login))
        self.lists = {row.id: row.document["Name"] for row in store.rows("retargetinglists", login)}
        self.conditions: defaultdict[Any, list[_Condition]] = defaultdict(list)
        for service in _CRITERIA:
            for row in store.rows(service, login):
                self.conditions[row.document["AdGroupId"]].append(_Condition(service, row))
        self.url_paths = {campaign.id: self._url_path(campaign.id) for campaign in self.campaigns}

    def targeted_ads(self) -> Iterator[_TargetedAd]:
        """Yields each ad with each condition of its group, in the order of campaigns, groups, ads and conditions."""
        for campaign in filter(_ever_shown, self.campaigns):
            for group in self.groups[campaign.id]:
                conditions = [condition for condition in self.conditions[group.id] if _ever_shown(condition.row)]
                for ad in filter(_ever_shown, self.ads[group.id]):
                    yield from (_TargetedAd(campaign, group, ad, condition) for condition in conditions or (None,))

    def _url_path(self, campaign: Any) -> str | None:
        """Returns the link of the campaign's first ad with a link, without its parameters."""
        ads = (ad.document for group in self.groups[campaign] for ad in self.ads[group.id])
        address = next((link for ad in ads if (link := _link(ad))), None)
        return address and address.partition("?")[0].partition("#")[0]


def sources(store: Store, account: Account, now: float) -> Iterator[ImpressionSource]:
    """Yields every source of an account's statistics until now."""
    objects = _AccountObjects(store, account)
    corrected = {campaign: _corrected_days(rows) for campaign, rows in corrections(store, now).items()}
    today = moscow(now).toordinal()
    for targeted in objects.targeted_ads():
        if days := _days(targeted, today):
            search, network = _search_and_network(targeted.campaign.document)
            yield ImpressionSource(
                fields=_fields(objects, targeted),
                days=days,
                regions=tuple(targeted.group.document.get("RegionIds") or ()),
                search=search,
                network=network,
                bid=_bid(account, targeted.condition),
                search_text=_search_text(objects, targeted),
                categories=_autotargeting(targeted.condition, "AutotargetingCategories", "Category", "EXACT"),
                brand_options=_autotargeting(
                    targeted.condition, "AutotargetingBrandOptions", "Option", "WITHOUT_BRANDS"
                ),
                corrected=corrected.get(targeted.campaign.id, {}),
            )


def _ever_shown(row: Row) -> bool:
    return row.document.get("Status") not in _NEVER_SHOWN


def _days(targeted: _TargetedAd, today: int) -> range:
    """From the campaign's start to today, or to the day when one of the objects was stopped."""
    campaign = targeted.campaign.document
    last = min(today, *(_stopped(row, today) for row in targeted.rows))
    if end := campaign.get("EndDate"):
        last = min(last, date.fromisoformat(end).toordinal())
    return range(date.fromisoformat(campaign["StartDate"]).toordinal(), last + 1)


def _stopped(row: Row, today: int) -> int:
    """Returns the day of the last change of an object that is off, else today: the store has no older changes."""
    return today if row.document.get("State", "ON") == "ON" else moscow(row.changed).toordinal()


def _corrected_days(rows: Iterable[Correction]) -> dict[int, int]:
    """Returns the days before each correction from its first one on, each with the time of its last correction."""
    return {
        day: int(row.at)
        for row in rows
        for day in range(date.fromisoformat(row.from_day).toordinal(), moscow(row.at).toordinal())
    }


def _search_and_network(campaign: Document) -> tuple[bool, bool]:
    """Whether a campaign is shown in search results, and on ad networks."""
    strategies: Mapping[str, Any] = next(
        (member["BiddingStrategy"] for member in campaign.values() if _has(member, "BiddingStrategy")), {}
    )
    search, network = (
        (strategies.get(placement) or {}).get("BiddingStrategyType") != "SERVING_OFF"
        for placement in ("Search", "Network")
    )
    return search or not network, network


def _fields(objects: _AccountObjects, targeted: _TargetedAd) -> SourceFields:
    campaign, group, ad = (row.document for row in (targeted.campaign, targeted.group, targeted.ad))
    service = targeted.condition.service if targeted.condition else ""
    key = int(targeted.condition.row.id) if targeted.condition else None
    text = _text(objects, targeted.condition) if targeted.condition else None
    return SourceFields(
        ClientLogin=objects.account.login,
        CampaignId=campaign["Id"],
        CampaignName=campaign["Name"],
        CampaignType=campaign["Type"],
        CampaignUrlPath=objects.url_paths[campaign["Id"]],
        AdGroupId=group["Id"],
        AdGroupName=group["Name"],
        AdId=ad["Id"],
        AdFormat=_FORMATS.get(ad["Type"], "TEXT"),
        AdUrl=_link(ad),
        OfferUrl=None,
        CriterionId=key,
        Criterion=text,
        CriterionType="AUTOTARGETING" if text == AUTOTARGETING else _CRITERIA.get(service),
        Keyword=text if service == "keywords" else None,
        AudienceTargetId=key if service == "audiencetargets" else None,
        DynamicTextAdTargetId=key if service.startswith("dynamic") else None,
        SmartAdTargetId=key if service == "smartadtargets" else None,
        SmartBannerFilterId=key if service == "smartadtargets" else None,
        RlAdjustmentId=_retargeting(objects, campaign["Id"], group["Id"]),
    )


def _text(objects: _AccountObjects, condition: _Condition) -> str:
    """Returns a keyword's text, or the name of a target or of its retargeting list."""
    document = condition.row.document
    listed = objects.lists.get(document.get("RetargetingListId") or 0)
    return str(document.get("Keyword") or document.get("Name") or listed or document["Id"])


def _retargeting(objects: _AccountObjects, campaign: Any, group: Any) -> int | None:
    """Returns the retargeting list of a bid adjustment of the group, or else of its campaign."""
    lists = {
        row.document.get("AdGroupId"): int(row.document["RetargetingAdjustment"]["RetargetingConditionId"])
        for row in objects.adjustments[campaign]
        if "RetargetingAdjustment" in row.document
    }
    return lists.get(group, lists.get(None))


def _bid(account: Account, condition: _Condition | None) -> int:
    document = condition.row.document if condition else {}
    usual = prices(account.currency).bid.least * _USUAL_BID
    return next((int(document[name]) for name in _BIDS if document.get(name)), usual)


def _search_text(objects: _AccountObjects, targeted: _TargetedAd) -> str:
    """Returns the keyword without negative words and operators; else another one of the group, or its name."""
    own = [targeted.condition] if targeted.condition else []
    others = objects.conditions[targeted.group.id]
    texts = (_text(objects, condition) for condition in (*own, *others) if condition.service == "keywords")
    text = next((text for text in texts if text != AUTOTARGETING), str(targeted.group.document["Name"]))
    words = (word.strip('"[]()!+|') for word in text.split() if not word.startswith("-"))
    return " ".join(word for word in words if word).lower()


def _autotargeting(condition: _Condition | None, member: str, name: str, usual: str) -> tuple[str, ...]:
    """Returns the values that a setting of autotargeting allows; none for other conditions."""
    if condition is None or condition.row.document.get("Keyword") != AUTOTARGETING:
        return ()
    settings = (condition.row.document.get(member) or {}).get("Items") or ()
    return tuple(item[name] for item in settings if item["Value"] == "YES") or (usual,)


def _link(ad: Document) -> str | None:
    """Returns the link of an ad, whatever its kind."""
    return next((str(member["Href"]) for member in ad.values() if _has(member, "Href")), None)


def _has(member: Any, name: str) -> bool:
    return isinstance(member, Mapping) and bool(member.get(name))


def _by(name: str, rows: Iterable[Row]) -> Mapping[Any, list[Row]]:
    """Rows by the value of a member of their documents; an empty list for other values."""
    rows_by_value: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        rows_by_value[row.document.get(name)].append(row)
    return rows_by_value
