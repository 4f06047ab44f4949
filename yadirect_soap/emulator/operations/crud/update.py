"""The verb update over any service: what an item says changes, what it leaves out stays."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ... import feeds
from ...domain.moderation import send_again, send_keyword
from ...domain.resources import Resource, resources
from ...storage.store import Document
from ..call import Call
from ..rules import check_rules, package_sources, unified_campaigns, uploads
from ..rules.warnings import remarks
from . import duplicates
from .item_results import TWICE, Outcome, Refused, results
from .item_to_document import written
from .parents import ARCHIVED, refuse_archived_campaign
from .references import check_references, find
from .server_fields import completed
from .shapes import document_shape, listed

_ARCHIVED = ("The object is archived", "Объект находится в архиве")


def update(call: Call) -> dict[str, Any]:
    """Changes each item's object, or tells why not."""
    resource = resources()[call.operation.service]
    items = call.params[listed(call.operation.request).name]
    times = Counter(item[resource.id] for item in items)
    return results(call, items, lambda item: _update(call, resource, item, times), resource.id)


def _update(call: Call, resource: Resource, item: Mapping[str, Any], times: Counter[Any]) -> Outcome:
    key = item[resource.id]
    if times[key] > 1:
        raise Refused(9800, *TWICE)
    stored = find(call, resource.service, key)
    before = unified_campaigns.shown(call, resource.service, stored)
    _refuse_archived(call, resource, before)
    _refuse_without_choice(call, resource, item)
    switched = _switch(resource, item, before)
    check_references(call, item)
    left = {name: value for name, value in before.items() if switched is None or name not in resource.choices}
    after = written(item, listed(call.operation.request).shape, document_shape(call), left)
    after = completed(call, after | dict(resource.choices.get(switched or "", {})), item, None)
    check_rules(call, item, after, before)
    if resource.service == "keywords" and _is_another(before, after):
        return _replace_keyword(call, resource, before, after)
    kept = unified_campaigns.changed(call, resource.service, stored, package_sources.joined(call, item, after))
    call.store.put(resource.service, key, call.account.login, kept, changed=call.now())
    if resource.service == "feeds":
        feeds.arrive(call.store, call.account.login, before, after, file=uploads.file(item), at=call.now())
    if resource.service == "ads":
        send_again(call.store, call.account.login, before, after, at=call.now(), seconds=call.moderation)
    duplicates.remember(call.store, call.account.login, resource, after, at=call.now())
    return key, remarks(call, item, after)


def _refuse_archived(call: Call, resource: Resource, document: Document) -> None:
    if document.get(resource.state) in ARCHIVED:
        raise Refused(8300, *_ARCHIVED)
    refuse_archived_campaign(call, document)


def _refuse_without_choice(call: Call, resource: Resource, item: Mapping[str, Any]) -> None:
    """Where there is nothing to change beside what tells the kind of object (an ad's TextAd), that is required.

    https://yandex.ru/dev/direct/doc/ru/ads/update
    """
    members = listed(call.operation.request).shape.by_name.keys() - {resource.id}
    if members and members <= resource.choices.keys() and not members & item.keys():
        names = ", ".join(name for name in resource.choices if name in members)
        raise Refused(5008, f"One is required of: {names}", f"Требуется одно из полей: {names}")


def _switch(resource: Resource, item: Mapping[str, Any], before: Document) -> str | None:
    """The choice that an update changes to, where it may; error 4000 where the object is of another kind."""
    given = [name for name in resource.choices if item.get(name) is not None]
    others = [name for name in given if name not in before]
    if len(given) > 1:
        raise Refused(5009, f"Only one is allowed of: {', '.join(given)}", f"Допускается одно из: {', '.join(given)}")
    if not others:
        return None
    if not resource.switch:
        english, russian = "does not match the object's type", "не соответствует типу объекта"
        raise Refused(4000, f"{others[0]} {english}", f"{others[0]} {russian}")
    return others[0]


def _is_another(before: Document, after: Document) -> bool:
    """A keyword that has been accepted is not reworded: another one takes its place."""
    return before["Keyword"] != after["Keyword"] and before.get("Status") != "DRAFT"


def _replace_keyword(call: Call, resource: Resource, before: Document, after: Document) -> Outcome:
    key = call.store.next_id(resource.service, resource.first or 1)
    call.store.delete(resource.service, before["Id"])
    made = after | {"Id": key, "Status": "DRAFT", "State": "OFF" if after["State"] == "ON" else after["State"]}
    call.store.put(resource.service, key, call.account.login, made, changed=call.now())
    send_keyword(call.store, call.account.login, made, at=call.now(), seconds=call.moderation)
    return key, [call.notification(10141)]
