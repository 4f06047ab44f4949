"""The changes from one set of descriptions to another: documents, services, operations, messages, types.

Compared is what descriptions say; spelling, the order of types and where schemas lie make no change.
"""

from collections.abc import Callable, Iterator
from functools import partial

from ..wsdl.description import Description, Operation, Schema, Service
from ..wsdl.document_set import DocumentSet, elements_of, schema_of, types_of, written
from .change import NONE, Change, additive, breaking
from .types import Difference, Types, summary
from .uses import TypeUsage, uses

_Tell = Callable[..., Change]
"""Makes a change of one document."""


def compare(old: DocumentSet, new: DocumentSet) -> list[Change]:
    """Every change, by document; empty for sets that say the same.

    Both must be whole (see wsdl/document_set.py).  Effects are judged by who uses a type in the old set.
    """
    comparison = _Comparison(old, new)
    return [change for file in sorted({*old, *new}) for change in comparison.of(file)]


class _Bound:
    """An operation with the elements that its messages hold."""

    def __init__(self, service: Service, operation: Operation) -> None:
        elements = {message.name: message.element for message in service.messages}
        self.operation = operation
        self.sent = elements[operation.input]
        self.answered = elements[operation.output]
        self.faults = {fault.name: elements[fault.message] for fault in operation.faults}


class _Comparison:
    """Two sets, indexed."""

    def __init__(self, old: DocumentSet, new: DocumentSet) -> None:
        self._old, self._new = old, new
        self._old_elements, self._new_elements = elements_of(old), elements_of(new)
        self._types = Types(types_of(old), types_of(new))
        self._uses = uses(old)
        services = (each for each in old.values() if isinstance(each, Service))
        bound = [_Bound(service, operation) for service in services for operation in service.operations]
        self._of_messages = {element for each in bound for element in (each.sent, each.answered)}

    def of(self, file: str) -> Iterator[Change]:
        """The changes of a document."""
        before, after = self._old.get(file), self._new.get(file)
        tell = partial(Change, file)
        if before is None or after is None:
            yield _document(tell, before, after)
            return
        changes = list(self._inside(tell, before, after))
        if not changes and written({file: before}) != written({file: after}):
            changes = [tell(_name(after), "written otherwise", "differs in what no call depends on, such as an order")]
        yield from changes

    def _inside(self, tell: _Tell, before: Description, after: Description) -> Iterator[Change]:
        if isinstance(before, Service) and isinstance(after, Service):
            yield from _service(tell, before, after)
            yield from self._operations(tell, before, after)
        yield from self._named_types(tell, schema_of(before), schema_of(after))
        yield from self._other_elements(tell, schema_of(after))

    # --- operations -------------------------------------------------------------------------------------------

    def _operations(self, tell: _Tell, before: Service, after: Service) -> Iterator[Change]:
        old, new = ({each.name: _Bound(service, each) for each in service.operations} for service in (before, after))
        for name in old:
            key = f"{_name(before)}.{name}"
            if name in new:
                yield from self._operation(partial(tell, operations=(key,)), key, old[name], new[name])
            else:
                yield tell(key, "operation gone", "", breaking("calls of it are refused"), operations=(key,))
        for name in new:
            if name not in old:
                yield tell(f"{_name(after)}.{name}", "operation added", "", additive("it may be called"))

    def _operation(self, tell: _Tell, key: str, old: _Bound, new: _Bound) -> Iterator[Change]:
        actions = old.operation.soap_action, new.operation.soap_action
        if actions[0] != actions[1]:
            severity = breaking("requests with the old SOAPAction may be refused")
            yield tell(key, "soapAction changed", f"was {actions[0]}, is {actions[1]}", severity)
        yield from self._message(tell, f"{key} params", (old.sent, new.sent), True)
        yield from self._message(tell, f"{key} result", (old.answered, new.answered), False)
        for name in sorted({*old.faults, *new.faults}):
            if old.faults.get(name) != new.faults.get(name):
                text = f"{name} was {old.faults.get(name, 'not there')}, is {new.faults.get(name, 'gone')}"
                yield tell(key, "fault changed", text, NONE, additive("it may come") if name in new.faults else NONE)

    def _message(self, tell: _Tell, place: str, elements: tuple[str, str], sent: bool) -> Iterator[Change]:
        if elements[0] != elements[1]:
            severity = breaking("SOAP messages have another element")
            text = f"was {elements[0]}, is {elements[1]}"
            yield tell(place, "element changed", text, *((severity, NONE) if sent else (NONE, severity)))
        before, after = self._old_elements[elements[0]], self._new_elements[elements[1]]
        for each in self._types.elements(before, after):
            severities = (each.requests, NONE) if sent else (NONE, each.answers)
            yield tell(_inner(place, each), each.kind, each.text, *severities)

    # --- types ------------------------------------------------------------------------------------------------

    def _named_types(self, tell: _Tell, before: Schema, after: Schema) -> Iterator[Change]:
        old, new = ({each.name: each for each in schema.types} for schema in (before, after))
        for name in sorted({*old, *new}):
            place = f"{after.namespace}:{name}"
            use = self._uses.get(place, TypeUsage())
            if name not in new:
                yield tell(place, "type gone", summary(old[name]), operations=use.operations)
            elif name not in old:
                yield tell(place, "type added", summary(new[name]))
            else:
                for each in self._types.named(old[name], new[name]):
                    requests = each.requests if use.requests else NONE
                    answers = each.answers if use.answers else NONE
                    yield tell(_inner(place, each), each.kind, each.text, requests, answers, operations=use.operations)

    def _other_elements(self, tell: _Tell, after: Schema) -> Iterator[Change]:
        """What no operation sends or answers with: the elements of faults."""
        for element in after.elements:
            place = f"{after.namespace}:{element.name}"
            if place in self._old_elements and place not in self._of_messages:
                for each in self._types.elements(self._old_elements[place], element):
                    yield tell(_inner(place, each), each.kind, each.text, NONE, each.answers)


def _document(tell: _Tell, before: Description | None, after: Description | None) -> Change:
    if isinstance(after, Service):
        names = ", ".join(operation.name for operation in after.operations)
        return tell(_name(after), "document added", f"a service with {names}", additive("it may be called"))
    if after is not None:
        return tell(_name(after), "document added", "a schema")
    if isinstance(before, Service):
        name = _name(before)
        keys = tuple(f"{name}.{operation.name}" for operation in before.operations)
        return tell(name, "document gone", "a service", breaking("calls of it are refused"), operations=keys)
    return tell(schema_of(before).namespace if before else "", "document gone", "a schema")


def _service(tell: _Tell, before: Service, after: Service) -> Iterator[Change]:
    place = _name(after)
    if before.address != after.address:
        meaning = "SOAP stacks that take the address from the description go there; Direct keeps its endpoint"
        yield tell(place, "address changed", f"was {before.address}, is {after.address}", additive(meaning))
    for what, old, new in (
        ("service", before.name, after.name),
        ("port", before.port, after.port),
        ("binding", before.binding, after.binding),
        ("portType", before.port_type, after.port_type),
    ):
        if old != new:
            yield tell(place, "name changed", f"the {what} was {old}, is {new}")


def _name(description: Description) -> str:
    return schema_of(description).namespace


def _inner(place: str, difference: Difference) -> str:
    return f"{place}.{difference.field}" if difference.field else place
