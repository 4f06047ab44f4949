"""What the API warns of when it takes an item all the same: values that the strategy or something else overrules.

https://yandex.ru/dev/direct/doc/ru/concepts/errors-list
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ...storage.store import Document
from ..call import Call
from ..crud.paths import values
from .autotargeting import KEYWORD as AUTOTARGETING

OBSOLETE_OPTIONS = frozenset(
    {
        "ENABLE_AUTOFOCUS",
        "ENABLE_BEHAVIORAL_TARGETING",
        "ENABLE_CURRENT_AREA_TARGETING",
        "ENABLE_EXTENDED_AD_TITLE",
        "ENABLE_REGULAR_AREA_TARGETING",
        "ENABLE_RELATED_KEYWORDS",
    }
)
"""Settings of campaigns that the API still takes and no longer keeps."""

_OF_A_PACKAGE = ("AttributionModel", "BiddingStrategy", "CounterIds", "PriorityGoals")
"""Members of a campaign that its package strategy has too."""

_WITH_BIDS = frozenset({"audiencetargets", "dynamicfeedadtargets", "dynamictextadtargets", "keywords"})
_BY_HAND = frozenset({"HIGHEST_POSITION", "IMPRESSIONS_BELOW_SEARCH", "MAXIMUM_COVERAGE", "MANUAL_CPM"})
_NO_ALGORITHM = _BY_HAND | {"NETWORK_DEFAULT", "SERVING_OFF"}


def remarks(call: Call, item: Mapping[str, Any], after: Document) -> list[dict[str, Any]]:
    """The warnings for an item that is carried out."""
    service = call.operation.service
    if service == "campaigns":
        return [call.notification(code, told) for code, told in _of_a_campaign(item)]
    if service in _WITH_BIDS:
        return [call.notification(code, name) for code, name in _of_bids(call, item, after)]
    return []


def _of_a_campaign(item: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for kind in item.values():
        if not isinstance(kind, Mapping):
            continue
        for setting in kind.get("Settings") or ():
            if setting["Option"] in OBSOLETE_OPTIONS:
                yield 10163, setting["Option"]
        if kind.get("PackageBiddingStrategy") is not None:
            yield from ((10175, name) for name in _OF_A_PACKAGE if kind.get(name) is not None)


def _of_bids(call: Call, item: Mapping[str, Any], after: Document) -> Iterator[tuple[int, str]]:
    """Bids that the strategy does not take, priorities without an algorithm, and categories of no autotargeting."""
    campaign = call.store.get("campaigns", after["CampaignId"], call.account.login) or {}
    search, network = (set(values(campaign, f"*.BiddingStrategy.{place}.BiddingStrategyType")) for place in _PLACES)
    if "Bid" in item and not search & _BY_HAND:
        yield 10160, "Bid"
    if "ContextBid" in item and not network & _BY_HAND:
        yield 10160, "ContextBid"
    if "StrategyPriority" in item and (search | network) - {None} <= _NO_ALGORITHM:
        yield 10161, "StrategyPriority"
    if call.operation.service == "keywords" and after["Keyword"] != AUTOTARGETING:
        yield from ((10165, name) for name in sorted(item) if name.startswith("Autotargeting"))


_PLACES = ("Search", "Network")
