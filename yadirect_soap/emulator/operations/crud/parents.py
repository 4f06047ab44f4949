"""What the objects above an object allow: whether they are there, whether they are archived, what fits them."""

from collections.abc import Mapping
from typing import Any

from ...domain.account_limits import max_allowed
from ...domain.limits import OBJECTS, UNARCHIVED, Limit, object_limits
from ...domain.resources import Resource
from ...storage.store import Document
from ..call import Call
from ..rules import autotargeting
from .item_results import Refused
from .references import find

_LINKS = {"adgroups": "AdGroupId", "campaigns": "CampaignId"}.items()
ARCHIVED = frozenset({"ARCHIVED", "YES"})
"""What the member that tells an object's state says of one in the archive."""

_ARCHIVED = ("The campaign is archived", "Кампания находится в архиве")


def parent_of(call: Call, resource: Resource, document: Mapping[str, Any]) -> Document | None:
    """The group or the campaign that an object belongs to; raises 8800 where it is gone, None for account-wide ones."""
    for service, member in _LINKS:
        if resource.parent == service:
            return find(call, service, document[member])
    return None


def campaign_of(call: Call, document: Mapping[str, Any]) -> Document | None:
    """The campaign that an object names, or None where it names none."""
    key = document.get("CampaignId")
    return call.store.get("campaigns", key, call.account.login) if key is not None else None


def refuse_archived_campaign(call: Call, document: Mapping[str, Any]) -> None:
    """Raises 8300 for an object of an archived campaign: nothing in it can be changed."""
    campaign = campaign_of(call, document)
    if campaign is not None and campaign.get("State") == "ARCHIVED":
        raise Refused(8300, *_ARCHIVED)


def check_fit(resource: Resource, choice: str, parent: Document | None) -> None:
    """Raises an error where an object of this choice cannot stand under its parent."""
    if parent is None or not resource.fits:
        return
    kind = parent.get("Type", "")
    if choice not in resource.fits.get(kind, frozenset()):
        english, russian = f"{choice or 'The object'} does not fit {kind}", f"{choice or 'Объект'} не подходит к {kind}"
        raise Refused(resource.misfit, english, russian)


def check_room(call: Call, resource: Resource, document: Mapping[str, Any]) -> None:
    """Raises a limit's code where the account or the parent has no room for one more."""
    for limit in object_limits(resource.service):
        if limit.path and limit.path not in document:
            continue
        plain = limit.kind == OBJECTS and not limit.path
        count = _all(call, limit, document) if plain else _some(call, resource, limit, document)
        allowed = max_allowed(call.account, limit)
        if count >= allowed:
            english, russian = f"No more than {allowed} objects are allowed", f"Допустимо не более {allowed} объектов"
            raise Refused(limit.code, english, russian)


def _all(call: Call, limit: Limit, document: Mapping[str, Any]) -> int:
    """How many objects there are in the account or under the parent."""
    count = call.store.count(
        limit.service,
        call.account.login,
        campaign=document["CampaignId"] if limit.per == "CampaignId" else None,
        adgroup=document["AdGroupId"] if limit.per == "AdGroupId" else None,
    )
    if limit.service == "keywords":
        # Autotargeting, which nobody added, takes no one's place.
        count -= bool(call.store.get("keywords", autotargeting.key(document["AdGroupId"]), call.account.login))
    return count


def _some(call: Call, resource: Resource, limit: Limit, document: Mapping[str, Any]) -> int:
    """How many of them have the limit's member, or are outside the archive."""
    under = {"adgroups": [document["AdGroupId"]]} if limit.per == "AdGroupId" else {}
    documents = (row.document for row in call.store.rows(resource.service, call.account.login, **under))
    return sum(
        (not limit.path or limit.path in each)
        and not (limit.kind == UNARCHIVED and each.get(resource.state) in ARCHIVED)
        for each in documents
    )
