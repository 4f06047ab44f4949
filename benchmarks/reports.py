"""Reads all rows of a report over HTTP: this package against tapi-yandex-direct and a plain split, in new processes."""

import hashlib
import importlib.util
import io
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import requests

from .statistics_server import FIELDS, serving
from .table import ResultsDiffer, Row, faster, grown, slower
from .timing import fresh, peak_memory

_RATE = 4
_SPLIT = 2.5
_MEMORY = 20.0
_MIB = 2**20

SMALL = 10
"""The number of rows in a small report, which every server has."""

Way = Callable[[str, int], Iterator[Any]]
"""A function that takes an address and the number of rows, and yields rows, or columns of several rows."""

Count = Callable[[Iterator[Any]], tuple[int, int]]
"""A function that reads to the end, and returns the number of rows and the sum of their Clicks."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The cost of reading: processor seconds of this process, growth of peak memory in bytes; `clicks` is a sum."""

    seconds: float
    growth: int
    count: int
    clicks: int


def measure(count: int, rounds: int) -> list[Row]:
    """Measures reading a report with a number of rows."""
    with serving((SMALL, count)) as address:
        names = [name for name in WAYS if not name.startswith("tapi") or _has_tapi()]
        _check(address, names)
        readings = _in_turns(address, count, [*names, *BY_COLUMN], rounds)
    task = f"read {count:,} rows of {len(FIELDS)} columns, gzip"
    ours, as_dicts, split = (_median(readings[name]) for name in ("tuples", "dicts", "split"))
    rows = [
        slower(task, "a plain split into texts, streamed", (ours, split), _SPLIT),
        slower(f"{task}, as dicts", "a plain split into texts, streamed", (as_dicts, split)),
    ]
    if "tapi" in readings:
        theirs = readings["tapi"]
        rows.insert(0, faster(task, "tapi-yandex-direct, converted", (ours, _median(theirs)), _RATE))
        for number, name in enumerate(BY_COLUMN, 1):
            pair = (_median(readings[name]), _median(theirs))
            rows.insert(number, faster(f"{task}, as {name}", "tapi-yandex-direct, converted", pair, _RATE))
        rows.insert(3, faster(task, "tapi-yandex-direct, texts", (ours, _median(readings["tapi texts"]))))
    of_tapi = _growth(readings["tapi"]) if "tapi" in readings else None
    return [*rows, grown(task, _growth(readings["tuples"]), of_tapi, _MEMORY)]


def read(name: str, address: str, count: int) -> Reading:
    """Reads once, in this process, after a small report, so that imports are not measured."""
    way, count_all = (WAYS[name], _count_rows) if name in WAYS else BY_COLUMN[name]
    count_all(way(address, SMALL))
    memory = peak_memory()
    began = time.process_time()
    rows, clicks = count_all(way(address, count))
    return Reading(time.process_time() - began, peak_memory() - memory, rows, clicks)


def _count_rows(rows: Iterator[Sequence[Any]]) -> tuple[int, int]:
    count = clicks = 0
    column = FIELDS.index("Clicks")
    for row in rows:
        count += 1
        clicks += int(row[column])
    return count, clicks


def _count_columns(batches: Iterator[Sequence[Any]]) -> tuple[int, int]:
    count = clicks = 0
    column = FIELDS.index("Clicks")
    for columns in batches:
        count += len(columns[column])
        clicks += sum(columns[column])
    return count, clicks


def _count_table(tables: Iterator[Any]) -> tuple[int, int]:
    import pyarrow.compute

    (table,) = tables
    return table.num_rows, pyarrow.compute.sum(table["Clicks"]).as_py()


def digest(name: str, address: str) -> str:
    """Returns a hash of the values of a small report; texts are converted first."""
    rows = (row if name in TYPED else typed(row) for row in WAYS[name](address, SMALL))
    return hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()


def typed(texts: Sequence[str]) -> tuple[Any, ...]:
    """Converts the texts of a row to values, as a user would."""
    return tuple(None if text == "--" else convert(text) for convert, text in zip(_CONVERTERS, texts, strict=True))


def _check(address: str, names: Sequence[str]) -> None:
    """Raises ResultsDiffer unless all ways return the same values."""
    digests = {name: fresh(digest, name, address) for name in names}
    if len(set(digests.values())) != 1:
        raise ResultsDiffer(f"the ways of reading give different values: {digests}")


