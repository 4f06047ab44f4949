"""Runs several calls at a time, and yields their results in the order in which they were started."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

LANES = 3
"""Calls at a time for one login.  The API takes five; two are left to its other programs."""

_T = TypeVar("_T")
_R = TypeVar("_R")


def in_lanes(function: Callable[[_T], _R], arguments: Iterable[_T], lanes: int = LANES) -> Iterator[_R]:
    """The results of a function for each argument, in order, `lanes` of them at work at a time.

    At most `lanes` of them are begun or wait for their use, besides the one in use, so that results do not pile up in
    memory where they are used slowly.  The first exception ends it; what has begun is waited for.
    """
    pending: deque[Future[_R]] = deque()
    remaining = iter(arguments)
    with ThreadPoolExecutor(lanes, thread_name_prefix="yadirect-lane") as pool:
        try:
            pending.extend(pool.submit(function, argument) for argument in islice(remaining, lanes))
            while pending:
                result = pending.popleft().result()
                pending.extend(pool.submit(function, argument) for argument in islice(remaining, 1))
                yield result
        finally:
            for future in pending:
                future.cancel()
