"""Wrong arguments of the functions of etl: one error of ours that says what is expected, before anything is sent."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.etl.memory_destination import MemoryDestination
from yadirect_soap import ConfigurationError, Direct, etl
from yadirect_soap.emulator import Emulator
from yadirect_soap.etl.schema import ObjectSchema
from yadirect_soap.etl.statistics_file import report_tables

ANY: Any = etl
"""The package, whose functions take anything for a type checker."""
WRONG: dict[str, tuple[Callable[[Any], Any], str]] = {
    "tables: a number": (lambda _: ANY.tables(5), "found the table 5, expected its name"),
    "tables: bytes": (lambda d: ANY.snapshot(d, b"ads"), "found the table 97, expected its name"),
    "tables: a Table": (lambda d: ANY.snapshot(d, ANY.tables("ads")), r"found the table Table\(name='ads'"),
    "columns: a number": (lambda d: ANY.snapshot(d, "ads", columns=5), "columns is a list .* not 5"),
    "columns: numbers": (lambda d: ANY.snapshot(d, "ads", columns=[5]), r"columns is a list .* not \[5\]"),
    "columns: a text": (lambda d: ANY.snapshot(d, "ads", columns={"ads": "Id"}), "columns is a list .* not 'Id'"),
    "columns of no table": (lambda d: ANY.snapshot(d, "ads", columns={5: ["Id"]}), "columns of 5, which is not among"),
    "no client": (lambda _: ANY.snapshot(None, "ads"), "found None as the client, expected a Direct"),
    "tables for the client": (lambda _: ANY.sync("ads", "files:out"), "found 'ads' as the client"),
    "a class for the client": (lambda _: ANY.dlt_source(Direct), "as the client, expected a Direct"),
    "a path": (
        lambda d: ANY.sync(d, Path("out.db")),
        r"found the destination PosixPath.*, expected",
    ),
    "no destination": (lambda d: ANY.sync(d, None), "found the destination None, expected an address"),
    "no progress": (lambda d: ANY.sync(d, MemoryDestination(), on_progress=None), "found on_progress=None, expected"),
    "clients: a number": (lambda d: ANY.sync(d, MemoryDestination(), clients=5), "found clients 5, expected a list"),
    "clients: None": (lambda d: ANY.sync(d, MemoryDestination(), clients=[None]), r"found clients \[None\], expected"),
    "clients: a text": (lambda d: ANY.sync(d, MemoryDestination(), clients="shop"), "found clients 'shop', expected"),
    "statistics: None": (lambda d: ANY.sync(d, MemoryDestination(), statistics=None), "statistics: found None, exp"),
    "partitions: a text": (lambda d: ANY.partitions("ads", columns="Id", connect=lambda: d), "columns is a list"),
    "partitions: logins": (lambda d: ANY.partitions("ads", logins=[5], connect=lambda: d), r"found clients \[5\]"),
    "partitions: a Direct": (lambda d: ANY.partitions("ads", connect=d), "found connect=.*, expected a function"),
    "read: a Direct": (lambda d: ANY.read(ANY.Partition("shop", False, "ads"), d), "found connect=.*, expected"),
    "read: a list": (lambda d: ANY.read([], lambda: d), r"found \[\], expected one of the partitions"),
}


def _copied(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301  our own bytes


@pytest.mark.parametrize(("call", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_argument_is_told_before_anything_is_sent(
    emulator: Emulator, direct: Direct, call: Callable[[Direct], Any], words: str
) -> None:
    """The error has what was found and what is expected."""
    with pytest.raises(ConfigurationError, match=words):
        call(direct)
    assert not list(emulator.calls)


def test_a_generator_of_columns_is_read_once(direct: Direct) -> None:
    """Columns may come from any iterable."""
    (batch,) = ANY.snapshot(direct, ["campaigns"], columns={"campaigns": (name for name in ["Id", "Name"])})
    assert [column.name for column in batch.columns] == ["login", "id", "name", "_synced_at"]


@pytest.mark.parametrize("picked", [None, ["Id", "TextAd.Title"]], ids=["all", "some"])
def test_a_batch_goes_to_other_processes(direct: Direct, picked: list[str] | None) -> None:
    """A pickled batch has the same rows and columns, and converts objects as before."""
    (batch,) = etl.snapshot(direct, "ads", columns=picked, column_names="api")
    batch.table.key_of(batch.rows[0])
    other = _copied(batch)
    assert (other.rows, other.columns, other.arrow()) == (batch.rows, batch.columns, batch.arrow())
    assert isinstance(batch.table, ObjectSchema)
    assert (other.table.fields, other.table.table) == (batch.table.fields, etl.tables("ads")[0])


def test_a_table_of_statistics_goes_to_other_processes() -> None:
    """Its columns and its key are the same."""
    (table,) = report_tables({"stat": {"since": "2026-06-01", "FieldNames": ["Date", "CampaignId", "Clicks"]}})
    schema = table.schema()
    other = _copied(schema)
    assert (other.name, other.columns, other.key) == (schema.name, schema.columns, schema.key)


def test_a_notebook_shows_the_summary_of_a_sync(direct: Direct) -> None:
    """Each login is a row, with the numbers of rows and units, and the error that stopped it."""
    summary = etl.sync(direct, MemoryDestination(), "campaigns")
    html = summary._repr_html_()
    assert "1 login, 0 stopped by an error" in html
    (login,) = summary.logins
    assert f">{login.login}</td><td>8</td><td>0</td><td>{login.units}</td>" in html
    stopped = etl.Summary([login._replace(error=ConfigurationError("<no> token"))])._repr_html_()
    assert "1 stopped by an error" in stopped
    assert "&lt;no&gt; token" in stopped
