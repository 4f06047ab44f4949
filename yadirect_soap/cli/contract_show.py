"""`yadirect-soap contract [SERVICE [OPERATION]]`: services, operations, types, and params to fill in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yadirect_soap import ConfigurationError
from yadirect_soap.language import _

from . import client_options, contract_arguments, pager
from .command_types import command, option
from .option_types import WholeNumber

if TYPE_CHECKING:
    from yadirect_soap.protocol.contract import Contract

_EXAMPLES = """\b
Examples:
  yadirect-soap contract                           # all services
  yadirect-soap contract campaigns update --depth 2
  yadirect-soap contract ads add --skeleton > ads.json
  yadirect-soap contract ads add --skeleton --yaml > ads.yaml
"""


@command("show", epilog=_EXAMPLES)
@contract_arguments.service("such as campaigns; without it, all are listed", required=False)
@contract_arguments.operation("such as update", required=False)
@option("--depth", type=WholeNumber(1), metavar="N", help="levels of members to show (of a skeleton: 3)")
@option("--skeleton", is_flag=True, help="print params to fill in, as JSON that `call` takes")
@option("--yaml", "is_yaml", is_flag=True, help="with --skeleton: as YAML with remarks")
@client_options.wsdl_option
def show(
    service: str | None, operation: str | None, *, depth: int | None, skeleton: bool, is_yaml: bool, wsdl: str | None
) -> None:
    """Show the services, the operations of one, or an operation's params and result.

    An operation is shown with its units, limits and pages, as far as they are documented.
    """
    contract = client_options.contract({"wsdl": wsdl})
    if skeleton or is_yaml:
        if service is None or operation is None or not skeleton:
            raise ConfigurationError(
                _("--skeleton is of an operation (contract ads add --skeleton), --yaml is its form")
            )
        print(_skeleton(contract, (service, operation), depth, is_yaml=is_yaml))
    else:
        pager.show(_lines(contract, service, operation, depth))


def _lines(contract: "Contract", service: str | None, operation: str | None, depth: int | None) -> Iterator[str]:
    from yadirect_soap.protocol import operation_text

    if service is None:
        yield from (f"{name}: {', '.join(contract[name].operations)}" for name in contract)
    elif operation is None:
        yield from map(operation_text.signature, contract.service(service).operations.values())
    else:
        yield from operation_text.described(contract.operation(service, operation), depth)


def _skeleton(contract: "Contract", names: tuple[str, str], depth: int | None, *, is_yaml: bool) -> str:
    from . import skeleton

    operation = contract.operation(*names)
    write = skeleton.as_yaml if is_yaml else skeleton.as_json
    return write(operation, depth or skeleton.DEFAULT_DEPTH)
