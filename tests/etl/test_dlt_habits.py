"""What users of dlt do with a dlt_source(): each gives the rows of the account, or one error that helps."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dlt
import pyarrow
import pytest
from dlt.common.configuration.container import Container
from dlt.common.pipeline import PipelineContext
from dlt.pipeline.exceptions import PipelineStepFailed

from yadirect_soap import Direct, etl
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, AGENCY_TOKEN, CLIENTS

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keeps a developer's configuration of dlt, and the pipeline of another test, out of a test."""
    monkeypatch.chdir(tmp_path)
    with Container().injectable_context(PipelineContext()):
        yield


@pytest.fixture
def pipeline() -> Any:
    """A user's pipeline."""
    destination = dlt.destinations.duckdb("mine.duckdb")
    return dlt.pipeline("mine", destination=destination, dataset_name="raw", pipelines_dir="work")


def ids(pipeline: Any, table: str = "ads") -> list[int]:
    """The ids in a table."""
    with pipeline.sql_client() as client:
        return [key for (key,) in client.execute_sql(f"SELECT id FROM {table} ORDER BY id")]  # noqa: S608  names of the tests


def living(emulator: Emulator, table: str = "ads") -> list[Any]:
    """The ids of the account."""
    return sorted(row.id for row in emulator.store.rows(table, ADVERTISER))


def ads(direct: Direct, **arguments: Any) -> Any:
    """A source of the ads with one column."""
    return etl.dlt_source(direct, ["ads"], columns=["State"], **arguments)


def delete_an_ad(emulator: Emulator, clock: Clock) -> None:
    """Deletes an ad between two runs."""
    clock.advance(minutes=5)
    emulator.store.delete("ads", 17000000002)
    clock.advance(minutes=5)


# --- runs -----------------------------------------------------------------------------------------------------


def test_a_source_is_run_again(direct: Direct, emulator: Emulator, clock: Clock, pipeline: Any) -> None:
    """The same source loads what changed since its first run."""
    source = ads(direct)
    pipeline.run(source)
    delete_an_ad(emulator, clock)
    pipeline.run(source)
    assert ids(pipeline) == living(emulator)


def test_a_source_is_run_in_two_pipelines(direct: Direct, emulator: Emulator, pipeline: Any) -> None:
    """The same source loads all rows into each."""
    source = ads(direct)
    other = dlt.pipeline("other", destination=dlt.destinations.duckdb("other.duckdb"), pipelines_dir="work")
    for each in (pipeline, other):
        each.run(source)
        assert ids(each) == living(emulator)


@pytest.mark.parametrize("limit", [0, 1, 2], ids=lambda limit: f"add_limit({limit})")
def test_what_a_limit_cuts_off_is_read_by_the_next_run(
    direct: Direct, emulator: Emulator, clock: Clock, pipeline: Any, limit: int
) -> None:
    """A sample of some batches does not stand for the whole table."""
    keyword = next(iter(emulator.store.rows("keywords", ADVERTISER))).document
    for key in range(9_000_000_001, 9_000_007_001):
        emulator.store.put("keywords", key, ADVERTISER, {**keyword, "Id": key}, changed=0)
    source = etl.dlt_source(direct, ["campaigns", "adgroups", "keywords"], columns={"keywords": ["Keyword"]})
    source.keywords.add_limit(limit)
    pipeline.run(source)
    assert ids(pipeline, "campaigns") == living(emulator, "campaigns")
    clock.advance(minutes=5)
    pipeline.run(etl.dlt_source(direct, ["keywords"], columns={"keywords": ["Keyword"]}))
    assert ids(pipeline, "keywords") == living(emulator, "keywords")


def test_two_accounts_in_one_run(direct: Direct, emulator: Emulator, pipeline: Any) -> None:
    """Two sources of one run load the rows of both accounts into the same table."""
    login = min(CLIENTS)
    with (
        emulator.session() as session,
        Direct(AGENCY_TOKEN, endpoint=emulator.endpoint, session=session, client_login=login) as other,
    ):
        pipeline.run([ads(direct), ads(other)])
    expected = {row.id for account in (ADVERTISER, login) for row in emulator.store.rows("ads", account)}
    assert set(ids(pipeline)) == expected


