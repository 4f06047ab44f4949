"""Reads the pages of a get one after another, as LimitedBy says.

https://yandex.ru/dev/direct/doc/ru/best-practice/get
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from yadirect_soap.errors import PagingError
from yadirect_soap.language import _

from .results import Page

Objects = Page[dict[str, Any]]


def iter_pages(call: Callable[[Mapping[str, Any]], Objects], params: Mapping[str, Any]) -> Iterator[Objects]:
    """Requests page after page, each when the iteration reaches it, and keeps none.

    Page.Limit is the size of a page, Page.Offset where to begin.

    Raises:
        PagingError: LimitedBy does not move forward; going on would repeat objects.
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
    """Yields the objects of page after page; raises the errors of iter_pages."""
    page_params = dict(params)
    while True:
        page = fetch(page_params)
        yield from page
        if page.limited_by is None:
            return
        page_params = _next_page(page_params, page.limited_by, page.operation)


class PageStream(Protocol):
    """A page whose objects are yielded one by one; `limited_by` is known after that."""

    operation: str
    limited_by: int | None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yields the objects, once."""


def offset_of(params: Mapping[str, Any]) -> int:
    """Page.Offset; 0 if there is none."""
    return (params.get("Page") or {}).get("Offset") or 0


def _next_page(params: Mapping[str, Any], following: int, operation: str) -> dict[str, Any]:
    """Returns the params of the next page."""
    if following <= (offset := offset_of(params)):
        message = _(
            "LimitedBy is {following} after Offset {offset}: the pages do not move forward",
            following=following,
            offset=offset,
        )
        raise PagingError(message, operation=operation)
    return {**params, "Page": {**(params.get("Page") or {}), "Offset": following}}
