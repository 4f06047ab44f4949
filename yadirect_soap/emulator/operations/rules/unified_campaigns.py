"""Unified campaigns and their groups: v501 shows them as they are, v5 as text campaigns and text groups.

Since 2024-05-22 new text campaigns are unified ones; older ones, which only a seed can have, stay text campaigns.  v5
shows all unified campaigns in this way; that was observed and is not documented.

https://yandex.ru/dev/direct/doc/ru/unified-campaign-update
https://yandex.ru/dev/direct/doc/ref-v5/adgroups/adgroups.html
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ...domain.resources import Resource, resources
from ...storage.store import Document
from ..call import OperationCall
from ..crud.defaults import with_defaults
from ..crud.item_results import ItemError
from ..crud.paths import values
from ..crud.shapes import document_shape, fitted

_OLD, _NEW = "v5", "v501"
_TEXT, _UNIFIED = "TextCampaign", "UnifiedCampaign"


_HIDDEN: Mapping[str, frozenset[str]] = MappingProxyType(
    {_OLD: frozenset({"UnifiedAdGroup"}), _NEW: frozenset({"ClientInfo", "Notification"})}
)
"""Members that a version does not show; the store has the members of both versions."""


def refuse_unified(call: OperationCall, choice: str) -> None:
    """Raises 3500 for a new unified campaign in v5."""
    if choice == _UNIFIED and call.version == _OLD:
        raise ItemError(3500, f"{_UNIFIED} is available in v501", f"{_UNIFIED} доступна в v501")


def shown(call: OperationCall, document: Document) -> Document:
    """Returns a campaign or group in the caller's version; it may still have members of the other version."""
    resource = _resource(document)
    if resource is None:
        return document
    visible = {name: value for name, value in document.items() if name not in _HIDDEN[call.version]}
    if call.version != _OLD:
        return visible
    visible = _renamed(visible, _UNIFIED, _TEXT) | {"Type": resource.v5_types[document["Type"]]}
    return with_defaults(visible, resource)


def read(call: OperationCall, document: Document) -> Document:
    """Returns a campaign or group with only the members of the caller's version."""
    visible = shown(call, document)
    return visible if visible is document else dict(fitted(visible, document_shape(call)))


def added(call: OperationCall, document: Document) -> Document:
    """Returns the document to store for a new campaign; raises 3500 for a strategy that unified ones do not have."""
    return _unified(call, document, "UNIFIED_CAMPAIGN") if _TEXT in document else document


def changed(call: OperationCall, before: Document, after: Document) -> Document:
    """Returns the document to be stored for a changed campaign or group; `after` is shown(before) with the changes."""
    if _resource(before) is None:
        return after
    hidden = {name: before[name] for name in _HIDDEN[call.version] & before.keys()}
    return _unified(call, after, before["Type"]) | hidden


def _resource(document: Document) -> Resource | None:
    """Returns the resource of a unified campaign or group; None for any other document."""
    kind = document.get("Type")
    return next((resource for resource in resources().values() if kind in resource.v5_types), None)


def _unified(call: OperationCall, document: Document, type_: str) -> Document:
    if _TEXT in document:
        _check_strategies(call, document[_TEXT])
    return _renamed(document, _TEXT, _UNIFIED) | {"Type": type_}


def _check_strategies(call: OperationCall, campaign: Mapping[str, Any]) -> None:
    placements = document_shape(call).by_name[_UNIFIED].shape.by_name["BiddingStrategy"].shape.by_name
    for placement, member in placements.items():
        available = member.shape.by_name["BiddingStrategyType"].shape.value_set
        for kind in values(campaign, f"BiddingStrategy.{placement}.BiddingStrategyType"):
            if kind not in available:
                raise ItemError(3500, f"{kind} is no longer available", f"Стратегия {kind} больше не доступна")


def _renamed(document: Document, name: str, to: str) -> Document:
    return {to if member == name else member: value for member, value in document.items()}
