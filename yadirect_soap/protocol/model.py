"""The service contract as frozen records: Service, Operation, Shape and Member; contract.py loads them."""

from collections.abc import Mapping
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

NAMESPACE = "http://api.direct.yandex.com/v5/"


class Kind(Enum):
    """The kind of a value."""

    OBJECT = "object"
    STRING = "string"
    ENUM = "enum"
    INT = "int"
    LONG = "long"
    DECIMAL = "decimal"
    BASE64 = "base64"


class Shape:
    """A type: an object with members in schema order, an enumeration with values, or a scalar.

    Attributes:
        name: qualified by the last part of its namespace: `ads:AdUpdateItem`, `xsd:long`.
        kind: the kind of its values.
        members: of an object, in the order of the schema.
        values: of an enumeration.
        beyond_wsdl: the names of those members or values that the live API has and no WSDL.
    """

    def __init__(
        self,
        name: str,
        kind: Kind,
        members: tuple["Member", ...] = (),
        values: tuple[str, ...] = (),
        *,
        beyond_wsdl: frozenset[str] = frozenset(),
    ) -> None:
        self.name = name
        self.kind = kind
        self.members = members
        self.values = values
        self.beyond_wsdl = beyond_wsdl
        self.cached: dict[object, Any] = {}
        """Values that were computed from the shape; see shape_cache.py."""

    @cached_property
    def by_name(self) -> Mapping[str, "Member"]:
        """The members of an object, by name."""
        return MappingProxyType({member.name: member for member in self.members})

    @cached_property
    def value_set(self) -> frozenset[str]:
        """The values of an enumeration."""
        return frozenset(self.values)

    @cached_property
    def published_values(self) -> tuple[str, ...]:
        """The values of an enumeration that a WSDL has; these are requested from the API by default."""
        return tuple(value for value in self.values if value not in self.beyond_wsdl)

    def __repr__(self) -> str:
        return f"Shape({self.name})"


class Member(NamedTuple):
    """A child element of an object.

    Attributes:
        name: the name of the element.
        shape: its type.
        required: whether it must be present.
        many: whether it may be repeated: a list.
        nillable: whether it may be nil (None).
        owner: the type that declares it; a base type, if the object inherits it.
    """

    name: str
    shape: Shape
    required: bool
    many: bool
    nillable: bool
    owner: str


class Operation(NamedTuple):
    """An operation of a service.

    Attributes:
        service: the name of the service: "ads".
        name: the name of the operation: "update".
        soap_action: its SOAPAction.
        request: the shape of its params.
        response: the shape of its result.
    """

    service: str
    name: str
    soap_action: str
    request: Shape
    response: Shape

    @property
    def key(self) -> str:
        """Its name in facts.toml, logs and errors: `ads.update`."""
        return f"{self.service}.{self.name}"

    @property
    def namespace(self) -> str:
        """The namespace of its two messages."""
        return NAMESPACE + self.service

    @property
    def listed(self) -> Member | None:
        """The member that is the list of objects of the result; None if the result has more than it and LimitedBy."""
        members = [member for member in self.response.members if member.name != "LimitedBy"]
        alone = len(members) == 1 and members[0].many and members[0].shape.kind is Kind.OBJECT
        return members[0] if alone else None


class Service(NamedTuple):
    """A service.

    Attributes:
        name: as in its address: "adgroups".
        title: as in its WSDL: "AdGroups".
        address: the address in its WSDL.
        operations: by name, in the order of the WSDL.
    """

    name: str
    title: str
    address: str
    operations: Mapping[str, Operation]
