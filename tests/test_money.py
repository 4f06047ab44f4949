"""Micros and amounts: exact both ways, refusing what could be a loss."""

from decimal import Context, Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yadirect_soap.money import from_micros, to_micros

LONGS = st.integers(-(2**63), 2**63 - 1)

MICROS: dict[str, tuple[Decimal | int | str, int]] = {
    "text": ("300.50", 300_500_000),
    "text without a fraction": ("300", 300_000_000),
    "one decimal": ("0.1", 100_000),
    "more zeros than decimals": ("300.5000000", 300_500_000),
    "smallest step": ("0.01", 10_000),
    "negative": ("-300.50", -300_500_000),
    "plus sign": ("+1", 1_000_000),
    "blanks around": (" 1.5 ", 1_500_000),
    "nothing": ("0", 0),
    "negative nothing": ("-0.00", 0),
    "int": (300, 300_000_000),
    "Decimal": (Decimal("300.50"), 300_500_000),
    "Decimal with an exponent": (Decimal("3E+2"), 300_000_000),
    "largest": ("9223372036854.77", 9_223_372_036_854_770_000),
}


@pytest.mark.parametrize(("amount", "micros"), MICROS.values(), ids=MICROS)
def test_an_amount_becomes_micros(amount: Decimal | int | str, micros: int) -> None:
    """An amount of a currency is its millionths, exactly."""
    assert to_micros(amount) == micros
    assert type(to_micros(amount)) is int


AMOUNTS = {
    "two decimals": (300_500_000, "300.50"),
    "whole": (300_000_000, "300.00"),
    "smallest step": (10_000, "0.01"),
    "one micro": (1, "0.000001"),
    "three decimals": (1_234_000, "1.234"),
    "negative": (-1, "-0.000001"),
    "negative whole": (-300_000_000, "-300.00"),
    "nothing": (0, "0.00"),
    "largest": (2**63 - 1, "9223372036854.775807"),
    "smallest": (-(2**63), "-9223372036854.775808"),
}


@pytest.mark.parametrize(("micros", "amount"), AMOUNTS.values(), ids=AMOUNTS)
def test_micros_become_an_amount(micros: int, amount: str) -> None:
    """Micros are written with two decimals, and with as many more as they need."""
    assert str(from_micros(micros)) == amount


@pytest.mark.parametrize(
    ("precision", "amount"), [(0, "300"), (1, "300.0"), (2, "300.00"), (4, "300.0000"), (6, "300.000000")]
)
def test_a_currency_may_have_other_decimals(precision: int, amount: str) -> None:
    """The precision of a currency is how many decimals are written at least."""
    assert str(from_micros(300_000_000, precision=precision)) == amount


@given(LONGS)
def test_micros_come_back(micros: int) -> None:
    """Any 64 bits of micros survive the way to an amount and back."""
    assert to_micros(from_micros(micros), precision=6) == micros


@given(st.integers(-(2**63) // 10_000 + 1, 2**63 // 10_000 - 1))
def test_amounts_come_back(hundredths: int) -> None:
    """Any amount in hundredths survives the way to micros and back, digit for digit."""
    amount = Decimal(hundredths).scaleb(-2)
    assert str(from_micros(to_micros(amount))) == str(amount)


@given(LONGS, st.integers(1, 30))
def test_the_decimal_context_of_the_caller_does_not_matter(micros: int, digits: int) -> None:
    """A caller who computes with few digits, or traps nothing, loses nothing here."""
    with localcontext(Context(prec=digits, traps=[])):
        assert to_micros(from_micros(micros), precision=6) == micros


REFUSED: dict[str, tuple[Any, type[Exception], str]] = {
    "float": (300.5, TypeError, "not float"),
    "float without a fraction": (300.0, TypeError, "not float"),
    "bool": (True, TypeError, "not bool"),
    "None": (None, TypeError, "not NoneType"),
    "bytes": (b"300", TypeError, "not bytes"),
    "tuple": ((0, (3,), 0), TypeError, "not tuple"),
    "three decimals": ("300.505", ValueError, "more than 2 decimals"),
    "three decimals of a Decimal": (Decimal("0.001"), ValueError, "more than 2 decimals"),
    "a hidden decimal": ("1." + "0" * 60 + "1", ValueError, "more than 2 decimals"),
    "vanishingly small": (Decimal("1e-999999"), ValueError, "more than 2 decimals"),
    "comma": ("300,50", ValueError, "not an amount"),
    "currency sign": ("300 ₽", ValueError, "not an amount"),
    "exponent": ("1e3", ValueError, "not an amount"),
    "underscore": ("1_000", ValueError, "not an amount"),
    "digits of another script": ("٣", ValueError, "not an amount"),
    "empty": ("", ValueError, "not an amount"),
    "NaN": ("NaN", ValueError, "not an amount"),
    "signalling NaN": (Decimal("sNaN"), ValueError, "not an amount"),
    "infinity": ("-Infinity", ValueError, "not an amount"),
    "beyond all bounds": ("1e999999999", ValueError, "not an amount"),
    "beyond 64 bits": ("9223372036854.78", ValueError, "64 bits"),
    "beyond 64 bits below": ("-9223372036854.78", ValueError, "64 bits"),
    "int beyond 64 bits": (2**63, ValueError, "not an amount|64 bits"),
}


@pytest.mark.parametrize(("amount", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_may_be_a_loss_is_refused(amount: Any, error: type[Exception], message: str) -> None:
    """A float, too many decimals, what is no number and what is too large is an error, never rounded."""
    with pytest.raises(error, match=message):
        to_micros(amount)


def test_less_than_a_micro_is_refused() -> None:
    """A millionth is the smallest amount there is, whatever precision is asked for."""
    with pytest.raises(ValueError, match="more than 6 decimals"):
        to_micros("0.0000001", precision=7)


@pytest.mark.parametrize(
    "micros", [300.0, "300", Decimal(300), True, None], ids=["float", "str", "Decimal", "bool", "None"]
)
def test_micros_are_an_int(micros: Any) -> None:
    """Anything but an int is refused as micros."""
    with pytest.raises(TypeError, match="micros are an int"):
        from_micros(micros)


def test_a_precision_that_is_met_is_not_refused() -> None:
    """More decimals are accepted where the currency has them."""
    assert to_micros("300.5055", precision=4) == 300_505_500


class Int64:
    """What numpy's integers are like: no int, and they say so."""

    def __index__(self) -> int:
        return 300


class Bool:
    """What numpy's bools are like: they have the method of an integer, and refuse it."""

    def __index__(self) -> int:
        raise TypeError("a bool is no index")


def test_an_integer_of_another_library_is_one() -> None:
    """Amounts and micros may come out of an array, as params may."""
    assert to_micros(Int64()) == 300_000_000  # type: ignore[arg-type]  # the stubs of numpy have no better type
    assert from_micros(Int64(), precision=0) == Decimal("0.0003")  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("convert", [to_micros, from_micros])
def test_a_bool_of_another_library_is_no_amount(convert: Any) -> None:
    """What refuses to be an integer is told by its own type."""
    with pytest.raises(TypeError, match="not Bool"):
        convert(Bool())
