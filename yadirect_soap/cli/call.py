"""`yadirect-soap call SERVICE OPERATION [PARAMS]`: one call, its result as JSON on stdout."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from yadirect_soap import ConfigurationError, ItemsError

from . import client_options, contract_arguments, notices, output
from . import params as params_text
from .command_types import argument, command, option
from .exit_codes import Stage

if TYPE_CHECKING:
    from yadirect_soap import Direct, ItemResults, OperationResult, Page
    from yadirect_soap.protocol.model import Operation

_EXAMPLES = """\b
Examples:
  yadirect-soap call campaigns get '{"FieldNames": ["Id", "Name"]}'
  yadirect-soap call keywords add @keywords.json --transport json
  yadirect-soap call ads get @query.json --all --out ads.jsonl
  yadirect-soap call ads update @ads.jsonl
"""
_ENDINGS: Mapping[bool, Mapping[str, str]] = MappingProxyType(
    {False: MappingProxyType({".json": "json"}), True: MappingProxyType({".jsonl": "jsonl"})}
)
"""By whether all pages are asked for, an object a line."""


@command("call", no_args_is_help=True, epilog=_EXAMPLES)
@contract_arguments.service("such as campaigns")
@contract_arguments.operation("such as get")
@argument("params", required=False, help="JSON, or @FILE, or - for stdin (default: {}); .jsonl is a list")
@option("--all", "all_pages", is_flag=True, help="fetch all pages, one object a line")
@option("--out", default=output.STDOUT, metavar="FILE", help=".json, with --all .jsonl; - is stdout (default: -)")
@option("--show-request", is_flag=True, help="print the request, and send nothing")
@client_options.add
def call(service: str, operation: str, params: str | None, *, all_pages: bool, out: str, **given: Any) -> None:
    """Call one operation and print its result as JSON.

    The token comes from YADIRECT_TOKEN or --token-file; the other settings from YADIRECT_* too.
    """
    from yadirect_soap import Direct

    output.form_of(out, _ENDINGS[all_pages])
    called = client_options.contract(given["wsdl"]).operation(service, operation)
    values = params_text.read(params, called)
    shows = given["show_request"]
    with Direct.from_env(**client_options.settings(given, sends=not shows)) as direct:
        if shows and all_pages:
            raise ConfigurationError("--show-request and --all exclude each other")
        if shows:
            _show(direct, called, values)
        elif all_pages:
            _all(direct, called, values, out)
        else:
            _call(direct, called, values, out)


def _all(direct: "Direct", operation: "Operation", given: dict[str, Any], out: str) -> None:
    with output.to(out) as write:
        for item in direct.items(operation.service, operation.name, given):
            write(output.as_json(item, indent=None))


def _call(direct: "Direct", operation: "Operation", given: dict[str, Any], out: str) -> None:
    """Makes the call, and writes all of its result before an error tells of the items that failed."""
    from yadirect_soap import Page
    from yadirect_soap.protocol import facts

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
        notices.note(f"more objects follow from Offset {result.limited_by}; --all fetches them")


def _failure(result: "Page[Any] | ItemResults | OperationResult") -> ItemsError | None:
    """What tells of the items that failed; None where none did."""
    from yadirect_soap import Page

    try:
        if not isinstance(result, Page):
            result.raise_for_errors()
    except ItemsError as error:
        return error
    return None


def _show(direct: "Direct", operation: "Operation", values: dict[str, Any]) -> None:
    request = direct.build_request(operation.service, operation.name, values)
    print(f"{request.method} {request.address}")
    for name, value in request.headers.masked().items():
        print(f"{name}: {value}")
    print(f"\n{request.body.decode()}")
