"""The canonical form of WSDLs: `parse` reads any spelling of a description, `write` writes ours.

Descriptions that mean the same become the same bytes, so that a refresh from the live API shows only real changes.
What has an order in the contract keeps it (operations, fields, enumeration values); everything else is sorted.  Nothing
here opens a file or a connection.
"""

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from types import MappingProxyType
from xml.sax.saxutils import quoteattr

from .description import (
    HTTP_TRANSPORT,
    SOAP,
    WSDL,
    XSD,
    ComplexType,
    Content,
    Description,
    Element,
    Enumeration,
    Field,
    Message,
    Operation,
    Schema,
    Service,
    namespace_uri,
)
from .parse import UnsupportedDescription, parse

OWN_PREFIX = "ns"
"""The published prefix for the namespace of a service."""
SHORT_PREFIXES = MappingProxyType({"generalclients": "gc", "adextensiontypes": "ext"})
"""The published prefixes of shared schemas that differ from their names."""

__all__ = ["UnsupportedDescription", "parse", "write"]


def write(description: Description) -> bytes:
    """Writes a service as a WSDL, or a schema as an XSD, in canonical form.

    UTF-8, two spaces per level, fixed prefixes, defaults left out, imports from the same folder (`general.xsd`).  Types
    are sorted by name; elements and messages by the operations that use them, the rest by name.
    """
    lines = _definitions(description) if isinstance(description, Service) else _lone_schema(description)
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *lines, ""]).encode()


def _lone_schema(schema: Schema) -> Iterator[str]:
    imports = _imported(schema, _schema_references(schema))
    elements = sorted(schema.elements, key=attrgetter("name"))
    own = {_shared_prefix(schema.namespace): namespace_uri(schema.namespace)}
    return _schema(schema, elements, imports, xmlns=_xmlns({"xsd": XSD}, own, imports))


def _definitions(service: Service) -> Iterator[str]:
    schema = service.schema
    messages = _messages_by_use(service)
    references = (*_schema_references(schema), *(message.element for message in messages))
    imports = _imported(schema, references)
    attributes = {
        **_xmlns({"wsdl": WSDL, "soap": SOAP, "xsd": XSD}, {OWN_PREFIX: namespace_uri(schema.namespace)}, imports),
        "name": service.name,
        "targetNamespace": namespace_uri(schema.namespace),
    }
    children = [
        *_node("wsdl:types", {}, _schema(schema, _elements_by_use(schema, messages), imports, xmlns=None)),
        *(line for message in messages for line in _message(message, schema.namespace)),
        *_port_type(service),
        *_binding(service),
        *_service(service),
    ]
    return _node("wsdl:definitions", attributes, children)


# --- order, imports, prefixes -------------------------------------------------------------------------------


def _messages_by_use(service: Service) -> list[Message]:
    """Requests and responses in the order of the operations, then faults and all others by name."""
    used = [name for operation in service.operations for name in (operation.input, operation.output)]
    return sorted(service.messages, key=lambda message: (_position(message.name, used), message.name))


def _elements_by_use(schema: Schema, messages: Iterable[Message]) -> list[Element]:
    """Returns the elements of requests and responses in the order of the operations, then the others by name."""
    used = [message.element for message in messages]
    return sorted(
        schema.elements,
        key=lambda element: (_position(f"{schema.namespace}:{element.name}", used), element.name),
    )


def _position(name: str, order: list[str]) -> int:
    return order.index(name) if name in order else len(order)


def _schema_references(schema: Schema) -> Iterator[str]:
    """Yields every type that a schema refers to."""
    for named in (*schema.types, *schema.elements):
        if isinstance(named, Enumeration):
            yield named.base
        elif isinstance(named, ComplexType):
            yield from _content_references(named.content)
        elif isinstance(named.type, Content):
            yield from _content_references(named.type)
        else:
            yield named.type


def _content_references(content: Content) -> Iterator[str]:
    if content.base:
        yield content.base
    yield from (field.type for field in content.fields)


def _imported(schema: Schema, references: Iterable[str]) -> list[str]:
    """Returns the other namespaces that are referred to; exactly these are imported."""
    return sorted({reference.partition(":")[0] for reference in references} - {"xsd", schema.namespace})


def _xmlns(prefixes: Mapping[str, str], own: Mapping[str, str], imports: Iterable[str]) -> dict[str, str]:
    imported = {_shared_prefix(name): namespace_uri(name) for name in imports}
    return {f"xmlns:{prefix}": uri for prefix, uri in {**prefixes, **own, **imported}.items()}


def _shared_prefix(namespace: str) -> str:
    """Returns the published prefix of a shared schema; code generators name classes after it."""
    return SHORT_PREFIXES.get(namespace, namespace)


def _prefixed(reference: str, service: str | None = None) -> str:
    """Returns a reference as it is written, with the prefix `ns` for the namespace of a service."""
    namespace, _, name = reference.partition(":")
    return f"{OWN_PREFIX}:{name}" if namespace == service else f"{_shared_prefix(namespace)}:{name}"


# --- the schema ---------------------------------------------------------------------------------------------


