"""Documented facts that the WSDLs lack, read from facts.toml: limits, units, money, pages.

Nothing here checks a request, charges units or converts amounts; the code that does uses these tables.
An operation's key is `ads.add`, a type's name `ads:PriceExtensionAddItem`, as in contract.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from yadirect_soap.language import _

Nature = Literal["money", "scaled", "number"]
"""The meaning of a long or int: an amount in micros, another value in millionths, or a plain number."""

ASSUMED = _(" (assumed by analogy: the documentation does not say)")
"""The remark after a number that no page of the documentation has."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of an operation in units: `call`, plus `object` for each `per` objects.

    Attributes:
        call: units for the call.
        object: units for each `per` objects.
        per: how many objects cost `object`.
        failed_request: units in all for a request that cannot be read.
        failed_call: units in addition to `call` for a request that is refused.
        failed_object: units for a failed object instead of its price.

    https://yandex.ru/dev/direct/doc/en/concepts/units
    """

    call: int
    object: int
    per: int = 1
    failed_request: int = 50
    failed_call: int = 20
    failed_object: int = 20


@dataclass(frozen=True, slots=True)
class WithdrawnOperation:
    """An operation that is refused at run time.

    Attributes:
        code: the code of the error.
        removed: whether the operation is no longer in the WSDLs.
        why: the reason.
        since: the day of the change, if it is known.
    """

    code: int
    removed: bool
    why: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The tables of facts.toml, and look-ups in them."""

    reads: frozenset[str]
    not_reads: frozenset[str]
    page_size: int
    """The default and the largest Page.Limit of a get."""
    page_depths: Mapping[str, int] = field(repr=False)
    limits: Mapping[str, Mapping[str, int]] = field(repr=False)
    criteria: Mapping[str, Mapping[str, int]] = field(repr=False)
    any_of: Mapping[str, frozenset[str]] = field(repr=False)
    several: Mapping[str, frozenset[str]] = field(repr=False)
    costs: Mapping[str, Cost] = field(repr=False)
    costs_with: Mapping[str, tuple[frozenset[str], Cost]] = field(repr=False)
    money: Mapping[str, frozenset[str]] = field(repr=False)
    scaled: Mapping[str, frozenset[str]] = field(repr=False)
    days: frozenset[str] = field(repr=False)
    """The names of the members that hold a day, as Moscow has it."""
    assumed_days: frozenset[str] = field(repr=False)
    """Those of these members whose form is not documented: any text may be sent in them."""
    moments: frozenset[str] = field(repr=False)
    """The names of the members that hold a moment, in UTC."""
    result_days: frozenset[str] = field(repr=False)
    """Days among the members that answers have: those of params, and more."""
    result_moments: frozenset[str] = field(repr=False)
    """Moments among the members that answers have."""
    number_endings: tuple[str, ...] = field(repr=False)
    number_names: frozenset[str] = field(repr=False)
    decimals: Mapping[str, int] = field(repr=False)
    usual_decimals: int
    withdrawals: Mapping[str, WithdrawnOperation] = field(repr=False)
    pages: Mapping[str, str] = field(repr=False)
    assumed_criteria: frozenset[str] = field(repr=False)
    """Operations whose limits of criteria are assumed by similarity, not documented."""
    assumed_limits: frozenset[str] = field(repr=False)
    """Operations whose limit is assumed by similarity, not documented."""
    assumed_costs: frozenset[str] = field(repr=False)
    """Operations whose cost is assumed by similarity, neither documented nor recorded in full."""

    def is_read(self, service: str, operation: str) -> bool:
        """Whether an operation only reads, so that it may be repeated."""
        return operation in self.reads and f"{service.lower()}.{operation}" not in self.not_reads

    def limit(self, operation_key: str) -> int:
        """How many objects one call may name (error 9300 beyond); KeyError if no limit is known.

        If it depends on how objects are named, this is the largest one; `limits_by` has all.
        """
        return max(self.limits[operation_key].values())

    def limits_by(self, operation_key: str) -> Mapping[str, int]:
        """Returns limits by the member that names an object, {"CampaignId": 10, ...}; empty if there is only one."""
        return MappingProxyType({by: limit for by, limit in self.limits.get(operation_key, {}).items() if by})

    def page_depth(self, operation_key: str) -> int | None:
        """Returns the largest Limit + Offset of a get (error 9301 beyond); None if no bound is known."""
        return self.page_depths.get(operation_key)

    def criteria_limit(self, operation_key: str, member: str) -> int | None:
        """How many values a list of SelectionCriteria may have (error 4001 beyond); None if unbounded."""
        return self.criteria.get(operation_key, {}).get(member)

    def required_criteria(self, operation_key: str) -> frozenset[str]:
        """Returns the members of SelectionCriteria of which one must be given (error 4001 otherwise); often none."""
        return self.any_of.get(operation_key, frozenset())

    def several_of(self, operation_key: str) -> frozenset[str]:
        """Returns the lists of SelectionCriteria of which one object may match several values."""
        return self.several.get(operation_key, frozenset())

    def cost(self, operation_key: str, fields: Iterable[str] = ()) -> Cost:
        """Returns the cost of an operation; KeyError if unknown.

        Args:
            operation_key: `ads.get`.
            fields: the requested FieldNames, since some cost more.

        Returns:
            The cost; `assumed_costs` lists the operations whose cost is assumed.
        """
        dear, cost = self.costs_with.get(operation_key, (frozenset(), None))
        return cost if cost is not None and not dear.isdisjoint(fields) else self.costs[operation_key]

    def money_members(self, qualified_type: str) -> frozenset[str]:
        """Returns the members that a type itself declares and that are amounts in micros."""
        return self.money.get(qualified_type, frozenset())

    def nature(self, qualified_type: str, member: str) -> Nature | None:
        """Returns the meaning of a long or int, by the type that declares it; None if no table decides."""
        if member in self.money_members(qualified_type):
            return "money"
        if member in self.scaled.get(qualified_type, frozenset()):
            return "scaled"
        is_number = member in self.number_names or f"{qualified_type}.{member}" in self.number_names
        return "number" if is_number or member.endswith(self.number_endings) else None

    def precision(self, currency: str = "") -> int:
        """How many decimals an amount in a currency may have; two for an unknown currency."""
        return self.decimals.get(currency, self.usual_decimals)

    def withdrawn(self, operation_key: str) -> WithdrawnOperation | None:
        """Why an operation is refused at run time; None if it is not."""
        return self.withdrawals.get(operation_key)

    def page(self, service: str) -> str:
        """Returns the address of a service's documentation; KeyError for an unknown service."""
        return self.pages[service.lower()]


