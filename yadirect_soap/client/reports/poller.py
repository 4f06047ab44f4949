"""Polls the Reports service until the report is ready, at the interval that the service requests.

https://yandex.ru/dev/direct/doc/ru/mode
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

from yadirect_soap.errors import ApiError, DecodeError, DirectError, ReportFailedError, TransportError
from yadirect_soap.language import _, composed
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Response, StreamedResponse
from yadirect_soap.protocol.reports import delivery
from yadirect_soap.protocol.scalars import DecodeFailure

from .. import responses
from ..caller import Caller
from ..echoes import blank_response
from ..retry_state import RetryState, describing_errors
from ..settings import Settings
from .deadline import WaitPolicy
from .rate_limiter import RateLimiters, Sleep
from .request import OPERATION, ReportRequest

_T = TypeVar("_T")

_READY = 200
_QUEUED = frozenset({201, 202})
_FAILED = 500
_TOO_LONG = 502
_QUEUE_FULL = 9000

_USUAL_WAIT = 10.0
"""Seconds between two requests if the service does not say how many."""
_LONGEST_WAIT = 300.0
_LEAST_TIME = 10.0
"""Seconds that a request may take even if the deadline is nearer: its response may be the report, with pauses."""
_LONGEST_ERROR = 1 << 20
"""Bytes that are read at most of a response that is not a report."""


@dataclass(frozen=True, slots=True)
class ReportStatus:
    """The status of a report in a response of the service.

    Attributes:
        ready: whether the report is ready.
        retry_in: seconds after which to ask again.
        reports_in_queue: reports of the login in the queue; None if the service does not say.
    """

    ready: bool
    retry_in: float
    reports_in_queue: int | None


@dataclass(frozen=True, slots=True)
class ReportPoller:
    """Sends the requests for reports, within the limits of the login."""

    caller: Caller
    limiters: RateLimiters
    settings: Settings

    @contextmanager
    def opened(self, request: ReportRequest, wait_policy: WaitPolicy) -> Iterator[StreamedResponse]:
        """Polls until the report is ready; its response is read inside the `with`.

        No wait outlasts the deadline: for a slot in the queue, for the rate limit, for the report, for another attempt.

        Raises:
            ReportNotReadyError: the deadline passed, or the report was cancelled.
            ReportFailedError: the service gave up.
            DirectError: what a call raises: TransportError, HttpError, ApiError.
        """
        with describing_errors(OPERATION, self.settings), ExitStack() as stack:
            with self._queue_slot(request, wait_policy.wait):
                response = self._ready(request, wait_policy, stack)
            yield response

    def submit(self, request: ReportRequest, wait_policy: WaitPolicy) -> ReportStatus:
        """Sends the request once, so that the report is queued if it is not ready; its rows are not read."""
        with describing_errors(OPERATION, self.settings), ExitStack() as stack:
            return self._send_once(request, wait_policy, stack)[0]

    def retry_state(self, wait_policy: WaitPolicy) -> RetryState:
        """Starts counting attempts, with the waits of the policy between them."""
        return RetryState(OPERATION.key, self.settings, reads=lambda: True, sleep=wait_policy.wait)

    def read_again_if_cut_off(self, read: Callable[[], _T], wait_policy: WaitPolicy) -> _T:
        """Reads a report, and reads it again from its first row if it was cut off, as often as the retry policy allows.

        Args:
            read: reads the whole report; when it is called again it starts from the beginning.
            wait_policy: the deadline of the report.

        Returns:
            What `read` returns.

        Raises:
            DirectError: what `read` raises if there is no other attempt.
        """
        attempts: RetryState | None = None
        while True:
            try:
                return read()
            except (TransportError, DecodeError) as error:
                if not (isinstance(error, TransportError) or error.repeatable):
                    raise
                # Made now: the time that the report has waited in the queue is not the policy's.
                attempts = attempts or self.retry_state(wait_policy)
                wait_policy.wait_after(error, attempts)

    def _queue_slot(self, request: ReportRequest, wait: Sleep) -> AbstractContextManager[None]:
        """Returns a slot in the queue of the login, unless the report is never queued."""
        if request.delivery.mode == "online":
            return nullcontext()
        return self.limiters.of(request.settings.client_login or "").slot(wait)

    def _ready(self, request: ReportRequest, wait_policy: WaitPolicy, stack: ExitStack) -> StreamedResponse:
        attempts, failed_before = self.retry_state(wait_policy), False
        while True:
            try:
                status, response = self._send_once(request, wait_policy, stack)
            except ReportFailedError as error:
                # The documentation: start again once, then turn to the support.
                if failed_before or error.status != _FAILED:
                    raise
                failed_before = True
                wait_policy.wait(error.retry_after or _USUAL_WAIT, error)
            except DirectError as error:
                if not _is_queue_full(error):
                    wait_policy.wait_after(error, attempts)
                    continue
                wait_policy.report_progress("submitted")
                wait_policy.wait(error.retry_after or _USUAL_WAIT, error)
            else:
                if status.ready:
                    return response
                attempts = self.retry_state(wait_policy)
                wait_policy.report_progress("queued", in_queue=status.reports_in_queue)
                wait_policy.wait(min(status.retry_in, _LONGEST_WAIT))

    def _send_once(
        self, request: ReportRequest, wait_policy: WaitPolicy, stack: ExitStack
    ) -> tuple[ReportStatus, StreamedResponse]:
        """Sends one request; the response stays open in the stack if it is the report."""
        wait_policy.check()
        with ExitStack() as opening:
            with self.limiters.of(request.settings.client_login or "").acquire(wait_policy.wait):
                timeout = None if wait_policy.seconds_left is None else max(wait_policy.seconds_left, _LEAST_TIME)
                sent = self.caller.send(
                    OPERATION.key, request.http_request(), writes=False, unbounded=True, timeout=timeout
                )
                response = opening.enter_context(sent)
            status = _status(request, response)
            if status.ready:
                stack.enter_context(opening.pop_all())
        return status, response


def _status(request: ReportRequest, streamed: StreamedResponse) -> ReportStatus:
    """Reads the status of a report from a response; raises the error that the response reports."""
    kind = headers.media_type(streamed.headers.get(headers.CONTENT_TYPE))
    ready = streamed.status == _READY and kind in (delivery.MEDIA_TYPE, "text/plain", "")
    body = b"" if ready else _beginning(streamed.pieces)
    response = blank_response(Response(streamed.status, streamed.headers, body), request.settings.credentials.secrets)
    if not ready and streamed.status not in _QUEUED:
        raise _refusal(request, response)
    advised = delivery.read_retry_in(streamed.headers)
    usual = responses.retry_after(response) or _USUAL_WAIT
    return ReportStatus(
        ready, usual if advised is None else float(advised), delivery.read_reports_in_queue(streamed.headers)
    )


def _beginning(pieces: Iterator[bytes]) -> bytes:
    body = b""
    for piece in pieces:
        body += piece
        if len(body) > _LONGEST_ERROR:
            break
    return body


def _refusal(request: ReportRequest, response: Response) -> DirectError:
    """Returns the error in a response; a 502 without an error document comes from a gateway, not from the service."""
    api_error = _documented_error(request, response.body)
    request_id = (api_error.request_id if api_error else "") or response.headers.get(headers.REQUEST_ID, "")
    error: DirectError
    if api_error is not None and response.status == _TOO_LONG:
        why = _("building it would take longer than the service allows; request fewer days or fields")
        error = _failed(request, response.status, composed("{why}: {error}", why=why, error=api_error))
    elif api_error is not None:
        error = api_error
    elif response.status == _FAILED:
        why = _("the service failed to build it; ask its support, with the RequestId")
        error = _failed(
            request,
            response.status,
            composed("{why} [RequestId {request_id}]", why=why, request_id=request_id or _("unknown")),
        )
    else:
        return responses.not_the_api(OPERATION, response)
    error.operation = OPERATION.key
    error.request_id = request_id
    error.retry_after = responses.retry_after(response)
    return error


def _documented_error(request: ReportRequest, body: bytes) -> ApiError | None:
    """Returns the error in an error document of the API; None for any other body."""
    try:
        return request.format.decode_error(body)
    except DecodeFailure:
        return None


def _failed(request: ReportRequest, status: int, why: str) -> ReportFailedError:
    return ReportFailedError(_("report {name!r}: {why}", name=request.name, why=why), status=status)


def _is_queue_full(error: DirectError) -> bool:
    return isinstance(error, ApiError) and error.code == _QUEUE_FULL
