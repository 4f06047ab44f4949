"""Which operations a type takes part in, on the way there and on the way back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..wsdl.description import Operation, Service
from ..wsdl.family import Family, elements_of, referred, types_of


@dataclass(slots=True)
class Use:
    """The keys (`ads.update`) of the operations whose requests and whose answers may hold a type."""

    requests: set[str] = field(default_factory=set)
    answers: set[str] = field(default_factory=set)

    def operations(self) -> tuple[str, ...]:
        """All of them, in order."""
        return tuple(sorted(self.requests | self.answers))


def uses(family: Family) -> Mapping[str, Use]:
    """The uses of every type that is used, by its qualified name; what a fault holds is used in answers."""
    types, elements = types_of(family), elements_of(family)
    found: dict[str, Use] = {}
    for service in (each for each in family.values() if isinstance(each, Service)):
        element_of = {message.name: message.element for message in service.messages}
        for operation in service.operations:
            key = f"{service.schema.namespace}.{operation.name}"
            for message, sent in _messages(operation):
                pending = list(referred(elements[element_of[message]]))
                reached: set[str] = set()
                while pending:
                    name = pending.pop()
                    if name in types and name not in reached:
                        reached.add(name)
                        pending += referred(types[name])
                for name in reached:
                    use = found.setdefault(name, Use())
                    (use.requests if sent else use.answers).add(key)
    return found


def _messages(operation: Operation) -> Iterator[tuple[str, bool]]:
    """The messages of an operation, and whether it is we who send them."""
    yield operation.input, True
    yield operation.output, False
    yield from ((fault.message, False) for fault in operation.faults)
