"""The table of commands, and the function that runs one.  A new command is a row here and a module in this folder.

    "units": Row("show how many units are left", "units:units"),

The module is imported when the command runs; its line of help is in the table, so that `--help` imports no module.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import click
from click.exceptions import Exit, NoArgsIsHelpError

from yadirect_soap import __version__
from yadirect_soap.escaping import one_line
from yadirect_soap.language import _, joined, spoken

from . import exit_codes
from .command_types import CommandGroup, Option, Row

PROGRAM = "yadirect-soap"
COMPLETION = "_YADIRECT_SOAP_COMPLETE"
"""The environment variable with which a shell requests completions."""

COMMANDS: Mapping[str, Row] = MappingProxyType(
    {
        "demo": Row("run an example with its own emulator", "demo:demo"),
        "call": Row("call an operation", "call:call"),
        "report": Row("request a report and write it", "report:report"),
        "bulk": Row("carry out changes from a file, each once, with a journal", "bulk:bulk"),
        "tables": Row("list the tables that can be extracted, and their columns", "tables:tables"),
        "extract": Row("read one complete table into a file", "extract:extract"),
        "sync": Row("bring files or a database up to date with an account", "sync:sync"),
        "xml": Row("send, validate and convert SOAP messages", "xml:xml"),
        "archive": Row("list, show, resend and prune what was archived", "archive:archive"),
        "contract": Row("show services, operations and types; compare with the API", "contract:contract"),
        "units": Row("show how many units are left, and what a plan costs", "units:units"),
        "doctor": Row("check token, login, rights, units, contract, versions, proxy", "doctor:doctor"),
        "auth": Row("sign in, see and end the sign-ins of profiles", "auth:auth"),
        "gateway": Row("serve a SOAP gateway, whose callers need no token", "gateway:gateway"),
        "emulator": Row("serve the emulator", "emulator:emulator"),
        "record": Row("record exchanges with the API", "recording:record"),
        "replay": Row("answer calls from a recording", "recording:replay"),
        "completion": Row("print the script for completion in a shell", "completion:completion"),
    }
)


def command_line() -> CommandGroup:
    """Builds the command line; the commands are imported when they run."""
    root = CommandGroup(
        PROGRAM,
        COMMANDS,
        help="The Yandex Direct API over SOAP and JSON, and an emulator of it.",
        epilog="\b\n" + spoken(joined("\n", list(exit_codes.lines()))),
        no_args_is_help=True,
        subcommand_metavar="COMMAND ...",
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    )
    message = f"{PROGRAM} %(version)s"
    return click.version_option(__version__, message=message, help="show the version", cls=Option)(root)


def run(argv: Sequence[str] | None) -> int:
    """Runs the command that the arguments name.

    Args:
        argv: The arguments; None for those of the process.

    Returns:
        The command's exit code.

    Raises:
        SystemExit: after --help, --version and wrong arguments, when their text was printed.
    """
    root = command_line()
    if argv is None and (instruction := os.environ.get(COMPLETION)):
        raise SystemExit(_complete(root, instruction))
    try:
        with root.make_context(PROGRAM, list(sys.argv[1:] if argv is None else argv)) as context:
            return int(root.invoke(context) or 0)
    except Exit as ended:
        raise SystemExit(ended.exit_code) from None
    except click.ClickException as error:
        _print_usage_error(error)
        raise SystemExit(error.exit_code) from None


def _complete(root: CommandGroup, instruction: str) -> int:
    """Prints completions; an error prints nothing, since it would appear in the line that the user types."""
    from click.shell_completion import shell_complete

    try:
        return shell_complete(root, {}, PROGRAM, COMPLETION, instruction)
    except Exception:  # noqa: BLE001  as the docstring says
        return 1


def _print_usage_error(error: click.ClickException) -> None:
    """Prints an error of the arguments to stderr; if there are no arguments, the help."""
    if isinstance(error, NoArgsIsHelpError):
        print(error.format_message(), file=sys.stderr)
        return
    if isinstance(error, click.UsageError):
        context = error.ctx or click.Context(command_line(), info_name=PROGRAM)
        hint = _("Try '{command} --help' for help.", command=context.command_path)
        print(f"{context.get_usage()}\n{spoken(hint)}\n", file=sys.stderr)
    lines = [one_line(line) for line in error.format_message().splitlines()]
    print(f"{PROGRAM}: {' '.join(lines)}", file=sys.stderr)
