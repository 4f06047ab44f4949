"""The parser of the command line, and what each kind of failure exits with."""

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from yadirect_soap import (
    ApiError,
    ConfigurationError,
    DirectError,
    InvalidParamsError,
    ItemsError,
    ReportFailedError,
    ReportNotReadyError,
    TransportError,
    UnknownNameError,
    __version__,
)
from yadirect_soap.escaping import one_line

from . import call, contract, demo, emulator, recording, report

EXIT_CODES = """\
exit codes:
  0    done
  1    carried out, but some items failed
  2    nothing was sent: wrong arguments, settings, names or params
  3    the API refused the request
  4    no answer: never sent, the answer was lost, or a report was not ready in time
  5    an answer that is not the API's, or cannot be read, or not be written out
  10   contract diff and refresh: there are changes, and none breaks anything
  11   contract diff and refresh: there are changes that break something
  130  interrupted
  143  told to end by SIGTERM; what is half written is removed, as when it is interrupted
"""

_CODES: tuple[tuple[type[DirectError], int], ...] = (
    (ItemsError, 1),
    (ConfigurationError, 2),
    (UnknownNameError, 2),
    (InvalidParamsError, 2),
    (ApiError, 3),
    (ReportFailedError, 3),
    (ReportNotReadyError, 4),
    (TransportError, 4),
    (DirectError, 5),
)
_UNWRITTEN = 5
_INTERRUPTED = 130
_TERMINATED = 143


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command and gives its exit code; an error is one message on stderr, never a traceback."""
    arguments = _parsed(argv)
    logging.basicConfig(level=_level(arguments.verbose), format="%(asctime)s %(name)s %(levelname)s %(message)s")
    try:
        with _terminable():
            code = int(arguments.run(arguments))
            sys.stdout.flush()  # while a broken pipe can still be told from a failure
        return code
    except _Terminated:
        return _TERMINATED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone, as `| head` does: say no more, not even while Python closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except DirectError as error:
        print(f"yadirect-soap: {error}", file=sys.stderr)
        return next(code for kind, code in _CODES if isinstance(error, kind))
    except OSError as error:
        # Files and ports are opened under errors of their own: this one is stdout's, after whatever was done.
        print(f"yadirect-soap: {one_line(str(error))}", file=sys.stderr)
        return _UNWRITTEN


def parser() -> argparse.ArgumentParser:
    """The parser, with every command."""
    root = argparse.ArgumentParser(
        prog="yadirect-soap",
        description="The Yandex Direct API over SOAP, and an emulator of it.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    root.add_argument("--version", action="version", version=f"yadirect-soap {__version__}")
    root.add_argument("-v", "--verbose", action="count", default=0, help="log each call; twice: bodies too")
    commands = root.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in (demo, emulator, recording, call, report, contract):
        command.add_to(commands)
    return root


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments; params may stand behind the options of a call, where argparse looks for them only from 3.13 on."""
    root = parser()
    arguments, rest = root.parse_known_args(argv)
    if len(rest) == 1 and getattr(arguments, "params", "") is None and (rest == ["-"] or rest[0][:1] != "-"):
        arguments.params = rest.pop()
    if rest:
        root.error(f"unrecognized arguments: {' '.join(rest)}")
    return arguments


class _Terminated(KeyboardInterrupt):
    """SIGTERM: the command ends as it does by Ctrl-C, so that whatever cleans up then does so now."""


@contextmanager
def _terminable() -> Iterator[None]:
    """Makes SIGTERM end what is inside the with, unless the program around has a use for it of its own."""
    is_ours = threading.current_thread() is threading.main_thread()
    if not is_ours or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _terminate(*_: object) -> NoReturn:
    raise _Terminated


def _level(verbose: int) -> int:
    return {0: logging.WARNING, 1: logging.INFO}.get(verbose, logging.DEBUG)
