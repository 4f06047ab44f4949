"""snapshot(): reads all rows of tables, batch by batch; stores no state."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.dates import moment_text

from .batches import ROWS, Batch
from .columns import Money, Names
from .lanes import LANES, check_lanes
from .login import login_of, money_of
from .parents import Parents
from .reader import Item, Reader
from .schema import ObjectSchema, Row
from .tables import Table, tables

if TYPE_CHECKING:
    from yadirect_soap import Direct

Picked = Sequence[str] | Mapping[str, Sequence[str]] | None
"""Paths of members: those of one table, or a mapping by the names of tables; None for all."""


def snapshot(
    direct: "Direct",
    names: Iterable[str] | str | None = None,
    *,
    columns: Picked = None,
    column_names: Names = "snake",
    lanes: int = LANES,
) -> Iterator[Batch]:
    """Reads all rows of tables of an account; stores no state for a later run.

    If an object is deleted during the run, no other row is missed.  Tables are read one after the other, parents first.

    Args:
        direct: The client for the account.
        names: The names of tables; None for all but the optional ones.
        columns: Paths such as `TextAd.Title`: those of one table, or a mapping by the names of tables; None for every
            member but figures.
        column_names: `snake` for text_ad_title, `api` for TextAd.Title.
        lanes: The number of concurrent calls; the API allows five per login.

    Returns:
        An iterator of batches of at most 10,000 rows.  The first call is sent when the first batch is requested.

    Raises:
        UnknownNameError: There is no such table.
        ConfigurationError: An argument has another type, or a path of `columns` does not exist.
        DirectError: A call fails, as it does for the token of an agency without a client_login; raised from the
            iterator.
    """
    check_lanes(lanes)
    schemas = schemas_of(tables(names), columns, money=money_of(direct), names=column_names)
    return _batches(direct, schemas, lanes)


def schemas_of(
    picked_tables: Sequence[Table],
    columns: Picked,
    *,
    money: Money = "micros",
    names: Names = "snake",
    marks: bool = False,
) -> tuple[ObjectSchema, ...]:
    """Returns the schemas of tables with the chosen columns; arguments are those of snapshot()."""
    picked = _by_table(picked_tables, columns)
    return tuple(
        ObjectSchema(table, picked.get(table.name), money=money, names=names, marks=marks) for table in picked_tables
    )


class RowsPart(NamedTuple):
    """Rows of a table: all rows of these parents; all rows of the table if `parents` is None."""

    parents: tuple[Any, ...] | None
    rows: Sequence[Row]


def rows_of(
    reader: Reader,
    schema: ObjectSchema,
    parents: Parents,
    to_rows: Callable[[Iterable[Item]], Sequence[Row]],
    *,
    after: int | None = None,
) -> Iterator[RowsPart]:
    """Reads all rows of a table, part by part; parents with ids up to `after` are skipped."""
    table = schema.table

    def convert(items: Iterable[Item]) -> Sequence[Row]:
        return to_rows(parents.remembering(table, items))

    if not table.parent:
        yield RowsPart(None, convert(reader.read_all(schema)))
        return
    ids = parents.ids(table)
    if after is not None:
        ids = [key for key in ids if key > after]
    for of_parents, rows in reader.converted_parts(schema, table.by, ids, convert=convert):
        yield RowsPart(of_parents, rows)


def _batches(direct: "Direct", schemas: Sequence[ObjectSchema], lanes: int) -> Iterator[Batch]:
    reader = Reader(direct, lanes=lanes)
    parents = Parents(reader, [schema.table.name for schema in schemas])
    login, synced_at = login_of(direct), moment_text(datetime.now(UTC))
    for schema in schemas:
        to_rows = partial(schema.rows, login=login, synced_at=synced_at)
        for part in rows_of(reader, schema, parents, to_rows):
            for start in range(0, len(part.rows), ROWS):
                yield Batch(schema, part.rows[start : start + ROWS])


def _by_table(picked_tables: Sequence[Table], columns: Picked) -> Mapping[str, Sequence[str]]:
    if columns is None:
        return {}
    names = [table.name for table in picked_tables]
    if not isinstance(columns, Mapping):
        if len(names) > 1:
            raise ConfigurationError(
                _(
                    "columns of {count} tables: found one list, expected lists by table: {{{name!r}: ['Id']}}",
                    count=len(names),
                    name=names[0],
                )
            )
        return {names[0]: columns} if names else {}
    if unknown := sorted(map(str, set(columns) - set(names))):
        raise ConfigurationError(
            _(
                "columns of {names}, which is not among the tables {tables}",
                names=", ".join(unknown),
                tables=", ".join(names),
            )
        )
    return columns
