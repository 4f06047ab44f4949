"""The verb update: the members of an item change, other members stay."""

from collections import Counter
from typing import Any

from yadirect_soap.protocol.field_lists import listed

from ...domain.resources import Resource, resources
from ...storage.store import Document
from ..call import OperationCall
from . import duplicates
from .item_results import TWICE, ItemError, Outcome, results
from .item_to_document import written
from .parents import ARCHIVED
from .references import check_references, find
from .service_rules import Item, ServiceRules, Services
from .shapes import document_shape

_ARCHIVED = ("The object is archived", "Объект находится в архиве")


def update(call: OperationCall, services: Services) -> dict[str, Any]:
    """Updates the object of each item, or returns the errors that prevent it."""
    resource, rules = resources()[call.operation.service], services[call.operation.service]
    items = call.params[listed(call.operation.request).name]
    times = Counter(item[resource.id] for item in items)

    def act(item: Item) -> Outcome:
        if times[item[resource.id]] > 1:
            raise ItemError(9800, *TWICE)
        return _update(call, resource, rules, item)

    return results(call, items, act, resource.id)


def _update(call: OperationCall, resource: Resource, rules: ServiceRules, item: Item) -> Outcome:
    key = item[resource.id]
    stored = find(call, resource.service, key)
    before = rules.view(call, stored)
    after = _checked(call, rules, item, before)
    if (outcome := rules.replace(call, before, after)) is not None:
        return outcome
    to_store = rules.to_store(call, item, after, stored)
    call.store.put(resource.service, key, call.account.login, to_store, changed=call.now())
    rules.after_update(call, item, after, before)
    duplicates.remember(call.store, call.account.login, after, resource=resource, rules=rules, at=call.now())
    return key, rules.warn(call, item, after)


def _checked(call: OperationCall, rules: ServiceRules, item: Item, before: Document) -> Document:
    """Returns the validated document after an update; raises ItemError for a wrong item."""
    resource = resources()[call.operation.service]
    _refuse_archived(resource, before)
    rules.check_editable(call, before)
    _refuse_without_choice(call, resource, item)
    switched = _switch(resource, item, before)
    check_references(call, item)
    unchanged = {name: value for name, value in before.items() if switched is None or name not in resource.choices}
    after = written(item, listed(call.operation.request).shape, document_shape(call), unchanged)
    after = rules.derive(call, after | dict(resource.choices.get(switched or "", {})), item, None)
    rules.validate(call, item, after, before)
    return after


def _refuse_archived(resource: Resource, document: Document) -> None:
    if document.get(resource.state) in ARCHIVED:
        raise ItemError(8300, *_ARCHIVED)


def _refuse_without_choice(call: OperationCall, resource: Resource, item: Item) -> None:
    """Refuses an item without the only member that can change, such as an ad's TextAd.

    https://yandex.ru/dev/direct/doc/ru/ads/update
    """
    members = listed(call.operation.request).shape.by_name.keys() - {resource.id}
    if members and members <= resource.choices.keys() and not members & item.keys():
        names = ", ".join(name for name in resource.choices if name in members)
        raise ItemError(5008, f"One is required of: {names}", f"Требуется одно из полей: {names}")


def _switch(resource: Resource, item: Item, before: Document) -> str | None:
    """Returns the new kind of an object, if it may change; error 4000 if the item is for another kind."""
    chosen = [name for name in resource.choices if item.get(name) is not None]
    others = [name for name in chosen if name not in before]
    if len(chosen) > 1:
        raise ItemError(
            5009, f"Only one is allowed of: {', '.join(chosen)}", f"Допускается одно из: {', '.join(chosen)}"
        )
    if not others:
        return None
    if not resource.switch:
        english, russian = "does not match the object's type", "не соответствует типу объекта"
        raise ItemError(4000, f"{others[0]} {english}", f"{others[0]} {russian}")
    return others[0]
