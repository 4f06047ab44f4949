"""Measures bulk: planning against json.loads, a chunk against a call without bulk, and opening a long journal."""

import json
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, cast

from yadirect_soap import Direct, bulk
from yadirect_soap.bulk.journal import Journal
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER_TOKEN

from .table import Goal, ResultsDiffer, Row, slower
from .timing import fresh, peak_memory, timed

_CHUNK = 1000
_ADS_A_GROUP = 50
_CAMPAIGN = 700_000_001
_PLANNED_A_SECOND = 50_000
_END_TO_END = 1.15
_JOURNAL_SECONDS = 0.05
_OPEN_SECONDS = 1.0
_MEMORY = 1.3
_TEXT = {"Text": "Из кедра за неделю", "Href": "https://example.com/", "Mobile": "NO"}


def measure(lines: int, journal_lines: int, chunks: int, rounds: int) -> list[Row]:
    """Measures bulk.

    Args:
        lines: The number of lines to plan.
        journal_lines: The number of lines in the journal that is opened.
        chunks: The number of calls with a thousand objects.
        rounds: The number of measurements; the shortest counts, since other processes can only add time.
    """
    with tempfile.TemporaryDirectory() as folder:
        return [
            *_planning(Path(folder), lines, rounds),
            *_calls(Path(folder), chunks, rounds),
            *_opening(Path(folder), journal_lines),
        ]


