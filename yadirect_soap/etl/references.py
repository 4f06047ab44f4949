"""References: finds objects that changed rows name and that are not in the destination, such as new sitelinks of an ad.

A table that is too expensive to read completely in every run would otherwise not have them for a week.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from yadirect_soap.protocol.model import Shape
from yadirect_soap.protocol.shape_cache import cached_on_shape

from .destination import Destination
from .schema import ObjectSchema
from .tables import Table


class References:
    """Collects the ids of objects that other objects name.

    Args:
        schemas: The tables whose objects may be missing.
    """

    def __init__(self, schemas: Iterable[ObjectSchema]) -> None:
        self._ids: dict[str, set[Any]] = {}
        self._by_member = {member: schema for schema in schemas for member in schema.table.named_by}

    def collect(self, table: Table, items: Iterable[Mapping[str, Any]]) -> None:
        """Collects the ids that objects of a table name."""
        if not self._by_member.keys().isdisjoint(member_names(table.shape)):
            for item in items:
                self._collect(item)

    def missing(self, destination: Destination, login: str) -> Sequence[tuple[ObjectSchema, Sequence[Any]]]:
        """Returns, by table, the collected ids for which a login has no row."""
        missing = []
        for schema in {schema.name: schema for schema in self._by_member.values()}.values():
            ids, key = self._ids.get(schema.name), schema.column_of(*schema.table.key).name
            if ids:
                stored = {value for (value,) in destination.rows(schema, login, [key], {key: frozenset(ids)})}
                missing.append((schema, sorted(ids - stored)))
        return missing

    def _collect(self, value: Any) -> None:
        if isinstance(value, Mapping):
            for member, inside in value.items():
                schema = self._by_member.get(member)
                if schema is None:
                    self._collect(inside)
                else:
                    self._ids.setdefault(schema.name, set()).update(_values(inside))
        elif isinstance(value, list):
            for item in value:
                self._collect(item)


@cached_on_shape
def member_names(shape: Shape) -> frozenset[str]:
    """Returns the names of all members of an object, at all levels."""
    inside = (member_names(member.shape) for member in shape.members)
    return frozenset(member.name for member in shape.members).union(*inside)


def _values(value: Any) -> Iterator[Any]:
    """Yields a value, or the values of a list or of `{"Items": [...]}`, without nil and empty values."""
    if isinstance(value, Mapping):
        value = value.get("Items")
    if isinstance(value, list):
        yield from value
    elif value not in (None, "", 0):
        yield value
