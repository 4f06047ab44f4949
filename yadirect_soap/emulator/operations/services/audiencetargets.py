"""Audience targets: the rules beyond the generic verbs; setBids is in target_bids.py.

https://yandex.ru/dev/direct/doc/en/audiencetargets/audiencetargets
"""

from collections.abc import Mapping
from typing import Any

from ...domain.currencies import prices
from ...storage.store import Document
from ..call import OperationCall
from ..crud.item_results import ItemError
from ..crud.references import missing, not_found
from ..crud.service_rules import Item, ServiceRules
from ..rules.amounts import check_bid
from ..rules.archived_campaigns import refuse_archived_campaign
from ..rules.stored_bids import bid_warnings
from ..rules.unified_campaigns import shown

_BY_INTERESTS = "AUDIENCE"
_MEDIA_GROUPS = frozenset({"CPM_BANNER_AD_GROUP", "CPM_VIDEO_AD_GROUP"})


def _check_named(call: OperationCall, item: Item) -> None:
    """Raises an error for each object that a target names and that does not exist: first the list, then the group."""
    group = item["AdGroupId"]
    errors = [*missing(call, {name: value for name, value in item.items() if name != "AdGroupId"})]
    if group > 0 and call.store.get("adgroups", group, call.account.login) is None:
        errors.append(not_found("adgroups", group, ("Ad group {id} not found", "Группа {id} не найдена")))
    if errors:
        first, *others = errors
        raise ItemError(first.code, *first.details, others=others)


def _derive(call: OperationCall, document: Document, _item: Item, _parent: Document | None) -> Document:
    bid = document.get("ContextBid")
    return document if bid is None else document | {"ContextBid": prices(call.account.currency).on_step(bid)}


def _validate(call: OperationCall, item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises ItemError for a duplicate target, a wrong bid, or a list or group that does not fit."""
    campaign = call.store.get("campaigns", after["CampaignId"], call.account.login) or {}
    by_impressions = campaign.get("Type") == "CPM_BANNER_CAMPAIGN"
    check_bid(call.account.currency, "ContextBid", item.get("ContextBid"), by_impressions=by_impressions)
    used = call.store.get("retargetinglists", after.get("RetargetingListId") or 0, call.account.login) or {}
    if used.get("Scope") == "FOR_ADJUSTMENTS_ONLY":
        raise ItemError(6000, "The list is for adjustments of bids only", "Условие только для корректировок ставок")
    rows = call.store.rows("audiencetargets", call.account.login, adgroups=[after["AdGroupId"]])
    others = [row.document for row in rows]
    _check_group(call, after, used, others)
    for name in ("RetargetingListId", "InterestId"):
        if after.get(name) is not None and after[name] in [other.get(name) for other in others]:
            raise ItemError(9801, f"The group has a target of this {name}", f"В группе уже есть условие с этим {name}")


def _check_group(call: OperationCall, after: Document, used: Document, others: list[Document]) -> None:
    """Checks the number of targets: one in a media group, none in one by keywords, one list of interests."""
    group = shown(call, call.store.get("adgroups", after["AdGroupId"], call.account.login) or {})
    kind = group.get("Type")
    if kind in _MEDIA_GROUPS and group.get("Subtype") == "KEYWORDS":
        raise ItemError(6001, "A group by keywords has no targets", "В группе по ключевым фразам недопустимо")
    if kind in _MEDIA_GROUPS and others:
        raise ItemError(7000, "A media group has one audience target", "В медийной группе допустимо одно условие")
    if kind == "TEXT_AD_GROUP" and used.get("Type") == _BY_INTERESTS:
        for other in others:
            key = other.get("RetargetingListId") or 0
            beside = call.store.get("retargetinglists", key, call.account.login) or {}
            if beside.get("Type") == _BY_INTERESTS:
                raise ItemError(7000, "A group has one list of interests", "В группе допустимо одно условие AUDIENCE")


RULES = ServiceRules(
    check_named=_check_named,
    check_editable=refuse_archived_campaign,
    derive=_derive,
    validate=_validate,
    warn=bid_warnings,
)
