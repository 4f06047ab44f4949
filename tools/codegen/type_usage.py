"""Which types the operations use, by the schema that declares them: sent, answered, or both."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.model import Kind, Operation, Shape
from yadirect_soap.protocol.type_annotations import split

Modules = dict[str, dict[str, "Use"]]
"""For each schema its types by their bare names: enumerations first, and each type after those that it is made of."""


@dataclass
class Use:
    """A type, and the keys of the operations that send it and that answer with it."""

    shape: Shape
    sent: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    params_of: Operation | None = None
    """The operation whose params it is."""


def uses_of(contract: Contract) -> Modules:
    """Every object and enumeration that is reached from an operation's params or its result."""
    uses: dict[str, Use] = {}
    for service in contract.values():
        for operation in service.operations.values():
            for shape in _below(operation.request, set()):
                uses.setdefault(shape.name, Use(shape)).sent.append(operation.key)
            for shape in _below(operation.response, set()):
                uses.setdefault(shape.name, Use(shape)).answered.append(operation.key)
            uses[operation.request.name].params_of = operation
    modules: Modules = {}
    for use in sorted(uses.values(), key=lambda use: use.shape.kind is Kind.OBJECT):
        schema, name = split(use.shape)
        modules.setdefault(schema, {})[name] = use
    return modules


def _below(shape: Shape, visited: set[str]) -> Iterator[Shape]:
    """A type and those it is made of, the parts before the whole, each once; scalars are left out."""
    if shape.name in visited or shape.kind not in (Kind.OBJECT, Kind.ENUM):
        return
    visited.add(shape.name)
    for member in shape.members:
        yield from _below(member.shape, visited)
    yield shape
