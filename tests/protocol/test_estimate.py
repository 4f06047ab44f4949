"""The estimate of a call's units is what the emulator charges for it."""

from typing import Any

import pytest

from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.estimate import Estimate, estimate

CALLS: dict[str, dict[str, Any]] = {
    "campaigns.suspend": {"SelectionCriteria": {"Ids": [700_000_001, 700_000_004]}},
    "campaigns.update": {"Campaigns": [{"Id": 700_000_001, "Name": "Полки"}]},
    "negativekeywordsharedsets.add": {"NegativeKeywordSharedSets": [{"Name": "Free", "NegativeKeywords": ["free"]}]},
}


def _estimate(key: str, params: dict[str, Any]) -> Estimate:
    return estimate(bundled().operation(*key.split(".")), params, facts.bundled())


@pytest.mark.parametrize(("key", "params"), CALLS.items(), ids=CALLS)
def test_a_write_costs_what_was_estimated(key: str, params: dict[str, Any]) -> None:
    """A write whose items all succeed costs the units that were estimated."""
    service, name = key.split(".")
    with Emulator() as emulator, Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session()) as direct:
        done = direct.call(service, name, params)
    assert done.units is not None
    price = _estimate(key, params)
    assert done.units.spent == price.units == price.max_units


def test_a_read_costs_between_the_estimates() -> None:
    """A get costs the call, and no more than a page of objects."""
    params = {"SelectionCriteria": {}, "FieldNames": ["Id"], "Page": {"Limit": 3}}
    price = _estimate("campaigns.get", params)
    with Emulator() as emulator, Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session()) as direct:
        page = direct.call("campaigns", "get", params)
    assert page.units is not None
    assert (price.units, price.max_units) == (10, 13)
    assert page.units.spent == 13


def test_an_unknown_price_is_a_key_error() -> None:
    """An operation without a documented price has no estimate."""
    operation = bundled().operation("campaigns", "get")._replace(name="list")
    with pytest.raises(KeyError):
        estimate(operation, {}, facts.bundled())


@pytest.mark.parametrize("key", sorted(facts.bundled().costs), ids=str)
def test_every_price_has_words(key: str) -> None:
    """Each operation with a price has an estimate that begins with its units."""
    service, name = key.split(".")
    if service not in bundled() or name not in bundled()[service].operations:
        pytest.skip("no longer in the WSDLs")
    assert "units" in _estimate(key, {}).in_words()
