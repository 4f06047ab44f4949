"""Checks of an object against its parent: whether the parent exists, which kinds fit it, how many it may have."""

from ...domain.account_limits import max_allowed
from ...domain.limits import OBJECTS, UNARCHIVED, Limit, object_limits
from ...domain.resources import Resource, resources
from ...storage.store import Document
from ..call import OperationCall
from .item_results import ItemError
from .references import find
from .service_rules import Item

ARCHIVED = frozenset({"ARCHIVED", "YES"})
"""Values of State or Archived for an object in the archive."""


def parent_of(call: OperationCall, resource: Resource, document: Item) -> Document | None:
    """Returns the parent of an object; None for objects of the account itself; raises 8800 if it does not exist."""
    if not resource.parent:
        return None
    return find(call, resource.parent, document[resources()[resource.parent].named_by[0]])


def with_ancestors(document: Document, parent: Document | None) -> Document:
    """Returns a document with the CampaignId of its group."""
    if parent is None or "AdGroupId" not in document:
        return document
    return document | {"CampaignId": parent["CampaignId"]}


def check_fit(resource: Resource, choice: str, parent: Document) -> None:
    """Raises an error if the parent cannot have objects of this kind."""
    kind = parent.get("Type", "")
    if resource.fits and choice not in resource.fits.get(kind, frozenset()):
        english, russian = f"{choice or 'The object'} does not fit {kind}", f"{choice or 'Объект'} не подходит к {kind}"
        raise ItemError(resource.misfit, english, russian)


def check_room(call: OperationCall, resource: Resource, document: Document, *, uncounted: int) -> None:
    """Raises a limit's code if the account or the parent cannot have one more object.

    `uncounted` of the existing objects do not count.
    """
    for limit in object_limits(resource.service):
        if limit.path and limit.path not in document:
            continue
        allowed, count = max_allowed(call.account, limit), _all(call, limit, document)
        if limit.kind == OBJECTS and not limit.path:
            count -= uncounted
        elif count >= allowed:  # otherwise there is room whatever they are, and none needs to be read
            count = _some(call, resource, limit, document)
        if count >= allowed:
            english, russian = f"No more than {allowed} objects are allowed", f"Допустимо не более {allowed} объектов"
            raise ItemError(limit.code, english, russian)


def _all(call: OperationCall, limit: Limit, document: Document) -> int:
    """Returns the number of objects in the account or under the parent."""
    return call.store.count(
        limit.service,
        call.account.login,
        campaign=document["CampaignId"] if limit.per == "CampaignId" else None,
        adgroup=document["AdGroupId"] if limit.per == "AdGroupId" else None,
    )


def _some(call: OperationCall, resource: Resource, limit: Limit, document: Document) -> int:
    """Returns the number of objects that have the limit's member, or are outside the archive."""
    groups = [document["AdGroupId"]] if limit.per == "AdGroupId" else None
    rows = call.store.rows(resource.service, call.account.login, adgroups=groups)
    return sum(
        (not limit.path or limit.path in row.document)
        and not (limit.kind == UNARCHIVED and row.document.get(resource.state) in ARCHIVED)
        for row in rows
    )
