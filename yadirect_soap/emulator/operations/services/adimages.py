"""Images: AdImages.add, which reads the file and does not store it, and the rules of get.

https://yandex.ru/dev/direct/doc/en/objects/adimage
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from ...domain.limits import limit
from ..call import OperationCall
from ..crud.item_results import ItemError, Outcome, results
from ..crud.service_rules import ServiceRules
from ..rules.associations import association
from ..rules.texts import too_long
from ..rules.uploads import content, hash_of
from .media_headers import ImageSize, size

_HOST = "https://images.example"
_SERVICE = "adimages"
_NO_IMAGE = (
    "Invalid image file type, please use the GIF, JPEG or PNG formats",
    "Неверный тип файла изображения, используйте форматы GIF, JPEG или PNG",
)
_SUBTYPE = re.compile(r"IMG_(\d+)_(\d+)")


def add(call: OperationCall) -> dict[str, Any]:
    """AdImages.add: the hash of an image depends on its bytes, so that equal images are one object."""
    return results(call, call.params["AdImages"], lambda item: _add(call, item), "AdImageHash")


def _add(call: OperationCall, item: Mapping[str, Any]) -> Outcome:
    data = content(item["ImageData"])
    _check_name(item["Name"])
    pixels = size(data)
    if pixels is None:
        raise ItemError(5004, *_NO_IMAGE)
    kind, subtype = _kind(call, pixels, item.get("Type", "AUTO"))
    largest = limit(_SERVICE, "ImageData", "bytes of a fixed image" if kind == "FIXED_IMAGE" else "bytes")
    if not largest.allows(len(data)):
        raise ItemError(largest.code, "The file is too large", "Слишком большой файл")
    key = hash_of(call, data)
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


def _kind(call: OperationCall, pixels: ImageSize, requested: str) -> tuple[str, str]:
    """Type and Subtype of an image by its size in pixels; raises ItemError if the size does not fit the requested type.

    AUTO means an image of text ads if the size fits one, else a banner.
    """
    fixed = f"IMG_{pixels.width}_{pixels.height}"
    possible = {
        "WIDE": _is_wide(pixels),
        "REGULAR": _is_regular(pixels),
        "FIXED_IMAGE": fixed in _subtypes(call),
    }
    image_type = next((kind for kind, fits in possible.items() if fits and requested in {"AUTO", kind}), None)
    if image_type is None:
        shown = f"{pixels.width} × {pixels.height}"
        code = limit(_SERVICE, "ImageData", "pixels of a regular image").code
        raise ItemError(
            code, f"An image of {shown} does not fit {requested}", f"Размер {shown} не подходит для {requested}"
        )
    return image_type, fixed if image_type == "FIXED_IMAGE" else "NONE"


def _subtypes(call: OperationCall) -> frozenset[str]:
    images = call.contract["adimages"].operations["get"].response.by_name["AdImages"].shape
    return frozenset(value for value in images.by_name["Subtype"].shape.values if _SUBTYPE.fullmatch(value))


def _is_regular(pixels: ImageSize) -> bool:
    shorter, longer = sorted((pixels.width, pixels.height))
    sides = limit(_SERVICE, "ImageData", "pixels of a regular image")
    return sides.allows(shorter) and sides.allows(longer) and 3 * longer <= 4 * shorter


def _is_wide(pixels: ImageSize) -> bool:
    """Whether an image is 16:9, with a tolerance of one pixel; the least size is 1080 × 607."""
    widths = limit(_SERVICE, "ImageData", "pixels of a wide image")
    return widths.allows(pixels.width) and abs(pixels.width * 9 - pixels.height * 16) <= 16


def _check_name(name: str) -> None:
    if not name.strip():
        raise ItemError(5000, "Name is empty", "Не указано имя")
    length = limit(_SERVICE, "Name", "characters")
    if not length.allows(len(name)):
        raise too_long(length)


def _check_quantity(call: OperationCall) -> None:
    """Raises an error for too many images; each ad of the account allows more of them."""
    login = call.account.login
    always, for_an_ad = (limit(_SERVICE, "", kind) for kind in ("objects", "objects for each ad"))
    if call.store.count("adimages", login) >= (always.max or 0) + (for_an_ad.max or 0) * call.store.count("ads", login):
        raise ItemError(always.code, "Too many images", "Слишком много изображений")


RULES = ServiceRules(on_read=partial(association, id_member="AdImageHash"))
