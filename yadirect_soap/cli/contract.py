"""`yadirect-soap contract`: what the contract holds, down to an operation's types; what drift.py does is added here."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from yadirect_soap import ConfigurationError
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.model import Kind, Member, Operation, Shape

from . import client_options, drift

_USAGE = """\
yadirect-soap contract [--wsdl DIR] [SERVICE [OPERATION]]
       yadirect-soap contract diff [--wsdl DIR] [--from URL|DIR] [--format text|json]
       yadirect-soap contract refresh [--wsdl DIR] [--from URL|DIR] [--format text|json] [--prune]"""

_DESCRIPTION = """\
Every service and its operations; or those of one; or an operation's params and result.

diff tells what the API's descriptions say otherwise than the ones at hand, and what it means: "breaking" is what
may fail that worked before, "additive" what is only more.  refresh does the same and then writes them in place of
the ones at hand, all or none.  Both exit with 0 for no change, 10 for additive and 11 for breaking ones; any
other code tells that they could not compare, and that nothing was written.
"""


def add_to(commands: Any) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "contract",
        help="show services, operations and types; compare them with the API's, and bring them up to date",
        usage=_USAGE,
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("service", nargs="?", help="such as campaigns; or diff, or refresh")
    parser.add_argument("operation", nargs="?", help="such as update")
    parser.add_argument(
        "--wsdl", metavar="DIR", help="the descriptions at hand (default: YADIRECT_WSDL, else the bundled ones)"
    )
    drift.add_to(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carries out the command."""
    place = arguments.wsdl or os.environ.get("YADIRECT_WSDL")
    directory = Path(place).expanduser() if place else None
    if arguments.service in drift.COMMANDS:
        if arguments.operation is not None:
            raise ConfigurationError(f"contract {arguments.service} compares all services, and takes no name of one")
        return drift.run(arguments, directory)
    drift.refuse_options(arguments)
    _show(client_options.contract(arguments.wsdl), arguments)
    return 0


def _show(contract: Contract, arguments: argparse.Namespace) -> None:
    if arguments.service is None:
        for name in contract:
            print(f"{name}: {', '.join(contract[name].operations)}")
    elif arguments.operation is None:
        for operation in contract.service(arguments.service).operations.values():
            print(_signature(operation))
    else:
        print("\n".join(described(contract.operation(arguments.service, arguments.operation))))


def described(operation: Operation) -> Iterator[str]:
    """An operation's params and result, a line a member: indented, with type, occurrence, nillability, money."""
    yield operation.key
    yield f"  SOAPAction  {operation.soap_action}"
    yield from _documented(operation)
    yield ""
    yield "params"
    yield from _members(operation.request, "  ")
    yield ""
    yield "result"
    yield from _members(operation.response, "  ")


def _documented(operation: Operation) -> Iterator[str]:
    """What the documentation adds; nothing, where an operation is newer than the facts."""
    known = facts.bundled()
    if operation.key in known.costs:
        cost = known.cost(operation.key)
        yield f"  units       {cost.call} a call, {cost.object} an object"
    if operation.service in known.pages:
        yield f"  page        {known.page(operation.service)}"


def _signature(operation: Operation) -> str:
    params = ", ".join(member.name + ("" if member.required else "?") for member in operation.request.members)
    return f"{operation.key}({params})"


def _members(shape: Shape, indent: str) -> Iterator[str]:
    for member in shape.members:
        yield f"{indent}{member.name}: {_type(member)}"
        if member.shape.kind is Kind.OBJECT:
            yield from _members(member.shape, indent + "  ")


def _type(member: Member) -> str:
    what = " | ".join(member.shape.values) if member.shape.kind is Kind.ENUM else member.shape.name.removeprefix("xsd:")
    marks = [
        "list" if member.many else "",
        "required" if member.required else "",
        "nillable" if member.nillable else "",
        "micros" if member.name in facts.bundled().money_members(member.owner) else "",
    ]
    marked = ", ".join(filter(None, marks))
    return f"{what} ({marked})" if marked else what
