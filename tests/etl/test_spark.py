"""Spark reads an account: one session of it, where pyspark is installed.

These tests start a Java machine, which takes ten seconds; .ci/run has them in a job of their own.
"""

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, ADVERTISER_TOKEN

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed: pip install pyspark (491 MB)"),
    pytest.mark.filterwarnings("default"),
]


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    """An emulator with the demo accounts, on a socket that the environment names."""
    with Emulator() as emulator:
        yield emulator


@pytest.fixture(scope="module")
def spark(emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session of two local executors, which know the format; its processes inherit the environment."""
    from pyspark.sql import SparkSession

    from yadirect_soap.etl.engines.spark import register

    root = str(Path(__file__).resolve().parents[2])
    with emulator.serve() as url, pytest.MonkeyPatch.context() as environment:
        environment.setenv("YADIRECT_TOKEN", ADVERTISER_TOKEN)
        environment.setenv("YADIRECT_ENDPOINT", url)
        environment.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        environment.setenv("PYSPARK_PYTHON", sys.executable)
        environment.setenv("PYTHONPATH", os.pathsep.join([root, os.environ.get("PYTHONPATH", "")]))
        builder: Any = SparkSession.builder
        session = (
            builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.speculation", "false")
            .getOrCreate()
        )
        register(session)
        yield session
        session.stop()


def test_a_table_is_a_data_frame(spark: Any, emulator: Emulator) -> None:
    """Its columns are those of the contract, its rows all objects of the account."""
    frame = spark.read.format("yandexdirect").option("columns", "State,TextAd.Title").load("ads")
    assert frame.dtypes[:3] == [("login", "string"), ("id", "bigint"), ("ad_group_id", "bigint")]
    assert "text_ad_title" in frame.columns
    rows = frame.collect()
    assert sorted(row["id"] for row in rows) == [row.id for row in emulator.store.rows("ads", ADVERTISER)]
    assert {row["login"] for row in rows} == {ADVERTISER}


def test_types_are_sparks_own(spark: Any, tmp_path: Path) -> None:
    """Days and moments are dates and timestamps, which a Parquet file keeps."""
    frame = spark.read.format("yandexdirect").load("campaigns")
    frame.write.parquet(str(tmp_path / "campaigns"))
    kinds = dict(spark.read.parquet(str(tmp_path / "campaigns")).dtypes)
    assert (kinds["start_date"], kinds["_synced_at"], kinds["name"]) == ("date", "timestamp", "string")


def test_a_login_has_few_partitions(spark: Any) -> None:
    """No more than its lanes, however many executors there are."""
    frame = spark.read.format("yandexdirect").option("lanes", "2").load("adgroups")
    assert frame.rdd.getNumPartitions() <= 2


def test_statistics_are_read_by_their_definition(spark: Any, tmp_path: Path) -> None:
    """A file of definitions makes its tables known."""
    file = tmp_path / "stat.toml"
    file.write_text('[by_day]\nsince = 2026-06-01\nFieldNames = ["Date", "Clicks", "Cost"]\n', "utf-8")
    frame = spark.read.format("yandexdirect").option("statistics", str(file)).load("by_day")
    assert [name for name, _ in frame.dtypes] == ["login", "date", "clicks", "cost", "_synced_at"]
    assert frame.count() == frame.select("date").distinct().count() > 0


def test_a_schema_selects_columns(spark: Any, emulator: Emulator) -> None:
    """Those of a user's own schema come, in its order; the schema of a data frame can be given again."""
    reader = spark.read.format("yandexdirect").option("columns", "State")
    rows = reader.schema("state STRING, id BIGINT").load("ads").collect()
    expected = {row.id: row.document["State"] for row in emulator.store.rows("ads", ADVERTISER)}
    assert {row["id"]: row["state"] for row in rows} == expected
    assert reader.schema(reader.load("ads").schema).load("ads").count() == len(expected)


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ("id STRING", "found the type string of the column id in the schema, expected bigint"),
        ("title STRING", "found the column title in the schema"),
    ],
    ids=["type", "name"],
)
def test_another_schema_is_refused(spark: Any, emulator: Emulator, schema: str, message: str) -> None:
    """Before units are spent, and not in an executor."""
    calls = len(emulator.calls)
    with pytest.raises(Exception, match=message):
        spark.read.format("yandexdirect").schema(schema).load("ads").collect()
    assert len(emulator.calls) == calls


@pytest.mark.parametrize(
    ("options", "table", "message"),
    [
        ({"token": "secret"}, "ads", "set YADIRECT_TOKEN"),
        ({"login": "shop"}, "ads", "found the option login"),
        ({"lanes": "many"}, "ads", "a number from 1 to 5"),
        ({}, "adz", "no table 'adz'"),
        ({"columnNames": "camel"}, "ads", "found column_names='camel'"),
    ],
    ids=["token", "option", "lanes", "table", "columnNames"],
)
def test_a_mistake_is_told(spark: Any, options: dict[str, str], table: str, message: str) -> None:
    """Before anything is read."""
    with pytest.raises(Exception, match=message):
        spark.read.format("yandexdirect").options(**options).load(table).collect()
