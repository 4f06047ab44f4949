"""What statistics come from: every ad of an account with every condition that it was shown by, read from the store.

Nothing here tells how much was shown; that is chance.py's.
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

DISPLAY = frozenset({"CPM_BANNER_CAMPAIGN"})
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
"""The AdFormat of ads of a type; all others are texts."""
_BIDS = ("Bid", "ContextBid", "AverageCpc")
_USUAL_BID = 20
"""The bid of a condition without one, in least bids of the currency."""


class Shown(NamedTuple):
    """The objects behind an impression, by the names of the report's fields."""

    ClientLogin: str
    CampaignId: int
    CampaignName: str
    CampaignType: str
    CampaignUrlPath: str | None
    AdGroupId: int
    AdGroupName: str
    AdId: int
    AdFormat: str
    CriterionId: int | None
    Criterion: str | None
    CriterionType: str | None
    Keyword: str | None
    AudienceTargetId: int | None
    DynamicTextAdTargetId: int | None
    SmartAdTargetId: int | None
    RlAdjustmentId: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """An ad shown by a condition, on days that count as date.toordinal() does."""

    shown: Shown
    days: range
    regions: tuple[int, ...]
    """RegionIds of the group; negative ones are left out of the others."""
    search: bool
    """Whether it is shown in search results; it may be shown on ad networks too."""
    network: bool
    """Whether it is shown on ad networks."""
    bid: int
    """Micros for a click, or for a thousand impressions of a display campaign."""
    wanted: str
    """What people look for to whom it is shown in search results."""
    categories: tuple[str, ...]
    """The categories of its autotargeting; none for other conditions."""
    restated: range
    """Days whose statistics were corrected later."""
    correction: int
    """The moment when they were, in seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class _Condition:
    """What a group's ads are shown by; none of the objects knows by itself of which service it is."""

    service: str
    row: Row


@dataclass(frozen=True, slots=True)
class _Meeting:
    """An ad and what it is shown by; ads of a group without conditions are shown all the same."""

    campaign: Row
    group: Row
    ad: Row
    condition: _Condition | None

    @property
    def rows(self) -> list[Row]:
        """What must all be running."""
        return [self.campaign, self.ad, *([self.condition.row] if self.condition else [])]


class _Holdings:
    """An account's objects, sorted by what they belong to."""

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

    def meetings(self) -> Iterator[_Meeting]:
        """Whatever may ever have met, in the order of campaigns, groups, ads and conditions."""
        for campaign in filter(_ever_shown, self.campaigns):
            for group in self.groups[campaign.id]:
                conditions = [each for each in self.conditions[group.id] if _ever_shown(each.row)]
                for ad in filter(_ever_shown, self.ads[group.id]):
                    yield from (_Meeting(campaign, group, ad, condition) for condition in conditions or (None,))

    def _url_path(self, campaign: Any) -> str | None:
        """The address that the campaign's first ad with one leads to, without its parameters."""
        ads = (ad.document for group in self.groups[campaign] for ad in self.ads[group.id])
        address = next((str(member["Href"]) for ad in ads for member in ad.values() if _has(member, "Href")), None)
        return address and address.partition("?")[0].partition("#")[0]


def sources(store: Store, account: Account, now: float) -> Iterator[Source]:
    """Every source of an account's statistics up to now."""
    held = _Holdings(store, account)
    corrected = corrections(store)
    today = moscow(now).toordinal()
    for meeting in held.meetings():
        if days := _days(meeting, today):
            search, network = _places(meeting.campaign.document)
            correction = corrected.get(meeting.campaign.id)
            yield Source(
                shown=_shown(held, meeting),
                days=days,
                regions=tuple(meeting.group.document.get("RegionIds") or ()),
                search=search,
                network=network,
                bid=_bid(account, meeting.condition),
                wanted=_wanted(held, meeting),
                categories=_categories(meeting.condition),
                restated=_restated(correction, now),
                correction=int(correction.at) if correction else 0,
            )


def _ever_shown(row: Row) -> bool:
    return row.document.get("Status") not in _NEVER_SHOWN


def _days(meeting: _Meeting, today: int) -> range:
    """From the campaign's start to today, or to the day on which something was stopped."""
    campaign = meeting.campaign.document
    last = min(today, *(_stopped(row, today) for row in meeting.rows))
    if end := campaign.get("EndDate"):
        last = min(last, date.fromisoformat(end).toordinal())
    return range(date.fromisoformat(campaign["StartDate"]).toordinal(), last + 1)


