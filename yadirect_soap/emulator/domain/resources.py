"""Facts about each service's objects that the contract does not state, read from resources.toml.

The head of that file explains each key.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from .error_codes import Texts


@dataclass(frozen=True, slots=True)
class Transition:
    """The change of an object's state by a verb."""

    to: str
    warn: int
    sources: frozenset[str] | None = None
    """The states from which it leads; None for all but `to`."""
    refuse: Mapping[str, int] = field(default_factory=dict)
    details: Mapping[str, Texts] = field(default_factory=dict)
    also_warn: frozenset[str] = frozenset()
    warn_details: Texts = ("", "")
    in_use: int = 0
    """The error for an object to which another one refers."""
    funded: int = 0
    """The error for an object that has money of its own."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """When an object can be deleted, and which objects are deleted with it."""

    only: frozenset[str] | None = None
    code: int = 0
    children: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    by: str = ""
    in_use: int = 0
    not_found: Texts | None = None
    mark: Mapping[str, Any] = field(default_factory=dict)
    warn: int = 0


@dataclass(frozen=True, slots=True)
class DuplicateKey:
    """The members that make an added object equal to an existing one."""

    members: tuple[str, ...]
    warn: int


@dataclass(frozen=True, slots=True)
class Resource:
    """The objects of a service."""

    service: str
    id: str = "Id"
    first: int | None = None
    parent: str = ""
    choices: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    exactly_one: bool = False
    withdrawn: frozenset[str] = frozenset()
    switch: bool = False
    fits: Mapping[str, frozenset[str]] = field(default_factory=dict)
    misfit: int = 0
    defaults: Mapping[str, Any] = field(default_factory=dict)
    within: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    switches: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    criteria: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    references: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    same: DuplicateKey | None = None
    empty_list: bool = False
    state: str = "State"
    not_found: Texts = ("", "")
    not_named: Texts = ("", "")
    named_by: tuple[str, ...] = ()
    v5_types: Mapping[str, str] = field(default_factory=dict)
    missing: int = 8800
    transitions: Mapping[str, Transition] = field(default_factory=dict, repr=False)
    deletion: Deletion | None = None

    def is_deleted(self, document: Mapping[str, Any]) -> bool:
        """Whether an object was deleted and stays visible."""
        mark = self.deletion.mark if self.deletion is not None else {}
        return bool(mark) and mark.items() <= document.items()


@cache
def resources() -> Mapping[str, Resource]:
    """Returns the objects of every service, by the service's name."""
    tables = tomllib.loads((files(__package__) / "resources.toml").read_text("utf-8"))
    return MappingProxyType({service: _resource(service, table) for service, table in tables.items()})


def _resource(service: str, table: dict[str, Any]) -> Resource:
    verbs = {name: table.pop(name) for name in ("suspend", "resume", "archive", "unarchive") if name in table}
    deletion = table.pop("delete", None)
    return Resource(
        service=service,
        id=table.get("id", "Id"),
        first=table.get("first"),
        parent=table.get("parent", ""),
        choices=MappingProxyType(table.get("choices", {})),
        exactly_one=table.get("choose") == "one",
        withdrawn=frozenset(table.get("withdrawn", ())),
        switch=table.get("switch", False),
        fits=MappingProxyType({kind: frozenset(names) for kind, names in table.get("fits", {}).items()}),
        misfit=table.get("misfit", 0),
        defaults=MappingProxyType(table.get("defaults", {})),
        within=MappingProxyType(table.get("within", {})),
        switches=MappingProxyType(table.get("switches", {})),
        criteria=_paths(table.get("criteria", {})),
        references=_paths(table.get("references", {})),
        same=DuplicateKey(tuple(table["same"]["members"]), table["same"]["warn"]) if "same" in table else None,
        empty_list=table.get("empty") == "list",
        state=table.get("state", "State"),
        not_found=_texts(table.get("not_found", {})),
        not_named=_texts(table.get("not_named", table.get("not_found", {}))),
        named_by=tuple(table.get("named_by", ())),
        v5_types=MappingProxyType(table.get("v5_types", {})),
        missing=table.get("missing", 8800),
        transitions=MappingProxyType({verb: _transition(row) for verb, row in verbs.items()}),
        deletion=_deletion(deletion) if deletion is not None else None,
    )


def _paths(rows: dict[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({name: tuple(paths) for name, paths in rows.items()})


def _transition(row: dict[str, Any]) -> Transition:
    return Transition(
        row["to"],
        row["warn"],
        sources=frozenset(row["from"]) if "from" in row else None,
        refuse=MappingProxyType(row.get("refuse", {})),
        details=MappingProxyType({state: _texts(texts) for state, texts in row.get("details", {}).items()}),
        also_warn=frozenset(row.get("also_warn", ())),
        warn_details=_texts(row.get("warn_details", {})),
        in_use=row.get("in_use", 0),
        funded=row.get("funded", 0),
    )


def _texts(row: Mapping[str, str]) -> Texts:
    return row.get("en", ""), row.get("ru", "")


def _deletion(row: dict[str, Any]) -> Deletion:
    return Deletion(
        only=frozenset(row["only"]) if "only" in row else None,
        code=row.get("code", 0),
        children=tuple(row.get("children", ())),
        companions=tuple(row.get("with", ())),
        by=row.get("by", ""),
        in_use=row.get("in_use", 0),
        not_found=_texts(row["not_found"]) if "not_found" in row else None,
        mark=MappingProxyType(row.get("mark", {})),
        warn=row.get("warn", 0),
    )
