"""Writes and reads the headers of reports: how a report is built and written, and the state of the queue.

https://yandex.ru/dev/direct/doc/ru/headers
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from yadirect_soap.language import _

Mode = Literal["auto", "online", "offline"]

PROCESSING_MODE = "processingMode"
RETURN_MONEY_IN_MICROS = "returnMoneyInMicros"
SKIP_REPORT_HEADER = "skipReportHeader"
SKIP_COLUMN_HEADER = "skipColumnHeader"
SKIP_REPORT_SUMMARY = "skipReportSummary"
RETRY_IN = "retryIn"
REPORTS_IN_QUEUE = "reportsInQueue"

CONTENT_TYPE = "text/tab-separated-values; charset=utf-8"
MEDIA_TYPE = "text/tab-separated-values"

_MODES: tuple[Mode, ...] = get_args(Mode)
_LONGEST = 9
"""The number of digits of a number in a header: more than there are seconds or reports."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a report is built and written; the defaults are those of a request without headers."""

    mode: Mode = "auto"
    micros: bool = True
    """True: money as integers in micros; False: as decimals in currency units."""
    header: bool = True
    """Whether the report has its first line, with name and dates."""
    columns: bool = True
    """Whether the report has the line with the names of the columns."""
    summary: bool = True
    """Whether the report has its last line, with the number of rows."""


def write_delivery(delivery: Delivery) -> dict[str, str]:
    """Returns the request headers for a delivery; only what differs from the defaults."""
    fields = {
        RETURN_MONEY_IN_MICROS: "" if delivery.micros else "false",
        SKIP_REPORT_HEADER: "" if delivery.header else "true",
        SKIP_COLUMN_HEADER: "" if delivery.columns else "true",
        SKIP_REPORT_SUMMARY: "" if delivery.summary else "true",
    }
    return {PROCESSING_MODE: delivery.mode} | {name: value for name, value in fields.items() if value}


def read_delivery(headers: Mapping[str, str]) -> Delivery:
    """Reads the delivery from headers of a request (pass Headers, which ignores case); ValueError for a wrong mode."""
    return Delivery(
        mode=_mode(headers.get(PROCESSING_MODE, "auto").strip()),
        micros=not _says(headers, RETURN_MONEY_IN_MICROS, "false"),
        header=not _says(headers, SKIP_REPORT_HEADER, "true"),
        columns=not _says(headers, SKIP_COLUMN_HEADER, "true"),
        summary=not _says(headers, SKIP_REPORT_SUMMARY, "true"),
    )


def write_queue(*, retry_in: int | None, reports_in_queue: int | None) -> dict[str, str]:
    """Returns the headers of a response: seconds after which to ask again, and offline reports in the queue."""
    fields = {RETRY_IN: retry_in, REPORTS_IN_QUEUE: reports_in_queue}
    return {name: str(value) for name, value in fields.items() if value is not None}


def read_retry_in(headers: Mapping[str, str]) -> int | None:
    """Seconds after which the service advises to ask again; None if it does not say."""
    return _number(headers.get(RETRY_IN))


def read_reports_in_queue(headers: Mapping[str, str]) -> int | None:
    """Returns the number of offline reports in the queue; None if the service does not say."""
    return _number(headers.get(REPORTS_IN_QUEUE))


def _mode(text: str) -> Mode:
    for mode in _MODES:
        if text == mode:
            return mode
    raise ValueError(
        _(
            "{processing_mode}: found {text!r:.40}, expected one of {modes}",
            processing_mode=PROCESSING_MODE,
            text=text,
            modes=", ".join(_MODES),
        )
    )


def _says(headers: Mapping[str, str], name: str, value: str) -> bool:
    return headers.get(name, "").strip().lower() == value


def _number(value: str | None) -> int | None:
    text = (value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None
