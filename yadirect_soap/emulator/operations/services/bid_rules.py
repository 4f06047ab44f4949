"""The bids and priorities that an item may set: within the currency's bounds, and used by the campaign's strategies.

A bid that the strategy does not use stays as it is, with a warning; an item with no other bid is refused.
https://yandex.ru/dev/direct/doc/en/keywordbids/set
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...domain.campaign_strategies import CampaignStrategies
from ...domain.currencies import Bounds, CurrencyRules
from ...domain.error_codes import Texts
from ..call import OperationCall
from ..crud.item_results import ItemError

BID_NOT_APPLIED = 10160
PRIORITY_NOT_CHANGED = 10161
NOT_APPLIED = 10165
NO_BID_BY_HAND = 9601
WRONG_FOR_STRATEGY = 9600


@dataclass(frozen=True, slots=True)
class RequestedBid:
    """A parameter that an item sets: its member in the document, and whether the strategy uses it."""

    name: str
    member: str
    value: Any
    suits: bool
    warning: int
    reason: Texts = ("", "")
    """The details of the warning, if they are not the name."""


def suited(call: OperationCall, requested: Sequence[RequestedBid]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Returns the members to set, and warnings for the others; raises ItemError if the strategy uses none of them."""
    if not requested:
        raise ItemError(5008, "Neither a bid nor a priority is given", "Не указаны ни ставка, ни приоритет")
    if not any(bid.suits for bid in requested):
        code = NO_BID_BY_HAND if any(bid.warning == BID_NOT_APPLIED for bid in requested) else WRONG_FOR_STRATEGY
        names = ", ".join(bid.name for bid in requested)
        raise ItemError(
            code, f"The campaign's strategy does not take {names}", f"Стратегия кампании не принимает {names}"
        )
    return {bid.member: bid.value for bid in requested if bid.suits}, warnings(call, requested)


def warnings(call: OperationCall, requested: Sequence[RequestedBid]) -> list[dict[str, Any]]:
    """Returns a warning for each bid that the strategy does not use."""
    return [call.notification(bid.warning, call.text(*bid.reason) or bid.name) for bid in requested if not bid.suits]


def check_bounds(item: Mapping[str, Any], bounds: Mapping[str, Bounds]) -> None:
    """Raises ItemError for an amount out of its bounds."""
    for name, allowed in bounds.items():
        amount = item.get(name)
        if amount is not None and not allowed.hold(amount):
            upper_bound = "" if allowed.greatest is None else f" … {allowed.greatest}"
            raise ItemError(
                5005,
                f"{name}: must be within {allowed.least}{upper_bound}",
                f"{name}: допустимо {allowed.least}{upper_bound}",
            )


def network_bounds(prices: CurrencyRules, strategies: CampaignStrategies) -> Bounds:
    """Returns the bounds of a bid in networks, for a thousand impressions or for a click."""
    return prices.cpm if strategies.by_impressions else prices.bid
