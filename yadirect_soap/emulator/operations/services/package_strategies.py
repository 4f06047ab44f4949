"""Package strategies of campaigns: joining one, and creating one from a campaign's own strategy.

https://yandex.ru/dev/direct/doc/ru/campaigns/add-text-campaign
https://yandex.ru/dev/direct/doc/ru/objects/strategy
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from yadirect_soap.protocol.field_lists import listed
from yadirect_soap.protocol.model import Shape

from ...domain.campaign_strategies import OFF, strategies_of
from ...domain.limits import limit
from ...domain.resources import resources
from ...storage.store import Document, Key
from ..call import OperationCall
from ..crud.defaults import with_defaults
from ..crud.item_results import ItemError
from ..crud.paths import values
from ..crud.references import find
from ..crud.shapes import document_shape, fitted
from ..rules.unified_campaigns import shown

PACKAGE, SOURCE, STRATEGY = "PackageBiddingStrategy", "StrategyFromCampaignId", "StrategyId"
_CAN_BE = "CanBeUsedAsPackageBiddingStrategySource"
_PLACES = ("Search", "Network")
_OF_BOTH = ("AttributionModel", "CounterIds", "PriorityGoals")
"""Members of both campaigns and package strategies."""


class _OwnStrategy(NamedTuple):
    """A campaign's own strategy: the structure of the campaign's type, the name of the settings, and the settings."""

    campaign: str
    name: str
    settings: Document


def with_source_mark(campaign: Document) -> Document:
    """Returns a campaign with CanBeUsedAsPackageBiddingStrategySource."""
    mark = "NO" if _own(campaign) is None else "YES"
    return {
        name: value | {_CAN_BE: mark} if isinstance(value, dict) and _CAN_BE in value else value
        for name, value in campaign.items()
    }


def check_package(call: OperationCall, item: Mapping[str, Any], after: Document) -> None:
    """Raises ItemError for a package without a strategy, with two, or with one that cannot be used."""
    for package in values(item, f"*.{PACKAGE}"):
        if isinstance(package, Mapping) and all(package.get(name) is not None for name in (STRATEGY, SOURCE)):
            raise ItemError(5009, f"{STRATEGY} or {SOURCE}", f"Либо {STRATEGY}, либо {SOURCE}")
    source = _source(call, item)
    if source is not None:
        _check_source(call, source, after)
    elif 0 in values(after, f"*.{PACKAGE}.{STRATEGY}"):
        raise ItemError(5008, f"{STRATEGY} or {SOURCE} is required", f"Требуется {STRATEGY} или {SOURCE}")


def check_campaigns(call: OperationCall, campaign: Document, before: Document) -> None:
    """Raises ItemError for a package of campaigns of another type, or of too many campaigns."""
    key = _strategy(campaign)
    if key is None or key == _strategy(before):
        return
    rows = call.store.rows("campaigns", call.account.login)
    others = [shown(call, row.document) for row in rows if _strategy(row.document) == key]
    if any(other.get("Type") != campaign["Type"] for other in others):
        raise ItemError(6000, "A package is of campaigns of one type", "В пакете кампании одного типа")
    campaigns = limit("strategies", "", "campaigns")
    if not campaigns.allows(len(others) + 1):
        maximum = campaigns.max
        raise ItemError(
            campaigns.code, f"No more than {maximum} campaigns a strategy", f"Не более {maximum} кампаний в пакете"
        )


def join_package(call: OperationCall, item: Mapping[str, Any], campaign: Document) -> Document:
    """Returns a campaign in its package strategy, which is created if the item names a campaign as its source."""
    source = _source(call, item)
    own = _own(source) if source is not None else None
    if source is None or own is None:
        return campaign
    key = _add_strategy(call, source, own)
    if source["Id"] != campaign.get("Id"):
        package = _package(call, source, own, key)
        changed_source = source | {own.campaign: source[own.campaign] | {PACKAGE: package}}
        call.store.put("campaigns", source["Id"], call.account.login, changed_source, changed=call.now())
    (kind,) = (name for name in item if any(values(item, f"{name}.{PACKAGE}")))
    return campaign | {kind: campaign[kind] | {PACKAGE: campaign[kind][PACKAGE] | {STRATEGY: key}}}


def _source(call: OperationCall, item: Mapping[str, Any]) -> Document | None:
    """Returns the campaign that an item names as the source of a package strategy."""
    key = next((key for key in values(item, f"*.{PACKAGE}.{SOURCE}") if key is not None), None)
    return None if key is None else find(call, "campaigns", key)


def _check_source(call: OperationCall, source: Document, after: Document) -> None:
    if source["State"] == "ARCHIVED":
        raise ItemError(8300, "The campaign of the strategy is archived", "Кампания стратегии находится в архиве")
    if _own(source) is None:
        english, russian = "has no strategy for a package", "не имеет стратегии для пакета"
        raise ItemError(6000, f"Campaign {source['Id']} {english}", f"Кампания {source['Id']} {russian}")
    if shown(call, source)["Type"] != after["Type"]:
        raise ItemError(6000, "A package is of campaigns of one type", "В пакете кампании одного типа")


def _own(campaign: Mapping[str, Any]) -> _OwnStrategy | None:
    """Returns a campaign's own automatic strategy; None if it is manual, or if the campaign is in a package."""
    for kind, inner in campaign.items():
        if not isinstance(inner, dict) or _CAN_BE not in inner or inner.get(PACKAGE) is not None:
            continue
        for placement in _PLACES:
            strategy = (inner.get("BiddingStrategy") or {}).get(placement) or {}
            for name in strategy.keys() & resources()["strategies"].choices.keys():
                return _OwnStrategy(kind, name, strategy[name])
    return None


def _add_strategy(call: OperationCall, source: Document, own: _OwnStrategy) -> Key:
    """Adds a package strategy with a campaign's own strategy and name."""
    resource = resources()["strategies"]
    shape = listed(call.contract[resource.service].operations["get"].response).shape
    shared = {name: value for name, value in source[own.campaign].items() if name in _OF_BOTH}
    document = fitted({"Name": source["Name"], **resource.choices[own.name], **shared, own.name: own.settings}, shape)
    key = call.store.next_id(resource.service, resource.first or 1)
    whole = {resource.id: key, **with_defaults(document, resource)}
    call.store.put(resource.service, key, call.account.login, whole, changed=call.now())
    return key


def _package(call: OperationCall, source: Document, own: _OwnStrategy, key: Key) -> Document:
    """Returns the PackageBiddingStrategy of the source, whose ads are shown on the same platforms as before."""
    shape = document_shape(call).by_name[own.campaign].shape.by_name[PACKAGE].shape
    if "Platforms" not in shape.by_name:
        return {STRATEGY: key}
    return {STRATEGY: key, "Platforms": _platforms(source, shape.by_name["Platforms"].shape)}


def _platforms(source: Document, shape: Shape) -> Document:
    strategies = strategies_of(source)
    on = {placement: strategies.type_of(placement) != OFF for placement in _PLACES}
    names = [member.name for member in shape.members if member.required]
    return {name: "YES" if on["Network" if name == "Network" else "Search"] else "NO" for name in names}


def _strategy(campaign: Document) -> int | None:
    """Returns the package strategy of a campaign, or None."""
    return next((key for key in values(campaign, "*.PackageBiddingStrategy.StrategyId") if key), None)
