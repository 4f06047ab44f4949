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


@pytest.mark.parametrize("step", ["in parts", "in a thread"])
def test_a_limit_after_a_step_that_takes_its_time(
    direct: Direct, emulator: Emulator, clock: Clock, pipeline: Any, step: str
) -> None:
    """What the limit drops after the source has given all rows is read by the next run."""
    keyword = next(iter(emulator.store.rows("keywords", ADVERTISER))).document
    for key in range(9_000_000_001, 9_000_003_001):
        emulator.store.put("keywords", key, ADVERTISER, {**keyword, "Id": key}, changed=0)

    def parts(rows: Any) -> Iterator[Any]:
        yield from (rows.slice(start, 100) for start in range(0, rows.num_rows, 100))

    @dlt.defer
    def later(rows: Any) -> Any:
        time.sleep(0.3)
        return rows

    source = etl.dlt_source(direct, ["keywords"], columns=["Keyword"])
    source.keywords.add_yield_map(parts) if step == "in parts" else source.keywords.add_map(later)
    source.keywords.add_limit(8 if step == "in parts" else 1)
    pipeline.run(source)
    clock.advance(minutes=5)
    pipeline.run(etl.dlt_source(direct, ["keywords"], columns=["Keyword"]))
    assert ids(pipeline, "keywords") == living(emulator, "keywords")


def test_another_pipeline_loads_the_same_tables(direct: Direct, emulator: Emulator, clock: Clock) -> None:
    """Its first run, which has no state, deletes what is gone too; so does a pipeline whose state was lost."""
    for name in ("mine", "other", "mine"):
        pipeline = dlt.pipeline(
            name, destination=dlt.destinations.duckdb("mine.duckdb"), dataset_name="raw", pipelines_dir="work"
        )
        pipeline.run(ads(direct))
        assert ids(pipeline) == living(emulator)
        clock.advance(minutes=5)
        emulator.store.delete("ads", living(emulator)[0])
        clock.advance(minutes=5)


@pytest.mark.parametrize("columns", ["login varchar, id bigint", "note varchar"])
def test_a_table_that_others_have_made_is_refused(
    direct: Direct, emulator: Emulator, pipeline: Any, columns: str
) -> None:
    """It is told before anything is sent, whatever columns it has."""
    with pipeline.sql_client() as client:
        client.execute_sql("CREATE SCHEMA raw")
        client.execute_sql(f"CREATE TABLE raw.ads ({columns})")
    with pytest.raises(PipelineStepFailed, match="found the table ads in the dataset raw, which no merge"):
        pipeline.run(ads(direct))
    assert len(emulator.calls) == 0


def test_another_dataset_of_a_run_is_filled_by_the_next_run(
    direct: Direct, emulator: Emulator, clock: Clock, pipeline: Any
) -> None:
    """The dataset of run() becomes that of the pipeline only after dlt has extracted."""
    pipeline.run(ads(direct))
    delete_an_ad(emulator, clock)
    for _ in range(2):
        direct.ads.suspend(SelectionCriteria={"Ids": living(emulator)[:1]})
        pipeline.run(ads(direct), dataset_name="raw2")
        clock.advance(minutes=5)
    assert ids(pipeline) == living(emulator)


def test_columns_that_a_contract_discarded_are_filled_without_it(
    direct: Direct, emulator: Emulator, clock: Clock, pipeline: Any
) -> None:
    """A contract keeps new columns out; the state does not say that the table has them."""
    pipeline.run(ads(direct))
    wider = etl.dlt_source(direct, ["ads"], columns=["State", "Status"])
    pipeline.run(wider, schema_contract={"columns": "discard_value"})
    clock.advance(minutes=5)
    pipeline.run(etl.dlt_source(direct, ["ads"], columns=["State", "Status"]))
    assert ids(pipeline, "ads WHERE status IS NOT NULL") == living(emulator)


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


def _with_hints(rows: Any, *, variant: bool = False, **hints: Any) -> Any:
    return dlt.mark.with_hints(rows, dlt.mark.make_hints(**hints), create_table_variant=variant)


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (lambda rows: _with_hints(rows, table_name="adverts"), "found the table adverts in the hints of its rows"),
        (
            lambda rows: _with_hints(rows, table_name="adverts", variant=True),
            "found the table adverts in the hints of its rows",
        ),
        (lambda rows: dlt.mark.with_table_name(rows, "adverts"), "found the table adverts in the hints of its rows"),
        (lambda rows: _with_hints(rows, write_disposition="replace"), "found write_disposition='replace'"),
        (lambda rows: rows.drop_columns(["_deleted"]), "found rows without _deleted, expected the columns login, id,"),
        (lambda rows: [{"id": row["id"]} for row in rows.to_pylist()], "found rows without login, _deleted"),
        (lambda rows: rows.to_pandas().drop(columns="id"), "found rows without id"),
        (
            lambda rows: [{**row, "login": "x"} for row in rows.to_pylist()],
            "found another value of the column login",
        ),
        (
            lambda rows: rows.set_column(0, "login", pyarrow.array(["x"] * rows.num_rows)),
            "found another value of the column login",
        ),
    ],
    ids=["hints", "variant", "table", "disposition", "tombstones", "dicts", "data frame", "login", "login in Arrow"],
)
def test_steps_after_which_later_runs_cannot_compare_are_refused(
    direct: Direct, pipeline: Any, step: Callable[[Any], Any], message: str
) -> None:
    """A step that changes the table or the key of its rows ends the run, and nothing of it is loaded."""
    source = ads(direct)
    source.ads.add_map(step)
    with pytest.raises(PipelineStepFailed, match=f"resource ads: {message}"):
        pipeline.run(source)
    assert "logins" not in pipeline.state.get("sources", {}).get("yadirect_soap", {})


def test_rows_may_be_dicts(direct: Direct, emulator: Emulator, clock: Clock, pipeline: Any) -> None:
    """A step may make dicts of a table as long as they keep its key and _deleted."""
    for _ in range(2):
        source = ads(direct)
        source.ads.add_yield_map(lambda rows: iter(rows.to_pylist()))
        pipeline.run(source)
        delete_an_ad(emulator, clock) if len(ids(pipeline)) == 17 else None
    assert ids(pipeline) == living(emulator)


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


def test_a_pipeline_without_a_destination_is_refused(direct: Direct, emulator: Emulator) -> None:
    """Later runs would have no rows to compare with."""
    with pytest.raises(PipelineStepFailed, match="found the pipeline nowhere without a destination"):
        dlt.pipeline("nowhere", pipelines_dir="work").extract(ads(direct))
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
