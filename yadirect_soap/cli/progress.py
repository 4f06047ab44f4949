"""Shows the progress of a command on a terminal: a line per login or report, with the elapsed time.

rich draws the lines on stderr while the command works, and clears them when it ends.
"""

import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Self

from yadirect_soap.language import _, spoken

from . import display, global_options, notices

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from yadirect_soap import Progress

_STAGES: Mapping[str, str] = MappingProxyType(
    {
        "submitted": _("submitted"),
        "queued": _("in the queue"),
        "downloading": _("downloading"),
        "complete": _("complete"),
    }
)


class Lines:
    """Lines on a terminal, each with a name.

    >>> with Lines() as lines:
    ...     lines.show("demo-client", "campaigns", done=12, total=40)

    Args:
        out: the output of the result, "-" for stdout; if that is a terminal, no lines are shown.
    """

    def __init__(self, out: str = "") -> None:
        self._shown = notices.shows_progress() and not (out == "-" and sys.stdout.isatty())
        self._options = global_options.current()
        self._bars: Bars | None = None
        self._tasks: dict[str, TaskID] = {}

    def show(self, name: str, text: str = "", *, done: int | None = None, total: int | None = None) -> None:
        """Shows or updates a line.

        Args:
            name: the name of the line: an operation, a login, a report.
            text: the text after the name.
            done: the number of steps done; None does not change it.
            total: the number of all steps; None if it is not known, then no bar is drawn.
        """
        if self._bars is None:
            return
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=total, text="")
        self._bars.update(self._tasks[name], completed=done, total=total, text=spoken(text))

    def __enter__(self) -> Self:
        if self._shown:
            self._bars = _bars()
            self._bars.start()
            self._options.console = self._bars.console
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._options.console = None
            self._bars.stop()


def of_report(lines: Lines, name: str) -> "Callable[[Progress], None]":
    """Returns a function that shows the progress of a report in a line."""
    return lambda progress: lines.show(name, in_words(progress))


def in_words(progress: "Progress") -> str:
    """Returns the progress of a report as text: `downloading, 120,000 rows`."""
    stage = _STAGES[progress.stage]
    if progress.reports_in_queue:
        stage = _("{stage} of {count}", stage=stage, count=progress.reports_in_queue)
    return _("{stage}, {rows:,} rows", stage=stage, rows=progress.rows) if progress.rows else stage


def _bars() -> "Bars":
    from rich.progress import BarColumn, Progress, SpinnerColumn, Task, TextColumn, TimeElapsedColumn
    from rich.text import Text

    class Bar(BarColumn):
        def render(self, task: Task) -> Text:  # type: ignore[override]  # no bar is an empty text
            return Text("") if task.total is None else super().render(task)  # type: ignore[return-value]  # as above

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        Bar(bar_width=20),
        TextColumn("{task.fields[text]}", markup=False),
        TimeElapsedColumn(),
        console=display.console(stderr=True),
        transient=True,
        # streams.py has set up both streams, and stdout may be a pipe.
        redirect_stdout=False,
        redirect_stderr=False,
    )
