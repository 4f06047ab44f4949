"""Ads: the rules beyond the generic verbs, and Ads.moderate.

https://yandex.ru/dev/direct/doc/ru/ads/ads
"""

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from ...domain import moderation
from ...domain.ad_texts import ad_texts
from ...domain.limits import limit
from ...domain.status_clarifications import with_clarified_parts
from ...storage.store import Document, Key
from ..call import OperationCall
from ..crud.defaults import filled
from ..crud.item_results import ItemError, Outcome, results
from ..crud.references import find
from ..crud.service_rules import Complete, Item, ServiceRules
from ..crud.state_changes import ids, once
from ..rules.archived_campaigns import refuse_archived_campaign
from ..rules.clarifications import clarification
from ..rules.feed_status import complete_ad
from ..rules.languages import language, suits
from ..rules.texts import check_count, check_distinct, check_length, check_link
from ..rules.unified_campaigns import shown
from . import campaigns, responsive_ads

_DISPLAY_PATH = re.compile(r"[\w№/%#-]*")
_SERVICE = "ads"
_TRACKERS = (
    "adj.st",
    "adjust.com",
    "adjust.io",
    "adjust.world",
    "app.link",
    "appmetrica.yandex.com",
    "appmetrica.yandex.ru",
    "appsflyer.com",
    "appsflyersdk.com",
    "branch.io",
    "go.link",
    "kochava.com",
    "mail.ru",
    "measurementapi.com",
    "onelink.me",
    "singular.net",
    "sng.link",
    "tlnk.io",
    "tracker.example",
    "trackingio.com",
)
"""Domains of tracking systems; the demo accounts use tracker.example."""
_IMAGES = MappingProxyType(
    {
        "TextAd": frozenset({"REGULAR", "WIDE"}),
        "DynamicTextAd": frozenset({"REGULAR", "WIDE"}),
        "MobileAppAd": frozenset({"WIDE"}),
        "TextImageAd": frozenset({"FIXED_IMAGE"}),
        "MobileAppImageAd": frozenset({"FIXED_IMAGE"}),
    }
)
"""Types of images by the kind of an ad."""
_AUDIENCE = "mc.yandex.ru"
"""The host of the pixels of Yandex Audience."""
_PIXEL_MACROS = ("%random%", "%aw_random%")
"""An impression tag must have one of them.  https://yandex.ru/dev/direct/doc/ru/ads/add"""
_TARGETINGS = ("keywords", "audiencetargets", "dynamictextadtargets", "dynamicfeedadtargets", "smartadtargets")
"""Services of the objects that show a group's ads."""
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


def _derive(call: OperationCall, document: Document, item: Item, parent: Document | None) -> Document:
    responsive_ads.refuse_in_v5(call, item)
    result = dict(document)
    if parent is not None and "MobileAppAd" in document:
        result[_AGE_LABEL] = "AGE_18"
    for name, inner in document.items():
        if isinstance(inner, Mapping):
            requested = item.get(name) or {}
            # get has the description of the creative at the ad, unless the ad has its own.
            of_creative = {key: text for key, text in (requested.get("Creative") or {}).items() if key == _DESCRIPTION}
            described = {} if _DESCRIPTION in requested else of_creative
            result[name] = _ad_of_kind(call, {**inner, **described})
            label = requested.get(_AGE_LABEL)
            # The API ignores the label of a text ad that has none.
            if label is not None and (name != "TextAd" or document.get(_AGE_LABEL) is not None):
                result[_AGE_LABEL] = label
    return result


def _ad_of_kind(call: OperationCall, ad: Document) -> Document:
    """Returns an ad with the moderation of its parts, the pictures of its creatives, its domain."""
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


def _with_pictures(call: OperationCall, creative: Document) -> Document:
    known = call.store.get("creatives", creative.get("CreativeId", 0), call.account.login) or {}
    return creative | {name: known.get(name, "") for name in ("ThumbnailUrl", "PreviewUrl")}


def _after_update(call: OperationCall, _item: Item, after: Document, before: Document) -> None:
    moderation.send_again(call.store, call.account.login, before, after, at=call.now(), seconds=call.moderation)


def moderate(call: OperationCall) -> dict[str, Any]:
    """Ads.moderate: sends drafts to moderation; the verdict comes later by the emulator's clock."""
    return results(call, ids(call), once(call, lambda key: _moderate(call, key)), "Id")


