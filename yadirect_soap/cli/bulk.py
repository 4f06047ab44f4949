"""`yadirect-soap bulk`: changes from a file with a journal; its commands."""

from collections.abc import Mapping
from types import MappingProxyType

from .command_types import CommandGroup, Row

_ROWS: Mapping[str, Row] = MappingProxyType(
    {
        "run": Row("carry out what a file says, or go on with it", "bulk_run:run"),
        "status": Row("show how many lines are done, failed and open", "bulk_journal:status"),
        "results": Row("write the lines that are done, failed and open as files", "bulk_journal:results"),
        "resend-unknown": Row("let the next run send lines in doubt again", "bulk_journal:resend_unknown"),
    }
)

bulk = CommandGroup(
    "bulk",
    _ROWS,
    no_args_is_help=True,
    subcommand_metavar="COMMAND ...",
    help="Carry out changes from a file, each once whatever happens, with a journal that knows what was sent.",
)
