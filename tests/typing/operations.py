"""User code written from the contract: each operation called as it should be, and with each kind of mistake."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from yadirect_soap.client.results import gives_items
from yadirect_soap.protocol.contract import Contract, Kind, Member, Operation, Shape

_HEAD = '''\
"""Every operation, as it should be called and with a mistake in each marked line."""

from yadirect_soap import Direct


def calls(direct: Direct) -> None:
'''
WRONG = "# wrong"
_ODD = "Odd"
_VALUES: Mapping[Kind, Any] = MappingProxyType(
    {Kind.STRING: "x", Kind.INT: 1, Kind.LONG: 1, Kind.DECIMAL: 1, Kind.BASE64: b"x"}
)


def code(contract: Contract) -> str:
    """A module that calls every operation; a checker should find an error in each line that ends with WRONG."""
    lines = [line for service in contract.values() for one in service.operations.values() for line in _lines(one)]
    return _HEAD + "".join(f"    {line}\n" for line in lines)


def _lines(operation: Operation) -> Iterator[str]:
    called = f"direct.{operation.key}"
    yield called + _arguments(_object(operation.request))
    for mistaken in _mistaken(operation.request):
        yield f"{called}{_arguments(mistaken)}  {WRONG}"
    yield from _results(operation, called, _arguments(_object(operation.request, required=True)))


def _results(operation: Operation, called: str, arguments: str) -> Iterator[str]:
    """What is done with a result: by its names, and by one that it has not."""
    if gives_items(operation) and operation.listed:
        for given in (
            f"{called}{arguments}[0]",
            f"next({called}.items{arguments})",
            f"next({called}.pages{arguments})[0]",
        ):
            yield from (f'{given}["{name}"]' for name in operation.listed.shape.by_name)
            yield f'{given}["{_ODD}"]  {WRONG}'
    elif operation.listed:
        yield f"{called}{arguments}.raise_for_errors()[0].id"
        yield f"{called}{arguments}[0].{_ODD}  {WRONG}"
        yield f"{called}.items{arguments}  {WRONG}"
    else:
        yield from (f'{called}{arguments}["{name}"]' for name in operation.response.by_name)
        yield f"{called}{arguments}.raise_for_errors().units"
        yield f'{called}{arguments}["{_ODD}"]  {WRONG}'


def _mistaken(shape: Shape) -> Iterator[dict[str, Any]]:
    """Params with one mistake each: an odd name, a missing one, an odd value or part of each member."""
    least = _object(shape, required=True)
    yield {**least, _ODD: 1}
    yield from ({other: least[other] for other in least if other != name} for name in least)
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
