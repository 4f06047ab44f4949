"""The limits of a login are kept by all its threads together: requests in a span, places in the queue."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client.reports.service import DEFINITION, report, reports_over
from tests.client.whole_responses import WholeResponses
from tests.clock import NOON, Clock
from yadirect_soap import Direct
from yadirect_soap.client.reports.rate_limiter import RateLimiter, RateLimiters
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.reports import facts

LIMITS = facts.bundled().limits


def _never(seconds: float) -> None:
    raise AssertionError(f"waited {seconds} seconds")


def test_requests_beyond_the_limit_wait():
    """Of 41 requests at once 20 go out, 20 more ten seconds later, and the last ten seconds after that."""
    clock = Clock()
    limiter = RateLimiter(LIMITS, clock=clock)
    times = []
    for _ in range(41):
        with limiter.acquire(clock.sleep):
            times.append(clock.now - NOON)
    assert times == [0.0] * 20 + [10.0] * 20 + [20.0]


def test_requests_that_are_slow_enough_never_wait():
    """One request each half second stays within the limit."""
    clock = Clock()
    limiter = RateLimiter(LIMITS, clock=clock)
    for _ in range(100):
        with limiter.acquire(_never):
            pass
        clock.now += 0.5


@given(ways=st.lists(st.tuples(st.floats(0, 8), st.floats(0, 8)), min_size=45, max_size=45))
def test_no_more_requests_arrive_in_ten_seconds_than_may(ways):
    """However long each request and its answer are on their way, no 21 of them arrive within ten seconds."""
    clock = Clock()
    limiter = RateLimiter(LIMITS, clock=clock)
    arrived = []
    for outward, homeward in ways:
        with limiter.acquire(clock.sleep):
            clock.now += outward
            arrived.append(clock.now)
            clock.now += homeward
    assert all(later - first >= 10 for first, later in zip(arrived, arrived[20:], strict=False))


@given(st.data())
def test_requests_under_way_together_are_counted(data):
    """Of requests that many threads have under way at once, answered in any order, no 21 arrive within ten seconds."""
    clock = Clock()
    limiter = RateLimiter(LIMITS, clock=clock)
    arrived: list[float] = []
    under_way: list[ExitStack] = []

    def pass_time(seconds):
        """While one waits for its turn, another is answered: it may have arrived at any moment until now."""
        clock.sleep(seconds)
        if under_way:
            arrived.append(clock.now)
            under_way.pop(data.draw(st.integers(0, len(under_way) - 1))).close()

    for _ in range(45):
        under_way.append(ExitStack())
        under_way[-1].enter_context(limiter.acquire(pass_time))
        if data.draw(st.booleans()):
            pass_time(data.draw(st.floats(0, 3)))
    assert len(arrived) >= 20
    assert all(later - first >= 10 for first, later in zip(arrived, arrived[20:], strict=False))


def test_a_request_that_fails_counts_too():
    """The service may have counted it, whatever became of its answer."""
    clock = Clock()
    limiter = RateLimiter(replace(LIMITS, requests=1), clock=clock)
    with pytest.raises(RuntimeError), limiter.acquire(_never):
        raise RuntimeError
    with limiter.acquire(clock.sleep):
        assert clock.slept == [10]


class _Slow(WholeResponses):
    """Takes every seventh request to an emulator three seconds late, and all others at once."""

    def __init__(self, emulator, clock):
        self._emulator = emulator
        self._clock = clock
        self._delays = cycle([3.0] + [0.0] * 6)

    def exchange(self, request):
        self._clock.sleep(next(self._delays))
        return self._emulator.handle_request(request)

    def close(self):
        pass


def test_a_service_that_counts_at_arrival_never_refuses():
    """However unevenly requests travel, 60 of them are answered by the emulator without one error 56."""
    clock = Clock()
    clock.now = NOON
    with Emulator(clock=clock) as emulator:
        direct = Direct("demo-token", http_client=_Slow(emulator, clock), retry=None, clock=clock, sleep=clock.sleep)
        requested_report = direct.reports.get(DEFINITION, mode="offline")
        for _ in range(60):
            requested_report.submit()
    assert clock.now - NOON < 40


def test_no_more_reports_are_queued_than_places():
    """However many threads order, five at most are in the queue at once, and all get their turn."""
    limiter = RateLimiter(LIMITS, clock=Clock())
    lock, inside, peak = threading.Lock(), 0, 0
    pause = threading.Event()

    def order():
        nonlocal inside, peak
        with limiter.slot(lambda _: pause.wait(0.001)):
            with lock:
                inside += 1
                peak = max(peak, inside)
            pause.wait(0.002)
            with lock:
                inside -= 1

    with ThreadPoolExecutor(16) as pool:
        for done in [pool.submit(order) for _ in range(60)]:
            done.result()
    assert (inside, peak) == (0, 5)


def test_a_place_is_given_back_after_a_failure():
    """An order that fails leaves its place to the next."""
    limiter = RateLimiter(replace(LIMITS, queued=1), clock=Clock())
    for _ in range(3):
        with pytest.raises(RuntimeError), limiter.slot(_never):
            raise RuntimeError


def test_each_login_has_limits_of_its_own():
    """A login has one governor, and no two logins share one."""
    limiters = RateLimiters(clock=Clock())
    assert limiters.of("a") is limiters.of("a")
    assert limiters.of("a") is not limiters.of("")


def test_threads_share_the_limit_of_a_login():
    """The 21st report of a login waits, whichever thread or copy of Direct asks; another client's does not."""
    with reports_over(report(), client_login="one") as (_, direct, clock):
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: list(direct.reports.get(DEFINITION)), range(20)))
        list(direct.with_client_login("two").reports.get(DEFINITION))
        assert sum(clock.slept) == 0
        list(direct.with_client_login("one").reports.get(DEFINITION))
    assert sum(clock.slept) == pytest.approx(10)
