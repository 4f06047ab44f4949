"""trim_memory(): returns to the system the memory that the library of C keeps for later."""

import ctypes
from collections.abc import Callable
from functools import cache


def trim_memory() -> None:
    """Returns free memory to the system; glibc keeps it otherwise, for each thread apart."""
    if trim := _malloc_trim():
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    """What returns it; None where there is another library of C."""
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return trim
