"""Deletions that the Changes service reports: the campaign and the group of each deleted object, and when."""

from collections.abc import Iterator, Sequence

from ...domain.resources import Resource
from ...storage.store import Document, Key, Row
from ..call import OperationCall

_SERVICE = "deletions"


def record(call: OperationCall, resource: Resource, document: Document) -> None:
    """Stores the parents of a deleted object, if Changes is to report deletions.

    Args:
        call: The call that deletes it.
        resource: The resource of its service.
        document: The object, as it was.
    """
    if not call.deletes_in_changes or "CampaignId" not in document:
        return
    key = document[resource.id]
    group = key if "AdGroupId" in resource.named_by else document.get("AdGroupId")
    parents = {"CampaignId": document["CampaignId"], "AdGroupId": group}
    call.store.put(_SERVICE, f"{resource.service}/{key}", call.account.login, parents, changed=call.now())


def deletions(
    call: OperationCall, *, campaigns: Sequence[Key] | None = None, adgroups: Sequence[Key] | None = None
) -> Iterator[Row]:
    """Yields the deletions of a login: rows whose documents have CampaignId, and AdGroupId or None.

    Args:
        call: The call of Changes.
        campaigns: Only those of these campaigns.
        adgroups: Only those of these groups.

    Returns:
        Rows with the moments of the deletions, which are stored for ever.
    """
    return call.store.rows(_SERVICE, call.account.login, campaigns=campaigns, adgroups=adgroups)
