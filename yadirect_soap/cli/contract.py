"""`yadirect-soap contract`: what the contract holds, and what the API's own descriptions say otherwise."""

from collections.abc import Mapping
from types import MappingProxyType

from .command_types import CommandGroup, Row

_ROWS: Mapping[str, Row] = MappingProxyType(
    {
        "show": Row("services; operations of one; an operation's types (default)", "contract_show:show"),
        "reports": Row("types of reports, their fields, operators of filters", "contract_reports:reports"),
        "diff": Row("tell what the API's descriptions say otherwise", "drift:diff"),
        "refresh": Row("the same, and bring the ones at hand up to date", "drift:refresh"),
    }
)

contract = CommandGroup(
    "contract",
    _ROWS,
    default="show",
    subcommand_metavar="[SERVICE [OPERATION]] | COMMAND ...",
    help="Show the services, the operations of one, or an operation's params and result; or compare them.",
)
