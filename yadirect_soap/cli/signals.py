"""Ends a command by a signal: cleans up as after Ctrl-C, and exits with 128 and the signal's number."""

import atexit
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
_SAME_WISH = 1.0
"""Seconds: a terminal and a wrapper send the same wish twice; a signal later than that means it."""

_PAUSE = 0.01
"""Seconds until a signal is sent again."""


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

    def send_again(self, interrupted: Interrupted) -> None:
        """Sends a signal again whose exception was lost: it was raised where Python lets none pass."""
        self.first = None
        threading.Timer(_PAUSE, _send, [interrupted.exit_code - 128]).start()


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
    report_unraisable = sys.unraisablehook

    def on_unraisable(unraisable: "sys.UnraisableHookArgs") -> None:
        """A finalizer, a callback of a weak reference or of a library was running when the signal came."""
        if isinstance(unraisable.exc_value, Interrupted):
            handler.send_again(unraisable.exc_value)
        else:
            report_unraisable(unraisable)

    sys.unraisablehook = on_unraisable
    numbers = [number for name in _NAMES if (number := getattr(signal, name, None)) is not None]
    for number in numbers:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, handler)
    try:
        yield
    finally:
        sys.unraisablehook = report_unraisable
        ours = [number for number in numbers if signal.getsignal(number) is handler]
        if handler.first is None:
            _set(ours, signal.SIG_DFL)
        else:
            # Once all threads have ended, Python takes handlers away before it exits; what is ignored stays so.
            atexit.register(_set, ours, signal.SIG_IGN)


def _send(number: int) -> None:
    """Sends a signal to the main thread, so that it ends what that thread waits for."""
    if sys.platform == "win32":
        signal.raise_signal(number)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, number)


def _set(numbers: list[int], action: signal.Handlers) -> None:
    for number in numbers:
        signal.signal(number, action)
