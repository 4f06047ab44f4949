"""Reads lookup.toml: for each operation, what to do after a lost response."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal, get_args

RecoveryClass = Literal["repeat", "unique", "look", "never"]
StatusMeaning = Literal["again", "done"]
SearchedBy = Literal["changes", "modified", "parents", "all"]


@dataclass(frozen=True, slots=True)
class RecoveryRule:
    """What to do with the items of an operation after a lost response; lookup.toml describes the fields."""

    kind: RecoveryClass
    source: str
    by: SearchedBy | None = None
    parents: tuple[str, ...] = ()
    before: bool = False
    criteria: Mapping[str, Any] = field(default_factory=dict)
    done: frozenset[int] = frozenset()
    statuses: Mapping[str, StatusMeaning] = field(default_factory=dict)
    """The meaning of a Status of the object; with any other Status the line is unknown."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """The tables of a lookup.toml."""

    recoveries: Mapping[str, RecoveryRule]
    shown_as: Mapping[str, str]
    """The names of members in get, by their names in an item."""
    unshown: frozenset[str]
    """The members whose values get does not always return."""

    def recovery(self, operation_key: str) -> RecoveryRule:
        """Returns the rule for an operation such as `ads.add`; an unknown operation is never sent again."""
        unknown = RecoveryRule("never", source="not in lookup.toml")
        return self.recoveries.get(operation_key, unknown)


@cache
def bundled() -> Lookup:
    """Reads the lookup.toml of the package, once per process."""
    file = resources.files("yadirect_soap.bulk").joinpath("lookup.toml")
    return from_toml(file.read_text(encoding="utf-8"))


def from_toml(text: str) -> Lookup:
    """Reads a text in the format of lookup.toml; raises KeyError or TypeError if it has another format."""
    import tomllib  # noqa: PLC0415  only a run of bulk needs it

    tables = tomllib.loads(text)
    recoveries = {key: _recovery(kind, row) for kind in get_args(RecoveryClass) for key, row in tables[kind].items()}
    unshown = frozenset(tables["unshown"]["members"])
    return Lookup(MappingProxyType(recoveries), MappingProxyType(tables["shown_as"]), unshown)


def _recovery(kind: RecoveryClass, row: dict[str, Any]) -> RecoveryRule:
    row = dict(row)
    return RecoveryRule(kind, parents=tuple(row.pop("parents", ())), done=frozenset(row.pop("done", ())), **row)
