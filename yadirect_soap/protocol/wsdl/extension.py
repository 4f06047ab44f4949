"""Adds to descriptions the members and values that are live and in no WSDL; those in a description take precedence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from .. import api_changes
from ..api_changes import AddedMember
from . import canonical
from .description import ComplexType, Content, Description, Element, Enumeration, Field, Schema, Service
from .document_set import DocumentSet, NamedType, schema_of
from .parse import parse

Addition = tuple[str, str]
"""A member or a value: the name of its type, and its own."""


def extended_file(content: bytes) -> bytes:
    """Adds the live members that a WSDL or a schema lacks; returns the same bytes if none are missing."""
    description = parse(content)
    extension = extended(description)
    return content if extension is description else canonical.write(extension)


def extended(description: Description) -> Description:
    """Adds the live members that a description lacks; returns the same object if none are missing."""
    schema = schema_of(description)
    missing = set(additions(schema))
    if not missing:
        return description
    types = [_with(named, f"{schema.namespace}:{named.name}", missing) for named in schema.types]
    elements = [_with_members(element, schema.namespace, missing) for element in schema.elements]
    new = _new_types(schema.namespace, [*types, *_inline(elements)])
    schema = replace(schema, types=(*types, *new), elements=tuple(elements))
    return replace(description, schema=schema) if isinstance(description, Service) else schema


def additions(schema: Schema) -> Iterator[Addition]:
    """Yields the live members that the types of a schema lack, and those of the enumerations that these members need.

    Types that the schema does not have at all are not completed.
    """
    types = {f"{schema.namespace}:{named.name}": named for named in (*schema.types, *_inline(schema.elements))}
    changes = api_changes.bundled()
    needed = {
        member.type for change in changes for owner in change.members.keys() & types for member in change.members[owner]
    }
    for type_name, name in changes.by_addition:
        if type_name in types:
            is_missing = name not in _names(types[type_name], types)
        else:
            is_missing = type_name in changes.enumerations and type_name in needed
        if is_missing:
            yield type_name, name


def additions_of(documents: DocumentSet) -> list[Addition]:
    """Returns the live members that a set of descriptions lacks."""
    return [addition for description in documents.values() for addition in additions(schema_of(description))]


def _inline(elements: Iterable[Element]) -> Iterator[ComplexType]:
    """Yields the types of elements that have their own content, named as the elements: `GetRequest`."""
    for element in elements:
        if isinstance(element.type, Content):
            yield ComplexType(element.name, element.type)


def _with_members(element: Element, namespace: str, missing: set[Addition]) -> Element:
    """Returns an element with the missing members of its own content."""
    if not isinstance(element.type, Content):
        return element
    return replace(element, type=_content_with(element.type, f"{namespace}:{element.name}", missing))


def _names(named: NamedType, types: Mapping[str, NamedType]) -> frozenset[str]:
    """Returns the values of an enumeration, or the members of an object with those that it inherits."""
    if isinstance(named, Enumeration):
        return frozenset(named.values)
    base = types.get(named.content.base or "")
    inherited = _names(base, types) if base else frozenset[str]()
    return inherited | {field.name for field in named.content.fields}


def _with(named: NamedType, type_name: str, missing: set[Addition]) -> NamedType:
    """Returns a type with its missing members or values after its own."""
    if isinstance(named, ComplexType):
        return replace(named, content=_content_with(named.content, type_name, missing))
    for change in api_changes.bundled():
        values = (value for value in change.values.get(type_name, ()) if (type_name, value) in missing)
        named = replace(named, values=(*named.values, *values))
    return named


def _content_with(content: Content, type_name: str, missing: set[Addition]) -> Content:
    """Returns the content of an object with its missing members after its own."""
    members = [member for change in api_changes.bundled() for member in change.members.get(type_name, ())]
    added = (_field(member) for member in members if (type_name, member.name) in missing)
    return replace(content, fields=(*content.fields, *added))


def _new_types(namespace: str, types: Iterable[NamedType]) -> Iterator[NamedType]:
    """Yields the objects and enumerations that the types now refer to and no WSDL has."""
    present = list(types)
    names = {f"{namespace}:{named.name}" for named in present}
    references = {field.type for named in present if isinstance(named, ComplexType) for field in named.content.fields}
    changes = api_changes.bundled()
    for type_name in sorted(references - names):
        name = type_name.partition(":")[2]
        if type_name in changes.types:
            yield ComplexType(name, Content(tuple(map(_field, changes.types[type_name]))))
        elif type_name in changes.enumerations:
            yield Enumeration(name, changes.enumerations[type_name])


def _field(member: AddedMember) -> Field:
    return Field(
        member.name,
        member.type,
        min_occurs=int(member.required),
        max_occurs=None if member.many else 1,
        nillable=member.nillable,
    )
