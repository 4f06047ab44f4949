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
_SAME_SIGNAL = 1.0
"""The seconds in which a further signal counts as the same: a terminal and a wrapper may both send it."""

_PAUSE = 0.01
"""Seconds between two looks whether a signal may be sent again."""


class Interrupted(KeyboardInterrupt):
    """A signal ends the command; `exit_code` is 128 and the number of the signal."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.exit_code = 128 + number


class Handler:
    """Raises Interrupted at the first signal; a later one, during a long clean-up, ends the process at once."""

    def __init__(self) -> None:
        self.first: int | None = None
        """The number of the first signal; None if there was none."""
        self._first_at = 0.0
        self.is_lost = False
        """Whether Python is still dropping the exception of a signal, as it would drop another one."""

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        """Handles a signal; Python calls it in the main thread."""
        if self.is_lost:
            return  # send_again() has the signal
        now = time.monotonic()
        if self.first is None:
            self.first, self._first_at = number, now
            raise Interrupted(number)
        if now - self._first_at > _SAME_SIGNAL:
            _show_cursor()
            os._exit(128 + number)

    def send_again(self, interrupted: Interrupted) -> None:
        """Sends a signal again whose exception was lost, because Python ignores exceptions where it was raised.

        It is sent when `is_lost` is False again: the caller says so, as the last thing that it does.
        """
        self.first, self.is_lost = None, True

        def send() -> None:
            while self.is_lost:
                time.sleep(_PAUSE)
            _send(interrupted.exit_code - 128)

        threading.Thread(target=send, daemon=True).start()


def _show_cursor() -> None:
    """Shows the cursor of the terminal again, which the progress hides."""
    with suppress(OSError):
        if os.isatty(2):
            os.write(2, b"\x1b[?25h")


@contextmanager
def handled() -> Iterator[None]:
    """Handles the signals of a terminal and of a supervisor for the rest of the process.

    A signal that is ignored stays ignored, for nohup and `&`.  After the block a signal ends the process at once:
    nothing must be cleaned up then, and an exception would print a traceback.  If a signal came inside the block, the
    handler stays until Python exits, so that a further signal does not change the exit code.
    """
    handler = Handler()
    report_unraisable = sys.unraisablehook

    def on_unraisable(unraisable: "sys.UnraisableHookArgs") -> None:
        """Handles an exception that Python ignores, such as one raised inside a finalizer."""
        if isinstance(unraisable.exc_value, Interrupted):
            handler.send_again(unraisable.exc_value)
            handler.is_lost = False
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
            # Python removes handlers after all threads have ended; an ignored signal stays ignored.
            atexit.register(_set, ours, signal.SIG_IGN)


def _send(number: int) -> None:
    """Sends a signal to the main thread, which interrupts its waiting."""
    if sys.platform == "win32":
        signal.raise_signal(number)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, number)


def _set(numbers: list[int], action: signal.Handlers) -> None:
    for number in numbers:
        signal.signal(number, action)
