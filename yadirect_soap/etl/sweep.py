"""Sweep: finds rows of deleted objects by requesting their ids, because the API does not report deletions."""

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
"""Tables whose ids the Changes service takes, by the list that takes them."""
DELETED = "DELETED"
"""The State of objects that still come when they are asked for by id."""


class Sweep:
    """Finds the deleted objects of one login.

    Args:
        destination: Has the ids that there were.
        login: Whose rows they are.
        reader: Asks for objects by id.
        changes: Asks Changes.
    """

    def __init__(self, destination: Destination, login: str, reader: Reader, changes: Changes) -> None:
        self._destination = destination
        self._login = login
        self._reader = reader
        self._changes = changes

    def known(self, schema: ObjectSchema) -> Sequence[int]:
        """The ids that the destination has, in order."""
        rows = self._destination.rows(schema, self._login, [schema.column_of(*schema.table.key).name])
        return array("q", sorted(key for (key,) in rows))

    def deleted(self, schema: ObjectSchema, ids: Sequence[int], now: str) -> Iterator[int]:
        """The ids of the objects that no longer exist, at a moment of the service's clock."""
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
    """Whether deleted objects must be looked for: not where they are rows, and where none is ever deleted."""
    return table.changes in {"campaigns", "adgroups", "ads", "inside"}


def has_deleted_state(table: Table) -> bool:
    """Whether an object that was deleted comes with a State of its own when it is asked for by id."""
    state = table.shape.by_name.get("State")
    return state is not None and DELETED in state.shape.value_set


def sweep_cost(table: Table, ids: int) -> int:
    """The units that it costs to look for deleted objects among so many ids."""
    known = facts.bundled()
    if by := _CHECKED.get(table.name):
        return known.cost("changes.check").call * math.ceil(ids / known.limits_by("changes.check")[by])
    return read_cost(table, ids, calls=math.ceil(ids / table.limit("Ids")))


def read_cost(table: Table, objects: int, *, calls: int | None = None) -> int:
    """The units that it costs to read so many objects, in so many calls or in as few as pages allow."""
    price = facts.bundled().cost(table.operation.key)
    calls = max(1, math.ceil(objects / facts.bundled().page_size)) if calls is None else calls
    return price.call * calls + price.object * (objects // price.per)
