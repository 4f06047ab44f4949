"""`yadirect-soap bulk`: changes from a file with a journal; its commands."""

from collections.abc import Mapping
from types import MappingProxyType

from .command_types import CommandGroup, Row

_ROWS: Mapping[str, Row] = MappingProxyType(
    {
        "run": Row("carry out the changes in a file, or continue with them", "bulk_run:run"),
        "status": Row("show how many lines are done, failed and open", "bulk_journal:status"),
        "results": Row("write the lines that are done, failed and open as files", "bulk_journal:results"),
        "resend-unknown": Row("let the next run send the unknown lines again", "bulk_journal:resend_unknown"),
    }
)

bulk = CommandGroup(
    "bulk",
    _ROWS,
    no_args_is_help=True,
    subcommand_metavar="COMMAND ...",
    help="Carry out changes from a file, each once, whatever happens; a journal records what was sent.",
)
