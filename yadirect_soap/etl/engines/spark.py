"""The Spark data source `yandexdirect`: `spark.read.format("yandexdirect").option("logins", "shop").load("ads")`.

    from yadirect_soap.etl.engines.spark import register

    register(spark)
    spark.read.format("yandexdirect").option("columns", "Id,State,TextAd.Title").load("ads").write.parquet("ads")

The token comes from YADIRECT_TOKEN, on the driver and on the executors; it is no option, since Spark shows options.
Each action on a DataFrame reads it again, and each read costs units: so write it to a file or a table first.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition

from yadirect_soap.comma_lists import split_at_commas
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..columns import Column, Kind
from ..lanes import LANES
from ..partitions import Partition, connect_from_env, partitions, read, schema_of
from ..report_tables import ReportTable
from ..schema import TableSchema
from ..statistics_file import read_report_tables

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
    """Registers the format `yandexdirect` with a session.

    Args:
        spark: The session; the package must be importable by its executors' Python, with pyarrow.
    """
    spark.dataSource.register(YandexDirect)


class YandexDirect(DataSource):
    """The data source.

    Options: the path, or load()'s argument, is the table; `logins` of clients separated by commas, or `all`; `columns`
    separated by commas; `columnNames` (snake, api); `statistics`, a TOML file that defines the table; `lanes`, the
    maximum number of partitions per login.
    """

    @classmethod
    def name(cls) -> str:
        """The name of the format."""
        return NAME

    def schema(self) -> str:
        """Returns the columns; they come from the contract, without a call."""
        return ddl(ReadOptions.of(self.options).table_schema())

    def reader(self, schema: Any) -> "Reader":
        """Returns the reader of the partitions; a schema that the user gives selects and orders columns."""
        options = ReadOptions.of(self.options)
        _check_types(schema, options.table_schema())
        return Reader(options, [(field.name, field.nullable) for field in schema.fields])


class Part(InputPartition):
    """A partition, as Spark sends it to an executor."""

    def __init__(self, partition: Partition) -> None:
        super().__init__(partition)
        self.partition = partition


class Reader(DataSourceReader):
    """Plans partitions on the driver and reads them on the executors."""

    def __init__(self, options: "ReadOptions", columns: Sequence[tuple[str, bool]]) -> None:
        self._options = options
        self._columns = tuple(columns)

    def partitions(self) -> Sequence[InputPartition]:
        """Returns the partitions, at most `lanes` per login."""
        options = self._options
        planned = partitions(
            options.table,
            logins=options.logins,
            columns=options.columns,
            column_names=options.names,
            lanes=options.lanes,
        )
        # Spark needs at least one.
        return [Part(partition) for partition in planned] or [InputPartition(None)]

    def read(self, partition: InputPartition) -> Iterator["pyarrow.RecordBatch"]:
        """Yields the rows of a partition."""
        if isinstance(partition, Part):
            yield from map(self._selected, read(partition.partition))

    def _selected(self, batch: "pyarrow.RecordBatch") -> "pyarrow.RecordBatch":
        """Returns a batch with the columns that Spark expects, nullable as it expects."""
        import pyarrow

        fields = [batch.schema.field(name).with_nullable(nullable) for name, nullable in self._columns]
        return pyarrow.RecordBatch.from_arrays(
            [batch.column(field.name) for field in fields], schema=pyarrow.schema(fields)
        )


class ReadOptions:
    """The checked options of the data source."""

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
        self.logins: Any = split_at_commas(options_by_name.get("logins"))
        if self.logins is not None and [login.lower() for login in self.logins] == ["all"]:
            self.logins = "all"
        self.columns = split_at_commas(options_by_name.get("columns"))
        self.names: Any = options_by_name.get("columnnames", "snake")
        self.lanes = _number(options_by_name.get("lanes", str(LANES)))

    def table_schema(self) -> TableSchema:
        """Returns the columns of the table; the type of amounts is that of the settings in the environment."""
        with connect_from_env() as direct:
            money = direct.settings.money
        return schema_of(self.table, self.columns, money=money, names=self.names)

    @classmethod
    def of(cls, options: Mapping[str, str]) -> "ReadOptions":
        """Reads the options; raises ConfigurationError for wrong ones."""
        return cls(options)


def _check_types(schema: Any, expected: TableSchema) -> None:
    """Refuses a schema of the user with columns or types that the table does not have, before anything is read."""
    types = {column.name: _type(column) for column in expected.columns}
    for field in schema.fields:
        found = field.dataType.simpleString()
        if field.name not in types:
            raise ConfigurationError(
                _(
                    "{name}: found the column {column} in the schema, expected some of {columns}",
                    name=NAME,
                    column=field.name,
                    columns=", ".join(types),
                )
            )
        if found != types[field.name].lower():
            raise ConfigurationError(
                _(
                    "{name}: found the type {found} of the column {column} in the schema, expected {expected}; "
                    "convert it with cast()",
                    name=NAME,
                    found=found,
                    column=field.name,
                    expected=types[field.name].lower(),
                )
            )


def _type(column: Column) -> str:
    return _TYPES.get(column.kind, "STRING")


def ddl(schema: TableSchema) -> str:
    """Returns the columns in the DDL of Spark SQL."""
    return ", ".join(f"`{column.name}` {_type(column)}{' NOT NULL' if column.key else ''}" for column in schema.columns)


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


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ConfigurationError(
            _("{name}: found lanes {text!r:.40}, expected a number from 1 to 5", name=NAME, text=text)
        ) from None
