"""Estimates the cost of a call in units from its params and the documentation, before it is sent.

https://yandex.ru/dev/direct/doc/en/concepts/units
"""

from collections.abc import Mapping
from math import ceil
from typing import Any, NamedTuple

from .facts import ASSUMED, Cost, Facts
from .limits import max_objects, object_list
from .model import Operation


class Estimate(NamedTuple):
    """The units of a call, or of the several calls that its list of objects needs.

    Attributes:
        calls: the number of calls.
        objects: the number of objects in the params; None if the API selects them, as in a get.
        max_objects: the maximum number of objects in a response if the API selects them, otherwise None.
        cost: the prices of the operation.
        assumed: whether the prices are assumed by similarity, because they are not documented.
    """

    calls: int
    objects: int | None
    max_objects: int | None
    cost: Cost
    assumed: bool

    @property
    def units(self) -> int:
        """The units of the calls and the known objects; the objects of a get cost more."""
        return self.calls * self.cost.call + self._of_objects(self.objects or 0)

    @property
    def max_units(self) -> int:
        """The units if a response has as many objects as possible."""
        return self.units + self._of_objects(self.max_objects or 0)

    def in_words(self) -> str:
        """The estimate in one line: `16 units: 10 a call, 3 for each of 2 objects`."""
        calls = f"{self.cost.call} a call" + (f" in {self.calls:,} calls" if self.calls > 1 else "")
        parts = [calls] + [f"{self.cost.object} for each {self._objects()}"] * bool(self.cost.object)
        return f"{self._total()}: {', '.join(parts)}{ASSUMED * self.assumed}"

    def _objects(self) -> str:
        per = "" if self.cost.per == 1 else f"{self.cost.per:,} "
        if self.objects is None:
            return f"{per}object{'s' * bool(per)} in the response"
        count = f"{self.objects:,} object{'s' * (self.objects != 1)}"
        return f"{per}of {count}"

    def _total(self) -> str:
        if self.objects is not None or not self.cost.object:
            return f"{self.units:,} units"
        return (
            f"{self.units:,} to {self.max_units:,} units a page"
            if self.max_objects
            else f"at least {self.units:,} units"
        )

    def _of_objects(self, objects: int) -> int:
        return self.cost.object * (objects // self.cost.per)


def estimate(operation: Operation, params: Mapping[str, Any], facts: Facts) -> Estimate:
    """Estimates the cost of an operation with these params if nothing fails.

    Args:
        operation: the operation to be called.
        params: its params, which fit the contract.
        facts: the documented prices and limits.

    Returns:
        The estimate.

    Raises:
        KeyError: no price is known.
    """
    key = operation.key
    cost = facts.cost(key, params.get("FieldNames") or ())
    assumed = key in facts.assumed_costs
    if facts.is_read(operation.service, operation.name):
        return Estimate(1, None, _page(params, facts) if operation.listed else None, cost, assumed)
    objects_of_params = object_list(operation, params)
    if objects_of_params is None:
        return Estimate(1, 1, None, cost, assumed)
    _, objects = objects_of_params
    limit = max_objects(operation, objects, facts) or len(objects)
    return Estimate(max(ceil(len(objects) / limit) if limit else 1, 1), len(objects), None, cost, assumed)


def _page(params: Mapping[str, Any], facts: Facts) -> int:
    page = params.get("Page")
    limit = page.get("Limit") if isinstance(page, Mapping) else None
    return min(limit, facts.page_size) if isinstance(limit, int) else facts.page_size
