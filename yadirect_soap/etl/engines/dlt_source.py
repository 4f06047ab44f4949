"""dlt_source(): the tables as resources of dlt, for the pipelines of a user.

The rows of all selected resources come from one run of sync() in its own thread, which puts packages into queues from
which the resources take them.  The state of the sync is the state of the source, which dlt stores with the rows.
"""

import queue
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..batches import Batch
from ..columns import Names
from ..destination import Package, State
from ..destinations.dlt_tables import LOGINS, PIPELINE, DltTables, arrow_table, imported_dlt, table_hints
from ..schedule import DEFAULT_POLICY, Policy
from ..schema import TableSchema
from ..snapshot import Picked, schemas_of, snapshot
from ..sync import sync
from ..tables import tables

if TYPE_CHECKING:
    from yadirect_soap import Direct

Disposition = Literal["merge", "replace", "append"]
_QUEUE_SIZE = 4
"""The maximum number of batches of a table in its queue."""
_STRATEGIES = (None, "delete-insert", "upsert")
"""Strategies of merge that keep the rows which are not in a load."""
_HAS_RUN = "has_run"
"""The key in the state of a resource that has run; dlt drops this state with the tables of the resource."""
_POLL_INTERVAL = 0.05
"""Seconds that a resource waits for a batch before dlt continues with the next resource."""


def dlt_source(
    direct: "Direct",
    names: Iterable[str] | str | None = None,
    *,
    clients: Iterable[str] | Literal["all"] | None = None,
    columns: Picked = None,
    column_names: Names = "snake",
    write_disposition: Disposition = "merge",
    policy: Policy = DEFAULT_POLICY,
) -> Any:
    """Returns the tables as a source of dlt: `pipeline.run(dlt_source(direct, ["campaigns", "ads"]))`.

    Args:
        direct: Whose account is read, or the agency's.
        names: Tables; None for all but the optional ones.
        clients: Logins of the agency's clients, or "all"; None for the account of `direct`.
        columns: Paths such as `TextAd.Title`, of one table or by the names of tables.
        column_names: `snake` for text_ad_title, `api` for TextAd.Title.
        write_disposition: "merge" reads all rows in the first run and changes in later ones, and deletes rows that are
            gone; "replace" and "append" read all rows each time.
        policy: What a merge reads besides changes.

    Returns:
        A DltSource with a resource a table: `source.with_resources("ads")` selects, `source.ads.apply_hints(...)` adds
        hints.

    Raises:
        ConfigurationError: dlt is not installed, or what sync() finds wrong.
    """
    dlt = imported_dlt()
    if write_disposition not in ("merge", "replace", "append"):
        raise ConfigurationError(
            _(
                "found write_disposition={write_disposition!r}, expected merge, replace or append",
                write_disposition=write_disposition,
            )
        )
    if clients is not None and write_disposition != "merge":
        raise ConfigurationError(_("clients are read by merge alone: give each client a pipeline, or merge"))
    schemas = schemas_of(tables(names), columns, money=direct.settings.money, names=column_names)

    def picked(chosen: Sequence[str]) -> Picked:
        if not isinstance(columns, Mapping):
            return columns
        return {name: paths for name, paths in columns.items() if name in chosen}

    def run(destination: "_QueueDestination", chosen: Sequence[str]) -> None:
        settings: dict[str, Any] = {"column_names": column_names, "policy": policy, "clients": clients}
        sync(direct, destination, chosen, columns=picked(chosen), **settings).raise_for_errors()

    def read(chosen: Sequence[str]) -> Iterator[Batch]:
        return snapshot(direct, chosen, columns=picked(chosen), column_names=column_names)

    def resources() -> Iterator[Any]:
        destination = _QueueDestination(run)
        for schema in schemas:
            rows = destination.resource_function(schema) if write_disposition == "merge" else _read_all(schema, read)
            yield dlt.resource(rows, name=schema.name, **table_hints(schema, write_disposition))

    return dlt.source(resources, name=PIPELINE)()


def _read_all(schema: TableSchema, read: Callable[[Sequence[str]], Iterator[Batch]]) -> Callable[[], Iterator[Any]]:
    def rows() -> Iterator[Any]:
        for batch in read([schema.name]):
            yield batch.arrow()

    return rows


def _table_of(resource: Any) -> str:
    """Returns the name of a resource's table; ConfigurationError for hints with which an incremental load is wrong."""
    disposition = resource.write_disposition
    strategy = disposition.get("strategy") if isinstance(disposition, Mapping) else None
    kind = disposition.get("disposition") if isinstance(disposition, Mapping) else disposition
    if kind != "merge" or strategy not in _STRATEGIES:
        raise ConfigurationError(
            _(
                "resource {name}: found write_disposition={disposition!r}, expected a merge by "
                "delete-insert or upsert, since later runs give changed rows alone; "
                "dlt_source(write_disposition='replace') and 'append' read all rows each time",
                name=resource.name,
                disposition=disposition,
            )
        )
    if not isinstance(resource.table_name, str):
        raise ConfigurationError(
            _(
                "resource {name}: found a function for table_name, expected a name, by which later "
                "runs find the rows that are gone",
                name=resource.name,
            )
        )
    return resource.table_name


