"""The log of the last calls with their requests and responses, for tests and the pages."""

import threading
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from yadirect_soap.errors import ApiError
from yadirect_soap.protocol.messages import Request
from yadirect_soap.protocol.model import Service

from ..domain.operation_keys import operation_keys, unknown_operation
from ..http.delivery import Delivery
from .parsed_calls import ParsedCall, ParsedResponse, ReportCall

MAX_CALLS = 200
"""The most calls in the log."""

MAX_BYTES = 64 * 2**20
"""The maximum number of bytes of bodies in the log; the last call is always in it."""

MAX_REPORT_BYTES = 2**15
"""The most bytes of a report in the log."""


@dataclass(frozen=True)
class RecordedCall:
    """A call: its number, which begins with 1, its time by the emulator's clock, and both messages.

    The bodies are decoded only when they are read, so that logging costs little.  If `is_shortened`, the delivery has
    only the beginning of a report.  `departures` are parts of the request that the published XSD or SOAP 1.1 does not
    allow; they are found only in strict mode.
    """

    number: int
    at: float
    parsed: ParsedCall = field(repr=False)
    delivery: Delivery
    is_shortened: bool = False
    departures: tuple[str, ...] = ()

    @property
    def request(self) -> Request:
        """The request, unchanged."""
        return self.parsed.request

    @property
    def wire(self) -> str:
        """The wire that it came by, "soap" or "json"."""
        return self.parsed.wire

    @property
    def operation(self) -> str:
        """Its key, such as "ads.add" or "reports.get"; "ads.?" for an unknown operation."""
        return self.parsed.operation

    @property
    def params(self) -> dict[str, Any]:
        """The params, or the definition of a report; {} if the body cannot be read."""
        return self.parsed.params

    @property
    def result(self) -> dict[str, Any] | None:
        """The result; None for a report, a refused call, and a response that was lost or is not the API's."""
        return self.parsed_response.result

    @property
    def error(self) -> ApiError | None:
        """The error that refused the whole call."""
        return self.parsed_response.error

    @property
    def outcome(self) -> str:
        """The outcome, in a few words.

        "ok", "2 of 3 items failed", "error 8000", "HTTP 503", "lost", "broken off" or "unreadable".
        A report is "HTTP 201" when it is put into the queue, "HTTP 202" while it is built and "ok" when it comes.
        """
        return self.parsed_response.outcome

    @cached_property
    def parsed_response(self) -> ParsedResponse:
        """The decoded response."""
        if self.delivery.response is None:
            return ParsedResponse("lost")
        answer = self.parsed.parse_response(self.delivery.response)
        return replace(answer, outcome="broken off") if self.delivery.is_broken else answer


class CallLog:
    """The last calls, oldest first: `emulator.calls.of("ads.add")[-1].params`.  Safe to share among threads."""

    def __init__(self, contract: Mapping[str, Service]) -> None:
        self._contract = contract
        self._called: deque[RecordedCall] = deque(maxlen=MAX_CALLS)
        self._count = 0
        self._bytes = 0
        self._lock = threading.Lock()

    def record(
        self, at: float, parsed: ParsedCall, delivery: Delivery, *, departures: tuple[str, ...] = ()
    ) -> Delivery:
        """Logs a call; of a report only the beginning.

        Args:
            at: When it came, in seconds since the epoch.
            parsed: The request.
            delivery: The response.
            departures: What strict mode found in the request.

        Returns:
            The delivery, whose stream still has everything.
        """
        if not isinstance(parsed, ReportCall):
            self._append(at, parsed, delivery, departures=departures)
            return delivery
        delivery, beginning = delivery.begun(MAX_REPORT_BYTES + 1)
        response = delivery.response
        if response is not None:
            response = response._replace(body=beginning[:MAX_REPORT_BYTES])
        shortened = replace(delivery, response=response, stream=None)
        self._append(at, parsed, shortened, is_shortened=len(beginning) > MAX_REPORT_BYTES)
        return delivery

    def of(self, operation: str) -> list[RecordedCall]:
        """Returns the calls of an operation."""
        return [called for called in self if called.operation == operation]

    def assert_called(
        self, operation: str, *, times: int | None = None, params: Mapping[str, Any] | None = None
    ) -> None:
        """Raises AssertionError unless an operation was called, `times` times, with these params among others.

        `params` are compared member by member; other members may have any value.  Raises ConfigurationError for an
        operation that the API does not have.
        """
        __tracebackhide__ = True  # pytest shows the line of the test
        self._refuse_unknown(operation)
        of_operation = self.of(operation)
        matching = [called for called in of_operation if params is None or _holds(called.params, params)]
        if len(matching) == times or (times is None and matching):
            return
        expected_times = "at least once" if times is None else f"{times} times"
        with_params = "" if params is None else f" with {dict(params)}"
        calls = (
            "".join(f"\n  {called.params}" for called in of_operation)
            or f"; called were {[call.operation for call in self]}"
        )
        raise AssertionError(
            f"{operation} was called {len(matching)} times{with_params}, expected {expected_times}{calls}"
        )

    def clear(self) -> None:
        """Empties the log; the numbers of calls continue."""
        with self._lock:
            self._called.clear()
            self._bytes = 0

    def __iter__(self) -> Iterator[RecordedCall]:
        with self._lock:
            return iter(tuple(self._called))

    def __len__(self) -> int:
        return len(self._called)

    def __getitem__(self, index: int) -> RecordedCall:
        with self._lock:
            return self._called[index]

    def _append(self, at: float, parsed: ParsedCall, delivery: Delivery, **marks: Any) -> None:
        with self._lock:
            self._count += 1
            if len(self._called) == MAX_CALLS:
                self._bytes -= _size(self._called.popleft())
            self._called.append(RecordedCall(self._count, at, parsed, delivery, **marks))
            self._bytes += _size(self._called[-1])
            while self._bytes > MAX_BYTES and len(self._called) > 1:
                self._bytes -= _size(self._called.popleft())

    def _refuse_unknown(self, operation: str) -> None:
        __tracebackhide__ = True
        service, _, name = operation.partition(".")
        is_unread = name == "?" and service in self._contract
        if not is_unread and operation not in operation_keys(self._contract, operation):
            raise unknown_operation(self._contract, operation)


def _holds(params: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    return all(name in params and params[name] == value for name, value in expected.items())


def _size(called: RecordedCall) -> int:
    response = called.delivery.response
    return len(called.request.body) + (len(response.body) if response else 0)
