"""The limits of a login are kept by all its threads together: requests in a span, places in the queue."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.client.reports.service import ASKED, Clock, asked_of, report
from yadirect_soap.client.reports.governor import Governor, Governors
from yadirect_soap.protocol.reports import facts

LIMITS = facts.bundled().limits


def _never(seconds: float) -> None:
    raise AssertionError(f"waited {seconds} seconds")


def test_requests_beyond_the_limit_wait():
    """Of 41 requests at once 20 go out, 20 more ten seconds later, and the last ten seconds after that."""
    clock = Clock()
    governor = Governor(LIMITS, clock=clock)
    times = []
    for _ in range(41):
        governor.ask(clock.sleep)
        times.append(clock.now - 1000)
    assert times == [0.0] * 20 + [10.0] * 20 + [20.0]


def test_requests_that_are_slow_enough_never_wait():
    """One request each half second stays within the limit."""
    clock = Clock()
    governor = Governor(LIMITS, clock=clock)
    for _ in range(100):
        governor.ask(_never)
        clock.now += 0.5


def test_no_more_reports_are_queued_than_places():
    """However many threads order, five at most are in the queue at once, and all get their turn."""
    governor = Governor(LIMITS, clock=Clock())
    lock, inside, most = threading.Lock(), 0, 0
    pause = threading.Event()

    def order():
        nonlocal inside, most
        with governor.place(lambda _: pause.wait(0.001)):
            with lock:
                inside += 1
                most = max(most, inside)
            pause.wait(0.002)
            with lock:
                inside -= 1

    with ThreadPoolExecutor(16) as pool:
        for done in [pool.submit(order) for _ in range(60)]:
            done.result()
    assert (inside, most) == (0, 5)


def test_a_place_is_given_back_after_a_failure():
    """An order that fails leaves its place to the next."""
    governor = Governor(replace(LIMITS, queued=1), clock=Clock())
    for _ in range(3):
        with pytest.raises(RuntimeError), governor.place(_never):
            raise RuntimeError


def test_each_login_has_limits_of_its_own():
    """A login has one governor, and no two logins share one."""
    governors = Governors(clock=Clock())
    assert governors.of("a") is governors.of("a")
    assert governors.of("a") is not governors.of("")


def test_threads_share_the_limit_of_a_login():
    """The 21st report of a login waits, whichever thread or copy of Direct asks; another client's does not."""
    with asked_of(report(), client_login="one") as (_, direct, clock):
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: list(direct.reports.get(ASKED)), range(20)))
        list(direct.on_behalf_of("two").reports.get(ASKED))
        assert sum(clock.slept) == 0
        list(direct.on_behalf_of("one").reports.get(ASKED))
    assert sum(clock.slept) == pytest.approx(10)
