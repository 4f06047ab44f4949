"""dlt's destination for PostgreSQL, with two changes.

An empty text stays an empty text; dlt's COPY would make it NULL.  A file is not copied again if the server may have
committed it, so that no rows are doubled.
"""

from typing import Any

from dlt.common.destination.exceptions import DestinationTerminalException
from dlt.common.storages import FileStorage, ParsedLoadJobFileName
from dlt.destinations import postgres
from dlt.destinations.impl.postgres.postgres import PostgresClient, PostgresCsvCopyJob

from .dlt_tables import reason


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
