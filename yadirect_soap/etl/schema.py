"""The schema of a table in a destination: its columns with login, key and times; converts API objects to rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import islice
from types import MappingProxyType
from typing import Any

from yadirect_soap.errors import ConfigurationError, DecodeError
from yadirect_soap.language import _

from .columns import (
    DELETED_AT,
    LOGIN,
    SYNCED_AT,
    UNKNOWN,
    Column,
    Kind,
    Money,
    Names,
    Path,
    checked_paths,
    columns_of,
    json_writer,
    member_at,
)
from .field_names import field_names
from .tables import Table

Row = tuple[Any, ...]
Key = tuple[Any, ...]
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_PART_ROWS = 2_500
"""The number of objects that are converted together: a whole page would need 40 MB of memory."""


class TableSchema:
    """The columns of a table in a destination, and which of them are the key.

    If `marks` is true, rows of deleted objects stay, with the time in `_deleted_at`.
    """

    def __init__(self, name: str, columns: Sequence[Column], *, marks: bool = False) -> None:
        self.name = name
        self.columns = tuple(columns)
        self.marks = marks
        self._indexes = {column.name: index for index, column in enumerate(self.columns)}
        if len(self._indexes) < len(self.columns):
            twice = sorted({column.name for column in self.columns if self.names.count(column.name) > 1})
            raise ConfigurationError(
                _(
                    "{name}: found several columns named {names}, expected each name once",
                    name=name,
                    names=", ".join(twice),
                )
            )

    @property
    def names(self) -> list[str]:
        """The names of all columns."""
        return [column.name for column in self.columns]

    @cached_property
    def key(self) -> tuple[Column, ...]:
        """The columns of the key, login first."""
        return tuple(column for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """Returns the column with a name; raises KeyError if there is none."""
        return self.columns[self._indexes[name]]

    def index(self, name: str) -> int:
        """Returns the index of a column in a row."""
        return self._indexes[name]

    @cached_property
    def key_of(self) -> Callable[[Row], Key]:
        """A function that returns the key of a row."""
        indexes = [self._indexes[column.name] for column in self.key]
        if len(indexes) == 2:
            first, second = indexes
            return lambda row: (row[first], row[second])
        return lambda row: tuple(row[index] for index in indexes)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(TableSchema, marks=self.marks), (self.name, self.columns)

    def __repr__(self) -> str:
        return f"TableSchema({self.name}, {len(self.columns)} columns)"


def check_key(schema: TableSchema, stored_key: Sequence[str], *, where: str, instead: str) -> None:
    """Refuses a stored table with another key, since rows would replace each other.

    Args:
        schema: The table.
        stored_key: The columns of its key in the destination.
        where: The name of the destination in the error.
        instead: The kind of place in the advice to sync into another one, such as "database".

    Raises:
        ConfigurationError: The keys differ.
    """
    expected = [column.name for column in schema.key]
    if set(stored_key) != set(expected):
        raise ConfigurationError(
            _(
                "{where}: the key of {name} is {stored} and would be {expected}; give the table another "
                "name, or sync into another {instead}",
                where=where,
                name=schema.name,
                stored=", ".join(stored_key),
                expected=", ".join(expected),
                instead=instead,
            )
        )


def duplicate_key_error(schema: TableSchema) -> DecodeError:
    """Returns the error for a report in which several rows have the same key, so that all but one would be lost."""
    key = ", ".join(column.name for column in schema.key)
    return DecodeError(
        _(
            "report for {name}: found rows with the same {key}, expected one; name a field that tells them apart",
            name=schema.name,
            key=key,
        ),
        operation="reports.get",
    )


class ObjectSchema(TableSchema):
    """The schema of a table of objects: the fields that get must return, and the conversion of objects to rows."""

    def __init__(
        self,
        table: Table,
        picked: Sequence[str] | None = None,
        *,
        money: Money = "micros",
        names: Names = "snake",
        marks: bool = False,
    ) -> None:
        picked = None if picked is None else checked_paths(picked)
        self.table = table
        self._made_by = partial(ObjectSchema, table, picked, money=money, names=names, marks=marks)
        self.members = columns_of(table, picked, money=money, names=names)
        own = [UNKNOWN] if picked is None and not table.dictionary else []
        marked = [DELETED_AT] if marks else []
        super().__init__(table.name, [LOGIN, *self.members, *own, SYNCED_AT, *marked], marks=marks)
        paths = [column.path for column in self.members]
        # A campaign ends after its EndDate, which Changes does not report.
        has_unreported_end = table.name == "campaigns" and ("State",) in paths and ("EndDate",) not in paths
        self.has_figures = has_unreported_end or any(path[0] in table.figures for path in paths)
        """Whether Changes does not report changes of a column, so that every run must read the table completely."""
        self.is_whole = table.changes == "whole" or self.has_figures
        """Whether the table must be read completely to find its changes."""
        self.fields: Mapping[str, Any] = field_names(table, [column.path for column in self.members])
        """The params of a get that request the columns."""
        self._known = frozenset(table.shape.by_name) if own else None
        self._writers = [
            (index, json_writer(member_at(table, column.path).shape, money))
            for index, column in enumerate(self.members)
            if column.kind is Kind.JSON
        ]

    def __reduce__(self) -> tuple[Any, ...]:
        return self._made_by, ()

    def column_of(self, *path: str) -> Column:
        """Returns the column of a member; raises LookupError if it was not chosen."""
        for column in self.members:
            if column.path == path:
                return column
        raise LookupError(_("{name} has no column of {path}", name=self.name, path=".".join(path)))

    def rows(self, items: Iterable[Mapping[str, Any]], login: str, synced_at: str) -> list[Row]:
        """Converts objects to rows, in their order.

        Args:
            items: Objects as get returns them.
            login: The login whose objects they are.
            synced_at: The time for `_synced_at`, in the API's format.

        Raises:
            DecodeError: An object has no key.
        """
        return [row for part in self.values(items, login, synced_at) for row in zip(*part, strict=True)]

    def values(
        self, items: Iterable[Mapping[str, Any]], login: str, synced_at: str
    ) -> Iterator[Sequence[Sequence[Any]]]:
        """Converts objects to the values of each column, 2,500 objects at a time, in their order."""
        remaining = iter(items)
        while part := list(islice(remaining, _PART_ROWS)):
            yield self._values(part, login, synced_at)

    def _values(self, items: Sequence[Mapping[str, Any]], login: str, synced_at: str) -> Sequence[Sequence[Any]]:
        values = _values_at([column.path for column in self.members], items)
        for index, write in self._writers:
            values[index] = [None if value is None else write(value) for value in values[index]]
        count = len(items)
        columns: list[Sequence[Any]] = [[login] * count, *values, *self._unknown(items), [synced_at] * count]
        columns += [[None] * count] if self.marks else []
        self._check_keys(columns)
        return columns

    def _unknown(self, items: Sequence[Mapping[str, Any]]) -> Iterator[list[str | None]]:
        known = self._known
        if known is None:
            return
        write = json_writer(self.table.shape, "decimal")
        yield [
            None if item.keys() <= known else write({name: value for name, value in item.items() if name not in known})
            for item in items
        ]

    def _check_keys(self, values: Sequence[Sequence[Any]]) -> None:
        for column in self.key:
            if None in values[self.index(column.name)]:
                raise DecodeError(
                    _(
                        "found an object of {name} without {column}, which names it",
                        name=self.name,
                        column=column.name,
                    ),
                    operation=self.table.operation.key,
                )


def _values_at(paths: Iterable[Path], items: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    """Returns the values at each path in the objects; None if the path does not exist in an object."""
    at: dict[Path, Sequence[Mapping[str, Any]]] = {(): items}

    def objects(path: Path) -> Sequence[Mapping[str, Any]]:
        if path not in at:
            at[path] = [outer.get(path[-1]) or _NOTHING for outer in objects(path[:-1])]
        return at[path]

    return [[item.get(path[-1]) for item in objects(path[:-1])] for path in paths]
