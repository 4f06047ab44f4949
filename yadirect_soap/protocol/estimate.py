"""What a call will cost in units, as far as its params and the documentation tell before it is sent.

https://yandex.ru/dev/direct/doc/en/concepts/units
"""

from collections.abc import Mapping
from math import ceil
from typing import Any, NamedTuple

from .facts import Cost, Facts
from .limits import max_objects, object_list
from .model import Operation


class Estimate(NamedTuple):
    """The units of a call, or of the several calls that its list of objects needs."""

    calls: int
    objects: int | None
    """The objects that the params name; None where the API finds them, as in a get."""
    most: int | None
    """How many objects a response has at most, where the API finds them; else None."""
    cost: Cost
    assumed: bool
    """Whether the price is a guess by likeness, since the documentation is silent."""

    @property
    def units(self) -> int:
        """The units of the calls and of the objects that are known before; more come with the objects of a get."""
        return self.calls * self.cost.call + self._of_objects(self.objects or 0)

    @property
    def most_units(self) -> int:
        """The units where a response has as many objects as it can."""
        return self.units + self._of_objects(self.most or 0)

    def in_words(self) -> str:
        """The estimate as a line: `16 units: 10 a call, 3 for each of 2 objects`."""
        calls = f"{self.cost.call} a call" + (f" in {self.calls:,} calls" if self.calls > 1 else "")
        parts = [calls] + [f"{self.cost.object} for each {self._objects()}"] * bool(self.cost.object)
        guess = " (assumed by likeness: the documentation is silent)" if self.assumed else ""
        return f"{self._total()}: {', '.join(parts)}{guess}"

    def _objects(self) -> str:
        per = "" if self.cost.per == 1 else f"{self.cost.per:,} "
        if self.objects is None:
            return f"{per}object{'s' * bool(per)} in the response"
        count = f"{self.objects:,} object{'s' * (self.objects != 1)}"
        return f"{per}of {count}"

    def _total(self) -> str:
        if self.objects is not None or not self.cost.object:
            return f"{self.units:,} units"
        return f"{self.units:,} to {self.most_units:,} units a page" if self.most else f"at least {self.units:,} units"

    def _of_objects(self, objects: int) -> int:
        return self.cost.object * (objects // self.cost.per)


def estimate(operation: Operation, params: Mapping[str, Any], facts: Facts) -> Estimate:
    """What an operation with these params costs where nothing fails.

    Args:
        operation: what is called.
        params: its params, which fit the contract.
        facts: the documented prices and limits.

    Raises:
        KeyError: no price is known.
    """
    key = operation.key
    cost = facts.cost(key, params.get("FieldNames") or ())
    assumed = key in facts.assumed_costs
    if facts.is_read(operation.service, operation.name):
        return Estimate(1, None, _page(params, facts) if operation.listed else None, cost, assumed)
    named = object_list(operation, params)
    if named is None:
        return Estimate(1, 1, None, cost, assumed)
    _, objects = named
    limit = max_objects(operation, objects, facts) or len(objects)
    return Estimate(max(ceil(len(objects) / limit) if limit else 1, 1), len(objects), None, cost, assumed)


def _page(params: Mapping[str, Any], facts: Facts) -> int:
    page = params.get("Page")
    limit = page.get("Limit") if isinstance(page, Mapping) else None
    return min(limit, facts.page_size) if isinstance(limit, int) else facts.page_size
