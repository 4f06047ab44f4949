"""Units: what calls cost, what is left to others, and what happens before they run short."""

import logging
import pickle
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from yadirect_soap import BudgetExceededError, Direct, DirectError, UnitsError
from yadirect_soap.client.units import estimate
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.domain.clock import Clock
from yadirect_soap.emulator.fault_injection import Fault, Latency
from yadirect_soap.emulator.fixtures import new_accounts

HALF_PAST = 1_780_001_800.0
"""20:56:40 UTC: the next hour begins in 200 seconds."""


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator with an account that has 1000 units a day and no objects: a get costs it 10."""
    with Emulator(seed=False, clock=Clock(lambda: HALF_PAST)) as emulator:
        emulator.clock.freeze()
        new_accounts.create(emulator.backend, {"login": "shop", "daily_units": 1000}, token="shop-token")
        yield emulator


def _direct(emulator: Emulator, **settings: Any) -> Direct:
    return Direct(
        "shop-token",
        endpoint=emulator.endpoint,
        session=emulator.session(),
        now=emulator.clock,
        **{"sleep": lambda seconds: emulator.clock.advance(seconds=seconds), **settings},
    )


def _get(direct: Direct) -> int:
    return len(direct.campaigns.get(FieldNames=["Id"]))


@pytest.mark.parametrize(
    ("operation", "counts", "fields", "units"),
    [
        ("ads.get", {"objects": 10_000}, (), 10_015),
        ("ads.get", {"calls": 3, "objects": 25_000}, (), 25_045),
        ("keywords.get", {"objects": 2001}, ("Id",), 17),
        ("keywords.get", {"objects": 2001}, ("Id", "Productivity"), 21),
        ("changes.check", {}, (), 10),
        ("reports.get", {"objects": 5}, (), 0),
    ],
    ids=["objects", "calls", "by the thousand", "dear fields", "no objects", "free"],
)
def test_costs_are_reported_beforehand(
    operation: str, counts: dict[str, int], fields: tuple[str, ...], units: int
) -> None:
    """An estimate is the price list's: for each call, and for the objects that it deals with."""
    assert estimate(operation, fields=fields, **counts) == units


def test_stop_leaves_the_reserve(emulator: Emulator) -> None:
    """With units_policy="stop" a call is not sent that would take of what is reserved."""
    direct = _direct(emulator, units_policy="stop", units_reserve=0.98)
    assert [_get(direct), _get(direct)] == [0, 0]
    with pytest.raises(BudgetExceededError, match="980 units are left of 1000 a day") as raised:
        _get(direct)
    assert len(emulator.calls) == 2
    error = raised.value
    assert (error.exit_code, error.sent, error.may_have_acted) == (6, False, False)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301  our own error


def test_wait_goes_on_with_the_next_hour(emulator: Emulator, caplog: pytest.LogCaptureFixture) -> None:
    """With units_policy="wait" the call is sent when the hour has added its units, and the log says that it waits."""
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        emulator.clock.advance(seconds=seconds)

    direct = _direct(emulator, units_policy="wait", units_reserve=0.98, sleep=sleep)
    with caplog.at_level(logging.WARNING, "yadirect_soap"):
        assert [_get(direct) for _ in range(3)] == [0] * 3
    assert waits == [205.0]
    assert "waiting 205 seconds" in caplog.text


@pytest.mark.parametrize(("policy", "error"), [("off", UnitsError), ("stop", BudgetExceededError)], ids=["off", "stop"])
def test_152_is_an_error_by_the_policy(emulator: Emulator, policy: str, error: type[DirectError]) -> None:
    """A refusal for want of units is UnitsError, or with units_policy="stop" the error that ends a run."""
    emulator.faults.inject(Fault(152), "campaigns.get")
    with pytest.raises(error, match="152") as raised:
        _get(_direct(emulator, units_policy=policy))
    assert not raised.value.may_have_acted
    assert str(raised.value).count("campaigns.get:") == 1
    assert len(emulator.calls) == 1


