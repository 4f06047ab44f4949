"""All rows of a report over HTTP: ours beside tapi-yandex-direct and a plain split, each in a fresh process."""

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
"""Rows of a small report, which every server has."""

Way = Callable[[str, int], Iterator[Any]]
"""Takes an address and how many rows are wanted, and gives them: each by itself, or columns of many."""

Count = Callable[[Iterator[Any]], tuple[int, int]]
"""Reads to the end; tells how many rows there were, and the sum of their Clicks."""


@dataclass(frozen=True, slots=True)
class Read:
    """What reading took: this process's own processor seconds, and bytes that the peak of memory grew.

    `clicks` is their sum.
    """

    seconds: float
    growth: int
    count: int
    clicks: int


def measure(count: int, rounds: int) -> list[Row]:
    """The rows of reading a report of so many rows."""
    with serving((SMALL, count)) as address:
        names = [name for name in WAYS if not name.startswith("tapi") or _has_tapi()]
        _check(address, names)
        taken = _in_turns(address, count, [*names, *BY_COLUMN], rounds)
    task = f"read {count:,} rows of {len(FIELDS)} columns, gzip"
    ours, as_dicts, split = (_median(taken[name]) for name in ("tuples", "dicts", "split"))
    rows = [
        slower(task, "a plain split into texts, streamed", (ours, split), _SPLIT),
        slower(f"{task}, as dicts", "a plain split into texts, streamed", (as_dicts, split)),
    ]
    if "tapi" in taken:
        theirs = taken["tapi"]
        rows.insert(0, faster(task, "tapi-yandex-direct, converted", (ours, _median(theirs)), _RATE))
        for number, name in enumerate(BY_COLUMN, 1):
            pair = (_median(taken[name]), _median(theirs))
            rows.insert(number, faster(f"{task}, as {name}", "tapi-yandex-direct, converted", pair, _RATE))
        rows.insert(3, faster(task, "tapi-yandex-direct, texts", (ours, _median(taken["tapi texts"]))))
    of_tapi = _growth(taken["tapi"]) if "tapi" in taken else None
    return [*rows, grown(task, _growth(taken["tuples"]), of_tapi, _MEMORY)]


def read(name: str, address: str, count: int) -> Read:
    """Reads once, in this process.  A small report comes first: imports are measured elsewhere."""
    way, counted = (WAYS[name], _count_rows) if name in WAYS else BY_COLUMN[name]
    counted(way(address, SMALL))
    memory = peak_memory()
    began = time.process_time()
    met, clicks = counted(way(address, count))
    return Read(time.process_time() - began, peak_memory() - memory, met, clicks)


def _count_rows(rows: Iterator[Sequence[Any]]) -> tuple[int, int]:
    met = clicks = 0
    column = FIELDS.index("Clicks")
    for row in rows:
        met += 1
        clicks += int(row[column])
    return met, clicks


def _count_columns(batches: Iterator[Sequence[Any]]) -> tuple[int, int]:
    met = clicks = 0
    column = FIELDS.index("Clicks")
    for columns in batches:
        met += len(columns[column])
        clicks += sum(columns[column])
    return met, clicks


def _count_table(tables: Iterator[Any]) -> tuple[int, int]:
    import pyarrow.compute

    (table,) = tables
    return table.num_rows, pyarrow.compute.sum(table["Clicks"]).as_py()


def digest(name: str, address: str) -> str:
    """What tells the values of a small report from any others; texts are converted first."""
    rows = (row if name in TYPED else typed(row) for row in WAYS[name](address, SMALL))
    return hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()


def typed(texts: Sequence[str]) -> tuple[Any, ...]:
    """A row's values, as a user of texts makes them."""
    return tuple(None if text == "--" else convert(text) for convert, text in zip(_CONVERTERS, texts, strict=True))


def _check(address: str, names: Sequence[str]) -> None:
    """Raises ResultsDiffer where they do not all give the same values."""
    digests = {name: fresh(digest, name, address) for name in names}
    if len(set(digests.values())) != 1:
        raise ResultsDiffer(f"the ways of reading give different values: {digests}")


def _in_turns(address: str, count: int, names: Sequence[str], rounds: int) -> dict[str, list[Read]]:
    turns = [{name: fresh(read, name, address, count) for name in names} for _ in range(rounds)]
    met = {(run.count, run.clicks) for turn in turns for run in turn.values()}
    if len(met) != 1 or next(iter(met))[0] != count:
        raise ResultsDiffer(f"of {count} rows they met others (how many, sum of Clicks): {met}")
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
        answer.raw.auto_close = False  # else the last line comes from a file that is closed
        lines = io.TextIOWrapper(io.BufferedReader(answer.raw), encoding="utf-8", newline="\n")
        next(lines)
        for line in lines:
            yield line.rstrip("\n").split("\t")


def _tapi(address: str, count: int) -> Iterator[Sequence[Any]]:
    return map(typed, _tapi_texts(address, count))


def _tapi_texts(address: str, count: int) -> Iterator[Sequence[Any]]:
    from tapi_yandex_direct import YandexDirect
    from tapi_yandex_direct.tapi_yandex_direct import YandexDirectClientAdapter

    # There is no setting for another address.
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


def _median(taken: Sequence[Read]) -> float:
    return statistics.median(run.seconds for run in taken)


def _growth(taken: Sequence[Read]) -> float:
    return max(run.growth for run in taken) / _MIB


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
