"""Reads a WSDL with zeep into the contract's records, and opens raw zeep clients; the only module that imports zeep.

zeep provides the service, its operations, elements and types.  It drops the values of enumerations and the base type
that declares a member: these two come from our own parser (parse.py) of the same files.  What is live and in no WSDL
is added to the files before zeep reads them (extension.py).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

import zeep
from zeep import xsd
from zeep.transports import Transport
from zeep.wsdl import Document

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..model import NAMESPACE, Kind, Member, Operation, Service, Shape
from ..scalars import SCALARS
from . import extension
from .description import ComplexType, Content, Enumeration, Schema
from .description import Service as ServiceDescription
from .parse import parse

ZeepClient: TypeAlias = zeep.Client

Post = Callable[[str, bytes, Mapping[str, str]], Any]
"""Posts an envelope with headers to an address; returns the requests.Response."""

_FOLDER = "file:///"
"""The folder that zeep is given: an address, because it would look for a path on the disk."""

_SETTINGS = zeep.Settings(forbid_dtd=True, forbid_entities=True, forbid_external=True)


def read(name: str, files: Mapping[str, bytes]) -> Service:
    """Reads the service that `<name>.wsdl` describes, with the shapes of every operation; opens no file.

    Args:
        name: the name of the service: "ads".
        files: the bytes of the WSDL and the schemas, by file name.

    Returns:
        The service.
    """
    added = frozenset(addition for schema in _schemas(name, files).values() for addition in extension.additions(schema))
    if added:
        files = {file: extension.extended_file(content) for file, content in files.items()}
    document = Document(f"{_FOLDER}{name}.wsdl", _InMemory(files), settings=_SETTINGS)
    service = next(iter(document.services.values()))
    port = next(iter(service.ports.values()))
    shapes = _Shapes(_schemas(name, files), added)
    operations = {
        operation: Operation(
            service=name,
            name=operation,
            soap_action=bound.soapaction,
            request=shapes.of_element(bound.input.body),
            response=shapes.of_element(bound.output.body),
        )
        for operation, bound in port.binding.all().items()
    }
    address = port.binding_options["address"]
    return Service(name, service.name, address, MappingProxyType(operations))


def open_client(name: str, files: Mapping[str, bytes], address: str, post: Post) -> zeep.Client:
    """Opens a raw zeep client on `<name>.wsdl`, whose calls go to `address` through `post`."""
    client = zeep.Client(
        f"{_FOLDER}{name}.wsdl", transport=_SessionTransport(files, post), settings=zeep.Settings(forbid_dtd=True)
    )
    client.service._binding_options["address"] = address  # the only way that leaves client.service itself usable
    return client


class _InMemory(Transport):  # type: ignore[misc]  # zeep is Any to the checker
    """Serves the files that were already read, so that zeep reads nothing else."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self._files = files

    def load(self, url: str) -> bytes:
        name = url.removeprefix(_FOLDER)
        if name not in self._files:
            raise ConfigurationError(_("a WSDL imports {name}, which is not in the same folder", name=name))
        return self._files[name]


class _SessionTransport(_InMemory):
    """Serves the same files, and posts through our session with our headers."""

    def __init__(self, files: Mapping[str, bytes], post: Post) -> None:
        super().__init__(files)
        self._post = post

    def post(self, address: str, message: bytes, headers: Mapping[str, str]) -> Any:
        return self._post(address, message, headers)


class _Shapes:
    """Converts zeep's types to shapes, each named type once."""

    def __init__(self, schemas: Mapping[str, Schema], added: frozenset[extension.Addition]) -> None:
        self._added = added
        self._enumerations: dict[str, tuple[str, ...]] = {}
        self._contents: dict[str, Content] = {}
        for schema in schemas.values():
            self._collect(schema)
        self._by_name: dict[str, Shape] = {}

    def of_element(self, element: xsd.Element) -> Shape:
        """Returns the shape of a message's element."""
        return self._object(element.type, _qualified(element.qname))

    def _collect(self, schema: Schema) -> None:
        for named in schema.types:
            if isinstance(named, Enumeration):
                self._enumerations[f"{schema.namespace}:{named.name}"] = named.values
            elif isinstance(named, ComplexType):
                self._contents[f"{schema.namespace}:{named.name}"] = named.content
        for element in schema.elements:
            if isinstance(element.type, Content):
                self._contents[f"{schema.namespace}:{element.name}"] = element.type

    def _object(self, kind: xsd.ComplexType, name: str) -> Shape:
        owners = self._owners(name)
        members = tuple(self._member(inner, owners[inner.name]) for _, inner in kind.elements)
        beyond_wsdl = frozenset(member.name for member in members if (member.owner, member.name) in self._added)
        return Shape(name, Kind.OBJECT, members, beyond_wsdl=beyond_wsdl)

    def _member(self, element: xsd.Element, owner: str) -> Member:
        return Member(
            name=element.name,
            shape=self._of(element.type),
            required=int(element.min_occurs) > 0,
            many=element.accepts_multiple,
            nillable=bool(element.nillable),
            owner=owner,
        )

    def _of(self, kind: xsd.Type) -> Shape:
        name = _qualified(kind.qname)
        if name not in self._by_name:
            self._by_name[name] = self._make(kind, name)
        return self._by_name[name]

    def _make(self, kind: xsd.Type, name: str) -> Shape:
        if isinstance(kind, xsd.ComplexType):
            return self._object(kind, name)
        if name in self._enumerations:
            values = self._enumerations[name]
            beyond_wsdl = frozenset(value for value in values if (name, value) in self._added)
            return Shape(name, Kind.ENUM, values=values, beyond_wsdl=beyond_wsdl)
        for scalar, row in SCALARS.items():
            if name == f"xsd:{row.xsd}":
                return Shape(name, scalar)
        raise ConfigurationError(_("a WSDL uses the type {name}, which this version does not support", name=name))

    def _owners(self, name: str) -> dict[str, str]:
        """Returns the type that declares each member: the type itself, or one that it extends."""
        content = self._contents[name]
        inherited = self._owners(content.base) if content.base else {}
        return inherited | {field.name: name for field in content.fields}


def _schemas(name: str, files: Mapping[str, bytes]) -> dict[str, Schema]:
    """Returns the schema of a service's .wsdl and the shared ones in the folder, by namespace."""
    service = parse(files[f"{name}.wsdl"])
    if not isinstance(service, ServiceDescription):
        raise ConfigurationError(_("{name}.wsdl describes no service", name=name))
    shared = [parse(content) for file, content in files.items() if file.endswith(".xsd")]
    schemas = [service.schema, *(schema for schema in shared if isinstance(schema, Schema))]
    return {schema.namespace: schema for schema in schemas}


def _qualified(qname: Any) -> str:
    namespace = qname.namespace
    prefix = "xsd" if namespace == "http://www.w3.org/2001/XMLSchema" else namespace.removeprefix(NAMESPACE)
    return f"{prefix}:{qname.localname}"
