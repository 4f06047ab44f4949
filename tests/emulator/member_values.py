"""Values that a member of an add or an update may have, and items with one of them; no test lives here."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from tests.interop.extra_demo_objects import PNG
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER
from yadirect_soap.protocol.field_lists import field_lists
from yadirect_soap.protocol.model import Kind, Member, Operation, Shape

Path = tuple[Member, ...]
"""The members on the way to a scalar, the last of which holds it."""
Item = dict[str, Any]

_MOST = 24
"""So many values of a member are tried."""
_NAMED_AFTER: Mapping[str, str] = MappingProxyType(
    {
        "AdExtensionId": "adextensions",
        "AdGroupId": "adgroups",
        "AdImageHash": "adimages",
        "BusinessId": "businesses",
        "CampaignId": "campaigns",
        "CreativeId": "creatives",
        "FeedId": "feeds",
        "LogoExtensionHash": "adimages",
        "NegativeKeywordSharedSetId": "negativekeywordsharedsets",
        "RetargetingListId": "retargetinglists",
        "SitelinkSetId": "sitelinks",
        "StrategyId": "strategies",
        "TurboPageId": "turbopages",
        "VCardId": "vcards",
        "VideoExtensionId": "creatives",
        "VideoId": "advideos",
    }
)
"""The service whose object a member names, by the singular of its name."""
_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "BlockedIps": "8.8.8.8",
        "DisplayUrlPath": "new-path",
        "DomainUrl": "https://new.example",
        "Email": "new@example.com",
        "EndDate": "2030-10-25",
        "ExcludedSites": "new.example.com",
        "Filename": "new.xml",
        "FinalUrl": "https://example.com/new",
        "Href": "https://example.com/new",
        "Keyword": "новая фраза",
        "NegativeKeywords": "новинка",
        "Schedule": ",".join(["1", *["100"] * 23, "50"]),
        "StartDate": "2030-10-05",
        "StoreUrl": "https://play.google.com/store/apps/details?id=ru.new",
        "TimeFrom": "10:15",
        "TimeTo": "20:45",
        "TimeZone": "Asia/Yekaterinburg",
        "TrackingPixels": "https://tracker.example/p?x=%random%",
        "TrackingUrl": "https://tracker.example/new?x=1",
        "Url": "https://example.com/feed-new.xml",
    }
)
_OTHER_TEXTS = ("Новое значение", "new", "2030-01-02", "10")
# Goals and percents, money in micros, days and counts.
_INTEGERS = (4_100_003, 1_000_000, 30_500_000_000, 300_000_000, 400_000_000, 3_000_000, 50, 90, 120, 7, 3, 30, 1, 2)
_MORE_INTEGERS = (100, 10, 20, 4_100_001, 4_100_002, 15, 60, 1_500_000_000, 12_345)
_PERIOD = {"SpendLimit": 30_000_000_000, "StartDate": "2030-10-01", "EndDate": "2030-10-20", "AutoContinue": "NO"}
_GOAL = {"GoalId": 4_100_003, "Value": 500_000_000, "Operation": "ADD"}
_WHOLE: Mapping[str, Item] = MappingProxyType(
    {"CustomPeriodBudget": _PERIOD, "PriorityGoalsItem": _GOAL, "PriorityGoalsUpdateItem": _GOAL}
)
"""Objects whose members must fit each other, by the end of their type's name."""


def every_field(get: Operation) -> Item:
    """Params of a get with every field that its WSDL has."""
    lists = {member.name: list(member.shape.published_values) for member in field_lists(get).values()}
    return {name: fields for name, fields in lists.items() if fields}


def paths(shape: Shape, before: Path = ()) -> Iterator[Path]:
    """The way to each scalar of an object, without Operation, which only tells what to do with its neighbours."""
    for member in shape.members:
        if member.shape.kind is Kind.OBJECT:
            yield from paths(member.shape, (*before, member))
        elif member.name not in {"Id", "Operation"}:
            yield (*before, member)


def scalars(value: Any) -> Iterator[Any]:
    """The scalars of a document."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for item in value:
            yield from scalars(item)
    else:
        yield value


def values(emulator: Emulator, path: Path) -> list[Any]:
    """The values to try in a member."""
    member = path[-1] if path[-1].name != "Items" or len(path) == 1 else path[-2]
    kind, name = path[-1].shape.kind, member.name
    if kind is Kind.ENUM:
        return list(path[-1].shape.values)[:_MOST]
    singular = name.removesuffix("es") if name.endswith("Hashes") else name.removesuffix("s")
    if service := _NAMED_AFTER.get(singular):
        return [row.id for row in emulator.store.rows(service, ADVERTISER)][:_MOST]
    if name in _TEXTS:
        return [_TEXTS[name]]
    of_kind: Mapping[Kind, Sequence[Any]] = {
        Kind.STRING: _OTHER_TEXTS,
        Kind.BASE64: [PNG],
        Kind.INT: _INTEGERS + _MORE_INTEGERS,
        Kind.LONG: _INTEGERS + _MORE_INTEGERS,
    }
    return list(of_kind.get(kind, [1]))


def minimal(emulator: Emulator, shape: Shape, before: Path = ()) -> Item:
    """An object with the members that it must have."""
    for end, whole in _WHOLE.items():
        if shape.name.endswith(end):
            return {name: value for name, value in whole.items() if name in shape.by_name}
    item: Item = {}
    for member in shape.members:
        if member.required:
            way = (*before, member)
            is_object = member.shape.kind is Kind.OBJECT
            value = minimal(emulator, member.shape, way) if is_object else next(iter(values(emulator, way)), None)
            item[member.name] = [value] if member.many else value
    return item


def with_value(emulator: Emulator, item: Item, path: Path, value: Any, before: Path = ()) -> Item:
    """A copy of an item with a value at a path, and with what the objects on the way must have."""
    member, *rest = path
    way = (*before, member)
    if not rest:
        return item | {member.name: [value] if member.many else value}
    current = item.get(member.name)
    inner = (current[0] if current else {}) if member.many else (current or {})
    changed = with_value(emulator, minimal(emulator, member.shape, way) | inner, tuple(rest), value, way)
    return item | {member.name: [changed] if member.many else changed}


def numbered(item: Item, numbers: "itertools.count[int]") -> Item:
    """A copy of an item with a name, or a phrase, that no other has."""
    number = next(numbers)
    return item | {name: f"{item[name]} {number}" for name in ("Name", "Keyword") if name in item}
