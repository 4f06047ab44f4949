"""`yadirect-soap bulk run FILE --journal JOURNAL`: carries out changes from a file and shows a summary."""

from typing import TYPE_CHECKING, Any

import click

from yadirect_soap import ConfigurationError
from yadirect_soap.language import _, ngettext

from . import client_options, notices, output, progress, result_formats
from .command_types import argument, command, option
from .option_types import Number, WholeNumber

if TYPE_CHECKING:
    from yadirect_soap import Direct
    from yadirect_soap.bulk import Outcome, Summary

_COLUMNS = (("Wave",), ("Operation",), ("Calls",), ("Lines",), ("Units",))
_BUDGET = 6
_EXAMPLES = """\b
Examples:
  yadirect-soap bulk run changes.jsonl --plan
  yadirect-soap bulk run changes.jsonl --journal spring.db
  yadirect-soap bulk run bids.csv --operation keywordbids.set \\
      --journal bids.db --money decimal --budget 20000 --wait
  yadirect-soap bulk run --journal spring.db            # continues
A line of JSON is {"do": "ads.add", "ref": "a1", "item": {...}}, or an item
alone with --operation.  "@a1" is the id of the line named a1.
"""


@command("run", no_args_is_help=True, epilog=_EXAMPLES)
@argument("file", required=False, help="JSON lines, .csv, .tsv or .xlsx; - is stdin; none: continue with the journal")
@option("--journal", metavar="FILE", help="what is planned, sent and done; a new file for a new job")
@option("--operation", default="", metavar="NAME", help="the operation of lines that name none, such as keywords.add")
@option("--plan", "plans", is_flag=True, help="check all lines, show calls and units, and send nothing")
@option(
    "--budget",
    type=WholeNumber(0),
    metavar="UNITS",
    help="stop before a call that would spend more; exit code 6",
)
@option("--wait", is_flag=True, help="if no units are left, wait for those of the next hour")
@option("--verify", "verifies", is_flag=True, help="read back what was written, and show the differences")
@option(
    "--settle",
    type=Number(0),
    default=60.0,
    metavar="SECONDS",
    help="wait after a lost response, before the account is read (default: 60)",
)
@option("--output", "format", type=click.Choice(["table", "json"]), default="table", help="of --plan (default: table)")
@client_options.add
def run(file: str | None, journal: str | None, *, plans: bool, verifies: bool, format: str, **options: Any) -> int:
    """Carry out the changes in a file, each line once.

    All lines are checked before the first is sent.  If you run the command again, it continues where it stopped.  The
    result is a summary as JSON; `bulk results` writes the lines that are done, that failed and that are open.
    """
    from yadirect_soap import Direct

    if journal is None and not plans:
        raise ConfigurationError(_("found no --journal, expected a file that records what was sent; or --plan"))
    with Direct.from_env(**client_options.settings(options, sends=not plans)) as direct:
        if plans:
            return _show_plan(direct, file, journal, format=format, operation=options["operation"])
        try:
            summary = _carry_out(direct, file, str(journal), options)
        except KeyboardInterrupt:
            _note_interruption(str(journal))
            raise
        result: dict[str, Any] = summary._asdict()
        if verifies:
            result.update(_read_back(direct, str(journal)))
        print(output.as_json(result))
        _advise(summary, str(journal))
        return _BUDGET if summary.stopped else int(not summary.ok)


def _show_plan(direct: "Direct", file: str | None, journal: str | None, *, format: str, operation: str) -> int:
    """Shows the calls that a run of a file would send, or the remaining calls of a journal."""
    from yadirect_soap import bulk

    if file is None and journal is None:
        raise ConfigurationError(_("found no FILE and no --journal, expected what to plan"))
    calls = bulk.plan(direct, file, operation=operation) if file else bulk.plan_left(direct, str(journal))
    rows = [{name.title(): value for name, value in call._asdict().items()} for call in calls]
    with output.to(output.STDOUT) as write:
        for line in result_formats.lines(format, rows, _COLUMNS, is_shown=True):
            write(line)
    notices.note(
        ngettext(
            "{count:,} line, about {units:,} units",
            "{count:,} lines, about {units:,} units",
            sum(call.lines for call in calls),
            units=sum(call.units for call in calls),
        )
    )
    return 0


def _carry_out(direct: "Direct", file: str | None, journal: str, values: dict[str, Any]) -> "Summary":
    from yadirect_soap import bulk

    with progress.Lines() as lines:
        done, total = 0, 0

        def show(_outcome: "Outcome") -> None:
            nonlocal done, total
            if not total:
                status = bulk.status(journal)
                done, total = status.lines - status.planned, status.lines
            else:
                done += 1
            lines.show(journal, _("{done:,} of {total:,} lines", done=done, total=total), done=done, total=total)

        options = {name: values[name] for name in ("operation", "budget", "wait", "settle")}
        return bulk.run(direct, file, journal=journal, on_outcome=show, **options)


def _note_interruption(journal: str) -> None:
    """Says what is left of an interrupted run."""
    from yadirect_soap import bulk

    try:
        summary = bulk.status(journal)
    except ConfigurationError:
        notices.note(_("interrupted before anything was sent; there is no journal yet"))
        return
    text = _("interrupted: {done:,} of {total:,} lines", done=summary.lines - summary.planned, total=summary.lines)
    notices.note(_("{text}; the same command continues", text=text))


def _read_back(direct: "Direct", journal: str) -> dict[str, Any]:
    """Returns the differences in the account, and the lines that cannot be compared, by operation and reason."""
    from yadirect_soap import bulk

    differences: list[dict[str, Any]] = []
    unread: dict[tuple[str, str], list[int]] = {}
    for result in bulk.verify(direct, journal):
        if isinstance(result, bulk.NotVerified):
            unread.setdefault((result.operation, result.reason), []).append(result.line)
        else:
            differences.append(result._asdict())
    rows = [{"operation": key, "reason": reason, "lines": lines} for (key, reason), lines in unread.items()]
    return {"differences": differences, "not_verified": rows}


def _advise(summary: "Summary", journal: str) -> None:
    """Prints what to do about lines that are not done."""
    if summary.stopped:
        notices.note(
            ngettext(
                "stopped because units ran short; the same command continues with {count:,} line",
                "stopped because units ran short; the same command continues with {count:,} lines",
                summary.planned,
            )
        )
    if summary.failed or summary.skipped:
        notices.note(
            _(
                "yadirect-soap bulk results {journal} writes the failed lines, to be corrected and run again",
                journal=journal,
            )
        )
    if summary.unknown:
        notices.note(
            ngettext(
                "{count:,} line may have been carried out: look at the account, then "
                "yadirect-soap bulk resend-unknown {journal}",
                "{count:,} lines may have been carried out: look at the account, then "
                "yadirect-soap bulk resend-unknown {journal}",
                summary.unknown,
                journal=journal,
            )
        )
