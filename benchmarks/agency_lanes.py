"""Calls for many logins of an agency from several processes: checks that `concurrency` prevents error 506."""

import os
import random
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any, NamedTuple

from yadirect_soap import Direct, RateError
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fault_injection import Latency
from yadirect_soap.emulator.fixtures import new_accounts

from .table import Goal, Row, slower

_TOKEN = "made-up"
_PROCESSES, _THREADS = 4, 8
_LATENCY = 0.1
"""The delay of each response in seconds."""
_UNLIMITED = 10_000
_OF_THE_FLOOR = 1.3


class Work(NamedTuple):
    """The work of one process: a number of calls for each login, in random order."""

    url: str
    logins: tuple[str, ...]
    calls: int
    concurrency: int | None
    seed: int


def measure(logins: int, calls: int) -> list[Row]:
    """Measures the number of errors 506 with `concurrency`, and the time compared with an API without the limit."""
    refused, seconds = _run(logins, calls, concurrency=5, max_concurrent=5)
    without, _ = _run(logins, calls, concurrency=None, max_concurrent=5)
    _, floor = _run(logins, calls, concurrency=None, max_concurrent=_UNLIMITED)
    task = f"{logins} logins, {_PROCESSES} processes of {_THREADS} threads"
    return [
        Row(f"506 met: {task}", "-", refused, "times", Goal(0), f"{without} without the setting"),
        slower(f"with concurrency=5: {task}", "an API without the limit", (seconds, floor), _OF_THE_FLOOR),
    ]


def _run(logins: int, calls: int, *, concurrency: int | None, max_concurrent: int) -> tuple[int, float]:
    """Returns the number of refused calls, and the seconds from the first call to the last response."""
    context = get_context("spawn")
    with _agency(logins, max_concurrent) as (url, names), _private_lock_folder(), context.Manager() as manager:
        start: Any = manager.Barrier(_PROCESSES)
        works = [Work(url, names, calls, concurrency, seed) for seed in range(_PROCESSES)]
        with context.Pool(_PROCESSES) as pool:
            outcomes = pool.starmap(_work, [(work, start) for work in works])
    return sum(refused for refused, _ in outcomes), max(seconds for _, seconds in outcomes)


@contextmanager
def _agency(logins: int, max_concurrent: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Serves an emulator with an agency; yields its address and the logins of the clients."""
    with Emulator(seed=False, max_concurrent=max_concurrent) as emulator:
        new_accounts.create(emulator.backend, {"login": "house", "kind": "agency"}, token=_TOKEN)
        names = tuple(f"client-{number}" for number in range(logins))
        for name in names:
            new_accounts.create(emulator.backend, {"login": name, "kind": "client", "agency": "house"})
        emulator.faults.inject(Latency(_LATENCY), "campaigns.get", times=None)
        with emulator.serve() as url:
            yield url, names


@contextmanager
def _private_lock_folder() -> Iterator[None]:
    """Sets a folder for lock files that no other program uses."""
    before = os.environ.get("XDG_RUNTIME_DIR")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        try:
            yield
        finally:
            os.environ.pop("XDG_RUNTIME_DIR")
            if before is not None:
                os.environ["XDG_RUNTIME_DIR"] = before


def _work(work: Work, start: Barrier) -> tuple[int, float]:
    """Makes the calls of a process; returns the number of refused calls, and the seconds."""
    tasks = [login for login in work.logins for _ in range(work.calls)]
    random.Random(work.seed).shuffle(tasks)
    with (
        Direct(_TOKEN, endpoint=work.url, retry=None, concurrency=work.concurrency) as agency,
        ThreadPoolExecutor(_THREADS) as pool,
    ):
        of_login = {login: agency.with_client_login(login) for login in work.logins}
        agency.build_request("campaigns", "get", {"FieldNames": ["Id"]})
        start.wait()
        began = time.monotonic()
        refused = sum(pool.map(lambda login: _is_refused(of_login[login]), tasks))
        return refused, time.monotonic() - began


def _is_refused(direct: Direct) -> bool:
    try:
        direct.campaigns.get(FieldNames=["Id"])
    except RateError:
        return True
    return False
