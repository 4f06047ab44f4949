"""Sweep: finds the rows of deleted objects by requesting all ids, because the API does not report deletions."""

import math
from array import array
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from yadirect_soap.protocol import facts

from .changes import Changes
from .destination import Destination
from .reader import Reader
from .schema import ObjectSchema
from .tables import Table

_CHECKED = MappingProxyType({"campaigns": "CampaignIds", "adgroups": "AdGroupIds", "ads": "AdIds"})
"""The lists of changes.check, by the tables whose ids they take."""
DELETED = "DELETED"
"""The State of deleted objects that get still returns by id."""


class Sweep:
    """Finds the deleted objects of one login.

    Args:
        destination: The destination with the rows of the last run.
        login: The login whose rows they are.
        reader: The reader of objects.
        changes: The client of the Changes service.
    """

    def __init__(self, destination: Destination, login: str, reader: Reader, changes: Changes) -> None:
        self._destination = destination
        self._login = login
        self._reader = reader
        self._changes = changes

    def known(self, schema: ObjectSchema) -> Sequence[int]:
        """Returns the sorted ids in the destination."""
        rows = self._destination.rows(schema, self._login, [schema.column_of(*schema.table.key).name])
        return array("q", sorted(key for (key,) in rows))

    def deleted(self, schema: ObjectSchema, ids: Sequence[int], now: str) -> Iterator[int]:
        """Yields the ids of objects that no longer exist; `now` is the time of the API's clock."""
        if by := _CHECKED.get(schema.name):
            yield from self._changes.not_found(by, ids, now)
            return
        table = schema.table
        state = ["State"] if has_deleted_state(table) else []
        plain = ObjectSchema(table, ["Id", *state])
        for part in self._reader.parts(plain, "Ids", ids):
            present = {item["Id"] for item in part.items if item.get("State") != DELETED}
            yield from (key for key in part.parents or () if key not in present)


def can_be_swept(table: Table) -> bool:
    """Whether deletions must be checked: not in tables that are read completely, or that have no deletions."""
    return table.changes in {"campaigns", "adgroups", "ads", "inside"}


def has_deleted_state(table: Table) -> bool:
    """Whether get returns deleted objects by id, with the State DELETED."""
    state = table.shape.by_name.get("State")
    return state is not None and DELETED in state.shape.value_set


def sweep_cost(table: Table, ids: int) -> int:
    """Returns the cost in units of checking a number of ids for deletions."""
    known = facts.bundled()
    if by := _CHECKED.get(table.name):
        return known.cost("changes.check").call * math.ceil(ids / known.limits_by("changes.check")[by])
    return read_cost(table, ids, calls=math.ceil(ids / table.limit("Ids")))


def read_cost(table: Table, objects: int, *, calls: int | None = None) -> int:
    """Returns the cost in units of reading a number of objects, in a number of calls or in as few as possible."""
    price = facts.bundled().cost(table.operation.key)
    calls = max(1, math.ceil(objects / facts.bundled().page_size)) if calls is None else calls
    return price.call * calls + price.object * (objects // price.per)
