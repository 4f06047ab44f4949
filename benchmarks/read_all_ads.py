"""The ways to walk through all ads of a campaign, each as its users would write it, and what one walk costs."""

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
Walk = Callable[[str, int, int], Ads]
"""Takes an address, how many ads there are, and the size of a page."""

SMALL = 10
"""Ads of a small page, which every server has."""

_FIELDS = ["Id", "CampaignId", "AdGroupId", "Status", "State", "Type"]


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk took: seconds, seconds to the first ad, bytes that the peak of memory grew; `ids` is their sum."""

    seconds: float
    first: float
    growth: int
    count: int
    ids: int


def walk(name: str, address: str, total: int, limit: int) -> Walked:
    """Walks once, in this process.  A small page comes first: imports and the contract are measured elsewhere."""
    ads = WALKS[name]
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
    return Walked(time.perf_counter() - began, first, peak_memory() - memory, count, ids)


def digest(name: str, address: str, limit: int) -> str:
    """What tells the ads of one page, in every member, from any others."""
    ads = list(WALKS[name](address, limit, limit))
    return hashlib.sha256(json.dumps(ads, sort_keys=True).encode()).hexdigest()


def transfer(address: str, path: str, total: int, limit: int) -> float:
    """The seconds that the bytes of one page take, without a look at them."""
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

    # There is no setting for another address.
    YandexDirectClientAdapter.get_api_root = lambda *_, **__: f"{address}/"
    client = YandexDirect(access_token="made-up", login="made-up")
    yield from client.ads().post(data={"method": "get", "params": _params(total, limit)})().iter_items()


def _params(total: int, limit: int) -> dict[str, Any]:
    return {"SelectionCriteria": {"CampaignIds": [total]}, "FieldNames": _FIELDS, "Page": {"Limit": limit}}


WALKS: Mapping[str, Walk] = MappingProxyType({"soap": _soap, "json": _json, "tapi": _tapi})
