"""Whether people search for a phrase, computed from its text, so that the same phrase always has the same answer."""

import hashlib
from collections.abc import Mapping

from .keyword_phrases import phrase

_DEVICES = ("MobilePhones", "Desktops", "Tablets")
_SHORT, _LONG = 2, 4


def searched(keyword: str) -> Mapping[str, bool]:
    """Returns the devices with searches for a keyword: all for a short one, none for a long one, else by its text."""
    words = len(phrase(keyword).words)
    number = hashlib.sha256(keyword.lower().encode()).digest()
    return {
        device: 1 <= words <= _SHORT or (words <= _LONG and number[index] % 3 > 0)
        for index, device in enumerate(_DEVICES)
    }
