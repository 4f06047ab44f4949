"""What other programs read in our files is what was written, whatever the texts are."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas
import psycopg2
import pytest
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from tests.etl import postgresql
from tests.etl.hostile_values import AT, COLUMNS, HOSTILE
from yadirect_soap.etl.batches import Batch
from yadirect_soap.etl.destinations.file_formats import file_type
from yadirect_soap.etl.destinations.files import write_file
from yadirect_soap.etl.schema import TableSchema

SQLITE = shutil.which("sqlite3") or ""
THINGS = TableSchema("things", COLUMNS)
TEXTS: list[str | None] = [
    *(
        "",
        None,
        HOSTILE,
        '"',
        '""',
        'a"b',
        "a\nb",
        "a\r\nb",
        "a\rb",
        "\r",
        "\n",
        "\t",
        "\\",
        "\\N",
        "\\.",
        "\\n",
        "c:\\new",
    ),
    *(
        "007",
        "1e5",
        "=1+1",
        "-minus",
        "+plus",
        "@at",
        "NULL",
        "null",
        "NaN",
        "None",
        "--",
        "true",
        " both ",
        "a,b",
        "a;b",
    ),
    *("'", "''", "\u2028", "\u2029", "\x85", "\x0b\x0c\x1c\x1d\x1e", "\x01", "\x7f", "\ufeffmark", "e\u0301", "🦜"),
]
NUMBERS = [0, 1, -1, 2**63 - 1, -(2**63)]
PRICES = [None, Decimal("1.50"), Decimal("-0.000001"), Decimal("12345678901234567890.123456"), Decimal("1E+3")]
DAYS = [None, "2026-05-01", "2024-02-29", "0001-01-01", "9999-12-31"]
ROWS: list[tuple[Any, ...]] = [
    *(("anna", 100 + number, text, None, None, None, AT) for number, text in enumerate(TEXTS)),
    *(
        ("anna", number, "", price, day, '{"a":"b\\nc"}', AT)
        for number, price, day in zip(NUMBERS, PRICES, DAYS, strict=True)
    ),
]
EMPTY = [text or "" for text in TEXTS]
"""The texts where NULL is an empty text."""


def written(path: Path, dialect: str | None = None) -> Path:
    """A file of the rows."""
    write_file(path, [Batch(THINGS, ROWS)], THINGS, file_type(path, dialect=dialect))
    return path


def _texts(values: Any) -> list[Any]:
    """The texts, with None for what pandas has in place of it."""
    return [None if value is None or value != value else value for value in values][: len(TEXTS)]  # noqa: PLR0124  NaN


def _by_csv(path: Path) -> list[Any]:
    with path.open(encoding="utf-8", newline="") as file:
        return _texts(row["name"] for row in csv.DictReader(file))


def _by_pandas(path: Path) -> list[Any]:
    return _texts(pandas.read_csv(path, dtype={"name": str}, keep_default_na=False)["name"])


def _by_duckdb(path: Path) -> list[Any]:
    with duckdb.connect() as database:
        rows = database.execute(
            "SELECT coalesce(name, '') FROM read_csv(?, all_varchar = true)", [str(path)]
        ).fetchall()
    return _texts(name for (name,) in rows)


def _by_pyarrow(path: Path) -> list[Any]:
    options = arrow_csv.ParseOptions(newlines_in_values=True)
    convert = arrow_csv.ConvertOptions(column_types={"name": "string"}, strings_can_be_null=False)
    return _texts(arrow_csv.read_csv(path, parse_options=options, convert_options=convert)["name"].to_pylist())


@pytest.mark.parametrize("read", [_by_csv, _by_pandas, _by_duckdb, _by_pyarrow])
def test_plain_csv(tmp_path: Path, read: Callable[[Path], list[Any]]) -> None:
    """Each text comes back as it is; NULL is an empty text."""
    assert read(written(tmp_path / "things.csv")) == EMPTY


@pytest.mark.skipif(not SQLITE, reason="the shell of SQLite is not installed")
def test_sqlite_imports_csv(tmp_path: Path) -> None:
    """`.import` of its shell takes the file as it is."""
    path, database = written(tmp_path / "things.csv"), tmp_path / "things.db"
    subprocess.run([SQLITE, database, ".mode csv", f".import {path} things"], check=True, capture_output=True)
    with closing(sqlite3.connect(database)) as connection:
        assert _texts(name for (name,) in connection.execute("SELECT name FROM things")) == EMPTY


@pytest.mark.parametrize(("dialect", "delimiter"), [("excel-ru", ";"), ("excel-en", ",")])
def test_csv_for_excel(tmp_path: Path, dialect: str, delimiter: str) -> None:
    """Without the apostrophes that protect them, the texts are what they were."""
    with written(tmp_path / "things.csv", dialect).open(encoding="utf-8-sig", newline="") as file:
        names = _texts(row["name"] for row in csv.DictReader(file, delimiter=delimiter))
    protected = ("=", "+", "-", "@", "\t", "\r")
    assert names == [f"'{text}" if text.startswith(protected) else text for text in EMPTY]


@pytest.mark.parametrize("reader", ["json", "pandas", "duckdb"])
def test_json_lines(tmp_path: Path, reader: str) -> None:
    """NULL and an empty text are two things, and U+2028 ends no line."""
    path = written(tmp_path / "things.jsonl")
    if reader == "json":
        names = [json.loads(line)["name"] for line in path.read_bytes().splitlines()]
    elif reader == "pandas":
        names = pandas.read_json(path, lines=True, dtype=False)["name"]
    else:
        with duckdb.connect() as database:
            rows = database.execute("SELECT name FROM read_json(?)", [str(path)]).fetchall()
        names = [name for (name,) in rows]
    assert _texts(names) == TEXTS


@pytest.mark.parametrize("reader", ["pyarrow", "pandas", "duckdb"])
def test_parquet(tmp_path: Path, reader: str) -> None:
    """NULL and an empty text are two things, and numbers keep all of their digits."""
    path = written(tmp_path / "things.parquet")
    if reader == "pyarrow":
        table = parquet.read_table(path)
        assert table["bid"].to_pylist()[-len(PRICES) :] == PRICES
        assert table["id"].to_pylist()[-len(NUMBERS) :] == NUMBERS
        assert [day and day.isoformat() for day in table["start"].to_pylist()[-len(DAYS) :]] == DAYS
        names = table["name"].to_pylist()
    elif reader == "pandas":
        names = pandas.read_parquet(path)["name"]
    else:
        with duckdb.connect() as database:
            names = [name for (name,) in database.execute("SELECT name FROM read_parquet(?)", [str(path)]).fetchall()]
    assert _texts(names) == TEXTS


@pytest.fixture(scope="module")
def database() -> Iterator[Any]:
    """A connection to a PostgreSQL server of the tests' own."""
    if postgresql.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgresql.server() as address, closing(psycopg2.connect(address)) as connection:
        yield connection


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "options"),
    [("things.tsv", "NULL ''"), ("things.csv", "FORMAT csv, HEADER, FORCE_NOT_NULL (name)")],
    ids=["tsv", "csv"],
)
def test_postgresql_copies(tmp_path: Path, database: Any, name: str, options: str) -> None:
    """COPY takes the files as they are, with numbers and days."""
    with database.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE things "
            "(login text, id bigint, name text, bid numeric, start date, rest text, at timestamptz)"
        )
        content = io.BytesIO(written(tmp_path / name).read_bytes())
        cursor.copy_expert(f"COPY things FROM STDIN WITH ({options}, ENCODING 'UTF8')", content)
        cursor.execute("SELECT coalesce(name, ''), id, bid, start::text, rest FROM things ORDER BY ctid")
        rows = cursor.fetchall()
    database.rollback()
    assert [row[0] for row in rows][: len(TEXTS)] == EMPTY
    numbers = rows[len(TEXTS) :]
    assert [row[1:4] for row in numbers] == list(zip(NUMBERS, PRICES, DAYS, strict=True))
    assert json.loads(numbers[0][4]) == {"a": "b\nc"}


def test_bcp_reads_lines_and_tabs(tmp_path: Path) -> None:
    """Each row is one line with the same number of tabs, so that bcp with its own defaults meets no other one."""
    lines = written(tmp_path / "things.tsv").read_bytes().split(b"\n")
    assert lines.pop() == b""
    assert {line.count(b"\t") for line in lines} == {len(COLUMNS) - 1}
    assert len(lines) == len(ROWS)
    assert not any(b"\r" in line for line in lines)
