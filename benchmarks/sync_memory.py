"""Measures the memory and the time per ad of syncs with more and more ads: neither may grow with the number of ads."""

from collections.abc import Sequence

from tests.etl import postgresql

from .database_loading import DUCKDB, PARQUET, POSTGRESQL, Target, loaded_by
from .large_account import serving
from .loading_ways import Loaded
from .table import Goal, Row

_GROWTH, _LINEAR = 150.0, 1.2
_MIB = 2**20
_FILES = Target("JSON lines", "files:large")


def measure(counts: Sequence[int], *, databases: bool = True) -> list[Row]:
    """Measures each destination with the largest account compared with the smallest; the counts must ascend."""
    destinations = [_FILES]
    if databases:
        destinations += [DUCKDB, PARQUET, *([POSTGRESQL] if postgresql.programs() else [])]
    loaded: dict[Target, list[Loaded]] = {target: [] for target in destinations}
    for count in counts:
        with serving(count) as emulator:
            for target, of_counts in loaded.items():
                of_counts.append(loaded_by("sync whole", target, emulator.address, count))
    return [row for target, of_counts in loaded.items() for row in _rows(target, counts, of_counts)]


def _rows(target: Target, counts: Sequence[int], loaded: Sequence[Loaded]) -> list[Row]:
    task = f"sync of {counts[-1]:,} ads into {target.name}"
    growths = ", ".join(f"{count:,} ads: {one.growth / _MIB:.0f}" for count, one in zip(counts, loaded, strict=True))
    seconds = ", ".join(f"{count:,} ads: {one.cpu:.1f} s" for count, one in zip(counts, loaded, strict=True))
    cpu = [one.cpu / count for count, one in zip(counts, loaded, strict=True)]
    baseline = f"an ad of {counts[0]:,}"
    return [
        Row(f"memory of a {task}", "its imports", loaded[-1].growth / _MIB, "MiB more", Goal(_GROWTH), growths),
        Row(f"CPU for an ad, {task}", baseline, cpu[-1] / cpu[0], "times as much", Goal(_LINEAR), seconds),
    ]
