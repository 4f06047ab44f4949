"""The command line of the benchmarks: runs the subjects one after the other, each in a fresh process."""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from . import (
    agency_lanes,
    bulk,
    bulk_trouble,
    database_loading,
    decode,
    emulator,
    encode,
    gateway,
    large_account,
    read_all_ads_http,
    report_loading,
    reports,
    startup,
    sync_memory,
    sync_units,
    terminal,
    threads,
)
from .chart import as_svg
from .table import ResultsDiffer, Row, as_json, as_text
from .timing import fresh, keep_bytecode

_RESULTS = Path(__file__).parent / "results"
Subject = Callable[[], list[Row]]

_SHORT_CASES = frozenset({"ads", "campaigns"})
"""The decoding cases of a short run: the most common objects, and the largest ones."""


def main() -> int:
    """Runs the benchmarks, prints the table and writes it.

    Returns:
        1 if compared programs had different results, 2 for an unknown subject, else 0; a missed goal is no error.
    """
    arguments = _parser().parse_args()
    subjects = _subjects(short=arguments.short)
    chosen = [name for name in subjects if name.startswith(tuple(arguments.only or ("",)))]
    if not chosen:
        print(f"nothing is called {arguments.only}; there are {', '.join(subjects)}", file=sys.stderr)
        return 2
    keep_bytecode()
    rows, failed = _run({name: subjects[name] for name in chosen})
    print(as_text(rows))
    is_complete = len(chosen) == len(subjects)
    _write(arguments.json or (_RESULTS / "latest.json" if is_complete else None), as_json(rows, short=arguments.short))
    _write(arguments.picture or (_RESULTS / "latest.svg" if is_complete else None), as_svg(rows))
    return int(failed)


def _run(subjects: Mapping[str, Subject]) -> tuple[list[Row], bool]:
    """Runs the subjects; returns their rows, and whether results differed in one of them."""
    rows: list[Row] = []
    failed = False
    for name, measure in subjects.items():
        began = time.monotonic()
        try:
            rows += fresh(measure)
        except ResultsDiffer as error:
            print(f"{name}: {error}", file=sys.stderr)
            failed = True
        print(f"{name}: {time.monotonic() - began:.1f} s", file=sys.stderr)
    return rows, failed


def _subjects(*, short: bool) -> Mapping[str, Subject]:
    """Returns the subjects by name; `short` measures less of each."""
    rounds = 1 if short else 7
    decoding = {
        f"decode.{name}": partial(decode.measure, *((case.shorter(), 1) if short else (case, 3)))
        for name, case in decode.CASES.items()
        if not short or name in _SHORT_CASES
    }
    return MappingProxyType(
        {
            **decoding,
            "bulk": partial(bulk.measure, *((5_000, 20_000, 2, 2) if short else (100_000, 1_000_000, 5, 3))),
            "trouble": partial(bulk_trouble.measure, 50 if short else 1750),
            "encode": partial(encode.measure, 1000, rounds + 2),
            # The units of the demo account suffice for these calls.
            "emulator": partial(emulator.measure, *((100, 2) if short else (1000, 5))),
            "large account": partial(
                large_account.measure, *((20_000, 2_000, 100, 2) if short else (1_000_000, 10_000, 1000, 5))
            ),
            "gateway": partial(gateway.measure, *((50, 500, 2) if short else (1000, 10_000, 5))),
            "startup": partial(startup.measure, rounds + 2),
            "terminal": partial(terminal.measure, rounds + 2),
            "iterate": partial(
                read_all_ads_http.measure,
                *((2_000, (2_000, 8_000), 2) if short else (10_000, (100_000, 1_000_000), 3)),
            ),
            "reports": partial(reports.measure, *((10_000, 2) if short else (1_000_000, 3))),
            "load ads": partial(database_loading.measure, 1_000 if short else 100_000),
            "sync memory": partial(
                sync_memory.measure, (1_000, 2_000) if short else (100_000, 300_000, 1_000_000), databases=not short
            ),
            "load reports": partial(report_loading.measure, *((20_000, 2) if short else (1_000_000, 3))),
            "slow": partial(read_all_ads_http.measure_slow, *((2_000, 1) if short else (10_000, 5))),
            "sync units": partial(sync_units.measure, *((2_000, 20, 5) if short else (100_000, 100, 10))),
            "agency lanes": partial(agency_lanes.measure, *((6, 4) if short else (30, 20))),
            "threads": partial(threads.measure, *((200, 4, 40, 2) if short else (10_000, 16, 400, 5))),
        }
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures this package beside others.")
    parser.add_argument("--short", action="store_true", help="less of each: it takes about two minutes, and is rougher")
    parser.add_argument("--only", action="append", metavar="NAME", help="only what begins with this; may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write the rows")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="where to write the picture, an SVG")
    return parser


def _write(path: Path | None, text: str) -> None:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
