"""Reduces documents to the members that a get requests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yadirect_soap.protocol.field_lists import Path, field_lists, listed, paths_of, split_out_paths
from yadirect_soap.protocol.model import Kind, Member, Operation, Shape
from yadirect_soap.protocol.shape_cache import cached_on_shape

from ...storage.store import Document

Project = Callable[[Document], Document]


@dataclass(slots=True)
class RequestedFields:
    """The requested members of one object; members in `whole` are returned with all their parts."""

    whole: set[str] = field(default_factory=set)
    parts: dict[str, "RequestedFields"] = field(default_factory=dict)

    def at(self, path: Path) -> "RequestedFields":
        """Returns the requested members of an inner object."""
        return self.parts.setdefault(path[0], RequestedFields()).at(path[1:]) if path else self


def requested_projection(operation: Operation, params: Mapping[str, Any]) -> Project:
    """Returns the function that reduces a document to the members that a get requests."""
    lists = ((prefix, params.get(member.name)) for prefix, member in field_lists(operation).items())
    requested = tuple((prefix, frozenset(names)) for prefix, names in lists if names)
    return _requested_projection(operation.response, requested, split_out_paths(operation))


@cached_on_shape
def _requested_projection(
    response: Shape, requested: tuple[tuple[str, frozenset[str]], ...], split_out: frozenset[Path]
) -> Project:
    fields = RequestedFields()
    for prefix, names in requested:
        for path in paths_of(response, prefix):
            fields.at(path).whole.update(names)
    return projection(listed(response).shape, fields, split_out)


def projection(shape: Shape, requested: RequestedFields, split_out: frozenset[Path]) -> Project:
    """Returns the function that reduces a document to its requested members, in the contract's order.

    A requested member without a value is None if the contract lets it be nil, else absent.  Members that the contract
    requires are always returned.  Members at `split_out` paths are returned only if their own list requests them.
    """
    steps: list[tuple[str, bool, Callable[[Any], Any] | None]] = []
    for member in shape.members:
        part = requested.parts.get(member.name)
        whole = member.name in requested.whole or member.required
        if whole or part is not None:
            step = _step(member, part, whole=whole, split_out=_inside(split_out, member.name))
            steps.append((member.name, member.nillable, step))

    def project(document: Document) -> Document:
        result: Document = {}
        for name, nillable, step in steps:
            value = document.get(name)
            if value is not None:
                result[name] = value if step is None else step(value)
            elif nillable:
                result[name] = None
        return result

    return project


def _step(
    member: Member, part: RequestedFields | None, *, whole: bool, split_out: frozenset[Path]
) -> Callable[[Any], Any] | None:
    """Returns the function that reduces a member's value; None if the whole value is requested."""
    if member.shape.kind is not Kind.OBJECT:
        return None
    if part is None or (whole and not part.whole):
        inside = _all_but(member.shape, part or RequestedFields(), split_out)
    else:
        inside = projection(member.shape, part, split_out)
    if inside is None:
        return None
    return lambda value: [inside(item) for item in value] if isinstance(value, list) else inside(value)


def _all_but(shape: Shape, part: RequestedFields, split_out: frozenset[Path]) -> Project | None:
    """Returns the function that reduces an object by the members of other lists; None if nothing is left out."""
    if not split_out and not part.parts:
        return None
    steps = {
        member.name: _step(member, inner, whole=True, split_out=_inside(split_out, member.name))
        for member in shape.members
        if (inner := part.parts.get(member.name)) is not None or (member.name,) not in split_out
    }
    return lambda value: {
        name: value[name] if step is None or value[name] is None else step(value[name])
        for name, step in steps.items()
        if name in value
    }


def _inside(split_out: frozenset[Path], name: str) -> frozenset[Path]:
    return frozenset(path[1:] for path in split_out if path[0] == name and len(path) > 1)
