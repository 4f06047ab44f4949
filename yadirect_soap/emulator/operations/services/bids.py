"""Bids and KeywordBids: get and set for the stored keywords and autotargetings; setAuto is in auto_bids.py.

The two services have different names for the same bids.  https://yandex.ru/dev/direct/doc/en/keywordbids/keywordbids
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from ...domain.campaign_strategies import NETWORK_IS_OFF, OFF, strategies_of
from ...domain.currencies import prices
from ...storage.store import Document
from ..call import OperationCall
from ..crud.get import present
from ..crud.item_results import Outcome, results
from . import bid_rules, bid_targets
from .auction import Auction
from .autotargeting import is_autotargeting
from .bid_rules import RequestedBid
from .bid_targets import BidTargets, Item
from .serving_status import NAME as SERVING
from .serving_status import RARELY, serving

_WITHOUT_COVERAGE = frozenset({"", "NETWORK_DEFAULT", "SERVING_OFF"})
"""Strategies in networks without a forecast of coverage."""
KINDS = ("KeywordId", "AdGroupId", "CampaignId")


_CRITERIA = MappingProxyType(
    {"AdGroupIds": "AdGroupId", "CampaignIds": "CampaignId", "ServingStatuses": "ServingStatus"}
)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a service for its items and for the bids on search and in networks, and its one difference."""

    items: str
    search: str
    network: str
    whole: bool
    """Whether a bid of a whole group or campaign also changes the automatic bid of its autotargeting."""


BIDS = Names("Bids", "Bid", "ContextBid", whole=True)
KEYWORD_BIDS = Names("KeywordBids", "SearchBid", "NetworkBid", whole=False)


def get_bids(call: OperationCall) -> dict[str, Any]:
    """Bids.get: bids with the prices of positions on search."""
    shown = _Shown(call)
    return present(call, (_bid(call, keyword, shown) for keyword in _selected(call)))


def get_keyword_bids(call: OperationCall) -> dict[str, Any]:
    """KeywordBids.get: bids with the prices of traffic."""
    shown = _Shown(call)
    return present(call, (_keyword_bid(call, keyword, shown) for keyword in _selected(call)))


def set_bids(call: OperationCall) -> dict[str, Any]:
    """Bids.set: bids and priorities of keywords, by the ids of keywords, groups or campaigns."""
    return _set(call, BIDS)


def set_keyword_bids(call: OperationCall) -> dict[str, Any]:
    """KeywordBids.set: bids and priorities of keywords, by the ids of keywords, groups or campaigns."""
    return _set(call, KEYWORD_BIDS)


def _selected(call: OperationCall) -> list[Document]:
    criteria = call.params["SelectionCriteria"]
    by = {"KeywordIds": "ids", "AdGroupIds": "adgroups", "CampaignIds": "campaigns"}
    narrowest = next((name for name in by if name in criteria), None)
    keys = {by[narrowest]: criteria[narrowest]} if narrowest else {}
    tests = {member: frozenset(criteria[name]) for name, member in _CRITERIA.items() if name in criteria}
    status = serving(call)
    rows = call.store.rows("keywords", call.account.login, **keys)
    keywords = (row.document | {SERVING: status(row.document["AdGroupId"])} for row in rows)
    return [keyword for keyword in keywords if all(keyword.get(member) in values for member, values in tests.items())]


class _Shown:
    """Whether keywords have an auction; each group and campaign is read once for one response."""

    def __init__(self, call: OperationCall) -> None:
        self._call = call
        self.on_search = cache(self._on_search)
        self.in_networks = cache(self._in_networks)

    def _on_search(self, adgroup: int) -> bool:
        """Whether a group has ads with texts; ads that are images are shown in networks only."""
        ads = list(self._call.store.rows("ads", self._call.account.login, adgroups=[adgroup]))
        return not ads or any(row.document["Type"] != "IMAGE_AD" for row in ads)

    def _in_networks(self, campaign: int) -> bool:
        """Whether a campaign has a strategy of its own in networks."""
        document = self._call.store.get("campaigns", campaign, self._call.account.login) or {}
        return strategies_of(document).network not in _WITHOUT_COVERAGE


def _bid(call: OperationCall, keyword: Document, shown: _Shown) -> Document:
    """Returns a BidGetItem; autotargeting and rarely served groups have no auction."""
    common = _common(keyword) | {"Bid": keyword.get("Bid"), "ContextBid": keyword.get("ContextBid")}
    if is_autotargeting(keyword):
        return common | {"AutotargetingSearchBidIsAuto": keyword.get("AutotargetingSearchBidIsAuto", "NO")}
    if keyword[SERVING] == RARELY:
        return common
    auction = Auction(keyword["Id"], prices(call.account.currency))
    covered = shown.in_networks(keyword["CampaignId"])
    won = {"AuctionBids": auction.positions()} if shown.on_search(keyword["AdGroupId"]) else {}
    return common | {
        "CompetitorsBids": [position["Bid"] for position in auction.positions()],
        "SearchPrices": auction.blocks(),
        "ContextCoverage": {"Items": auction.coverage("Price")} if covered else None,
        "MinSearchPrice": auction.least(),
        "CurrentSearchPrice": auction.current(keyword.get("Bid") or 0),
        **won,
    }