def _schema(
    schema: Schema, elements: Iterable[Element], imports: Iterable[str], *, xmlns: Mapping[str, str] | None
) -> Iterator[str]:
    """Yields the lines of a schema file with its prefixes, or of a schema in a WSDL without them (`xmlns` is None)."""
    own = schema.namespace if xmlns is None else None
    children = [
        *(line for name in imports for line in _import(name)),
        *(line for named in sorted(schema.types, key=attrgetter("name")) for line in _type(named, own)),
        *(line for element in elements for line in _element(element, own)),
    ]
    return _node("xsd:schema", {**(xmlns or {}), "targetNamespace": namespace_uri(schema.namespace)}, children)


def _import(namespace: str) -> Iterator[str]:
    return _node("xsd:import", {"namespace": namespace_uri(namespace), "schemaLocation": f"{namespace}.xsd"})


def _type(named: ComplexType | Enumeration, own: str | None) -> Iterator[str]:
    if isinstance(named, ComplexType):
        return _node("xsd:complexType", {"name": named.name}, _content(named.content, own))
    values = (line for value in named.values for line in _node("xsd:enumeration", {"value": value}))
    restriction = _node("xsd:restriction", {"base": _prefixed(named.base, own)}, values)
    return _node("xsd:simpleType", {"name": named.name}, restriction)


def _element(element: Element, own: str | None) -> Iterator[str]:
    if isinstance(element.type, str):
        return _node("xsd:element", {"name": element.name, "type": _prefixed(element.type, own)})
    inner = _node("xsd:complexType", {}, _content(element.type, own))
    return _node("xsd:element", {"name": element.name}, inner)


def _content(content: Content, own: str | None) -> Iterator[str]:
    fields = [line for field in content.fields for line in _field(field, own)]
    sequence = _node("xsd:sequence", {}, fields) if fields else iter(())
    if content.base is None:
        return sequence
    extension = _node("xsd:extension", {"base": _prefixed(content.base, own)}, sequence)
    return _node("xsd:complexContent", {}, extension)


def _field(field: Field, own: str | None) -> Iterator[str]:
    attributes = {"name": field.name, "type": _prefixed(field.type, own)}
    if field.min_occurs != 1:
        attributes["minOccurs"] = str(field.min_occurs)
    if field.max_occurs != 1:
        attributes["maxOccurs"] = "unbounded" if field.max_occurs is None else str(field.max_occurs)
    if field.nillable:
        attributes["nillable"] = "true"
    return _node("xsd:element", attributes)


# --- messages, operations, the service ----------------------------------------------------------------------


def _message(message: Message, own: str | None) -> Iterator[str]:
    part = {"name": message.part, "element": _prefixed(message.element, own)}
    return _node("wsdl:message", {"name": message.name}, _node("wsdl:part", part))


def _port_type(service: Service) -> Iterator[str]:
    operations = (line for operation in service.operations for line in _abstract(operation))
    return _node("wsdl:portType", {"name": service.port_type}, operations)


def _abstract(operation: Operation) -> Iterator[str]:
    children = [
        *_node("wsdl:input", {"message": f"{OWN_PREFIX}:{operation.input}"}),
        *_node("wsdl:output", {"message": f"{OWN_PREFIX}:{operation.output}"}),
    ]
    for fault in operation.faults:
        children += _node("wsdl:fault", {"name": fault.name, "message": f"{OWN_PREFIX}:{fault.message}"})
    return _node("wsdl:operation", {"name": operation.name}, children)


def _binding(service: Service) -> Iterator[str]:
    children = [
        *_node("soap:binding", {"style": "document", "transport": HTTP_TRANSPORT}),
        *(line for operation in service.operations for line in _bound(operation)),
    ]
    return _node("wsdl:binding", {"name": service.binding, "type": f"{OWN_PREFIX}:{service.port_type}"}, children)


def _bound(operation: Operation) -> Iterator[str]:
    children = [
        *_node("soap:operation", {"soapAction": operation.soap_action}),
        *_node("wsdl:input", {}, _node("soap:body", {"use": "literal"})),
        *_node("wsdl:output", {}, _node("soap:body", {"use": "literal"})),
    ]
    for fault in operation.faults:
        inner = _node("soap:fault", {"name": fault.name, "use": "literal"})
        children += _node("wsdl:fault", {"name": fault.name}, inner)
    return _node("wsdl:operation", {"name": operation.name}, children)


def _service(service: Service) -> Iterator[str]:
    address = _node("soap:address", {"location": service.address})
    port = _node("wsdl:port", {"name": service.port, "binding": f"{OWN_PREFIX}:{service.binding}"}, address)
    return _node("wsdl:service", {"name": service.name}, port)


# --- the lines ----------------------------------------------------------------------------------------------


def _node(tag: str, attributes: Mapping[str, str], children: Iterable[str] = ()) -> Iterator[str]:
    """Yields an element as lines, with its children one level deeper."""
    opening = tag + "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    inner = [f"  {line}" for line in children]
    if not inner:
        return iter([f"<{opening}/>"])
    return iter([f"<{opening}>", *inner, f"</{tag}>"])
