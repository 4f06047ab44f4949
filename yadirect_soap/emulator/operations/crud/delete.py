"""The verb delete: deletes objects, and with them the objects that cannot exist without them."""

from collections import Counter
from functools import cache
from typing import Any

from ...domain import error_codes
from ...domain.resources import Deletion, Resource, resources
from ...storage.store import Document, Key
from ..call import OperationCall
from . import deletions
from .item_results import TWICE, ItemError, Outcome, results
from .references import IN_USE, find, used
from .service_rules import ServiceRules, Services
from .state_changes import ids

HAS_CHILDREN = ("The object is not empty", "Объект не пуст")


def delete(call: OperationCall, services: Services) -> dict[str, Any]:
    """Deletes each object of the criteria, or returns the errors that prevent it."""
    resource, rules = resources()[call.operation.service], services[call.operation.service]
    deletion = resource.deletion
    if deletion is None:
        raise error_codes.not_emulated(call.operation.key, language=call.language)
    times = Counter(ids(call))
    in_use = cache(lambda: used(call, resource.service))

    def act(key: Key) -> Outcome:
        if times[key] > 1:
            raise ItemError(9800, *TWICE)
        document = find(call, resource.service, key, deletion.not_found)
        rules.check_editable(call, document)
        _refuse_status(deletion, document)
        if deletion.in_use and key in in_use():
            raise ItemError(deletion.in_use, *IN_USE)
        return _delete(call, resource, rules, document)

    return results(call, ids(call), act, resource.id)


def _refuse_status(deletion: Deletion, document: Document) -> None:
    status = document.get("Status")
    if deletion.only is not None and status not in deletion.only:
        raise ItemError(deletion.code, f"The status is {status}", f"Статус объекта: {status}")


def _delete(call: OperationCall, resource: Resource, rules: ServiceRules, document: Document) -> Outcome:
    deletion, key = resource.deletion or Deletion(), document[resource.id]
    if _has_children(call, deletion, key):
        raise ItemError(deletion.code, *HAS_CHILDREN)
    rules.before_delete(call, document)
    if rules.instead_of_delete(call, document):
        return key, []
    if deletion.mark:
        return _mark(call, resource, deletion, document)
    _delete_companions(call, deletion, key)
    call.store.delete(resource.service, key)
    deletions.record(call, resource, document)
    return key, []


def _has_children(call: OperationCall, deletion: Deletion, key: Key) -> bool:
    under = {"adgroup": key} if deletion.by == "AdGroupId" else {"campaign": key}
    return any(call.store.count(service, call.account.login, **under) for service in deletion.children)


def _delete_companions(call: OperationCall, deletion: Deletion, key: Key) -> None:
    groups, campaigns = ([key], None) if deletion.by == "AdGroupId" else (None, [key])
    for service in deletion.companions:
        for row in list(call.store.rows(service, call.account.login, adgroups=groups, campaigns=campaigns)):
            call.store.delete(service, row.id)


def _mark(call: OperationCall, resource: Resource, deletion: Deletion, document: Document) -> Outcome:
    """Marks an object as deleted that stays visible."""
    key: Key = document[resource.id]
    if resource.is_deleted(document):
        return key, [call.notification(deletion.warn)]
    call.store.put(resource.service, key, call.account.login, document | dict(deletion.mark), changed=call.now())
    return key, []
