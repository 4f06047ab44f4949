"""Whether people search for a phrase: made up of its text alone, so that the same phrase is always told alike."""

import hashlib
from collections.abc import Mapping

from .keyword_phrases import phrase

_DEVICES = ("MobilePhones", "Desktops", "Tablets")
_SHORT, _LONG = 2, 4


def searched(keyword: str) -> Mapping[str, bool]:
    """On which devices a keyword is searched for: a short one is on all, a long one on none; else the text decides."""
    words = len(phrase(keyword).words)
    number = hashlib.sha256(keyword.lower().encode()).digest()
    return {
        device: 1 <= words <= _SHORT or (words <= _LONG and number[index] % 3 > 0)
        for index, device in enumerate(_DEVICES)
    }
