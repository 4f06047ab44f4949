"""The process of a command: its streams, its signals and its end.  What a command needs is imported inside."""

import os
import sys
from collections.abc import Sequence

from . import signals, streams


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; an error is one message on stderr, never a traceback.

    Args:
        argv: The arguments, where a program calls this; its streams and signals stay as they are.  Without them it is
            the process of the command line.

    Returns:
        The exit code.

    Raises:
        SystemExit: after --help, --version and wrong arguments, which were told.
    """
    if argv is not None:
        return _speaking(argv)
    with signals.handled():
        streams.take_over()
        return _speaking(None)


def _speaking(argv: Sequence[str] | None) -> int:
    """Runs a command in the language that its user asks for."""
    from . import terminal_language

    arguments = sys.argv[1:] if argv is None else argv
    with terminal_language.speaking(terminal_language.chosen(arguments, os.environ)):
        return _finished(argv)


def _finished(argv: Sequence[str] | None) -> int:
    """Runs a command and writes out what it has printed."""
    try:
        code = _run(argv)
    except KeyboardInterrupt as interrupted:
        if argv is None:
            streams.drop_stdout()  # its reader may never read
        return _print_error(interrupted)
    except SystemExit as exited:
        code = exited.code if isinstance(exited.code, int) else 0
        raise SystemExit(_written(code)) from None
    return _written(code)


def _run(argv: Sequence[str] | None) -> int:
    try:
        from .commands import run

        return run(argv)
    except Exception as error:  # noqa: BLE001  printed, with a code of its own
        return _print_error(error)


def _written(code: int) -> int:
    """The exit code after the rest of the output was written: another only where all else went well."""
    error = streams.flush_stdout()
    return code if error is None or code else _print_error(error)


def _print_error(error: Exception | KeyboardInterrupt) -> int:
    from .exit_codes import print_error

    return print_error(error)
