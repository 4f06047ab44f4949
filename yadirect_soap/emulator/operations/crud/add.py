"""The verb add: an item becomes a new document, with an identifier and its defaults."""

from collections import Counter
from typing import Any

from yadirect_soap.protocol.field_lists import listed

from ...domain import error_codes
from ...domain.resources import Resource, resources
from ...storage.store import Document
from ..call import OperationCall
from . import duplicates
from .defaults import with_defaults
from .item_results import TWICE, ItemError, Outcome, results
from .item_to_document import written
from .parents import check_fit, check_room, parent_of, with_ancestors
from .references import check_references
from .service_rules import Item, Services
from .shapes import document_shape

_WITHDRAWN = "Создание кампании заданного типа не поддерживается"
"""The recorded details of a new campaign of a type that is withdrawn; those of English answers are Russian too."""


def add(call: OperationCall, services: Services) -> dict[str, Any]:
    """Adds each item, or returns the errors that prevent it."""
    resource, rules = resources()[call.operation.service], services[call.operation.service]
    if resource.first is None:
        raise error_codes.not_emulated(call.operation.key, language=call.language)
    items = call.params[listed(call.operation.request).name]
    times = Counter(map(rules.once_in_add, items))

    def act(item: Item) -> Outcome:
        named = rules.once_in_add(item)
        if named is not None and times[named] > 1:
            raise ItemError(9800, *TWICE)
        return _add(call, services, item)

    return results(call, items, act, resource.id)


def _add(call: OperationCall, services: Services, item: Item) -> Outcome:
    resource, rules = resources()[call.operation.service], services[call.operation.service]
    document = _checked(call, services, item)
    if (same := duplicates.find(call, resource, rules, document)) is not None:
        rules.on_duplicate(call, document)
        return same, [call.notification(resource.same.warn)] if resource.same else []
    check_room(call, resource, document, uncounted=rules.uncounted(call, document))
    key = rules.fixed_key(document)
    if key is None:
        key = call.store.next_id(resource.service, resource.first or 1)
    document = {resource.id: key, **rules.to_store(call, item, document, {})}
    call.store.put(resource.service, key, call.account.login, document, changed=call.now())
    duplicates.remember(call.store, call.account.login, document, resource=resource, rules=rules, at=call.now())
    rules.after_add(call, item, document)
    return key, rules.warn(call, item, document)


def _checked(call: OperationCall, services: Services, item: Item) -> Document:
    """Returns the validated document of an item; raises ItemError for a wrong item."""
    resource, rules = resources()[call.operation.service], services[call.operation.service]
    choice = _choice(resource, item)
    rules.check_choice(call, choice)
    rules.check_named(call, item)
    parent = parent_of(call, resource, item)
    rules.check_editable(call, parent if parent is not None and "CampaignId" in parent else item)
    check_references(call, item)
    if parent is not None:
        check_fit(resource, choice, services[resource.parent].view(call, parent))
    document = _document(call, resource, item, choice)
    document = rules.derive(call, with_ancestors(document, parent), item, parent)
    document = with_defaults(document, resource)
    rules.validate(call, item, document, {})
    return document


def _choice(resource: Resource, item: Item) -> str:
    """Returns the member of an item that decides the kind of the object."""
    chosen = [name for name in resource.choices if item.get(name) is not None]
    names = ", ".join(resource.choices)
    if len(chosen) > 1:
        raise ItemError(5009, f"Only one is allowed of: {names}", f"Допускается только одно из полей: {names}")
    if not chosen and resource.exactly_one:
        raise ItemError(5008, f"One is required of: {names}", f"Требуется одно из полей: {names}")
    if chosen and chosen[0] in resource.withdrawn:
        raise ItemError(3500, _WITHDRAWN, _WITHDRAWN)
    return chosen[0] if chosen else ""


def _document(call: OperationCall, resource: Resource, item: Item, choice: str) -> Document:
    decided = resource.choices.get(choice, {})
    if clash := [name for name, value in decided.items() if item.get(name, value) != value]:
        raise ItemError(6000, f"{clash[0]} contradicts {choice}", f"{clash[0]} противоречит {choice}")
    document = written(item, listed(call.operation.request).shape, document_shape(call), {})
    return document | dict(decided)
