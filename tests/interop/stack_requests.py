"""What each foreign client is asked to do, in the API's names; it does the same as ours, or says why not."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from yadirect_soap.protocol.contract import bundled
from yadirect_soap.types.campaigns import CampaignAddItem

CAMPAIGN = 700_000_001
"""The demo advertiser's text campaign, with a daily budget and negative keywords."""

NEW_CAMPAIGNS: list[CampaignAddItem] = [
    {"Name": "Скамейки & <столы>", "StartDate": "2026-10-01", "TextCampaign": {}},
    {"Name": "Прошлогодняя", "StartDate": "2025-10-01", "TextCampaign": {}},
]
"""Of these the second is refused with 5005, since it starts in the past."""


def reads() -> Mapping[str, dict[str, Any]]:
    """Params that read the campaign and what belongs to it, with every field that a WSDL has, by service."""
    criteria = {"CampaignIds": [CAMPAIGN]}
    return MappingProxyType(
        {
            "campaigns": {**fields("campaigns"), "SelectionCriteria": {"Types": ["TEXT_CAMPAIGN"]}},
            **{
                service: {**fields(service), "SelectionCriteria": criteria}
                for service in ("adgroups", "ads", "keywords")
            },
            "sitelinks": fields("sitelinks"),
            "vcards": fields("vcards"),
        }
    )


def fields(service: str) -> dict[str, list[str]]:
    """Every field of every FieldNames that the get of a service has: those that are in its WSDL."""
    members = bundled().operation(service, "get").request.members
    return {
        member.name: list(member.shape.published_values)
        for member in members
        if member.many and member.shape.published_values and member.name.endswith("FieldNames")
    }
