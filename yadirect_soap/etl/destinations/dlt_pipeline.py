"""Databases as destinations through dlt: DuckDB, PostgreSQL, SQLite, MS SQL and every other destination of dlt.

dlt creates tables and merges rows.  It gets them as Arrow, since dicts would take thirteen times the processor time.
Its working folder is removed after a run: state and schema are restored from the destination, where dlt records a
package only after it was loaded completely.
"""

import itertools
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.temporary_folders import TemporaryFolder

from ..batches import Batch
from ..columns import DELETED_AT, LOGIN, Kind
from ..destination import Package, Scope, State
from ..report_rows import ReportRows
from ..run_lock import another_run
from ..schema import ObjectSchema, TableSchema
from .dlt_storage import is_empty, stored_columns
from .dlt_tables import (
    LOGINS,
    PIPELINE,
    TOMBSTONE,
    TYPES,
    DltTables,
    arrow_table,
    can_merge,
    imported_dlt,
    joined_tables,
    kept_rows,
    raise_own,
    reason,
    release_memory,
    table_hints,
    tombstones,
)

DATASET = "yandex_direct"
"""The default schema of the tables in the database.  It is not `direct`: the catalog of a file direct.duckdb has that
name, and DuckDB reports a schema of the same name as ambiguous."""
_CREATION = "x-yadirect-creation"
"""A hint with another value each time that a table is created; so dlt compares the table with that of the database."""


