"""Text ads of unified campaigns are responsive ads; the store has them as they were added, with TextAd.

A get shows such an ad as a text ad only if it requests TextAdFieldNames and no ResponsiveAdFieldNames.

https://yandex.ru/dev/direct/doc/ru/update-tga
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from ...storage.store import Document, Key
from ..call import OperationCall
from ..crud.item_results import ItemError
from ..crud.service_rules import Complete, Item
from ..crud.shapes import ITEMS, document_shape

TEXT, RESPONSIVE = "TextAd", "ResponsiveAd"
_RULE = "responsive text ads"
_MOBILE_RULE = "mobile is not applied"
_MAX_JOINED_TITLE = 55
"""The most characters of a first and a second title that become one."""


def converted(call: OperationCall, ad: Document) -> Document:
    """Returns the ad that an update changes: a text ad with members of ResponsiveAd becomes a responsive ad."""
    if call.operation.name != "update" or TEXT not in ad or not _is_responsive(call)(ad):
        return ad
    requested: Item = next((item for item in call.params.get("Ads", ()) if item["Id"] == ad["Id"]), {})
    if requested.get(RESPONSIVE) is None:
        return ad | {TEXT: _with_joined_title(ad[TEXT])}
    return _without_text(ad) | {RESPONSIVE: _responsive(call, ad[TEXT])}


def to_store(call: OperationCall, _item: Item, after: Document, stored: Document) -> Document:
    """Returns the ad to store: an update of a text ad that is responsive loses Title2 silently."""
    if stored and TEXT in after and _is_responsive(call)(after):
        return after | {TEXT: after[TEXT] | {"Title2": None}}
    return after


def refuse_in_v5(call: OperationCall, item: Item) -> None:
    """Raises 3500 for an update with ResponsiveAd in v5."""
    is_update = call.operation.name == "update"
    if is_update and item.get(RESPONSIVE) is not None and call.version == "v5" and call.has_rule(_RULE):
        raise ItemError(
            3500,
            "Ads of this type are not supported in v5, use v501",
            "Объявление данного типа не поддерживается в v5, используйте v501",
        )


def warnings(call: OperationCall, item: Item, after: Document) -> list[dict[str, Any]]:
    """Returns warnings about an add with Mobile, which is not applied, and about an update of a responsive ad."""
    text = item.get(TEXT)
    if text is None:
        return []
    if call.operation.name == "add":
        is_ignored = "Mobile" in text and call.has_rule(_MOBILE_RULE)
        return [call.notification(10165)] if is_ignored else []
    return [call.notification(10252)] if _is_responsive(call)(after) else []


def shown(call: OperationCall) -> Complete:
    """Returns a function that sets Type and members of a get for responsive ads and text ads of unified campaigns."""
    if not call.has_rule(_RULE):
        return lambda ad: ad
    is_responsive = _is_responsive(call)
    as_responsive = bool(call.params.get("ResponsiveAdFieldNames"))
    as_text = bool(call.params.get("TextAdFieldNames")) and not as_responsive

    def complete(ad: Document) -> Document:
        if RESPONSIVE in ad:
            return {TEXT: _text(ad[RESPONSIVE])} | ad if as_text else ad | {"Type": "RESPONSIVE_AD"}
        if TEXT not in ad or not is_responsive(ad):
            return ad
        if as_text:
            return ad | {TEXT: _with_joined_title(ad[TEXT])}
        # The criteria of a get still read TextAd, such as Mobile; it is shown only if it is requested.
        rest = _without_text(ad) if as_responsive else ad
        return rest | {RESPONSIVE: _responsive(call, ad[TEXT]), "Type": "RESPONSIVE_AD"}

    return complete


def _without_text(ad: Document) -> Document:
    return {name: value for name, value in ad.items() if name != TEXT}


def _is_responsive(call: OperationCall) -> Callable[[Document], bool]:
    """Returns a test whether a text ad is responsive: it is in a unified campaign, and the rule applies."""
    has_rule = call.has_rule(_RULE)

    @cache
    def is_unified(campaign: Key) -> bool:
        document = call.store.get("campaigns", campaign, call.account.login) or {}
        return document.get("Type") == "UNIFIED_CAMPAIGN"

    return lambda ad: has_rule and is_unified(ad["CampaignId"])


def _with_joined_title(text: Document) -> Document:
    """Returns a text ad whose second title has joined the first, or is dropped if both are too long together."""
    if text.get("Title2") is None:
        return text
    joined = f"{text['Title']}. {text['Title2']}"
    return text | {"Title": joined if len(joined) <= _MAX_JOINED_TITLE else text["Title"], "Title2": None}


def _responsive(call: OperationCall, text: Document) -> Document:
    """Returns the ResponsiveAd of a text ad."""
    shape = document_shape(call).by_name[RESPONSIVE].shape
    text = _with_joined_title(text)
    same = {name: value for name, value in text.items() if name in shape.by_name}
    image, video = text.get("AdImageHash"), text.get("VideoExtension")
    status = {"Status": "DRAFT", "StatusClarification": ""}
    moderated = text.get("AdImageModeration") or status
    return same | {
        "Titles": [{"Title": text["Title"], **status}],
        "Texts": [{"Text": text["Text"], **status}],
        "AdImages": {ITEMS: [{"ImageHash": image, **moderated}]} if image else None,
        "VideoExtensions": {ITEMS: [status | video]} if video else None,
    }


def _text(responsive: Document) -> Document:
    """Returns the TextAd of a responsive ad: its first title, text and image."""
    images = (responsive.get("AdImages") or {}).get(ITEMS) or [{}]
    return responsive | {
        "Title": responsive["Titles"][0]["Title"],
        "Title2": None,
        "Text": responsive["Texts"][0]["Text"],
        "Mobile": "NO",
        "AdImageHash": images[0].get("ImageHash"),
    }
