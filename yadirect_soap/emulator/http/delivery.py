"""The delivery of a response: immediate and complete, unless a fault was injected.  Used on sockets and in process."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Self

from yadirect_soap.protocol.messages import Request, Response


def _nothing() -> None:
    """Does nothing when the response is due."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A response and the way in which it is sent.

    - `response`: None if the connection is reset in place of a response.
    - `delay`: seconds before the first byte; wait() spends them.
    - `when_due`: is called after the delay; the call then no longer counts as concurrent.
    - `cut`: the part of the body, from 0 to 1, after which the connection is reset; None if it is not.
    - `piece`, `pause`: the bytes of a piece, and the seconds before each; 0 sends the body at once.
    - `stream`: the pieces of a body that is too long for `response`; `cut` and `piece` do not apply to it.
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
        """Whether the response is sent immediately and completely."""
        return self.response is not None and self.cut is None and not (self.delay or self.piece)

    @property
    def is_broken(self) -> bool:
        """Whether the connection is reset before the end of the body."""
        return self.cut is not None and self.cut < 1

    def wait(self, sleep: Callable[[float], None]) -> None:
        """Sleeps until the response is due."""
        try:
            if self.delay:
                sleep(self.delay)
        finally:
            self.when_due()

    def with_headers(self, fields: Mapping[str, str]) -> Self:
        """Returns the delivery with more header fields."""
        if self.response is None:
            return self
        return replace(self, response=self.response._replace(headers=self.response.headers | fields))

    def whole(self) -> Self:
        """Returns the delivery with its whole body in memory, for effects that change the body."""
        if self.response is None or self.stream is None:
            return self
        return replace(self, response=self.response._replace(body=b"".join(self.stream)), stream=None)

    def begun(self, size: int) -> tuple[Self, bytes]:
        """Returns the delivery, whose stream still has everything, and the first `size` bytes of its body."""
        if self.stream is None:
            return self, self.response.body[:size] if self.response else b""
        beginning = b""
        while len(beginning) < size and (piece := next(self.stream, None)) is not None:
            beginning += piece
        return replace(self, stream=chain((beginning,), self.stream)), beginning[:size]


RequestHandler = Callable[[Request], Delivery]
"""Answers a request."""


def pieces(content: bytes, delivery: Delivery, sleep: Callable[[float], None]) -> Iterator[bytes]:
    """Yields the content in the pieces of a delivery, up to its cut; sleeps before each piece."""
    end = len(content) if delivery.cut is None else int(len(content) * delivery.cut)
    size = delivery.piece or max(end, 1)
    for start in range(0, end, size):
        if delivery.pause:
            sleep(delivery.pause)
        yield content[start : min(start + size, end)]
