"""Where a report is asked for until it is there: the same request again and again, at the pace that the service asks.

https://yandex.ru/dev/direct/doc/ru/mode
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

from yadirect_soap.errors import ApiError, DecodeError, DirectError, ReportFailedError, TransportError
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Response, Streamed
from yadirect_soap.protocol.reports import delivery
from yadirect_soap.protocol.scalars import DecodeFailure

from .. import call_logging, responses
from ..attempts import Attempts, errors_of
from ..echoes import blank_response, streamed_without
from ..http_client import Transport, streamed
from ..retry import Retry
from ..settings import Settings
from .deadline import Patience
from .rate_limiter import Governors, Wait
from .request import OPERATION, Order

_T = TypeVar("_T")

_READY = 200
_QUEUED = frozenset({201, 202})
_FAILED = 500
_TOO_LONG = 502
_QUEUE_FULL = 9000

_USUAL_WAIT = 10.0
"""Seconds between two questions where the service does not say how many."""
_LONGEST_WAIT = 300.0
_LEAST_TIME = 10.0
"""Seconds that an answer is waited for however near the deadline is: the report may be in it, with pauses."""
_LONGEST_ERROR = 1 << 20
"""Bytes after which no more is read of an answer that is no report."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the service says of a report: whether it is ready, seconds to wait if not, reports of the login queued."""

    ready: bool
    retry_in: float
    reports_in_queue: int | None


@dataclass(frozen=True, slots=True)
class Desk:
    """Asks over a transport, within the limits of the login; `clock` and `sleep` are in seconds."""

    transport: Transport
    retry: Retry | None
    governors: Governors
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    chance: Callable[[], float]
    settings: Settings

    @contextmanager
    def opened(self, order: Order, patience: Patience) -> Iterator[Streamed]:
        """Asks until the report is there, and gives its answer to be read inside the with.

        No wait outlasts the deadline: neither for a place nor for the limit, the report, or another attempt.

        Raises ReportNotReadyError at the deadline or when it is called off, ReportFailedError where the service
        gives up, and what a call raises: TransportError, HttpError, ApiError.
        """
        with errors_of(OPERATION, self.settings), ExitStack() as stack:
            with self._place(order, patience.wait):
                answer = self._ready(order, patience, stack)
            yield answer

    def ask(self, order: Order, patience: Patience) -> Standing:
        """Asks once, so that the report is queued where it is not ready; its rows are not read."""
        with errors_of(OPERATION, self.settings), ExitStack() as stack:
            return self._asked(order, patience, stack)[0]

    def attempts(self, patience: Patience) -> Attempts:
        """Counts attempts anew, waiting with patience between them."""
        return Attempts(
            OPERATION.key,
            self.retry,
            reads=lambda: True,
            clock=self.clock,
            sleep=patience.wait,
            chance=self.chance,
            settings=self.settings,
        )

    def begun_anew(self, read: Callable[[], _T], patience: Patience) -> _T:
        """What `read` gives; a report that was cut off is read again from its first row, as far as the policy allows.

        Args:
            read: reads a report, all of it; called again it begins anew and keeps nothing of before.
            patience: how long to wait for it.

        Raises:
            DirectError: what `read` raises when there is to be no other attempt.
        """
        attempts: Attempts | None = None
        while True:
            try:
                return read()
            except (TransportError, DecodeError) as error:
                if not (isinstance(error, TransportError) or error.repeatable):
                    raise
                # Made now: the time that the report has waited in the queue is not the policy's.
                attempts = attempts or self.attempts(patience)
                patience.wait_after(error, attempts)

    def _place(self, order: Order, wait: Wait) -> AbstractContextManager[None]:
        """A place in the login's queue, unless the report is never queued."""
        if order.delivery.mode == "online":
            return nullcontext()
        return self.governors.of(order.settings.client_login or "").place(wait)

    def _ready(self, order: Order, patience: Patience, stack: ExitStack) -> Streamed:
        attempts, failed_before = self.attempts(patience), False
        while True:
            try:
                standing, answer = self._asked(order, patience, stack)
            except ReportFailedError as error:
                # The documentation: start again once, then turn to the support.
                if failed_before or error.status != _FAILED:
                    raise
                failed_before = True
                patience.wait(error.retry_after or _USUAL_WAIT, error)
            except DirectError as error:
                if not _is_full(error):
                    patience.wait_after(error, attempts)
                    continue
                patience.tell("asked")
                patience.wait(error.retry_after or _USUAL_WAIT, error)
            else:
                if standing.ready:
                    return answer
                attempts = self.attempts(patience)
                patience.tell("queued", in_queue=standing.reports_in_queue)
                patience.wait(min(standing.retry_in, _LONGEST_WAIT))

    def _asked(self, order: Order, patience: Patience, stack: ExitStack) -> tuple[Standing, Streamed]:
        """One request; the answer stays open in the stack where it is the report."""
        patience.check()
        with ExitStack() as opening:
            with self.governors.of(order.settings.client_login or "").turn(patience.wait):
                token, request = order.settings.token, order.request()
                call_logging.sent(OPERATION, request)
                began = self.clock()
                within = None if patience.left is None else max(patience.left, _LEAST_TIME)
                opened = streamed(self.transport, request, endless=True, within=within)
                answer = opening.enter_context(streamed_without(token, opened))
            standing = _standing(order, answer, lambda response, error: self._note(response, error, began))
            if standing.ready:
                stack.enter_context(opening.pop_all())
        return standing, answer

    def _note(self, response: Response, error: DirectError | None, began: float) -> None:
        call_logging.answered(OPERATION, response, self.clock() - began, self.settings, error=error)


