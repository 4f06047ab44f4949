"""`yadirect-soap xml to-json | from-json`: converts a message between XML and JSON without loss."""

from collections import Counter

from yadirect_soap import InvalidParamsError, Violation
from yadirect_soap.language import _

from . import client_options, contract_arguments, documents, notices
from .command_types import argument, command, option

_OUT = option("--out", default=documents.STDOUT, metavar="FILE", help="the file to write (default: stdout)")


@command("to-json", no_args_is_help=True)
@argument("file", help="a request, a response or a fault: an envelope, or the element of its Body; - is stdin")
@_OUT
@client_options.wsdl_option
def to_json(file: str, out: str, wsdl: str | None) -> None:
    """Convert a message from XML to the JSON body of the same message.

    Numbers stay exact, nil is null, and what the contract does not have is kept.
    """
    from yadirect_soap.protocol.message_conversion import xml_to_json
    from yadirect_soap.protocol.scalars import DecodeFailure

    unknown: Counter[str] = Counter()
    try:
        body = xml_to_json(client_options.contract({"wsdl": wsdl}), documents.read(file), unknown)
    except DecodeFailure as failure:
        raise InvalidParamsError([Violation(failure.json_path, failure.found, failure.expected)]) from None
    with documents.open_output(out) as target:
        target.write(body + b"\n")
    if unknown:
        notices.note(_("the contract does not have {names}", names=", ".join(sorted(unknown))))


@command("from-json", no_args_is_help=True)
@contract_arguments.service("such as campaigns")
@contract_arguments.operation("such as get")
@argument("file", help="a body of the API in JSON (request, response or error), or params alone; - is stdin")
@_OUT
@client_options.wsdl_option
def from_json(service: str, operation: str, *, file: str, out: str, wsdl: str | None) -> None:
    """Convert a message from JSON to the envelope of the same message.

    Params are checked first. `xml send` sends the envelope.
    """
    from yadirect_soap.protocol.message_conversion import json_to_xml
    from yadirect_soap.protocol.scalars import DecodeFailure, EncodeError

    contract = client_options.contract({"wsdl": wsdl})
    called = contract.operation(service, operation)
    try:
        envelope, violations = json_to_xml(called, documents.read(file))
    except (DecodeFailure, EncodeError) as failure:
        violations = [Violation(failure.json_path, failure.found, failure.expected)]
    if violations:
        raise InvalidParamsError(violations, operation=called.key)
    with documents.open_output(out) as target:
        target.write(envelope + b"\n")
