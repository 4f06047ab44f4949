"""The tables: what is read of an account, and the facts by which it is asked for, against contract and store."""

import pytest

from yadirect_soap import Direct, NotSupportedError, UnknownNameError, etl
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, ADVERTISER_TOKEN
from yadirect_soap.etl.references import member_names
from yadirect_soap.etl.schema import ObjectSchema
from yadirect_soap.etl.tables import Table, bundled, table
from yadirect_soap.protocol import contract, facts

OBJECTS = [one for one in bundled().values() if not one.dictionary]
LISTED_BY_PARENTS = [one for one in OBJECTS if one.parent]
STORED = [one for one in OBJECTS if one.service not in {"agencyclients", "bids", "clients", "keywordbids"}]


def ids_of(tables: list[Table]) -> list[str]:
    """The names of tables, to name test cases by."""
    return [one.name for one in tables]


@pytest.mark.parametrize("table", STORED, ids=ids_of(STORED))
def test_every_object_of_the_account_is_read_once(direct: Direct, emulator: Emulator, table: Table) -> None:
    """A snapshot of a table has each object of the emulator's store, and each once."""
    keys = [batch.table.key_of(row)[1] for batch in etl.snapshot(direct, [table.name]) for row in batch.rows]
    assert sorted(keys) == sorted(row.id for row in emulator.store.rows(table.service, ADVERTISER))
    assert keys


@pytest.mark.parametrize("name", ["bids", "keywordbids"])
def test_every_bid_is_read_once(direct: Direct, emulator: Emulator, name: str) -> None:
    """There is one bid for each keyword."""
    keys = [batch.table.key_of(row)[1] for batch in etl.snapshot(direct, [name]) for row in batch.rows]
    assert sorted(keys) == [row.id for row in emulator.store.rows("keywords", ADVERTISER)]


@pytest.mark.parametrize("table", OBJECTS, ids=ids_of(OBJECTS))
def test_keys_and_parents_are_members_of_the_objects(table: Table) -> None:
    """The members that a table names are in the contract."""
    named = {*table.key, *table.figures, *filter(None, [table.member, table.scope_member])}
    assert named <= set(table.shape.by_name)


@pytest.mark.parametrize("table", LISTED_BY_PARENTS, ids=ids_of(LISTED_BY_PARENTS))
def test_a_block_is_no_larger_than_the_criterion_allows(table: Table) -> None:
    """The criterion is in the contract, and a block of parents within its limit."""
    criteria = table.operation.request.by_name["SelectionCriteria"].shape.by_name
    assert {table.by, *table.criteria} <= set(criteria)
    assert 0 < table.block <= table.limit(table.by)


@pytest.mark.parametrize("table", LISTED_BY_PARENTS, ids=ids_of(LISTED_BY_PARENTS))
def test_parents_come_first(table: Table) -> None:
    """A table stands after the one that its objects are listed by."""
    names = list(bundled())
    assert names.index(table.parent) < names.index(table.name)


def test_every_service_with_a_get_is_a_table() -> None:
    """Every get of the contract reads a table, but that of videos, which gives only those whose ids one knows."""
    gets = {name for name, service in contract.bundled().items() if "get" in service.operations}
    assert gets - {one.service for one in bundled().values()} == {"advideos"}


def test_every_dictionary_is_a_table() -> None:
    """Each list in the result of dictionaries.get is a table, but the one that is given no more."""
    lists = set(contract.bundled().operation("dictionaries", "get").response.by_name)
    assert lists - {one.dictionary for one in bundled().values()} == {"ProductivityAssertions"}


@pytest.mark.parametrize("table", OBJECTS, ids=ids_of(OBJECTS))
def test_what_a_table_costs_is_known(table: Table) -> None:
    """The facts have the units of every get."""
    assert table.operation.key in facts.bundled().costs


def test_a_wrong_name_tells_the_nearest() -> None:
    """A table that there is not is told with the one that is meant."""
    with pytest.raises(UnknownNameError, match="did you mean 'keywords'"):
        table("keyword")


def test_optional_tables_are_read_where_they_are_named() -> None:
    """Personal data, figures of the auction and dictionaries are no part of all tables."""
    names = {one.name for one in etl.tables()}
    assert names.isdisjoint({"leads", "bids", "keywordbids", "agencyclients", "dictionary_currencies"})
    assert [one.name for one in etl.tables(["leads", "Campaigns"])] == ["campaigns", "leads"]


def test_what_other_objects_change_is_read_whole_or_left_out() -> None:
    """Associated changes by an ad that takes the object: no ModifiedSince tells that."""
    schemas = [ObjectSchema(one) for one in bundled().values() if "Associated" in one.shape.by_name]
    assert schemas
    assert [schema for schema in schemas if "associated" in schema.names and not schema.is_whole] == []


@pytest.mark.parametrize(
    "table", [table for table in bundled().values() if table.named_by], ids=lambda table: table.name
)
def test_what_names_an_object_is_a_member_of_others(table: Table) -> None:
    """Objects of other tables have these members, and a get takes the ids that are in them."""
    others = [member_names(other.shape) for other in bundled().values() if other.changes != "whole"]
    assert all(any(member in names for names in others) for member in table.named_by)
    criteria = table.operation.request.by_name["SelectionCriteria"].shape
    assert table.ids_criterion in criteria.by_name


def test_the_tables_of_the_newest_api_are_read_unless_others_are_named() -> None:
    """The API refuses vCards, which are read only where they are named."""
    with Emulator() as emulator, emulator.session() as session:
        direct = Direct(ADVERTISER_TOKEN, endpoint=emulator.endpoint, session=session)
        names = {batch.table.name for batch in etl.snapshot(direct)}
        assert "campaigns" in names
        assert "vcards" not in names
        with pytest.raises(NotSupportedError):
            list(etl.snapshot(direct, ["vcards"]))
