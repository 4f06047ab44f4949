"""`yadirect-soap sync`: brings a destination up to date, for one login or all clients of an agency."""

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from yadirect_soap import ConfigurationError
from yadirect_soap.comma_lists import split_at_commas
from yadirect_soap.language import _, in_words, spoken

from . import client_options, notices, output, progress, result_formats
from .command_types import command, option
from .option_types import WholeNumber

if TYPE_CHECKING:
    from yadirect_soap import Direct

_EXAMPLES = """\b
Examples:
  yadirect-soap sync --to duckdb:direct.duckdb --tables campaigns,ads
  yadirect-soap sync --to postgresql://host/db --clients all \\
      --statistics stat.toml
  yadirect-soap sync --to "files:out?format=csv&dialect=excel-ru" --plan
Run it again for what changed; cron can do that, since two runs into
the same destination never run at a time.
"""
_PLAN = (("Login",), ("Table",), ("Reads",), ("Rows",), ("Units",))


@command("sync", epilog=_EXAMPLES)
@option("--to", "address", required=True, metavar="ADDRESS", help="files:DIR, duckdb:FILE, postgresql://..., ...")
@option("--tables", "names", metavar="A,B", help="the tables (default: all but the optional ones)")
@option("--columns", multiple=True, metavar="TABLE:A,B.C", help="members of a table; may be repeated")
@option("--clients", metavar="all|A,B", help="all clients of an agency, or these logins (default: one login)")
@option("--statistics", metavar="FILE", help="a TOML file that defines tables of statistics")
@option(
    "--deletes",
    type=click.Choice(["delete", "mark"]),
    default="delete",
    help="mark: keep the rows of deleted objects, with the time in _deleted_at",
)
@option("--full", is_flag=True, help="read every table completely, as otherwise happens every 7 days")
@option("--plan", "plans", is_flag=True, help="show what would be read and what it costs, and read nothing")
@option("--budget", type=WholeNumber(0), metavar="UNITS", help="stop before a login spends more; exit code 6")
@option("--wait", is_flag=True, help="if no units are left, wait for those of the next hour")
@client_options.add
def sync(address: str, plans: bool, **options: Any) -> int:
    """Bring a destination up to date: the first run reads all rows, later runs what changed or was deleted.

    The state is in the destination, and committed with the rows, so the next run continues one that was stopped. An
    error of one login stops that login only; the exit code is then 1, or 6 if units ran short. If all logins ended
    with the same error, it is that of the error; 7 if another run fills the destination.
    """
    from yadirect_soap import Direct

    sync_options = _sync_options(options)
    with Direct.from_env(**client_options.settings(options) | sync_options.pop("units")) as direct:
        if plans:
            return _show_plan(direct, address, sync_options)
        return _run(direct, address, sync_options)


def _sync_options(options: dict[str, Any]) -> dict[str, Any]:
    """Takes the arguments of etl.sync() out of the options; the others stay for the client."""
    from yadirect_soap import etl

    budget, wait = options.pop("budget"), options.pop("wait")
    units: dict[str, Any] = {"units_policy": "wait"} if wait else {}
    if not wait and (budget is not None or "units_policy" not in client_options.resolved(options)):
        # People and bid managers need the remaining units now; a sync can continue later.
        units = {"units_policy": "stop"}
    clients = options.pop("clients")
    return {
        "names": split_at_commas(options.pop("names")),
        "columns": _columns(options.pop("columns")),
        "clients": clients if clients in (None, "all") else split_at_commas(clients),
        "statistics": options.pop("statistics") or (),
        "deletes": options.pop("deletes"),
        "policy": etl.Policy(full=options.pop("full")),
        "units": units | ({"units_budget": budget} if budget is not None else {}),
    }


def _columns(choices: tuple[str, ...]) -> dict[str, list[str]] | None:
    picked: dict[str, list[str]] = {}
    for text in choices:
        table, separator, members = text.partition(":")
        if not separator or not members:
            raise ConfigurationError(
                _("--columns: found {text!r:.80}, expected a table and members, as in ads:Id,State", text=text)
            )
        picked.setdefault(table.strip().lower(), []).extend(split_at_commas(members))
    return picked or None


def _run(direct: "Direct", address: str, sync_options: dict[str, Any]) -> int:
    from yadirect_soap import etl

    with progress.Lines() as lines:

        def show(state: Any) -> None:
            lines.show(state.login, _("{table}, {rows:,} rows", table=state.table, rows=state.rows))

        summary = etl.sync(direct, address, on_progress=show, **sync_options)
    for login in summary.logins:
        written, deleted = sum(login.written.values()), sum(login.deleted.values())
        rows = _("{written:,} rows written, {deleted:,} deleted", written=written, deleted=deleted)
        notices.note(
            _(
                "{login}: {rows}, {units:,} units, {seconds:.1f} s",
                login=login.login,
                rows=rows,
                units=login.units,
                seconds=login.seconds,
            )
        )
        if login.lost:
            names = ", ".join(login.lost)
            notices.note(_("{login}: the destination has lost {names}: read again", login=login.login, names=names))
    for name, error in summary.errors.items():
        print(f"yadirect-soap: {name}: {spoken(in_words(error))}", file=sys.stderr)
    return summary.exit_code


def _show_plan(direct: "Direct", address: str, sync_options: dict[str, Any]) -> int:
    from yadirect_soap.etl.destinations.addresses import open_destination
    from yadirect_soap.etl.login import login_of, logins_of
    from yadirect_soap.etl.plan import plan
    from yadirect_soap.etl.snapshot import schemas_of
    from yadirect_soap.etl.statistics_file import report_tables_of
    from yadirect_soap.etl.sync_state import answers_of
    from yadirect_soap.etl.tables import tables

    listed = [table for table in tables(sync_options["names"]) if table.name != "agencyclients"]
    marks = sync_options["deletes"] == "mark"
    schemas = schemas_of(listed, sync_options["columns"], money=direct.settings.money, marks=marks)
    clients = sync_options["clients"]
    logins = [login_of(direct)] if clients is None else logins_of(direct, clients)
    with closing(open_destination(address)) as destination:
        reports = report_tables_of(sync_options["statistics"])
        planned = plan(
            destination,
            logins,
            schemas,
            policy=sync_options["policy"],
            reports=reports,
            answers=answers_of(direct),
        )
    rows = [
        {
            "Login": planned_table.login,
            "Table": planned_table.table,
            "Reads": planned_table.reads,
            "Rows": planned_table.rows,
            "Units": "not known" if planned_table.units is None else planned_table.units,
        }
        for planned_table in planned
    ]
    with output.to(output.STDOUT) as write:
        for line in result_formats.lines("table", rows, _PLAN, is_shown=True):
            write(line)
    known = sum(planned_table.units or 0 for planned_table in planned)
    asks_login = not direct.settings.client_login and clients is None
    login_cost = _(" and 10 to find out whose token it is") if asks_login else ""
    notices.note(
        _(
            "{known:,} units{asked}; what has changed or is read for the first time costs more",
            known=known,
            asked=login_cost,
        )
    )
    return 0