def test_152_is_waited_out(emulator: Emulator) -> None:
    """With units_policy="wait" a call that was refused for want of units is sent again each hour, writes too."""
    emulator.faults.inject(Fault(152), "*.add", times=3)
    direct = _direct(emulator, units_policy="wait", units_reserve=0, retry=None)
    added = direct.negativekeywordsharedsets.add(
        NegativeKeywordSharedSets=[{"Name": "One", "NegativeKeywords": ["free"]}]
    )
    assert len(added.ids) == 1
    assert [call.error.code if call.error else 0 for call in emulator.calls] == [152, 152, 152, 0]
    assert len(direct.negativekeywordsharedsets.get(FieldNames=["Id"])) == 1


def test_152_is_not_waited_out_for_longer_than_a_day(emulator: Emulator) -> None:
    """Where a day's units did not help, the run ends with the error of a budget."""
    emulator.faults.inject(Fault(152), "campaigns.get", times=None)
    with pytest.raises(BudgetExceededError):
        _get(_direct(emulator, units_policy="wait"))
    assert len(emulator.calls) == 26


def test_a_budget_is_kept(emulator: Emulator) -> None:
    """units_budget is the most that a login spends, whatever it has; what waits for hours does not get round it."""
    direct = _direct(emulator, units_budget=25, units_policy="wait", units_reserve=0)
    assert [_get(direct), _get(direct)] == [0, 0]
    with pytest.raises(BudgetExceededError, match="20 units of the budget of 25"):
        _get(direct)
    assert emulator.units_left(emulator.accounts.by_login("shop")) == 980  # type: ignore[arg-type]  # it is there


def test_a_call_is_as_dear_as_the_last_one(emulator: Emulator) -> None:
    """What the documentation leaves open, how many objects come, is learnt from the responses."""
    direct = _direct(emulator, units_budget=100)
    sets: list[Any] = [{"Name": f"Set {number}", "NegativeKeywords": ["free"]} for number in range(20)]
    direct.with_settings(units_budget=None).negativekeywordsharedsets.add(NegativeKeywordSharedSets=sets)
    for _ in range(2):
        assert len(direct.negativekeywordsharedsets.get(FieldNames=["Id"])) == 20
    with pytest.raises(BudgetExceededError, match="get may cost 35"):
        direct.negativekeywordsharedsets.get(FieldNames=["Id"])


def test_calls_wait_for_the_first_of_their_operation(emulator: Emulator) -> None:
    """What an operation costs is known from its first response: of four calls at once no more are sent than may be."""
    sets: list[Any] = [{"Name": f"Set {number}", "NegativeKeywords": ["free"]} for number in range(20)]
    _direct(emulator).negativekeywordsharedsets.add(NegativeKeywordSharedSets=sets)
    emulator.faults.inject(Latency(0.05), "*.get", times=None)
    direct = _direct(emulator, units_budget=80, sleep=time.sleep)
    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(direct.negativekeywordsharedsets.get, FieldNames=["Id"]) for _ in range(4)]
    errors = [future.exception() for future in futures]
    assert sum(isinstance(error, BudgetExceededError) for error in errors) == 2
    assert errors.count(None) == 2


def test_each_login_has_units_of_its_own(emulator: Emulator) -> None:
    """What one client of an agency spends leaves the budget of another as it is."""
    house = new_accounts.create(emulator.backend, {"login": "house", "kind": "agency"}, token="house-token")
    for login in ("one", "two"):
        new_accounts.create(emulator.backend, {"login": login, "kind": "client", "agency": house.account.login})
    agency = Direct("house-token", endpoint=emulator.endpoint, session=emulator.session(), units_budget=10)
    for login in ("one", "two"):
        assert _get(agency.with_client_login(login)) == 0
        with pytest.raises(BudgetExceededError, match=f"for {login}"):
            _get(agency.with_client_login(login))


def test_a_direct_may_be_set_otherwise(emulator: Emulator) -> None:
    """with_settings shares what is known of units, and changes nothing of the Direct that it was made of."""
    direct = _direct(emulator)
    strict = direct.with_settings(units_budget=10)
    assert [_get(strict), _get(direct), _get(direct)] == [0, 0, 0]
    with pytest.raises(BudgetExceededError):
        _get(strict)
