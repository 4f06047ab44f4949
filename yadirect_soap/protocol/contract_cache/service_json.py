"""Converts a Service to JSON text and back: one table of types, one line per member, so that a change reads as a diff.

    "ads:AdUpdateItem": [
      "Id xsd:long 1",
      "TextAd ads:TextAdUpdate 0..1",

A member is its name, its type, its occurrence (with `|nil` if it may be nil), and the type that declares it, if that is
not the type it stands in.  `beyond_wsdl` names what no WSDL has.  This module opens no file and reads no WSDL.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from yadirect_soap.forks import ForkLock

from ..model import Kind, Member, Operation, Service, Shape
from ..occurrences import FLAGS, OCCURRENCES

FORMAT = 2
"""The version of the text; increased when the same WSDLs would be written differently."""

Origin = dict[str, Any]
"""The files that a text was made from and the versions of what read them; the head of the text, which identifies it."""


def origin(files: Mapping[str, bytes], made_by: Mapping[str, str] | None = None) -> Origin:
    """Returns the origin of a text that is made from these files."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    record: Origin = {"format": FORMAT, "files": digests}
    return record | {"made_by": dict(made_by)} if made_by is not None else record


def key(of: Origin) -> str:
    """Returns a unique name for an origin."""
    return hashlib.sha256(json.dumps(of, sort_keys=True).encode()).hexdigest()[:40]


def write(service: Service, of: Origin) -> bytes:
    """Writes a service as text; the same bytes for the same service and origin."""
    tables = _Tables()
    body = _entries(
        {
            "name": service.name,
            "title": service.title,
            "address": service.address,
            "operations": {name: tables.operation(operation) for name, operation in service.operations.items()},
            "objects": dict(sorted(tables.objects.items())),
            "enumerations": dict(sorted(tables.enumerations.items())),
            "scalars": dict(sorted(tables.scalars.items())),
            "beyond_wsdl": dict(sorted(tables.beyond_wsdl.items())),
        }
    )
    content = f"{body}\n}}\n".encode()
    return f"{{\n{_entries(of)}".encode() + _SEAL + _checksum(content) + _SEALED + content


def read(text: bytes, of: Origin) -> Service | None:
    """Reads the service from a text that `write` made; None for another origin and for a damaged text."""
    if not _is_whole(text):
        return None
    body = json.loads(text)
    if any(body.get(name) != value for name, value in of.items()):
        return None
    operations = _Operations(body)
    return Service(body["name"], body["title"], body["address"], operations)


# --- the text -----------------------------------------------------------------------------------------------

_SEAL = b',\n  "sha256_of_the_rest": "'
_SEALED = b'",\n'


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _is_whole(text: bytes) -> bool:
    checksum, _, content = text.partition(_SEAL)[2].partition(_SEALED)
    return checksum == _checksum(content)


def _entries(table: Mapping[str, Any]) -> str:
    """Returns the entries of an object as text, one per line."""
    return json.dumps(table, ensure_ascii=False, indent=2).removeprefix("{\n").removesuffix("\n}")


# --- a service to tables ------------------------------------------------------------------------------------


class _Tables:
    """The types of the operations, each written once."""

    def __init__(self) -> None:
        self.objects: dict[str, list[str]] = {}
        self.enumerations: dict[str, list[str]] = {}
        self.scalars: dict[str, str] = {}
        self.beyond_wsdl: dict[str, list[str]] = {}

    def operation(self, operation: Operation) -> dict[str, Any]:
        """Returns an operation with its two messages, which may have the same names as types."""
        return {
            "soap_action": operation.soap_action,
            "request": self._message(operation.request),
            "response": self._message(operation.response),
        }

    def _message(self, shape: Shape) -> dict[str, Any]:
        self._note_additions(shape)
        return {"name": shape.name, "members": self._members(shape)}

    def _members(self, shape: Shape) -> list[str]:
        return [self._member(member, shape) for member in shape.members]

    def _member(self, member: Member, within: Shape) -> str:
        self._register(member.shape)
        occurrence = OCCURRENCES[member.required, member.many, member.nillable]
        declared = [] if member.owner == within.name else [member.owner]
        return " ".join([member.name, member.shape.name, occurrence, *declared])

    def _note_additions(self, shape: Shape) -> None:
        if shape.beyond_wsdl:
            self.beyond_wsdl[shape.name] = sorted(shape.beyond_wsdl)

    def _register(self, shape: Shape) -> None:
        self._note_additions(shape)
        if shape.kind is Kind.ENUM:
            self.enumerations[shape.name] = list(shape.values)
        elif shape.kind is not Kind.OBJECT:
            self.scalars[shape.name] = shape.kind.value
        elif shape.name not in self.objects:
            self.objects[shape.name] = self._members(shape)


# --- tables to a service ------------------------------------------------------------------------------------


class _Operations(Mapping[str, Operation]):
    """The operations of a service by name, each created on first use: most programs call few of them."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self._service: str = body["name"]
        self._records = body["operations"]
        self._shapes = _Shapes(body)
        self._operations: dict[str, Operation] = {}
        self._lock = ForkLock()

    def __getitem__(self, name: str) -> Operation:
        if (operation := self._operations.get(name)) is not None:
            return operation
        record = self._records[name]
        with self._lock:
            if name not in self._operations:
                request, response = (self._shapes.object(**record[message]) for message in ("request", "response"))
                self._operations[name] = Operation(self._service, name, record["soap_action"], request, response)
            return self._operations[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


class _Shapes(dict[str, Shape]):
    """The types of a service by name, each created once, on first use."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        super().__init__()
        self._objects = body["objects"]
        self._enumerations = body["enumerations"]
        self._scalars = body["scalars"]
        self._beyond_wsdl = body["beyond_wsdl"]

    def __missing__(self, name: str) -> Shape:
        self[name] = shape = self._shape(name)
        return shape

    def object(self, name: str, members: Iterable[str]) -> Shape:
        """Creates an object with these members."""
        parsed = []
        for member in members:
            member_name, shape, occurrence, *owner = member.split(" ")
            parsed.append(Member(member_name, self[shape], *FLAGS[occurrence], owner[0] if owner else name))
        return Shape(name, Kind.OBJECT, tuple(parsed), beyond_wsdl=self._beyond(name))

    def _shape(self, name: str) -> Shape:
        if name in self._objects:
            return self.object(name, self._objects[name])
        if name in self._enumerations:
            return Shape(name, Kind.ENUM, values=tuple(self._enumerations[name]), beyond_wsdl=self._beyond(name))
        return Shape(name, Kind(self._scalars[name]))

    def _beyond(self, name: str) -> frozenset[str]:
        return frozenset(self._beyond_wsdl.get(name, ()))
