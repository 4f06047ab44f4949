"""The statistics of one report as a star schema in a temporary database, which SQLite moves to disk as it grows.

The fact table is `event`; its dimensions are day, source, viewer, location and search.  Columns of dimensions have the
names of the report's fields.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from yadirect_soap.protocol.reports.days import DateRange

from .audience import Location, Viewer, locations, viewers
from .impression_sources import ImpressionSource, SourceFields
from .random_events import EventGenerator
from .search_queries import FORMS, SearchQuery, searches
from .sql_filters import Condition
from .sql_metrics import ratio

Values = Sequence[int | str]

_TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "day": ("Date", "Week", "Month", "Quarter", "Year"),
        "source": SourceFields._fields,
        "viewer": Viewer._fields,
        "location": Location._fields,
        "search": SearchQuery._fields,
    }
)
_JOINS: Mapping[str, str] = MappingProxyType(
    {
        "day": "CROSS JOIN day ON day.id = event.day",
        "source": "CROSS JOIN source ON source.id = event.source",
        "viewer": "CROSS JOIN viewer ON viewer.id = event.viewer",
        "location": "CROSS JOIN location ON location.id = event.location",
        "search": f"LEFT JOIN search ON event.form >= 0 AND search.id = event.source * {FORMS} + event.form",
    }
)
"""The join of each dimension; CROSS makes SQLite begin with the events."""

SEGMENTS: Mapping[str, str] = MappingProxyType(
    {
        **{name: f"{table}.{name}" for table, names in _TABLES.items() for name in names},
        "Criteria": "source.Criterion",
        "CriteriaId": "source.CriterionId",
        "CriteriaType": "source.CriterionType",
        "RlAdjustmentId": "CASE WHEN viewer.retargeted THEN source.RlAdjustmentId END",
    }
)
"""Every field of a report that is not a metric, as an expression of SQL."""

_EVENT = ("day", "source", "viewer", "location", "form", "impressions", "clicks", "cost", "chance")
_AT_ONCE = 2_000
"""Rows that are fetched from the database at once."""


class StarSchema:
    """Holds the tables of one report; to be closed."""

    def __init__(self, sources: Iterable[ImpressionSource], language: str) -> None:
        """Fills the table of sources; `language` is that of the names of locations."""
        self._sources = dict(enumerate(sources))
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.create_function("ratio", 3, ratio, deterministic=True)
        self._connection.create_function("fold", 1, _fold, deterministic=True)
        self._language = language
        # Nothing is rolled back, and nothing outlives the report.
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("BEGIN")
        self._fill("source", ((number, *source.fields) for number, source in self._sources.items()))

    def close(self) -> None:
        """Deletes the tables."""
        self._connection.close()

    def narrow(self, conditions: Sequence[Condition]) -> None:
        """Removes the sources that do not meet conditions on sources."""
        where = " AND ".join(condition.sql for condition in conditions) or "1"
        values = [value for condition in conditions for value in condition.values]
        ids = self._connection.execute(f"SELECT id FROM source WHERE {where}", values)  # noqa: S608  our own words
        self._sources = {number: self._sources[number] for (number,) in ids}

    def size(self, period: DateRange) -> int:
        """How many days of sources the period has, a measure of the work for the report."""
        return sum(len(_within(source.days, period)) for source in self._sources.values())

    def draw(self, generator: EventGenerator, period: DateRange, *, searching: bool) -> None:
        """Generates the events of a period; the large table of searches is filled only for `searching`."""
        self._fill("day", map(_day, self._days(period)))
        self._fill("viewer", ((number, *viewer) for number, viewer in enumerate(viewers())))
        self._fill("search", self._searches() if searching else ())
        around = self._locations()
        events = (
            event
            for number, source in self._sources.items()
            for event in generator.events(number, source, _within(source.days, period), around[source.regions])
        )
        self._connection.execute(f"CREATE TABLE event ({', '.join(_EVENT)})")
        self._insert("event", _EVENT, events)

    def rows(self, select: str, clauses: str, values: Values) -> Iterator[tuple[Any, ...]]:
        """Yields the rows of a statement over the events, joined with the tables that it uses."""
        text = f"{select} {clauses}"
        joins = " ".join(join for table, join in _JOINS.items() if f"{table}." in text)
        cursor = self._connection.execute(f"{select} FROM event {joins} {clauses}", values)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows

    def _days(self, period: DateRange) -> Iterable[int]:
        """Returns the days of a period with events."""
        days = [_within(source.days, period) for source in self._sources.values()]
        return range(
            min((shown_days.start for shown_days in days), default=0),
            max((shown_days.stop for shown_days in days), default=0),
        )

    def _searches(self) -> Iterator[tuple[Any, ...]]:
        for number, source in self._sources.items():
            for form, search in enumerate(searches(source)):
                yield number * FORMS + form, *search

    def _locations(self) -> dict[tuple[int, ...], range]:
        """Fills the table of locations; returns the numbers of the locations of each list of regions."""
        around: dict[tuple[int, ...], range] = {}
        rows: list[Location] = []
        for source in self._sources.values():
            if source.regions not in around:
                nearby = locations(source.regions, self._language)
                around[source.regions] = range(len(rows), len(rows) + len(nearby))
                rows += nearby
        self._fill("location", ((number, *location) for number, location in enumerate(rows)))
        return around

    def _fill(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        columns = _TABLES[table]
        self._connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {', '.join(columns)})")
        self._insert(table, ("id", *columns), rows)

    def _insert(self, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608  our own words


def _within(days: range, period: DateRange) -> range:
    return range(max(days.start, period.first.toordinal()), min(days.stop, period.last.toordinal() + 1))


def _day(number: int) -> tuple[int | str, ...]:
    """Returns a day with the first days of its week, month, quarter and year."""
    day = date.fromordinal(number)
    month = day.replace(day=1)
    firsts = (
        day,
        day - timedelta(days=day.weekday()),
        month,
        month.replace(month=month.month - (month.month - 1) % 3),
        month.replace(month=1),
    )
    return number, *(first.isoformat() for first in firsts)


def _fold(text: str | None) -> str | None:
    """Returns a text in one case, for SQL, whose own lower() knows Latin letters only."""
    return None if text is None else text.casefold()