def _in_turns(address: str, count: int, names: Sequence[str], rounds: int) -> dict[str, list[Reading]]:
    turns = [{name: fresh(read, name, address, count) for name in names} for _ in range(rounds)]
    totals = {(reading.count, reading.clicks) for turn in turns for reading in turn.values()}
    if len(totals) != 1 or next(iter(totals))[0] != count:
        raise ResultsDiffer(f"the ways read other rows than the {count} expected (number, sum of Clicks): {totals}")
    return {name: [turn[name] for turn in turns] for name in names}


def _has_tapi() -> bool:
    if importlib.util.find_spec("tapi_yandex_direct"):
        return True
    print("tapi-yandex-direct is not installed (the extra test brings it): its rows are missing", file=sys.stderr)
    return False


def _tuples(address: str, count: int) -> Iterator[Sequence[Any]]:
    from yadirect_soap import Direct

    with Direct("made-up", endpoint=address, version="v5", money="decimal") as direct:
        yield from direct.reports.get(_definition(count)).tuples()


def _dicts(address: str, count: int) -> Iterator[Sequence[Any]]:
    from yadirect_soap import Direct

    with Direct("made-up", endpoint=address, version="v5", money="decimal") as direct:
        for row in direct.reports.get(_definition(count)):
            yield tuple(row.values())


def _columns(address: str, count: int) -> Iterator[Sequence[Any]]:
    from yadirect_soap import Direct

    with Direct("made-up", endpoint=address, version="v5", money="decimal") as direct:
        for batch in direct.reports.get(_definition(count)).batches():
            yield list(batch.values())


def _table(address: str, count: int) -> Iterator[Any]:
    from yadirect_soap import Direct

    with Direct("made-up", endpoint=address, version="v5", money="decimal") as direct:
        yield direct.reports.get(_definition(count)).to_arrow()


def _split(address: str, count: int) -> Iterator[Sequence[Any]]:
    headers = {"returnMoneyInMicros": "false", "skipReportHeader": "true", "skipReportSummary": "true"}
    body = {"params": _definition(count)}
    with requests.post(f"{address}/json/v5/reports", json=body, headers=headers, stream=True, timeout=60) as answer:
        answer.raw.decode_content = True
        answer.raw.auto_close = False  # else the last line would be read from a closed file
        lines = io.TextIOWrapper(io.BufferedReader(answer.raw), encoding="utf-8", newline="\n")
        next(lines)
        for line in lines:
            yield line.rstrip("\n").split("\t")


def _tapi(address: str, count: int) -> Iterator[Sequence[Any]]:
    return map(typed, _tapi_texts(address, count))


def _tapi_texts(address: str, count: int) -> Iterator[Sequence[Any]]:
    from tapi_yandex_direct import YandexDirect
    from tapi_yandex_direct.tapi_yandex_direct import YandexDirectClientAdapter

    # The client has no setting for another address.
    YandexDirectClientAdapter.get_api_root = lambda *_, **__: f"{address}/"
    client = YandexDirect(access_token="made-up", login="made-up")
    yield from client.reports().post(data={"params": _definition(count)})().iter_values()


def _definition(count: int) -> dict[str, Any]:
    return {
        "SelectionCriteria": {"DateFrom": "2026-01-01", "DateTo": "2026-12-31"},
        "FieldNames": list(FIELDS),
        "Page": {"Limit": count},
        "ReportName": "benchmark",
        "ReportType": "CUSTOM_REPORT",
        "DateRangeType": "CUSTOM_DATE",
        "Format": "TSV",
        "IncludeVAT": "NO",
    }


def _median(readings: Sequence[Reading]) -> float:
    return statistics.median(reading.seconds for reading in readings)


def _growth(readings: Sequence[Reading]) -> float:
    return max(reading.growth for reading in readings) / _MIB


_CONVERTERS: tuple[Callable[[str], Any], ...] = (
    date.fromisoformat,
    int,
    str,
    int,
    str,
    int,
    int,
    Decimal,
    Decimal,
    int,
)

WAYS: Mapping[str, Way] = MappingProxyType(
    {"tuples": _tuples, "dicts": _dicts, "split": _split, "tapi": _tapi, "tapi texts": _tapi_texts}
)
BY_COLUMN: Mapping[str, tuple[Way, Count]] = MappingProxyType(
    {"columns": (_columns, _count_columns), "a table of pyarrow": (_table, _count_table)}
)
TYPED = frozenset({"tuples", "dicts", "tapi"})
