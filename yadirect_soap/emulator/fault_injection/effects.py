"""What can go wrong with a call: each effect stands between caller and response, and gives a delivery of its own.

An effect that `replaces` gives an answer without the call being carried out; the others change how a call that is
carried out is answered, or how often.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from random import Random
from types import MappingProxyType
from typing import ClassVar, Protocol

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Headers, Response

from ..domain.clock import Clock
from ..domain.error_codes import table
from ..http.delivery import Delivery

_HTML = "text/html; charset=utf-8"
_CAPTCHA = """<!doctype html>
<html><head><title>Are you not a robot?</title></head><body>
<h1>Please confirm that the requests were sent by you and not by a robot</h1>
<form method="get" action="/checkcaptcha"><input name="rep"><button>Confirm</button></form>
</body></html>
"""
_DAY = 86_400
"""Seconds that a call waits at most."""
_CENTURY = 36_525 * _DAY
_CUTS = MappingProxyType({"during": 0.5, "after": 1.0})


@dataclass(frozen=True, slots=True)
class CallInFlight:
    """A call that meets an effect.

    `carry_out` carries the call out and answers it, as often as it is called; `refuse` makes a refusal of a code and
    a detail; `chance` is the plan's own, so that a run repeats.
    """

    carry_out: Callable[[], Delivery]
    refuse: Callable[[int, str], Delivery]
    chance: Random
    clock: Clock


class Effect(Protocol):
    """Something that happens to a call."""

    @property
    def replaces(self) -> bool:
        """Whether the call is answered without being carried out."""

    def apply(self, call: CallInFlight, /) -> Delivery:
        """Answers the call, or has it carried out and answers otherwise."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The API refuses the whole request with a code; nothing is carried out or charged."""

    code: int
    detail: str = ""
    replaces: ClassVar[bool] = True

    def __post_init__(self) -> None:
        entry = table().get(self.code)
        _require(entry is not None and entry.of_request, f"found code {self.code}, expected one that refuses requests")

    def apply(self, call: CallInFlight) -> Delivery:
        """Refuses."""
        return call.refuse(self.code, self.detail)


@dataclass(frozen=True, slots=True)
class Status:
    """A web server on the way answers with an HTTP status and a page; nothing is carried out.  `body` is the page."""

    status: int
    body: str = ""
    content_type: str = _HTML
    replaces: ClassVar[bool] = True

    def __post_init__(self) -> None:
        _require_page(self.status, self.content_type)

    def apply(self, call: CallInFlight) -> Delivery:
        """Answers with the page."""
        return _page(self.status, self.body or f"<html><body><h1>{_reason(self.status)}</h1></body></html>\n", self)


@dataclass(frozen=True, slots=True)
class Captcha:
    """A page that asks whether a human is there, in place of the API; nothing is carried out."""

    status: int = 200
    content_type: str = _HTML
    replaces: ClassVar[bool] = True

    def __post_init__(self) -> None:
        _require_page(self.status, self.content_type)

    def apply(self, call: CallInFlight) -> Delivery:
        """Answers with the page."""
        return _page(self.status, _CAPTCHA, self)


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection is reset `when`: "before" the call is carried out, "during" its answer, or "after" it.

    Only the first leaves the call undone.  To lose the whole answer of a call that acted: LostAnswer.
    """

    when: str = "before"

    def __post_init__(self) -> None:
        _require(self.when in ("before", *_CUTS), f"found {self.when!r}, expected 'before', 'during' or 'after'")

    @property
    def replaces(self) -> bool:
        """Before the call is carried out, it is not."""
        return self.when == "before"

    def apply(self, call: CallInFlight) -> Delivery:
        """Resets the connection."""
        return Delivery(None) if self.replaces else replace(call.carry_out().whole(), cut=_CUTS[self.when])


@dataclass(frozen=True, slots=True)
class LostAnswer:
    """The call is carried out, and the connection reset in place of its answer."""

    replaces: ClassVar[bool] = False

    def apply(self, call: CallInFlight) -> Delivery:
        """Carries out and says nothing."""
        return replace(call.carry_out(), response=None, stream=None)


@dataclass(frozen=True, slots=True)
class Latency:
    """The call is carried out at once, its answer comes `seconds` later, and up to `jitter` seconds more by chance."""

    seconds: float
    jitter: float = 0.0
    replaces: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _require_wait(self.seconds)
        _require_wait(self.jitter)

    def apply(self, call: CallInFlight) -> Delivery:
        """Answers late."""
        answered = call.carry_out()
        return replace(answered, delay=answered.delay + self.seconds + self.jitter * call.chance.random())


@dataclass(frozen=True, slots=True)
class SlowBody:
    """The answer's body comes `piece` bytes at a time, each after `pause` seconds."""

    piece: int = 1
    pause: float = 0.1
    replaces: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _require(self.piece > 0, f"found a piece of {self.piece} bytes, expected 1 or more")
        _require_wait(self.pause)

    def apply(self, call: CallInFlight) -> Delivery:
        """Answers slowly."""
        return replace(call.carry_out().whole(), piece=self.piece, pause=self.pause)