Note = Callable[[Response, DirectError | None], None]


def _standing(order: Order, answer: Streamed, note: Note) -> Standing:
    """What an answer says, by its status; raises the error that it tells."""
    kind = headers.media_type(answer.headers.get(headers.CONTENT_TYPE))
    ready = answer.status == _READY and kind in (delivery.MEDIA_TYPE, "text/plain", "")
    body = b"" if ready else _beginning(answer.pieces)
    response = blank_response(Response(answer.status, answer.headers, body), order.settings.token.secrets)
    error = None if ready or answer.status in _QUEUED else _refusal(order, response)
    note(response, error)
    if error is not None:
        raise error
    advised = delivery.read_retry_in(answer.headers)
    usual = responses.retry_after(response) or _USUAL_WAIT
    return Standing(ready, usual if advised is None else float(advised), delivery.read_reports_in_queue(answer.headers))


def _beginning(pieces: Iterator[bytes]) -> bytes:
    body = b""
    for piece in pieces:
        body += piece
        if len(body) > _LONGEST_ERROR:
            break
    return body


def _refusal(order: Order, response: Response) -> DirectError:
    """The error that a response tells; 502 is the service's own only with an error document, else a gateway's."""
    told = _documented(order, response.body)
    request_id = (told.request_id if told else "") or response.headers.get(headers.REQUEST_ID, "")
    error: DirectError
    if told is not None and response.status == _TOO_LONG:
        why = "building it would take longer than the service allows; ask for fewer days or fields"
        error = _failed(order, response.status, f"{why}: {told}")
    elif told is not None:
        error = told
    elif response.status == _FAILED:
        why = "the service failed to build it; ask its support, with the RequestId"
        error = _failed(order, response.status, f"{why} [RequestId {request_id or 'unknown'}]")
    else:
        return responses.not_the_api(OPERATION, response)
    error.operation = OPERATION.key
    error.request_id = request_id
    error.retry_after = responses.retry_after(response)
    return error


def _documented(order: Order, body: bytes) -> ApiError | None:
    """The error that a document of the API tells; None for any other body."""
    try:
        return order.format.decode_error(body)
    except DecodeFailure:
        return None


def _failed(order: Order, status: int, why: str) -> ReportFailedError:
    return ReportFailedError(f"report {order.name!r}: {why}", status=status)


def _is_full(error: DirectError) -> bool:
    return isinstance(error, ApiError) and error.code == _QUEUE_FULL
