"""User code written from the contract: each operation called as it should be, and with each kind of mistake."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from yadirect_soap.client.results import gives_items
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.model import Kind, Member, Operation, Shape

_HEAD = '''\
"""Every operation, as it should be called and with a mistake in each marked line."""

from yadirect_soap import Direct
'''
WRONG = "# wrong"
_ODD = "Odd"
_VALUES: Mapping[Kind, Any] = MappingProxyType(
    {Kind.STRING: "x", Kind.INT: 1, Kind.LONG: 1, Kind.DECIMAL: 1, Kind.BASE64: b"x"}
)


def code(contract: Contract) -> str:
    """A module that calls every operation; a checker should find an error in each line that ends with WRONG."""
    called = [_function(operation) for service in contract.values() for operation in service.operations.values()]
    return "\n\n".join([_HEAD, *called])


def _function(operation: Operation) -> str:
    lines = "".join(f"    {line}\n" for line in _lines(operation, f"direct.{operation.key}"))
    return f"def {operation.service}_{operation.name}(direct: Direct) -> None:\n{lines}"


def _lines(operation: Operation, called: str) -> Iterator[str]:
    yield called + _arguments(_object(operation.request))
    for mistaken in _mistaken(operation.request):
        yield f"{called}{_arguments(mistaken)}  {WRONG}"
    least = _arguments(_object(operation.request, required=True))
    yield f"result = {called}{least}"
    if operation.listed is None:
        yield "result.raise_for_errors().units"
        yield from _names("flat", "result", operation.response)
    elif gives_items(operation):
        yield "result.limited_by"
        yield from _names("item", "result[0]", operation.listed.shape)
        yield from _names("next_item", f"next({called}.items{least})", operation.listed.shape)
        yield from _names("page_item", f"next({called}.pages{least})[0]", operation.listed.shape)
    else:
        yield "result.raise_for_errors()[0].id"
        yield f"result[0].{_ODD}  {WRONG}"
        yield f"{called}.items{least}  {WRONG}"


def _names(name: str, value: str, shape: Shape) -> Iterator[str]:
    """An object asked for each of its members, and for one that it has not."""
    yield f"{name} = {value}"
    yield from (f'{name}["{member}"]' for member in shape.by_name)
    yield f'{name}["{_ODD}"]  {WRONG}'


def _mistaken(shape: Shape) -> Iterator[dict[str, Any]]:
    """Params with one mistake each: an odd name, a missing one, an odd value or part of each member."""
    least = _object(shape, required=True)
    yield {**least, _ODD: 1}
    yield from ({key: least[key] for key in least if key != name} for name in least)
    for member in shape.members:
        yield {**least, member.name: _many(_wrong(member.shape), member)}


def _wrong(shape: Shape) -> Any:
    if shape.kind is Kind.OBJECT:
        return {**_object(shape, required=True), _ODD: 1}
    return _ODD if shape.kind is Kind.ENUM else {}


def _object(shape: Shape, *, required: bool = False) -> dict[str, Any]:
    """An object with every member, or with those that it cannot do without."""
    return {
        member.name: _many(_value(member.shape, required=required), member)
        for member in shape.members
        if member.required or not required
    }


def _many(value: Any, member: Member) -> Any:
    return [value] if member.many else value


def _value(shape: Shape, *, required: bool) -> Any:
    if shape.kind is Kind.OBJECT:
        return _object(shape, required=required)
    return shape.values[0] if shape.kind is Kind.ENUM else _VALUES[shape.kind]


def _arguments(params: Mapping[str, Any]) -> str:
    return f"({', '.join(f'{name}={value!r}' for name, value in params.items())})"
