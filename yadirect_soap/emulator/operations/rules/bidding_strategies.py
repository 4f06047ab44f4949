"""Rules for bidding strategies: the structure of each type, and the types that can be combined.

https://yandex.ru/dev/direct/doc/en/objects/campaign-strategies
"""

from collections.abc import Mapping
from typing import Any

from ...storage.store import Document
from ..call import OperationCall
from ..crud.item_results import ItemError
from .budgets import check_budget
from .goals import check_required_goals

OFF = "SERVING_OFF"
BY_SEARCH = "NETWORK_DEFAULT"

_TYPE = "BiddingStrategyType"
_ALONE = frozenset({"HIGHEST_POSITION", "IMPRESSIONS_BELOW_SEARCH", "MAXIMUM_COVERAGE", BY_SEARCH, OFF, "MANUAL_CPM"})
"""Types that need no structure."""

_MANUAL_ON_SEARCH = "HIGHEST_POSITION"
_MANUAL_IN_NETWORKS = "MAXIMUM_COVERAGE"


def check_strategy(call: OperationCall, kind: str, requested: Mapping[str, Any], after: Document) -> None:
    """Raises ItemError for wrong strategies of a campaign, or a wrong combination.

    `requested` is the structure of the campaign's type in the item, `after` the same structure after the change.
    """
    strategies = requested.get("BiddingStrategy") or {}
    if not strategies:
        return
    strategy = after["BiddingStrategy"]
    for placement in ("Search", "Network"):
        _check_placement(call, placement, strategies.get(placement) or {}, strategy[placement])
    search, network = (strategy[placement][_TYPE] for placement in ("Search", "Network"))
    for strategy_type in (search, network):
        check_required_goals(call.operation.service, strategy_type, after)
    _check_pair(kind, search, network)
    # Bids in networks by hand were withdrawn in 2024.
    if network == _MANUAL_IN_NETWORKS:
        raise ItemError(3500, f"{network} is no longer available", f"Стратегия {network} больше не доступна")


def check_closed(call: OperationCall, strategy_type: str) -> None:
    """Raises 3600 for a strategy that the account may not use."""
    if strategy_type in call.account.closed_strategies:
        english, russian = "is not available to the account", "недоступна рекламодателю"
        raise ItemError(3600, f"{strategy_type} {english}", f"Стратегия {strategy_type} {russian}")


def _check_placement(
    call: OperationCall, placement: str, requested: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Checks one of the two strategies: as requested, and after the change."""
    kind = requested.get(_TYPE)
    if kind is None:
        return
    check_closed(call, kind)
    own = _structure(kind)
    others = [name for name in sorted(requested) if name not in (_TYPE, "PlacementTypes", own)]
    if others:
        english, russian = "does not belong to", "не относится к стратегии"
        raise ItemError(4000, f"{placement}.{others[0]} {english} {kind}", f"{placement}.{others[0]} {russian} {kind}")
    if kind not in _ALONE and own not in after:
        raise ItemError(4000, f"{placement}: {own} is required for {kind}", f"{placement}: для {kind} требуется {own}")
    if own in requested:
        check_budget(call, own, requested[own], after[own])


def _check_pair(kind: str, search: str, network: str) -> None:
    """Raises 4000 for two strategies that cannot be combined."""
    alone = search == OFF and network not in (OFF, BY_SEARCH)
    beside = search != OFF and (network in (OFF, BY_SEARCH) or _is_manual_pair(search, network))
    if kind == "UnifiedCampaign" and search == _MANUAL_ON_SEARCH:
        beside = network == OFF
    if not (alone or beside):
        raise ItemError(4000, "The strategies are not compatible", "Стратегии не совместимы")


def _is_manual_pair(search: str, network: str) -> bool:
    return network == _MANUAL_IN_NETWORKS and search in ("HIGHEST_POSITION", "IMPRESSIONS_BELOW_SEARCH")


def _structure(kind: str) -> str:
    """Returns the member with the settings of a type: WbMaximumClicks for WB_MAXIMUM_CLICKS."""
    return "".join(word.capitalize() for word in kind.split("_"))
