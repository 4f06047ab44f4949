"""Unified campaigns and their groups in the two versions: v501 shows what they are, v5 the text campaigns they were.

New text campaigns have been unified ones since 2024-05-22; those from before, which only a seed brings, stay what they
are.  That v5 shows all unified campaigns so, and not only those that were added as text campaigns, was seen and is
documented nowhere.

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
"""Members that one of the versions does not show; what is kept has those of both."""


def refuse_unified(call: OperationCall, choice: str) -> None:
    """Raises 3500 for a new unified campaign in v5: they are for v501."""
    if choice == _UNIFIED and call.version == _OLD:
        raise ItemError(3500, f"{_UNIFIED} is available in v501", f"{_UNIFIED} доступна в v501")


def shown(call: OperationCall, document: Document) -> Document:
    """A campaign or a group as the caller's version has it, with members inside that only the other version knows."""
    resource = _resource(document)
    if resource is None:
        return document
    visible = {name: value for name, value in document.items() if name not in _HIDDEN[call.version]}
    if call.version != _OLD:
        return visible
    visible = _renamed(visible, _UNIFIED, _TEXT) | {"Type": resource.v5_types[document["Type"]]}
    return with_defaults(visible, resource)


def read(call: OperationCall, document: Document) -> Document:
    """A campaign or a group as the caller's version gives it to be read: it has nothing that the version has not."""
    visible = shown(call, document)
    return visible if visible is document else dict(fitted(visible, document_shape(call)))


def added(call: OperationCall, document: Document) -> Document:
    """What is stored of a new campaign; raises 3500 for a strategy that unified campaigns have not."""
    return _unified(call, document, "UNIFIED_CAMPAIGN") if _TEXT in document else document


def changed(call: OperationCall, before: Document, after: Document) -> Document:
    """What is stored of a changed campaign or group, `after` being what became of shown(before)."""
    if _resource(before) is None:
        return after
    hidden = {name: before[name] for name in _HIDDEN[call.version] & before.keys()}
    return _unified(call, after, before["Type"]) | hidden


def _resource(document: Document) -> Resource | None:
    """The resource of a unified campaign or group; None for any other document."""
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
