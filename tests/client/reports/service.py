"""What the Reports service answers, as steps of a ScriptedServer."""

import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from tests.client.servers import Handler, Received, ScriptedServer, Step, answer, served
from tests.clock import Clock
from yadirect_soap import Direct
from yadirect_soap.errors import api_error
from yadirect_soap.protocol.reports import tsv
from yadirect_soap.protocol.reports.delivery import CONTENT_TYPE
from yadirect_soap.protocol.reports.formats import FORMATS
from yadirect_soap.types.reports import FieldEnum

FIELDS: list[FieldEnum] = ["Date", "CampaignName", "Clicks", "Cost", "Ctr"]
DEFINITION: dict[str, Any] = {
    "ReportType": "CAMPAIGN_PERFORMANCE_REPORT",
    "FieldNames": FIELDS,
    "SelectionCriteria": {"DateFrom": "2026-05-01", "DateTo": "2026-05-31"},
}
FIRST, LAST = date(2026, 5, 1), date(2026, 5, 31)
ROWS: list[tuple[Any, ...]] = [
    (date(2026, 5, 1), 'Search "A"', 12, 3_500_000, Decimal("1.50")),
    (date(2026, 5, 2), "Сети", 0, 0, None),
]


def text(
    rows: Sequence[Sequence[Any]] = ROWS,
    names: Sequence[str] = FIELDS,
    total: int | None = None,
    *,
    days: tuple[date, date] = (FIRST, LAST),
) -> bytes:
    """A report as the service writes it, all lines."""
    lines = [tsv.title_line("May", *days), tsv.column_line(names), *map(tsv.row_line, rows)]
    return "".join([*lines, tsv.total_line(len(rows) if total is None else total)]).encode()


def report(
    rows: Sequence[Sequence[Any]] = ROWS,
    names: Sequence[str] = FIELDS,
    *,
    packed: bool = False,
    days: tuple[date, date] = (FIRST, LAST),
) -> Step:
    """Answers with a finished report."""
    body = text(rows, names, days=days)
    if packed:
        return answer(gzip.compress(body), content_type=CONTENT_TYPE, Content_Encoding="gzip")
    return answer(body, content_type=CONTENT_TYPE)


def queued(status: int = 201, *, retry_in: int | None = 5, in_queue: int = 1) -> Step:
    """Answers that the report is in the queue."""
    advice = "" if retry_in is None else str(retry_in)
    return answer(b"", status=status, content_type="", reportsInQueue=str(in_queue), retryIn=advice)


def refused(code: int, *, status: int = 400, wire: str = "soap") -> Step:
    """Answers with an error of the API."""
    form = FORMATS[wire]
    error = api_error(code, "Refused", "why", request_id="86")
    return answer(form.encode_error(error), status=status, content_type=form.content_type)


def for_days(rows: Sequence[Sequence[Any]], max_rows: int) -> Step:
    """Answers with the rows of the days asked for in JSON, of which no more than `max_rows` come."""

    def step(handler: Handler) -> None:
        first, last = days = requested_days(handler.received)
        in_range = [row for row in rows if first <= row[0] <= last]
        report(in_range[:max_rows], ["Date", "Clicks"], days=days)(handler)

    return step


def definition(received: Received) -> dict[str, Any]:
    """The definition in a request."""
    form = FORMATS["json" if received.path.startswith("/json") else "soap"]
    return form.decode_definition(received.body)


def requested_days(received: Received) -> tuple[date, date]:
    """The first and the last day in a request."""
    criteria = definition(received)["SelectionCriteria"]
    return date.fromisoformat(criteria["DateFrom"]), date.fromisoformat(criteria["DateTo"])


@contextmanager
def reports_over(*steps: Step, **settings: Any) -> Iterator[tuple[ScriptedServer, Direct, Clock]]:
    """A server, a Direct that asks it, and the clock that it goes by."""
    clock = Clock()
    with served(*steps, clock=clock, sleep=clock.sleep, **settings) as (server, direct):
        yield server, direct, clock
