"""Rows that wait for their commit, partly in a file, are what a dict of them by key would be."""

import tracemalloc
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from yadirect_soap.etl.columnar_rows import ColumnarRows
from yadirect_soap.etl.columns import LOGIN, Column, Kind
from yadirect_soap.etl.gathered_rows import GatheredRows, store_page
from yadirect_soap.etl.schema import Key, Row, TableSchema

SCHEMA = TableSchema(
    "prices", [LOGIN, Column("id", ("Id",), Kind.INT, key=True), Column("price", ("Price",), Kind.DECIMAL)]
)
ROWS = st.lists(
    st.tuples(st.just("shop"), st.integers(0, 20), st.decimals(allow_nan=False, allow_infinity=False) | st.none())
)


@given(st.lists(ROWS), st.integers(1, 7))
def test_the_last_row_of_a_key_counts(added: list[list[Row]], batch_rows: int) -> None:
    """Whether rows with one key wait in the file or in memory, and however they come."""
    gathered = GatheredRows(SCHEMA, batch_rows=batch_rows)
    expected = {}
    for rows in added:
        gathered.add(rows)
        expected.update({SCHEMA.key_of(row): row for row in rows})
    batches = list(gathered.batches())
    assert sorted(row[1:2] for batch in batches for row in batch) == sorted(key[1:] for key in expected)
    assert {SCHEMA.key_of(row): row for batch in batches for row in batch} == expected
    assert gathered.keys == expected.keys()
    assert len(gathered) == len(expected) == sum(map(len, batches))
    assert all(0 < len(batch) <= batch_rows for batch in batches)


def test_rows_are_read_again_and_by_index() -> None:
    """Rows in the file are a sequence as those in memory are."""
    rows = [("shop", number, Decimal(number)) for number in range(5)]
    gathered = GatheredRows(SCHEMA, batch_rows=2)
    gathered.add(rows)
    batches = list(gathered.batches())
    for _ in range(2):
        assert [list(batch) for batch in batches] == [rows[:2], rows[2:4], rows[4:]]
    assert [batches[1][0], *batches[0][1:]] == [rows[2], rows[1]]


def test_pages_in_files_stand_in_their_order() -> None:
    """Of a key that came before, in and after a page that has a file of its own, the last row counts."""
    page = [("shop", number, Decimal(1)) for number in range(2_000)]
    gathered = GatheredRows(SCHEMA)
    gathered.add([("shop", 0, None), ("shop", 1, None), ("shop", 5_000, None)])
    columns = [ColumnarRows(list(zip(*part, strict=True))) for part in (page[:1_500], page[1_500:])]
    gathered.add(store_page(SCHEMA, columns))
    gathered.add([("shop", 1, Decimal(2)), ("shop", 6_000, None)])
    expected: dict[Key, Row] = {SCHEMA.key_of(row): row for row in page}
    for row in [("shop", 5_000, None), ("shop", 1, Decimal(2)), ("shop", 6_000, None)]:
        expected[SCHEMA.key_of(row)] = row
    assert {SCHEMA.key_of(row): row for batch in gathered.batches() for row in batch} == expected
    assert sum(map(len, gathered.batches())) == len(gathered) == len(expected)


def test_long_rows_take_no_memory() -> None:
    """20,000 rows of a kilobyte each are 20 MB; what is held of them is their keys and one batch."""
    schema = TableSchema("texts", [LOGIN, Column("id", ("Id",), Kind.INT, key=True), Column("text", (), Kind.TEXT)])
    gathered = GatheredRows(schema, batch_rows=500)
    tracemalloc.start()
    try:
        for start in range(0, 20_000, 500):
            gathered.add([("shop", number, f"{number:01000}") for number in range(start, start + 500)])
        for batch in gathered.batches():
            assert all(len(row[2]) == 1000 for row in batch)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8_000_000
