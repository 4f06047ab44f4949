"""What the objects above an object allow: whether they are there, whether they are archived, what fits them."""

from collections.abc import Mapping
from typing import Any

from ...domain.account_limits import restriction
from ...domain.resources import Resource, Room
from ...storage.store import Document
from ..call import Call
from . import autotargeting
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
    """Raises 7001 where the account or the parent has no room for one more."""
    for under, most in resource.most.items():
        count = call.store.count(
            resource.service,
            call.account.login,
            campaign=document["CampaignId"] if under == "CampaignId" else None,
            adgroup=document["AdGroupId"] if under == "AdGroupId" else None,
        )
        allowed = restriction(call.account, most) if isinstance(most, str) else most
        if resource.service == "keywords":
            # Autotargeting, which nobody added, takes no one's place.
            count -= bool(call.store.get("keywords", autotargeting.key(document["AdGroupId"]), call.account.login))
        if count >= allowed:
            raise _full(allowed)
    for room in resource.rooms:
        if (not room.of or room.of in document) and _inside(call, resource, room, document) >= room.most:
            raise _full(room.most)


def _inside(call: Call, resource: Resource, room: Room, document: Mapping[str, Any]) -> int:
    """How many objects take the places of a room."""
    under = {"adgroups": [document["AdGroupId"]]} if room.under == "AdGroupId" else {}
    documents = (row.document for row in call.store.rows(resource.service, call.account.login, **under))
    return sum(
        (not room.of or room.of in each) and not (room.unarchived and each.get(resource.state) in ARCHIVED)
        for each in documents
    )


def _full(most: int) -> Refused:
    return Refused(7001, f"No more than {most} objects are allowed", f"Допустимо не более {most} объектов")
