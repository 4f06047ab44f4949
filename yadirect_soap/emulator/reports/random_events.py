"""Generated events: impressions, clicks and cost of each source on each day, drawn from a keyed hash.

A source has a few events a day, each with one viewer at one location.  A report is a sum of events, so that two reports
about the same events agree.
"""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from .audience import SEARCHING, VIEWERS
from .date_ranges import moscow
from .impression_sources import DISPLAY_CAMPAIGNS, ImpressionSource
from .search_queries import FORMS

CENT = 10_000
"""Micros; a charge is a whole number of cents."""

NOWHERE = -1
"""The value instead of a form on ad networks, where there are no searches."""

_EVENT = struct.Struct("<6HI")
_EVENTS = 4
"""The most events of a source in a day."""
_HABITS = struct.Struct("<3H")
_HOURS = 24

Event = tuple[int, int, int, int, int, int, int, int, int]
"""Day, source, viewer, location, form, impressions, clicks, cost, and chance: 32 random bits for all other metrics."""


@dataclass(frozen=True, slots=True)
class EventGenerator:
    """Generates the events of sources: always the same for the same seed, objects and day."""

    seed: int
    now: float
    """Seconds since the epoch; today has events until then."""

    def events(self, number: int, source: ImpressionSource, days: range, locations: range) -> Iterator[Event]:
        """Yields the events of a source on some days, with the numbers of the source and its locations in a report."""
        key = b"%d" % self.seed
        name = b"%d/%d" % (source.fields.AdId, source.fields.CriterionId or 0)
        habits = _habits(source, hashlib.blake2b(name, digest_size=_HABITS.size, key=key).digest())
        moment = moscow(self.now)
        today, hour = moment.toordinal(), moment.hour
        for day in days:
            version = source.corrected.get(day, 0)
            drawn = hashlib.blake2b(b"%s/%d/%d" % (name, day, version), digest_size=_EVENT.size * _EVENTS, key=key)
            for draws in _EVENT.iter_unpack(drawn.digest()):
                event = _event((day, number), habits, locations, draws)
                if event and (day < today or event[-1] % _HOURS < hour):
                    yield event


@dataclass(frozen=True, slots=True)
class _SourceRates:
    """The usual numbers of a source; rates are in 65536ths."""

    popularity: int
    search_ctr: int
    network_ctr: int
    price: int
    """Micros at most for a click, or for a thousand impressions of a display campaign."""
    display: bool
    viewers: range


def _habits(source: ImpressionSource, drawn: bytes) -> _SourceRates:
    popularity, search_ctr, network_ctr = _HABITS.unpack(drawn)
    display = source.fields.CampaignType in DISPLAY_CAMPAIGNS
    return _SourceRates(
        popularity=(6 + popularity % 40) * (25 if display else 1),
        search_ctr=2_000 + search_ctr % 6_000,
        network_ctr=200 + network_ctr % 500,
        price=source.bid,
        display=display,
        viewers=range(0 if source.search else SEARCHING, VIEWERS if source.network else SEARCHING),
    )


def _event(when: tuple[int, int], habits: _SourceRates, locations: range, draws: tuple[int, ...]) -> Event | None:
    """One event; None if nobody saw the ad."""
    who, where, viewed, clicked, paid, form, chance = draws
    impressions = viewed * viewed * habits.popularity >> 32
    if not impressions:
        return None
    viewer = habits.viewers[who % len(habits.viewers)]
    search = viewer < SEARCHING
    clicks = impressions * (habits.search_ctr if search else habits.network_ctr) + clicked >> 16
    # A click costs between two fifths and all of the bid.
    share = 26_214 + paid * 3 // 5
    cost = (impressions * habits.price // 1000 if habits.display else clicks * habits.price) * share >> 16
    location = locations[where % len(locations)]
    return *when, viewer, location, form % FORMS if search else NOWHERE, impressions, clicks, cost - cost % CENT, chance
