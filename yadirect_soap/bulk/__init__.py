"""Bulk: carries out the changes in a file, and records each line in a journal, so that no line is carried out twice.

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
    plan_left,
    read_outcomes,
    resend_unknown,
    run,
    status,
    verify,
    write_outcomes,
)
from .journal import JournalError
from .outcome_files import OutcomeFile
from .outcomes import Outcome
from .runner import Options
from .verification import Difference, NotVerified

__all__ = [
    "Difference",
    "JournalError",
    "NotVerified",
    "Options",
    "Outcome",
    "OutcomeFile",
    "PlannedCalls",
    "Summary",
    "iterate",
    "plan",
    "plan_left",
    "read_outcomes",
    "resend_unknown",
    "run",
    "status",
    "verify",
    "write_outcomes",
]
