"""The objects whose bids an item sets: those of a campaign, those of a group, or a single one.

All items of a request use the same kind of identifier, else error 4005.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ...domain.campaign_strategies import CampaignStrategies, strategies_of
from ...storage.store import Document, Row
from ..call import OperationCall
from ..crud import references
from ..crud.item_results import ItemError

Item = Mapping[str, Any]

_PARENTS = MappingProxyType({"CampaignId": "campaigns", "AdGroupId": "adgroups"})


@dataclass(frozen=True, slots=True)
class BidTargets:
    """The objects whose bids an item sets, and the strategies of their campaign."""

    rows: Sequence[Row]
    strategies: CampaignStrategies
    single: bool
    """Whether the item names a single object."""


def one_kind(call: OperationCall, items: Sequence[Item], kinds: Sequence[str]) -> str:
    """Returns the member by which all items name their objects; raises an error if there is none, or more than one."""
    used = {kind for item in items for kind in kinds if kind in item}
    if len(used) == 1 and all(used & item.keys() for item in items):
        return used.pop()
    names = ", ".join(kinds)
    if not used or not all(used & item.keys() for item in items):
        raise call.fault(4003, call.text(f"Each item needs one of {names}", f"Каждому элементу нужен один из {names}"))
    raise call.fault(4005, call.text(f"Use only one of {names}", f"Используйте только один из {names}"))


def find(call: OperationCall, service: str, item: Item, kind: str) -> BidTargets:
    """Returns the objects of a service that an item names; raises ItemError if the named object does not exist."""
    key = item[kind]
    login = call.account.login
    if kind not in _PARENTS:
        rows = list(call.store.rows(service, login, ids=[key]))
        if not rows:
            raise references.not_found(service, key)
        return BidTargets(rows, strategies_of(_campaign(call, rows[0].document["CampaignId"])), single=True)
    parent = references.find(call, _PARENTS[kind], key)
    campaign = _campaign(call, key if kind == "CampaignId" else parent["CampaignId"])
    narrowed = {"campaigns": [key]} if kind == "CampaignId" else {"adgroups": [key]}
    return BidTargets(list(call.store.rows(service, login, **narrowed)), strategies_of(campaign), single=False)


def _campaign(call: OperationCall, key: int) -> Document:
    """Returns the campaign of an object; raises 8300 for an archived one."""
    campaign = call.store.get("campaigns", key, call.account.login) or {}
    if campaign.get("State") == "ARCHIVED":
        raise ItemError(8300, "The campaign is archived", "Кампания находится в архиве")
    return campaign


def set_members(call: OperationCall, service: str, rows: Sequence[Row], values: Mapping[str, Any]) -> None:
    """Sets members of stored documents."""
    for row in rows:
        call.store.put(service, row.id, row.login, {**row.document, **values}, changed=call.now())
