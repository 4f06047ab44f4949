"""Reads the dates in items."""

import re
from datetime import date

from ..crud.item_results import ItemError

_FORM = re.compile(r"\d{4}-\d\d-\d\d")


def read_date(name: str, text: str) -> date:
    """Returns the date in a member; error 4000 for any other form than 2026-01-31."""
    try:
        if not _FORM.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise ItemError(4000, f"{name} must be like 2026-01-31", f"{name}: ожидается дата вида 2026-01-31") from None
