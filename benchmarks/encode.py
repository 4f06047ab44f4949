"""Encodes params to bytes: this package, with validation, against zeep and json.dumps; no network."""

import json
import time
from typing import Any

from lxml import etree

from yadirect_soap import Direct
from yadirect_soap.protocol.contract import bundled

from . import plain_zeep
from .synthetic_objects import Maker
from .table import ResultsDiffer, Row, faster, slower
from .timing import medians

_ZEEP = 15
_JSON = 3
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def measure(count: int, rounds: int) -> list[Row]:
    """Measures Ads.update with a number of ads."""
    params = update_of(count)
    with Direct("made-up") as direct:
        client = plain_zeep.client("ads")
        for_zeep = plain_zeep.as_zeep_takes(params)
        check(direct, client, params)
        seconds = medians(
            rounds,
            clock=time.process_time,
            ours=lambda: direct.build_request("ads", "update", params),
            zeep=lambda: etree.tostring(client.create_message(client.service, "update", **for_zeep)),
            json=lambda: json.dumps({"method": "update", "params": params}).encode(),
        )
    task = f"check and encode Ads.update of {count:,}"
    return [
        faster(task, "zeep create_message + tostring", (seconds["ours"], seconds["zeep"]), _ZEEP),
        slower(task, "json.dumps of the same params", (seconds["ours"], seconds["json"]), _JSON),
    ]


def update_of(count: int) -> dict[str, Any]:
    """Returns params of Ads.update that change all members of text ads, and clear some of them."""
    shape = bundled().operation("ads", "update").request.by_name["Ads"].shape
    maker = Maker("update", ("TextAd",))
    return {"Ads": [maker.make(shape) for _ in range(count)]}


def check(direct: Direct, client: Any, params: dict[str, Any]) -> None:
    """Raises ResultsDiffer if the envelopes of this package and of zeep have different contents."""
    ours = etree.fromstring(direct.build_request("ads", "update", params).body)
    theirs = client.create_message(client.service, "update", **plain_zeep.as_zeep_takes(params))
    if _value_of(ours[-1]) != _value_of(theirs[-1]):
        raise ResultsDiffer("our envelope of ads.update says something else than zeep's")


def _value_of(element: etree._Element) -> Any:
    """Returns the content of an element without prefixes: its name, whether it is nil, its text and its children."""
    return str(element.tag), element.get(_NIL), element.text or "", [_value_of(child) for child in element]
