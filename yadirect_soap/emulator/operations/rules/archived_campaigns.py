"""Campaigns in the archive: nothing in them can be added, changed or deleted."""

from collections.abc import Mapping
from typing import Any

from ..call import Call
from ..crud.item_results import ItemError


def refuse_archived_campaign(call: Call, document: Mapping[str, Any]) -> None:
    """Raises 8300 for an object of an archived campaign, named by its CampaignId."""
    key = document.get("CampaignId")
    campaign = call.store.get("campaigns", key, call.account.login) if key is not None else None
    if campaign is not None and campaign.get("State") == "ARCHIVED":
        raise ItemError(8300, "The campaign is archived", "Кампания находится в архиве")