@dataclass(frozen=True, slots=True)
class Truncated:
    """Only the first `part` of the answer's body comes, from 0 to 1, under headers that are right for it."""

    part: float = 0.5
    replaces: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _require(0 <= self.part < 1, f"found the part {self.part}, expected one from 0 to less than 1")

    def apply(self, call: CallInFlight) -> Delivery:
        """Answers in part."""
        return _rewritten(call.carry_out(), lambda body: body[: int(len(body) * self.part)])


@dataclass(frozen=True, slots=True)
class Malformed:
    """The answer's body has a NUL byte at a place of chance, which neither XML nor JSON may hold, and no report has."""

    replaces: ClassVar[bool] = False

    def apply(self, call: CallInFlight) -> Delivery:
        """Spoils the body."""
        return _rewritten(call.carry_out(), lambda body: _spoiled(body, call.chance.randrange(1, max(len(body), 2))))


@dataclass(frozen=True, slots=True)
class WrongContentType:
    """The answer is right, but says that it is something else."""

    content_type: str = _HTML
    replaces: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _require_field(self.content_type)

    def apply(self, call: CallInFlight) -> Delivery:
        """Renames the content."""
        answered = call.carry_out()
        if answered.response is None:
            return answered
        fields = answered.response.headers | {headers.CONTENT_TYPE: self.content_type}
        return replace(answered, response=answered.response._replace(headers=fields))


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The request arrives `deliveries` times, as by a proxy that repeats; the last answer is given."""

    deliveries: int = 2
    replaces: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _require(2 <= self.deliveries <= 100, f"found {self.deliveries} deliveries, expected 2 to 100")

    def apply(self, call: CallInFlight) -> Delivery:
        """Carries the call out several times."""
        for _ in range(self.deliveries - 1):
            call.carry_out()
        return call.carry_out()


@dataclass(frozen=True, slots=True)
class ClockJump:
    """The emulator's clock jumps by `seconds`, back where they are negative, before the call is carried out."""

    seconds: float
    replaces: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _require(abs(self.seconds) <= _CENTURY, f"found {self.seconds} seconds, expected a century at most")

    def apply(self, call: CallInFlight) -> Delivery:
        """Moves the clock."""
        call.clock.advance(seconds=self.seconds)
        return call.carry_out()


def _require(is_valid: bool, message: str) -> None:
    if not is_valid:
        raise ConfigurationError(message)


def _require_page(status: int, content_type: str) -> None:
    _require(200 <= status <= 599, f"found status {status}, expected one from 200 to 599")
    _require_field(content_type)


def _require_field(value: str) -> None:
    _require(value.isascii() and value.isprintable(), f"found {value!r:.60}, expected what a header can hold")


def _require_wait(seconds: float) -> None:
    _require(0 <= seconds <= _DAY, f"found {seconds} seconds, expected 0 to a day")


def _page(status: int, body: str, page: Status | Captcha) -> Delivery:
    return Delivery(Response(status, Headers({headers.CONTENT_TYPE: page.content_type}), body.encode()))


def _reason(status: int) -> str:
    known = status in HTTPStatus.__members__.values()
    return f"{status} {HTTPStatus(status).phrase}" if known else str(status)


def _rewritten(answered: Delivery, change: Callable[[bytes], bytes]) -> Delivery:
    answered = answered.whole()
    if answered.response is None:
        return answered
    return replace(answered, response=answered.response._replace(body=change(answered.response.body)))


def _spoiled(body: bytes, position: int) -> bytes:
    return body[:position] + b"\0" + body[position:]
