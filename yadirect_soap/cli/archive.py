"""`yadirect-soap archive`: reads an archive of requests and responses, and sends a request again."""

from collections.abc import Mapping
from types import MappingProxyType

from .command_types import CommandGroup, Row

_ROWS: Mapping[str, Row] = MappingProxyType(
    {
        "list": Row("list the calls", "archive_calls:list_calls"),
        "show": Row("write the request or the response of a call", "archive_calls:show"),
        "resend": Row("send the request of a call again", "archive_calls:resend"),
        "prune": Row("remove the calls of older days", "archive_calls:prune"),
    }
)

archive = CommandGroup(
    "archive",
    _ROWS,
    subcommand_metavar="COMMAND ...",
    help="Read an archive, which --archive DIR or Direct(archive=...) writes.",
)
