"""StoredTables: the tables of a source in the database of a user's pipeline, those of another pipeline too."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..destinations.dlt_arrow import TOMBSTONE
from ..destinations.dlt_errors import as_os_error
from ..destinations.dlt_storage import stored_columns
from ..destinations.dlt_tables import DltTables
from ..schema import Row, TableSchema


class StoredTables(DltTables):
    """The tables of a source in the database of the pipeline that extracts.

    Args:
        pipeline: The pipeline.
        schema: The schema of the source in this extraction.
        renamed: The names of the tables in the database.
        new: The tables that the pipeline has not loaded yet; another one may have done so, or its state is lost.

    Raises:
        ConfigurationError: A new table is there, and no merge of a dlt_source() has made it.
        OSError: The database cannot be read.
    """

    def __init__(
        self, pipeline: Any, schema: Any, *, renamed: Mapping[str, str], new: Mapping[str, TableSchema]
    ) -> None:
        super().__init__(pipeline, source=schema.name, renamed=renamed)
        self._source_schema = schema
        self._new = new
        self._found: dict[str, frozenset[str]] = {}
        """The columns of new tables in the database."""
        names = {self.table_name(name): name for name in new}
        with as_os_error(self.display_name):
            stored = stored_columns(pipeline, self.source, list(names)) if new else {}
        for table, columns in stored.items():
            self._check_found(new[names[table]], columns)
            self._found[names[table]] = columns

    def columns(self, table: str) -> Mapping[str, Any]:
        """Returns the columns of a table in the schema of dlt, or in the database if it is new to the pipeline."""
        if table in self._found:
            names = map(self.name, self._new[table].names)
            return {name: {} for name in names if name.casefold() in self._found[table]}
        return super().columns(table)

    def rows(
        self,
        table: TableSchema,
        login: str,
        columns: Sequence[str],
        where: Mapping[str, frozenset[Any]] | None = None,
    ) -> Iterator[Row]:
        """Yields values of a login's rows; none of a table that dlt creates in this run."""
        if self._is_there(table):
            yield from super().rows(table, login, columns, where)

    def has_rows(self, table: TableSchema, login: str) -> bool:
        """Whether a login has rows; False for a table that dlt creates in this run."""
        return self._is_there(table) and super().has_rows(table, login)

    def missing(self, schemas: Sequence[TableSchema]) -> Mapping[str, frozenset[str]]:
        """Returns the columns that tables of the pipeline lack: dropped ones, and those that dlt never created."""
        return super().missing(
            [schema for schema in schemas if schema.name not in self._new and self.columns(schema.name)]
        )

    def dropped(self, schemas: Sequence[TableSchema]) -> list[str]:
        """Returns the tables that lack a column which dlt has created."""
        return [
            name
            for name, columns in self.missing(schemas).items()
            if any(self.name(column) in self.columns(name) for column in columns)
        ]

    def _schema(self) -> Any:
        return super()._schema() or self._source_schema

    def _is_there(self, table: TableSchema) -> bool:
        return table.name not in self._new or table.name in self._found

    def _check_found(self, schema: TableSchema, columns: Collection[str]) -> None:
        own = [self.name(name).casefold() for name in (*(column.name for column in schema.key), TOMBSTONE)]
        if not super().columns(schema.name) and not set(own) <= set(columns):
            raise ConfigurationError(
                _(
                    "found the table {table} in the dataset {dataset}, which no merge of a dlt_source() has made; give "
                    "the resource another one by apply_hints(table_name=...), or load into another dataset",
                    table=self.table_name(schema.name),
                    dataset=self.pipeline.dataset_name,
                )
            )
