"""Decodes the bytes of responses to results: this package against zeep, the XML parser and json.loads; no network."""

import json
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any

from lxml import etree

from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.wires import WIRES

from . import plain_zeep
from .pages import Page, of_items, page
from .table import ResultsDiffer, Row, faster, slower
from .timing import fresh, timed

_ZEEP = 15
_PARSE = 2.5
_JSON = 2
_AGAIN = 9
"""The number of reads after the first; their median is the time of a process whose caches are filled."""

_AROUND = ("Envelope", "Header", "Body", "GetResponse")

Read = Callable[[], Any]
"""A function that reads a page and returns the result."""


@dataclass(frozen=True, slots=True)
class Case:
    """A page to decode; zeep decodes only `for_zeep` of its objects, as all of them would take long.

    `first_page` is the goal for the first page of a process, as a multiple of the time of a later one.
    """

    service: str
    count: int
    for_zeep: int
    pretty: bool = False
    first_page: float = 1.2

    @property
    def task(self) -> str:
        """The name of the case in the table."""
        return f"decode {self.count:,} {self.service}{', pretty-printed' if self.pretty else ''}"

    def shorter(self) -> "Case":
        """Returns the same case with fewer objects."""
        return replace(self, count=self.count // 5, for_zeep=self.for_zeep // 10)


CASES: Mapping[str, Case] = MappingProxyType(
    {
        "ads": Case("ads", 10_000, 1_000),
        "keywords": Case("keywords", 10_000, 1_000),
        "campaigns": Case("campaigns", 1_000, 100, first_page=2),
        "bids": Case("bids", 10_000, 1_000),
        "keywordbids": Case("keywordbids", 10_000, 1_000),
        "pretty": Case("ads", 10_000, 1_000, pretty=True),
    }
)


@dataclass(frozen=True, slots=True)
class Times:
    """The processor seconds of one reader: for its first read, and the median of the later ones."""

    first: float
    later: float


def measure(case: Case, turns: int) -> list[Row]:
    """Measures one page; each reader has a new process in each turn.

    In one process the readers would affect each other, since each one finds the memory that the one before it freed,
    whole or fragmented.
    """
    whole, few = pages_of(case)
    check(whole, few)
    bodies = {"ours": whole.soap, "parse": whole.soap, "json": whole.json, "zeep": few.soap}
    del whole, few
    taken = [{name: fresh(times, name, case.service, body) for name, body in bodies.items()} for _ in range(turns)]
    seconds = {name: statistics.median(turn[name].later for turn in taken) for name in bodies}
    first = statistics.median(turn["ours"].first for turn in taken)
    ours, scaled = seconds["ours"], seconds["zeep"] * case.count / case.for_zeep
    return [
        faster(case.task, f"zeep + serialize_object, {case.for_zeep:,} scaled", (ours, scaled), _ZEEP),
        slower(case.task, "lxml.etree.fromstring", (ours, seconds["parse"]), _PARSE),
        slower(case.task, "json.loads of the page as JSON", (ours, seconds["json"]), _JSON),
        slower(f"{case.task}, the first that a process reads", "those after it", (first, ours), case.first_page),
    ]


def times(name: str, service: str, body: bytes) -> Times:
    """Reads a page repeatedly in this process, and returns the times."""
    read = READERS[name](service, body)
    first, *later = (timed(read, time.process_time) for _ in range(1 + _AGAIN))
    return Times(first, statistics.median(later))


def _ours(service: str, body: bytes) -> Read:
    operation = bundled().operation(service, "get")
    return lambda: WIRES["soap"].decode_result(operation, body, Counter())


READERS: Mapping[str, Callable[[str, bytes], Read]] = MappingProxyType(
    {
        "ours": _ours,
        "parse": lambda _, body: partial(etree.fromstring, body),
        "json": lambda _, body: partial(json.loads, body),
        "zeep": plain_zeep.reader,
    }
)
"""The readers, by name: each returns a function that reads the bytes of a service's page."""


def pages_of(case: Case) -> tuple[Page, Page]:
    """Returns the page of a case, and the part of it for zeep."""
    whole = page(case.service, case.count, pretty=case.pretty)
    return whole, of_items(whole.operation, whole.items[: case.for_zeep], pretty=case.pretty)


def check(whole: Page, few: Page) -> None:
    """Raises ResultsDiffer if one of the readers returns another result than the page has."""
    unknown: Counter[str] = Counter()
    read = {
        "our decoder": WIRES["soap"].decode_result(whole.operation, whole.soap, unknown) == whole.result,
        "our decoder's count of what is unknown": not unknown,
        "lxml": sum(1 for _ in etree.fromstring(whole.soap).iter()) == len(_AROUND) + _elements(whole.result),
        "json.loads": json.loads(whole.json, parse_float=Decimal) == {"result": whole.result},
        "zeep": plain_zeep.as_dict(plain_zeep.reader(few.operation.service, few.soap)())
        == plain_zeep.as_dict(few.result),
    }
    if wrong := [name for name, equal in read.items() if not equal]:
        raise ResultsDiffer(f"{whole.operation.key}: {', '.join(wrong)} gives something else than the page holds")


def _elements(value: Any) -> int:
    """Returns the number of XML elements in an object."""
    if isinstance(value, Mapping):
        inner = (element_value for of in value.values() for element_value in (of if isinstance(of, list) else [of]))
        return sum(1 + _elements(element_value) for element_value in inner)
    return 0
