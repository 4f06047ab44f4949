"""The lists of fields of a get: FieldNames and lists like TextAdFieldNames, and the objects whose members they name."""

from collections.abc import Mapping
from types import MappingProxyType

from yadirect_soap.language import _

from .model import Kind, Member, Operation, Shape
from .shape_cache import cached_on_shape

Path = tuple[str, ...]
"""The members that lead to an inner object: `("TextAd", "PriceExtension")`."""

_ENDINGS = ("", "Get", "GetItem", "Item")
_DEPTH = 4


def listed(shape: Shape) -> Member:
    """Returns the only member of a message that is a list of objects."""
    (member,) = (member for member in shape.members if member.many and member.shape.kind is Kind.OBJECT)
    return member


def field_lists(operation: Operation) -> Mapping[str, Member]:
    """Returns the params of a get that name fields, by their prefix before `FieldNames`."""
    return _field_lists(operation.request)


@cached_on_shape
def paths_of(response: Shape, prefix: str) -> tuple[Path, ...]:
    """Returns the paths of the objects whose members `<prefix>FieldNames` names; () is the object itself.

    Three spellings occur, tried in this order: the joined path (TextAdPriceExtension), the name of the type
    (SearchStrategyPlacementTypes, StrategyAverageCpa), the joined end of the path (ContragentTinInfo).
    """
    if not prefix:
        return ((),)
    inside = objects(listed(response).shape)
    typed = tuple(prefix + ending for ending in _ENDINGS)
    for candidates in (
        tuple(path for path, __ in inside if "".join(path) == prefix),
        tuple(path for path, shape in inside if local_name(shape) in typed),
        tuple(path for path, __ in inside if "".join(path).endswith(prefix)),
    ):
        if candidates:
            return candidates
    raise LookupError(_("{name}: no place for {prefix}FieldNames", name=response.name, prefix=prefix))


def split_out_paths(operation: Operation) -> frozenset[Path]:
    """Returns the objects that have their own FieldNames and are inside a member that another list names.

    A strategy comes without its PlacementTypes unless TextCampaignSearchStrategyPlacementTypesFieldNames requests them.
    """
    return _split_out(operation.response, tuple(field_lists(operation)))


@cached_on_shape
def objects(shape: Shape, depth: int = _DEPTH) -> tuple[tuple[Path, Shape], ...]:
    """Returns every inner object of an object, with its path, the outer ones first."""
    inner_objects: list[tuple[Path, Shape]] = []
    for member in shape.members:
        if member.shape.kind is Kind.OBJECT and depth:
            inner_objects.append(((member.name,), member.shape))
            inner_objects += [((member.name, *path), inner) for path, inner in objects(member.shape, depth - 1)]
    return tuple(sorted(inner_objects, key=lambda pair: len(pair[0])))


def local_name(shape: Shape) -> str:
    """Returns a type's name without its namespace."""
    return shape.name.rpartition(":")[2]


@cached_on_shape
def _field_lists(request: Shape) -> Mapping[str, Member]:
    ending = "FieldNames"
    members = (member for member in request.members if member.name.endswith(ending))
    return MappingProxyType({member.name.removesuffix(ending): member for member in members})


@cached_on_shape
def _split_out(response: Shape, prefixes: tuple[str, ...]) -> frozenset[Path]:
    return frozenset(path for prefix in prefixes if prefix for path in paths_of(response, prefix) if len(path) > 3)
