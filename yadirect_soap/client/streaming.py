"""A page of a get whose objects are yielded one by one; if it breaks off, the rest is requested again.

https://yandex.ru/dev/direct/doc/ru/best-practice/get: Offset counts objects, so a page can begin at any of them.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any

from yadirect_soap.errors import DirectError
from yadirect_soap.protocol.model import Operation

from .paging import offset_of
from .results import CallResponse
from .retry_state import RetryState

FetchPage = Callable[[Operation, Mapping[str, Any]], Generator[dict[str, Any], None, CallResponse]]
"""Requests a page by its params: yields its objects and returns the rest of the response."""


class StreamedPage:
    """One page; `limited_by` (the Offset of the next page, or None) is known after its objects were iterated."""

    def __init__(
        self, operation: Operation, params: Mapping[str, Any], fetch: FetchPage, retry_state: RetryState
    ) -> None:
        self.operation = operation.key
        self.limited_by: int | None = None
        self._operation = operation
        self._params = params
        self._fetch = fetch
        self._retry_state = retry_state
        self._yielded = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        while (params := self._remaining_params()) is not None:
            try:
                call_response = yield from self._counted(self._fetch(self._operation, params))
            except DirectError as error:
                self._retry_state.wait_after(error)
            else:
                self.limited_by = call_response.result.get("LimitedBy")
                return
        self.limited_by = offset_of(self._params) + self._yielded

    def _counted(
        self, items: Generator[dict[str, Any], None, CallResponse]
    ) -> Generator[dict[str, Any], None, CallResponse]:
        while True:
            try:
                item = next(items)
            except StopIteration as end:
                call_response: CallResponse = end.value
                return call_response
            self._yielded += 1
            yield item

    def _remaining_params(self) -> dict[str, Any] | None:
        """Returns the params for the missing objects; None if only the end of a full page was lost."""
        if not self._yielded:
            return dict(self._params)
        page = dict(self._params.get("Page") or {})
        page["Offset"] = offset_of(self._params) + self._yielded
        if page.get("Limit") is not None:
            page["Limit"] -= self._yielded
            if page["Limit"] <= 0:
                return None
        return {**self._params, "Page": page}
