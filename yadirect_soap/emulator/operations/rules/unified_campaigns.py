"""Unified campaigns and their groups in the two versions: v501 shows what they are, v5 the text campaigns they were.

New text campaigns have been unified ones since 2024-05-22; those from before, which only a seed brings, stay what they
are.  That v5 shows all unified campaigns so, and not only those that were added as text campaigns, was seen and is
documented nowhere.

https://yandex.ru/dev/direct/doc/ru/unified-campaign-update
https://yandex.ru/dev/direct/doc/ref-v5/adgroups/adgroups.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ...domain.resources import resources
from ...storage.store import Document
from ..call import Call
from ..crud.defaults import with_defaults
from ..crud.item_results import Refused
from ..crud.paths import values
from ..crud.shapes import document_shape, fitted

_OLD, _NEW = "v5", "v501"
_TEXT, _UNIFIED = "TextCampaign", "UnifiedCampaign"


@dataclass(frozen=True, slots=True)
class _Forms:
    """How a service calls what is unified, and what stands for it in v5: values of Type."""

    unified: str
    text: str


_FORMS: Mapping[str, _Forms] = MappingProxyType(
    {
        "adgroups": _Forms("UNIFIED_AD_GROUP", "TEXT_AD_GROUP"),
        "campaigns": _Forms("UNIFIED_CAMPAIGN", "TEXT_CAMPAIGN"),
    }
)
_HIDDEN: Mapping[str, frozenset[str]] = MappingProxyType(
    {_OLD: frozenset({"UnifiedAdGroup"}), _NEW: frozenset({"ClientInfo", "Notification"})}
)
"""Members that one of the versions does not show; what is kept has those of both."""


def refuse_unified(call: Call, choice: str) -> None:
    """Raises 3500 for a new unified campaign in v5: they are for v501."""
    if choice == _UNIFIED and call.version == _OLD:
        raise Refused(3500, f"{_UNIFIED} is available in v501", f"{_UNIFIED} доступна в v501")


def shown(call: Call, service: str, document: Document) -> Document:
    """A campaign or a group as the caller's version has it, with members inside that only the other version knows."""
    if not _is_unified(service, document):
        return document
    seen = {name: value for name, value in document.items() if name not in _HIDDEN[call.version]}
    if call.version != _OLD:
        return seen
    seen = _renamed(seen, _UNIFIED, _TEXT) | {"Type": _FORMS[service].text}
    return with_defaults(seen, resources()[service])


def read(call: Call, service: str, document: Document) -> Document:
    """A campaign or a group as the caller's version gives it to be read: it has nothing that the version has not."""
    seen = shown(call, service, document)
    return seen if seen is document else dict(fitted(seen, document_shape(call)))


def added(call: Call, document: Document) -> Document:
    """What a new campaign is in truth; raises 3500 for a strategy that unified campaigns have not."""
    return _in_truth(call, "campaigns", document) if _TEXT in document else document


def changed(call: Call, service: str, before: Document, after: Document) -> Document:
    """What is kept of a changed campaign or group, `after` being what became of shown(before)."""
    if not _is_unified(service, before):
        return after
    hidden = {name: before[name] for name in _HIDDEN[call.version] & before.keys()}
    return _in_truth(call, service, after) | hidden


def _is_unified(service: str, document: Document) -> bool:
    return service in _FORMS and document.get("Type") == _FORMS[service].unified


def _in_truth(call: Call, service: str, document: Document) -> Document:
    if _TEXT in document:
        _check_strategies(call, document[_TEXT])
    return _renamed(document, _TEXT, _UNIFIED) | {"Type": _FORMS[service].unified}


def _check_strategies(call: Call, campaign: Mapping[str, Any]) -> None:
    places = document_shape(call).by_name[_UNIFIED].shape.by_name["BiddingStrategy"].shape.by_name
    for place, member in places.items():
        available = member.shape.by_name["BiddingStrategyType"].shape.value_set
        for kind in values(campaign, f"BiddingStrategy.{place}.BiddingStrategyType"):
            if kind not in available:
                raise Refused(3500, f"{kind} is no longer available", f"Стратегия {kind} больше не доступна")


def _renamed(document: Document, name: str, to: str) -> Document:
    return {to if each == name else each: value for each, value in document.items()}
