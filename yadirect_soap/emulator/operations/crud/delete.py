"""The verb delete over any service: what may go goes, with all that is nothing without it."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

from ...domain import error_codes
from ...domain.resources import Deletion, Resource, resources
from ...storage.store import Document, Key
from ..call import Call
from ..rules import autotargeting
from .computed_fields import used
from .item_results import TWICE, Outcome, Refused, results
from .parents import refuse_archived_campaign
from .references import find
from .state_changes import IN_USE, ids
from .state_guards import check_move

_HAS_CHILDREN = ("The object is not empty", "Объект не пуст")


def delete(call: Call) -> dict[str, Any]:
    """Deletes each object of the criteria, or tells why not."""
    resource = resources()[call.operation.service]
    if resource.deletion is None:
        raise error_codes.not_emulated(call.operation.key, language=call.language)
    times = Counter(ids(call))
    in_use = cache(lambda: used(call, resource.service))

    def act(key: Key) -> Outcome:
        if times[key] > 1:
            raise Refused(9800, *TWICE)
        return _delete(call, resource, key, in_use)

    return results(call, ids(call), act, resource.id)


def _delete(call: Call, resource: Resource, key: Key, in_use: Callable[[], frozenset[Key]]) -> Outcome:
    rule = resource.deletion or Deletion()
    document = find(call, resource.service, key)
    refuse_archived_campaign(call, document)
    if rule.only is not None and document.get("Status") not in rule.only:
        status = document.get("Status")
        raise Refused(rule.code, f"The status is {status}", f"Статус объекта: {status}")
    if rule.in_use and key in in_use():
        raise Refused(rule.in_use, *IN_USE)
    if _has_children(call, rule, key):
        raise Refused(rule.code, *_HAS_CHILDREN)
    check_move(call, resource.service, document)
    if document.get("Keyword") == autotargeting.KEYWORD:
        # It is only switched off: a group is never without one.
        autotargeting.switch(call, document["AdGroupId"], on=False)
        return key, []
    if rule.mark:
        return _mark(call, resource, rule, document)
    _forget(call, rule, key)
    call.store.delete(resource.service, key)
    return key, []


def _has_children(call: Call, rule: Deletion, key: Key) -> bool:
    """Autotargeting, which nobody added, keeps no group alive."""
    login = call.account.login
    if rule.by == "AdGroupId":
        own = 1 if call.store.get("keywords", autotargeting.key(key), login) else 0
        if call.store.count("keywords", login, adgroup=key) > own:
            return True
    under = {"adgroup": key} if rule.by == "AdGroupId" else {"campaign": key}
    return any(call.store.count(service, login, **under) for service in rule.children)


def _forget(call: Call, rule: Deletion, key: Key) -> None:
    under = {"adgroups": [key]} if rule.by == "AdGroupId" else {"campaigns": [key]}
    for service in rule.companions:
        for row in list(call.store.rows(service, call.account.login, **under)):
            call.store.delete(service, row.id)


def _mark(call: Call, resource: Resource, rule: Deletion, document: Document) -> Outcome:
    """Some objects stay visible, as deleted ones."""
    key: Key = document[resource.id]
    if resource.is_deleted(document):
        return key, [call.notification(rule.warn)]
    call.store.put(resource.service, key, call.account.login, document | dict(rule.mark), changed=call.now())
    return key, []
