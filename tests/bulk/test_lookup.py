"""lookup.toml: every write of the contract has its class, and each row fits contract and documentation."""

import pytest

from yadirect_soap.bulk import lookup, write_operations
from yadirect_soap.bulk.lookup import RecoveryRule
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.limits import CRITERIA

ROWS = sorted(lookup.bundled().recoveries.items())
OPERATIONS = [operation for service in bundled().values() for operation in service.operations.values()]
WRITES = {each.key for each in OPERATIONS if not facts.bundled().is_read(each.service, each.name)}
each_row = pytest.mark.parametrize(("key", "recovery"), ROWS, ids=[key for key, _ in ROWS])


def test_every_write_has_a_class() -> None:
    """The rows are the writes of the contract, none missing and none besides."""
    assert {key for key, _ in ROWS} == WRITES


@each_row
def test_a_row_names_its_page(key: str, recovery: RecoveryRule) -> None:
    """The source of a row is a page of the documentation: of the service, or of Changes."""
    assert recovery.source.startswith("https://yandex.ru/dev/direct/doc/")
    assert f"/{key.partition('.')[0]}/" in recovery.source or "/changes/" in recovery.source


@each_row
def test_a_row_says_how_to_look(key: str, recovery: RecoveryRule) -> None:
    """What is looked for has a way to be found; the criteria that it takes are those of get."""
    assert (recovery.by is not None) >= (recovery.kind in ("look", "unique"))
    if recovery.by in (None, "changes"):
        return
    service = key.partition(".")[0]
    get = bundled().operation(service, "get")
    asked = {*recovery.criteria, *(f"{name}s" for name in recovery.parents)}
    asked |= {"ModifiedSince"} if recovery.by == "modified" else set()
    assert asked <= set(get.request.by_name[CRITERIA].shape.by_name)
    item = write_operations.find(bundled(), f"{service}.add").item
    assert set(recovery.parents) <= set(item.by_name)


def test_an_unknown_operation_is_never_sent_again() -> None:
    """What a newer contract adds is treated with the greatest care."""
    assert lookup.bundled().recovery("orders.add").kind == "never"


@pytest.mark.parametrize("key", sorted(WRITES))
def test_an_item_of_every_write_makes_its_params(key: str) -> None:
    """The shape of an item and the member that takes items fit the request."""
    write = write_operations.find(bundled(), key)
    params = write.params([{"Id": 1, "AdImageHash": "x"}])
    assert set(params) <= {*write.operation.request.by_name, *({"Id", "AdImageHash"} if not write.array else ())}
    assert 1 <= write.largest_chunk("") <= write_operations.LARGEST_CHUNK
