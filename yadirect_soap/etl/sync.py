"""sync(): brings a destination up to date with one account, or with several clients of an agency."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from yadirect_soap.errors import BudgetExceededError, ConfigurationError, DirectError
from yadirect_soap.language import _
from yadirect_soap.temporary_folders import remove_abandoned

from .columns import Names
from .destination import Destination
from .lanes import LANES, check_lanes
from .load import PACKAGE_ROWS
from .login import login_of, logins_of, money_of
from .login_sync import LoginSync, Progress
from .lost_tables import forget_emptied, prepare
from .reader import Reader
from .report_tables import ReportTable
from .run_lock import only_run
from .schedule import DEFAULT_POLICY, Policy
from .schema import ObjectSchema
from .snapshot import Picked, schemas_of
from .spent_units import SpentUnits
from .statistics import Statistics
from .statistics_file import report_tables_of
from .sync_state import SyncState
from .tables import tables

if TYPE_CHECKING:
    from yadirect_soap import Direct

_LOG = logging.getLogger("yadirect_soap")
Deletes = Literal["delete", "mark"]
CLIENTS_AT_ONCE = 4
"""The number of an agency's clients that are read at the same time; each has its own lanes."""
_AGENCY_CLIENTS = "agencyclients"


class LoginSummary(NamedTuple):
    """The result of a run for one login.

    Attributes:
        login: the login.
        written: the number of rows that were written, by table.
        deleted: the number of rows whose objects were deleted, by table.
        units: the units that the run cost.
        seconds: how long it took.
        error: the error that stopped the run; the next run continues there.
        lost: the names of tables that the destination had lost, in whole or in part, and that are read again.
    """

    login: str
    written: Mapping[str, int]
    deleted: Mapping[str, int]
    units: int
    seconds: float
    error: DirectError | None = None
    lost: Sequence[str] = ()


@dataclass(frozen=True)
class Summary:
    """The result of a run, per login.

    Attributes:
        logins: a record for each login; for an agency, the first one is that of the table `agencyclients`, if it is
            read.
    """

    logins: Sequence[LoginSummary]

    @property
    def errors(self) -> Mapping[str, DirectError]:
        """The errors that stopped the run of a login, by login."""
        return {
            login_summary.login: login_summary.error for login_summary in self.logins if login_summary.error is not None
        }

    @property
    def exit_code(self) -> int:
        """The exit code of `yadirect-soap sync` for this result: 0 if every login is up to date.

        It is that of the errors if they all have the same and no login is up to date, or if all are 6 (units ran
        short); else 1.
        """
        codes = {error.exit_code for error in self.errors.values()}
        if not codes:
            return 0
        is_shared = len(codes) == 1 and len(self.errors) == len(self.logins)
        return codes.pop() if is_shared or codes == {BudgetExceededError.exit_code} else 1

    def _repr_html_(self) -> str:
        """The first logins as a table, for notebooks."""
        from yadirect_soap import html_table

        names = ["login", "written", "deleted", "units", "seconds", "error"]
        rows = [
            (
                one.login,
                sum(one.written.values()),
                sum(one.deleted.values()),
                one.units,
                round(one.seconds, 1),
                one.error or "",
            )
            for one in self.logins[: html_table.ROWS]
        ]
        caption = f"{html_table.counted(len(self.logins), 'login')}, {len(self.errors)} stopped by an error"
        return html_table.table(caption, names, rows)

    def raise_for_errors(self) -> "Summary":
        """Returns itself, or raises the error of the first login that was stopped.

        Raises:
            DirectError: the error that stopped the first login.
        """
        for error in self.errors.values():
            raise error
        return self


@dataclass(frozen=True)
class _Task:
    """A login, with the Direct and the tables to read."""

    login: str
    direct: "Direct"
    schemas: Sequence[ObjectSchema]
    reports: Sequence[ReportTable] = ()
    units: SpentUnits = field(default_factory=SpentUnits)
    """The units that its calls cost so far."""


@dataclass(frozen=True)
class _Run:
    """The common settings of all tasks of a run."""

    destination: Destination
    policy: Policy
    lanes: int
    package_rows: int
    on_progress: Callable[[Progress], None]
    lost: Mapping[str, Sequence[str]]
    """The names of lost tables, by login."""
    stopping: threading.Event = field(default_factory=threading.Event)

    def run_task(self, task: _Task) -> LoginSummary:
        """Runs the sync of one login; a DirectError stops only this login."""
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

    def _lost(self, task: _Task) -> Sequence[str]:
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


