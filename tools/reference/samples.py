"""Params that show an operation: what the contract requires, and of the rest what samples.toml finds worth showing.

They fit the contract; whether the objects that they name exist is another matter.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from yadirect_soap.protocol.model import Kind, Member, Operation, Shape
from yadirect_soap.protocol.scalars import SCALARS

_FIELDS = 4
"""Field names that are asked for at most."""


@dataclass(frozen=True, slots=True)
class Samples:
    """The tables of samples.toml: what to write where, and which optional members to show."""

    values: Mapping[str, Any]
    shown: Mapping[str, tuple[str, ...]]
    fields: tuple[str, ...]

    def params(self, operation: Operation) -> dict[str, Any]:
        """The params of an operation, in the order of the contract."""
        return self._object(operation.request, operation.key)

    def _object(self, shape: Shape, name: str) -> dict[str, Any]:
        shown = self.shown.get(name) or self.shown.get(shape.name) or _worth_showing(shape)
        members = (member for member in shape.members if member.required or member.name in shown)
        return {member.name: self._member(member, shape) for member in members}

    def _member(self, member: Member, shape: Shape) -> Any:
        if member.shape.kind is Kind.OBJECT:
            inner = self._object(member.shape, "")
            return [inner] if member.many else inner
        for key in (f"{shape.name}.{member.name}", member.name):
            if key in self.values:
                return self.values[key]
        if member.many and member.shape.values:
            return self._some(member.shape.values)
        value = member.shape.values[0] if member.shape.values else SCALARS[member.shape.kind].sample
        return [value] if member.many else value

    def _some(self, values: tuple[str, ...]) -> list[str]:
        return [value for value in self.fields if value in values][:_FIELDS] or list(values[:1])


@cache
def bundled() -> Samples:
    """The tables that stand beside this module."""
    tables = tomllib.loads(resources.files(__package__).joinpath("samples.toml").read_text(encoding="utf-8"))
    return Samples(
        values=MappingProxyType(tables["values"]),
        shown=MappingProxyType({name: tuple(members) for name, members in tables["shown"].items()}),
        fields=tuple(tables["fields"]["first"]),
    )


def _worth_showing(shape: Shape) -> tuple[str, ...]:
    """The first member of an object that requires none: an object without members says nothing."""
    return () if any(member.required for member in shape.members) else (shape.members[0].name,)
