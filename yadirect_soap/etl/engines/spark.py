"""Spark reads an account: `spark.read.format("yandexdirect").option("logins", "shop").load("ads")`.

    from yadirect_soap.etl.engines.spark import register

    register(spark)
    spark.read.format("yandexdirect").option("columns", "Id,State,TextAd.Title").load("ads").write.parquet("ads")

The token comes from YADIRECT_TOKEN, on the driver and on the executors; it is no option, since Spark shows options.
A DataFrame is read again by each action that needs it, and each reading costs units: write it first, then work.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..columns import Kind
from ..lanes import LANES
from ..partitions import Partition, connect_from_env, partitions, read, schema_of
from ..report_tables import ReportTable, read_report_tables
from ..schema import TableSchema

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import SparkSession

NAME = "yandexdirect"
_OPTIONS = ("path", "logins", "columns", "columnnames", "statistics", "lanes")
_SECRETS = ("token",)
_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.INT: "BIGINT",
        Kind.DECIMAL: "DECIMAL(38,6)",
        Kind.DATE: "DATE",
        Kind.MOMENT: "TIMESTAMP",
    }
)


def register(spark: "SparkSession") -> None:
    """Makes the format `yandexdirect` known to a session.

    Args:
        spark: The session; the package must be importable by its executors' Python, with pyarrow.
    """
    spark.dataSource.register(YandexDirect)


class YandexDirect(DataSource):
    """The format: which table is read, and how.

    Options: the path, or load()'s argument, is the table; `logins` of clients with commas between them, or `all`;
    `columns` with commas between them; `columnNames` (snake, api); `statistics`, a TOML file in which the table is
    defined; `lanes`, partitions of a login at most.
    """

    @classmethod
    def name(cls) -> str:
        """The name of the format."""
        return NAME

    def schema(self) -> str:
        """The columns, from the contract: no call is made."""
        with connect_from_env() as direct:
            money = direct.settings.money
        options = ReadOptions.of(self.options)
        return ddl(schema_of(options.table, options.columns, money=money, names=options.names))

    def reader(self, schema: Any) -> "Reader":
        """What plans and reads the partitions."""
        return Reader(ReadOptions.of(self.options))


class Part(InputPartition):
    """A partition on its way to an executor."""

    def __init__(self, partition: Partition) -> None:
        super().__init__(partition)
        self.partition = partition


class Reader(DataSourceReader):
    """Plans partitions on the driver and reads them on the executors."""

    def __init__(self, options: "ReadOptions") -> None:
        self._options = options

    def partitions(self) -> Sequence[InputPartition]:
        """The partitions, of which a login has no more than its lanes."""
        options = self._options
        planned = partitions(
            options.table,
            logins=options.logins,
            columns=options.columns,
            column_names=options.names,
            lanes=options.lanes,
        )
        # Spark asks for one at least.
        return [Part(partition) for partition in planned] or [InputPartition(None)]

    def read(self, partition: InputPartition) -> Iterator["pyarrow.RecordBatch"]:
        """The rows of a partition."""
        if isinstance(partition, Part):
            yield from read(partition.partition)


class ReadOptions:
    """The options of a reading, checked."""

    def __init__(self, options: Mapping[str, str]) -> None:
        options_by_name = {name.lower(): value for name, value in options.items()}
        if secret := [name for name in options_by_name if name in _SECRETS]:
            raise ConfigurationError(
                _(
                    "{name}: found the option {secret}, which Spark would show: set YADIRECT_TOKEN "
                    "on the driver and, by spark.executorEnv.YADIRECT_TOKEN or the cluster's "
                    "secrets, on the executors",
                    name=NAME,
                    secret=secret[0],
                )
            )
        if unknown := sorted(set(options_by_name) - set(_OPTIONS)):
            raise ConfigurationError(
                _(
                    "{name}: found the option {unknown}, expected {options}",
                    name=NAME,
                    unknown=unknown[0],
                    options=", ".join(_OPTIONS),
                )
            )
        self.table = _table(options_by_name)
        self.logins: Any = _listed(options_by_name.get("logins"))
        if self.logins == ["all"]:
            self.logins = "all"
        self.columns = _listed(options_by_name.get("columns"))
        self.names: Any = options_by_name.get("columnnames", "snake")
        self.lanes = _number(options_by_name.get("lanes", str(LANES)))

    @classmethod
    def of(cls, options: Mapping[str, str]) -> "ReadOptions":
        """The options of a reading; ConfigurationError for what makes no sense."""
        return cls(options)


def ddl(schema: TableSchema) -> str:
    """The columns as Spark's SQL writes them."""
    return ", ".join(
        f"`{column.name}` {_TYPES.get(column.kind, 'STRING')}{' NOT NULL' if column.key else ''}"
        for column in schema.columns
    )


def _table(options: Mapping[str, str]) -> str | ReportTable:
    name = options.get("path", "")
    if not name:
        raise ConfigurationError(_('{name}: found no table, expected .load("ads")', name=NAME))
    if "statistics" not in options:
        return name
    tables = {table.name: table for table in read_report_tables(options["statistics"])}
    if name not in tables:
        raise ConfigurationError(
            _(
                "{options}: found no table {name}, expected {tables}",
                options=options["statistics"],
                name=name,
                tables=", ".join(tables),
            )
        )
    return tables[name]


def _listed(text: str | None) -> list[str] | None:
    return None if text is None else [part.strip() for part in text.split(",") if part.strip()]


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ConfigurationError(
            _("{name}: found lanes {text!r:.40}, expected a number from 1 to 5", name=NAME, text=text)
        ) from None