class DltDestination(DltTables):
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
        lock: Is called with the pipeline; its context manager locks the dataset, and gives whether it could.

    Raises:
        ConfigurationError: dlt is not installed, or the destination cannot be reached.
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
        check_rows: Callable[[TableSchema, Any], None] = lambda schema, rows: None,
    ) -> None:
        dlt = imported_dlt()
        display_name = display_name or str(getattr(destination, "destination_name", "dlt"))
        self._types = {**TYPES, **(types or {})}
        self._loads_once = loads_once
        self._get_more_memory = get_more_memory
        self._lock_dataset = lock
        self._check_rows = check_rows
        # Before 1.31, dlt says that nothing is pending after a load that failed.
        self._has_failed = False
        self._folder = TemporaryFolder("dlt")
        with _as_configuration_error(display_name):
            pipeline = dlt.pipeline(
                PIPELINE, destination=destination, dataset_name=dataset, pipelines_dir=str(self._folder.path)
            )
            pipeline.sync_destination()
        self.use(pipeline, display_name=display_name)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Locks the dataset for runs on other machines too, if the database has such locks.

        Raises:
            ConfigurationError: Another run has locked it.
        """
        with _as_configuration_error(self._display_name):
            locked = self._lock_dataset(self._pipeline)
            is_held = locked.__enter__()
        try:
            if not is_held:
                raise another_run(self._display_name)
            with _as_configuration_error(self._display_name):
                # Another run may have committed since this destination was opened.
                self._pipeline.sync_destination()
            self._known_schema = None
            yield
        finally:
            # The lock ends with its connection, which the server may have closed meanwhile.
            with suppress(Exception):
                locked.__exit__(None, None, None)

    def prepare(self, schemas: Sequence[TableSchema]) -> None:
        """Creates missing tables and columns, after a check of the existing ones.

        Raises:
            ConfigurationError: A column has another type, a column of a key was dropped, a table was not created by a
                sync, the user may not create tables, or dlt cannot merge rows there.
        """
        if not can_merge(self._pipeline.destination, {"name": ""}):
            raise ConfigurationError(
                _(
                    "{shown}: dlt cannot merge rows there, expected a database; for files there is files:FOLDER",
                    shown=self._display_name,
                )
            )
        self._check_types(schemas)
        with _as_configuration_error(self._display_name):
            missing = self.missing(schemas)
            lacking = [schema for schema in schemas if schema.name in missing]
            self._check_no_foreign_tables(lacking)
            for schema in lacking:
                self._check_key_columns(schema, missing[schema.name])
            if lacking:
                self._run_aside(self._creating_source(lacking))

    def _check_types(self, schemas: Sequence[TableSchema]) -> None:
        for schema in schemas:
            stored = self._columns(schema.name)
            for column in schema.columns:
                known = stored.get(self._name(column.name), {}).get("data_type")
                if known not in (None, self._types[column.kind]):
                    raise ConfigurationError(
                        _(
                            "{shown}: {table}.{column} is {known} and would be {types}; sync into another dataset",
                            shown=self._display_name,
                            table=schema.name,
                            column=column.name,
                            known=known,
                            types=self._types[column.kind],
                        )
                    )

    def state(self, login: str) -> State:
        """Returns the state of the last package of a login that was loaded completely; {} if there was none."""
        return dict(self.states().get(login) or {})

    def states(self) -> Mapping[str, State]:
        """Returns the states of all logins."""
        sources = self._pipeline.state.get("sources") or {}
        return dict((sources.get(PIPELINE) or {}).get(LOGINS) or {})

    def put_states(self, states: Mapping[str, State]) -> None:
        """Commits states, which replace those of the same logins."""
        with self._lock, self._as_os_error():
            self._run_aside(self._source(states, lambda: iter(())))

    def apply(self, package: Package) -> None:
        """Commits a package: dlt loads the tables, and then records the state.

        Raises:
            OSError: The database refused something or cannot be reached, in this package or in an earlier one.
            DecodeError: A value does not fit its column.
        """
        with self._lock, self._as_os_error():
            if self._has_failed or self._pipeline.has_pending_data:
                # dlt would load the rest of the earlier package instead of this one, which would be lost.
                raise OSError(
                    _(
                        "{shown}: found an earlier package that was not loaded; open the destination again",
                        shown=self._display_name,
                    )
                )
            package = package._replace(batches=self._with_marks(package))
            self._run(self._source({package.login: package.state}, lambda: self._resources(package)))

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
        self._known_schema = None
        self._pipeline.activate()
        release_memory()
        self._pipeline.extract(source)
        self._pipeline.normalize()
        release_memory()
        self._has_failed = True
        self._load()
        self._has_failed = False

    def _run_aside(self, source: Any) -> None:
        """Loads a source in another thread: in the main thread dlt would take signals, and a Ctrl-C could be lost."""
        with ThreadPoolExecutor(1, thread_name_prefix="yadirect-load") as pool:
            pool.submit(self._run, source).result()

    def _load(self) -> None:
        """Loads the pending jobs, and repeats those that failed while the database gets more memory."""
        while True:
            try:
                self._pipeline.load()
            except Exception as error:
                if not self._get_more_memory(error):
                    raise
            else:
                return

    # --- packages to dlt --------------------------------------------------------------------------------------

    def _source(self, states: Mapping[str, State], tables: Callable[[], Iterator[Any]]) -> Any:
        dlt = imported_dlt()

        def remember() -> Iterator[Any]:
            stored = dlt.current.source_state().setdefault(LOGINS, {})
            stored.update({login: dict(state) for login, state in states.items()})
            yield from ()

        def resources() -> Iterator[Any]:
            yield dlt.resource(remember, name="_yadirect_sync")
            yield from tables()

        return dlt.source(resources, name=PIPELINE)()

    def _resources(self, package: Package) -> Iterator[Any]:
        scopes = {scope.table.name: scope for scope in package.replaced}
        for schema in _schemas_of(package):
            yield self._resource(schema, package, scopes.get(schema.name))

    def _creating_source(self, schemas: Sequence[TableSchema]) -> Any:
        """Returns a source without rows, for which dlt creates tables and columns, since its schema is new."""
        dlt = imported_dlt()

        def resources() -> Iterator[Any]:
            for schema in schemas:
                # Tables of reports, whose days are replaced, have no key for dlt to merge by.
                is_merged = isinstance(schema, ObjectSchema)
                hints = table_hints(schema, "merge" if is_merged else "append", self._types)
                # As Arrow, like all rows: dlt would add its own columns to other data.
                rows = arrow_table(Batch(schema, []), self._types, nullable=not is_merged)
                resource = dlt.resource([rows], name=schema.name, **hints)
                yield resource.apply_hints(additional_table_hints={_CREATION: uuid.uuid4().hex})

        return self._source({}, resources)

    def _check_no_foreign_tables(self, schemas: Sequence[TableSchema]) -> None:
        """Refuses tables that dlt does not know: of another program, or ours after dlt's own tables were lost."""
        found = [schema.name for schema in schemas if not self._columns(schema.name) and self._is_foreign(schema)]
        if found:
            raise ConfigurationError(
                _(
                    "{shown}: found {tables}, which no sync has made that dlt's tables there (_dlt_version, "
                    "_dlt_loads) know; rename or drop what was found, or sync into another dataset",
                    shown=self._display_name,
                    tables=", ".join(found),
                )
            )

    def _check_key_columns(self, schema: TableSchema, missing: frozenset[str]) -> None:
        """Refuses to add a column of the key to an existing table, whose rows have no value for it."""
        if not self._columns(schema.name):
            return
        lost = [column.name for column in schema.key if column.name in missing]
        if lost and not missing.issuperset(schema.names):
            with self._client() as client:
                statement = f"DROP TABLE {client.make_qualified_table_name(self._table_name(schema.name))}"
            raise ConfigurationError(
                _(
                    "{shown}: {table}.{column}, a column of the key, was dropped; after {statement} the next sync "
                    "makes the table again and reads it completely",
                    shown=self._display_name,
                    table=schema.name,
                    column=lost[0],
                    statement=statement,
                )
            )

    def _is_foreign(self, schema: TableSchema) -> bool:
        """Whether an existing table that dlt does not know has other columns, or rows.

        An empty one may come from a run that ended before dlt could store its schema.
        """
        table = self._table_name(schema.name)
        stored = stored_columns(self._pipeline, PIPELINE, [table])
        ours = {self._name(name).casefold() for name in [*schema.names, TOMBSTONE]}
        if not stored.get(table):
            return False
        return not stored[table] <= ours or not is_empty(self._pipeline, table)

    def _resource(self, schema: TableSchema, package: Package, scope: Scope | None) -> Any:
        """Returns a resource of dlt whose rows replace those with the same key, or all rows of a scope."""
        hints = table_hints(schema, "merge", self._types, has_unique_keys=self._loads_once)
        if self._loads_once and schema.name in package.new_tables:
            hints["write_disposition"] = "append"
        if scope is not None:
            hints |= {"primary_key": None, "merge_key": [LOGIN.name, *scope.where]}

        def checked() -> Iterator[Any]:
            for rows in tables():
                self._check_rows(schema, rows)
                yield rows

        def tables() -> Iterator[Any]:
            if scope is not None:
                yield tombstones(schema, _keys_of(scope, package.login))
            if isinstance(package.batches, ReportRows):
                # pyarrow reads the report itself, in a fifth of the time that tuples would take.
                for rows in package.batches.record_batches():
                    yield kept_rows(rows, schema, self._types, nullable=True)
                return
            own = (batch for batch in package.batches if batch.table.name == schema.name)
            yield from joined_tables(arrow_table(batch, self._types, nullable=scope is not None) for batch in own)

        return imported_dlt().resource(checked, name=schema.name, **hints)

    def _with_marks(self, package: Package) -> Sequence[Batch]:
        """Returns the batches; in a table that marks deleted rows, rows with the mark replace the deleted keys."""
        if isinstance(package.batches, ReportRows):
            return package.batches
        return [
            self._marked(batch, package) if batch.deleted and batch.table.marks else batch for batch in package.batches
        ]

    def _marked(self, batch: Batch, package: Package) -> Batch:
        schema = batch.table
        member = schema.key[-1].name
        keys = frozenset(batch.rows)
        rows = self.rows(schema, package.login, schema.names, {member: frozenset(key[-1] for key in keys)})
        index = schema.index(DELETED_AT.name)
        deleted = (row for row in rows if schema.key_of(row) in keys)
        return Batch(schema, [(*row[:index], package.synced_at, *row[index + 1 :]) for row in deleted])


def _schemas_of(package: Package) -> Iterable[TableSchema]:
    batches = [Batch(package.batches.schema, [])] if isinstance(package.batches, ReportRows) else package.batches
    named = {batch.table.name: batch.table for batch in batches}
    return {**named, **{scope.table.name: scope.table for scope in package.replaced}}.values()


def _keys_of(scope: Scope, login: str) -> Sequence[Mapping[str, Any]]:
    names = [LOGIN.name, *scope.where]
    return [
        dict(zip(names, values, strict=True))
        for values in itertools.product([login], *map(sorted, scope.where.values()))
    ]


@contextmanager
def _as_configuration_error(display_name: str) -> Iterator[None]:
    """Raises ConfigurationError instead of errors of dlt and drivers, as when they connect."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  whatever a driver has
        raise_own(error)
        raise ConfigurationError(
            _("{shown} cannot be used: {reason}", shown=display_name, reason=reason(error))
        ) from None
