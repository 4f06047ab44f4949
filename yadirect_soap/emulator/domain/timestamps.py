"""Timestamps in the API's form `YYYY-MM-DDThh:mm:ssZ`; operations/crud/selection.py reads them."""

from datetime import UTC, datetime

from yadirect_soap.protocol.dates import MOSCOW


def moment(seconds: float) -> str:
    """Returns the timestamp of a moment, in UTC, without parts of a second."""
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(seconds: float) -> str:
    """Returns the day of a moment in UTC: `2026-11-23`."""
    return moment(seconds)[:10]


def moscow_day(seconds: float) -> str:
    """Returns the day of a moment in Moscow time, by which campaigns start and end."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(MOSCOW).date().isoformat()
