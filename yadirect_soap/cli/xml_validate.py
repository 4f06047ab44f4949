"""`yadirect-soap xml validate FILE...`: prints every violation of the contract's schema, with its line and XPath."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from yadirect_soap.escaping import one_line
from yadirect_soap.language import _, spoken

from . import client_options, documents, notices
from .command_types import argument, command

if TYPE_CHECKING:
    from yadirect_soap.protocol.soap.message_schema import MessageSchema
    from yadirect_soap.protocol.soap.xsd_violations import XsdViolation

_CODES = """\b
Exit codes:
  0   all files are valid
  1   a file is not valid
  2   a file cannot be read
"""
_INVALID = 1


@command("validate", no_args_is_help=True, epilog=_CODES)
@argument("files", nargs=-1, required=True, help="envelopes, or elements of their Body alone; - is stdin")
@client_options.wsdl_option
def validate(files: Sequence[str], wsdl: str | None) -> int:
    """Validate requests and responses against the XML Schema of the contract.

    A violation is a line FILE:LINE: XPATH: MESSAGE. A file may have any size. Nothing is sent.
    """
    from yadirect_soap.protocol.soap.message_schema import MessageSchema

    contract = client_options.contract({"wsdl": wsdl})
    for file in files:
        with documents.open_input(file):  # an unreadable file is an error before the first line of output
            pass
    schema = MessageSchema(contract.directory, contract)
    invalid = sum(_is_invalid(schema, file) for file in files)
    notices.note(_("{valid} of {total} files are valid", valid=len(files) - invalid, total=len(files)))
    return _INVALID if invalid else 0


def _is_invalid(schema: "MessageSchema", file: str) -> bool:
    """Prints the violations of a file; returns whether there are any."""
    is_invalid = False
    with documents.open_input(file) as content:
        for violation in schema.streamed_violations(documents.chunks(content)):
            is_invalid = True
            print(_line(file, violation))
    return is_invalid


def _line(file: str, violation: "XsdViolation") -> str:
    source = "stdin" if file == documents.STDIN else file
    path = f"{violation.path}: " if violation.path else ""
    return one_line(f"{source}:{violation.line}: {path}{spoken(violation.message)}", _MAX_LINE)


_MAX_LINE = 2000
"""The maximum length of a line, in characters."""
