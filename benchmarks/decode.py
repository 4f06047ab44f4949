"""Answers from bytes to a result: ours beside zeep, the bare parse and json.loads; no network here."""

import json
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from lxml import etree

from yadirect_soap.protocol.wires import WIRES

from . import plain_zeep
from .pages import Page, of_items, page
from .rounds import medians
from .table import Row, Unequal, faster, slower

_ZEEP = 15
_PARSE = 2.5
_JSON = 2
_AROUND = ("Envelope", "Header", "Body", "GetResponse")


@dataclass(frozen=True, slots=True)
class Case:
    """A page to be decoded, and how many of its objects zeep is given, which would take long for all of them."""

    service: str
    count: int
    for_zeep: int
    pretty: bool = False

    @property
    def task(self) -> str:
        """The case for a reader."""
        return f"decode {self.count:,} {self.service}{', pretty-printed' if self.pretty else ''}"

    def shorter(self) -> "Case":
        """The same with less of it."""
        return replace(self, count=self.count // 2, for_zeep=self.for_zeep // 5)


CASES: Mapping[str, Case] = MappingProxyType(
    {
        "ads": Case("ads", 10_000, 1_000),
        "keywords": Case("keywords", 10_000, 1_000),
        "campaigns": Case("campaigns", 1_000, 100),
        "bids": Case("bids", 10_000, 1_000),
        "keywordbids": Case("keywordbids", 10_000, 1_000),
        "pretty": Case("ads", 10_000, 1_000, pretty=True),
    }
)


def measure(case: Case, rounds: int) -> list[Row]:
    """The rows of one page."""
    whole, few = pages_of(case)
    operation, soap, as_json = whole.operation, whole.soap, whole.json
    began = time.process_time()
    WIRES["soap"].decode_result(operation, soap, Counter())
    first = time.process_time() - began
    check(whole, few)
    of_zeep = plain_zeep.reader(few)
    # The objects that the pages were made of would only make the garbage collector's work longer.
    del whole, few
    seconds = medians(
        rounds,
        clock=time.process_time,
        ours=lambda: WIRES["soap"].decode_result(operation, soap, Counter()),
        parse=lambda: etree.fromstring(soap),
        json=lambda: json.loads(as_json),
        zeep=of_zeep,
    )
    ours, scaled = seconds["ours"], seconds["zeep"] * case.count / case.for_zeep
    return [
        faster(case.task, f"zeep + serialize_object, {case.for_zeep:,} scaled", (ours, scaled), _ZEEP),
        slower(case.task, "lxml.etree.fromstring", (ours, seconds["parse"]), _PARSE),
        slower(case.task, "json.loads of the page as JSON", (ours, seconds["json"]), _JSON),
        slower(f"{case.task}, the first that a process reads", "those after it", (first, ours)),
    ]


def pages_of(case: Case) -> tuple[Page, Page]:
    """The page of a case, and the part of it that zeep is given."""
    whole = page(case.service, case.count, pretty=case.pretty)
    return whole, of_items(whole.operation, whole.items[: case.for_zeep], pretty=case.pretty)


def check(whole: Page, few: Page) -> None:
    """Raises Unequal where one of those to be compared reads something else than the page says."""
    unknown: Counter[str] = Counter()
    read = {
        "our decoder": WIRES["soap"].decode_result(whole.operation, whole.soap, unknown) == whole.result,
        "our decoder's count of what is unknown": not unknown,
        "lxml": sum(1 for _ in etree.fromstring(whole.soap).iter()) == len(_AROUND) + _elements(whole.result),
        "json.loads": json.loads(whole.json, parse_float=Decimal) == {"result": whole.result},
        "zeep": plain_zeep.told(plain_zeep.reader(few)()) == plain_zeep.told(few.result),
    }
    if wrong := [name for name, equal in read.items() if not equal]:
        raise Unequal(f"{whole.operation.key}: {', '.join(wrong)} gives something else than the page holds")


def _elements(value: Any) -> int:
    """How many elements the members of an object are."""
    if isinstance(value, Mapping):
        inner = (one for of in value.values() for one in (of if isinstance(of, list) else [of]))
        return sum(1 + _elements(one) for one in inner)
    return 0
