"""Ways to read all ads of a campaign, each as its users would write it, and the measurement of one reading."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import requests

from .timing import peak_memory

Ads = Iterator[Mapping[str, Any]]
ReadAll = Callable[[str, int, int], Ads]
"""A function that takes an address, the number of ads, and the size of a page, and yields the ads."""

SMALL = 10
"""The number of ads in a small page, which every server has."""

_FIELDS = ["Id", "CampaignId", "AdGroupId", "Status", "State", "Type"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The cost of reading all ads: seconds, seconds to the first ad, growth of peak memory in bytes; `ids` is a sum."""

    seconds: float
    first: float
    growth: int
    count: int
    ids: int


def read_all(name: str, address: str, total: int, limit: int) -> Reading:
    """Reads all ads once, in this process, after a small page, so that imports and the contract are not measured."""
    ads = WAYS[name]
    list(ads(address, SMALL, SMALL))
    memory = peak_memory()
    count = ids = 0
    first = 0.0
    began = time.perf_counter()
    for ad in ads(address, total, limit):
        if not count:
            first = time.perf_counter() - began
        count += 1
        ids += ad["Id"]
    return Reading(time.perf_counter() - began, first, peak_memory() - memory, count, ids)


def digest(name: str, address: str, limit: int) -> str:
    """Returns a hash of all members of the ads in one page."""
    ads = list(WAYS[name](address, limit, limit))
    return hashlib.sha256(json.dumps(ads, sort_keys=True).encode()).hexdigest()


def transfer(address: str, path: str, total: int, limit: int) -> float:
    """Returns the seconds that the transfer of one page takes, without decoding it."""
    began = time.perf_counter()
    with requests.post(address + path, json=_params(total, limit), stream=True, timeout=60) as answer:
        answer.raw.read(decode_content=False)
    return time.perf_counter() - began


def _soap(address: str, total: int, limit: int) -> Ads:
    from yadirect_soap import Direct

    with Direct("made-up", endpoint=address, version="v5") as direct:
        yield from direct.ads.items(**_params(total, limit))


def _json(address: str, total: int, limit: int) -> Ads:
    params = _params(total, limit)
    with requests.Session() as session:
        while True:
            answer = session.post(f"{address}/json/v5/ads", json={"method": "get", "params": params})
            result = json.loads(answer.content)["result"]
            yield from result["Ads"]
            if "LimitedBy" not in result:
                return
            params["Page"]["Offset"] = result["LimitedBy"]


def _tapi(address: str, total: int, limit: int) -> Ads:
    from tapi_yandex_direct import YandexDirect
    from tapi_yandex_direct.tapi_yandex_direct import YandexDirectClientAdapter

    # The client has no setting for another address.
    YandexDirectClientAdapter.get_api_root = lambda *_, **__: f"{address}/"
    client = YandexDirect(access_token="made-up", login="made-up")
    yield from client.ads().post(data={"method": "get", "params": _params(total, limit)})().iter_items()


def _params(total: int, limit: int) -> dict[str, Any]:
    return {"SelectionCriteria": {"CampaignIds": [total]}, "FieldNames": _FIELDS, "Page": {"Limit": limit}}


WAYS: Mapping[str, ReadAll] = MappingProxyType({"soap": _soap, "json": _json, "tapi": _tapi})
