"""Texts from elsewhere in messages: no line is forged, nothing controls a terminal, and every text has an end."""

import pytest

from yadirect_soap import ApiError, HttpError, InvalidParamsError, ItemsError
from yadirect_soap.client.results import Notification
from yadirect_soap.errors import ConfigurationError, DecodeError, DirectError, Violation
from yadirect_soap.escaping import in_lines, one_line

FORGED = "ok\r\n2026-01-01 ERROR paid\x1b[2J\x1b]0;title\x07\u202egnp\u2028\x00\x85"
CONTROL = "\r\n\x1b\x07\u202e\u2028\x00\x85"
HUGE = "d" * (1 << 20)
MOST = 25_000


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("плоский текст — ₽ 😀", "плоский текст — ₽ 😀"),
        ("a\u00a0b", "a\u00a0b"),
        ("a\nb\r\n", r"a\nb\r\n"),
        ("\x1b[31m", r"\x1b[31m"),
        ("a\u202eb\u2066", r"a\u202eb\u2066"),
        ("\x00\x7f\x9b", r"\x00\x7f\x9b"),
        ("\ud800", r"\ud800"),
        ("\u2028\ufeff", r"\u2028\ufeff"),
        ("\U000e0041", r"\U000e0041"),
        ("x" * 21, "x" * 20 + "... (21 characters)"),
    ],
    ids=["words", "space", "line ends", "ESC", "bidi", "C0 and C1", "surrogate", "separators", "tags", "long"],
)
def test_a_text_is_shown_on_one_line(text: str, escaped: str) -> None:
    """Control characters are shown as escapes, what can be read stays, and a long text is cut and counted."""
    assert one_line(text, 20) == escaped


def test_lines_of_our_own_stay() -> None:
    """A message of ours keeps its indented lines, and no others."""
    assert in_lines("two found\n  first\n  second\nforged") == "two found\n  first\n  second\\nforged"


ERRORS = [
    DirectError(FORGED),
    ConfigurationError(FORGED),
    ApiError(8000, FORGED, FORGED, request_id=FORGED),
    ApiError(8000, "first\n  second", "a\n  b"),
    DecodeError(FORGED, path=FORGED),
    HttpError(FORGED, status=502),
    InvalidParamsError([Violation(FORGED, FORGED, FORGED)]),
    ItemsError(f"1 of 1 failed\n  {Notification(1, FORGED, FORGED)}"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_no_error_forges_a_line(error: DirectError) -> None:
    """A text in an error begins no line of a log, and sends nothing to a terminal."""
    own = str(error).replace("\n  $", "").replace("\n  1 ", "").replace("\n  ok", "")
    assert [character for character in CONTROL if character in own] == []


@pytest.mark.parametrize(
    "error",
    [
        DirectError(HUGE),
        ApiError(8000, HUGE, HUGE, request_id=HUGE),
        DecodeError(HUGE, path=HUGE),
        InvalidParamsError([Violation(HUGE, HUGE, HUGE)] * 10_000),
        ItemsError("\n  ".join([HUGE] * 3)),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_has_an_end(error: DirectError) -> None:
    """However long a server's text is, an error's is bounded."""
    assert len(str(error)) < MOST
    assert len(repr(error)) < MOST


def test_a_long_text_stays_on_its_attribute() -> None:
    """What a message cuts off can be read on the error, as it came, as far as 65,536 characters."""
    detail = "line\n" * 1000
    assert ApiError(8000, "Invalid request", detail).detail == detail
    assert len(ApiError(8000, "Invalid request", HUGE).detail) == 1 << 16
