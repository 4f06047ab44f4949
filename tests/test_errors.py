"""The errors: their tree, what each says about a call, which code makes which, and that they travel whole."""

import copy
import inspect
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from yadirect_soap import errors
from yadirect_soap.errors import (
    AlreadyRunningError,
    ApiError,
    AuthError,
    BudgetExceededError,
    ConfigurationError,
    DecodeError,
    DirectError,
    HttpError,
    InvalidParamsError,
    InvalidRequestError,
    ItemsError,
    NotFoundError,
    NotSentError,
    NotSupportedError,
    PagingError,
    RateError,
    ReportFailedError,
    ReportNotReadyError,
    ResponseLostError,
    RightsError,
    ServerError,
    TemporaryError,
    TransportError,
    UnitsError,
    UnknownNameError,
    Violation,
    api_error,
)
from yadirect_soap.protocol.headers import Units


def _tree(cls: type[DirectError] = DirectError, depth: int = 0) -> Iterator[tuple[int, type[DirectError]]]:
    """The classes of the module as they descend, each with its depth."""
    yield depth, cls
    for child in cls.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from _tree(child, depth + 1)


CLASSES = tuple(cls for _, cls in _tree())
API_CLASSES = tuple(cls for cls in CLASSES if issubclass(cls, ApiError))

COMPLAINT = Violation("$.Ads[0].Id", "'7' (str)", "an int of 64 bits")
SPECIAL: dict[type[DirectError], Callable[[], DirectError]] = {
    InvalidParamsError: lambda: InvalidParamsError([COMPLAINT] * 12, operation="ads.update"),
    HttpError: lambda: HttpError(
        "HTTP 502", status=502, content_type="text/html", excerpt="<html>", operation="ads.get"
    ),
    DecodeError: lambda: DecodeError("found 'x'", path="$.Ads[0].Id", operation="ads.get", request_id="17"),
    ReportNotReadyError: lambda: ReportNotReadyError("wait", report="May", operation="reports.get", request_id="17"),
    ReportFailedError: lambda: ReportFailedError("failed", status=500, operation="reports.get", request_id="17"),
    ItemsError: lambda: ItemsError("1 of 2 failed", failures=[{"Errors": [{"Code": 8800}]}], operation="ads.add"),
}


def _example(cls: type[DirectError]) -> DirectError:
    """An error of a class with all its attributes, and one more that a caller has hung on it."""
    if issubclass(cls, ApiError):
        error: DirectError = cls(152, "Not enough units", "подробности", request_id="17", operation="ads.get")
        error.units = Units(10, 20, 64000, "agrom")  # type: ignore[attr-defined]  # only ApiError has it
    elif cls in SPECIAL:
        error = SPECIAL[cls]()
    else:
        error = cls("message", operation="ads.get", request_id="17")
    error.add_note("seen in the nightly run")
    return error


# --- the tree -----------------------------------------------------------------------------------------------


