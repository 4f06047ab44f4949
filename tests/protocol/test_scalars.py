"""Single values and their texts: exact both ways, strict where a text is no such value, bounded where it is huge."""

from datetime import UTC, date, datetime
from decimal import Decimal, localcontext
from enum import Enum, IntEnum, StrEnum
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol import strategies
from yadirect_soap.protocol.model import Kind
from yadirect_soap.protocol.scalars import FORBIDDEN_IN_XML, DecodeFailure, EncodeError, is_list, read, write

WHOLE = (Kind.INT, Kind.LONG)


class Colour(StrEnum):
    RED = "RED"


class Mixed(str, Enum):  # noqa: UP042  this older way of spelling StrEnum is what is tried here
    RED = "RED"


class Size(IntEnum):
    SEVEN = 7


class Subclass(int):
    def __str__(self) -> str:
        return "seven"


WRITTEN: dict[str, tuple[object, str]] = {
    "text": ("Пластик <&>", "Пластик <&>"),
    "empty text": ("", ""),
    "int": (-7, "-7"),
    "long": (2**63 - 1, "9223372036854775807"),
    "int of a subclass": (Subclass(7), "7"),
    "IntEnum": (Size.SEVEN, "7"),
    "StrEnum": (Colour.RED, "RED"),
    "str and Enum": (Mixed.RED, "RED"),
    "decimal": (Decimal("37.50"), "37.50"),
    "decimal with an exponent": (Decimal("1E+3"), "1000"),
    "tiny decimal": (Decimal("1E-7"), "0.0000001"),
    "decimal of 40 digits": (Decimal("1" * 20 + "." + "2" * 20), "1" * 20 + "." + "2" * 20),
    "negative zero": (Decimal("-0.0"), "-0.0"),
    "bytes": (b"\x00\xff", "AP8="),
    "no bytes": (b"", ""),
}


@pytest.mark.parametrize(("value", "text"), WRITTEN.values(), ids=WRITTEN)
def test_a_value_has_one_text(value: object, text: str) -> None:
    """A value is written exactly, without an exponent, whatever a subclass would print."""
    assert write(value) == text
    assert type(write(value)) is str


UNSAYABLE: dict[str, object] = {
    "float": 1.5,
    "float without a fraction": 1.0,
    "bool": True,
    "NaN": Decimal("NaN"),
    "signalling NaN": Decimal("sNaN"),
    "infinity": Decimal("Infinity"),
    "decimal that fills a memory": Decimal("1E+999999999"),
    "decimal of nothing but zeros": Decimal("1E-999999999"),
    "int of 5000 digits": 10**5000,
    "fraction": Fraction(1, 3),
    "complex": 1j,
    "date": date(2026, 1, 31),
    "datetime": datetime(2026, 1, 31, tzinfo=UTC),
    "bytearray": bytearray(b"x"),
    "set": {1},
    "object": object(),
    "type": int,
}


@pytest.mark.parametrize("value", UNSAYABLE.values(), ids=UNSAYABLE)
def test_what_has_no_exact_text_is_refused(value: object) -> None:
    """A float, a bool, a number beyond bounds and whatever the schema has no type for is EncodeError."""
    with pytest.raises(EncodeError):
        write(value)


READ: dict[str, tuple[str, Kind, object]] = {
    "int": ("7", Kind.INT, 7),
    "long": ("-9223372036854775808", Kind.LONG, -(2**63)),
    "plus sign": ("+7", Kind.LONG, 7),
    "leading zeros": ("007", Kind.LONG, 7),
    "blanks around": (" \t\r\n7 ", Kind.LONG, 7),
    "beyond 64 bits": ("18446744073709551615", Kind.LONG, 2**64 - 1),
    "decimal": ("37.50", Kind.DECIMAL, Decimal("37.50")),
    "decimal without a fraction": ("37", Kind.DECIMAL, Decimal(37)),
    "decimal of a fraction": (".5", Kind.DECIMAL, Decimal("0.5")),
    "decimal that ends in a point": ("5.", Kind.DECIMAL, Decimal(5)),
    "decimal with an exponent": ("1.5E-7", Kind.DECIMAL, Decimal("0.00000015")),
    "decimal with blanks around": ("\n -1.5 ", Kind.DECIMAL, Decimal("-1.5")),
    "text": (" both ends ", Kind.STRING, " both ends "),
    "empty text": ("", Kind.STRING, ""),
    "value": ("NEW_VALUE", Kind.ENUM, "NEW_VALUE"),
    "bytes": ("AP8=", Kind.BASE64, b"\x00\xff"),
    "bytes in lines": ("AP\r\n8=\n", Kind.BASE64, b"\x00\xff"),
    "no bytes": ("", Kind.BASE64, b""),
}


