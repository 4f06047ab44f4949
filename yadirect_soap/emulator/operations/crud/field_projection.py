"""Which members of its objects a get gives: FieldNames and the many lists like TextAdFieldNames, by the contract."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yadirect_soap.protocol.model import Kind, Member, Operation, Shape
from yadirect_soap.protocol.shape_cache import cached_on_shape

from ...storage.store import Document
from .shapes import Path, get_request, listed, local_name, objects

Project = Callable[[Document], Document]

_ENDINGS = ("", "Get", "GetItem", "Item")


@dataclass(slots=True)
class RequestedFields:
    """The members asked for of one object; `whole` ones are given with all that is in them."""

    whole: set[str] = field(default_factory=set)
    parts: dict[str, "RequestedFields"] = field(default_factory=dict)

    def at(self, path: Path) -> "RequestedFields":
        """What is asked for of an object further in."""
        return self.parts.setdefault(path[0], RequestedFields()).at(path[1:]) if path else self


def requested_fields(operation: Operation, params: Mapping[str, Any]) -> RequestedFields:
    """What a get asks for."""
    result = RequestedFields()
    for prefix, member in get_request(operation).items():
        names: Sequence[str] = params.get(member.name) or ()
        for path in places(operation.response, prefix) if names else ():
            result.at(path).whole.update(names)
    return result


def projection(shape: Shape, requested: RequestedFields, split_out: frozenset[Path]) -> Project:
    """What gives the part of a document that is asked for, in the contract's order; made once for all of a page.

    What is asked for and not set is None where the contract lets it be nil, else absent; what the contract requires
    is given unasked.  `split_out` are paths that only a list of their own brings.
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


@cached_on_shape
def places(response: Shape, prefix: str) -> tuple[Path, ...]:
    """Where the members are that `<prefix>FieldNames` names; () for the objects themselves is the empty path.

    Three spellings occur, tried in this order: the path run together (TextAdPriceExtension), the name of the type
    (SearchStrategyPlacementTypes, StrategyAverageCpa), the end of the path run together (ContragentTinInfo).
    """
    if not prefix:
        return ((),)
    inside = objects(listed(response).shape)
    typed = tuple(prefix + ending for ending in _ENDINGS)
    for found in (
        tuple(path for path, _ in inside if "".join(path) == prefix),
        tuple(path for path, shape in inside if local_name(shape) in typed),
        tuple(path for path, _ in inside if "".join(path).endswith(prefix)),
    ):
        if found:
            return found
    raise LookupError(f"{response.name}: no place for {prefix}FieldNames")


def split_out_paths(operation: Operation) -> frozenset[Path]:
    """Objects that have a FieldNames of their own and stand deeper than a member that another one names.

    A strategy comes without its PlacementTypes unless TextCampaignSearchStrategyPlacementTypesFieldNames asks for them.
    """
    return _split_out(operation.response, tuple(get_request(operation)))


@cached_on_shape
def _split_out(response: Shape, prefixes: tuple[str, ...]) -> frozenset[Path]:
    return frozenset(path for prefix in prefixes if prefix for path in places(response, prefix) if len(path) > 3)


def _step(
    member: Member, part: RequestedFields | None, *, whole: bool, split_out: frozenset[Path]
) -> Callable[[Any], Any] | None:
    """What gives the part of a member's value that is asked for; None where that is all of it."""
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
    """What gives an object without what other lists ask for; None where that is all of it."""
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
