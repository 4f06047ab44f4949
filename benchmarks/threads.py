"""Measures one Direct shared by threads compared with the same calls one after the other and in several processes."""

import time
from collections.abc import Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache, partial
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import NamedTuple

from yadirect_soap import Direct

from .read_all_ads import SMALL
from .server import serving
from .table import ResultsDiffer, Row, slower
from .timing import medians

_THREADS = (1, 2, 4, 8)
_PROCESSES = (1, 2)
_NO_SLOWER = 1.05
"""The ratio by which the same calls in one thread differ from run to run."""


Pools = Mapping[tuple[str, int], Executor]
"""Pools by their kind, threads or processes, and by the number of workers."""


class _Work(NamedTuple):
    """A number of gets of pages with a number of ads."""

    address: str
    ads: int
    calls: int

    @property
    def task(self) -> str:
        return f"{self.calls} gets of {self.ads:,} ads"

    def get(self, _call: int = 0) -> None:
        """Makes one call with this process's Direct; raises ResultsDiffer if the response has other ads."""
        page = _direct(self.address).ads.get(
            SelectionCriteria={"CampaignIds": [self.ads]}, FieldNames=["Id"], Page={"Limit": self.ads}
        )
        if len(page) != self.ads or page.limited_by is not None:
            raise ResultsDiffer(f"{len(page)} ads came of {self.ads}")

    def get_all(self, calls: int) -> None:
        """Makes a number of calls, one after the other."""
        for _ in range(calls):
            self.get()


def measure(page: int, full: int, small: int, rounds: int) -> list[Row]:
    """Measures a number of gets of full pages, and of small ones."""
    with serving(page) as address, ExitStack() as stack:
        pools: dict[tuple[str, int], Executor] = {}
        for number in _THREADS:
            pools["threads", number] = stack.enter_context(ThreadPoolExecutor(number))
        for number in _PROCESSES:
            pools["processes", number] = stack.enter_context(_processes(address, number))
        works = (_Work(address, page, full), _Work(address, SMALL, small))
        return [row for work in works for row in _rows(work, pools, rounds)]


def _rows(work: "_Work", pools: Pools, rounds: int) -> list[Row]:
    def spread(pool: Executor, number: int) -> None:
        # Each worker gets its share of the calls at once, so that the distribution of calls is not measured.
        list(pool.map(work.get_all, [work.calls // number] * number))

    in_turn = medians(
        rounds,
        clock=time.perf_counter,
        serial=lambda: work.get_all(work.calls),
        **{f"{kind} {number}": partial(spread, pool, number) for (kind, number), pool in pools.items()},
    )
    return [
        slower(
            f"{work.task}, {kind}: {number}",
            "the same calls in turn",
            (in_turn[f"{kind} {number}"], in_turn["serial"]),
            _NO_SLOWER if kind == "threads" else None,
        )
        for kind, number in pools
    ]


@cache
def _direct(address: str) -> Direct:
    return Direct("made-up", endpoint=address, version="v5")


def _processes(address: str, number: int) -> ProcessPoolExecutor:
    """Returns a pool of processes, after the first call of each."""
    context = get_context("spawn")
    ready = context.Barrier(number)
    pool = ProcessPoolExecutor(number, mp_context=context, initializer=_prepare, initargs=(address, ready))
    list(pool.map(_Work(address, SMALL, number).get, range(number)))
    return pool


def _prepare(address: str, ready: Barrier) -> None:
    _Work(address, SMALL, 1).get()
    ready.wait()
