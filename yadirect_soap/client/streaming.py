"""A page of a get whose objects come one by one, and which is taken up again where it broke off.

https://yandex.ru/dev/direct/doc/ru/best-practice/get: Offset counts objects, so a page can begin at any of them.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any

from yadirect_soap.errors import DirectError
from yadirect_soap.protocol.model import Operation

from .paging import offset_of
from .results import Answer
from .retry_state import RetryState

Ask = Callable[[Operation, Mapping[str, Any]], Generator[dict[str, Any], None, Answer]]
"""Asks for a page by its params: gives its objects and, when they are through, what the answer says beside them."""


class StreamedPage:
    """One page; `limited_by`, the Offset of the next one or None, is known when its objects have been iterated."""

    def __init__(self, operation: Operation, params: Mapping[str, Any], ask: Ask, attempts: RetryState) -> None:
        self.operation = operation.key
        self.limited_by: int | None = None
        self._operation = operation
        self._params = params
        self._ask = ask
        self._retry_state = attempts
        self._taken = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        while (params := self._still_wanted()) is not None:
            try:
                answer = yield from self._counted(self._ask(self._operation, params))
            except DirectError as error:
                self._retry_state.wait_after(error)
            else:
                self.limited_by = answer.result.get("LimitedBy")
                return
        self.limited_by = offset_of(self._params) + self._taken

    def _counted(self, items: Generator[dict[str, Any], None, Answer]) -> Generator[dict[str, Any], None, Answer]:
        while True:
            try:
                item = next(items)
            except StopIteration as end:
                answer: Answer = end.value
                return answer
            self._taken += 1
            yield item

    def _still_wanted(self) -> dict[str, Any] | None:
        """The params of what has not come yet; None where only the end of a page of a set size was lost."""
        if not self._taken:
            return dict(self._params)
        page = dict(self._params.get("Page") or {})
        page["Offset"] = offset_of(self._params) + self._taken
        if page.get("Limit") is not None:
            page["Limit"] -= self._taken
            if page["Limit"] <= 0:
                return None
        return {**self._params, "Page": page}
