"""Reads the objects of an account completely, even if objects are added or deleted during the run.

A second page begins at an Offset; if a row before it is deleted, the others shift, and a reader would miss rows.  So
objects are requested by their parents, in blocks whose objects fit into one page: if a response has LimitedBy, the
block is divided into halves, which are requested again.  Objects without parents, or too many objects of one parent,
are read in pages that overlap by a row: if a page does not begin with a known row, rows have shifted, and a page from
an earlier Offset is requested.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Sized
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from .lanes import LANES, in_lanes
from .memory_trim import trim_memory
from .schema import ObjectSchema
from .spent_units import SpentUnits

if TYPE_CHECKING:
    from yadirect_soap import Direct

Item = Mapping[str, Any]
_T = TypeVar("_T", bound=Sized)
Ids = tuple[Any, ...]
"""Ids of parents, or of objects."""
_MANY_OBJECTS = 1_000
"""The number of objects from which memory is returned to the system."""


class Part(NamedTuple):
    """Objects of a table: all objects of these parents."""

    parents: Ids
    items: list[Item]


class Reader:
    """Reads one login's objects with a Direct.

    Args:
        direct: The client for the account.
        lanes: The number of concurrent calls.
        page_size: The number of objects in a page; None for the API's maximum.
        units: The counter of units for its calls.
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

    def read_all(self, schema: ObjectSchema, criteria: Mapping[str, Any] | None = None) -> list[Item]:
        """Reads all objects of a table without parents, or those that match criteria.

        Each page after the first begins with the last row of the page before it.
        """
        if schema.table.dictionary:
            return self._read_dictionary(schema)
        items, limited_by = self._call(schema, criteria, self._page, list)
        if limited_by is None:
            return items
        pages = _OverlappingPages(schema, items, limited_by)
        while pages.offset is not None:
            pages.add(*self._call(schema, criteria, self._page | {"Offset": pages.offset}, list))
        return pages.items

    def parts(
        self, schema: ObjectSchema, by: str, ids: Sequence[Any], criteria: Mapping[str, Any] | None = None
    ) -> Iterator[Part]:
        """Reads the objects of parents, or the objects with ids, part by part, in the order of the ids.

        Args:
            schema: The table.
            by: The criterion for the ids.
            ids: The ids of parents or of objects.
            criteria: Further criteria, besides those of the table.
        """
        for parents, items in self.converted_parts(schema, by, ids, convert=list, criteria=criteria):
            yield Part(parents, items)

    def converted_parts(
        self,
        schema: ObjectSchema,
        by: str,
        ids: Sequence[Any],
        *,
        convert: Callable[[Iterator[Item]], _T],
        criteria: Mapping[str, Any] | None = None,
    ) -> Iterator[tuple[Ids, _T]]:
        """Reads parts as parts() does, and converts the objects of each one while they arrive, so that none is kept.

        `convert` is called in the threads that read, and again if a page must be requested again.
        """
        table = schema.table
        size = table.block if by == table.by else table.limit(by)
        blocks = (tuple(ids[start : start + size]) for start in range(0, len(ids), size))

        def read(block: Ids) -> list[tuple[Ids, _T]]:
            parts = self._block(schema, by, block, criteria or {}, convert=convert)
            if sum(len(converted) for _parents, converted in parts) >= _MANY_OBJECTS:
                # glibc would keep the memory of the objects for this thread, and as much for each other thread.
                trim_memory()
            return parts

        for converted in in_lanes(read, blocks, self._lanes):
            yield from converted

    def _block(
        self,
        schema: ObjectSchema,
        by: str,
        ids: Ids,
        criteria: Mapping[str, Any],
        *,
        convert: Callable[[Iterator[Item]], _T],
    ) -> list[tuple[Ids, _T]]:
        """Reads the objects of parents in one page; if they do not fit, those of each half of the parents."""
        named = {by: list(ids), **criteria}
        if len(ids) == 1:
            return [(ids, convert(iter(self.read_all(schema, named))))]
        converted, limited_by = self._call(schema, named, self._page, convert)
        if limited_by is None:
            return [(ids, converted)]
        middle = len(ids) // 2
        halves = (ids[:middle], ids[middle:])
        return [part for half in halves for part in self._block(schema, by, half, criteria, convert=convert)]

    def _read_dictionary(self, schema: ObjectSchema) -> list[Item]:
        result: Any = self.direct.call(schema.table.service, "get", dict(schema.fields))
        self.units.add(result.units)
        return result.get(schema.table.dictionary) or []

    def _call(
        self,
        schema: ObjectSchema,
        criteria: Mapping[str, Any] | None,
        page: Mapping[str, int],
        convert: Callable[[Iterator[Item]], _T],
    ) -> tuple[_T, int | None]:
        """Reads one page; returns what its objects were converted to, and its LimitedBy."""
        table = schema.table
        params: dict[str, Any] = dict(schema.fields)
        request_members = table.operation.request.by_name
        criteria = {**table.criteria, **(criteria or {})}
        if "SelectionCriteria" in request_members and (criteria or request_members["SelectionCriteria"].required):
            params["SelectionCriteria"] = criteria
        if page and "Page" in request_members:
            params["Page"] = dict(page)
        converted, response = self.direct.read_page(table.service, "get", params, convert)
        self.units.add(response.units)
        return converted, response.result.get("LimitedBy")


class _OverlappingPages:
    """The objects of several pages, and the offset of the next page."""

    def __init__(self, schema: ObjectSchema, items: list[Item], limited_by: int) -> None:
        self._key = schema.table.key
        self.items = items
        self._known = {self._key_of(item) for item in items}
        self.offset: int | None = limited_by - 1
        self._back = 1

    def add(self, items: list[Item], limited_by: int | None) -> None:
        """Adds the page that was requested at `offset`."""
        if self.offset and not (items and self._key_of(items[0]) in self._known):
            # Rows before this page were deleted: the next unread row is before its beginning.
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
