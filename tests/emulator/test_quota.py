"""Units: the price of a call, and a day that slides by the hour, under a clock that the test moves."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clock import Clock
from yadirect_soap.emulator.pipeline.quota import Quota, price, price_of_fault
from yadirect_soap.errors import UnitsError
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.facts import Cost
from yadirect_soap.protocol.headers import Units

HOUR = 3600


limits = st.integers(0, 10_000_000)
charges = st.lists(st.tuples(st.integers(0, 5 * HOUR), st.integers(0, 300_000)), max_size=40)


@pytest.mark.parametrize(
    ("operation", "objects", "errors", "points"),
    [
        ("ads.get", 0, 0, 15),
        ("ads.get", 7, 0, 22),
        ("ads.add", 2, 1, 80),
        ("campaigns.add", 0, 1, 30),
        ("keywords.add", 0, 1, 40),
        ("keywordbids.get", 1999, 0, 15),
        ("keywordbids.get", 4000, 0, 21),
        ("dictionaries.get", 17363, 0, 1),
        ("bidmodifiers.delete", 0, 1, 15),
    ],
    ids=[
        "an empty answer costs the call",
        "each object adds its price",
        "an error costs 20 in place of its object",
        "a failed campaign",
        "a failed keyword",
        "less than 2000 bids add nothing",
        "every full 2000 bids add 3",
        "a dictionary of any length",
        "a bid modifier's error is free",
    ],
)
def test_the_price_of_a_call(operation: str, objects: int, errors: int, points: int) -> None:
    """A call is paid for, and each object and error of it."""
    assert price(facts.bundled().cost(operation), objects, errors) == points


def test_a_price_by_groups_counts_full_groups_only() -> None:
    """The rest of a group is free."""
    assert price(Cost(call=15, object=3, per=2000), 5999, 0) == 15 + 3 * 2


@pytest.mark.parametrize(
    ("code", "operation", "points"),
    [
        (8000, None, 50),
        (8000, "bidmodifiers.set", 50),
        (55, None, 50),
        (4001, "audiencetargets.get", 21),
        (4001, "ads.get", 35),
        (54, "campaigns.add", 30),
        (1000, "ads.get", 0),
        (1002, None, 0),
        (52, None, 0),
        (506, None, 0),
        (152, "ads.get", 0),
    ],
    ids=str,
)
def test_the_price_of_a_refusal(code: int, operation: str | None, points: int) -> None:
    """What cannot be read costs 50 units, what is refused 20 more than its call, the server's own trouble nothing."""
    assert price_of_fault(code, facts.bundled().cost(operation) if operation else None) == points


def test_a_new_account_has_its_whole_day() -> None:
    """All 24 portions are there at the start."""
    assert Quota(64_000, Clock()).available() == 64_000


def test_a_charge_tells_what_it_left() -> None:
    """The three numbers of the Units header."""
    assert Quota(64_000, Clock()).charge(36) == Units(36, 63_964, 64_000)


def test_too_dear_a_call_is_refused_and_costs_nothing() -> None:
    """Error 152 takes no units."""
    quota = Quota(100, Clock())

    with pytest.raises(UnitsError, match="101 units are needed, 100 are available") as refusal:
        quota.charge(101)

    assert refusal.value.code == 152
    assert quota.available() == 100


def test_a_refusal_speaks_the_callers_language() -> None:
    """Text and detail of error 152 are Russian for a Russian caller."""
    with pytest.raises(UnitsError, match=r"Недостаточно баллов.*Нужно баллов: 11, доступно: 10"):
        Quota(10, Clock()).charge(11, language="ru")


def test_a_debt_is_paid_as_far_as_units_go() -> None:
    """A call that has been carried out takes what there is."""
    assert Quota(10, Clock()).charge_up_to(20) == Units(10, 0, 10)


def test_an_hour_brings_back_a_24th_of_a_spent_day() -> None:
    """One portion is credited when the next hour begins, not before."""
    clock = Clock()
    quota = Quota(24_000, clock)
    quota.charge(24_000)

    clock.now += HOUR - 1
    before = quota.available()
    clock.now += 1

    assert (before, quota.available()) == (0, 1_000)


def test_unspent_units_are_lost_after_a_day() -> None:
    """Portions do not pile up beyond the daily limit."""
    clock = Clock()
    quota = Quota(24_000, clock)
    clock.now += 100 * 24 * HOUR

    assert quota.available() == 24_000


def test_the_oldest_portion_is_spent_first() -> None:
    """What was spent of the portion that is lost next comes back with the next hour."""
    clock = Clock()
    quota = Quota(24_000, clock)
    quota.charge(600)
    clock.now += HOUR

    assert quota.available() == 24_000


def test_a_clock_put_back_credits_nothing() -> None:
    """An hour is credited once."""
    clock = Clock()
    quota = Quota(24_000, clock)
    quota.charge(24_000)
    clock.now -= 5 * HOUR
    quota.available()
    clock.now += 5 * HOUR

    assert quota.available() == 0


@given(limit=limits, steps=charges)
def test_units_never_leave_their_bounds(limit: int, steps: list[tuple[int, int]]) -> None:
    """Whatever is charged and whenever, from nothing to the daily limit is left."""
    clock = Clock()
    quota = Quota(limit, clock)
    for seconds, points in steps:
        clock.now += seconds
        before = quota.available()
        units = quota.charge_up_to(points)
        assert units.spent == min(points, before)
        assert units.left == before - units.spent
        assert 0 <= units.left <= limit


@given(limit=limits, steps=charges)
def test_a_day_without_charges_restores_the_limit(limit: int, steps: list[tuple[int, int]]) -> None:
    """After 24 hours everything is back, whatever was spent and whatever the limit's remainder by 24."""
    clock = Clock()
    quota = Quota(limit, clock)
    for seconds, points in steps:
        clock.now += seconds
        quota.charge_up_to(points)
    clock.now += 24 * HOUR

    assert quota.available() == limit


@given(limit=limits, hours=st.integers(0, 24))
def test_a_spent_day_comes_back_evenly(limit: int, hours: int) -> None:
    """After so many hours as many 24ths are there, to a unit an hour."""
    clock = Clock()
    quota = Quota(limit, clock)
    quota.charge(limit)
    clock.now += hours * HOUR

    assert abs(quota.available() - limit * hours / 24) <= 1


@given(limit=limits, steps=charges, later=st.integers(0, 30 * HOUR))
def test_the_state_survives_as_json(limit: int, steps: list[tuple[int, int]], later: int) -> None:
    """A stored quota goes on as if it had never been put away."""
    clock = Clock()
    quota = Quota(limit, clock)
    for seconds, points in steps:
        clock.now += seconds
        quota.charge_up_to(points)
    state = json.loads(json.dumps(quota.to_dict()))
    clock.now += later

    assert Quota.from_dict(state, clock).to_dict() == quota.to_dict()


@pytest.mark.parametrize("points", [-1, -64_000], ids=str)
def test_nothing_is_given_back_by_a_charge(points: int) -> None:
    """A negative charge is a mistake of the caller's."""
    with pytest.raises(ValueError):
        Quota(64_000, Clock()).charge(points)


def test_a_daily_limit_is_not_negative() -> None:
    """There is nothing below no units at all."""
    with pytest.raises(ValueError):
        Quota(-1, Clock())
