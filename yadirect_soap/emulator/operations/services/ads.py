"""Ads: what the API does and asks beyond the generic verbs, and Ads.moderate.

https://yandex.ru/dev/direct/doc/ru/ads/ads
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from ...domain import moderation
from ...domain.status_clarifications import with_clarified_parts
from ...storage.store import Document, Key
from ..call import Call
from ..crud.defaults import filled
from ..crud.item_results import Outcome, Refused, results
from ..crud.references import find
from ..crud.service_rules import Complete, Item, ServiceRules
from ..crud.state_changes import ids, once
from ..rules.ads import check
from ..rules.archived_campaigns import refuse_archived_campaign
from ..rules.clarifications import clarification
from ..rules.feed_status import ad_fed
from . import campaigns

_TARGETINGS = ("keywords", "audiencetargets", "dynamictextadtargets", "dynamicfeedadtargets", "smartadtargets")
"""Services whose objects make a group's ads be shown to somebody."""

_AGE_LABEL = "AgeLabel"
_DESCRIPTION = "ErirAdDescription"
_MODERATED = MappingProxyType(
    {
        "VCardId": "VCardModeration",
        "SitelinkSetId": "SitelinksModeration",
        "AdImageHash": "AdImageModeration",
        "DisplayUrlPath": "DisplayUrlPathModeration",
        "TurboPageId": "TurboPageModeration",
    }
)


def _derive(call: Call, document: Document, item: Item, parent: Document | None) -> Document:
    result = dict(document)
    if parent is not None and "MobileAppAd" in document:
        result[_AGE_LABEL] = "AGE_18"
    for name, inner in document.items():
        if isinstance(inner, Mapping):
            given = item.get(name) or {}
            # The description of a creative is, for get, that of its ad, unless the ad is given one itself.
            of_creative = {key: text for key, text in (given.get("Creative") or {}).items() if key == _DESCRIPTION}
            described = {} if _DESCRIPTION in given else of_creative
            result[name] = _ad_of_kind(call, {**inner, **described})
            label = given.get(_AGE_LABEL)
            # A text ad that has no label gets none: the API says that it ignores the value then.
            if label is not None and (name != "TextAd" or document.get(_AGE_LABEL) is not None):
                result[_AGE_LABEL] = label
    return result


def _ad_of_kind(call: Call, ad: Document) -> Document:
    """The moderation of whatever the ad has, the pictures of its creatives, its domain."""
    for name, judged in _MODERATED.items():
        if ad.get(name) is None:
            ad.pop(judged, None)
        else:
            ad.setdefault(judged, {"Status": "DRAFT", "StatusClarification": ""})
    if "Creative" in ad:
        ad["Creative"] = _with_pictures(call, ad["Creative"])
    if (extension := ad.get("VideoExtension")) is not None:
        named = bool(extension.get("CreativeId"))
        ad["VideoExtension"] = filled(_with_pictures(call, extension), {"Status": "DRAFT"}) if named else None
    if ad.get("Href"):
        ad["DisplayDomain"] = urlsplit(ad["Href"]).hostname
    return ad


def _with_pictures(call: Call, creative: Document) -> Document:
    known = call.store.get("creatives", creative.get("CreativeId", 0), call.account.login) or {}
    return creative | {name: known.get(name, "") for name in ("ThumbnailUrl", "PreviewUrl")}


def _after_update(call: Call, _item: Item, after: Document, before: Document) -> None:
    moderation.send_again(call.store, call.account.login, before, after, at=call.now(), seconds=call.moderation)


def moderate(call: Call) -> dict[str, Any]:
    """Sends drafts to moderation, which gives its verdict later, by the emulator's clock."""
    return results(call, ids(call), once(call, lambda key: _moderate(call, key)), "Id")


def _moderate(call: Call, key: Key) -> Outcome:
    ad = find(call, "ads", key)
    refuse_archived_campaign(call, ad)
    if ad["Status"] != "DRAFT":
        raise Refused(8300, "The ad is not a draft", "Объявление не является черновиком")
    group, login = ad["AdGroupId"], call.account.login
    if not any(call.store.count(service, login, adgroup=group) for service in _TARGETINGS):
        raise Refused(8300, "The group has no targetings", "В группе нет условий показа")
    moderation.send(call.store, login, ad, at=call.now(), seconds=call.moderation)
    return key, []


def _on_read(call: Call) -> Complete:
    """What an ad has is looked into only where more than FieldNames is asked for."""
    in_campaign, clarified, language = _in_its_campaign(call), clarification(call), call.language
    if not any(name.endswith("AdFieldNames") for name in call.params):
        return lambda ad: clarified(in_campaign(ad))
    fed = ad_fed(call)
    return lambda ad: with_clarified_parts(fed(clarified(in_campaign(ad))), language)


def _in_its_campaign(call: Call) -> Complete:
    """An ad in the state that its campaign leaves it: none is on while the campaign is not."""

    @cache
    def state_of(campaign: Key) -> str:
        found = call.store.get("campaigns", campaign, call.account.login) or {}
        return str(campaigns.current_state(call, found).get("State"))

    def complete(ad: Document) -> Document:
        campaign = state_of(ad["CampaignId"])
        if campaign == "ARCHIVED":
            return ad | {"State": "ARCHIVED"}
        return ad | {"State": "OFF"} if ad["State"] == "ON" and campaign != "ON" else ad

    return complete


RULES = ServiceRules(
    check_editable=refuse_archived_campaign,
    derive=_derive,
    validate=check,
    after_update=_after_update,
    on_read=_on_read,
)
