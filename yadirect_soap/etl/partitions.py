"""partitions() and read(): divide a table into parts that several processes or machines can read.

    for partition in partitions("ads", logins=["shop"]):
        for batch in read(partition):
            print(batch.num_rows)

A partition can be pickled and contains no token: the process that reads it takes the token from its environment.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.dates import MOSCOW, moment_text
from yadirect_soap.protocol.reports.days import DateRange
from yadirect_soap.temporary_folders import temporary_folder

from .batches import ROWS, Batch
from .columns import Money, Names, checked_paths
from .lanes import LANES, check_lanes
from .login import login_of, logins_of
from .parents import Parents
from .reader import Reader
from .report_rows import ReportRows
from .report_tables import ReportTable
from .schema import ObjectSchema, TableSchema
from .tables import table as table_of

if TYPE_CHECKING:
    import pyarrow

    from yadirect_soap import Direct

Connect = Callable[[], "Direct"]
"""A function that returns a new Direct, in any process."""

REPORTS_AT_ONCE = 2
"""The maximum number of partitions for statistics of a login.  The API's queue takes five reports; three are left to
other programs."""


@dataclass(frozen=True, slots=True)
class Partition:
    """A part of a table of one login.

    Attributes:
        login: the login whose rows they are.
        client: whether the login is a client of the token's agency.
        table: the name of the table.
        columns: paths such as `TextAd.Title`; None for every member but figures.
        money: `micros` for amounts as integers in micros, `decimal` for decimals in the currency.
        names: `snake` for text_ad_title, `api` for TextAd.Title.
        began: when the partitions were created: the time in `_synced_at`, and a part of the names of reports.
        ids: the ids of the parents whose objects are read; None for a table without parents, and for statistics.
        report: the table of statistics; None for a table of objects.
        days: the days of statistics to read, as months or parts of months; empty for objects.
    """

    login: str
    client: bool
    table: str
    columns: tuple[str, ...] | None = None
    money: Money = "micros"
    names: Names = "snake"
    began: str = ""
    ids: tuple[Any, ...] | None = None
    report: ReportTable | None = None
    days: tuple[DateRange, ...] = ()

    @property
    def schema(self) -> TableSchema:
        """The columns of the rows."""
        return schema_of(self.report or self.table, self.columns, money=self.money, names=self.names)


def connect_from_env() -> "Direct":
    """Returns a Direct from the variables YADIRECT_*; all processes of a machine share its limit of five requests.

    Raises:
        ConfigurationError: There is no YADIRECT_TOKEN, or a variable is wrong.
    """
    from yadirect_soap import Direct

    return Direct.from_env().with_default_concurrency()


def schema_of(
    table: str | ReportTable, columns: Sequence[str] | None = None, *, money: Money = "micros", names: Names = "snake"
) -> TableSchema:
    """Returns the columns of a table; arguments are those of partitions()."""
    if isinstance(table, ReportTable):
        if columns is not None or names != "snake":
            raise ConfigurationError(
                _(
                    "{table}: found columns or names of columns for statistics, expected none: its definition has them",
                    table=table.name,
                )
            )
        return table.schema(money)
    return ObjectSchema(table_of(table), columns, money=money, names=names)


def partitions(
    table: str | ReportTable,
    *,
    logins: Iterable[str] | Literal["all"] | None = None,
    columns: Sequence[str] | None = None,
    column_names: Names = "snake",
    connect: Connect = connect_from_env,
    lanes: int = LANES,
) -> list[Partition]:
    """Divides a table into partitions, at most `lanes` per login, which several processes can read at the same time.

    It reads the ids of the table's parents, which costs units.  Statistics have at most two partitions per login.

    Args:
        table: The name of a table of objects; or a table of statistics, whose days up to yesterday are read.
        logins: Logins of the agency's clients, or "all" that are not archived; None for the account of the token.
        columns: Paths such as `TextAd.Title`; None for every member but figures.
        column_names: `snake` for text_ad_title, `api` for TextAd.Title.
        connect: A function that returns a Direct.
        lanes: The maximum number of partitions per login: so many of its five concurrent requests are used.

    Returns:
        The partitions, login by login.

    Raises:
        UnknownNameError: There is no such table.
        ConfigurationError: An argument has another type, a path of `columns` does not exist, or `lanes` is no number
            from 1 to 5.
        DirectError: A call fails.
    """
    check_lanes(lanes)
    _check_connect(connect)
    picked = None if columns is None else checked_paths(columns)
    with connect() as direct:
        money, now = direct.settings.money, moment_text(datetime.now(UTC))
        schema = schema_of(table, picked, money=money, names=column_names)
        all_partitions: list[Partition] = []
        for login, client in _logins(direct, logins):
            template = Partition(login, client, schema.name, picked, money, column_names, now)
            client_direct = direct.with_client_login(login) if client else direct
            if isinstance(table, ReportTable):
                all_partitions += _of_report(client_direct, template, table)
            else:
                all_partitions += _of_objects(client_direct, template, schema, lanes)
    return all_partitions


def read(partition: Partition, connect: Connect = connect_from_env) -> Iterator["pyarrow.RecordBatch"]:
    """Reads the rows of a partition in batches; each call reads the account again.

    Args:
        partition: A partition from partitions(), of this or another process.
        connect: A function that returns a Direct, which is closed at the end.

    Returns:
        An iterator of record batches of pyarrow, with the columns of `partition.schema`.

    Raises:
        ConfigurationError: An argument has another type, `connect` finds no token, or a setting is wrong.
        DirectError: A call or a report fails.
        ImportError: pyarrow is not installed.
    """
    if not isinstance(partition, Partition):
        raise ConfigurationError(_("found {found!r:.60}, expected one of the partitions()", found=partition))
    _check_connect(connect)
    return _record_batches(partition, connect)


def _check_connect(connect: object) -> None:
    if not callable(connect):
        raise ConfigurationError(
            _("found connect={connect!r:.60}, expected a function that returns a Direct", connect=connect)
        )


def _record_batches(partition: Partition, connect: Connect) -> Iterator["pyarrow.RecordBatch"]:
    batches = _report_batches if partition.report is not None else _object_batches
    with connect() as connected:
        direct = connected.with_settings(money=partition.money)
        if partition.client:
            direct = direct.with_client_login(partition.login)
        yield from batches(direct, partition)


def _logins(direct: "Direct", logins: Iterable[str] | Literal["all"] | None) -> list[tuple[str, bool]]:
    """Returns the logins, each with whether it is a client of an agency."""
    if logins is None:
        return [(login_of(direct), False)]
    return [(login, True) for login in logins_of(direct, logins)]


def _of_objects(direct: "Direct", template: Partition, schema: TableSchema, lanes: int) -> list[Partition]:
    table = table_of(schema.name)
    if not table.parent:
        return [template]
    ids = Parents(Reader(direct), [table.name]).ids(table)
    # A partition with fewer parents than a block would cost calls and save no time.
    count = min(lanes, math.ceil(len(ids) / table.block))
    size = math.ceil(len(ids) / count) if count else 1
    return [replace(template, ids=tuple(ids[start : start + size])) for start in range(0, len(ids), size)]


def _of_report(direct: "Direct", template: Partition, table: ReportTable) -> list[Partition]:
    today = _today(direct)
    first, yesterday = table.first_day(today), today - timedelta(days=1)
    months = tuple(DateRange(first, yesterday).months()) if first <= yesterday else ()
    parts = [months[number::REPORTS_AT_ONCE] for number in range(REPORTS_AT_ONCE)]
    return [replace(template, report=table, days=part) for part in parts if part]


def _today(direct: "Direct") -> date:
    response: Any = direct.call("changes", "checkDictionaries", {})
    return datetime.fromisoformat(response["Timestamp"]).astimezone(MOSCOW).date()


def _object_batches(direct: "Direct", partition: Partition) -> Iterator["pyarrow.RecordBatch"]:
    schema = partition.schema
    assert isinstance(schema, ObjectSchema)  # noqa: S101  a partition of objects has an ObjectSchema
    reader = Reader(direct, lanes=1)
    if partition.ids is None:
        lists = iter([reader.read_all(schema)])
    else:
        lists = (part.items for part in reader.parts(schema, schema.table.by, partition.ids))
    for items in lists:
        rows = schema.rows(items, partition.login, partition.began)
        for start in range(0, len(rows), ROWS):
            yield Batch(schema, rows[start : start + ROWS]).arrow()


def _report_batches(direct: "Direct", partition: Partition) -> Iterator["pyarrow.RecordBatch"]:
    table = partition.report
    assert table is not None  # noqa: S101  read() calls this for statistics only
    for days in partition.days:
        # A second attempt at this partition gets the same report, which is already built; another run does not.
        name = f"{table.name} {partition.login} {days} {table.digest(partition.money, partition.began)}"
        report = direct.reports.get(table.report(name, days), split=True)
        with temporary_folder("report") as folder:
            path = folder / "report.tsv"
            count = report.to_file(path, format="tsv")
            rows = ReportRows(
                partition.schema,
                path,
                login=partition.login,
                synced_at=partition.began,
                columns=table.report_columns,
                micros=partition.money == "micros",
                rows=count,
            )
            yield from rows.record_batches()