@pytest.mark.parametrize(("text", "kind", "value"), READ.values(), ids=READ)
def test_a_text_is_read_as_the_value_that_it_is(text: str, kind: Kind, value: object) -> None:
    """A text is read exactly, with the blanks and signs that XML Schema allows."""
    assert read(text, kind) == value
    assert type(read(text, kind)) is type(value)


NO_INTEGERS = (
    "",
    " ",
    "abc",
    "1.0",
    "1,000",
    "1_000",
    "1 000",
    "0x10",
    "1e3",
    "٣",
    "\xa07",
    "--1",
    "+",
    "7\0",
    "9" * 101,
)
NO_DECIMALS = (
    "",
    ".",
    "abc",
    "1,5",
    "1_0",
    "NaN",
    "INF",
    "Infinity",
    "1e",
    "e5",
    "1e9999",
    "1e-9999",
    "٣.٥",
    "9" * 1001,
)
NO_BYTES = ("A", "AP8", "AP8=x", "A!==", "é===")


@pytest.mark.parametrize("text", NO_INTEGERS, ids=ascii)
@pytest.mark.parametrize("kind", WHOLE, ids=lambda kind: kind.value)
def test_a_text_that_is_no_integer_is_refused(text: str, kind: Kind) -> None:
    """What is not an integer of plain digits is DecodeFailure, never None and never a guess."""
    with pytest.raises(DecodeFailure, match="expected an integer"):
        read(text, kind)


@pytest.mark.parametrize("text", NO_DECIMALS, ids=lambda text: ascii(text)[:20])
def test_a_text_that_is_no_decimal_is_refused(text: str) -> None:
    """What is not a finite decimal of a bounded size is DecodeFailure."""
    with pytest.raises(DecodeFailure, match="expected a decimal number"):
        read(text, Kind.DECIMAL)


@pytest.mark.parametrize("text", NO_BYTES, ids=ascii)
def test_a_text_that_is_no_base64_is_refused(text: str) -> None:
    """What is not whole base64 is DecodeFailure, never fewer bytes."""
    with pytest.raises(DecodeFailure, match="expected base64"):
        read(text, Kind.BASE64)


@given(st.integers(-(2**63), 2**63 - 1))
def test_any_integer_comes_back(value: int) -> None:
    """Every integer of 64 bits is read as it was written."""
    assert read(write(value), Kind.LONG) == value


@given(strategies.decimals())
def test_any_decimal_comes_back(value: Decimal) -> None:
    """Every decimal is read as it was written, with its last zeros, and whatever the caller's context rounds to."""
    with localcontext(prec=3):
        assert read(write(value), Kind.DECIMAL).as_tuple() == Decimal(format(value, "f")).as_tuple()


@given(st.binary())
def test_any_bytes_come_back(value: bytes) -> None:
    """All bytes are read as they were written."""
    assert read(write(value), Kind.BASE64) == value


LISTS: dict[str, tuple[Any, bool]] = {
    "list": ([], True),
    "tuple": ((), True),
    "range": (range(2), True),
    "text": ("ab", False),
    "bytes": (b"ab", False),
    "bytearray": (bytearray(b"ab"), False),
    "memoryview": (memoryview(b"ab"), False),
    "dict": ({}, False),
    "set": (set(), False),
    "generator": ((item for item in "ab"), False),
    "None": (None, False),
    "number": (5, False),
}


@pytest.mark.parametrize(("value", "expected"), LISTS.values(), ids=LISTS)
def test_a_list_is_what_has_an_order_and_is_no_text(value: object, expected: bool) -> None:
    """A list, a tuple and their like may stand for an array; a text, bytes, a set, a generator may not."""
    assert is_list(value) is expected


@pytest.mark.parametrize(
    "point", [*range(0x20), 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x10FFFF], ids=hex
)
def test_the_characters_of_xml(point: int) -> None:
    """XML 1.0 allows tab, newline, carriage return and all from U+0020 but surrogates, U+FFFE and U+FFFF."""
    allowed = point in (9, 10, 13) or 0x20 <= point <= 0xD7FF or 0xE000 <= point <= 0xFFFD or point >= 0x10000
    assert (FORBIDDEN_IN_XML.search(chr(point)) is None) is allowed


@pytest.mark.parametrize("error", [EncodeError("x", "y"), DecodeFailure("x", "y")], ids=["unsayable", "unreadable"])
def test_a_place_grows_from_the_inside(error: EncodeError | DecodeFailure) -> None:
    """On its way out of the objects an error gathers its path, the root first."""
    assert error.json_path == "$"
    assert error.inside("[3]").inside(".Ads").json_path == "$.Ads[3]"
