"""`yadirect-soap bulk status|results|resend-unknown JOURNAL`: show and write the state of a job's lines."""

from yadirect_soap.language import _, ngettext, spoken

from . import notices, output
from .command_types import argument, command, option

_JOURNAL = _("the journal of a bulk run")


@command("status", no_args_is_help=True)
@argument("journal", help=_JOURNAL)
def status(journal: str) -> int:
    """Show how many lines are in which state, as JSON; also while a run is at work.

    The exit code is 0 where all lines are done, else 1.
    """
    from yadirect_soap import bulk

    summary = bulk.status(journal)
    print(output.as_json(summary._asdict()))
    return int(not summary.ok)


@command("results", no_args_is_help=True)
@argument("journal", help=_JOURNAL)
@option("--out", "folder", default=".", metavar="DIR", help="where to write (default: the current folder)")
@option("--name", default="", help="what the names begin with (default: the input's name)")
def results(journal: str, folder: str, name: str) -> None:
    """Write NAME.done, NAME.failed and NAME.open, as JSON lines, or as CSV where the input was a table.

    The failed lines are as they came, with `_errors`: corrected, they are the file of a new job.
    """
    from yadirect_soap import bulk

    for file in bulk.write_outcomes(journal, folder, name):
        print(f"{file.path}  {spoken(ngettext('{count:,} line', '{count:,} lines', file.lines))}")


@command("resend-unknown", no_args_is_help=True)
@argument("journal", help=_JOURNAL)
def resend_unknown(journal: str) -> None:
    """Let the next run send again the lines whose response was lost.

    The API may have carried them out: then an object is created twice.  Look at the account first.
    """
    from yadirect_soap import bulk

    count = bulk.resend_unknown(journal)
    notices.note(
        ngettext(
            "{count:,} line is planned again; yadirect-soap bulk run --journal {journal} sends it",
            "{count:,} lines are planned again; yadirect-soap bulk run --journal {journal} sends them",
            count,
            journal=journal,
        )
    )
