"""Handover: one run of sync() whose packages resources of dlt take, table by table, while dlt extracts them.

The run works in a thread of its own.  A batch counts once dlt asks for the next one; the state of a package counts once
all of its batches do.  What a limit cuts off is read again by the next run.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..batches import Batch
from ..destination import Package, State
from ..destinations.dlt_tables import LOGINS, DltTables, arrow_table, imported_dlt
from ..login_sync import Progress
from ..schema import TableSchema
from .dlt_hints import table_of

_WAITING = 4
"""Packages of a table that wait to be taken."""
_MOMENT = 0.05
"""Seconds that a resource waits for a package before dlt looks at the next resource."""
_HAS_RUN = "has_run"
"""What the state of a resource has once its rows are in the pipeline; dlt drops it with the tables of the resource."""


class StoppedError(Exception):
    """dlt asks for no more."""


Run = Callable[["Handover", Sequence[str]], None]
"""Carries out a sync into a handover, of some tables."""


class Handover(DltTables):
    """A destination whose packages are taken by the resources of one extraction of dlt.

    Args:
        run: Carries out the sync.
        schemas: The tables, by name.
        resources: The resources that give them, by name of the table.
    """

    reads_own_rows = False

    def __init__(self, run: Run, schemas: Mapping[str, TableSchema], resources: Mapping[str, Any]) -> None:
        self._run = run
        self._schemas = schemas
        self._resources = resources
        self._waiting: dict[str, queue.Queue[Batch]] = {name: queue.Queue(_WAITING) for name in resources}
        self._states: dict[str, Any] = {}
        self._new: frozenset[str] = frozenset()
        """Tables that dlt makes in this run."""
        self._earlier: dict[str, Any] = {}
        """The states before this run."""
        self._cut: set[str] = set()
        """Tables of which dlt takes no more."""
        self._begun: set[str] = set()
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None
        self._guard = threading.Lock()
        """Held while states or what is cut change."""
        self._is_in_pipeline = False
        self._named: Mapping[str, str] = {}
        """The tables' names in the database."""

    def gives(self, table: str) -> bool:
        """Whether the rows of a table are still to be asked for."""
        return table in self._waiting and table not in self._begun

    # --- what sync() asks -------------------------------------------------------------------------------------

    def missing(self, schemas: Sequence[TableSchema]) -> Mapping[str, frozenset[str]]:
        """The columns that dlt has made and the database lacks, by table; dlt makes others as rows come."""
        if not self._is_in_pipeline:
            return {}
        made = super().missing([schema for schema in schemas if schema.name not in self._new])
        known = {
            name: frozenset(column for column in columns if self._name(column) in self._columns(name))
            for name, columns in made.items()
        }
        return {name: columns for name, columns in known.items() if columns}

    def prepare(self, schemas: Sequence[TableSchema]) -> None:
        """Makes nothing: dlt makes tables as rows come, but not again those that it has made.

        Raises:
            ConfigurationError: A table that dlt has made lacks something.
        """
        missing = self.missing(schemas)
        if not missing:
            return
        name = self._resources[min(missing)].name
        if self._pipeline.has_pending_data:
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
        """The state of the last run that was loaded."""
        return dict(self._states.get(login) or {})

    def rows(
        self,
        table: TableSchema,
        login: str,
        columns: Sequence[str],
        where: Mapping[str, frozenset[Any]] | None = None,
    ) -> Iterator[tuple[Any, ...]]:
        """What the database has; nothing outside a pipeline, and of a table that dlt makes in this run."""
        if self._is_in_pipeline and table.name not in self._new:
            yield from super().rows(table, login, columns, where)

    def has_rows(self, table: TableSchema, login: str) -> bool:
        """Whether rows() would give one."""
        return self._is_in_pipeline and table.name not in self._new and super().has_rows(table, login)

    def states(self) -> Mapping[str, State]:
        """The states of all logins."""
        return dict(self._states)

    def put_states(self, states: Mapping[str, State]) -> None:
        """Puts states in the place of those that these logins have."""
        with self._guard:
            self._states.update({login: dict(state) for login, state in states.items()})

    def apply(self, package: Package) -> None:
        """Waits until dlt has taken the batches; then their state is kept."""
        for batch in package.batches:
            waiting = self._waiting[batch.table.name]
            while batch.table.name not in self._cut:
                try:
                    waiting.put(batch, timeout=_MOMENT)
                    break
                except queue.Full:
                    continue
        for name, waiting in self._waiting.items():
            with waiting.all_tasks_done:
                while waiting.unfinished_tasks and name not in self._cut:
                    waiting.all_tasks_done.wait(_MOMENT)
        with self._guard:
            self._refuse_if_stopped()
            self._states[package.login] = self._counted(package.login, package.state)

    def close(self) -> None:
        """Does nothing: the pipeline is the user's."""

    def on_progress(self, _progress: Progress) -> None:
        """Ends the run where dlt asks for no more."""
        self._refuse_if_stopped()

    # --- what dlt asks ----------------------------------------------------------------------------------------

    def batches(self, name: str) -> Iterator[Any]:
        """The rows of a table as tables of Arrow; None while there are none, so that dlt asks the next resource."""
        waiting = self._waiting[name]
        self._begun.add(name)
        try:
            # Nobody would take the rows of a resource that dlt never came to, as another one had an error.
            while self._begun < self._waiting.keys():
                yield None
            thread = self._started()
            while thread.is_alive() or not waiting.empty():
                try:
                    batch = waiting.get(timeout=_MOMENT)
                except queue.Empty:
                    yield None
                    continue
                yield arrow_table(batch)
                self._check_hints(name)
                waiting.task_done()
            if self._error is not None:
                raise self._error
        except BaseException:
            self._cut_off(name)
            raise

    def begin(self) -> None:
        """Takes the states and tables of the pipeline that extracts."""
        current = imported_dlt().current
        pipeline = _active_pipeline()
        self._is_in_pipeline = pipeline is not None
        self._named = self._tables(pipeline)
        if pipeline is not None:
            self.use(pipeline, source=current.source_schema().name, renamed=self._named)
            self._take_states(current)

    def _started(self) -> threading.Thread:
        """The thread of the run, which the first one that asks starts."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._carry_out, name="yadirect-dlt-source", daemon=True)
            self._thread.start()
        return self._thread

    def _tables(self, pipeline: Any) -> Mapping[str, str]:
        """The names of the tables in the database; ConfigurationError where two are one."""
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

    def _take_states(self, current: Any) -> None:
        self._states = current.source_state().setdefault(LOGINS, {})
        of_resources = {name: current.resource_state(resource.name) for name, resource in self._resources.items()}
        # Those that never ran, and those whose tables a `refresh` drops.
        fresh = frozenset(name for name, state in of_resources.items() if not state.get(_HAS_RUN))
        for login, state in self._states.items():
            tables = {name: table for name, table in (state.get("tables") or {}).items() if name not in fresh}
            self._states[login] = {**state, "tables": tables}
        # Another source of this run may have been the first that gives a table.
        sources = self._pipeline.state.get("sources") or {}
        committed = (sources.get(self._source_name) or {}).get("resources") or {}
        self._new = fresh | {
            name for name, resource in self._resources.items() if not (committed.get(resource.name) or {}).get(_HAS_RUN)
        }
        for state in of_resources.values():
            state[_HAS_RUN] = True
        self._earlier = dict(self._states)

    def _check_hints(self, name: str) -> None:
        """dlt.mark.with_hints() changes the hints of a resource with its rows."""
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

    def _cut_off(self, name: str) -> None:
        """Takes no more rows of a table: the next run reads all that this one would have read of it."""
        with self._guard:
            self._cut.add(name)
            for login, state in self._states.items():
                self._states[login] = self._counted(login, state)

    def _counted(self, login: str, state: State) -> State:
        """A state: tables that are cut off are as far as before this run, those of other runs as they are."""
        present = (self._states.get(login) or {}).get("tables") or {}
        earlier = (self._earlier.get(login) or {}).get("tables") or {}
        tables = {name: table for name, table in present.items() if name not in self._waiting}
        for name in self._waiting:
            known = earlier if name in self._cut else state.get("tables") or {}
            if name in known:
                tables[name] = known[name]
        return {**state, "tables": tables}

    def _refuse_if_stopped(self) -> None:
        if self._cut >= self._waiting.keys():
            raise StoppedError

    def _carry_out(self) -> None:
        try:
            self._run(self, list(self._waiting))
        except StoppedError:
            pass
        except BaseException as error:  # noqa: BLE001  raised where the rows are asked for
            self._error = error


def _active_pipeline() -> Any:
    """The pipeline that extracts, or the last one where a loop over a source asks; None where there was none."""
    from dlt.common.configuration.container import Container
    from dlt.common.pipeline import PipelineContext

    context = Container()[PipelineContext]
    return context.pipeline() if context.is_active() else None


def extraction() -> Any:
    """What tells an extraction of dlt from others; None outside a pipeline."""
    from dlt.common.configuration.container import Container
    from dlt.common.pipeline import StateInjectableContext

    container = Container()
    return container[StateInjectableContext].state if StateInjectableContext in container else None