@cache
def bundled() -> Facts:
    """Returns the facts that ship with the package; one object for the process."""
    file = resources.files("yadirect_soap.protocol").joinpath("facts.toml")
    return from_toml(file.read_text(encoding="utf-8"))


def from_toml(text: str) -> Facts:
    """Reads facts from a text in the form of facts.toml; KeyError or TypeError for another form."""
    import tomllib  # noqa: PLC0415  compiles its patterns when imported, which a mere import of ours need not wait for

    tables = tomllib.loads(text)
    limits, criteria, cost, numbers = (tables[name] for name in ("limits", "criteria", "cost", "not_money"))
    costs = cost["known"] | cost["assumed"]
    days = tables["dates"]["days"] + tables["dates"]["assumed"]["days"]
    failed = {f"failed_{case}": points for case, points in cost["failed"].items()}
    return Facts(
        reads=frozenset(tables["reads"]["operations"]),
        not_reads=frozenset(tables["reads"]["except"]),
        page_size=tables["paging"]["most"],
        page_depths=MappingProxyType(tables["paging"]["deepest"]),
        limits=_frozen({key: _limits(row) for key, row in (limits["known"] | limits["assumed"]).items()}),
        criteria=_frozen({key: MappingProxyType(row) for key, row in (criteria["most"] | criteria["assumed"]).items()}),
        any_of=_sets(criteria["any_of"]),
        several=_sets(criteria["several"]),
        costs=_frozen({key: _cost(failed | row) for key, row in costs.items()}),
        costs_with=_frozen({key: _cost_with(failed | row) for key, row in costs.items() if "if_any" in row}),
        money=_sets(tables["money"]),
        scaled=_sets(tables["scaled"]),
        days=frozenset(days),
        assumed_days=frozenset(tables["dates"]["assumed"]["days"]),
        moments=frozenset(tables["dates"]["moments"]),
        result_days=frozenset(days + tables["dates"]["results"]["days"]),
        result_moments=frozenset(tables["dates"]["moments"] + tables["dates"]["results"]["moments"]),
        number_endings=tuple(numbers["endings"]),
        number_names=frozenset(numbers["names"] + numbers["members"]),
        decimals=MappingProxyType(tables["currencies"]["decimals"]),
        usual_decimals=tables["currencies"]["usual"],
        withdrawals=_frozen({key: WithdrawnOperation(**row) for key, row in tables["withdrawn"].items()}),
        pages=MappingProxyType(tables["pages"]),
        assumed_criteria=frozenset(criteria["assumed"]),
        assumed_limits=frozenset(limits["assumed"]),
        assumed_costs=frozenset(cost["assumed"]),
    )


def _frozen(rows: dict[str, _T]) -> Mapping[str, _T]:
    return MappingProxyType(rows)


def _sets(rows: dict[str, list[str]]) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({key: frozenset(names) for key, names in rows.items()})


def _limits(row: int | dict[str, int]) -> Mapping[str, int]:
    """Returns the limits by naming member; under "" if objects can be named in only one way."""
    return MappingProxyType(row if isinstance(row, dict) else {"": row})


def _cost(row: dict[str, Any]) -> Cost:
    return Cost(**{name: points for name, points in row.items() if name not in {"if_any", "then"}})


def _cost_with(row: dict[str, Any]) -> tuple[frozenset[str], Cost]:
    """Returns the fields that cost more, and the cost of the operation with one of them."""
    return frozenset(row["if_any"]), _cost(row | {"object": row["then"]})
