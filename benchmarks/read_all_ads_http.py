"""Reads all ads of a campaign over HTTP: this package compared with JSON clients, each reading in a new process."""

import importlib.util
import statistics
import sys
from collections.abc import Sequence

from .read_all_ads import Reading, digest, read_all, transfer
from .server import serving
from .table import ResultsDiffer, Row, faster, grown, slower
from .timing import fresh

_MEMORY = 20.0
_LINEAR = 1.1
_RATE = 1_000_000
_MIB = 2**20


def measure(page: int, counts: Sequence[int], rounds: int) -> list[Row]:
    """Measures reading each number of ads; the time per ad is compared between the first and the last number."""
    names = _clients()
    with serving(page, max(counts) // page) as address:
        _check(address, page, names)
        readings = {count: _in_turns(address, count, names, page=page, rounds=rounds) for count in counts}
    return [
        *(row for count in counts for row in _of_count(count, readings[count])),
        _linear(counts[0], counts[-1], readings[counts[0]]["soap"], readings[counts[-1]]["soap"]),
    ]


def measure_slow(page: int, rounds: int) -> list[Row]:
    """Measures one page over a connection of 1 MB per second."""
    with serving(page, rate=_RATE) as address:
        readings = _in_turns(address, page, ("soap", "json"), page=page, rounds=rounds)
        bytes_alone = statistics.median(transfer(address, "/v5/ads", page, page) for _ in range(rounds))
    ours, theirs = (_median(readings[name]) for name in ("soap", "json"))
    first = statistics.median(reading.first for reading in readings["soap"])
    task = f"{page:,} ads over 1 MB/s, gzip"
    return [
        slower(task, "requests + json.loads", (ours, theirs), 1),
        slower(task, "the bytes of the page alone", (ours, bytes_alone)),
        slower(f"first ad of {task}", "the last byte of its page", (first, bytes_alone), 1),
    ]


def _clients() -> tuple[str, ...]:
    if importlib.util.find_spec("tapi_yandex_direct"):
        return "soap", "json", "tapi"
    print("tapi-yandex-direct is not installed (the extra test brings it): its rows are missing", file=sys.stderr)
    return "soap", "json"


def _check(address: str, page: int, names: Sequence[str]) -> None:
    """Raises ResultsDiffer unless all clients return the same ads, in every member."""
    digests = {name: fresh(digest, name, address, page) for name in names}
    if len(set(digests.values())) != 1:
        raise ResultsDiffer(f"the clients give different ads: {digests}")


def _in_turns(address: str, count: int, names: Sequence[str], *, page: int, rounds: int) -> dict[str, list[Reading]]:
    """Reads with each client in turns; raises ResultsDiffer unless all of them read the same ads."""
    turns = [{name: fresh(read_all, name, address, count, page) for name in names} for _ in range(rounds)]
    totals = {(reading.count, reading.ids) for turn in turns for reading in turn.values()}
    if len(totals) != 1 or next(iter(totals))[0] != count:
        raise ResultsDiffer(f"the clients read other ads than the {count} expected (number, sum of Ids): {totals}")
    return {name: [turn[name] for turn in turns] for name in names}


def _of_count(count: int, readings: dict[str, list[Reading]]) -> list[Row]:
    task = f"iterate {count:,} ads over HTTP, gzip"
    ours = _median(readings["soap"])
    rows = [faster(task, "requests + json.loads", (ours, _median(readings["json"])))]
    if "tapi" in readings:
        rows.insert(0, faster(task, "tapi-yandex-direct over JSON", (ours, _median(readings["tapi"])), 1))
    of_tapi = _growth(readings["tapi"]) if "tapi" in readings else None
    return [*rows, grown(task, _growth(readings["soap"]), of_tapi, _MEMORY)]


def _linear(few: int, many: int, of_few: list[Reading], of_many: list[Reading]) -> Row:
    seconds = _median(of_many) / many, _median(of_few) / few
    return slower(f"one ad of {many:,}", f"one ad of {few:,}", seconds, _LINEAR)


def _median(readings: Sequence[Reading]) -> float:
    return statistics.median(reading.seconds for reading in readings)


def _growth(readings: Sequence[Reading]) -> float:
    return max(reading.growth for reading in readings) / _MIB