def _forget_tables(states: dict[str, Any], names: Collection[str]) -> None:
    """Removes tables from the states of all logins, so that they are read completely."""
    for login, state in states.items():
        tables = {name: table for name, table in (state.get("tables") or {}).items() if name not in names}
        states[login] = {**state, "tables": tables}


class _StoppedError(Exception):
    """dlt has closed a resource, so that no more rows are needed."""


class _QueueDestination(DltTables):
    """A destination of a sync that puts batches into a queue for each table; resources of dlt take them from there.

    Args:
        run: Runs a sync of some tables into this destination.
    """

    reads_own_rows = False

    def __init__(self, run: Callable[["_QueueDestination", Sequence[str]], None]) -> None:
        self._run = run
        self._queues: dict[str, queue.Queue[Batch]] = {}
        self._states: dict[str, Any] = {}
        self._new_tables: frozenset[str] = frozenset()
        """Tables that dlt creates in this run."""
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None
        self._stopped = threading.Event()

    def resource_function(self, schema: TableSchema) -> Callable[[], Iterator[Any]]:
        """Returns the function of a table's resource; dlt calls those of all selected resources before it reads."""

        def begin() -> Iterator[Any]:
            self._queues[schema.name] = queue.Queue(_QUEUE_SIZE)
            return self._rows(schema.name)

        return begin

    def prepare(self, schemas: Sequence[TableSchema]) -> None:
        """Checks tables; dlt creates new ones as it loads rows, but does not create a dropped one again.

        Raises:
            ConfigurationError: A table of dlt, or a column of it, was dropped.
        """
        missing = self.missing(schemas)
        for schema in schemas:
            if schema.name in missing and schema.name not in self._new_tables:
                raise ConfigurationError(
                    _(
                        "resource {name}: somebody dropped its table or a column of it; make the table again by "
                        "pipeline.run(source.with_resources({name!r}), refresh='drop_resources')",
                        name=schema.name,
                    )
                )

    def state(self, login: str) -> State:
        """Returns the state of a login, which is that of the last loaded run until a package changes it."""
        return dict(self._states.get(login) or {})

    def states(self) -> Mapping[str, State]:
        """Returns the states of all logins."""
        return dict(self._states)

    def has_rows(self, table: TableSchema, login: str) -> bool:
        """Returns whether a login has rows; none in a table that dlt creates in this run."""
        return table.name not in self._new_tables and super().has_rows(table, login)

    def put_states(self, states: Mapping[str, State]) -> None:
        """Replaces the states of some logins."""
        self._states.update({login: dict(state) for login, state in states.items()})

    def apply(self, package: Package) -> None:
        """Puts the batches into their queues, and waits while these are full; dlt stores the state after the run."""
        for batch in package.batches:
            while not self._put(batch):
                if self._stopped.is_set():
                    raise _StoppedError
        self._states[package.login] = dict(package.state)

    def close(self) -> None:
        """Does nothing: the pipeline is the user's."""

    def _put(self, batch: Batch) -> bool:
        try:
            self._queues[batch.table.name].put(batch, timeout=_POLL_INTERVAL)
        except queue.Full:
            return False
        return True

    def _rows(self, name: str) -> Iterator[Any]:
        self._start()
        batches = self._queues[name]
        try:
            while self._thread is not None and (self._thread.is_alive() or not batches.empty()):
                try:
                    yield arrow_table(batches.get(timeout=_POLL_INTERVAL))
                except queue.Empty:
                    # dlt continues with the next resource, whose full queue may be what blocks the run.
                    yield None
            if self._error is not None:
                raise self._error
        except GeneratorExit:
            self._stopped.set()
            raise

    def _start(self) -> None:
        """Starts the run when dlt reads the first resource."""
        if self._thread is not None:
            return
        current = imported_dlt().current
        resources = current.source().resources
        renamed = {name: _table_of(resources[name]) for name in self._queues}
        self.use(current.pipeline(), source=current.source_schema().name, renamed=renamed)
        self._states = current.source_state().setdefault(LOGINS, {})
        of_resources = {name: current.resource_state(name) for name in self._queues}
        # Resources that never ran, and those whose tables a `refresh` drops.
        self._new_tables = frozenset(name for name, state in of_resources.items() if not state.get(_HAS_RUN))
        _forget_tables(self._states, self._new_tables)
        for state in of_resources.values():
            state[_HAS_RUN] = True
        self._thread = threading.Thread(target=self._run_sync, name="yadirect-dlt-source", daemon=True)
        self._thread.start()

    def _run_sync(self) -> None:
        try:
            self._run(self, list(self._queues))
        except _StoppedError:
            pass
        except BaseException as error:  # noqa: BLE001  raised again where dlt reads rows
            self._error = error
