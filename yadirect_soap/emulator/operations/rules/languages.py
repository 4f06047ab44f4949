"""The language of an ad, by letters that no other language has, and the regions that it may be shown in.

https://yandex.ru/dev/direct/doc/en/concepts/errors-list
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ...domain.dictionaries import lies_within

_LETTERS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "be": re.compile("[ўЎ]"),
        "kk": re.compile("[әғқңөұүһӘҒҚҢӨҰҮҺ]"),
        "tr": re.compile("[ğışĞİŞ]"),
    }
)
"""Letters that give a language away; Russian, English and what looks like them may be shown everywhere."""

_COUNTRIES: Mapping[str, int] = MappingProxyType({"be": 149, "kk": 159, "tr": 983})
"""The one region of GeoRegions that a language belongs to."""


def language(texts: Iterable[str]) -> str:
    """The language of an ad's texts, "" for one that is shown everywhere."""
    text = " ".join(texts)
    return next((name for name, letters in _LETTERS.items() if letters.search(text)), "")


def suits(name: str, regions: Iterable[int]) -> bool:
    """Whether an ad in a language may be shown in all these regions.

    Minus-regions are passed over, and so are those that the dictionary does not have.
    """
    return not name or all(lies_within(region, _COUNTRIES[name]) is not False for region in regions if region >= 0)
