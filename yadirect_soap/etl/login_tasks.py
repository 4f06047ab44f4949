"""The tasks of a sync, one for each login, and TaskRunner, which runs them."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from yadirect_soap.errors import DirectError
from yadirect_soap.language import _

from .destination import Destination
from .login import login_of, logins_of
from .login_sync import LoginSync, Progress
from .lost_tables import forget_emptied
from .reader import Reader
from .report_tables import ReportTable
from .schedule import Policy
from .schema import ObjectSchema
from .spent_units import SpentUnits
from .statistics import Statistics
from .sync_state import SyncState
from .sync_summary import LoginSummary, Summary

if TYPE_CHECKING:
    from yadirect_soap import Direct

_LOG = logging.getLogger("yadirect_soap")
_AGENCY_CLIENTS = "agencyclients"


@dataclass(frozen=True)
class LoginTask:
    """A login, with the Direct and the tables to read."""

    login: str
    direct: "Direct"
    schemas: Sequence[ObjectSchema]
    reports: Sequence[ReportTable] = ()
    units: SpentUnits = field(default_factory=SpentUnits)
    """The units that its calls cost so far."""


@dataclass(frozen=True)
class TaskRunner:
    """Runs the tasks of a sync, which share a destination and these settings."""

    destination: Destination
    policy: Policy
    lanes: int
    package_rows: int
    on_progress: Callable[[Progress], None]
    lost: Mapping[str, Sequence[str]]
    """The names of lost tables, by login."""
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self, tasks: Sequence[LoginTask], tasks_at_once: int) -> Summary:
        """Runs tasks, some of them at the same time; a DirectError stops only its own login."""
        with ThreadPoolExecutor(tasks_at_once, thread_name_prefix="yadirect-login") as pool:
            try:
                return Summary(list(pool.map(self._run_task, tasks)))
            except BaseException:
                # After Ctrl-C or an error of the destination, the other logins stop at their next progress.
                self.stopping.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _run_task(self, task: LoginTask) -> LoginSummary:
        began = time.monotonic()
        units = task.units
        error: DirectError | None = None
        direct = task.direct.with_settings(sleep=self._interruptible_sleep(task.direct))
        reader = Reader(direct, lanes=self.lanes, units=units)
        lost = self._lost(task)
        login_sync = LoginSync(
            reader,
            self.destination,
            task.login,
            task.schemas,
            policy=self.policy,
            on_progress=self._progress,
            package_rows=self.package_rows,
        )
        statistics = Statistics(
            direct, self.destination, task.login, task.reports, units=units, on_progress=self._progress
        )
        try:
            login_sync.run()
            statistics.run()
        except DirectError as raised:
            error = raised
        loader = login_sync.loader
        written = {**loader.written, **statistics.written}
        return LoginSummary(task.login, written, loader.deleted, units.spent, time.monotonic() - began, error, lost)

    def _lost(self, task: LoginTask) -> Sequence[str]:
        """Returns the names of the lost tables of a login, after its state says that they were never read."""
        schemas = [*task.schemas, *(table.schema(task.direct.settings.money) for table in task.reports)]
        state = SyncState.of(self.destination.state(task.login))
        emptied = forget_emptied(state, self.destination, task.login, schemas)
        if emptied:
            self.destination.put_states({task.login: state.to_plain()})
        lost = [*self.lost.get(task.login, ()), *emptied]
        if lost:
            _LOG.warning("%s: the destination has lost %s: read again", task.login, ", ".join(lost))
        return lost

    def _progress(self, progress: Progress) -> None:
        self._check_stopping()
        self.on_progress(progress)

    def _interruptible_sleep(self, direct: "Direct") -> Callable[[float], None]:
        """Returns the sleep of a Direct, but one that ends when the run stops: waiting for units may take an hour."""
        own = direct.settings.sleep
        wait: Callable[[float], Any] = self.stopping.wait if own is time.sleep else own

        def sleep(seconds: float) -> None:
            wait(seconds)
            self._check_stopping()

        return sleep

    def _check_stopping(self) -> None:
        if self.stopping.is_set():
            raise _StoppedError(_("the run was interrupted"))


class _StoppedError(DirectError):
    """The run is stopping; the rows read so far are committed."""


def tasks_of(
    direct: "Direct",
    schemas: Sequence[ObjectSchema],
    clients: Iterable[str] | Literal["all"] | None,
    reports: Sequence[ReportTable],
) -> list[LoginTask]:
    """Returns a task for each login; for an agency, the table `agencyclients` is a task of its own."""
    units = SpentUnits()
    if clients is None:
        return [LoginTask(login_of(direct, units), direct, schemas, reports, units)]
    logins = logins_of(direct, clients)
    of_clients = [schema for schema in schemas if schema.name != _AGENCY_CLIENTS]
    own = [schema for schema in schemas if schema.name == _AGENCY_CLIENTS]
    tasks = [LoginTask(login_of(direct, units), direct, own, units=units)] if own else []
    if of_clients or reports:
        tasks += [LoginTask(login, direct.with_client_login(login), of_clients, reports) for login in logins]
    return tasks
