"""PostgreSQL through dlt, with two differences.

A text of no characters stays one, where dlt's COPY makes NULL of it.  And a file is not copied again where the server
may have committed it, so that no rows are there twice.
"""

from typing import Any

from dlt.common.destination.exceptions import DestinationTerminalException
from dlt.common.storages import FileStorage, ParsedLoadJobFileName
from dlt.destinations import postgres
from dlt.destinations.impl.postgres.postgres import PostgresClient, PostgresCsvCopyJob

from .dlt_tables import reason


class CopyJob(PostgresCsvCopyJob):
    """Copies a file of CSV, whose texts are quoted and whose NULLs are not."""

    def run(self) -> None:
        """Copies the file; the columns are those of its first line."""
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
                    # What was to be committed; dlt would copy it again after any other error.
                    raise DestinationTerminalException(reason(error)) from error
                raise


class Client(PostgresClient):
    """Loads files of CSV with CopyJob."""

    def create_load_job(self, table: Any, file_path: str, load_id: str, restore: bool = False) -> Any:
        """The job that loads a file."""
        if ParsedLoadJobFileName.parse(file_path).file_format == "csv":
            return CopyJob(file_path)
        return super().create_load_job(table, file_path, load_id, restore)


class Postgresql(postgres):
    """The destination."""

    @property
    def client_class(self) -> type[Client]:
        """What loads packages."""
        return Client