def test_the_tree_at_the_top_is_the_tree_of_the_code() -> None:
    """The module's text draws every class, in order, under its base."""
    drawn = re.findall(r"^    ([│├└─ ]*)(\w+Error)\b", inspect.getdoc(errors) or "", re.MULTILINE)
    assert [(len(lines) // 4, name) for lines, name in drawn] == [(depth, cls.__name__) for depth, cls in _tree()]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_one_except_catches_them_all(cls: type[DirectError]) -> None:
    """Every error is a DirectError, and no error is anything that programs catch by accident."""
    assert issubclass(cls, DirectError)
    assert not issubclass(cls, OSError | ValueError | TypeError | AttributeError | KeyError)


# Whether the request left the house, whether an answer came, whether it may be repeated without a second thought.
ANSWERS: dict[type[DirectError], tuple[bool, bool, bool]] = {
    DirectError: (False, False, False),
    ConfigurationError: (False, False, False),
    AlreadyRunningError: (False, False, False),
    UnknownNameError: (False, False, False),
    InvalidParamsError: (False, False, False),
    TransportError: (True, False, False),
    NotSentError: (False, False, True),
    ResponseLostError: (True, False, False),
    HttpError: (True, True, False),
    DecodeError: (True, True, False),
    PagingError: (True, True, False),
    BudgetExceededError: (False, False, False),
    ItemsError: (True, True, False),
    ReportNotReadyError: (True, True, True),
    ApiError: (True, True, False),
    RateError: (True, True, True),
}


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_an_error_tells_what_became_of_the_request(cls: type[DirectError]) -> None:
    """An error tells whether the request was sent, whether it was answered, whether repeating is safe."""
    expected = ANSWERS.get(cls, ANSWERS[ApiError])
    assert (cls.sent, cls.response_received, cls.repeatable) == expected


# --- codes --------------------------------------------------------------------------------------------------

CODES: dict[type[ApiError], tuple[int, ...]] = {
    AuthError: (53, 58),
    RightsError: (54, 513, 3000, 3001),
    UnitsError: (152,),
    RateError: (56, 506, 9000),
    TemporaryError: (52, 1000, 1001, 1002),
    ServerError: (1003, 1004, 1020),
    NotSupportedError: (3500, 3600),
    NotFoundError: (8800,),
    InvalidRequestError: (55, *range(4000, 4007), 5000, 5005, 5120, 5200, 5999, 8000, 8312, 9300, 9301),
    ApiError: (0, -1, 1, 500, 1005, 3002, 3228, 4007, 4999, 6000, 6101, 7001, 8300, 9600, 9802, 99999),
}


@pytest.mark.parametrize(
    ("code", "cls"),
    [pytest.param(code, cls, id=f"{code}-{cls.__name__}") for cls, codes in CODES.items() for code in codes],
)
def test_a_code_makes_its_class(code: int, cls: type[ApiError]) -> None:
    """A documented code is an error of the class that tells what to do; any other is a plain ApiError."""
    error = api_error(code, "text", "detail", request_id="17", operation="ads.get")
    assert type(error) is cls
    assert (error.code, error.message, error.detail) == (code, "text", "detail")
    assert (error.request_id, error.operation, error.units) == ("17", "ads.get", None)


@pytest.mark.parametrize("cls", API_CLASSES, ids=lambda cls: cls.__name__)
def test_no_class_is_without_a_code(cls: type[ApiError]) -> None:
    """There is a code for every class of refusal."""
    assert CODES[cls] != ()


CERTAINLY_REFUSED = (52, 53, 54, 55, 56, 58, 152, 506, 513, 3000, 3600, 4000, 4006, 5000, 5200, 8000, 8800, 9000, 9301)
PERHAPS_CARRIED_OUT = (0, -1, 500, 1000, 1001, 1002, 1003, 1004, 1020, 6000, 7001, 10_000, 99_999)


@pytest.mark.parametrize(
    ("code", "acted"),
    [*((code, False) for code in CERTAINLY_REFUSED), *((code, True) for code in PERHAPS_CARRIED_OUT)],
)
def test_a_code_tells_whether_a_write_may_have_acted(code: int, acted: bool) -> None:
    """A code of a refusal of the whole request leaves a write undone; after any other it may have acted."""
    error = api_error(code, "text")
    error.set_call("ads.add", writes=True)
    assert (error.may_have_acted, "may have acted" in str(error)) == (acted, acted)


@pytest.mark.parametrize("code", [52, 56, 506, 9000])
def test_what_was_turned_away_unread_may_be_repeated(code: int) -> None:
    """A code that says that the request was not read makes an error that is repeatable, whatever its class."""
    assert (api_error(code, "").repeatable, ApiError(code, "").repeatable) == (True, True)


# --- texts --------------------------------------------------------------------------------------------------

TEXTS = {
    "plain": (DirectError("message"), "message"),
    "empty": (DirectError(), ""),
    "with its operation": (PagingError("message", operation="ads.get"), "ads.get: message"),
    "decoding": (DecodeError("found 'x'", path="$.Ads[0].Id"), "$.Ads[0].Id: found 'x'"),
    "decoding without a path": (DecodeError("found 'x'"), "found 'x'"),
    "refusal": (api_error(53, "Authorization error"), "error 53: Authorization error"),
    "refusal in full": (
        api_error(8000, "Invalid request", "Id is omitted", request_id="17", operation="ads.update"),
        "ads.update: error 8000: Invalid request (Id is omitted) [RequestId 17]",
    ),
    "params": (
        InvalidParamsError([COMPLAINT], operation="ads.update"),
        "ads.update: invalid params; nothing was sent\n  $.Ads[0].Id: found '7' (str), expected an int of 64 bits",
    ),
    "unknown name": (UnknownNameError("no service 'x'"), "no service 'x'; nothing was sent"),
}


@pytest.mark.parametrize(("error", "text"), TEXTS.values(), ids=TEXTS)
def test_an_error_reads_as_a_sentence(error: DirectError, text: str) -> None:
    """The text of an error names the operation, the place and what was wrong."""
    assert str(error) == text


def test_an_operation_told_later_is_in_the_text() -> None:
    """The station that knows the operation may name it on an error that passes."""
    error = NotSentError("no connection")
    error.operation = "ads.get"
    assert str(error) == "ads.get: no connection"


UNDONE = "nothing was sent"
PERHAPS = "may have acted"
FATES: dict[type[DirectError], tuple[str, str]] = {
    ConfigurationError: (UNDONE, UNDONE),
    AlreadyRunningError: (UNDONE, UNDONE),
    UnknownNameError: (UNDONE, UNDONE),
    InvalidParamsError: (UNDONE, UNDONE),
    TransportError: ("", PERHAPS),
    NotSentError: (UNDONE, UNDONE),
    ResponseLostError: ("", PERHAPS),
    HttpError: ("", PERHAPS),
    DecodeError: ("", PERHAPS),
}


@pytest.mark.parametrize(("cls", "fates"), FATES.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_the_text_says_what_became_of_the_request(cls: type[DirectError], fates: tuple[str, str]) -> None:
    """Once its operation is known an error's text says that nothing was sent, or of a write that it may have acted."""
    for writes, fate in zip((False, True), fates, strict=True):
        error = _example(cls)
        error.set_call("ads.add", writes=writes)
        assert [words for words in (UNDONE, PERHAPS) if words in str(error)] == [fate] * bool(fate)


def test_complaints_are_kept_whole() -> None:
    """InvalidParamsError shows ten violations and holds all."""
    error = InvalidParamsError(COMPLAINT for _ in range(12))
    assert error.violations == (COMPLAINT,) * 12
    assert str(error).endswith("\n  ... and 2 more")
    assert str(error).count("$.Ads[0].Id") == 10


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_an_error_shows_nothing_that_it_was_not_told(cls: type[DirectError]) -> None:
    """Neither the text nor the repr of an error holds more than its message: no excerpt, no failed item, no header."""
    error = _example(cls)
    output = str(error) + repr(error)
    assert [text for text in ("<html>", "Errors", "agrom") if text in output] == []


# --- travelling ---------------------------------------------------------------------------------------------


def _pickled(error: DirectError) -> Any:
    return pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes


def _state(error: DirectError) -> dict[str, Any]:
    """Everything that can be read from an error."""
    flags = {"sent": error.sent, "answered": error.response_received, "repeatable": error.repeatable}
    return {"type": type(error), "args": error.args, "str": str(error), **flags, **vars(error)}


@pytest.mark.parametrize("through", [_pickled, copy.copy, copy.deepcopy], ids=["pickle", "copy", "deepcopy"])
@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_an_error_comes_back_whole(cls: type[DirectError], through: Callable[[DirectError], Any]) -> None:
    """Every error pickles and copies with its class, text, attributes and notes."""
    error = _example(cls)
    assert _state(through(error)) == _state(error)


class Own(HttpError):
    def __init__(self, page: str) -> None:
        super().__init__(f"the page {page}", status=404)
        self.page = page


def test_a_class_of_ones_own_comes_back_whole() -> None:
    """A subclass with another constructor travels too, since it is rebuilt and not called again."""
    error = Own("captcha")
    assert _state(copy.deepcopy(error)) == _state(error)


RELAY = """
import pickle, sys
errors = pickle.load(sys.stdin.buffer)
try:
    raise errors[0]
except type(errors[0]) as caught:
    pickle.dump([caught, *errors[1:]], sys.stdout.buffer)
"""


def test_errors_travel_between_processes() -> None:
    """A worker process can be sent every error, raise it and send it back, as multiprocessing does."""
    sent = [_example(cls) for cls in CLASSES]
    relayed = subprocess.run(
        [sys.executable, "-c", RELAY],
        input=pickle.dumps(sent),
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[1],
        timeout=60,
    )
    assert list(map(_state, pickle.loads(relayed.stdout))) == list(map(_state, sent))  # noqa: S301  our own bytes
