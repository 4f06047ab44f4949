"""Loads an account's ads into databases and files: by sync, and by a JSON client with common loaders."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import NamedTuple

from tests.etl import clickhouse, postgresql

from .large_account import serving
from .loading_ways import Loaded, load
from .server_seconds import postgresql_seconds
from .table import Goal, ResultsDiffer, Row
from .timing import fresh

_AS_OTHERS, _AS_ARROW = 5.0, 1.3
_FULL = 100_000


class Way(NamedTuple):
    """One of WAYS with which sync is compared."""

    name: str
    description: str
    """Its name in the table."""
    has_goal: bool = True
    """Whether sync has the goal of five times as many rows a second; the other ways are shown for comparison."""


class Target(NamedTuple):
    """A destination, and the ways with which sync is compared; a short run compares only the first of them."""

    name: str
    address: str
    ways: tuple[Way, ...] = ()
    arrow: str = ""
    """The library that loads the same Arrow tables by itself; "" if there is none."""


_DICTS = Way("dicts", "tapi and dlt with dicts")
DUCKDB = Target(
    "DuckDB",
    "duckdb:large.duckdb",
    (
        _DICTS,
        Way("DataFrame", "tapi, pandas and INSERT OR REPLACE of a DataFrame", has_goal=False),
    ),
    "dlt with Arrow",
)
POSTGRESQL = Target(
    "PostgreSQL",
    "postgresql:",
    (
        _DICTS,
        Way("executemany", "tapi and executemany of INSERT ... ON CONFLICT"),
        Way("to_sql", "tapi and pandas.to_sql, which replaces nothing"),
    ),
    "dlt with Arrow",
)
PARQUET = Target(
    "Parquet",
    "files:large?format=parquet",
    (
        Way("dicts", "tapi and dlt with dicts, which can only append"),
        Way("to_parquet", "tapi and pandas.to_parquet, which keeps nothing for a next run", has_goal=False),
    ),
    "dlt with Arrow, which can only append",
)
CLICKHOUSE = Target(
    "ClickHouse",
    "clickhouse:",
    # dlt needs ClickHouse's native protocol, which the server of the benchmark does not have.
    (Way("JSONEachRow", "tapi and one INSERT of JSONEachRow", has_goal=False),),
)


def measure(count: int) -> list[Row]:
    """Measures the loading of a number of ads, with PostgreSQL, ClickHouse and pandas if they are installed."""
    installed = {
        DUCKDB: True,
        POSTGRESQL: postgresql.programs() is not None and find_spec("psycopg2") is not None,
        PARQUET: find_spec("pandas") is not None,
        CLICKHOUSE: find_spec("chdb") is not None,
    }
    with serving(count) as server:
        targets = [target for target, is_installed in installed.items() if is_installed]
        return [row for target in targets for row in _rows(target, server.address, count)]


def _rows(target: Target, emulator: str, count: int) -> list[Row]:
    """Measures one target: sync compared with other ways, and with the loading of the same Arrow tables."""
    is_full_run = count >= _FULL
    ways = target.ways if is_full_run else target.ways[:1]
    names = ["sync", *(way.name for way in ways), *(["arrow"] if target.arrow and is_full_run else [])]
    loaded = {name: loaded_by(name, target, emulator, count, in_new_process=is_full_run) for name in names}
    task, ours = f"{count:,} ads into {target.name}", loaded["sync"]
    rows = [
        Row(
            f"{task}: rows a second of CPU",
            way.description,
            loaded[way.name].all_cpu / ours.all_cpu,
            "times as many",
            Goal(_AS_OTHERS, at_least=True) if is_full_run and way.has_goal else None,
            ", ".join(f"{name} {_figures(loaded[name])}" for name in ("sync", way.name)),
        )
        for way in ways
    ]
    if "arrow" in loaded:
        ratio = ours.cpu / loaded["arrow"].cpu
        rows.append(Row(f"{task}: CPU", f"decode, and {target.arrow}", ratio, "times as much", Goal(_AS_ARROW)))
    return rows


def _figures(loaded: Loaded) -> str:
    server = f" and {loaded.server_cpu:.1f} s of the server" if loaded.server_cpu else ""
    return f"{loaded.cpu:.1f} s CPU{server}, {loaded.seconds:.1f} s"


def loaded_by(way: str, target: Target, emulator: str, count: int, *, in_new_process: bool = True) -> Loaded:
    """Loads the ads in one way into an empty destination, and returns the time and memory that it took.

    Args:
        way: One of WAYS.
        target: The destination.
        emulator: The emulator's address.
        count: The number of its ads.
        in_new_process: Whether to load in a new process, so that imports are repeated and memory can be measured.

    Raises:
        ResultsDiffer: The destination has another number of ads afterwards.
    """
    with _address_of(target) as address:
        before = _server_seconds(target, address)
        loaded: Loaded = fresh(load, way, emulator, address) if in_new_process else load(way, emulator, address)
        loaded = loaded._replace(server_cpu=_server_seconds(target, address) - before)
    if loaded.rows != count:
        raise ResultsDiffer(f"{way} left {loaded.rows:,} ads of {count:,} in {target.name}")
    return loaded


def _server_seconds(target: Target, address: str) -> float:
    """Returns the processor time of a PostgreSQL server so far, since a plain loader leaves most of the work to it."""
    return postgresql_seconds(address) if target is POSTGRESQL else 0.0


@contextmanager
def _address_of(target: Target) -> Iterator[str]:
    """Yields the address of an empty destination, with a new server if it needs one."""
    if target is POSTGRESQL:
        with postgresql.server() as address:
            yield address
    elif target is CLICKHOUSE:
        with clickhouse.server() as address:
            yield address
    else:
        yield target.address
