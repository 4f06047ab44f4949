"""The parser of the command line, and what each kind of failure exits with."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from yadirect_soap import (
    ApiError,
    ConfigurationError,
    DirectError,
    InvalidParamsError,
    ItemsError,
    TransportError,
    UnknownNameError,
)

from . import call, contract, demo, emulator, recording

EXIT_CODES = """\
exit codes:
  0    done
  1    carried out, but some items failed
  2    nothing was sent: wrong arguments, settings, names or params
  3    the API refused the request
  4    no answer: never sent, or the answer was lost
  5    an answer that is not the API's, or cannot be read
  130  interrupted
"""

_CODES: tuple[tuple[type[DirectError], int], ...] = (
    (ItemsError, 1),
    (ConfigurationError, 2),
    (UnknownNameError, 2),
    (InvalidParamsError, 2),
    (ApiError, 3),
    (TransportError, 4),
    (DirectError, 5),
)
_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command and gives its exit code; an error is one message on stderr, never a traceback."""
    arguments = parser().parse_args(argv)
    logging.basicConfig(level=_level(arguments.verbose), format="%(asctime)s %(name)s %(levelname)s %(message)s")
    try:
        code = int(arguments.run(arguments))
        sys.stdout.flush()  # while a broken pipe can still be told from a failure
        return code
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
        print(f"yadirect-soap: {error}", file=sys.stderr)
        return 2


def parser() -> argparse.ArgumentParser:
    """The parser, with every command."""
    root = argparse.ArgumentParser(
        prog="yadirect-soap",
        description="The Yandex Direct API over SOAP, and an emulator of it.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    root.add_argument("-v", "--verbose", action="count", default=0, help="log each call; twice: bodies too")
    commands = root.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in (demo, emulator, recording, call, contract):
        command.add_to(commands)
    return root


def _level(verbose: int) -> int:
    return {0: logging.WARNING, 1: logging.INFO}.get(verbose, logging.DEBUG)
