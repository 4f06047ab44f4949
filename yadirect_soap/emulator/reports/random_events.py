"""What happened: impressions, clicks and cost of each source on each day, drawn from a keyed hash.

A source has a few encounters a day, each with one viewer at one place.  They are the atoms of all statistics: a
report adds up those that it is about, so that whatever is reported twice in different ways agrees.
"""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from .audience import SEARCHING, VIEWERS
from .date_ranges import moscow
from .impression_sources import DISPLAY, Source
from .search_queries import FORMS

CENT = 10_000
"""Micros; what is charged is a whole number of them."""

NOWHERE = -1
"""In place of a form where nothing was looked for: on ad networks."""

_ATOM = struct.Struct("<6HI")
_ATOMS = 4
"""Encounters of a source in a day; where nobody sees the ad there are fewer."""
_HABITS = struct.Struct("<3H")
_HOURS = 24

Atom = tuple[int, int, int, int, int, int, int, int, int]
"""Day, source, viewer, place, form, impressions, clicks, cost, and chance: 32 bits that all else follows from."""


@dataclass(frozen=True, slots=True)
class Dice:
    """Draws the atoms of sources: the same ones for ever of the same seed, objects and day."""

    seed: int
    now: float
    """Seconds since the epoch: the moment to which today has come."""

    def atoms(self, number: int, source: Source, days: range, places: range) -> Iterator[Atom]:
        """The atoms of a source on some days, with the numbers that the source and its places have in a report."""
        key = b"%d" % self.seed
        name = b"%d/%d" % (source.shown.AdId, source.shown.CriterionId or 0)
        habits = _habits(source, hashlib.blake2b(name, digest_size=_HABITS.size, key=key).digest())
        moment = moscow(self.now)
        today, hour = moment.toordinal(), moment.hour
        for day in days:
            version = source.correction if day in source.restated else 0
            drawn = hashlib.blake2b(b"%s/%d/%d" % (name, day, version), digest_size=_ATOM.size * _ATOMS, key=key)
            for draws in _ATOM.iter_unpack(drawn.digest()):
                atom = _atom((day, number), habits, places, draws)
                if atom and (day < today or atom[-1] % _HOURS < hour):
                    yield atom


@dataclass(frozen=True, slots=True)
class _Habits:
    """What is usual for a source; shares are in 65536ths."""

    popularity: int
    search_ctr: int
    network_ctr: int
    price: int
    """Micros at most for a click, or for a thousand impressions of a display campaign."""
    display: bool
    viewers: range


def _habits(source: Source, drawn: bytes) -> _Habits:
    popularity, search_ctr, network_ctr = _HABITS.unpack(drawn)
    display = source.shown.CampaignType in DISPLAY
    return _Habits(
        popularity=(6 + popularity % 40) * (25 if display else 1),
        search_ctr=2_000 + search_ctr % 6_000,
        network_ctr=200 + network_ctr % 500,
        price=source.bid,
        display=display,
        viewers=range(0 if source.search else SEARCHING, VIEWERS if source.network else SEARCHING),
    )


def _atom(when: tuple[int, int], habits: _Habits, places: range, draws: tuple[int, ...]) -> Atom | None:
    """One encounter, or None where nobody saw the ad."""
    who, where, seen, clicked, paid, form, chance = draws
    impressions = seen * seen * habits.popularity >> 32
    if not impressions:
        return None
    viewer = habits.viewers[who % len(habits.viewers)]
    search = viewer < SEARCHING
    clicks = impressions * (habits.search_ctr if search else habits.network_ctr) + clicked >> 16
    # A click costs between two fifths and all of the bid.
    share = 26_214 + paid * 3 // 5
    cost = (impressions * habits.price // 1000 if habits.display else clicks * habits.price) * share >> 16
    place = places[where % len(places)]
    return *when, viewer, place, form % FORMS if search else NOWHERE, impressions, clicks, cost - cost % CENT, chance
