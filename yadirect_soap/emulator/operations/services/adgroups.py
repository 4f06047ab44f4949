"""Ad groups: the rules beyond the generic verbs.

https://yandex.ru/dev/direct/doc/ru/adgroups/adgroups
"""

import re
from collections.abc import Mapping
from typing import Any

from ...domain.ad_texts import ad_texts
from ...domain.dictionaries import lies_within
from ...domain.limits import limit
from ...storage.store import Document
from ..call import OperationCall
from ..crud.defaults import filled
from ..crud.delete import HAS_CHILDREN
from ..crud.item_results import ItemError
from ..crud.service_rules import Complete, Item, ServiceRules
from ..rules import unified_campaigns
from ..rules.archived_campaigns import refuse_archived_campaign
from ..rules.feed_status import complete_group
from ..rules.languages import language, suits
from ..rules.texts import (
    check_count,
    check_distinct,
    check_length,
    check_link,
    check_negative_keywords,
    check_symbols,
    too_long,
)
from . import autotargeting
from .serving_status import asks_about_serving, serving, with_serving

_SERVICE = "adgroups"
_VERSION = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}")
_DOMAIN = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/?")


def _derive(_call: OperationCall, document: Document, _item: Item, parent: Document | None) -> Document:
    """Makes a group without a kind a text group, or a unified group in a unified campaign."""
    if "Subtype" in document:
        return document
    unified = parent is not None and parent.get("Type") == "UNIFIED_CAMPAIGN"
    if unified:
        document = filled(document, {"UnifiedAdGroup": {"OfferRetargeting": "NO"}})
    return document | {"Type": "UNIFIED_AD_GROUP" if unified else "TEXT_AD_GROUP", "Subtype": "NONE"}


def _to_store(call: OperationCall, _item: Item, after: Document, stored: Document) -> Document:
    return unified_campaigns.changed(call, stored, after)


def _after_add(call: OperationCall, _item: Item, group: Document) -> None:
    autotargeting.create(call, group["Id"], group)


def _before_delete(call: OperationCall, group: Document) -> None:
    """Refuses a group with keywords; its autotargeting does not count."""
    own = int(autotargeting.find(call, group["Id"]) is not None)
    if call.store.count("keywords", call.account.login, adgroup=group["Id"]) > own:
        raise ItemError(8301, *HAS_CHILDREN)


def _on_read(call: OperationCall) -> Complete:
    with_feed_status = complete_group(call)
    if not asks_about_serving(call):
        return lambda group: unified_campaigns.read(call, with_feed_status(group))
    status = serving(call)
    return lambda group: unified_campaigns.read(call, with_serving(with_feed_status(group), status(group["Id"])))


def _validate(call: OperationCall, item: Mapping[str, Any], after: Document, before: Document) -> None:
    """Raises ItemError for a group that the API refuses."""
    if not after["Name"].strip():
        raise ItemError(5004, "Name is empty", "Название группы пустое")
    length = limit(_SERVICE, "Name", "characters")
    if not length.allows(len(after["Name"])):
        raise too_long(length)
    check_symbols("Name", after["Name"])
    if "RegionIds" in item:
        _check_regions(item["RegionIds"])
        _check_texts(call, item["RegionIds"], before)
    check_negative_keywords(_SERVICE, (item.get("NegativeKeywords") or {}).get("Items", []))
    sets = (item.get("NegativeKeywordSharedSetIds") or {}).get("Items", [])
    check_count(_SERVICE, "NegativeKeywordSharedSetIds", sets)
    if item.get("TrackingParams"):
        check_length(_SERVICE, "TrackingParams", item["TrackingParams"])
    _check_kind(item, after)


def _check_kind(item: Mapping[str, Any], after: Document) -> None:
    """Checks the members of one type of groups."""
    mobile = item.get("MobileAppAdGroup") or {}
    check_distinct("TargetDeviceType", mobile.get("TargetDeviceType", ()))
    if "StoreUrl" in mobile:
        check_link(_SERVICE, "MobileAppAdGroup.StoreUrl", mobile["StoreUrl"])
    version = mobile.get("TargetOperatingSystemVersion")
    if version is not None and not _VERSION.fullmatch(version):
        raise ItemError(5004, "TargetOperatingSystemVersion must be like 8.0", "TargetOperatingSystemVersion: вида 8.0")
    domain = (item.get("DynamicTextAdGroup") or {}).get("DomainUrl")
    if domain is not None:
        check_length(_SERVICE, "DynamicTextAdGroup.DomainUrl", domain)
        if not _DOMAIN.fullmatch(domain):
            raise ItemError(5006, "DomainUrl is no domain", "Неверный домен в DomainUrl")
    if "CpmBannerUserProfileAdGroup" in after and after.get("NegativeKeywords"):
        raise ItemError(
            6000, "A group by user profile has no negative keywords", "В группе по профилю минус-фразы недопустимы"
        )


def _check_regions(regions: list[int]) -> None:
    """Checks the regions, and that the excluded ones lie in the others.

    Unknown regions are accepted: the emulator's dictionary has only some of them.
    """
    if not regions:
        raise ItemError(5005, "RegionIds is empty", "Массив RegionIds пуст")
    shown = {region for region in regions if region >= 0}
    hidden = {-region for region in regions if region < 0}
    if len(shown) + len(hidden) < len(regions):
        raise ItemError(5120, "RegionIds has repeated regions", "В RegionIds есть повторяющиеся регионы")
    if not shown:
        raise ItemError(5120, "RegionIds has only minus-regions", "В RegionIds только минус-регионы")
    if shown & hidden:
        raise ItemError(5120, "A region is both included and excluded", "Регион и включен, и исключен")
    for region in sorted(hidden):
        if all(lies_within(region, outer) is False for outer in shown):
            raise ItemError(5120, f"Region {region} is outside of all others", f"Регион {region} вне остальных")


def _check_texts(call: OperationCall, regions: list[int], before: Document) -> None:
    """Raises 6100 if the language of an ad of the group does not suit the new regions."""
    rows = call.store.rows("ads", call.account.login, adgroups=[before["Id"]]) if before else ()
    for row in rows:
        if not suits(language(ad_texts(row.document)), regions):
            raise ItemError(6100, f"Ad {row.id} cannot be shown there", f"Объявление {row.id} нельзя показывать там")


RULES = ServiceRules(
    check_editable=refuse_archived_campaign,
    view=unified_campaigns.shown,
    derive=_derive,
    validate=_validate,
    to_store=_to_store,
    after_add=_after_add,
    before_delete=_before_delete,
    on_read=_on_read,
)
