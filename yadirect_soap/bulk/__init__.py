"""Bulk: changes from a file, with a journal, so that each line is carried out once whatever happens on the way.

from yadirect_soap import Direct, bulk

with Direct.from_env() as direct:
    summary = bulk.run(direct, "spring.jsonl", journal="spring.db")
    print(summary.done, summary.failed, summary.unknown)

https://yandex.ru/dev/direct/doc/en/best-practice/modify
"""

from .jobs import (
    PlannedCalls,
    Summary,
    iterate,
    plan,
    read_outcomes,
    resend_unknown,
    run,
    status,
)
from .outcomes import Outcome
from .runner import Options

__all__ = [
    "Options",
    "Outcome",
    "PlannedCalls",
    "Summary",
    "iterate",
    "plan",
    "read_outcomes",
    "resend_unknown",
    "run",
    "status",
]
