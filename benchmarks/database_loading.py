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


class Into(NamedTuple):
    """A destination, and what sync is measured beside there."""

    shown: str
    address: str
    beside: str
    way: str


DUCKDB = Into("DuckDB", "duckdb:large.duckdb", "tapi and dlt with dicts", "dicts")
POSTGRESQL = Into("PostgreSQL", "postgresql:", "tapi and executemany", "executemany")
PARQUET = Into("Parquet", "files:large?format=parquet", "tapi and pandas", "pandas")
CLICKHOUSE = Into("ClickHouse", "clickhouse:", "tapi and one insert of JSONEachRow", "json lines")


def measure(count: int) -> list[Row]:
    """The rows of so many ads; of PostgreSQL, ClickHouse and pandas where they are installed."""
    there = {
        POSTGRESQL: postgresql.programs() is not None and find_spec("psycopg2") is not None,
        PARQUET: find_spec("pandas") is not None,
        CLICKHOUSE: find_spec("chdb") is not None,
    }
    with serving(count) as server:
        rows = _into(DUCKDB, server.address, count, also="arrow")
        for into, is_there in there.items():
            rows += _into(into, server.address, count) if is_there else []
    return rows


def _into(into: Into, emulator: str, count: int, *, also: str = "") -> list[Row]:
    """The row of a destination; and, of another way there, how much more CPU than it sync takes."""
    loaded = {name: _loaded(name, into, emulator, count) for name in ("sync", into.way, also) if name}
    ours, theirs = loaded["sync"], loaded[into.way]
    whole = count >= _FULL
    task = f"{count:,} ads into {into.shown}"
    rows = [
        Row(
            f"{task}: rows a second of CPU",
            into.beside,
            theirs.cpu / ours.cpu,
            "times as many",
            Goal(_AS_OTHERS, at_least=True) if whole else None,
            ", ".join(f"{name} {way.cpu:.1f} s CPU, {way.seconds:.1f} s" for name, way in loaded.items()),
        )
    ]
    if also:
        goal = Goal(_AS_ARROW) if whole else None
        beside = "decode, and dlt with Arrow"
        rows.append(Row(f"{task}: CPU", beside, ours.cpu / loaded[also].cpu, "times as much", goal))
    return rows


def _loaded(name: str, into: Into, emulator: str, count: int) -> Loaded:
    with server_of(into) as address:
        loaded: Loaded = fresh(load, name, emulator, address)
    if loaded.rows != count:
        raise ResultsDiffer(f"{name} left {loaded.rows:,} ads of {count:,} in {into.shown}")
    return loaded


@contextmanager
def server_of(into: Into) -> Iterator[str]:
    """The address of an empty destination; its server, where it needs one, is new."""
    if into is POSTGRESQL:
        with postgresql.server() as address:
            yield address
    elif into is CLICKHOUSE:
        with clickhouse.server() as address:
            yield address
    else:
        yield into.address
