"""The rows of measurements, and their output as a table and as JSON, with facts about the machine."""

import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_PACKAGES = ("yadirect-soap", "zeep", "lxml", "requests", "urllib3", "simplejson", "tapi-yandex-direct", "orjson")
_HEAD = ("task", "beside", "goal", "measured", "")


class ResultsDiffer(Exception):
    """The compared programs have different results, so that their times cannot be compared."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on a measured value."""

    bound: float
    at_least: bool = False

    @property
    def sense(self) -> str:
        """The words before the bound."""
        return "at least" if self.at_least else "at most"

    def margin(self, measured: float) -> float:
        """Returns how much better than the bound a value is: 2 is twice as good, 0.5 half as good."""
        better, worse = (measured, self.bound) if self.at_least else (self.bound, measured)
        return better / worse if worse else float("inf") if better else 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: a ratio to another one, or a single figure.

    `figures` are the two sides of the ratio as text; a row without a goal is for information.  `compared` are the two
    sides as numbers, ours and that of `beside`: in seconds, or in the unit of the row if it is no ratio.
    """

    task: str
    beside: str
    measured: float
    unit: str
    goal: Goal | None = None
    figures: str = ""
    compared: tuple[float, float] | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None if there is none."""
        return None if self.goal is None else self.goal.margin(self.measured) >= 1

    @property
    def value(self) -> str:
        """The measured value with its unit."""
        return f"{_shown(self.measured)} {self.unit}"

    def cells(self) -> tuple[str, ...]:
        """Returns the texts of the row's columns."""
        goal = "" if self.goal is None else f"{self.goal.sense} {_shown(self.goal.bound)} {self.unit}"
        figures = f" ({self.figures})" if self.figures else ""
        verdict = {None: "", True: "met", False: "NOT MET"}[self.met]
        return self.task, self.beside, goal, self.value + figures, verdict


def faster(task: str, beside: str, seconds: tuple[float, float], goal: float | None = None) -> Row:
    """Returns a row with the speed of the first as a multiple of the second's."""
    ours, theirs = seconds
    bound = Goal(goal, at_least=True) if goal is not None else None
    return Row(task, beside, theirs / ours, "x the speed", bound, f"{duration(ours)} to {duration(theirs)}", seconds)


def slower(task: str, beside: str, seconds: tuple[float, float], goal: float | None = None) -> Row:
    """Returns a row with the time of the first as a multiple of the second's."""
    ours, theirs = seconds
    bound = Goal(goal) if goal is not None else None
    return Row(task, beside, ours / theirs, "x the time", bound, f"{duration(ours)} to {duration(theirs)}", seconds)


def grown(task: str, mib: float, of_tapi: float | None, goal: float) -> Row:
    """Returns a row with the growth of peak memory in MiB, and that of tapi-yandex-direct if it was measured."""
    beside, compared = ("", None) if of_tapi is None else (f"tapi-yandex-direct: {of_tapi:.0f} MiB", (mib, of_tapi))
    return Row(f"peak memory of {task}", beside, mib, "MiB more", Goal(goal), compared=compared)


def duration(seconds: float) -> str:
    """Formats seconds: 238 ms, 5.05 s."""
    return f"{_shown(seconds * 1000)} ms" if seconds < 1 else f"{seconds:.2f} s"


def as_text(rows: Iterable[Row]) -> str:
    """Returns the rows as a Markdown table."""
    lines = [_HEAD, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    return "\n".join([padded[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *padded[1:]])


def as_json(rows: Sequence[Row], *, short: bool) -> str:
    """Returns the rows as JSON, with the facts that are needed to judge them later."""
    rows_as_dicts = [asdict(row) | {"met": row.met} for row in rows]
    return (
        json.dumps({"short": short, "machine": machine(), "rows": rows_as_dicts}, indent=2, ensure_ascii=False) + "\n"
    )


def machine() -> dict[str, Any]:
    """Returns the day, the system, the processor and the versions of packages; nothing that identifies the machine."""
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "python": sys.version.split()[0],
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cpus": os.cpu_count(),
        "versions": {name: version for name in _PACKAGES if (version := _version(name))},
    }


def _processor() -> str:
    """Returns the model of the processor; "" if the system does not show it."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _shown(number: float) -> str:
    if number == int(number) or number >= 100:
        return f"{number:,.0f}"
    return f"{number:.2f}" if number >= 1 else f"{number:.2g}"
