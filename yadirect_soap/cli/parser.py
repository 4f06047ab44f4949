"""The command line: its commands, and what they have in common."""

import argparse
import logging
from collections.abc import Sequence

from yadirect_soap import __version__
from yadirect_soap.escaping import one_line

from . import call, contract, demo, emulator, recording, report
from .exit_codes import EXIT_CODES


def run(argv: Sequence[str] | None) -> int:
    """Runs the command that the arguments name, and gives its exit code; SystemExit for --help and wrong arguments."""
    arguments = _parsed(argv)
    logging.basicConfig(level=_level(arguments.verbose), format="%(asctime)s %(name)s %(levelname)s %(message)s")
    return int(arguments.run(arguments))


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
        root.error(f"unrecognized arguments: {one_line(' '.join(rest))}")
    return arguments


def _level(verbose: int) -> int:
    return {0: logging.WARNING, 1: logging.INFO}.get(verbose, logging.DEBUG)
