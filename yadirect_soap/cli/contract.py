"""`yadirect-soap contract`: shows the contract, and compares it with the API's current WSDLs."""

from collections.abc import Mapping
from types import MappingProxyType

from .command_types import CommandGroup, Row

_ROWS: Mapping[str, Row] = MappingProxyType(
    {
        "show": Row("services; operations of one; an operation's types (default)", "contract_show:show"),
        "reports": Row("types of reports, their fields, operators of filters", "contract_reports:reports"),
        "xsd": Row("write XML Schemas of the messages", "contract_xsd:xsd"),
        "changes": Row("what changed in the API, by day", "contract_changes:changes"),
        "diff": Row("show how the API's current WSDLs differ", "drift:diff"),
        "refresh": Row("the same, and then write the current WSDLs", "drift:refresh"),
    }
)

contract = CommandGroup(
    "contract",
    _ROWS,
    default="show",
    subcommand_metavar="[SERVICE [OPERATION]] | COMMAND ...",
    help="Show services, operations, or the params and result of an operation; or compare with the API.",
)
