"""sync(): brings a destination up to date with one account, or with several clients of an agency."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Literal

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.temporary_folders import remove_abandoned

from .columns import Names
from .destination import Destination
from .lanes import LANES, check_lanes
from .load import PACKAGE_ROWS
from .login import money_of
from .login_sync import Progress
from .login_tasks import TaskRunner, tasks_of
from .lost_tables import prepare
from .report_tables import ReportTable
from .run_lock import only_run
from .schedule import DEFAULT_POLICY, Policy
from .snapshot import Picked, schemas_of
from .statistics_file import report_tables_of
from .sync_summary import Summary
from .tables import tables

if TYPE_CHECKING:
    from yadirect_soap import Direct

Deletes = Literal["delete", "mark"]
CLIENTS_AT_ONCE = 4
"""The number of an agency's clients that are read at the same time; each has its own lanes."""


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
        tasks = tasks_of(direct.with_default_concurrency(), schemas, clients, reports)
        return TaskRunner(opened, policy, lanes, package_rows, on_progress, lost).run(tasks, clients_at_once)


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
