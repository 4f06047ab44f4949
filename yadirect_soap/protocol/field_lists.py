"""Which members of its objects a get gives: FieldNames and the many lists like TextAdFieldNames, by the contract."""

from .model import Kind, Member, Operation, Shape
from .shape_cache import cached_on_shape

Path = tuple[str, ...]
"""The members that lead to an object inside another one: `("TextAd", "PriceExtension")`."""

_ENDINGS = ("", "Get", "GetItem", "Item")
_DEPTH = 4


def listed(shape: Shape) -> Member:
    """The one member of a message that is a list of objects."""
    (member,) = (member for member in shape.members if member.many and member.shape.kind is Kind.OBJECT)
    return member


def field_lists(operation: Operation) -> dict[str, Member]:
    """The members of a get that name fields, by what stands before `FieldNames`."""
    ending = "FieldNames"
    members = (member for member in operation.request.members if member.name.endswith(ending))
    return {member.name.removesuffix(ending): member for member in members}


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
    return _split_out(operation.response, tuple(field_lists(operation)))


@cached_on_shape
def objects(shape: Shape, depth: int = _DEPTH) -> tuple[tuple[Path, Shape], ...]:
    """Every object inside an object, with its path, the outer ones first."""
    found: list[tuple[Path, Shape]] = []
    for member in shape.members:
        if member.shape.kind is Kind.OBJECT and depth:
            found.append(((member.name,), member.shape))
            found += [((member.name, *path), inner) for path, inner in objects(member.shape, depth - 1)]
    return tuple(sorted(found, key=lambda pair: len(pair[0])))


def local_name(shape: Shape) -> str:
    """A type's name without its namespace."""
    return shape.name.rpartition(":")[2]


@cached_on_shape
def _split_out(response: Shape, prefixes: tuple[str, ...]) -> frozenset[Path]:
    return frozenset(path for prefix in prefixes if prefix for path in places(response, prefix) if len(path) > 3)