def _stopped(row: Row, today: int) -> int:
    """What is not running was stopped by its last change, for all that the store knows."""
    return today if row.document.get("State", "ON") == "ON" else moscow(row.changed).toordinal()


def _restated(correction: Correction | None, now: float) -> range:
    if correction is None or correction.at > now:
        return range(0)
    return range(date.fromisoformat(correction.from_day).toordinal(), moscow(correction.at).toordinal())


def _places(campaign: Document) -> tuple[bool, bool]:
    """Whether a campaign is shown in search results, and on ad networks."""
    strategies: Mapping[str, Any] = next(
        (member["BiddingStrategy"] for member in campaign.values() if _has(member, "BiddingStrategy")), {}
    )
    search, network = (
        (strategies.get(place) or {}).get("BiddingStrategyType") != "SERVING_OFF" for place in ("Search", "Network")
    )
    return search or not network, network


def _shown(held: _Holdings, meeting: _Meeting) -> Shown:
    campaign, group, ad = (row.document for row in (meeting.campaign, meeting.group, meeting.ad))
    service = meeting.condition.service if meeting.condition else ""
    key = int(meeting.condition.row.id) if meeting.condition else None
    text = _text(held, meeting.condition) if meeting.condition else None
    return Shown(
        ClientLogin=held.account.login,
        CampaignId=campaign["Id"],
        CampaignName=campaign["Name"],
        CampaignType=campaign["Type"],
        CampaignUrlPath=held.url_paths[campaign["Id"]],
        AdGroupId=group["Id"],
        AdGroupName=group["Name"],
        AdId=ad["Id"],
        AdFormat=_FORMATS.get(ad["Type"], "TEXT"),
        CriterionId=key,
        Criterion=text,
        CriterionType="AUTOTARGETING" if text == AUTOTARGETING else _CRITERIA.get(service),
        Keyword=text if service == "keywords" else None,
        AudienceTargetId=key if service == "audiencetargets" else None,
        DynamicTextAdTargetId=key if service.startswith("dynamic") else None,
        SmartAdTargetId=key if service == "smartadtargets" else None,
        RlAdjustmentId=_retargeting(held, campaign["Id"], group["Id"]),
    )


def _text(held: _Holdings, condition: _Condition) -> str:
    """A keyword's text, or the name of another condition or of its retargeting list."""
    document = condition.row.document
    listed = held.lists.get(document.get("RetargetingListId") or 0)
    return str(document.get("Keyword") or document.get("Name") or listed or document["Id"])


def _retargeting(held: _Holdings, campaign: Any, group: Any) -> int | None:
    """The retargeting list that a bid adjustment of the group, or else of its campaign, is for."""
    lists = {
        row.document.get("AdGroupId"): int(row.document["RetargetingAdjustment"]["RetargetingConditionId"])
        for row in held.adjustments[campaign]
        if "RetargetingAdjustment" in row.document
    }
    return lists.get(group, lists.get(None))


def _bid(account: Account, condition: _Condition | None) -> int:
    document = condition.row.document if condition else {}
    usual = prices(account.currency).bid.least * _USUAL_BID
    return next((int(document[name]) for name in _BIDS if document.get(name)), usual)


def _wanted(held: _Holdings, meeting: _Meeting) -> str:
    """The keyword without minus-words and operators; where there is none, another one of the group, or its name."""
    own = [meeting.condition] if meeting.condition else []
    others = held.conditions[meeting.group.id]
    texts = (_text(held, each) for each in (*own, *others) if each.service == "keywords")
    text = next((text for text in texts if text != AUTOTARGETING), str(meeting.group.document["Name"]))
    words = (word.strip('"[]()!+|') for word in text.split() if not word.startswith("-"))
    return " ".join(word for word in words if word).lower()


def _categories(condition: _Condition | None) -> tuple[str, ...]:
    if condition is None or condition.row.document.get("Keyword") != AUTOTARGETING:
        return ()
    settings = (condition.row.document.get("AutotargetingCategories") or {}).get("Items") or ()
    return tuple(item["Category"] for item in settings if item["Value"] == "YES") or ("EXACT",)


def _has(member: Any, name: str) -> bool:
    return isinstance(member, Mapping) and bool(member.get(name))


def _by(name: str, rows: Iterable[Row]) -> Mapping[Any, list[Row]]:
    """Rows by a member of their documents; an empty list for a value that none has."""
    found: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.document.get(name)].append(row)
    return found
