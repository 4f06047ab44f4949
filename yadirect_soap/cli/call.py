"""`yadirect-soap call SERVICE OPERATION [PARAMS]`: one call, its result as JSON on stdout."""

import argparse
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from yadirect_soap import ConfigurationError, Direct, ItemResults, ItemsError, OperationResult, Page
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.model import Operation

from . import client_options, output, params
from .exit_codes import Stage

_DESCRIPTION = """\
Calls one operation and prints its result as JSON.  The token comes from YADIRECT_TOKEN or --token-file; the other
settings from YADIRECT_* too.  Examples:

  yadirect-soap call campaigns get '{"SelectionCriteria": {}, "FieldNames": ["Id", "Name"]}'
  yadirect-soap call keywords add @keywords.json --transport json
  yadirect-soap call ads get @query.json --all --out ads.jsonl
  yadirect-soap call ads update @ads.jsonl
"""
_ENDINGS: Mapping[bool, Mapping[str, str]] = MappingProxyType(
    {False: MappingProxyType({".json": "json"}), True: MappingProxyType({".jsonl": "jsonl"})}
)
"""By whether all pages are asked for, an object a line."""


def add_to(commands: Any) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "call",
        help="call an operation",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("service", help="such as campaigns")
    parser.add_argument("operation", help="such as get")
    parser.add_argument("params", nargs="?", help="JSON, or @FILE, or - for stdin (default: {}); .jsonl is a list")
    client_options.add_to(parser)
    parser.add_argument("--all", action="store_true", help="fetch all pages, one object a line")
    parser.add_argument("--out", default="-", metavar="FILE", help=".json, with --all .jsonl; - is stdout (default: -)")
    parser.add_argument("--show-request", action="store_true", help="print the request, and send nothing")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carries out the command."""
    output.form_of(arguments.out, _ENDINGS[arguments.all])
    operation = client_options.contract(arguments.wsdl).operation(arguments.service, arguments.operation)
    given = params.read(arguments.params, operation)
    with Direct.from_env(**client_options.settings(arguments, sends=not arguments.show_request)) as direct:
        if arguments.show_request:
            _show(direct, arguments, given)
        elif arguments.all:
            _all(direct, operation, given, arguments.out)
        else:
            _call(direct, operation, given, arguments.out)
    return 0


def _all(direct: Direct, operation: Operation, given: dict[str, Any], out: str) -> None:
    with output.to(out) as write:
        for item in direct.items(operation.service, operation.name, given):
            write(output.as_json(item, indent=None))


def _call(direct: Direct, operation: Operation, given: dict[str, Any], out: str) -> None:
    """Makes the call, and writes all of its result before an error tells of the items that failed."""
    stage, failure = Stage(), None
    key = "" if facts.bundled().is_read(operation.service, operation.name) else operation.key
    try:
        with stage.noted(), output.to(out) as write:
            stage.note = key and f"{key} may have acted: read back before you repeat it"
            result = direct.call(operation.service, operation.name, given)
            stage.note = key and f"{key} was carried out, and its result was not written"
            failure = _failure(result)
            write(output.as_json(dict(result.result)))
    except OSError as error:
        if failure is None:
            raise
        failure.add_note(f"the result was not written: {error}")
    if failure is not None:
        raise failure
    if isinstance(result, Page) and result.limited_by is not None:
        more = f"more objects follow from Offset {result.limited_by}; --all fetches them"
        print(f"yadirect-soap: {more}", file=sys.stderr)


def _failure(result: Page[Any] | ItemResults | OperationResult) -> ItemsError | None:
    """What tells of the items that failed; None where none did."""
    try:
        if not isinstance(result, Page):
            result.raise_for_errors()
    except ItemsError as error:
        return error
    return None


def _show(direct: Direct, arguments: argparse.Namespace, params: dict[str, Any]) -> None:
    if arguments.all:
        raise ConfigurationError("--show-request and --all exclude each other")
    request = direct.build_request(arguments.service, arguments.operation, params)
    print(f"{request.method} {request.address}")
    for name, value in request.headers.masked().items():
        print(f"{name}: {value}")
    print(f"\n{request.body.decode()}")
