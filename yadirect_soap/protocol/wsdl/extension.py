"""Adds to descriptions the members and values that the live API has and no WSDL; what a description has itself wins."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from .. import api_changes
from ..api_changes import AddedMember
from . import canonical
from .description import ComplexType, Content, Description, Enumeration, Field, Schema, Service
from .document_set import DocumentSet, NamedType, schema_of
from .parse import parse

Addition = tuple[str, str]
"""A member or a value: the name of its type, and its own."""


def extended_file(content: bytes) -> bytes:
    """The bytes of a WSDL or a schema with what is live and missing in it; the same bytes if nothing is."""
    description = parse(content)
    extension = extended(description)
    return content if extension is description else canonical.write(extension)


def extended(description: Description) -> Description:
    """A description with what is live and missing in it; the same object if nothing is."""
    schema = schema_of(description)
    missing = set(additions(schema))
    if not missing:
        return description
    types = [_with(named, f"{schema.namespace}:{named.name}", missing) for named in schema.types]
    schema = replace(schema, types=(*types, *_new_types(schema.namespace, types)))
    return replace(description, schema=schema) if isinstance(description, Service) else schema


def additions(schema: Schema) -> Iterator[Addition]:
    """What is live and missing in the types of a schema.  A type that the schema lacks misses nothing."""
    types = {f"{schema.namespace}:{named.name}": named for named in schema.types}
    for type_name, name in api_changes.bundled().by_addition:
        if type_name in types and name not in _names(types[type_name], types):
            yield type_name, name


def additions_of(documents: DocumentSet) -> list[Addition]:
    """What is live and missing in a set of descriptions."""
    return [addition for description in documents.values() for addition in additions(schema_of(description))]


def _names(named: NamedType, types: Mapping[str, NamedType]) -> frozenset[str]:
    """The values of an enumeration, or the members of an object with those that it inherits."""
    if isinstance(named, Enumeration):
        return frozenset(named.values)
    base = types.get(named.content.base or "")
    inherited = _names(base, types) if base else frozenset[str]()
    return inherited | {field.name for field in named.content.fields}


def _with(named: NamedType, type_name: str, missing: set[Addition]) -> NamedType:
    """A type with its missing members or values behind its own."""
    for change in api_changes.bundled():
        if isinstance(named, Enumeration):
            values = (value for value in change.values.get(type_name, ()) if (type_name, value) in missing)
            named = replace(named, values=(*named.values, *values))
        else:
            members = [item for item in change.members.get(type_name, ()) if (type_name, item.name) in missing]
            content = replace(named.content, fields=(*named.content.fields, *map(_field, members)))
            named = replace(named, content=content)
    return named


def _new_types(namespace: str, types: Iterable[NamedType]) -> Iterator[ComplexType]:
    """The objects that the types now refer to and no WSDL has."""
    present = list(types)
    names = {f"{namespace}:{named.name}" for named in present}
    references = {field.type for named in present if isinstance(named, ComplexType) for field in named.content.fields}
    for type_name, members in api_changes.bundled().types.items():
        if type_name in references - names:
            yield ComplexType(type_name.partition(":")[2], Content(tuple(map(_field, members))))


def _field(member: AddedMember) -> Field:
    return Field(
        member.name,
        member.type,
        min_occurs=int(member.required),
        max_occurs=None if member.many else 1,
        nillable=member.nillable,
    )
