"""The ids of parents by which objects are requested: campaigns, groups, pages; each is read once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .reader import Item, Reader
from .schema import ObjectSchema
from .tables import Table, bundled

IdsWithTypes = Iterable[tuple[Any, str | None]]
"""Ids with the Type of each, None where it is not known."""


class Parents:
    """The ids of parents.

    Args:
        reader: Reads those that do not come by.
        tables: The tables that are read anyway, in the order in which they are read.
        known: Gives the ids of a table that need not be read, None for one that must be.
    """

    def __init__(
        self,
        reader: Reader,
        tables: Sequence[str],
        known: Callable[[Table], IdsWithTypes | None] = lambda _table: None,
    ) -> None:
        self._reader = reader
        self._passing = frozenset(tables)
        self._needed = frozenset(bundled()[name].parent for name in tables) - {""}
        self._known = known
        self._types: dict[str, dict[Any, str | None]] = {}
        self._partly_read: set[str] = set()

    def remember(self, table: Table, items: Iterable[Item]) -> None:
        """Takes the ids of objects that were read as rows; several threads may call it."""
        if table.name in self._needed and table.name not in self._partly_read:
            types = self._types.setdefault(table.name, {})
            for item in items:
                types[item[table.key[0]]] = item.get("Type")

    def forget(self, table: Table) -> None:
        """Says that only a part of a table is read as rows, so that its ids must come from elsewhere."""
        self._partly_read.add(table.name)

    def ids(self, table: Table) -> list[Any]:
        """The ids of a table's parents that can have such objects, in order."""
        types = self._of(bundled()[table.parent])
        return sorted(key for key, type_ in types.items() if table.can_belong_to(type_))

    def _of(self, parent: Table) -> dict[Any, str | None]:
        if parent.name not in self._types:
            known = self._known(parent)
            self._types[parent.name] = dict(self._read(parent) if known is None else known)
        return self._types[parent.name]

    def _read(self, parent: Table) -> IdsWithTypes:
        has_types = "Type" in parent.shape.by_name
        schema = ObjectSchema(parent, ["Id", "Type"] if has_types else ["Id"])
        if parent.parent:
            parts = self._reader.parts(schema, parent.by, self.ids(parent))
            items: Iterable[Item] = (item for part in parts for item in part.items)
        else:
            items = self._reader.whole(schema)
        return [(item["Id"], item.get("Type")) for item in items]