def _moderate(call: OperationCall, key: Key) -> Outcome:
    ad = find(call, "ads", key)
    refuse_archived_campaign(call, ad)
    if ad["Status"] != "DRAFT":
        raise ItemError(8300, "The ad is not a draft", "Объявление не является черновиком")
    group, login = ad["AdGroupId"], call.account.login
    if not any(call.store.count(service, login, adgroup=group) for service in _TARGETINGS):
        raise ItemError(8300, "The group has no targetings", "В группе нет условий показа")
    moderation.send(call.store, login, ad, at=call.now(), seconds=call.moderation)
    return key, []


def _on_read(call: OperationCall) -> Complete:
    """Completes ads; their parts only if the get requests more than FieldNames."""
    in_campaign, clarified, language = _in_its_campaign(call), clarification(call), call.language
    shown_kind = responsive_ads.shown(call)
    if not any(name.endswith("AdFieldNames") for name in call.params):
        return lambda ad: shown_kind(clarified(in_campaign(ad)))
    with_feed_status = complete_ad(call)
    return lambda ad: with_clarified_parts(with_feed_status(shown_kind(clarified(in_campaign(ad)))), language)


def _in_its_campaign(call: OperationCall) -> Complete:
    """Returns a function that sets the State of an ad; no ad is on while its campaign is off."""

    @cache
    def state_of(campaign: Key) -> str:
        document = call.store.get("campaigns", campaign, call.account.login) or {}
        return str(campaigns.current_state(call, document).get("State"))

    def complete(ad: Document) -> Document:
        campaign = state_of(ad["CampaignId"])
        if campaign == "ARCHIVED":
            return ad | {"State": "ARCHIVED"}
        return ad | {"State": "OFF"} if ad["State"] == "ON" and campaign != "ON" else ad

    return complete


