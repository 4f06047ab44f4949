"""The tables that can be extracted: the rows of tables.toml, with the contract and facts of their services."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

from yadirect_soap.errors import ConfigurationError, UnknownNameError
from yadirect_soap.language import _
from yadirect_soap.protocol import contract, facts
from yadirect_soap.protocol.field_lists import listed
from yadirect_soap.protocol.model import Member, Operation, Shape

from .names import snake_case

Changes = Literal["campaigns", "adgroups", "ads", "inside", "since", "window", "whole"]
"""How a later run finds changes; tables.toml describes the values."""

_DICTIONARY = "dictionary_"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the service of its objects, how all of them are listed, and how a later run finds changes."""

    name: str
    service: str
    key: tuple[str, ...]
    """The members that identify an object within a login."""
    changes: Changes
    parent: str = ""
    """The table whose ids are needed to list the objects; "" if one get lists all."""
    by: str = ""
    """The criterion for the parents' ids."""
    member: str = ""
    """The member of an object that names its parent."""
    block: int = 0
    """The number of parents in a get, to begin with."""
    types: frozenset[str] = frozenset()
    """The Types of parents that can have such objects; empty if all can."""
    criteria: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    figures: tuple[str, ...] = ()
    """Members whose changes Changes does not report; they are read only if they are named."""
    named_by: tuple[str, ...] = ()
    """Members of other tables' objects that name an object of this table."""
    optional: str = ""
    """Why the table is read only if it is named; "" if it is always read."""
    dictionary: str = ""
    """The dictionary of the table; "" for objects of an account."""

    @property
    def operation(self) -> Operation:
        """The get that reads the table."""
        return contract.bundled().operation(self.service, "get")

    @property
    def list_member(self) -> Member:
        """The member of the get's result that has the objects."""
        response = self.operation.response
        return response.by_name[self.dictionary] if self.dictionary else listed(response)

    @property
    def shape(self) -> Shape:
        """The type of an object."""
        return self.list_member.shape

    @property
    def cost(self) -> facts.Cost:
        """The cost of the get in units."""
        return facts.bundled().cost(self.operation.key)

    def can_belong_to(self, parent_type: str | None) -> bool:
        """Whether a parent of a Type can have objects of the table; True for an unknown Type, None."""
        return not self.types or parent_type is None or parent_type in self.types

    @property
    def ids_criterion(self) -> str:
        """The criterion for the keys of its objects: Ids, or AdImageHashes."""
        return "Ids" if self.key == ("Id",) else f"{self.key[0]}es"

    @property
    def scope_member(self) -> str:
        """The member that names the changed group of an object; "" if changes are not found by groups."""
        return "AdGroupId" if self.changes == "inside" else ""

    @property
    def in_campaigns(self) -> bool:
        """Whether an object can belong directly to a campaign, and not to a group."""
        return self.changes == "inside" and self.parent == "campaigns" and "Levels" in self.criteria

    def __reduce__(self) -> tuple[Any, ...]:
        return table, (self.name,)

    def limit(self, criterion: str) -> int:
        """Returns the maximum number of values of a criterion in one get."""
        return facts.bundled().criteria_limit(self.operation.key, criterion) or facts.bundled().page_size


@cache
def bundled() -> Mapping[str, Table]:
    """Returns all tables by name, parents before their children."""
    import tomllib

    text = resources.files("yadirect_soap.etl").joinpath("tables.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    dictionaries = rows.pop("dictionaries")
    known = [_table(name, dict(row)) for name, row in rows.items()]
    known += [
        Table(
            _DICTIONARY + snake_case(name),
            "dictionaries",
            tuple(key),
            "whole",
            optional=_WHY_OPTIONAL,
            dictionary=name,
        )
        for name, key in dictionaries.items()
    ]
    return MappingProxyType({table.name: table for table in known})


_WHY_OPTIONAL = _("a dictionary of the service, the same for all logins")


def tables(names: Iterable[str] | None = None) -> tuple[Table, ...]:
    """Returns the tables with these names (or all), parents first.

    Args:
        names: Names of tables, in any case; None for all but the optional ones.

    Returns:
        Each table once, parents before their children.

    Raises:
        UnknownNameError: There is no such table; the error suggests the nearest name.
        ConfigurationError: What is given are no names.
    """
    known = bundled()
    if names is None:
        return tuple(table for table in known.values() if not table.optional)
    if not isinstance(names, Iterable):
        raise _no_name(names)
    picked = {table(name).name for name in ([names] if isinstance(names, str) else names)}
    return tuple(candidate for candidate in known.values() if candidate.name in picked)


def table(name: str) -> Table:
    """Returns the table with a name, in any case; raises UnknownNameError, which suggests the nearest name."""
    known = bundled()
    if not isinstance(name, str):
        raise _no_name(name)
    try:
        return known[name.strip().lower()]
    except KeyError:
        near = contract.nearest(name, known)
        raise UnknownNameError(
            _("no table {name!r:.80}{near}; `yadirect-soap tables` lists them", name=name, near=near)
        ) from None


def _no_name(found: object) -> ConfigurationError:
    return ConfigurationError(_("found the table {found!r:.60}, expected its name, such as 'ads'", found=found))


def _table(name: str, row: dict[str, Any]) -> Table:
    """Creates a table from a row of tables.toml; the block is the limit of the criterion unless the row has one."""
    service, by = row.pop("service", name), row.get("by", "")
    block = row.pop("block", 0) or (facts.bundled().criteria_limit(f"{service}.get", by) if by else 0) or 0
    return Table(
        name=name,
        service=service,
        key=(row.pop("key", "Id"),),
        block=block,
        types=frozenset(row.pop("types", ())),
        criteria=MappingProxyType(row.pop("criteria", {})),
        figures=tuple(row.pop("figures", ())),
        named_by=tuple(row.pop("named_by", ())),
        **row,
    )
