"""What to do for each operation if its response was lost: the rows of lookup.toml as records."""

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
    """What to do with the items of a write that have no outcome; lookup.toml tells what the members mean."""

    kind: RecoveryClass
    source: str
    by: SearchedBy | None = None
    parents: tuple[str, ...] = ()
    before: bool = False
    criteria: Mapping[str, Any] = field(default_factory=dict)
    done: frozenset[int] = frozenset()
    statuses: Mapping[str, StatusMeaning] = field(default_factory=dict)
    """The outcome of a line by the Status of its object; with any other Status it is unknown."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """The tables of a lookup.toml."""

    recoveries: Mapping[str, RecoveryRule]
    shown_as: Mapping[str, str]
    """By a member's name in an item, its name in get."""
    unshown: frozenset[str]
    """Members of which get need not show the value."""

    def recovery(self, operation_key: str) -> RecoveryRule:
        """What to do for an operation such as `ads.add`; an unknown one is never sent again."""
        unknown = RecoveryRule("never", source="not in lookup.toml")
        return self.recoveries.get(operation_key, unknown)


@cache
def bundled() -> Lookup:
    """The lookup.toml that ships with the package, one record for the process."""
    file = resources.files("yadirect_soap.bulk").joinpath("lookup.toml")
    return from_toml(file.read_text(encoding="utf-8"))


def from_toml(text: str) -> Lookup:
    """Reads a text in the form of lookup.toml; KeyError or TypeError where it is not."""
    import tomllib  # noqa: PLC0415  only a run of bulk needs it

    tables = tomllib.loads(text)
    recoveries = {key: _recovery(kind, row) for kind in get_args(RecoveryClass) for key, row in tables[kind].items()}
    unshown = frozenset(tables["unshown"]["members"])
    return Lookup(MappingProxyType(recoveries), MappingProxyType(tables["shown_as"]), unshown)


def _recovery(kind: RecoveryClass, row: dict[str, Any]) -> RecoveryRule:
    row = dict(row)
    return RecoveryRule(kind, parents=tuple(row.pop("parents", ())), done=frozenset(row.pop("done", ())), **row)
