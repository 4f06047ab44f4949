"""Bulk under faults: all kinds of writes, with faults in 40 % of the calls and 20 crashes; counts unknown lines.

It is a longer run of tests/bulk/test_trouble.py, with the same kinds of lines and faults.
"""

import logging
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.bulk import every_write
from tests.bulk.trouble import Trouble, states
from yadirect_soap import bulk

from .table import Goal, ResultsDiffer, Row

_CRASHES = 20
_CHANCE = 0.03
_UNKNOWN = 0.001


def measure(groups: int, seed: int = 1) -> list[Row]:
    """Measures a job with a number of new groups; a group has about a dozen lines.

    Raises:
        ResultsDiffer: An object is missing, doubled or different, or a line has another outcome than without faults.
    """
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        return _rows(Path(folder), groups, seed)


def _rows(folder: Path, groups: int, seed: int) -> list[Row]:
    with Trouble() as calm:
        source = every_write.write(folder / "all.jsonl", every_write.rows(calm.emulator, groups))
        began = time.perf_counter()
        calm.run(source, folder / "calm.db")
        alone = time.perf_counter() - began
        objects, outcomes = calm.objects(folder / "calm.db"), states(folder / "calm.db")
    random, crashes = Random(seed), iter(range(_CRASHES))
    with Trouble(faults=True, seed=seed) as trouble:
        began = time.perf_counter()
        ended = trouble.run_crashing(
            source, folder / "j.db", lambda: random.random() < _CHANCE and next(crashes, None) is not None
        )
        taken = time.perf_counter() - began
        troubled, present = states(folder / "j.db"), trouble.objects(folder / "j.db")
    unknown = bulk.status(folder / "j.db").unknown
    _compare(objects, present)
    if wrong := [line for line, state in troubled.items() if state != outcomes[line] and state[1] != "unknown"]:
        raise ResultsDiffer(f"lines with another outcome: {wrong[:10]}")
    task = f"bulk: {len(outcomes):,} lines, 40 % faults, {ended} ends of processes"
    return [
        Row(task, "", unknown / len(outcomes), "of the lines unknown", Goal(_UNKNOWN), f"{unknown} lines"),
        Row(task, "no trouble", taken / alone, "x the time"),
    ]


def _compare(objects: dict[str, list[str]], present: dict[str, list[str]]) -> None:
    """Checks that each object exists once; videos, which are never sent again, may be missing."""
    for service, expected in objects.items():
        extra = Counter(present[service]) - Counter(expected)
        missing = Counter(expected) - Counter(present[service])
        if extra or (missing and service != "advideos"):
            raise ResultsDiffer(f"{service}: {sum(extra.values())} besides, {sum(missing.values())} missing")
