"""All exceptions of the package, in one tree under DirectError; nothing here sends, decodes or logs.

    DirectError
    ├── ConfigurationError         a setting is missing, wrong or contradicts another; nothing was sent
    │   └── AlreadyRunningError    another run uses the destination, the journal or the folder
    ├── UnknownNameError           the contract has no such service or operation; nothing was sent
    ├── InvalidParamsError         the params do not fit the contract; nothing was sent
    ├── TransportError             no response of any kind came
    │   ├── NotSentError           the request never reached a server; repeating it is safe
    │   └── ResponseLostError      the request may have acted; its response was lost
    ├── HttpError                  something other than the API responded (proxy page, captcha, 404); may have acted
    ├── DecodeError                the API's response cannot be read in full (truncated, malformed); may have acted
    ├── PagingError                the pages of a get do not move forward
    ├── BudgetExceededError        a call was stopped before units ran short
    ├── ItemsError                 the request was carried out, some of its items failed
    ├── ReportNotReadyError        a report was not ready before the deadline
    ├── ReportFailedError          the service could not build a report
    ├── ReportTooLargeError        a report has the maximum number of rows: there may be more
    └── ApiError                   the API responded with an error instead of a result, by class of code:
        ├── AuthError              the token or the application (53, 58)
        ├── RightsError            the login may not do this (54, 513, 3000, 3001)
        ├── UnitsError             not enough units (152)
        ├── RateError              too many requests or queued reports (56, 506, 9000)
        ├── TemporaryError         a temporary failure of the server (52; 1000, 1001, 1002, which may have acted)
        ├── ServerError            a permanent failure of the server (1003, 1004, 1020), which may have acted
        ├── InvalidRequestError    the request itself (55, 4000-4006, 5000-5999, 8000, 8312, 9300, 9301)
        ├── NotSupportedError      not available here (3500, 3600)
        └── NotFoundError          an object or login is unknown (8800)

Each error answers four questions: did a byte of the request leave (`sent`), did a response come
(`response_received`), is it safe to repeat the same request (`repeatable`), and may a write have been carried out
although the call failed (`may_have_acted`; the message then says so).  All errors can be pickled.  Text from a server
is shown on one line, without control characters and of bounded length (see escaping.py); attributes keep it as it came.
Codes: https://yandex.ru/dev/direct/doc/ru/concepts/errors-list
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Literal, NamedTuple

from .escaping import in_lines, one_line
from .language import Message, _, cleaned, composed, joined
from .split_progress import SplitProgress as SplitProgress

_MAY_HAVE_ACTED = _("the request may have acted: read the data back before you send it again")
_NOTHING_SENT = _("nothing was sent")
_LONGEST_TEXT = 1 << 16
"""The number of characters of a server's text that an attribute keeps."""


