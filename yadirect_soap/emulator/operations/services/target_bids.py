"""setBids of the four services of targetings: bids and priorities of their objects.

Unlike for keywords, a bid that the strategy does not use is stored too, with a warning.
https://yandex.ru/dev/direct/doc/en/audiencetargets/setBids
"""

from typing import Any

from ...domain.campaign_strategies import CampaignStrategies
from ...domain.currencies import Bounds, CurrencyRules, prices
from ..call import OperationCall
from ..crud.item_results import ItemError, Outcome, results
from . import bid_rules, bid_targets
from .bid_rules import RequestedBid
from .bid_targets import Item

KINDS = ("Id", "AdGroupId", "CampaignId")


def set_bids(call: OperationCall) -> dict[str, Any]:
    """Carries out setBids for audience targets, conditions of dynamic ads and filters of smart banners."""
    items = call.params["Bids"]
    kind = bid_targets.one_kind(call, items, KINDS)
    return results(call, items, lambda item: _set_item(call, item, kind), kind)


def _set_item(call: OperationCall, item: Item, kind: str) -> Outcome:
    service = call.operation.service
    targets = bid_targets.find(call, service, item, kind)
    money = prices(call.account.currency)
    bid_rules.check_bounds(item, _bounds(money, targets.strategies))
    requested = _requested(service, item, targets.strategies)
    if not requested:
        raise ItemError(5008, "Neither a bid nor a priority is given", "Не указаны ни ставка, ни приоритет")
    if service == "audiencetargets" and not any(bid.suits for bid in requested):
        bid_rules.suited(call, requested)
    values = {bid.member: _on_step(money, bid) for bid in requested}
    bid_targets.set_members(call, service, targets.rows, values)
    return item[kind], bid_rules.warnings(call, requested)


def _bounds(money: CurrencyRules, strategies: CampaignStrategies) -> dict[str, Bounds]:
    return {
        "Bid": money.bid,
        "ContextBid": bid_rules.network_bounds(money, strategies),
        "AverageCpc": money.average_cpc,
        "AverageCpa": money.average_cpa,
    }


def _requested(service: str, item: Item, strategies: CampaignStrategies) -> list[RequestedBid]:
    """Returns the bids that an item sets, and whether the strategies use them."""
    types = {strategies.search, strategies.network}
    suits = {
        "Bid": strategies.manual_search,
        "ContextBid": service == "audiencetargets" and strategies.manual_network,
        "AverageCpc": "AVERAGE_CPC_PER_FILTER" in types,
        "AverageCpa": not types.isdisjoint({"AVERAGE_CPA_PER_FILTER", "PAY_FOR_CONVERSION_PER_FILTER"}),
        "StrategyPriority": strategies.automatic,
    }
    warning = {"StrategyPriority": bid_rules.PRIORITY_NOT_CHANGED}
    return [
        RequestedBid(name, name, item[name], fits, warning.get(name, bid_rules.BID_NOT_APPLIED))
        for name, fits in suits.items()
        if name in item
    ]


def _on_step(money: CurrencyRules, bid: RequestedBid) -> Any:
    return money.on_step(bid.value) if bid.member in {"Bid", "ContextBid"} else bid.value
