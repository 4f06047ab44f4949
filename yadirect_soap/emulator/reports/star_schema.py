"""The statistics of one report as a star of tables in a temporary database, which SQLite keeps on disk as it grows.

In the middle stand the atoms; around them what they refer to by number: days, sources, viewers, places and searches.
The columns around have the names of the report's fields.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from yadirect_soap.protocol.reports.days import DateRange

from .audience import Place, Viewer, places, viewers
from .impression_sources import Shown, Source
from .random_events import Dice
from .search_queries import FORMS, Search, searches
from .sql_filters import Condition
from .sql_metrics import ratio

Values = Sequence[int | str]

_TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "day": ("Date", "Week", "Month", "Quarter", "Year"),
        "shown": Shown._fields,
        "viewer": Viewer._fields,
        "place": Place._fields,
        "search": Search._fields,
    }
)
_JOINS: Mapping[str, str] = MappingProxyType(
    {
        "day": "CROSS JOIN day ON day.id = atom.day",
        "shown": "CROSS JOIN shown ON shown.id = atom.source",
        "viewer": "CROSS JOIN viewer ON viewer.id = atom.viewer",
        "place": "CROSS JOIN place ON place.id = atom.place",
        "search": f"LEFT JOIN search ON atom.form >= 0 AND search.id = atom.source * {FORMS} + atom.form",
    }
)
"""How an atom finds its row in each table; CROSS keeps SQLite from walking any other way than out from the atoms."""

SEGMENTS: Mapping[str, str] = MappingProxyType(
    {
        **{name: f"{table}.{name}" for table, names in _TABLES.items() for name in names},
        "Criteria": "shown.Criterion",
        "CriteriaId": "shown.CriterionId",
        "CriteriaType": "shown.CriterionType",
        "RlAdjustmentId": "CASE WHEN viewer.retargeted THEN shown.RlAdjustmentId END",
    }
)
"""Every field of a report that is no metric, as an expression of SQL."""

_ATOM = ("day", "source", "viewer", "place", "form", "impressions", "clicks", "cost", "chance")
_AT_ONCE = 2_000
"""Rows that are taken from the database together."""


class Star:
    """The tables of one report; to be closed."""

    def __init__(self, sources: Iterable[Source], language: str) -> None:
        """Knows the sources; `language` is that of the names of places."""
        self._sources = dict(enumerate(sources))
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.create_function("ratio", 3, ratio, deterministic=True)
        self._connection.create_function("fold", 1, _fold, deterministic=True)
        self._language = language
        # Nothing of it is ever taken back, nor kept.
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("BEGIN")
        self._fill("shown", ((number, *source.shown) for number, source in self._sources.items()))

    def close(self) -> None:
        """Forgets everything."""
        self._connection.close()

    def narrow(self, conditions: Sequence[Condition]) -> None:
        """Leaves out the sources that do not meet conditions on what was shown."""
        where = " AND ".join(each.sql for each in conditions) or "1"
        values = [value for each in conditions for value in each.values]
        kept = self._connection.execute(f"SELECT id FROM shown WHERE {where}", values)  # noqa: S608  our own words
        self._sources = {number: self._sources[number] for (number,) in kept}

    def size(self, period: DateRange) -> int:
        """How many days of sources the period has: about as much work as the report will be."""
        return sum(len(_within(source.days, period)) for source in self._sources.values())

    def draw(self, dice: Dice, period: DateRange, *, searching: bool) -> None:
        """Fills in what happened in a period; what was searched for is a large table, and left out unless asked for."""
        self._fill("day", map(_day, self._days(period)))
        self._fill("viewer", ((number, *viewer) for number, viewer in enumerate(viewers())))
        self._fill("search", self._searches() if searching else ())
        around = self._places()
        atoms = (
            atom
            for number, source in self._sources.items()
            for atom in dice.atoms(number, source, _within(source.days, period), around[source.regions])
        )
        self._connection.execute(f"CREATE TABLE atom ({', '.join(_ATOM)})")
        self._insert("atom", _ATOM, atoms)

    def rows(self, select: str, clauses: str, values: Values) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement over the atoms, joined with what it mentions."""
        text = f"{select} {clauses}"
        joins = " ".join(join for table, join in _JOINS.items() if f"{table}." in text)
        cursor = self._connection.execute(f"{select} FROM atom {joins} {clauses}", values)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows

    def _days(self, period: DateRange) -> Iterable[int]:
        """The days of a period on which anything was shown."""
        days = [_within(source.days, period) for source in self._sources.values()]
        return range(min((each.start for each in days), default=0), max((each.stop for each in days), default=0))

    def _searches(self) -> Iterator[tuple[Any, ...]]:
        for number, source in self._sources.items():
            for form, search in enumerate(searches(source)):
                yield number * FORMS + form, *search

    def _places(self) -> dict[tuple[int, ...], range]:
        """Puts the places of all sources into their table; the numbers of those of each list of regions."""
        around: dict[tuple[int, ...], range] = {}
        rows: list[Place] = []
        for source in self._sources.values():
            if source.regions not in around:
                found = places(source.regions, self._language)
                around[source.regions] = range(len(rows), len(rows) + len(found))
                rows += found
        self._fill("place", ((number, *place) for number, place in enumerate(rows)))
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
    """A day with the first days of its week, month, quarter and year."""
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
    """A text without regard to case, for SQL, whose own lower() knows Latin letters alone."""
    return None if text is None else text.casefold()
