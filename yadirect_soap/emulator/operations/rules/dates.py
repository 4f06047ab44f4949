"""Reads the dates in items."""

from datetime import date

from yadirect_soap.protocol.dates import is_day

from ..crud.item_results import ItemError


def read_date(name: str, text: str) -> date:
    """Returns the date in a member; error 4000 for any other form than 2026-01-31."""
    if not is_day(text):
        raise ItemError(4000, f"{name} must be like 2026-01-31", f"{name}: ожидается дата вида 2026-01-31")
    return date.fromisoformat(text)
