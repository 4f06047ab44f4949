"""BidModifiers.add and set; get and delete are the ordinary verbs.  An item adds adjustments of one kind.

https://yandex.ru/dev/direct/doc/en/objects/bidmodifier
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ..call import Call
from ..currencies import Bounds
from ..dictionaries import region_ids
from ..store import Document, Row
from ..verbs import references
from ..verbs.outcome import Outcome, Refused, results

SERVICE = "bidmodifiers"
FIRST = 47_000_000_001


_PERCENT = Bounds(0, 1300)


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of adjustment: its Type, its bounds in percent, the members that tell one from another, its levels."""

    type: str
    percent: Bounds = _PERCENT
    keys: tuple[str, ...] = ()
    levels: frozenset[str] = frozenset({"CAMPAIGN", "AD_GROUP"})
    switched: bool = False
    """Whether get tells if it is Enabled."""


SORTS: Mapping[str, Sort] = MappingProxyType(
    {
        "MobileAdjustment": Sort("MOBILE_ADJUSTMENT", keys=("OperatingSystemType",)),
        "DesktopAdjustment": Sort("DESKTOP_ADJUSTMENT"),
        "SmartTvAdjustment": Sort("SMART_TV_ADJUSTMENT"),
        "TabletAdjustment": Sort("TABLET_ADJUSTMENT", keys=("OperatingSystemType",)),
        "DesktopOnlyAdjustment": Sort("DESKTOP_ONLY_ADJUSTMENT"),
        "DemographicsAdjustment": Sort("DEMOGRAPHICS_ADJUSTMENT", keys=("Gender", "Age"), switched=True),
        "RetargetingAdjustment": Sort("RETARGETING_ADJUSTMENT", keys=("RetargetingConditionId",), switched=True),
        "RegionalAdjustment": Sort(
            "REGIONAL_ADJUSTMENT", Bounds(10, 1300), ("RegionId",), frozenset({"CAMPAIGN"}), switched=True
        ),
        "VideoAdjustment": Sort("VIDEO_ADJUSTMENT", Bounds(50, 1300)),
        "SmartAdAdjustment": Sort("SMART_AD_ADJUSTMENT", Bounds(20, 1300)),
        "SerpLayoutAdjustment": Sort("SERP_LAYOUT_ADJUSTMENT", Bounds(100, 1300), ("SerpLayout",), switched=True),
        "IncomeGradeAdjustment": Sort("INCOME_GRADE_ADJUSTMENT", keys=("Grade",), switched=True),
        "AdGroupAdjustment": Sort("AD_GROUP_ADJUSTMENT", levels=frozenset({"AD_GROUP"})),
    }
)
"""The kinds of adjustments, by the member that a get item has for each; an add item may have it in the plural."""

_DESKTOP_OR_PARTS = frozenset({"TABLET_ADJUSTMENT", "DESKTOP_ONLY_ADJUSTMENT"})


def add(call: Call) -> dict[str, Any]:
    """Adds adjustments; an item succeeds with the ids of all of its own, or fails as a whole."""
    return {"AddResults": [_added(call, item) for item in call.params["BidModifiers"]]}


def set_(call: Call) -> dict[str, Any]:
    """Sets the percents of adjustments by their ids."""
    ids = [item["Id"] for item in call.params["BidModifiers"]]

    def act(item: Mapping[str, Any]) -> Outcome:
        if ids.count(item["Id"]) > 1:
            raise Refused(9800)
        document = references.find(call, SERVICE, item["Id"])
        name = next(name for name in SORTS if name in document)
        _check_percent(SORTS[name], item["BidModifier"])
        changed = {**document, name: {**document[name], "BidModifier": item["BidModifier"]}}
        call.store.put(SERVICE, item["Id"], call.account.login, changed, changed=call.now())
        return item["Id"], []

    return results(call, call.params["BidModifiers"], act, "Id")


