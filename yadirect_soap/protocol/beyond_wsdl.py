"""Finds what in params is live and in no WSDL, and describes it for messages."""

from collections.abc import Iterator, Mapping

from yadirect_soap.language import composed

from . import api_changes
from .model import Kind, Shape
from .scalars import is_list


def uses(params: object, shape: Shape, path: str = "$") -> Iterator[tuple[str, str]]:
    """Finds the members and values in params that are in no WSDL.

    Args:
        params: the params, or a part of them.
        shape: its type.
        path: its path.

    Yields:
        The path of a member or a value, and its mark: `in no WSDL; seen 2026-09-01, public scripts`.
    """
    if is_list(params):
        for index, item in enumerate(params):
            yield from uses(item, shape, f"{path}[{index}]")
    elif isinstance(params, Mapping):
        for name, value in params.items():
            if (member := shape.by_name.get(name)) is not None:
                if name in shape.beyond_wsdl:
                    yield f"{path}.{name}", api_changes.bundled().mark(member.owner, name)
                yield from uses(value, member.shape, f"{path}.{name}")
    elif shape.kind is Kind.ENUM and params in shape.beyond_wsdl:
        yield path, api_changes.bundled().mark(shape.name, str(params))


def marks(shape: Shape) -> Mapping[str, str]:
    """Returns the members or values of a type that are in no WSDL, each with its mark; {} if all are in one."""
    owners = {member.name: member.owner for member in shape.members}
    changes = api_changes.bundled()
    names = (*owners, *shape.values)
    return {name: changes.mark(owners.get(name, shape.name), name) for name in names if name in shape.beyond_wsdl}


def grouped_marks(shape: Shape) -> Iterator[str]:
    """Yields the marks of a type, each with all that have it: `DutPrefix, DutSuffix: in no WSDL; seen ...`."""
    of_names = marks(shape)
    for mark in dict.fromkeys(of_names.values()):
        names = ", ".join(name for name in of_names if of_names[name] == mark)
        yield composed("{names}: {mark}", names=names, mark=mark)
