"""Parents: the ids by which objects are requested, such as those of campaigns and groups; each table is read once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from .reader import Item, Reader
from .schema import ObjectSchema
from .tables import Table, bundled

IdsWithTypes = Iterable[tuple[Any, str | None]]
"""Ids, each with its Type; None if it is not known."""


class Parents:
    """The ids of parents.

    Args:
        reader: The reader for parents that are not read as rows.
        tables: The tables that are read as rows, in their order.
        known: A function that returns the ids of a table if the destination has them; None if they must be read.
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

    def remembering(self, table: Table, items: Iterable[Item]) -> Iterable[Item]:
        """Passes on objects that become rows, and stores the ids of parents among them; it is thread-safe."""
        if table.name not in self._needed or table.name in self._partly_read:
            return items
        types = self._types.setdefault(table.name, {})
        key = table.key[0]

        def remembered() -> Iterator[Item]:
            for item in items:
                types[item[key]] = item.get("Type")
                yield item

        return remembered()

    def forget(self, table: Table) -> None:
        """Marks a table of which only a part is read as rows, so that its ids must come from elsewhere."""
        self._partly_read.add(table.name)

    def ids(self, table: Table) -> list[Any]:
        """Returns the sorted ids of the parents that can have objects of a table."""
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
            items = self._reader.read_all(schema)
        return [(item["Id"], item.get("Type")) for item in items]
