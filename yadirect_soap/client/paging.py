"""The pages of a get, one after the other, as LimitedBy leads.

https://yandex.ru/dev/direct/doc/ru/best-practice/get
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from yadirect_soap.errors import PagingError

from .results import Page

Objects = Page[dict[str, Any]]


def iter_pages(call: Callable[[Mapping[str, Any]], Objects], params: Mapping[str, Any]) -> Iterator[Objects]:
    """Asks for page after page, each when it is wanted, holding none of those before.

    Page.Limit is the size of a page and Page.Offset where to begin.  Raises PagingError where LimitedBy does not
    lead onwards, since asking on would repeat objects.
    """
    page_params = dict(params)
    while True:
        page = call(page_params)
        following, operation = page.limited_by, page.response.operation
        yield page
        del page
        if following is None:
            return
        page_params = _next_page(page_params, following, operation)


def iter_items(
    fetch: Callable[[Mapping[str, Any]], "PageStream"], params: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """The objects of page after page, each page asked for when the one before is through; raises as walk does."""
    page_params = dict(params)
    while True:
        page = fetch(page_params)
        yield from page
        if page.limited_by is None:
            return
        page_params = _next_page(page_params, page.limited_by, page.operation)


class PageStream(Protocol):
    """A page whose objects come one by one; `limited_by` is known when they have."""

    operation: str
    limited_by: int | None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The objects, once."""


def offset_of(params: Mapping[str, Any]) -> int:
    """Page.Offset, 0 where there is none."""
    return (params.get("Page") or {}).get("Offset") or 0


def _next_page(params: Mapping[str, Any], following: int, operation: str) -> dict[str, Any]:
    """The params of the next page."""
    if following <= (offset := offset_of(params)):
        message = f"LimitedBy is {following} after Offset {offset}: the pages do not move forward"
        raise PagingError(message, operation=operation)
    return {**params, "Page": {**(params.get("Page") or {}), "Offset": following}}