def _keyword_bid(call: OperationCall, keyword: Document, shown: _Shown) -> Document:
    """Returns a KeywordBidGetItem; autotargeting and rarely served groups have no auction."""
    search: Document = {"Bid": keyword.get("Bid"), "AuctionBids": None}
    network: Document = {"Bid": keyword.get("ContextBid"), "Coverage": None}
    if is_autotargeting(keyword):
        search["AutotargetingSearchBidIsAuto"] = keyword.get("AutotargetingSearchBidIsAuto", "NO")
    elif keyword[SERVING] != RARELY:
        auction = Auction(keyword["Id"], prices(call.account.currency))
        if shown.on_search(keyword["AdGroupId"]):
            search["AuctionBids"] = {"AuctionBidItems": auction.volumes()}
        if shown.in_networks(keyword["CampaignId"]):
            network["Coverage"] = {"CoverageItems": auction.coverage("Bid")}
    return _common(keyword) | {"Search": search, "Network": network}


def _common(keyword: Document) -> Document:
    shared = {name: keyword.get(name) for name in ("AdGroupId", "CampaignId", "ServingStatus", "StrategyPriority")}
    return {"KeywordId": keyword["Id"], **shared}


def _set(call: OperationCall, names: Names) -> dict[str, Any]:
    items = call.params[names.items]
    kind = bid_targets.one_kind(call, items, KINDS)
    return results(call, items, lambda item: _set_item(call, names, item, kind), kind)


def _set_item(call: OperationCall, names: Names, item: Item, kind: str) -> Outcome:
    targets = bid_targets.find(call, "keywords", item, kind)
    money = prices(call.account.currency)
    network = bid_rules.network_bounds(money, targets.strategies)
    bid_rules.check_bounds(item, {names.search: money.bid, names.network: network})
    values, warnings = bid_rules.suited(call, _requested(names, item, targets))
    for member in ("Bid", "ContextBid"):
        if member in values:
            values[member] = money.on_step(values[member])
    _store(call, targets, values, automatic=_automatic(names, targets, values))
    return item[kind], warnings


def _requested(names: Names, item: Item, targets: BidTargets) -> list[RequestedBid]:
    """Returns the parameters that an item sets; AutotargetingSearchBidIsAuto is for autotargeting only."""
    strategies = targets.strategies
    automatic_bid = strategies.manual_search and not (targets.single and not is_autotargeting(targets.rows[0].document))
    no_network = NETWORK_IS_OFF if strategies.network == OFF else ("", "")
    possible = (
        (names.search, "Bid", strategies.manual_search, bid_rules.BID_NOT_APPLIED, ("", "")),
        (names.network, "ContextBid", strategies.manual_network, bid_rules.BID_NOT_APPLIED, no_network),
        ("StrategyPriority", "StrategyPriority", strategies.automatic, bid_rules.PRIORITY_NOT_CHANGED, ("", "")),
        (
            "AutotargetingSearchBidIsAuto",
            "AutotargetingSearchBidIsAuto",
            automatic_bid,
            bid_rules.NOT_APPLIED,
            ("", ""),
        ),
    )
    return [
        RequestedBid(name, member, item[name], suits, warning, reason)
        for name, member, suits, warning, reason in possible
        if name in item
    ]


def _automatic(names: Names, targets: BidTargets, values: Mapping[str, Any]) -> dict[str, str]:
    """AutotargetingSearchBidIsAuto after an item without it.

    A bid makes it NO.  Without a bid Bids.set makes it YES, and KeywordBids.set leaves it as it is, as it does
    for whole groups and campaigns in any case.
    """
    if "Bid" in values and (names.whole or targets.single):
        return {"AutotargetingSearchBidIsAuto": "NO"}
    return {"AutotargetingSearchBidIsAuto": "YES"} if names.whole and "Bid" not in values else {}


def _store(
    call: OperationCall, targets: BidTargets, values: Mapping[str, Any], *, automatic: Mapping[str, str]
) -> None:
    plain = {name: value for name, value in values.items() if name != "AutotargetingSearchBidIsAuto"}
    own = [row for row in targets.rows if is_autotargeting(row.document)]
    bid_targets.set_members(
        call, "keywords", [row for row in targets.rows if not is_autotargeting(row.document)], plain
    )
    bid_targets.set_members(call, "keywords", own, {**automatic, **values})
