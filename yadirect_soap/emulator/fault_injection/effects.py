"""The effects of injected faults: each one changes the delivery of a response.

An effect that `replaces` answers without carrying the call out; the others change the response of a call that is
carried out, or carry it out several times.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from random import Random
from types import MappingProxyType
from typing import ClassVar, Protocol

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
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
"""The most seconds that a call waits."""
_CENTURY = 36_525 * _DAY
_CUTS = MappingProxyType({"during": 0.5, "after": 1.0})


@dataclass(frozen=True, slots=True)
class CallInFlight:
    """A call to which an effect is applied.

    Attributes:
        carry_out: carries the call out and answers it, each time that it is called.
        refuse: answers with the error of a code and a detail.
        chance: the plan's own random generator, so that a run can be repeated.
        clock: the emulator's clock.
    """

    carry_out: Callable[[], Delivery]
    refuse: Callable[[int, str], Delivery]
    chance: Random
    clock: Clock


class Effect(Protocol):
    """The effect of a fault on a call."""

    @property
    def replaces(self) -> bool:
        """Whether the call is answered without being carried out."""

    def apply(self, call: CallInFlight, /) -> Delivery:
        """Answers the call, after carrying it out or without.

        Args:
            call: the call.

        Returns:
            The response, and how it is delivered.
        """


@dataclass(frozen=True, slots=True)
class Fault:
    """The API refuses the whole request with a code; nothing is carried out or charged.

    Attributes:
        code: an error code that refuses requests, such as 1000.
        detail: the detail of the error; "" is the usual one.
    """

    code: int
    detail: str = ""
    replaces: ClassVar[bool] = True

    def __post_init__(self) -> None:
        entry = table().get(self.code)
        _require(
            entry is not None and entry.of_request,
            _("found code {code}, expected one that refuses requests", code=self.code),
        )

    def apply(self, call: CallInFlight) -> Delivery:
        """Refuses."""
        return call.refuse(self.code, self.detail)


@dataclass(frozen=True, slots=True)
class Status:
    """A web server on the way answers with an HTTP status and a page; nothing is carried out.

    Attributes:
        status: the HTTP status, from 200 to 599.
        body: the page; "" is a short one in HTML.
        content_type: the Content-Type of the page.
    """

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
    """A captcha page instead of the API's response; nothing is carried out.

    Attributes:
        status: the HTTP status, from 200 to 599.
        content_type: the Content-Type of the page.
    """

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
    """The connection is reset.  LostAnswer loses the whole response of a call that is carried out.

    Attributes:
        when: "before" the call is carried out, which leaves it undone, "during" its response, or "after" it.
    """

    when: str = "before"

    def __post_init__(self) -> None:
        _require(
            self.when in ("before", *_CUTS), _("found {when!r}, expected 'before', 'during' or 'after'", when=self.when)
        )

    @property
    def replaces(self) -> bool:
        """Whether the connection is reset before the call is carried out."""
        return self.when == "before"

    def apply(self, call: CallInFlight) -> Delivery:
        """Resets the connection."""
        return Delivery(None) if self.replaces else replace(call.carry_out().whole(), cut=_CUTS[self.when])


@dataclass(frozen=True, slots=True)
class LostAnswer:
    """The call is carried out, and the connection is reset instead of its response."""

    replaces: ClassVar[bool] = False

    def apply(self, call: CallInFlight) -> Delivery:
        """Carries the call out and resets the connection."""
        return replace(call.carry_out(), response=None, stream=None)


@dataclass(frozen=True, slots=True)
class Latency:
    """The call is carried out immediately; its response is late.

    Attributes:
        seconds: the delay.
        jitter: the maximum of a random number of seconds that is added.
    """

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
    """The response's body comes in pieces, each after a pause.

    Attributes:
        piece: the bytes of a piece.
        pause: the seconds before each piece.
    """

    piece: int = 1
    pause: float = 0.1
    replaces: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _require(self.piece > 0, _("found a piece of {piece} bytes, expected 1 or more", piece=self.piece))
        _require_wait(self.pause)

    def apply(self, call: CallInFlight) -> Delivery:
        """Answers slowly."""
        return replace(call.carry_out().whole(), piece=self.piece, pause=self.pause)


@dataclass(frozen=True, slots=True)
class Truncated:
    """Only the first part of the response's body comes, with headers that fit it.

    Attributes:
        part: the part that comes, from 0 to less than 1.
    """

    part: float = 0.5
    replaces: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _require(0 <= self.part < 1, _("found the part {part}, expected one from 0 to less than 1", part=self.part))

    def apply(self, call: CallInFlight) -> Delivery:
        """Answers in part."""
        return _rewritten(call.carry_out(), lambda body: body[: int(len(body) * self.part)])


@dataclass(frozen=True, slots=True)
class Malformed:
    """The response's body has a NUL byte at a random position, which is wrong in XML, JSON and reports."""

    replaces: ClassVar[bool] = False

    def apply(self, call: CallInFlight) -> Delivery:
        """Answers with a malformed body."""
        return _rewritten(call.carry_out(), lambda body: _spoiled(body, call.chance.randrange(1, max(len(body), 2))))


@dataclass(frozen=True, slots=True)
class WrongContentType:
    """The response is right, but has another Content-Type.

    Attributes:
        content_type: the Content-Type.
    """

    content_type: str = _HTML
    replaces: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _require_field(self.content_type)

    def apply(self, call: CallInFlight) -> Delivery:
        """Answers with the other Content-Type."""
        answered = call.carry_out()
        if answered.response is None:
            return answered
        fields = answered.response.headers | {headers.CONTENT_TYPE: self.content_type}
        return replace(answered, response=answered.response._replace(headers=fields))


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The request arrives several times, as from a proxy that repeats; the caller gets the last response.

    Attributes:
        deliveries: how many times, from 2 to 100.
    """

    deliveries: int = 2
    replaces: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _require(
            2 <= self.deliveries <= 100,
            _("found {deliveries} deliveries, expected 2 to 100", deliveries=self.deliveries),
        )

    def apply(self, call: CallInFlight) -> Delivery:
        """Carries the call out several times."""
        for __ in range(self.deliveries - 1):
            call.carry_out()
        return call.carry_out()


@dataclass(frozen=True, slots=True)
class ClockJump:
    """The emulator's clock jumps before the call is carried out.

    Attributes:
        seconds: how far; a negative number is backward.
    """

    seconds: float
    replaces: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _require(
            abs(self.seconds) <= _CENTURY,
            _("found {seconds} seconds, expected a century at most", seconds=self.seconds),
        )

    def apply(self, call: CallInFlight) -> Delivery:
        """Moves the clock."""
        call.clock.advance(seconds=self.seconds)
        return call.carry_out()


def _require(is_valid: bool, message: str) -> None:
    if not is_valid:
        raise ConfigurationError(message)


def _require_page(status: int, content_type: str) -> None:
    _require(200 <= status <= 599, _("found status {status}, expected one from 200 to 599", status=status))
    _require_field(content_type)


def _require_field(value: str) -> None:
    _require(
        value.isascii() and value.isprintable(), _("found {value!r:.60}, expected what a header can hold", value=value)
    )


def _require_wait(seconds: float) -> None:
    _require(0 <= seconds <= _DAY, _("found {seconds} seconds, expected 0 to a day", seconds=seconds))


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
