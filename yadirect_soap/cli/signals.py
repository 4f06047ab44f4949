"""How a command ends by a signal: it unwinds as for Ctrl-C, cleans up, and exits with 128 and the signal's number."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
_SAME_WISH = 1.0
"""Seconds: a terminal and a wrapper send the same wish twice; a signal later than that means it."""


class Interrupted(KeyboardInterrupt):
    """A signal has told the command to end; `exit_code` is what it exits with."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.exit_code = 128 + number


class Handler:
    """Raises Interrupted at the first signal; at one that comes while that takes long, ends the process at once."""

    def __init__(self) -> None:
        self._first: float | None = None

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        """Is called by Python in the main thread."""
        now = time.monotonic()
        if self._first is None:
            self._first = now
            raise Interrupted(number)
        if now - self._first > _SAME_WISH:
            os._exit(128 + number)


@contextmanager
def handled() -> Iterator[None]:
    """Handles the signals of a terminal and of a supervisor for the rest of the process.

    A signal that is ignored stays so, as nohup and `&` want it.  Behind the with a signal ends the process at once:
    while Python winds down there is nothing to clean up, and an exception would be a traceback.
    """
    handler = Handler()
    numbers = [number for name in _NAMES if (number := getattr(signal, name, None)) is not None]
    for number in numbers:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, handler)
    try:
        yield
    finally:
        for number in numbers:
            if signal.getsignal(number) is handler:
                signal.signal(number, signal.SIG_DFL)
