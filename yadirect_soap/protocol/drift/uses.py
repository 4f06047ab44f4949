"""Finds the operations whose requests or responses contain a type."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..wsdl.description import Element, Operation, Service
from ..wsdl.document_set import DocumentSet, NamedType, elements_of, referenced_types, types_of


@dataclass(frozen=True, slots=True)
class TypeUsage:
    """The keys (`ads.update`) of the operations whose requests, and whose responses, may contain a type."""

    requests: frozenset[str] = frozenset()
    responses: frozenset[str] = frozenset()

    @property
    def operations(self) -> tuple[str, ...]:
        """All of these operations, sorted."""
        return tuple(sorted(self.requests | self.responses))


def uses(documents: DocumentSet) -> Mapping[str, TypeUsage]:
    """Returns the uses of every type, by its qualified name; types of faults count as used in responses."""
    types, elements = types_of(documents), elements_of(documents)
    requests: defaultdict[str, set[str]] = defaultdict(set)
    responses: defaultdict[str, set[str]] = defaultdict(set)
    for service in (document for document in documents.values() if isinstance(document, Service)):
        element_of = {message.name: elements[message.element] for message in service.messages}
        for operation in service.operations:
            key = f"{service.schema.namespace}.{operation.name}"
            for message in _messages(operation):
                direction = requests if message == operation.input else responses
                for name in _reached(element_of[message], types):
                    direction[name].add(key)
    return {name: TypeUsage(frozenset(requests[name]), frozenset(responses[name])) for name in {*requests, *responses}}


def _messages(operation: Operation) -> Iterator[str]:
    yield operation.input
    yield operation.output
    yield from (fault.message for fault in operation.faults)


def _reached(element: Element, types: Mapping[str, NamedType]) -> set[str]:
    """Returns the types that an element contains, at any depth."""
    reached: set[str] = set()
    pending = list(referenced_types(element))
    while pending:
        name = pending.pop()
        if name in types and name not in reached:
            reached.add(name)
            pending += referenced_types(types[name])
    return reached
