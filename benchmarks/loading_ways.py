"""Ways of an account's ads into a database or a file: ours, and those of a JSON client with other loaders.

Each is measured in a process of its own; the database, where it is a server, and the emulator are in others.
"""

import json
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from .timing import peak_memory

TOKEN = "made-up"
TABLES = ("campaigns", "adgroups", "ads")
_OF_TEXT_AD = ["Title", "Text", "Href", "Mobile", "SitelinkSetId", "VCardId", "AdImageHash", "AdExtensions"]
_FIELDS = ["Id", "AdGroupId", "CampaignId", "State", "Status", "StatusClarification", "Type", "Subtype"]
_TAPI = "tapi_yandex_direct.tapi_yandex_direct"
_IMPORTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "dicts": (_TAPI,),
        "executemany": (_TAPI, "psycopg2"),
        "pandas": (_TAPI, "pandas", "pyarrow.parquet"),
        "json lines": (_TAPI,),
    }
)


class Loaded(NamedTuple):
    """What one way has taken: seconds of its processor time and of the clock, bytes that memory grew; and its rows."""

    cpu: float
    seconds: float
    growth: int
    rows: int


def load(name: str, emulator: str, to: str) -> Loaded:
    """Loads the ads by one of WAYS.

    Imports are not measured: before each way the few campaigns are synced into another place of the same kind.

    Args:
        name: The way.
        emulator: Its address.
        to: The address of the destination; files are in a folder that is gone afterwards.
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
    """The address of another place of the same kind."""
    return f"{to}?dataset=imports" if to.startswith("postgresql") else to.replace("large", "imports")


def _count(to: str) -> int:
    """The ads that are there."""
    if to.startswith("files:"):
        if "parquet" in to:
            from pyarrow import parquet

            return int(parquet.read_metadata("large/ads.parquet").num_rows)
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


# --- ours ---------------------------------------------------------------------------------------------------------


def _sync(emulator: str, to: str, tables: tuple[str, ...] = TABLES) -> None:
    from yadirect_soap import Direct, etl

    with Direct(TOKEN, endpoint=emulator) as direct:
        etl.sync(direct, to, tables, clients=None).raise_for_errors()


def _arrow(emulator: str, _to: str) -> None:
    from yadirect_soap import Direct, etl

    tables: dict[str, list[Any]] = {name: [] for name in TABLES}
    with Direct(TOKEN, endpoint=emulator) as direct:
        for batch in etl.snapshot(direct, TABLES):
            tables[batch.table.name].append(batch.arrow())
    for name, batches in tables.items():
        _load_by_dlt(name, batches, ["login", "id"])


# --- a JSON client's ----------------------------------------------------------------------------------------------


def _dicts(emulator: str, _to: str) -> None:
    for name, rows in _by_json(emulator).items():
        _load_by_dlt(name, rows, ["Id"])


def _executemany(emulator: str, to: str) -> None:
    import psycopg2

    columns = ", ".join(f"{name} {'bigint' if name.endswith('Id') else 'text'}" for name in _FIELDS)
    marks = ", ".join(["%s"] * (len(_FIELDS) + 1))
    with psycopg2.connect(to) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA yandex_direct; CREATE TABLE yandex_direct.ads ({columns}, TextAd json)")
        rows = ([*(ad.get(name) for name in _FIELDS), json.dumps(ad.get("TextAd"))] for ad in _by_json(emulator)["ads"])
        cursor.executemany(f"INSERT INTO yandex_direct.ads VALUES ({marks})", rows)  # noqa: S608  marks alone


def _pandas(emulator: str, _to: str) -> None:
    import pandas

    Path("large").mkdir()
    for name, rows in _by_json(emulator).items():
        pandas.DataFrame(list(rows)).to_parquet(f"large/{name}.parquet")


def _json_lines(emulator: str, to: str) -> None:
    from yadirect_soap.etl.destinations.clickhouse_http import ClickHouseHttp, server_of

    http = ClickHouseHttp(server_of(to))
    columns = ", ".join(f"{name} Nullable({'Int64' if name.endswith('Id') else 'String'})" for name in _FIELDS[1:])
    http.run(f"CREATE TABLE ads (Id Int64, {columns}, TextAd String) ENGINE = ReplacingMergeTree ORDER BY Id")
    lines = (json.dumps({**ad, "TextAd": json.dumps(ad.get("TextAd"))}) for ad in _by_json(emulator)["ads"])
    http.run("INSERT INTO ads FORMAT JSONEachRow", data="\n".join(lines).encode())


def _by_json(emulator: str) -> Mapping[str, Iterator[dict[str, Any]]]:
    """Rows by table, as the JSON client has them."""
    from tapi_yandex_direct import YandexDirect
    from tapi_yandex_direct.tapi_yandex_direct import YandexDirectClientAdapter

    # There is no setting for another address.
    YandexDirectClientAdapter.get_api_root = lambda *_, **__: f"{emulator}/"
    client = YandexDirect(access_token=TOKEN, login="")

    def items(service: str, **params: Any) -> Iterator[dict[str, Any]]:
        yield from getattr(client, service)().post(data={"method": "get", "params": params})().iter_items()

    campaigns = list(items("campaigns", SelectionCriteria={}, FieldNames=["Id", "Name", "State", "Status", "Type"]))
    criteria = {"CampaignIds": [campaign["Id"] for campaign in campaigns]}
    groups = list(items("adgroups", SelectionCriteria=criteria, FieldNames=["Id", "CampaignId", "Name", "Status"]))

    def ads() -> Iterator[dict[str, Any]]:
        for start in range(0, len(groups), 200):
            own = {"AdGroupIds": [group["Id"] for group in groups[start : start + 200]]}
            yield from items("ads", SelectionCriteria=own, FieldNames=_FIELDS, TextAdFieldNames=_OF_TEXT_AD)

    return {"campaigns": iter(campaigns), "adgroups": iter(groups), "ads": ads()}


def _load_by_dlt(name: str, rows: Any, key: list[str]) -> None:
    import dlt

    destination = dlt.destinations.duckdb("large.duckdb")
    pipeline = dlt.pipeline("large", destination=destination, dataset_name="yandex_direct", pipelines_dir="work")
    pipeline.run(dlt.resource(rows, name=name, primary_key=key, write_disposition="merge"))


WAYS: Mapping[str, Callable[[str, str], None]] = MappingProxyType(
    {
        "sync": _sync,
        "arrow": _arrow,
        "dicts": _dicts,
        "executemany": _executemany,
        "pandas": _pandas,
        "json lines": _json_lines,
    }
)
"""The ways, by name."""