def _tree(count: int) -> Iterator[dict[str, Any]]:
    """Yields groups, each with ads and keywords that refer to it, and bids of other keywords."""
    for number in range(count // 10):
        group = f"@g{number}"
        item = {"Name": f"Группа {number}", "CampaignId": _CAMPAIGN, "RegionIds": [225]}
        yield {"do": "adgroups.add", "ref": f"g{number}", "item": item}
        for ad in range(3):
            yield {"do": "ads.add", "item": {"AdGroupId": group, "TextAd": {"Title": f"Скамейки {ad}", **_TEXT}}}
        for word in range(4):
            yield {"do": "keywords.add", "item": {"AdGroupId": group, "Keyword": f"скамейка {word}"}}
        for bid in range(2):
            yield {"do": "keywordbids.set", "item": {"KeywordId": 10 * number + bid + 1, "SearchBid": 15_000_000}}


def _bids(count: int) -> Iterator[dict[str, Any]]:
    return (
        {"do": "keywordbids.set", "item": {"KeywordId": key, "SearchBid": 3_000_000}} for key in range(1, count + 1)
    )


def _write_lines(path: Path, rows: Iterator[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    return path


def _planning(folder: Path, lines: int, rounds: int) -> list[Row]:
    source = _write_lines(folder / "tree.jsonl", _tree(lines))
    direct = Direct("not-sent")
    seconds = min(timed(lambda: bulk.plan(direct, source), time.process_time) for _ in range(rounds))
    parsing = min(timed(lambda: _parse(source), time.process_time) for _ in range(rounds))
    small = _write_lines(folder / "small.jsonl", _tree(lines // 10))
    peaks = fresh(_peak, small), fresh(_peak, source)
    return [
        Row(f"bulk: {lines:,} lines planned", "", lines / seconds, "lines/s", Goal(_PLANNED_A_SECOND, at_least=True)),
        slower(f"bulk: {lines:,} lines planned", "json.loads alone", (seconds, parsing)),
        Row(
            f"bulk: memory to plan {lines:,} lines",
            f"{lines // 10:,} lines",
            peaks[1] / peaks[0],
            "x the memory",
            Goal(_MEMORY),
        ),
    ]


def _parse(source: Path) -> int:
    with source.open(encoding="utf-8") as file:
        return sum(1 for line in file if json.loads(line))


def _peak(source: Path) -> int:
    bulk.plan(Direct("not-sent"), source)
    return peak_memory()


def _calls(folder: Path, chunks: int, rounds: int) -> list[Row]:
    """Measures the same changes of ads by direct calls and by bulk, in process, so that no time is spent on waiting.

    The time of the emulator is included in both.
    """
    clock = Clock()
    with Emulator(clock=clock) as emulator, emulator.session() as session:
        direct = Direct(ADVERTISER_TOKEN, endpoint=emulator.endpoint, session=session)
        ids = _added_ads(direct, clock)
        changes = [[{"Id": key, "TextAd": {"Title": f"Лавка {number}"}} for key in ids] for number in range(chunks)]
        rows = ({"do": "ads.update", "item": item} for part in changes for item in part)
        source = _write_lines(folder / "updates.jsonl", rows)
        direct_seconds, bulk_seconds = [], []
        for number in range(rounds):
            direct_seconds.append(timed(lambda: _call(direct, clock, changes), time.process_time))
            journal = folder / f"updates-{number}.db"
            bulk_seconds.append(timed(partial(_run, direct, clock, source, journal), time.process_time))
    own = (min(bulk_seconds) - min(direct_seconds)) / chunks
    return [
        slower(
            f"bulk: {chunks} x {_CHUNK:,} ads changed",
            "the bare calls in process",
            (min(bulk_seconds), min(direct_seconds)),
            _END_TO_END,
        ),
        Row("bulk: a chunk of 1,000, with its planning", "the bare call", own, "s more", Goal(_JOURNAL_SECONDS)),
    ]


def _added_ads(direct: Direct, clock: Clock) -> list[Any]:
    groups = [{"Name": f"Группа {number}", "CampaignId": _CAMPAIGN, "RegionIds": [225]} for number in range(20)]
    added = direct.call("adgroups", "add", {"AdGroups": groups}).result["AddResults"]
    text = {"Title": "Скамейка", **_TEXT}
    ads = [{"AdGroupId": group["Id"], "TextAd": text} for group in added for _ in range(_ADS_A_GROUP)]
    clock.advance(days=1)
    return [ad["Id"] for ad in direct.call("ads", "add", {"Ads": ads}).result["AddResults"]]


def _call(direct: Direct, clock: Clock, changes: list[list[dict[str, Any]]]) -> None:
    for part in changes:
        clock.advance(days=1)  # for its units
        cast("Any", direct.call("ads", "update", {"Ads": part})).raise_for_errors()


def _run(direct: Direct, clock: Clock, source: Path, journal: Path) -> None:
    def wait(_seconds: float) -> None:
        clock.advance(days=1)

    clock.advance(days=1)
    if not bulk.run(direct, source, journal=journal, wait=True, clock=clock, sleep=wait).ok:
        raise ResultsDiffer("bulk has not done what the bare calls do")


def _opening(folder: Path, lines: int) -> Iterator[Row]:
    """Measures how long a run with a long journal needs to continue, and how long its status takes."""
    source, journal = _write_lines(folder / "long.jsonl", _bids(lines)), folder / "long.db"
    clock = Clock()
    with Emulator(clock=clock) as emulator, emulator.session() as session:
        direct = Direct(ADVERTISER_TOKEN, endpoint=emulator.endpoint, session=session)
        first = _lines_of(direct, source, journal, _CHUNK)
        planned = timed(lambda: bulk.status(journal), time.perf_counter)
        clock.advance(days=1)  # for its units
        resumed: list[int] = []
        seconds = timed(lambda: resumed.extend(_lines_of(direct, source, journal, 1)), time.perf_counter)
        if [*first, *resumed] != list(range(1, _CHUNK + 2)):
            raise ResultsDiffer("the second run has not gone on where the first one stopped")
        opened = timed(lambda: _next_chunk(journal), time.perf_counter)
    task = f"bulk: a journal of {lines:,} lines"
    yield Row(f"{task} opened", "", opened, "s", Goal(_OPEN_SECONDS))
    yield Row(f"{task}: status", "", planned, "s", Goal(_OPEN_SECONDS))
    yield Row(f"{task}: first outcome of the second run", "its file compared, a call of 1,000", seconds, "s")


def _next_chunk(journal: Path) -> None:
    with Journal(journal) as opened:
        opened.lock()
        if opened.next_chunk(None) is None:
            raise ResultsDiffer("the journal has nothing to send")


def _lines_of(direct: Direct, source: Path | None, journal: Path, count: int) -> list[int]:
    """Runs a job until it has yielded a number of outcomes, and returns their lines."""
    outcomes = bulk.iterate(direct, source, journal=journal)
    return [outcome.line for outcome in islice(outcomes, count)]
