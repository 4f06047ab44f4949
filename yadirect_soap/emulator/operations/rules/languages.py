"""The language of an ad, recognized by its letters, and the regions where it may be shown.

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
"""Letters of languages that may be shown in one country only."""

_COUNTRIES: Mapping[str, int] = MappingProxyType({"be": 149, "kk": 159, "tr": 983})
"""The region of GeoRegions for a language."""


def language(texts: Iterable[str]) -> str:
    """Returns the language of an ad's texts; "" for one that may be shown everywhere."""
    text = " ".join(texts)
    return next((name for name, letters in _LETTERS.items() if letters.search(text)), "")


def suits(name: str, regions: Iterable[int]) -> bool:
    """Whether an ad in a language may be shown in all these regions.

    Excluded regions, and regions that the dictionary does not have, are ignored.
    """
    return not name or all(lies_within(region, _COUNTRIES[name]) is not False for region in regions if region >= 0)
