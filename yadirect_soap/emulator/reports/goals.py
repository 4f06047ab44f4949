"""The goals by which a campaign's conversions are counted, from the campaign's document."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ..domain.account import Account
from ..domain.currencies import prices
from ..storage.store import Store

MODELS = MappingProxyType({"LC": 100, "LSCCD": 91, "AUTO": 95, "FCCD": 78})
"""The attribution models, and the percentage of conversions that each of them counts here."""

_USUAL_VALUE = 700
"""The value of a conversion without its own value, as a multiple of the least average price of a conversion."""
_NO_GOAL = 13
"""The GoalId of strategies for all priority goals together."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal: the value of a conversion in micros, and the campaigns that count it."""

    id: int
    value: int
    campaigns: frozenset[int]
    priority: bool
    """Whether the value is a campaign's own; amounts by such values are with VAT or without, others are Metrica's."""


class Goals:
    """The goals of an account's campaigns."""

    def __init__(self, store: Store, account: Account) -> None:
        self._usual_value = prices(account.currency).average_cpa.least * _USUAL_VALUE
        self._named: dict[int, dict[int, int]] = {}
        self._counted: set[int] = set()
        for row in store.rows("campaigns", account.login):
            named = dict(_named(row.document))
            counters = dict.fromkeys(_counters(row.document), 0)
            if counters:
                self._counted.add(int(row.id))
            for goal, value in (counters | named).items():
                self._named.setdefault(goal, {})[int(row.id)] = value

    def all(self) -> tuple[Goal, ...]:
        """Returns every goal of a campaign; a counter of Metrica counts as a goal with the counter's number."""
        return tuple(self._goal(goal, frozenset(campaigns)) for goal, campaigns in sorted(self._named.items()))

    def by_id(self, goal: int) -> Goal:
        """Returns the goal of an id; a goal of no campaign is counted by all campaigns with a counter."""
        return self._goal(goal, frozenset(self._named.get(goal) or self._counted))

    def _goal(self, goal: int, campaigns: frozenset[int]) -> Goal:
        value = max(self._named.get(goal, {}).values(), default=0)
        return Goal(goal, value or self._usual_value, campaigns, priority=value > 0)


def goal_bits(goal: int) -> int:
    """Sixteen bits, always the same for a goal."""
    return int.from_bytes(hashlib.blake2b(b"%d" % goal, digest_size=2, person=b"goals").digest(), "big")


def _named(document: Any) -> Iterator[tuple[int, int]]:
    """Yields the goals of a campaign's PriorityGoals and strategies, with their values; 0 for a goal without one."""
    for name, value in document.items():
        if name == "PriorityGoals" and value:
            yield from ((int(item["GoalId"]), _own_value(item)) for item in value["Items"])
        elif name == "GoalId" and value and int(value) != _NO_GOAL:
            yield int(value), 0
        elif isinstance(value, Mapping):
            yield from _named(value)


def _own_value(item: Mapping[str, Any]) -> int:
    """Returns the value of a priority goal; 0 if Metrica has it."""
    return 0 if item.get("IsMetrikaSourceOfValue") == "YES" else int(item["Value"])


def _counters(document: Any) -> Iterator[int]:
    for name, value in document.items():
        if name == "CounterIds" and value:
            yield from map(int, value["Items"])
        elif name == "CounterId" and value:
            yield int(value)
        elif isinstance(value, Mapping):
            yield from _counters(value)
