"""The iterator that items() returns: objects one by one, and the units and RequestIds of the responses so far."""

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from types import TracebackType
from typing import Generic, Self, TypeVar

from yadirect_soap.protocol.headers import Units

from .results import CallResponse, added_units

_Item_co = TypeVar("_Item_co", covariant=True)


class Totals:
    """Adds up units, RequestIds and unknown names of several responses."""

    def __init__(self) -> None:
        self.units: Units | None = None
        self.request_ids: list[str] = []
        self.unknown: Counter[str] = Counter()

    def begin(self, call_response: CallResponse) -> None:
        """Adds the values in the headers of a response, before its objects are read."""
        self.units = added_units([self.units, call_response.units])
        if call_response.request_id:
            self.request_ids.append(call_response.request_id)

    def end(self, call_response: CallResponse) -> None:
        """Adds the unknown names of a response after its objects were read."""
        self.unknown.update(call_response.unknown)


class ItemIterator(Iterator[_Item_co], Generic[_Item_co]):
    """The objects of all pages of a get, one by one; each page is requested when the iteration reaches it.

    A context manager: leaving it, or close(), releases the connection before the last object has come.

    Args:
        objects: a function that takes the totals and yields the objects.
        operation: the operation that is called for each page, such as "ads.get".
    """

    def __init__(self, objects: Callable[[Totals], Generator[_Item_co, None, None]], operation: str = "") -> None:
        self._totals = Totals()
        self._operation = operation
        self._objects = objects(self._totals)

    def __next__(self) -> _Item_co:
        return next(self._objects)

    @property
    def units(self) -> Units | None:
        """The cost of the responses so far, with what the last one left; None before the first."""
        return self._totals.units

    @property
    def request_ids(self) -> tuple[str, ...]:
        """The RequestIds of the responses so far."""
        return tuple(self._totals.request_ids)

    @property
    def unknown(self) -> Mapping[str, int]:
        """Counts by `type.member` what the contract does not have, in the pages that were read to their end."""
        return dict(self._totals.unknown)

    def close(self) -> None:
        """Ends the iteration and releases the connection of an unfinished page."""
        self._objects.close()

    def __repr__(self) -> str:
        return f"<iterator of {self._operation}: {len(self._totals.request_ids)} pages requested>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
