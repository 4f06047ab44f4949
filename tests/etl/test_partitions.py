"""partitions() and read(): a table in parts that other processes read, whole and without a token."""

import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow
import pytest

from tests.etl.memory_destination import MemoryDestination
from tests.etl.partition_counts import count_rows
from tests.etl.test_statistics import BY_CAMPAIGN
from yadirect_soap import ConfigurationError, Direct
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, ADVERTISER_TOKEN, AGENCY_TOKEN
from yadirect_soap.etl import snapshot
from yadirect_soap.etl.partitions import Partition, partitions, read
from yadirect_soap.etl.statistics import Statistics
from yadirect_soap.etl.statistics_file import report_tables
from yadirect_soap.etl.tables import tables


@pytest.fixture
def connect(emulator: Emulator) -> Callable[[], Direct]:
    """Connects to the demo advertiser in process."""
    return lambda: Direct(ADVERTISER_TOKEN, endpoint=emulator.endpoint, session=emulator.session())


def _rows(found: list[Partition], connect: Callable[[], Direct]) -> list[dict[str, Any]]:
    return [row for partition in found for batch in read(partition, connect) for row in batch.to_pylist()]


def _without_time(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "_synced_at"} for row in rows]


@pytest.mark.parametrize("name", [table.name for table in tables()])
def test_the_parts_of_a_table_are_the_table(name: str, direct: Direct, connect: Callable[[], Direct]) -> None:
    """Together they have the rows of a snapshot, each once."""
    found = partitions(name, connect=connect)
    whole = [row for batch in snapshot(direct, [name]) for row in batch.arrow().to_pylist()]
    rows = _without_time(_rows(found, connect))
    assert sorted(rows, key=repr) == sorted(_without_time(whole), key=repr)
    assert len(found) <= 3


def test_a_partition_is_pickled_without_the_token(connect: Callable[[], Direct]) -> None:
    """It says what is read, and whoever reads it brings the token."""
    (partition, *_) = partitions("ads", columns=["TextAd.Title"], connect=connect)
    text = pickle.dumps(partition)
    assert ADVERTISER_TOKEN.encode() not in text
    assert pickle.loads(text) == partition  # noqa: S301  our own
    assert partition.schema.names[:2] == ["login", "id"]


def test_a_login_has_no_more_parts_than_lanes(emulator: Emulator, connect: Callable[[], Direct]) -> None:
    """However many parents there are; and no part is smaller than what one call takes."""
    groups = [row.id for row in emulator.store.rows("adgroups", ADVERTISER)]
    assert len(groups) > 3
    assert len(partitions("ads", connect=connect, lanes=5)) == 1
    campaigns = [row.id for row in emulator.store.rows("campaigns", ADVERTISER)]
    found = partitions("adgroups", connect=connect, lanes=2)
    assert 1 <= len(found) <= 2
    assert sorted(key for partition in found for key in partition.ids or ()) == campaigns
    with pytest.raises(ConfigurationError, match="lanes is a number from 1 to 5"):
        partitions("ads", connect=connect, lanes=6)


def test_clients_of_an_agency_have_parts_each(emulator: Emulator) -> None:
    """Rows carry the login of their client."""

    def connect() -> Direct:
        return Direct(AGENCY_TOKEN, endpoint=emulator.endpoint, session=emulator.session())

    found = partitions("campaigns", logins="all", connect=connect)
    assert len(found) > 2
    assert len({partition.login for partition in found}) == len(found)
    for row in _rows(found, connect):
        assert emulator.store.get("campaigns", row["id"], row["login"]) is not None


def test_money_comes_as_it_was_planned(emulator: Emulator, connect: Callable[[], Direct]) -> None:
    """A reader set otherwise gives the same rows."""

    def in_decimal() -> Direct:
        return connect().with_settings(money="decimal")

    found = partitions("keywords", connect=in_decimal, columns=["Bid"])
    assert _rows(found, connect) == _rows(found, in_decimal)
    assert pyarrow.types.is_decimal(next(iter(read(found[0], connect))).schema.field("bid").type)


def test_statistics_are_parts_of_months(emulator: Emulator, clock: Clock, connect: Callable[[], Direct]) -> None:
    """A login has at most two, and together they are all days up to yesterday."""
    clock.set(datetime(2026, 6, 10, 12, tzinfo=UTC))
    (table,) = report_tables({"stat": BY_CAMPAIGN})
    found = partitions(table, connect=connect)
    assert [len(partition.days) for partition in found] == [2, 1]
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  our own
    memory = MemoryDestination()
    memory.prepare([table.schema()])
    Statistics(connect(), memory, ADVERTISER, [table]).run()
    rows = _without_time(_rows(found, connect))
    assert len(rows) == len(memory.tables["stat"])
    key = ("login", "date", "campaign_id", "campaign_name")
    assert {tuple(str(row[name]) for name in key) for row in rows} == {
        tuple(map(str, key)) for key in memory.tables["stat"]
    }


@pytest.mark.slow
def test_other_processes_read_by_their_environment(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Partitions go to a pool of processes, which connect by YADIRECT_*."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("YADIRECT_TOKEN", ADVERTISER_TOKEN)
    with emulator.serve() as url:
        monkeypatch.setenv("YADIRECT_ENDPOINT", url)
        found = [*partitions("ads"), *partitions("keywords")]
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            counts = list(pool.map(count_rows, found))
    assert sum(counts) == sum(emulator.store.count(service, ADVERTISER) for service in ("ads", "keywords"))
