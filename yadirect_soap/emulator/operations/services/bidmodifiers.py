"""BidModifiers.add and set; get and delete are generic verbs.  An item adds adjustments of one kind.

https://yandex.ru/dev/direct/doc/en/objects/bidmodifier
"""

from collections.abc import Mapping
from typing import Any

from ...domain.dictionaries import region_ids
from ...domain.limits import limit, limits
from ...storage.store import Document
from ..call import OperationCall
from ..crud import references
from ..crud.item_results import ItemError, Outcome, results
from ..crud.service_rules import ServiceRules
from ..rules.archived_campaigns import refuse_archived_campaign
from .bid_modifier_kinds import AUDIENCES, DESKTOPS, MODIFIER_KINDS, ModifierKind, excludes, overlap, same

SERVICE = "bidmodifiers"
FIRST = 47_000_000_001


def add(call: OperationCall) -> dict[str, Any]:
    """BidModifiers.add: an item gives the ids of all its adjustments, or fails as a whole."""
    return {"AddResults": [_added(call, item) for item in call.params["BidModifiers"]]}


def set_(call: OperationCall) -> dict[str, Any]:
    """BidModifiers.set: sets the percent of adjustments by their ids."""
    ids = [item["Id"] for item in call.params["BidModifiers"]]

    def act(item: Mapping[str, Any]) -> Outcome:
        if ids.count(item["Id"]) > 1:
            raise ItemError(9800)
        document = references.find(call, SERVICE, item["Id"])
        name = next(name for name in MODIFIER_KINDS if name in document)
        _check_percent(name, item["BidModifier"])
        changed = {**document[name], "BidModifier": item["BidModifier"]}
        others = [other for other in _existing(call, document) if other["Id"] != item["Id"]]
        _check_shown(document, others, name, changed)
        call.store.put(SERVICE, item["Id"], call.account.login, {**document, name: changed}, changed=call.now())
        return item["Id"], []

    return results(call, call.params["BidModifiers"], act, "Id")


