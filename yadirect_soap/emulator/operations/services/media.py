"""AdImages.add, AdVideos.add and Creatives.add: what is uploaded is looked at and named, never kept.

https://yandex.ru/dev/direct/doc/en/objects/adimage and https://yandex.ru/dev/direct/doc/en/advideos/add
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from ...domain.limits import limit
from ..call import Call
from ..crud.item_results import Outcome, Refused, results
from ..rules.texts import too_long
from ..rules.uploads import content
from .media_headers import Size, seconds, size

_HOST = "https://images.example"
_IMAGES = "adimages"
FIRST_CREATIVE = 1_500_000_001
_LENGTHS = "video lengths"
_SUBTYPE = re.compile(r"IMG_(\d+)_(\d+)")


def add_images(call: Call) -> dict[str, Any]:
    """AdImages.add: the hash of an image follows from its bytes, so that the same image is the same object."""
    return results(call, call.params["AdImages"], lambda item: _add_image(call, item), "AdImageHash")


def add_videos(call: Call) -> dict[str, Any]:
    """AdVideos.add: an uploaded file is READY at once; one at an address is never fetched and stays NEW."""
    return results(call, call.params["AdVideos"], lambda item: _add_video(call, item), "Id")


def add_creatives(call: Call) -> dict[str, Any]:
    """Creatives.add: a video extension made of an uploaded video."""
    return results(call, call.params["Creatives"], lambda item: _add_creative(call, item), "Id")


def _add_image(call: Call, item: Mapping[str, Any]) -> Outcome:
    data = content(item["ImageData"])
    _check_name(item["Name"])
    pixels = size(data)
    if pixels is None:
        raise Refused(5004, "Only PNG, JPEG and GIF images", "Допустимы только изображения PNG, JPEG и GIF")
    kind, subtype = _kind(call, pixels, item.get("Type", "AUTO"))
    largest = limit(_IMAGES, "ImageData", "bytes of a fixed image" if kind == "FIXED_IMAGE" else "bytes")
    if not largest.allows(len(data)):
        raise Refused(largest.code, "The file is too large", "Слишком большой файл")
    key = _hash(call, data)
    old = call.store.get("adimages", key, call.account.login)
    if old is None:
        _check_quantity(call)
    address = f"{_HOST}/{key}"
    document = {
        "AdImageHash": key,
        "Name": item["Name"],
        "Type": kind,
        "Subtype": subtype,
        "OriginalUrl": f"{address}/orig",
        "PreviewUrl": f"{address}/preview",
    }
    call.store.put("adimages", key, call.account.login, document, changed=call.now())
    return key, []


def _kind(call: Call, pixels: Size, wished: str) -> tuple[str, str]:
    """Type and Subtype of an image by its size in pixels; a size that does not fit the wished type is refused.

    AUTO makes a banner only of what is no image of text ads.
    """
    fixed = f"IMG_{pixels.width}_{pixels.height}"
    possible = {
        "WIDE": _is_wide(pixels),
        "REGULAR": _is_regular(pixels),
        "FIXED_IMAGE": fixed in _subtypes(call),
    }
    found = next((kind for kind, fits in possible.items() if fits and wished in {"AUTO", kind}), None)
    if found is None:
        shown = f"{pixels.width} × {pixels.height}"
        code = limit(_IMAGES, "ImageData", "pixels of a regular image").code
        raise Refused(code, f"An image of {shown} does not fit {wished}", f"Размер {shown} не подходит для {wished}")
    return found, fixed if found == "FIXED_IMAGE" else "NONE"


def _subtypes(call: Call) -> frozenset[str]:
    images = call.contract["adimages"].operations["get"].response.by_name["AdImages"].shape
    return frozenset(value for value in images.by_name["Subtype"].shape.values if _SUBTYPE.fullmatch(value))


def _is_regular(pixels: Size) -> bool:
    shorter, longer = sorted((pixels.width, pixels.height))
    sides = limit(_IMAGES, "ImageData", "pixels of a regular image")
    return sides.allows(shorter) and sides.allows(longer) and 3 * longer <= 4 * shorter


def _is_wide(pixels: Size) -> bool:
    """16:9, to a pixel or so: 1080 × 607 is the least."""
    widths = limit(_IMAGES, "ImageData", "pixels of a wide image")
    return widths.allows(pixels.width) and abs(pixels.width * 9 - pixels.height * 16) <= 16


def _check_quantity(call: Call) -> None:
    """An account may have so many images, and more for each ad."""
    login = call.account.login
    always, for_an_ad = (limit(_IMAGES, "", kind) for kind in ("objects", "objects for each ad"))
    if call.store.count("adimages", login) >= (always.max or 0) + (for_an_ad.max or 0) * call.store.count("ads", login):
        raise Refused(always.code, "Too many images", "Слишком много изображений")


def _add_video(call: Call, item: Mapping[str, Any]) -> Outcome:
    given = {"Url", "VideoData"} & item.keys()
    if not given:
        raise Refused(5008, "Url or VideoData is required", "Требуется Url или VideoData")
    if len(given) > 1:
        raise Refused(5009, "Only one of Url and VideoData", "Допустимо только одно: Url или VideoData")
    if "Url" in item:
        _check_address(item["Url"])
        return _keep_video(call, item["Url"].encode(), "NEW"), []
    data = content(item["VideoData"])
    length = seconds(data)
    if length is None:
        raise Refused(
            3500,
            "The emulator reads only MP4 and MOV videos, and finds none here",
            "Эмулятор читает только видео MP4 и MOV; здесь такого нет",
        )
    key = _keep_video(call, data, "READY")
    call.store.set_note(_LENGTHS, {**(call.store.note(_LENGTHS) or {}), key: length})
    return key, []


def _keep_video(call: Call, data: bytes, status: str) -> str:
    key = _hash(call, data)
    call.store.put("advideos", key, call.account.login, {"Id": key, "Status": status}, changed=call.now())
    return key


def _add_creative(call: Call, item: Mapping[str, Any]) -> Outcome:
    video_id = item["VideoExtensionCreative"]["VideoId"]
    video = call.store.get("advideos", video_id, call.account.login)
    if video is None:
        raise Refused(8800, "Video not found", "Видео не найдено")
    length = (call.store.note(_LENGTHS) or {}).get(video_id)
    if video["Status"] != "READY" or length is None:
        raise Refused(8300, "The video is not ready", "Видео не готово")
    key = call.store.next_id("creatives", FIRST_CREATIVE)
    document = {
        "Id": key,
        "Type": "VIDEO_EXTENSION_CREATIVE",
        "Name": f"Creative {key}",
        "PreviewUrl": f"{_HOST}/creatives/{key}",
        "ThumbnailUrl": f"{_HOST}/creatives/{key}/thumbnail",
        "IsAdaptive": "NO",
        "VideoExtensionCreative": {"Duration": length},
    }
    call.store.put("creatives", key, call.account.login, document, changed=call.now())
    return key, []


def _hash(call: Call, data: bytes) -> str:
    """22 characters that follow from the bytes and the login, since two accounts may upload the same file."""
    digest = hashlib.sha256(call.account.login.encode() + b"\0" + data).digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def _check_address(text: str) -> None:
    try:
        address = urlsplit(text)
    except ValueError:
        address = urlsplit("")
    if address.scheme not in {"http", "https"} or not address.netloc:
        raise Refused(5004, "Url: not an address", "Url: неверный адрес")


def _check_name(name: str) -> None:
    if not name.strip():
        raise Refused(5000, "Name is empty", "Не указано имя")
    length = limit(_IMAGES, "Name", "characters")
    if not length.allows(len(name)):
        raise too_long(length)
