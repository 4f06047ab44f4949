"""Ways to load an account's ads into a database or a file: sync, dlt with the same Arrow tables, and plain_loading.

Each one is measured in its own process; the emulator and the server of a database are in other processes.
"""

import logging
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import chdir
from functools import partial
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from .plain_loading import (
    PATHS,
    TOKEN,
    by_json,
    executemany,
    json_lines,
    pandas_in_duckdb,
    pandas_to_parquet,
    pandas_to_sql,
)
from .timing import peak_memory

TABLES = ("campaigns", "adgroups", "ads")
_TAPI = "tapi_yandex_direct.tapi_yandex_direct"
_IMPORTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "dicts": (_TAPI,),
        "executemany": (_TAPI, "psycopg2"),
        "to_sql": (_TAPI, "pandas", "psycopg2", "sqlalchemy.dialects.postgresql.psycopg2"),
        "DataFrame": (_TAPI, "pandas", "pandas.core.arrays.arrow.array"),
        "to_parquet": (_TAPI, "pandas", "pyarrow.parquet"),
        "JSONEachRow": (_TAPI,),
    }
)


class Loaded(NamedTuple):
    """The cost of one way: processor seconds, elapsed seconds, growth of memory in bytes; and the number of rows."""

    cpu: float
    seconds: float
    growth: int
    rows: int
    server_cpu: float = 0.0
    """The processor seconds of the database's server; 0 if there is no server, or if they are not known."""

    @property
    def all_cpu(self) -> float:
        """The processor seconds of the process and the server."""
        return self.cpu + self.server_cpu


def load(name: str, emulator: str, to: str) -> Loaded:
    """Loads the ads in one of WAYS.

    Imports are not measured: before the measurement, the few campaigns are synced into another destination of the same
    kind.

    Args:
        name: The name of the way.
        emulator: The emulator's address.
        to: The address of the destination; files are in a temporary folder.
    """
    logging.getLogger("dlt").setLevel(logging.ERROR)
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        _sync(emulator, _beside(to), TABLES[:1])
        for module in _IMPORTS.get(name, ()):
            import_module(module)
        memory, began, clock = peak_memory(), time.process_time(), time.perf_counter()
        WAYS[name](emulator, to)
        cpu, seconds = time.process_time() - began, time.perf_counter() - clock
        return Loaded(cpu, seconds, peak_memory() - memory, _count(to))


def _beside(to: str) -> str:
    """Returns the address of another destination of the same kind."""
    return f"{to}?dataset=imports" if to.startswith("postgresql") else to.replace("large", "imports")


def _count(to: str) -> int:
    """Returns the number of ads in the destination."""
    if to.startswith("files:"):
        if "parquet" in to:
            from pyarrow import parquet

            # sync and pandas write one file, dlt a folder of files.
            files = [*Path("large").glob("ads.parquet"), *Path("large/yandex_direct/ads").glob("*.parquet")]
            return sum(int(parquet.read_metadata(file).num_rows) for file in files)
        with Path("large/ads.jsonl").open("rb") as file:
            return sum(1 for _ in file)
    if to.startswith("duckdb:"):
        import duckdb

        with duckdb.connect("large.duckdb") as database:
            return int(database.execute("SELECT count(*) FROM yandex_direct.ads").fetchall()[0][0])
    if to.startswith("clickhouse:"):
        from yadirect_soap.etl.destinations.clickhouse_http import ClickHouseHttp, server_of

        ((count,),) = ClickHouseHttp(server_of(to)).select("SELECT count() FROM ads FINAL")
        return int(count)
    import psycopg2

    with psycopg2.connect(to) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM yandex_direct.ads")
        return int(cursor.fetchone()[0])


def _sync(emulator: str, to: str, tables: tuple[str, ...] = TABLES, *, whole: bool = False) -> None:
    from yadirect_soap import Direct, etl

    with Direct(TOKEN, endpoint=emulator) as direct:
        etl.sync(direct, to, tables, columns=None if whole else _columns(tables)).raise_for_errors()


def _columns(tables: tuple[str, ...]) -> Mapping[str, list[str]]:
    return {"ads": [".".join(path) for path in PATHS]} if "ads" in tables else {}


def _arrow(emulator: str, to: str) -> None:
    """Decodes as sync does, and loads the same Arrow tables by dlt; without state, deletions and packages."""
    from yadirect_soap import Direct, etl

    tables: dict[str, list[Any]] = {name: [] for name in TABLES}
    with Direct(TOKEN, endpoint=emulator) as direct:
        for batch in etl.snapshot(direct, TABLES, columns=_columns(TABLES)):
            tables[batch.table.name].append(batch.arrow())
    for name, batches in tables.items():
        _load_by_dlt(to, name, batches, ["login", "id"])


def _dicts(emulator: str, to: str) -> None:
    for name, objects in by_json(emulator).items():
        _load_by_dlt(to, name, objects, ["Id"])


def _load_by_dlt(to: str, name: str, rows: Any, key: list[str]) -> None:
    """Merges rows into a database; writes them into new Parquet files, which dlt cannot change."""
    import dlt

    scheme, _colon, path = to.partition(":")
    options: dict[str, Any] = {}
    if scheme == "duckdb":
        destination: Any = dlt.destinations.duckdb(path)
    elif scheme == "files":
        destination = dlt.destinations.filesystem(bucket_url=str(Path("large").absolute()))
        options = {"loader_file_format": "parquet"}
    else:
        destination = dlt.destinations.postgres(to.replace("direct@", "direct:none@"))
    pipeline = dlt.pipeline("large", destination=destination, dataset_name="yandex_direct", pipelines_dir="work")
    pipeline.run(dlt.resource(rows, name=name, primary_key=key, write_disposition="merge"), **options)


WAYS: Mapping[str, Callable[[str, str], None]] = MappingProxyType(
    {
        "sync": _sync,
        "sync whole": partial(_sync, whole=True),
        "arrow": _arrow,
        "dicts": _dicts,
        "executemany": executemany,
        "to_sql": pandas_to_sql,
        "DataFrame": pandas_in_duckdb,
        "to_parquet": pandas_to_parquet,
        "JSONEachRow": json_lines,
    }
)
"""The ways, by name."""
