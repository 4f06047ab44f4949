"""The verb add over any service: an item becomes a document of its own, with an identifier and all that it lacks."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ... import feeds
from ...domain import error_codes
from ...domain.moderation import send_keyword
from ...domain.resources import Resource, resources
from ...storage.store import Document, Key
from ..call import Call
from ..rules import autotargeting, check_rules, package_sources, unified_campaigns, uploads
from ..rules.warnings import remarks
from . import duplicates
from .defaults import with_defaults
from .item_results import TWICE, Outcome, Refused, results
from .item_to_document import written
from .parents import check_fit, check_room, parent_of, refuse_archived_campaign
from .references import check_references
from .server_fields import completed
from .shapes import document_shape, listed


def add(call: Call) -> dict[str, Any]:
    """Adds each item, or tells why not."""
    resource = resources()[call.operation.service]
    if resource.first is None:
        raise error_codes.not_emulated(call.operation.key, language=call.language)
    items = call.params[listed(call.operation.request).name]
    targeted = Counter(item["AdGroupId"] for item in items if item.get("Keyword") == autotargeting.KEYWORD)

    def act(item: Mapping[str, Any]) -> Outcome:
        # A group has one autotargeting: of several in a request none is added.
        if item.get("Keyword") == autotargeting.KEYWORD and targeted[item["AdGroupId"]] > 1:
            raise Refused(9800, *TWICE)
        return _add(call, resource, item)

    return results(call, items, act, resource.id)


def _add(call: Call, resource: Resource, item: Mapping[str, Any]) -> Outcome:
    choice = _choice(resource, item)
    unified_campaigns.refuse_unified(call, choice)
    parent = parent_of(call, resource, item)
    refuse_archived_campaign(call, parent if parent is not None and "CampaignId" in parent else item)
    check_references(call, item)
    check_fit(resource, choice, parent and unified_campaigns.shown(call, resource.parent, parent))
    document = _document(call, resource, item, choice=choice, parent=parent)
    check_rules(call, item, document, {})
    if (same := duplicates.find(call.store, call.account.login, resource, document)) is not None:
        if document.get("Keyword") == autotargeting.KEYWORD:
            autotargeting.switch(call, document["AdGroupId"], on=True)
        return same, [call.notification(resource.same.warn)] if resource.same else []
    check_room(call, resource, document)
    key = _key(call, resource, document)
    if resource.service == "campaigns":
        document = unified_campaigns.added(call, package_sources.joined(call, item, document))
    document = {resource.id: key, **document}
    call.store.put(resource.service, key, call.account.login, document, changed=call.now())
    duplicates.remember(call.store, call.account.login, resource, document, at=call.now())
    if resource.service == "adgroups":
        autotargeting.create(call, key, document)
    if resource.service == "feeds":
        feeds.arrive(call.store, call.account.login, {}, document, file=uploads.file(item), at=call.now())
    if resource.service == "keywords":
        send_keyword(call.store, call.account.login, document, at=call.now(), seconds=call.moderation)
    return key, remarks(call, item, document)


def _choice(resource: Resource, item: Mapping[str, Any]) -> str:
    """The kind of object that an item is of, by the one member that says so."""
    chosen = [name for name in resource.choices if item.get(name) is not None]
    names = ", ".join(resource.choices)
    if len(chosen) > 1:
        raise Refused(5009, f"Only one is allowed of: {names}", f"Допускается только одно из полей: {names}")
    if not chosen and resource.exactly_one:
        raise Refused(5008, f"One is required of: {names}", f"Требуется одно из полей: {names}")
    if chosen and chosen[0] in resource.withdrawn:
        raise Refused(
            3500,
            "Campaigns of this type can no longer be created",
            "Создание кампании данного типа не поддерживается",
        )
    return chosen[0] if chosen else ""


def _document(
    call: Call, resource: Resource, item: Mapping[str, Any], *, choice: str, parent: Document | None
) -> Document:
    decided = resource.choices.get(choice, {})
    if clash := [name for name, value in decided.items() if item.get(name, value) != value]:
        raise Refused(6000, f"{clash[0]} contradicts {choice}", f"{clash[0]} противоречит {choice}")
    document = written(item, listed(call.operation.request).shape, document_shape(call), {})
    return with_defaults(completed(call, document | dict(decided), item, parent), resource)


def _key(call: Call, resource: Resource, document: Document) -> Key:
    if resource.service == "keywords" and document["Keyword"] == autotargeting.KEYWORD:
        return autotargeting.key(document["AdGroupId"])
    return call.store.next_id(resource.service, resource.first or 1)