class DirectError(Exception):
    """The base of all errors that this package raises on purpose.

    Attributes:
        operation: "ads.update"; "" if no operation was involved.
        client_login: the client of an agency for which the call was made; "" for the login of the token.
        writes: whether the operation changes data; None if no call was involved.
        request_id: the API's RequestId, or "".
        sent: whether a byte of the request left.
        response_received: whether a response came.
        refused: whether the API certainly refused the whole request.
        repeatable: whether it is safe to repeat the same request.
        may_have_acted: whether a write failed that may have been carried out, in whole or in part.
        retry_after: seconds after which the server asks to repeat the request; None if it does not say.
        advice: what to do about an error of the API, in the language of the client; "" for other errors.
        progress: how far a call with split=True had come, with the results so far; None for any other call.
        exit_code: the exit code of the command line; docs/exit-codes.md has the table.

    Args:
        message: the text of the error.
        operation: the attribute of that name.
        request_id: the attribute of that name.
    """

    exit_code = 5
    sent = False
    response_received = False
    repeatable = False
    refused = False
    writes: bool | None = None
    retry_after: float | None = None
    client_login: str = ""
    advice: str = ""
    progress: SplitProgress | None = None

    def __init__(self, message: str = "", *, operation: str = "", request_id: str = "") -> None:
        super().__init__(cleaned(message, in_lines))
        self.operation = operation
        self.request_id = request_id[:_LONGEST_TEXT]

    @property
    def may_have_acted(self) -> bool:
        """Whether a write failed that may have been carried out, in whole or in part."""
        return bool(self.writes) and self.sent and not self.refused

    def set_call(self, operation: str, *, writes: bool) -> None:
        """Names the call that failed; after that the message says what became of its request.

        Args:
            operation: "ads.update".
            writes: whether the operation changes data.
        """
        self.operation = operation
        self.writes = writes

    def __str__(self) -> str:
        return str(self.in_words())

    def in_words(self) -> str:
        """Returns the text of the error in English, as a message that the terminal can say in another language."""
        text = self.args[0] if self.args else ""
        if self.client_login:
            where = _("{operation} for {login}", operation=self.operation, login=self.client_login)
            text = composed("{where}: {text}", where=where, text=text)
        elif self.operation:
            text = composed("{where}: {text}", where=self.operation, text=text)
        consequence = self._consequence() if self.writes is not None else ""
        return joined("; ", [part for part in (text, consequence, self.advice, self._progress()) if part])

    def _progress(self) -> str:
        if self.progress is None:
            return ""
        refused = _("were refused") if self.sent else _("were not sent")
        return self.progress.describe(_("may have acted") if self.may_have_acted else refused)

    def _consequence(self) -> str:
        return _MAY_HAVE_ACTED if self.may_have_acted else ""

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args), self.__dict__.copy()


def _rebuild(cls: type[DirectError], args: tuple[Any, ...]) -> DirectError:
    error = cls.__new__(cls, *args)
    error.args = args
    return error


class ConfigurationError(DirectError):
    """A setting is missing, wrong or contradicts another; nothing was sent."""

    exit_code = 2

    def _consequence(self) -> str:
        return _NOTHING_SENT


class AlreadyRunningError(ConfigurationError):
    """Another run uses the destination, the journal or the folder; nothing was sent, and it may work later."""

    exit_code = 7


class UnknownNameError(DirectError, LookupError):
    """The contract has no service or operation of that name; nothing was sent."""

    exit_code = 2

    def in_words(self) -> str:
        """Returns the text of the error, as a message."""
        return joined("; ", [super().in_words(), _NOTHING_SENT])


ViolationKind = Literal["missing", "unknown", "null", "empty", "value"]
"""The kind of a violation; see Violation."""


class Violation(NamedTuple):
    """One mistake in the params, with its path.

    Attributes:
        path: where, from `$`, the params themselves: `$.Ads[3].TextAd.Title`.
        found: what was found there, shortened; never a whole object.
        expected: what the contract expects.
        kind: "missing" for a required member that is not there, "unknown" for a name that the contract does not have,
            "null" for None where the contract does not allow it, "empty" for an empty list, "value" for all else.
    """

    path: str
    found: str
    expected: str
    kind: ViolationKind = "value"

    def __str__(self) -> str:
        return str(self.in_words())

    def in_words(self) -> Message:
        """Returns the violation as a message."""
        return _(
            "{path}: found {found}, expected {expected}",
            path=cleaned(self.path, partial(one_line, longest=500)),
            found=cleaned(self.found, partial(one_line, longest=500)),
            expected=cleaned(self.expected, partial(one_line, longest=1000)),
        )


class InvalidParamsError(DirectError):
    """The params do not fit the contract; nothing was sent.

    Attributes:
        violations: everything that is wrong with the params.

    Args:
        operation: "ads.update".
    """

    exit_code = 2
    SHOWN = 10

    def __init__(self, violations: Iterable[Violation], *, operation: str = "") -> None:
        self.violations = tuple(violations)
        lines = [violation.in_words() for violation in self.violations[: self.SHOWN]]
        if len(self.violations) > self.SHOWN:
            lines.append(_("... and {count} more", count=len(self.violations) - self.SHOWN))
        super().__init__(joined("\n  ", [_("invalid params; nothing was sent"), *lines]), operation=operation)


