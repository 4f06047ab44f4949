"""The deadline of a report, its cancellation, and the progress that is reported meanwhile."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from yadirect_soap.errors import DirectError, ReportNotReadyError, TransportError
from yadirect_soap.language import _

from ..retry_state import RetryState

_SLICE = 0.5
"""Seconds of the longest sleep, after which a cancellation is noticed."""

Stage = Literal["submitted", "queued", "downloading", "complete"]


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a report.

    Attributes:
        report: its ReportName.
        stage: "submitted", "queued", "downloading" or "complete".
        elapsed: seconds since the first request.
        rows: rows that have been read.
        reports_in_queue: reports of the login in the queue; None if the service does not say.
    """

    report: str
    stage: Stage
    elapsed: float
    rows: int = 0
    reports_in_queue: int | None = None


ProgressCallback = Callable[[Progress], object]


class WaitPolicy:
    """Waits until the deadline or the cancellation, and reports the progress."""

    def __init__(
        self,
        report: str,
        *,
        deadline: float | None,
        cancel: threading.Event | None,
        progress: ProgressCallback | None,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._report = report
        self._deadline = deadline
        self._cancel = cancel
        self._progress = progress
        self._clock = clock
        self._sleep = sleep
        self._began = clock()

    def report_progress(self, stage: Stage, *, rows: int = 0, in_queue: int | None = None) -> None:
        """Calls the progress callback, if there is one."""
        if self._progress is not None:
            self._progress(Progress(self._report, stage, self._elapsed, rows, in_queue))

    def check(self) -> None:
        """Raises ReportNotReadyError if the report was cancelled."""
        if self._cancel is not None and self._cancel.is_set():
            raise self._not_ready(_("waiting for it was cancelled"))

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the deadline, not less than 0; None without a deadline."""
        return None if self._deadline is None else max(0.0, self._deadline - self._elapsed)

    def wait(self, seconds: float, after: DirectError | None = None) -> None:
        """Sleeps; raises ReportNotReadyError at once if the deadline comes first, or when the report is cancelled.

        Args:
            seconds: how long to sleep.
            after: the last failure, which the error then names.

        Raises:
            ReportNotReadyError: the deadline comes first, or the report was cancelled.
        """
        self.check()
        if self._deadline is not None and self._elapsed + seconds > self._deadline:
            failed = _(" (the last attempt failed: {error})", error=after) if after else ""
            why = _("it was not ready within {seconds:g} seconds{failed}", seconds=self._deadline, failed=failed)
            raise self._not_ready(why) from after
        self._sleep_in_slices(seconds)

    def wait_after(self, error: DirectError, attempts: RetryState) -> None:
        """Waits until the next attempt, as wait() does; raises the error if there is no other attempt.

        A connection that is lost when no time is left counts as the deadline's, which may have cut it.
        """
        if isinstance(error, TransportError):
            self.wait(0, error)
        self.wait(attempts.next_after(error), error)

    @property
    def _elapsed(self) -> float:
        return self._clock() - self._began

    def _sleep_in_slices(self, seconds: float) -> None:
        """Sleeps in short slices, so that a cancellation is noticed."""
        remaining = seconds
        while remaining > 0:
            self._sleep(min(remaining, _SLICE))
            remaining -= _SLICE
            self.check()

    def _not_ready(self, why: str) -> ReportNotReadyError:
        message = _(
            "report {report!r}: {why}; it may still be in the queue, and a new request finds it",
            report=self._report,
            why=why,
        )
        return ReportNotReadyError(message, report=self._report, operation="reports.get")
