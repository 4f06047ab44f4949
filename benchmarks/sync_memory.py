"""What a sync of more and more ads takes of memory and time: neither may depend on how many there were before."""

from collections.abc import Sequence

from tests.etl import postgresql

from .database_loading import DUCKDB, POSTGRESQL, Into, server_of
from .large_account import serving
from .loading_ways import Loaded, load
from .table import Goal, ResultsDiffer, Row
from .timing import fresh

_GROWTH, _LINEAR = 150.0, 1.2
_MIB = 2**20
_FILES = Into("JSON lines", "files:large", "", "")


def measure(counts: Sequence[int], *, databases: bool = True) -> list[Row]:
    """The rows of each destination for the largest account, beside the smallest; the counts ascend."""
    destinations = [_FILES]
    if databases:
        destinations += [DUCKDB, *([POSTGRESQL] if postgresql.programs() else [])]
    loaded: dict[Into, list[Loaded]] = {into: [] for into in destinations}
    for count in counts:
        with serving(count) as emulator:
            for into, of_counts in loaded.items():
                of_counts.append(_loaded(into, emulator.address, count))
    return [row for into, of_counts in loaded.items() for row in _rows(into, counts, of_counts)]


def _loaded(into: Into, emulator: str, count: int) -> Loaded:
    with server_of(into) as address:
        loaded: Loaded = fresh(load, "sync", emulator, address)
    if loaded.rows != count:
        raise ResultsDiffer(f"sync left {loaded.rows:,} ads of {count:,} in {into.shown}")
    return loaded


def _rows(into: Into, counts: Sequence[int], loaded: Sequence[Loaded]) -> list[Row]:
    task = f"sync of {counts[-1]:,} ads into {into.shown}"
    growths = ", ".join(f"{count:,} ads: {one.growth / _MIB:.0f}" for count, one in zip(counts, loaded, strict=True))
    seconds = ", ".join(f"{count:,} ads: {one.cpu:.1f} s" for count, one in zip(counts, loaded, strict=True))
    an_ad = [one.cpu / count for count, one in zip(counts, loaded, strict=True)]
    beside = f"an ad of {counts[0]:,}"
    return [
        Row(f"memory of a {task}", "its imports", loaded[-1].growth / _MIB, "MiB more", Goal(_GROWTH), growths),
        Row(f"CPU for an ad, {task}", beside, an_ad[-1] / an_ad[0], "times as much", Goal(_LINEAR), seconds),
    ]
