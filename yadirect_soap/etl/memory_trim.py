"""trim_memory(): returns the free memory that glibc holds to the system."""

import ctypes
from collections.abc import Callable
from functools import cache


def trim_memory() -> None:
    """Returns free memory to the system; glibc would otherwise hold it, separately for each thread."""
    if trim := _malloc_trim():
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    """Returns glibc's malloc_trim; None with another C library."""
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return trim
