"""Compares two sets of descriptions: documents, services, operations, messages, types.

It compares what descriptions mean; spelling, the order of types and the places of schemas do not matter.
"""

from collections.abc import Callable, Iterator
from functools import partial

from yadirect_soap.language import _, composed

from ..wsdl.description import Description, Operation, Schema, Service
from ..wsdl.document_set import DocumentSet, canonical_files, elements_of, schema_of, types_of
from .change import NONE, Change, additive, became, breaking
from .types import Difference, Types, summary
from .uses import TypeUsage, uses

_MakeChange = Callable[..., Change]
"""Creates a change of one document."""


def compare(old: DocumentSet, new: DocumentSet) -> list[Change]:
    """Lists every change, by document; empty if the sets mean the same.

    Args:
        old: a complete set (see wsdl/document_set.py); its use of types decides about effects.
        new: a complete set.

    Returns:
        The changes, sorted by file name.
    """
    comparison = _Comparison(old, new)
    return [change for file in sorted({*old, *new}) for change in comparison.of(file)]


class _BoundOperation:
    """An operation with the elements of its messages."""

    def __init__(self, service: Service, operation: Operation) -> None:
        elements = {message.name: message.element for message in service.messages}
        self.operation = operation
        self.request_element = elements[operation.input]
        self.response_element = elements[operation.output]
        self.faults = {fault.name: elements[fault.message] for fault in operation.faults}


class _Comparison:
    """Two sets with their indexes."""

    def __init__(self, old: DocumentSet, new: DocumentSet) -> None:
        self._old, self._new = old, new
        self._old_elements, self._new_elements = elements_of(old), elements_of(new)
        self._types = Types(types_of(old), types_of(new))
        self._uses = uses(old)
        services = (operation for operation in old.values() if isinstance(operation, Service))
        bound = [_BoundOperation(service, operation) for service in services for operation in service.operations]
        self._of_messages = {
            element for operation in bound for element in (operation.request_element, operation.response_element)
        }

    def of(self, file: str) -> Iterator[Change]:
        """Yields the changes of a document."""
        before, after = self._old.get(file), self._new.get(file)
        make_change = partial(Change, file)
        if before is None or after is None:
            yield _document(make_change, before, after)
            return
        changes = list(self._inside(make_change, before, after))
        if not changes and canonical_files({file: before}) != canonical_files({file: after}):
            changes = [
                make_change(
                    _name(after),
                    _("written differently"),
                    _("differs only in spelling or order, which no call depends on"),
                )
            ]
        yield from changes

    def _inside(self, make_change: _MakeChange, before: Description, after: Description) -> Iterator[Change]:
        if isinstance(before, Service) and isinstance(after, Service):
            yield from _service(make_change, before, after)
            yield from self._operations(make_change, before, after)
        yield from self._named_types(make_change, schema_of(before), schema_of(after))
        yield from self._other_elements(make_change, schema_of(after))

    # --- operations -------------------------------------------------------------------------------------------

    def _operations(self, make_change: _MakeChange, before: Service, after: Service) -> Iterator[Change]:
        old, new = (
            {operation.name: _BoundOperation(service, operation) for operation in service.operations}
            for service in (before, after)
        )
        for name in old:
            key = f"{_name(before)}.{name}"
            if name in new:
                yield from self._operation(partial(make_change, operations=(key,)), key, old[name], new[name])
            else:
                yield make_change(
                    key, _("operation removed"), "", breaking(_("calls of it are refused")), operations=(key,)
                )
        for name in new:
            if name not in old:
                yield make_change(f"{_name(after)}.{name}", _("operation added"), "", additive(_("it may be called")))

    def _operation(
        self, make_change: _MakeChange, key: str, old: _BoundOperation, new: _BoundOperation
    ) -> Iterator[Change]:
        actions = old.operation.soap_action, new.operation.soap_action
        if actions[0] != actions[1]:
            severity = breaking(_("requests with the old SOAPAction may be refused"))
            yield make_change(
                key,
                _("soapAction changed"),
                became(*actions),
                severity,
            )
        yield from self._message(make_change, f"{key} params", (old.request_element, new.request_element), True)
        yield from self._message(make_change, f"{key} result", (old.response_element, new.response_element), False)
        for name in sorted({*old.faults, *new.faults}):
            if old.faults.get(name) != new.faults.get(name):
                states = old.faults.get(name, _("not there")), new.faults.get(name, _("gone"))
                text = composed("{name}: {states}", name=name, states=became(*states))
                yield make_change(
                    key, _("fault changed"), text, NONE, additive(_("it may come")) if name in new.faults else NONE
                )

    def _message(
        self, make_change: _MakeChange, path: str, elements: tuple[str, str], is_request: bool
    ) -> Iterator[Change]:
        if elements[0] != elements[1]:
            severity = breaking(_("SOAP messages have another element"))
            text = became(*elements)
            yield make_change(path, _("element changed"), text, *((severity, NONE) if is_request else (NONE, severity)))
        before, after = self._old_elements[elements[0]], self._new_elements[elements[1]]
        for difference in self._types.elements(before, after):
            severities = (difference.requests, NONE) if is_request else (NONE, difference.responses)
            yield make_change(_field_path(path, difference), difference.kind, difference.text, *severities)

    # --- types ------------------------------------------------------------------------------------------------

    def _named_types(self, make_change: _MakeChange, before: Schema, after: Schema) -> Iterator[Change]:
        old, new = ({named.name: named for named in schema.types} for schema in (before, after))
        for name in sorted({*old, *new}):
            path = f"{after.namespace}:{name}"
            usage = self._uses.get(path, TypeUsage())
            if name not in new:
                yield make_change(path, _("type removed"), summary(old[name]), operations=usage.operations)
            elif name not in old:
                yield make_change(path, _("type added"), summary(new[name]))
            else:
                for difference in self._types.named(old[name], new[name]):
                    requests = difference.requests if usage.requests else NONE
                    responses = difference.responses if usage.responses else NONE
                    yield make_change(
                        _field_path(path, difference),
                        difference.kind,
                        difference.text,
                        requests,
                        responses,
                        operations=usage.operations,
                    )

    def _other_elements(self, make_change: _MakeChange, after: Schema) -> Iterator[Change]:
        """Compares elements that no operation sends or returns: those of faults."""
        for element in after.elements:
            path = f"{after.namespace}:{element.name}"
            if path in self._old_elements and path not in self._of_messages:
                for difference in self._types.elements(self._old_elements[path], element):
                    yield make_change(
                        _field_path(path, difference), difference.kind, difference.text, NONE, difference.responses
                    )


