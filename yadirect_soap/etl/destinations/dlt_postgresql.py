"""dlt's destination for PostgreSQL, with two changes.

An empty text stays an empty text; dlt's COPY would make it NULL.  A file is not copied again if the server may have
committed it, so that no rows are doubled.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dlt.common.destination.exceptions import DestinationTerminalException
from dlt.common.schema.typing import LOADS_TABLE_NAME, PIPELINE_STATE_TABLE_NAME, VERSION_TABLE_NAME
from dlt.common.storages import FileStorage, ParsedLoadJobFileName
from dlt.destinations import postgres
from dlt.destinations.exceptions import DatabaseException
from dlt.destinations.impl.postgres.postgres import PostgresClient, PostgresCsvCopyJob

from yadirect_soap.errors import ConfigurationError, DecodeError
from yadirect_soap.language import _

from ..columns import Kind
from ..schema import TableSchema
from .dlt_errors import reason
from .dlt_tables import DltTables

if TYPE_CHECKING:
    import pyarrow

_INSUFFICIENT_PRIVILEGE = "42501"
_ESCAPED_NUL = r"(^|[^\\])(\\\\)*\\u0000"
"""NUL in JSON, where the backslash before `u0000` is not escaped itself."""


class CopyJob(PostgresCsvCopyJob):
    """Copies a CSV file in which texts are quoted and NULLs are not."""

    def run(self) -> None:
        """Copies the file; its first line has the names of the columns."""
        client = self._job_client.sql_client
        with FileStorage.open_zipsafe_ro(self._file_path, "rb") as file:
            names = [name.strip('"') for name in file.readline().decode().strip().split(",")]
            columns = ", ".join(client.escape_column_name(name) for name in names)
            table = client.make_qualified_table_name(self.load_table_name)
            statement = f"COPY {table} ({columns}) FROM STDIN WITH (FORMAT CSV, NULL '', ENCODING 'UTF8')"
            is_copied = False
            try:
                with client.begin_transaction(), client.native_connection.cursor() as cursor:
                    cursor.copy_expert(statement, file, size=1 << 16)
                    is_copied = True
            except Exception as error:
                if is_copied:
                    # The commit failed, and may have been carried out; after any other error dlt would copy again.
                    raise DestinationTerminalException(reason(error)) from error
                raise


class Client(PostgresClient):
    """The client of dlt, which loads CSV files with CopyJob."""

    def create_load_job(self, table: Any, file_path: str, load_id: str, restore: bool = False) -> Any:
        """Returns the job that loads a file."""
        if ParsedLoadJobFileName.parse(file_path).file_format == "csv":
            return CopyJob(file_path)
        return super().create_load_job(table, file_path, load_id, restore)


class Postgresql(postgres):
    """The destination."""

    @property
    def client_class(self) -> type[Client]:
        """The class that loads packages."""
        return Client


@contextmanager
def advisory_lock(pipeline: Any) -> Iterator[bool]:
    """Locks the dataset of a pipeline for runs on any machine; yields whether this was possible.

    The lock belongs to a transaction, because a connection pooler may divide a session among several connections.
    """
    digest = hashlib.sha256(f"yadirect-soap sync {pipeline.dataset_name}".encode()).digest()
    key = int.from_bytes(digest[:8], "big", signed=True)
    with pipeline.sql_client() as client, client.begin_transaction():
        try:
            client.execute_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            ((is_free,),) = client.execute_sql("SELECT pg_try_advisory_xact_lock(%s)", key)
        except DatabaseException:
            # A database that only speaks PostgreSQL's protocol may have no such locks.
            is_free = True
        yield bool(is_free)


def check_rights(tables: DltTables, names: Sequence[str]) -> None:
    """Refuses a user who may not write into the tables, before anything is sent.

    Args:
        tables: The tables that dlt knows.
        names: Their names in the database.

    Raises:
        ConfigurationError: The transactions are read-only, or the user lacks a right.
    """
    own = {LOADS_TABLE_NAME: ("INSERT",), PIPELINE_STATE_TABLE_NAME: ("INSERT",), VERSION_TABLE_NAME: ("INSERT",)}
    with tables.client() as client:
        wanted = [
            (client.make_qualified_table_name(name), right)
            for name, rights in {**dict.fromkeys(names, ("SELECT", "INSERT", "DELETE")), **own}.items()
            for right in rights
        ]
        with client.with_staging_dataset():
            wanted += [
                (client.make_qualified_table_name(name), right)
                for name in names
                for right in ("SELECT", "INSERT", "TRUNCATE")
            ]
        statement = (
            "SELECT current_setting('transaction_read_only'), "
            "(SELECT concat(missing, ' on ', name) FROM unnest(%s::text[], %s::text[]) AS wanted (name, missing) "
            "WHERE to_regclass(name) IS NOT NULL AND NOT has_table_privilege(name, missing) LIMIT 1)"
        )
        try:
            ((read_only, lacking),) = client.execute_sql(statement, *map(list, zip(*wanted, strict=True)))
        except DatabaseException as error:
            if getattr(error.dbapi_exception, "pgcode", "") == _INSUFFICIENT_PRIVILEGE:
                raise
            # A database that only speaks PostgreSQL's protocol may have no such functions.
            return
    if read_only == "on":
        raise ConfigurationError(
            _("{shown}: transactions of this user or server are read-only", shown=tables.display_name)
        )
    if lacking:
        raise ConfigurationError(
            _(
                "{shown}: the user lacks {lacking}; grant it, or sync as the owner of the tables",
                shown=tables.display_name,
                lacking=lacking,
            )
        )


def refuse_nul(schema: TableSchema, rows: "pyarrow.Table") -> None:
    """Refuses texts with the character NUL, which the server cannot store.

    Raises:
        DecodeError: A text has it; the server's error would not name the table and would stop all logins.
    """
    import pyarrow.compute

    compute: Any = pyarrow.compute
    for column in schema.columns:
        if column.kind not in {Kind.TEXT, Kind.JSON} or column.name not in rows.column_names:
            continue
        texts = rows.column(column.name)
        has_nul = compute.any(compute.match_substring(texts, "\0" if column.kind is Kind.TEXT else "\\u0000")).as_py()
        if has_nul and column.kind is Kind.JSON:
            has_nul = compute.any(compute.match_substring_regex(texts, _ESCAPED_NUL)).as_py()
        if has_nul:
            raise DecodeError(
                _(
                    "{table}.{column} has a text with the character NUL, which PostgreSQL does not store",
                    table=schema.name,
                    column=column.name,
                )
            )
