"""A Service as JSON text and back: one table of types a service, a member a line, so that a change reads as a diff.

    "ads:AdUpdateItem": [
      "Id xsd:long 1",
      "TextAd ads:TextAdUpdate 0..1",

A member is its name, its type, how often it may stand there (with `|nil` where it may be nil), and the type that
declares it where that is not the one it stands in.  No file is opened here, and no description read.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from yadirect_soap.forks import ForkLock

from ..model import Kind, Member, Operation, Service, Shape

FORMAT = 1
"""Counted up whenever a reading of the same files would be written otherwise."""

_OCCURRENCES: Mapping[tuple[bool, bool, bool], str] = MappingProxyType(
    {
        # required, many, nillable
        (True, False, False): "1",
        (True, False, True): "1|nil",
        (False, False, False): "0..1",
        (False, False, True): "0..1|nil",
        (True, True, False): "1..*",
        (True, True, True): "1..*|nil",
        (False, True, False): "0..*",
        (False, True, True): "0..*|nil",
    }
)
_FLAGS = MappingProxyType({text: flags for flags, text in _OCCURRENCES.items()})

Origin = dict[str, Any]
"""What a text was made from and by: the head of the text, and what it is recognised by."""


def origin(files: Mapping[str, bytes], made_by: Mapping[str, str] | None = None) -> Origin:
    """The origin of a text that is made from the files of a description, by these versions where they matter."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    record: Origin = {"format": FORMAT, "files": digests}
    return record | {"made_by": dict(made_by)} if made_by is not None else record


def key(of: Origin) -> str:
    """A name for an origin that no other has."""
    return hashlib.sha256(json.dumps(of, sort_keys=True).encode()).hexdigest()[:40]


def write(service: Service, of: Origin) -> bytes:
    """The text of a service; the same for the same service and origin, byte for byte."""
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
        }
    )
    content = f"{body}\n}}\n".encode()
    return f"{{\n{_entries(of)}".encode() + _SEAL + _checksum(content) + _SEALED + content


def read(text: bytes, of: Origin) -> Service | None:
    """The service of a text that `write` made, or None for one of another origin and for a damaged one."""
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
    """The entries of an object as text, a line for each."""
    return json.dumps(table, ensure_ascii=False, indent=2).removeprefix("{\n").removesuffix("\n}")


# --- a service to tables ------------------------------------------------------------------------------------


class _Tables:
    """The types that operations use, each written once."""

    def __init__(self) -> None:
        self.objects: dict[str, list[str]] = {}
        self.enumerations: dict[str, list[str]] = {}
        self.scalars: dict[str, str] = {}

    def operation(self, operation: Operation) -> dict[str, Any]:
        """An operation; its two messages stand in it, since a message may be named as a type is."""
        return {
            "soap_action": operation.soap_action,
            "request": self._message(operation.request),
            "response": self._message(operation.response),
        }

    def _message(self, shape: Shape) -> dict[str, Any]:
        return {"name": shape.name, "members": self._members(shape)}

    def _members(self, shape: Shape) -> list[str]:
        return [self._member(member, shape) for member in shape.members]

    def _member(self, member: Member, within: Shape) -> str:
        self._register(member.shape)
        occurrence = _OCCURRENCES[member.required, member.many, member.nillable]
        declared = [] if member.owner == within.name else [member.owner]
        return " ".join([member.name, member.shape.name, occurrence, *declared])

    def _register(self, shape: Shape) -> None:
        if shape.kind is Kind.ENUM:
            self.enumerations[shape.name] = list(shape.values)
        elif shape.kind is not Kind.OBJECT:
            self.scalars[shape.name] = shape.kind.value
        elif shape.name not in self.objects:
            self.objects[shape.name] = self._members(shape)


# --- tables to a service ------------------------------------------------------------------------------------


class _Operations(Mapping[str, Operation]):
    """The operations of a service by name, each made when it is first asked for: most programs call few of them."""

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
    """The types of a service by name, each made when it is first asked for, and once."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        super().__init__()
        self._objects = body["objects"]
        self._enumerations = body["enumerations"]
        self._scalars = body["scalars"]

    def __missing__(self, name: str) -> Shape:
        self[name] = shape = self._shape(name)
        return shape

    def object(self, name: str, members: Iterable[str]) -> Shape:
        """An object of that name and those members."""
        parsed = []
        for member in members:
            member_name, shape, occurrence, *owner = member.split(" ")
            parsed.append(Member(member_name, self[shape], *_FLAGS[occurrence], owner[0] if owner else name))
        return Shape(name, Kind.OBJECT, tuple(parsed))

    def _shape(self, name: str) -> Shape:
        if name in self._objects:
            return self.object(name, self._objects[name])
        if name in self._enumerations:
            return Shape(name, Kind.ENUM, values=tuple(self._enumerations[name]))
        return Shape(name, Kind(self._scalars[name]))