class TransportError(DirectError):
    """No response came; the request may have acted, unless this is a NotSentError."""

    exit_code = 4
    sent = True


class NotSentError(TransportError):
    """The request never reached a server: no connection, no name, no TLS.  Nothing was sent; repeating it is safe."""

    sent = False
    repeatable = True

    def _consequence(self) -> str:
        return _NOTHING_SENT


class ResponseLostError(TransportError):
    """The request was sent and its response was lost: a write may have acted.  Read the data back before you repeat."""


class HttpError(DirectError):
    """Something other than the API responded: a proxy's page, a captcha, a 404.

    The API may stand behind it: a write may have acted, whatever the status is.

    Attributes:
        status: the HTTP status.
        content_type: the Content-Type of the page, or "".
        excerpt: the first characters of the page.

    Args:
        message: the text of the error.
        operation: "ads.update".
    """

    sent = True
    response_received = True

    def __init__(
        self, message: str, *, status: int, content_type: str = "", excerpt: str = "", operation: str = ""
    ) -> None:
        super().__init__(message, operation=operation)
        self.status = status
        self.content_type = content_type[:_LONGEST_TEXT]
        self.excerpt = excerpt[:_LONGEST_TEXT]


class DecodeError(DirectError):
    """A message cannot be read in full: it is truncated, malformed, or has a value of a wrong type.

    If it is the response to a write, the write may have acted; most likely it did, unless the response was an error.

    Attributes:
        path: where the value stands, such as `$.Ads[3].Id`; "" if the whole message is meant.

    Args:
        message: the text of the error.
        operation: "ads.update".
        request_id: the API's RequestId, or "".
    """

    sent = True
    response_received = True

    def __init__(self, message: str, *, path: str = "", operation: str = "", request_id: str = "") -> None:
        text = composed("{path}: {message}", path=one_line(path), message=message) if path else message
        super().__init__(text, operation=operation, request_id=request_id)
        self.path = path[:_LONGEST_TEXT]


class PagingError(DirectError):
    """The pages of a get do not move forward; going on would repeat or lose objects."""

    sent = True
    response_received = True


class BudgetExceededError(DirectError):
    """A call was stopped before units ran short, by `units_policy` or `units_budget`; it may work later.

    Calls before it were carried out; a program that records its progress can continue when it is run again.
    `exit_code` is the exit code of the command.
    """

    exit_code = 6

    def _consequence(self) -> str:
        return _("nothing of this call was carried out")


class ItemsError(DirectError):
    """The request was carried out, but some of its items failed.

    Attributes:
        failures: the results of the failed items.

    Args:
        message: the text of the error.
        operation: "ads.update".
        request_id: the API's RequestId, or "".
    """

    exit_code = 1
    sent = True
    response_received = True

    def __init__(
        self, message: str, *, failures: Sequence[Any] = (), operation: str = "", request_id: str = ""
    ) -> None:
        super().__init__(message, operation=operation, request_id=request_id)
        self.failures = tuple(failures)

    def _repr_html_(self) -> str:
        """Returns the failed items as a table, for notebooks."""
        from .html_table import of_results  # noqa: PLC0415  only a notebook needs it

        return of_results(f"{self.operation}: items failed", self.failures)


class ReportNotReadyError(DirectError):
    """A report was not ready in time, or waiting was cancelled; it stays in the queue, and a new request finds it.

    Attributes:
        report: its ReportName.

    Args:
        message: the text of the error.
        operation: "reports.get".
        request_id: the API's RequestId, or "".
    """

    exit_code = 4
    sent = True
    response_received = True
    repeatable = True

    def __init__(self, message: str, *, report: str = "", operation: str = "", request_id: str = "") -> None:
        super().__init__(message, operation=operation, request_id=request_id)
        self.report = report


class ReportFailedError(DirectError):
    """The service could not build a report: it failed (500), or building it would take too long (502).

    Attributes:
        status: the HTTP status.

    Args:
        message: the text of the error.
        operation: "reports.get".
        request_id: the API's RequestId, or "".
    """

    exit_code = 3
    sent = True
    response_received = True

    def __init__(self, message: str, *, status: int, operation: str = "", request_id: str = "") -> None:
        super().__init__(message, operation=operation, request_id=request_id)
        self.status = status


