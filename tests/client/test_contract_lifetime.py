"""A contract of its own goes when its Direct goes, with all that was made of it."""

import gc
import weakref
from typing import Any

import pytest

from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.contract import Contract, bundled_directory

TOKEN = "demo-token"


def _calls_by(contract: Contract, transport: str) -> None:
    """Reads and writes over one wire, with money as Decimal, against an emulator of the same contract."""
    with Emulator(contract=contract) as emulator, emulator.session() as session:
        where: dict[str, Any] = {"endpoint": emulator.endpoint, "session": session, "transport": transport}
        direct = Direct(TOKEN, contract=contract, money="decimal", **where)
        campaigns = direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id", "Name", "DailyBudget"])
        list(direct.campaigns.items(SelectionCriteria={}, FieldNames=["Id"]))
        direct.campaigns.update(Campaigns=[{"Id": campaigns[0]["Id"], "Name": "x"}])


@pytest.mark.parametrize("transport", ["soap", "json"])
def test_a_contract_goes_with_its_client(transport: str) -> None:
    """No cache of the process holds a contract, a shape or what was made of them once nobody uses them."""
    contract = Contract(bundled_directory())
    shape = contract.operation("campaigns", "get").response
    items = shape.by_name["Campaigns"].shape
    references: list[weakref.ref[Any]] = [weakref.ref(contract), weakref.ref(shape), weakref.ref(items)]
    _calls_by(contract, transport)
    del contract, shape, items
    gc.collect()
    assert [reference() for reference in references] == [None, None, None]
