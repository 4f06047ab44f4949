"""Functions that measure: medians of turns, processor time, peak memory, and runs in new processes."""

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
    """Runs the contestants in turns, so that a slow moment of the machine affects all of them; returns their medians.

    Code that does not wait is measured with `clock=time.process_time`, which other processes disturb less.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            seconds[name].append(timed(run, clock))
    return {name: statistics.median(values) for name, values in seconds.items()}


def timed(run: Callable[[], Any], clock: Clock) -> float:
    """Returns the seconds of one run, with garbage collection enabled; the release of the result is not measured."""
    gc.collect()
    began = clock()
    result = run()
    taken = clock() - began
    del result
    return taken


def fresh(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Calls a function of a module in a new process, and returns its result."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *args, **kwargs).result()


def keep_bytecode() -> None:
    """Lets processes that are started later store their bytecode, as installed packages have it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(Path(gettempdir()) / "yadirect-soap-bytecode")


def peak_memory() -> int:
    """Returns the peak memory of this process in bytes."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        # Used without /proc only: on Linux, ru_maxrss may be the peak of the parent process.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))
