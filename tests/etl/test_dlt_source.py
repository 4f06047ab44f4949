"""dlt_source(): pipelines of a user's own load the account's rows, and later what changed."""

from pathlib import Path
from typing import Any

import dlt
import pytest
from dlt.pipeline.exceptions import PipelineStepFailed

from yadirect_soap import ConfigurationError, Direct, etl
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, AGENCY_TOKEN, CLIENTS

TABLES = ["campaigns", "adgroups", "ads", "keywords"]

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps a developer's configuration of dlt out of the tests."""
    monkeypatch.chdir(tmp_path)


def pipeline(folder: str = "work") -> Any:
    """A user's pipeline; another folder is that of another machine."""
    destination = dlt.destinations.duckdb("mine.duckdb")
    return dlt.pipeline("mine", destination=destination, dataset_name="raw", pipelines_dir=folder)


def values(loaded: Any, statement: str) -> list[Any]:
    """The rows of a query."""
    with loaded.sql_client() as client:
        return list(client.execute_sql(statement))


def test_later_runs_load_what_changed(direct: Direct, emulator: Emulator, clock: Clock) -> None:
    """A second run, on a machine that has no folder of dlt, asks for changes alone and deletes what is gone."""
    pipeline().run(etl.dlt_source(direct, TABLES))
    clock.advance(minutes=5)
    direct.ads.suspend(SelectionCriteria={"Ids": [17000000001]})
    emulator.store.delete("ads", 17000000002)
    calls = len(emulator.calls)
    loaded = pipeline("elsewhere")
    loaded.run(etl.dlt_source(direct, TABLES))
    assert "changes.checkCampaigns" in [call.operation for call in list(emulator.calls)[calls:]]
    ids = [key for (key,) in values(loaded, "SELECT id FROM ads ORDER BY id")]
    assert ids == [row.id for row in emulator.store.rows("ads", ADVERTISER)]
    assert values(loaded, "SELECT state FROM ads WHERE id = 17000000001") == [("SUSPENDED",)]


def test_resources_can_be_selected(direct: Direct, emulator: Emulator) -> None:
    """Only the tables that are selected are read, with the hints that a user adds."""
    source = etl.dlt_source(direct, TABLES).with_resources("campaigns")
    source.campaigns.apply_hints(columns={"name": {"description": "what people call it"}})
    loaded = pipeline()
    loaded.run(source)
    assert len(values(loaded, "SELECT id FROM campaigns")) == 8
    assert "ads.get" not in [call.operation for call in emulator.calls]


@pytest.mark.parametrize(("disposition", "count"), [("replace", 17), ("append", 34)])
def test_all_rows_come_each_time(direct: Direct, disposition: Any, count: int) -> None:
    """With replace and append each run loads all rows."""
    loaded = pipeline()
    for _ in range(2):
        loaded.run(etl.dlt_source(direct, ["ads"], columns={"ads": ["State"]}, write_disposition=disposition))
    assert values(loaded, "SELECT count(*) FROM ads") == [(count,)]


def test_clients_of_an_agency_are_loaded(emulator: Emulator) -> None:
    """With clients="all" the rows of each client are there under its login."""
    with emulator.session() as session, Direct(AGENCY_TOKEN, endpoint=emulator.endpoint, session=session) as agency:
        loaded = pipeline()
        loaded.run(etl.dlt_source(agency, ["campaigns"], clients="all"))
    assert {login for (login,) in values(loaded, "SELECT login FROM campaigns")} == set(CLIENTS)


def test_an_error_of_the_api_fails_the_pipeline(emulator: Emulator) -> None:
    """What the API refuses is the error of the step, and no state is left behind."""
    with emulator.session() as session, Direct("wrong", endpoint=emulator.endpoint, session=session) as stranger:
        loaded = pipeline()
        with pytest.raises(PipelineStepFailed, match="error 53"):
            loaded.run(etl.dlt_source(stranger, ["campaigns"]))
    assert "sources" not in loaded.state or not loaded.state["sources"].get("yadirect_soap", {}).get("logins")


