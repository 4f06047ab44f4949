"""Whether what an item names exists and belongs to the account; what it is named for is not looked at."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from ...domain.resources import resources
from ...storage.store import Document
from ..call import Call
from .item_results import Refused
from .shapes import ITEMS


class _Target(NamedTuple):
    service: str
    code: int = 8800


NOT_FOUND = MappingProxyType(
    {
        "adextensions": ("Ad extension not found", "Расширение не найдено"),
        "adgroups": ("Ad group not found", "Группа не найдена"),
        "adimages": ("Image not found", "Изображение не найдено"),
        "ads": ("Ad not found", "Объявление не найдено"),
        "audiencetargets": ("Audience target not found", "Условие нацеливания на аудиторию не найдено"),
        "bidmodifiers": ("Bid modifier not found", "Корректировка ставок не найдена"),
        "businesses": ("Business not found", "Организация не найдена"),
        "campaigns": ("Campaign not found", "Кампания не найдена"),
        "creatives": ("Creative not found", "Креатив не найден"),
        "dynamicfeedadtargets": ("Targeting condition not found", "Условие нацеливания не найдено"),
        "dynamictextadtargets": ("Targeting condition not found", "Условие нацеливания не найдено"),
        "feeds": ("Feed not found", "Фид не найден"),
        "keywords": ("Keyword not found", "Ключевая фраза не найдена"),
        "negativekeywordsharedsets": ("Negative keyword set not found", "Набор минус-фраз не найден"),
        "retargetinglists": ("Retargeting list not found", "Условие ретаргетинга не найдено"),
        "sitelinks": ("Sitelink set not found", "Набор быстрых ссылок не найден"),
        "smartadtargets": ("Filter not found", "Фильтр не найден"),
        "strategies": ("Strategy not found", "Стратегия не найдена"),
        "turbopages": ("Turbo page not found", "Турбо-страница не найдена"),
        "vcards": ("vCard not found", "Визитка не найдена"),
    }
)
"""What error 8800 says of an object of a service, in English and in Russian."""

_TARGETS: Mapping[str, _Target] = MappingProxyType(
    {
        "AdExtensionId": _Target("adextensions"),
        "AdExtensionIds": _Target("adextensions"),
        "AdGroupId": _Target("adgroups"),
        "AdImageHash": _Target("adimages", 5005),
        "AdImageHashes": _Target("adimages", 5005),
        "BusinessId": _Target("businesses"),
        "CampaignId": _Target("campaigns"),
        "CreativeId": _Target("creatives"),
        "FeedId": _Target("feeds"),
        "NegativeKeywordSharedSetIds": _Target("negativekeywordsharedsets"),
        "RetargetingListId": _Target("retargetinglists"),
        "SitelinkSetId": _Target("sitelinks"),
        "StrategyFromCampaignId": _Target("campaigns"),
        "StrategyId": _Target("strategies"),
        "TurboPageId": _Target("turbopages"),
        "VCardId": _Target("vcards"),
        "VideoExtensionIds": _Target("creatives"),
    }
)


def not_found(service: str, code: int = 8800) -> Refused:
    """The error for an object of a service that is unknown, deleted or somebody else's."""
    return Refused(code, *NOT_FOUND[service])


def find(call: Call, service: str, key: Any) -> Document:
    """The account's object of an identifier; raises `not_found` where it has none."""
    _check_positive("Id", key)
    document = call.store.get(service, key, call.account.login)
    if document is None:
        raise not_found(service)
    return document


def check_references(call: Call, item: Mapping[str, Any]) -> None:
    """Raises an error for the first thing that an item names, however deep inside, and that is not there."""
    for target, key in _named(item):
        document = call.store.get(target.service, key, call.account.login)
        if document is None or resources()[target.service].is_deleted(document):
            raise not_found(target.service, target.code)


def _check_positive(name: str, key: Any) -> None:
    """Raises 5005 for a number that no object can have."""
    if isinstance(key, int) and key <= 0:
        raise Refused(5005, f"{name} must be a positive number", f"{name} должно быть положительным числом")


def _named(value: object) -> Iterator[tuple[_Target, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _named(item)
    elif isinstance(value, Mapping):
        # By name: the wires bring the members of an object in orders of their own.
        for name, inner in sorted(value.items()):
            if name in _TARGETS:
                for key in _keys(inner):
                    _check_positive(name, key)
                    yield _TARGETS[name], key
            else:
                yield from _named(inner)


def _keys(value: Any) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, Mapping):
        return list(value[ITEMS])
    return value if isinstance(value, list) else [value]