def _added(call: Call, item: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {"Ids": _add(call, item)}
    except Refused as refused:
        return {"Errors": [refused.error(call)]}


def _add(call: Call, item: Mapping[str, Any]) -> list[int]:
    place = _place(call, item)
    name, adjustments = _adjustments(item)
    sort = SORTS[name]
    if place["Level"] not in sort.levels:
        raise Refused(3500, f"{name} at this level", f"{name} на этом уровне")
    for adjustment in adjustments:
        _check(call, sort, adjustment)
    _check_others(call, place, name, adjustments)
    return [_kept(call, {**place, "Type": sort.type, name: _told(sort, adjustment)}) for adjustment in adjustments]


def _place(call: Call, item: Mapping[str, Any]) -> Document:
    """The campaign, or the group and its campaign, that an item is for."""
    given = {"CampaignId", "AdGroupId"} & item.keys()
    if not given:
        raise Refused(5008, "CampaignId or AdGroupId is required", "Требуется CampaignId или AdGroupId")
    if len(given) > 1:
        raise Refused(5009, "Only one of CampaignId and AdGroupId", "Допустимо только одно: CampaignId или AdGroupId")
    if "CampaignId" in item:
        references.find(call, "campaigns", item["CampaignId"])
        return {"CampaignId": item["CampaignId"], "AdGroupId": None, "Level": "CAMPAIGN"}
    group = references.find(call, "adgroups", item["AdGroupId"])
    return {"CampaignId": group["CampaignId"], "AdGroupId": item["AdGroupId"], "Level": "AD_GROUP"}


def _adjustments(item: Mapping[str, Any]) -> tuple[str, list[Document]]:
    """The kind of an item's adjustments, by its name in the singular, and the adjustments."""
    given = {name.removesuffix("s"): value for name, value in item.items() if name.removesuffix("s") in SORTS and value}
    if not given:
        raise Refused(5008, "No adjustment is given", "Не указана корректировка")
    if len(given) > 1:
        raise Refused(5009, "Only one kind of adjustment in an item", "В элементе допустим один вид корректировок")
    ((name, value),) = given.items()
    return name, value if isinstance(value, list) else [value]


def _check(call: Call, sort: Sort, adjustment: Document) -> None:
    _check_percent(sort, adjustment["BidModifier"])
    if sort.type == "DEMOGRAPHICS_ADJUSTMENT" and not {"Gender", "Age"} & adjustment.keys():
        raise Refused(5008, "Gender or Age is required", "Требуется Gender или Age")
    if sort.type == "REGIONAL_ADJUSTMENT" and adjustment["RegionId"] not in region_ids():
        raise Refused(5120, f"Region {adjustment['RegionId']}", f"Регион {adjustment['RegionId']}")
    if sort.type == "RETARGETING_ADJUSTMENT":
        references.find(call, "retargetinglists", adjustment["RetargetingConditionId"])


def _check_percent(sort: Sort, percent: int) -> None:
    if not sort.percent.hold(percent):
        allowed = f"{sort.percent.least} … {sort.percent.greatest}"
        raise Refused(5005, f"BidModifier: must be within {allowed}", f"BidModifier: допустимо {allowed}")


def _check_others(call: Call, place: Document, name: str, adjustments: list[Document]) -> None:
    """Refuses what is there already at the same place, what is given twice, and devices that overlap."""
    there = [row.document for row in _at(call, place)]
    taken = [_key(name, document[name]) for document in there if name in document]
    for adjustment in adjustments:
        key = _key(name, adjustment)
        if key in taken:
            raise Refused(9801, f"{name} of this kind exists", f"Такая корректировка {name} уже есть")
        taken.append(key)
    types = {document["Type"] for document in there}
    new = SORTS[name].type
    if new == "DESKTOP_ADJUSTMENT":
        overlap = not types.isdisjoint(_DESKTOP_OR_PARTS)
    else:
        overlap = new in _DESKTOP_OR_PARTS and "DESKTOP_ADJUSTMENT" in types
    if overlap:
        raise Refused(
            6000,
            "DesktopAdjustment excludes TabletAdjustment and DesktopOnlyAdjustment",
            "DesktopAdjustment несовместима с TabletAdjustment и DesktopOnlyAdjustment",
        )


def _at(call: Call, place: Document) -> list[Row]:
    """The adjustments of exactly this campaign or group."""
    rows = call.store.rows(SERVICE, call.account.login, campaigns=[place["CampaignId"]])
    return [row for row in rows if row.document.get("AdGroupId") == place["AdGroupId"]]


def _key(name: str, adjustment: Document) -> tuple[Any, ...]:
    return tuple(adjustment.get(key) for key in SORTS[name].keys)


def _told(sort: Sort, adjustment: Document) -> Document:
    """An adjustment as get tells it."""
    told = dict.fromkeys(key for key in sort.keys if key in {"OperatingSystemType", "Gender", "Age"}) | adjustment
    if sort.type == "RETARGETING_ADJUSTMENT":
        told["Accessible"] = "YES"
    return {**told, "Enabled": "YES"} if sort.switched else told


def _kept(call: Call, document: Document) -> int:
    key = call.store.next_id(SERVICE, FIRST)
    call.store.put(SERVICE, key, call.account.login, {**document, "Id": key}, changed=call.now())
    return key
