"""An account's ads into DuckDB: by sync, by dlt with the same Arrow tables, and by dlt with dicts of a JSON client."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .large_account import serving
from .table import Goal, ResultsDiffer, Row
from .timing import fresh, peak_memory

_TOKEN = "made-up"
_TABLES = ("campaigns", "adgroups", "ads")
_AS_DICTS, _AS_ARROW = 5.0, 1.3
_MIB = 2**20
_FULL = 100_000
_OF_TEXT_AD = ["Title", "Text", "Href", "Mobile", "SitelinkSetId", "VCardId", "AdImageHash", "AdExtensions"]


def measure(count: int) -> list[Row]:
    """The rows of so many ads."""
    with serving(count) as server:
        cpu: dict[str, float] = {}
        seconds: dict[str, float] = {}
        for name in WAYS:
            cpu[name], seconds[name], rows, growth = fresh(run, name, server.address)
            if rows != count:
                raise ResultsDiffer(f"{name} left {rows:,} ads of {count:,}")
            if name == "sync":
                memory = growth
    ours = cpu["sync"]
    shown = ", ".join(f"{name} {cpu[name]:.1f} s CPU, {seconds[name]:.1f} s" for name in WAYS)
    whole = count >= _FULL
    return [
        Row(
            f"{count:,} ads into DuckDB: rows a second of CPU",
            "tapi and dlt with dicts",
            cpu["dicts"] / ours,
            "times as many",
            Goal(_AS_DICTS, at_least=True) if whole else None,
            shown,
        ),
        Row(
            f"{count:,} ads into DuckDB: CPU",
            "decode, and dlt with Arrow",
            ours / cpu["arrow"],
            "times as much",
            Goal(_AS_ARROW) if whole else None,
        ),
        Row(f"{count:,} ads into DuckDB: memory of sync", "-", memory / _MIB, "MiB"),
    ]


def run(name: str, address: str) -> tuple[float, float, int, int]:
    """Seconds of CPU and of the clock, ads in the database, and bytes that memory grew; imports are not measured."""
    import logging

    import dlt  # noqa: F401  not measured
    import duckdb
    import pyarrow  # noqa: F401  not measured

    logging.getLogger("dlt").setLevel(logging.ERROR)
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        memory, began, clock = peak_memory(), time.process_time(), time.perf_counter()
        WAYS[name](address)
        taken = time.process_time() - began, time.perf_counter() - clock
        growth = peak_memory() - memory
        with duckdb.connect(str(Path(folder) / "large.duckdb")) as database:
            found = database.execute("SELECT count(*) FROM yandex_direct.ads").fetchone()
        return *taken, found[0] if found else 0, growth


def _sync(address: str) -> None:
    from yadirect_soap import Direct, etl

    with Direct(_TOKEN, endpoint=address) as direct:
        etl.sync(direct, "duckdb:large.duckdb", _TABLES, clients=None).raise_for_errors()


def _arrow(address: str) -> None:
    from yadirect_soap import Direct, etl

    tables: dict[str, list[Any]] = {name: [] for name in _TABLES}
    with Direct(_TOKEN, endpoint=address) as direct:
        for batch in etl.snapshot(direct, _TABLES):
            tables[batch.table.name].append(batch.arrow())
    for name, batches in tables.items():
        _load(name, batches, ["login", "id"])


def _dicts(address: str) -> None:
    from tapi_yandex_direct import YandexDirect
    from tapi_yandex_direct.tapi_yandex_direct import YandexDirectClientAdapter

    # There is no setting for another address.
    YandexDirectClientAdapter.get_api_root = lambda *_, **__: f"{address}/"
    client = YandexDirect(access_token=_TOKEN, login="")

    def items(service: str, **params: Any) -> Iterator[dict[str, Any]]:
        yield from getattr(client, service)().post(data={"method": "get", "params": params})().iter_items()

    campaigns = list(items("campaigns", SelectionCriteria={}, FieldNames=["Id", "Name", "State", "Status", "Type"]))
    criteria = {"CampaignIds": [campaign["Id"] for campaign in campaigns]}
    groups = list(items("adgroups", SelectionCriteria=criteria, FieldNames=["Id", "CampaignId", "Name", "Status"]))

    def ads() -> Iterator[dict[str, Any]]:
        fields = ["Id", "AdGroupId", "CampaignId", "State", "Status", "StatusClarification", "Type", "Subtype"]
        for start in range(0, len(groups), 200):
            own = {"AdGroupIds": [group["Id"] for group in groups[start : start + 200]]}
            yield from items("ads", SelectionCriteria=own, FieldNames=fields, TextAdFieldNames=_OF_TEXT_AD)

    for name, rows in (("campaigns", campaigns), ("adgroups", groups), ("ads", ads())):
        _load(name, rows, ["Id"])


def _load(name: str, rows: Any, key: list[str]) -> None:
    import dlt

    destination = dlt.destinations.duckdb("large.duckdb")
    pipeline = dlt.pipeline("large", destination=destination, dataset_name="yandex_direct", pipelines_dir="work")
    pipeline.run(dlt.resource(rows, name=name, primary_key=key, write_disposition="merge"))


WAYS: Mapping[str, Callable[[str], None]] = MappingProxyType({"sync": _sync, "arrow": _arrow, "dicts": _dicts})
"""The ways into the database, by name."""
