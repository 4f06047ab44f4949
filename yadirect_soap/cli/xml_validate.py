"""`yadirect-soap xml validate FILE...`: every violation of the contract's schema, with its line and XPath."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from yadirect_soap.escaping import one_line

from . import client_options, documents, notices
from .command_types import argument, command, option

if TYPE_CHECKING:
    from yadirect_soap.protocol.soap.xsd import XsdViolation

_CODES = """\b
Exit codes:
  0   all files are valid
  1   a file is not valid
  2   a file cannot be read
"""
_INVALID = 1


@command("validate", no_args_is_help=True, epilog=_CODES)
@argument("files", nargs=-1, required=True, help="envelopes, or elements of their Body alone; - is stdin")
@option("--wsdl", metavar="DIR", help="a folder of WSDLs (default: YADIRECT_WSDL, else the bundled ones)")
def validate(files: Sequence[str], wsdl: str | None) -> int:
    """Validate requests and responses against the XML Schema of the contract.

    A violation is a line FILE:LINE: XPATH: MESSAGE. Nothing is sent.
    """
    from yadirect_soap.protocol.soap.message_schema import MessageSchema

    contract = client_options.contract(wsdl)
    contents = {file: documents.read(file) for file in files}
    schema = MessageSchema(contract.directory, contract)
    invalid = 0
    for file, content in contents.items():
        violations = schema.violations(content, declared=True)
        invalid += bool(violations)
        for violation in violations:
            print(_line(file, violation))
    notices.note(f"{len(contents) - invalid} of {len(contents)} files are valid")
    return _INVALID if invalid else 0


def _line(file: str, violation: "XsdViolation") -> str:
    source = "stdin" if file == documents.STDIN else file
    path = f"{violation.path}: " if violation.path else ""
    return one_line(f"{source}:{violation.line}: {path}{violation.message}", _LONGEST)


_LONGEST = 2000
"""The number of characters of a line."""
