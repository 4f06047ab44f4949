"""`yadirect-soap contract SERVICE OPERATION`: what the contract holds, down to an operation's types."""

from collections.abc import Iterator

from yadirect_soap.protocol import facts
from yadirect_soap.protocol.model import Kind, Member, Operation, Shape

from . import client_options, contract_arguments
from .command_types import command, option


@command("show")
@contract_arguments.service("such as campaigns; without it, all are listed", required=False)
@contract_arguments.operation("such as update", required=False)
@option("--wsdl", metavar="DIR", help="the descriptions at hand (default: YADIRECT_WSDL, else the bundled ones)")
def show(service: str | None, operation: str | None, wsdl: str | None) -> None:
    """Show the services, the operations of one, or an operation's params and result."""
    contract = client_options.contract(wsdl)
    if service is None:
        for name in contract:
            print(f"{name}: {', '.join(contract[name].operations)}")
    elif operation is None:
        for described_operation in contract.service(service).operations.values():
            print(_signature(described_operation))
    else:
        print("\n".join(described(contract.operation(service, operation))))


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
