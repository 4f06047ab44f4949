"""Writes the outcomes of a job to three files: done, failed (to be corrected and run again), and open.

    spring.done.jsonl    {"line": 1, "do": "ads.add", "ref": "a1", "id": 501}
    spring.failed.jsonl  {"do": "ads.add", "item": {...}, "_line": 2, "_errors": [...]}
    spring.open.jsonl    {"do": "ads.add", "item": {...}, "_line": 3, "_state": "unknown", "_remark": "..."}

The last two have the lines of the input, with ids instead of references to done lines, so that they can be the input of
a new job.  If the input was a table, the files are tables.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, NamedTuple

import simplejson

from yadirect_soap.atomic_files import atomic_write

from . import outcomes, references, table_files
from .journal import Item, Job, Journal
from .outcomes import Outcome

_FILES: Mapping[str, str] = MappingProxyType(
    {"done": "done", "failed": "failed", "skipped": "failed", "planned": "open", "unknown": "open"}
)
"""The file that has the lines of a state."""
_ORDER = ("done", "failed", "open")
_DONE = ("line", "do", "ref", "id", "warnings", "remark")
_FAILED = ("_line", "_errors")
_OPEN = ("_line", "_state", "_remark")


class OutcomeFile(NamedTuple):
    """A file that was written.

    Attributes:
        path: the path of the file.
        lines: the number of lines that were written.
    """

    path: Path
    lines: int


def write(journal: Journal, folder: Path, name: str = "") -> list[OutcomeFile]:
    """Writes the three files of a journal; an error leaves none of them half written.

    Args:
        journal: A journal with a job.
        folder: The folder for the files.
        name: The beginning of their names; "" is the name of the input without its suffix.

    Raises:
        ConfigurationError: A file cannot be written.
    """
    job = journal.job()
    is_table = job.format == "table"
    suffix = "csv" if is_table else "jsonl"
    paths = {file: folder / f"{name or Path(job.source).stem}.{file}.{suffix}" for file in _ORDER}
    lines = dict.fromkeys(_ORDER, 0)
    with ExitStack() as stack:
        opened = {file: stack.enter_context(atomic_write(path)) for file, path in paths.items()}
        writers = {
            file: _csv_writer(opened[file], _header(file, job)) if is_table else _json_writer(opened[file])
            for file in _ORDER
        }
        for item in journal.items():
            file = _FILES[item.state]
            lines[file] += 1
            writers[file](_row(file, item, journal))
    return [OutcomeFile(paths[file], lines[file]) for file in _ORDER]


def _json_writer(file: BinaryIO) -> Callable[[Mapping[str, Any]], None]:
    def write_row(row: Mapping[str, Any]) -> None:
        file.write(f"{simplejson.dumps(row, use_decimal=True, ensure_ascii=False)}\n".encode())

    return write_row


def _csv_writer(file: BinaryIO, header: tuple[str, ...]) -> Callable[[Mapping[str, Any]], None]:
    def write_cells(cells: list[str]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(cells)
        file.write(text.getvalue().encode())

    def write_row(row: Mapping[str, Any]) -> None:
        write_cells([table_files.cell_text(row, name) for name in header])

    write_cells(list(header))
    return write_row


def _header(file: str, job: Job) -> tuple[str, ...]:
    if file == "done":
        return _DONE
    own = tuple(name for name in job.columns if not name.startswith("_"))
    return (*own, *(_FAILED if file == "failed" else _OPEN))


def _row(file: str, item: Item, journal: Journal) -> dict[str, Any]:
    outcome = outcomes.of_item(item)
    if file == "done":
        return dict(_done_cells({"line": item.line, "do": item.op, "ref": item.ref, "id": outcome.id}, outcome))
    return _resendable_line(item, journal) | _remarks(file, outcome)


def _done_cells(row: Mapping[str, Any], outcome: Outcome) -> Iterator[tuple[str, Any]]:
    """Yields the columns and values of a done line; empty values are left out."""
    cells = {**row, "warnings": list(outcome.warnings), "remark": outcome.remark}
    yield from ((name, value) for name, value in cells.items() if value not in (None, [], ""))


def _resendable_line(item: Item, journal: Journal) -> dict[str, Any]:
    """Returns a line that can be the input of a new job."""
    line: Any = json.loads(item.body, parse_float=Decimal)
    if references.occur_in(item.body):
        names = [name for _, name in references.occurrences(line)]
        done = {name: result for name, (state, result) in journal.results(names).items() if state == "done"}
        line = references.replace_known(line, done)
    if isinstance(line, dict):
        return {name: value for name, value in line.items() if not name.startswith("_")}
    return {"do": item.op, "item": line}


def _remarks(file: str, outcome: Outcome) -> dict[str, Any]:
    if file == "open":
        return {"_line": outcome.line, "_state": outcome.state, "_remark": outcome.remark}
    errors = list(outcome.errors) or [outcomes.error(0, outcome.remark)]
    return {"_line": outcome.line, "_errors": errors}
