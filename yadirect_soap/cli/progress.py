"""How far a report has come, as one line of a terminal that is written over again; nothing where there is none."""

import sys
from collections.abc import Mapping
from types import MappingProxyType, TracebackType
from typing import Self

from yadirect_soap import Progress

from . import notices

_CLEARED = "\r\x1b[K"
_WORDS: Mapping[str, str] = MappingProxyType(
    {"submitted": "submitted", "queued": "in the queue", "downloading": "downloading", "complete": "complete"}
)


class Line:
    """The line, on stderr; leaving the with clears it.  It is not shown where the rows go to a terminal too."""

    def __init__(self, out: str) -> None:
        self._stream = sys.stderr
        self._shown = notices.shows_progress() and not (out == "-" and sys.stdout.isatty())

    def show(self, progress: Progress) -> None:
        """Writes how far it is."""
        if self._shown:
            self._stream.write(_CLEARED + told(progress))
            self._stream.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._stream.write(_CLEARED)
            self._stream.flush()


def told(progress: Progress) -> str:
    """The words for it: `downloading, 120,000 rows, 35 s`."""
    stage = _WORDS[progress.stage] + (f" of {progress.reports_in_queue}" if progress.reports_in_queue else "")
    rows = [f"{progress.rows:,} rows"] if progress.rows else []
    return ", ".join([stage, *rows, f"{progress.elapsed:.0f} s"])
