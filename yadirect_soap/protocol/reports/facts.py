"""Documented facts about reports, read from facts.toml: fields, types of reports, operators, limits.

https://yandex.ru/dev/direct/doc/ru/fields-list
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any


class FieldKind(Enum):
    """The kind of a field's values."""

    INT = "int"
    MONEY = "money"
    """Micros, or currency units, as the request's headers say."""
    DECIMAL = "decimal"
    PERCENT = "percent"
    DATE = "date"
    ENUM = "enum"
    TEXT = "text"


class Role(Enum):
    """The role of a field in a type of report."""

    SEGMENT = "S"
    """Divides the rows further."""
    METRIC = "M"
    """A number that is counted or calculated for a row."""
    ATTRIBUTE = "A"
    """Describes the subject of a row, and does not divide rows."""
    FILTER = "F"
    """Can only be filtered by."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its kind, its use, the operators of its filter (none: no filter), its role by type of report."""

    name: str
    kind: FieldKind
    selectable: bool
    sortable: bool
    operators: tuple[str, ...]
    roles: Mapping[str, Role] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReportType:
    """A type of report: what its rows are grouped by besides the requested segments, and which fields it requires."""

    name: str
    groups: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    offline: bool = False
    """Whether it is only built offline."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The size limits of a report and the rate limits of requests; the names are those of facts.toml."""

    goals: int
    values: int
    rows: int
    name: int
    requests: int
    seconds: int
    queued: int
    kept_hours: int
    years: int
    query_days: int


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The tables of facts.toml."""

    fields: Mapping[str, Field] = field(repr=False)
    report_types: Mapping[str, ReportType] = field(repr=False)
    ids_of_names: Mapping[str, str] = field(repr=False)
    """The field with the id of the object that a text names, by the field with the text."""
    always_present: frozenset[str]
    """Fields that have a value in each row, never `--`."""
    operator_groups: Mapping[str, tuple[str, ...]] = field(repr=False)
    """Operators that filters of one kind take, by the names of facts.toml."""
    operators: tuple[str, ...]
    list_operators: frozenset[str]
    """Operators that compare with a list; the others take one value."""
    ignoring_case: frozenset[str]
    exclusive_selected: tuple[tuple[str, ...], ...]
    """Groups of fields, of which only one may be in FieldNames."""
    exclusive_filtered: tuple[tuple[str, ...], ...]
    """Groups of fields, of which only one may be filtered by."""
    exclusive_pairs: tuple[tuple[frozenset[str], frozenset[str]], ...]
    """Pairs of groups: a field of the first may not be in FieldNames together with one of the second."""
    date_ranges: tuple[str, ...]
    own_dates: str
    """The range with DateFrom and DateTo: CUSTOM_DATE."""
    goal_fields: frozenset[str]
    attribution_models: tuple[str, ...]
    default_attribution: str
    obsolete_models: Mapping[str, str]
    """Models that are still accepted, and the successor of each."""
    limits: Limits


@cache
def bundled() -> ReportFacts:
    """Returns the facts that ship with the package; one object for the process."""
    file = resources.files("yadirect_soap.protocol.reports").joinpath("facts.toml")
    return from_toml(file.read_text(encoding="utf-8"))


def from_toml(text: str) -> ReportFacts:
    """Reads facts from a text in the form of facts.toml; KeyError, ValueError or TypeError for another form."""
    import tomllib  # noqa: PLC0415  compiles its patterns when imported, which a mere import of ours need not wait for

    tables = tomllib.loads(text)
    operators, exclusive, dates, attribution = (
        tables[name] for name in ("operators", "exclusive", "dates", "attribution")
    )
    types = {name: _report_type(name, row) for name, row in tables["report_types"].items()}
    return ReportFacts(
        fields=MappingProxyType({name: _field(name, row, operators, types) for name, row in tables["fields"].items()}),
        report_types=MappingProxyType(types),
        ids_of_names=MappingProxyType(dict(tables["ids_of_names"])),
        always_present=frozenset(tables["values"]["always_present"]),
        operator_groups=MappingProxyType({name: tuple(group) for name, group in operators.items()}),
        operators=tuple(dict.fromkeys(name for group in operators.values() for name in group)),
        list_operators=frozenset(tables["comparing"]["lists"]),
        ignoring_case=frozenset(tables["comparing"]["ignoring_case"]),
        exclusive_selected=tuple(map(tuple, exclusive["selected"])),
        exclusive_filtered=tuple(map(tuple, exclusive["filtered"])),
        exclusive_pairs=tuple((frozenset(first), frozenset(second)) for first, second in exclusive["pairs"]),
        date_ranges=tuple(dates["ranges"]),
        own_dates=dates["own"],
        goal_fields=frozenset(tables["goals"]["fields"]),
        attribution_models=tuple(attribution["models"]),
        default_attribution=attribution["default"],
        obsolete_models=MappingProxyType(attribution["obsolete"]),
        limits=Limits(**tables["limits"]),
    )


def _report_type(name: str, row: dict[str, Any]) -> ReportType:
    return ReportType(name, tuple(row.get("groups", ())), tuple(row.get("requires", ())), row.get("offline", False))


def _field(name: str, row: list[str], operators: dict[str, list[str]], types: Mapping[str, ReportType]) -> Field:
    kind, places, filtered, roles = row
    of_types = {report: Role(letter) for report, letter in zip(types, roles, strict=True) if letter != "-"}
    return Field(
        name=name,
        kind=FieldKind(kind),
        selectable="select" in places.split(),
        sortable="sort" in places.split(),
        operators=() if filtered == "-" else tuple(operators[filtered]),
        roles=MappingProxyType(of_types),
    )
