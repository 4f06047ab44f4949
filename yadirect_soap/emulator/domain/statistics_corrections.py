"""Corrections of statistics: which campaigns' numbers changed later, when, and from which day on.

Statistics never change by themselves in the emulator.  After correct_statistics() the Changes service names the
campaign, and reports give other numbers for the corrected days: those of the last correction of each day.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from ..storage.store import Key, Store

_NOTE = "statistics corrected"


@dataclass(frozen=True, slots=True)
class Correction:
    """A campaign's statistics since a day were corrected `at` a moment, in seconds since the epoch."""

    at: float
    from_day: str


def corrections(store: Store, now: float) -> dict[Key, list[Correction]]:
    """Returns the corrections of each campaign's statistics until now, in the order of their time."""
    note: Mapping[str, Any] = store.note(_NOTE) or {}
    made = {
        int(campaign): sorted(
            (Correction(float(row["at"]), row["from"]) for row in rows if row["at"] <= now), key=attrgetter("at")
        )
        for campaign, rows in note.items()
    }
    return {campaign: rows for campaign, rows in made.items() if rows}


def correct_statistics(store: Store, campaign: int, *, from_day: str, at: float) -> None:
    """Corrects a campaign's statistics.

    Args:
        store: Holds the objects and the corrections.
        campaign: The campaign's Id.
        from_day: The first corrected day, such as 2026-01-31.
        at: When they are corrected, in seconds since the epoch; Changes reports it from then on.

    Raises:
        ConfigurationError: One of them is something else; nothing is stored.
    """
    _refuse_unusable(campaign, from_day, at)
    with store.transaction():
        note = store.note(_NOTE) or {}
        rows = [*note.get(str(campaign), ()), {"at": at, "from": from_day}]
        store.set_note(_NOTE, {**note, str(campaign): rows})


def _refuse_unusable(campaign: object, from_day: object, at: object) -> None:
    """Raises ConfigurationError for values with which every later call would fail."""
    if not isinstance(campaign, int) or isinstance(campaign, bool):
        raise ConfigurationError(
            _("campaign: found {campaign!r:.40}, expected the identifier of a campaign", campaign=campaign)
        )
    if not isinstance(at, int | float) or isinstance(at, bool) or not math.isfinite(at):
        raise ConfigurationError(
            _("at: found {at!r:.40}, expected seconds since the epoch, such as emulator.clock()", at=at)
        )
    try:
        day = date.fromisoformat(from_day) if isinstance(from_day, str) else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != from_day:
        raise ConfigurationError(
            _("from_day: found {from_day!r:.40}, expected a day such as 2026-05-31", from_day=from_day)
        )
