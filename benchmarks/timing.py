"""How things are measured: in turns, by the median, each process fresh where memory or imports count."""

import gc
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import gettempdir
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
Clock = Callable[[], float]


def medians(rounds: int, clock: Clock = time.perf_counter, **contestants: Callable[[], Any]) -> dict[str, float]:
    """The median seconds that each takes; they take turns, so that a slow moment of the machine meets all of them.

    What waits for nothing is measured by `clock=time.process_time`, which other processes' work disturbs less.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            seconds[name].append(timed(run, clock))
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def timed(run: Callable[[], Any], clock: Clock) -> float:
    """The seconds of one run, with Python's garbage collection as it is by default; letting go is not counted."""
    gc.collect()
    began = clock()
    result = run()
    taken = clock() - began
    del result
    return taken


def fresh(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a function of a module returns in a process of its own, which has done nothing before."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *args, **kwargs).result()


def keep_bytecode() -> None:
    """Lets the processes that are started from now on keep their bytecode, as that of an installed package is kept."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(Path(gettempdir()) / "yadirect-soap-bytecode")


def peak_memory() -> int:
    """The most bytes of memory that this process has held."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        # Where there is no /proc; on Linux it would tell the peak of the process that started this one, if higher.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))
