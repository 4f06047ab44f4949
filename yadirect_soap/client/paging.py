"""The pages of a get, one after the other, as LimitedBy leads.

https://yandex.ru/dev/direct/doc/ru/best-practice/get
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from yadirect_soap.errors import PagingError

from .results import Items


def walk(call: Callable[[Mapping[str, Any]], Items], params: Mapping[str, Any]) -> Iterator[Items]:
    """Asks for page after page, each when it is wanted, holding none of those before.

    Page.Limit is the size of a page and Page.Offset where to begin.  Raises PagingError where LimitedBy does not
    lead onwards, since asking on would repeat objects.
    """
    wanted = dict(params)
    while True:
        page = call(wanted)
        offset = (wanted.get("Page") or {}).get("Offset") or 0
        following, operation = page.limited_by, page.answer.operation
        yield page
        del page
        if following is None:
            return
        if following <= offset:
            message = f"LimitedBy is {following} after Offset {offset}: the pages do not move forward"
            raise PagingError(message, operation=operation)
        wanted["Page"] = {**(wanted.get("Page") or {}), "Offset": following}
