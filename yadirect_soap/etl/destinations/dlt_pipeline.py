"""Databases as destinations through dlt: DuckDB, PostgreSQL, SQLite, MS SQL and every other destination of dlt.

dlt creates tables and merges rows.  It gets them as Arrow, since dicts would take thirteen times the processor time.
Its working folder is removed after a run: state and schema are restored from the destination, where dlt records a
package only after it was loaded completely.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.temporary_folders import TemporaryFolder

from ..columns import Kind
from ..destination import Package, State
from ..run_lock import another_run
from ..schema import Row, TableSchema
from .dlt_arrow import TYPES, release_memory
from .dlt_creation import TableCreation
from .dlt_errors import as_configuration_error, as_os_error
from .dlt_packages import PackageLoading, RowCheck, with_marks
from .dlt_setup import LOGINS, PIPELINE, imported_dlt, unlogged_load
from .dlt_tables import DltTables

DATASET = "yandex_direct"
"""The default schema of the tables in the database.  It is not `direct`: the catalog of a file direct.duckdb has that
name, and DuckDB reports a schema of the same name as ambiguous."""


class DltDestination:
    """A database that dlt loads.

    Args:
        destination: A destination of dlt: `dlt.destinations.duckdb("direct.duckdb")`.
        dataset: The schema of the tables.
        display_name: The name of the destination in errors, without a password.
        types: Types of dlt for kinds of columns whose type differs in this destination.
        loads_once: Whether a file of rows is never loaded twice, even if the response to a commit is lost.  New rows
            then need no merge, and other rows no search for duplicates.
        get_more_memory: Is called with the error of a load; returns whether the database now has more memory.
        check_rows: Is called with a table and an Arrow table of its rows; raises DecodeError for a value that the
            database cannot store.
        check_rights: Is called with the tables and their names in the database, which are there; raises
            ConfigurationError if the user may not write into them.
        lock: Is called with the pipeline; its context manager locks the dataset, and gives whether it could.

    Raises:
        ConfigurationError: dlt is not installed, the destination cannot be reached, or dlt would change the name of the
            dataset.
    """

    def __init__(
        self,
        destination: Any,
        *,
        dataset: str = DATASET,
        display_name: str = "",
        types: Mapping[Kind, str] | None = None,
        loads_once: bool = False,
        get_more_memory: Callable[[Exception], bool] = lambda error: False,
        lock: Callable[[Any], AbstractContextManager[bool]] = lambda pipeline: nullcontext(True),
        check_rows: RowCheck = lambda schema, rows: None,
        check_rights: Callable[[DltTables, Sequence[str]], None] = lambda tables, names: None,
    ) -> None:
        dlt = imported_dlt()
        display_name = display_name or str(getattr(destination, "destination_name", "dlt"))
        if not dataset.isascii():
            # dlt leaves out other letters, so that two datasets could be the same.
            raise ConfigurationError(
                _(
                    "{shown}: found dataset={dataset}, expected a name of a to z, 0 to 9 and _",
                    shown=display_name,
                    dataset=dataset,
                )
            )
        all_types = {**TYPES, **(types or {})}
        self._get_more_memory = get_more_memory
        self._lock_dataset = lock
        self._check_rights = check_rights
        # Before 1.31, dlt says that nothing is pending after a load that failed.
        self._has_failed = False
        self._folder = TemporaryFolder("dlt")
        with as_configuration_error(display_name):
            self._pipeline = dlt.pipeline(
                PIPELINE, destination=destination, dataset_name=dataset, pipelines_dir=str(self._folder.path)
            )
            self._pipeline.sync_destination()
        self._tables = DltTables(self._pipeline, display_name=display_name)
        self._creation = TableCreation(self._tables, all_types)
        self._loading = PackageLoading(all_types, loads_once, check_rows)

    @property
    def _display_name(self) -> str:
        return self._tables.display_name

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Locks the dataset for runs on other machines too, if the database has such locks.

        Raises:
            ConfigurationError: Another run has locked it.
        """
        with as_configuration_error(self._display_name):
            locked = self._lock_dataset(self._pipeline)
            is_held = locked.__enter__()
        try:
            if not is_held:
                raise another_run(self._display_name)
            with as_configuration_error(self._display_name):
                # Another run may have committed since this destination was opened.
                self._pipeline.sync_destination()
            self._tables.forget_schema()
            yield
        finally:
            # The lock ends with its connection, which the server may have closed meanwhile.
            with suppress(Exception):
                locked.__exit__(None, None, None)

    def missing(self, schemas: Sequence[TableSchema]) -> Mapping[str, frozenset[str]]:
        """Returns the columns that the database lacks, by table; all columns of a table that dlt does not know."""
        return self._tables.missing(schemas)

    def prepare(self, schemas: Sequence[TableSchema]) -> None:
        """Creates missing tables and columns, after a check of the existing ones.

        Raises:
            ConfigurationError: A column has another type, a column of a key was dropped, a table was not created by a
                sync, the user may not create tables or write into them, or dlt cannot merge rows there.
        """
        with as_configuration_error(self._display_name):
            if lacking := self._creation.check(schemas):
                self._run_aside(_source({}, lambda: self._creation.resources(lacking)))
            self._check_rights(self._tables, [self._tables.table_name(schema.name) for schema in schemas])

    def state(self, login: str) -> State:
        """Returns the state of the last package of a login that was loaded completely; {} if there was none."""
        return dict(self.states().get(login) or {})

    def states(self) -> Mapping[str, State]:
        """Returns the states of all logins."""
        sources = self._pipeline.state.get("sources") or {}
        return dict((sources.get(PIPELINE) or {}).get(LOGINS) or {})

    def put_states(self, states: Mapping[str, State]) -> None:
        """Commits states, which replace those of the same logins."""
        with self._tables.lock, as_os_error(self._display_name):
            self._run_aside(_source(states, lambda: ()))

    def rows(
        self,
        table: TableSchema,
        login: str,
        columns: Sequence[str],
        where: Mapping[str, frozenset[Any]] | None = None,
    ) -> Iterator[Row]:
        """Yields values of a login's rows in some columns, as in a Batch; none if the table is missing."""
        return self._tables.rows(table, login, columns, where)

    def has_rows(self, table: TableSchema, login: str) -> bool:
        """Whether a login has rows that are not deleted; False if the table is missing."""
        return self._tables.has_rows(table, login)

    def apply(self, package: Package) -> None:
        """Commits a package: dlt loads the tables, and then records the state.

        Raises:
            OSError: The database refused something or cannot be reached, in this package or in an earlier one.
            DecodeError: A value does not fit its column.
        """
        with self._tables.lock, as_os_error(self._display_name):
            if self._has_failed or self._pipeline.has_pending_data:
                # dlt would load the rest of the earlier package instead of this one, which would be lost.
                raise OSError(
                    _(
                        "{shown}: found an earlier package that was not loaded; open the destination again",
                        shown=self._display_name,
                    )
                )
            marked = with_marks(package, self._tables)
            self._run(_source({package.login: package.state}, lambda: self._loading.resources(marked)))

    def close(self) -> None:
        """Deactivates the pipeline and removes its working folder."""
        # dlt has one active pipeline in a process, which may be that of another destination or of the user.
        # Another thread may activate its own at any time.
        from dlt.pipeline.exceptions import PipelineNotActive

        with suppress(PipelineNotActive):
            if self._pipeline.is_active:
                self._pipeline.deactivate()
        self._folder.remove()

    def _run(self, source: Any) -> None:
        """Loads a source in the steps of dlt's run(), and releases memory between them."""
        self._pipeline.activate()
        release_memory()
        try:
            self._pipeline.extract(source)
            self._pipeline.normalize()
            release_memory()
            self._has_failed = True
            self._load()
            self._has_failed = False
        finally:
            self._tables.forget_schema()

    def _run_aside(self, source: Any) -> None:
        """Loads a source in another thread: in the main thread dlt would take signals, and a Ctrl-C could be lost."""
        with ThreadPoolExecutor(1, thread_name_prefix="yadirect-load") as pool:
            pool.submit(self._run, source).result()

    def _load(self) -> None:
        """Loads the pending jobs, and repeats those that failed while the database gets more memory."""
        while True:
            try:
                with unlogged_load():
                    self._pipeline.load()
            except Exception as error:
                if not self._get_more_memory(error):
                    raise
            else:
                return


def _source(states: Mapping[str, State], tables: Callable[[], Iterable[Any]]) -> Any:
    """Returns a source of dlt that stores states and loads tables.

    Args:
        states: The states, by login.
        tables: Returns the resources of the tables.
    """
    dlt = imported_dlt()

    def remember() -> Iterator[Any]:
        stored = dlt.current.source_state().setdefault(LOGINS, {})
        stored.update({login: dict(state) for login, state in states.items()})
        yield from ()

    def resources() -> Iterator[Any]:
        yield dlt.resource(remember, name="_yadirect_sync")
        yield from tables()

    return dlt.source(resources, name=PIPELINE)()
