"""A complete WSDL or schema as frozen records, which `parse` reads and `canonical` writes.

The records have the meaning of a description and nothing of its spelling.  They are not the contract: contract.py has
what a call needs, with the references resolved.

A reference is `namespace:Name`, where `namespace` is the last part of the API's namespace (`general:StateEnum`), or
`xsd:long` for a scalar.
"""

from dataclasses import dataclass

from ..model import NAMESPACE

XSD = "http://www.w3.org/2001/XMLSchema"
WSDL = "http://schemas.xmlsoap.org/wsdl/"
SOAP = "http://schemas.xmlsoap.org/wsdl/soap/"
HTTP_TRANSPORT = "http://schemas.xmlsoap.org/soap/http"


@dataclass(frozen=True, slots=True)
class Field:
    """A child element of a type; `max_occurs` is None if unbounded."""

    name: str
    type: str
    min_occurs: int = 1
    max_occurs: int | None = 1
    nillable: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """The content of an object: the fields of `base`, if there is one, then its own, in order."""

    fields: tuple[Field, ...] = ()
    base: str | None = None


@dataclass(frozen=True, slots=True)
class ComplexType:
    """A named type of objects."""

    name: str
    content: Content


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A named list of values, in the published order."""

    name: str
    values: tuple[str, ...]
    base: str = "xsd:string"


@dataclass(frozen=True, slots=True)
class Element:
    """A global element: of a named type (a reference), or with its own content."""

    name: str
    type: str | Content


@dataclass(frozen=True, slots=True)
class Schema:
    """The types and global elements of one namespace."""

    namespace: str
    types: tuple[ComplexType | Enumeration, ...] = ()
    elements: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A message with its part, and the global element of the part."""

    name: str
    part: str
    element: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A named fault of an operation, and its message."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: its soapAction, and the names of its messages."""

    name: str
    soap_action: str
    input: str
    output: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its names, its address, and the operations in the published order."""

    name: str
    port: str
    binding: str
    port_type: str
    address: str
    schema: Schema
    messages: tuple[Message, ...]
    operations: tuple[Operation, ...]


Description = Service | Schema


def namespace_uri(namespace: str) -> str:
    """Returns the full namespace for its last part."""
    return NAMESPACE + namespace
