"""The entry point of the command line: sets up streams and signals, runs a command, returns its exit code.

Modules are imported inside the functions, so that a command loads only what it needs.
"""

import os
import sys
from collections.abc import Sequence

from . import signals, streams


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; an error is one message on stderr, never a traceback.

    Args:
        argv: The arguments, if a program calls this function; its streams and signals stay as they are.  None for the
            process of the command line, whose streams and signals are set up.

    Returns:
        The exit code.

    Raises:
        SystemExit: after --help, --version and wrong arguments, when their text was printed.
    """
    if argv is not None:
        return _run_in_language(argv)
    with signals.handled():
        streams.set_up()
        return _run_in_language(None)


def _run_in_language(argv: Sequence[str] | None) -> int:
    """Runs a command in the language of its user."""
    from . import terminal_language

    arguments = sys.argv[1:] if argv is None else argv
    with terminal_language.speaking(terminal_language.choose(arguments, os.environ)):
        return _run_and_flush(argv)


def _run_and_flush(argv: Sequence[str] | None) -> int:
    """Runs a command and flushes stdout."""
    try:
        code = _run(argv)
    except KeyboardInterrupt as interrupted:
        if argv is None:
            streams.drop_stdout()  # flushing could wait for a reader for ever
        return _print_error(interrupted)
    except SystemExit as exited:
        code = exited.code if isinstance(exited.code, int) else 0
        raise SystemExit(_flush(code)) from None
    return _flush(code)


def _run(argv: Sequence[str] | None) -> int:
    try:
        from .commands import run

        return run(argv)
    except Exception as error:  # noqa: BLE001  printed, with a code of its own
        return _print_error(error)


def _flush(code: int) -> int:
    """Flushes stdout, and returns the exit code; an error of the flush changes it only if it was 0."""
    error = streams.flush_stdout()
    return code if error is None or code else _print_error(error)


def _print_error(error: Exception | KeyboardInterrupt) -> int:
    from .exit_codes import print_error

    return print_error(error)
