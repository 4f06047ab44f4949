"""VAT by the day: the VatRate of clients and the amounts of reports."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient, days
from yadirect_soap.emulator import Clock, Emulator

CENT = 10_000
"""In micros; amounts are rounded to it."""


@pytest.mark.parametrize(
    ("moment", "api_date", "rate"),
    [
        (datetime(2025, 12, 31, 20, 59, tzinfo=UTC), None, 20),
        (datetime(2025, 12, 31, 21, 0, tzinfo=UTC), None, 22),
        (datetime(2026, 5, 1, tzinfo=UTC), date(2025, 12, 31), 20),
        (datetime(2026, 5, 1, tzinfo=UTC), date(2026, 1, 1), 22),
    ],
    ids=["2025", "2026 in Moscow", "the API of 2025", "the API of 2026"],
)
def test_the_rate_of_clients(moment: datetime, api_date: date | None, rate: int) -> None:
    """VatRate is 22 % from 2026-01-01 on, by the clock in Moscow and by the emulated day of the API."""
    with Emulator(clock=Clock.frozen(moment), api_date=api_date) as emulator:
        client = EmulatorClient(emulator, "demo-token")
        (item,) = client.call("clients.get", {"FieldNames": ["VatRate"]})["Clients"]
    assert item == {"VatRate": Decimal(rate)}


def test_reports_have_the_rate_of_each_day() -> None:
    """A cost of 2025 is raised by 20 %, one of 2026 by 22 %, also in one row for both years."""
    with EmulatorClient.demo() as client:
        period: dict[str, Any] = days("2025-12-30", "2026-01-03")
        net = client.report("Date Cost", **period)
        gross = client.report("Date Cost", IncludeVAT="YES", **period)
        (whole,) = client.report("Cost", IncludeVAT="YES", **period)
    expected = [row["Cost"] * (120 if row["Date"] < "2026" else 122) / 100 for row in net]
    assert {row["Date"][:4] for row in net} == {"2025", "2026"}
    assert all(abs(row["Cost"] - cost) <= CENT / 2 for row, cost in zip(gross, expected, strict=True))
    assert abs(whole["Cost"] - sum(row["Cost"] for row in gross)) <= 5 * CENT