def _validate(call: OperationCall, item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises ItemError for an ad that the API refuses."""
    group = shown(call, call.store.get("adgroups", after["AdGroupId"], call.account.login) or {})
    _check_language(after, group)
    _check_unified(item, group)
    for kind, ad in after.items():
        if isinstance(ad, Mapping):
            for rule in (_check_links, _check_extensions, _check_price):
                rule(ad)
            _check_tracking(ad.get("TrackingUrl"))
            _check_feed_ad(ad)
            _check_belongings(call, kind, ad, after["CampaignId"])
            if (texts := _TEXTS.get(kind)) is not None:
                texts(ad)


def _check_unified(item: Mapping[str, Any], group: Mapping[str, Any]) -> None:
    """Raises 5006 for members that text ads in unified groups cannot have."""
    requested = item.get("TextAd") or {}
    wrong = [name for name in ("VCardId", "TurboPageId") if requested.get(name) is not None]
    wrong += [name for name in ("Mobile", "PreferVCardOverBusiness") if requested.get(name) == "YES"]
    if wrong and group.get("Type") == "UNIFIED_AD_GROUP":
        raise ItemError(5006, f"{wrong[0]} is not for unified groups", f"{wrong[0]} недопустимо в единой группе")


def _check_language(ad: Mapping[str, Any], group: Mapping[str, Any]) -> None:
    """Raises 6101 if the language of an ad may not be shown in the group's regions."""
    if not suits(language(ad_texts(ad)), group.get("RegionIds", ())):
        raise ItemError(6101, "The text does not suit the group's regions", "Язык текста не подходит к регионам группы")


def _check_links(ad: Mapping[str, Any]) -> None:
    for name in ("Href", "TrackingUrl", "FinalUrl"):
        check_link(_SERVICE, name, ad.get(name))
    path = ad.get("DisplayUrlPath")
    if path is not None:
        _check_display_path(path, ad)


def _check_display_path(path: str, ad: Mapping[str, Any]) -> None:
    if not ad.get("Href"):
        raise ItemError(6000, "DisplayUrlPath requires Href", "DisplayUrlPath допустим только вместе с Href")
    check_length(_SERVICE, "DisplayUrlPath", path)
    if not _DISPLAY_PATH.fullmatch(path) or "_" in path or "--" in path or "//" in path:
        raise ItemError(5002, "DisplayUrlPath has forbidden characters", "Недопустимые символы в DisplayUrlPath")


def _check_extensions(ad: Mapping[str, Any]) -> None:
    if ad.get("AdExtensions"):
        check_count(_SERVICE, "AdExtensions", ad["AdExtensions"])
    pixels = (ad.get("TrackingPixels") or {}).get("Items") or ()
    check_count(_SERVICE, "TrackingPixels", pixels)
    for pixel in pixels:
        check_length(_SERVICE, "TrackingPixels", pixel["TrackingPixel"])
        _check_pixel(pixel["TrackingPixel"])


def _check_pixel(pixel: str) -> None:
    """Raises 5005 for an impression tag without a macro; a pixel of Yandex Audience needs none."""
    address = urlsplit(pixel)
    audience = address.hostname == _AUDIENCE and address.path.startswith("/pixel/")
    if not audience and not any(macro in pixel for macro in _PIXEL_MACROS):
        macros = " or ".join(_PIXEL_MACROS), " или ".join(_PIXEL_MACROS)
        raise ItemError(5005, f"TrackingPixels: {macros[0]} is required", f"TrackingPixels: требуется {macros[1]}")


def _check_price(ad: Mapping[str, Any]) -> None:
    price, allowed = ad.get("PriceExtension") or {}, limit(_SERVICE, "PriceExtension", "value")
    for name in ("Price", "OldPrice"):
        amount = price.get(name)
        if amount is not None and not allowed.allows(amount):
            english, russian = "must be a positive multiple of", "должно быть положительным и кратным"
            raise ItemError(allowed.code, f"{name} {english} {allowed.step}", f"{name} {russian} {allowed.step}")
    if price.get("OldPrice") is not None and price.get("Price") is None:
        raise ItemError(5008, "Price is required", "Требуется Price")
    if price.get("OldPrice") is not None and price["OldPrice"] <= price["Price"]:
        raise ItemError(5005, "OldPrice must be greater than Price", "OldPrice должна быть больше Price")


def _check_tracking(link: str | None) -> None:
    """Raises 7002 for a tracking system that the API does not know."""
    host = urlsplit(link).hostname or "" if link else ""
    if link and not any(host == known or host.endswith(f".{known}") for known in _TRACKERS):
        raise ItemError(7002, f"{host} is no known tracking system", f"Неизвестная система отслеживания: {host}")


def _check_feed_ad(ad: Mapping[str, Any]) -> None:
    """Checks shopping and listing ads: the filters of the feed and the default texts."""
    if "FeedId" not in ad:
        return
    conditions = ad.get("FeedFilterConditions") or ()
    check_count(_SERVICE, "FeedFilterConditions", _items(conditions))
    texts = ad.get("DefaultTexts") or ()
    check_count(_SERVICE, "DefaultTexts", _items(texts))


def _items(value: Mapping[str, Any] | Collection[Any]) -> Collection[Any]:
    """Returns the items of a list, which an add has without Items."""
    return value.get("Items", ()) if isinstance(value, Mapping) else value


def _check_belongings(call: OperationCall, kind: str, ad: Mapping[str, Any], campaign: int) -> None:
    """Checks the ad's vCard, business, image and sitelinks."""
    login = call.account.login
    business = call.store.get("businesses", ad.get("BusinessId") or 0, login)
    if business is not None and business.get("IsPublished") == "NO":
        raise ItemError(6000, "The business is not published", "Профиль организации не опубликован")
    if (key := ad.get("VCardId")) is not None:
        vcard = call.store.get("vcards", key, login) or {}
        if vcard.get("CampaignId") != campaign:
            raise ItemError(6000, "The vCard belongs to another campaign", "Визитка принадлежит другой кампании")
    _check_sitelinks(call, ad)
    image = call.store.get("adimages", ad["AdImageHash"], login) if ad.get("AdImageHash") else None
    if image is not None and kind in _IMAGES and image.get("Type", "REGULAR") not in _IMAGES[kind]:
        raise ItemError(6001, f"The image is {image['Type']}", f"Неподходящий тип изображения: {image['Type']}")


def _check_sitelinks(call: OperationCall, ad: Mapping[str, Any]) -> None:
    """Raises 5006 if the ad's link is one of its sitelinks."""
    links = call.store.get("sitelinks", ad.get("SitelinkSetId") or 0, call.account.login) or {}
    if ad.get("Href") and ad["Href"] in [link.get("Href") for link in links.get("Sitelinks", ())]:
        raise ItemError(5006, "Href is a sitelink, too", "Ссылка объявления совпадает с быстрой ссылкой")


def _text_ad(ad: Mapping[str, Any]) -> None:
    check_length(_SERVICE, "TextAd.Title", ad["Title"])
    if ad.get("Title2") is not None:
        check_length(_SERVICE, "TextAd.Title2", ad["Title2"])
    check_length(_SERVICE, "TextAd.Text", ad["Text"])
    if ad.get("SitelinkSetId") is not None and not ad.get("Href") and ad.get("TurboPageId") is None:
        raise ItemError(
            6000, "SitelinkSetId requires Href or TurboPageId", "SitelinkSetId требует Href или TurboPageId"
        )
    if ad.get("PreferVCardOverBusiness") == "YES" and not (ad.get("VCardId") and ad.get("BusinessId")):
        english, russian = "requires VCardId and BusinessId", "требует VCardId и BusinessId"
        raise ItemError(6000, f"PreferVCardOverBusiness {english}", f"PreferVCardOverBusiness {russian}")
    if not any(ad.get(name) for name in ("Href", "VCardId", "TurboPageId", "BusinessId")):
        raise ItemError(6000, "Neither a link nor a vCard is given", "Не задана ни ссылка, ни визитка")


def _dynamic_text_ad(ad: Mapping[str, Any]) -> None:
    check_length(_SERVICE, "DynamicTextAd.Text", ad["Text"])


def _mobile_app_ad(ad: Mapping[str, Any]) -> None:
    check_length(_SERVICE, "MobileAppAd.Title", ad["Title"])
    check_length(_SERVICE, "MobileAppAd.Text", ad["Text"])


def _responsive_ad(ad: Mapping[str, Any]) -> None:
    check_count(_SERVICE, "ResponsiveAd.Titles", ad["Titles"])
    check_count(_SERVICE, "ResponsiveAd.Texts", ad["Texts"])
    check_count(_SERVICE, "ResponsiveAd.AdImageHashes", (ad.get("AdImages") or {}).get("Items", ()))
    check_count(_SERVICE, "ResponsiveAd.VideoExtensionIds", (ad.get("VideoExtensions") or {}).get("Items", ()))
    if not ad.get("Href") and ad.get("BusinessId") is None:
        raise ItemError(6000, "Neither a link nor a business is given", "Не указана ни ссылка, ни организация")
    if ad.get("SitelinkSetId") is not None and not ad.get("Href"):
        raise ItemError(6000, "SitelinkSetId requires Href", "SitelinkSetId допустим только вместе с Href")
    check_distinct("Titles", [title["Title"] for title in ad["Titles"]])
    check_distinct("Texts", [text["Text"] for text in ad["Texts"]])
    for title in ad["Titles"]:
        check_length(_SERVICE, "ResponsiveAd.Titles", title["Title"])
    for text in ad["Texts"]:
        check_length(_SERVICE, "ResponsiveAd.Texts", text["Text"])


def _with_a_page(ad: Mapping[str, Any]) -> None:
    if not ad.get("Href") and ad.get("TurboPageId") is None:
        raise ItemError(5008, "Href or TurboPageId is required", "Требуется Href или TurboPageId")


_TEXTS: Mapping[str, Callable[[Mapping[str, Any]], None]] = MappingProxyType(
    {
        "TextAd": _text_ad,
        "DynamicTextAd": _dynamic_text_ad,
        "MobileAppAd": _mobile_app_ad,
        "ResponsiveAd": _responsive_ad,
        "TextImageAd": _with_a_page,
        "TextAdBuilderAd": _with_a_page,
        "CpcVideoAdBuilderAd": _with_a_page,
        "CpmBannerAdBuilderAd": _with_a_page,
        "CpmVideoAdBuilderAd": _with_a_page,
    }
)


RULES = ServiceRules(
    check_editable=refuse_archived_campaign,
    view=responsive_ads.converted,
    derive=_derive,
    validate=_validate,
    to_store=responsive_ads.to_store,
    after_update=_after_update,
    warn=responsive_ads.warnings,
    on_read=_on_read,
)
