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
    wanted = dict(params)
    while True:
        page = call(wanted)
        following, operation = page.limited_by, page.answer.operation
        yield page
        del page
        if following is None:
            return
        wanted = _onward(wanted, following, operation)


def iter_items(ask: Callable[[Mapping[str, Any]], "PageStream"], params: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The objects of page after page, each page asked for when the one before is through; raises as walk does."""
    wanted = dict(params)
    while True:
        page = ask(wanted)
        yield from page
        if page.limited_by is None:
            return
        wanted = _onward(wanted, page.limited_by, page.operation)


class PageStream(Protocol):
    """A page whose objects come one by one; `limited_by` is known when they have."""

    operation: str
    limited_by: int | None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The objects, once."""


def offset_of(params: Mapping[str, Any]) -> int:
    """Page.Offset, 0 where there is none."""
    return (params.get("Page") or {}).get("Offset") or 0


def _onward(wanted: Mapping[str, Any], following: int, operation: str) -> dict[str, Any]:
    """The params of the next page."""
    if following <= (offset := offset_of(wanted)):
        message = f"LimitedBy is {following} after Offset {offset}: the pages do not move forward"
        raise PagingError(message, operation=operation)
    return {**wanted, "Page": {**(wanted.get("Page") or {}), "Offset": following}}
