"""Single values, the same for both wires: SCALARS has a row for each kind, with everything about the kind.

A new kind is a member of model.Kind and a row here.  Enumerations have no row: their values are in their shape.
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple, TypeGuard

from yadirect_soap.escaping import one_line
from yadirect_soap.language import _, cleaned, composed, joined

from .model import Kind

FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot contain, not even as a character reference (all but production [2] Char).

The forbidden ones are listed: the same set as [^...] takes ten times as long to compile, 4 ms of every start.
"""

TEXTS = frozenset({Kind.STRING, Kind.ENUM})
"""Kinds whose values are any text: anything else that a response has instead is kept."""

NUMBERS = frozenset({Kind.INT, Kind.LONG, Kind.DECIMAL})
"""Kinds whose values are numbers."""

LONGEST_NUMBER = 1000
"""Digits of a number before or after its point: far beyond any amount, and far from filling memory (1e999999999)."""

ANY_TEXT = "[^<]*+"
"""A pattern of the text between two tags."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,100}")
_LONGEST_INTEGER = 10**100
_SHORT = 20
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_SPACE = " \t\n\r"
_NO_LISTS = (str, int, dict, bytes, bytearray, memoryview)


class EncodeError(Exception):
    """A value that a wire cannot carry without loss; each object around it adds a step to `path`."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found, expected)
        self.found = found
        self.expected = expected
        self.path: list[str] = []

    def inside(self, step: str) -> "EncodeError":
        """Adds the step from the object around it."""
        self.path.insert(0, step)
        return self

    @property
    def json_path(self) -> str:
        """The path from the params: `$.Ads[3].Title`."""
        return "$" + "".join(self.path)


class DecodeFailure(Exception):
    """A text that is not a value of the expected kind; each object around it adds a step to `path`."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(cleaned(_("found {found}, expected {expected}", found=found, expected=expected), one_line))
        self.found = found
        self.expected = expected
        self.path: list[str] = []

    def inside(self, step: str) -> "DecodeFailure":
        """Adds the step from the object around it."""
        self.path.insert(0, step)
        return self

    @property
    def json_path(self) -> str:
        """The path from the result: `$.Ads[3].Id`."""
        return "$" + "".join(self.path)


def is_list(value: object) -> TypeGuard[Sequence[Any]]:
    """Whether a value can be an array of the contract: a list, a tuple or another sequence, but not a text."""
    # Sequence comes last: its check runs Python code, and this function is called for every value.
    return isinstance(value, list) or (not isinstance(value, _NO_LISTS) and isinstance(value, Sequence))


def is_plain(value: Decimal) -> bool:
    """Whether a decimal is finite, and short enough to be written without an exponent."""
    return value.is_finite() and abs(value.adjusted()) < LONGEST_NUMBER


def write(value: object) -> str:
    """Returns the text of a single value; EncodeError for a float, a bool and other unknown types."""
    if isinstance(value, str):
        return str.__str__(value)  # an Enum of str may have another __str__
    if isinstance(value, bool):
        raise EncodeError(_("a bool"), _("YES or NO"))
    if isinstance(value, int):
        if abs(value) >= _LONGEST_INTEGER:
            raise EncodeError(_("an int of {bits} bits", bits=value.bit_length()), _("an int of 64 bits"))
        return str(int(value))
    if isinstance(value, Decimal) and is_plain(value):
        return format(value, "f")
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise EncodeError(
        composed("{value!r:.60} ({type})", value=value, type=type(value).__name__),
        _("a str, an int, a Decimal or bytes"),
    )


def read(text: str, kind: Kind) -> Any:
    """Returns the value of a text; DecodeFailure if the text is not of that kind."""
    return text if kind in TEXTS else SCALARS[kind].from_text(text)


class Scalar(NamedTuple):
    """Everything about the values of one kind."""

    xsd: str
    """The name of the type in XML Schema: `long` for xsd:long."""
    expected: str
    """The expectation in a violation."""
    mismatch: Callable[[Any], str | None]
    """What is expected instead of a caller's value; None if the value fits."""
    from_text: Callable[[str], Any]
    """The value of a text; raises DecodeFailure."""
    from_json: Callable[[Any], Any]
    """The value of a JSON value of one of `json_types`; raises DecodeFailure."""
    sent: str
    """The type annotation of a value that is sent."""
    received: str
    """The type annotation of a value that is received."""
    sample: Any
    """An example for the reference."""
    to_text: Callable[[Any], str] = write
    """The text of a value; raises EncodeError.  It accepts more than `mismatch` does: the check may be off."""
    json_types: tuple[type, ...] = (str, int, Decimal)
    """The types that a JSON document may have for the value."""
    is_json_native: bool = True
    """Whether JSON has such values; others are texts in JSON."""
    pattern: str = ANY_TEXT
    """A pattern of texts for which `convert` and `from_text` return the same value."""
    convert: Callable[[str], Any] | None = None
    """The fastest conversion of a text that the pattern matches; None is `from_text`."""
    range: tuple[int, int] | None = None
    """The smallest and the largest value of an integer."""


