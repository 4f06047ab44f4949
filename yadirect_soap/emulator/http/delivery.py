"""How a response travels back: at once and whole, unless a fault was injected; sockets and sessions both obey it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Self

from yadirect_soap.protocol.messages import Request, Response


def _nothing() -> None:
    """Nobody waits for the answer to be due."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A response and how it is sent.

    - `response`: None where the connection is reset in place of an answer.
    - `delay`: seconds before the first byte; wait() spends them.
    - `when_due`: what is done once they are over: the call gives up its place among those that are being answered.
    - `cut`: the part of the body, from 0 to 1, after which the connection is reset; None lets it live.
    - `piece`, `pause`: bytes in one go, and seconds before each; 0 brings the body in one go.
    - `stream`: what the body comes from where it is too long for `response` to hold; such a body is neither cut nor
      brought in pieces of another size.
    """

    response: Response | None
    delay: float = 0.0
    when_due: Callable[[], object] = _nothing
    cut: float | None = None
    piece: int = 0
    pause: float = 0.0
    stream: Iterator[bytes] | None = None

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to obey but the response."""
        return self.response is not None and self.cut is None and not (self.delay or self.piece)

    @property
    def is_broken(self) -> bool:
        """Whether the connection is reset before the whole body has come."""
        return self.cut is not None and self.cut < 1

    def wait(self, sleep: Callable[[float], None]) -> None:
        """Sleeps until the answer is due."""
        try:
            if self.delay:
                sleep(self.delay)
        finally:
            self.when_due()

    def with_headers(self, fields: Mapping[str, str]) -> Self:
        """The same with more header fields."""
        if self.response is None:
            return self
        return replace(self, response=self.response._replace(headers=self.response.headers | fields))

    def whole(self) -> Self:
        """The same with its body in memory, however long: for what befalls the bytes of a body."""
        if self.response is None or self.stream is None:
            return self
        return replace(self, response=self.response._replace(body=b"".join(self.stream)), stream=None)

    def begun(self, size: int) -> tuple[Self, bytes]:
        """The same, with all of its body still to be brought, and the body's first `size` bytes, or all there are."""
        if self.stream is None:
            return self, self.response.body[:size] if self.response else b""
        beginning = b""
        while len(beginning) < size and (piece := next(self.stream, None)) is not None:
            beginning += piece
        return replace(self, stream=chain((beginning,), self.stream)), beginning[:size]


RequestHandler = Callable[[Request], Delivery]
"""Answers a request."""


def pieces(content: bytes, delivery: Delivery, sleep: Callable[[float], None]) -> Iterator[bytes]:
    """The content as a delivery brings it, up to where it is cut; sleeps before each piece."""
    end = len(content) if delivery.cut is None else int(len(content) * delivery.cut)
    size = delivery.piece or max(end, 1)
    for start in range(0, end, size):
        if delivery.pause:
            sleep(delivery.pause)
        yield content[start : min(start + size, end)]
