"""sync(): brings a destination up to date with one account, or with all clients of an agency."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from yadirect_soap.errors import ConfigurationError, DirectError
from yadirect_soap.language import _

from .columns import Names
from .destination import Destination
from .lanes import LANES
from .load import PACKAGE_ROWS
from .login import login_of, logins_of
from .login_sync import LoginSync, Progress
from .reader import Reader
from .report_tables import ReportTable, report_tables_of
from .run_lock import only_run
from .schedule import DEFAULT_POLICY, Policy
from .schema import ObjectSchema, TableSchema
from .snapshot import Picked, schemas_of
from .spent_units import SpentUnits
from .statistics import Statistics
from .tables import tables

if TYPE_CHECKING:
    from yadirect_soap import Direct

Deletes = Literal["delete", "mark"]
CLIENTS_AT_ONCE = 4
"""Clients of an agency that are read at a time; each has lanes of its own."""
_OF_AGENCY = "agencyclients"


class LoginSummary(NamedTuple):
    """What a run did for one login."""

    login: str
    written: Mapping[str, int]
    """Rows that were put into the destination, by table."""
    deleted: Mapping[str, int]
    """Rows whose objects are gone, by table."""
    units: int
    """Units that it cost."""
    seconds: float
    error: DirectError | None = None
    """What stopped it; its next run continues there."""


@dataclass(frozen=True)
class Summary:
    """The result of a run, per login.

    Attributes:
        logins: a record for each login; of an agency that of its own table `agencyclients` comes first.
    """

    logins: Sequence[LoginSummary]

    @property
    def errors(self) -> Mapping[str, DirectError]:
        """What stopped logins, by login."""
        return {
            login_summary.login: login_summary.error for login_summary in self.logins if login_summary.error is not None
        }

    def raise_for_errors(self) -> "Summary":
        """Returns itself, or raises the error of the first login that was stopped.

        Raises:
            DirectError: the error that stopped the first of them.
        """
        for error in self.errors.values():
            raise error
        return self


@dataclass(frozen=True)
class _Task:
    """A login with the Direct and the tables that are read for it."""

    login: str
    direct: "Direct"
    schemas: Sequence[ObjectSchema]
    reports: Sequence[ReportTable] = ()
    units: SpentUnits = field(default_factory=SpentUnits)
    """What its calls cost so far."""


@dataclass(frozen=True)
class _Run:
    """What the tasks of a run share."""

    destination: Destination
    policy: Policy
    lanes: int
    package_rows: int
    on_progress: Callable[[Progress], None]
    stopping: threading.Event = field(default_factory=threading.Event)

    def carry_out(self, task: _Task) -> LoginSummary:
        """One login's run; its error stops it alone."""
        began = time.monotonic()
        units = task.units
        error: DirectError | None = None
        direct = task.direct.with_settings(sleep=self._sleep_of(task.direct))
        reader = Reader(direct, lanes=self.lanes, units=units)
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
        return LoginSummary(task.login, written, loader.deleted, units.spent, time.monotonic() - began, error)

    def _progress(self, progress: Progress) -> None:
        self._check_stopping()
        self.on_progress(progress)

    def _sleep_of(self, direct: "Direct") -> Callable[[float], None]:
        """The sleep of a Direct, which ends with the run: one that waits for units takes up to an hour."""
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
    """The run is ending; what was read so far is committed."""


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

    After each run the destination has the rows that a snapshot would have.  The state is in the destination: a run
    that ended early, for want of units or by a power cut, is continued by the next one.

    Args:
        direct: Whose account is read, or the agency's.
        destination: Where rows go: an address such as `duckdb:direct.duckdb`, which is opened and closed here, or a
            Destination that is open.  An address is held: a second run into the same place is refused meanwhile.
        names: Tables; None for all but the optional ones.
        clients: Logins of the agency's clients, or "all" that are not archived; None for the account of `direct`.
        statistics: Tables of statistics, or the TOML file that defines them.
        columns: Paths such as `TextAd.Title`, of one table or by the names of tables.
        column_names: `snake` for text_ad_title, `api` for TextAd.Title.
        deletes: "delete" removes rows whose objects are gone; "mark" keeps them, with the time in `_deleted_at`.
        policy: What is read besides changes.
        lanes: Calls at a time for one login; the API takes five.
        clients_at_once: Logins that are read at a time.
        package_rows: Rows that are committed at once.
        on_progress: Called as rows come, from several threads.

    Returns:
        What was done, login by login, with the error that stopped a login.

    Raises:
        UnknownNameError: there is no such table.
        ConfigurationError: a path of `columns` leads nowhere, `statistics` has mistakes, the destination does not fit,
            or another run fills it.
        DirectError: the login of the token or the list of clients cannot be read.
        OSError: the destination fails; what was committed stays, and the next run goes on there.
    """
    picked_tables = tables(names)
    if deletes not in ("delete", "mark"):
        raise ConfigurationError(_("found deletes={deletes!r:.40}, expected 'delete' or 'mark'", deletes=deletes))
    schemas = schemas_of(
        picked_tables, columns, money=direct.settings.money, names=column_names, marks=deletes == "mark"
    )
    reports = report_tables_of(statistics)
    all_schemas = [*schemas, *(table.schema(direct.settings.money) for table in reports)]
    with _opened(destination) as opened:
        tasks = _tasks(direct.with_default_concurrency(), schemas, clients, reports)
        return _carry_out(tasks, all_schemas, _Run(opened, policy, lanes, package_rows, on_progress), clients_at_once)


@contextmanager
def _opened(destination: "Destination | str") -> Iterator[Destination]:
    """A destination by its address, held against other runs and closed at the end; one that is open stays so."""
    if not isinstance(destination, str):
        yield destination
        return
    from .destinations.addresses import open_destination

    with only_run(destination), closing(open_destination(destination)) as opened:
        yield opened


def _carry_out(tasks: Sequence[_Task], schemas: Sequence[TableSchema], run: _Run, clients_at_once: int) -> Summary:
    run.destination.prepare(schemas)
    with ThreadPoolExecutor(clients_at_once, thread_name_prefix="yadirect-login") as pool:
        try:
            return Summary(list(pool.map(run.carry_out, tasks)))
        except BaseException:
            # Control-C, or a destination that fails: the other logins end at their next row.
            run.stopping.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _tasks(
    direct: "Direct",
    schemas: Sequence[ObjectSchema],
    clients: Iterable[str] | Literal["all"] | None,
    reports: Sequence[ReportTable],
) -> list[_Task]:
    """A login each; the list of clients is read for the agency itself."""
    units = SpentUnits()
    if clients is None:
        return [_Task(login_of(direct, units), direct, schemas, reports, units)]
    logins = logins_of(direct, clients)
    of_clients = [schema for schema in schemas if schema.name != _OF_AGENCY]
    own = [schema for schema in schemas if schema.name == _OF_AGENCY]
    tasks = [_Task(login_of(direct, units), direct, own, units=units)] if own else []
    if of_clients or reports:
        tasks += [_Task(login, direct.with_client_login(login), of_clients, reports) for login in logins]
    return tasks
