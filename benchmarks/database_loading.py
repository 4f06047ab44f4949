"""An account's ads into databases and files: by sync, and by a JSON client with what people load them with."""

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
    """One of WAYS that sync is compared with."""

    name: str
    description: str
    """What the table calls it."""
    has_goal: bool = True


class Target(NamedTuple):
    """A destination, and the ways that sync is compared with there; the first of them also in a short run."""

    name: str
    address: str
    ways: tuple[Way, ...] = ()
    arrow: str = ""
    """What loads the same Arrow tables alone, where something does."""


DUCKDB = Target(
    "DuckDB",
    "duckdb:large.duckdb",
    (
        Way("dicts", "tapi and dlt with dicts"),
        Way("DataFrame", "tapi, pandas and INSERT OR REPLACE of a DataFrame", has_goal=False),
    ),
    "dlt with Arrow",
)
POSTGRESQL = Target(
    "PostgreSQL",
    "postgresql:",
    (
        Way("executemany", "tapi and executemany of INSERT ... ON CONFLICT"),
        Way("to_sql", "tapi and pandas.to_sql, which replaces nothing"),
    ),
    "dlt with Arrow",
)
PARQUET = Target(
    "Parquet",
    "files:large?format=parquet",
    (Way("to_parquet", "tapi and pandas.to_parquet, which keeps nothing for a next run"),),
    "pyarrow",
)
CLICKHOUSE = Target("ClickHouse", "clickhouse:", (Way("JSONEachRow", "tapi and one INSERT of JSONEachRow"),))


def measure(count: int) -> list[Row]:
    """The rows of so many ads; of PostgreSQL, ClickHouse and pandas where they are installed."""
    installed = {
        DUCKDB: True,
        POSTGRESQL: postgresql.programs() is not None and find_spec("psycopg2") is not None,
        PARQUET: find_spec("pandas") is not None,
        CLICKHOUSE: find_spec("chdb") is not None,
    }
    with serving(count) as server:
        return [row for target, there in installed.items() if there for row in _rows(target, server.address, count)]


def _rows(target: Target, emulator: str, count: int) -> list[Row]:
    """The rows of a target: sync beside other ways, and beside what loads the same Arrow tables alone."""
    is_whole = count >= _FULL
    ways = target.ways if is_whole else target.ways[:1]
    names = ["sync", *(way.name for way in ways), *(["arrow"] if target.arrow and is_whole else [])]
    loaded = {name: loaded_by(name, target, emulator, count, apart=is_whole) for name in names}
    task, ours = f"{count:,} ads into {target.name}", loaded["sync"]
    rows = [
        Row(
            f"{task}: rows a second of CPU",
            way.description,
            loaded[way.name].all_cpu / ours.all_cpu,
            "times as many",
            Goal(_AS_OTHERS, at_least=True) if is_whole and way.has_goal else None,
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


def loaded_by(way: str, target: Target, emulator: str, count: int, *, apart: bool = True) -> Loaded:
    """What one way takes to load so many ads; ResultsDiffer where another number is there.

    Args:
        way: One of WAYS.
        target: Where they go, which is empty.
        emulator: The emulator's address.
        count: How many ads it has.
        apart: Whether this is done in a process of its own: imports are made anew, and memory can be measured.
    """
    with _address_of(target) as address:
        before = _server_seconds(target, address)
        loaded: Loaded = fresh(load, way, emulator, address) if apart else load(way, emulator, address)
        loaded = loaded._replace(server_cpu=_server_seconds(target, address) - before)
    if loaded.rows != count:
        raise ResultsDiffer(f"{way} left {loaded.rows:,} ads of {count:,} in {target.name}")
    return loaded


def _server_seconds(target: Target, address: str) -> float:
    """Processor time of the server so far: of PostgreSQL's, since a plain loader leaves it the most work."""
    return postgresql_seconds(address) if target is POSTGRESQL else 0.0


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
