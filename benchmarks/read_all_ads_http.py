"""All ads of a campaign over HTTP, page after page: ours beside JSON clients, each walk in a fresh process."""

import importlib.util
import statistics
import sys
from collections.abc import Sequence

from .read_all_ads import Walked, digest, transfer, walk
from .server import serving
from .table import ResultsDiffer, Row, faster, grown, slower
from .timing import fresh

_MEMORY = 20.0
_LINEAR = 1.1
_RATE = 1_000_000
_MIB = 2**20


def measure(page: int, counts: Sequence[int], rounds: int) -> list[Row]:
    """The rows of walks through so many ads; what an ad costs is compared between the first count and the last."""
    names = _clients()
    with serving(page, max(counts) // page) as address:
        _check(address, page, names)
        walked = {count: _in_turns(address, count, names, page=page, rounds=rounds) for count in counts}
    return [
        *(row for count in counts for row in _of_count(count, walked[count])),
        _linear(counts[0], counts[-1], walked[counts[0]]["soap"], walked[counts[-1]]["soap"]),
    ]


def measure_slow(page: int, rounds: int) -> list[Row]:
    """The rows of one page over a line of 1 MB a second."""
    with serving(page, rate=_RATE) as address:
        walked = _in_turns(address, page, ("soap", "json"), page=page, rounds=rounds)
        bytes_alone = statistics.median(transfer(address, "/v5/ads", page, page) for _ in range(rounds))
    ours, theirs = (_median(walked[name]) for name in ("soap", "json"))
    first = statistics.median(run.first for run in walked["soap"])
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
    """Raises ResultsDiffer where the clients do not all give the same ads, in every member."""
    digests = {name: fresh(digest, name, address, page) for name in names}
    if len(set(digests.values())) != 1:
        raise ResultsDiffer(f"the clients give different ads: {digests}")


def _in_turns(address: str, count: int, names: Sequence[str], *, page: int, rounds: int) -> dict[str, list[Walked]]:
    """The walks of each client; ResultsDiffer where they did not all meet so many ads, and the same."""
    turns = [{name: fresh(walk, name, address, count, page) for name in names} for _ in range(rounds)]
    met = {(run.count, run.ids) for turn in turns for run in turn.values()}
    if len(met) != 1 or next(iter(met))[0] != count:
        raise ResultsDiffer(f"of {count} ads the clients met others (how many, sum of Ids): {met}")
    return {name: [turn[name] for turn in turns] for name in names}


def _of_count(count: int, walked: dict[str, list[Walked]]) -> list[Row]:
    task = f"iterate {count:,} ads over HTTP, gzip"
    ours = _median(walked["soap"])
    rows = [faster(task, "requests + json.loads", (ours, _median(walked["json"])))]
    if "tapi" in walked:
        rows.insert(0, faster(task, "tapi-yandex-direct over JSON", (ours, _median(walked["tapi"])), 1))
    of_tapi = _growth(walked["tapi"]) if "tapi" in walked else None
    return [*rows, grown(task, _growth(walked["soap"]), of_tapi, _MEMORY)]


def _linear(few: int, many: int, of_few: list[Walked], of_many: list[Walked]) -> Row:
    seconds = _median(of_many) / many, _median(of_few) / few
    return slower(f"one ad of {many:,}", f"one ad of {few:,}", seconds, _LINEAR)


def _median(walked: Sequence[Walked]) -> float:
    return statistics.median(run.seconds for run in walked)


def _growth(walked: Sequence[Walked]) -> float:
    return max(run.growth for run in walked) / _MIB
