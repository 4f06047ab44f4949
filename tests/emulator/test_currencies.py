"""The amounts of the Currencies dictionary, compared with currency_amounts.txt, which has them in units, not micros.

The sandbox gave them on 2026-05-29.  A slip of the pen in Currencies.toml changes one of the two files.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from yadirect_soap.emulator.domain.dictionaries import dictionary

AMOUNTS = Path(__file__).with_name("currency_amounts.txt").read_text("utf-8")

HEAD, *ROWS = (line.split() for line in AMOUNTS.splitlines())


@pytest.mark.parametrize(("column", "currency"), list(enumerate(HEAD))[1:], ids=HEAD[1:])
def test_amounts_are_those_of_the_table(column: int, currency: str) -> None:
    """Each amount of a currency is that of the table, and there are no others."""
    (item,) = (item for item in dictionary("Currencies") if item["Currency"] == currency)
    amounts = {row["Name"]: int(row["Value"]) for row in item["Properties"] if row["Value"].isdecimal()}
    assert amounts == {row[0]: int(Decimal(row[column]) * 1_000_000) for row in ROWS}


def test_currencies_are_those_of_the_table() -> None:
    """The dictionary has the currencies of the table, in its order."""
    assert [item["Currency"] for item in dictionary("Currencies")] == HEAD[1:]
