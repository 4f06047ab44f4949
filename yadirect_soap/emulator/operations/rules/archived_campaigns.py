"""Archived campaigns, in which nothing can be added, changed or deleted."""

from collections.abc import Mapping
from typing import Any

from ..call import OperationCall
from ..crud.item_results import ItemError
from ..crud.references import object_named


def refuse_archived_campaign(call: OperationCall, document: Mapping[str, Any]) -> None:
    """Raises 8300 for an object of an archived campaign, named by its CampaignId."""
    campaign = object_named(call, "CampaignId", document.get("CampaignId"))
    if campaign is not None and campaign.get("State") == "ARCHIVED":
        raise ItemError(8300, "The campaign is archived", "Кампания находится в архиве")
