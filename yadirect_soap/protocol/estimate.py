"""Estimates the cost of a call in units from its params and the documentation, before it is sent.

https://yandex.ru/dev/direct/doc/en/concepts/units
"""

from collections.abc import Mapping
from math import ceil
from typing import Any, NamedTuple

from yadirect_soap.language import _, joined, ngettext

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
        """Returns the estimate in one line: `16 units: 10 a call, 3 for each of 2 objects`."""
        calls = _("{cost} a call", cost=self.cost.call)
        if self.calls > 1:
            calls = _("{cost} a call in {calls:,} calls", cost=self.cost.call, calls=self.calls)
        parts = joined(", ", [calls, self._objects()] if self.cost.object else [calls])
        assumed = ASSUMED if self.assumed else ""
        return _("{total}: {parts}{assumed}", total=self._total(), parts=parts, assumed=assumed)

    def _objects(self) -> str:
        cost, per = self.cost.object, self.cost.per
        if per == 1 and self.objects is None:
            return _("{cost} for each object in the response", cost=cost)
        if self.objects is None:
            return _("{cost} for each {per:,} objects in the response", cost=cost, per=per)
        if per == 1:
            return ngettext(
                "{cost} for each of {count:,} object", "{cost} for each of {count:,} objects", self.objects, cost=cost
            )
        return ngettext(
            "{cost} for each {per:,} of {count:,} object",
            "{cost} for each {per:,} of {count:,} objects",
            self.objects,
            cost=cost,
            per=per,
        )

    def _total(self) -> str:
        if self.objects is not None or not self.cost.object:
            return _("{units:,} units", units=self.units)
        if not self.max_objects:
            return _("at least {units:,} units", units=self.units)
        return _("{lowest:,} to {highest:,} units a page", lowest=self.units, highest=self.max_units)

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
