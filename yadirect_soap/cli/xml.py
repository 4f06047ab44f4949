"""`yadirect-soap xml`: sends, validates and converts SOAP messages."""

from collections.abc import Mapping
from types import MappingProxyType

from .command_types import CommandGroup, Row

_ROWS: Mapping[str, Row] = MappingProxyType(
    {
        "send": Row("send a request in XML and write the response", "xml_send:send"),
        "validate": Row("validate files against the contract's schema", "xml_validate:validate"),
        "to-json": Row("convert a message from XML to JSON", "xml_convert:to_json"),
        "from-json": Row("convert a message from JSON to XML", "xml_convert:from_json"),
    }
)

xml = CommandGroup("xml", _ROWS, subcommand_metavar="COMMAND ...", help="Send, validate and convert SOAP messages.")
