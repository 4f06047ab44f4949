"""`yadirect-soap contract [SERVICE [OPERATION]]`: what the contract holds, down to an operation's types."""

import argparse
from collections.abc import Iterator
from typing import Any

from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import Kind, Member, Operation, Shape, bundled


def add_to(commands: Any) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "contract",
        help="show services, operations and types",
        description="Every service and its operations; or those of one; or an operation's params and result.",
    )
    parser.add_argument("service", nargs="?", help="such as campaigns")
    parser.add_argument("operation", nargs="?", help="such as update")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carries out the command."""
    contract = bundled()
    if arguments.service is None:
        for name in contract:
            print(f"{name}: {', '.join(contract[name].operations)}")
    elif arguments.operation is None:
        for operation in contract.service(arguments.service).operations.values():
            print(_signature(operation))
    else:
        print("\n".join(described(contract.operation(arguments.service, arguments.operation))))
    return 0


def described(operation: Operation) -> Iterator[str]:
    """An operation's params and result, a line a member: indented, with type, occurrence, nillability, money."""
    yield operation.key
    yield f"  SOAPAction  {operation.soap_action}"
    cost = facts.bundled().cost(operation.key)
    yield f"  units       {cost.call} a call, {cost.object} an object"
    yield f"  page        {facts.bundled().page(operation.service)}"
    yield ""
    yield "params"
    yield from _members(operation.request, "  ")
    yield ""
    yield "result"
    yield from _members(operation.response, "  ")


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
