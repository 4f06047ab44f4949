"""What people typed who saw an ad in search results: a few ways of saying what its condition is about."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple

from .impression_sources import Source


class Search(NamedTuple):
    """A search query and what matched it; the names are those of the report's fields."""

    Query: str
    MatchedKeyword: str | None
    MatchType: str
    TargetingCategory: str | None


_SAID = MappingProxyType(
    {
        "{}": "KEYWORD",
        "{} купить": "KEYWORD",
        "{} цена": "KEYWORD",
        "{} с доставкой": "KEYWORD",
        "недорого {}": "KEYWORD",
        "{} отзывы": "KEYWORD",
        "заказать {}": "SYNONYM",
        "где найти {}": "RELATED_KEYWORD",
    }
)
"""The ways, and the MatchType with which a keyword meets each of them."""

FORMS = len(_SAID)


def searches(source: Source) -> Iterator[Search]:
    """A source's search queries, one for each of the FORMS."""
    keyword = source.shown.Keyword if source.shown.CriterionType == "KEYWORD" else None
    for form, (said, match) in enumerate(_SAID.items()):
        yield Search(
            Query=said.format(source.wanted),
            MatchedKeyword=keyword,
            MatchType=match if keyword else "NONE",
            TargetingCategory=source.categories[form % len(source.categories)] if source.categories else None,
        )
