"""Deleted objects that Changes still tells of: where each was, and when it went."""

from collections.abc import Iterator, Sequence

from ...domain.resources import Resource
from ...storage.store import Document, Key, Row
from ..call import OperationCall

_SERVICE = "deletions"


def record(call: OperationCall, resource: Resource, document: Document) -> None:
    """Keeps where a deleted object was, if Changes is to tell of it.

    Args:
        call: The call that deletes it.
        resource: What is known of the objects of its service.
        document: The object, as it was.
    """
    if not call.deletes_in_changes or "CampaignId" not in document:
        return
    key = document[resource.id]
    group = key if resource.service == "adgroups" else document.get("AdGroupId")
    place = {"CampaignId": document["CampaignId"], "AdGroupId": group}
    call.store.put(_SERVICE, f"{resource.service}/{key}", call.account.login, place, changed=call.now())


def deletions(
    call: OperationCall, *, campaigns: Sequence[Key] | None = None, adgroups: Sequence[Key] | None = None
) -> Iterator[Row]:
    """Where objects of the login were deleted: documents of CampaignId, and of AdGroupId or None.

    Args:
        call: The call of Changes.
        campaigns: Only those of these campaigns.
        adgroups: Only those of these groups.

    Returns:
        Rows with the moments of the deletions; without an end of their time.
    """
    return call.store.rows(_SERVICE, call.account.login, campaigns=campaigns, adgroups=adgroups)
