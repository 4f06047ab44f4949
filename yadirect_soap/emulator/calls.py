"""The last calls that were made of an emulator, as they came and as they were answered, for tests and for a look."""

import threading
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import Any

from yadirect_soap.errors import ApiError, DecodeError
from yadirect_soap.protocol.contract import Operation, Service
from yadirect_soap.protocol.messages import Request
from yadirect_soap.protocol.scalars import Unreadable
from yadirect_soap.protocol.wires import Wire

from .delivery import Delivery

KEPT = 200
"""Calls that are remembered."""

KEPT_BYTES = 64 * 2**20
"""Bytes of bodies that are remembered; the last call is, whatever its size."""


@dataclass(frozen=True)
class Called:
    """A call: its number from 1 on, when it came by the emulator's clock, and both messages.

    The bodies are read when they are asked about, so that a call costs nothing more for being remembered.
    """

    number: int
    at: float
    service: Service = field(repr=False)
    wire: Wire = field(repr=False)
    request: Request
    delivery: Delivery

    @property
    def operation(self) -> str:
        """Its key, as in "ads.add"; "ads.?" where the body cannot be read or the service has no such operation."""
        return _key(self.service, self.known)

    @property
    def params(self) -> dict[str, Any]:
        """The params; {} where the body cannot be read."""
        return self._read[1]

    @property
    def result(self) -> dict[str, Any] | None:
        """The result; None where the call was refused, its answer was lost, or is not the API's."""
        return self._outcome[0]

    @property
    def error(self) -> ApiError | None:
        """The error that refused the whole call."""
        return self._outcome[1]

    @property
    def outcome(self) -> str:
        """How it ended, in a few words: "ok", "error 8000", "HTTP 503", "lost", "broken off" or "unreadable"."""
        if self.delivery.response is None:
            return "lost"
        if self.delivery.cut is not None and self.delivery.cut < 1:
            return "broken off"
        if self.delivery.response.status != HTTPStatus.OK:
            return f"HTTP {self.delivery.response.status}"
        if self.error is not None:
            return f"error {self.error.code}"
        return "unreadable" if self.result is None else "ok"

    @property
    def known(self) -> Operation | None:
        """The operation's record in the contract."""
        return self._read[0]

    @cached_property
    def _read(self) -> tuple[Operation | None, dict[str, Any]]:
        return _read(self.service, self.wire, self.request)

    @cached_property
    def _outcome(self) -> tuple[dict[str, Any] | None, ApiError | None]:
        if self.delivery.response is None or self.known is None:
            return None, None
        try:
            return self.wire.decode_result(self.known, self.delivery.response.body, Counter()), None
        except ApiError as error:
            return None, error
        except (DecodeError, Unreadable, RecursionError):
            return None, None


class Calls:
    """The last calls, oldest first: `emulator.calls.of("ads.add")[-1].params`.  Safe to share among threads."""

    def __init__(self) -> None:
        self._called: deque[Called] = deque(maxlen=KEPT)
        self._made = 0
        self._bytes = 0
        self._lock = threading.Lock()

    def note(self, at: float, service: Service, wire: Wire, *, request: Request, delivery: Delivery) -> None:
        """Remembers a call."""
        with self._lock:
            self._made += 1
            if len(self._called) == KEPT:
                self._bytes -= _size(self._called.popleft())
            self._called.append(Called(self._made, at, service, wire, request=request, delivery=delivery))
            self._bytes += _size(self._called[-1])
            while self._bytes > KEPT_BYTES and len(self._called) > 1:
                self._bytes -= _size(self._called.popleft())

    def of(self, operation: str) -> list[Called]:
        """The calls of an operation."""
        return [called for called in self if called.operation == operation]

    def assert_called(
        self, operation: str, *, times: int | None = None, params: Mapping[str, Any] | None = None
    ) -> None:
        """Raises AssertionError unless an operation was called, so many times, with these params among others.

        `params` are compared member by member: those that it does not name may be anything.
        """
        of_it = self.of(operation)
        matching = [called for called in of_it if params is None or _holds(called.params, params)]
        if len(matching) == times or (times is None and matching):
            return
        wanted = "at least once" if times is None else f"{times} times"
        with_params = "" if params is None else f" with {dict(params)}"
        told = (
            "".join(f"\n  {called.params}" for called in of_it) or f"; called were {[each.operation for each in self]}"
        )
        raise AssertionError(f"{operation} was called {len(matching)} times{with_params}, expected {wanted}{told}")

    def clear(self) -> None:
        """Forgets all; the numbers go on."""
        with self._lock:
            self._called.clear()
            self._bytes = 0

    def __iter__(self) -> Iterator[Called]:
        with self._lock:
            return iter(tuple(self._called))

    def __len__(self) -> int:
        return len(self._called)

    def __getitem__(self, index: int) -> Called:
        with self._lock:
            return self._called[index]


def operation(service: Service, wire: Wire, request: Request) -> Operation | None:
    """Which operation a request is for, if its body can be read and the service has it."""
    return _read(service, wire, request)[0]


def operation_key(service: Service, wire: Wire, request: Request) -> str:
    """Which operation a request is for, as Called.operation tells it."""
    return _key(service, operation(service, wire, request))


def _key(service: Service, known: Operation | None) -> str:
    return known.key if known else f"{service.name}.?"


def _read(service: Service, wire: Wire, request: Request) -> tuple[Operation | None, dict[str, Any]]:
    try:
        return wire.decode_request(service, request.body)
    except (Unreadable, RecursionError):
        return None, {}


def _holds(params: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(name in params and params[name] == value for name, value in wanted.items())


def _size(called: Called) -> int:
    response = called.delivery.response
    return len(called.request.body) + (len(response.body) if response else 0)
