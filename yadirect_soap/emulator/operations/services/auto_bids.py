"""Bids.setAuto and KeywordBids.setAuto: bids computed from the auction by the formulas of the documentation.

https://yandex.ru/dev/direct/doc/en/bids/setAuto and https://yandex.ru/dev/direct/doc/en/keywordbids/setAuto
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from ...domain.currencies import prices
from ...domain.limits import limit
from ..call import OperationCall
from ..crud.item_results import ItemError, Outcome, results
from ..rules.amounts import check_value
from . import bid_rules, bid_targets
from .auction import Auction
from .autotargeting import is_autotargeting
from .bid_targets import BidTargets, Item
from .bids import BIDS, KEYWORD_BIDS, KINDS

Rule = Callable[[Auction], int]


def set_auto_bids(call: OperationCall) -> dict[str, Any]:
    """Bids.setAuto: a position on search, a share of the audience in networks, or both."""
    items = call.params[BIDS.items]
    kind = bid_targets.one_kind(call, items, KINDS)
    return results(call, items, lambda item: _position(call, item, kind), kind)


def set_auto_keyword_bids(call: OperationCall) -> dict[str, Any]:
    """KeywordBids.setAuto: a volume of traffic on search, or a share of the audience in networks."""
    items = call.params[KEYWORD_BIDS.items]
    kind = bid_targets.one_kind(call, items, KINDS)
    return results(call, items, lambda item: _traffic(call, item, kind), kind)


def _position(call: OperationCall, item: Item, kind: str) -> Outcome:
    targets = _find(call, item, kind)
    scopes = set(item["Scope"])
    bounds = prices(call.account.currency).bid
    bid_rules.check_bounds(item, {"MaxBid": bounds})
    _check_numbers(call, item, "IncreasePercent", "ContextCoverage")
    strategies = targets.strategies
    possible = {"SEARCH": strategies.manual_search, "NETWORK": strategies.manual_network}
    rules: dict[str, Rule] = {}
    for scope, (member, parameter, rule) in _SCOPES.items():
        if scope in scopes and possible[scope]:
            if parameter not in item:
                raise ItemError(5000, f"{parameter} is required for {scope}", f"{parameter} требуется для {scope}")
            if scope == "SEARCH" and "IncreasePercent" in item and "CalculateBy" not in item:
                raise ItemError(
                    5000, "CalculateBy is required for IncreasePercent", "CalculateBy требуется для надбавки"
                )
            rules[member] = partial(rule, item)
    if not rules:
        raise _not_by_hand(", ".join(sorted(scopes)))
    _apply(call, targets, rules, item.get("MaxBid"))
    unused = sorted(scope for scope in scopes if not possible[scope])
    return item[kind], [call.notification(bid_rules.BID_NOT_APPLIED, scope) for scope in unused]


def _for_position(item: Item, auction: Auction) -> int:
    start = auction.at(item["Position"])
    whole = auction.above(item["Position"]) - start if item.get("CalculateBy") == "DIFF" else start
    return _increased(start, item, whole)


def _for_share(item: Item, auction: Auction) -> int:
    return _increased(auction.network_bid(item["ContextCoverage"]), item)


_SCOPES: Mapping[str, tuple[str, str, Callable[[Item, Auction], int]]] = MappingProxyType(
    {
        "SEARCH": ("Bid", "Position", _for_position),
        "NETWORK": ("ContextBid", "ContextCoverage", _for_share),
    }
)
"""For each Scope: the member that is set, the required parameter, and the formula."""


def _traffic(call: OperationCall, item: Item, kind: str) -> Outcome:
    targets = _find(call, item, kind)
    rules = item["BiddingRule"]
    if not rules:
        raise ItemError(5008, "BiddingRule is empty", "Структура BiddingRule пуста")
    if len(rules) > 1:
        raise ItemError(5009, "Only one rule may be given", "Допустимо только одно правило")
    ((name, rule),) = rules.items()
    on_search = name == "SearchByTrafficVolume"
    _check_rule(call, targets, rule, on_search=on_search)
    formulas: dict[str, Rule] = (
        {"Bid": partial(_for_volume, rule)} if on_search else {"ContextBid": partial(_for_coverage, rule)}
    )
    _apply(call, targets, formulas, rule.get("BidCeiling"))
    return item[kind], []


def _check_rule(call: OperationCall, targets: BidTargets, rule: Item, *, on_search: bool) -> None:
    money = prices(call.account.currency)
    _check_numbers(call, rule, "TargetTrafficVolume", "TargetCoverage", "IncreasePercent")
    ceiling = money.bid if on_search else bid_rules.network_bounds(money, targets.strategies)
    bid_rules.check_bounds(rule, {"BidCeiling": ceiling})
    if not (targets.strategies.search == "HIGHEST_POSITION" if on_search else targets.strategies.manual_network):
        raise _not_by_hand("BiddingRule")


def _check_numbers(call: OperationCall, item: Item, *names: str) -> None:
    """Raises ItemError for a number out of its bounds."""
    for name in names:
        if item.get(name) is not None:
            check_value(limit(call.operation.service, name, "value"), name, item[name])


def _for_volume(rule: Item, auction: Auction) -> int:
    return _increased(auction.bid(rule["TargetTrafficVolume"]), rule)


def _for_coverage(rule: Item, auction: Auction) -> int:
    return _increased(auction.network_bid(rule["TargetCoverage"]), rule)


def _increased(bid: int, item: Item, whole: int | None = None) -> int:
    """Returns the bid plus IncreasePercent of the bid, or of `whole`."""
    percent: int = item.get("IncreasePercent", 0)
    return bid + (bid if whole is None else whole) * percent // 100


def _find(call: OperationCall, item: Item, kind: str) -> BidTargets:
    """Returns the targets of an item; refuses a single autotargeting, which has no auction."""
    targets = bid_targets.find(call, "keywords", item, kind)
    if targets.single and is_autotargeting(targets.rows[0].document):
        raise ItemError(
            6001, "No bid can be worked out for autotargeting", "Для автотаргетинга ставка не рассчитывается"
        )
    return targets


def _not_by_hand(names: str) -> ItemError:
    return ItemError(
        bid_rules.NO_BID_BY_HAND,
        f"The campaign's strategy does not take {names}",
        f"Стратегия кампании не принимает {names}",
    )


def _apply(call: OperationCall, targets: BidTargets, rules: Mapping[str, Rule], max_bid: int | None) -> None:
    """Sets the bids of each keyword by its own auction, on the step, within the currency's bounds and `max_bid`."""
    money = prices(call.account.currency)
    bounds = {"Bid": money.bid, "ContextBid": bid_rules.network_bounds(money, targets.strategies)}
    for row in targets.rows:
        if is_autotargeting(row.document):
            continue
        auction = Auction(row.document["Id"], money)
        bids = {member: bounds[member].nearest(money.on_step(rule(auction))) for member, rule in rules.items()}
        limited = {member: bid if max_bid is None else min(bid, max_bid) for member, bid in bids.items()}
        bid_targets.set_members(call, "keywords", [row], limited)
