"""FeedStatuses: finds the ads and groups whose feed was processed after they were read.

Their processing status follows from the feed, some time after its file came.  Changes reports neither, because this is
no change of the ad or the group.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from .columns import SYNCED_AT, Column, Kind, member_at
from .destination import Destination
from .references import member_names
from .schema import ObjectSchema

_STATUSES = frozenset({"FeedProcessingStatus", "SourceProcessingStatus", "DomainUrlProcessingStatus"})
_TYPES: Mapping[str, frozenset[str]] = MappingProxyType(
    {"ads": frozenset({"SHOPPING_AD", "LISTING_AD"}), "adgroups": frozenset({"DYNAMIC_TEXT_AD_GROUP"})}
)
"""The Types of objects that have a processing status, by table."""
_DONE, _UNPROCESSED = "DONE", "UNPROCESSED"


class _Feed(NamedTuple):
    """The stored Status of a feed, and when it was processed; "" if it never was."""

    status: str
    updated_at: str


class FeedStatuses:
    """Compares the stored rows of one login with its stored feeds.

    Args:
        destination: The destination, with all rows that the run has read.
        login: The login whose rows are read.
        schemas: The complete tables of the run, by name.
    """

    def __init__(self, destination: Destination, login: str, schemas: Mapping[str, ObjectSchema]) -> None:
        self._destination, self._login, self._schemas = destination, login, schemas

    def outdated(self) -> Iterator[tuple[ObjectSchema, frozenset[int]]]:
        """Yields the tables with the ids of objects whose processing status may be another one by now."""
        feeds: Mapping[int, _Feed] | None = None
        for name, types in _TYPES.items():
            columns = _status_columns(self._schemas[name]) if name in self._schemas else []
            if columns:
                feeds = self._feeds() if feeds is None else feeds
                yield self._schemas[name], frozenset(self._outdated(self._schemas[name], columns, types, feeds))

    def _outdated(
        self, schema: ObjectSchema, columns: Sequence[Column], types: frozenset[str], feeds: Mapping[int, _Feed]
    ) -> Iterator[int]:
        where = {column.name: types for column in schema.members if column.path == ("Type",)}
        names = [schema.column_of("Id").name, SYNCED_AT.name, *(column.name for column in columns)]
        for key, synced_at, *values in self._destination.rows(schema, self._login, names, where):
            documents = map(_document, columns, values)
            if any(_is_outdated(document, str(synced_at), feeds) for document in documents):
                yield key

    def _feeds(self) -> Mapping[int, _Feed]:
        try:
            feeds = self._schemas["feeds"]
            names = [feeds.column_of(name).name for name in ("Id", "Status", "UpdatedAt")]
        except LookupError:
            return {}
        rows = self._destination.rows(feeds, self._login, names)
        return {key: _Feed(str(status), updated_at or "") for key, status, updated_at in rows}


def _status_columns(schema: ObjectSchema) -> list[Column]:
    """Returns the columns that are a processing status or contain one."""
    return [
        column
        for column in schema.members
        if column.path[-1] in _STATUSES
        or not _STATUSES.isdisjoint(member_names(member_at(schema.table, column.path).shape))
    ]


def _document(column: Column, value: Any) -> Mapping[str, Any]:
    """Returns the member of an object that has the status: all of it, or only the status."""
    if value is None:
        return {}
    return dict(json.loads(value)) if column.kind is Kind.JSON else {column.path[-1]: value}


def _is_outdated(document: Mapping[str, Any], synced_at: str, feeds: Mapping[int, _Feed]) -> bool:
    statuses = [document[name] for name in _STATUSES if document.get(name) is not None]
    feed = feeds.get(document.get("FeedId", 0))
    if not statuses or feed is None:
        return _UNPROCESSED in statuses
    return feed.status != _DONE or synced_at <= feed.updated_at
