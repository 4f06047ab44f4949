"""Parses a WSDL or a schema, in any spelling, into the records of description.py.

Prefixes, white space, comments, documentation and the locations of imports are dropped; `import_locations` returns
these.  subset.py has the accepted constructs.  Nothing here follows an import or opens anything.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from lxml import etree

from yadirect_soap.language import _

from ..model import NAMESPACE
from .description import (
    XSD,
    ComplexType,
    Content,
    Description,
    Element,
    Enumeration,
    Fault,
    Field,
    Message,
    Operation,
    Schema,
    Service,
)
from .subset import DEFINITIONS, PREFIXES, RESERVED, SCHEMA, UnsupportedDescription, check, construct, refuse

__all__ = ["UnsupportedDescription", "import_locations", "parse", "parsed_root"]


def parse(document: bytes) -> Description:
    """Parses a WSDL (a Service) or an XSD (a Schema).

    Raises:
        UnsupportedDescription: a ValueError that names a construct and its line, for anything that the records cannot
            hold, for text that is not XML, and for a DOCTYPE.
    """
    root = parsed_root(document)
    if construct(root) == "wsdl:definitions":
        check(root, DEFINITIONS)
        return _service(root)
    if construct(root) != "xsd:schema":
        refuse(root, construct(root))
    check(root, SCHEMA)
    return _schema(root)


def import_locations(document: bytes) -> Mapping[str, str]:
    """Returns the stated locations of the schemas that a document imports, by their namespaces.

    A namespace is given by its last part, as in description.py; namespaces other than the API's are left out.
    """
    imports = parsed_root(document).iterfind(".//xsd:import[@schemaLocation]", PREFIXES)
    addresses = {_text(element, "namespace"): _text(element, "schemaLocation") for element in imports}
    return {uri.removeprefix(NAMESPACE): address for uri, address in addresses.items() if uri.startswith(NAMESPACE)}


def parsed_root(document: bytes) -> etree._Element:
    """Returns the root of a WSDL or an XSD, without comments and processing instructions; raises as parse() does."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        raise UnsupportedDescription(_("not XML ({error})", error=error.msg), error.lineno or 0) from error
    if root.getroottree().docinfo.internalDTD is not None:
        refuse(root, "DOCTYPE")
    return root


# --- the schema ---------------------------------------------------------------------------------------------


def _schema(node: etree._Element) -> Schema:
    enumerations = (_enumeration(child) for child in _all(node, "xsd:simpleType"))
    complex_types = (ComplexType(_text(child, "name"), _content(child)) for child in _all(node, "xsd:complexType"))
    types: tuple[ComplexType | Enumeration, ...] = (*complex_types, *enumerations)
    elements = tuple(_element(child) for child in _all(node, "xsd:element"))
    _refuse_duplicates(node, (named.name for named in types))
    _refuse_duplicates(node, (element.name for element in elements))
    return Schema(_last_part(node, _text(node, "targetNamespace")), types, elements)


def _enumeration(node: etree._Element) -> Enumeration:
    restriction = _only_child(node, "xsd:restriction")
    values = tuple(_text(child, "value") for child in _all(restriction, "xsd:enumeration"))
    return Enumeration(_text(node, "name"), values, _reference(restriction, "base"))


def _element(node: etree._Element) -> Element:
    inner = node.find("xsd:complexType", PREFIXES)
    if (inner is None) == ("type" not in node.attrib):
        refuse(node, _("xsd:element with neither or both of a type and a content"))
    return Element(_text(node, "name"), _reference(node, "type") if inner is None else _content(inner))


def _content(node: etree._Element) -> Content:
    """Returns the content of a complexType."""
    extension = node.find("xsd:complexContent/xsd:extension", PREFIXES)
    if extension is None:
        return Content(_fields(node))
    if node.find("xsd:sequence", PREFIXES) is not None:
        refuse(node, _("xsd:complexType with both xsd:sequence and xsd:complexContent"))
    return Content(_fields(extension), _reference(extension, "base"))


def _fields(node: etree._Element) -> tuple[Field, ...]:
    return tuple(_field(child) for child in _all(node, "xsd:sequence/xsd:element"))


def _field(node: etree._Element) -> Field:
    unbounded = node.get("maxOccurs") == "unbounded"
    return Field(
        _text(node, "name"),
        _reference(node, "type"),
        min_occurs=_count(node, "minOccurs"),
        max_occurs=None if unbounded else _count(node, "maxOccurs"),
        nillable=node.get("nillable") in ("true", "1"),
    )


def _count(node: etree._Element, attribute: str) -> int:
    value = node.get(attribute, "1")
    if not (value.isascii() and value.isdigit()):
        refuse(node, f'{attribute}="{value}" of {construct(node)}')
    return int(value)


# --- the service --------------------------------------------------------------------------------------------