def test_resources_of_two_sources_in_one_run(direct: Direct, emulator: Emulator, clock: Clock, pipeline: Any) -> None:
    """A list of resources is one source for dlt; each keeps its own state."""
    for _ in range(2):
        pipeline.run([ads(direct).ads, etl.dlt_source(direct, ["campaigns"]).campaigns])
        delete_an_ad(emulator, clock) if len(ids(pipeline)) == 17 else None
    assert (ids(pipeline), ids(pipeline, "campaigns")) == (living(emulator), living(emulator, "campaigns"))
    assert [call.operation for call in emulator.calls].count("campaigns.get") == 2


def test_a_renamed_resource_finds_deleted_rows(direct: Direct, emulator: Emulator, clock: Clock, pipeline: Any) -> None:
    """with_name() names the table too."""
    for _ in range(2):
        pipeline.run(ads(direct).ads.with_name("adverts"))
        clock.advance(minutes=5)
        emulator.store.delete("ads", 17000000002)
    assert ids(pipeline, "adverts") == living(emulator)


def test_a_column_is_added_by_a_map(direct: Direct, emulator: Emulator, clock: Clock, pipeline: Any) -> None:
    """A step of a user gets tables of Arrow, those with deleted rows too."""
    for _ in range(2):
        source = ads(direct)
        source.ads.add_map(lambda rows: rows.append_column("team", pyarrow.array(["north"] * rows.num_rows)))
        pipeline.run(source)
        delete_an_ad(emulator, clock) if len(ids(pipeline)) == 17 else None
    assert ids(pipeline) == living(emulator)


def test_the_rows_go_through_a_transformer_too(direct: Direct, emulator: Emulator, clock: Clock, pipeline: Any) -> None:
    """Where the table itself is loaded, a transformer may have its rows."""

    @dlt.transformer(name="states", primary_key="id", write_disposition="merge")
    def states(rows: Any) -> Iterator[Any]:
        yield [{"id": row["id"]} for row in rows.to_pylist()]

    for _ in range(2):
        source = ads(direct)
        source.resources.add(source.ads | states)
        pipeline.run(source)
        delete_an_ad(emulator, clock) if len(ids(pipeline)) == 17 else None
    assert ids(pipeline) == living(emulator)


def test_a_column_is_added_later(direct: Direct, emulator: Emulator, clock: Clock, pipeline: Any) -> None:
    """Columns that a later run names are made, and filled for all rows."""
    for columns in (["State"], ["State", "Status"]):
        pipeline.run(etl.dlt_source(direct, ["ads"], columns=columns))
        clock.advance(minutes=5)
    assert ids(pipeline, "ads WHERE status IS NOT NULL") == living(emulator)


# --- loops ----------------------------------------------------------------------------------------------------


def test_a_loop_gives_all_rows(direct: Direct) -> None:
    """Without a pipeline a source, and a resource, can be looked at, as often as one likes."""
    source = etl.dlt_source(direct, ["campaigns", "ads"])
    assert [sum(rows.num_rows for rows in each) for each in (source, source.ads, source)] == [25, 17, 25]


def test_a_loop_that_ends_early_can_be_begun_anew(direct: Direct) -> None:
    """What was not taken of it is left."""
    source = etl.dlt_source(direct, ["campaigns", "ads"])
    assert next(iter(source)).num_rows in {8, 17}
    assert sum(rows.num_rows for rows in source) == 25


# --- what is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hints", "message"),
    [
        ({"primary_key": "id"}, "found primary_key=id, expected login, id"),
        ({"primary_key": ""}, "found primary_key=None, expected login, id"),
        ({"merge_key": "login"}, "found merge_key=login, expected none"),
        ({"incremental": dlt.sources.incremental("id")}, "found incremental, expected none"),
        ({"columns": {"_deleted": {"hard_delete": False}}}, "found no hard_delete of the column _deleted"),
        ({"columns": {"state": {"nullable": False}}}, "found nullable=False of the column state"),
        ({"columns": {"id": {"data_type": "text"}}}, "found data_type=text of the column id, expected bigint"),
        ({"table_name": lambda rows: "adverts"}, "found a function for table_name"),
    ],
    ids=["primary_key", "no key", "merge_key", "incremental", "hard_delete", "nullable", "data_type", "table_name"],
)
def test_hints_that_later_runs_cannot_bear_are_refused(
    direct: Direct, emulator: Emulator, pipeline: Any, hints: Any, message: str
) -> None:
    """Nothing is sent, and the error names the resource and the hint."""
    source = ads(direct)
    source.ads.apply_hints(**hints)
    with pytest.raises(PipelineStepFailed, match=f"resource ads: {message}"):
        pipeline.run(source)
    assert len(emulator.calls) == 0


