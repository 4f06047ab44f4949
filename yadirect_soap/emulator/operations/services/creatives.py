"""Creatives: Creatives.add, which adds video extensions, and the rules of get.

https://yandex.ru/dev/direct/doc/en/creatives/add
"""

from collections.abc import Mapping
from typing import Any

from ..call import OperationCall
from ..crud.item_results import ItemError, Outcome, results
from ..crud.service_rules import ServiceRules
from ..rules.associations import association
from .advideos import LENGTHS

FIRST = 1_500_000_001

_HOST = "https://images.example"
_SEED_LENGTH = 15
"""The length in seconds of a video from a seed, which has no file."""


def add(call: OperationCall) -> dict[str, Any]:
    """Creatives.add: adds a video extension with an uploaded video."""
    return results(call, call.params["Creatives"], lambda item: _add(call, item), "Id")


def _add(call: OperationCall, item: Mapping[str, Any]) -> Outcome:
    video_id = item["VideoExtensionCreative"]["VideoId"]
    video = call.store.get("advideos", video_id, call.account.login)
    if video is None:
        raise ItemError(8800, "Video not found", "Видео не найдено")
    if video["Status"] != "READY":
        raise ItemError(8300, "The video is not ready", "Видео не готово")
    key = call.store.next_id("creatives", FIRST)
    document = {
        "Id": key,
        "Type": "VIDEO_EXTENSION_CREATIVE",
        "Name": "Новый видеокреатив",
        "PreviewUrl": f"{_HOST}/creatives/{key}",
        "ThumbnailUrl": f"{_HOST}/creatives/{key}/thumbnail",
        "IsAdaptive": "NO",
        "VideoExtensionCreative": {"Duration": (call.store.note(LENGTHS) or {}).get(video_id, _SEED_LENGTH)},
    }
    call.store.put("creatives", key, call.account.login, document, changed=call.now())
    return key, []


RULES = ServiceRules(on_read=association)