def _document(make_change: _MakeChange, before: Description | None, after: Description | None) -> Change:
    if isinstance(after, Service):
        names = ", ".join(operation.name for operation in after.operations)
        return make_change(
            _name(after), _("document added"), _("a service with {names}", names=names), additive(_("it may be called"))
        )
    if after is not None:
        return make_change(_name(after), _("document added"), _("a schema"))
    if isinstance(before, Service):
        name = _name(before)
        keys = tuple(f"{name}.{operation.name}" for operation in before.operations)
        return make_change(
            name, _("document removed"), _("a service"), breaking(_("calls of it are refused")), operations=keys
        )
    return make_change(schema_of(before).namespace if before else "", _("document removed"), _("a schema"))


def _service(make_change: _MakeChange, before: Service, after: Service) -> Iterator[Change]:
    path = _name(after)
    if before.address != after.address:
        meaning = _("SOAP stacks that take the address from the description go there; Direct keeps its endpoint")
        yield make_change(
            path,
            _("address changed"),
            became(before.address, after.address),
            additive(meaning),
        )
    for noun, old, new in (
        ("service", before.name, after.name),
        ("port", before.port, after.port),
        ("binding", before.binding, after.binding),
        ("portType", before.port_type, after.port_type),
    ):
        if old != new:
            yield make_change(path, _("name changed"), composed("{noun}: {states}", noun=noun, states=became(old, new)))


def _name(description: Description) -> str:
    return schema_of(description).namespace


def _field_path(path: str, difference: Difference) -> str:
    return f"{path}.{difference.field}" if difference.field else path