@pytest.mark.parametrize(
    ("hints", "message"),
    [
        ({"table_name": "adverts"}, "found the table adverts in the hints of its rows"),
        ({"write_disposition": "replace"}, "found write_disposition='replace'"),
    ],
    ids=["table_name", "write_disposition"],
)
def test_hints_that_come_with_rows_are_refused_too(direct: Direct, pipeline: Any, hints: Any, message: str) -> None:
    """dlt.mark.with_hints() in a step changes the resource; nothing of the run is loaded."""
    source = ads(direct)
    source.ads.add_map(lambda rows: dlt.mark.with_hints(rows, dlt.mark.make_hints(**hints)))
    with pytest.raises(PipelineStepFailed, match=message):
        pipeline.run(source)
    assert "logins" not in pipeline.state.get("sources", {}).get("yadirect_soap", {})


def _both_names(direct: Direct) -> Any:
    source = ads(direct)
    source.resources["adverts"] = source.ads.with_name("adverts")
    return source


def _transformer_alone(direct: Direct) -> Any:
    return ads(direct).ads | dlt.transformer(lambda rows: rows, name="states")


@pytest.mark.parametrize(
    ("made", "run", "message"),
    [
        (_both_names, {}, "found the table ads in the resources ads, adverts"),
        (_transformer_alone, {}, "found the table ads in the hands of a transformer alone"),
        (
            lambda direct: etl.dlt_source(direct, ["campaigns", "ads"]),
            {"table_name": "everything"},
            r"found the resources .*campaigns \(everything\).* in one table",
        ),
    ],
    ids=["twice", "transformer", "one table"],
)
def test_a_table_has_one_resource(
    direct: Direct, emulator: Emulator, pipeline: Any, made: Callable[[Direct], Any], run: Any, message: str
) -> None:
    """Rows that later runs would not find again are refused before anything is sent."""
    with pytest.raises(PipelineStepFailed, match=message):
        pipeline.run(made(direct), **run)
    assert len(emulator.calls) == 0


def test_a_destination_that_cannot_merge_is_refused(direct: Direct, emulator: Emulator) -> None:
    """Files would get the changed rows besides the old ones to files, and the deleted ones too."""
    files = dlt.pipeline("lake", destination=dlt.destinations.filesystem("lake"), pipelines_dir="work")
    with pytest.raises(PipelineStepFailed, match="the destination filesystem cannot merge rows"):
        files.run(ads(direct))
    assert len(emulator.calls) == 0


def test_rows_that_wait_to_be_loaded_are_told(direct: Direct, clock: Clock, pipeline: Any) -> None:
    """A second extract before load() would compare with a table that is not there."""
    pipeline.extract(ads(direct))
    clock.advance(minutes=5)
    with pytest.raises(
        PipelineStepFailed, match=r"resource ads: what was extracted before is not loaded; call pipeline.load\(\)"
    ):
        pipeline.extract(ads(direct))


def test_a_run_that_fails_leaves_no_thread(direct: Direct, pipeline: Any) -> None:
    """A step that raises ends the run behind the source, which would keep the program from ending."""

    def fail(rows: Any) -> Any:
        raise ValueError("no such team")

    source = etl.dlt_source(direct, ["campaigns", "adgroups", "ads", "keywords"])
    source.campaigns.add_map(fail)
    with pytest.raises(PipelineStepFailed, match="no such team"):
        pipeline.run(source)
    for _ in range(200):
        if not any(thread.name.startswith("yadirect") for thread in threading.enumerate()):
            break
        time.sleep(0.05)
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("yadirect")] == []
