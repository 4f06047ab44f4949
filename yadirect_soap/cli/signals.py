"""How a command ends by a signal: it unwinds as for Ctrl-C, cleans up, and exits with 128 and the signal's number."""

import atexit
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        self.first: int | None = None
        """The number of the signal that came first."""
        self._first_at = 0.0

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        """Is called by Python in the main thread."""
        now = time.monotonic()
        if self.first is None:
            self.first, self._first_at = number, now
            raise Interrupted(number)
        if now - self._first_at > _SAME_WISH:
            _show_cursor()
            os._exit(128 + number)


def _show_cursor() -> None:
    """Shows a terminal's cursor, which the progress hides and nobody else would show again."""
    with suppress(OSError):
        if os.isatty(2):
            os.write(2, b"\x1b[?25h")


@contextmanager
def handled() -> Iterator[None]:
    """Handles the signals of a terminal and of a supervisor for the rest of the process.

    A signal that is ignored stays so, as nohup and `&` want it.  Behind the with a signal ends the process at once:
    while Python winds down there is nothing to clean up, and an exception would be a traceback.  A process that a
    signal has told to end keeps its handler, so that a second one, however late, does not change its exit code.
    """
    handler = Handler()
    numbers = [number for name in _NAMES if (number := getattr(signal, name, None)) is not None]
    for number in numbers:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, handler)
    try:
        yield
    finally:
        ours = [number for number in numbers if signal.getsignal(number) is handler]
        if handler.first is None:
            _set(ours, signal.SIG_DFL)
        else:
            # Once all threads have ended, Python takes handlers away before it exits; what is ignored stays so.
            atexit.register(_set, ours, signal.SIG_IGN)


def _set(numbers: list[int], action: signal.Handlers) -> None:
    for number in numbers:
        signal.signal(number, action)
