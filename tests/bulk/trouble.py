"""A run under trouble: faults on the way, crashes at commits; and what an account has then, to be compared."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from tests.clock import WITH_TEXT_ADS
from yadirect_soap import Direct, DirectError, bulk
from yadirect_soap.bulk.jobs import open_job
from yadirect_soap.bulk.journal import Journal
from yadirect_soap.bulk.runner import Options, Run
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fault_injection import Effect, Fault, LostAnswer, Reset, Truncated
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, ADVERTISER_TOKEN
from yadirect_soap.emulator.operations.call import Handler
from yadirect_soap.emulator.operations.services import HANDLERS

NOON = 1_780_056_000.0
"""2026-05-29 12:00:00 UTC."""
NEVER = 1e9
"""Seconds of moderation: what the time of a run changes by itself cannot be compared."""
EFFECTS: tuple[tuple[Effect, float], ...] = (
    (LostAnswer(), 0.10),
    (Truncated(), 0.08),
    (Reset("during"), 0.06),
    (Reset("before"), 0.04),
    (Fault(1000), 0.04),
    (Fault(1001), 0.02),
    (Fault(1002), 0.02),
    (Fault(506), 0.03),
    (Fault(152), 0.01),
)
"""Each with its chance; together 40 %."""
MOST_RUNS = 200
_OF_THE_CLOCK = frozenset({"CreateTime"})
"""Members that tell when a call came; trouble makes it later."""


class Crash(BaseException):
    """The process has ended."""


class Trouble:
    """An emulator of the demo accounts with a clock of its own, and clients of it.

    Args:
        faults: Whether calls meet the EFFECTS.
        seed: Decides which.
        handlers: What carries out operations in place of the emulator's own.
    """

    def __init__(self, *, faults: bool = False, seed: int = 0, handlers: Mapping[str, Handler] | None = None) -> None:
        self.clock = Clock(lambda: NOON)
        self.emulator = Emulator(
            api_date=WITH_TEXT_ADS,
            clock=self.clock,
            sleep=self.pass_time,
            moderation_seconds=NEVER,
            handlers={**HANDLERS, **(handlers or {})},
        )
        self.emulator.faults.clear(seed)
        for effect, chance in EFFECTS if faults else ():
            self.emulator.faults.inject(effect, times=None, chance=chance)

    def __enter__(self) -> "Trouble":
        return self

    def __exit__(self, *_: object) -> None:
        self.emulator.close()

    def pass_time(self, seconds: float) -> None:
        """Moves the clock: nobody waits."""
        self.clock.advance(seconds=seconds)

    @contextmanager
    def direct(self, token: str = ADVERTISER_TOKEN, **settings: Any) -> Iterator[Direct]:
        """A client in process."""
        waits: dict[str, Any] = {
            "clock": self.clock,
            "now": self.clock,
            "sleep": self.pass_time,
            "random": Random(0).random,
        }
        with (
            self.emulator.session() as session,
            Direct(token, endpoint=self.emulator.endpoint, session=session, **waits, **settings) as direct,
        ):
            yield direct

    def run(self, source: Path | None, journal: Path, *, token: str = ADVERTISER_TOKEN, **options: Any) -> bulk.Summary:
        """Runs a job to its end, again and again where it gives up."""
        last: DirectError | None = None
        with self.direct(token) as direct:
            for _ in range(MOST_RUNS):
                try:
                    return bulk.run(direct, source, journal=journal, **{"wait": True, **options})
                except DirectError as error:
                    if not error.operation:
                        raise
                    last = error
        raise AssertionError(f"the job came to no end: {last}")

    def run_crashing(self, source: Path, journal: Path, crashes: Callable[[], bool]) -> int:
        """Runs a job to its end, in processes that crash at commits, and gives the number of crashes.

        Args:
            source: The file.
            journal: Its journal.
            crashes: Asked before and after each commit.
        """
        last: BaseException | None = None
        connect = partial(sqlite3.connect, factory=_crashing(crashes))
        options = Options(wait=True, clock=self.clock, sleep=self.pass_time)
        with self.direct() as direct:
            with open_job(direct, source, journal=journal):
                pass
            for number in range(MOST_RUNS):
                try:
                    with Journal(journal, connect=connect) as opened:
                        opened.lock()
                        for _ in Run(direct, opened, options).outcomes():
                            pass
                        return number
                except (Crash, DirectError) as error:
                    last = error
        raise AssertionError(f"the job came to no end: {last}")

    def objects(self, journal: Path, login: str = ADVERTISER) -> dict[str, list[str]]:
        """All objects of a login by service, with the lines that made them in place of ids, sorted."""
        lines = dict(_made(journal))
        found: dict[str, list[str]] = {}
        for service in self.emulator.contract:
            documents = (row.document for row in self.emulator.store.rows(service, login))
            found[service] = sorted(json.dumps(_named(each, lines), sort_keys=True, default=str) for each in documents)
        return found


def states(journal: Path) -> dict[int, tuple[str, str, tuple[int, ...]]]:
    """The operation, the state and the error codes of each line."""
    return {
        outcome.line: (outcome.operation, outcome.state, tuple(error["code"] for error in outcome.errors))
        for outcome in bulk.read_outcomes(journal)
    }


def _crashing(crashes: Callable[[], bool]) -> type[sqlite3.Connection]:
    """Connections whose process ends before or after a commit."""

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
            commits = sql == "COMMIT" or (sql.startswith("UPDATE chunk") and not self.in_transaction)
            if commits and crashes():
                raise Crash
            cursor = super().execute(sql, *args)
            if commits and crashes():
                raise Crash
            return cursor

    return Connection


def _made(journal: Path) -> Iterator[tuple[Any, str]]:
    for outcome in bulk.read_outcomes(journal, ["done"]):
        if ".add" in outcome.operation or outcome.operation == "keywords.update":
            for number, key in enumerate(outcome.id if isinstance(outcome.id, list) else [outcome.id]):
                yield key, f"line {outcome.line}.{number}"


def _named(value: Any, lines: Mapping[Any, str]) -> Any:
    if isinstance(value, dict):
        return {name: _named(inner, lines) for name, inner in value.items() if name not in _OF_THE_CLOCK}
    if isinstance(value, list):
        return [_named(inner, lines) for inner in value]
    return lines.get(value, value) if isinstance(value, int) and value > 1000 else value
