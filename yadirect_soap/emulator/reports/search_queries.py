"""The search queries of people who saw an ad in search results: a few forms of the text of its condition."""

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import NamedTuple

from .impression_sources import ImpressionSource


class SearchQuery(NamedTuple):
    """A search query and what matched it; the names are those of the report's fields."""

    Query: str
    MatchedKeyword: str | None
    MatchType: str
    TargetingCategory: str | None
    AutotargetingBrandOption: str | None


_QUERY_FORMS = MappingProxyType(
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
"""The forms of a query, and the MatchType between each of them and a keyword."""

FORMS = len(_QUERY_FORMS)


def searches(source: ImpressionSource) -> Iterator[SearchQuery]:
    """Yields a source's search queries, one for each of the FORMS."""
    keyword = source.fields.Keyword if source.fields.CriterionType == "KEYWORD" else None
    for form, (pattern, match) in enumerate(_QUERY_FORMS.items()):
        yield SearchQuery(
            Query=pattern.format(source.search_text),
            MatchedKeyword=keyword,
            MatchType=match if keyword else "NONE",
            TargetingCategory=_in_turn(source.categories, form),
            AutotargetingBrandOption=_in_turn(source.brand_options, form),
        )


def _in_turn(values: Sequence[str], number: int) -> str | None:
    return values[number % len(values)] if values else None
