"""The public functions of bulk; a job is a file of changes and its journal.

run() and iterate() carry out a job; the other functions plan one, read its journal, or plan its unknown lines again.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.temporary_folders import temporary_folder

from . import outcome_files, outcomes, table_files, write_operations
from .input_lines import InputFile
from .journal import STATES, Job, Journal
from .outcome_files import OutcomeFile
from .outcomes import Outcome
from .planner import Planner
from .runner import Options, Run
from .verification import Difference, NotVerified, Verification

if TYPE_CHECKING:
    from yadirect_soap import Direct

PathLike = str | os.PathLike[str]


class Summary(NamedTuple):
    """The number of lines in each state, and the units that were spent.

    Attributes:
        planned: lines that were not sent yet, or wait for a line whose state is unknown.
        done: lines that were carried out.
        failed: lines that the API refused.
        skipped: lines that refer to an object whose own line failed.
        unknown: lines whose response was lost, and the account does not show whether they were carried out.
        units: the units spent by all runs, as the responses report them.
        stopped: why the last run stopped early: "budget" or "units"; "" if it did not.
    """

    planned: int
    done: int
    failed: int
    skipped: int
    unknown: int
    units: int
    stopped: str = ""

    @property
    def lines(self) -> int:
        """The number of lines of the file."""
        return self.planned + self.done + self.failed + self.skipped + self.unknown

    @property
    def ok(self) -> bool:
        """Whether every line is done."""
        return self.done == self.lines


class PlannedCalls(NamedTuple):
    """The calls of an operation in a wave.

    Attributes:
        wave: the number of the wave; the lines of a wave refer only to lines of earlier waves.
        operation: the key of the operation, such as `ads.add`.
        calls: the number of calls.
        lines: the number of lines that the calls send.
        units: the cost of the calls in units; an operation without a documented cost counts as 0.
    """

    wave: int
    operation: str
    calls: int
    lines: int
    units: int


def run(
    direct: "Direct",
    source: PathLike | None = None,
    *,
    journal: PathLike,
    operation: str = "",
    money: str | None = None,
    on_outcome: Callable[[Outcome], None] | None = None,
    **options: Any,
) -> Summary:
    """Carries out the changes in a file, each line once; a second call continues where the first one stopped.

    Args:
        direct: The client that sends the calls; its retry and its wire are used.
        source: JSON lines, or a table as CSV or XLSX; "-" for stdin.  None continues the job of the journal.
        journal: The path of the journal; the file is created with mode 0600 if it does not exist.
        operation: The operation of lines that name none, such as "ads.add".
        money: Whether amounts in the file are in "micros" or "decimal" units of the currency; None is as in `direct`.
        on_outcome: A function that is called with the outcome of each line, after the journal has recorded it.
        options: settle, attempts, budget, wait, clock, sleep: see Options.

    Returns:
        The number of lines in each state.

    Raises:
        InvalidParamsError: Lines are wrong; the error has their numbers, and nothing was sent.
        ConfigurationError: The file cannot be read, the journal belongs to another file, or another run uses it.
        DirectError: No further call is possible; the journal has all outcomes so far, and another run continues.
    """
    with open_job(direct, source, journal=journal, operation=operation, money=money) as open_journal:
        job_run = Run(_for_writes(direct), open_journal, _options(direct, options))
        for outcome in job_run.outcomes():
            if on_outcome is not None:
                on_outcome(outcome)
        return _summary(open_journal, job_run.stopped)


def iterate(
    direct: "Direct",
    source: PathLike | None = None,
    *,
    journal: PathLike,
    operation: str = "",
    money: str | None = None,
    **options: Any,
) -> Iterator[Outcome]:
    """Carries out a file as run() does, and yields the outcome of each line after the journal has recorded it.

    If you stop the iteration, the run stops; another one continues it.

    Args:
        direct: The client that sends the calls.
        source: As for run().
        journal: As for run().
        operation: As for run().
        money: As for run().
        options: As for run().

    Returns:
        An iterator of the outcomes, in the order in which they become known.

    Raises:
        InvalidParamsError: As for run().
        ConfigurationError: As for run().
        DirectError: As for run().
    """
    with open_job(direct, source, journal=journal, operation=operation, money=money) as open_journal:
        yield from Run(_for_writes(direct), open_journal, _options(direct, options)).outcomes()


def plan(direct: "Direct", source: PathLike, *, operation: str = "", money: str | None = None) -> list[PlannedCalls]:
    """Returns the calls that a run of a file would send; nothing is sent and no journal is written.

    Args:
        direct: The client that would send the calls.
        source: As for run().
        operation: As for run().
        money: As for run().

    Returns:
        The calls in the order of sending.

    Raises:
        InvalidParamsError: Lines are wrong; the error has their numbers.
        ConfigurationError: The file cannot be read.
    """
    with temporary_folder("bulk") as folder:
        path = folder / "plan"
        with open_job(direct, source, journal=path, operation=operation, money=money) as open_journal:
            return _planned_calls(direct, open_journal)


def plan_left(direct: "Direct", journal: PathLike) -> list[PlannedCalls]:
    """Returns the calls that the next run of a journal would send.

    Args:
        direct: The client that would send the calls.
        journal: The path of the journal.

    Returns:
        The calls that were not sent yet, in the order of sending.

    Raises:
        ConfigurationError: There is no such journal.
    """
    with _open_existing(journal) as open_journal:
        open_journal.job()
        return _planned_calls(direct, open_journal)


def _planned_calls(direct: "Direct", journal: Journal) -> list[PlannedCalls]:
    """Returns the calls for the planned lines of a journal, in the order of sending."""
    calls: dict[tuple[int, str], PlannedCalls] = {}
    for chunk, lines in journal.chunks():
        if not lines:
            continue
        units = write_operations.find(direct.contract, chunk.op).units(lines)
        old = calls.get((chunk.wave, chunk.op), PlannedCalls(chunk.wave, chunk.op, 0, 0, 0))
        new = PlannedCalls(chunk.wave, chunk.op, old.calls + 1, old.lines + lines, old.units + units)
        calls[chunk.wave, chunk.op] = new
    return list(calls.values())


def status(journal: PathLike) -> Summary:
    """Counts the lines of a journal by state; a run may be using the journal.

    Args:
        journal: The path of the journal.

    Returns:
        The number of lines in each state.

    Raises:
        ConfigurationError: There is no such journal.
    """
    with _open_existing(journal) as open_journal:
        open_journal.job()
        return _summary(open_journal)


def read_outcomes(journal: PathLike, states: Sequence[str] = STATES) -> Iterator[Outcome]:
    """Reads the outcomes of the lines from a journal.

    Args:
        journal: The path of the journal.
        states: The states of the lines to read: "planned", "done", "failed", "skipped", "unknown".

    Returns:
        An iterator of the outcomes, in the order of the file.

    Raises:
        ConfigurationError: There is no such journal.
    """
    with _open_existing(journal) as open_journal:
        open_journal.job()
        yield from map(outcomes.of_item, open_journal.items(states))


def resend_unknown(journal: PathLike) -> int:
    """Plans the lines whose state is `unknown` again, so that the next run sends them.  This may create objects twice.

    Args:
        journal: The path of the journal.

    Returns:
        The number of lines.

    Raises:
        ConfigurationError: There is no such journal, or a run uses it.
    """
    with _open_existing(journal) as open_journal:
        open_journal.lock()
        open_journal.job()
        return open_journal.plan_again("unknown")


def write_outcomes(journal: PathLike, folder: PathLike, name: str = "") -> list[OutcomeFile]:
    """Writes the outcomes of a journal to three files: NAME.done, NAME.failed and NAME.open.

    They are JSON lines if the input was JSON lines, and CSV if it was a table.

    The failed lines are as in the input, with `_errors`: corrected, they are the input of a new job.

    Args:
        journal: The path of the journal.
        folder: The folder for the files.
        name: The beginning of the file names; "" is the name of the input without its suffix.

    Returns:
        The files, each with its number of lines.

    Raises:
        ConfigurationError: There is no such journal, or a file cannot be written.
    """
    with _open_existing(journal) as open_journal:
        return outcome_files.write(open_journal, Path(folder), name)


def verify(direct: "Direct", journal: PathLike) -> Iterator[Difference | NotVerified]:
    """Reads the objects of the done lines from the account, and compares them with the values that were sent.

    If several lines are about one object, the last one counts.

    Args:
        direct: The client that reads the account.
        journal: The path of the journal.

    Returns:
        An iterator of the differences, and of the lines that cannot be compared, with the reason.

    Raises:
        ConfigurationError: There is no such journal.
    """
    with _open_existing(journal) as open_journal:
        yield from Verification(direct.with_settings(money="micros"), open_journal).results()


@contextmanager
def open_job(
    direct: "Direct",
    source: PathLike | None,
    *,
    journal: PathLike,
    operation: str = "",
    money: str | None = None,
) -> Iterator[Journal]:
    """Opens and locks the journal of a job, and plans the job if it is new; arguments and errors are those of run()."""
    path = Path(journal)
    if source is None and not path.exists():
        raise ConfigurationError(_("{path}: no such journal; give it a file first", path=path))
    is_new_file = not path.exists()
    with Journal(path) as open_journal:
        open_journal.lock()
        try:
            # with_settings() checks the value.
            settings = direct.with_settings(money=money).settings if money is not None else direct.settings
            defaults = _InputDefaults(operation, settings.money)
            if not open_journal.is_new:
                _check_job(direct, open_journal.job(), path)
                if source is not None:
                    _check_input(InputFile(Path(source)), defaults, open_journal.job(), path)
            elif source is None:
                open_journal.job()
            else:
                _plan(direct, InputFile(Path(source)), open_journal, defaults)
        except BaseException:
            if is_new_file:
                open_journal.remove()
            raise
        yield open_journal


class _InputDefaults(NamedTuple):
    """The settings for all lines of a file."""

    operation: str
    """The operation of lines that name none."""
    money: str
    """The unit of amounts: "micros" or "decimal"."""


def _plan(direct: "Direct", file: InputFile, journal: Journal, defaults: _InputDefaults) -> None:
    settings, (operation, money) = direct.settings, defaults
    with journal.transaction():
        journal.create()
        empty_lists = settings.wire.carries_empty_lists(direct.contract.operation("campaigns", "update"))
        planner = Planner(journal, direct.contract, operation=operation, money=money, empty_lists=empty_lists)
        columns: tuple[str, ...] = ()
        if table_files.is_table(file.path):
            table = table_files.Table(file, planner)
            columns = table.columns
            planner.read(table.lines())
        else:
            planner.read(planner.json_lines(file))
        journal.finish_planning(
            Job(
                file.name,
                file.sha256,
                "table" if columns else "jsonl",
                columns,
                operation,
                money,
                settings.root,
                settings.client_login or "",
                settings.version,
                planner.lines,
            )
        )


def _check_job(direct: "Direct", job: Job, path: Path) -> None:
    """Refuses to continue for another account."""
    settings = direct.settings
    _refuse_change(path, "endpoint", job.endpoint, settings.root)
    _refuse_change(path, "version", job.contract, settings.version)
    _refuse_change(path, "client login", job.login, settings.client_login or "")


def _check_input(file: InputFile, defaults: _InputDefaults, job: Job, path: Path) -> None:
    """Refuses to continue with another file, or with the same file read in another way."""
    if file.read_whole() != job.sha256:
        message = _(
            "found another content in {source} than that of {planned}, which was planned",
            source=file.path if file.name != "stdin" else file.name,
            planned=job.source,
        )
        raise ConfigurationError(_("{path}: {message}; take a new journal for a new file", path=path, message=message))
    _refuse_change(path, "operation", job.operation, defaults.operation)
    _refuse_change(path, "money", job.money, defaults.money)


def _refuse_change(path: Path, setting: str, planned: str, current: str) -> None:
    if planned != current:
        raise ConfigurationError(
            _(
                "{path}: found the {setting} {current!r}, expected {planned!r}, as it was planned for",
                path=path,
                setting=setting,
                current=current,
                planned=planned,
            )
        )


@contextmanager
def _open_existing(path: PathLike) -> Iterator[Journal]:
    if not Path(path).is_file():
        raise ConfigurationError(_("{path}: no such journal", path=path))
    with Journal(path) as open_journal:
        yield open_journal


def _for_writes(direct: "Direct") -> "Direct":
    """Returns the Direct of a run: with amounts in micros, as in the journal, and with limited concurrency.

    Other programs of the advertiser share the five requests that the API serves at the same time.
    """
    return direct.with_settings(money="micros").with_default_concurrency()


def _options(direct: "Direct", values: dict[str, Any]) -> Options:
    """Returns the options of a run; clock and sleep are those of its Direct unless they are given."""
    return Options(**{"clock": direct.settings.now, "sleep": direct.settings.sleep, **values})


def _summary(journal: Journal, stopped: str = "") -> Summary:
    return Summary(**journal.counts(), units=journal.units(), stopped=stopped)