def sync(
    direct: "Direct",
    destination: "Destination | str",
    names: Iterable[str] | str | None = None,
    *,
    clients: Iterable[str] | Literal["all"] | None = None,
    statistics: "Sequence[ReportTable] | str | os.PathLike[str]" = (),
    columns: Picked = None,
    column_names: Names = "snake",
    deletes: Deletes = "delete",
    policy: Policy = DEFAULT_POLICY,
    lanes: int = LANES,
    clients_at_once: int = CLIENTS_AT_ONCE,
    package_rows: int = PACKAGE_ROWS,
    on_progress: Callable[[Progress], None] = lambda _progress: None,
) -> Summary:
    """Brings a destination up to date: the first run reads all rows, later runs what changed or was deleted.

    After each run the destination has the rows that a snapshot would have.  The state is in the destination: if a run
    ended early, because of units or a power cut, the next one continues it.

    Args:
        direct: The client for the account, or for the agency.
        destination: An address such as `duckdb:direct.duckdb`, which is opened, locked against other runs, and closed;
            or an open Destination.
        names: The names of tables; None for all but the optional ones.
        clients: Logins of the agency's clients, or "all" that are not archived; None for the account of `direct`.
        statistics: Tables of statistics, or the TOML file that defines them.
        columns: Paths such as `TextAd.Title`: those of one table, or a mapping by the names of tables.
        column_names: `snake` for text_ad_title, `api` for TextAd.Title.
        deletes: "delete" removes the rows of deleted objects; "mark" keeps them, with the time in `_deleted_at`.
        policy: When tables are read completely, and when deletions are checked.
        lanes: The number of concurrent calls for one login; the API allows five.
        clients_at_once: The number of logins that are read at the same time.
        package_rows: The number of rows after which they are committed.
        on_progress: A function that is called after each part that was read, from several threads.

    Returns:
        The result for each login, with the error if one stopped it.

    Raises:
        UnknownNameError: there is no such table.
        ConfigurationError: a path of `columns` does not exist, `statistics` has mistakes, an argument has another type
            or is too small, the destination has other tables, or another run uses it.
        DirectError: the login of the token or the list of clients cannot be read.
        OSError: the destination fails; committed rows stay, and the next run continues.
    """
    check_lanes(lanes)
    _check_arguments(deletes, policy, on_progress, clients_at_once=clients_at_once, package_rows=package_rows)
    money = money_of(direct)
    schemas = schemas_of(tables(names), columns, money=money, names=column_names, marks=deletes == "mark")
    reports = report_tables_of(statistics)
    all_schemas = [*schemas, *(table.schema(money) for table in reports)]
    if not all_schemas:
        raise ConfigurationError(_("found no table, expected names of tables, or statistics"))
    with _opened(destination) as opened:
        # Before anything is sent: a destination that does not fit costs nothing.
        lost = prepare(opened, all_schemas)
        tasks = _tasks(direct.with_default_concurrency(), schemas, clients, reports)
        return _run_tasks(tasks, _Run(opened, policy, lanes, package_rows, on_progress, lost), clients_at_once)


def _check_arguments(deletes: Deletes, policy: Policy, on_progress: object, **numbers: Any) -> None:
    """Raises ConfigurationError for an argument of sync() that has another type or is too small."""
    for name, number in numbers.items():
        if not isinstance(number, int) or number < 1:
            raise ConfigurationError(_("found {name}={number!r:.40}, expected 1 or more", name=name, number=number))
    if not isinstance(policy, Policy):
        raise ConfigurationError(_("found policy={policy!r:.40}, expected an etl.Policy", policy=policy))
    policy.check()
    if not callable(on_progress):
        raise ConfigurationError(
            _("found on_progress={on_progress!r:.40}, expected a function of a Progress", on_progress=on_progress)
        )
    if deletes not in ("delete", "mark"):
        raise ConfigurationError(_("found deletes={deletes!r:.40}, expected 'delete' or 'mark'", deletes=deletes))


def _held(destination: Destination) -> AbstractContextManager[None]:
    """Locks a destination for runs on other machines too, if it has such locks."""
    hold: Callable[[], AbstractContextManager[None]] = getattr(destination, "hold", nullcontext)
    return hold()


@contextmanager
def _opened(destination: "Destination | str") -> Iterator[Destination]:
    """Opens and locks a destination by its address, and closes it at the end; an open destination is left open."""
    if isinstance(destination, Destination):
        yield destination
        return
    if not isinstance(destination, str):
        raise ConfigurationError(
            _(
                "found the destination {destination!r:.60}, expected an address such as files:./out, or an open one",
                destination=destination,
            )
        )
    from .destinations.addresses import open_destination

    remove_abandoned()
    with only_run(destination), closing(open_destination(destination)) as opened, _held(opened):
        yield opened


def _run_tasks(tasks: Sequence[_Task], run: _Run, clients_at_once: int) -> Summary:
    with ThreadPoolExecutor(clients_at_once, thread_name_prefix="yadirect-login") as pool:
        try:
            return Summary(list(pool.map(run.run_task, tasks)))
        except BaseException:
            # After Ctrl-C or an error of the destination, the other logins stop at their next progress.
            run.stopping.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _tasks(
    direct: "Direct",
    schemas: Sequence[ObjectSchema],
    clients: Iterable[str] | Literal["all"] | None,
    reports: Sequence[ReportTable],
) -> list[_Task]:
    """Returns a task for each login; for an agency, the table `agencyclients` is a task of its own."""
    units = SpentUnits()
    if clients is None:
        return [_Task(login_of(direct, units), direct, schemas, reports, units)]
    logins = logins_of(direct, clients)
    of_clients = [schema for schema in schemas if schema.name != _AGENCY_CLIENTS]
    own = [schema for schema in schemas if schema.name == _AGENCY_CLIENTS]
    tasks = [_Task(login_of(direct, units), direct, own, units=units)] if own else []
    if of_clients or reports:
        tasks += [_Task(login, direct.with_client_login(login), of_clients, reports) for login in logins]
    return tasks