class ReportTooLargeError(DirectError):
    """A report has the maximum number of rows, so that rows may be missing from its end."""

    sent = True
    response_received = True


class ApiError(DirectError):
    """The API responded with an error instead of a result.

    `refused` tells, by the code, whether nothing of the request was carried out: true for rights, units, limits and
    mistakes in the request.  After a failure of the server (1000 to 1004, 1020) and after an unknown code a write may
    have acted.

    Attributes:
        code: the API's code of the error.
        message: a short text.
        detail: a longer text, or "".
        request_id: the API's RequestId, or "".
        units: what the error cost; None if the response has no Units.

    Args:
        operation: "ads.update".
    """

    exit_code = 3
    sent = True
    response_received = True

    def __init__(self, code: int, message: str, detail: str = "", *, request_id: str = "", operation: str = "") -> None:
        text: str = _("error {code}: {message}", code=code, message=one_line(message))
        if detail:
            text = composed("{text} ({detail})", text=text, detail=one_line(detail))
        if request_id:
            text = composed("{text} [RequestId {request_id}]", text=text, request_id=one_line(request_id, 100))
        super().__init__(text, operation=operation, request_id=request_id)
        self.code = code
        self.message = message[:_LONGEST_TEXT]
        self.detail = detail[:_LONGEST_TEXT]
        self.units: Any = None
        self.refused = code in _REFUSING or any(code in codes for codes in _REFUSING_RANGES)
        self.repeatable = code in _TURNED_AWAY


_TURNED_AWAY = frozenset({52, 56, 506, 9000})
"""Refused unread, for a reason that passes within seconds."""
_REFUSING = frozenset({53, 54, 55, 58, 152, 513}) | _TURNED_AWAY
_REFUSING_RANGES = (range(3000, 6000), range(8000, 10_000))
"""Codes after which nothing of the request was carried out.  1000 to 1020 are failures of the server, 6000 to 7999 are
errors of single items, and nothing is known of undocumented codes.
"""


class AuthError(ApiError):
    """The token is invalid or has expired, or its application has no approved access."""


class RightsError(ApiError):
    """The login may not do this."""


class UnitsError(ApiError):
    """Not enough units are left; the next portion comes within an hour."""


class RateError(ApiError):
    """Too many requests at once, or too many queued reports; the request was refused before it was processed."""

    repeatable = True


class TemporaryError(ApiError):
    """A temporary failure of the server: 52 is a refusal; after 1000 to 1002 a write may have acted."""


class ServerError(ApiError):
    """A permanent failure of the server; a write may have acted.  Ask the API's support and quote the RequestId."""


class InvalidRequestError(ApiError):
    """The request itself is wrong; do not repeat it unchanged."""


class NotSupportedError(ApiError):
    """The operation, type or strategy is not available."""


class NotFoundError(ApiError):
    """An object or a login is unknown, deleted, or belongs to another client."""


_CLASSES: tuple[tuple[type[ApiError], frozenset[int]], ...] = (
    (AuthError, frozenset({53, 58})),
    (RightsError, frozenset({54, 513, 3000, 3001})),
    (UnitsError, frozenset({152})),
    (RateError, frozenset({56, 506, 9000})),
    (TemporaryError, frozenset({52, 1000, 1001, 1002})),
    (ServerError, frozenset({1003, 1004, 1020})),
    (NotSupportedError, frozenset({3500, 3600})),
    (NotFoundError, frozenset({8800})),
    (InvalidRequestError, frozenset({55, 8000, 8312, 9300, 9301, *range(4000, 4007), *range(5000, 6000)})),
)


def api_error(code: int, message: str, detail: str = "", *, request_id: str = "", operation: str = "") -> ApiError:
    """Makes the error that a code stands for; an unknown code is a plain ApiError."""
    cls = next((cls for cls, codes in _CLASSES if code in codes), ApiError)
    return cls(code, message, detail, request_id=request_id, operation=operation)
