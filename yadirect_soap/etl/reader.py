"""Reads the objects of an account completely, even if objects are added or deleted during the run.

A second page begins at an Offset; a row deleted before it shifts the rest, and as many rows are never seen.  So objects
are asked for by their parents, in blocks whose objects fit one page: where an answer says LimitedBy, the block is
halved and asked for again.  What has no parent, or is too much for one, comes in pages that overlap by a row: one that
does not begin with a row of those before tells of a shift, and is asked for again from further in front.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from .lanes import LANES, in_lanes
from .memory_trim import trim_memory
from .schema import ObjectSchema
from .spent_units import SpentUnits

if TYPE_CHECKING:
    from yadirect_soap import Direct

Item = Mapping[str, Any]
_T = TypeVar("_T")
_MANY = 1_000
"""Objects from which on their memory is worth being returned."""


class Part(NamedTuple):
    """Objects of a table: all that these parents have, or all there are where `parents` is None."""

    parents: tuple[Any, ...] | None
    items: list[Item]


class Reader:
    """Reads one login's objects with a Direct.

    Args:
        direct: Whose account is read.
        lanes: Calls at a time.
        page_size: Objects of a page; None for as many as the API gives.
        units: Adds up what its calls cost.
    """

    def __init__(
        self,
        direct: "Direct",
        *,
        lanes: int = LANES,
        page_size: int | None = None,
        units: SpentUnits | None = None,
    ) -> None:
        self.direct = direct
        self.units = units or SpentUnits()
        self._lanes = lanes
        self._page = {} if page_size is None else {"Limit": page_size}

    def whole(self, schema: ObjectSchema, criteria: Mapping[str, Any] | None = None) -> list[Item]:
        """All objects of a table that is not asked for by parents; with criteria, those that meet them.

        The page after the first begins with the last row of the one before it.  Raises what Direct raises.
        """
        if schema.table.dictionary:
            return self._call(schema, None, {})[0]
        items, limited_by = self._call(schema, criteria, self._page)
        if limited_by is None:
            return items
        pages = _OverlappingPages(schema, items, limited_by)
        while pages.offset is not None:
            pages.add(*self._call(schema, criteria, self._page | {"Offset": pages.offset}))
        return pages.items

    def parts(
        self, schema: ObjectSchema, by: str, ids: Sequence[Any], criteria: Mapping[str, Any] | None = None
    ) -> Iterator[Part]:
        """All objects of some parents, or the objects of some ids, part by part, in the order of the ids.

        Args:
            schema: The table.
            by: The criterion that takes the ids.
            ids: Of parents, or of objects.
            criteria: Other criteria, besides those of the table.
        """
        return self.each_part(schema, by, ids, convert=lambda part: part, criteria=criteria)

    def each_part(
        self,
        schema: ObjectSchema,
        by: str,
        ids: Sequence[Any],
        *,
        convert: Callable[[Part], _T],
        criteria: Mapping[str, Any] | None = None,
    ) -> Iterator[_T]:
        """What `convert` makes of each part, in the threads that read: parts that wait for their use are that alone."""
        table = schema.table
        size = table.block if by == table.by else table.limit(by)
        blocks = (tuple(ids[start : start + size]) for start in range(0, len(ids), size))

        def read(block: tuple[Any, ...]) -> list[_T]:
            parts = self._block(schema, by, block, criteria or {})
            are_many = sum(len(part.items) for part in parts) >= _MANY
            converted = [convert(part) for part in parts]
            del parts
            if are_many:
                # Or what the objects took would stay with this thread, beside as much of the next one.
                trim_memory()
            return converted

        for converted in in_lanes(read, blocks, self._lanes):
            yield from converted

    def _block(self, schema: ObjectSchema, by: str, ids: tuple[Any, ...], criteria: Mapping[str, Any]) -> list[Part]:
        """One page of the objects of some parents, or those of each half where they are more."""
        named = {by: list(ids), **criteria}
        if len(ids) == 1:
            return [Part(ids, self.whole(schema, named))]
        items, limited_by = self._call(schema, named, self._page)
        if limited_by is None:
            return [Part(ids, items)]
        middle = len(ids) // 2
        return [part for half in (ids[:middle], ids[middle:]) for part in self._block(schema, by, half, criteria)]

    def _call(
        self, schema: ObjectSchema, criteria: Mapping[str, Any] | None, page: Mapping[str, int]
    ) -> tuple[list[Item], int | None]:
        """One page, and its LimitedBy."""
        table = schema.table
        params: dict[str, Any] = dict(schema.fields)
        takes = table.operation.request.by_name
        criteria = {**table.criteria, **(criteria or {})}
        if "SelectionCriteria" in takes and (criteria or takes["SelectionCriteria"].required):
            params["SelectionCriteria"] = criteria
        if page and "Page" in takes:
            params["Page"] = dict(page)
        result: Any = self.direct.call(table.service, "get", params)
        self.units.add(result.units)
        if table.dictionary:
            return result.get(table.dictionary) or [], None
        return list(result), result.limited_by


class _OverlappingPages:
    """Objects of several pages, and where the next one begins."""

    def __init__(self, schema: ObjectSchema, items: list[Item], limited_by: int) -> None:
        self._key = schema.table.key
        self.items = items
        self._known = {self._key_of(item) for item in items}
        self.offset: int | None = limited_by - 1
        self._back = 1

    def add(self, items: list[Item], limited_by: int | None) -> None:
        """Takes a page that was asked for at `offset`."""
        if self.offset and not (items and self._key_of(items[0]) in self._known):
            # Rows before it are gone, and others took their place: the next unseen one is in front of this page.
            self._back *= 8
            self.offset = max(0, self.offset - self._back)
            return
        new = [item for item in items if self._key_of(item) not in self._known]
        self.items += new
        self._known.update(map(self._key_of, new))
        self.offset = None if limited_by is None else limited_by - 1
        self._back = 1

    def _key_of(self, item: Item) -> tuple[Any, ...]:
        return tuple(item[name] for name in self._key)
