"""An account's ads into databases and files: by sync, and by a JSON client with what people load them with."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import NamedTuple

from tests.etl import clickhouse, postgresql

from .large_account import serving
from .loading_ways import Loaded, load
from .table import Goal, ResultsDiffer, Row
from .timing import fresh

_AS_OTHERS, _AS_ARROW = 5.0, 1.3
_FULL = 100_000


class Target(NamedTuple):
    """A destination, and the way of WAYS that sync is compared with there."""

    name: str
    address: str
    baseline: str = ""
    """What the table calls that way."""
    way: str = ""


DUCKDB = Target("DuckDB", "duckdb:large.duckdb", "tapi and dlt with dicts", "dicts")
POSTGRESQL = Target("PostgreSQL", "postgresql:", "tapi and executemany", "executemany")
PARQUET = Target("Parquet", "files:large?format=parquet", "tapi and pandas", "pandas")
CLICKHOUSE = Target("ClickHouse", "clickhouse:", "tapi and one insert of JSONEachRow", "json lines")


def measure(count: int) -> list[Row]:
    """The rows of so many ads; of PostgreSQL, ClickHouse and pandas where they are installed."""
    installed = {
        POSTGRESQL: postgresql.programs() is not None and find_spec("psycopg2") is not None,
        PARQUET: find_spec("pandas") is not None,
        CLICKHOUSE: find_spec("chdb") is not None,
    }
    with serving(count) as server:
        rows = _rows(DUCKDB, server.address, count, arrow=True)
        for target, is_installed in installed.items():
            rows += _rows(target, server.address, count) if is_installed else []
    return rows


def _rows(target: Target, emulator: str, count: int, *, arrow: bool = False) -> list[Row]:
    """The rows of a target: sync beside its baseline, and on demand beside dlt with the same Arrow tables."""
    ways = ("sync", target.way, *(["arrow"] if arrow else []))
    loaded = {way: loaded_by(way, target, emulator, count) for way in ways}
    ours, theirs = loaded["sync"], loaded[target.way]
    whole = count >= _FULL
    task = f"{count:,} ads into {target.name}"
    rows = [
        Row(
            f"{task}: rows a second of CPU",
            target.baseline,
            theirs.cpu / ours.cpu,
            "times as many",
            Goal(_AS_OTHERS, at_least=True) if whole else None,
            ", ".join(f"{way} {one.cpu:.1f} s CPU, {one.seconds:.1f} s" for way, one in loaded.items()),
        )
    ]
    if arrow:
        goal = Goal(_AS_ARROW) if whole else None
        baseline = "decode, and dlt with Arrow"
        rows.append(Row(f"{task}: CPU", baseline, ours.cpu / loaded["arrow"].cpu, "times as much", goal))
    return rows


def loaded_by(way: str, target: Target, emulator: str, count: int) -> Loaded:
    """What one way takes to load so many ads, in a process of its own; ResultsDiffer where another number is there."""
    with _address_of(target) as address:
        loaded: Loaded = fresh(load, way, emulator, address)
    if loaded.rows != count:
        raise ResultsDiffer(f"{way} left {loaded.rows:,} ads of {count:,} in {target.name}")
    return loaded


@contextmanager
def _address_of(target: Target) -> Iterator[str]:
    """The address of an empty destination; its server, where it needs one, is new."""
    if target is POSTGRESQL:
        with postgresql.server() as address:
            yield address
    elif target is CLICKHOUSE:
        with clickhouse.server() as address:
            yield address
    else:
        yield target.address
