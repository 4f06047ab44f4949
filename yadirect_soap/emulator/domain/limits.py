"""The numeric limits of objects, read from limits.toml: lengths, quantities, bounds of values, each with its error."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

OBJECTS, UNARCHIVED = "objects", "unarchived objects"
"""The kinds that count existing objects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A row of limits.toml; the head of that file explains the members."""

    service: str
    path: str
    kind: str
    code: int
    page: str
    min: int | None = None
    max: int | None = None
    step: int = 1
    per: str = ""
    restriction: str = ""
    assumed: bool = False

    @property
    def name(self) -> str:
        """The member's own name, without the path before it."""
        return self.path.rpartition(".")[2]

    def allows(self, number: float) -> bool:
        """Whether a number lies within the limit."""
        return (
            (self.min is None or number >= self.min)
            and (self.max is None or number <= self.max)
            and (self.step == 1 or number % self.step == 0)
        )


@cache
def limits() -> Mapping[tuple[str, str, str], Limit]:
    """Returns every limit by its service, path and kind."""
    tables = tomllib.loads((files("yadirect_soap.emulator") / "limits.toml").read_text("utf-8"))["table"]
    return MappingProxyType({(row.service, row.path, row.kind): row for table in tables for row in _rows(table)})


def limit(service: str, path: str, kind: str) -> Limit:
    """Returns the limit of a member.

    Args:
        service: the service's name, as in the address.
        path: the member, as limits.toml writes it.
        kind: what is counted.

    Returns:
        The row of limits.toml.

    Raises:
        KeyError: there is no such row.
    """
    return limits()[service, path, kind]


@cache
def object_limits(service: str) -> tuple[Limit, ...]:
    """Returns the limits on the number of a service's objects."""
    return tuple(row for row in limits().values() if row.service == service and row.kind in (OBJECTS, UNARCHIVED))


def _rows(table: dict[str, Any]) -> Iterator[Limit]:
    for service in table["services"]:
        for row in table["rows"]:
            yield Limit(**{"service": service, "page": table["page"], **row})
