"""Single values and their texts, the same for both wires: numbers exactly, bytes as base64; no structure here."""

import base64
import binascii
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeGuard

from yadirect_soap.escaping import one_line

from .model import Kind

FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot carry, not even as a character reference (all but production [2] Char).

Named by what it holds: with [^...] the same set takes ten times as long to compile, 4 ms of every start.
"""

TEXTS = frozenset({Kind.STRING, Kind.ENUM})
"""Kinds whose values are any text: what an answer has in place of one is kept."""

LONGEST_NUMBER = 1000
"""Places of a number before or after its point: far beyond any amount, and far from filling a memory (1e999999999)."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,100}")
_LONGEST_INTEGER = 10**100
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_SPACE = " \t\n\r"
_NO_LISTS = (str, int, dict, bytes, bytearray, memoryview)


class EncodeError(Exception):
    """A value that a wire cannot carry without loss; `path` grows as it leaves the objects around it."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found, expected)
        self.found = found
        self.expected = expected
        self.path: list[str] = []

    def inside(self, step: str) -> "EncodeError":
        """The same, seen from one object further out."""
        self.path.insert(0, step)
        return self

    @property
    def place(self) -> str:
        """Where it stands, from the params: `$.Ads[3].Title`."""
        return "$" + "".join(self.path)


class DecodeFailure(Exception):
    """A text that is not the value it should be; `path` grows as it leaves the objects around it."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(one_line(f"found {found}, expected {expected}"))
        self.path: list[str] = []

    def inside(self, step: str) -> "DecodeFailure":
        """The same, seen from one object further out."""
        self.path.insert(0, step)
        return self

    @property
    def place(self) -> str:
        """Where it stands, from the result: `$.Ads[3].Id`."""
        return "$" + "".join(self.path)


def is_list(value: object) -> TypeGuard[Sequence[Any]]:
    """Whether a value may stand where the contract has an array: a list, a tuple or their like, but no text."""
    # Sequence comes last: it is asked by way of Python code, and this is asked of every value.
    return isinstance(value, list) or (not isinstance(value, _NO_LISTS) and isinstance(value, Sequence))


def is_plain(value: Decimal) -> bool:
    """Whether a decimal is finite, and of a size that can be written out without an exponent."""
    return value.is_finite() and abs(value.adjusted()) < LONGEST_NUMBER


def write(value: object) -> str:
    """The text of a single value; EncodeError for a float, a bool and whatever has no text in the schema."""
    if isinstance(value, str):
        return str.__str__(value)  # an Enum that is a str has other ideas of its text
    if isinstance(value, bool):
        raise EncodeError("a bool", "YES or NO")
    if isinstance(value, int):
        if abs(value) >= _LONGEST_INTEGER:
            raise EncodeError(f"an int of {value.bit_length()} bits", "an int of 64 bits")
        return str(int(value))
    if isinstance(value, Decimal) and is_plain(value):
        return format(value, "f")
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise EncodeError(f"{value!r:.60} ({type(value).__name__})", "a str, an int, a Decimal or bytes")


def read(text: str, kind: Kind) -> str | int | Decimal | bytes:
    """The value of a text; DecodeFailure where the text is not of that kind."""
    if kind is Kind.LONG or kind is Kind.INT:
        return _integer(text)
    if kind is Kind.DECIMAL:
        return _decimal(text)
    return _bytes(text) if kind is Kind.BASE64 else text


def _integer(text: str) -> int:
    text = text.strip(_SPACE)
    if not _INTEGER.fullmatch(text):
        raise DecodeFailure(f"{text!r:.60}", "an integer")
    return int(text)


def _decimal(text: str) -> Decimal:
    text = text.strip(_SPACE)
    if not _DECIMAL.fullmatch(text):
        raise DecodeFailure(f"{text!r:.60}", "a decimal number")
    number = Decimal(text)
    if not is_plain(number):
        raise DecodeFailure(f"{text!r:.60}", f"a decimal number of at most {LONGEST_NUMBER} places")
    return number


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise DecodeFailure(f"{text!r:.60}", "base64") from None
