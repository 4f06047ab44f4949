"""What the API itself puts into an object that is added or changed, out of the account, the parents and the rest."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from ...domain.currencies import prices
from ...storage.store import Document
from ..call import Call
from ..rules import autotargeting
from ..rules.warnings import OBSOLETE_OPTIONS
from .defaults import filled
from .shapes import document_shape

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


def completed(call: Call, document: Document, item: Mapping[str, Any], parent: Document | None) -> Document:
    """A document with what follows from the rest of it; for new objects and changed ones alike."""
    if parent is not None and "AdGroupId" in document:
        document = document | {"CampaignId": parent["CampaignId"]}
    derive = _DERIVATIONS.get(call.operation.service)
    return derive(call, document, item, parent) if derive else document


def _campaign(call: Call, document: Document, _item: Mapping[str, Any], _parent: Document | None) -> Document:
    """Unified campaigns have ClientInfo and Notification for v5, which shows them."""
    account = call.account
    agency = call.accounts.by_login(account.agency) if account.agency else None
    name = " ".join(filter(None, (account.first_name, account.last_name))) or account.login
    own = {
        "Currency": account.currency,
        "RepresentedBy": {"Manager": None, "Agency": agency.login if agency else None},
    }
    document = _without_obsolete(document)
    notification = {
        "SmsSettings": {"TimeFrom": "09:00", "TimeTo": "21:00"},
        "EmailSettings": {
            "Email": (account.details.get("Notification") or {}).get("Email") or f"{account.login}@yandex.ru",
            "CheckPositionInterval": 60,
            "WarningBalance": 20,
            "SendAccountNews": "NO",
            "SendWarnings": "NO",
        },
    }
    return filled(document, own | {"ClientInfo": name, "Notification": notification})


def _without_obsolete(document: Document) -> Document:
    """A campaign without the settings that the API takes and does not keep."""
    kept = dict(document)
    for kind, inner in document.items():
        if isinstance(inner, Mapping) and inner.get("Settings"):
            settings = [each for each in inner["Settings"] if each["Option"] not in OBSOLETE_OPTIONS]
            kept[kind] = {**inner, "Settings": settings}
    return kept


def _adgroup(_call: Call, document: Document, _item: Mapping[str, Any], parent: Document | None) -> Document:
    """A group that names no kind is a text group, or a unified one in a unified campaign."""
    if "Subtype" in document:
        return document
    unified = parent is not None and parent.get("Type") == "UNIFIED_CAMPAIGN"
    if unified:
        document = filled(document, {"UnifiedAdGroup": {"OfferRetargeting": "NO"}})
    return document | {"Type": "UNIFIED_AD_GROUP" if unified else "TEXT_AD_GROUP", "Subtype": "NONE"}


def _ad(call: Call, document: Document, item: Mapping[str, Any], parent: Document | None) -> Document:
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
    for name, moderation in _MODERATED.items():
        if ad.get(name) is None:
            ad.pop(moderation, None)
        else:
            ad.setdefault(moderation, {"Status": "DRAFT", "StatusClarification": ""})
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


def _keyword(call: Call, document: Document, item: Mapping[str, Any], _parent: Document | None) -> Document:
    document = autotargeting.in_step(document, item)
    return _with_bids(call, document) | {"Keyword": " ".join(document["Keyword"].split())}


def _with_bids(call: Call, document: Document) -> Document:
    """Bids on the step of the currency; the least where none is given."""
    money = prices(call.account.currency)
    return document | {name: money.on_step(document.get(name, money.bid.least)) for name in ("Bid", "ContextBid")}


def _condition(call: Call, document: Document, _item: Mapping[str, Any], _parent: Document | None) -> Document:
    """Without conditions a target is about everything."""
    if call.operation.service != "smartadtargets":
        document = _with_bids(call, document)
    every, subset = document_shape(call).by_name["ConditionType"].shape.values[:2]
    return document | {"ConditionType": subset if document.get("Conditions") else every}


def _audience_target(call: Call, document: Document, _item: Mapping[str, Any], _parent: Document | None) -> Document:
    bid = document.get("ContextBid")
    return document if bid is None else document | {"ContextBid": prices(call.account.currency).on_step(bid)}


def _retargeting_list(_call: Call, document: Document, _item: Mapping[str, Any], _parent: Document | None) -> Document:
    """A list that only excludes is for adjustments of bids, not for targets."""
    excludes = all(rule["Operator"] == "NONE" for rule in document["Rules"])
    return document | {"Scope": "FOR_ADJUSTMENTS_ONLY" if excludes else "FOR_TARGETS_AND_ADJUSTMENTS"}


_Derive = Callable[[Call, Document, Mapping[str, Any], Document | None], Document]
_DERIVATIONS: Mapping[str, _Derive] = MappingProxyType(
    {
        "adgroups": _adgroup,
        "ads": _ad,
        "audiencetargets": _audience_target,
        "campaigns": _campaign,
        "dynamicfeedadtargets": _condition,
        "dynamictextadtargets": _condition,
        "keywords": _keyword,
        "retargetinglists": _retargeting_list,
        "smartadtargets": _condition,
    }
)
