"""AdVideos.add, which reads the header of a video and does not store the file.

https://yandex.ru/dev/direct/doc/en/advideos/add
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from ..call import OperationCall
from ..crud.item_results import ItemError, Outcome, results
from ..rules.uploads import content, hash_of
from .media_headers import seconds

LENGTHS = "video lengths"
"""The note with the length of each uploaded video in seconds, by its identifier."""


def add(call: OperationCall) -> dict[str, Any]:
    """AdVideos.add: an uploaded file is READY at once; a file at an address is never fetched and stays NEW."""
    return results(call, call.params["AdVideos"], lambda item: _add(call, item), "Id")


def _add(call: OperationCall, item: Mapping[str, Any]) -> Outcome:
    sources = {"Url", "VideoData"} & item.keys()
    if not sources:
        raise ItemError(5008, "Url or VideoData is required", "Требуется Url или VideoData")
    if len(sources) > 1:
        raise ItemError(5009, "Only one of Url and VideoData", "Допустимо только одно: Url или VideoData")
    if "Url" in item:
        _check_address(item["Url"])
        return _store(call, item["Url"].encode(), "NEW"), []
    data = content(item["VideoData"])
    length = seconds(data)
    if length is None:
        raise ItemError(
            3500,
            "The emulator reads only MP4 and MOV videos, and finds none here",
            "Эмулятор читает только видео MP4 и MOV; здесь такого нет",
        )
    key = _store(call, data, "READY")
    call.store.set_note(LENGTHS, {**(call.store.note(LENGTHS) or {}), key: length})
    return key, []


def _store(call: OperationCall, data: bytes, status: str) -> str:
    key = hash_of(call, data)
    call.store.put("advideos", key, call.account.login, {"Id": key, "Status": status}, changed=call.now())
    return key


def _check_address(text: str) -> None:
    try:
        address = urlsplit(text)
    except ValueError:
        address = urlsplit("")
    if address.scheme not in {"http", "https"} or not address.netloc:
        raise ItemError(5004, "Url: not an address", "Url: неверный адрес")
