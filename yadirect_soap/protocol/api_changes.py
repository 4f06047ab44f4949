"""What changed in the API, read from api_changes.toml, and what of it is in no WSDL.

The members and values in no WSDL are added to the descriptions by wsdl/extension.py, so that everything that is made
from the descriptions has them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib import resources
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from yadirect_soap.language import _

from .occurrences import FLAGS


class AddedMember(NamedTuple):
    """A member that no WSDL has.

    Attributes:
        name: its name.
        type: the name of its type: `xsd:long`, `ads:ButtonExtensionGetItem`.
        required: whether it must be present.
        many: whether it may be repeated: a list.
        nillable: whether it may be nil.
    """

    name: str
    type: str
    required: bool
    many: bool
    nillable: bool


Members = Mapping[str, tuple[AddedMember, ...]]
"""Members by the name of the type that declares them: `ads:TextAdGet`."""


@dataclass(frozen=True, slots=True)
class ApiChange:
    """One change of the API.

    Attributes:
        day: the day of the change, or the day on which it was first seen.
        is_exact: whether it is the day of the change.
        text: what changed.
        source: a page, or how it is known.
        services: the services that it is about; none if it is about all.
        members: members that it adds and no WSDL has.
        values: values of enumerations that it adds and no WSDL has.
        types: objects that its members need and no WSDL has.
        enumerations: lists of values that its members need and no WSDL has.
        report_fields: fields of reports that it adds.
        not_required: members that the WSDLs require and the service does not, by the type that declares them.
        rule: the behaviour that the emulator has from that day on; "" for none.
    """

    day: date
    is_exact: bool
    text: str
    source: str
    services: tuple[str, ...]
    members: Members = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    types: Members = field(default_factory=dict)
    enumerations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    report_fields: tuple[str, ...] = ()
    not_required: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rule: str = ""

    @property
    def when(self) -> str:
        """The day in words: `since 2026-06-30`, `seen 2026-09-01`."""
        return _("since {day}", day=self.day) if self.is_exact else _("seen {day}", day=self.day)

    def names_by_type(self) -> Iterator[tuple[str, list[str]]]:
        """Yields the members and values that no WSDL has, by their types; each name of a field is that of a member."""
        for type_name, additions in groupby(self.additions(), key=itemgetter(0)):
            if not type_name.endswith("FieldEnum") or type_name in self.enumerations:
                yield type_name, [name for _, name in additions]

    def additions(self) -> Iterator[tuple[str, str]]:
        """Yields the members and values that no WSDL has, each with its type: ("ads:TextAdGet", "ButtonExtension")."""
        for type_name, members in self.members.items():
            yield from ((type_name, member.name) for member in members)
        for type_name, values in (*self.values.items(), *self.enumerations.items()):
            yield from ((type_name, value) for value in values)


class ApiChanges(tuple[ApiChange, ...]):
    """All changes, the newest first."""

    @cached_property
    def by_addition(self) -> Mapping[tuple[str, str], ApiChange]:
        """The change that adds a member or a value, by its type and its name."""
        return MappingProxyType({addition: change for change in self for addition in change.additions()})

    @cached_property
    def day_of_rule(self) -> Mapping[str, date]:
        """The day from which on the emulator has a behaviour, by its name."""
        return MappingProxyType({change.rule: change.day for change in self if change.rule})

    @cached_property
    def types(self) -> Members:
        """The objects that no WSDL has."""
        return MappingProxyType({name: members for change in self for name, members in change.types.items()})

    @cached_property
    def enumerations(self) -> Mapping[str, tuple[str, ...]]:
        """The lists of values that no WSDL has."""
        return MappingProxyType({name: values for change in self for name, values in change.enumerations.items()})

    @cached_property
    def not_required(self) -> frozenset[tuple[str, str]]:
        """Members that the WSDLs require and the service does not: the type that declares each, and its name."""
        return frozenset(
            (type_name, name) for change in self for type_name, names in change.not_required.items() for name in names
        )

    def mark(self, type_name: str, name: str) -> str:
        """How a member or a value that no WSDL has is marked: `in no WSDL; seen 2026-09-01, public scripts`."""
        change = self.by_addition[type_name, name]
        return _("in no WSDL; {when}, {source}", when=change.when, source=change.source)


@cache
def bundled() -> ApiChanges:
    """Returns the changes that ship with the package; one object for the process."""
    return from_toml(text().decode())


@cache
def text() -> bytes:
    """Returns the bytes of api_changes.toml."""
    return resources.files("yadirect_soap.protocol").joinpath("api_changes.toml").read_bytes()


def from_toml(toml: str) -> ApiChanges:
    """Reads changes from a text in the form of api_changes.toml; KeyError or ValueError for another form."""
    import tomllib  # noqa: PLC0415  compiles its patterns when imported, which a mere import of ours need not wait for

    changes = [_change(row) for row in tomllib.loads(toml)["change"]]
    return ApiChanges(sorted(changes, key=lambda change: change.day, reverse=True))


def _change(row: Mapping[str, Any]) -> ApiChange:
    is_exact = "since" in row
    return ApiChange(
        day=row["since" if is_exact else "seen"],
        is_exact=is_exact,
        text=row["text"],
        source=row["source"],
        services=tuple(row["services"]),
        members=_members(row.get("members", {})),
        values=_tuples(row.get("values", {})),
        types=_members(row.get("types", {})),
        enumerations=_tuples(row.get("enumerations", {})),
        report_fields=tuple(row.get("report_fields", ())),
        not_required=_tuples(row.get("not_required", {})),
        rule=row.get("rule", ""),
    )


def _tuples(rows: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in rows.items()}


def _members(rows: Mapping[str, list[str]]) -> Members:
    return {name: tuple(_member(line) for line in lines) for name, lines in rows.items()}


def _member(line: str) -> AddedMember:
    name, type_name, occurrence = line.split(" ")
    return AddedMember(name, type_name, *FLAGS[occurrence])
