"""dlt_source(): the tables as resources of dlt, for pipelines of a user's own.

The rows of all selected resources come out of one run of sync(), which works in a thread of its own and hands packages
over as dlt asks for them.  Its state is the state of the source: dlt keeps it with the rows.
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
_WAITING = 4
"""Packages of a table that wait to be taken."""
_STRATEGIES = (None, "delete-insert", "upsert")
"""Strategies of merge that keep the rows that do not come."""
_HAS_RUN = "has_run"
"""What the state of a resource has once its rows are in the pipeline; dlt drops it with the tables of the resource."""
_MOMENT = 0.05
"""Seconds that a resource waits for a package before dlt looks at the next resource."""


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
    """The tables as a source of dlt: `pipeline.run(dlt_source(direct, ["campaigns", "ads"]))`.

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

    def run(destination: "_Handover", chosen: Sequence[str]) -> None:
        settings: dict[str, Any] = {"column_names": column_names, "policy": policy, "clients": clients}
        sync(direct, destination, chosen, columns=picked(chosen), **settings).raise_for_errors()

    def read(chosen: Sequence[str]) -> Iterator[Batch]:
        return snapshot(direct, chosen, columns=picked(chosen), column_names=column_names)

    def resources() -> Iterator[Any]:
        handover = _Handover(run)
        for schema in schemas:
            rows = handover.selected(schema) if write_disposition == "merge" else _whole(schema, read)
            yield dlt.resource(rows, name=schema.name, **table_hints(schema, write_disposition))

    return dlt.source(resources, name=PIPELINE)()


def _whole(schema: TableSchema, read: Callable[[Sequence[str]], Iterator[Batch]]) -> Callable[[], Iterator[Any]]:
    def rows() -> Iterator[Any]:
        for batch in read([schema.name]):
            yield batch.arrow()

    return rows


def _table_of(resource: Any) -> str:
    """The name of a resource's table; ConfigurationError for hints by which changes would spoil it."""
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
    """Takes tables out of the states of all logins, so that they are read whole."""
    for login, state in states.items():
        tables = {name: table for name, table in (state.get("tables") or {}).items() if name not in names}
        states[login] = {**state, "tables": tables}


class _StoppedError(Exception):
    """dlt asks for no more."""


class _Handover(DltTables):
    """A destination whose packages are taken, table by table, by resources of dlt.

    Args:
        run: Carries out a sync into it, of some tables.
    """

    reads_own_rows = False

    def __init__(self, run: Callable[["_Handover", Sequence[str]], None]) -> None:
        self._run = run
        self._waiting: dict[str, queue.Queue[Batch]] = {}
        self._states: dict[str, Any] = {}
        self._new: frozenset[str] = frozenset()
        """Tables that dlt makes in this run."""
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None
        self._stopped = threading.Event()

    def selected(self, schema: TableSchema) -> Callable[[], Iterator[Any]]:
        """The resource of a table; dlt calls those that are selected before it asks the first one for rows."""

        def begin() -> Iterator[Any]:
            self._waiting[schema.name] = queue.Queue(_WAITING)
            return self._rows(schema.name)

        return begin

    def prepare(self, schemas: Sequence[TableSchema]) -> None:
        """Makes nothing: dlt makes tables as rows come, but not again those that it has made.

        Raises:
            ConfigurationError: A table that dlt has made lacks something.
        """
        missing = self.missing(schemas)
        for schema in schemas:
            if schema.name in missing and schema.name not in self._new:
                raise ConfigurationError(
                    _(
                        "resource {name}: somebody dropped its table or a column of it; make the table again by "
                        "pipeline.run(source.with_resources({name!r}), refresh='drop_resources')",
                        name=schema.name,
                    )
                )

    def state(self, login: str) -> State:
        """The state of the last run that was loaded."""
        return dict(self._states.get(login) or {})

    def states(self) -> Mapping[str, State]:
        """The states of all logins."""
        return dict(self._states)

    def has_rows(self, table: TableSchema, login: str) -> bool:
        """Returns whether a login has rows; none in a table that dlt creates in this run."""
        return table.name not in self._new and super().has_rows(table, login)

    def put_states(self, states: Mapping[str, State]) -> None:
        """Puts states in the place of those that these logins have."""
        self._states.update({login: dict(state) for login, state in states.items()})

    def apply(self, package: Package) -> None:
        """Waits until dlt has taken the batches; their state is kept when all of the run is loaded."""
        for batch in package.batches:
            while not self._offered(batch):
                if self._stopped.is_set():
                    raise _StoppedError
        self._states[package.login] = dict(package.state)

    def close(self) -> None:
        """Does nothing: the pipeline is the user's."""

    def _offered(self, batch: Batch) -> bool:
        try:
            self._waiting[batch.table.name].put(batch, timeout=_MOMENT)
        except queue.Full:
            return False
        return True

    def _rows(self, name: str) -> Iterator[Any]:
        self._begin()
        waiting = self._waiting[name]
        try:
            while self._thread is not None and (self._thread.is_alive() or not waiting.empty()):
                try:
                    yield arrow_table(waiting.get(timeout=_MOMENT))
                except queue.Empty:
                    # Nothing yet: dlt goes on to the next resource, whose rows may be what the run waits with.
                    yield None
            if self._error is not None:
                raise self._error
        except GeneratorExit:
            self._stopped.set()
            raise

    def _begin(self) -> None:
        """Starts the run, when the first resource is asked for rows."""
        if self._thread is not None:
            return
        current = imported_dlt().current
        resources = current.source().resources
        renamed = {name: _table_of(resources[name]) for name in self._waiting}
        self.use(current.pipeline(), source=current.source_schema().name, renamed=renamed)
        self._states = current.source_state().setdefault(LOGINS, {})
        of_resources = {name: current.resource_state(name) for name in self._waiting}
        # Those that never ran, and those whose tables a `refresh` drops.
        self._new = frozenset(name for name, state in of_resources.items() if not state.get(_HAS_RUN))
        _forget_tables(self._states, self._new)
        for state in of_resources.values():
            state[_HAS_RUN] = True
        self._thread = threading.Thread(target=self._carry_out, name="yadirect-dlt-source", daemon=True)
        self._thread.start()

    def _carry_out(self) -> None:
        try:
            self._run(self, list(self._waiting))
        except _StoppedError:
            pass
        except BaseException as error:  # noqa: BLE001  raised where the rows are asked for
            self._error = error
