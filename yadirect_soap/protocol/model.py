"""The service contract as frozen records: Service, Operation, Shape and Member; contract.py loads them."""

from collections.abc import Mapping
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

NAMESPACE = "http://api.direct.yandex.com/v5/"


class Kind(Enum):
    """What a value is."""

    OBJECT = "object"
    STRING = "string"
    ENUM = "enum"
    INT = "int"
    LONG = "long"
    DECIMAL = "decimal"
    BASE64 = "base64"


class Shape:
    """A type: an object with members in schema order, an enumeration with values, or a scalar.

    `name` is qualified by the last part of its namespace, as in `ads:AdUpdateItem` or `xsd:long`.
    """

    def __init__(self, name: str, kind: Kind, members: tuple["Member", ...] = (), values: tuple[str, ...] = ()) -> None:
        self.name = name
        self.kind = kind
        self.members = members
        self.values = values
        self.cached: dict[object, Any] = {}
        """What was made of the shape; see shape_cache.py."""

    @cached_property
    def by_name(self) -> Mapping[str, "Member"]:
        """The members of an object, by name."""
        return MappingProxyType({member.name: member for member in self.members})

    @cached_property
    def value_set(self) -> frozenset[str]:
        """The values of an enumeration."""
        return frozenset(self.values)

    def __repr__(self) -> str:
        return f"Shape({self.name})"


class Member(NamedTuple):
    """A child element of an object: its name, shape, occurrence and whether it may be nil (None).

    `owner` is the type that declares it, which differs from the object's own where it comes from a base type.
    """

    name: str
    shape: Shape
    required: bool
    many: bool
    nillable: bool
    owner: str


class Operation(NamedTuple):
    """An operation of a service: its SOAPAction and the shapes of its params and of its result."""

    service: str
    name: str
    soap_action: str
    request: Shape
    response: Shape

    @property
    def key(self) -> str:
        """Names it in facts.toml, in logs and in errors: `ads.update`."""
        return f"{self.service}.{self.name}"

    @property
    def namespace(self) -> str:
        """The namespace that qualifies its two messages."""
        return NAMESPACE + self.service

    @property
    def listed(self) -> Member | None:
        """The one list of objects that a result is about; None where it has none, or more beside it than LimitedBy."""
        members = [member for member in self.response.members if member.name != "LimitedBy"]
        alone = len(members) == 1 and members[0].many and members[0].shape.kind is Kind.OBJECT
        return members[0] if alone else None


class Service(NamedTuple):
    """A service: `name` as in its address (`adgroups`), `title` as in its WSDL (`AdGroups`), operations in order."""

    name: str
    title: str
    address: str
    operations: Mapping[str, Operation]
