"""What the API asks of retargeting lists and of the targets that use them.

https://yandex.ru/dev/direct/doc/en/retargetinglists/add and https://yandex.ru/dev/direct/doc/en/audiencetargets/add
"""

from collections.abc import Mapping
from typing import Any

from ...domain.limits import limit
from ...storage.store import Document
from ..call import Call
from ..crud.item_results import Refused
from .amounts import check_bid, check_value
from .texts import check_count, check_length
from .unified_campaigns import shown

_LISTS = "retargetinglists"
_FIRST_SEGMENT = 1_000_000_000
"""The numbers of Metrica's and Audience's segments begin here."""
_BY_INTERESTS = "AUDIENCE"
_MEDIA_GROUPS = frozenset({"CPM_BANNER_AD_GROUP", "CPM_VIDEO_AD_GROUP"})


def check_list(call: Call, _item: Mapping[str, Any], after: Document, before: Document) -> None:
    """Raises Refused for a list that the API would not have."""
    check_length(_LISTS, "Name", after["Name"])
    if after.get("Description"):
        check_length(_LISTS, "Description", after["Description"])
    check_count(_LISTS, "Rules", after["Rules"])
    for rule in after["Rules"]:
        check_count(_LISTS, "Rules.Arguments", rule["Arguments"])
        for argument in rule["Arguments"]:
            _check_argument(argument)
    if before and after["Scope"] != before.get("Scope", after["Scope"]):
        raise Refused(6000, "The scope of a list cannot be changed", "Область применения условия изменить нельзя")
    for row in call.store.rows("retargetinglists", call.account.login):
        if row.document["Name"] == after["Name"] and row.id != before.get("Id"):
            raise Refused(9801, "There is a list of this name", "Условие с таким названием уже существует")


def check_target(call: Call, item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises Refused for a target that the API would not have: a twin of one that is there, or a second in a group."""
    campaign = call.store.get("campaigns", after["CampaignId"], call.account.login) or {}
    by_impressions = campaign.get("Type") == "CPM_BANNER_CAMPAIGN"
    check_bid(call.account.currency, "ContextBid", item.get("ContextBid"), by_impressions=by_impressions)
    used = call.store.get("retargetinglists", after.get("RetargetingListId") or 0, call.account.login) or {}
    if used.get("Scope") == "FOR_ADJUSTMENTS_ONLY":
        raise Refused(6000, "The list is for adjustments of bids only", "Условие только для корректировок ставок")
    rows = call.store.rows("audiencetargets", call.account.login, adgroups=[after["AdGroupId"]])
    others = [row.document for row in rows]
    _check_group(call, after, used, others)
    for name in ("RetargetingListId", "InterestId"):
        if after.get(name) is not None and after[name] in [other.get(name) for other in others]:
            raise Refused(9801, f"The group has a target of this {name}", f"В группе уже есть условие с этим {name}")


def _check_group(call: Call, after: Document, used: Document, others: list[Document]) -> None:
    """A media group has one target, or none where it has keywords; a text group has one with a list of interests."""
    group = shown(call, call.store.get("adgroups", after["AdGroupId"], call.account.login) or {})
    kind = group.get("Type")
    if kind in _MEDIA_GROUPS and group.get("Subtype") == "KEYWORDS":
        raise Refused(6001, "A group by keywords has no targets", "В группе по ключевым фразам недопустимо")
    if kind in _MEDIA_GROUPS and others:
        raise Refused(7000, "A media group has one audience target", "В медийной группе допустимо одно условие")
    if kind == "TEXT_AD_GROUP" and used.get("Type") == _BY_INTERESTS:
        for other in others:
            key = other.get("RetargetingListId") or 0
            beside = call.store.get("retargetinglists", key, call.account.login) or {}
            if beside.get("Type") == _BY_INTERESTS:
                raise Refused(7000, "A group has one list of interests", "В группе допустимо одно условие AUDIENCE")


def _check_argument(argument: Mapping[str, Any]) -> None:
    """Goals are remembered for some days; for segments, whose numbers are greater, the days are passed over."""
    if argument["ExternalId"] <= 0:
        raise Refused(5005, "ExternalId must be positive", "ExternalId должен быть положительным")
    if argument["ExternalId"] >= _FIRST_SEGMENT:
        return
    if argument.get("MembershipLifeSpan") is None:
        raise Refused(5000, "MembershipLifeSpan is required", "Требуется MembershipLifeSpan")
    allowed = limit(_LISTS, "Rules.Arguments.MembershipLifeSpan", "value")
    check_value(allowed, "MembershipLifeSpan", argument["MembershipLifeSpan"])