def test_another_disposition_is_refused(direct: Direct) -> None:
    """A disposition that there is not is told before anything is read."""
    wrong: Any = "upsert"
    with pytest.raises(ConfigurationError, match="found write_disposition='upsert'"):
        etl.dlt_source(direct, ["ads"], write_disposition=wrong)


def test_other_names_hide_no_deletion(direct: Direct, emulator: Emulator, clock: Clock) -> None:
    """With another name of the source and of a table, later runs still find the rows that are gone."""
    loaded = pipeline()
    for _ in range(2):
        source = etl.dlt_source(direct, ["ads"], columns=["State"]).clone(with_name="direct")
        source.ads.apply_hints(table_name="adverts")
        loaded.run(source)
        clock.advance(minutes=5)
        emulator.store.delete("ads", 17000000002)
    ids = [key for (key,) in values(loaded, "SELECT id FROM adverts ORDER BY id")]
    assert ids == [row.id for row in emulator.store.rows("ads", ADVERTISER)]


@pytest.mark.parametrize("refresh", ["drop_resources", "drop_data"])
def test_what_a_refresh_drops_is_read_whole(direct: Direct, clock: Clock, refresh: Any) -> None:
    """A table that dlt drops or empties has all rows again, though nothing changed."""
    loaded = pipeline()
    for mode in (None, refresh):
        loaded.run(etl.dlt_source(direct, ["ads"], columns=["State"]), refresh=mode)
        clock.advance(minutes=5)
    assert values(loaded, "SELECT count(*) FROM ads") == [(17,)]


@pytest.mark.parametrize("statement", ["DROP TABLE ads", "ALTER TABLE ads DROP COLUMN state"], ids=["table", "column"])
def test_a_dropped_table_is_told_with_what_makes_it_again(direct: Direct, statement: str) -> None:
    """A pipeline makes nothing twice, so the run tells how to make it; afterwards all rows are there."""
    loaded = pipeline()
    loaded.run(etl.dlt_source(direct, ["ads", "campaigns"]))
    with loaded.sql_client() as client:
        client.execute_sql(statement)
    with pytest.raises(PipelineStepFailed, match=r"with_resources\('ads'\), refresh='drop_resources'"):
        loaded.run(etl.dlt_source(direct, ["ads", "campaigns"]))
    loaded.run(etl.dlt_source(direct, ["ads", "campaigns"]).with_resources("ads"), refresh="drop_resources")
    loaded.run(etl.dlt_source(direct, ["ads", "campaigns"]))
    assert values(loaded, "SELECT count(state) FROM ads") == [(17,)]


def test_emptied_tables_are_read_whole(direct: Direct, clock: Clock) -> None:
    """A table whose rows somebody deleted has them again after the next run."""
    loaded = pipeline()
    loaded.run(etl.dlt_source(direct, ["ads"]))
    with loaded.sql_client() as client:
        client.execute_sql("DELETE FROM ads")
    clock.advance(minutes=5)
    loaded.run(etl.dlt_source(direct, ["ads"]))
    assert values(loaded, "SELECT count(*) FROM ads") == [(17,)]


@pytest.mark.parametrize(
    "disposition",
    ["append", "replace", {"disposition": "merge", "strategy": "scd2"}],
    ids=["append", "replace", "scd2"],
)
def test_hints_that_would_lose_rows_are_refused(direct: Direct, emulator: Emulator, disposition: Any) -> None:
    """Where later runs give changes alone, nothing may replace or close the rows that do not come."""
    with pytest.raises(PipelineStepFailed, match="resource ads: found write_disposition="):
        pipeline().run(etl.dlt_source(direct, ["ads"]), write_disposition=disposition)
    assert len(emulator.calls) == 0
