"""QueueDestination: runs a sync in a thread and puts its batches into a queue for each table, for resources of dlt.

dlt has a batch for certain when it asks for the next one.  So the state of a package is stored when all of its batches
were followed by such a request, and the next run reads again what a limit cuts off.
"""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..batches import Batch
from ..columns import LOGIN
from ..destination import Package, State
from ..destinations.dlt_arrow import arrow_table
from ..destinations.dlt_setup import LOGINS, imported_dlt
from ..login_sync import Progress
from ..schema import TableSchema
from .dlt_hints import table_of
from .dlt_stored import StoredTables

_QUEUE_SIZE = 4
"""The maximum number of batches of a table in its queue."""
_POLL_INTERVAL = 0.05
"""Seconds that a resource waits for a batch before dlt continues with the next resource."""
_PLACE = "place"
"""The key in the state of the source that has the destination and the dataset of its last run."""
_HAS_RUN = "has_run"
"""The key in the state of a resource that has run; dlt drops this state with the tables of the resource."""


class StoppedError(Exception):
    """dlt has closed all resources, so that no more rows are needed."""


Run = Callable[["QueueDestination", Sequence[str]], None]
"""Runs a sync of some tables into a destination."""


class QueueDestination:
    """A destination of a sync for one extraction of dlt, whose resources take the batches from queues.

    Args:
        run: Runs a sync of some tables into this destination.
        schemas: The tables, by name.
        resources: The resources that yield their rows, by name of the table.
    """

    reads_own_rows = False

    def __init__(self, run: Run, schemas: Mapping[str, TableSchema], resources: Mapping[str, Any]) -> None:
        self._run = run
        self._schemas = schemas
        self._resources = resources
        self._queues: dict[str, queue.Queue[Batch]] = {name: queue.Queue(_QUEUE_SIZE) for name in resources}
        self._states: dict[str, Any] = {}
        self._earlier: dict[str, Any] = {}
        """The states before this run."""
        self._closed: set[str] = set()
        """Tables whose resources dlt has closed before their end."""
        self._begun: set[str] = set()
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None
        self._guard = threading.Lock()
        """Protects the states and the closed tables."""
        self._stored: StoredTables | None = None
        """The tables in the database; None without a pipeline."""
        self._named: Mapping[str, str] = {}
        """The names of the tables in the database."""
        self.logins: set[str] = set()
        """The logins of the rows so far."""

    def is_unread(self, table: str) -> bool:
        """Whether the rows of a table were not read yet."""
        return table in self._queues and table not in self._begun

    # --- for sync() -------------------------------------------------------------------------------------------

    def missing(self, schemas: Sequence[TableSchema]) -> Mapping[str, frozenset[str]]:
        """Returns the columns that tables of the pipeline lack, by table."""
        return {} if self._stored is None else self._stored.missing(schemas)

    def prepare(self, schemas: Sequence[TableSchema]) -> None:
        """Checks tables; dlt creates new ones as it loads rows, but does not create a dropped one again.

        Raises:
            ConfigurationError: A table of dlt, or a column of it, was dropped or is not loaded yet.
        """
        dropped = [] if self._stored is None else self._stored.dropped(schemas)
        if self._stored is None or not dropped:
            return
        name = self._resources[min(dropped)].name
        if self._stored.pipeline.has_pending_data:
            raise ConfigurationError(
                _("resource {name}: what was extracted before is not loaded; call pipeline.load() first", name=name)
            )
        raise ConfigurationError(
            _(
                "resource {name}: somebody dropped its table or a column of it; make the table again by "
                "pipeline.run(source.with_resources({name!r}), refresh='drop_resources')",
                name=name,
            )
        )

    def state(self, login: str) -> State:
        """Returns the state of a login, which is that of the last loaded run until a package changes it."""
        return dict(self._states.get(login) or {})

    def rows(
        self,
        table: TableSchema,
        login: str,
        columns: Sequence[str],
        where: Mapping[str, frozenset[Any]] | None = None,
    ) -> Iterator[tuple[Any, ...]]:
        """Yields values of stored rows; none without a pipeline, or of a table that dlt creates in this run."""
        if self._stored is not None:
            yield from self._stored.rows(table, login, columns, where)

    def has_rows(self, table: TableSchema, login: str) -> bool:
        """Returns whether a login has rows; none in a table that dlt creates in this run."""
        return self._stored is not None and self._stored.has_rows(table, login)

    def states(self) -> Mapping[str, State]:
        """Returns the states of all logins."""
        return dict(self._states)

    def put_states(self, states: Mapping[str, State]) -> None:
        """Replaces the states of some logins."""
        with self._guard:
            self._states.update({login: dict(state) for login, state in states.items()})

    def apply(self, package: Package) -> None:
        """Puts the batches into their queues, and stores the state when dlt has all of them."""
        for batch in package.batches:
            batches = self._queues[batch.table.name]
            while batch.table.name not in self._closed:
                try:
                    batches.put(batch, timeout=_POLL_INTERVAL)
                    break
                except queue.Full:
                    continue
        for name, batches in self._queues.items():
            with batches.all_tasks_done:
                while batches.unfinished_tasks and name not in self._closed:
                    batches.all_tasks_done.wait(_POLL_INTERVAL)
        with self._guard:
            self._raise_if_stopped()
            self._states[package.login] = self._merged(package.login, package.state)

    def close(self) -> None:
        """Does nothing: the pipeline is the user's."""

    def on_progress(self, _progress: Progress) -> None:
        """Stops the run if dlt has closed all resources."""
        self._raise_if_stopped()

    # --- for dlt ----------------------------------------------------------------------------------------------

    def batches(self, name: str) -> Iterator[Any]:
        """Yields the rows of a table as tables of Arrow, and None while its queue is empty."""
        batches = self._queues[name]
        self._begun.add(name)
        try:
            # After an error in another resource dlt never reads this one, and its full queue would block the run.
            while self._begun < self._queues.keys():
                yield None
            thread = self._started()
            while thread.is_alive() or not batches.empty():
                try:
                    batch = batches.get(timeout=_POLL_INTERVAL)
                except queue.Empty:
                    yield None
                    continue
                rows = arrow_table(batch)
                self.logins.update(rows.column(LOGIN.name).unique().to_pylist())
                yield rows
                self._check_hints(name)
                batches.task_done()
            if self._error is not None:
                raise self._error
        except BaseException:
            self.reset(name)
            raise

    def reset(self, name: str) -> None:
        """Resets the state of a table to that before this run, so that the next run reads the same rows."""
        with self._guard:
            self._closed.add(name)
            for login, state in self._states.items():
                self._states[login] = self._merged(login, state)

    def table_name(self, name: str) -> str:
        """Returns the name of a table in the hints of its resource."""
        return self._named[name]

    def normalized(self, names: Iterable[str]) -> set[str]:
        """Returns names as dlt writes them in the destination; as they are without a pipeline."""
        return {name if self._stored is None else self._stored.name(name) for name in names}

    def begin(self) -> None:
        """Reads the states and the names of tables from the pipeline that extracts."""
        current = imported_dlt().current
        pipeline = _active_pipeline()
        self._named = self._tables(pipeline)
        self._stored = None
        if pipeline is not None:
            schema = current.source_schema()
            committed = ((pipeline.state.get("sources") or {}).get(schema.name) or {}).get("resources") or {}
            new = self._take_states(
                current, committed, f"{pipeline.destination.destination_name}/{pipeline.dataset_name}"
            )
            self._stored = StoredTables(
                pipeline, schema, renamed=self._named, new={name: self._schemas[name] for name in new}
            )

    def _started(self) -> threading.Thread:
        """Returns the thread of the run, and starts it the first time."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run_sync, name="yadirect-dlt-source", daemon=True)
            self._thread.start()
        return self._thread

    def _tables(self, pipeline: Any) -> Mapping[str, str]:
        """Returns the names of the tables in the database; ConfigurationError if two tables have the same."""
        if pipeline is not None and pipeline.destination is None:
            raise ConfigurationError(
                _(
                    "found the pipeline {name} without a destination, expected one, with whose rows later runs compare",
                    name=pipeline.pipeline_name,
                )
            )
        renamed = {
            name: table_of(resource, self._schemas[name], pipeline) for name, resource in self._resources.items()
        }
        if len(set(renamed.values())) < len(renamed):
            raise ConfigurationError(
                _(
                    "found the resources {names} in one table, expected a table for each",
                    names=", ".join(f"{resource.name} ({renamed[name]})" for name, resource in self._resources.items()),
                )
            )
        return renamed

    def _take_states(self, current: Any, committed: Mapping[str, Any], place: str) -> frozenset[str]:
        """Reads the states, and returns the tables that the pipeline has not loaded yet.

        Args:
            current: `dlt.current`.
            committed: The states of the resources before this extraction.
            place: The destination and the dataset.
        """
        of_source = current.source_state()
        self._states = of_source.setdefault(LOGINS, {})
        # The last rows may have gone elsewhere: run(dataset_name=...) compares with one dataset and fills another.
        is_elsewhere = of_source.get(_PLACE, place) != place
        of_source[_PLACE] = place
        of_resources = {name: current.resource_state(resource.name) for name, resource in self._resources.items()}
        # Resources that never ran, or not here, and those whose tables a `refresh` drops.
        fresh = frozenset(name for name, state in of_resources.items() if is_elsewhere or not state.get(_HAS_RUN))
        for login, state in self._states.items():
            tables = {name: table for name, table in (state.get("tables") or {}).items() if name not in fresh}
            self._states[login] = {**state, "tables": tables}
        # Another source in the same extraction may have a new table too.
        new = fresh | {
            name for name, resource in self._resources.items() if not (committed.get(resource.name) or {}).get(_HAS_RUN)
        }
        for state in of_resources.values():
            state[_HAS_RUN] = True
        self._earlier = dict(self._states)
        return new

    def _check_hints(self, name: str) -> None:
        """Checks the hints again, because dlt.mark.with_hints() changes those of a resource with its rows."""
        table = table_of(self._resources[name], self._schemas[name])
        if table != self._named[name]:
            raise ConfigurationError(
                _(
                    "resource {name}: found the table {table} in the hints of its rows, expected it in "
                    "apply_hints(table_name=...), by which later runs find the rows that are gone",
                    name=self._resources[name].name,
                    table=table,
                )
            )

    def _merged(self, login: str, state: State) -> State:
        """Returns a state in which closed tables, and those of other sources, are as they were."""
        present = (self._states.get(login) or {}).get("tables") or {}
        earlier = (self._earlier.get(login) or {}).get("tables") or {}
        tables = {name: table for name, table in present.items() if name not in self._queues}
        for name in self._queues:
            known = earlier if name in self._closed else state.get("tables") or {}
            if name in known:
                tables[name] = known[name]
        filled = {*(self._states.get(login) or {}).get("filled", ()), *state.get("filled", ())}
        return {**state, "tables": tables, "filled": sorted(filled)}

    def _raise_if_stopped(self) -> None:
        if self._closed >= self._queues.keys():
            raise StoppedError

    def _run_sync(self) -> None:
        try:
            self._run(self, list(self._queues))
        except StoppedError:
            pass
        except BaseException as error:  # noqa: BLE001  raised again where dlt reads rows
            self._error = error


def _active_pipeline() -> Any:
    """Returns the pipeline that extracts, or in a loop over a source the last one; None if there was none."""
    from dlt.common.configuration.container import Container
    from dlt.common.pipeline import PipelineContext

    context = Container()[PipelineContext]
    return context.pipeline() if context.is_active() else None


def extraction() -> Any:
    """Returns an object that differs for each extraction of dlt, and for each loop; None outside of both."""
    from dlt.common.configuration.container import Container
    from dlt.common.pipeline import StateInjectableContext

    container = Container()
    return container[StateInjectableContext].state if StateInjectableContext in container else None