# --- values of a caller --------------------------------------------------------------------------------------


_DATES = _(
    "a datetime needs a zone, and stands for a day or a moment, such as StartDate or Timestamp; "
    "a date stands for a day alone"
)
_STRING = _("a string")
_NUMBER = _("a Decimal or an int (never a float, which is not exact)")
_BYTES = _("bytes, or their base64 text without line breaks")


def _string_mismatch(value: object) -> str | None:
    if isinstance(value, date):
        return joined("; ", [_STRING, _DATES])
    if not isinstance(value, str):
        return _STRING
    if not value.isprintable() and (match := FORBIDDEN_IN_XML.search(value)):
        return _("a string without the character U+{code:04X}, which XML forbids", code=ord(match[0]))
    return None


def _integer_mismatch(expected: str, low: int, high: int) -> Callable[[Any], str | None]:
    def mismatch(value: object) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int):
            return expected
        if low <= value <= high:
            return None
        return _("{expected} from {low} to {high}", expected=expected, low=low, high=high)

    return mismatch


def _decimal_mismatch(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return _NUMBER
    if is_plain(Decimal(value)):
        return None
    return _("{number}, finite, of at most {places} places", number=_NUMBER, places=LONGEST_NUMBER)


def _bytes_mismatch(value: object) -> str | None:
    if isinstance(value, bytes):
        return None
    try:
        base64.b64decode(value if isinstance(value, str) else "?", validate=True)
    except (binascii.Error, ValueError):
        return _BYTES
    return None


# --- values of a response ------------------------------------------------------------------------------------


def _integer(text: str) -> int:
    if text.isdecimal() and text.isascii() and len(text) <= _SHORT:  # so are nearly all, and this is seen soonest
        return int(text)
    text = text.strip(_SPACE)
    if not _INTEGER.fullmatch(text):
        raise DecodeFailure(composed("{text!r:.60}", text=text), _("an integer"))
    return int(text)


def _integer_of_json(value: str | int | Decimal) -> int:
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        return _integer(value)
    if not is_plain(value) or value != value.to_integral_value():
        raise DecodeFailure(composed("{value!s:.60}", value=value), _("an integer"))
    return int(value)


def _decimal(text: str) -> Decimal:
    text = text.strip(_SPACE)
    if not _DECIMAL.fullmatch(text):
        raise DecodeFailure(composed("{text!r:.60}", text=text), _("a decimal number"))
    number = Decimal(text)
    if not is_plain(number):
        raise DecodeFailure(
            composed("{text!r:.60}", text=text),
            _("a decimal number of at most {places} places", places=LONGEST_NUMBER),
        )
    return number


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise DecodeFailure(composed("{text!r:.60}", text=text), "base64") from None


# --- the table -----------------------------------------------------------------------------------------------


_DIGITS = "[+-]?+[0-9]{1,18}+"


def _of_bits(xsd: str, bits: int) -> Scalar:
    """Returns the row of an integer of that many bits."""
    expected, low, high = _("an int of {bits} bits", bits=bits), -(1 << (bits - 1)), (1 << (bits - 1)) - 1
    return Scalar(
        xsd=xsd,
        expected=expected,
        mismatch=_integer_mismatch(expected, low, high),
        from_text=_integer,
        from_json=_integer_of_json,
        sent="int",
        received="int",
        sample=1,
        pattern=_DIGITS,
        convert=int,
        range=(low, high),
    )


SCALARS: Mapping[Kind, Scalar] = MappingProxyType(
    {
        Kind.STRING: Scalar(
            xsd="string",
            expected=_STRING,
            mismatch=_string_mismatch,
            from_text=str,
            from_json=str,
            sent="str",
            received="str",
            sample="text",
        ),
        Kind.INT: _of_bits("int", 32),
        Kind.LONG: _of_bits("long", 64),
        Kind.DECIMAL: Scalar(
            xsd="decimal",
            expected=_NUMBER,
            mismatch=_decimal_mismatch,
            from_text=_decimal,
            from_json=lambda value: _decimal(str(value)),
            sent="Decimal | int",
            received="Decimal",
            sample=Decimal("0.5"),
            pattern=rf"{_DIGITS}(?:\.[0-9]{{1,18}}+)?+",
            convert=Decimal,
        ),
        Kind.BASE64: Scalar(
            xsd="base64Binary",
            expected=_BYTES,
            mismatch=_bytes_mismatch,
            from_text=_bytes,
            from_json=_bytes,
            sent="bytes | str",
            received="bytes",
            sample=b"...",
            json_types=(str,),
            is_json_native=False,
        ),
    }
)
"""Everything about each kind of single value."""
