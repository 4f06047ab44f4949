"""A table in a destination: its columns, with login, key and times; converts the API's objects to rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
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
    columns_of,
    json_writer,
    member_at,
)
from .field_names import field_names
from .tables import Table

Row = tuple[Any, ...]
Key = tuple[Any, ...]
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class TableSchema:
    """The columns of a table in a destination, in order, and the names of those that make its key.

    `marks` says that rows of deleted objects stay, with the time in `_deleted_at`.
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
        """The columns that make the key, login first."""
        return tuple(column for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """The column of a name; KeyError if there is none."""
        return self.columns[self._indexes[name]]

    def index(self, name: str) -> int:
        """The index of a column in a row."""
        return self._indexes[name]

    @cached_property
    def key_of(self) -> Callable[[Row], Key]:
        """Gives the key of a row."""
        indexes = [self._indexes[column.name] for column in self.key]
        if len(indexes) == 2:
            first, second = indexes
            return lambda row: (row[first], row[second])
        return lambda row: tuple(row[index] for index in indexes)

    def __repr__(self) -> str:
        return f"TableSchema({self.name}, {len(self.columns)} columns)"


def check_key(schema: TableSchema, stored_key: Sequence[str], *, where: str, instead: str) -> None:
    """Refuses to continue with a table whose rows are told apart by other columns, since rows would replace each other.

    Args:
        schema: The table.
        stored_key: The columns of its key in the destination.
        where: What the error calls the destination.
        instead: What to sync into another one of.

    Raises:
        ConfigurationError: the keys differ.
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


def same_key(schema: TableSchema) -> DecodeError:
    """The error for a report of which several rows have one key, so that all but one would be lost."""
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
    """The schema of a table of objects: what a get is asked for, and how rows are made of what it gives."""

    def __init__(
        self,
        table: Table,
        picked: Sequence[str] | None = None,
        *,
        money: Money = "micros",
        names: Names = "snake",
        marks: bool = False,
    ) -> None:
        self.table = table
        self.members = columns_of(table, picked, money=money, names=names)
        own = [UNKNOWN] if picked is None and not table.dictionary else []
        marked = [DELETED_AT] if marks else []
        super().__init__(table.name, [LOGIN, *self.members, *own, SYNCED_AT, *marked], marks=marks)
        paths = [column.path for column in self.members]
        # A campaign ends by its EndDate, without a trace.
        ends_unseen = table.name == "campaigns" and ("State",) in paths and ("EndDate",) not in paths
        self.has_figures = ends_unseen or any(path[0] in table.figures for path in paths)
        """Whether a column changes without a trace, so that all of the table is read in every run."""
        self.is_whole = table.changes == "whole" or self.has_figures
        """Whether all of the table must be read again to know what changed."""
        self.fields: Mapping[str, Any] = field_names(table, [column.path for column in self.members])
        """The params of a get that name what the columns need."""
        self._known = frozenset(table.shape.by_name) if own else None
        self._writers = [
            (index, json_writer(member_at(table, column.path).shape, money))
            for index, column in enumerate(self.members)
            if column.kind is Kind.JSON
        ]

    def column_of(self, *path: str) -> Column:
        """The column of a member; LookupError if it was not picked."""
        for column in self.members:
            if column.path == path:
                return column
        raise LookupError(_("{name} has no column of {path}", name=self.name, path=".".join(path)))

    def rows(self, items: Iterable[Mapping[str, Any]], login: str, synced_at: str) -> list[Row]:
        """Rows of objects, in their order.

        Args:
            items: Objects as a get gives them.
            login: Whose they are.
            synced_at: The moment for `_synced_at`, as the API writes moments.

        Raises:
            DecodeError: an object has no key.
        """
        return list(zip(*self.values(list(items), login, synced_at), strict=True))

    def values(self, items: Sequence[Mapping[str, Any]], login: str, synced_at: str) -> list[Sequence[Any]]:
        """The same rows, column by column: the values of each column, in the order of the objects."""
        values = _values_at([column.path for column in self.members], items)
        for index, write in self._writers:
            values[index] = [None if value is None else write(value) for value in values[index]]
        count = len(items)
        found: list[Sequence[Any]] = [[login] * count, *values, *self._unknown(items), [synced_at] * count]
        found += [[None] * count] if self.marks else []
        self._refuse_without_key(found)
        return found

    def _unknown(self, items: Sequence[Mapping[str, Any]]) -> Iterator[list[str | None]]:
        known = self._known
        if known is None:
            return
        write = json_writer(self.table.shape, "decimal")
        yield [
            None if item.keys() <= known else write({name: value for name, value in item.items() if name not in known})
            for item in items
        ]

    def _refuse_without_key(self, values: Sequence[Sequence[Any]]) -> None:
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
    """The values at each path in some objects; None where an object has no such member, or none on the way."""
    at: dict[Path, Sequence[Mapping[str, Any]]] = {(): items}

    def objects(path: Path) -> Sequence[Mapping[str, Any]]:
        if path not in at:
            at[path] = [outer.get(path[-1]) or _NOTHING for outer in objects(path[:-1])]
        return at[path]

    return [[item.get(path[-1]) for item in objects(path[:-1])] for path in paths]
