"""Runs several calls concurrently, and yields their results in the order in which they were started."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

LANES = 3
"""The number of concurrent calls for one login.  The API allows five; two are left to other programs."""

MOST_LANES = 5
"""The number of concurrent calls that the API allows for one login."""

_T = TypeVar("_T")
_R = TypeVar("_R")


def check_lanes(lanes: int) -> None:
    """Raises ConfigurationError if `lanes` is no number of concurrent calls that the API allows."""
    if lanes not in range(1, MOST_LANES + 1):
        raise ConfigurationError(
            _("lanes is a number from 1 to {most}, not {lanes!r:.40}", most=MOST_LANES, lanes=lanes)
        )


def in_lanes(function: Callable[[_T], _R], arguments: Iterable[_T], lanes: int = LANES) -> Iterator[_R]:
    """Calls a function for each argument in `lanes` threads, and yields the results in the order of the arguments.

    At most `lanes` calls are running or finished at a time, besides the result in use, so that results do not fill the
    memory if they are used slowly.  The first exception ends the iteration, after the running calls have ended.
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
