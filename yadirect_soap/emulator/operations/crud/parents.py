"""What the objects above an object allow: whether they are there, what fits them, how many there may be."""

from ...domain.account_limits import max_allowed
from ...domain.limits import OBJECTS, UNARCHIVED, Limit, object_limits
from ...domain.resources import Resource, resources
from ...storage.store import Document
from ..call import OperationCall
from .item_results import ItemError
from .references import find
from .service_rules import Item

ARCHIVED = frozenset({"ARCHIVED", "YES"})
"""What the member that tells an object's state says of one in the archive."""


def parent_of(call: OperationCall, resource: Resource, document: Item) -> Document | None:
    """The object that an object belongs to; raises 8800 where it is gone, None for account-wide ones."""
    if not resource.parent:
        return None
    return find(call, resource.parent, document[resources()[resource.parent].named_by[0]])


def with_ancestors(document: Document, parent: Document | None) -> Document:
    """A new document that names the campaign of its group, too."""
    if parent is None or "AdGroupId" not in document:
        return document
    return document | {"CampaignId": parent["CampaignId"]}


def check_fit(resource: Resource, choice: str, parent: Document) -> None:
    """Raises an error where an object of this choice cannot stand under its parent."""
    kind = parent.get("Type", "")
    if resource.fits and choice not in resource.fits.get(kind, frozenset()):
        english, russian = f"{choice or 'The object'} does not fit {kind}", f"{choice or 'Объект'} не подходит к {kind}"
        raise ItemError(resource.misfit, english, russian)


def check_room(call: OperationCall, resource: Resource, document: Document, *, uncounted: int) -> None:
    """Raises a limit's code where the account or the parent has no room for one more.

    Of the objects that there are, `uncounted` ones take no place.
    """
    for limit in object_limits(resource.service):
        if limit.path and limit.path not in document:
            continue
        plain = limit.kind == OBJECTS and not limit.path
        count = _all(call, limit, document) - uncounted if plain else _some(call, resource, limit, document)
        allowed = max_allowed(call.account, limit)
        if count >= allowed:
            english, russian = f"No more than {allowed} objects are allowed", f"Допустимо не более {allowed} объектов"
            raise ItemError(limit.code, english, russian)


def _all(call: OperationCall, limit: Limit, document: Document) -> int:
    """How many objects there are in the account or under the parent."""
    return call.store.count(
        limit.service,
        call.account.login,
        campaign=document["CampaignId"] if limit.per == "CampaignId" else None,
        adgroup=document["AdGroupId"] if limit.per == "AdGroupId" else None,
    )


def _some(call: OperationCall, resource: Resource, limit: Limit, document: Document) -> int:
    """How many of them have the limit's member, or are outside the archive."""
    groups = [document["AdGroupId"]] if limit.per == "AdGroupId" else None
    rows = call.store.rows(resource.service, call.account.login, adgroups=groups)
    return sum(
        (not limit.path or limit.path in row.document)
        and not (limit.kind == UNARCHIVED and row.document.get(resource.state) in ARCHIVED)
        for row in rows
    )