def _service(root: etree._Element) -> Service:
    schema = _schema(_only_child(root, "wsdl:types/xsd:schema"))
    if _last_part(root, _text(root, "targetNamespace")) != schema.namespace:
        refuse(root, _("wsdl:definitions and xsd:schema with different targetNamespace"))
    port_type, binding = _only_child(root, "wsdl:portType"), _only_child(root, "wsdl:binding")
    service, port = _only_child(root, "wsdl:service"), _only_child(root, "wsdl:service/wsdl:port")
    _refuse_stray_names(schema.namespace, port_type, binding, port)
    return Service(
        name=_text(service, "name"),
        port=_text(port, "name"),
        binding=_text(binding, "name"),
        port_type=_text(port_type, "name"),
        address=_text(_only_child(port, "soap:address"), "location"),
        schema=schema,
        messages=tuple(_message(child) for child in _all(root, "wsdl:message")),
        operations=_operations(schema.namespace, port_type, binding),
    )


def _message(node: etree._Element) -> Message:
    part = _only_child(node, "wsdl:part")
    return Message(_text(node, "name"), _text(part, "name"), _reference(part, "element"))


def _operations(own: str, port_type: etree._Element, binding: etree._Element) -> tuple[Operation, ...]:
    """Joins the portType's and the binding's parts of each operation, in the order of the portType."""
    abstract, bound = _all(port_type, "wsdl:operation"), _all(binding, "wsdl:operation")
    _refuse_duplicates(port_type, (_text(node, "name") for node in abstract))
    _refuse_duplicates(binding, (_text(node, "name") for node in bound))
    bound_by_name = {_text(node, "name"): node for node in bound}
    if {_text(node, "name") for node in abstract} != set(bound_by_name):
        refuse(binding, _("wsdl:binding with other operations than wsdl:portType"))
    return tuple(_operation(own, node, bound_by_name[_text(node, "name")]) for node in abstract)


def _operation(own: str, abstract: etree._Element, bound: etree._Element) -> Operation:
    faults = tuple(Fault(_text(node, "name"), _own_name(node, "message", own)) for node in _all(abstract, "wsdl:fault"))
    bound_faults = [_text(node, "name") for node in _all(bound, "wsdl:fault")]
    soap_faults = [_text(node, "name") for node in _all(bound, "wsdl:fault/soap:fault")]
    if not sorted(fault.name for fault in faults) == sorted(bound_faults) == sorted(soap_faults):
        refuse(bound, _("wsdl:operation bound with other faults than it declares"))
    return Operation(
        _text(abstract, "name"),
        _text(_only_child(bound, "soap:operation"), "soapAction"),
        input=_own_name(_only_child(abstract, "wsdl:input"), "message", own),
        output=_own_name(_only_child(abstract, "wsdl:output"), "message", own),
        faults=faults,
    )


def _refuse_stray_names(own: str, port_type: etree._Element, binding: etree._Element, port: etree._Element) -> None:
    if _own_name(binding, "type", own) != _text(port_type, "name"):
        refuse(binding, _("wsdl:binding of another wsdl:portType"))
    if _own_name(port, "binding", own) != _text(binding, "name"):
        refuse(port, _("wsdl:port of another wsdl:binding"))


# --- names and nodes ----------------------------------------------------------------------------------------


def _reference(node: etree._Element, attribute: str) -> str:
    """Resolves a qualified name: `general:StateEnum`, `xsd:long`."""
    prefix, __, name = _text(node, attribute).strip().rpartition(":")
    uri = node.nsmap.get(prefix or None)
    if uri == XSD:
        return f"xsd:{name}"
    if uri is None:
        refuse(node, _('{attribute}="{value}" of no namespace', attribute=attribute, value=_text(node, attribute)))
    return f"{_last_part(node, uri)}:{name}"


def _own_name(node: etree._Element, attribute: str, own: str) -> str:
    """Resolves the name of a message, portType or binding, which must belong to this service."""
    namespace, __, name = _reference(node, attribute).partition(":")
    if namespace != own:
        refuse(node, _('{attribute}="{value}" of another namespace', attribute=attribute, value=_text(node, attribute)))
    return name


def _last_part(node: etree._Element, uri: str) -> str:
    part = uri.removeprefix(NAMESPACE)
    # It becomes a prefix and a file name; ours for the standards must stay theirs.
    if part == uri or not (part.isascii() and part.isidentifier()) or part in RESERVED:
        refuse(node, _("the namespace {uri}", uri=uri))
    return part


def _refuse_duplicates(node: etree._Element, names: Iterable[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            refuse(node, _("{value} with {name} twice", value=construct(node), name=name))


def _text(node: etree._Element, attribute: str) -> str:
    """Returns the value of an attribute; subset.check has made sure that it is present."""
    return node.get(attribute, "")


def _all(node: etree._Element, path: str) -> list[etree._Element]:
    return node.findall(path, PREFIXES)


def _only_child(node: etree._Element, path: str) -> etree._Element:
    child = node.find(path, PREFIXES)
    # subset.check has counted it already.
    assert child is not None  # noqa: S101
    return child
