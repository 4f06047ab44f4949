"""Bids of keywords and targets in the store, and warnings for bids that the campaign's strategy ignores.

https://yandex.ru/dev/direct/doc/ru/concepts/errors-list
"""

from collections.abc import Mapping
from typing import Any

from ...domain.campaign_strategies import NETWORK_IS_OFF, OFF
from ...domain.currencies import prices
from ...storage.store import Document
from ..call import OperationCall
from ..crud.paths import values
from ..crud.references import object_named

_MANUAL = frozenset({"HIGHEST_POSITION", "IMPRESSIONS_BELOW_SEARCH", "MAXIMUM_COVERAGE", "MANUAL_CPM"})
_NOT_AUTOMATIC = _MANUAL | {"NETWORK_DEFAULT", "SERVING_OFF"}
_PLACES = ("Search", "Network")


def with_bids(call: OperationCall, document: Document) -> Document:
    """Returns a document with its bids raised to the currency's step; the least bid if there is none."""
    money = prices(call.account.currency)
    return document | {name: money.on_step(document.get(name, money.bid.least)) for name in ("Bid", "ContextBid")}


def bid_warnings(call: OperationCall, item: Mapping[str, Any], after: Document) -> list[dict[str, Any]]:
    """Warnings for bids and priorities that the campaign's strategies ignore."""
    campaign = object_named(call, "CampaignId", after["CampaignId"]) or {}
    search, network = (set(values(campaign, f"*.BiddingStrategy.{name}.BiddingStrategyType")) for name in _PLACES)
    ignored = []
    if "Bid" in item and not search & _MANUAL:
        ignored.append((10160, ("Bid", "Bid")))
    if "ContextBid" in item and not network & _MANUAL:
        ignored.append((10160, NETWORK_IS_OFF if network == {OFF} else ("ContextBid", "ContextBid")))
    if "StrategyPriority" in item and (search | network) - {None} <= _NOT_AUTOMATIC:
        ignored.append((10161, ("StrategyPriority", "StrategyPriority")))
    return [call.notification(code, call.text(*details)) for code, details in ignored]