def _added(call: OperationCall, item: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {"Ids": _add(call, item)}
    except ItemError as error:
        return {"Errors": [error.notification(call)]}


def _add(call: OperationCall, item: Mapping[str, Any]) -> list[int]:
    owner = _owner(call, item)
    name, adjustments = _adjustments(item)
    kind = MODIFIER_KINDS[name]
    _check_owner(call, owner, name)
    for adjustment in adjustments:
        _check(call, name, adjustment)
    _check_others(_existing(call, owner), owner, name, adjustments)
    return [
        _stored(call, {**owner, "Type": kind.type, name: _as_shown(kind, adjustment)}) for adjustment in adjustments
    ]


def _owner(call: OperationCall, item: Mapping[str, Any]) -> Document:
    """Returns the campaign, or the group with its campaign, that an item is for."""
    owners = {"CampaignId", "AdGroupId"} & item.keys()
    if not owners:
        raise ItemError(5008, "CampaignId or AdGroupId is required", "Требуется CampaignId или AdGroupId")
    if len(owners) > 1:
        raise ItemError(5009, "Only one of CampaignId and AdGroupId", "Допустимо только одно: CampaignId или AdGroupId")
    if "CampaignId" in item:
        references.find(call, "campaigns", item["CampaignId"])
        return {"CampaignId": item["CampaignId"], "AdGroupId": None, "Level": "CAMPAIGN"}
    group = references.find(call, "adgroups", item["AdGroupId"])
    return {"CampaignId": group["CampaignId"], "AdGroupId": item["AdGroupId"], "Level": "AD_GROUP"}


def _adjustments(item: Mapping[str, Any]) -> tuple[str, list[Document]]:
    """Returns the kind of an item's adjustments, by its name in the singular, and the adjustments."""
    by_kind = {
        name.removesuffix("s"): value
        for name, value in item.items()
        if name.removesuffix("s") in MODIFIER_KINDS and value
    }
    if not by_kind:
        raise ItemError(5008, "No adjustment is given", "Не указана корректировка")
    if len(by_kind) > 1:
        raise ItemError(5009, "Only one kind of adjustment in an item", "В элементе допустим один вид корректировок")
    ((name, value),) = by_kind.items()
    return name, value if isinstance(value, list) else [value]


def _check_owner(call: OperationCall, owner: Document, name: str) -> None:
    """Raises ItemError for a kind of adjustment that the campaign or group cannot have."""
    kind = MODIFIER_KINDS[name]
    if owner["Level"] not in kind.levels:
        raise ItemError(3500, f"{name} at this level", f"{name} на этом уровне")
    campaign = references.find(call, "campaigns", owner["CampaignId"])["Type"]
    if campaign not in kind.campaigns:
        raise ItemError(3500, f"{name} in a campaign of the type {campaign}", f"{name} в кампании с типом {campaign}")
    group = references.find(call, "adgroups", owner["AdGroupId"]) if owner["AdGroupId"] is not None else {}
    if campaign == "CPM_BANNER_CAMPAIGN" and name in AUDIENCES and group.get("Subtype", "KEYWORDS") != "KEYWORDS":
        raise ItemError(3500, f"{name} in a group without keywords", f"{name} в группе без ключевых фраз")


def _check(call: OperationCall, name: str, adjustment: Document) -> None:
    _check_percent(name, adjustment["BidModifier"])
    kind = MODIFIER_KINDS[name]
    if kind.type == "DEMOGRAPHICS_ADJUSTMENT" and not {"Gender", "Age"} & adjustment.keys():
        raise ItemError(5008, "Gender or Age is required", "Требуется Gender или Age")
    if kind.type == "REGIONAL_ADJUSTMENT" and adjustment["RegionId"] not in region_ids():
        raise ItemError(5120, f"Region {adjustment['RegionId']}", f"Регион {adjustment['RegionId']}")
    if kind.type == "RETARGETING_ADJUSTMENT":
        used = references.named(call, "retargetinglists", adjustment["RetargetingConditionId"])
        if used["Type"] != "RETARGETING" or used.get("Scope") == "FOR_TARGETS_ONLY":
            raise ItemError(6001, "The list is not for adjustments of bids", "Условие не для корректировок ставок")


def _check_percent(name: str, percent: int) -> None:
    bounds = limit(SERVICE, name, "value")
    if not bounds.allows(percent):
        allowed = f"{bounds.min} … {bounds.max}"
        raise ItemError(bounds.code, f"BidModifier: must be within {allowed}", f"BidModifier: допустимо {allowed}")


def _check_others(existing: list[Document], owner: Document, name: str, adjustments: list[Document]) -> None:
    """Raises ItemError for adjustments that conflict with existing ones, or with each other."""
    if excluding := next((other for document in existing for other in document if excludes(name, other)), None):
        raise ItemError(6000, f"{name} excludes {excluding}", f"{name} несовместима с {excluding}")
    taken = [document[name] for document in existing if name in document]
    max_items = limits().get((SERVICE, name, "items"))
    if max_items is not None and not max_items.allows(len(taken) + len(adjustments)):
        raise ItemError(max_items.code, f"{name}: no more than {max_items.max}", f"{name}: не больше {max_items.max}")
    for index, adjustment in enumerate(adjustments):
        if any(same(name, adjustment, other) for other in taken):
            raise ItemError(9801, f"{name} of this kind exists", f"Такая корректировка {name} уже есть")
        if any(overlap(name, adjustment, other) for other in (*taken, *adjustments[:index])):
            raise ItemError(6000, f"{name}: conditions overlap", f"{name}: условия пересекаются")
        _check_shown(owner, existing, name, adjustment)


def _check_shown(owner: Document, existing: list[Document], name: str, adjustment: Document) -> None:
    """Raises 6000 for a group that would be shown neither on mobiles nor on desktops."""
    here = [(name, adjustment), *(member for document in existing for member in document.items())]
    off = {
        kind
        for kind, value in here
        if kind in MODIFIER_KINDS and value["BidModifier"] == 0 and not value.get("OperatingSystemType")
    }
    if owner["Level"] == "AD_GROUP" and "MobileAdjustment" in off and not off.isdisjoint(DESKTOPS):
        raise ItemError(6000, "Mobiles and desktops are both 0", "Корректировки на мобильных и на компьютерах равны 0")


def _existing(call: OperationCall, owner: Document) -> list[Document]:
    """Returns the adjustments of this campaign or group itself."""
    rows = call.store.rows(SERVICE, call.account.login, campaigns=[owner["CampaignId"]])
    return [row.document for row in rows if row.document.get("AdGroupId") == owner.get("AdGroupId")]


def _as_shown(kind: ModifierKind, adjustment: Document) -> Document:
    """Returns an adjustment as get returns it."""
    shown = dict.fromkeys(key for key in kind.keys if key in {"OperatingSystemType", "Gender", "Age"}) | adjustment
    if kind.type == "RETARGETING_ADJUSTMENT":
        shown["Accessible"] = "YES"
    return {**shown, "Enabled": "YES"} if kind.switched else shown


def _stored(call: OperationCall, document: Document) -> int:
    key = call.store.next_id(SERVICE, FIRST)
    call.store.put(SERVICE, key, call.account.login, {**document, "Id": key}, changed=call.now())
    return key


RULES = ServiceRules(check_editable=refuse_archived_campaign)
