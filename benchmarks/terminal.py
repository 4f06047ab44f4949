"""Measures the help of the command line and of a command compared with direct-cli, each in a new process."""

import statistics
import sys
import time
from importlib.util import find_spec

from .startup import run_python
from .table import Goal, Row, duration, slower

_HELP_SECONDS = 0.25
_LIKE_THEIRS = 1.0
_OURS = ("-m", "yadirect_soap")
_THEIRS = ("-c", "from direct_cli.cli import cli; cli(prog_name='direct')")


def measure(rounds: int) -> list[Row]:
    """Measures the commands, compared with direct-cli if it is installed."""
    bare, ours, our_command = _in_turns(rounds, ("-c", "pass"), (*_OURS, "--help"), (*_OURS, "call", "--help"))
    rows = [
        Row("yadirect-soap --help", "", ours, "s", Goal(_HELP_SECONDS), f"Python alone {duration(bare)}"),
        Row("yadirect-soap call --help", "", our_command, "s", figures=f"Python alone {duration(bare)}"),
    ]
    if find_spec("direct_cli") is None:
        print("direct-cli is not installed (pip install direct-cli): its rows are missing", file=sys.stderr)
        return rows
    again, theirs, again_command, their_command = _in_turns(
        rounds,
        (*_OURS, "--help"),
        (*_THEIRS, "--help"),
        (*_OURS, "call", "--help"),
        (*_THEIRS, "campaigns", "get", "--help"),
    )
    return [
        *rows,
        slower("yadirect-soap --help", "direct --help", (again, theirs), _LIKE_THEIRS),
        slower(
            "yadirect-soap call --help", "direct campaigns get --help", (again_command, their_command), _LIKE_THEIRS
        ),
    ]


def _in_turns(rounds: int, *commands: tuple[str, ...]) -> list[float]:
    """Returns the median seconds of each command, measured in turns."""
    seconds = [[_elapsed(*command) for command in commands] for _ in range(rounds)]
    return [statistics.median(of_command) for of_command in zip(*seconds, strict=True)]


def _elapsed(*arguments: str) -> float:
    began = time.perf_counter()
    run_python(*arguments)
    return time.perf_counter() - began
