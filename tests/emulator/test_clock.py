"""The emulator's clock: it goes with its source, moves when it is told to, and stands still when frozen."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.clock import NOON
from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.domain.account import Account

START = datetime(2026, 5, 29, 12, tzinfo=UTC)


class Source:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


def test_a_clock_goes_with_its_source() -> None:
    """What the source gains, the clock gains, on top of all moves."""
    source = Source()
    clock = Clock(source)
    clock.advance(hours=1)
    source.now += 5
    assert clock() == NOON + 3605


@pytest.mark.parametrize(
    ("span", "seconds"),
    [({"seconds": 1.5}, 1.5), ({"minutes": 2}, 120), ({"hours": 1}, 3600), ({"days": 1, "hours": -1}, 82_800)],
    ids=["seconds", "minutes", "hours", "a day less an hour"],
)
def test_a_clock_advances(span: dict[str, float], seconds: float) -> None:
    """Spans add up; negative ones put the clock back."""
    clock = Clock.frozen(START)
    clock.advance(**span)
    assert clock.moment - START == timedelta(seconds=seconds)


def test_a_clock_is_set() -> None:
    """A moment of any time zone is the moment it is."""
    clock = Clock(Source())
    clock.set(datetime(2026, 1, 1, 3, tzinfo=timezone(timedelta(hours=3))))
    assert clock.moment == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_moment_needs_a_time_zone() -> None:
    """A time of nowhere is refused, and the clock keeps its own."""
    clock = Clock(Source())
    with pytest.raises(ValueError, match="time zone"):
        clock.set(datetime(2026, 1, 1))  # noqa: DTZ001  the mistake that is refused
    assert clock() == NOON


def test_a_frozen_clock_stands_until_it_resumes() -> None:
    """Frozen time moves by hand only; resumed, it goes on from where it stood."""
    source = Source()
    clock = Clock(source)
    clock.freeze()
    source.now += 100
    clock.advance(seconds=1)
    assert clock() == NOON + 1
    clock.resume()
    source.now += 10
    assert clock() == NOON + 11


def test_resuming_a_clock_that_goes_changes_nothing() -> None:
    """Only a frozen clock has something to resume."""
    clock = Clock(Source())
    clock.advance(hours=2)
    clock.resume()
    assert clock() == NOON + 7200


def test_the_emulator_lives_by_its_clock() -> None:
    """An hour later the account has its next portion of units."""
    with Emulator(seed=False, clock=Clock.frozen(START)) as emulator:
        emulator.accounts.add(Account("anna", 1, daily_units=2400), token="anna-token")
        client = EmulatorClient(emulator)

        def units_left() -> int:
            answer = client.send("/json/v5/changes", b'{"method": "checkDictionaries", "params": {}}')
            return int(answer.headers["Units"].split("/")[1])

        assert units_left() == 2390
        emulator.clock.advance(hours=1)
        assert units_left() == 2390
        assert units_left() == 2380


def test_any_source_of_seconds_becomes_a_clock() -> None:
    """A plain function serves as a clock, and can be moved all the same."""
    with Emulator(seed=False, clock=lambda: NOON) as emulator:
        emulator.clock.advance(days=1)
        assert emulator.clock() == NOON + 86_400
