"""`yadirect-soap call SERVICE OPERATION [PARAMS]`: one call, its result as JSON on stdout."""

import argparse
import sys
from pathlib import Path
from typing import Any

import simplejson

from yadirect_soap import Complaint, ConfigurationError, Direct, InvalidParamsError, Items
from yadirect_soap.protocol.json import object_of_pairs

from . import connection, output

_DESCRIPTION = """\
Calls one operation and prints its result as JSON.  The token comes from YADIRECT_TOKEN or --token-file; the other
settings from YADIRECT_* too.  Examples:

  yadirect-soap call campaigns get '{"SelectionCriteria": {}, "FieldNames": ["Id", "Name"]}'
  yadirect-soap call keywords add @keywords.json --transport json
  yadirect-soap call ads get @query.json --all > ads.jsonl
"""


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
    parser.add_argument("params", nargs="?", help="JSON, or @FILE, or - for stdin (default: {})")
    connection.add_to(parser)
    parser.add_argument("--all", action="store_true", help="fetch all pages, one object a line")
    parser.add_argument("--show-envelope", action="store_true", help="print the request, and send nothing")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carries out the command."""
    params = read_params("{}" if arguments.params is None else arguments.params)
    with Direct.from_env(**connection.settings(arguments, sends=not arguments.show_envelope)) as direct:
        if arguments.show_envelope:
            _show(direct, arguments, params)
        elif arguments.all:
            for item in direct.items(arguments.service, arguments.operation, params):
                print(output.as_json(item, indent=None))
        else:
            return _call(direct, arguments, params)
    return 0


def read_params(text: str) -> dict[str, Any]:
    """Params from JSON text, a file's (@FILE) or stdin's (-); InvalidParamsError for what is no JSON object.

    ConfigurationError for a file that cannot be read.
    """
    try:
        if text == "-":
            text = sys.stdin.read()
        elif text.startswith("@"):
            text = connection.read(Path(text[1:]), encoding="utf-8-sig")
        params = simplejson.loads(text, use_decimal=True, object_pairs_hook=object_of_pairs)
    except (ValueError, RecursionError) as error:
        raise InvalidParamsError([Complaint("$", f"text that is not JSON ({error})", "a JSON object")]) from None
    if not isinstance(params, dict):
        raise InvalidParamsError([Complaint("$", f"a {type(params).__name__}", "a JSON object")])
    return params


def _call(direct: Direct, arguments: argparse.Namespace, params: dict[str, Any]) -> int:
    result = direct.call(arguments.service, arguments.operation, params)
    print(output.as_json(dict(result.result)), flush=True)
    if isinstance(result, Items):
        if result.limited_by is not None:
            print(
                f"yadirect-soap: more objects follow from Offset {result.limited_by}; --all fetches them",
                file=sys.stderr,
            )
        return 0
    result.raise_for_errors()
    return 0


def _show(direct: Direct, arguments: argparse.Namespace, params: dict[str, Any]) -> None:
    if arguments.all:
        raise ConfigurationError("--show-envelope and --all exclude each other")
    request = direct.envelope(arguments.service, arguments.operation, params)
    print(f"{request.method} {request.address}")
    for name, value in request.headers.masked().items():
        print(f"{name}: {value}")
    print(f"\n{request.body.decode()}")
